//! Registering a patient, opening another episode, and what an episode must be.

use super::{Desk, Planned, check, safety};
use crate::care::episodes::{EpisodeProblem, EpisodeStep, check_episode};
use crate::care::intent::{NewPatient, NewReferral, Referrer, Refusal};
use crate::journal::facts::{Assessment, Assignment, Episode, Feedback, Person, Referral, Role, Status, StatusChange};
use crate::journal::{Day, Draft, EntryId, EpisodeId, Fact, Live, PersonId, Slot};

/// A new patient: registration, episode, referral with its scores, status, care manager, payer. A treating clinician who
/// was typed becomes one of the registry's people.
pub(super) fn register(desk: &mut Desk<'_, '_, '_>, patient: &NewPatient) -> Result<(), Refusal> {
    let mut registration = patient.registration.clone();
    let day = patient.referred.day(desk.hand.zone);
    if registration.given.trim().is_empty() {
        return Err(Refusal::Field("Given name is empty".to_owned()));
    }
    if registration.birth.is_some_and(|birth| birth > day) {
        return Err(Refusal::Field("Date of birth lies after the referral".to_owned()));
    }
    if let Some(name) = patient
        .new_clinician
        .as_ref()
        .filter(|_| registration.clinician.is_none())
    {
        registration.clinician = Some(new_clinician(desk, name)?);
    }
    let (birth, clinician) = (registration.birth, registration.clinician);
    desk.add(registration)?;
    let referral = NewReferral {
        at: patient.referred,
        referrer: patient.referrer.clone().or(clinician.map(Referrer::Known)),
        reason: patient.reason.clone(),
        warm: patient.warm,
        scores: patient.scores.clone(),
    };
    refer(desk, &referral, None, birth)?;
    if let Some(care_manager) = patient.care_manager {
        desk.add(Assignment {
            care_manager: Some(care_manager),
            from: day,
            why: None,
        })?;
    }
    if let Some(payer) = &patient.payer {
        desk.add(payer.clone())?;
    }
    Ok(())
}

/// A patient on file is referred again.
pub(super) fn open_episode(
    desk: &mut Desk<'_, '_, '_>,
    referral: &NewReferral,
    target: Option<&String>,
) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    let day = referral.at.day(desk.hand.zone);
    allow(desk, EpisodeStep::Open(day))?;
    let birth = sheet.who.birth;
    refer(desk, referral, target, birth)
}

/// The episode, its scores, the referral that names them, and where it stands.
fn refer(
    desk: &mut Desk<'_, '_, '_>,
    referral: &NewReferral,
    target: Option<&String>,
    birth: Option<Day>,
) -> Result<(), Refusal> {
    let episode = EpisodeId::from_random((desk.hand.random)());
    let opened = referral.at.day(desk.hand.zone);
    desk.add(Episode {
        episode,
        opened,
        target: target.cloned(),
    })?;
    let mut scores: Vec<EntryId> = Vec::new();
    for taken in &referral.scores {
        scores.push(score(desk, taken, birth)?);
    }
    let (by, from) = match &referral.referrer {
        Some(Referrer::Known(person)) => (Some(*person), None),
        Some(Referrer::Typed(name)) => (None, Some(name.clone())),
        None => (None, None),
    };
    desk.add(Referral {
        episode,
        at: referral.at,
        by,
        reason: referral.reason.clone(),
        warm: referral.warm,
        feedback: (by.is_some() || from.is_some()).then(Feedback::default),
        from,
        scores,
    })?;
    desk.add(StatusChange {
        episode,
        status: Status::Referred,
        from: opened,
        why: None,
    })?;
    Ok(())
}

/// A score that came with the referral. A positive safety item opens its concern, as any other.
fn score(desk: &mut Desk<'_, '_, '_>, taken: &Assessment, birth: Option<Day>) -> Result<EntryId, Refusal> {
    check(&Fact::from(taken.clone()), desk.hand.today(), birth, desk.hand.zone)?;
    safety::assessment(desk, taken)
}

fn new_clinician(desk: &mut Desk<'_, '_, '_>, name: &str) -> Result<PersonId, Refusal> {
    let person = PersonId::from_random((desk.hand.random)());
    let fact = Fact::from(Person {
        person,
        name: name.trim().to_owned(),
        role: Role::Clinician,
        credential: None,
        npi: None,
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    });
    check(&fact, desk.hand.today(), None, desk.hand.zone)?;
    let id = desk.entry();
    let draft = Draft::new(desk.view.office.0, fact);
    desk.entries.push(Planned { id, draft });
    Ok(person)
}

