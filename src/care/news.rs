//! What counts as news about a patient for somebody who looked before: what says something about the patient or the care.
//! Book-keeping does not.

use crate::journal::Fact;

/// Whether an entry is news to whoever did not write it. Minutes, what was put off, marks of copying into the EHR and audits
/// are book-keeping; what this version can't read is named on the patient's page anyway.
pub fn is_news(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::Time(_)
            | Fact::Snooze(_)
            | Fact::EhrCopy(_)
            | Fact::RecordAudit(_)
            | Fact::Mark(_)
            | Fact::Erased(_)
            | Fact::MonthLock(_)
            | Fact::Unknown
    )
}

/// "a", "a and b", "a, b and c".
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::facts::Note;

    #[test]
    fn a_note_is_news_and_what_cannot_be_read_is_not() {
        let note = Note {
            at: "2026-11-20T09:00:00-05:00".parse().unwrap(),
            text: "Moved to a shelter.".to_owned(),
            discuss: false,
        };
        assert!(is_news(&note.into()));
        assert!(!is_news(&Fact::Unknown));
    }

    #[test]
    fn names_are_listed_as_one_says_them() {
        let names = |all: &[&str]| listed(&all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(names(&[]), "");
        assert_eq!(names(&["M. Ruiz"]), "M. Ruiz");
        assert_eq!(names(&["M. Ruiz", "the patient"]), "M. Ruiz and the patient");
        assert_eq!(names(&["A", "B", "C"]), "A, B and C");
    }
}
