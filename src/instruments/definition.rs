//! What a definition file holds. The files are `data/*.json`; [`Definition::parse`] also reads one from elsewhere.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::check::{DefinitionError, check};
use super::ids::{InstrumentId, ItemId};
use super::item::{AnswerKind, AnswerOption, Item};
use super::measure::{ChangeRule, Step};
use super::rules::Rule;
use crate::journal::facts::{ConcernKind, OwnScale, Respondent};

/// One instrument: its wording, its scoring, its safety rules, its codes and its notice.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The id that assessments carry.
    pub id: InstrumentId,
    /// Version of this definition; stored with every result, so that a later one never silently changes an old score.
    pub version: String,
    /// The full title.
    pub title: String,
    /// What a list or a graph calls it, such as `PHQ-9`.
    pub short_title: String,
    /// Who answers: patient, caregiver or clinician.
    pub respondent: String,
    /// The time that the questions look back on, such as `last 2 weeks`.
    pub recall: String,
    /// The language of the words, such as `en` or `es`.
    #[serde(default = "english")]
    pub language: String,
    /// How it is entered.
    #[serde(default)]
    pub entry: Entry,
    /// The sentence above the items, verbatim. Empty where the instrument is entered by score.
    pub instruction: String,
    /// The sentence of the paper form, verbatim, where it speaks of marks on paper; a printed form shows it.
    #[serde(default)]
    pub instruction_paper: Option<String>,
    /// What stands below the items, verbatim.
    #[serde(default)]
    pub closing: Option<String>,
    /// Whether a higher score is worse or better.
    pub direction: Direction,
    /// The items in form order. Positional answers follow this list.
    pub items: Vec<Item>,
    /// Questions that belong to the form and not to its sum (difficulty, gate questions).
    #[serde(default)]
    pub extra_items: Vec<Item>,
    /// Answer lists by name.
    #[serde(default)]
    pub option_sets: BTreeMap<String, Vec<AnswerOption>>,
    /// The key of the result that is the score; none where the instrument has no single score.
    pub total: Option<String>,
    /// The lowest and highest possible score, in points.
    pub score_range: Option<(i32, i32)>,
    /// Bands of the score, from the lowest up.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// What an unanswered item means.
    #[serde(default)]
    pub missing: MissingRule,
    /// Items whose answer is a safety answer.
    #[serde(default)]
    pub safety_items: Vec<SafetyItem>,
    /// A line on the score itself that is a safety answer when it is reached.
    #[serde(skip)]
    pub alarm: Option<AlarmLine>,
    /// The scale of a clinic's own measure, which its assessments carry with them.
    #[serde(skip)]
    pub own: Option<OwnScale>,
    /// Keys of the results that may be entered beside a total that came without its answers: subscales.
    #[serde(default)]
    pub parts: Vec<String>,
    /// What raises a flag.
    #[serde(default)]
    pub red_flags: Vec<RedFlag>,
    /// The results, each computed from the answers, the context and the results before it.
    pub results: Vec<Step>,
    /// Named changes between two scores.
    #[serde(default)]
    pub change: Vec<ChangeRule>,
    /// Other instruments that this one can be computed from.
    #[serde(default)]
    pub derived_from: Vec<DerivedFrom>,
    /// LOINC codes of panel and score.
    #[serde(default)]
    pub loinc: LoincCodes,
    /// The licence notice, verbatim; shown wherever the form is shown.
    pub notice: String,
    /// Whether and how the text may be shipped.
    pub licence_tier: LicenceTier,
    /// How well the wording was checked.
    pub verified: String,
    /// The scoring rule in one sentence.
    pub rule: String,
    /// Where the rule comes from.
    pub source: String,
}

impl Definition {
    /// Reads a definition and checks that it holds together.
    ///
    /// # Errors
    /// [`DefinitionError`] when the text isn't a definition, or names an item, an option list or a result that it doesn't have.
    pub fn parse(json: &str) -> Result<Self, DefinitionError> {
        serde_json::from_str(json)
            .map_err(DefinitionError::unreadable)
            .and_then(Self::finished)
    }

    /// Reads a definition that says only what differs from another one: forms of one instrument.
    ///
    /// # Errors
    /// As [`Definition::parse`].
    pub fn parse_like(base: &str, differs: &str) -> Result<Self, DefinitionError> {
        let mut whole: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(base).map_err(DefinitionError::unreadable)?;
        let differs: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(differs).map_err(DefinitionError::unreadable)?;
        whole.extend(differs);
        serde_json::from_value(whole.into())
            .map_err(DefinitionError::unreadable)
            .and_then(Self::finished)
    }

