//! A treatment change and the medicine list: one step makes a change the list, and nothing is written twice.

use caseload::care::{Listing, decided, listed, said_of};
use caseload::journal::PersonId;

use super::*;

fn person(n: u8) -> PersonId {
    PersonId::from_random([n; 16])
}

fn staff(n: u8, name: &str, role: Role) -> Fact {
    Fact::Person(Person {
        person: person(n),
        name: name.to_owned(),
        role,
        credential: None,
        npi: None,
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    })
}

/// A dose change of the medicine on record, proposed on 2 November.
fn raised(state: ChangeState, on: &str) -> TreatmentChange {
    TreatmentChange {
        change: Some(thing(7)),
        state: Some(state),
        medication: Some(thing(3)),
        ..TreatmentChange::made(day(on), ChangeKind::DoseChanged, "sertraline to 100 mg".to_owned())
    }
}

fn says(change: &TreatmentChange, known: Option<&Medication>) -> Vec<Medication> {
    listed(change, known, thing(9), said_of(change, known))
}

#[test]
fn an_accepted_dose_change_becomes_the_list_in_one_save_and_undo_takes_both_back() {
    let mut desk = Desk::new(170);
    let chart = desk.in_care();
    desk.write(chart, medicine("50 mg"));
    desk.write(chart, raised(ChangeState::Proposed, "2026-11-02"));
    assert!(!desk.medicines(chart).changes[0].is_unlisted);
    // Decided and taken on the 12th: the change, and the medicine's next version.
    let made = decided(
        &raised(ChangeState::Proposed, "2026-11-02"),
        raised(ChangeState::Made, "2026-11-12"),
    );
    let facts: Vec<Fact> = std::iter::once(Fact::TreatmentChange(made.clone()))
        .chain(says(&made, Some(&medicine("50 mg"))).into_iter().map(Fact::Medication))
        .collect();
    let saved = desk.save(record(chart, facts)).unwrap();
    let view = desk.medicines(chart);
    assert_eq!(view.changes.len(), 1);
    assert!(!view.changes[0].is_unlisted);
    assert_eq!(view.current[0].medicine.dose.as_deref(), Some("100 mg"));
    assert_eq!(view.current[0].dose_since, "dose last changed Thu 12 Nov (8 days)");
    assert_eq!(view.changes[0].change.proposed_on, Some(day("2026-11-02")));
    let effect = view.changes[0].effect.clone().unwrap();
    assert!(effect.contains("due Thu 10 Dec"), "{effect}");
    desk.save(Intent::Void {
        chart,
        entries: saved.entries,
        reason: "Undone".to_owned(),
    })
    .unwrap();
    let view = desk.medicines(chart);
    assert_eq!(view.changes[0].change.stands(), ChangeState::Proposed);
    assert_eq!(view.current[0].medicine.dose.as_deref(), Some("50 mg"));
    assert_eq!(view.current[0].versions.len(), 1);
}

#[test]
fn a_change_that_was_made_and_is_not_on_the_list_says_so_until_it_is() {
    use ChangeKind::{DoseChanged, MedicationStarted, MedicationStopped, MedicationSwitched, Other, Referred};
    let table = [
        (DoseChanged, Some(3), "sertraline to 100 mg", true),
        (DoseChanged, None, "sertraline to 100 mg", false),
        (MedicationStarted, None, "Start samplepram 10 mg", true),
        // By its name it is on the list already.
        (MedicationStarted, None, "Sertraline 50 mg", false),
        (MedicationStopped, Some(3), "sertraline stopped", true),
        (MedicationSwitched, Some(3), "from sertraline to samplepram 20 mg", true),
        (Other, Some(3), "taken in the evening", false),
        (Referred, None, "to a therapist", false),
    ];
    for (at, (kind, about, what, unlisted)) in table.into_iter().enumerate() {
        let mut desk = Desk::new(171 + at as u64);
        let chart = desk.in_care();
        desk.write(chart, medicine("50 mg"));
        let change = TreatmentChange {
            change: Some(thing(7)),
            medication: about.map(thing),
            ..TreatmentChange::made(day("2026-11-12"), kind, what.to_owned())
        };
        desk.write(chart, change.clone());
        assert_eq!(desk.medicines(chart).changes[0].is_unlisted, unlisted, "{what}");
        let known = about.map(|_| medicine("50 mg"));
        for version in says(&change, known.as_ref()).into_iter().filter(|_| unlisted) {
            desk.write(chart, version);
        }
        let view = desk.medicines(chart);
        assert!(!view.changes[0].is_unlisted, "{what}");
        let taken: Vec<&str> = view.current.iter().map(|m| m.medicine.name.as_str()).collect();
        let expected: &[&str] = match (kind, unlisted) {
            (MedicationStarted, true) => &["samplepram", "sertraline"],
            (MedicationStopped, _) => &[],
            (MedicationSwitched, _) => &["samplepram"],
            _ => &["sertraline"],
        };
        assert_eq!(taken, expected, "{what}");
    }
}

