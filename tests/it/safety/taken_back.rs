//! What is entered in error leaves no closing that couldn't have been made.

use super::closing::{TODAY, closed, handed, recommendation, referral, thing};
use super::*;

fn void(entries: Vec<EntryId>) -> Intent {
    Intent::Void {
        chart: chart(),
        entries,
        reason: "Undone".to_owned(),
    }
}

fn active() -> StatusChange {
    StatusChange {
        status: Status::Active,
        from: day("2026-11-20"),
        ..closed(CloseReason::GoalsMet)
    }
}

#[test]
fn a_closing_comes_back_only_when_nothing_is_open_that_nobody_looks_after() {
    // "Active" opened the episode again; taken back, the closing held over whatever had come since.
    let positive = || Fact::from(phq9(TODAY, 1));
    let table: [(&str, CloseReason, Vec<Fact>, bool, bool); 5] = [
        ("nothing since", CloseReason::GoalsMet, vec![], false, true),
        (
            "a positive answer",
            CloseReason::GoalsMet,
            vec![positive()],
            false,
            false,
        ),
        (
            "the same, handed over",
            CloseReason::GoalsMet,
            vec![positive()],
            true,
            true,
        ),
        (
            "the same, and nobody could be reached",
            CloseReason::Unreachable,
            vec![positive()],
            true,
            false,
        ),
        (
            "a negative one",
            CloseReason::Unreachable,
            vec![phq9(TODAY, 0).into()],
            false,
            true,
        ),
    ];
    for (name, reason, since, is_handed, is_taken_back) in table {
        let mut copy = Copy::new(1).at("2026-11-20T08:00:00-05:00");
        copy.record(vec![closed(reason).into()]);
        let opened = copy.record(vec![active().into()]);
        let mut copy = copy.at(TODAY);
        for fact in since {
            copy.record(vec![fact]);
        }
        if is_handed {
            let concern = copy.concern().concern;
            copy.record(vec![handed(concern, HandedThing::Concern)]);
        }
        let found = copy.decide(&void(opened), None);
        match is_taken_back {
            true => assert!(found.is_ok(), "{name}: {:?}", found.err()),
            false => assert!(matches!(found, Err(Refusal::EpisodeNotReady { .. })), "{name}"),
        }
    }
}

#[test]
fn a_correction_that_opened_the_episode_again_is_undone_under_the_same_rule() {
    for is_open in [true, false] {
        let mut copy = Copy::new(1).at(TODAY);
        let entry = copy.record(vec![closed(CloseReason::GoalsMet).into()])[0];
        let correction = copy.carry_out(&Intent::Correct {
            chart: chart(),
            entry,
            fact: Box::new(active().into()),
            reason: None,
        });
        copy.take(phq9(TODAY, u8::from(is_open)));
        let found = copy.decide(&void(correction), None);
        assert_eq!(matches!(found, Err(Refusal::EpisodeNotReady { .. })), is_open);
        assert_eq!(found.is_ok(), !is_open);
    }
}

#[test]
fn a_hand_over_that_a_closing_rests_on_is_not_taken_back_alone() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let concern = copy.concern().concern;
    let over = || handed(concern, HandedThing::Concern);
    let save = copy.record(vec![over(), closed(CloseReason::ReferredOn).into()]);
    let alone = void(vec![save[0]]);
    assert!(matches!(copy.decide(&alone, None), Err(Refusal::Field(_))));
    assert!(copy.decide(&void(save.clone()), None).is_ok(), "with its closing");
    let moved = Intent::Move {
        from: chart(),
        to: ChartId::from_random([6; 16]),
        entry: save[0],
    };
    assert!(matches!(
        copy.decide(&moved, Some(&Chart::default())),
        Err(Refusal::Field(_))
    ));
    let corrected = |about: ThingId| Intent::Correct {
        chart: chart(),
        entry: save[0],
        fact: Box::new(handed(about, HandedThing::Concern)),
        reason: None,
    };
    assert!(matches!(
        copy.decide(&corrected(thing(77)), None),
        Err(Refusal::Field(_))
    ));
    assert!(
        copy.decide(&corrected(concern), None).is_ok(),
        "its words can be put right"
    );

    let mut other = copy.clone();
    other.record(vec![over()]);
    assert!(other.decide(&alone, None).is_ok(), "somebody else looks after it");
    let mut ended = copy.clone();
    ended.see_to();
    ended.close().unwrap();
    assert!(ended.decide(&alone, None).is_ok(), "the concern is closed");
    let mut again = copy.clone();
    again.record(vec![active().into()]);
    assert!(again.decide(&alone, None).is_ok(), "the patient is in care again");
}

#[test]
fn a_hand_over_is_taken_back_while_the_episode_is_open() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let concern = copy.concern().concern;
    let save = copy.record(vec![handed(concern, HandedThing::Concern)]);
    assert!(copy.decide(&void(save), None).is_ok());
}

fn task() -> Task {
    Task {
        task: thing(50),
        text: "Call the school".to_owned(),
        due: day("2026-11-24"),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    }
}

