//! A crisis contact: nothing is required, everything that was typed becomes an entry, and a concern stands afterwards.

use super::*;
use caseload::care::intent::{CrisisForm, Told};
use caseload::care::{Kind, missing_to_close};
use caseload::journal::Seconds;

pub(super) fn empty(at: &str) -> CrisisForm {
    CrisisForm {
        chart: chart(),
        at: when(at),
        mode: Mode::Phone,
        with: Vec::new(),
        kind: ConcernKind::Suicide,
        place: None,
        call_back: None,
        company: None,
        means: None,
        second_step: None,
        showed: None,
        led_to: None,
        told: Vec::new(),
        next: None,
        note: None,
        spent: None,
        clocked: Clocked::Timer,
        bucket: Bucket::Cocm,
    }
}

pub(super) fn filled(at: &str) -> CrisisForm {
    let words = |text: &str| Some(text.to_owned());
    CrisisForm {
        place: words("car park behind the library"),
        call_back: words("555 010 0199"),
        company: words("a friend, Sam"),
        means: words("tablets; Sam has taken them"),
        showed: words("thoughts since this morning, no plan"),
        led_to: Some((Disposition::Lifeline, words("stayed on the line until they answered"))),
        told: vec![
            Told {
                who: Audience::Clinician,
                name: words("Dr. Vu"),
                how: "by phone, sees the patient at 2".to_owned(),
                at: when(at),
            },
            Told {
                who: Audience::Family,
                name: None,
                how: "sister drives over".to_owned(),
                at: when(at),
            },
        ],
        next: Some(day("2026-11-21")),
        spent: Some(Seconds(1260)),
        ..empty(at)
    }
}

const AT: &str = "2026-11-20T09:00:00-05:00";

fn crisis(form: CrisisForm) -> Intent {
    Intent::Crisis(Box::new(form))
}

#[test]
fn an_empty_form_is_a_crisis_contact_and_an_open_concern_that_comes_first() {
    let mut copy = Copy::new(1).at("2026-11-20T09:20:00-05:00");
    copy.carry_out(&crisis(empty(AT)));
    let sheet = copy.sheet();
    assert_eq!(sheet.contacts[0].kind, ContactKind::Crisis);
    assert!(
        !sheet.contacts[0].with_patient,
        "nobody said that it was with the patient"
    );
    assert!(sheet.times.is_empty(), "no time is made up");
    assert!(copy.concern().is_open());
    assert_eq!(copy.concern().level, Level::High);
    assert_eq!(
        missing_to_close(&copy.concern()),
        ["the second step", "telling the clinician", "the next contact"]
    );
    assert_eq!(copy.item().unwrap().kind(), Kind::Safety);
}

#[test]
fn all_that_was_typed_is_written_in_the_order_in_which_it_was_asked_by_one_save() {
    let mut copy = Copy::new(1).at("2026-11-20T09:25:00-05:00");
    let decision = copy.decide(&crisis(filled(AT)), None).unwrap();
    let kinds: Vec<&str> = decision
        .entries
        .iter()
        .map(|planned| planned.draft.fact.kind())
        .collect();
    assert_eq!(
        kinds,
        [
            "contact",
            "concern",
            // Means, second step, where it led, two who were told, the next contact.
            "concern_step",
            "concern_step",
            "concern_step",
            "concern_step",
            "concern_step",
            "concern_step",
            "time",
            "contact_plan",
        ]
    );
    assert_eq!(decision.concerns.len(), 1);
    copy.carry_out(&crisis(filled(AT)));
    let folded = copy.entries.fold();
    let note = folded.live().iter().find_map(|live| match &live.fact {
        Fact::Contact(contact) => contact.note.clone(),
        _ => None,
    });
    assert_eq!(
        note.as_deref(),
        Some(
            "Where: car park behind the library\nCall back: 555 010 0199\nWith the patient: a friend, Sam\n\
             Means: tablets; Sam has taken them"
        )
    );
    let line = copy.concern();
    assert!(missing_to_close(&line).is_empty());
    assert_eq!(line.next_contact, Some(day("2026-11-21")));
    let time = &copy.sheet().times[0];
    assert_eq!((time.seconds, time.activity), (Seconds(1260), Activity::Crisis));
    copy.close().unwrap();
}

