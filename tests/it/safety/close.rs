//! What closing asks of each kind of concern, and the watch that follows it.

use super::*;
use caseload::care::{AsOf, Kind, Protocol, Rule, item_of, missed, missing_to_close, watched};

fn opened(kind: ConcernKind) -> Copy {
    let mut copy = Copy::new(1).at("2026-11-20T09:00:00-05:00");
    let concern = ThingId::from_random([4; 16]);
    let at = copy.now;
    let because = Because::ByHand {
        note: "told in the visit".to_owned(),
    };
    let level = Level::Positive;
    copy.record(vec![
        Concern {
            concern,
            kind,
            because,
            level,
            at,
        }
        .into(),
    ]);
    copy
}

fn told() -> Step {
    Step::Told {
        who: Audience::Clinician,
        how: "by phone".to_owned(),
        name: Some("Dr. Vu".to_owned()),
    }
}

fn second_step() -> Step {
    Step::SecondStep {
        assessment: None,
        outcome: "no plan".to_owned(),
    }
}

fn checked() -> Step {
    Step::Checked {
        answers: [("awake".to_owned(), Found::Yes)].into(),
        outcome: "awake, with the brother".to_owned(),
    }
}

fn reported() -> Step {
    Step::Reported {
        to: ReportTo::ChildProtection,
        on: when("2026-11-20T09:30:00-05:00"),
        by: "intake worker, by phone".to_owned(),
        reference: Some("77-1".to_owned()),
    }
}

fn no_report() -> Step {
    Step::NoReport {
        why: "reported by the school yesterday".to_owned(),
    }
}

#[test]
fn each_kind_closes_after_its_own_first_step_and_not_after_that_of_another_kind() {
    use ConcernKind::*;
    let table: [(ConcernKind, &str, Vec<Step>, Vec<Step>); 8] = [
        (
            Suicide,
            "the second step",
            vec![second_step(), checked()],
            vec![reported(), no_report()],
        ),
        (
            AbuseOrNeglect,
            "the report, or why none is due",
            vec![reported(), no_report()],
            vec![checked()],
        ),
        (
            HarmToOthers,
            "the warning or report, or why none is due",
            vec![reported(), no_report()],
            vec![checked()],
        ),
        (
            PartnerViolence,
            "the questions for this concern",
            vec![checked()],
            vec![reported()],
        ),
        (
            Overdose,
            "the questions for this concern",
            vec![checked()],
            vec![no_report()],
        ),
        (
            Psychosis,
            "the questions for this concern",
            vec![checked()],
            vec![reported()],
        ),
        (
            Mania,
            "the questions for this concern",
            vec![checked()],
            vec![reported()],
        ),
        (
            SideEffect,
            "the questions for this concern",
            vec![checked()],
            vec![reported()],
        ),
    ];
    for (kind, first, right, wrong) in table {
        let mut copy = opened(kind);
        assert_eq!(
            missing_to_close(&copy.concern()),
            [first, "telling the clinician", "the next contact"]
        );
        copy.step(told());
        copy.step(Step::NextContact { on: day("2026-11-23") });
        for step in wrong {
            copy.step(step.clone());
            assert_eq!(missing_to_close(&copy.concern()), [first], "{kind:?} {step:?}");
            assert!(matches!(copy.close(), Err(Refusal::ConcernNotReady { .. })), "{kind:?}");
        }
        for step in right {
            let mut copy = copy.clone();
            copy.step(step.clone());
            copy.close()
                .unwrap_or_else(|refusal| panic!("{kind:?} {step:?}: {refusal}"));
            assert!(!copy.concern().is_open());
        }
    }
}

#[test]
fn closing_asks_for_what_was_done_and_for_a_reason_that_says_something() {
    let mut copy = opened(ConcernKind::Suicide);
    copy.see_to();
    for (action, reason) in [("", "no thoughts for a week"), ("plan made", ""), ("plan made", "fine")] {
        let intent = Intent::CloseConcern {
            chart: chart(),
            concern: copy.concern().concern,
            action: action.to_owned(),
            reason: reason.to_owned(),
            at: copy.now,
        };
        assert!(
            matches!(copy.decide(&intent, None), Err(Refusal::Field(_))),
            "{action} {reason}"
        );
        assert!(copy.concern().is_open());
    }
}

fn watch_until(copy: &Copy) -> Option<Day> {
    let (protocol, office) = (Protocol::default_v1(), office());
    let at = AsOf::now(&protocol, &office, copy.now.instant(office.zone));
    watched(&copy.sheet(), &at).map(|watch| watch.until)
}

#[test]
fn a_closed_concern_is_watched_for_seven_days_and_then_no_more() {
    let mut copy = opened(ConcernKind::Suicide);
    copy.see_to();
    assert_eq!(watch_until(&copy), None, "an open concern is worked on, not watched");
    copy.close().unwrap();
    for (today, expected) in [
        ("2026-11-20T10:00:00-05:00", Some(day("2026-11-27"))),
        ("2026-11-27T23:00:00-05:00", Some(day("2026-11-27"))),
        ("2026-11-28T00:30:00-05:00", None),
    ] {
        let copy = copy.clone().at(today);
        assert_eq!(watch_until(&copy), expected, "{today}");
        let (protocol, office) = (Protocol::default_v1(), office());
        let at = AsOf::now(&protocol, &office, copy.now.instant(office.zone));
        let item = item_of(&copy.sheet(), &at).unwrap();
        let clocks = std::iter::once(&item.first).chain(&item.others);
        let watch = clocks.clone().find(|clock| clock.rule == Rule::Watch);
        assert_eq!(watch.is_some(), expected.is_some(), "{today}");
        if let Some(watch) = watch {
            assert_eq!(watch.kind, Some(Kind::Due));
            assert!(watch.sentence().starts_with("watched until"), "{}", watch.sentence());
            assert_eq!(watch.clears_sentence(), "a case review, or the end of Fri 27 Nov");
        }
    }
}

