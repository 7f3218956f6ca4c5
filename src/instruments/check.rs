//! Whether a definition holds together: everything that it names must be there.

use std::collections::{BTreeMap, BTreeSet};

use super::definition::{Band, Definition, DerivedFrom, Entry};
use super::ids::ItemId;
use super::item::{AnswerKind, Item};
use super::measure::{Cutoff, Limit, Measure};
use super::rules::Rule;

/// Why a definition is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionError {
    /// It isn't JSON of the right shape.
    #[error("the definition can't be read at line {line}: {reason}")]
    Unreadable {
        /// The line in the file.
        line: usize,
        /// What was found there.
        reason: String,
    },
    /// Two items, or two results, have one name.
    #[error("the name {name} is used twice")]
    Twice {
        /// The name.
        name: String,
    },
    /// It names an item, answer list, or earlier result that it doesn't have.
    #[error("{place} names {name}, which isn't there")]
    Missing {
        /// Where it is named.
        place: String,
        /// What is named.
        name: String,
    },
    /// Bands that don't begin at the lowest score and rise.
    #[error("the bands of {place} must begin at the lowest score and rise")]
    Bands {
        /// The result.
        place: String,
    },
    /// The stated range isn't what the items come to.
    #[error("the score range is stated as {low} to {high}, the items come to {least} to {most}")]
    Range {
        /// Stated.
        low: i32,
        /// Stated.
        high: i32,
        /// Computed.
        least: i32,
        /// Computed.
        most: i32,
    },
    /// Numbers so large, or so many items, that a sum could overflow; or a range without a number in it.
    #[error("{place} goes beyond what a form can hold")]
    TooLarge {
        /// Where.
        place: String,
    },
    /// A rule or cut-off that compares with nothing, an empty list, or a question whose asking goes in a circle.
    #[error("{place} can't be decided")]
    Undecidable {
        /// Where.
        place: String,
    },
}

impl DefinitionError {
    pub(super) fn unreadable(error: serde_json::Error) -> Self {
        Self::Unreadable {
            line: error.line(),
            reason: error.to_string(),
        }
    }
}

/// With these, the largest prorated sum stays within an `i32`.
const MOST_ITEMS: usize = 100;
const LARGEST_VALUE: i32 = 1_000;
const LARGEST_FACTOR: i32 = 100;

pub(super) fn check(definition: &Definition) -> Result<(), DefinitionError> {
    check_items(definition)?;
    let mut earlier = BTreeSet::new();
    for step in &definition.results {
        check_measure(definition, &earlier, &step.key, &step.by)?;
        if !earlier.insert(step.key.as_str()) {
            return Err(DefinitionError::Twice { name: step.key.clone() });
        }
    }
    for flag in &definition.red_flags {
        check_rule(definition, &earlier, &flag.rule, &flag.when)?;
        check_named_items(definition, &flag.rule, &flag.item)?;
    }
    for safety in &definition.safety_items {
        check_named_items(definition, "safety_items", [&safety.item])?;
    }
    for way in &definition.derived_from {
        match way {
            DerivedFrom::Answers { items, .. } => {
                check_named_items(definition, "derived_from", items.keys())?;
            }
            DerivedFrom::Totals { items, .. } => {
                check_named_items(definition, "derived_from", items.keys())?;
            }
        }
    }
    if let Some(key) = &definition.total {
        check_key(&earlier, "total", key)?;
    }
    for key in &definition.parts {
        check_key(&earlier, "parts", key)?;
        if definition.item(&ItemId::from(key.as_str())).is_some() {
            return Err(DefinitionError::Twice { name: key.clone() });
        }
    }
    check_range(definition)
}

