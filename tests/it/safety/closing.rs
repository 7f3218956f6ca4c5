//! The end of an episode: refused while something is open that nobody named looks after; kept with what it came to.

use super::*;

pub(super) const TODAY: &str = "2026-11-20T09:00:00-05:00";

pub(super) fn episode() -> EpisodeId {
    EpisodeId::from_random([9; 16])
}

pub(super) fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}

pub(super) fn closed(reason: CloseReason) -> StatusChange {
    StatusChange {
        episode: episode(),
        status: Status::Closed {
            reason,
            note: (reason == CloseReason::Other).then(|| "went to sea".to_owned()),
            closure: None,
        },
        from: day("2026-11-20"),
        why: None,
    }
}

pub(super) fn agreed(on: &str) -> StatusChange {
    let agreement = Agreement {
        who: "Dr. Amara Obi".to_owned(),
        day: day(on),
        how: "by phone: letter sent, welfare check done".to_owned(),
    };
    let closure = Closure {
        agreement: Some(agreement),
        ..Closure::default()
    };
    StatusChange {
        status: Status::Closed {
            reason: CloseReason::Unreachable,
            note: None,
            closure: Some(Box::new(closure)),
        },
        ..closed(CloseReason::Unreachable)
    }
}

pub(super) fn handed(about: ThingId, what: HandedThing) -> Fact {
    HandedOver {
        about,
        what,
        to: "Rosa Diaz, Harbor Therapy".to_owned(),
        how: "by phone, she calls the patient on Monday".to_owned(),
        at: when("2026-11-20T08:30:00-05:00"),
    }
    .into()
}

pub(super) fn referral(state: ReferralState) -> Fact {
    OutgoingReferral {
        referral: thing(20),
        to: "Harbor Therapy".to_owned(),
        what: "weekly therapy".to_owned(),
        state,
        day: day("2026-11-10"),
        kind: None,
        resource: None,
        by: None,
        at: None,
        note: None,
        ended: None,
    }
    .into()
}

pub(super) fn recommendation() -> Fact {
    Recommendation::in_words(thing(30), day("2026-11-12"), "raise sertraline".to_owned(), None).into()
}

fn answer(answer: AnswerKind) -> Fact {
    Answer {
        recommendation: thing(30),
        day: day("2026-11-13"),
        answer,
        note: None,
        how: None,
        again: None,
    }
    .into()
}

pub(super) fn to_the_patient() -> Fact {
    Communication {
        at: when(TODAY),
        to: Audience::Patient,
        person: None,
        by: Channel::Letter,
        about: None,
        text: "Dear Jun".to_owned(),
        release: None,
        name: None,
        held: Vec::new(),
        member: None,
        closing: None,
        feedback: None,
        also: Vec::new(),
    }
    .into()
}

/// What closing comes to: nothing when it is carried out, else the sentence of the refusal.
fn closing(before: &[Fact], with: &[Fact], change: StatusChange) -> Option<String> {
    let mut copy = Copy::new(1).at(TODAY);
    for fact in before {
        match fact {
            Fact::Assessment(taken) => {
                copy.take(taken.clone());
            }
            other => {
                copy.write(other.clone());
            }
        }
    }
    let facts = with.iter().cloned().chain([change.into()]).collect();
    let intent = Intent::Record { chart: chart(), facts };
    match copy.decide(&intent, None) {
        Err(refusal) => Some(refusal.to_string()),
        Ok(_) => {
            copy.carry_out(&intent);
            assert!(!copy.sheet().status_on(day("2026-11-20")).unwrap().is_open());
            None
        }
    }
}

