//! The scorer: one for all instruments.

use std::collections::BTreeMap;

use super::answers::{Answers, Context, MissingPolicy};
use super::definition::{Band, Definition, MissingRule, SafetyItem};
use super::flags::{ALARM_SCORE, Flag, SafetyAnswer, alarm_answer, all_flags, safety_answer};
use super::ids::{InstrumentId, ItemId, Score};
use super::measure::Measure;
use super::results::{Ratio, ResultValue, compute_all};
use super::sheet::{Part, Sheet};
use crate::journal::facts::ConcernKind;

/// A scored administration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The version of the definition that scored it.
    pub version: String,
    /// What the score rests on.
    pub basis: Basis,
    /// Whether every item that was asked has an answer; a total from a finished form counts as complete.
    pub complete: bool,
    /// The items that were asked and have no answer, in form order.
    pub missing: Vec<ItemId>,
    /// The score. None for an incomplete form, unless the clinic chose prorating, and where the instrument has no single score.
    pub total: Option<Score>,
    /// The prorated value of an incomplete form, where the instrument has a rule for it.
    pub prorated: Option<Prorated>,
    /// The band of the score.
    pub band: Option<Band>,
    /// Every result by its name. `total` of an incomplete form is the sum of the answers given, to be shown with `n_missing`; it is not a score.
    pub results: BTreeMap<String, ResultValue>,
    /// What was raised, most urgent first.
    pub flags: Vec<Flag>,
    /// The safety items and their answers; where the score itself is a safety answer, it stands here as `score`.
    pub safety: BTreeMap<ItemId, SafetyAnswer>,
    /// What a positive safety answer opens a concern about, where the definition says so; otherwise it is suicide.
    pub concern: Option<ConcernKind>,
    /// The scoring rule in words.
    pub rule: String,
    /// Where the rule comes from.
    pub source: String,
}

impl Scored {
    /// The safety answers taken together: a positive one first, then one that is open, then a "no".
    pub fn safety_answer(&self) -> SafetyAnswer {
        let rank = |answer: &SafetyAnswer| match answer {
            SafetyAnswer::Positive(value) => (3, *value),
            SafetyAnswer::NotAnswered => (2, 0),
            SafetyAnswer::Negative => (1, 0),
            SafetyAnswer::NotAsked => (0, 0),
        };
        let worst = self.safety.values().max_by_key(|answer| rank(answer));
        worst.copied().unwrap_or(SafetyAnswer::NotAsked)
    }
}

/// What a score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The answers.
    Answers,
    /// The answers given, prorated: the clinic chose so.
    Prorated,
    /// A total that was handed over without its answers.
    TotalOnly,
}

/// The mean of the answers given times the number of items asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prorated {
    /// Exact.
    pub value: Ratio,
    /// Rounded, a half up.
    pub rounded: Score,
    /// Where the rule comes from.
    pub source: String,
}

/// Why a form can't be scored. The messages name items and what they accept, never what was answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// The list of answers is too short or too long.
    #[error("{title} has {expected} answers, {found} were given")]
    WrongCount {
        /// The instrument's short title.
        title: String,
        /// How many items the form has.
        expected: usize,
        /// How many answers came.
        found: usize,
    },
    /// An answer that its item doesn't have.
    #[error("{title}: {item} takes {accepted}")]
    NotAnAnswer {
        /// The instrument's short title.
        title: String,
        /// The item.
        item: ItemId,
        /// What it takes.
        accepted: String,
    },
    /// An item that the instrument doesn't have.
    #[error("{title} has no item {item}")]
    UnknownItem {
        /// The instrument's short title.
        title: String,
        /// The item.
        item: ItemId,
    },
    /// A total outside the instrument's range.
    #[error("{title} goes from {low} to {high}")]
    TotalOutOfRange {
        /// The instrument's short title.
        title: String,
        /// The lowest score.
        low: i32,
        /// The highest score.
        high: i32,
    },
    /// A total that the known items rule out.
    #[error("{title}: this total and these items can't both be right")]
    TotalContradictsItems {
        /// The instrument's short title.
        title: String,
    },
    /// The instrument has no single score.
    #[error("{title} has no total")]
    NoTotal {
        /// The instrument's short title.
        title: String,
    },
}

