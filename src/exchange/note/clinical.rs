//! Diagnoses, medications, goals, plan: as they stand on a day.

use std::collections::BTreeSet;

use crate::care::{self, DoseSince};
use crate::exchange::letter::because;
use crate::flowsheet::{AppointmentLine, StatusLine};
use crate::journal::facts::*;
use crate::journal::{Day, Fact, Live, Slot, ThingId};

use super::any::with_others;
use super::source::{Source, date};
use super::words::{capital, count, words};

pub(super) fn diagnoses(source: &Source<'_>, day: Day) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Diagnosis(d) if d.from <= day && d.until.is_none_or(|until| day <= until) => {
            let provisional = if d.provisional { ", provisional" } else { "" };
            let label = d.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
            Some(format!("{}{label}{provisional}, since {}", d.code, date(d.from)))
        }
        _ => None,
    };
    let mut lines: Vec<String> = source.set().filter_map(|live| line(&live.fact)).collect();
    lines.sort();
    lines
}

/// Medications as they stand; none recorded is said so, for it is not the same as none taken, nor as one that is held
/// back.
pub(super) fn medications(source: &Source<'_>, day: Day) -> Vec<String> {
    let told = of_day(source, day);
    if !told.is_empty() {
        let mut lines: Vec<String> = told.into_iter().map(|m| medication(source, m, day)).collect();
        lines.sort();
        return lines;
    }
    let none = BTreeSet::new();
    let whole = Source { held: &none, ..*source };
    let said = match of_day(&whole, day).is_empty() {
        true => "none recorded",
        false => HELD_BACK,
    };
    vec![said.to_owned()]
}

/// What was taken on a day, and what was known on it to begin later.
fn of_day<'a>(source: &Source<'a>, day: Day) -> Vec<&'a Medication> {
    let medicines = source.set().filter_map(|live| match &live.fact {
        Fact::Medication(m) => Some(m),
        _ => None,
    });
    let stands = |m: &&Medication| {
        let has_begun = m.from.is_none_or(|from| from <= day);
        m.until.is_none_or(|until| day <= until) && (has_begun || is_known(source, m.medication, day))
    };
    medicines.filter(stands).collect()
}

/// Whether a medicine was on record on a day.
fn is_known(source: &Source<'_>, medication: ThingId, day: Day) -> bool {
    source.live().any(|live| {
        matches!(&live.fact, Fact::Medication(m) if m.medication == medication)
            && care::written_on(live, source.at.office.zone) <= day
    })
}

fn medication(source: &Source<'_>, m: &Medication, day: Day) -> String {
    let mut said = care::medicine_words(m);
    said.push_str(&since(source, m, day));
    if let Some(prescriber) = m.prescriber.map(|who| source.name(who)).or(m.prescriber_name.clone()) {
        said.push_str(&format!(", by {prescriber}"));
    }
    if let Some(check) = last_check(source, m.medication, day) {
        said.push_str(&format!("; {}", check_words(source, check)));
    }
    said
}

/// `, since 24 Sep 2026, at this dose since 30 Oct 2026 (3 weeks)`: the weeks are those on the dose. `, from 1 Dec 2026`
/// where it begins later.
fn since(source: &Source<'_>, m: &Medication, day: Day) -> String {
    if let Some(from) = m.from.filter(|from| day < *from) {
        return format!(", from {}", date(from));
    }
    let versions: Vec<(&Live, &Medication)> = source
        .live()
        .filter_map(|live| match &live.fact {
            Fact::Medication(version) if version.medication == m.medication => Some((live, version)),
            _ => None,
        })
        .collect();
    let weeks = |from: Day| match day.since(from).max(0) / 7 {
        0 => "under a week".to_owned(),
        weeks => count(weeks, "week", "weeks"),
    };
    let begun = match m.from {
        Some(from) => format!(", since {}", date(from)),
        None => ", start not known".to_owned(),
    };
    match care::dose_since(&versions, source.at.office.zone) {
        DoseSince::Start(from) => format!(", since {} ({})", date(from), weeks(from)),
        DoseSince::Changed(from) => format!("{begun}, at this dose since {} ({})", date(from), weeks(from)),
        DoseSince::WrittenDown(on) => format!("{begun}, change of dose written down {} ({})", date(on), weeks(on)),
        DoseSince::NotKnown => begun,
    }
}

