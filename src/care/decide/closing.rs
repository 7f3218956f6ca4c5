//! The end of an episode: refused while something is open that nobody named looks after, and written with which
//! scores were compared. Every way to write a closing comes through here.

use super::Desk;
use crate::care::intent::Refusal;
use crate::care::{Loose, LooseEnd, kept_why, loose_ends, needs_agreement, open_tasks, scores_on};
use crate::flowsheet::{Flowsheet, TaskLine};
use crate::journal::facts::{Audience, CloseReason, Closure, Status, StatusChange, Task};
use crate::journal::{Day, EntryId, EpisodeId, Fact, Folded, Slot};

/// Sets a status that belongs to a save of several facts. A closing is looked at first.
pub(super) fn status(desk: &mut Desk<'_, '_, '_>, change: &StatusChange, all: &[Fact]) -> Result<EntryId, Refusal> {
    let change = match &change.status {
        Status::Closed { .. } => {
            let mut change = closing(desk, change, all)?;
            why_to_tasks(desk, &mut change)?;
            change
        }
        _ => change.clone(),
    };
    desk.add(change)
}

/// Writes why a task stays open with the task, as its new version: a closing always goes along to others, and a task that
/// is held back doesn't.
fn why_to_tasks(desk: &mut Desk<'_, '_, '_>, change: &mut StatusChange) -> Result<(), Refusal> {
    let Status::Closed {
        closure: Some(closure), ..
    } = &mut change.status
    else {
        return Ok(());
    };
    let (next, _) = desk.after()?;
    for kept in &mut closure.tasks {
        let head = next.head(&Slot::Task(kept.task)).map(|live| &live.fact);
        let (Some(Fact::Task(task)), false) = (head, kept.why.trim().is_empty()) else {
            continue;
        };
        let why = Some(std::mem::take(&mut kept.why));
        // This save may have a version of it already: a second one beside it would be a version to settle.
        let own = desk
            .entries
            .iter_mut()
            .find_map(|planned| match &mut planned.draft.fact {
                Fact::Task(own) if own.task == task.task => Some(own),
                _ => None,
            });
        match own {
            Some(own) => own.why = why,
            None => {
                desk.add(Task { why, ..task.clone() })?;
            }
        }
    }
    Ok(())
}

/// A closing with what it needs, or why it can't be.
fn closing(desk: &Desk<'_, '_, '_>, change: &StatusChange, all: &[Fact]) -> Result<StatusChange, Refusal> {
    let Status::Closed { reason, note, closure } = &change.status else {
        return Ok(change.clone());
    };
    let mut closure = closure.clone().unwrap_or_default();
    last_day(desk, change)?;
    if *reason == CloseReason::Other && note.as_ref().is_none_or(|note| note.trim().is_empty()) {
        return Err(Refusal::Field("Say in the note why the episode is closed".to_owned()));
    }
    if *reason == CloseReason::Died && all.iter().any(is_to_the_patient) {
        return Err(Refusal::Field("No message goes to a patient who died".to_owned()));
    }
    let (next, sheet) = desk.after()?;
    let mut missing = match is_closed(desk, change) {
        true => Vec::new(),
        false => {
            let mut missing = open_still(desk, &sheet)?;
            missing.extend(undecided(&next, &sheet, Some(&closure)));
            missing
        }
    };
    missing.extend(not_agreed(desk, &sheet, change)?);
    ready(missing)?;
    let episode = sheet.episodes.iter().find(|e| e.episode == change.episode);
    closure.scores = episode.map_or_else(Vec::new, |e| scores_on(&sheet, e, change.from));
    let (reason, note) = (*reason, note.clone());
    let closure = (*closure != Closure::default()).then_some(closure);
    Ok(StatusChange {
        status: Status::Closed { reason, note, closure },
        ..change.clone()
    })
}

fn ready(missing: Vec<String>) -> Result<(), Refusal> {
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Refusal::EpisodeNotReady {
            missing: missing.join("; "),
        }),
    }
}

