//! Safety: a positive answer opens a concern or joins the open one; a named person closes it, with everything done.

use super::{Desk, Planned, again, asked_now, early};
use crate::care::intent::{Refusal, TriageDecision};
use crate::care::reworded::is_same_step;
use crate::care::safety::first_day;
use crate::care::{kind_rule, missing_to_close};
use crate::flowsheet::ConcernLine;
use crate::instruments::{FlagLevel, SafetyAnswer, Scored, score_assessment};
use crate::journal::facts::{Assessment, Because, Concern, ConcernClosed, ConcernKind, ConcernStep, Level, Step};
use crate::journal::{ChartId, Day, Draft, EntryId, Fact, Folded, Slot, ThingId, When, Zone};

/// Writes an assessment, and what its safety items call for, in the same save. What its form committed before is
/// replaced.
pub(super) fn assessment(desk: &mut Desk<'_, '_, '_>, taken: &Assessment) -> Result<EntryId, Refusal> {
    if let Some(entry) = early::begun_as(desk, taken) {
        early::replace(desk, entry, taken, early::Stage::Finished)?;
        return Ok(entry);
    }
    let id = desk.entry();
    assessment_as(desk, id, taken)
}

/// The same under an id that was made before.
pub(super) fn assessment_as(desk: &mut Desk<'_, '_, '_>, id: EntryId, taken: &Assessment) -> Result<EntryId, Refusal> {
    let scored = scored(desk, taken)?;
    desk.add_as(id, taken.clone())?;
    raise(desk, taken, id, &scored)?;
    Ok(id)
}

/// A corrected assessment whose right answer is positive opens a concern or joins the open one, unless the answer
/// that it corrects did so before and was no lower.
pub(super) fn corrected(
    desk: &mut Desk<'_, '_, '_>,
    entry: EntryId,
    before: &Assessment,
    taken: &Assessment,
) -> Result<(), Refusal> {
    let now = scored(desk, taken)?;
    let before = score_assessment(before, &desk.scoring_context()).ok();
    let was_seen_to = desk.folded().into_iter().flat_map(|f| f.live()).any(|l| match &l.fact {
        Fact::Concern(c) => matches!(&c.because, Because::Answer { assessment, .. } if *assessment == entry),
        Fact::ConcernStep(s) => matches!(&s.step, Step::Reassessed { assessment, .. } if *assessment == entry),
        _ => false,
    });
    let no_higher =
        before.is_some_and(|before| before.instrument == now.instrument && !again::is_higher(&before, &now));
    if was_seen_to && no_higher {
        return Ok(());
    }
    raise(desk, taken, entry, &now)
}

/// A positive assessment that is moved to the right chart opens a concern there, or opens the open one again: nobody
/// has looked at that answer for this patient yet. The concern in the wrong chart stays until a named person closes it.
pub(super) fn moved(
    desk: &mut Desk<'_, '_, '_>,
    to: (ChartId, &Folded),
    id: EntryId,
    taken: &Assessment,
) -> Result<(), Refusal> {
    // A form that can't be scored moves all the same: its positive answer is listed without a concern.
    let Ok(scored) = scored(desk, taken) else {
        return Ok(());
    };
    let Some((item, value)) = positive(&scored) else {
        return Ok(());
    };
    let kind = scored.concern.unwrap_or(ConcernKind::Suicide);
    open_there(desk, to, kind, |concern| Concern {
        concern,
        kind,
        because: because(taken, id, &item, value),
        level: level(&scored),
        at: taken.at,
    });
    Ok(())
}

/// Opens a concern in another chart, or joins the open one of its kind there.
pub(super) fn open_there(
    desk: &mut Desk<'_, '_, '_>,
    (chart, there): (ChartId, &Folded),
    kind: ConcernKind,
    fact: impl FnOnce(ThingId) -> Concern,
) {
    let (concern, replaces) = standing_of(desk, there, kind);
    let id = desk.entry();
    let draft = Draft {
        chart,
        replaces,
        fact: fact(concern).into(),
    };
    desk.entries.push(Planned { id, draft });
    desk.concerns.push(concern);
}

