//! The day agreed in a contact form is the next contact of an open concern only as far as it is no later for safety.

use super::*;
use caseload::care::intent::{ContactForm, Next, Reached};

const OPENED: &str = "2026-11-19T09:00:00-05:00";
/// A Friday: the protocol has the next contact by Mon 23 Nov.
const NOW: &str = "2026-11-20T09:00:00-05:00";

fn contact(with: With, measures: Vec<Assessment>, next: Next) -> Intent {
    Intent::Contact(ContactForm {
        chart: chart(),
        at: when(NOW),
        reached: Reached::Yes {
            mode: Mode::Phone,
            kind: ContactKind::FollowUp,
            with: vec![with],
            did: Vec::new(),
            inbound: false,
            language: None,
            talk: Talk::default(),
        },
        measures,
        declined: Vec::new(),
        education: Vec::new(),
        time: None,
        note: None,
        next,
        entry: None,
    })
}

#[test]
fn a_routine_next_contact_never_replaces_an_earlier_agreed_one_nor_is_taken_for_one_that_is_late() {
    let on = |text| Next::On(day(text));
    let appointment = |text| Next::Appointment {
        at: when(text),
        mode: Mode::Phone,
    };
    let patient = With::Patient;
    let table = [
        (
            "in a week, Monday agreed",
            Some("11-23"),
            patient,
            on("2026-11-27"),
            Some("11-23"),
        ),
        (
            "every two weeks, Monday agreed",
            Some("11-23"),
            patient,
            Next::Every(caseload::journal::Days(14)),
            Some("11-23"),
        ),
        (
            "an appointment, Monday agreed",
            Some("11-23"),
            patient,
            appointment("2026-11-27T10:00:00-05:00"),
            Some("11-23"),
        ),
        (
            "later, though in time",
            Some("11-21"),
            patient,
            on("2026-11-22"),
            Some("11-21"),
        ),
        ("earlier", Some("11-23"), patient, on("2026-11-21"), Some("11-21")),
        (
            "an earlier appointment",
            Some("11-23"),
            patient,
            appointment("2026-11-21T10:00:00-05:00"),
            Some("11-21"),
        ),
        ("nothing agreed, in a week", None, patient, on("2026-11-27"), None),
        ("nothing agreed, a day late", None, patient, on("2026-11-24"), None),
        (
            "nothing agreed, the last day",
            None,
            patient,
            on("2026-11-23"),
            Some("11-23"),
        ),
        (
            "as the protocol says",
            Some("11-23"),
            patient,
            Next::Protocol,
            Some("11-23"),
        ),
        // The contact of today is the one that was agreed for today: the next is agreed anew.
        (
            "today was agreed",
            Some("11-20"),
            patient,
            on("2026-11-22"),
            Some("11-22"),
        ),
        (
            "today was agreed, the patient not there",
            Some("11-20"),
            With::Family,
            on("2026-11-22"),
            Some("11-20"),
        ),
    ];
    for (what, agreed, with, next, expected) in table {
        let mut copy = Copy::new(1).at(OPENED);
        copy.take(phq9(OPENED, 1));
        if let Some(agreed) = agreed {
            copy.step(Step::NextContact {
                on: day(&format!("2026-{agreed}")),
            });
        }
        let mut copy = copy.at(NOW);
        copy.carry_out(&contact(with, Vec::new(), next));
        let expected = expected.map(|text| day(&format!("2026-{text}")));
        assert_eq!(copy.concern().next_contact, expected, "{what}");
    }
}

#[test]
fn a_contact_that_opens_a_concern_or_starts_it_again_agrees_on_a_day_in_time_only() {
    for (next, expected) in [("2026-11-23", Some("2026-11-23")), ("2026-11-24", None)] {
        let mut opens = Copy::new(1).at(NOW);
        opens.carry_out(&contact(With::Patient, vec![phq9(NOW, 1)], Next::On(day(next))));
        assert_eq!(opens.concern().next_contact, expected.map(day), "opened, {next}");

        let mut again = Copy::new(1).at(OPENED);
        again.take(phq9(OPENED, 1));
        again.step(Step::NextContact { on: day("2026-11-21") });
        let mut again = again.at(NOW);
        again.carry_out(&contact(With::Patient, vec![phq9(NOW, 3)], Next::On(day(next))));
        assert_eq!(again.compared(), Some(Compared::Higher));
        assert_eq!(again.concern().next_contact, expected.map(day), "started again, {next}");
    }
}