#[test]
fn a_medicine_that_was_stopped_before_is_not_the_one_that_is_begun() {
    let mut desk = Desk::new(179);
    let chart = desk.in_care();
    desk.write(chart, medicine("50 mg"));
    let begun = TreatmentChange {
        change: Some(thing(7)),
        ..TreatmentChange::made(
            day("2026-11-12"),
            ChangeKind::MedicationStarted,
            "Start sertraline".to_owned(),
        )
    };
    desk.write(chart, begun);
    assert!(!desk.medicines(chart).changes[0].is_unlisted);
    for (until, unlisted) in [("2026-10-01", true), ("2026-11-12", true), ("2026-11-13", false)] {
        desk.write(
            chart,
            Medication {
                until: Some(day(until)),
                ..medicine("50 mg")
            },
        );
        assert_eq!(desk.medicines(chart).changes[0].is_unlisted, unlisted, "{until}");
    }
}

#[test]
fn a_dose_that_was_written_on_the_list_by_hand_is_not_asked_for_again() {
    let mut desk = Desk::new(180);
    let chart = desk.in_care();
    desk.write(chart, medicine("50 mg"));
    desk.write(chart, raised(ChangeState::Made, "2026-11-12"));
    assert!(desk.medicines(chart).changes[0].is_unlisted);
    // A version that says nothing new of the dose doesn't carry it out.
    let renamed = Medication {
        reason: Some("low mood".to_owned()),
        ..medicine("50 mg")
    };
    desk.write(chart, renamed);
    assert!(desk.medicines(chart).changes[0].is_unlisted);
    desk.write(chart, medicine("100 mg"));
    assert!(!desk.medicines(chart).changes[0].is_unlisted);
}

#[test]
fn a_change_that_was_declined_or_is_only_proposed_changes_no_medicine() {
    for state in [ChangeState::Declined, ChangeState::Proposed] {
        let mut desk = Desk::new(181);
        let chart = desk.in_care();
        desk.write(chart, medicine("50 mg"));
        let change = raised(state, "2026-11-02");
        desk.write(chart, change.clone());
        assert!(!desk.medicines(chart).changes[0].is_unlisted, "{state:?}");
        let next = says(&change, Some(&medicine("50 mg"))).remove(0);
        let refusal = refused(desk.save(record(chart, vec![Fact::Medication(next)])));
        assert!(
            matches!(&refusal, Refusal::Field(words) if words.contains("accepted and made")),
            "{refusal:?}"
        );
        assert_eq!(desk.medicines(chart).current[0].medicine.dose.as_deref(), Some("50 mg"));
    }
    // A later decline doesn't lock what is on the list already.
    let mut desk = Desk::new(182);
    let chart = desk.in_care();
    desk.write(chart, medicine("50 mg"));
    let made = raised(ChangeState::Made, "2026-11-12");
    desk.write(chart, made.clone());
    let next = says(&made, Some(&medicine("50 mg"))).remove(0);
    desk.write(chart, next.clone());
    desk.write(chart, raised(ChangeState::Declined, "2026-11-12"));
    desk.write(
        chart,
        Medication {
            reason: Some("low mood".to_owned()),
            ..next
        },
    );
}

#[test]
fn a_listing_keeps_what_is_known_and_takes_what_was_typed() {
    let known = Medication {
        prescriber: Some(person(4)),
        reason: Some("low mood".to_owned()),
        ..medicine("50 mg")
    };
    let change = raised(ChangeState::Made, "2026-11-12");
    let typed = Listing {
        dose: Some("75 mg".to_owned()),
        ..Listing::default()
    };
    let next = listed(&change, Some(&known), thing(9), typed).remove(0);
    assert_eq!(next.dose.as_deref(), Some("75 mg"));
    assert_eq!(next.dose_from, Some(day("2026-11-12")));
    assert_eq!((next.from, next.prescriber), (known.from, known.prescriber));
    assert_eq!((next.how_often, &next.reason), (known.how_often, &known.reason));
    assert_eq!((next.medication, next.change), (known.medication, change.change));
}

/// Advice of a case review, and what the treating clinician said to it.
fn advised(desk: &mut Desk, chart: ChartId, by: Option<u8>, consultant: Option<u8>) {
    let day_of = day("2026-11-05");
    let facts = vec![
        Fact::CaseReview(CaseReview {
            at: When::Day(day_of),
            consultant: consultant.map(person),
            note: None,
        }),
        Fact::Recommendation(Recommendation::in_words(
            thing(20),
            day_of,
            "sertraline to 100 mg".to_owned(),
            by.map(person),
        )),
        Fact::Answer(Answer {
            recommendation: thing(20),
            day: day("2026-11-07"),
            answer: AnswerKind::Accepted,
            note: None,
            how: None,
            again: None,
        }),
    ];
    desk.save(record(chart, facts)).unwrap();
}

