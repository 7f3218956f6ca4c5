//! A measure while it is being asked: answers as they come, the total as it runs, what is still open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Wrong;
use super::parts::{read_parts, read_points};
use crate::instruments::{
    AnswerKind, Answers, Context, Definition, Flag, FlagLevel, Item, ItemId, SafetyAnswer, Scored, is_asked, score,
};
use crate::journal::facts::{Answered, Assessment, DeclineReason, Declined, Respondent, Taken};
use crate::journal::{EntryId, When};

/// How a measure is entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Not taken this time.
    #[default]
    NotNow,
    /// Question by question.
    Questions,
    /// A total from elsewhere.
    TotalOnly,
    /// Offered and not taken.
    Declined,
}

/// The safety item's answer beside a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyTyped {
    /// It is known.
    Answer(u8),
    /// It is not known, and says so.
    NotKnown,
}

/// A measure as it was typed. A draft of an earlier version reads too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureTyped {
    /// How it is entered.
    pub way: Way,
    /// Answers by item id.
    #[serde(default)]
    pub answers: BTreeMap<String, u8>,
    /// A total from elsewhere, as typed.
    #[serde(default)]
    pub total: String,
    /// The safety items beside that total, each apart.
    #[serde(default)]
    pub known: BTreeMap<String, SafetyTyped>,
    /// The first safety item beside that total, as drafts had it before each was asked apart.
    #[serde(default, skip_serializing)]
    pub safety: Option<SafetyTyped>,
    /// Subscales beside that total, as typed, by the key of their result.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
    /// Why it was not taken.
    #[serde(default)]
    pub declined: Option<DeclineReason>,
    /// The assessment that a positive answer committed before the form was saved.
    #[serde(default)]
    pub begun: Option<EntryId>,
    /// Who answers for somebody under age.
    #[serde(default)]
    pub respondent: Option<Respondent>,
}

/// How far a measure has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// The answers so far in form order: digits, and a dot for what is open.
    pub digits: String,
    /// Number of answers.
    pub answered: usize,
    /// Number of questions that are asked.
    pub asked: usize,
    /// The total, once all questions are answered; the sum so far before that.
    pub sum: Option<i32>,
    /// Severity in words, once there is a total.
    pub band: Option<String>,
    /// What the raw answers raise, most urgent first.
    pub flags: Vec<Flag>,
    /// The safety item.
    pub safety: SafetyAnswer,
    /// Items that are asked and open.
    pub open: Vec<ItemId>,
    /// Questions that follow from an answer that was given.
    pub follows: Vec<ItemId>,
}

impl Running {
    /// Whether every question that is asked has an answer.
    pub fn is_complete(&self) -> bool {
        self.open.is_empty() && self.answered > 0
    }
    /// The rule that a positive safety answer fired.
    pub fn alarm(&self) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.level >= FlagLevel::Positive)
    }
}

/// One answer that a key or a button gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOf {
    /// The answer.
    pub value: u8,
    /// What it says; the number where the form's words may not be shown.
    pub label: String,
}

/// The answers of an item that fit on buttons; empty for a number that has to be typed, and for words.
pub fn choices(definition: &Definition, item: &Item) -> Vec<ChoiceOf> {
    let choice = |value: i32, label: &str| {
        let value = u8::try_from(value).ok()?;
        let label = label.to_owned();
        Some(ChoiceOf { value, label })
    };
    let options = definition.options(item).iter();
    match &item.answer {
        AnswerKind::Options(_) | AnswerKind::Labelled { .. } => {
            options.filter_map(|o| choice(o.value, &o.label)).collect()
        }
        // One key a number.
        AnswerKind::Range(low, high) if *high <= 9 => (*low..=*high)
            .filter_map(|value| choice(value, &value.to_string()))
            .collect(),
        _ => Vec::new(),
    }
}

/// The ways in which an instrument can be entered: its questions where it has any, a total where it has one.
pub fn ways(definition: &Definition) -> Vec<Way> {
    [
        (Way::NotNow, true),
        (Way::Questions, definition.has_questions()),
        (Way::TotalOnly, definition.takes_total()),
        (Way::Declined, true),
    ]
    .into_iter()
    .filter_map(|(way, there)| there.then_some(way))
    .collect()
}