#[test]
fn a_closing_that_comes_back_asks_what_becomes_of_each_open_task() {
    let keeping = |why: &str| {
        let tasks = vec![KeptTask {
            task: thing(50),
            why: why.to_owned(),
        }];
        let closure = Closure {
            tasks,
            ..Closure::default()
        };
        StatusChange {
            status: Status::Closed {
                reason: CloseReason::GoalsMet,
                note: None,
                closure: Some(Box::new(closure)),
            },
            ..closed(CloseReason::GoalsMet)
        }
    };
    let is_asked = |found: Result<Decision, Refusal>| match found {
        Err(Refusal::EpisodeNotReady { missing }) => missing.contains("Call the school"),
        Err(other) => panic!("{other:?}"),
        Ok(_) => false,
    };
    for (closing, asked) in [(closed(CloseReason::GoalsMet), true), (keeping("still due"), false)] {
        // Its reopening is taken back.
        let mut copy = Copy::new(1).at(TODAY);
        copy.write(closing.clone());
        let opened = copy.write(active());
        copy.record(vec![task().into()]);
        assert_eq!(is_asked(copy.decide(&void(vec![opened]), None)), asked);
        // It was taken back itself.
        let mut copy = Copy::new(1).at(TODAY);
        let written = copy.write(closing.clone());
        let gone = copy.carry_out(&void(vec![written]));
        copy.record(vec![task().into()]);
        assert_eq!(is_asked(copy.decide(&void(gone), None)), asked);
        // It is chosen of two versions.
        let mut copy = Copy::new(1).at(TODAY);
        copy.record(vec![task().into()]);
        let mut elsewhere = copy.elsewhere(2).at("2026-11-20T09:30:00-05:00");
        copy.write(active());
        let keep = elsewhere.write(closing);
        copy.merge(&elsewhere);
        let settle = Intent::Settle { chart: chart(), keep };
        assert_eq!(
            is_asked(copy.at("2026-11-20T10:00:00-05:00").decide(&settle, None)),
            asked
        );
    }
}

fn by_hand() -> Fact {
    let note = "the sister called".to_owned();
    Concern {
        concern: thing(40),
        kind: ConcernKind::Suicide,
        because: Because::ByHand { note },
        level: Level::Positive,
        at: when("2026-11-10T09:00:00-05:00"),
    }
    .into()
}

#[test]
fn what_comes_back_after_the_closing_is_asked_for_what_the_closing_asked() {
    let table = [
        ("a concern", by_hand(), Some("safety concern about suicide")),
        (
            "a recommendation",
            recommendation(),
            Some("a recommendation without an answer"),
        ),
        (
            "a referral",
            referral(ReferralState::Sent),
            Some("a referral out (sent"),
        ),
        ("one that ended", referral(ReferralState::Result), None),
        (
            "a task",
            task().into(),
            Some("the task due 24 Nov 2026, \u{201c}Call the school\u{201d}"),
        ),
    ];
    for (name, fact, expected) in table {
        let mut copy = Copy::new(1).at("2026-11-19T09:00:00-05:00");
        let written = copy.record(vec![fact]);
        let gone = Intent::Void {
            chart: chart(),
            entries: written,
            reason: "it was another patient".to_owned(),
        };
        let gone = copy.carry_out(&gone)[0];
        assert!(copy.decide(&void(vec![gone]), None).is_ok(), "{name}, while it is open");
        let mut copy = copy.at(TODAY);
        let closing = copy.record(vec![closed(CloseReason::GoalsMet).into()]);
        match (copy.decide(&void(vec![gone]), None), expected) {
            (Ok(_), None) => {}
            (Err(Refusal::Field(said)), Some(words)) => {
                assert!(
                    said.contains(words) && said.contains("Take the closing back first"),
                    "{name}: {said}"
                );
            }
            (found, _) => panic!("{name}: {found:?}"),
        }
        copy.carry_out(&void(closing));
        copy.carry_out(&void(vec![gone]));
        let again = copy.decide(
            &Intent::Record {
                chart: chart(),
                facts: vec![closed(CloseReason::GoalsMet).into()],
            },
            None,
        );
        assert_eq!(again.is_err(), expected.is_some(), "{name}, brought back first");
    }
}

#[test]
fn what_was_first_written_after_the_closing_comes_back() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.record(vec![closed(CloseReason::GoalsMet).into()]);
    let written = copy.record(vec![by_hand()]);
    let gone = copy.carry_out(&Intent::Void {
        chart: chart(),
        entries: written,
        reason: "it was another patient".to_owned(),
    });
    copy.carry_out(&void(vec![gone[0]]));
    assert_eq!(copy.sheet().open_concerns().count(), 1);
}

#[test]
fn no_second_open_episode_comes_back() {
    let other = EpisodeId::from_random([8; 16]);
    let opened = |episode: EpisodeId, from: &str| StatusChange {
        episode,
        from: day(from),
        ..active()
    };
    let mut copy = Copy::new(1).at(TODAY);
    copy.record(vec![closed(CloseReason::GoalsMet).into()]);
    let second = copy.record(vec![opened(other, "2026-11-20").into()]);
    let gone = copy.carry_out(&void(second));
    assert!(copy.decide(&void(gone.clone()), None).is_ok(), "none is open");
    copy.record(vec![opened(EpisodeId::from_random([7; 16]), "2026-11-20").into()]);
    match copy.decide(&void(gone), None) {
        Err(Refusal::Field(said)) => assert!(said.contains("An episode is open since 20 Nov 2026"), "{said}"),
        found => panic!("{found:?}"),
    }
}

#[test]
fn a_closing_that_was_taken_back_comes_back_only_when_it_could_be_made_now() {
    for is_open in [true, false] {
        let mut copy = Copy::new(1).at(TODAY);
        let closing = copy.record(vec![closed(CloseReason::GoalsMet).into()]);
        let gone = copy.carry_out(&void(closing));
        copy.take(phq9(TODAY, u8::from(is_open)));
        let found = copy.decide(&void(gone), None);
        assert_eq!(
            matches!(found, Err(Refusal::EpisodeNotReady { .. })),
            is_open,
            "{found:?}"
        );
        assert_eq!(found.is_ok(), !is_open);
    }
}
