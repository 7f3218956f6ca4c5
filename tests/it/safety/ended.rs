//! After an episode ended: the outcome as it was kept, taking the closing back, what stays watched, and a death.

use std::collections::BTreeMap;

use super::closing::{TODAY, closed, handed, to_the_patient};
use super::*;
use caseload::journal::facts::OutcomeName;

#[test]
fn the_outcome_is_kept_as_it_was_and_undo_opens_the_episode_again() {
    let mut copy = Copy::new(1).at(TODAY);
    let of = |total: u8, on: &str| {
        let mut form = phq9(on, 0);
        if let Answered::Items(items) = &mut form.answers {
            let mut left = total;
            for value in items.iter_mut().filter(|(item, _)| *item != "phq9_9").map(|(_, v)| v) {
                *value = left.min(3);
                left -= *value;
            }
        }
        form
    };
    copy.take(of(20, "2026-09-02T10:00:00-04:00"));
    copy.take(of(10, "2026-11-18T10:00:00-05:00"));
    let ids = copy.record(vec![closed(CloseReason::GoalsMet).into()]);
    let kept = |copy: &Copy| {
        let folded = copy.entries.fold();
        let live = folded.live().iter().find(|l| l.id == ids[0]).unwrap();
        match &live.fact {
            Fact::StatusChange(StatusChange {
                status: Status::Closed { closure, .. },
                ..
            }) => closure.clone().unwrap().outcomes,
            _ => panic!("a closing"),
        }
    };
    let outcomes = kept(&copy);
    assert_eq!(outcomes.len(), 1);
    assert_eq!((outcomes[0].baseline, outcomes[0].latest), (20, 10));
    // 20 to 10: the definitions disagree, and each is kept.
    let expected = BTreeMap::from([
        (OutcomeName::Remission, false),
        (OutcomeName::Response, true),
        (OutcomeName::Improved, true),
        (OutcomeName::TreatmentResponse, false),
        (OutcomeName::AtTarget, true),
        (OutcomeName::ReliableChange, true),
    ]);
    assert_eq!(outcomes[0].holds, expected);
    // A score that is written down later changes nothing of what was kept.
    copy.take(of(2, "2026-11-19T10:00:00-05:00"));
    assert_eq!(kept(&copy), outcomes);
    let is_open = |copy: &Copy| copy.sheet().status_on(day("2026-11-20")).unwrap().is_open();
    assert!(!is_open(&copy));
    copy.carry_out(&Intent::Void {
        chart: chart(),
        entries: ids.clone(),
        reason: "Undone".to_owned(),
    });
    assert!(is_open(&copy), "undone, the status before it holds");
}

#[test]
fn a_closed_reason_is_set_anew_without_asking_for_hand_overs_again() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.record(vec![closed(CloseReason::GoalsMet).into()]);
    copy.take(phq9("2026-11-20T08:00:00-05:00", 1));
    let other = Intent::Record {
        chart: chart(),
        facts: vec![closed(CloseReason::Moved).into()],
    };
    assert!(copy.decide(&other, None).is_ok());
    // But somebody who can't be reached, with a positive answer since, still needs the clinician.
    let unreachable = Intent::Record {
        chart: chart(),
        facts: vec![closed(CloseReason::Unreachable).into()],
    };
    assert!(matches!(
        copy.decide(&unreachable, None),
        Err(Refusal::EpisodeNotReady { .. })
    ));
}

#[test]
fn after_a_death_nothing_is_due_and_no_letter_goes_out() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    assert!(copy.item().is_some());
    let concern = copy.concern().concern;
    copy.record(vec![
        handed(concern, HandedThing::Concern),
        closed(CloseReason::Died).into(),
    ]);
    assert_eq!(
        copy.item(),
        None,
        "no worklist item, though the concern was never closed"
    );
    let letter = Intent::Record {
        chart: chart(),
        facts: vec![to_the_patient()],
    };
    assert!(matches!(copy.decide(&letter, None), Err(Refusal::Field(_))));
    // A form that is dated after the closing is somebody's: it is never hidden.
    let mut later = copy.at("2026-11-23T09:00:00-05:00");
    later.take(phq9("2026-11-23T08:00:00-05:00", 2));
    assert!(later.item().is_some());
}

#[test]
fn a_concern_that_was_handed_over_stays_on_the_list_and_a_higher_answer_ends_the_hand_over() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let concern = copy.concern().concern;
    copy.record(vec![
        handed(concern, HandedThing::Concern),
        closed(CloseReason::ReferredOn).into(),
    ]);
    assert!(copy.item().is_some(), "a named person closes a concern, not a closing");
    let mut again = Copy::new(1).at(TODAY);
    again.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let concern = again.concern().concern;
    again.record(vec![handed(concern, HandedThing::Concern)]);
    let mut again = again.at("2026-11-23T09:00:00-05:00");
    again.take(phq9("2026-11-23T08:00:00-05:00", 3));
    let change = StatusChange {
        from: day("2026-11-23"),
        ..closed(CloseReason::ReferredOn)
    };
    let intent = Intent::Record {
        chart: chart(),
        facts: vec![change.into()],
    };
    assert!(matches!(
        again.decide(&intent, None),
        Err(Refusal::EpisodeNotReady { .. })
    ));
}
