//! The initial assessment asks for safety now: a yes opens a concern in the save that writes it down, or joins the open
//! one. A no, or a question that is taken back, closes none: a person does.

use super::{Desk, early, safety};
use crate::care::asked_safety::{ASKED, is_asked};
use crate::care::intent::Refusal;
use crate::care::{concern_of, concern_words_of, concerns_of};
use crate::journal::facts::{AreaAnswers, Because, Concern, ConcernKind, Level, Question, Said};
use crate::journal::{ChartId, Day, Fact, Folded, Slot, ThingId, When};

/// How the word ends that a yes came again on another day.
const AGAIN: &str = ", as before";

/// The area as it stood before this save.
pub(super) fn before(desk: &Desk<'_, '_, '_>, now: &AreaAnswers) -> Option<AreaAnswers> {
    match desk.head(&Slot::Area(now.area)) {
        Some(Fact::AreaAnswers(before)) => Some(before.clone()),
        _ => None,
    }
}

/// Opens a concern for every yes that means "now", or joins the open one: it is written again, its steps start again, and
/// a copy that closed it without knowing of this answer doesn't close it here. Only what was said before word for word,
/// and whose concern is still open, starts no step again, nor do the words that follow a yes on the same day: the concern
/// says them, and on another day that the answer came again.
pub(super) fn raise(
    desk: &mut Desk<'_, '_, '_>,
    before: Option<&AreaAnswers>,
    now: &AreaAnswers,
) -> Result<(), Refusal> {
    let (folded, sheet) = desk.patient()?;
    for (question, said) in yes(now) {
        let kind = kind_of(question, sheet.who.birth, now.day);
        let mut open = sheet.open_concerns().filter(|line| line.kind == kind);
        let are_added = are_words_added(before, now, question);
        let continues = is_said_same(before, now, question) || are_added;
        let own = open.find(|line| continues && was_opened_here(folded, line.concern));
        let on_another_day = before.is_some_and(|before| before.day != now.day);
        let asked = concern_words_of(question);
        let what = match own {
            None => {
                open_or_join(desk, kind, (question, said), now.day)?;
                continue;
            }
            Some(_) if are_added => format!("{ASKED}{asked}: {}", said.unwrap_or_default()),
            Some(_) if on_another_day => format!("{ASKED}{asked}{AGAIN}"),
            Some(_) => continue,
        };
        if let Some(concern) = own.map(|line| line.concern) {
            early::add_action(desk, concern, asked_at(desk, now.day), what)?;
        }
    }
    Ok(())
}

/// The same for an area that is corrected: what it said before was seen to then, and nothing was asked again.
pub(super) fn corrected(desk: &mut Desk<'_, '_, '_>, before: &AreaAnswers, now: &AreaAnswers) -> Result<(), Refusal> {
    let (folded, sheet) = desk.patient()?;
    for (question, said) in yes(now) {
        let kind = kind_of(question, sheet.who.birth, now.day);
        let is_known = || sheet.open_concerns().any(|line| line.kind == kind) || opened_before(folded, kind);
        if !(is_said_same(Some(before), now, question) && is_known()) {
            open_or_join(desk, kind, (question, said), now.day)?;
        }
    }
    Ok(())
}

fn is_said_same(before: Option<&AreaAnswers>, now: &AreaAnswers, question: Question) -> bool {
    before.is_some_and(|before| before.replies.get(&question) == now.replies.get(&question))
}

/// Whether a yes of the same day was only given its words: it was committed before they were typed.
fn are_words_added(before: Option<&AreaAnswers>, now: &AreaAnswers, question: Question) -> bool {
    let said = |area: &AreaAnswers| area.replies.get(&question).cloned();
    let without = before.filter(|before| before.day == now.day).and_then(said);
    without == Some(Said::Yes { words: None }) && matches!(said(now), Some(Said::Yes { words: Some(_) }))
}