/// The treating clinician's agreement, where a closing needs it and hasn't got it.
fn not_agreed(desk: &Desk<'_, '_, '_>, sheet: &Flowsheet, change: &StatusChange) -> Result<Option<String>, Refusal> {
    let Status::Closed { reason, closure, .. } = &change.status else {
        return Ok(None);
    };
    let Some(risk) = needs_agreement(sheet, *reason) else {
        return Ok(None);
    };
    match closure.as_ref().and_then(|closure| closure.agreement.as_ref()) {
        Some(agreed) if desk.hand.today() < agreed.day => Err(Refusal::Field(
            "The PCP\u{2019}s agreement lies in the future".to_owned(),
        )),
        Some(_) => Ok(None),
        None => Ok(Some(format!(
            "the PCP\u{2019}s recorded agreement: the patient could not be reached, and {}",
            risk.words()
        ))),
    }
}

/// Concerns, recommendations and referrals that nobody named looks after once all of this save is written.
fn open_still(desk: &Desk<'_, '_, '_>, after: &Flowsheet) -> Result<Vec<String>, Refusal> {
    let (_, sheet) = desk.patient()?;
    let is_new = |end: &LooseEnd| {
        matches!(end.what, Loose::Concern(_)) && sheet.open_concerns().all(|line| line.concern != end.about)
    };
    let open = loose_ends(after, desk.hand.zone).into_iter();
    let words = |end: LooseEnd| match is_new(&end) {
        true => "the safety concern that this save opens".to_owned(),
        false => end.words(),
    };
    Ok(open.filter(|end| end.handed.is_none()).map(words).collect())
}

/// Tasks of which this save doesn't say what becomes of them: done, cancelled, handed over, or kept for a reason.
fn undecided(next: &Folded, after: &Flowsheet, closure: Option<&Closure>) -> Vec<String> {
    let left = open_tasks(after).filter(|task| !keeps(next, closure, task));
    let words = |task| {
        let task = task_words(next, task);
        format!("{task} (done, cancelled, handed over, or kept with a reason)")
    };
    left.map(words).collect()
}

/// Whether a closing names a task that stays open, and it or the task says why.
fn keeps(folded: &Folded, closure: Option<&Closure>, task: &TaskLine) -> bool {
    let mut kept = closure.into_iter().flat_map(|closure| &closure.tasks);
    kept.any(|kept| kept.task == task.task && kept_why(folded, kept).is_some())
}

/// A task by its day and what it says.
fn task_words(folded: &Folded, task: &TaskLine) -> String {
    let due = task.due.date().format("%-d %b %Y");
    match folded.head(&Slot::Task(task.task)).map(|live| &live.fact) {
        Some(Fact::Task(said)) => format!("the task due {due}, \u{201c}{}\u{201d}", said.text),
        _ => format!("the task due {due}"),
    }
}

/// What a closing says besides its reason.
fn closure_of(change: &StatusChange) -> Option<&Closure> {
    match &change.status {
        Status::Closed { closure, .. } => closure.as_deref(),
        _ => None,
    }
}

/// The last day lies in the episode, and not in the future.
fn last_day(desk: &Desk<'_, '_, '_>, change: &StatusChange) -> Result<(), Refusal> {
    let (_, sheet) = desk.patient()?;
    if desk.hand.today() < change.from {
        return Err(Refusal::Field("The last day lies in the future".to_owned()));
    }
    let Some(episode) = sheet.episodes.iter().find(|e| e.episode == change.episode) else {
        return Err(Refusal::Field("There is no episode to be closed".to_owned()));
    };
    let on = |day: Day| day.date().format("%-d %b %Y").to_string();
    if change.from < episode.opened {
        return Err(Refusal::Field(format!(
            "The last day lies before the episode opened ({})",
            on(episode.opened)
        )));
    }
    // What is written later holds from its day on: a closing that is dated before a status wouldn't close.
    let later = episode
        .statuses
        .iter()
        .rev()
        .find(|(day, s)| change.from < *day && s.is_open());
    match later {
        Some((day, _)) => Err(Refusal::Field(format!(
            "The last day lies before {}, when the status was set",
            on(*day)
        ))),
        None => Ok(()),
    }
}

/// Whether the episode is closed already: its reason or its day is written anew.
fn is_closed(desk: &Desk<'_, '_, '_>, change: &StatusChange) -> bool {
    desk.folded()
        .is_some_and(|folded| standing(folded, change.episode).is_some())
}

