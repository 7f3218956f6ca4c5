//! A positive answer while a concern is open: lower, the same or higher than the answer before it.
//!
//! Answers of one instrument are on one scale, question by question; a Yes to ASQ is no lower than an item 9 of 2.
//! Across instruments a positive answer is the same at least. A plan, an intent or an acute answer is always higher:
//! the full step starts again.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Desk;
use crate::flowsheet::{Cause, ConcernLine};
use crate::instruments::{ItemId, SafetyAnswer, Scored, score_assessment};
use crate::journal::facts::{Assessment, Compared, Step};
use crate::journal::{EntryId, Fact, ThingId};

use super::safety::{level, positive};

/// Rules that speak of a plan, an intent or thoughts right now: question 5 of ASQ (NIMH toolkit: acute), 4 and 5 and
/// recent behavior of the C-SSRS screener (Columbia triage: high).
const PLAN_OR_INTENT: [&str; 2] = ["asq_acute", "cssrs_screen_high"];

/// What item 9 is called; an imported sheet's answer is one to it.
const ITEM_9: (&str, &str) = ("phq9", "phq9_9");

/// The answers to the safety questions of one form, where they are known. A question that the form's own rule
/// leaves out counts as 0.
type Answers = BTreeMap<ItemId, i32>;

/// How a positive form compares with what is known of an open concern.
pub(super) fn compare(
    desk: &Desk<'_, '_, '_>,
    line: &ConcernLine,
    entry: EntryId,
    taken: &Assessment,
    scored: &Scored,
) -> Compared {
    if speaks_of_plan(scored) {
        return Compared::Higher;
    }
    match before(desk, line, entry, taken) {
        Some(before) => against(&before, &answers(scored)),
        // Nothing of this instrument is known: the level is what two instruments have in common.
        None if opened_by_answer(desk, line, entry) && level(scored) <= line.level => Compared::Same,
        None => Compared::Higher,
    }
}

/// Whether any question of a form has a higher answer than in another form of the same instrument.
pub(super) fn is_higher(before: &Scored, now: &Scored) -> bool {
    against(&answers(before), &answers(now)) == Compared::Higher
}

/// Whether a form that goes on has news for the open concern that it joined: no positive answer stood in it before, it
/// compares higher than it did, or it is higher as before and has a higher answer, a higher level, or the first word of a
/// plan, an intent or thoughts right now. One more Yes beside the others is none.
pub(super) fn is_news(
    desk: &Desk<'_, '_, '_>,
    concern: ThingId,
    (entry, taken): (EntryId, &Assessment),
    (then, now): (&Scored, &Scored),
) -> bool {
    let open = desk.view.chart.and_then(|(_, sheet)| {
        let mut open = sheet.open_concerns();
        open.find(|line| line.concern == concern)
    });
    let live = desk.folded().into_iter().flat_map(|f| f.live());
    let mut said = live.filter_map(|l| match &l.fact {
        Fact::ConcernStep(s) if s.concern == concern => match s.step {
            Step::Reassessed {
                assessment,
                value,
                compared,
            } if assessment == entry => Some((value, compared)),
            _ => None,
        },
        _ => None,
    });
    let (Some(line), Some((value, said)), Some(_)) = (open, said.next_back(), positive(then)) else {
        return true;
    };
    let compared = compare(desk, line, entry, taken, now);
    let rose = positive(now).is_some_and(|(_, now)| value < now) || level(then) < level(now);
    let is_found = speaks_of_plan(now) && !speaks_of_plan(then);
    said < compared || compared == Compared::Higher && (rose || is_found)
}

fn speaks_of_plan(scored: &Scored) -> bool {
    let mut flags = scored.flags.iter();
    flags.any(|flag| PLAN_OR_INTENT.contains(&flag.rule.as_str()))
}

/// Question by question: higher when any answer rose or was not known before; lower when some fell and none rose.
fn against(before: &Answers, now: &Answers) -> Compared {
    let order = |(item, value): (&ItemId, &i32)| match before.get(item) {
        Some(known) => value.cmp(known),
        None if *value > 0 => Ordering::Greater,
        None => Ordering::Equal,
    };
    let orders: Vec<Ordering> = now.iter().map(order).collect();
    if orders.contains(&Ordering::Greater) {
        Compared::Higher
    } else if orders.contains(&Ordering::Less) {
        Compared::Lower
    } else {
        Compared::Same
    }
}

fn answers(scored: &Scored) -> Answers {
    let known = |(item, answer): (&ItemId, &SafetyAnswer)| match answer {
        SafetyAnswer::Positive(value) => Some((item.clone(), *value)),
        SafetyAnswer::Negative | SafetyAnswer::NotAsked => Some((item.clone(), 0)),
        SafetyAnswer::NotAnswered => None,
    };
    scored.safety.iter().filter_map(known).collect()
}

/// The answers to compare with: those of the last form of the instrument before this one, by clinical date, since
/// the concern was opened. Where there is none before it, the last there is; where there is none at all, the answer
/// of an imported sheet. A form that was entered in error is none.
fn before(desk: &Desk<'_, '_, '_>, line: &ConcernLine, entry: EntryId, taken: &Assessment) -> Option<Answers> {
    let zone = desk.hand.zone;
    let place = |a: &Assessment| (a.at.day(zone), a.at.instant(zone));
    let opener = match &line.cause {
        Cause::Answer { assessment, .. } => Some(*assessment),
        Cause::ByHand | Cause::Assessed | Cause::Crisis | Cause::Imported { .. } => None,
    };
    let live = desk.folded().into_iter().flat_map(|f| f.live());
    let mut forms: Vec<_> = live
        .filter(|l| l.id != entry)
        .filter_map(|l| match &l.fact {
            Fact::Assessment(a) if a.instrument == taken.instrument => Some((l, a)),
            _ => None,
        })
        .filter(|(l, a)| Some(l.id) == opener || line.day <= a.at.day(zone))
        .filter_map(|(l, a)| {
            let known = answers(&score_assessment(a, &desk.scoring_context()).ok()?);
            (!known.is_empty()).then_some((place(a), l.stamp, known))
        })
        .collect();
    forms.sort_by_key(|(place, stamp, _)| (*place, *stamp));
    let earlier = forms.iter().rfind(|(at, ..)| *at <= place(taken)).or(forms.last());
    let imported = match &line.cause {
        Cause::Imported { value: Some(value), .. } if taken.instrument == ITEM_9.0 => {
            Some(Answers::from([(ItemId::new(ITEM_9.1), i32::from(*value))]))
        }
        _ => None,
    };
    earlier.map(|(.., known)| known.clone()).or(imported)
}

/// Whether the concern was opened by an answer that still stands, in a form or a sheet. Of one that a person opened
/// no answer is known, and an answer that was entered in error was never given.
fn opened_by_answer(desk: &Desk<'_, '_, '_>, line: &ConcernLine, entry: EntryId) -> bool {
    match &line.cause {
        Cause::Answer { assessment, .. } => {
            let mut live = desk.folded().into_iter().flat_map(|f| f.live());
            *assessment != entry && live.any(|l| l.id == *assessment)
        }
        Cause::Imported { value, .. } => value.is_some(),
        Cause::ByHand | Cause::Assessed | Cause::Crisis => false,
    }
}
