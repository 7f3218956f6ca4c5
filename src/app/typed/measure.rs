//! A measure while it is being asked: answers as they come, the total as it runs, what is still open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Wrong;
use super::parts::read_parts;
use crate::instruments::{
    AnswerKind, Answers, Context, Definition, Flag, FlagLevel, Item, ItemId, SafetyAnswer, Scored, score,
};
use crate::journal::When;
use crate::journal::facts::{Answered, Assessment, Taken};

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

/// A measure as it was typed.
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
    /// The safety item beside that total.
    #[serde(default)]
    pub safety: Option<SafetyTyped>,
    /// Subscales beside that total, as typed, by the key of their result.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
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

/// The questions in the order in which they are asked: those that count, then the extra ones that take a choice.
pub fn questions(definition: &Definition) -> impl Iterator<Item = &Item> {
    definition
        .all_items()
        .filter(|item| item.on_form && item.answer != AnswerKind::FreeText)
}

impl MeasureTyped {
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
            Way::TotalOnly => !self.total.trim().is_empty() || self.safety.is_some(),
        }
    }

    /// How far it has come.
    pub fn running(&self, definition: &Definition, context: &Context) -> Running {
        let scored = self.scored(definition, context);
        let open = scored.as_ref().map_or(Vec::new(), |s| s.missing.clone());
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
        }
    }

    /// What an instrument without a single score comes to, in words: `acute positive`, `moderate`.
    pub fn outcome(&self, definition: &Definition, context: &Context) -> Option<String> {
        let scored = self.scored(definition, context)?;
        let named = ["result", "risk"]
            .into_iter()
            .find_map(|key| scored.results.get(key)?.text());
        named.map(|name| name.replace('_', " "))
    }

    /// Whether an item is asked, given the answers so far (some questions follow from others).
    pub fn is_asked(item: &Item, running: &Running, answered: bool) -> bool {
        item.asked_when.is_none() || answered || running.open.contains(&item.id)
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
            Way::NotNow => return Ok(None),
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
        }))
    }

    fn read_total(&self, definition: &Definition, id: &str) -> Result<Answered, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let (low, high) = definition.score_range.unwrap_or((0, 0));
        let total = self.total.trim().parse::<i32>().ok();
        let total = total.filter(|total| (low..=high).contains(total));
        if total.is_none() {
            let text = format!("Enter the {} total, from {low} to {high}", definition.short_title);
            wrong.push(Wrong::new(format!("{id}-total"), text));
        }
        let mut known = read_parts(definition, id, &self.parts, &mut wrong);
        if let Some(item) = definition.safety_items.first() {
            match self.safety {
                Some(SafetyTyped::Answer(value)) => {
                    known.insert(item.item.as_str().to_owned(), value);
                }
                Some(SafetyTyped::NotKnown) => {}
                None => wrong.push(Wrong::new(
                    format!("{id}-safety"),
                    format!(
                        "Say what {} item {} was, or that it is not known",
                        definition.short_title,
                        number_of(definition, &item.item)
                    ),
                )),
            }
        }
        match (total.and_then(|total| u16::try_from(total).ok()), wrong.is_empty()) {
            (Some(total), true) => Ok(Answered::Total { total, known }),
            _ => Err(wrong),
        }
    }
}

