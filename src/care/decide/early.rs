//! Answers that are committed before their form is finished: a positive safety answer the moment it is typed.
//!
//! The form's final save replaces what was committed, so there is one score and one concern, and the concern says what
//! became of the answer. A later 0 never closes it: a person does, also when the answer was a slip of the hand.

use super::entered::asked;
use super::once::{hashed, standing};
use super::{Desk, asked_now, carry_out, check, crisis, record, safety};
use crate::care::asked_safety::{is_asked, was_asked_in_error};
use crate::care::intent::{Intent, Refusal};
use crate::care::safety::was_typed_in_error;
use crate::instruments::{ALARM_SCORE, ItemId, SafetyAnswer, Scored, answer_words, score_assessment};
use crate::journal::facts::{
    Assessment, Because, Concern, ConcernClosed, ConcernKind, ConcernStep, ContactKind, Corrected, Step,
};
use crate::journal::{EntryId, Fact, ThingId, When};

/// Why an assessment that was committed early is written again; the record shows no correction then.
pub const FORM_WENT_ON: &str = "The form went on";

/// How far a form is that commits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It goes on: what is the same isn't written again.
    GoesOn,
    /// It is finished: the record says so, also when the last answer was the one that was committed.
    Finished,
}

/// Commits the answers so far. Only a positive safety answer can't wait for the form to be finished.
pub(super) fn begin(desk: &mut Desk<'_, '_, '_>, entry: EntryId, taken: &Assessment) -> Result<(), Refusal> {
    let (folded, _) = desk.patient()?;
    if safety::positive(&safety::scored(desk, taken)?).is_none() {
        return Err(Refusal::Nothing);
    }
    let entry = standing(folded, entry, again);
    if folded.live().iter().any(|l| l.id == entry) {
        return replace(desk, entry, taken, Stage::GoesOn);
    }
    safety::assessment_as(desk, entry, taken)?;
    Ok(())
}

/// The next id of a form's answers. An entry that was marked as entered in error stays what it is: for the rest of the
/// form another takes its place, always the same, so that it is written once.
fn again(entry: EntryId) -> EntryId {
    EntryId::from_random(hashed(b"caseload begun again", entry))
}

/// Carries out what a form says, in place of what it committed before.
pub(super) fn finish(desk: &mut Desk<'_, '_, '_>, form: &Intent, begun: &[EntryId]) -> Result<(), Refusal> {
    if !matches!(form, Intent::Contact(_) | Intent::Record { .. } | Intent::Crisis(_)) {
        return Err(Refusal::Nothing);
    }
    let (folded, _) = desk.patient()?;
    desk.begun
        .extend(begun.iter().map(|entry| standing(folded, *entry, again)));
    carry_out(desk, form)
}

/// The assessment of the same instrument that this form committed before, if it did; one that was entered in error
/// since is none.
pub(super) fn begun_as(desk: &mut Desk<'_, '_, '_>, taken: &Assessment) -> Option<EntryId> {
    let (folded, _) = desk.patient().ok()?;
    let is_it = |entry: &EntryId| {
        let of_instrument = |fact: &Fact| matches!(fact, Fact::Assessment(a) if a.instrument == taken.instrument);
        folded.live().iter().any(|l| l.id == *entry && of_instrument(&l.fact))
    };
    let at = desk.begun.iter().position(is_it)?;
    Some(desk.begun.remove(at))
}

/// Puts an assessment in place of what its form committed before. The concern is not doubled. One that the form joined
/// is reassessed again only for news: the patient didn't get worse with each answer that was typed.
pub(super) fn replace(
    desk: &mut Desk<'_, '_, '_>,
    entry: EntryId,
    taken: &Assessment,
    stage: Stage,
) -> Result<(), Refusal> {
    let Fact::Assessment(before) = &record::live(desk, entry)?.fact else {
        return Err(Refusal::NoSuchEntry);
    };
    let fact = Fact::Assessment(taken.clone());
    let (_, sheet) = desk.patient()?;
    check(&fact, desk.hand.today(), sheet.who.birth, desk.hand.zone)?;
    if before != taken || stage == Stage::Finished {
        desk.add(Corrected {
            entry,
            kind: fact.kind().to_owned(),
            fact: record::json(&fact)?,
            reason: Some(FORM_WENT_ON.to_owned()),
        })?;
    }
    see_to(desk, entry, before, taken)
}

