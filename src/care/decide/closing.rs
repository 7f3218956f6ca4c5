//! The end of an episode: refused while something is open that nobody named looks after, and written with what the
//! scores came to. Every way to write a closing comes through here.

use std::collections::BTreeSet;

use super::Desk;
use crate::care::intent::Refusal;
use crate::care::{holds_up, needs_agreement, outcomes_on};
use crate::journal::facts::{Audience, CloseReason, Closure, Status, StatusChange};
use crate::journal::{Day, EntryId, Fact, Slot, ThingId};

/// Sets a status that belongs to a save of several facts. A closing is looked at first.
pub(super) fn status(desk: &mut Desk<'_, '_, '_>, change: &StatusChange, all: &[Fact]) -> Result<EntryId, Refusal> {
    let change = match &change.status {
        Status::Closed { .. } => closing(desk, change, all)?,
        _ => change.clone(),
    };
    desk.add(change)
}

/// A closing with what it needs, or why it can't be.
fn closing(desk: &Desk<'_, '_, '_>, change: &StatusChange, all: &[Fact]) -> Result<StatusChange, Refusal> {
    let Status::Closed { reason, note, closure } = &change.status else {
        return Ok(change.clone());
    };
    let mut closure = closure.clone().unwrap_or_default();
    last_day(desk, change)?;
    if *reason == CloseReason::Other && note.as_ref().is_none_or(|note| note.trim().is_empty()) {
        return Err(Refusal::Field("Say in the note why the episode is closed".to_owned()));
    }
    if *reason == CloseReason::Died && all.iter().any(is_to_the_patient) {
        return Err(Refusal::Field("No message goes to a patient who died".to_owned()));
    }
    let mut missing = Vec::new();
    if !is_closed(desk, change) {
        missing = open_still(desk, all)?;
    }
    let (_, sheet) = desk.patient()?;
    if let Some(risk) = needs_agreement(sheet, *reason) {
        match &closure.agreement {
            Some(agreed) if desk.hand.today() < agreed.day => {
                return Err(Refusal::Field(
                    "The PCP\u{2019}s agreement lies in the future".to_owned(),
                ));
            }
            Some(_) => {}
            None => missing.push(format!(
                "the PCP\u{2019}s recorded agreement: the patient could not be reached, and {}",
                risk.words()
            )),
        }
    }
    if !missing.is_empty() {
        let missing = missing.join("; ");
        return Err(Refusal::EpisodeNotReady { missing });
    }
    let episode = sheet.episodes.iter().find(|e| e.episode == change.episode);
    closure.outcomes = episode.map_or_else(Vec::new, |e| outcomes_on(sheet, e, change.from));
    let (reason, note) = (*reason, note.clone());
    let closure = (*closure != Closure::default()).then_some(closure);
    Ok(StatusChange {
        status: Status::Closed { reason, note, closure },
        ..change.clone()
    })
}

/// Concerns, recommendations and referrals that nobody named looks after, those of this save included.
fn open_still(desk: &Desk<'_, '_, '_>, all: &[Fact]) -> Result<Vec<String>, Refusal> {
    let (_, sheet) = desk.patient()?;
    let handing: BTreeSet<ThingId> = all
        .iter()
        .filter_map(|fact| match fact {
            Fact::HandedOver(handed) => Some(handed.about),
            _ => None,
        })
        .collect();
    let mut open = holds_up(sheet, &handing, desk.hand.zone);
    let known = |concern: &ThingId| sheet.open_concerns().any(|line| line.concern == *concern);
    let opened = desk.concerns.iter().filter(|c| !known(c) && !handing.contains(c));
    open.extend(opened.map(|_| "the safety concern that this save opens".to_owned()));
    Ok(open)
}

/// The last day lies in the episode, and not in the future.
fn last_day(desk: &Desk<'_, '_, '_>, change: &StatusChange) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    if desk.hand.today() < change.from {
        return Err(Refusal::Field("The last day lies in the future".to_owned()));
    }
    let Some(episode) = sheet.episodes.iter().find(|e| e.episode == change.episode) else {
        return Err(Refusal::Field("There is no episode to be closed".to_owned()));
    };
    let on = |day: Day| day.date().format("%-d %b %Y").to_string();
    if change.from < episode.opened {
        return Err(Refusal::Field(format!(
            "The last day lies before the episode opened ({})",
            on(episode.opened)
        )));
    }
    // What is written later holds from its day on: a closing that is dated before a status wouldn't close.
    let later = episode
        .statuses
        .iter()
        .rev()
        .find(|(day, s)| change.from < *day && s.is_open());
    match later {
        Some((day, _)) => Err(Refusal::Field(format!(
            "The last day lies before {}, when the status was set",
            on(*day)
        ))),
        None => Ok(()),
    }
}

/// Whether the episode is closed already: its reason or its day is written anew.
fn is_closed(desk: &Desk<'_, '_, '_>, change: &StatusChange) -> bool {
    let head = desk.head(&Slot::Status(change.episode));
    matches!(head, Some(Fact::StatusChange(now)) if matches!(now.status, Status::Closed { .. }))
}

/// A corrected status that is a closing now goes through the same checks, unless it was one before.
pub(super) fn corrected(desk: &Desk<'_, '_, '_>, before: &Fact, now: &Fact) -> Result<(), Refusal> {
    match (before, now) {
        (Fact::StatusChange(_), Fact::StatusChange(change)) => closing(desk, change, &[]).map(|_| ()),
        _ => Ok(()),
    }
}

/// One of two versions that is a closing is chosen.
pub(super) fn settled(desk: &Desk<'_, '_, '_>, kept: &Fact) -> Result<(), Refusal> {
    if !is_closing(kept) {
        return Ok(());
    }
    let open = open_still(desk, &[])?;
    match open.is_empty() {
        true => Ok(()),
        false => Err(Refusal::EpisodeNotReady {
            missing: open.join("; "),
        }),
    }
}

/// Whether a fact closes an episode.
pub(super) fn is_closing(fact: &Fact) -> bool {
    matches!(fact, Fact::StatusChange(change) if matches!(change.status, Status::Closed { .. }))
}

/// A message to the patient.
pub(super) fn is_to_the_patient(fact: &Fact) -> bool {
    matches!(fact, Fact::Communication(message) if message.to == Audience::Patient)
}

/// Whether the episode was closed because the patient died.
pub(super) fn has_died(desk: &Desk<'_, '_, '_>) -> bool {
    let today = desk.hand.today();
    let status = desk.patient().ok().and_then(|(_, sheet)| sheet.status_on(today));
    status == Some(crate::flowsheet::StatusLine::Closed(CloseReason::Died))
}