#[test]
fn a_case_review_after_the_closing_ends_the_watch_and_one_before_it_does_not() {
    for (reviewed, expected) in [
        ("2026-11-20T08:00:00-05:00", Some(day("2026-11-27"))),
        ("2026-11-23T14:00:00-05:00", None),
    ] {
        let mut copy = opened(ConcernKind::Suicide);
        copy.see_to();
        copy.close().unwrap();
        let mut copy = copy.at("2026-11-24T09:00:00-05:00");
        copy.write(CaseReview {
            at: when(reviewed),
            consultant: None,
            note: None,
        });
        assert_eq!(watch_until(&copy), expected, "{reviewed}");
    }
}

#[test]
fn a_watch_that_one_copy_began_ends_when_the_other_copy_worked_on_the_concern() {
    let mut a = opened(ConcernKind::Suicide);
    a.see_to();
    let mut b = a.elsewhere(2).at("2026-11-21T10:00:00-05:00");
    let mut a = a.at("2026-11-20T15:00:00-05:00");
    a.close().unwrap();
    assert!(watch_until(&a).is_some());
    b.step(Step::Action {
        what: "called, no answer".to_owned(),
    });
    a.merge(&b);
    let a = a.at("2026-11-21T11:00:00-05:00");
    assert!(a.concern().is_open());
    assert_eq!(watch_until(&a), None);
}

fn missed_steps(copy: &Copy) -> Vec<(&'static str, String, Option<String>)> {
    let (protocol, office) = (Protocol::default_v1(), office());
    let at = AsOf::now(&protocol, &office, copy.now.instant(office.zone));
    let sheet = copy.sheet();
    let found = missed(&sheet, sheet.concerns.last().unwrap(), &at);
    let words = |day: Day| day.to_string();
    found
        .into_iter()
        .map(|m| (m.step, words(m.due), m.done.map(words)))
        .collect()
}

#[test]
fn deadlines_that_were_missed_are_told_for_each_round_whenever_the_step_was_done() {
    let mut copy = Copy::new(1).at("2026-11-10T10:00:00-05:00");
    copy.take(phq9("2026-11-10T10:00:00-05:00", 1));
    assert_eq!(missed_steps(&copy), [], "nothing is late on the day itself");
    // The clinician is told on the day, the second step comes two days late.
    copy.step(told());
    let mut copy = copy.at("2026-11-12T10:00:00-05:00");
    copy.step(second_step());
    let second = ("Second step", "2026-11-10".to_owned(), Some("2026-11-12".to_owned()));
    assert_eq!(missed_steps(&copy), std::slice::from_ref(&second));
    // A higher answer on the 13th starts the steps again: nothing is done by the 15th, and nobody was called.
    let mut copy = copy.at("2026-11-13T10:00:00-05:00");
    copy.take(phq9("2026-11-13T10:00:00-05:00", 3));
    assert_eq!(copy.concern().earlier.len(), 1);
    let copy = copy.at("2026-11-15T10:00:00-05:00");
    let undone = |step, due: &str| (step, due.to_owned(), None);
    assert_eq!(
        missed_steps(&copy),
        [
            second.clone(),
            undone("Second step", "2026-11-13"),
            undone("Clinician told", "2026-11-13"),
        ]
    );
    let copy = copy.at("2026-11-20T10:00:00-05:00");
    assert_eq!(missed_steps(&copy).last(), Some(&undone("Next contact", "2026-11-16")));
}

#[test]
fn the_rounds_are_the_same_in_whatever_order_two_copies_meet() {
    let mut a = Copy::new(1).at("2026-11-10T10:00:00-05:00");
    a.take(phq9("2026-11-10T10:00:00-05:00", 1));
    let mut b = a.elsewhere(2).at("2026-11-11T10:00:00-05:00");
    let mut a = a.at("2026-11-12T10:00:00-05:00");
    a.step(told());
    b.take(phq9("2026-11-11T10:00:00-05:00", 2));
    b.step(second_step());
    let (mut one, mut other) = (a.clone(), b.clone());
    one.merge(&b);
    other.merge(&a);
    assert_eq!(one.sheet().concerns, other.sheet().concerns);
    let line = one.concern();
    // What A did on the 12th counts for the round that B's higher answer began on the 11th.
    assert_eq!(line.restarted, Some(when("2026-11-11T10:00:00-05:00")));
    assert!(line.second_step.is_some() && line.clinician_told.is_some());
}

#[test]
fn a_same_answer_after_a_higher_one_leaves_the_deadlines_where_the_higher_one_put_them() {
    let mut copy = Copy::new(1).at("2026-11-10T10:00:00-05:00");
    copy.take(phq9("2026-11-10T10:00:00-05:00", 1));
    let mut copy = copy.at("2026-11-20T09:00:00-05:00");
    copy.take(phq9("2026-11-20T09:00:00-05:00", 2));
    copy.take(phq9("2026-11-20T09:30:00-05:00", 2));
    assert_eq!(copy.compared(), Some(Compared::Same));
    let sentence = copy.item().unwrap().first.sentence();
    assert!(sentence.contains("second step due today"), "{sentence}");
}