#[test]
fn an_open_concern_is_joined_and_its_steps_start_again() {
    let mut copy = Copy::new(1).at("2026-11-16T10:00:00-05:00");
    copy.take(phq9("2026-11-16T10:00:00-05:00", 1));
    copy.see_to();
    let mut copy = copy.at("2026-11-20T09:20:00-05:00");
    copy.carry_out(&crisis(empty(AT)));
    assert_eq!(copy.sheet().concerns.len(), 1);
    let line = copy.concern();
    assert_eq!(line.restarted, Some(when(AT)));
    assert_eq!(line.earlier.len(), 1);
    assert_eq!(line.opened, when("2026-11-16T10:00:00-05:00"));
    assert_eq!(missing_to_close(&line).len(), 3);
    let sentence = copy.item().unwrap().first.sentence();
    assert!(sentence.contains("second step due today"), "{sentence}");
}

#[test]
fn an_acute_second_step_opens_the_concern_itself_and_counts_as_its_first_step() {
    let mut copy = Copy::new(1).at("2026-11-20T09:20:00-05:00");
    let form = CrisisForm {
        second_step: Some(asq(AT, [1, 1, 0, 0, 1])),
        showed: Some("wants to be dead now".to_owned()),
        ..empty(AT)
    };
    copy.carry_out(&crisis(form));
    assert_eq!(copy.sheet().concerns.len(), 1);
    let line = copy.concern();
    assert!(line.second_step.is_some());
    assert!(
        copy.item()
            .unwrap()
            .first
            .sentence()
            .starts_with("ASQ acute positive today")
    );
}

#[test]
fn a_negative_second_step_opens_a_concern_all_the_same() {
    let mut copy = Copy::new(1).at("2026-11-20T09:20:00-05:00");
    let form = CrisisForm {
        second_step: Some(asq(AT, [0, 0, 0, 0, 0])),
        ..empty(AT)
    };
    copy.carry_out(&crisis(form));
    assert!(copy.concern().is_open());
    assert!(copy.concern().second_step.is_some());
}

#[test]
fn a_crisis_of_another_kind_opens_a_concern_of_that_kind_beside_the_open_one() {
    let mut copy = Copy::new(1).at("2026-11-20T09:20:00-05:00");
    copy.take(phq9("2026-11-20T08:00:00-05:00", 1));
    for (kind, first_is_done) in [(ConcernKind::Overdose, true), (ConcernKind::AbuseOrNeglect, false)] {
        let form = CrisisForm {
            kind,
            showed: Some("brother is with them".to_owned()),
            ..empty(AT)
        };
        copy.carry_out(&crisis(form));
        let sheet = copy.sheet();
        let line = sheet.concerns.iter().find(|line| line.kind == kind).unwrap();
        assert_eq!(line.second_step.is_some(), first_is_done, "{kind:?}");
    }
    assert_eq!(copy.sheet().open_concerns().count(), 3);
}

#[test]
fn a_concern_that_one_copy_closed_while_the_other_had_a_crisis_contact_is_open() {
    for (closed, called) in [
        ("2026-11-20T08:00:00-05:00", "2026-11-20T09:20:00-05:00"),
        ("2026-11-20T15:00:00-05:00", "2026-11-20T09:20:00-05:00"),
    ] {
        let mut a = Copy::new(1).at("2026-11-16T10:00:00-05:00");
        a.take(phq9("2026-11-16T10:00:00-05:00", 1));
        a.see_to();
        let mut b = a.elsewhere(2).at(called);
        b.carry_out(&crisis(empty(AT)));
        let mut a = a.at(closed);
        a.close().unwrap();
        a.merge(&b);
        assert!(a.concern().is_open(), "closed {closed}");
        b.merge(&a);
        assert_eq!(a.sheet().concerns, b.sheet().concerns);
    }
}

#[test]
fn a_next_contact_before_the_crisis_is_refused() {
    let mut copy = Copy::new(1).at("2026-11-20T09:20:00-05:00");
    let form = CrisisForm {
        next: Some(day("2026-11-19")),
        ..empty(AT)
    };
    assert!(matches!(copy.decide(&crisis(form), None), Err(Refusal::Field(_))));
}
