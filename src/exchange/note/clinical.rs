//! Diagnoses, medications, goals, plan: as they stand on a day.

use crate::care;
use crate::flowsheet::StatusLine;
use crate::journal::facts::*;
use crate::journal::{Day, Fact, ThingId};

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

/// Medications as they stand; none recorded is said so, for it is not the same as none taken.
pub(super) fn medications(source: &Source<'_>, day: Day) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Medication(m) if m.until.is_none_or(|until| day <= until) => Some(medication(source, m, day)),
        _ => None,
    };
    let mut lines: Vec<String> = source.set().filter_map(|live| line(&live.fact)).collect();
    lines.sort();
    if lines.is_empty() {
        lines.push("none recorded".to_owned());
    }
    lines
}

fn medication(source: &Source<'_>, m: &Medication, day: Day) -> String {
    let mut said = care::medicine_words(m);
    match m.from {
        Some(from) => {
            let weeks = match day.since(from).max(0) / 7 {
                0 => "under a week".to_owned(),
                weeks => count(weeks, "week", "weeks"),
            };
            said.push_str(&format!(", since {} ({weeks})", date(from)));
        }
        None => said.push_str(", start not known"),
    }
    if let Some(prescriber) = m.prescriber {
        said.push_str(&format!(", by {}", source.name(prescriber)));
    }
    if let Some(check) = last_check(source, m.medication) {
        said.push_str(&format!("; {}", check_words(source, check)));
    }
    said
}

fn last_check<'a>(source: &Source<'a>, medication: ThingId) -> Option<&'a MedicationCheck> {
    source.live().rev().find_map(|live| match &live.fact {
        Fact::MedicationCheck(check) if check.medication == medication => Some(check),
        _ => None,
    })
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
    format!(
        "adherence {} on {}, {effects}",
        words(check.adherence),
        date(source.day(check.at))
    )
}

/// The name of a medicine.
pub(super) fn medicine_name(source: &Source<'_>, medication: ThingId) -> String {
    match source.head(&crate::journal::Slot::Medication(medication)) {
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
    let last = source.live().rev().find_map(|live| match &live.fact {
        Fact::TreatmentChange(change) if change.day <= day => Some(change),
        _ => None,
    });
    lines.extend(last.map(|change| format!("Last treatment change {}: {}", date(change.day), change.what)));
    lines.extend(advice(source).into_iter().map(|advice| format!("Advice: {advice}")));
    for live in source.set() {
        if let Fact::Task(task) = &live.fact
            && task.done.is_none()
        {
            lines.push(format!("To do by {}: {}", date(task.due), task.text));
        }
    }
    lines
}

/// Recommendations that wait for an answer or for being carried out, word for word.
pub(super) fn advice(source: &Source<'_>) -> Vec<String> {
    let open = |r: &Recommendation| {
        let answer = source.head(&crate::journal::Slot::Answer(r.recommendation));
        !matches!(
            answer,
            Some(Fact::Answer(Answer {
                answer: AnswerKind::Declined | AnswerKind::Done,
                ..
            }))
        )
    };
    let line = |fact: &Fact| match fact {
        Fact::Recommendation(r) if open(r) => {
            let by = r.by.map(|by| format!(", {}", source.name(by))).unwrap_or_default();
            Some(format!("{} ({}{by})", r.text, date(r.day)))
        }
        _ => None,
    };
    source.set().filter_map(|live| line(&live.fact)).collect()
}

/// What is said where no next contact was agreed.
pub(super) const NOT_AGREED: &str = "not agreed yet";

/// The next contact after a day, as agreed or booked; none is said so.
pub(super) fn next_contact(source: &Source<'_>, day: Day) -> String {
    let booked = source
        .sheet
        .appointments
        .iter()
        .find(|a| a.state == AppointmentState::Booked && day < a.day);
    if let Some(booked) = booked {
        return format!("{}, {}", source.when(booked.at), words(booked.mode));
    }
    let agreed = source.episode(day).and_then(|episode| episode.next_contact);
    let of_concerns = source.sheet.open_concerns().filter_map(|concern| concern.next_contact);
    let ahead = agreed.into_iter().chain(of_concerns).filter(|agreed| day < *agreed);
    match ahead.min() {
        Some(agreed) => agreed.date().format("%a %-d %b %Y").to_string(),
        None => NOT_AGREED.to_owned(),
    }
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
        Some(StatusLine::Closed(reason)) => format!("closed, {}", words(reason)),
    };
    match episode.status_since(day) {
        Some(since) => format!("{word} since {}", date(since)),
        None => word,
    }
}