#[test]
fn closing_is_refused_while_something_is_open_that_nobody_named_looks_after() {
    use CloseReason::*;
    let positive = || Fact::from(phq9("2026-11-18T10:00:00-05:00", 1));
    let opened = {
        let mut copy = Copy::new(1).at(TODAY);
        copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
        copy.concern().concern
    };
    type Case = (&'static str, Vec<Fact>, Vec<Fact>, StatusChange, Option<&'static str>);
    let table: [Case; 16] = [
        ("nothing is open", vec![], vec![], closed(GoalsMet), None),
        (
            "an open concern",
            vec![positive()],
            vec![],
            closed(GoalsMet),
            Some("the safety concern about suicide or self-harm of 18 Nov 2026"),
        ),
        (
            "the same, handed to somebody",
            vec![positive()],
            vec![handed(opened, HandedThing::Concern)],
            closed(ReferredOn),
            None,
        ),
        (
            "a concern that the same save opens",
            vec![],
            vec![positive()],
            closed(GoalsMet),
            Some("the safety concern that this save opens"),
        ),
        (
            "something else was handed over",
            vec![positive()],
            vec![handed(thing(20), HandedThing::Referral)],
            closed(GoalsMet),
            Some("the safety concern about suicide"),
        ),
        (
            "a recommendation without an answer",
            vec![recommendation()],
            vec![],
            closed(Declined),
            Some("a recommendation without an answer of 12 Nov 2026"),
        ),
        (
            "put off is no answer",
            vec![recommendation(), answer(AnswerKind::Later)],
            vec![],
            closed(Declined),
            Some("a recommendation without an answer"),
        ),
        (
            "declined is one",
            vec![recommendation(), answer(AnswerKind::Declined)],
            vec![],
            closed(Declined),
            None,
        ),
        (
            "handed over",
            vec![recommendation()],
            vec![handed(thing(30), HandedThing::Recommendation)],
            closed(Moved),
            None,
        ),
        (
            "a referral that was sent",
            vec![referral(ReferralState::Sent)],
            vec![],
            closed(CoverageLost),
            Some("a referral out (sent, no appointment yet) of 10 Nov 2026"),
        ),
        (
            "attended, and nobody knows what came of it",
            vec![referral(ReferralState::Attended)],
            vec![],
            closed(CoverageLost),
            Some("attended, no result yet"),
        ),
        (
            "a result is back",
            vec![referral(ReferralState::Result)],
            vec![],
            closed(Moved),
            None,
        ),
        (
            "all of them at once are all named",
            vec![positive(), recommendation(), referral(ReferralState::Made)],
            vec![],
            closed(GoalsMet),
            Some("; a recommendation without an answer of 12 Nov 2026; a referral out (made, not sent)"),
        ),
        (
            "somebody who died too",
            vec![positive()],
            vec![],
            closed(Died),
            Some("the safety concern"),
        ),
        (
            "no letter goes to a patient who died",
            vec![],
            vec![to_the_patient()],
            closed(Died),
            Some("No message goes to a patient who died"),
        ),
        (
            "it goes to one who moved",
            vec![],
            vec![to_the_patient()],
            closed(Moved),
            None,
        ),
    ];
    for (case, before, with, change, expected) in table {
        let found = closing(&before, &with, change);
        match expected {
            None => assert_eq!(found, None, "{case}"),
            Some(words) => assert!(found.as_ref().is_some_and(|f| f.contains(words)), "{case}: {found:?}"),
        }
    }
}