    /// Gives short ranges an answer list of their numbers, so that they are answered like any other question.
    pub(super) fn finished(mut self) -> Result<Self, DefinitionError> {
        check(&self)?;
        let ranges: Vec<(i32, i32)> = self
            .all_items()
            .filter_map(|item| match item.answer {
                AnswerKind::Range(low, high) if high - low < LONGEST_CHOICE => Some((low, high)),
                _ => None,
            })
            .collect();
        for (low, high) in ranges {
            let numbers = (low..=high).map(AnswerOption::number).collect();
            self.option_sets.insert(range_name(low, high), numbers);
        }
        Ok(self)
    }

    /// The item with this id, scored or extra.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.all_items().find(|item| &item.id == id)
    }

    /// All items: the form's, then the extra ones.
    pub fn all_items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().chain(&self.extra_items)
    }

    /// What stands on the form, in the form's order: the items that count, then the extra ones that have no place of their own.
    pub fn on_form(&self) -> impl Iterator<Item = &Item> {
        let follows = |item: &'_ Item, other: &ItemId| item.asked_after.as_ref() == Some(other);
        let first = self.all_items().filter(|item| item.asked_after.is_none());
        let with_followers = first.flat_map(move |item| {
            let followers = self.all_items().filter(move |later| follows(later, &item.id));
            std::iter::once(item).chain(followers)
        });
        with_followers.filter(|item| item.on_form)
    }

    /// The questions in the order in which they are asked; not free text.
    pub fn questions(&self) -> impl Iterator<Item = &Item> {
        self.on_form().filter(|item| item.answer != AnswerKind::FreeText)
    }

    /// Who can fill it in alone on the clinic's device, if anybody: it is meant for a patient or a parent to read, its whole text is
    /// shipped, and every question is answered by choosing.
    pub fn filled_in_alone_by(&self) -> Option<Respondent> {
        let ships = matches!(self.licence_tier, LicenceTier::A | LicenceTier::AConditions);
        let by_choice = |item: &Item| !item.text.is_empty() && !self.options(item).is_empty();
        let fits = ships && !self.instruction.is_empty() && self.questions().all(by_choice);
        match self.respondent.as_str() {
            "patient" if fits => Some(Respondent::Patient),
            "caregiver" if fits => Some(Respondent::Parent),
            _ => None,
        }
    }

    /// Whether it asks about suicide or self-harm, so that somebody must look at its answers on the same day.
    pub fn asks_about_suicide(&self) -> bool {
        !self.safety_items.is_empty()
    }

    /// The answer list of an item; of a short range its numbers. Empty for longer ranges and free text.
    pub fn options(&self, item: &Item) -> &[AnswerOption] {
        match &item.answer {
            AnswerKind::Options(name) | AnswerKind::Labelled { options: name, .. } => {
                self.option_sets.get(name).map_or(&[], Vec::as_slice)
            }
            AnswerKind::Range(low, high) => self
                .option_sets
                .get(&range_name(*low, *high))
                .map_or(&[], Vec::as_slice),
            AnswerKind::FreeText => &[],
        }
    }

    /// Whether its answers can be given one by one; otherwise only its score can be entered.
    pub fn has_questions(&self) -> bool {
        self.entry != Entry::Score
    }

    /// Whether a total without its answers can be entered: that of a form with a single score.
    pub fn takes_total(&self) -> bool {
        self.total.is_some() && self.score_range.is_some()
    }

    /// The lowest and highest value of an item; none for free text.
    pub fn item_range(&self, item: &Item) -> Option<(i32, i32)> {
        match &item.answer {
            AnswerKind::Range(low, high) => Some((*low, *high)),
            AnswerKind::Labelled { range, .. } => Some(*range),
            AnswerKind::FreeText => None,
            AnswerKind::Options(_) => {
                let values = || self.options(item).iter().map(|option| option.value);
                Some((values().min()?, values().max()?))
            }
        }
    }

    /// What an answer counts in a sum: itself, or its mirror image where the item is reversed.
    pub fn scored_value(&self, item: &Item, value: i32) -> i32 {
        match (item.reversed, self.item_range(item)) {
            (true, Some((low, high))) => low + high - value,
            _ => value,
        }
    }

    /// The band of the score that so many points fall in.
    pub fn band(&self, points: i32) -> Option<&Band> {
        Band::of(&self.bands, points)
    }
}

