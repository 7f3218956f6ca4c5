//! What single cells say. A cell is data: it is read, never run.

use crate::journal::Days;
use crate::journal::facts::{Activity, Channel, ContactKind, Intervention, Mode};

/// What a cell with nothing to say looks like.
pub(super) fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty()
        || ["n/a", "na", "-", "--", "—", "–", "none", "?", ".", "tbd", "unknown"]
            .contains(&cell.to_lowercase().as_str())
}

/// Whether a spreadsheet program would run the cell.
pub(super) fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start();
    cell.starts_with(['=', '@']) && cell.len() > 1
}

/// Whether a browser might take the cell for markup.
pub(super) fn is_markup(cell: &str) -> bool {
    let after = cell
        .split('<')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
    after && cell.contains('>')
}

/// Small letters and digits, words apart by one blank.
pub(super) fn plain(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in cell.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// A whole number of at most six digits; `25.0` is one, as spreadsheets write it.
pub(super) fn whole_number(cell: &str) -> Option<u32> {
    let cell = cell.trim();
    let digits = cell
        .strip_suffix(".0")
        .or_else(|| cell.strip_suffix(".00"))
        .unwrap_or(cell);
    let is_number = !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// Minutes: a whole number, with or without the word. `1h` is not: an hour may be fifty minutes or sixty.
pub(super) fn minutes(cell: &str) -> Option<u32> {
    let lower = cell.trim().to_lowercase();
    let number = ["minutes", "minute", "mins", "min", "m"]
        .iter()
        .find_map(|word| lower.strip_suffix(word))
        .unwrap_or(&lower);
    whole_number(number.trim_end_matches('.'))
}

/// Where treatment stands, by the word in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatusWord {
    Referred,
    Outreach,
    Enrolled,
    Active,
    RelapsePrevention,
    Closed,
}

/// The status that a cell names; `None` when it names none.
pub(super) fn status_word(cell: &str) -> Option<StatusWord> {
    Some(match plain(cell).as_str() {
        "referred" | "new" | "new referral" | "referral" | "pending" | "waitlist" | "wait list" => StatusWord::Referred,
        "outreach" | "engaging" | "attempting" | "contacting" => StatusWord::Outreach,
        "enrolled" => StatusWord::Enrolled,
        "active" | "a" | "in treatment" | "tx" | "active treatment" | "treatment" | "acute" => StatusWord::Active,
        "rp" | "relapse prevention" | "rpp" | "maintenance" | "monitoring" => StatusWord::RelapsePrevention,
        "inactive" | "i" | "d c" | "dc" | "d ced" | "discharged" | "discharge" | "closed" | "completed"
        | "graduated" | "deactivated" | "terminated" | "lost to follow up" | "ltfu" | "declined" => StatusWord::Closed,
        _ => return None,
    })
}

/// An interval such as `2 weeks`, `4 wks`, `10 days`, `1 month` (30 days).
pub(super) fn interval(cell: &str) -> Option<Days> {
    let spaced: String = split_number(&plain(cell));
    let mut words = spaced.split(' ').filter(|w| !["in", "every", "q"].contains(w));
    let (count, unit) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let days = match unit {
        "d" | "day" | "days" => 1,
        "w" | "wk" | "wks" | "week" | "weeks" => 7,
        "m" | "mo" | "mos" | "month" | "months" => 30,
        _ => return None,
    };
    let count = whole_number(count).filter(|n| (1..=366).contains(n))?;
    Some(Days(count * days)).filter(|d| d.0 <= 366)
}

/// `2wks` as `2 wks`.
fn split_number(text: &str) -> String {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    match text.strip_prefix(&digits) {
        Some(rest) if !digits.is_empty() && !rest.starts_with(' ') => format!("{digits} {rest}"),
        _ => text.to_owned(),
    }
}

/// The codes of a diagnosis cell, and what in it is no ICD-10-CM code.
pub(super) fn diagnoses(cell: &str) -> (Vec<String>, Vec<String>) {
    let parts = cell
        .split([',', ';', '\n', '/', '|', '+', ' '])
        .map(str::trim)
        .filter(|part| !is_blank(part));
    let (codes, others): (Vec<&str>, Vec<&str>) = parts.partition(|part| is_code(part));
    (
        codes.iter().map(|c| c.to_uppercase()).collect(),
        others.into_iter().map(str::to_owned).collect(),
    )
}

/// A letter, a digit, a letter or digit, and up to four more after a point: the shape of ICD-10-CM codes.
fn is_code(part: &str) -> bool {
    let upper = part.to_uppercase();
    let (head, tail) = upper.split_once('.').unwrap_or((&upper, ""));
    let head: Vec<char> = head.chars().collect();
    let shaped = matches!(head.as_slice(), [a, b, c] if a.is_ascii_uppercase() && b.is_ascii_digit() && c.is_ascii_alphanumeric());
    let tail_fits = tail.len() <= 4 && tail.chars().all(|c| c.is_ascii_alphanumeric());
    shaped && tail_fits && (upper.contains('.') != tail.is_empty())
}

/// The medicines of a cell: name, and dose where one is written.
pub(super) fn medicines(cell: &str) -> Vec<(String, Option<String>)> {
    let parts = cell
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !is_blank(part));
    parts.map(split_dose).collect()
}