/// What was asked last, up to a day: late entries stand where they belong.
fn last_check<'a>(source: &Source<'a>, medication: ThingId, day: Day) -> Option<&'a MedicationCheck> {
    let checks = source.live().filter_map(|live| match &live.fact {
        Fact::MedicationCheck(check) if check.medication == medication => Some(check),
        _ => None,
    });
    let until = checks.filter(|check| source.day(check.at) <= day);
    until.max_by_key(|check| (source.day(check.at), check.at.instant(source.at.office.zone)))
}

/// `adherence partial on 20 Nov 2026, nausea (mild)`.
pub(super) fn check_words(source: &Source<'_>, check: &MedicationCheck) -> String {
    let effects: Vec<String> = check
        .side_effects
        .iter()
        .map(|effect| format!("{} ({})", effect.text, words(effect.severity)))
        .collect();
    let effects = match effects.is_empty() {
        true => "no side effects recorded".to_owned(),
        false => effects.join(", "),
    };
    let missed = check.missed_doses.map(|doses| {
        let doses = count(doses.into(), "dose", "doses");
        format!(", {doses} missed in 7 days")
    });
    let note = check.note.as_ref().map(|note| format!(". {note}"));
    let said = format!(
        "adherence {} on {}, {effects}{}{}",
        words(check.adherence),
        date(source.day(check.at)),
        missed.unwrap_or_default(),
        note.unwrap_or_default()
    );
    with_others(
        said,
        check,
        &["medication", "at", "adherence", "side_effects", "missed_doses", "note"],
    )
}

/// The name of a medicine.
pub(super) fn medicine_name(source: &Source<'_>, medication: ThingId) -> String {
    match source.head(&Slot::Medication(medication)) {
        Some(Fact::Medication(m)) => m.name.clone(),
        _ => "medication".to_owned(),
    }
}

pub(super) fn goals(source: &Source<'_>) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Goal(goal) if goal.state == GoalState::Open => {
            let by = goal.by.map(|by| format!(" (by {})", date(by))).unwrap_or_default();
            Some(format!("{}{by}", goal.text))
        }
        _ => None,
    };
    source.set().filter_map(|live| line(&live.fact)).collect()
}

/// Sections of the plan and barriers as they stand, but some that stand elsewhere in the note.
pub(super) fn sections(source: &Source<'_>, elsewhere: &[PlanPart]) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::PlanSection(part) if !part.text.trim().is_empty() && !elsewhere.contains(&part.part) => {
            Some(format!("{}: {}", capital(&words(part.part)), part.text))
        }
        Fact::Barrier(barrier) => {
            let overcome = barrier.overcome.map(|day| format!(" (overcome {})", date(day)));
            Some(format!(
                "Barrier, {}: {}{}",
                words(barrier.kind),
                barrier.text,
                overcome.unwrap_or_default()
            ))
        }
        _ => None,
    };
    source.set().filter_map(|live| line(&live.fact)).collect()
}

/// The plan in short: the last treatment change, open advice, open tasks.
pub(super) fn plan(source: &Source<'_>, day: Day) -> Vec<String> {
    let mut lines = Vec::new();
    let made = source.live().filter_map(|live| match &live.fact {
        Fact::TreatmentChange(change) if stands(source, live) && change.stands() == ChangeState::Made => Some(change),
        _ => None,
    });
    let last = made.filter(|change| change.day <= day).max_by_key(|change| change.day);
    lines.extend(last.map(|change| format!("Last treatment change {}: {}", date(change.day), change.what)));
    lines.extend(advice(source).into_iter().map(|advice| format!("Advice: {advice}")));
    for live in source.set() {
        if let Fact::Task(task) = &live.fact
            && task.done.is_none()
            && task.dropped.is_none()
        {
            lines.push(format!("To do by {}: {}", date(task.due), task.text));
        }
    }
    lines
}

