//! A contact, and measures taken outside of one.

use crate::flowsheet::EhrItem;
use crate::journal::facts::*;
use crate::journal::{EntryId, Fact};

use super::any::others;
use super::initial::SECTIONS;
use super::lines::{change_line, is_change, line};
use super::source::Source;
use super::template::Fields;
use super::words::{capital, list, words};
use super::{Told, safety, scores};

/// What is said where no minutes were.
pub(super) const NOT_RECORDED: &str = "not recorded";

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, item: &EhrItem, told: &Told<'_>) {
    let taken: Vec<EntryId> = told
        .entries
        .iter()
        .filter(|live| matches!(live.fact, Fact::Assessment(_)))
        .map(|live| live.id)
        .collect();
    fields.all("scores", scores::of_entries(source, &taken, item.day));
    fields.all("safety", safety::of_contact(source, &taken, item.day));
    let is_initial = item.kind == NoteKind::InitialAssessment;
    for live in &told.entries {
        match &live.fact {
            Fact::Contact(contact) => talk(fields, source, contact),
            Fact::Attempt(attempt) => {
                fields.set("mode", words(attempt.by));
                fields.maybe("note", attempt.note.clone());
                rest(fields, attempt);
            }
            Fact::Time(time) => fields.lines("minutes").push(minutes(time)),
            // Told by their scores.
            Fact::Assessment(_) => {}
            // Told as a section of the assessment.
            Fact::PlanSection(part) if is_initial && SECTIONS.contains(&part.part) => {}
            Fact::AreaAnswers(_) if is_initial => {}
            fact if is_change(fact) => fields.lines("changes").extend(change_line(source, fact)),
            fact => fields.lines("also").extend(line(source, fact)),
        }
    }
    if let Some(next) = agreed_then(source, item) {
        fields.set("next contact", next);
    }
    if fields.lines("minutes").is_empty() {
        fields.set("minutes", NOT_RECORDED);
    }
}

/// The next contact as it was agreed in this one, whatever was agreed since.
fn agreed_then(source: &Source<'_>, item: &EhrItem) -> Option<String> {
    let saved = item.anchor.saved_at()?;
    let with_it = source
        .live()
        .filter(|live| live.author == item.by && live.id.saved_at() == Some(saved));
    let mut agreed = None;
    for live in with_it {
        match &live.fact {
            Fact::Appointment(booked) if item.day < source.day(booked.at) => {
                return Some(format!("{}, {}", source.when(booked.at), words(booked.mode)));
            }
            Fact::ContactPlan(plan) => agreed = plan.next,
            _ => {}
        }
    }
    agreed.map(|day| source.when(crate::journal::When::Day(day)))
}

fn talk(fields: &mut Fields, source: &Source<'_>, contact: &Contact) {
    fields.set("when", source.when(contact.at));
    let kind = capital(&words(contact.kind));
    let from = if contact.inbound {
        ", the patient reached out"
    } else {
        ""
    };
    fields.set(
        "mode",
        format!("{}; {}{from}", words(contact.mode), kind.to_lowercase()),
    );
    let without = match contact.with.contains(&With::Patient) {
        true => "",
        false => " (without the patient)",
    };
    fields.set("who", format!("{}{without}", list(&contact.with)));
    if !contact.did.is_empty() {
        fields.set("interventions", list(&contact.did));
    }
    fields.maybe("note", contact.note.clone());
    if let Some(language) = &contact.language {
        fields.add("also", format!("Language: {language}"));
    }
    rest(fields, contact);
}

/// What else a contact or a try holds is told by its own names.
fn rest(fields: &mut Fields, part: &impl serde::Serialize) {
    const TOLD: [&str; 10] = [
        "at", "mode", "kind", "with", "inbound", "did", "language", "note", "by", "outcome",
    ];
    fields.lines("also").extend(others(part, &TOLD));
}

/// `22 (follow-up contact)`.
pub(super) fn minutes(time: &Time) -> String {
    let note = time.note.as_ref().map(|note| format!("; {note}"));
    let with: Vec<String> = time.with.iter().map(|with| words(*with)).collect();
    let with = (!with.is_empty()).then(|| format!("; with {}", with.join(", ")));
    let beside = time
        .beside
        .as_ref()
        .map(|why| format!("; kept beside other time: {why}"));
    let more: String = [with, note, beside].into_iter().flatten().collect();
    let activity = match &time.own {
        // The name of that day: what is copied into another record doesn't change with a name.
        Some(own) => own.name.clone(),
        None => words(time.activity),
    };
    format!("{} ({activity}){more}", time.seconds.whole_minutes())
}
