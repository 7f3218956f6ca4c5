//! Scripts for calls: short words of our own beside a form, for who has not done it often. The text is a data file; a clinic
//! may write its own, kept as its templates are. What an instrument asks is read from its form and never put into other words
//! here.

use serde::{Deserialize, Serialize};

use super::template::{Fields, render};

/// The scripts: a line `== name`, then the text.
const TEXTS: &str = include_str!("scripts.txt");

/// What a script is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// Telling what collaborative care is.
    Introduce,
    /// The first call to somebody who was referred.
    Outreach,
    /// A voicemail that says nothing protected.
    Voicemail,
    /// Asking for consent.
    Consent,
    /// Giving the PHQ-9 by telephone.
    Phq9Phone,
    /// Asking about suicide, with the steps that follow.
    Suicide,
    /// Following up behavioral activation.
    Activation,
    /// How medicines are taken.
    Medication,
    /// A call in relapse prevention.
    Relapse,
    /// The last call.
    Closing,
}

impl Script {
    /// All, in the order of a course of care.
    pub const ALL: [Self; 10] = [
        Self::Introduce,
        Self::Outreach,
        Self::Voicemail,
        Self::Consent,
        Self::Phq9Phone,
        Self::Suicide,
        Self::Activation,
        Self::Medication,
        Self::Relapse,
        Self::Closing,
    ];

    /// What it is called, where templates are listed.
    pub fn label(self) -> &'static str {
        match self {
            Self::Introduce => "Call script: introducing collaborative care",
            Self::Outreach => "Call script: first outreach call",
            Self::Voicemail => "Call script: voicemail",
            Self::Consent => "Call script: asking for consent",
            Self::Phq9Phone => "Call script: PHQ-9 by telephone",
            Self::Suicide => "Call script: asking about suicide",
            Self::Activation => "Call script: behavioral activation",
            Self::Medication => "Call script: medication check",
            Self::Relapse => "Call script: relapse prevention",
            Self::Closing => "Call script: closing call",
        }
    }

    /// The same beside a form, where all are scripts.
    pub fn title(self) -> String {
        let label = self.label();
        let title = label.strip_prefix("Call script: ").unwrap_or(label);
        let mut letters = title.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Its name in the data file.
    fn name(self) -> &'static str {
        match self {
            Self::Introduce => "introduce",
            Self::Outreach => "outreach",
            Self::Voicemail => "voicemail",
            Self::Consent => "consent",
            Self::Phq9Phone => "phq9_phone",
            Self::Suicide => "suicide",
            Self::Activation => "activation",
            Self::Medication => "medication",
            Self::Relapse => "relapse",
            Self::Closing => "closing",
        }
    }

    /// The text that the app ships.
    pub fn ours(self) -> &'static str {
        let mut parts = TEXTS.split("== ").filter_map(|part| part.split_once('\n'));
        let found = parts.find(|(name, _)| *name == self.name());
        found.map_or("", |(_, text)| text.trim())
    }
}

/// What the fields of a script hold: nothing of a patient, so that it can be printed and left on a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker<'a> {
    /// Who calls, without a credential: a voicemail must not tell one.
    pub me: &'a str,
    /// The clinic's name.
    pub clinic: &'a str,
    /// The clinic's own telephone for patients in a crisis.
    pub line: Option<&'a str>,
}

/// A script with its fields filled in.
pub fn script(text: &str, speaker: &Speaker<'_>) -> String {
    let mut fields = Fields::default();
    fields.set("me", speaker.me);
    fields.set("clinic", speaker.clinic);
    let own = speaker
        .line
        .map(|line| format!("; the clinic\u{2019}s own line, {line}"));
    fields.set(
        "crisis line",
        format!("988, by call or text, day and night{}", own.unwrap_or_default()),
    );
    render(text, &fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::note::{Paper, check_template};

    const SPEAKER: Speaker<'_> = Speaker {
        me: "Lena Brandt",
        clinic: "River Street Clinic",
        line: Some("555-0100"),
    };

    #[test]
    fn every_script_has_a_text_with_known_fields_and_words_to_say() {
        for one in Script::ALL {
            let text = one.ours();
            assert_eq!(check_template(Paper::Script(one), text), Ok(()), "{one:?}");
            let filled = script(text, &SPEAKER);
            assert!(
                filled.lines().any(|line| line.starts_with("> ")),
                "{one:?} has nothing to say"
            );
            assert!(
                filled.lines().any(|line| line.starts_with("- ")),
                "{one:?} has nothing to do"
            );
            assert!(!filled.contains('{') && !filled.contains("=="), "{one:?}: {filled}");
        }
    }

    #[test]
    fn a_voicemail_names_neither_the_clinic_nor_a_reason() {
        let filled = script(Script::Voicemail.ours(), &SPEAKER);
        let said: Vec<&str> = filled.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        let said = said.join(" ").to_lowercase();
        for word in [
            "river street",
            "clinic",
            "care",
            "health",
            "depress",
            "questionnaire",
            "program",
            "appointment",
        ] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }

    #[test]
    fn no_script_has_the_wording_of_an_instrument() {
        let plain = |text: &str| -> Vec<String> {
            let words = text.to_lowercase();
            words
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let scripts: String = Script::ALL.map(Script::ours).join(" \n");
        let scripts = format!(" {} ", plain(&scripts).join(" "));
        let ids = ["phq9", "gad7", "asq", "cssrs_screen"];
        let mut looked_at = 0;
        for definition in ids.iter().filter_map(|id| crate::instruments::definition_of(id).ok()) {
            for item in &definition.items {
                let words = plain(&item.text);
                // Six words in a row are a sentence of the form; fewer may be anybody's.
                for run in words.windows(6) {
                    looked_at += 1;
                    assert!(
                        !scripts.contains(&format!(" {} ", run.join(" "))),
                        "{}: {}",
                        definition.id.as_str(),
                        run.join(" ")
                    );
                }
            }
        }
        assert!(looked_at > 50, "{looked_at}");
    }

    #[test]
    fn the_clinics_line_is_told_where_there_is_one() {
        let text = script("{crisis line}", &SPEAKER);
        assert_eq!(
            text,
            "988, by call or text, day and night; the clinic\u{2019}s own line, 555-0100"
        );
        let text = script("{crisis line}", &Speaker { line: None, ..SPEAKER });
        assert_eq!(text, "988, by call or text, day and night");
    }
}