/// Scores one administration from its answers.
///
/// # Errors
/// When an answer names an item that the instrument doesn't have, or a value that the item doesn't.
pub fn score(definition: &Definition, answers: &Answers, context: &Context) -> Result<Scored, ScoreError> {
    answers.check(definition)?;
    let mut sheet = Sheet::new(definition, answers, context);
    let missing = sheet.missing();
    let prorated = prorate(&sheet);
    let chosen = prorated
        .as_ref()
        .filter(|_| context.missing == MissingPolicy::Prorate)
        .map(|prorated| prorated.rounded.points());
    let given = definition.total.as_deref().zip(chosen).into_iter().collect();
    compute_all(&mut sheet, &given);

    let (basis, rule) = match (chosen, &prorated) {
        (Some(_), Some(_)) => (
            Basis::Prorated,
            format!("{} Prorated: {} not answered.", definition.rule, missing.len()),
        ),
        _ => (Basis::Answers, definition.rule.clone()),
    };
    let mut scored = finish(sheet, basis, rule);
    scored.complete = missing.is_empty() && definition.has_questions();
    let count = i32::try_from(missing.len()).unwrap_or(i32::MAX);
    let mut note = |key: &str, value| scored.results.insert(key.to_owned(), value);
    note("n_missing", ResultValue::Number(count));
    if let MissingRule::BlanksAllowed { max_missing, .. } = definition.missing {
        note("valid", ResultValue::Truth(missing.len() <= max_missing));
    }
    if let (MissingRule::ProrateAllowed(rule), false) = (&definition.missing, missing.is_empty()) {
        let sum = prorated
            .as_ref()
            .map(|_| total_part(definition, answers, context).points);
        note("by_policy", by_policy(rule.max_missing, sum, prorated.as_ref()));
        if let Some(prorated) = &prorated {
            note("prorated_rounded", ResultValue::Number(prorated.rounded.points()));
        }
        if let (None, Some(sum), Some(key)) = (chosen, sum, &definition.total) {
            note(key, ResultValue::Number(sum));
        }
    }
    scored.missing = missing;
    scored.prorated = prorated;
    Ok(scored)
}

/// Scores a total that came without its answers, with what else is known: items (a safety item above all), and
/// subscales under the keys that the definition names as its parts.
///
/// # Errors
/// When the total or a subscale is out of range, the instrument has none, or the known items rule it out.
pub fn score_total(
    definition: &Definition,
    total: Score,
    known: &Answers,
    context: &Context,
) -> Result<Scored, ScoreError> {
    let title = || definition.short_title.clone();
    let no_total = || ScoreError::NoTotal { title: title() };
    let (parts, known_items) = split(definition, known)?;
    known_items.check(definition)?;
    let key = definition.total.as_ref().ok_or_else(no_total)?;
    let (low, high) = definition.score_range.ok_or_else(no_total)?;
    if total.points() < low || high < total.points() {
        return Err(ScoreError::TotalOutOfRange {
            title: title(),
            low,
            high,
        });
    }
    let mut sheet = Sheet::new(definition, &known_items, context);
    if !fits(&sheet, total.points()) {
        return Err(ScoreError::TotalContradictsItems { title: title() });
    }
    let given = parts.into_iter().chain([(key.as_str(), total.points())]).collect();
    compute_all(&mut sheet, &given);
    let rule = format!("{} Entered as a total, without its answers.", definition.rule);
    Ok(finish(sheet, Basis::TotalOnly, rule))
}

/// A subscale as it was handed over: its key and its points.
type PartGiven<'a> = (&'a str, i32);

