//! With whom and how time was spent, and which program it counts for, as parts of a typed line say it: `with her daughter Maria`,
//! `for general bhi`.

use crate::journal::facts::{Bucket, Mode, With};

/// With whom, of one part of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whom {
    /// Of which kinds they are, each once.
    pub with: Vec<With>,
    /// Who they were, where the part says more than the kind: it goes into the note, where an audit looks for it.
    pub named: Option<String>,
}

/// Words that say of which kind somebody is, and nothing else.
const KINDS: &[(&str, With)] = &[
    ("patient", With::Patient),
    ("pt", With::Patient),
    ("family", With::Family),
    ("caregiver", With::Family),
    ("pcp", With::Clinic),
    ("clinician", With::Clinic),
    ("clinic", With::Clinic),
    ("clinic staff", With::Clinic),
    ("pcp or clinic staff", With::Clinic),
    ("somebody else", With::Other),
    ("someone else", With::Other),
];

/// Words of relationships, each of which makes whoever is named one of the family.
const RELATIVES: &[&str] = &[
    "family",
    "caregiver",
    "mother",
    "mom",
    "father",
    "dad",
    "parent",
    "parents",
    "guardian",
    "daughter",
    "son",
    "child",
    "wife",
    "husband",
    "spouse",
    "partner",
    "sister",
    "brother",
    "sibling",
    "aunt",
    "uncle",
    "grandmother",
    "grandfather",
    "niece",
    "nephew",
    "cousin",
];

/// How a contact was made: `phone`, `video`, `in person`, `at home`, `portal`.
pub(super) fn mode_of(text: &str) -> Option<Mode> {
    Some(match text.strip_prefix("by ").unwrap_or(text) {
        "phone" | "telephone" => Mode::Phone,
        "video" => Mode::Video,
        "in person" | "in clinic" | "in the clinic" => Mode::InPerson,
        "home" | "at home" | "home visit" => Mode::Home,
        "portal" | "portal message" => Mode::Portal,
        _ => return None,
    })
}

/// With whom, where a part says so: `with the patient`, `with patient and her son Leo`.
pub fn whom(part: &str) -> Option<Whom> {
    let start = part.get(.."with ".len())?;
    let rest = part
        .get("with ".len()..)
        .filter(|_| start.eq_ignore_ascii_case("with "))?
        .trim();
    let mut whom = Whom::default();
    let mut is_named = false;
    for one in rest
        .split(" and ")
        .flat_map(|part| part.split(['&', '+']))
        .map(str::trim)
    {
        let low = one.to_lowercase();
        let bare = ["the ", "their ", "his ", "her ", "a "]
            .iter()
            .find_map(|article| low.strip_prefix(article));
        let bare = bare.unwrap_or(&low);
        let kind = KINDS.iter().find(|(word, _)| *word == bare).map(|(_, kind)| *kind);
        let kind = kind.unwrap_or_else(|| {
            is_named = true;
            let has = |wanted: &[&str]| {
                low.split(|c: char| !c.is_alphabetic())
                    .any(|word| wanted.contains(&word))
            };
            match (has(RELATIVES), has(&["pcp", "clinician", "clinic"])) {
                (true, _) => With::Family,
                (_, true) => With::Clinic,
                _ => With::Other,
            }
        });
        if !one.is_empty() {
            add_whom(&mut whom.with, &[kind]);
        }
    }
    whom.named = is_named.then(|| rest.to_owned());
    (!whom.with.is_empty()).then_some(whom)
}

/// The program that a part names: `for general bhi`, `cocm`, `not counted`. What is an activity too, such as psychotherapy,
/// names its program only after "for".
pub fn program_of(low: &str) -> Option<Bucket> {
    let named = ["counts for ", "counted for ", "for "]
        .iter()
        .find_map(|before| low.strip_prefix(before));
    Some(match (named.unwrap_or(low).trim(), named.is_some()) {
        ("cocm" | "collaborative care", _) => Bucket::Cocm,
        ("bhi" | "general bhi" | "general integration" | "general behavioral health integration", _) => {
            Bucket::GeneralBhi
        }
        ("no program" | "not counted", _) | ("none" | "nothing", true) => Bucket::None,
        ("another program" | "other program", true) => Bucket::OtherProgramme,
        ("psychotherapy", true) => Bucket::Psychotherapy,
        _ => return None,
    })
}

/// Adds those of a kind that isn't there yet.
pub fn add_whom(all: &mut Vec<With>, more: &[With]) {
    for one in more {
        if !all.contains(one) {
            all.push(*one);
        }
    }
}

/// A note with who took part.
pub fn with_named(note: Option<String>, named: Option<String>) -> Option<String> {
    match (note, named) {
        (note, None) => note,
        (None, Some(named)) => Some(format!("With: {named}")),
        (Some(note), Some(named)) => Some(format!("{note} With: {named}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_with_whom_by_kind_and_keeps_who_it_was() {
        for (part, kinds, named) in [
            ("with the patient", vec![With::Patient], None),
            ("With Family", vec![With::Family], None),
            (
                "with patient and her son Leo",
                vec![With::Patient, With::Family],
                Some("patient and her son Leo"),
            ),
            ("with pcp", vec![With::Clinic], None),
            (
                "with Mr. Sonders of the school",
                vec![With::Other],
                Some("Mr. Sonders of the school"),
            ),
            ("with wife & family", vec![With::Family], Some("wife & family")),
        ] {
            let whom = whom(part).unwrap();
            assert_eq!((whom.with, whom.named.as_deref()), (kinds, named), "{part}");
        }
        for part in ["with", "with ", "within", "witherspoon", "Withers Ana"] {
            assert_eq!(whom(part), None, "{part}");
        }
    }

    #[test]
    fn a_part_names_a_program_and_an_activity_stays_one() {
        for (part, program) in [
            ("cocm", Some(Bucket::Cocm)),
            ("for general bhi", Some(Bucket::GeneralBhi)),
            ("counts for nothing", Some(Bucket::None)),
            ("not counted", Some(Bucket::None)),
            ("for psychotherapy", Some(Bucket::Psychotherapy)),
            ("psychotherapy", None),
            ("other program", None),
            ("nothing", None),
            ("for ana", None),
        ] {
            assert_eq!(program_of(part), program, "{part}");
        }
    }
}
