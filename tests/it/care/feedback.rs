//! What whoever referred is told, and when, by table.

use caseload::care::{Kind, Rule};
use caseload::flowsheet::{FeedbackLine, StatusLine};
use caseload::journal::facts::{AcuteKind, CloseReason, FeedbackAfter};
use caseload::journal::{Day, When};

use super::build::*;

fn referred(patient: Patient, to: Option<u8>, settled: &[(FeedbackAfter, &str)]) -> Patient {
    let settled = settled.iter().map(|(after, on)| (*after, day(on))).collect();
    let to = to.map(person);
    patient.in_episode(|episode| episode.feedback = Some(FeedbackLine { to, settled }))
}

fn closed(patient: Patient, on: &str) -> Patient {
    patient.status(on, StatusLine::Closed(CloseReason::GoalsMet))
}

#[test]
fn whoever_referred_is_told_a_week_after_enrollment_and_a_week_after_closing() {
    use FeedbackAfter::{Closed, Enrolled};
    let active = || Patient::active(1, "11-02");
    let rows = [
        (
            "nothing told",
            referred(active(), Some(8), &[]),
            "11-08",
            "quiet until 11-09",
        ),
        ("due", referred(active(), Some(8), &[]), "11-09", "routine 0"),
        ("late", referred(active(), Some(8), &[]), "11-12", "routine 3"),
        ("somebody typed", referred(active(), None, &[]), "11-12", "routine 3"),
        (
            "told",
            referred(active(), Some(8), &[(Enrolled, "11-03")]),
            "11-12",
            "not running",
        ),
        (
            "told before it was written",
            referred(active(), Some(8), &[(Enrolled, "11-02")]),
            "11-12",
            "not running",
        ),
        (
            "told later than today",
            referred(active(), Some(8), &[(Enrolled, "11-20")]),
            "11-12",
            "routine 3",
        ),
        ("nobody asks for it", active(), "11-12", "not running"),
        (
            "closed",
            closed(referred(active(), Some(8), &[(Enrolled, "11-03")]), "11-20"),
            "11-26",
            "quiet until 11-27",
        ),
        (
            "closing late",
            closed(referred(active(), Some(8), &[(Enrolled, "11-03")]), "11-20"),
            "11-28",
            "routine 1",
        ),
        (
            "only the closing",
            closed(referred(active(), Some(8), &[]), "11-20"),
            "11-21",
            "quiet until 11-27",
        ),
        (
            "closing told",
            closed(referred(active(), Some(8), &[(Closed, "11-20")]), "11-20"),
            "11-28",
            "not running",
        ),
        (
            "told of the closing before",
            closed(referred(active(), Some(8), &[(Closed, "11-10")]), "11-20"),
            "11-28",
            "routine 1",
        ),
    ];
    for (what, patient, on, expected) in rows {
        let found = clock(&patient, Rule::Feedback, on);
        let found = match found {
            None => "not running".to_owned(),
            Some(clock) => match clock.kind {
                None => format!("quiet until {}", &clock.due.to_string()[5..]),
                Some(kind) => {
                    assert_eq!(kind, Kind::Routine, "{what}");
                    format!("routine {}", clock.late_days())
                }
            },
        };
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn it_says_what_is_due_and_what_clears_it() {
    let late = clock(
        &referred(Patient::active(1, "11-02"), Some(8), &[]),
        Rule::Feedback,
        "11-12",
    )
    .unwrap();
    assert_eq!(
        late.sentence(),
        "letter to whoever referred about the enrollment of Mon 2 Nov, 3 days late"
    );
    assert_eq!(
        late.clears_sentence(),
        "the letter to whoever referred is kept as sent, or left out with a reason"
    );
}

#[test]
fn nobody_writes_to_themselves_nor_about_somebody_who_died() {
    let own = referred(Patient::active(1, "11-02"), Some(1), &[]);
    assert!(
        clock(&own, Rule::Feedback, "11-12").is_none(),
        "the care manager referred"
    );
    let own = own.with(|sheet| sheet.care_managers = vec![(day("11-02"), Some(person(2)))]);
    assert!(
        clock(&own, Rule::Feedback, "11-12").is_some(),
        "somebody else manages the care now"
    );
    let died =
        |at: Day| move |sheet: &mut caseload::flowsheet::Flowsheet| sheet.acute.push((When::Day(at), AcuteKind::Death));
    let dead = referred(Patient::active(2, "11-02"), Some(8), &[]).with(died(day("11-05")));
    assert!(clock(&dead, Rule::Feedback, "11-12").is_none());
    let dead = closed(dead, "11-06");
    assert!(clock(&dead, Rule::Feedback, "11-28").is_none());
}