fn check_items(definition: &Definition) -> Result<(), DefinitionError> {
    let mut seen = BTreeSet::new();
    if MOST_ITEMS < definition.all_items().count() {
        return Err(too_large("items"));
    }
    for item in definition.all_items() {
        if let Some((low, high)) = definition.item_range(item)
            && (low < -LARGEST_VALUE || high < low || LARGEST_VALUE < high)
        {
            return Err(too_large(item.id.as_str()));
        }
        for name in [Some(item.id.as_str()), item.alias.as_deref()].into_iter().flatten() {
            if !seen.insert(name) {
                return Err(DefinitionError::Twice { name: name.to_owned() });
            }
        }
        if let AnswerKind::Options(name) | AnswerKind::Labelled { options: name, .. } = &item.answer
            && definition.option_sets.get(name).is_none_or(Vec::is_empty)
        {
            return Err(DefinitionError::Missing {
                place: item.id.to_string(),
                name: name.clone(),
            });
        }
        if let Some(other) = &item.asked_after {
            check_named_items(definition, "asked_after", [other])?;
        }
        for rule in item.asked_when.iter().chain(&item.optional_when) {
            check_asking(definition, item, rule)?;
        }
    }
    Ok(())
}

/// Whether a question is asked may depend on raw answers to questions that are always asked or come earlier,
/// and on nothing else: so asking can't go in a circle.
fn check_asking(definition: &Definition, item: &Item, rule: &Rule) -> Result<(), DefinitionError> {
    check_rule(definition, &BTreeSet::new(), item.id.as_str(), rule)?;
    let earlier: BTreeSet<&ItemId> = definition
        .all_items()
        .map(|other| &other.id)
        .take_while(|id| **id != item.id)
        .collect();
    let always = |id| {
        let other = definition.item(id);
        other.is_some_and(|it| it.asked_when.is_none() && it.optional_when.is_none())
    };
    let mut decidable = true;
    rule.walk(&mut |rule| {
        if let Rule::Item { id, .. } | Rule::Answered(id) = rule {
            decidable &= earlier.contains(id) || always(id);
        }
    });
    if decidable {
        return Ok(());
    }
    Err(undecidable(item.id.as_str()))
}

fn check_measure(
    definition: &Definition,
    earlier: &BTreeSet<&str>,
    place: &str,
    measure: &Measure,
) -> Result<(), DefinitionError> {
    match measure {
        Measure::Sum { times, .. } if *times < 1 || LARGEST_FACTOR < *times => Err(too_large(place)),
        Measure::Sum { items, .. } => check_named_items(definition, place, items),
        Measure::Count(tallies) => {
            for tally in tallies {
                if tally.items.is_empty() || tally.at_least.or(tally.at_most).is_none() {
                    return Err(undecidable(place));
                }
                check_named_items(definition, place, &tally.items)?;
            }
            Ok(())
        }
        Measure::Band { of, bands } => {
            check_key(earlier, place, of)?;
            let bands = if bands.is_empty() { &definition.bands } else { bands };
            check_bands(definition, place, of, bands)
        }
        Measure::Cutoff(cutoff) => {
            check_key(earlier, place, &cutoff.of)?;
            check_cutoff(place, cutoff)
        }
        Measure::When(rule) => check_rule(definition, earlier, place, rule),
        Measure::Choose(rows) => rows
            .iter()
            .try_for_each(|row| check_rule(definition, earlier, place, &row.when)),
    }
}

fn check_cutoff(place: &str, cutoff: &Cutoff) -> Result<(), DefinitionError> {
    let empty = |limit: &Limit| matches!(limit, Limit::By { values, .. } if values.is_empty());
    let mut limits = cutoff.at_least.iter().chain(&cutoff.at_most).peekable();
    if limits.peek().is_none() || limits.any(empty) {
        return Err(undecidable(place));
    }
    Ok(())
}

fn check_bands(definition: &Definition, place: &str, of: &str, bands: &[Band]) -> Result<(), DefinitionError> {
    let rising = bands.windows(2).all(|pair| match pair {
        [a, b] => a.from < b.from,
        _ => true,
    });
    let lowest = definition
        .score_range
        .filter(|_| definition.total.as_deref() == Some(of))
        .map(|(low, _)| low);
    let begins = bands
        .first()
        .is_some_and(|first| lowest.is_none_or(|low| first.from == low));
    if rising && begins {
        return Ok(());
    }
    Err(DefinitionError::Bands {
        place: place.to_owned(),
    })
}