fn open_or_join(
    desk: &mut Desk<'_, '_, '_>,
    kind: ConcernKind,
    (question, said): (Question, Option<&str>),
    day: Day,
) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    let earlier = desk.entries.iter().rev().find_map(|planned| match &planned.draft.fact {
        Fact::Concern(c) if c.kind == kind => Some(c.concern),
        _ => None,
    });
    let open = sheet.open_concerns().filter(|line| line.kind == kind).last();
    let known = earlier.or_else(|| open.map(|line| line.concern));
    let concern = known.unwrap_or_else(|| desk.hand.thing());
    let at = asked_at(desk, day);
    desk.add(Concern {
        concern,
        kind,
        because: because(question, said),
        level: Level::Positive,
        at,
    })?;
    if !desk.concerns.contains(&concern) {
        desk.concerns.push(concern);
    }
    Ok(())
}

/// An area that is moved to the right patient opens its concerns there: nobody has looked at the answer for this patient.
pub(super) fn moved(desk: &mut Desk<'_, '_, '_>, to: (ChartId, &Folded), now: &AreaAnswers) {
    let (chart, folded) = to;
    let birth = match folded.head(&Slot::Registration).map(|live| &live.fact) {
        Some(Fact::Registration(registration)) => registration.birth,
        _ => None,
    };
    for (question, said) in yes(now) {
        let kind = kind_of(question, birth, now.day);
        let at = asked_at(desk, now.day);
        safety::open_there(desk, (chart, folded), kind, |concern| Concern {
            concern,
            kind,
            because: because(question, said),
            level: Level::Positive,
            at,
        });
    }
}

/// Whether an action on a concern is the word that a yes came again.
pub(super) fn says_again(what: &str) -> bool {
    what.starts_with(ASKED) && what.ends_with(AGAIN)
}

/// The concern that an area's answers opened, for the word that they were entered in error.
pub(super) fn opened_by(desk: &Desk<'_, '_, '_>, folded: &Folded, area: &AreaAnswers) -> Option<ThingId> {
    let zone = desk.hand.zone;
    let (question, _) = yes(area).next()?;
    let note = format!("{ASKED}{}", concern_words_of(question));
    folded.live().iter().rev().find_map(|live| match &live.fact {
        Fact::Concern(c) if c.at.day(zone) == area.day => {
            matches!(&c.because, Because::ByHand { note: opened } if opened.starts_with(&note)).then_some(c.concern)
        }
        _ => None,
    })
}

/// The questions that mean "now" and were answered with yes.
fn yes(area: &AreaAnswers) -> impl Iterator<Item = (Question, Option<&str>)> {
    area.replies.iter().filter_map(|(question, said)| match said {
        Said::Yes { words } if concerns_of(*question).is_some() => Some((*question, words.as_deref())),
        _ => None,
    })
}

fn kind_of(question: Question, birth: Option<Day>, day: Day) -> ConcernKind {
    concern_of(question, birth, day).unwrap_or(ConcernKind::Suicide)
}

fn because(question: Question, said: Option<&str>) -> Because {
    let said = said.map(|words| format!(": {words}")).unwrap_or_default();
    Because::ByHand {
        note: format!("{ASKED}{}{said}", concern_words_of(question)),
    }
}

/// The moment of the save when the talk was today, so that the steps that follow come after it.
fn asked_at(desk: &Desk<'_, '_, '_>, day: Day) -> When {
    match day == desk.hand.today() {
        true => When::At(desk.hand.now),
        false => When::Day(day),
    }
}

/// Whether an initial assessment opened a concern of this kind before, whatever became of it.
fn opened_before(folded: &Folded, kind: ConcernKind) -> bool {
    folded.live().iter().any(|live| match &live.fact {
        Fact::Concern(concern) => concern.kind == kind && is_asked(&concern.because),
        _ => false,
    })
}

fn was_opened_here(folded: &Folded, concern: ThingId) -> bool {
    folded.live().iter().any(|live| match &live.fact {
        Fact::Concern(c) => c.concern == concern && is_asked(&c.because),
        _ => false,
    })
}