/// The open concern of a kind in another chart and the entries that the next one of it replaces; a new one where none
/// is open.
fn standing_of(desk: &mut Desk<'_, '_, '_>, folded: &Folded, kind: ConcernKind) -> (ThingId, Vec<EntryId>) {
    let is_open = |slot: &&Slot| {
        let mut heads = folded.heads(slot).into_iter();
        heads.any(|l| matches!(&l.fact, Fact::Concern(c) if c.kind == kind))
    };
    match folded.slots().filter(is_open).last() {
        Some(slot @ Slot::Concern(concern)) => (*concern, folded.replaced_by_next(slot)),
        _ => (desk.hand.thing(), Vec::new()),
    }
}

pub(super) fn scored(desk: &Desk<'_, '_, '_>, taken: &Assessment) -> Result<Scored, Refusal> {
    score_assessment(taken, &desk.scoring_context()).map_err(|problem| Refusal::Measure(problem.to_string()))
}

/// The highest positive safety answer.
pub(super) fn positive(scored: &Scored) -> Option<(String, u8)> {
    let answers = scored.safety.iter().filter_map(|(item, answer)| match answer {
        SafetyAnswer::Positive(value) => Some((item.as_str().to_owned(), u8::try_from(*value).unwrap_or(u8::MAX))),
        _ => None,
    });
    answers.max_by_key(|(_, value)| *value)
}

pub(super) fn level(scored: &Scored) -> Level {
    let high = scored.flags.iter().any(|flag| flag.level == FlagLevel::High);
    if high { Level::High } else { Level::Positive }
}

pub(super) fn because(taken: &Assessment, assessment: EntryId, item: &str, value: u8) -> Because {
    Because::Answer {
        assessment,
        instrument: taken.instrument.clone(),
        item: item.to_owned(),
        value,
    }
}

/// A positive answer opens a concern, or joins the open one: the step says how it compares, and the concern is
/// written again, so that a copy in which it was closed without knowing of this answer doesn't close it here.
pub(super) fn raise(
    desk: &mut Desk<'_, '_, '_>,
    taken: &Assessment,
    assessment: EntryId,
    scored: &Scored,
) -> Result<(), Refusal> {
    let Some((item, value)) = positive(scored) else {
        return Ok(());
    };
    let kind = scored.concern.unwrap_or(ConcernKind::Suicide);
    let open = desk
        .view
        .chart
        .and_then(|(_, sheet)| sheet.open_concerns().filter(|c| c.kind == kind).last());
    if let Some(line) = open {
        let compared = again::compare(desk, line, assessment, taken, scored);
        let step = Step::Reassessed {
            assessment,
            value,
            compared,
        };
        desk.add(ConcernStep {
            concern: line.concern,
            at: taken.at,
            step,
            note: None,
        })?;
    }
    let earlier = || {
        desk.entries.iter().rev().find_map(|p| match &p.draft.fact {
            Fact::Concern(c) if c.kind == kind => Some(c.concern),
            _ => None,
        })
    };
    let known = open.map(|line| line.concern).or_else(earlier);
    let concern = known.unwrap_or_else(|| desk.hand.thing());
    desk.add(Concern {
        concern,
        kind,
        because: because(taken, assessment, &item, value),
        level: level(scored),
        at: taken.at,
    })?;
    if !desk.concerns.contains(&concern) {
        desk.concerns.push(concern);
    }
    Ok(())
}

pub(super) fn open(desk: &Desk<'_, '_, '_>, concern: ThingId) -> Result<ConcernLine, Refusal> {
    let (_, sheet) = desk.patient()?;
    sheet
        .open_concerns()
        .find(|c| c.concern == concern)
        .cloned()
        .ok_or(Refusal::NoSuchEntry)
}