#[test]
fn somebody_unreachable_who_was_last_at_risk_is_closed_with_the_clinicians_agreement_only() {
    let mut severe = phq9("2026-11-18T10:00:00-05:00", 0);
    if let Answered::Items(items) = &mut severe.answers {
        items
            .iter_mut()
            .filter(|(item, _)| *item != "phq9_9")
            .for_each(|(_, value)| *value = 3);
        items.insert("phq9_8".to_owned(), 2);
        items.insert("phq9_7".to_owned(), 2);
        items.insert("phq9_6".to_owned(), 1);
    }
    let mut left_out = phq9("2026-11-19T10:00:00-05:00", 0);
    if let Answered::Items(items) = &mut left_out.answers {
        items.remove("phq9_9");
    }
    let mut severe_19 = severe.clone();
    if let Answered::Items(items) = &mut severe_19.answers {
        items.insert("phq9_6".to_owned(), 0);
    }
    let positive = phq9("2026-11-18T10:00:00-05:00", 1);
    let unreachable = || closed(CloseReason::Unreachable);
    let table: [(&str, Vec<Assessment>, StatusChange, Option<&str>); 9] = [
        ("no score", vec![], unreachable(), None),
        (
            "20",
            vec![severe.clone()],
            unreachable(),
            Some("the last PHQ-9, of 18 Nov 2026, was 20"),
        ),
        ("19", vec![severe_19], unreachable(), None),
        (
            "20, and another reason",
            vec![severe.clone()],
            closed(CloseReason::Moved),
            None,
        ),
        ("20, agreed", vec![severe.clone()], agreed("2026-11-19"), None),
        (
            "20, agreed tomorrow",
            vec![severe],
            agreed("2026-11-21"),
            Some("agreement lies in the future"),
        ),
        (
            "item 9",
            vec![positive.clone()],
            unreachable(),
            Some("the last safety item, of 18 Nov 2026, was answered 1"),
        ),
        (
            "left out after it is no 0",
            vec![positive.clone(), left_out],
            unreachable(),
            Some("was answered 1"),
        ),
        (
            "a later 0",
            vec![positive, phq9("2026-11-19T10:00:00-05:00", 0)],
            unreachable(),
            None,
        ),
    ];
    for (case, taken, change, expected) in table {
        // The concern is handed over: what is asked for here is the agreement.
        let mut copy = Copy::new(1).at(TODAY);
        for form in taken {
            copy.take(form);
        }
        let open: Vec<ThingId> = copy.sheet().open_concerns().map(|c| c.concern).collect();
        let mut facts: Vec<Fact> = open.into_iter().map(|c| handed(c, HandedThing::Concern)).collect();
        facts.push(change.into());
        let found = copy.decide(&Intent::Record { chart: chart(), facts }, None);
        match (expected, found) {
            (None, found) => assert!(found.is_ok(), "{case}: {:?}", found.err()),
            (Some(words), Err(refusal)) => assert!(refusal.to_string().contains(words), "{case}: {refusal}"),
            (Some(_), Ok(_)) => panic!("{case}: not refused"),
        }
    }
}

#[test]
fn the_last_day_lies_in_the_episode_and_another_reason_is_said() {
    let on = |from: &str| StatusChange {
        from: day(from),
        ..closed(CloseReason::GoalsMet)
    };
    let silent = StatusChange {
        status: Status::Closed {
            reason: CloseReason::Other,
            note: Some("  ".to_owned()),
            closure: None,
        },
        ..closed(CloseReason::Other)
    };
    let table = [
        ("today", on("2026-11-20"), None),
        ("tomorrow", on("2026-11-21"), Some("lies in the future")),
        (
            "before it opened",
            on("2026-08-31"),
            Some("opened Tue 1 Sep 2026: it can't end before"),
        ),
        ("other, said", closed(CloseReason::Other), None),
        ("other, not said", silent, Some("why the episode is closed")),
    ];
    for (case, change, expected) in table {
        let found = closing(&[], &[], change);
        match expected {
            None => assert_eq!(found, None, "{case}"),
            Some(words) => assert!(found.as_ref().is_some_and(|f| f.contains(words)), "{case}: {found:?}"),
        }
    }
    let held = StatusChange {
        status: Status::RelapsePrevention,
        from: day("2026-11-10"),
        ..closed(CloseReason::GoalsMet)
    };
    let found = closing(&[held.into()], &[], on("2026-11-09")).unwrap();
    assert!(found.contains("before 10 Nov 2026"), "{found}");
}

#[test]
fn no_other_way_to_write_a_closing_goes_past_the_checks() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let held = StatusChange {
        status: Status::OnHold {
            review: day("2026-12-01"),
        },
        from: day("2026-11-19"),
        ..closed(CloseReason::GoalsMet)
    };
    let entry = copy.record(vec![held.into()])[0];
    let correct = Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(closed(CloseReason::GoalsMet).into()),
        reason: None,
    };
    assert!(matches!(
        copy.decide(&correct, None),
        Err(Refusal::EpisodeNotReady { .. })
    ));
    // Two copies: one closed it before it knew of the concern.
    let mut elsewhere = Copy::new(1).at(TODAY).elsewhere(2);
    let closing = elsewhere.write(closed(CloseReason::GoalsMet));
    copy.merge(&elsewhere);
    let settle = Intent::Settle {
        chart: chart(),
        keep: closing,
    };
    assert!(matches!(
        copy.decide(&settle, None),
        Err(Refusal::EpisodeNotReady { .. })
    ));
}
