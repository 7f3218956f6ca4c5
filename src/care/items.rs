//! Single items over time: which of them do not move, though the total may.

use std::collections::BTreeMap;

use crate::instruments::{Definition, Direction, Item};

/// Administrations that are looked at: the latest so many in which the item was answered.
pub const LATEST: usize = 3;
/// From this answer on an item that stays there is pointed out though it moves: "more than half the days" in the PHQ and
/// GAD forms, the line at which a symptom counts. Only for items with answers beyond it.
const HIGH: i32 = 2;

/// How an item does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Still {
    /// The same answer each time, and not the best one.
    Same(u8),
    /// Not the same, and never under so much.
    High(u8),
}

impl Still {
    /// In words, for the row and the sentence: "unchanged at 3", "stays at 2 or more".
    pub fn words(self) -> String {
        match self {
            Self::Same(answer) => format!("unchanged at {answer}"),
            Self::High(least) => format!("stays at {least} or more"),
        }
    }
}

/// How an item does not move over its latest three answers, given in order of time. An item that was answered less
/// often says nothing; one that rests at its best answer has nothing to move.
pub fn still(definition: &Definition, item: &Item, answers: &[u8]) -> Option<Still> {
    let latest: &[u8] = answers.get(answers.len().checked_sub(LATEST)?..)?;
    let (low, high) = definition.item_range(item)?;
    let scored = |answer: u8| definition.scored_value(item, i32::from(answer));
    let best = match definition.direction {
        Direction::HigherIsWorse => low,
        Direction::HigherIsBetter => high,
    };
    let first = *latest.first()?;
    if latest.iter().all(|answer| *answer == first) {
        return (scored(first) != best).then_some(Still::Same(first));
    }
    let counts = definition.direction == Direction::HigherIsWorse && !item.reversed && HIGH < high && high <= 4;
    let stays = latest.iter().all(|answer| HIGH <= scored(*answer));
    (counts && stays).then(|| Still::High(u8::try_from(HIGH).unwrap_or(u8::MAX)))
}

/// How severe an answer is, from 0 to 4: the shade of its cell. The number stands in it.
pub fn shade(definition: &Definition, item: &Item, answer: u8) -> u8 {
    let Some((low, high)) = definition.item_range(item) else {
        return 0;
    };
    let scored = definition.scored_value(item, i32::from(answer)).clamp(low, high);
    let worse = match definition.direction {
        Direction::HigherIsWorse => scored - low,
        Direction::HigherIsBetter => high - scored,
    };
    u8::try_from(worse * 4 / (high - low).max(1)).unwrap_or(4)
}

/// The answers to an item in order of time, of those administrations in which it was answered.
pub fn answers_to<'a>(item: &Item, forms: impl Iterator<Item = &'a BTreeMap<String, u8>>) -> Vec<u8> {
    forms.filter_map(|form| form.get(item.id.as_str()).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::definition_of;

    #[track_caller]
    fn check(instrument: &str, place: usize, answers: &[u8], expected: Option<Still>) {
        let definition = definition_of(instrument).unwrap();
        let item = &definition.items[place];
        assert_eq!(still(definition, item, answers), expected, "{instrument} {answers:?}");
    }

    #[test]
    fn an_item_is_still_when_its_last_three_answers_are_the_same_or_all_high() {
        check("phq9", 2, &[0, 3, 3, 3], Some(Still::Same(3)));
        check("phq9", 2, &[0, 2, 3, 2], Some(Still::High(2)));
        check("phq9", 2, &[3, 1, 1, 1], Some(Still::Same(1)));
        check("phq9", 2, &[3, 3, 2, 1], None);
        // Nothing to move: the best answer.
        check("phq9", 8, &[0, 0, 0], None);
        check("phq9", 2, &[3, 3], None);
        check("pcl5", 0, &[4, 2, 3], Some(Still::High(2)));
    }

    #[test]
    fn yes_and_no_reversed_items_and_higher_is_better_are_told_the_right_way_round() {
        let gds = definition_of("gds15").unwrap();
        let reversed = gds.items.iter().position(|item| item.reversed).unwrap();
        // "Are you basically satisfied with your life?": no is the answer that scores.
        check("gds15", reversed, &[0, 0, 0], Some(Still::Same(0)));
        check("gds15", reversed, &[1, 1, 1], None);
        assert_eq!(shade(gds, &gds.items[reversed], 0), 4);
        check("who5", 0, &[5, 5, 5], None);
        check("who5", 0, &[1, 1, 1], Some(Still::Same(1)));
        check("who5", 0, &[3, 4, 5], None);
        let who = definition_of("who5").unwrap();
        assert_eq!((shade(who, &who.items[0], 5), shade(who, &who.items[0], 0)), (0, 4));
    }
}
