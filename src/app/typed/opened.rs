//! The problem-solving sheet as its form was opened, in the form's draft. A draft that is opened later goes on from that
//! sheet, so that what was written since is told from what was typed.

use crate::journal::facts::ProblemSheet;

/// How the row begins.
const OPENED: &str = "opened";

/// The sheet as the form was opened, as a draft's row; `None` for a new one.
pub fn opened_row(sheet: Option<&ProblemSheet>) -> Vec<String> {
    let json = sheet.and_then(|sheet| serde_json::to_string(sheet).ok());
    vec![OPENED.to_owned(), json.unwrap_or_default()]
}

/// The sheet of such a row.
pub fn opened_of(row: &[String]) -> Option<ProblemSheet> {
    let [kind, json] = row else { return None };
    let json = Some(json).filter(|_| kind == OPENED)?;
    serde_json::from_str(json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ThingId;

    #[test]
    fn a_draft_goes_on_from_the_sheet_as_it_was_opened() {
        let sheet = ProblemSheet {
            sheet: ThingId::from_random([1; 16]),
            day: "2026-11-10".parse().unwrap(),
            problem: "Behind with the rent".to_owned(),
            goal: None,
            options: Vec::new(),
            chosen: None,
            steps: Vec::new(),
            outcome: None,
            finished: None,
        };
        let row = opened_row(Some(&sheet));
        assert_eq!(opened_of(&row).as_ref(), Some(&sheet));
        assert_eq!(opened_of(&opened_row(None)), None);
        // A row of a step is none of a sheet, and a draft that was kept before has none.
        assert_eq!(opened_of(&["step".to_owned(), row[1].clone()]), None);
        assert_eq!(opened_of(&[]), None);
    }
}
