//! Words whose rights are disputed: they ship, and are shown only where the clinic switched them on after reading
//! their terms.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::check::DefinitionError;
use super::definition::Definition;
use super::ids::InstrumentId;
use super::wording::Wording;

/// An instrument with words that a clinic switches on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// The instrument in those words.
    pub definition: Definition,
    /// What the clinic agrees to, one sentence each.
    pub terms: Vec<String>,
    /// Where the owner states the terms.
    pub link: String,
    /// The version of the terms; switching on again is asked for when it changes.
    pub terms_version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    terms: Vec<String>,
    link: String,
    terms_version: String,
    words: Wording,
}

impl Pack {
    /// Reads a pack for one of these definitions.
    ///
    /// # Errors
    /// When it isn't one, or doesn't fit the definition.
    pub(super) fn parse(json: &str, known: &BTreeMap<InstrumentId, Definition>) -> Result<Self, DefinitionError> {
        let file: File = serde_json::from_str(json).map_err(DefinitionError::unreadable)?;
        let unknown = || DefinitionError::Missing {
            place: "pack".to_owned(),
            name: file.words.instrument.to_string(),
        };
        let base = known.get(&file.words.instrument).ok_or_else(unknown)?;
        Ok(Self {
            definition: base.worded(&file.words)?,
            terms: file.terms,
            link: file.link,
            terms_version: file.terms_version,
        })
    }
}
