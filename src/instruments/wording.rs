//! The words of an instrument in another language, or words that a clinic switches on: laid over a definition, with
//! the same items and the same scoring.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::check::DefinitionError;
use super::definition::Definition;
use super::ids::{InstrumentId, ItemId};
use super::item::{AnswerKind, AnswerOption};

/// The words of one instrument. Its files are `words/*.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The version of the definition that it belongs to.
    pub version: String,
    /// The language: `en`, `es`.
    pub language: String,
    /// The title in that language.
    pub title: String,
    /// The sentence above the items, verbatim.
    pub instruction: String,
    /// What stands below the items, verbatim.
    #[serde(default)]
    pub closing: Option<String>,
    /// The questions, verbatim. An extra item that isn't here is left off the form in this language.
    pub items: BTreeMap<ItemId, ItemWords>,
    /// Answer lists by their name in the definition: the answers that are offered, with their labels.
    pub option_sets: BTreeMap<String, Vec<AnswerOption>>,
    /// The licence notice, verbatim.
    pub notice: String,
    /// How well the wording was checked.
    pub verified: String,
}

/// The words of one question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemWords {
    /// The question, verbatim.
    pub text: String,
    /// An explanation that belongs to it, verbatim.
    #[serde(default)]
    pub help: Option<String>,
}

impl Definition {
    /// The definition in these words.
    ///
    /// # Errors
    /// When they belong to another definition, lack a question of it, or offer an answer that it doesn't have.
    pub fn worded(&self, words: &Wording) -> Result<Self, DefinitionError> {
        let missing = |name: &str| DefinitionError::Missing {
            place: format!("{} in {}", words.instrument, words.language),
            name: name.to_owned(),
        };
        if words.instrument != self.id || words.version != self.version {
            return Err(missing(&format!("{} version {}", self.id, self.version)));
        }
        let mut worded = self.clone();
        worded.language.clone_from(&words.language);
        worded.title.clone_from(&words.title);
        worded.instruction.clone_from(&words.instruction);
        worded.instruction_paper = None;
        worded.closing.clone_from(&words.closing);
        worded.notice.clone_from(&words.notice);
        worded.verified.clone_from(&words.verified);
        worded.extra_items.retain(|item| words.items.contains_key(&item.id));
        for item in worded.items.iter_mut().chain(&mut worded.extra_items) {
            let its = words.items.get(&item.id).ok_or_else(|| missing(item.id.as_str()))?;
            item.text.clone_from(&its.text);
            item.help.clone_from(&its.help);
            (item.stem, item.note) = (None, None);
        }
        for (name, options) in &words.option_sets {
            let ours: BTreeSet<i32> = self
                .option_sets
                .get(name)
                .ok_or_else(|| missing(name))?
                .iter()
                .map(|option| option.value)
                .collect();
            if let Some(odd) = options.iter().find(|option| !ours.contains(&option.value)) {
                return Err(missing(&odd.label));
            }
            worded.option_sets.insert(name.clone(), options.clone());
        }
        let unworded = worded.all_items().find_map(|item| match &item.answer {
            AnswerKind::Options(name) if !words.option_sets.contains_key(name) => Some(name.clone()),
            _ => None,
        });
        unworded.map_or(Ok(worded), |name| Err(missing(&name)))
    }
}