/// What is known beside a total: subscales, then items.
fn split<'a>(definition: &'a Definition, known: &Answers) -> Result<(Vec<PartGiven<'a>>, Answers), ScoreError> {
    let (mut parts, mut items) = (Vec::new(), Answers::new());
    for (id, value) in known.iter() {
        let Some(key) = definition.parts.iter().find(|key| key.as_str() == id.as_str()) else {
            items.set(id.clone(), value);
            continue;
        };
        let (low, high) = definition.part_range(key).unwrap_or((0, 0));
        if value < low || high < value {
            return Err(ScoreError::NotAnAnswer {
                title: definition.short_title.clone(),
                item: id.clone(),
                accepted: format!("a whole number from {low} to {high}"),
            });
        }
        parts.push((key.as_str(), value));
    }
    Ok((parts, items))
}

fn finish(sheet: Sheet<'_>, basis: Basis, rule: String) -> Scored {
    let definition = sheet.definition;
    let total = definition
        .total
        .as_ref()
        .and_then(|key| sheet.results.get(key)?.number());
    let by_item = |safety: &SafetyItem| (safety.item.clone(), safety_answer(&sheet, safety));
    let by_score = alarm_answer(definition, total).map(|answer| (ItemId::from(ALARM_SCORE), answer));
    let safety = definition.safety_items.iter().map(by_item).chain(by_score).collect();
    Scored {
        instrument: definition.id.clone(),
        version: definition.version.clone(),
        basis,
        complete: true,
        missing: Vec::new(),
        total: total.map(Score::new),
        prorated: None,
        band: total.and_then(|points| definition.band(points)).cloned(),
        flags: all_flags(&sheet, total),
        safety,
        concern: definition.alarm.map(|alarm| alarm.concern),
        results: sheet.results,
        rule,
        source: definition.source.clone(),
    }
}

/// The items and the factor behind the total, where the total is a sum.
fn total_sum(definition: &Definition) -> Option<(&[ItemId], i32)> {
    let key = definition.total.as_ref()?;
    let step = definition.results.iter().find(|step| &step.key == key)?;
    match &step.by {
        Measure::Sum { items, times } => Some((items, *times)),
        _ => None,
    }
}

fn total_part(definition: &Definition, answers: &Answers, context: &Context) -> Part {
    let items = total_sum(definition).map_or(&[][..], |(items, _)| items);
    Sheet::new(definition, answers, context).sum(items)
}

fn prorate(sheet: &Sheet<'_>) -> Option<Prorated> {
    let MissingRule::ProrateAllowed(rule) = &sheet.definition.missing else {
        return None;
    };
    let (items, times) = total_sum(sheet.definition)?;
    let part = sheet.sum(items);
    if part.unanswered == 0 || part.answered == 0 || rule.max_missing < part.unanswered {
        return None;
    }
    let asked = i32::try_from(part.answered + part.unanswered).ok()?;
    let value = Ratio {
        numerator: part.points * times * asked,
        denominator: i32::try_from(part.answered).ok()?,
    };
    Some(Prorated {
        value,
        rounded: Score::new(value.rounded()),
        source: rule.source.clone(),
    })
}

/// What three public policies make of an incomplete form; shown so that the difference is seen.
fn by_policy(max_missing: usize, sum: Option<i32>, prorated: Option<&Prorated>) -> ResultValue {
    let known = |value: Option<ResultValue>| value.unwrap_or(ResultValue::Nothing);
    ResultValue::Group(BTreeMap::from([
        ("complete_only".to_owned(), ResultValue::Nothing),
        ("missing_as_zero".to_owned(), known(sum.map(ResultValue::Number))),
        (
            format!("prorate_mean_max{max_missing}_missing"),
            known(prorated.map(|prorated| ResultValue::Ratio(prorated.value))),
        ),
    ]))
}

/// Whether a total is possible with the items that are known.
fn fits(sheet: &Sheet<'_>, total: i32) -> bool {
    let Some((items, times)) = total_sum(sheet.definition).filter(|_| sheet.definition.has_questions()) else {
        return true;
    };
    let (mut low, mut high) = (0, 0);
    for item in sheet.items_named(items) {
        let Some((least, most)) = sheet.definition.item_range(item) else {
            continue;
        };
        match sheet.answers.get(&item.id) {
            Some(value) => {
                let points = sheet.definition.scored_value(item, value);
                low += points;
                high += points;
            }
            None => {
                low += least;
                high += most;
            }
        }
    }
    low * times <= total && total <= high * times
}
