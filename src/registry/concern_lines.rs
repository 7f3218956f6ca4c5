//! What was done about a concern, one line each.

use std::collections::BTreeMap;

use super::views::day_words;
use crate::journal::facts::*;
use crate::journal::{When, Zone};

/// A step in a line.
pub(super) fn step_line(s: &ConcernStep, zone: Zone) -> String {
    match &s.step {
        Step::SecondStep { outcome, .. } => format!("Second step: {outcome}"),
        Step::Told { who, how, name } => match name {
            Some(name) => format!("Told {} ({}): {how}", name, audience_word(*who)),
            None => format!("Told {}: {how}", audience_word(*who)),
        },
        Step::NextContact { on } => format!("Next contact agreed for {}", day_words(*on)),
        Step::Reassessed { value, compared, .. } => again_line(&value.to_string(), *compared),
        Step::Triaged { decision } => decision.clone(),
        Step::Action { what } => what.clone(),
        Step::Reported { to, on, by, reference } => {
            let reference = reference.as_ref().map(|number| format!(", number {number}"));
            let on = when_words(*on, zone);
            format!(
                "Reported to {} {on}: {by}{}",
                report_word(*to),
                reference.unwrap_or_default()
            )
        }
        Step::NoReport { why } => format!("No report is due: {why}"),
        Step::Checked { answers, outcome } => checked_line(answers, outcome),
        Step::Disposition { to, note } => {
            let note = note.as_ref().map(|note| format!(": {note}"));
            format!("Led to: {}{}", disposition_word(*to), note.unwrap_or_default())
        }
    }
}

/// An answer that came again while the concern was open.
pub(super) fn again_line(answer: &str, compared: Compared) -> String {
    let word = match compared {
        Compared::Lower => "lower than before; the concern stays open",
        Compared::Same => "the same as before",
        Compared::Higher => "higher than before; the steps start again",
    };
    format!("Answered again: {answer}, {word}")
}

/// A score that reached the alarm line of its measure again. Which way is worse is the measure's own.
pub(super) fn score_again_line(title: &str, total: u16, compared: Compared) -> String {
    let word = match compared {
        Compared::Lower => "better than before; the concern stays open",
        Compared::Same => "the same as before",
        Compared::Higher => "worse than before; the steps start again",
    };
    format!("{title} reached its alarm line again: a total of {total}, {word}")
}

/// What was done, and why that was enough.
pub(super) fn closing_words(closed: &ConcernClosed) -> String {
    match &closed.reason {
        Some(reason) => format!("{}. Why: {reason}", closed.action.trim_end_matches('.')),
        None => closed.action.clone(),
    }
}

/// The answers that were given, a yes and a no each with its question, then what they showed.
fn checked_line(answers: &BTreeMap<String, Found>, outcome: &str) -> String {
    let word = |found: &Found| match found {
        Found::Yes => "yes",
        Found::No => "no",
        Found::NotKnown => "not known",
    };
    let asked = answers
        .iter()
        .map(|(question, found)| format!("{} {}", question.replace('_', " "), word(found)));
    let said = (!outcome.is_empty()).then(|| outcome.to_owned());
    let parts: Vec<String> = asked.chain(said).collect();
    format!("Asked: {}", parts.join("; "))
}

fn when_words(when: When, zone: Zone) -> String {
    match when {
        When::At(at) => format!("{} {}", day_words(zone.day(at)), zone.local(at).format("%H:%M")),
        When::Day(day) => day_words(day),
    }
}

/// To whom a report or a warning went, in words.
fn report_word(to: ReportTo) -> &'static str {
    match to {
        ReportTo::ChildProtection => "child protective services",
        ReportTo::AdultProtection => "adult protective services",
        ReportTo::Police => "the police",
        ReportTo::PersonAtRisk => "the person who is threatened",
        ReportTo::OtherAgency => "another agency",
    }
}

/// Where a crisis contact led, in words.
fn disposition_word(to: Disposition) -> &'static str {
    match to {
        Disposition::Lifeline => "handed over to 988",
        Disposition::EmergencyDepartment => "emergency department or 911",
        Disposition::WelfareCheck => "welfare check",
        Disposition::MobileTeam => "mobile crisis team",
        Disposition::StaysWithPlan => "stays with the safety plan and somebody beside them",
        Disposition::Other => "something else",
    }
}

/// To whom a message went, in words: of the care team by name.
pub(super) fn told_whom(message: &Communication) -> String {
    match (&message.name, message.to) {
        (Some(name), Audience::CareTeam) => format!("{name} (care team)"),
        (_, to) => audience_word(to).to_owned(),
    }
}

/// Who was told, in words.
pub(super) fn audience_word(who: Audience) -> &'static str {
    match who {
        Audience::Clinician => "the treating clinician",
        Audience::Consultant => "the psychiatric consultant",
        Audience::Patient => "the patient",
        Audience::Family => "family",
        Audience::Agency => "another agency",
        Audience::CareTeam => "care team",
    }
}

/// An acute event, in words.
pub(super) fn acute_word(kind: AcuteKind) -> &'static str {
    match kind {
        AcuteKind::EmergencyDepartment => "Emergency department",
        AcuteKind::Admission => "Admission",
        AcuteKind::Discharge => "Discharge",
        AcuteKind::Overdose => "Overdose",
        AcuteKind::Death => "Death",
    }
}