/// Whether a definition leaves open who answers for somebody under age. One for the patient alone often is answered by
/// a parent all the same; one for parents, teachers or clinicians says who it is.
pub fn asks_who(definition: &Definition) -> bool {
    definition.respondent == "patient"
}

impl MeasureTyped {
    /// One whose questions are asked, or whose total is, where there are no questions.
    pub fn asked(definition: &Definition) -> Self {
        let way = match definition.has_questions() {
            true => Way::Questions,
            false => Way::TotalOnly,
        };
        Self { way, ..Self::default() }
    }

    /// What is known of a safety item beside a total.
    pub fn known_of(&self, definition: &Definition, item: &ItemId) -> Option<SafetyTyped> {
        let first = definition.safety_items.first().is_some_and(|s| s.item == *item);
        let earlier = self.safety.filter(|_| first);
        self.known.get(item.as_str()).copied().or(earlier)
    }

    /// The answers so far, as the scorer takes them.
    fn raw(&self) -> Answers {
        let mut answers = Answers::new();
        for (item, value) in &self.answers {
            answers.set(ItemId::new(item.as_str()), i32::from(*value));
        }
        answers
    }

    fn scored(&self, definition: &Definition, context: &Context) -> Option<Scored> {
        score(definition, &self.raw(), context).ok()
    }

    /// Whether something was typed that saving would write down.
    pub fn holds_answers(&self) -> bool {
        match self.way {
            Way::NotNow => false,
            Way::Questions => !self.answers.is_empty(),
            Way::TotalOnly => !self.total.trim().is_empty() || !self.known.is_empty() || self.safety.is_some(),
            Way::Declined => true,
        }
    }

    /// How far it has come.
    pub fn running(&self, definition: &Definition, context: &Context) -> Running {
        let scored = self.scored(definition, context);
        let raw = self.raw();
        let follows: Vec<ItemId> = definition
            .questions()
            .filter(|item| item.asked_when.is_some() && is_asked(definition, item, &raw, context))
            .map(|item| item.id.clone())
            .collect();
        let is_due = |id: &ItemId| {
            let item = definition.item(id);
            item.is_some_and(|item| item.asked_when.is_none() || follows.contains(id))
        };
        let missing = scored.as_ref().map_or(Vec::new(), |s| s.missing.clone());
        let open: Vec<ItemId> = missing.into_iter().filter(is_due).collect();
        let given = |item: &&Item| self.answers.contains_key(item.id.as_str());
        let digits = definition
            .items
            .iter()
            .map(|item| match self.answers.get(item.id.as_str()) {
                Some(value) => value.to_string(),
                None => "\u{b7}".to_owned(),
            });
        let answered = definition.items.iter().filter(given).count();
        let total = scored.as_ref().and_then(|s| s.total);
        let so_far = definition.items.iter().filter(|item| item.scored);
        let sum = so_far
            .filter_map(|item| {
                let value = i32::from(*self.answers.get(item.id.as_str())?);
                Some(definition.scored_value(item, value))
            })
            .sum();
        Running {
            digits: digits.collect::<Vec<_>>().join(" "),
            answered,
            asked: answered + open.len(),
            sum: definition
                .total
                .as_ref()
                .and(Some(total.map_or(sum, |total| total.points()))),
            band: total
                .and(scored.as_ref())
                .and_then(|s| s.band.as_ref())
                .map(|band| band.label.clone()),
            safety: scored.as_ref().map_or(SafetyAnswer::NotAsked, Scored::safety_answer),
            flags: scored.map_or(Vec::new(), |s| s.flags),
            open,
            follows,
        }
    }

    /// What to ask before a form with open questions is saved: it has no total then. `None` where nothing is open, and
    /// for an instrument that has no total.
    pub fn left_open(&self, definition: &Definition, context: &Context) -> Option<String> {
        if self.way != Way::Questions || self.answers.is_empty() || definition.total.is_none() {
            return None;
        }
        let has_total = self
            .scored(definition, context)
            .is_some_and(|scored| scored.total.is_some());
        let running = self.running(definition, context);
        let (open, asked) = (running.open.len(), running.asked);
        let are = if open == 1 { "is" } else { "are" };
        (!has_total && 0 < open).then(|| {
            format!(
                "{}: {open} of {asked} {are} not answered: save without a total?",
                definition.short_title
            )
        })
    }