/// A step is of the day on which it was done: not before what opened its concern, nor later than now. On the day itself
/// the order of the times is not asked: a safety step is never held up by a clock.
pub(super) fn step_in_time(desk: &Desk<'_, '_, '_>, step: &ConcernStep, facts: &[Fact]) -> Result<(), Refusal> {
    let own = facts.iter().find_map(|fact| match fact {
        Fact::Concern(concern) if concern.concern == step.concern => Some(concern.at.day(desk.hand.zone)),
        _ => None,
    });
    let (_, sheet) = desk.patient()?;
    let known = sheet.concerns.iter().find(|line| line.concern == step.concern);
    let opened = own.or(known.map(|line| first_day(sheet, line)));
    done_in_time(desk, opened, step.at, "The step was done")
}

/// A step that is put otherwise, or given its right day, stays the step that it is: what it is about, whom it names and
/// which form it rests on are said by another step.
pub(super) fn step_corrected(desk: &Desk<'_, '_, '_>, before: &ConcernStep, now: &ConcernStep) -> Result<(), Refusal> {
    let is_told_again = matches!(&before.step, Step::Action { what } if asked_now::says_again(what));
    if is_told_again || !is_same_step(before, now) {
        return Err(Refusal::Field(
            "A safety step is corrected in its words, its note and its day. For anything else record another step"
                .to_owned(),
        ));
    }
    step_in_time(desk, now, &[])
}

/// Whether something was done neither before the concern's first day nor later than now.
fn done_in_time(desk: &Desk<'_, '_, '_>, opened: Option<Day>, done: When, what: &str) -> Result<(), Refusal> {
    let is_ahead = match done {
        When::At(at) => desk.hand.now + chrono::TimeDelta::minutes(1) < at,
        When::Day(day) => desk.hand.today() < day,
    };
    if is_ahead {
        return Err(Refusal::Field(format!("{what} later than now: choose when it was")));
    }
    // Where another copy's clock runs ahead, what is done today is of today all the same.
    match opened.map(|opened| opened.min(desk.hand.today())) {
        Some(opened) if done.day(desk.hand.zone) < opened => Err(Refusal::Field(format!(
            "{what} before the concern was opened, {}",
            opened.date().format("%-d %b %Y")
        ))),
        _ => Ok(()),
    }
}