fn see_to(desk: &mut Desk<'_, '_, '_>, entry: EntryId, before: &Assessment, taken: &Assessment) -> Result<(), Refusal> {
    let now = safety::scored(desk, taken)?;
    let Ok(then) = score_assessment(before, &desk.scoring_context()) else {
        return safety::raise(desk, taken, entry, &now);
    };
    let concern = concern_of(desk, entry);
    match (safety::positive(&now), concern) {
        (None, Some((concern, _))) => match safety::positive(&then) {
            Some(was) => say_changed(desk, concern, taken, was, &now),
            None => Ok(()),
        },
        (None, None) => Ok(()),
        (Some(_), None) => safety::raise(desk, taken, entry, &now),
        (Some((item, value)), Some((concern, opened_here))) => {
            for was in no_longer(&then, &now) {
                say_changed(desk, concern, taken, was, &now)?;
            }
            let higher = super::again::is_higher(&then, &now);
            if higher && opened_here {
                // Written again with the higher answer: what was done before it doesn't count.
                desk.add(Concern {
                    concern,
                    kind: now.concern.unwrap_or(ConcernKind::Suicide),
                    because: safety::because(taken, entry, &item, value),
                    level: safety::level(&now),
                    at: taken.at,
                })?;
            } else if higher && super::again::is_news(desk, concern, (entry, taken), (&then, &now)) {
                return safety::raise(desk, taken, entry, &now);
            }
            touched(desk, concern);
            Ok(())
        }
    }
}

/// The open concern that an assessment opened or joined, and whether it opened it.
fn concern_of(desk: &Desk<'_, '_, '_>, entry: EntryId) -> Option<(ThingId, bool)> {
    let (folded, sheet) = desk.patient().ok()?;
    let open = |concern: &ThingId| sheet.open_concerns().any(|line| line.concern == *concern);
    let of_entry = |fact: &Fact| match fact {
        Fact::Concern(c) => match &c.because {
            Because::Answer { assessment, .. } if *assessment == entry => Some(c.concern),
            _ => None,
        },
        _ => None,
    };
    let concern = folded.live().iter().find_map(|l| of_entry(&l.fact)).filter(open)?;
    let joined = folded.live().iter().any(|l| match &l.fact {
        Fact::ConcernStep(s) => matches!(s.step, Step::Reassessed { assessment, .. } if assessment == entry),
        _ => false,
    });
    Some((concern, !joined))
}

/// The answers that were positive and are not, though another is.
fn no_longer(then: &Scored, now: &Scored) -> Vec<(String, u8)> {
    let stays = |item: &ItemId| {
        let mut answers = now.safety.iter();
        answers.any(|(id, answer)| id == item && matches!(answer, SafetyAnswer::Positive(_)))
    };
    let gone = then.safety.iter().filter_map(|(item, answer)| match answer {
        SafetyAnswer::Positive(value) if !stays(item) => {
            Some((item.as_str().to_owned(), u8::try_from(*value).unwrap_or(u8::MAX)))
        }
        _ => None,
    });
    gone.collect()
}

/// Says on the concern that its answer was changed while it was typed.
fn say_changed(
    desk: &mut Desk<'_, '_, '_>,
    concern: ThingId,
    taken: &Assessment,
    (item, value): (String, u8),
    now: &Scored,
) -> Result<(), Refusal> {
    let (title, number) = asked(&taken.instrument, &item);
    let answer = now.safety.iter().find(|(id, _)| id.as_str() == item);
    let became = match answer.map(|(_, answer)| answer) {
        Some(SafetyAnswer::Negative) => format!("changed to {}", answer_words(&taken.instrument, &item, 0)),
        _ => "taken back".to_owned(),
    };
    let value = answer_words(&taken.instrument, &item, value);
    let typed = match item == ALARM_SCORE {
        true => format!("{title}: a score on its alarm line was typed, and changed"),
        false => format!("{title} item {number}: {value} was typed, and {became}"),
    };
    let what = format!("{typed} before the form was saved. The concern stays open until a named person closes it");
    add_action(desk, concern, taken.at, what)
}

