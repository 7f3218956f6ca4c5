//! Whom to try now: whether this part of the day is one in which a patient asked to be called, or in which the next try was
//! agreed on.
//!
//! Preferred hours are words. Those that do nothing but name parts of the day are read, for the order of this list and for
//! the part of the day that the ladder proposes; anything else is shown for a person to weigh, and counts as any time.

use crate::flowsheet::Flowsheet;
use crate::journal::facts::{Channel, DayPart};

use super::coordination::{day_part, next_part, part_of};
use super::office::AsOf;
use super::outreach::{Outreach, Rung, outreach_of};
use chrono::Timelike as _;

/// How this part of the day suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// It is the one.
    Now,
    /// None is known, or the next step is no call.
    AnyTime,
    /// It is another one.
    Another,
}

/// A patient who is to be tried today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TryNow {
    /// Where outreach stands.
    pub outreach: Outreach,
    /// Tries since the patient was last reached, by channel, in the order of the first of each.
    pub by_channel: Vec<(Channel, u32)>,
    /// How this part of the day suits.
    pub fit: Fit,
}

/// Whether, and how, a patient is to be tried today; `None` where the ladder's next step lies ahead, or there is none.
pub fn try_now(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<TryNow> {
    let outreach = outreach_of(sheet, at).filter(|outreach| outreach.on <= at.today)?;
    let zone = at.office.zone;
    let tries = || {
        sheet
            .attempts
            .iter()
            .filter(|a| outreach.since <= a.day && a.day <= at.today)
    };
    let mut by_channel: Vec<(Channel, u32)> = Vec::new();
    for attempt in tries() {
        match by_channel.iter_mut().find(|(by, _)| *by == attempt.by) {
            Some((_, count)) => *count += 1,
            None => by_channel.push((attempt.by, 1)),
        }
    }
    let agreed = match outreach.next {
        Rung::CallAgain(part) => part.or_else(|| {
            let parts: Vec<DayPart> = tries().filter_map(|a| part_of(a.at, zone)).collect();
            (!parts.is_empty()).then(|| next_part(&parts, &[]))
        }),
        _ => None,
    };
    let is_call = matches!(outreach.next, Rung::Call | Rung::CallAgain(_));
    let hours = sheet.who.hours.as_deref().filter(|_| is_call);
    let now = day_part(zone.local(at.now).hour());
    Some(TryNow {
        fit: fit(hours, agreed, now),
        outreach,
        by_channel,
    })
}

/// How a part of the day suits: what the patient asked for goes before what the ladder proposes.
pub fn fit(hours: Option<&str>, agreed: Option<DayPart>, now: DayPart) -> Fit {
    let wanted = hours.map(parts_named).filter(|parts| !parts.is_empty());
    let wanted = wanted.or_else(|| agreed.map(|part| vec![part]));
    match wanted {
        None => Fit::AnyTime,
        Some(parts) if parts.contains(&now) => Fit::Now,
        Some(_) => Fit::Another,
    }
}

/// The parts of the day that preferred hours name: `mornings, or after work` names the morning and the evening. They are
/// read only where every word is known: "works nights" and "not before ten" name no part, and are for a person to weigh.
pub fn parts_named(hours: &str) -> Vec<DayPart> {
    const BETWEEN: [&str; 10] = [
        "or",
        "and",
        "in",
        "the",
        "at",
        "on",
        "only",
        "best",
        "preferably",
        "weekdays",
    ];
    // The evening begins at five: later hours are a part of it, and earlier ones are more than it.
    let mut text = hours.to_lowercase().replace("after work", "evening");
    for (hour, other) in [("5", "17"), ("6", "18"), ("7", "19")] {
        for said in [
            format!("after {hour}:00 pm"),
            format!("after {hour} pm"),
            format!("after {hour}pm"),
            format!("after {other}:00"),
        ] {
            text = text.replace(&said, "evening");
        }
    }
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let mut parts = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        match word {
            "morning" | "mornings" => parts.push(DayPart::Morning),
            "midday" | "noon" | "lunch" | "lunchtime" => parts.push(DayPart::Midday),
            "afternoon" | "afternoons" => parts.push(DayPart::Afternoon),
            "evening" | "evenings" => parts.push(DayPart::Evening),
            between if BETWEEN.contains(&between) => {}
            _ => return Vec::new(),
        }
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use DayPart::*;

    #[test]
    fn preferred_hours_name_parts_of_the_day_or_are_left_to_a_person() {
        let table: [(&str, &[DayPart]); 18] = [
            ("mornings", &[Morning]),
            ("Afternoons", &[Afternoon]),
            ("at noon", &[Midday]),
            ("lunchtime", &[Midday]),
            ("mornings, or after work", &[Morning, Evening]),
            ("evenings after work", &[Evening]),
            ("afternoon or evening", &[Afternoon, Evening]),
            ("not in the morning", &[]),
            ("before noon", &[]),
            ("after 4 pm", &[]),
            ("After 5 pm", &[Evening]),
            ("mornings or after 6pm", &[Morning, Evening]),
            ("weekdays after 17:00", &[Evening]),
            ("not after 5 pm", &[]),
            ("works nights, sleeps mornings", &[]),
            ("any time but mornings", &[]),
            ("mornings; ask for Ana", &[]),
            ("", &[]),
        ];
        for (hours, parts) in table {
            assert_eq!(parts_named(hours), parts, "{hours}");
        }
    }

    #[test]
    fn what_the_patient_asked_for_goes_before_what_the_ladder_proposes() {
        let table = [
            (Some("mornings"), None, Morning, Fit::Now),
            (Some("mornings"), Some(Evening), Evening, Fit::Another),
            (Some("ask for Ana"), Some(Evening), Evening, Fit::Now),
            (None, Some(Evening), Morning, Fit::Another),
            (None, None, Morning, Fit::AnyTime),
        ];
        for (hours, agreed, now, expected) in table {
            assert_eq!(fit(hours, agreed, now), expected, "{hours:?} {agreed:?} {now:?}");
        }
    }
}
