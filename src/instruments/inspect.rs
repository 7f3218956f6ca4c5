//! Scoring on the command line: the same numbers and reasons that the app shows, as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::answers::{Answers, Context, MissingPolicy, parse_value};
use super::catalog::{definition, known_instruments};
use super::definition::Definition;
use super::ids::{InstrumentId, Score};
use super::item::Item;
use super::results::{NotKnown, ResultValue};
use super::score::{Basis, ScoreError, Scored, score, score_total};

/// Why `inspect score` has nothing to print: one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InspectError {
    /// No such instrument in this version.
    #[error("no instrument {name}; known are {known}")]
    UnknownInstrument {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A context that the instrument doesn't have.
    #[error("{title} takes no {name}; it takes {accepted}")]
    UnknownContext {
        /// The instrument's short title.
        title: String,
        /// What was given.
        name: String,
        /// What it takes.
        accepted: String,
    },
    /// A context with a value that it doesn't have.
    #[error("{name} takes {accepted}")]
    BadContext {
        /// The context.
        name: &'static str,
        /// What it takes.
        accepted: &'static str,
    },
    /// The answers can't be scored.
    #[error(transparent)]
    Score(#[from] ScoreError),
}

/// Scores answers given as text: in form order, commas between, `-` where not answered, words where an item has them.
///
/// Of an instrument that is entered by its score, the answers are that score.
///
/// `context` holds `sex`, `age`, `missing` (`complete_only` or `prorate`) and the instrument's own extra questions by
/// their short names, such as `difficulty`.
///
/// # Errors
/// [`InspectError`], one sentence.
pub fn inspect_score(
    instrument: &str,
    answers: &str,
    context: &BTreeMap<String, String>,
) -> Result<Value, InspectError> {
    let unknown = || InspectError::UnknownInstrument {
        name: instrument.to_owned(),
        known: list(known_instruments().map(InstrumentId::as_str)),
    };
    let definition = definition(&InstrumentId::from(instrument)).ok_or_else(unknown)?;
    let total = parse_total(definition, answers)?;
    let mut answers = match definition.has_questions() {
        true => Answers::parse_positions(definition, answers)?,
        false => Answers::new(),
    };
    let mut known = Context::new();
    for (name, value) in context {
        known = match name.as_str() {
            "sex" => known.with("sex", parse_sex(value)),
            "age" => known.with("age", parse_age(value)?),
            "missing" => known.with_missing(parse_policy(value)?),
            _ => {
                let item = extra_item(definition, name)?;
                answers.set(item.id.clone(), parse_value(definition, item, value)?);
                known
            }
        };
    }
    let scored = match total {
        Some(total) => score_total(definition, total, &answers, &known)?,
        None => score(definition, &answers, &known)?,
    };
    Ok(scored_to_json(&scored))
}

/// The score of an instrument that is entered by it; none where it wasn't given, or the answers are.
fn parse_total(definition: &Definition, typed: &str) -> Result<Option<Score>, InspectError> {
    let typed = typed.trim();
    if definition.has_questions() || typed == "-" {
        return Ok(None);
    }
    let (low, high) = definition.score_range.unwrap_or_default();
    let title = definition.short_title.clone();
    let points = typed.parse::<i32>().map_err(|_error: std::num::ParseIntError| {
        InspectError::Score(ScoreError::TotalOutOfRange { title, low, high })
    })?;
    Ok(Some(Score::new(points)))
}

fn extra_item<'a>(definition: &'a Definition, name: &str) -> Result<&'a Item, InspectError> {
    let named = |item: &&Item| item.alias.as_deref() == Some(name) || item.id.as_str() == name;
    let accepted = || {
        let aliases = definition.extra_items.iter().filter_map(|i| i.alias.as_deref());
        list(["sex", "age", "missing"].into_iter().chain(aliases))
    };
    definition
        .extra_items
        .iter()
        .find(named)
        .ok_or_else(|| InspectError::UnknownContext {
            title: definition.short_title.clone(),
            name: name.to_owned(),
            accepted: accepted(),
        })
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// A value that no cut-off knows is kept: the cut-off is then unknown.
fn parse_sex(text: &str) -> String {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "f" | "woman" => "female".to_owned(),
        "m" | "man" => "male".to_owned(),
        _ => text,
    }
}

fn parse_age(text: &str) -> Result<String, InspectError> {
    let years = text.trim().parse::<u8>().ok().filter(|years| *years <= 130);
    years.map(|years| years.to_string()).ok_or(InspectError::BadContext {
        name: "age",
        accepted: "whole years from 0 to 130",
    })
}

fn parse_policy(text: &str) -> Result<MissingPolicy, InspectError> {
    match text.trim() {
        "complete_only" => Ok(MissingPolicy::CompleteOnly),
        "prorate" => Ok(MissingPolicy::Prorate),
        _ => Err(InspectError::BadContext {
            name: "missing",
            accepted: "complete_only or prorate",
        }),
    }
}

/// A scored administration as JSON: what isn't answered is null, what needs a context that isn't there is `"unknown"`.
pub fn scored_to_json(scored: &Scored) -> Value {
    let results: Map<String, Value> = scored
        .results
        .iter()
        .map(|(key, value)| (key.clone(), result_to_json(value)))
        .collect();
    let flags: Vec<Value> = scored
        .flags
        .iter()
        .map(|flag| {
            json!({
                "rule": flag.rule,
                "level": flag.level.as_str(),
                "item": flag.item.as_ref().map(|item| item.as_str()),
                "text": flag.text,
                "source": flag.source,
            })
        })
        .collect();
    json!({
        "instrument": scored.instrument.as_str(),
        "version": scored.version,
        "basis": match scored.basis {
            Basis::Answers => "answers",
            Basis::Prorated => "prorated",
            Basis::TotalOnly => "total_only",
        },
        "complete": scored.complete,
        "missing": scored.missing.iter().map(|item| item.as_str()).collect::<Vec<_>>(),
        "results": results,
        "flags": flags,
        "rule": scored.rule,
        "source": scored.source,
    })
}

fn result_to_json(value: &ResultValue) -> Value {
    match value {
        ResultValue::Number(number) => json!(number),
        ResultValue::Text(text) => json!(text),
        ResultValue::Truth(truth) => json!(truth),
        ResultValue::Group(group) => group
            .iter()
            .map(|(key, value)| (key.clone(), result_to_json(value)))
            .collect::<Map<_, _>>()
            .into(),
        // The only floating point: a fraction on its way out, to four decimals.
        ResultValue::Ratio(ratio) => {
            i32::try_from(ratio.ten_thousandths()).map_or(Value::Null, |parts| json!(f64::from(parts) / 10_000.0))
        }
        ResultValue::Nothing | ResultValue::NotKnown(NotKnown::Unanswered) => Value::Null,
        ResultValue::NotKnown(NotKnown::Context(_)) => json!("unknown"),
    }
}
