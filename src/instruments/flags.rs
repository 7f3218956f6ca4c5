//! Safety: what the raw answers say before any total is computed.

use super::answers::{Answers, Context};
use super::definition::{AlarmLine, Definition, Direction, FlagLevel, RedFlag, SafetyItem};
use super::ids::ItemId;
use super::sheet::{ItemState, Sheet};

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The rule's name, such as `phq9_item9_positive`.
    pub rule: String,
    /// How urgent it is.
    pub level: FlagLevel,
    /// The item it is about, if it is one.
    pub item: Option<ItemId>,
    /// One sentence for the reader.
    pub text: String,
    /// Where the rule comes from.
    pub source: String,
}

/// The answer to a safety item. Not answered is not "no".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafetyAnswer {
    /// Positive, with the raw answer.
    Positive(i32),
    /// Answered, and not positive.
    Negative,
    /// Asked, or part of the form behind a total, and not known: ask it.
    NotAnswered,
    /// The form has no such question, or its own rule says that it isn't asked.
    NotAsked,
}

/// What the raw answers raise, most urgent first; works on a form that is still being filled in.
///
/// Rules that need a total, and questions that are still open, are not here: [`super::score`] adds them.
pub fn red_flags(definition: &Definition, answers: &Answers, context: &Context) -> Vec<Flag> {
    let sheet = Sheet::new(definition, answers, context);
    let mut flags = fired(&sheet, |flag| !flag.when.reads_results());
    sort(&mut flags);
    flags
}

/// What stands for the item where the score itself is the safety answer.
pub const ALARM_SCORE: &str = "score";

impl AlarmLine {
    /// How far a score lies beyond the line, 1 on it; none when it isn't reached. The score itself where higher is
    /// worse, so that what is shown is what was entered.
    pub fn reached(&self, direction: Direction, points: i32) -> Option<i32> {
        match direction {
            Direction::HigherIsWorse => (self.at <= points).then_some(points.max(1)),
            Direction::HigherIsBetter => (points <= self.at).then_some(self.at - points + 1),
        }
    }
}

/// What a score is as a safety answer; none where the definition draws no line, or there is no score.
pub(super) fn alarm_answer(definition: &Definition, total: Option<i32>) -> Option<SafetyAnswer> {
    let reached = definition.alarm?.reached(definition.direction, total?);
    Some(reached.map_or(SafetyAnswer::Negative, SafetyAnswer::Positive))
}

fn alarm_flag(definition: &Definition, total: Option<i32>) -> Option<Flag> {
    let line = definition.alarm?;
    line.reached(definition.direction, total?)?;
    Some(Flag {
        rule: "alarm_line".to_owned(),
        level: FlagLevel::Positive,
        item: None,
        text: format!(
            "{} has reached its alarm line of {}: follow up the same day.",
            definition.short_title, line.at
        ),
        source: definition.source.clone(),
    })
}

/// The flags of a scored form: raw answers, then totals, then safety questions that are open.
pub(super) fn all_flags(sheet: &Sheet<'_>, total: Option<i32>) -> Vec<Flag> {
    let mut flags = red_flags(sheet.definition, sheet.answers, sheet.context);
    flags.extend(alarm_flag(sheet.definition, total));
    flags.extend(fired(sheet, |flag| flag.when.reads_results()));
    let open = sheet
        .definition
        .safety_items
        .iter()
        .filter(|safety| safety_answer(sheet, safety) == SafetyAnswer::NotAnswered);
    flags.extend(open.map(|safety| Flag {
        rule: format!("{}_not_answered", safety.item),
        level: FlagLevel::Prompt,
        item: Some(safety.item.clone()),
        text: format!("Not answered is not \"no\": {}.", safety.ask),
        source: "A safety item without an answer is asked again, whatever the total".to_owned(),
    }));
    sort(&mut flags);
    flags
}

pub(super) fn safety_answer(sheet: &Sheet<'_>, safety: &SafetyItem) -> SafetyAnswer {
    if let Some(value) = sheet.answers.get(&safety.item) {
        return if safety.positive_at <= value {
            SafetyAnswer::Positive(value)
        } else {
            SafetyAnswer::Negative
        };
    }
    match sheet.definition.item(&safety.item).map(|i| sheet.state(i)) {
        Some(ItemState::LeftOut) | None => SafetyAnswer::NotAsked,
        Some(ItemState::Answered(_) | ItemState::Unanswered) => SafetyAnswer::NotAnswered,
    }
}

fn fired(sheet: &Sheet<'_>, wanted: impl Fn(&RedFlag) -> bool) -> Vec<Flag> {
    let rules = sheet.definition.red_flags.iter();
    rules
        .filter(|flag| wanted(flag) && sheet.holds(&flag.when) == Ok(true))
        .map(|flag| Flag {
            rule: flag.rule.clone(),
            level: flag.level,
            item: flag.item.clone(),
            text: flag.text.clone(),
            source: flag.source.clone(),
        })
        .collect()
}

fn sort(flags: &mut [Flag]) {
    flags.sort_by(|a, b| b.level.cmp(&a.level).then_with(|| a.rule.cmp(&b.rule)));
}
