//! A crisis contact: one save makes the contact, its second step, the concern that it opens or joins, what was done, the
//! next contact and the minutes. Nothing is required: what was not written down is not made up.

use std::collections::BTreeMap;

use super::{Desk, contact, safety};
use crate::care::concern_kind::{FirstStep, kind_rule};
use crate::care::intent::{CrisisForm, Refusal};
use crate::journal::facts::{
    Activity, Because, Concern, ConcernStep, Contact, ContactKind, Level, Step, Talk, Time, With,
};
use crate::journal::{ChartId, EntryId, Fact, Folded, Live, ThingId, When};

/// What a concern is opened with when a crisis contact opens it.
pub(super) use crate::flowsheet::CRISIS_NOTE as OPENED_BY;

/// Writes what the form says.
pub(super) fn record(desk: &mut Desk<'_, '_, '_>, form: &CrisisForm) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    let day = form.at.day(desk.hand.zone);
    if form.next.is_some_and(|next| next < day) {
        return Err(Refusal::Field("Next contact lies before this one".to_owned()));
    }
    let episode = sheet.episode_on(day).map(|e| e.episode);
    let contact = contact_of(desk, form)?;
    let taken = match &form.second_step {
        Some(taken) => Some(safety::assessment(desk, taken)?),
        None => None,
    };
    let concern = concern_of(desk, form)?;
    for (at, step) in steps(form, taken) {
        desk.add(ConcernStep {
            concern,
            at: at.unwrap_or(form.at),
            step,
            note: None,
        })?;
    }
    minutes(desk, form, contact)?;
    contact::begin_outreach(desk, day, episode)?;
    let earlier = contact::contact_plan(desk, episode);
    let every = earlier.as_ref().and_then(|plan| plan.every);
    contact::write_plan(desk, episode, form.next.map(|next| (next, every)), earlier, day)
}

fn contact_of(desk: &mut Desk<'_, '_, '_>, form: &CrisisForm) -> Result<EntryId, Refusal> {
    // Where nobody says that it was with the patient, it wasn't: only their own contacts stop the contact clock.
    let with = match form.with.is_empty() {
        true => vec![With::Other],
        false => form.with.clone(),
    };
    desk.add(Contact {
        at: form.at,
        mode: form.mode,
        kind: ContactKind::Crisis,
        with,
        inbound: false,
        did: Vec::new(),
        language: None,
        note: note(form),
        talk: Talk::default(),
    })
}

