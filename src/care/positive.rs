//! Positive answers to a safety item: a later answer doesn't take one back, so whoever decides has to be told of it.

use std::cmp::Reverse;

use crate::flowsheet::{Flowsheet, SafetyItem, ScoreLine};
use crate::journal::Day;

use super::scale::Scale;

/// The most that the eight other items of a PHQ-9 come to, in points: nine items of 0 to 3, <https://www.phqscreeners.com>.
const OTHERS_MAX: u16 = 24;

/// A form whose safety item is positive.
#[derive(Clone, Copy, Debug)]
pub struct Positive<'a> {
    /// The form.
    pub form: &'a ScoreLine,
    /// The answer, or the least that it can have been.
    pub value: u8,
    /// The total by which that is known, where the answer itself isn't.
    pub by_total: Option<u16>,
}

impl<'a> Positive<'a> {
    /// What a form says of its safety item; `None` unless that is positive.
    pub fn of(form: &'a ScoreLine) -> Option<Self> {
        match form.safety {
            SafetyItem::Answered(value) if 0 < value => Some(Self {
                form,
                value,
                by_total: None,
            }),
            SafetyItem::NotKnown => proven(form).map(|(value, total)| Self {
                form,
                value,
                by_total: Some(total),
            }),
            SafetyItem::None | SafetyItem::Answered(_) | SafetyItem::Line { .. } => None,
        }
    }
}

/// The least that item 9 was by a PHQ-9 total which can't be without it. A total that was reckoned from fewer items proves
/// nothing of one of them.
fn proven(form: &ScoreLine) -> Option<(u8, u16)> {
    let total = form
        .total
        .filter(|_| form.total_only && form.instrument == Scale::Phq9.id())?;
    let least = u8::try_from(total.checked_sub(OTHERS_MAX)?).ok()?;
    (0 < least).then_some((least, total))
}

/// Forms up to a day whose safety item is positive, the oldest first.
pub fn positives(sheet: &Flowsheet, until: Day) -> impl DoubleEndedIterator<Item = Positive<'_>> {
    let forms = sheet.scores.iter().filter(move |form| form.day <= until);
    forms.filter_map(Positive::of)
}

/// The form up to a day in which the safety item was answered last, with the answer; of two on one day the higher counts.
pub fn latest_answer(sheet: &Flowsheet, until: Day) -> Option<(&ScoreLine, u8)> {
    let forms = sheet.scores.iter().filter(|form| form.day <= until);
    let answered = forms.filter_map(|form| match form.safety {
        SafetyItem::Answered(value) => Some((form, value)),
        SafetyItem::None | SafetyItem::NotKnown | SafetyItem::Line { .. } => None,
    });
    answered.max_by_key(|(form, value)| (form.day, *value))
}

/// What a text has room for: the highest of some answers, then the most recent; how many others there are, and the day of the
/// first of those.
pub fn to_name(mut all: Vec<Positive<'_>>, most: usize) -> (Vec<Positive<'_>>, Option<(usize, Day)>) {
    all.sort_by_key(|one| Reverse((one.form.day, one.value)));
    let highest = all.iter().enumerate().max_by_key(|(at, one)| (one.value, Reverse(*at)));
    if let Some((at, _)) = highest {
        // Of several that are as high the most recent.
        let highest = all.remove(at);
        all.insert(0, highest);
    }
    let others = all.split_off(most.min(all.len()));
    let first = others.last().map(|one| (others.len(), one.form.day));
    (all, first)
}
