//! Recording, correcting, voiding, moving, putting off, settling.

use super::{Desk, asked_now, check, closing, early, intake, outside, safety};
use crate::care::intent::Refusal;
use crate::care::privacy;
use crate::journal::facts::{
    ActivityState, AcuteKind, ChangeState, ClockKind, Corrected, EnteredInError, Medication, OutgoingReferral,
    PlannedActivity, ReviewRequest, Snooze, Task, TreatmentChange,
};
use crate::journal::{Day, EntryId, Fact, Live, Slot, When};

/// Facts of one patient, as they are. Measures are scored, and their safety items seen to.
pub(super) fn facts(desk: &mut Desk<'_, '_, '_>, facts: &[Fact]) -> Result<(), Refusal> {
    desk.patient()?;
    // A closing comes last: what the same save opens holds it up. A hand-over is of all that the save says before that.
    let mut sorted: Vec<&Fact> = facts.iter().collect();
    sorted.sort_by_key(|fact| (closing::is_closing(fact), matches!(fact, Fact::HandedOver(_))));
    for fact in sorted {
        intake::check_course(desk, fact)?;
        match fact {
            Fact::Assessment(taken) => {
                safety::assessment(desk, taken)?;
            }
            Fact::AreaAnswers(area) => {
                let before = asked_now::before(desk, area);
                desk.add(area.clone())?;
                asked_now::raise(desk, before.as_ref(), area)?;
            }
            // These answer an entry, close a concern or erase: each has an intent of its own.
            Fact::Corrected(_)
            | Fact::EnteredInError(_)
            | Fact::MovedHere(_)
            | Fact::Erased(_)
            | Fact::ConcernClosed(_)
            | Fact::CoSigned(_)
            | Fact::CloseAsked(_)
            | Fact::Unknown => return Err(Refusal::Nothing),
            Fact::AcuteEvent(event) => {
                desk.add(fact.clone())?;
                if !facts.iter().any(|other| matches!(other, Fact::ReviewRequest(_))) {
                    ask_for_review(desk, event.kind)?;
                }
            }
            Fact::Concern(concern) => {
                desk.concerns.push(concern.concern);
                desk.add(fact.clone())?;
            }
            Fact::ConcernStep(step) => {
                safety::step_in_time(desk, step, facts)?;
                desk.add(fact.clone())?;
            }
            Fact::StatusChange(change) => {
                closing::status(desk, change, facts)?;
            }
            Fact::Task(task) => {
                is_open(desk, task)?;
                desk.add(fact.clone())?;
            }
            Fact::PlannedActivity(activity) => {
                is_planned(desk, activity)?;
                desk.add(fact.clone())?;
            }
            Fact::Medication(medicine) => {
                is_made(desk, facts, medicine)?;
                desk.add(fact.clone())?;
            }
            Fact::OutgoingReferral(referral) => {
                in_order(desk, referral)?;
                desk.add(fact.clone())?;
            }
            other => {
                if closing::is_to_the_patient(other) && closing::has_died(desk) {
                    return Err(Refusal::Field("No message goes to a patient who died".to_owned()));
                }
                if let Fact::Communication(message) = other {
                    outside::check_told(desk, message)?;
                }
                desk.add(other.clone())?;
            }
        }
    }
    Ok(())
}

/// After an emergency visit, an admission, a discharge or an overdose the consultant looks at the patient; the contact
/// within two working days is a clock of its own. A death asks for neither.
fn ask_for_review(desk: &mut Desk<'_, '_, '_>, kind: AcuteKind) -> Result<(), Refusal> {
    let event = match kind {
        AcuteKind::EmergencyDepartment => "an emergency visit",
        AcuteKind::Admission => "an admission",
        AcuteKind::Discharge => "a discharge",
        AcuteKind::Overdose => "an overdose",
        AcuteKind::Death => return Ok(()),
    };
    desk.add(ReviewRequest {
        at: When::At(desk.hand.now),
        question: format!("After {event}: does the plan still hold?"),
        kind: None,
    })?;
    Ok(())
}

/// A task that was done or dropped is not done once more, and no form that was opened before makes it open again: what
/// comes after it would come twice.
fn is_open(desk: &Desk<'_, '_, '_>, task: &Task) -> Result<(), Refusal> {
    let (was, on) = match desk.head(&Slot::Task(task.task)) {
        Some(Fact::Task(Task { done: Some(on), .. })) => ("done", on),
        Some(Fact::Task(Task { dropped: Some(on), .. })) => ("dropped", on),
        _ => return Ok(()),
    };
    Err(Refusal::Field(format!("This task was {was} already, on {on}")))
}

