//! What opened a concern, in words; of an imported one also what was answered before.

use crate::care::{self, Positive};
use crate::flowsheet::{Cause, ConcernLine, Flowsheet};
use crate::journal::Day;

/// The most earlier answers that are named one by one.
const MOST_NAMED: usize = 4;

/// What opened a concern of this sheet, with its rule. Of an imported one that is open also what was answered before: it opens
/// none itself, but whoever decides has to know of it.
pub(super) fn because_words(sheet: &Flowsheet, concern: &ConcernLine, today: Day) -> String {
    let day = care::day_words(concern.day, today);
    let day = match concern.by_patient {
        true => format!("{day}, by the patient on the device"),
        false => day,
    };
    match &concern.cause {
        Cause::Answer {
            instrument,
            item,
            value,
            ..
        } => {
            let (title, number) = care::decide::asked(instrument, item);
            if item == crate::instruments::ALARM_SCORE {
                return format!("{title} reached its alarm line on {day}; the clinic asks for same-day follow-up");
            }
            match crate::instruments::yes_or_no(instrument, item, *value) {
                Some(word) => {
                    format!("{title} item {number} answered {word} on {day}; any Yes needs same-day follow-up")
                }
                None => {
                    format!(
                        "{title} item {number} answered {value} on {day}; any answer above 0 needs same-day follow-up"
                    )
                }
            }
        }
        Cause::ByHand => format!("Opened by hand on {day}: {}", care::concern_words(concern.kind)),
        Cause::Assessed => format!(
            "Opened by the initial assessment on {day}: {}",
            care::concern_words(concern.kind)
        ),
        Cause::Crisis => format!(
            "Opened by a crisis contact on {day}: {}",
            care::concern_words(concern.kind)
        ),
        Cause::Imported { value, flagged } => {
            let opened = match (value, flagged) {
                (Some(value), true) => {
                    format!("The sheet flags this patient, and its latest item 9, of {day}, is {value}")
                }
                (Some(value), false) => format!("The latest item 9 in the sheet, of {day}, is {value}"),
                (None, _) => match proven_on(sheet, concern.day) {
                    Some(total) => {
                        format!("The PHQ-9 total of {total} on {day} can\u{2019}t be without a positive item 9")
                    }
                    None => "The sheet flags this patient for safety and gives no day of it".to_owned(),
                },
            };
            match concern.is_open() {
                true => opened + &earlier_words(sheet, concern, *value, today),
                false => opened,
            }
        }
    }
}

/// The positive answers beside the one that opened an imported concern, and the latest: `; an earlier item 9 of 2 on Mon
/// 3 Mar 2025; the latest is 0, on Tue 10 Nov`.
fn earlier_words(sheet: &Flowsheet, concern: &ConcernLine, opened_by: Option<u8>, today: Day) -> String {
    let opened = |one: &Positive<'_>| {
        let is_it = one.by_total.is_some() || opened_by == Some(one.value);
        one.form.day == concern.day && is_it
    };
    let latest = care::latest_answer(sheet, today);
    let is_latest = |one: &Positive<'_>| latest.is_some_and(|(form, _)| form.entry == one.form.entry);
    let earlier = care::positives(sheet, today).filter(|one| !opened(one) && !is_latest(one));
    let (named, others) = care::to_name(earlier.collect(), MOST_NAMED);
    let words = |one: &Positive<'_>| {
        let item = match one.form.instrument == care::Scale::Phq9.id() {
            true => "item 9".to_owned(),
            false => format!("{} safety item", care::Scale::of(&one.form.instrument)),
        };
        let (value, day) = (one.value, care::day_words(one.form.day, today));
        match one.by_total {
            Some(total) => format!("{item} of at least {value} on {day} (by its total of {total})"),
            None => format!("{item} of {value} on {day}"),
        }
    };
    let mut said: Vec<String> = named.iter().map(words).collect();
    if said.is_empty() {
        return String::new();
    }
    said.extend(others.map(|(n, since)| format!("and {n} more since {}", care::day_words(since, today))));
    let title = match named.len() {
        1 => "an earlier",
        _ => "earlier answers:",
    };
    // Where the latest answer opened the concern, it is said already.
    let latest = latest.filter(|(form, value)| !(form.day == concern.day && opened_by == Some(*value)));
    let latest =
        latest.map(|(form, value)| format!("; the latest is {value}, on {}", care::day_words(form.day, today)));
    format!("; {title} {}{}", said.join(", "), latest.unwrap_or_default())
}

/// The PHQ-9 total of a day that can't be without a positive item 9, of which the answer isn't known.
fn proven_on(sheet: &Flowsheet, day: Day) -> Option<u16> {
    let of_day = care::positives(sheet, day).filter(|one| one.form.day == day);
    of_day.filter_map(|one| one.by_total).next_back()
}
