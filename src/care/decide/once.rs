//! A form that is sent again after a save of which nobody heard: it is saved once.

use super::Desk;
use super::contact::said;
use crate::care::intent::{ContactForm, Next, Refusal, TimeSpent};
use crate::journal::facts::{Because, Clocked};
use crate::journal::{Digest, EntryId, Fact, Folded, Slot, ThingId};

/// The id that a form's contact is written under.
///
/// # Errors
/// That it is in the record: the same, or with another content.
pub(super) fn entry_of(desk: &mut Desk<'_, '_, '_>, form: &ContactForm) -> Result<EntryId, Refusal> {
    let Some(entry) = form.entry else {
        return Ok(desk.entry());
    };
    let (folded, _) = desk.patient()?;
    let entry = standing(folded, entry, again);
    if let Some(live) = folded.live().iter().find(|live| live.id == entry) {
        return Err(match is_saved(desk, folded, form, entry, &live.fact) {
            true => Refusal::SavedBefore {
                concerns: concerns_of(desk, folded, form),
                timed: timed(folded, entry),
            },
            false => Refusal::SavedOtherwise,
        });
    }
    desk.saved = entry.saved_at();
    Ok(entry)
}

/// The id itself, or, where what was written under it was made void, another that is always the same.
pub(super) fn standing(folded: &Folded, entry: EntryId, again: impl Fn(EntryId) -> EntryId) -> EntryId {
    let mut entry = entry;
    while folded.voided_by(entry).is_some() {
        entry = again(entry);
    }
    entry
}

/// A contact's next id.
fn again(entry: EntryId) -> EntryId {
    EntryId::from_time(
        entry.saved_at().unwrap_or_default(),
        hashed(b"caseload contact again", entry),
    )
}

/// The first bytes of a hash of an id, for another id.
pub(super) fn hashed<const N: usize>(what_for: &[u8], entry: EntryId) -> [u8; N] {
    let digest = Digest::of(&[what_for, entry.bytes()].concat());
    let mut bytes = [0; N];
    bytes
        .iter_mut()
        .zip(digest.bytes())
        .for_each(|(byte, from)| *byte = *from);
    bytes
}

/// Whether everything that a form says is in the record.
fn is_saved(desk: &Desk<'_, '_, '_>, folded: &Folded, form: &ContactForm, entry: EntryId, contact: &Fact) -> bool {
    // The first save may have kept the appointment that made the contact a planned one.
    let is_said = [false, true].into_iter().any(|booked| said(form, booked) == *contact);
    let holds = |fact: &Fact| folded.live().iter().any(|live| live.fact == *fact);
    let measures = form
        .measures
        .iter()
        .all(|taken| holds(&Fact::Assessment(taken.clone())));
    let declined = form
        .declined
        .iter()
        .all(|declined| holds(&Fact::Declined(declined.clone())));
    let education = form.education.iter().all(|(topic, to)| {
        let mut live = folded.live().iter();
        live.any(|live| matches!(&live.fact, Fact::Education(e) if e.at == form.at && e.topic == *topic && e.to == *to))
    });
    let minutes = form.time.as_ref().is_none_or(|time| is_spent(folded, time, entry));
    is_said && measures && declined && education && minutes && is_agreed(desk, folded, form)
}

/// The open concerns that the form's answers opened or joined.
fn concerns_of(desk: &Desk<'_, '_, '_>, folded: &Folded, form: &ContactForm) -> Vec<ThingId> {
    let is_measure = |fact: &Fact| matches!(fact, Fact::Assessment(taken) if form.measures.contains(taken));
    let measures = folded.live().iter().filter(|live| is_measure(&live.fact));
    let measures: Vec<EntryId> = measures.map(|live| live.id).collect();
    let is_cause = |fact: &Fact, concern: ThingId| match fact {
        Fact::Concern(c) if c.concern == concern => {
            matches!(&c.because, Because::Answer { assessment, .. } if measures.contains(assessment))
        }
        _ => false,
    };
    let open = desk.patient().ok().map(|(_, sheet)| sheet.open_concerns());
    let open = open.into_iter().flatten().map(|line| line.concern);
    open.filter(|concern| folded.live().iter().any(|live| is_cause(&live.fact, *concern)))
        .collect()
}

/// When the contact's minutes were written.
fn timed(folded: &Folded, contact: EntryId) -> Option<u64> {
    let is_its = |fact: &Fact| matches!(fact, Fact::Time(time) if time.of == Some(contact));
    let its = folded.live().iter().filter(|live| is_its(&live.fact));
    its.map(|live| live.stamp.millis()).max()
}

/// Whether these minutes are the contact's. A timer was stopped by the first save, or went on: what it says is not compared.
fn is_spent(folded: &Folded, time: &TimeSpent, contact: EntryId) -> bool {
    folded.live().iter().any(|live| match &live.fact {
        Fact::Time(t) => {
            let same = t.seconds == time.seconds || time.clocked == Clocked::Timer && t.clocked == Clocked::Timer;
            t.of == Some(contact) && same && t.activity == time.activity && t.bucket == time.bucket
        }
        _ => false,
    })
}

fn is_agreed(desk: &Desk<'_, '_, '_>, folded: &Folded, form: &ContactForm) -> bool {
    let day = form.at.day(desk.hand.zone);
    let episode = desk
        .patient()
        .ok()
        .and_then(|(_, sheet)| sheet.episode_on(day))
        .map(|line| line.episode);
    let plan = episode.and_then(|episode| folded.head(&Slot::ContactPlan(episode)));
    let plan = plan.and_then(|live| match &live.fact {
        Fact::ContactPlan(plan) => Some(plan),
        _ => None,
    });
    match &form.next {
        Next::Protocol => true,
        Next::On(next) => episode.is_none() || plan.is_some_and(|plan| plan.next == Some(*next)),
        Next::Every(days) => episode.is_none() || plan.is_some_and(|plan| plan.every == Some(*days)),
        Next::Appointment { at, mode } => folded
            .live()
            .iter()
            .any(|live| matches!(&live.fact, Fact::Appointment(a) if a.at == *at && a.mode == *mode)),
    }
}