/// The number of an item on its form, from 1.
pub fn number_of(definition: &Definition, item: &ItemId) -> usize {
    if let Some((_, Ok(number))) = item
        .as_str()
        .rsplit_once('_')
        .map(|(form, number)| (form, number.parse()))
    {
        return number;
    }
    let at = definition.all_items().position(|other| &other.id == item);
    at.map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::{InstrumentId, definition};

    fn phq9() -> &'static Definition {
        definition(&InstrumentId::new("phq9")).unwrap()
    }

    fn typed(digits: &[u8]) -> MeasureTyped {
        let answers = phq9()
            .items
            .iter()
            .zip(digits)
            .map(|(item, value)| (item.id.as_str().to_owned(), *value));
        MeasureTyped {
            way: Way::Questions,
            answers: answers.collect(),
            ..MeasureTyped::default()
        }
    }

    fn at() -> When {
        "2026-11-20".parse().unwrap()
    }

    #[test]
    fn the_total_runs_and_the_band_waits_for_the_last_answer() {
        let context = Context::new();
        let half = typed(&[2, 3, 2]).running(phq9(), &context);
        assert_eq!((half.answered, half.asked, half.sum), (3, 9, Some(7)));
        assert_eq!(half.band, None);
        assert_eq!(half.safety, SafetyAnswer::NotAnswered);
        assert_eq!(half.digits, "2 3 2 \u{b7} \u{b7} \u{b7} \u{b7} \u{b7} \u{b7}");

        // 2+3+2+3+1+2+2+1+1 = 17
        let whole = typed(&[2, 3, 2, 3, 1, 2, 2, 1, 1]).running(phq9(), &context);
        assert_eq!(whole.sum, Some(17));
        assert_eq!(whole.band.as_deref(), Some("Moderately severe"));
        assert!(whole.is_complete());
        assert_eq!(
            whole.alarm().map(|flag| flag.rule.as_str()),
            Some("phq9_item9_positive")
        );
    }

    #[test]
    fn a_form_of_zeros_is_a_score_of_zero() {
        let zeros = typed(&[0; 9]).running(phq9(), &Context::new());
        assert_eq!(zeros.sum, Some(0));
        assert!(zeros.is_complete());
        assert_eq!(zeros.safety, SafetyAnswer::Negative);
        assert_eq!(zeros.alarm(), None);
    }

    #[test]
    fn a_positive_safety_answer_is_seen_before_the_form_is_complete() {
        let mut alone = MeasureTyped::default();
        alone.answers.insert("phq9_9".to_owned(), 2);
        let running = alone.running(phq9(), &Context::new());
        assert_eq!(running.safety, SafetyAnswer::Positive(2));
        assert_eq!(running.alarm().map(|flag| flag.level), Some(FlagLevel::High));
    }

    #[test]
    fn a_total_needs_to_say_what_the_safety_item_was() {
        let mut total = MeasureTyped {
            way: Way::TotalOnly,
            total: "17".to_owned(),
            ..MeasureTyped::default()
        };
        let wrong = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap_err();
        assert_eq!(wrong[0].field, "phq9-safety");
        total.safety = Some(SafetyTyped::NotKnown);
        let read = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap().unwrap();
        assert_eq!(
            read.answers,
            Answered::Total {
                total: 17,
                known: BTreeMap::new()
            }
        );
        total.safety = Some(SafetyTyped::Answer(1));
        let read = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap().unwrap();
        let known = BTreeMap::from([("phq9_9".to_owned(), 1)]);
        assert_eq!(read.answers, Answered::Total { total: 17, known });
    }

    #[test]
    fn a_total_out_of_range_is_named_with_its_range() {
        for bad in ["28", "-1", "", "ten"] {
            let total = MeasureTyped {
                way: Way::TotalOnly,
                total: bad.to_owned(),
                safety: Some(SafetyTyped::NotKnown),
                ..MeasureTyped::default()
            };
            let wrong = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap_err();
            assert_eq!(wrong, [Wrong::new("phq9-total", "Enter the PHQ-9 total, from 0 to 27")]);
        }
    }

    #[test]
    fn a_question_that_follows_from_another_is_asked_only_then() {
        let asq = definition(&InstrumentId::new("asq")).unwrap();
        let last = asq.items.last().unwrap();
        let mut typed = MeasureTyped::default();
        for (item, answer) in [("asq_1", 0), ("asq_2", 0), ("asq_3", 0), ("asq_4", 0)] {
            typed.answers.insert(item.to_owned(), answer);
        }
        let none = typed.running(asq, &Context::new());
        assert!(!MeasureTyped::is_asked(last, &none, false));
        typed.answers.insert("asq_3".to_owned(), 1);
        let some = typed.running(asq, &Context::new());
        assert!(MeasureTyped::is_asked(last, &some, false));
        typed.answers.insert(last.id.as_str().to_owned(), 1);
        let outcome = typed.outcome(asq, &Context::new());
        assert_eq!(outcome.as_deref(), Some("acute positive"));
    }
}