fn check_rule(
    definition: &Definition,
    earlier: &BTreeSet<&str>,
    place: &str,
    rule: &Rule,
) -> Result<(), DefinitionError> {
    let mut found = Ok(());
    rule.walk(&mut |rule| {
        if found.is_ok() {
            found = check_one_rule(definition, earlier, place, rule);
        }
    });
    found
}

fn check_one_rule(
    definition: &Definition,
    earlier: &BTreeSet<&str>,
    place: &str,
    rule: &Rule,
) -> Result<(), DefinitionError> {
    match rule {
        Rule::Item { id, at_least, at_most } => {
            at_least.or(*at_most).ok_or_else(|| undecidable(place))?;
            check_named_items(definition, place, [id])
        }
        Rule::Answered(id) => check_named_items(definition, place, [id]),
        Rule::Result { key, at_least, at_most } => {
            at_least.or(*at_most).ok_or_else(|| undecidable(place))?;
            check_key(earlier, place, key)
        }
        Rule::All(rules) | Rule::Any(rules) if rules.is_empty() => Err(undecidable(place)),
        Rule::All(_) | Rule::Any(_) | Rule::Not(_) | Rule::Context { .. } => Ok(()),
    }
}

fn check_named_items<'a>(
    definition: &Definition,
    place: &str,
    items: impl IntoIterator<Item = &'a ItemId>,
) -> Result<(), DefinitionError> {
    for id in items {
        if definition.item(id).is_none() {
            return Err(DefinitionError::Missing {
                place: place.to_owned(),
                name: id.to_string(),
            });
        }
    }
    Ok(())
}

fn check_key(earlier: &BTreeSet<&str>, place: &str, key: &str) -> Result<(), DefinitionError> {
    if earlier.contains(key) {
        return Ok(());
    }
    Err(DefinitionError::Missing {
        place: place.to_owned(),
        name: key.to_owned(),
    })
}

fn check_range(definition: &Definition) -> Result<(), DefinitionError> {
    let steps: BTreeMap<&str, &Measure> = definition
        .results
        .iter()
        .map(|step| (step.key.as_str(), &step.by))
        .collect();
    let total = definition.total.as_deref().and_then(|key| steps.get(key));
    if definition.entry == Entry::Score {
        return match (definition.items.first(), definition.score_range) {
            (None, Some((low, high))) if low < high => Ok(()),
            _ => Err(undecidable("score_range")),
        };
    }
    let (Some(Measure::Sum { items, times }), Some((low, high))) = (total, definition.score_range) else {
        return Ok(());
    };
    let counted = definition.all_items().filter(|item| match items.is_empty() {
        true => item.scored && definition.items.contains(item),
        false => items.contains(&item.id),
    });
    let (least, most) = counted
        .filter_map(|item| definition.item_range(item))
        .fold((0, 0), |(a, b), (least, most)| (a + least, b + most));
    if (least * times, most * times) == (low, high) {
        return Ok(());
    }
    Err(DefinitionError::Range {
        low,
        high,
        least: least * times,
        most: most * times,
    })
}

fn too_large(place: &str) -> DefinitionError {
    DefinitionError::TooLarge {
        place: place.to_owned(),
    }
}