/// Whether an entry is the current one of what it sets.
pub(super) fn stands(source: &Source<'_>, live: &Live) -> bool {
    let head = live.fact.slot().map(|slot| source.folded.head(&slot));
    head.is_none_or(|head| head.is_some_and(|head| head.id == live.id))
}

/// Recommendations that wait for an answer or for being carried out, word for word.
pub(super) fn advice(source: &Source<'_>) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Recommendation(r) => {
            let slot = Slot::Answer(r.recommendation);
            // One that is held back is not the same as none.
            let held = match source.head(&slot) {
                Some(Fact::Answer(answer)) if matches!(answer.answer, AnswerKind::Declined | AnswerKind::Done) => {
                    return None;
                }
                None if source.folded.head(&slot).is_some() => "; the answer is held back",
                _ => "",
            };
            let by = r.by.map(|by| format!(", {}", source.name(by))).unwrap_or_default();
            Some(format!("{} ({}{by}{held})", r.text, date(r.day)))
        }
        _ => None,
    };
    source.set().filter_map(|live| line(&live.fact)).collect()
}

/// What is said where no next contact was agreed.
pub(super) const NOT_AGREED: &str = "not agreed yet";
/// What is said in place of what must not be told.
pub(super) const HELD_BACK: &str = "held back";

/// The next contact after a day, as agreed or booked; none is said so, and so is one that is held back.
pub(super) fn next_contact(source: &Source<'_>, day: Day) -> String {
    let (held, told): (Vec<&AppointmentLine>, Vec<&AppointmentLine>) = source
        .sheet
        .appointments
        .iter()
        .filter(|a| a.state == AppointmentState::Booked && day < a.day)
        .partition(|a| source.head(&Slot::Appointment(a.appointment)).is_none());
    if let Some(booked) = told.first() {
        let said = format!("{}, {}", source.when(booked.at), words(booked.mode));
        // What was agreed about safety comes before an appointment, and isn't hidden by it.
        let open = source.sheet.open_concerns().filter_map(|concern| concern.next_contact);
        return match open.filter(|agreed| day < *agreed && *agreed < booked.day).min() {
            Some(agreed) => format!("{}, agreed for safety; booked {said}", weekday(agreed)),
            None => said,
        };
    }
    let agreed = source.episode(day).and_then(|episode| episode.next_contact);
    // Closing a concern does not call off the contact that was agreed in its steps.
    let of_concerns = source.sheet.concerns.iter().filter_map(|concern| concern.next_contact);
    // The form of a contact writes the day that it books also as the day agreed.
    let is_held = |agreed: &Day| held.iter().any(|a| a.day == *agreed);
    let ahead = agreed.into_iter().chain(of_concerns);
    let ahead = ahead.filter(|agreed| day < *agreed && !is_held(agreed));
    match ahead.min() {
        Some(agreed) => weekday(agreed),
        None if !held.is_empty() => HELD_BACK.to_owned(),
        None => NOT_AGREED.to_owned(),
    }
}

fn weekday(day: Day) -> String {
    day.date().format("%a %-d %b %Y").to_string()
}

/// Where the episode stands on a day, and since when.
pub(super) fn status(source: &Source<'_>, day: Day) -> String {
    let Some(episode) = source.episode(day) else {
        return "no episode".to_owned();
    };
    let word = match episode.status_on(day) {
        None => "no status".to_owned(),
        Some(StatusLine::Referred) => "referred".to_owned(),
        Some(StatusLine::Outreach) => "outreach".to_owned(),
        Some(StatusLine::Enrolled) => "enrolled".to_owned(),
        Some(StatusLine::Active) => "in treatment".to_owned(),
        Some(StatusLine::RelapsePrevention) => "relapse prevention".to_owned(),
        Some(StatusLine::OnHold { review }) => format!("on hold, review {}", date(review)),
        Some(StatusLine::Closed(reason)) => format!("closed, {}", because(reason)),
    };
    match episode.status_since(day) {
        Some(since) => format!("{word} since {}", date(since)),
        None => word,
    }
}
