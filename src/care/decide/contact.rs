//! One contact or attempt: a single save makes the contact, the scores, the minutes and what comes next.

use super::once::entry_of;
use super::{Desk, safety};
use crate::care::intent::{ContactForm, Next, Reached, Refusal};
use crate::care::safety::was_acute;
use crate::flowsheet::{ConcernLine, Flowsheet, StatusLine};
use crate::journal::facts::{
    Appointment, AppointmentState, Attempt, Compared, ConcernStep, Contact, ContactPlan, Education, Mode, Planning,
    Status, StatusChange, Step, Talk, Time, With,
};
use crate::journal::{Day, Days, EntryId, EpisodeId, Fact, Slot, ThingId, When};

/// Writes what one form says.
pub(super) fn record(desk: &mut Desk<'_, '_, '_>, form: &ContactForm) -> Result<(), Refusal> {
    let entry = entry_of(desk, form)?;
    let (_, sheet) = desk.patient()?;
    let day = form.at.day(desk.hand.zone);
    let episode = sheet.episode_on(day).map(|e| e.episode);

    let booked = sheet
        .appointments
        .iter()
        .any(|a| a.day == day && a.state == AppointmentState::Booked);
    let (contact, mode, with_patient) = contact_or_attempt(desk, form, entry, booked)?;
    for taken in &form.measures {
        safety::assessment(desk, taken)?;
    }
    for declined in &form.declined {
        desk.add(declined.clone())?;
    }
    for (topic, to) in &form.education {
        desk.add(Education::about(form.at, topic.clone(), to.clone()))?;
    }
    minutes(desk, form, contact, mode)?;
    if with_patient {
        keep_appointment(desk, day)?;
    }
    begin_outreach(desk, day, episode)?;
    agree_on_next(desk, form, day, episode, with_patient)
}

fn contact_or_attempt(
    desk: &mut Desk<'_, '_, '_>,
    form: &ContactForm,
    entry: EntryId,
    booked: bool,
) -> Result<(EntryId, Option<Mode>, bool), Refusal> {
    let (mode, with_patient) = match &form.reached {
        Reached::Yes { mode, with, .. } => (Some(*mode), with.contains(&With::Patient)),
        Reached::No { .. } => (None, false),
    };
    Ok((desk.add_as(entry, said(form, booked))?, mode, with_patient))
}

/// The contact or attempt that a form says; one that keeps a booked appointment was planned.
pub(super) fn said(form: &ContactForm, booked: bool) -> Fact {
    let (at, note) = (form.at, form.note.clone());
    match &form.reached {
        Reached::Yes {
            mode,
            kind,
            with,
            did,
            inbound,
            language,
            talk,
        } => {
            let with_patient = with.contains(&With::Patient);
            // A contact that keeps an appointment was planned: nobody is asked for what is known.
            let known = (booked && with_patient).then_some(Planning::Planned);
            let talk = Talk {
                planned: talk.planned.or(known),
                ..talk.clone()
            };
            Fact::Contact(Contact {
                at,
                mode: *mode,
                kind: *kind,
                with: with.clone(),
                inbound: *inbound,
                did: did.clone(),
                language: language.clone(),
                note,
                talk,
            })
        }
        Reached::No {
            by,
            outcome,
            left,
            next,
        } => Fact::Attempt(Attempt {
            at,
            by: *by,
            outcome: *outcome,
            note,
            left: left.clone(),
            next: *next,
        }),
    }
}

fn minutes(
    desk: &mut Desk<'_, '_, '_>,
    form: &ContactForm,
    contact: EntryId,
    mode: Option<Mode>,
) -> Result<(), Refusal> {
    let Some(spent) = &form.time else {
        return Ok(());
    };
    let me = desk.hand.me;
    if spent.colleague == Some(me) {
        return Err(Refusal::Field(
            "Choose a colleague who shared the contact, not yourself".to_owned(),
        ));
    }
    let first = (spent.start.unwrap_or(form.at), spent.seconds);
    for (start, seconds) in [first].into_iter().chain(spent.rest.iter().copied()) {
        // Both names and one clock: the payer profile says whose minutes count, and no second counts twice.
        for by in [Some(me), spent.colleague].into_iter().flatten() {
            desk.add(Time {
                start,
                seconds,
                activity: spent.activity,
                bucket: spent.bucket,
                by,
                mode,
                clocked: spent.clocked,
                of: Some(contact),
                note: None,
                with: Vec::new(),
                beside: spent.beside.clone(),
                own: None,
            })?;
        }
    }
    Ok(())
}

/// A contact with the patient on the day of a booked appointment is that appointment.
fn keep_appointment(desk: &mut Desk<'_, '_, '_>, day: Day) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    let booked = sheet
        .appointments
        .iter()
        .find(|a| a.day == day && a.state == AppointmentState::Booked);
    let Some(line) = booked else { return Ok(()) };
    if let Some(Fact::Appointment(appointment)) = desk.head(&Slot::Appointment(line.appointment)) {
        desk.add(Appointment {
            state: AppointmentState::Kept,
            ..appointment.clone()
        })?;
    }
    Ok(())
}

/// The first try moves a referral to outreach.
pub(super) fn begin_outreach(desk: &mut Desk<'_, '_, '_>, day: Day, episode: Option<EpisodeId>) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    if let Some(episode) = episode
        && sheet.status_on(day) == Some(StatusLine::Referred)
        && sheet.status_on(desk.hand.today()) == Some(StatusLine::Referred)
    {
        desk.add(StatusChange {
            episode,
            status: Status::Outreach,
            from: day,
            why: None,
        })?;
    }
    Ok(())
}