/// An activity that was done or dropped stays so: no form that was opened before plans it again or says otherwise.
fn is_planned(desk: &Desk<'_, '_, '_>, activity: &PlannedActivity) -> Result<(), Refusal> {
    let (was, on) = match desk.head(&Slot::PlannedActivity(activity.activity)) {
        Some(Fact::PlannedActivity(head)) => match head.state {
            ActivityState::Planned => return Ok(()),
            ActivityState::Done { on, .. } => ("done", on),
            ActivityState::Dropped { on, .. } => ("dropped", on),
        },
        _ => return Ok(()),
    };
    Err(Refusal::Field(format!(
        "This activity was {was} already, on {on}. Plan it as a new one"
    )))
}

/// Only a treatment change that was accepted and made changes a medicine. The change may be of the same save.
fn is_made(desk: &Desk<'_, '_, '_>, facts: &[Fact], medicine: &Medication) -> Result<(), Refusal> {
    let Some(id) = medicine.change else { return Ok(()) };
    // A later version, such as a name that is put right, only keeps the link.
    if let Some(Fact::Medication(before)) = desk.head(&Slot::Medication(medicine.medication))
        && before.change == medicine.change
    {
        return Ok(());
    }
    let own = facts.iter().find_map(|fact| match fact {
        Fact::TreatmentChange(change) if change.change == Some(id) => Some(change),
        _ => None,
    });
    let change = own.or(match desk.head(&Slot::TreatmentChange(id)) {
        Some(Fact::TreatmentChange(change)) => Some(change),
        _ => None,
    });
    match change.map(TreatmentChange::stands) {
        Some(ChangeState::Made) => Ok(()),
        Some(ChangeState::Proposed | ChangeState::Declined) | None => Err(Refusal::Field(
            "Only a treatment change that was accepted and made changes the medication".to_owned(),
        )),
    }
}

/// A step of a referral out doesn't lie before the one that it follows.
fn in_order(desk: &Desk<'_, '_, '_>, referral: &OutgoingReferral) -> Result<(), Refusal> {
    match desk.head(&Slot::OutgoingReferral(referral.referral)) {
        Some(Fact::OutgoingReferral(before)) if referral.day < before.day => Err(Refusal::Field(format!(
            "The step lies before the one that it follows, of {}",
            before.day
        ))),
        _ => Ok(()),
    }
}

/// Facts of the registry's own chart.
pub(super) fn office(desk: &mut Desk<'_, '_, '_>, facts: &[Fact]) -> Result<(), Refusal> {
    for fact in facts {
        match fact {
            Fact::Person(_)
            | Fact::Clinic(_)
            | Fact::ProtocolChange(_)
            | Fact::PayerProfileChange(_)
            | Fact::DirectoryEntry(_)
            | Fact::Template(_)
            | Fact::MonthLock(_)
            | Fact::MonthPart(_)
            | Fact::ColumnMapping(_)
            | Fact::OwnInstrument(_)
            | Fact::MeasureSettings(_)
            | Fact::PatientMode(_)
            | Fact::EhrStart(_)
            | Fact::MinimumDoses(_)
            | Fact::SupervisionPoint(_)
            | Fact::SupervisionSession(_)
            | Fact::RecordAudit(_)
            | Fact::FeeSchedule(_)
            | Fact::PayerChoice(_) => desk.add(fact.clone())?,
            Fact::OwnActivity(own) => {
                super::activities::is_new_name(desk, own)?;
                desk.add(fact.clone())?
            }
            _ => return Err(Refusal::Nothing),
        };
    }
    Ok(())
}

pub(super) fn live<'v>(desk: &Desk<'v, '_, '_>, entry: EntryId) -> Result<&'v Live, Refusal> {
    // The registry's own chart has no flowsheet: a save of it is undone like any other.
    let folded = desk.folded().ok_or(Refusal::NoSuchChart)?;
    folded.live().iter().find(|l| l.id == entry).ok_or(Refusal::NoSuchEntry)
}

pub(super) fn json(fact: &Fact) -> Result<serde_json::Value, Refusal> {
    let text = fact
        .to_json()
        .map_err(|_error: serde_json::Error| Refusal::NoSuchEntry)?;
    serde_json::from_str(&text).map_err(|_error: serde_json::Error| Refusal::NoSuchEntry)
}