/// The closing of an episode, when every current version of its status is one.
fn standing(folded: &Folded, episode: EpisodeId) -> Option<&StatusChange> {
    let heads = folded.heads(&Slot::Status(episode));
    match &heads.last()?.fact {
        Fact::StatusChange(change) if heads.iter().all(|head| is_closing(&head.fact)) => Some(change),
        _ => None,
    }
}

/// What a correction writes. A status that is a closing now goes through the same checks, and keeps its outcome; one that
/// was a closing on the same day keeps the outcome that it had.
pub(super) fn corrected(desk: &Desk<'_, '_, '_>, before: &Fact, now: &Fact) -> Result<Fact, Refusal> {
    let (Fact::StatusChange(before), Fact::StatusChange(change)) = (before, now) else {
        return Ok(now.clone());
    };
    let mut change = closing(desk, change, &[])?;
    if let (Status::Closed { closure: was, .. }, Status::Closed { closure, .. }) = (&before.status, &mut change.status)
        && (before.episode, before.from) == (change.episode, change.from)
    {
        let mut kept = closure.take().unwrap_or_default();
        kept.scores = was.as_ref().map_or_else(Vec::new, |was| was.scores.clone());
        *closure = (*kept != Closure::default()).then_some(kept);
    }
    Ok(change.into())
}

/// One of two versions that is a closing is chosen: it is asked for what any other closing is, whatever the other
/// version says.
pub(super) fn settled(desk: &Desk<'_, '_, '_>, kept: &Fact) -> Result<(), Refusal> {
    let Fact::StatusChange(change) = kept else {
        return Ok(());
    };
    if !is_closing(kept) {
        return Ok(());
    }
    // Its day isn't asked again: settled, it stands alone, whatever the other version set later.
    let (next, after) = desk.after()?;
    let mut missing = open_still(desk, &after)?;
    // Where all versions were closings, each was asked when it was made; what was added since comes up on its day.
    if !is_closed(desk, change) {
        missing.extend(undecided(&next, &after, closure_of(change)));
    }
    missing.extend(not_agreed(desk, &after, change)?);
    ready(missing)
}

/// What takes entries back, moves or corrects them brings back no closing that couldn't be made now, and leaves nothing
/// to nobody that was handed over when the last episode was closed. What stands again because it was entered in error by
/// mistake is looked at like its first writing.
pub(super) fn still_holds(desk: &Desk<'_, '_, '_>) -> Result<(), Refusal> {
    // The registry's own chart has neither.
    let Ok((folded, sheet)) = desk.patient() else {
        return Ok(());
    };
    let answered: Vec<EntryId> = desk.entries.iter().filter_map(|p| answers(&p.draft.fact)).collect();
    let is_of_it = |fact: &Fact| matches!(fact, Fact::StatusChange(_) | Fact::HandedOver(_));
    let live = |id: EntryId| folded.live().iter().find(|live| live.id == id).map(|live| &live.fact);
    let targets: Vec<&Fact> = answered.into_iter().filter_map(live).collect();
    let undoes = targets.iter().any(|fact| matches!(fact, Fact::EnteredInError(_)));
    let mut facts = targets.into_iter();
    if !undoes && !facts.any(|fact| is_of_it(fact) || answers(fact).and_then(live).is_some_and(is_of_it)) {
        return Ok(());
    }
    let (next, after) = desk.after()?;
    for episode in &after.episodes {
        if let (None, Some(closing)) = (standing(folded, episode.episode), standing(&next, episode.episode)) {
            let mut missing = open_still(desk, &after)?;
            missing.extend(undecided(&next, &after, closure_of(closing)));
            missing.extend(not_agreed(desk, &after, closing)?);
            ready(missing)?;
        }
    }
    if undoes {
        brought_back(desk, &next, &after)?;
    }
    if after.episodes.iter().any(|e| standing(&next, e.episode).is_none()) {
        return Ok(());
    }
    let zone = desk.hand.zone;
    let was_handed = |end: &LooseEnd| {
        let mut before = loose_ends(sheet, zone).into_iter();
        before.any(|was| was.about == end.about && was.handed.is_some())
    };
    let ends = loose_ends(&after, zone).into_iter();
    match ends.filter(|end| end.handed.is_none()).find(was_handed) {
        None => Ok(()),
        Some(end) => Err(Refusal::Field(format!(
            "The closing rests on a hand-over: nobody named would look after {}. Hand it to somebody else first, or take \
             the closing back with it",
            end.words()
        ))),
    }
}