/// The answers in the order in which they are asked, a line each.
fn note(form: &CrisisForm) -> Option<String> {
    let lines = [
        ("Where", &form.place),
        ("Call back", &form.call_back),
        ("With the patient", &form.company),
        ("Means", &form.means),
        ("Note", &form.note),
    ];
    let said = lines
        .into_iter()
        .filter_map(|(what, words)| Some(format!("{what}: {}", words.as_ref()?)));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// The concern of its kind that is open, or that the second step has just opened; otherwise a new one. One that is
/// joined is written again, whatever the second step came to: its steps start again, a copy in which it was closed
/// without knowing of the crisis doesn't close it here, and it doesn't rest on the second step alone.
fn concern_of(desk: &mut Desk<'_, '_, '_>, form: &CrisisForm) -> Result<ThingId, Refusal> {
    let just_opened = desk.entries.iter().rev().find_map(|planned| match &planned.draft.fact {
        Fact::Concern(c) if c.kind == form.kind => Some(c.concern),
        _ => None,
    });
    let (_, sheet) = desk.patient()?;
    let open = sheet.open_concerns().filter(|c| c.kind == form.kind).last();
    let known = just_opened.or_else(|| open.map(|line| line.concern));
    let concern = known.unwrap_or_else(|| desk.hand.thing());
    if !desk.concerns.contains(&concern) {
        desk.concerns.push(concern);
    }
    let note = OPENED_BY.to_owned();
    desk.add(Concern {
        concern,
        kind: form.kind,
        because: Because::ByHand { note },
        level: Level::High,
        at: form.at,
    })?;
    Ok(concern)
}

type Done = (Option<When>, Step);

/// What was done, in the order in which it is asked.
fn steps(form: &CrisisForm, taken: Option<EntryId>) -> Vec<Done> {
    let means = form.means.as_ref().map(|means| Step::Action {
        what: format!("Means: {means}"),
    });
    let led_to = form.led_to.clone().map(|(to, note)| Step::Disposition { to, note });
    let told = form.told.iter().map(|told| {
        let (who, how, name) = (told.who, told.how.clone(), told.name.clone());
        (Some(told.at), Step::Told { who, how, name })
    });
    let next = form.next.map(|on| Step::NextContact { on });
    let plain = |step: Step| (None, step);
    let first = [means, first_step(form, taken), led_to]
        .into_iter()
        .flatten()
        .map(plain);
    first.chain(told).chain(next.map(plain)).collect()
}

/// The first step that a concern of this kind needs, as far as a crisis contact takes it: a report is a step of its own.
fn first_step(form: &CrisisForm, taken: Option<EntryId>) -> Option<Step> {
    let outcome = form.showed.clone();
    match kind_rule(form.kind).first {
        FirstStep::SecondStep if taken.is_some() || outcome.is_some() => Some(Step::SecondStep {
            assessment: taken,
            outcome: outcome.unwrap_or_default(),
        }),
        FirstStep::SecondStep => None,
        FirstStep::Questions(_) => outcome.map(|outcome| Step::Checked {
            answers: BTreeMap::new(),
            outcome,
        }),
        FirstStep::Report => outcome.map(|what| Step::Action { what }),
    }
}

fn minutes(desk: &mut Desk<'_, '_, '_>, form: &CrisisForm, contact: EntryId) -> Result<(), Refusal> {
    let Some(seconds) = form.spent.filter(|spent| 0 < spent.0) else {
        return Ok(());
    };
    let by = desk.hand.me;
    desk.add(Time {
        start: form.at,
        seconds,
        activity: Activity::Crisis,
        bucket: form.bucket,
        by,
        mode: Some(form.mode),
        clocked: form.clocked,
        of: Some(contact),
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    })?;
    Ok(())
}

/// The concern as a crisis contact opened it, or wrote it again: in the same save, whatever was corrected since; where
/// that can't be told, at the same time.
pub(super) fn opened_by<'f>(folded: &'f Folded, contact: &Live) -> Option<&'f Concern> {
    let Fact::Contact(Contact { at, .. }) = &contact.fact else {
        return None;
    };
    let of_crises = || {
        folded.live().iter().filter_map(|live| match &live.fact {
            Fact::Concern(c) => {
                matches!(&c.because, Because::ByHand { note } if note == OPENED_BY).then_some((live, c))
            }
            _ => None,
        })
    };
    let saved = |live: &Live| Some((live.id.saved_at()?, live.author));
    let same_save = |(live, _): &(&Live, &Concern)| saved(live).is_some() && saved(live) == saved(contact);
    let found = of_crises()
        .find(same_save)
        .or_else(|| of_crises().find(|(_, c)| c.at == *at));
    found.map(|(_, concern)| concern)
}

/// A crisis contact that is moved to the right patient opens its concern there, or joins the open one. The concern in the
/// wrong chart stays until a named person closes it.
pub(super) fn moved(desk: &mut Desk<'_, '_, '_>, (to, there): (ChartId, &Folded), contact: &Live) {
    if !matches!(&contact.fact, Fact::Contact(contact) if contact.kind == ContactKind::Crisis) {
        return;
    }
    let Some(here) = desk.folded().and_then(|folded| opened_by(folded, contact)) else {
        return;
    };
    let fact = here.clone();
    safety::open_there(desk, (to, there), fact.kind, |concern| Concern { concern, ..fact });
}
