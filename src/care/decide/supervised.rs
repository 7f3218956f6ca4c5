//! What trainees may not do alone, how they ask for it, and how a supervisor signs, returns and carries out.

use super::{Desk, View, carry_out, early, record, safety};
use crate::care::cosign::{Crew, Signature, supervised};
use crate::care::intent::{Intent, Refusal, Verdict};
use crate::journal::facts::{AskedFact, CloseAsked, CoSigned, CoVerdict, Person};
use crate::journal::{EntryId, Fact, PersonId, Slot, When};

/// What a trainee is told who closes a concern.
pub const NO_CONCERN: &str = "A trainee can\u{2019}t close a safety concern. Ask your supervisor to close it: what you typed goes \
                              along, and the concern stays open until then";
/// What a trainee is told who closes an episode.
pub const NO_EPISODE: &str = "A trainee can\u{2019}t close an episode. Ask your supervisor to close it: what you typed goes along, \
                              and the episode stays open until then";

/// Refuses what a trainee decided that leaves a concern or an episode closed which was open, whatever the way.
pub(super) fn check(desk: &Desk<'_, '_, '_>) -> Result<(), Refusal> {
    let crew = Crew::of(desk.view.office.1);
    if !crew.is_trainee(desk.hand.me) {
        return Ok(());
    }
    keeps_its_place(desk)?;
    let Ok((_, before)) = desk.patient() else {
        return Ok(());
    };
    if desk.entries.iter().all(|planned| planned.draft.chart != before.chart) {
        return Ok(());
    }
    let (_, after) = desk.after()?;
    let is_open_after = |id| after.open_concerns().any(|line| line.concern == id);
    if before.open_concerns().any(|line| !is_open_after(line.concern)) {
        return Err(Refusal::Trainee(NO_CONCERN.to_owned()));
    }
    let closed_after = |id| after.episodes.iter().any(|e| e.episode == id && e.closed().is_some());
    let mut open = before.episodes.iter().filter(|e| e.closed().is_none());
    if open.any(|e| closed_after(e.episode)) {
        return Err(Refusal::Trainee(NO_EPISODE.to_owned()));
    }
    Ok(())
}

/// A trainee makes nobody a supervisor, and stays a trainee of the same supervisor.
fn keeps_its_place(desk: &Desk<'_, '_, '_>) -> Result<(), Refusal> {
    let known = |person: PersonId| match desk.view.office.1.head(&Slot::Person(person)).map(|live| &live.fact) {
        Some(Fact::Person(known)) => Some((known.role, known.supervisor)),
        _ => None,
    };
    let changes = |person: &Person| known(person.person) != Some((person.role, person.supervisor));
    let written = desk.entries.iter().map(|planned| &planned.draft.fact);
    let mut people = written.filter_map(|fact| match fact {
        Fact::Person(person) => Some(person),
        _ => None,
    });
    let is_raised = |person: &Person| {
        let is_supervisor = person.role == crate::journal::facts::Role::Supervisor;
        changes(person) && (person.person == desk.hand.me || is_supervisor)
    };
    match people.any(is_raised) {
        true => Err(Refusal::Trainee(
            "Who is a trainee, whose trainee, and who supervises is set by somebody who is no trainee".to_owned(),
        )),
        false => Ok(()),
    }
}

/// A supervisor signs entries of one patient, or returns them.
pub(super) fn sign(desk: &mut Desk<'_, '_, '_>, named: &[EntryId], verdict: &Verdict) -> Result<(), Refusal> {
    let (folded, _) = desk.patient()?;
    let crew = Crew::of(desk.view.office.1);
    let known = supervised(folded, &crew);
    if named.is_empty() {
        return Err(Refusal::Nothing);
    }
    for entry in named {
        // The corrections that were read are named beside what they correct.
        if known
            .values()
            .any(|one| one.names.first() != Some(entry) && one.names.contains(entry))
        {
            continue;
        }
        let live = folded.live().iter().find(|live| live.id == *entry);
        let live = live.ok_or(Refusal::NoSuchEntry)?;
        let Some(one) = known.get(entry) else {
            return Err(match live.author == desk.hand.me {
                true => itself(),
                false => Refusal::Field("This entry needs no co-signature: it is not a trainee\u{2019}s".to_owned()),
            });
        };
        if one.by == desk.hand.me {
            return Err(itself());
        }
        if !crew.may_sign(desk.hand.me, one.by, live.stamp) {
            return Err(not_theirs());
        }
        if one.names.iter().any(|name| !named.contains(name)) {
            return Err(Refusal::Field(
                "This entry was corrected since you read it. Read it again, then sign".to_owned(),
            ));
        }
        if matches!(one.signature, Signature::Signed { .. }) && *verdict == Verdict::Signed {
            return Err(Refusal::Field("This entry is co-signed already".to_owned()));
        }
        if matches!(live.fact, Fact::CloseAsked(_)) && *verdict == Verdict::Signed {
            return Err(Refusal::Field(
                "A request to close is carried out, or returned with a comment".to_owned(),
            ));
        }
    }
    let (verdict, comment) = match verdict {
        Verdict::Signed => (CoVerdict::Signed, None),
        Verdict::Returned { comment } => (CoVerdict::Returned, Some(comment.trim().to_owned())),
    };
    let at = When::At(desk.hand.now);
    desk.add(CoSigned {
        entries: named.to_vec(),
        verdict,
        comment,
        at,
    })?;
    Ok(())
}

