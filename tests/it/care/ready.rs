//! When a patient is ready for relapse prevention, by which meaning of "at target"; and what a relapse is after that.

use super::build::*;
use caseload::care::{AsOf, Definition, Protocol, Rule, Target, goals_doubted, readiness, relapsed};
use caseload::flowsheet::{RecommendationLine, SafetyItem, StatusLine};
use caseload::journal::ThingId;
use caseload::journal::facts::{AnswerKind, ChangeKind, CloseReason};

/// What is not met, by place: held, recent, safe, watched, settled, answered.
fn missing(patient: &Patient, target: Target) -> Option<Vec<usize>> {
    let (protocol, office) = (Protocol::default_v1(), office());
    let found = readiness(&patient.sheet, &AsOf::day(&protocol, &office, day(TODAY)), target)?;
    let places = found.lines.iter().enumerate().filter(|(_, line)| !line.met);
    Some(places.map(|(at, _)| at).collect())
}

fn words(patient: &Patient, target: Target, at: usize) -> String {
    let (protocol, office) = (Protocol::default_v1(), office());
    let found = readiness(&patient.sheet, &AsOf::day(&protocol, &office, day(TODAY)), target).unwrap();
    found.lines[at].words.clone()
}

fn treated(scores: &[(u16, &str)]) -> Patient {
    let begun = Patient::active(1, "03-01").phq9_item9(18, 0, "03-01");
    scores.iter().fold(begun, |p, (total, on)| p.phq9_item9(*total, 0, on))
}

#[test]
fn target_must_hold_on_two_measures_four_weeks_apart_by_the_meaning_that_was_chosen() {
    use Definition::*;
    let by = Target::By;
    // Scores after a baseline of 18; the meaning of "at target"; what is missing.
    type Case = (&'static [(u16, &'static str)], Target, &'static [usize]);
    let table: [Case; 14] = [
        (&[(9, "10-01"), (8, "11-10")], Target::Protocol, &[]),
        // 10 is a response and no treatment response.
        (&[(9, "10-01"), (10, "11-10")], Target::Protocol, &[0]),
        (&[(9, "10-01"), (9, "11-10")], by(Response), &[]),
        (&[(9, "10-01"), (9, "11-10")], by(Remission), &[0]),
        (&[(4, "10-01"), (4, "11-10")], by(Remission), &[]),
        (&[(13, "10-01"), (12, "11-10")], by(ReliableChange), &[]),
        (&[(13, "10-01"), (12, "11-10")], by(Improved), &[0]),
        (&[(9, "10-01"), (9, "11-10")], by(AtTarget), &[]),
        (&[(9, "10-01"), (9, "11-10")], by(TreatmentResponse), &[]),
        // One measure, whatever its day.
        (&[(4, "11-10")], Target::Protocol, &[0]),
        // Two measures, 27 days and 28 days apart.
        (&[(4, "10-14"), (4, "11-10")], Target::Protocol, &[0]),
        (&[(4, "10-13"), (4, "11-10")], Target::Protocol, &[]),
        // A row that was broken begins anew.
        (&[(4, "09-01"), (11, "10-20"), (4, "11-10")], Target::Protocol, &[0]),
        // The latest is 31 days old.
        (&[(4, "08-01"), (4, "10-20")], Target::Protocol, &[1]),
    ];
    for (scores, target, expected) in table {
        assert_eq!(
            missing(&treated(scores), target).unwrap(),
            expected,
            "{scores:?} {target:?}"
        );
    }
}

