//! After an episode ended: the outcome as it was kept, taking the closing back, what stays watched, and a death.

use std::collections::BTreeMap;

use super::closing::{TODAY, closed, handed, to_the_patient};
use super::*;
use caseload::care::{Definition, outcomes_then};

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
            }) => outcomes_then(&folded, closure.as_deref().unwrap(), office().zone),
            _ => panic!("a closing"),
        }
    };
    let outcomes = kept(&copy);
    assert_eq!(outcomes.len(), 1);
    assert_eq!((outcomes[0].baseline, outcomes[0].latest), (20, 10));
    // 20 to 10: the definitions disagree, and each is kept.
    let expected = BTreeMap::from([
        (Definition::Remission, false),
        (Definition::Response, true),
        (Definition::Improved, true),
        (Definition::TreatmentResponse, false),
        (Definition::AtTarget, true),
        (Definition::ReliableChange, true),
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

/// Somebody whose concern was handed over in the save that closed the episode as a death, on 20 November at 9:00.
fn died() -> Copy {
    let mut copy = Copy::new(1).at("2026-11-18T10:00:00-05:00");
    copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let mut copy = copy.at(TODAY);
    let concern = copy.concern().concern;
    copy.record(vec![
        handed(concern, HandedThing::Concern),
        closed(CloseReason::Died).into(),
    ]);
    assert_eq!(copy.item(), None);
    copy
}

fn contact(at: &str) -> Fact {
    let with = vec![With::Patient];
    Contact {
        at: when(at),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with,
        inbound: true,
        did: Vec::new(),
        language: None,
        note: None,
        talk: Talk::default(),
    }
    .into()
}

#[test]
fn whatever_of_safety_is_written_after_a_death_is_on_today() {
    // The days were compared: what came on the day of a mistaken closing, or joined an older concern, was on no list.
    let yes_now = AreaAnswers {
        area: Area::PastHarm,
        day: day("2026-11-20"),
        replies: BTreeMap::from([(Question::SuicideNow, Said::Yes { words: None })]),
        treatments: Vec::new(),
    };
    let same = || phq9("2026-11-20T09:30:00-05:00", 1);
    let total = || {
        let mut form = same();
        form.version = "of another version".to_owned();
        form
    };
    let table: [(&str, Vec<Fact>, bool); 8] = [
        ("nothing", vec![], false),
        ("a positive answer that joins the concern", vec![same().into()], true),
        (
            "a negative one",
            vec![phq9("2026-11-20T09:30:00-05:00", 0).into()],
            false,
        ),
        ("an answer in the assessment", vec![yes_now.into()], true),
        (
            "a contact after it was closed",
            vec![contact("2026-11-20T09:40:00-05:00")],
            true,
        ),
        (
            "a contact before it was closed",
            vec![contact("2026-11-20T08:40:00-05:00")],
            false,
        ),
        ("a contact on another day", vec![contact("2026-11-21")], true),
        (
            "the reason set anew after an answer",
            vec![same().into(), closed(CloseReason::Died).into()],
            true,
        ),
    ];
    for (name, facts, is_shown) in table {
        let mut copy = died().at("2026-11-21T10:00:00-05:00");
        for fact in facts {
            copy.record(vec![fact]);
        }
        assert_eq!(copy.item().is_some(), is_shown, "{name}");
    }
    // A positive answer without a concern, as a merge of a part can leave it.
    let mut copy = died();
    copy.write(total());
    assert!(copy.item().is_some(), "a positive answer of the same day");
}

#[test]
fn a_hand_over_holds_only_until_something_new_is_known() {
    // It was compared by its day, and outlived an answer of the same day or of a form that was typed later.
    let concern = {
        let mut copy = Copy::new(1).at(TODAY);
        copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
        copy.concern().concern
    };
    let by_hand = || {
        Fact::from(Concern {
            concern,
            kind: ConcernKind::Suicide,
            because: Because::ByHand {
                note: "a call from the sister".to_owned(),
            },
            level: Level::High,
            at: when(TODAY),
        })
    };
    let over = || handed(concern, HandedThing::Concern);
    let table: [(&str, Vec<Fact>, bool); 7] = [
        ("nothing since", vec![], true),
        ("a negative answer", vec![phq9(TODAY, 0).into()], true),
        ("a higher answer of the same day", vec![phq9(TODAY, 3).into()], false),
        (
            "a higher one of a form that is dated before it",
            vec![phq9("2026-11-19T10:00:00-05:00", 3).into()],
            false,
        ),
        ("a concern that is joined without steps", vec![by_hand()], false),
        ("the same, and handed over again", vec![by_hand(), over()], true),
        ("handed over in the save of the answer", vec![], true),
    ];
    for (name, since, holds) in table {
        let mut copy = Copy::new(1).at(TODAY);
        copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
        match name {
            "handed over in the save of the answer" => drop(copy.record(vec![over(), phq9(TODAY, 3).into()])),
            _ => drop(copy.record(vec![over()])),
        }
        for fact in since {
            copy.record(vec![fact]);
        }
        let intent = Intent::Record {
            chart: chart(),
            facts: vec![closed(CloseReason::ReferredOn).into()],
        };
        assert_eq!(copy.decide(&intent, None).is_ok(), holds, "{name}");
    }
}
