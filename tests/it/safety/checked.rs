//! A closing is checked against all that is known: every version of a status, and what the same save writes.

use super::closing::{TODAY, agreed, closed, handed, recommendation, referral, thing};
use super::*;
use caseload::care::{Rule, outcomes_then};

fn record(facts: Vec<Fact>) -> Intent {
    Intent::Record { chart: chart(), facts }
}

fn held() -> StatusChange {
    StatusChange {
        status: Status::OnHold {
            review: day("2026-12-01"),
        },
        from: day("2026-11-19"),
        ..closed(CloseReason::GoalsMet)
    }
}

/// A PHQ-9 of a total, its safety item answered with 0.
fn total(total: u8, at: &str) -> Assessment {
    let mut form = phq9(at, 0);
    if let Answered::Items(items) = &mut form.answers {
        let mut left = total;
        for (_, value) in items.iter_mut().filter(|(item, _)| *item != "phq9_9") {
            *value = left.min(3);
            left -= *value;
        }
    }
    form
}

/// Two copies: this one set a pause, the other closed the episode after that.
fn forked(mut copy: Copy, closing: StatusChange) -> (Copy, EntryId) {
    let mut elsewhere = copy.elsewhere(2).at("2026-11-20T09:30:00-05:00");
    copy.write(held());
    let closing = elsewhere.write(closing);
    copy.merge(&elsewhere);
    (copy.at("2026-11-20T10:00:00-05:00"), closing)
}

fn is_not_ready(found: Result<Decision, Refusal>, words: &str) -> bool {
    matches!(found, Err(Refusal::EpisodeNotReady { missing }) if missing.contains(words))
}

#[test]
fn an_episode_is_closed_only_when_every_version_says_so() {
    // The newer of two versions was a closing: another one was written without a look at what is open.
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let (mut copy, closing) = forked(copy, closed(CloseReason::GoalsMet));
    let again = record(vec![closed(CloseReason::Moved).into()]);
    assert!(is_not_ready(copy.decide(&again, None), "the safety concern"));
    let corrected = Intent::Correct {
        chart: chart(),
        entry: closing,
        fact: Box::new(closed(CloseReason::Moved).into()),
        reason: None,
    };
    assert!(is_not_ready(copy.decide(&corrected, None), "the safety concern"));
}

#[test]
fn settling_for_a_closing_asks_for_the_agreement_too() {
    for (closing, is_refused) in [(closed(CloseReason::Unreachable), true), (agreed("2026-11-19"), false)] {
        let mut copy = Copy::new(1).at(TODAY);
        copy.take(total(20, "2026-11-18T10:00:00-05:00"));
        let (mut copy, keep) = forked(copy, closing);
        let settle = Intent::Settle { chart: chart(), keep };
        let found = copy.decide(&settle, None);
        match is_refused {
            true => assert!(is_not_ready(found, "was 20")),
            false => assert!(found.is_ok(), "{:?}", found.err()),
        }
    }
}

#[test]
fn a_closing_is_settled_whatever_day_the_other_version_is_of() {
    // Settled, the closing stands alone: a pause that another copy dated later was no reason to refuse it.
    let mut copy = Copy::new(1).at(TODAY);
    let mut elsewhere = copy.elsewhere(2).at("2026-11-20T09:30:00-05:00");
    copy.write(held());
    let keep = elsewhere.write(StatusChange {
        from: day("2026-11-18"),
        ..closed(CloseReason::GoalsMet)
    });
    copy.merge(&elsewhere);
    let mut copy = copy.at("2026-11-20T10:00:00-05:00");
    copy.carry_out(&Intent::Settle { chart: chart(), keep });
    assert!(copy.sheet().episodes[0].closed().is_some());
}

#[test]
fn what_the_same_save_opens_holds_the_closing_up() {
    use ReferralState::{Ended, Made};
    let answered = || {
        Fact::from(Answer {
            recommendation: thing(30),
            day: day("2026-11-20"),
            answer: AnswerKind::Declined,
            note: None,
            how: None,
            again: None,
        })
    };
    let severe = || Fact::from(total(20, "2026-11-20T08:00:00-05:00"));
    let table: [(&str, Vec<Fact>, CloseReason, Option<&str>); 8] = [
        (
            "a referral",
            vec![referral(Made)],
            CloseReason::Moved,
            Some("a referral out (made, not sent)"),
        ),
        ("one that has ended", vec![referral(Ended)], CloseReason::Moved, None),
        (
            "a referral that is handed over",
            vec![handed(thing(20), HandedThing::Referral), referral(Made)],
            CloseReason::Moved,
            None,
        ),
        (
            "a recommendation",
            vec![recommendation()],
            CloseReason::Moved,
            Some("a recommendation without an answer"),
        ),
        (
            "one with its answer",
            vec![recommendation(), answered()],
            CloseReason::Moved,
            None,
        ),
        (
            "a severe score",
            vec![severe()],
            CloseReason::Unreachable,
            Some("was 20"),
        ),
        (
            "a severe score, and another reason",
            vec![severe()],
            CloseReason::Moved,
            None,
        ),
        (
            "a score that isn't severe",
            vec![total(19, "2026-11-20T08:00:00-05:00").into()],
            CloseReason::Unreachable,
            None,
        ),
    ];
    for (name, with, reason, expected) in table {
        // Whatever the order in which the form lists them.
        for is_first in [true, false] {
            let mut facts = with.clone();
            match is_first {
                true => facts.insert(0, closed(reason).into()),
                false => facts.push(closed(reason).into()),
            }
            let found = Copy::new(1).at(TODAY).decide(&record(facts), None);
            match expected {
                Some(words) => assert!(is_not_ready(found, words), "{name}"),
                None => assert!(found.is_ok(), "{name}: {:?}", found.err()),
            }
        }
    }
}

