//! Entries on the wrong patient: they move to the right one, and what was saved with a contact moves along.

use super::record::{json, live, marks_stay};
use super::{Desk, Planned, asked_now, closing, crisis, safety};
use crate::care::intent::Refusal;
use crate::care::privacy;
use crate::journal::facts::{EnteredInError, MovedHere, Time};
use crate::journal::{ChartId, Draft, EntryId, Fact, Folded, Live, When};

/// From the wrong patient to the right one, in one save; both records show it.
pub(super) fn moved(desk: &mut Desk<'_, '_, '_>, from: ChartId, to: ChartId, entry: EntryId) -> Result<(), Refusal> {
    let original = live(desk, entry)?;
    may_move(&original.fact)?;
    let there = desk.view.other.filter(|_| from != to).ok_or(Refusal::NoSuchChart)?;
    let along = saved_with(desk, original)?;
    let id = move_one(desk, (from, to, there), original, &original.fact)?;
    for other in along {
        // Minutes belong to the contact where it stands now.
        let fact = match &other.fact {
            Fact::Time(time) if time.of == Some(entry) => Fact::Time(Time {
                of: Some(id),
                ..time.clone()
            }),
            fact => fact.clone(),
        };
        move_one(desk, (from, to, there), other, &fact)?;
    }
    closing::still_holds(desk)?;
    desk.chart = to;
    Ok(())
}

/// Refuses what stays where it is.
fn may_move(fact: &Fact) -> Result<(), Refusal> {
    if closing::is_closing(fact) {
        return Err(Refusal::Field(
            "A closing is not moved: close the right record, and mark this one as entered in error".to_owned(),
        ));
    }
    // They name an episode of this record: in another one they would begin an episode beside its own.
    if matches!(fact, Fact::Episode(_) | Fact::StatusChange(_) | Fact::Referral(_)) {
        return Err(Refusal::Field(
            "An episode is not moved: refer the right patient, and mark this entry as entered in error".to_owned(),
        ));
    }
    if matches!(fact, Fact::Concern(_) | Fact::ConcernStep(_) | Fact::ConcernClosed(_)) {
        return Err(Refusal::Field(
            "A safety concern is closed by a named person and never moved. Move the answer or the crisis contact that it \
             came from, or open a concern in the right record; then close this one"
                .to_owned(),
        ));
    }
    Ok(())
}

/// What was saved with a contact or a try: its minutes, and the scores, refusals and education of its moment by the same
/// person. Answers that mean danger were saved before the form, so that the save alone doesn't tell.
fn saved_with<'v>(desk: &Desk<'v, '_, '_>, original: &Live) -> Result<Vec<&'v Live>, Refusal> {
    let at = match &original.fact {
        Fact::Contact(contact) => contact.at,
        Fact::Attempt(attempt) => attempt.at,
        _ => return Ok(Vec::new()),
    };
    let folded = desk.folded().ok_or(Refusal::NoSuchChart)?;
    let is_along = |live: &&Live| {
        let of_moment = |when: When| when == at || live.stamp.millis() == original.stamp.millis();
        let same_person = live.author == original.author;
        match &live.fact {
            Fact::Time(time) => time.of == Some(original.id),
            Fact::Assessment(taken) => same_person && of_moment(taken.at),
            Fact::Declined(declined) => same_person && of_moment(declined.at),
            Fact::Education(given) => same_person && of_moment(given.at),
            _ => false,
        }
    };
    Ok(folded.live().iter().filter(is_along).collect())
}

/// One entry; `fact` is what it says in the right record.
fn move_one(
    desk: &mut Desk<'_, '_, '_>,
    (from, to, there): (ChartId, ChartId, &Folded),
    original: &Live,
    fact: &Fact,
) -> Result<EntryId, Refusal> {
    let reason = "Written on the wrong patient".to_owned();
    desk.add(EnteredInError {
        entry: original.id,
        reason,
        moved_to: Some(to),
    })?;
    marks_stay(desk, &[original.id])?;
    let id = desk.entry();
    let here = MovedHere {
        from,
        entry: original.id,
        kind: fact.kind().to_owned(),
        fact: json(fact)?,
    };
    desk.entries.push(Planned {
        id,
        draft: Draft::new(to, here),
    });
    let folded = desk.folded().ok_or(Refusal::NoSuchChart)?;
    for mark in privacy::marks_of(folded, original, id) {
        let id = desk.entry();
        desk.entries.push(Planned {
            id,
            draft: Draft::new(to, mark),
        });
    }
    if let Fact::Assessment(taken) = fact {
        safety::moved(desk, (to, there), id, taken)?;
    }
    if let Fact::AreaAnswers(area) = fact {
        asked_now::moved(desk, (to, there), area);
    }
    crisis::moved(desk, (to, there), original);
    Ok(id)
}
