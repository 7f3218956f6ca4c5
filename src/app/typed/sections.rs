//! The sections of a plan that one form writes: one is shown, others were typed before it.

use super::text;
use crate::journal::facts::PlanPart;

/// What is to be written down: the section that is shown, and each that was typed before and left for another. `said`
/// gives what the record has. A section that is empty, or says what the record says, is not written again, but for the
/// shown one when it is the only one. `None` where the shown section's text is missing.
pub fn changed_sections(
    shown: (PlanPart, &str),
    left: impl IntoIterator<Item = (PlanPart, String)>,
    said: impl Fn(PlanPart) -> String,
) -> Option<Vec<(PlanPart, String)>> {
    let (part, typed) = shown;
    let left = left.into_iter().filter(|(other, _)| *other != part);
    let mut written: Vec<(PlanPart, String)> = left
        .filter_map(|(other, typed)| Some((other, text(&typed)?)))
        .filter(|(other, typed)| *typed != said(*other))
        .collect();
    let before = said(part);
    match text(typed) {
        Some(typed) if written.is_empty() || typed != before => written.push((part, typed)),
        Some(_) => {}
        None if written.is_empty() || !before.is_empty() => return None,
        None => {}
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use PlanPart::{History, Preferences, Strengths};

    /// The record has a history and nothing else.
    fn said(part: PlanPart) -> String {
        match part {
            History => "Two episodes".to_owned(),
            _ => String::new(),
        }
    }

    fn written(shown: (PlanPart, &str), left: &[(PlanPart, &str)]) -> Option<Vec<(PlanPart, String)>> {
        let left = left.iter().map(|(part, text)| (*part, (*text).to_owned()));
        changed_sections(shown, left, said)
    }

    #[test]
    fn what_was_typed_for_a_section_before_another_was_chosen_is_written_too() {
        let both = [(Strengths, "A sister nearby"), (Preferences, "Mornings")];
        let table: &[(_, &[_], &[_])] = &[
            ((Preferences, "Mornings"), &[(Strengths, " A sister nearby ")], &both),
            ((Preferences, ""), &[(Strengths, "A sister nearby")], &both[..1]),
            ((History, "Two episodes"), &[(Strengths, "A sister nearby")], &both[..1]),
            ((Preferences, "Mornings"), &[(Strengths, " ")], &both[1..]),
            ((Preferences, "Mornings"), &[(History, "Two episodes")], &both[1..]),
            ((Preferences, "Mornings"), &[(Preferences, "Evenings")], &both[1..]),
            ((History, "Two episodes"), &[], &[(History, "Two episodes")]),
        ];
        for (shown, left, expected) in table {
            let expected: Vec<_> = expected
                .iter()
                .map(|(part, text)| (*part, (*text).to_owned()))
                .collect();
            assert_eq!(written(*shown, left), Some(expected), "{shown:?} {left:?}");
        }
    }

    #[test]
    fn an_empty_section_is_named_unless_it_was_only_looked_at() {
        assert_eq!(written((Preferences, " "), &[]), None);
        assert_eq!(written((Preferences, ""), &[(History, "Two episodes")]), None);
        assert_eq!(written((History, ""), &[(Strengths, "A sister nearby")]), None);
    }
}