fn outcomes(copy: &Copy) -> Vec<(u16, u16)> {
    let folded = copy.entries.fold();
    let closing = folded.live().iter().rev().find_map(|live| match &live.fact {
        Fact::StatusChange(StatusChange {
            status: Status::Closed { closure, .. },
            ..
        }) => Some(closure.clone()),
        _ => None,
    });
    let closure = closing.unwrap().unwrap_or_default();
    let then = outcomes_then(&folded, &closure, office().zone);
    then.iter().map(|o| (o.baseline, o.latest)).collect()
}

#[test]
fn a_score_of_the_same_save_belongs_to_the_outcome() {
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(total(18, "2026-09-02T10:00:00-04:00"));
    copy.record(vec![
        closed(CloseReason::GoalsMet).into(),
        total(4, "2026-11-20T08:00:00-05:00").into(),
    ]);
    assert_eq!(outcomes(&copy), [(18, 4)]);
}

#[test]
fn a_status_that_is_corrected_to_a_closing_keeps_its_outcome_and_one_that_was_kept_stays() {
    // What the check computed was dropped: a corrected closing had no outcome.
    let mut copy = Copy::new(1).at(TODAY);
    copy.take(total(18, "2026-09-02T10:00:00-04:00"));
    copy.take(total(8, "2026-11-12T10:00:00-05:00"));
    let entry = copy.record(vec![held().into()])[0];
    let correct = |change: StatusChange| Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(change.into()),
        reason: None,
    };
    copy.carry_out(&correct(closed(CloseReason::GoalsMet)));
    assert_eq!(outcomes(&copy), [(18, 8)]);
    // A score that is written down later changes nothing of it, nor does another reason; another last day does.
    copy.take(total(2, "2026-11-18T10:00:00-05:00"));
    copy.carry_out(&correct(closed(CloseReason::Moved)));
    assert_eq!(outcomes(&copy), [(18, 8)]);
    let sooner = StatusChange {
        from: day("2026-11-19"),
        ..closed(CloseReason::Moved)
    };
    copy.carry_out(&correct(sooner));
    assert_eq!(outcomes(&copy), [(18, 2)]);
}

#[test]
fn the_state_that_a_decision_leads_to_is_the_one_that_its_entries_fold_to() {
    let mut copy = Copy::new(1).at(TODAY);
    let form = copy.take(phq9("2026-11-18T10:00:00-05:00", 1));
    let concern = copy.concern().concern;
    let held = copy.record(vec![held().into()])[0];
    let save = copy.record(vec![
        handed(concern, HandedThing::Concern),
        closed(CloseReason::ReferredOn).into(),
    ]);
    let (mut copy, keep) = forked(copy, closed(CloseReason::ReferredOn));
    let correct = |item9: u8| Intent::Correct {
        chart: chart(),
        entry: form,
        fact: Box::new(phq9("2026-11-18T10:00:00-05:00", item9).into()),
        reason: None,
    };
    let corrections = [2, 1].map(|item9| copy.carry_out(&correct(item9))[0]);
    let void = |entries: Vec<EntryId>| Intent::Void {
        chart: chart(),
        entries,
        reason: "Undone".to_owned(),
    };
    let table = [
        (
            "facts",
            record(vec![recommendation(), closed(CloseReason::Declined).into()]),
        ),
        ("a save that is undone", void(save)),
        ("one of several versions", void(vec![held])),
        ("a form", void(vec![form])),
        ("a correction", correct(3)),
        ("the last correction undone", void(vec![corrections[1]])),
        ("the one before it undone", void(vec![corrections[0]])),
        ("both undone", void(corrections.to_vec())),
        ("two versions settled", Intent::Settle { chart: chart(), keep }),
    ];
    let mut decided = 0;
    for (name, intent) in table {
        let Some((copy, written)) = leads_to_its_fold(&copy, name, &intent) else {
            continue;
        };
        decided += 1;
        // And each undone again: what it made void stands again, with the links to it.
        let folded = copy.entries.fold();
        let errors = folded
            .live()
            .iter()
            .filter(|l| matches!(l.fact, Fact::EnteredInError(_)));
        let undone: Vec<EntryId> = errors.map(|l| l.id).filter(|id| written.contains(id)).collect();
        if !undone.is_empty() && leads_to_its_fold(&copy, name, &void(undone)).is_some() {
            decided += 1;
        }
    }
    assert!(11 <= decided, "{decided} of the table");
}

