//! Steps that were done on one day and written down on another.

use super::*;
use caseload::care::{AsOf, Protocol, missed};

/// A concern of 1 September, opened that day; it is 20 November.
fn september() -> Copy {
    let mut copy = Copy::new(1).at("2026-09-01T09:00:00-04:00");
    copy.take(phq9("2026-09-01T09:00:00-04:00", 1));
    copy.at("2026-11-20T09:00:00-05:00")
}

fn told() -> Step {
    Step::Told {
        who: Audience::Clinician,
        how: "by phone".to_owned(),
        name: None,
    }
}

fn second_step() -> Step {
    Step::SecondStep {
        assessment: None,
        outcome: "no plan".to_owned(),
    }
}

impl Copy {
    fn done_on(&mut self, at: &str, step: Step) -> Result<(), Refusal> {
        let facts = vec![
            ConcernStep {
                concern: self.concern().concern,
                at: when(at),
                step,
                note: None,
            }
            .into(),
        ];
        let intent = Intent::Record { chart: chart(), facts };
        self.decide(&intent, None)?;
        self.carry_out(&intent);
        Ok(())
    }
    fn missed(&self) -> Vec<&'static str> {
        let (protocol, office) = (Protocol::default_v1(), office());
        let now = self.now.instant(office.zone);
        let at = AsOf::now(&protocol, &office, now);
        missed(&self.sheet(), &self.concern(), &at)
            .iter()
            .map(|missed| missed.step)
            .collect()
    }
}

#[test]
fn what_was_done_in_september_and_written_in_november_is_of_september_and_not_late() {
    let mut copy = september();
    assert!(copy.missed().contains(&"Clinician told"));
    copy.done_on("2026-09-01", second_step()).unwrap();
    copy.done_on("2026-09-01T15:00:00-04:00", told()).unwrap();
    copy.done_on("2026-09-01", Step::NextContact { on: day("2026-09-03") })
        .unwrap();
    let line = copy.concern();
    assert_eq!(line.second_step, Some(when("2026-09-01")));
    assert_eq!(line.clinician_told, Some(when("2026-09-01T15:00:00-04:00")));
    assert_eq!(line.next_contact, Some(day("2026-09-03")));
    let missed = copy.missed();
    assert!(!missed.contains(&"Clinician told"), "{missed:?}");
    assert!(!missed.contains(&"Second step"), "{missed:?}");
}

#[test]
fn a_step_lies_neither_before_its_concern_nor_in_the_future() {
    for (at, stands) in [
        ("2026-08-31", false),
        ("2026-08-31T23:59:00-04:00", false),
        ("2026-09-01", true),
        // Before the answer, on its day: no clock holds a safety step up.
        ("2026-09-01T08:00:00-04:00", true),
        ("2026-11-20T09:00:00-05:00", true),
        ("2026-11-20", true),
        ("2026-11-20T17:00:00-05:00", false),
        ("2026-11-21", false),
    ] {
        assert_eq!(september().done_on(at, told()).is_ok(), stands, "{at}");
    }
}

#[test]
fn a_step_that_was_done_twice_counts_from_the_first_day_and_what_was_agreed_last_stands() {
    let mut copy = september();
    copy.done_on("2026-09-02", told()).unwrap();
    copy.done_on("2026-11-20", told()).unwrap();
    assert_eq!(copy.concern().clinician_told, Some(when("2026-09-02")));
    copy.done_on("2026-11-20", Step::NextContact { on: day("2026-11-24") })
        .unwrap();
    copy.done_on("2026-09-02", Step::NextContact { on: day("2026-09-05") })
        .unwrap();
    assert_eq!(copy.concern().next_contact, Some(day("2026-11-24")));
}

#[test]
fn a_step_of_before_a_higher_answer_belongs_to_the_round_before_it() {
    let mut copy = september();
    copy.take(phq9("2026-11-19T10:00:00-05:00", 3));
    assert!(copy.concern().restarted.is_some());
    copy.done_on("2026-09-01", second_step()).unwrap();
    copy.done_on("2026-09-01", told()).unwrap();
    copy.done_on("2026-11-20", Step::NextContact { on: day("2026-11-22") })
        .unwrap();
    let line = copy.concern();
    assert_eq!(line.earlier[0].clinician_told, Some(when("2026-09-01")));
    let Err(Refusal::ConcernNotReady { missing }) = copy.close() else {
        panic!("the steps started again");
    };
    assert!(missing.contains("telling the clinician"), "{missing}");
    copy.done_on("2026-11-19", told()).unwrap();
    copy.done_on("2026-11-20", second_step()).unwrap();
    assert_eq!(copy.concern().clinician_told, Some(when("2026-11-19")));
    copy.close().unwrap();
}