/// What stands again once a word that it was entered in error is taken back: no second open episode, and nothing open
/// that was written before the last episode was closed, and that nobody named would look after. What was first written
/// after the closing was looked at then.
fn brought_back(desk: &Desk<'_, '_, '_>, next: &Folded, after: &Flowsheet) -> Result<(), Refusal> {
    let (folded, sheet) = desk.patient()?;
    let open = |sheet: &Flowsheet| sheet.episodes.iter().filter(|e| e.closed().is_none()).count();
    if 1 < open(after) && open(sheet) < open(after) {
        let known = sheet.episodes.iter().find(|e| e.closed().is_none());
        let since = known.map(|e| format!(" since {}", e.opened.date().format("%-d %b %Y")));
        return Err(Refusal::Field(format!(
            "An episode is open{}, and this would open another beside it. Close that one first, or leave this as entered \
             in error",
            since.unwrap_or_default()
        )));
    }
    let closings = after.episodes.iter().map(|e| next.head(&Slot::Status(e.episode)));
    let closings: Vec<_> = closings.flatten().filter(|head| is_closing(&head.fact)).collect();
    let are_all_closed = after.episodes.iter().all(|e| standing(next, e.episode).is_some());
    let Some(closed) = closings.iter().map(|head| head.stamp).max().filter(|_| are_all_closed) else {
        return Ok(());
    };
    let mut back = next.live().iter().filter(|live| folded.voided_by(live.id).is_some());
    if !back.any(|live| live.stamp < closed) {
        return Ok(());
    }
    let zone = desk.hand.zone;
    let before = loose_ends(sheet, zone);
    let is_new = |end: &LooseEnd| before.iter().all(|was| was.about != end.about || was.handed.is_some());
    let ends = loose_ends(after, zone).into_iter();
    let end = ends.filter(|end| end.handed.is_none()).find(is_new);
    let (words, anew) = match end.map(|end| (end.words(), end.what)) {
        Some((words, Loose::Concern(_))) => (words, "; or open the concern anew, by hand"),
        Some((words, Loose::Recommendation | Loose::Referral(_))) => (words, ""),
        None => {
            let is_kept = |task: &TaskLine| closings.iter().any(|head| is_kept_by(next, &head.fact, task));
            let was_open = |task: &TaskLine| open_tasks(sheet).any(|was| was.task == task.task);
            match open_tasks(after).find(|task| !was_open(task) && !is_kept(task)) {
                Some(task) => (task_words(next, task), ""),
                None => return Ok(()),
            }
        }
    };
    Err(Refusal::Field(format!(
        "The episode is closed, and {words} would be open again with nobody named to look after it. Take the closing back \
         first; then bring this back, settle it or hand it to a named person, and close again{anew}"
    )))
}

fn is_kept_by(folded: &Folded, closing: &Fact, task: &TaskLine) -> bool {
    matches!(closing, Fact::StatusChange(change) if keeps(folded, closure_of(change), task))
}

/// The entry that a fact corrects or takes back.
fn answers(fact: &Fact) -> Option<EntryId> {
    match fact {
        Fact::EnteredInError(e) => Some(e.entry),
        Fact::Corrected(c) => Some(c.entry),
        _ => None,
    }
}

/// Whether a fact closes an episode.
pub(super) fn is_closing(fact: &Fact) -> bool {
    matches!(fact, Fact::StatusChange(change) if matches!(change.status, Status::Closed { .. }))
}

/// A message to the patient.
pub(super) fn is_to_the_patient(fact: &Fact) -> bool {
    matches!(fact, Fact::Communication(message) if message.to == Audience::Patient)
}

/// Whether the episode was closed because the patient died.
pub(super) fn has_died(desk: &Desk<'_, '_, '_>) -> bool {
    let today = desk.hand.today();
    let status = desk.patient().ok().and_then(|(_, sheet)| sheet.status_on(today));
    status == Some(crate::flowsheet::StatusLine::Closed(CloseReason::Died))
}