/// The copy with what an intent writes, and its entries; `None` where it is refused.
fn leads_to_its_fold(copy: &Copy, name: &str, intent: &Intent) -> Option<(Copy, Vec<EntryId>)> {
    let mut copy = copy.clone();
    let decision = copy.decide(intent, None).ok()?;
    let drafts = decision.entries.iter().map(|planned| (planned.id, &planned.draft));
    let expected = copy.entries.fold().with(drafts, me());
    let mut written = Vec::new();
    for planned in decision.entries {
        let stamp = copy.clock.tick(copy.millis());
        written.push(planned.id);
        let entry = Entry::write(planned.draft, planned.id, stamp, me()).unwrap();
        copy.entries.insert(entry);
    }
    let found = copy.entries.fold();
    let state = |folded: &caseload::journal::Folded| {
        let live = folded.live().iter();
        let live = live.map(|l| (l.id, l.fact.clone(), l.corrected_by, l.replaces.clone()));
        let heads = folded.slots().map(|slot| folded.replaced_by_next(slot));
        (live.collect::<Vec<_>>(), heads.collect::<Vec<_>>())
    };
    assert_eq!(state(&found), state(&expected), "{name}");
    Some((copy, written))
}

#[test]
fn closing_asks_what_becomes_of_each_open_task() {
    let open = |repeats: bool| Task {
        task: thing(50),
        text: "Call the school".to_owned(),
        due: day("2026-11-24"),
        owner: None,
        repeat: repeats.then_some(caseload::journal::Days(14)),
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    };
    let kept = |why: &str| {
        let kept = KeptTask {
            task: thing(50),
            why: why.to_owned(),
        };
        let closure = Closure {
            tasks: vec![kept],
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
    let done = Task {
        done: Some(day("2026-11-20")),
        ..open(false)
    };
    let dropped = Task {
        dropped: Some(day("2026-11-20")),
        why: Some("not needed any more".to_owned()),
        ..open(true)
    };
    let handed = Task {
        handed: Some("Rosa Diaz, school".to_owned()),
        ..dropped.clone()
    };
    let plain = || closed(CloseReason::GoalsMet);
    let table: [(&str, Option<Task>, StatusChange, bool); 7] = [
        ("nothing said", None, plain(), false),
        ("done", Some(done), plain(), true),
        ("cancelled", Some(dropped), plain(), true),
        ("handed over", Some(handed), plain(), true),
        (
            "given to another person here",
            Some(Task {
                owner: Some(me()),
                ..open(true)
            }),
            kept("with Lena, she agreed"),
            true,
        ),
        ("kept", None, kept("the form is still due"), true),
        ("kept for no reason", None, kept("  "), false),
    ];
    for repeats in [false, true] {
        for (name, task, closing, is_closed) in table.clone() {
            let mut copy = Copy::new(1).at(TODAY);
            copy.record(vec![open(repeats).into()]);
            // The order in which the form lists them makes no difference.
            let facts = std::iter::once(closing.into()).chain(task.map(Fact::from)).collect();
            let intent = record(facts);
            match copy.decide(&intent, None) {
                Ok(_) => {
                    assert!(is_closed, "{name}");
                    copy.carry_out(&intent);
                    assert!(copy.item().is_none(), "{name}: not before its day");
                    let item = copy.at("2026-11-24T09:00:00-05:00").item();
                    let is_on_today = item.is_some_and(|item| item.first.rule == Rule::Task);
                    let stays = ["given to another person here", "kept"].contains(&name);
                    assert_eq!(is_on_today, stays, "{name}: on its day");
                }
                Err(refusal) => {
                    assert!(!is_closed, "{name}: {refusal}");
                    assert!(
                        refusal
                            .to_string()
                            .contains("the task due 24 Nov 2026, \u{201c}Call the school\u{201d}"),
                        "{name}: {refusal}"
                    );
                }
            }
        }
    }
    // Nobody calls for somebody who died.
    let mut copy = Copy::new(1).at(TODAY);
    copy.record(vec![open(false).into()]);
    let mut died = kept("with the family");
    if let Status::Closed { reason, .. } = &mut died.status {
        *reason = CloseReason::Died;
    }
    copy.record(vec![died.into()]);
    assert!(copy.at("2026-11-24T09:00:00-05:00").item().is_none());
}
