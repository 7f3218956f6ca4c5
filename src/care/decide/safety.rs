//! Safety: a positive answer opens a concern or joins the open one; a named person closes it, with everything done.

use super::Desk;
use crate::care::intent::{Refusal, TriageDecision};
use crate::care::missing_to_close;
use crate::flowsheet::{Cause, ConcernLine};
use crate::instruments::{FlagLevel, SafetyAnswer, Scored, score_assessment};
use crate::journal::facts::{
    Assessment, Because, Compared, Concern, ConcernClosed, ConcernKind, ConcernStep, Level, Step,
};
use crate::journal::{EntryId, Fact, ThingId, When};

/// Writes an assessment, and what its safety items call for, in the same save.
pub(super) fn assessment(desk: &mut Desk<'_, '_, '_>, taken: &Assessment) -> Result<EntryId, Refusal> {
    let scored =
        score_assessment(taken, &desk.scoring_context()).map_err(|problem| Refusal::Measure(problem.to_string()))?;
    let id = desk.add(taken.clone())?;
    if let Some((item, value)) = positive(&scored) {
        raise(desk, taken, id, &item, value, level(&scored))?;
    }
    Ok(id)
}

/// A corrected assessment whose right answer is positive opens a concern, unless that answer opened one before.
pub(super) fn corrected(desk: &mut Desk<'_, '_, '_>, entry: EntryId, taken: &Assessment) -> Result<(), Refusal> {
    let scored =
        score_assessment(taken, &desk.scoring_context()).map_err(|problem| Refusal::Measure(problem.to_string()))?;
    let Some((item, value)) = positive(&scored) else {
        return Ok(());
    };
    let (_, sheet) = desk.patient()?;
    let known = sheet.concerns.iter().any(|c| match &c.cause {
        Cause::Answer {
            assessment,
            value: before,
            ..
        } => *assessment == entry && value <= *before,
        _ => false,
    });
    if known {
        Ok(())
    } else {
        raise(desk, taken, entry, &item, value, level(&scored))
    }
}

/// The highest positive safety answer.
fn positive(scored: &Scored) -> Option<(String, u8)> {
    let answers = scored.safety.iter().filter_map(|(item, answer)| match answer {
        SafetyAnswer::Positive(value) => Some((item.as_str().to_owned(), u8::try_from(*value).unwrap_or(u8::MAX))),
        _ => None,
    });
    answers.max_by_key(|(_, value)| *value)
}

fn level(scored: &Scored) -> Level {
    let high = scored.flags.iter().any(|flag| flag.level == FlagLevel::High);
    if high { Level::High } else { Level::Positive }
}

fn raise(
    desk: &mut Desk<'_, '_, '_>,
    taken: &Assessment,
    assessment: EntryId,
    item: &str,
    value: u8,
    level: Level,
) -> Result<(), Refusal> {
    let open = desk
        .view
        .chart
        .and_then(|(_, sheet)| sheet.open_concerns().filter(|c| c.kind == ConcernKind::Suicide).last());
    let concern = match open {
        Some(line) => {
            let compared = compare(desk, line, value);
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
            line.concern
        }
        None => {
            let earlier = desk.entries.iter().rev().find_map(|p| match &p.draft.fact {
                Fact::Concern(c) if c.kind == ConcernKind::Suicide => Some(c.concern),
                _ => None,
            });
            let concern = earlier.unwrap_or_else(|| desk.hand.thing());
            let because = Because::Answer {
                assessment,
                instrument: taken.instrument.clone(),
                item: item.to_owned(),
                value,
            };
            desk.add(Concern {
                concern,
                kind: ConcernKind::Suicide,
                because,
                level,
                at: taken.at,
            })?;
            concern
        }
    };
    if !desk.concerns.contains(&concern) {
        desk.concerns.push(concern);
    }
    Ok(())
}

/// Against the latest known answer of the concern; where none is known, a positive answer counts as higher.
fn compare(desk: &Desk<'_, '_, '_>, line: &ConcernLine, value: u8) -> Compared {
    let mut reassessed = desk
        .folded()
        .into_iter()
        .flat_map(|f| f.live())
        .filter_map(|l| match &l.fact {
            Fact::ConcernStep(s) if s.concern == line.concern => match s.step {
                Step::Reassessed { value, .. } => Some(value),
                _ => None,
            },
            _ => None,
        });
    let opened_at = match line.cause {
        Cause::Answer { value, .. } => Some(value),
        Cause::Imported { value, .. } => value,
        Cause::ByHand => None,
    };
    match reassessed.next_back().or(opened_at) {
        Some(before) if value < before => Compared::Lower,
        Some(before) if value == before => Compared::Same,
        Some(_) | None => Compared::Higher,
    }
}

fn open(desk: &Desk<'_, '_, '_>, concern: ThingId) -> Result<ConcernLine, Refusal> {
    let (_, sheet) = desk.patient()?;
    sheet
        .open_concerns()
        .find(|c| c.concern == concern)
        .cloned()
        .ok_or(Refusal::NoSuchEntry)
}

/// Closes a concern whose second step, telling the clinician and next contact are recorded.
pub(super) fn close(desk: &mut Desk<'_, '_, '_>, concern: ThingId, action: &str, at: When) -> Result<(), Refusal> {
    let line = open(desk, concern)?;
    let missing = missing_to_close(&line);
    if !missing.is_empty() {
        return Err(Refusal::ConcernNotReady {
            missing: format!("{} is missing", missing.join(", ")),
        });
    }
    let watch_until = Some(desk.hand.today().plus(desk.view.limits.watch_days.into()));
    desk.add(ConcernClosed {
        concern,
        at,
        action: action.to_owned(),
        watch_until,
    })?;
    desk.concerns.push(concern);
    Ok(())
}

/// A named decision on a concern that came with an import.
pub(super) fn triage(
    desk: &mut Desk<'_, '_, '_>,
    concern: ThingId,
    decision: &TriageDecision,
    at: When,
) -> Result<(), Refusal> {
    open(desk, concern)?;
    let (text, closes) = match decision {
        TriageDecision::ActToday { note } => (format!("Acted on today. {note}"), false),
        TriageDecision::CaredForElsewhere { by } => (format!("Cared for elsewhere: {by}"), true),
        TriageDecision::DealtWith { note } => (format!("Dealt with before the import: {note}"), true),
    };
    let said = match decision {
        TriageDecision::ActToday { note } => note,
        TriageDecision::CaredForElsewhere { by } => by,
        TriageDecision::DealtWith { note } => note,
    };
    if closes && said.trim().is_empty() {
        return Err(Refusal::Field("What was done is empty".to_owned()));
    }
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
            watch_until: None,
        })?;
    }
    desk.concerns.push(concern);
    Ok(())
}
