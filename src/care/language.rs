//! The languages in which something is worded, and how a registration names them.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{InterpreterNeed, Registration};

/// The language that a patient reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

impl Language {
    /// The tag, as HTML and definitions have it (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }
    /// The one that a patient's language is, as the registration has it in words; `None` for one that has no wording here.
    pub fn of(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        let mut words = words.split(|letter: char| !letter.is_alphabetic());
        let first = words.find(|word| !word.is_empty())?;
        match first {
            "en" | "eng" | "english" | "ingl\u{e9}s" => Some(Self::English),
            "es" | "spa" | "spanish" | "espa\u{f1}ol" | "espanol" | "castellano" => Some(Self::Spanish),
            _ => None,
        }
    }
}

/// What a patient speaks, and whether an interpreter is needed, within a sentence; `None` where neither is known.
pub fn spoken(registration: &Registration) -> Option<String> {
    let need = registration.interpreter.map(|need| match need {
        InterpreterNeed::Needed => "interpreter needed",
        InterpreterNeed::NotNeeded => "no interpreter needed",
    });
    let speaks = registration
        .language
        .as_ref()
        .map(|language| format!("speaks {language}"));
    let parts: Vec<String> = speaks.into_iter().chain(need.map(str::to_owned)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_registration_is_known_by_its_first_word() {
        let cases = [
            ("Spanish", Some(Language::Spanish)),
            (" espa\u{f1}ol, interpreter needed", Some(Language::Spanish)),
            ("Spanish (Mexico)", Some(Language::Spanish)),
            ("ES", Some(Language::Spanish)),
            ("English", Some(Language::English)),
            ("English (US)", Some(Language::English)),
            ("en-US", Some(Language::English)),
            ("Spanish; interpreter", Some(Language::Spanish)),
            ("Somali", None),
            ("Not Spanish", None),
            ("", None),
            ("...", None),
        ];
        for (words, expected) in cases {
            assert_eq!(Language::of(words), expected, "{words}");
        }
    }

    #[test]
    fn the_need_of_an_interpreter_is_said_with_the_language_or_alone() {
        use InterpreterNeed::{Needed, NotNeeded};
        let table = [
            (None, None, None),
            (Some("Spanish"), None, Some("speaks Spanish")),
            (
                Some("Spanish"),
                Some(Needed),
                Some("speaks Spanish, interpreter needed"),
            ),
            (
                Some("Spanish"),
                Some(NotNeeded),
                Some("speaks Spanish, no interpreter needed"),
            ),
            (None, Some(Needed), Some("interpreter needed")),
        ];
        for (language, interpreter, words) in table {
            let registration = Registration {
                language: language.map(str::to_owned),
                interpreter,
                ..Registration::named("Jun".to_owned(), "Ito".to_owned())
            };
            assert_eq!(spoken(&registration).as_deref(), words);
        }
    }
}
