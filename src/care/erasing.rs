//! What has to be typed before a record is erased for good, and what the reason may not say: it outlives the record.

use super::decide::SHORTEST_REASON;
use super::intent::Refusal;
use crate::flowsheet::Who;
use crate::instruments::catalog;

/// The word that has to be typed, in capitals.
pub const ERASE_WORD: &str = "ERASE";
/// The word that has to be typed to keep a record that was erased elsewhere.
pub const KEEP_WORD: &str = "KEEP";

/// What can be typed to say whose record it is: the record number or the family name, as far as they are known.
pub fn names_to_type(who: &Who) -> Vec<&str> {
    let number = who.mrn.as_deref().map(str::trim);
    let names = number.into_iter().chain([who.family.trim()]);
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether what was typed confirms it: the record number or the family name, and the word.
///
/// # Errors
/// [`Refusal::Field`] says which of the two it isn't. Nothing that was typed or expected is in it.
pub fn confirmed(who: &Who, typed: &str, word: &str, expected: &str) -> Result<(), Refusal> {
    let names = names_to_type(who);
    let same = |name: &&str| name.to_lowercase() == typed.trim().to_lowercase();
    if !names.is_empty() && !names.iter().any(same) {
        return Err(Refusal::Field(
            "What you typed is neither the record number nor the family name of this patient".to_owned(),
        ));
    }
    if word.trim() != expected {
        return Err(Refusal::Field(format!("Type the word {expected}, in capitals")));
    }
    Ok(())
}

/// Whether a reason tells why, and neither who the patient was nor anything clinical.
///
/// # Errors
/// [`Refusal::Field`] says what is wrong with it.
pub fn fitting_reason(who: &Who, reason: &str, basis: Option<&str>) -> Result<(), Refusal> {
    if reason.trim().chars().count() < SHORTEST_REASON {
        return Err(Refusal::Field(format!(
            "Say in at least {SHORTEST_REASON} characters why the record is erased: it is all that stays"
        )));
    }
    let words = words_of(&format!("{reason} {}", basis.unwrap_or_default()));
    let has = |text: &str| {
        let wanted = words_of(text);
        !wanted.is_empty() && words.windows(wanted.len()).any(|part| *part == *wanted)
    };
    let own = [
        Some(who.given.as_str()),
        Some(who.family.as_str()),
        who.preferred.as_deref(),
        who.mrn.as_deref(),
    ];
    if own.into_iter().flatten().chain(who.phone.as_deref()).any(has) {
        return Err(Refusal::Field(
            "The reason stays when the record is gone: leave out the patient\u{2019}s name and numbers".to_owned(),
        ));
    }
    let clinical = catalog().iter().any(|definition| has(&definition.short_title));
    if clinical {
        return Err(Refusal::Field(
            "The reason stays when the record is gone: leave out measures and anything clinical".to_owned(),
        ));
    }
    Ok(())
}

fn words_of(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who() -> Who {
        Who {
            given: "Ana".to_owned(),
            family: "Silva Reis".to_owned(),
            mrn: Some("M-100".to_owned()),
            phone: Some("555-0142".to_owned()),
            ..Who::default()
        }
    }

    #[test]
    fn only_the_number_or_the_family_name_with_the_word_confirms() {
        for (typed, word, ok) in [
            ("M-100", "ERASE", true),
            (" m-100 ", "ERASE", true),
            ("silva reis", " ERASE ", true),
            ("Ana", "ERASE", false),
            ("Silva", "ERASE", false),
            ("", "ERASE", false),
            ("M-100", "erase", false),
            ("M-100", "", false),
            ("M-100", "KEEP", false),
        ] {
            assert_eq!(
                confirmed(&who(), typed, word, ERASE_WORD).is_ok(),
                ok,
                "{typed:?} {word:?}"
            );
        }
    }

    #[test]
    fn a_record_without_name_and_number_takes_the_word_alone() {
        assert!(confirmed(&Who::default(), "", "ERASE", ERASE_WORD).is_ok());
        assert!(confirmed(&Who::default(), "", "", ERASE_WORD).is_err());
    }

    #[test]
    fn what_is_said_why_names_neither_the_patient_nor_anything_clinical() {
        for (reason, basis, ok) in [
            ("The patient asked for it in writing", None, true),
            (
                "The patient asked for it in writing",
                Some("State law, section 5"),
                true,
            ),
            ("asked for", None, false),
            ("Ana asked for it in writing", None, false),
            ("asked for by the SILVA REIS family", None, false),
            ("a second record of M-100 was kept", None, false),
            ("he called from 555-0142 and asked", None, false),
            ("Anabel at the front desk was asked", None, true),
            ("the PHQ-9 was somebody else's", None, false),
            ("asked for in writing by letter", Some("as Ana said"), false),
        ] {
            assert_eq!(
                fitting_reason(&who(), reason, basis).is_ok(),
                ok,
                "{reason:?} {basis:?}"
            );
        }
    }
}