fn undecidable(place: &str) -> DefinitionError {
    DefinitionError::Undecidable {
        place: place.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sound definition of two items, as JSON that a test can spoil.
    fn sound() -> serde_json::Value {
        serde_json::json!({
            "id": "two", "version": "1", "title": "Two questions", "short_title": "Two",
            "respondent": "patient", "recall": "now", "instruction": "",
            "direction": "higher_is_worse",
            "items": [
                { "id": "two_1", "answer": { "range": [0, 3] } },
                { "id": "two_2", "answer": { "options": "yesno" },
                  "asked_when": { "item": { "id": "two_1", "at_least": 1 } } },
            ],
            "option_sets": { "yesno": [{ "value": 0, "label": "No" }, { "value": 1, "label": "Yes" }] },
            "total": "total",
            "score_range": [0, 4],
            "bands": [{ "from": 0, "name": "low", "label": "Low" }, { "from": 2, "name": "high", "label": "High" }],
            "results": [
                { "key": "total", "by": { "sum": {} } },
                { "key": "severity", "by": { "band": { "of": "total" } } },
                { "key": "positive", "by": { "cutoff": { "of": "total", "at_least": 2 } } },
            ],
            "notice": "None.", "licence_tier": "A", "verified": "not verified",
            "rule": "Sum of both items.", "source": "Made for this test.",
        })
    }

    #[test]
    fn a_definition_that_names_what_it_lacks_is_refused() {
        assert_eq!(Definition::parse(&sound().to_string()).err(), None);
        let spoiled = [
            (
                "/items/1/id",
                serde_json::json!("two_1"),
                "the name two_1 is used twice",
            ),
            (
                "/items/1/answer/options",
                serde_json::json!("yes"),
                "two_2 names yes, which isn't there",
            ),
            (
                "/items/1/asked_when/item/id",
                serde_json::json!("two_2"),
                "two_2 can't be decided",
            ),
            (
                "/items/1/asked_when/item/id",
                serde_json::json!("two_9"),
                "two_2 names two_9, which isn't there",
            ),
            (
                "/items/1/asked_when",
                serde_json::json!({ "any": [] }),
                "two_2 can't be decided",
            ),
            (
                "/items/0/answer/range",
                serde_json::json!([0, 1_000_000]),
                "two_1 goes beyond what a form can hold",
            ),
            (
                "/items/0/answer/range",
                serde_json::json!([3, 0]),
                "two_1 goes beyond what a form can hold",
            ),
            (
                "/results/0/by/sum",
                serde_json::json!({ "times": 0 }),
                "total goes beyond what a form can hold",
            ),
            (
                "/score_range",
                serde_json::json!([0, 5]),
                "the score range is stated as 0 to 5, the items come to 0 to 4",
            ),
            (
                "/bands/0/from",
                serde_json::json!(1),
                "the bands of severity must begin at the lowest score and rise",
            ),
            (
                "/bands/1/from",
                serde_json::json!(0),
                "the bands of severity must begin at the lowest score and rise",
            ),
            ("/total", serde_json::json!("sum"), "total names sum, which isn't there"),
            (
                "/results/1/by/band/of",
                serde_json::json!("positive"),
                "severity names positive, which isn't there",
            ),
            (
                "/results/2/key",
                serde_json::json!("total"),
                "the name total is used twice",
            ),
            (
                "/results/2/by",
                serde_json::json!({ "cutoff": { "of": "total" } }),
                "positive can't be decided",
            ),
        ];
        for (place, value, sentence) in spoiled {
            let mut json = sound();
            *json.pointer_mut(place).unwrap() = value;
            let refused = Definition::parse(&json.to_string()).unwrap_err();
            assert_eq!(refused.to_string(), sentence, "{place}");
        }
    }

    #[test]
    fn what_is_not_a_definition_is_refused_with_its_line() {
        for text in ["", "[]", "{\"id\": \"two\"}", "{\"id\": 2"] {
            let refused = Definition::parse(text).unwrap_err();
            assert!(matches!(refused, DefinitionError::Unreadable { .. }), "{text}");
        }
        let mut extra = sound();
        extra["bandz"] = serde_json::json!([]);
        let refused = Definition::parse(&extra.to_string()).unwrap_err();
        assert!(refused.to_string().contains("unknown field `bandz`"), "{refused}");
    }
}
