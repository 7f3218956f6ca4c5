//! What a PHQ-9 total says of item 9. Nine items of 0 to 3 make at most 27, so that the other eight make at most 24: a
//! total above 24 can't be without a positive item 9, and no total is less than one of its items.

use super::mapping::Field;
use super::problems::{Reason, Severity};
use super::reader::RowReader;
use crate::journal::Day;

/// The most that the eight other items come to, in points.
const OTHERS_MAX: u16 = 24;

/// The lowest item 9 that a total can have.
pub(super) fn least(total: u16) -> u8 {
    u8::try_from(total.saturating_sub(OTHERS_MAX)).unwrap_or(u8::MAX)
}

/// Whether a total can have this item 9.
pub(super) fn fits(total: u16, item9: u8) -> bool {
    (u16::from(least(total))..=total).contains(&u16::from(item9))
}

/// Names the contradiction between a row's total and its item 9, if there is one.
pub(super) fn name_contradiction(row: &mut RowReader<'_>, field: Field, total: Option<u16>, item9: Option<u8>) {
    let (Some(total), Some(item)) = (total, item9) else {
        return;
    };
    let reason = match fits(total, item) {
        true => return,
        false if u16::from(item) > total => Reason::Item9AboveTotal,
        false => Reason::Item9BelowTotal {
            total,
            least: least(total),
        },
    };
    row.problem(field, &item.to_string(), reason, Severity::Note);
}

/// What a sheet says of item 9 on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said9 {
    pub day: Day,
    /// The answer, or the least that it can have been.
    pub value: u8,
    pub known: Known9,
}

/// How item 9 is known. An answer that was given wins over what a total proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known9 {
    /// Not answered, or not as the total has it: the total proves that it was positive.
    Proven(u16),
    /// As answered.
    Answered,
}

/// What a total and an item 9 of one day say together; `None` when they say nothing of item 9.
pub(super) fn said(total: Option<u16>, item9: Option<u8>, day: Day) -> Option<Said9> {
    let least = total.map_or(0, least);
    match (total, item9) {
        (Some(total), item9) if item9.unwrap_or(0) < least => Some(Said9 {
            day,
            value: least,
            known: Known9::Proven(total),
        }),
        (_, item9) => item9.map(|value| Said9 {
            day,
            value,
            known: Known9::Answered,
        }),
    }
}