/// Whether what is recorded of an episode can be: never two open ones, none before birth, none that ends before it
/// starts, none in another.
pub(super) fn check_course(desk: &Desk<'_, '_, '_>, fact: &Fact) -> Result<(), Refusal> {
    let Some((id, step)) = step(desk, fact) else {
        return Ok(());
    };
    let is_opened_by_it = match step {
        EpisodeStep::Open(_) => true,
        EpisodeStep::Continue(..) => !is_open(desk, id),
        EpisodeStep::Opened(..) | EpisodeStep::Was(..) | EpisodeStep::Close(..) => false,
    };
    if is_opened_by_it && let Some(since) = opened_by_this_save(desk, id) {
        return Err(Refusal::Field(EpisodeProblem::AlreadyOpen { since }.to_string()));
    }
    allow(desk, step)
}

/// The same for what a correction makes of it. A status of the past, which another one replaced, may be put right whatever
/// is open today.
pub(super) fn check_corrected(desk: &Desk<'_, '_, '_>, original: &Live, fact: &Fact) -> Result<(), Refusal> {
    let heads = |slot: &Slot| desk.folded().map(|folded| folded.heads(slot)).unwrap_or_default();
    let is_past = original.fact.slot() == fact.slot()
        && fact
            .slot()
            .is_some_and(|slot| heads(&slot).iter().all(|head| head.id != original.id));
    match step(desk, fact) {
        Some((_, EpisodeStep::Continue(id, day))) if is_past => allow(desk, EpisodeStep::Was(id, day)),
        Some((_, step)) => allow(desk, step),
        None => Ok(()),
    }
}

/// The same for what is left when these entries were written in error: an episode without its closing is open again.
pub(super) fn check_voided(desk: &Desk<'_, '_, '_>, entries: &[EntryId]) -> Result<(), Refusal> {
    let live = || desk.folded().into_iter().flat_map(|folded| folded.live());
    let is_closed = |change: &StatusChange| matches!(change.status, Status::Closed { .. });
    for entry in live().filter(|live| entries.contains(&live.id)) {
        let Fact::StatusChange(closing) = &entry.fact else {
            continue;
        };
        let mut left = live().filter(|live| !entries.contains(&live.id) && live.fact.slot() == entry.fact.slot());
        let opens = match left.next_back().map(|live| &live.fact) {
            Some(Fact::StatusChange(before)) => is_closed(closing) && !is_closed(before),
            _ => false,
        };
        if opens {
            allow(desk, EpisodeStep::Continue(closing.episode, closing.from))?;
        }
    }
    Ok(())
}

/// What a fact does to which episode.
fn step(desk: &Desk<'_, '_, '_>, fact: &Fact) -> Option<(EpisodeId, EpisodeStep)> {
    let (id, day) = match fact {
        Fact::Episode(e) => (e.episode, e.opened),
        Fact::Referral(r) => (r.episode, r.at.day(desk.hand.zone)),
        Fact::StatusChange(change) => (change.episode, change.from),
        _ => return None,
    };
    // The episode that the same save opens was looked at with its own fact, but for the days of the others.
    let is_here = is_known(desk, id) || is_new(desk, id);
    let step = match fact {
        _ if !is_here => EpisodeStep::Open(day),
        Fact::Episode(_) => EpisodeStep::Opened(id, day),
        Fact::StatusChange(change) => match change.status {
            Status::Closed { .. } => EpisodeStep::Close(id, day),
            _ => EpisodeStep::Continue(id, day),
        },
        _ => EpisodeStep::Was(id, day),
    };
    Some((id, step))
}

/// Since when another episode is open that this save opens, or opens again.
fn opened_by_this_save(desk: &Desk<'_, '_, '_>, but: EpisodeId) -> Option<Day> {
    desk.entries.iter().find_map(|planned| match &planned.draft.fact {
        Fact::Episode(e) if e.episode != but && !is_known(desk, e.episode) => Some(e.opened),
        Fact::StatusChange(StatusChange {
            status: Status::Closed { .. },
            ..
        }) => None,
        Fact::StatusChange(change) if change.episode != but && !is_open(desk, change.episode) => Some(change.from),
        _ => None,
    })
}

/// Whether an episode was open before this save.
fn is_open(desk: &Desk<'_, '_, '_>, id: EpisodeId) -> bool {
    let sheet = desk.view.chart.map(|(_, sheet)| sheet);
    sheet.is_some_and(|sheet| sheet.episodes.iter().any(|e| e.episode == id && e.closed().is_none()))
}

fn is_known(desk: &Desk<'_, '_, '_>, id: EpisodeId) -> bool {
    let sheet = desk.view.chart.map(|(_, sheet)| sheet);
    sheet.is_some_and(|sheet| sheet.episodes.iter().any(|e| e.episode == id))
}

fn is_new(desk: &Desk<'_, '_, '_>, id: EpisodeId) -> bool {
    let mut entries = desk.entries.iter();
    entries.any(|p| matches!(&p.draft.fact, Fact::Episode(e) if e.episode == id))
}

fn allow(desk: &Desk<'_, '_, '_>, step: EpisodeStep) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    check_episode(sheet, step, desk.hand.today()).map_err(|problem| Refusal::Field(problem.to_string()))
}