fn split_dose(part: &str) -> (String, Option<String>) {
    let first_digit = part.char_indices().find(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i);
    match first_digit.filter(|i| *i > 0).map(|i| part.split_at(i)) {
        Some((name, dose)) if !name.trim().is_empty() => (name.trim().to_owned(), Some(dose.trim().to_owned())),
        _ => (part.to_owned(), None),
    }
}

/// A family and a given name from one cell.
pub(super) fn full_name(cell: &str) -> (String, String) {
    if let Some((family, given)) = cell.split_once(',') {
        return (family.trim().to_owned(), given.trim().to_owned());
    }
    match cell.trim().rsplit_once(char::is_whitespace) {
        Some((given, family)) => (family.trim().to_owned(), given.trim().to_owned()),
        None => (cell.trim().to_owned(), String::new()),
    }
}

/// A colleague's name without the credential after it: `Marsh, FNP`.
pub(super) fn name_and_credential(cell: &str) -> (String, Option<String>) {
    let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((name, last)) = cell.rsplit_once(',') {
        let credential = last.trim();
        let shaped = (2..=8).contains(&credential.len())
            && credential
                .chars()
                .all(|c| c.is_ascii_uppercase() || c == '-' || c == '.');
        if shaped && !name.trim().is_empty() {
            return (name.trim().to_owned(), Some(credential.to_owned()));
        }
    }
    (cell, None)
}

/// What a row of the contacts file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Contact(ContactKind),
    Attempt,
    NoShow,
    Review,
    /// A word that this app doesn't know.
    Unknown,
}

/// What a row is, by the word in its kind cell.
pub(super) fn row_kind(cell: &str) -> RowKind {
    let words = plain(cell);
    let has = |part: &str| words.contains(part);
    if has("no show") || has("noshow") || has("missed") {
        RowKind::NoShow
    } else if has("attempt") || has("outreach") || has("voicemail") || has("left message") || has("no answer") {
        RowKind::Attempt
    } else if has("psych") || has("consult") || has("case review") || has("caseload review") {
        RowKind::Review
    } else if has("initial") || has("intake") || has("assessment") {
        RowKind::Contact(ContactKind::InitialAssessment)
    } else if has("crisis") {
        RowKind::Contact(ContactKind::Crisis)
    } else if has("relapse") || words == "rp" || has("discharge") {
        RowKind::Contact(ContactKind::RelapsePrevention)
    } else if has("follow") || words == "fu" || words == "f u" || has("session") || has("visit") || has("contact") {
        RowKind::Contact(ContactKind::FollowUp)
    } else {
        RowKind::Unknown
    }
}

