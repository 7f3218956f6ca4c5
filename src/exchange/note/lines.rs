//! One fact in a line or two.

use crate::care;
use crate::journal::Fact;
use crate::journal::facts::*;

use super::any::any_line;
use super::clinical::{check_words, medicine_name};
use super::source::{Source, date};
use super::words::{capital, list, words};

/// Whether a fact changes treatment or plan.
pub(super) fn is_change(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::TreatmentChange(_)
            | Fact::Medication(_)
            | Fact::MedicationCheck(_)
            | Fact::Diagnosis(_)
            | Fact::Condition(_)
            | Fact::DatedValue(_)
            | Fact::Goal(_)
            | Fact::PlanSection(_)
            | Fact::Barrier(_)
            | Fact::Consent(_)
            | Fact::InitiatingVisit(_)
            | Fact::OutgoingReferral(_)
            | Fact::Education(_)
    )
}

/// A change of treatment or plan.
pub(super) fn change_line(source: &Source<'_>, fact: &Fact) -> Option<String> {
    let change = match fact {
        Fact::TreatmentChange(t) => treatment(source, t),
        Fact::Medication(m) => match m.until {
            Some(until) => format!("Medication stopped {}: {}", date(until), m.name),
            None => {
                let from = m.from.map(|from| format!(", from {}", date(from)));
                format!("Medication: {}{}", care::medicine_words(m), from.unwrap_or_default())
            }
        },
        Fact::MedicationCheck(check) => {
            format!(
                "{}: {}",
                medicine_name(source, check.medication),
                check_words(source, check)
            )
        }
        Fact::Diagnosis(d) => {
            let provisional = if d.provisional { ", provisional" } else { "" };
            let label = d.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
            let until = d.until.map(|until| format!(" until {}", date(until)));
            format!(
                "Diagnosis: {}{label}{provisional}, from {}{}",
                d.code,
                date(d.from),
                until.unwrap_or_default()
            )
        }
        Fact::Goal(goal) => {
            let by = goal.by.map(|by| format!(" (by {})", date(by))).unwrap_or_default();
            format!("Goal, {}: {}{by}", words(goal.state), goal.text)
        }
        Fact::PlanSection(part) => format!("{}: {}", capital(&words(part.part)), part.text),
        Fact::Barrier(b) => {
            let overcome = b.overcome.map(|day| format!(" (overcome {})", date(day)));
            format!("Barrier, {}: {}{}", words(b.kind), b.text, overcome.unwrap_or_default())
        }
        Fact::Consent(consent) => consent_line(consent),
        Fact::InitiatingVisit(visit) => {
            let with = visit.practitioner.map(|who| format!(" with {}", source.name(who)));
            let code = visit.code.as_ref().map(|code| format!(", {code}"));
            format!(
                "Initiating visit {}{}{}",
                date(visit.day),
                with.unwrap_or_default(),
                code.unwrap_or_default()
            )
        }
        Fact::OutgoingReferral(r) => {
            format!("Referral to {}, {} {}: {}", r.to, words(r.state), date(r.day), r.what)
        }
        Fact::Education(e) => format!("Education for {}: {}", list(&e.to), e.topic),
        other => any_line(other),
    };
    Some(change)
}

fn treatment(source: &Source<'_>, t: &TreatmentChange) -> String {
    let mut said = format!("{}, {}: {}", capital(&words(t.kind)), date(t.day), t.what);
    if let Some(why) = &t.why {
        said.push_str(&format!(". Why: {}", why.trim_end_matches('.')));
    }
    for (what, who) in [("Proposed", t.proposed_by), ("Decided", t.decided_by)] {
        if let Some(who) = who {
            said.push_str(&format!(". {what} by {}", source.name(who)));
        }
    }
    said
}

fn consent_line(consent: &Consent) -> String {
    let programme = words(consent.programme);
    let day = date(consent.day);
    match &consent.answer {
        ConsentAnswer::Given { how, explained, .. } => {
            let explained = explained.as_ref().map(|text| format!(". Explained: {text}"));
            format!(
                "Consent to {programme} given {day}, {}{}",
                words(how),
                explained.unwrap_or_default()
            )
        }
        ConsentAnswer::Refused => format!("Consent to {programme} refused {day}"),
        ConsentAnswer::Withdrawn => format!("Consent to {programme} withdrawn {day}"),
    }
}

/// A fact of any kind; `None` for one that says nothing to a reader of a note.
pub(super) fn line(source: &Source<'_>, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::Unknown => "1 entry was written by a newer version and can't be told here".to_owned(),
        Fact::Declined(d) => format!(
            "{} not taken: {}",
            crate::instruments::title_of(&d.instrument),
            words(d.reason)
        ),
        Fact::Communication(m) => {
            let whom = m.person.map_or_else(|| words(m.to), |person| source.name(person));
            format!("Message to {whom} by {}: {}", words(m.by), m.text)
        }
        Fact::Contact(c) => {
            let note = c.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
            let did = match c.did.is_empty() {
                true => String::new(),
                false => format!(". {}", list(&c.did)),
            };
            format!("Contact, {}, with {}{did}{note}", words(c.mode), list(&c.with))
        }
        Fact::Attempt(a) => {
            let note = a.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
            format!("Tried by {}: {}{note}", words(a.by), words(a.outcome))
        }
        Fact::Note(note) => format!("Note: {}", note.text),
        Fact::Task(task) => {
            let done = task.done.map(|day| format!(", done {}", date(day))).unwrap_or_default();
            format!("Task by {}{done}: {}", date(task.due), task.text)
        }
        Fact::Appointment(a) => format!(
            "Appointment {}, {}: {}",
            source.when(a.at),
            words(a.mode),
            words(a.state).replace("no show", "did not come")
        ),
        Fact::CaseReview(r) => {
            let by = r.consultant.map(|who| format!(" with {}", source.name(who)));
            let note = r.note.as_ref().map(|note| format!(": {note}"));
            format!("Case review{}{}", by.unwrap_or_default(), note.unwrap_or_default())
        }
        Fact::Recommendation(r) => format!("Recommendation: {}", r.text),
        Fact::Answer(a) => {
            let note = a.note.as_ref().map(|note| format!(": {note}"));
            format!(
                "PCP's answer {}: {}{}",
                date(a.day),
                words(a.answer),
                note.unwrap_or_default()
            )
        }
        fact if is_change(fact) => return change_line(source, fact),
        other => any_line(other),
    })
}
