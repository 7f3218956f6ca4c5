//! How long a concern stood open, and which of its deadlines were missed, round by round.

use crate::flowsheet::{ConcernLine, DatedStep, Flowsheet, RoundLine, WrittenLater};
use crate::journal::{Day, When, Zone};

use super::case::Case;
use super::concern_kind::kind_rule;
use super::office::AsOf;
use super::protocol::Number;
use super::safety::known_since;

/// A deadline that passed before its step was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Which step: `second step`, `clinician told`, `next contact`.
    pub step: &'static str,
    /// The day by which it was due.
    pub due: Day,
    /// The day on which it was done all the same; `None` when it wasn't before the concern was closed or started again,
    /// or up to now.
    pub done: Option<Day>,
    /// The day on which it was written, where that is a later one.
    pub written: Option<Day>,
}

/// The steps of a concern that were written on a later day than they were done and that missed no deadline; its closing
/// too.
pub fn written_later(sheet: &Flowsheet, concern: &ConcernLine, at: &AsOf<'_>) -> Vec<(&'static str, WrittenLater)> {
    let told = missed(sheet, concern, at);
    let is_told = |name: &str, line: &WrittenLater| {
        let mut told = told.iter();
        told.any(|missed| missed.step == name && missed.done == Some(line.done) && missed.written.is_some())
    };
    let lines = concern.written_later.iter();
    let named = lines.map(|line| (step_name(concern, line.step), *line));
    named.filter(|(name, line)| !is_told(name, line)).collect()
}

/// What a step is called in the history.
fn step_name(concern: &ConcernLine, step: DatedStep) -> &'static str {
    match step {
        DatedStep::First => kind_rule(concern.kind).name,
        DatedStep::ClinicianTold => TOLD,
        DatedStep::NextContact => "Next contact agreed",
        DatedStep::Closed => "Closed",
    }
}

const TOLD: &str = "Clinician told";

/// The deadlines that a concern missed, in the order in which they fell.
pub fn missed(sheet: &Flowsheet, concern: &ConcernLine, at: &AsOf<'_>) -> Vec<Missed> {
    let case = Case::of(sheet, at);
    let first = known_since(concern, at);
    let ended = concern.closed.map_or(at.today, |(when, _)| at.day_of(when));
    let now = RoundLine {
        since: concern.restarted.unwrap_or(When::Day(first)),
        until: When::Day(ended),
        second_step: concern.second_step,
        clinician_told: concern.clinician_told,
        next_contact: concern.next_contact,
    };
    let mut found = Vec::new();
    for (place, round) in concern.earlier.iter().chain([&now]).enumerate() {
        let since = if place == 0 {
            first.max(at.day_of(round.since))
        } else {
            at.day_of(round.since)
        };
        let until = at.day_of(round.until).min(at.today);
        let name = kind_rule(concern.kind).name;
        // What was done before the steps started again was done for the round before.
        let counts = |done: &When| place == 0 || since <= at.day_of(*done);
        let (second_step, told) = (round.second_step.filter(counts), round.clinician_told.filter(counts));
        found.extend(late(&case, name, Number::SecondStep, since, until, second_step));
        found.extend(late(&case, TOLD, Number::ClinicianTold, since, until, told));
        found.extend(contact(&case, round.next_contact, since, until));
    }
    for missed in &mut found {
        let its = |line: &&WrittenLater| step_name(concern, line.step) == missed.step && Some(line.done) == missed.done;
        missed.written = concern.written_later.iter().find(its).map(|line| line.written);
    }
    found.sort_by_key(|missed| missed.due);
    found
}

fn late(
    case: &Case<'_>,
    step: &'static str,
    number: Number,
    since: Day,
    until: Day,
    done: Option<When>,
) -> Option<Missed> {
    let due = since.plus(case.days(number));
    let done = done
        .map(|when| case.at.day_of(when))
        .filter(|day| *day <= case.at.today);
    (due < done.unwrap_or(until)).then_some(Missed {
        step,
        due,
        done,
        written: None,
    })
}

/// The contact that was due: on the day agreed, otherwise within the protocol's days; one before it counts too, but not
/// the one in which the concern came up.
fn contact(case: &Case<'_>, agreed: Option<Day>, since: Day, until: Day) -> Option<Missed> {
    let due = agreed.unwrap_or_else(|| since.plus(case.days(Number::SafetyContact)));
    let counts = |day: &Day| since < *day || agreed == Some(*day);
    let mut days: Vec<Day> = case.contacts().map(|c| c.day).filter(counts).collect();
    days.sort_unstable();
    let done = days.first().copied().filter(|day| *day <= until.max(due));
    (due < done.unwrap_or(until)).then_some(Missed {
        step: "Next contact",
        due,
        done,
        written: None,
    })
}

/// How long a concern stood open, up to now where it still does: `40 min`, `26 h`, `9 days`.
pub fn stood_open(concern: &ConcernLine, at: &AsOf<'_>) -> String {
    let until = concern.closed.map_or(When::At(at.now), |(when, _)| when);
    span(concern.opened, until, at.office.zone)
}

/// Hours up to two days, then whole days; days where no time is known.
fn span(from: When, until: When, zone: Zone) -> String {
    if let (When::At(from), When::At(until)) = (from, until) {
        match (until - from).num_minutes().max(0) {
            minutes @ 0..60 => return format!("{minutes} min"),
            minutes if minutes < 48 * 60 => return format!("{} h", minutes / 60),
            _ => {}
        }
    }
    match until.day(zone).since(from.day(zone)).max(0) {
        0 => "under a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_minutes_then_hours_then_days() {
        let zone: Zone = "America/New_York".parse().unwrap();
        for (from, until, expected) in [
            ("2026-11-20T09:00:00-05:00", "2026-11-20T09:40:00-05:00", "40 min"),
            ("2026-11-20T09:00:00-05:00", "2026-11-21T11:30:00-05:00", "26 h"),
            ("2026-11-20T09:00:00-05:00", "2026-11-29T08:00:00-05:00", "9 days"),
            ("2026-11-20", "2026-11-20T09:40:00-05:00", "under a day"),
            ("2026-11-20", "2026-11-21T01:00:00-05:00", "1 day"),
            ("2026-11-20T09:00:00-05:00", "2026-11-20T08:00:00-05:00", "0 min"),
        ] {
            assert_eq!(
                span(from.parse().unwrap(), until.parse().unwrap(), zone),
                expected,
                "{from} {until}"
            );
        }
    }
}
