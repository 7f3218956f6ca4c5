//! Patient mode in the window, as far as it needs no browser: what local storage remembers of a run, which question comes next, and the
//! words that a patient reads.

pub mod walk;
pub mod words;

use serde::{Deserialize, Serialize};

pub use crate::care::Language;
use crate::instruments::{Definition, catalog, definition_of};
use crate::journal::{RegistryId, RunId};

pub use walk::{Place, Walk};
pub use words::{Words, words};

/// The key in local storage under which a run is remembered, in this browser and all its tabs. Nothing about the patient is in it.
pub const MARKER_KEY: &str = "caseload.patient-run";

/// How the questions are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// One question at a time.
    #[default]
    One,
    /// A whole form on one page.
    Whole,
}

/// What this browser remembers while it is in a patient's hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// The registry that is locked.
    pub registry: RegistryId,
    /// The run.
    pub run: RunId,
    /// Instruments, in order.
    pub instruments: Vec<String>,
    /// How the questions are shown.
    #[serde(default)]
    pub size: Size,
    /// The language.
    #[serde(default)]
    pub language: Language,
    /// The clinic's number for a crisis, which the patient is shown; a clinic's own number is no secret.
    #[serde(default)]
    pub crisis_line: Option<String>,
}

impl Marker {
    /// Reads what local storage has. Something that can't be read is no run: the lock screen is shown then.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Its text.
    pub fn to_text(&self) -> String {
        // Nothing in it can fail to serialise; an empty text is no run.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The definitions to be asked, in order; one that this version doesn't know is left out.
    pub fn definitions(&self) -> Vec<&'static Definition> {
        let known = self.instruments.iter().filter_map(|id| definition_of(id).ok());
        known.map(|definition| in_language(definition, self.language)).collect()
    }
}

/// The definition in a language, where its wording was checked in that language; as it is otherwise.
pub fn in_language(definition: &'static Definition, language: Language) -> &'static Definition {
    let worded = catalog().in_language(&definition.id, language.tag());
    worded.unwrap_or(definition)
}

/// Whether a definition can be shown in a language.
pub fn speaks(definition: &Definition, language: Language) -> bool {
    catalog().in_language(&definition.id, language.tag()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_reads_back_and_holds_nothing_about_a_patient() {
        let marker = Marker {
            registry: RegistryId::from_random([1; 16]),
            run: RunId::from_random([2; 16]),
            instruments: vec!["phq9".to_owned(), "gad7".to_owned()],
            size: Size::Whole,
            language: Language::Spanish,
            crisis_line: Some("555-0100".to_owned()),
        };
        assert_eq!(Marker::from_text(&marker.to_text()), Some(marker.clone()));
        let json: serde_json::Value = serde_json::from_str(&marker.to_text()).unwrap();
        let names: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["crisis_line", "instruments", "language", "registry", "run", "size"]
        );
        assert_eq!(marker.definitions().len(), 2);
    }

    #[test]
    fn what_is_no_marker_is_no_run() {
        for text in ["", "{}", "null", r#"{"registry":"x"}"#] {
            assert_eq!(Marker::from_text(text), None, "{text}");
        }
    }
}