/// How a contact took place; `None` when the cell doesn't say.
pub(super) fn mode(cell: &str) -> Option<Mode> {
    let words = plain(cell);
    let has = |part: &str| words.contains(part);
    Some(match () {
        () if has("video") || has("telehealth") || has("zoom") || has("virtual") => Mode::Video,
        () if has("phone") || words == "tel" || words == "call" => Mode::Phone,
        () if has("home") => Mode::Home,
        () if has("person") || has("clinic") || has("office") || has("face") => Mode::InPerson,
        () if has("portal") || has("message") || has("text") => Mode::Portal,
        () if has("group") => Mode::Group,
        () => return None,
    })
}

/// The channel of an attempt that went by this mode.
pub(super) fn channel(mode: Mode) -> Channel {
    match mode {
        Mode::Phone => Channel::Phone,
        Mode::Video => Channel::Video,
        Mode::InPerson | Mode::Home | Mode::Group => Channel::InPerson,
        Mode::Portal => Channel::Portal,
    }
}

/// What the activity cell names; `None` for a word that this app doesn't know.
pub(super) fn activity(cell: &str) -> Option<(Activity, Option<Intervention>)> {
    let words = plain(cell);
    let has = |part: &str| words.contains(part);
    Some(match () {
        () if words == "ba" || has("activation") => (Activity::Intervention, Some(Intervention::BehaviouralActivation)),
        () if has("problem solving") || words == "pst" => (Activity::Intervention, Some(Intervention::ProblemSolving)),
        () if has("motivational") || words == "mi" => {
            (Activity::Intervention, Some(Intervention::MotivationalInterviewing))
        }
        () if words == "cbt" || has("cognitive") => (Activity::Intervention, Some(Intervention::CognitiveTechniques)),
        () if has("mindful") || has("relaxation") => (Activity::Intervention, Some(Intervention::Mindfulness)),
        () if has("coordination") || has("referral") || has("resources") => {
            (Activity::Coordination, Some(Intervention::Coordination))
        }
        () if has("caseload review") || has("case review") => (Activity::CaseloadReview, None),
        () if has("consult") => (Activity::PsychiatricConsult, None),
        () if has("crisis") || has("safety") => (Activity::Crisis, Some(Intervention::SafetyPlanning)),
        () if has("relapse") => (Activity::RelapsePlanning, Some(Intervention::RelapsePlanning)),
        () if has("medication") || has("side effect") || has("adherence") => {
            (Activity::MedicationSupport, Some(Intervention::MedicationCheck))
        }
        () if has("family") => (Activity::Family, None),
        () if has("follow") => (Activity::FollowUp, None),
        () if has("assessment") || has("intake") => (Activity::Assessment, None),
        () if has("outreach") => (Activity::Outreach, None),
        () if has("chart review") => (Activity::ChartReview, None),
        () if has("charting") || has("documentation") => (Activity::Documentation, None),
        () if has("registry") => (Activity::Registry, None),
        () if has("pcp") || has("clinician") => (Activity::ClinicianCollaboration, None),
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_whole_numbers_and_an_hour_is_not() {
        for (cell, expected) in [
            ("47", Some(47)),
            (" 47 min", Some(47)),
            ("30.0", Some(30)),
            ("1h", None),
            ("1:15", None),
            ("-5", None),
            ("", None),
            ("4 5", None),
        ] {
            assert_eq!(minutes(cell), expected, "{cell}");
        }
    }

    #[test]
    fn status_words_of_common_lists_are_known() {
        for (cell, expected) in [
            ("Active", Some(StatusWord::Active)),
            ("RP", Some(StatusWord::RelapsePrevention)),
            ("Relapse Prevention", Some(StatusWord::RelapsePrevention)),
            ("Inactive", Some(StatusWord::Closed)),
            ("D/C", Some(StatusWord::Closed)),
            ("Referred", Some(StatusWord::Referred)),
            ("on the moon", None),
            ("", None),
        ] {
            assert_eq!(status_word(cell), expected, "{cell}");
        }
    }

    #[test]
    fn intervals_are_days() {
        for (cell, expected) in [
            ("2 weeks", Some(14)),
            ("4 wks", Some(28)),
            ("1 wk", Some(7)),
            ("2wks", Some(14)),
            ("10 days", Some(10)),
            ("1 month", Some(30)),
            ("in 3 weeks", Some(21)),
            ("0 weeks", None),
            ("soon", None),
            ("99 months", None),
        ] {
            assert_eq!(interval(cell).map(|d| d.0), expected, "{cell}");
        }
    }

    #[test]
    fn diagnoses_and_medicines_are_lists() {
        assert_eq!(diagnoses("F41.1, F33.0").0, ["F41.1", "F33.0"]);
        assert_eq!(diagnoses("F10.20; f33.1").0, ["F10.20", "F33.1"]);
        assert_eq!(diagnoses("F32.A").0, ["F32.A"]);
        assert_eq!(
            diagnoses("depression, F33."),
            (vec![], vec!["depression".to_owned(), "F33.".to_owned()])
        );
        let dose = |name: &str, dose: &str| (name.to_owned(), Some(dose.to_owned()));
        assert_eq!(
            medicines("fluoxetine 20mg, hydroxyzine 25 mg prn"),
            [dose("fluoxetine", "20mg"), dose("hydroxyzine", "25 mg prn")]
        );
        assert_eq!(medicines("bupropion XL 150"), [dose("bupropion XL", "150")]);
        assert_eq!(medicines("lithium"), [("lithium".to_owned(), None)]);
        assert_eq!(medicines("none"), []);
    }

    #[test]
    fn names_come_apart_in_either_order_and_lose_their_credential() {
        assert_eq!(full_name("Ellis, Hugo"), ("Ellis".into(), "Hugo".into()));
        assert_eq!(full_name("Hugo van Ellis"), ("Ellis".into(), "Hugo van".into()));
        assert_eq!(full_name("Ellis"), ("Ellis".into(), String::new()));
        assert_eq!(name_and_credential("Marsh, FNP"), ("Marsh".into(), Some("FNP".into())));
        assert_eq!(name_and_credential("Dr  Lindqvist"), ("Dr Lindqvist".into(), None));
        assert_eq!(name_and_credential("Okafor, Ada"), ("Okafor, Ada".into(), None));
    }

    #[test]
    fn kinds_of_rows_and_activities_are_told_by_their_words() {
        for (cell, expected) in [
            ("Initial Assessment", RowKind::Contact(ContactKind::InitialAssessment)),
            ("Follow Up", RowKind::Contact(ContactKind::FollowUp)),
            ("Attempt", RowKind::Attempt),
            ("Psychiatric Consultation", RowKind::Review),
            ("No show", RowKind::NoShow),
            ("lunch", RowKind::Unknown),
            ("", RowKind::Unknown),
        ] {
            assert_eq!(row_kind(cell), expected, "{cell}");
        }
        assert_eq!(activity("BA").map(|a| a.0), Some(Activity::Intervention));
        assert_eq!(activity("care coordination").map(|a| a.0), Some(Activity::Coordination));
        assert_eq!(activity("caseload review").map(|a| a.0), Some(Activity::CaseloadReview));
        assert_eq!(activity("lunch"), None);
        assert_eq!(mode("In person"), Some(Mode::InPerson));
        assert_eq!(mode("phone"), Some(Mode::Phone));
        assert_eq!(mode("owl"), None);
    }

    #[test]
    fn formulas_and_markup_are_noticed() {
        assert!(
            is_formula("=HYPERLINK(\"http://x\",\"see\")") && is_formula(" @x") && !is_formula("-") && !is_formula("=")
        );
        assert!(
            is_markup("<script>alert(1)</script>")
                && is_markup("a <b>c")
                && !is_markup("x < 3 and y > 4")
                && !is_markup("<3")
        );
    }
}