/// What was done only before a higher answer started the steps again.
fn missing_since_restart(desk: &Desk<'_, '_, '_>, line: &ConcernLine) -> Vec<&'static str> {
    let zone = desk.hand.zone;
    let Some(restarted) = line.restarted.map(|at| at.day(zone).min(desk.hand.today())) else {
        return Vec::new();
    };
    let is_before = |done: Option<When>| done.is_some_and(|done| done.day(zone) < restarted);
    let first = is_before(line.second_step).then_some(kind_rule(line.kind).missing);
    let told = is_before(line.clinician_told).then_some("telling the clinician");
    // A contact that lies before the higher answer is none after it.
    let next = line
        .next_contact
        .is_some_and(|on| on < restarted)
        .then_some("the next contact");
    first.into_iter().chain(told).chain(next).collect()
}

/// The last day on which something was done about a concern, its opening included.
fn last_done(line: &ConcernLine, zone: Zone) -> Day {
    let again = line.reassessed.map(|(at, _)| at);
    let done = [
        line.second_step,
        line.clinician_told,
        line.triaged,
        line.restarted,
        again,
    ];
    done.into_iter()
        .flatten()
        .map(|at| at.day(zone))
        .fold(line.day, Day::max)
}

/// Closes a concern whose first step, telling the clinician and next contact are recorded, with what was done and why
/// it can be closed. The watch begins.
pub(super) fn close(
    desk: &mut Desk<'_, '_, '_>,
    concern: ThingId,
    action: &str,
    reason: &str,
    at: When,
) -> Result<(), Refusal> {
    let line = open(desk, concern)?;
    let mut missing = missing_to_close(&line);
    missing.extend(missing_since_restart(desk, &line));
    if !missing.is_empty() {
        return Err(Refusal::ConcernNotReady {
            missing: format!("{} is missing", missing.join(", ")),
        });
    }
    if action.trim().is_empty() {
        return Err(Refusal::Field("What was done is empty".to_owned()));
    }
    says_something(reason)?;
    let zone = desk.hand.zone;
    done_in_time(
        desk,
        Some(line.day.min(desk.hand.today())),
        at,
        "The concern was closed",
    )?;
    let last = last_done(&line, zone).min(desk.hand.today());
    if at.day(zone) < last {
        return Err(Refusal::Field(format!(
            "The concern was closed before its last step, of {}",
            last.date().format("%-d %b %Y")
        )));
    }
    let watch_until = Some(at.day(zone).plus(desk.view.limits.watch_days.into()));
    desk.add(ConcernClosed {
        concern,
        at,
        action: action.to_owned(),
        reason: Some(reason.to_owned()),
        watch_until,
        saw: Some(desk.steps_of(concern)),
    })?;
    desk.concerns.push(concern);
    Ok(())
}

/// How the record of a decision to act begins; lists show what follows.
pub const ACT_TODAY: &str = "Acted on today. ";

/// The fewest characters of a reason that closes a concern: room for whom, or what was done.
pub const SHORTEST_REASON: usize = 10;

/// A reason that closes a concern has to tell the next reader something.
pub(super) fn says_something(reason: &str) -> Result<(), Refusal> {
    if SHORTEST_REASON <= reason.trim().chars().count() {
        return Ok(());
    }
    Err(Refusal::Field(format!(
        "The reason closes a safety concern and is all that the next reader has: say in at least {SHORTEST_REASON} \
         characters what was done, or who looks after the patient"
    )))
}

/// An answer is not dealt with before it was given, before the patient was born, or in the future.
fn dealt_with_on(desk: &Desk<'_, '_, '_>, line: &ConcernLine, on: Day) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    let today = desk.hand.today();
    let since = line.day.min(today);
    if today < on {
        return Err(Refusal::Field(
            "The day on which it was dealt with lies in the future".to_owned(),
        ));
    }
    if on < since || sheet.who.birth.is_some_and(|birth| on < birth) {
        return Err(Refusal::Field(format!(
            "The answer is of {}: it can't have been dealt with before that day",
            since.date().format("%-d %b %Y")
        )));
    }
    Ok(())
}

/// A named decision on a concern that came with an import.
pub(super) fn triage(
    desk: &mut Desk<'_, '_, '_>,
    concern: ThingId,
    decision: &TriageDecision,
    at: When,
) -> Result<(), Refusal> {
    let line = open(desk, concern)?;
    let (text, closes) = match decision {
        TriageDecision::ActToday { note } => {
            if note.trim().is_empty() {
                return Err(Refusal::Field("What will be done today is empty".to_owned()));
            }
            (format!("{ACT_TODAY}{note}"), false)
        }
        TriageDecision::CaredForElsewhere { by } => {
            says_something(by)?;
            (format!("Cared for elsewhere: {by}"), true)
        }
        TriageDecision::DealtWith { note, on } => {
            says_something(note)?;
            dealt_with_on(desk, &line, *on)?;
            let on = on.date().format("%-d %b %Y");
            (format!("Dealt with before the import: {note} ({on})"), true)
        }
    };
    let step = Step::Triaged { decision: text.clone() };
    desk.add(ConcernStep {
        concern,
        at,
        step,
        note: None,
    })?;
    if closes {
        desk.add(ConcernClosed {
            concern,
            at,
            action: text,
            reason: None,
            watch_until: None,
            saw: Some(desk.steps_of(concern)),
        })?;
    } else if let Some(Fact::Concern(opened)) = desk.head(&Slot::Concern(concern)) {
        // Written again: a copy in which somebody else closed it doesn't close what is acted on here.
        desk.add(opened.clone())?;
    }
    desk.concerns.push(concern);
    Ok(())
}
