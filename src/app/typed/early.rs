//! Positive safety answers while they are typed: what is committed at once, before the form is saved.

use std::collections::BTreeMap;

use super::measure::{MeasureTyped, SafetyTyped, Way};
use crate::instruments::Definition;
use crate::journal::When;
use crate::journal::facts::{Answered, Assessment, Taken};

/// Positive safety answers by item.
pub type Positives = BTreeMap<String, u8>;

impl MeasureTyped {
    /// The positive safety answers that are typed now, whatever else is.
    pub fn positives(&self, definition: &Definition) -> Positives {
        let positive = definition.safety_items.iter().filter_map(|safety| {
            let value = match self.way {
                Way::Questions => self.answers.get(safety.item.as_str()).copied(),
                Way::TotalOnly => match self.known_of(definition, &safety.item)? {
                    SafetyTyped::Answer(value) => Some(value),
                    SafetyTyped::NotKnown => None,
                },
                Way::NotNow | Way::Declined => None,
            }?;
            (safety.positive_at <= i32::from(value)).then(|| (safety.item.as_str().to_owned(), value))
        });
        positive.collect()
    }

    /// The answers so far as an assessment. A total that isn't typed yet leaves the items that are known.
    pub fn so_far(&self, definition: &Definition, at: When, taken: Taken) -> Assessment {
        let answers = match self.way {
            Way::Questions => Answered::Items(self.answers.clone()),
            Way::TotalOnly | Way::NotNow | Way::Declined => self.known_so_far(definition),
        };
        Assessment {
            instrument: definition.id.as_str().to_owned(),
            version: definition.version.clone(),
            at,
            taken,
            answers,
            scale: definition.own.clone(),
        }
    }

    fn known_so_far(&self, definition: &Definition) -> Answered {
        let items = definition.safety_items.iter().filter_map(|safety| {
            let known = self.known_of(definition, &safety.item)?;
            match known {
                SafetyTyped::Answer(value) => Some((safety.item.as_str().to_owned(), value)),
                SafetyTyped::NotKnown => None,
            }
        });
        let known: BTreeMap<String, u8> = items.collect();
        let range = definition.score_range.map_or(0..=0, |(low, high)| low..=high);
        let total = self.total.trim().parse::<u16>().ok();
        match total.filter(|total| range.contains(&i32::from(*total))) {
            Some(total) => Answered::Total { total, known },
            None => Answered::Items(known),
        }
    }
}

/// Whether an answer is positive that was not, or is higher than what was committed.
pub fn rises(committed: &Positives, now: &Positives) -> bool {
    now.iter()
        .any(|(item, value)| committed.get(item).is_none_or(|before| before < value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::typed::contact::shipped;

    fn at() -> When {
        "2026-11-20".parse().unwrap()
    }

    #[test]
    fn an_answer_is_committed_when_it_becomes_positive_and_when_it_rises() {
        let of = |value: u8| Positives::from([("phq9_9".to_owned(), value)]);
        let table = [
            (Positives::new(), of(1), true),
            (of(1), of(1), false),
            (of(1), of(2), true),
            (of(2), of(1), false),
            (of(1), Positives::new(), false),
        ];
        for (committed, now, expected) in table {
            assert_eq!(rises(&committed, &now), expected, "{committed:?} {now:?}");
        }
    }

    #[test]
    fn a_positive_item_beside_a_total_is_seen_before_the_total_is_typed() {
        let phq9 = shipped("phq9").unwrap();
        let mut typed = MeasureTyped {
            way: Way::TotalOnly,
            known: BTreeMap::from([("phq9_9".to_owned(), SafetyTyped::Answer(1))]),
            ..MeasureTyped::default()
        };
        assert_eq!(typed.positives(phq9).len(), 1);
        let known = BTreeMap::from([("phq9_9".to_owned(), 1)]);
        let so_far = typed.so_far(phq9, at(), Taken::Paper);
        assert_eq!(so_far.answers, Answered::Items(known.clone()));
        typed.total = "14".to_owned();
        let so_far = typed.so_far(phq9, at(), Taken::Paper);
        assert_eq!(so_far.answers, Answered::Total { total: 14, known });
    }

    #[test]
    fn what_is_not_taken_commits_nothing() {
        let mut typed = MeasureTyped::default();
        typed.answers.insert("phq9_9".to_owned(), 3);
        assert!(typed.positives(shipped("phq9").unwrap()).is_empty());
    }
}