/// The original stays; its content is replaced. A corrected answer that is positive opens a concern; a corrected
/// answer never closes one.
pub(super) fn correct(
    desk: &mut Desk<'_, '_, '_>,
    entry: EntryId,
    fact: &Fact,
    reason: Option<&String>,
) -> Result<(), Refusal> {
    let original = live(desk, entry)?;
    if matches!(original.fact, Fact::CoSigned(_) | Fact::CloseAsked(_)) {
        return Err(Refusal::Field(
            "What was said of an entry isn\u{2019}t corrected: say it anew, or mark it as entered in error".to_owned(),
        ));
    }
    if original.fact.kind() != fact.kind() {
        return Err(Refusal::Field(
            "A correction of another kind is no correction".to_owned(),
        ));
    }
    let (_, sheet) = desk.patient()?;
    let fact = &super::activities::with_words(desk, fact.clone());
    check(fact, desk.hand.today(), sheet.who.birth, desk.hand.zone)?;
    let fact = &closing::corrected(desk, &original.fact, fact)?;
    intake::check_corrected(desk, original, fact)?;
    if let Fact::Communication(message) = fact {
        outside::check_told(desk, message)?;
    }
    if let (Fact::ConcernStep(before), Fact::ConcernStep(now)) = (&original.fact, fact) {
        safety::step_corrected(desk, before, now)?;
    }
    let (kind, content) = (fact.kind().to_owned(), json(fact)?);
    desk.add(Corrected {
        entry,
        kind,
        fact: content,
        reason: reason.cloned(),
    })?;
    if let (Fact::Assessment(before), Fact::Assessment(taken)) = (&original.fact, fact) {
        safety::corrected(desk, entry, before, taken)?;
    }
    if let (Fact::AreaAnswers(before), Fact::AreaAnswers(area)) = (&original.fact, fact) {
        asked_now::corrected(desk, before, area)?;
    }
    closing::still_holds(desk)
}

/// Entries that should not have been written, for undo and for mistakes. The concern that an answer or a crisis contact
/// opened stays, and says what happened.
pub(super) fn void(desk: &mut Desk<'_, '_, '_>, entries: &[EntryId], reason: &str) -> Result<(), Refusal> {
    intake::check_voided(desk, entries)?;
    let mut all_stay = !entries.is_empty();
    let mut void = Vec::new();
    for entry in entries {
        if early::stays(&live(desk, *entry)?.fact, entries, reason)? {
            continue;
        }
        all_stay = false;
        void.push(*entry);
        desk.add(EnteredInError {
            entry: *entry,
            reason: reason.to_owned(),
            moved_to: None,
        })?;
    }
    if all_stay {
        return Err(Refusal::Field(
            "A safety concern is closed by a named person and never undone. One whose answer was typed in error can be \
             closed as that, on its own page"
                .to_owned(),
        ));
    }
    marks_stay(desk, &void)?;
    early::taken_back(desk, entries, reason)?;
    closing::still_holds(desk)
}

/// What entries held back that are made void now stays held back.
pub(super) fn marks_stay(desk: &mut Desk<'_, '_, '_>, void: &[EntryId]) -> Result<(), Refusal> {
    let folded = desk.folded().ok_or(Refusal::NoSuchChart)?;
    for mark in privacy::marks_that_stay(folded, void) {
        desk.add(mark)?;
    }
    Ok(())
}

/// A worklist item is put off: never for safety, and only as far as the protocol allows.
pub(super) fn snooze(desk: &mut Desk<'_, '_, '_>, clock: ClockKind, until: Day, reason: &str) -> Result<(), Refusal> {
    desk.patient()?;
    let longest = match clock {
        ClockKind::Safety => return Err(Refusal::SafetyIsNeverSnoozed),
        ClockKind::Worsening | ClockKind::FirstContact => desk.view.limits.short_snooze,
        _ => desk.view.limits.long_snooze,
    };
    if until > longest {
        return Err(Refusal::SnoozedTooLong { longest });
    }
    desk.add(Snooze {
        clock,
        until,
        reason: reason.to_owned(),
    })?;
    Ok(())
}

/// One of two versions holds from now on: it is written again, in place of all of them.
pub(super) fn settle(desk: &mut Desk<'_, '_, '_>, keep: EntryId) -> Result<(), Refusal> {
    let kept = match desk.patient() {
        Ok(_) => live(desk, keep)?,
        Err(_) => desk
            .view
            .office
            .1
            .live()
            .iter()
            .find(|l| l.id == keep)
            .ok_or(Refusal::NoSuchEntry)?,
    };
    if desk.patient().is_ok() {
        closing::settled(desk, &kept.fact)?;
    }
    desk.add(kept.fact.clone())?;
    Ok(())
}
