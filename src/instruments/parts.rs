//! Subscales, and what a score comes to in words beside its total.

use super::definition::{Band, Definition};
use super::ids::ItemId;
use super::measure::{Measure, Step};
use super::results::{NotKnown, ResultValue};
use super::rules::Rule;
use super::score::Scored;

/// A result that is shown beside the score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultLine {
    /// Its key in results.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// What it came to: `yes`, `12`, `unknown: the patient's sex is not recorded`.
    pub words: String,
    /// Whether it can't be said without something that isn't recorded of the patient.
    pub is_unknown: bool,
}

impl Definition {
    /// The lowest and highest value of a result that is a sum or a count of items.
    pub fn part_range(&self, key: &str) -> Option<(i32, i32)> {
        let step = self.results.iter().find(|step| step.key == key)?;
        match &step.by {
            Measure::Sum { items, times } => {
                let counted = self.all_items().filter(|item| items.contains(&item.id));
                let (low, high) = counted
                    .filter_map(|item| self.item_range(item))
                    .fold((0, 0), |(a, b), (least, most)| (a + least, b + most));
                Some((low * times, high * times))
            }
            Measure::Count(tallies) => {
                let most: usize = tallies.iter().map(|tally| tally.items.len()).sum();
                Some((0, i32::try_from(most).ok()?))
            }
            _ => None,
        }
    }

    /// The name of a result for people; none where it isn't shown.
    pub fn label_of(&self, key: &str) -> Option<&str> {
        self.results.iter().find(|step| step.key == key)?.label.as_deref()
    }

    /// The results that are shown beside the score, in the definition's order. What depends on something that isn't
    /// recorded of the patient says so; what lacks an answer is left out.
    pub fn lines(&self, scored: &Scored) -> Vec<ResultLine> {
        let line = |step: &Step| {
            let label = step.label.clone()?;
            let value = scored.results.get(&step.key)?;
            let words = words(self, step, value)?;
            Some(ResultLine {
                key: step.key.clone(),
                label,
                words,
                is_unknown: matches!(value, ResultValue::NotKnown(NotKnown::Context(_))),
            })
        };
        self.results.iter().filter_map(line).collect()
    }
}

impl Scored {
    /// What an instrument comes to in words, beside or in place of a total: its outcome (`acute positive`), or else each of its
    /// results (`use 2, risk 6, protective 9`); and how many answers are missing. None where there is nothing to say.
    pub fn outcome_words(&self, definition: &Definition) -> Option<String> {
        let outcome = ["result", "risk"]
            .into_iter()
            .find_map(|key| self.results.get(key)?.text());
        if let Some(outcome) = outcome {
            return Some(outcome.replace('_', " "));
        }
        let said = definition.lines(self).into_iter().filter(|line| !line.is_unknown);
        let mut said: Vec<String> = said
            .map(|line| format!("{} {}", in_a_sentence(&line.label), line.words))
            .collect();
        // A question for one sex only is missing from nobody's form when the sex isn't known.
        let for_some = |id: &ItemId| {
            let rule = definition.item(id).and_then(|item| item.asked_when.as_ref());
            rule.is_some_and(Rule::reads_context)
        };
        let missing = self.missing.iter().filter(|id| !for_some(id)).count();
        if 0 < missing && !said.is_empty() {
            said.push(format!("{missing} not answered"));
        }
        (!said.is_empty()).then(|| said.join(", "))
    }
}

/// A result's name within a sentence, without what explains it: `Protective (higher is better)` is `protective`.
fn in_a_sentence(label: &str) -> String {
    let name = label.split(" (").next().unwrap_or(label);
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

fn words(definition: &Definition, step: &Step, value: &ResultValue) -> Option<String> {
    Some(match value {
        ResultValue::Number(number) => number.to_string(),
        ResultValue::Truth(true) => "yes".to_owned(),
        ResultValue::Truth(false) => "no".to_owned(),
        ResultValue::Text(name) => band_label(definition, step, name).unwrap_or_else(|| name.replace('_', " ")),
        ResultValue::NotKnown(NotKnown::Context(name)) => {
            format!("unknown: the patient\u{2019}s {name} is not recorded as one that the cut-off knows")
        }
        ResultValue::Ratio(_)
        | ResultValue::Group(_)
        | ResultValue::Nothing
        | ResultValue::NotKnown(NotKnown::Unanswered) => return None,
    })
}

fn band_label(definition: &Definition, step: &Step, name: &str) -> Option<String> {
    let Measure::Band { bands, .. } = &step.by else {
        return None;
    };
    let named = |band: &&Band| band.name == name;
    let found = bands.iter().chain(&definition.bands).find(named)?;
    Some(found.label.to_lowercase())
}