#[test]
fn advice_is_the_consultants_and_the_team_comes_first() {
    // Written down; else of the review of that day; else the clinic's only consultant; else nobody is guessed.
    let table = [
        (Some(5), Some(6), vec![5, 6], Some(5)),
        (None, Some(6), vec![5, 6], Some(6)),
        (None, None, vec![5], Some(5)),
        (None, None, vec![5, 6], None),
    ];
    for (at, (by, of_review, consultants, expected)) in table.into_iter().enumerate() {
        let mut desk = Desk::new(190 + at as u64);
        let chart = desk.in_care();
        let mut people = vec![
            staff(4, "Zoe Obi, MD", Role::Clinician),
            staff(7, "Ann Other", Role::Supervisor),
        ];
        people.extend(consultants.iter().map(|n| staff(*n, "Mara Lind, MD", Role::Consultant)));
        desk.save(Intent::Office(people)).unwrap();
        let registration = Registration {
            clinician: Some(person(4)),
            ..desk.patient(chart).registration
        };
        desk.write(chart, Fact::Registration(registration));
        advised(&mut desk, chart, by, of_review);
        let view = desk.medicines(chart);
        assert_eq!(view.advice[0].by, expected.map(person));
        assert_eq!(
            view.advice[0].answer.as_ref().map(|a| a.answer),
            Some(AnswerKind::Accepted)
        );
        assert_eq!(view.clinician, Some(person(4)));
        let names: Vec<&str> = view.people.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names[..2], ["Zoe Obi, MD", "Mara Lind, MD"]);
        // Others by name; whoever set the registry up is not on this patient's team.
        assert_eq!(names[names.len() - 2..], ["Ann Other", "R. Okoye"]);
    }
}

#[test]
fn the_patient_or_family_can_have_declined() {
    let mut desk = Desk::new(195);
    let chart = desk.in_care();
    for (with, told) in [
        (With::Patient, "declined by the patient, Thu 12 Nov"),
        (With::Family, "declined by family, Thu 12 Nov"),
    ] {
        let change = TreatmentChange {
            decided_with: Some(with),
            decided_on: Some(day("2026-11-12")),
            ..raised(ChangeState::Declined, "2026-11-02")
        };
        desk.write(chart, change);
        assert_eq!(desk.medicines(chart).changes[0].decided.as_deref(), Some(told));
    }
}

#[test]
fn an_effect_says_in_which_weeks_it_is_looked_for_and_whether_its_score_is_due() {
    for (changed, score, stands) in [
        ("2026-11-01", None, EffectStands::Ahead),
        ("2026-10-15", None, EffectStands::Due),
        ("2026-10-01", None, EffectStands::Late),
        ("2026-10-01", Some("2026-11-05"), EffectStands::Measured),
        ("2026-10-01", Some("2026-11-18"), EffectStands::Measured),
    ] {
        let mut desk = Desk::new(196);
        let chart = desk.in_care();
        desk.scored(chart, 18, "2026-09-28");
        desk.write(chart, raised(ChangeState::Made, changed));
        if let Some(on) = score {
            desk.scored(chart, 11, on);
        }
        let view = desk.medicines(chart);
        assert_eq!(view.effect_weeks, (4, 6));
        assert_eq!(view.changes[0].effect_stands, Some(stands), "{changed} {score:?}");
    }
}

#[test]
fn advice_that_was_carried_out_opens_its_own_form_and_says_afterwards_as_what() {
    let mut desk = Desk::new(173);
    let chart = desk.in_care();
    let words = "Increase sertraline to 100 mg".to_owned();
    let advice = Recommendation::in_words(thing(8), day("2026-11-10"), words, None);
    desk.write(chart, medicine("50 mg"));
    desk.write(chart, advice);
    assert!(!desk.patient(chart).recommendations[0].is_to_write);
    let answer = Answer {
        recommendation: thing(8),
        day: day("2026-11-12"),
        answer: AnswerKind::Done,
        note: None,
        how: None,
        again: None,
    };
    desk.write(chart, answer);
    assert!(desk.patient(chart).recommendations[0].is_to_write);
    let form = desk.medicines(chart).advice[0].form.clone();
    assert_eq!((form.kind, form.day), (ChangeKind::DoseChanged, day("2026-11-12")));
    assert_eq!((form.medication, form.recommendation), (Some(thing(3)), Some(thing(8))));
    // What the form writes as it stands.
    let change = TreatmentChange {
        change: Some(thing(7)),
        ..form
    };
    let facts: Vec<Fact> = std::iter::once(Fact::TreatmentChange(change.clone()))
        .chain(
            says(&change, Some(&medicine("50 mg")))
                .into_iter()
                .map(Fact::Medication),
        )
        .collect();
    desk.save(record(chart, facts)).unwrap();
    let carried = "Dose changed, sertraline 100 mg once a day (Thu 12 Nov)";
    assert_eq!(desk.medicines(chart).advice[0].carried, [carried]);
    let shown = desk.patient(chart).recommendations[0].clone();
    assert!(!shown.is_to_write);
    assert!(
        shown.state.ends_with(&format!("; carried out as {carried}")),
        "{}",
        shown.state
    );
}