fn agree_on_next(
    desk: &mut Desk<'_, '_, '_>,
    form: &ContactForm,
    day: Day,
    episode: Option<EpisodeId>,
    with_patient: bool,
) -> Result<(), Refusal> {
    let earlier = contact_plan(desk, episode);
    let every = earlier.as_ref().and_then(|p| p.every);
    let agreed = match &form.next {
        Next::Protocol => None,
        Next::On(next) => Some((*next, every)),
        Next::Every(days) => Some((day.plus(days.0.into()), Some(*days))),
        Next::Appointment { at, mode } => {
            let appointment = desk.hand.thing();
            let (at, mode, state) = (*at, *mode, AppointmentState::Booked);
            desk.add(Appointment {
                appointment,
                at,
                mode,
                purpose: None,
                state,
            })?;
            Some((at.day(desk.hand.zone), every))
        }
    };
    if let Some((next, _)) = agreed
        && next < day
    {
        return Err(Refusal::Field("Next contact lies before this one".to_owned()));
    }
    write_plan(desk, episode, agreed, earlier, day)?;
    // The day of another try is agreed with nobody: a concern waits for its contact as before.
    if let (Some((next, _)), Reached::Yes { .. }) = (agreed, &form.reached) {
        tell_concerns(desk, form.at, with_patient.then_some(day), next)?;
    }
    Ok(())
}

/// When the next contact of an episode is due, as agreed so far.
pub(super) fn contact_plan(desk: &Desk<'_, '_, '_>, episode: Option<EpisodeId>) -> Option<ContactPlan> {
    match desk.head(&Slot::ContactPlan(episode?)) {
        Some(Fact::ContactPlan(plan)) => Some(plan.clone()),
        _ => None,
    }
}

pub(super) fn write_plan(
    desk: &mut Desk<'_, '_, '_>,
    episode: Option<EpisodeId>,
    agreed: Option<(Day, Option<Days>)>,
    earlier: Option<ContactPlan>,
    day: Day,
) -> Result<(), Refusal> {
    let Some(episode) = episode else {
        return Ok(());
    };
    let plan = match (agreed, earlier) {
        (Some((next, every)), _) => ContactPlan {
            episode,
            next: Some(next),
            every,
        },
        // An agreement that this contact fulfils is over; its interval, if any, goes on.
        (None, Some(plan)) if plan.next.is_some_and(|next| next <= day) => ContactPlan { next: None, ..plan },
        (None, _) => return Ok(()),
    };
    desk.add(plan)?;
    Ok(())
}

/// The next contact agreed is the next contact of every open concern: it isn't asked twice. Not so a day that is late for
/// safety, which the concern's own form asks a reason for; and after an acute second step a day later than today is: that
/// form asks who keeps the patient safe until then. `met` is the day of the contact, if the patient took part.
fn tell_concerns(desk: &mut Desk<'_, '_, '_>, at: When, met: Option<Day>, on: Day) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    let later = desk.hand.today() < on;
    let last = last_met(desk, sheet, met);
    let asks = |c: &&ConcernLine| !(later && was_acute(sheet, c)) && is_in_time(desk, c, last, on);
    let mut open: Vec<_> = sheet.open_concerns().filter(asks).map(|c| c.concern).collect();
    let in_days = at.day(desk.hand.zone).plus(desk.view.limits.safety_contact_days.into());
    open.extend(
        desk.concerns
            .iter()
            .copied()
            .filter(|c| on <= in_days && !sheet.open_concerns().any(|o| o.concern == *c)),
    );
    for concern in open {
        desk.add(ConcernStep {
            concern,
            at,
            step: Step::NextContact { on },
            note: None,
        })?;
    }
    Ok(())
}

/// The last day on which the patient took part in a contact, the one that is saved now included.
fn last_met(desk: &Desk<'_, '_, '_>, sheet: &Flowsheet, met: Option<Day>) -> Option<Day> {
    let before = sheet.last_contact(desk.hand.today()).map(|c| c.day);
    before.max(met)
}

/// Whether a day can be the next contact of an open concern: it comes before the day that is agreed and still ahead, or,
/// where none is, no later than the protocol has it.
fn is_in_time(desk: &Desk<'_, '_, '_>, line: &ConcernLine, last: Option<Day>, on: Day) -> bool {
    let today = desk.hand.today();
    let ahead = |agreed: &Day| today <= *agreed && last.is_none_or(|last| last < *agreed);
    let agreed = line.next_contact.filter(ahead);
    if let Some(agreed) = agreed.filter(|_| !starts_again(desk, line.concern)) {
        return today <= on && on < agreed;
    }
    let decided = line.triaged.map(|when| when.day(desk.hand.zone));
    let since = Some(line.day).max(decided).max(last).unwrap_or(line.day);
    on <= since.plus(desk.view.limits.safety_contact_days.into())
}

/// Whether this save starts the steps of an open concern again, so that no day is agreed any more.
fn starts_again(desk: &Desk<'_, '_, '_>, concern: ThingId) -> bool {
    let mut written = false;
    for planned in &desk.entries {
        match &planned.draft.fact {
            Fact::ConcernStep(s) if s.concern == concern => {
                if let Step::Reassessed { compared, .. } = &s.step {
                    return *compared == Compared::Higher;
                }
            }
            Fact::Concern(c) => written |= c.concern == concern,
            _ => {}
        }
    }
    written
}