#[test]
fn each_other_test_says_what_it_found_with_its_day() {
    let good = || treated(&[(5, "10-01"), (4, "11-10")]);
    let recommended = |answer| {
        good().with(|s| {
            s.recommendations.push(RecommendationLine {
                recommendation: ThingId::from_random([3; 16]),
                day: day("11-12"),
                asked: None,
                answer,
                again: None,
                kind: None,
                urgency: None,
            });
        })
    };
    let unknown = good().form("phq9", Some(4), "11-18", SafetyItem::NotKnown, true);
    let table: [(Patient, usize, &str); 9] = [
        (
            good().concern("11-12", 1),
            2,
            "open concern about suicide or self-harm since Thu 12 Nov",
        ),
        (
            good().phq9_item9(4, 1, "11-18"),
            2,
            "positive answer of Wed 18 Nov without a concern",
        ),
        (unknown, 2, "the safety item of PHQ-9 of Wed 18 Nov is not known"),
        (
            good().treatment("11-02", ChangeKind::DoseChanged),
            4,
            "treatment was changed Mon 2 Nov; its effect is judged from Mon 30 Nov on",
        ),
        (
            good().treatment("11-02", ChangeKind::MedicationStopped),
            4,
            "treatment was changed Mon 2 Nov; its effect is judged from Mon 30 Nov on",
        ),
        (
            recommended(None),
            5,
            "the recommendation of Thu 12 Nov waits for an answer",
        ),
        (
            recommended(Some((day("11-13"), AnswerKind::Later))),
            5,
            "the recommendation of Thu 12 Nov waits for an answer",
        ),
        (treated(&[]), 0, "PHQ-9 18 on Sun 1 Mar is not at target"),
        (Patient::active(1, "03-01"), 0, "no PHQ-9 in this episode"),
    ];
    for (patient, at, expected) in table {
        assert!(missing(&patient, Target::Protocol).unwrap().contains(&at), "{expected}");
        assert_eq!(words(&patient, Target::Protocol, at), expected);
    }
    assert_eq!(missing(&good(), Target::Protocol), Some(Vec::new()));
    assert_eq!(
        words(&good(), Target::Protocol, 0),
        "PHQ-9 at target: 5 on Thu 1 Oct, 4 on Tue 10 Nov; 2 in a row over 5 weeks"
    );
    let accepted = recommended(Some((day("11-13"), AnswerKind::Accepted)));
    assert_eq!(missing(&accepted, Target::Protocol), Some(Vec::new()));
    // Four weeks ago to the day; and longer ago.
    for (changed, score, lacks, found) in [
        (
            "10-23",
            None,
            vec![4],
            "treatment was changed Fri 23 Oct; no PHQ-9 since Fri 20 Nov shows its effect",
        ),
        ("10-23", Some(TODAY), vec![], "the last treatment change was Fri 23 Oct"),
        (
            "10-14",
            None,
            vec![4],
            "treatment was changed Wed 14 Oct; no PHQ-9 since Wed 11 Nov shows its effect",
        ),
        ("10-13", None, vec![], "the last treatment change was Tue 13 Oct"),
    ] {
        let earlier = good().treatment(changed, ChangeKind::DoseChanged);
        let earlier = match score {
            Some(on) => earlier.phq9_item9(4, 0, on),
            None => earlier,
        };
        assert_eq!(missing(&earlier, Target::Protocol), Some(lacks), "{changed} {score:?}");
        assert_eq!(words(&earlier, Target::Protocol, 4), found);
    }
}

#[test]
fn nobody_outside_of_treatment_is_advised_to_end_it() {
    let good = || treated(&[(5, "10-01"), (4, "11-10")]);
    for status in [
        StatusLine::RelapsePrevention,
        StatusLine::Closed(CloseReason::GoalsMet),
        StatusLine::OnHold { review: day("12-01") },
        StatusLine::Outreach,
    ] {
        assert_eq!(
            missing(&good().status("11-11", status), Target::Protocol),
            None,
            "{status:?}"
        );
    }
}

/// In relapse prevention since 1 October, with a PHQ-9 of `start` when it began.
fn preventing(start: u16) -> Patient {
    Patient::active(1, "03-01")
        .phq9_item9(18, 0, "03-01")
        .phq9_item9(start, 0, "09-20")
        .status("10-01", StatusLine::RelapsePrevention)
}