/// Whether an entry stays although it is among those that are marked as entered in error. A concern that an answer, a
/// crisis contact or an import opened is closed by a named person and never undone, nor is it forgotten that the answer
/// came again. One that a person opened can be taken back, for a reason that tells the next reader something.
pub(super) fn stays(fact: &Fact, entries: &[EntryId], reason: &str) -> Result<bool, Refusal> {
    match fact {
        Fact::Concern(c) => match &c.because {
            because if is_asked(because) => Ok(true),
            Because::ByHand { note } if note != crisis::OPENED_BY => safety::says_something(reason).map(|()| false),
            Because::ByHand { .. } | Because::Answer { .. } | Because::Imported { .. } => Ok(true),
        },
        Fact::ConcernStep(s) => Ok(match &s.step {
            Step::Reassessed { assessment, .. } => entries.contains(assessment),
            Step::Action { what } => asked_now::says_again(what),
            _ => false,
        }),
        _ => Ok(false),
    }
}

/// What concerns came from is marked as entered in error while they stay: each says so.
pub(super) fn taken_back(desk: &mut Desk<'_, '_, '_>, entries: &[EntryId], reason: &str) -> Result<(), Refusal> {
    let Ok((folded, sheet)) = desk.patient() else {
        return Ok(());
    };
    let mut told: Vec<ThingId> = Vec::new();
    for live in folded.live().iter().filter(|l| entries.contains(&l.id)) {
        let (concern, source) = match &live.fact {
            Fact::Assessment(_) => (concern_of(desk, live.id).map(|(concern, _)| concern), "form"),
            Fact::Contact(c) if c.kind == ContactKind::Crisis => {
                (crisis::opened_by(folded, live).map(|c| c.concern), "crisis contact")
            }
            Fact::Concern(c) => (Some(c.concern), "save"),
            Fact::AreaAnswers(area) => (asked_now::opened_by(desk, folded, area), "assessment"),
            _ => (None, ""),
        };
        let is_open = |concern: &ThingId| sheet.open_concerns().any(|line| line.concern == *concern);
        let Some(concern) = concern.filter(is_open).filter(|concern| !told.contains(concern)) else {
            continue;
        };
        told.push(concern);
        let what = format!(
            "The {source} that this came from was marked as entered in error: {reason}. The concern stays open until a \
             named person closes it"
        );
        let now = When::At(desk.hand.now);
        add_action(desk, concern, now, what)?;
    }
    Ok(())
}

/// Says on a concern what happened.
pub(super) fn add_action(desk: &mut Desk<'_, '_, '_>, concern: ThingId, at: When, what: String) -> Result<(), Refusal> {
    desk.add(ConcernStep {
        concern,
        at,
        step: Step::Action { what },
        note: None,
    })?;
    touched(desk, concern);
    Ok(())
}

fn touched(desk: &mut Desk<'_, '_, '_>, concern: ThingId) {
    if !desk.concerns.contains(&concern) {
        desk.concerns.push(concern);
    }
}

/// What the closing of a concern says that was done, where its answer was a slip of the hand.
pub(super) const TYPED_IN_ERROR: &str = "Typed in error";

/// Closes a concern whose answer doesn't stand any more, in a person's name and with how that is known.
pub(super) fn close_typed_in_error(
    desk: &mut Desk<'_, '_, '_>,
    concern: ThingId,
    reason: &str,
    at: When,
) -> Result<(), Refusal> {
    let line = safety::open(desk, concern)?;
    let (folded, sheet) = desk.patient()?;
    if !(was_typed_in_error(sheet, &line) || was_asked_in_error(folded, sheet, &line)) {
        return Err(Refusal::Field(
            "A positive answer stands: the concern is closed by its steps. An answer that is wrong in the record is \
             corrected first"
                .to_owned(),
        ));
    }
    safety::says_something(reason)?;
    desk.add(ConcernClosed {
        concern,
        at,
        action: TYPED_IN_ERROR.to_owned(),
        reason: Some(reason.to_owned()),
        watch_until: None,
        saw: Some(desk.steps_of(concern)),
    })?;
    touched(desk, concern);
    Ok(())
}
