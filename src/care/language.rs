//! The languages in which something is worded, and how a registration names them.

use serde::{Deserialize, Serialize};

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
}