/// A range of so many numbers or fewer is a choice; a longer one is typed.
const LONGEST_CHOICE: i32 = 11;

/// The name of the answer list of a range: no file can use it, since names there hold no dots.
fn range_name(low: i32, high: i32) -> String {
    format!("{low}..{high}")
}

fn english() -> String {
    "en".to_owned()
}

/// How an instrument is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Question by question; where it has a single score, also by its total.
    #[default]
    Questions,
    /// By its score alone: it has no items, and what is asked beside the score stands in its extra items.
    Score,
    /// Known, and scored on the command line, but not offered: the forms that people fill in have ids of their own.
    NotOffered,
}

/// A line on a score. Reaching it is a safety answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlarmLine {
    /// The points of the line; reached on it, and beyond it in the worse direction.
    pub at: i32,
    /// What a concern is about that it opens.
    pub concern: ConcernKind,
}

/// Which way is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A higher score is worse: most symptom scales.
    HigherIsWorse,
    /// A higher score is better: well-being.
    HigherIsBetter,
}

/// A band of a score: from this many points up to the next band.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The first number of points in it.
    pub from: i32,
    /// Its name in results, such as `moderately_severe`.
    pub name: String,
    /// Its name for people.
    pub label: String,
}

impl Band {
    /// The band that so many points fall in: the last one that starts at or below them.
    pub fn of(bands: &[Self], points: i32) -> Option<&Self> {
        bands.iter().rev().find(|band| band.from <= points)
    }
}

/// What an unanswered item means for the score.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MissingRule {
    /// No score unless every item that was asked is answered.
    #[default]
    CompleteOnly,
    /// No score either, but a prorated value can be shown beside it, labelled, and used where the clinic chose so.
    ProrateAllowed(Prorating),
    /// The form's own published rule: up to so many blanks count nothing, more make the form invalid (PSC-17).
    BlanksAllowed {
        /// The most blanks of a valid form.
        max_missing: usize,
        /// Where the rule comes from.
        source: String,
    },
}

/// Mean of the answered items times the number of items.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prorating {
    /// The most unanswered items.
    pub max_missing: usize,
    /// Where the rule comes from.
    pub source: String,
}

/// An item whose answer is a safety answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyItem {
    /// The item.
    pub item: ItemId,
    /// The lowest value that is positive.
    pub positive_at: i32,
    /// What to do when it wasn't answered.
    pub ask: String,
}

/// What raises a flag.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedFlag {
    /// The rule's name.
    pub rule: String,
    /// How urgent it is.
    pub level: FlagLevel,
    /// The item it is about, if it is one.
    #[serde(default)]
    pub item: Option<ItemId>,
    /// When it is raised.
    pub when: Rule,
    /// One sentence for the reader.
    pub text: String,
    /// Where the rule comes from.
    pub source: String,
}

/// How urgent a flag is, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagLevel {
    /// Look at it in the next review.
    Review,
    /// A safety question is open: ask it.
    Prompt,
    /// A positive safety answer: follow up the same day.
    Positive,
    /// A positive safety answer of the highest kind.
    High,
}

impl FlagLevel {
    /// The level's name in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Prompt => "prompt",
            Self::Positive => "positive",
            Self::High => "high",
        }
    }
}

/// What an instrument can be computed from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DerivedFrom {
    /// Answers of another instrument with the same wording: our item, its item.
    Answers {
        /// The other instrument.
        instrument: InstrumentId,
        /// Our item and the other's.
        items: BTreeMap<ItemId, ItemId>,
    },
    /// Scores of other instruments: our item, the instrument whose score it takes.
    Totals {
        /// Our item and the other instrument.
        items: BTreeMap<ItemId, InstrumentId>,
        /// The most days between the two administrations.
        window_days: u16,
    },
}

/// LOINC codes. LOINC's own notice is shown once, with the credits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoincCodes {
    /// The panel: the whole form.
    #[serde(default)]
    pub panel: Option<String>,
    /// The score.
    #[serde(default)]
    pub total: Option<String>,
}

/// Whether the text may be shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum LicenceTier {
    /// Public domain, or no permission required: text and notice are shipped.
    A,
    /// Free of charge and unaltered, with the notice.
    #[serde(rename = "A*")]
    AConditions,
    /// Free for some uses: a separate pack that a clinic switches on.
    B,
    /// No text: entered by score, or by numbered items.
    C,
}
