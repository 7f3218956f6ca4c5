//! Answers by item, and the context that a rule may need.

use std::collections::BTreeMap;

use super::definition::Definition;
use super::ids::ItemId;
use super::item::{AnswerKind, Item};
use super::score::ScoreError;

/// The raw answers of one administration, by item. An item that isn't here was not answered.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Answers(BTreeMap<ItemId, i32>);

/// Answers are a patient's: their number may be shown in a log or a panic, never their values.
impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answers({} items)", self.0.len())
    }
}

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answers of a list in form order; `None` is an item that wasn't answered.
    ///
    /// # Errors
    /// When the list isn't as long as the form, or a value isn't among an item's answers.
    pub fn from_positions(definition: &Definition, values: &[Option<i32>]) -> Result<Self, ScoreError> {
        if values.len() != definition.items.len() {
            return Err(ScoreError::WrongCount {
                title: definition.short_title.clone(),
                expected: definition.items.len(),
                found: values.len(),
            });
        }
        let mut answers = Self::new();
        for (item, value) in definition.items.iter().zip(values) {
            if let Some(value) = value {
                answers.set(item.id.clone(), *value);
            }
        }
        answers.check(definition)?;
        Ok(answers)
    }

    /// Answers written in form order with commas between: a number or a word of the item, `-` where not answered.
    ///
    /// # Errors
    /// When the list isn't as long as the form, or an answer isn't among an item's answers.
    pub fn parse_positions(definition: &Definition, text: &str) -> Result<Self, ScoreError> {
        let words: Vec<&str> = text.split(',').map(str::trim).collect();
        if words.len() != definition.items.len() {
            return Err(ScoreError::WrongCount {
                title: definition.short_title.clone(),
                expected: definition.items.len(),
                found: words.len(),
            });
        }
        let mut answers = Self::new();
        for (item, word) in definition.items.iter().zip(words) {
            if word != "-" {
                answers.set(item.id.clone(), parse_value(definition, item, word)?);
            }
        }
        Ok(answers)
    }

    /// Sets an answer, in place of an earlier one.
    pub fn set(&mut self, item: ItemId, value: i32) {
        self.0.insert(item, value);
    }

    /// Takes an answer back: the item is unanswered again.
    pub fn clear(&mut self, item: &ItemId) {
        self.0.remove(item);
    }

    /// The raw answer to an item; none when it wasn't answered.
    pub fn get(&self, item: &ItemId) -> Option<i32> {
        self.0.get(item).copied()
    }

    /// All answers by item id.
    pub fn iter(&self) -> impl Iterator<Item = (&ItemId, i32)> {
        self.0.iter().map(|(item, value)| (item, *value))
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks that each answer is one of its item's.
    ///
    /// # Errors
    /// When the instrument has no such item, or the item no such answer.
    pub fn check(&self, definition: &Definition) -> Result<(), ScoreError> {
        for (id, value) in self.iter() {
            let item = definition.item(id).ok_or_else(|| ScoreError::UnknownItem {
                title: definition.short_title.clone(),
                item: id.clone(),
            })?;
            if !takes(definition, item, value) {
                return Err(not_an_answer(definition, item));
            }
        }
        Ok(())
    }
}

impl FromIterator<(ItemId, i32)> for Answers {
    fn from_iter<T: IntoIterator<Item = (ItemId, i32)>>(answers: T) -> Self {
        Self(answers.into_iter().collect())
    }
}

/// One answer written as its number, its label or another of its words.
pub(super) fn parse_value(definition: &Definition, item: &Item, word: &str) -> Result<i32, ScoreError> {
    let wanted = word.trim().to_lowercase();
    let by_word = definition
        .options(item)
        .iter()
        .find(|option| option.label.to_lowercase() == wanted || option.words.contains(&wanted));
    by_word
        .map(|option| option.value)
        .or_else(|| wanted.parse().ok())
        .filter(|value| takes(definition, item, *value))
        .ok_or_else(|| not_an_answer(definition, item))
}

fn takes(definition: &Definition, item: &Item, value: i32) -> bool {
    match item.answer {
        AnswerKind::Range(low, high) | AnswerKind::Labelled { range: (low, high), .. } => low <= value && value <= high,
        AnswerKind::Options(_) => definition.options(item).iter().any(|option| option.value == value),
        AnswerKind::FreeText => false,
    }
}

/// Says what would have been an answer, never what was given: that is the patient's.
fn not_an_answer(definition: &Definition, item: &Item) -> ScoreError {
    let accepted = match item.answer {
        AnswerKind::Range(low, high) | AnswerKind::Labelled { range: (low, high), .. } => {
            format!("a whole number from {low} to {high}")
        }
        AnswerKind::FreeText => "words, which are not scored".to_owned(),
        AnswerKind::Options(_) => {
            let mut values: Vec<i32> = definition.options(item).iter().map(|o| o.value).collect();
            values.sort_unstable();
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("one of {}", values.join(", "))
        }
    };
    ScoreError::NotAnAnswer {
        title: definition.short_title.clone(),
        item: item.id.clone(),
        accepted,
    }
}

/// What a rule may need to know beside the answers, and how the clinic treats an incomplete form.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Context {
    values: BTreeMap<String, String>,
    /// What the clinic chose for incomplete forms.
    pub missing: MissingPolicy,
}

/// Sex and age are a patient's: the names are shown, never the values.
impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("names", &self.values.keys())
            .field("missing", &self.missing)
            .finish()
    }
}

impl Context {
    /// Nothing is known; complete forms only.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this value for a name: `sex` is `female` or `male`, `age` whole years.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(name.into(), value.into());
        self
    }

    /// With this policy for incomplete forms.
    #[must_use]
    pub fn with_missing(mut self, policy: MissingPolicy) -> Self {
        self.missing = policy;
        self
    }

    /// The value for a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}

/// What the clinic chose for forms with unanswered items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingPolicy {
    /// An incomplete form has no score; a prorated value is shown beside it where the instrument has a rule.
    #[default]
    CompleteOnly,
    /// Where the instrument has a rule, the prorated value, rounded, is taken for the score and labelled so.
    Prorate,
}