#[test]
fn ten_a_rise_of_five_or_a_positive_item_9_asks_to_reopen_active_treatment() {
    let table: [(&str, Patient, Option<&str>); 9] = [
        ("nine, up four", preventing(5).phq9_item9(9, 0, "11-10"), None),
        (
            "ten",
            preventing(6).phq9_item9(10, 0, "11-10"),
            Some("PHQ-9 10 on Tue 10 Nov in relapse prevention (above 9)"),
        ),
        (
            "nine, up five",
            preventing(4).phq9_item9(9, 0, "11-10"),
            Some("PHQ-9 9 on Tue 10 Nov, up from 4 on Sun 20 Sep when relapse prevention began (rise of 5 or more)"),
        ),
        (
            "item 9, whatever the total",
            preventing(4).phq9_item9(4, 1, "11-10"),
            Some("PHQ-9 safety item positive on Tue 10 Nov in relapse prevention"),
        ),
        (
            "a later 0",
            preventing(4).phq9_item9(4, 1, "11-10").phq9_item9(4, 0, "11-17"),
            None,
        ),
        (
            "item 9 before the phase",
            Patient::active(1, "03-01")
                .phq9_item9(4, 1, "09-20")
                .status("10-01", StatusLine::RelapsePrevention),
            None,
        ),
        (
            "a later lower score",
            preventing(4).phq9_item9(12, 0, "11-10").phq9_item9(6, 0, "11-17"),
            None,
        ),
        (
            "no score when it began: the first in it is the start",
            Patient::active(1, "03-01")
                .status("10-01", StatusLine::RelapsePrevention)
                .phq9_item9(3, 0, "10-15")
                .phq9_item9(8, 0, "11-10"),
            Some("PHQ-9 8 on Tue 10 Nov, up from 3 on Thu 15 Oct when relapse prevention began (rise of 5 or more)"),
        ),
        (
            "active again",
            preventing(4)
                .phq9_item9(12, 0, "11-10")
                .status("11-11", StatusLine::Active),
            None,
        ),
    ];
    let (protocol, office) = (Protocol::default_v1(), office());
    for (case, patient, expected) in table {
        let at = AsOf::day(&protocol, &office, day(TODAY));
        let found = relapsed(&patient.sheet, &at);
        let said: Vec<String> = found.iter().map(|r| r.words(day(TODAY))).collect();
        assert_eq!(said.first().map(String::as_str), expected, "{case}");
        let clock = clock(&patient, Rule::Relapse, TODAY);
        assert_eq!(clock.is_some(), expected.is_some(), "{case}");
    }
    let anxious = preventing(4).score("gad7", 3, "09-20").score("gad7", 7, "11-10");
    let at = AsOf::day(&protocol, &office, day(TODAY));
    assert_eq!(relapsed(&anxious.sheet, &at).len(), 1, "GAD-7 rises by 4");
}

#[test]
fn goals_that_are_said_to_be_met_are_doubted_while_the_latest_score_is_not_at_target_or_a_goal_is_open() {
    let doubted = |scores: &[(u16, &str)], goals: usize| {
        let (protocol, office) = (Protocol::default_v1(), office());
        goals_doubted(
            &treated(scores).sheet,
            &AsOf::day(&protocol, &office, day(TODAY)),
            goals,
        )
    };
    type Row<'t> = (&'t [(u16, &'t str)], usize, Option<&'t str>);
    let table: [Row<'_>; 5] = [
        (&[(4, "11-10")], 0, None),
        (&[(4, "11-10")], 1, Some("a goal is open")),
        (&[(4, "10-10"), (15, "11-10")], 0, Some("the latest PHQ-9 is 15")),
        (&[(15, "11-10")], 1, Some("the latest PHQ-9 is 15 and a goal is open")),
        (&[(15, "11-10")], 2, Some("the latest PHQ-9 is 15 and 2 goals are open")),
    ];
    for (scores, goals, expected) in table {
        assert_eq!(doubted(scores, goals).as_deref(), expected, "{scores:?} {goals}");
    }
}