#[test]
fn a_contact_of_before_a_higher_answer_is_none_after_it() {
    let mut copy = september();
    copy.take(phq9("2026-11-19T10:00:00-05:00", 3));
    copy.done_on("2026-11-19", second_step()).unwrap();
    copy.done_on("2026-11-19", told()).unwrap();
    copy.done_on("2026-09-01", Step::NextContact { on: day("2026-09-05") })
        .unwrap();
    let Err(Refusal::ConcernNotReady { missing }) = copy.close() else {
        panic!("no contact was agreed since the higher answer");
    };
    assert!(missing.contains("next contact"), "{missing}");
}

#[test]
fn a_higher_form_that_is_typed_in_late_does_not_take_back_the_day_from_which_steps_count() {
    let mut copy = september();
    copy.take(phq9("2026-11-19T10:00:00-05:00", 2));
    let restarted = copy.concern().restarted;
    copy.take(phq9("2026-11-17T10:00:00-05:00", 3));
    assert_eq!(copy.concern().restarted, restarted);
}

#[test]
fn a_concern_is_closed_on_the_day_on_which_it_was_and_watched_from_then() {
    for (at, stands) in [
        ("2026-08-30", false),
        ("2026-09-02", false),
        ("2026-09-03", true),
        ("2026-11-20", true),
        ("2026-11-21", false),
    ] {
        let mut copy = september();
        copy.done_on("2026-09-01", second_step()).unwrap();
        copy.done_on("2026-09-03", told()).unwrap();
        copy.done_on("2026-09-03", Step::NextContact { on: day("2026-09-05") })
            .unwrap();
        let intent = Intent::CloseConcern {
            chart: chart(),
            concern: copy.concern().concern,
            action: "spoken with, plan made".to_owned(),
            reason: "no thoughts of it for a week".to_owned(),
            at: when(at),
        };
        let decided = copy.decide(&intent, None);
        assert_eq!(decided.is_ok(), stands, "{at}: {decided:?}");
        if stands {
            copy.carry_out(&intent);
            assert_eq!(copy.concern().watch_until, Some(day(at).plus(7)));
        }
    }
}

#[test]
fn a_step_that_is_put_otherwise_is_one_step_on_its_concern_and_keeps_what_was_first_written() {
    let mut copy = september();
    copy.done_on("2026-09-02", told()).unwrap();
    let steps = |copy: &Copy| -> Vec<(EntryId, ConcernStep)> {
        let folded = copy.entries.fold();
        let steps = folded.live().iter().filter_map(|live| match &live.fact {
            Fact::ConcernStep(step) => Some((live.id, step.clone())),
            _ => None,
        });
        steps.collect()
    };
    let (entry, step) = steps(&copy).remove(0);
    let correct = |fact: ConcernStep| Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(fact.into()),
        reason: Some("It was the day before".to_owned()),
    };
    let in_words = |how: &str, who: Audience| Step::Told {
        who,
        how: how.to_owned(),
        name: None,
    };
    for (first, second) in [
        ("by phone, at noon", "2026-09-02"),
        ("by phone, she calls back", "2026-09-01"),
    ] {
        copy.carry_out(&correct(ConcernStep {
            at: when(second),
            step: in_words(first, Audience::Clinician),
            ..step.clone()
        }));
    }
    // Reworded twice: one step in the last words, on the right day, and not late.
    let now = steps(&copy);
    assert_eq!(now.len(), 1);
    assert_eq!(now[0].1.step, in_words("by phone, she calls back", Audience::Clinician));
    assert_eq!(copy.concern().clinician_told, Some(when("2026-09-01")));
    assert!(!copy.missed().contains(&"Clinician told"));
    let folded = copy.entries.fold();
    assert_eq!(folded.first_written(entry), Some(&Fact::from(step.clone())));
    // Who was told, another concern, another kind of step, a day before the concern: none of it is a rewording.
    let other = ThingId::from_random([99; 16]);
    for wrong in [
        ConcernStep {
            step: in_words("by phone", Audience::Family),
            ..step.clone()
        },
        ConcernStep {
            concern: other,
            ..step.clone()
        },
        ConcernStep {
            step: second_step(),
            ..step.clone()
        },
        ConcernStep {
            at: when("2026-08-30"),
            ..step.clone()
        },
    ] {
        assert!(copy.decide(&correct(wrong.clone()), None).is_err(), "{wrong:?}");
    }
    assert_eq!(steps(&copy).len(), 1);
}
