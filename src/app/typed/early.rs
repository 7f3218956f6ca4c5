//! Positive safety answers while they are typed: what is committed at once, before the form is saved.

use std::collections::BTreeMap;

use super::measure::{MeasureTyped, SafetyTyped, Way, asks_who};
use crate::instruments::Definition;
use crate::journal::When;
use crate::journal::facts::{Answered, Assessment, Taken};

/// Positive safety answers by item.
pub type Positives = BTreeMap<String, i32>;

/// What stands for the item where the score itself is the safety answer.
const SCORE: &str = "score";

impl MeasureTyped {
    /// The positive safety answers that are typed now, whatever else is: items, and a score that reaches the alarm line.
    pub fn positives(&self, definition: &Definition) -> Positives {
        let mut positives = self.positive_items(definition);
        if let Some(beyond) = self.beyond_line(definition) {
            positives.insert(SCORE.to_owned(), beyond);
        }
        positives
    }

    /// The items whose answer is positive now.
    pub fn positive_items(&self, definition: &Definition) -> Positives {
        let positive = definition.safety_items.iter().filter_map(|safety| {
            let value = match self.way {
                Way::Questions => self.answers.get(safety.item.as_str()).copied(),
                Way::TotalOnly => match self.known_of(definition, &safety.item)? {
                    SafetyTyped::Answer(value) => Some(value),
                    SafetyTyped::NotKnown => None,
                },
                Way::NotNow | Way::Declined => None,
            }?;
            let value = i32::from(value);
            (safety.positive_at <= value).then(|| (safety.item.as_str().to_owned(), value))
        });
        positive.collect()
    }

    /// How far a typed score lies beyond the alarm line.
    fn beyond_line(&self, definition: &Definition) -> Option<i32> {
        let total = i32::from(self.total_in_range(definition)?);
        definition.alarm?.reached(definition.direction, total)
    }

    fn total_in_range(&self, definition: &Definition) -> Option<u16> {
        let (low, high) = definition.score_range.filter(|_| self.way == Way::TotalOnly)?;
        let total = self.total.trim().parse::<u16>().ok();
        total.filter(|total| (low..=high).contains(&i32::from(*total)))
    }

    /// Whether a score that reaches the alarm line may be the beginning of a longer one: 2 on the way to 21.
    pub fn may_go_on(&self, definition: &Definition) -> bool {
        let total = self.total_in_range(definition).map_or(0, i32::from);
        let most = definition.score_range.map_or(0, |(_, high)| high);
        self.beyond_line(definition).is_some() && 0 < total && total * 10 <= most
    }

    /// The answers so far as an assessment. Beside a total they are the items that are known: the total may be half
    /// typed and contradict them. Where the score itself is the safety answer, it goes along.
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
            respondent: self.respondent.filter(|_| asks_who(definition)),
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
        match self.total_in_range(definition) {
            Some(total) if self.beyond_line(definition).is_some() => Answered::Total { total, known },
            _ => Answered::Items(known),
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
    use crate::instruments::own_definition;
    use crate::journal::facts::{ConcernKind, OwnAlarm, OwnScale, Worse};

    fn at() -> When {
        "2026-11-20".parse().unwrap()
    }

    #[test]
    fn an_answer_is_committed_when_it_becomes_positive_and_when_it_rises() {
        let of = |value: i32| Positives::from([("phq9_9".to_owned(), value)]);
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
    fn a_positive_item_beside_a_total_is_committed_alone_whatever_is_typed_of_the_total() {
        let phq9 = shipped("phq9").unwrap();
        let known = BTreeMap::from([("phq9_9".to_owned(), 3)]);
        for total in ["", "2", "21", "210"] {
            let typed = MeasureTyped {
                way: Way::TotalOnly,
                known: BTreeMap::from([("phq9_9".to_owned(), SafetyTyped::Answer(3))]),
                total: total.to_owned(),
                ..MeasureTyped::default()
            };
            assert_eq!(typed.positives(phq9), Positives::from([("phq9_9".to_owned(), 3)]));
            let so_far = typed.so_far(phq9, at(), Taken::Paper);
            assert_eq!(so_far.answers, Answered::Items(known.clone()), "{total}");
        }
    }

    fn own(worse: Worse, at: u16) -> Definition {
        let scale = OwnScale {
            low: 0,
            high: 25,
            worse,
            bands: Vec::new(),
            alarm: Some(OwnAlarm {
                at,
                concern: ConcernKind::Overdose,
            }),
        };
        own_definition("own:Craving", "1", &scale).unwrap()
    }

    #[test]
    fn a_score_that_reaches_the_alarm_line_is_committed_with_its_total() {
        // Total, whether it reaches the line, whether another digit may follow.
        let table = [
            (Worse::Higher, "7", false, false),
            (Worse::Higher, "8", true, false),
            (Worse::Higher, "25", true, false),
            (Worse::Higher, "26", false, false),
            (Worse::Higher, "", false, false),
            (Worse::Lower, "0", true, false),
            (Worse::Lower, "2", true, true),
            (Worse::Lower, "8", true, false),
            (Worse::Lower, "21", false, false),
        ];
        for (worse, total, reaches, may_go_on) in table {
            let definition = own(worse, 8);
            let typed = MeasureTyped {
                way: Way::TotalOnly,
                total: total.to_owned(),
                ..MeasureTyped::default()
            };
            let case = format!("{worse:?} {total}");
            assert_eq!(!typed.positives(&definition).is_empty(), reaches, "{case}");
            assert!(typed.positive_items(&definition).is_empty(), "{case}");
            assert_eq!(typed.may_go_on(&definition), may_go_on, "{case}");
            let sent = typed.so_far(&definition, at(), Taken::Paper).answers;
            assert_eq!(matches!(sent, Answered::Total { .. }), reaches, "{case}");
        }
    }

    #[test]
    fn what_is_not_taken_commits_nothing() {
        let mut typed = MeasureTyped::default();
        typed.answers.insert("phq9_9".to_owned(), 3);
        assert!(typed.positives(shipped("phq9").unwrap()).is_empty());
    }
}