    /// What an instrument without a single score comes to, in words: `acute positive`, `use 2, risk 6`.
    pub fn outcome(&self, definition: &Definition, context: &Context) -> Option<String> {
        let scored = self
            .scored(definition, context)
            .filter(|_| definition.total.is_none())?;
        scored.outcome_words(definition)
    }

    /// Whether an item is asked, given the answers so far: one that follows from others only once they call for it.
    pub fn is_asked(item: &Item, running: &Running, answered: bool) -> bool {
        item.asked_when.is_none() || answered || running.follows.contains(&item.id)
    }

    /// The assessment; `None` when the measure was not taken. `id` starts the ids of its fields.
    ///
    /// # Errors
    /// What to do, field by field.
    pub fn read(
        &self,
        definition: &Definition,
        id: &str,
        at: When,
        taken: Taken,
    ) -> Result<Option<Assessment>, Vec<Wrong>> {
        let answers = match self.way {
            Way::NotNow | Way::Declined => return Ok(None),
            Way::Questions if self.answers.is_empty() => {
                let first = definition.items.first().map_or("", |item| item.id.as_str());
                let text = format!("Answer {}, or choose \u{201c}Not now\u{201d}", definition.short_title);
                return Err(vec![Wrong::new(format!("{id}-{first}"), text)]);
            }
            Way::Questions => Answered::Items(self.answers.clone()),
            Way::TotalOnly => self.read_total(definition, id)?,
        };
        Ok(Some(Assessment {
            instrument: definition.id.as_str().to_owned(),
            version: definition.version.clone(),
            at,
            taken,
            answers,
            scale: definition.own.clone(),
            respondent: self.respondent.filter(|_| asks_who(definition)),
        }))
    }

    /// That it was offered and not taken; `None` when it is entered in another way.
    ///
    /// # Errors
    /// That the reason is missing.
    pub fn read_declined(&self, definition: &Definition, id: &str, at: When) -> Result<Option<Declined>, Wrong> {
        if self.way != Way::Declined {
            return Ok(None);
        }
        let text = || format!("Say why {} was not taken", definition.short_title);
        let reason = self
            .declined
            .ok_or_else(|| Wrong::new(format!("{id}-declined"), text()))?;
        Ok(Some(Declined {
            instrument: definition.id.as_str().to_owned(),
            at,
            reason,
        }))
    }

    fn read_total(&self, definition: &Definition, id: &str) -> Result<Answered, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let (low, high) = definition.score_range.unwrap_or((0, 0));
        let total = read_points(definition, &self.total);
        if total.is_none() {
            let text = format!("Enter the {} total, from {low} to {high}", definition.short_title);
            wrong.push(Wrong::new(format!("{id}-total"), text));
        }
        let mut known = read_parts(definition, id, &self.parts, &mut wrong);
        for safety in &definition.safety_items {
            match self.known_of(definition, &safety.item) {
                Some(SafetyTyped::Answer(value)) => {
                    known.insert(safety.item.as_str().to_owned(), value);
                }
                Some(SafetyTyped::NotKnown) => {}
                None => wrong.push(Wrong::new(
                    safety_field(id, &safety.item),
                    format!(
                        "Say what {} item {} was, or that it is not known",
                        definition.short_title,
                        number_of(definition, &safety.item)
                    ),
                )),
            }
        }
        match (total, wrong.is_empty()) {
            (Some((total, tenths)), true) => {
                known.extend(tenths);
                Ok(Answered::Total { total, known })
            }
            _ => Err(wrong),
        }
    }
}

/// The id of the field of a safety item beside a total.
pub fn safety_field(id: &str, item: &ItemId) -> String {
    format!("{id}-safety-{item}")
}

/// The number of an item on its form, from 1.
pub fn number_of(definition: &Definition, item: &ItemId) -> usize {
    // `bam_7a` is part of question 7.
    let own = item.as_str().rsplit_once('_').map(|(_, number)| {
        let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        number.get(..digits).and_then(|digits| digits.parse().ok())
    });
    if let Some(Some(number)) = own {
        return number;
    }
    let at = definition.all_items().position(|other| &other.id == item);
    at.map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests;