fn itself() -> Refusal {
    Refusal::Field("Nobody co-signs what they wrote themselves".to_owned())
}

fn not_theirs() -> Refusal {
    Refusal::Field("Only the trainee\u{2019}s supervisor, or somebody whose role is supervisor, can do this".to_owned())
}

/// A trainee asks for a closing. It is tried as if a supervisor made it, so that nothing is asked for that could not be
/// carried out; nothing of it is written but the request.
pub(super) fn ask(desk: &mut Desk<'_, '_, '_>, closing: &Intent) -> Result<(), Refusal> {
    let is_one = match closing {
        Intent::CloseConcern { .. } | Intent::CloseTypedInError { .. } => true,
        Intent::Record { facts, .. } => facts.iter().any(super::closing::is_closing),
        _ => false,
    };
    if !is_one {
        return Err(Refusal::Nothing);
    }
    let view: &View<'_> = desk.view;
    let mut tried = Desk::new(view, closing, &mut *desk.hand);
    carry_out(&mut tried, closing)?;
    let planned = std::mem::take(&mut tried.entries);
    let asked: Result<Vec<AskedFact>, Refusal> = match closing {
        // What was typed is asked for as it is: what follows from it is worked out when it is carried out.
        Intent::Record { facts, .. } => facts.iter().map(asked).collect(),
        _ => planned.iter().map(|one| asked(&one.draft.fact)).collect(),
    };
    let (facts, at) = (asked?, When::At(desk.hand.now));
    desk.add(CloseAsked { facts, at })?;
    Ok(())
}

fn asked(fact: &Fact) -> Result<AskedFact, Refusal> {
    Ok(AskedFact {
        kind: fact.kind().to_owned(),
        fact: record::json(fact)?,
    })
}

/// A supervisor carries out what was asked for: in the supervisor's name, checked as if it were typed now, in one save with
/// the co-signature of the request.
pub(super) fn carry_out_asked(desk: &mut Desk<'_, '_, '_>, request: EntryId) -> Result<(), Refusal> {
    let (folded, _) = desk.patient()?;
    let crew = Crew::of(desk.view.office.1);
    let live = record::live(desk, request)?;
    let Fact::CloseAsked(wanted) = &live.fact else {
        return Err(Refusal::NoSuchEntry);
    };
    if live.author == desk.hand.me {
        return Err(itself());
    }
    if !crew.may_sign(desk.hand.me, live.author, live.stamp) {
        return Err(not_theirs());
    }
    let known = supervised(folded, &crew);
    if known.get(&request).is_some_and(|one| !one.waits()) {
        return Err(Refusal::Field("This request was answered already".to_owned()));
    }
    let facts: Vec<Fact> = wanted
        .facts
        .iter()
        .map(|one| Fact::read(&one.kind, &one.fact.to_string()))
        .collect();
    let mut rest = Vec::new();
    let at = When::At(desk.hand.now);
    for fact in facts {
        match fact {
            Fact::ConcernClosed(closed) if closed.action == early::TYPED_IN_ERROR => {
                early::close_typed_in_error(desk, closed.concern, &closed.reason.unwrap_or_default(), at)?;
            }
            Fact::ConcernClosed(closed) => {
                let reason = closed.reason.unwrap_or_default();
                safety::close(desk, closed.concern, &closed.action, &reason, at)?;
            }
            other => rest.push(other),
        }
    }
    if !rest.is_empty() {
        record::facts(desk, &rest)?;
    }
    desk.add(CoSigned {
        entries: vec![request],
        verdict: CoVerdict::Signed,
        comment: None,
        at,
    })?;
    Ok(())
}
