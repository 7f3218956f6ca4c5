//! Registering a patient, opening another episode, and what an episode must be.

use super::{Desk, Planned, check, safety};
use crate::care::episodes::{EpisodeStep, check_episode};
use crate::care::intent::{NewPatient, NewReferral, Referrer, Refusal};
use crate::journal::facts::{Assessment, Assignment, Episode, Person, Referral, Role, Status, StatusChange};
use crate::journal::{Day, Draft, EntryId, EpisodeId, Fact, PersonId};

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
    let id = desk.hand.entry();
    let draft = Draft::new(desk.view.office.0, fact);
    desk.entries.push(Planned { id, draft });
    Ok(person)
}

/// Whether what is recorded of an episode can be: never two open ones, none before birth, none that ends before it
/// starts.
pub(super) fn check_course(desk: &Desk<'_, '_, '_>, fact: &Fact) -> Result<(), Refusal> {
    match fact {
        Fact::Episode(e) if is_known(desk, e.episode) => allow(desk, EpisodeStep::Opened(e.episode, e.opened)),
        Fact::Episode(e) => allow(desk, EpisodeStep::Open(e.opened)),
        // The episode that the same save opens was looked at with its own fact.
        Fact::StatusChange(change) if is_new(desk, change.episode) => Ok(()),
        Fact::StatusChange(change) if !is_known(desk, change.episode) => allow(desk, EpisodeStep::Open(change.from)),
        Fact::StatusChange(change) => match change.status {
            Status::Closed { .. } => allow(desk, EpisodeStep::Close(change.episode, change.from)),
            _ => allow(desk, EpisodeStep::Continue(change.episode, change.from)),
        },
        _ => Ok(()),
    }
}

/// The same for what a correction makes of it. A status of the past may be put right whatever is open today.
pub(super) fn check_corrected(desk: &Desk<'_, '_, '_>, fact: &Fact) -> Result<(), Refusal> {
    match fact {
        Fact::Episode(e) => allow(desk, EpisodeStep::Opened(e.episode, e.opened)),
        Fact::StatusChange(StatusChange {
            episode,
            status: Status::Closed { .. },
            from,
            ..
        }) => allow(desk, EpisodeStep::Close(*episode, *from)),
        _ => Ok(()),
    }
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
