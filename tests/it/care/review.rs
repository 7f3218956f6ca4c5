//! When a case review is due, and the order of the agenda.

use caseload::care::{AgendaItem, Group, Protocol, ReviewCause, Rule, agenda, review_due};
use caseload::flowsheet::StatusLine;
use caseload::journal::facts::*;

use super::build::*;

/// Names of the causes for which a review is due on a day.
fn causes(patient: &Patient, on: &str) -> Vec<&'static str> {
    let due = at(on, |at| review_due(&patient.sheet, at));
    due.into_iter()
        .flat_map(|due| due.causes)
        .map(|cause| name(&cause))
        .collect()
}
fn name(cause: &ReviewCause) -> &'static str {
    match cause {
        ReviewCause::Concern { .. } => "concern",
        ReviewCause::Worse(..) => "worse",
        ReviewCause::SevereSideEffect { .. } => "side effect",
        ReviewCause::NotImproved { .. } => "not improved",
        ReviewCause::NoEffect { .. } => "no effect",
        ReviewCause::NoneYet { .. } => "none yet",
        ReviewCause::Asked { .. } => "asked",
    }
}
/// A patient who gets better, reviewed when new.
fn better() -> Patient {
    Patient::active(1, "09-01")
        .reviewed("09-03")
        .phq9(18, "09-01")
        .phq9(8, "10-20")
}

#[test]
fn a_patient_who_gets_better_and_was_reviewed_is_not_due() {
    assert!(causes(&better(), TODAY).is_empty());
}

#[test]
fn none_by_day_thirty_after_enrolment() {
    let patient = || Patient::active(1, "10-20").phq9(12, "10-20").phq9(6, "11-10");
    assert!(causes(&patient(), "11-18").is_empty());
    assert_eq!(causes(&patient(), "11-19"), ["none yet"]);
    assert!(causes(&patient().reviewed("11-02"), TODAY).is_empty());
    // A review of a former episode is none of this one.
    let again = Patient::active(1, "01-05")
        .reviewed("02-01")
        .status("04-01", StatusLine::Closed(CloseReason::GoalsMet))
        .episode("10-20")
        .status("10-20", StatusLine::Active);
    assert_eq!(causes(&again, "11-19"), ["none yet"]);
}

#[test]
fn a_safety_concern_until_a_review_after_it() {
    let patient = || better().phq9_item9(8, 1, "11-10 10:00").concern("11-10 10:00", 1);
    assert_eq!(causes(&patient(), TODAY), ["concern"]);
    assert_eq!(causes(&patient().reviewed("11-10 09:00"), TODAY), ["concern"]);
    assert!(causes(&patient().reviewed("11-10 15:00"), TODAY).is_empty());
    let closed = || patient().in_concern(|c| c.closed = Some((when("11-11 10:00"), person(1))));
    assert!(causes(&closed(), TODAY).is_empty());
    let watched = closed().in_concern(|c| c.watch_until = Some(day("11-24")));
    assert_eq!(causes(&watched, TODAY), ["concern"]);
}

#[test]
fn worsening_until_a_review_after_the_score_even_when_a_contact_took_it_off_the_list() {
    let patient = || {
        Patient::active(1, "10-01")
            .reviewed("10-02")
            .phq9(12, "10-01")
            .phq9(17, "11-10")
            .contact("11-12")
    };
    assert_eq!(causes(&patient(), TODAY), ["worse"]);
    check(&patient(), Rule::Worsening, TODAY, "not running");
    assert!(causes(&patient().reviewed("11-12"), TODAY).is_empty());
}

#[test]
fn a_fall_under_five_points_four_to_six_weeks_after_a_treatment_starts_or_changes() {
    let patient = |kind, last: u16, on: &str| {
        Patient::active(1, "10-01")
            .reviewed("10-02")
            .phq9(18, "10-01")
            .treatment("10-05", kind)
            .phq9(last, on)
    };
    let changed = ChangeKind::DoseChanged;
    // The weeks are 2 to 16 November. A score before them says nothing of the effect: neither too little nor enough.
    for (last, on, today, calls) in [
        (14, "11-01", "11-01", false),
        (14, "11-01", "11-02", false),
        (14, "11-01", "11-15", false),
        (14, "11-01", "11-16", true),
        (10, "10-12", "11-15", false),
        (10, "10-12", "11-16", true),
        (10, "10-12", TODAY, true),
        (14, "11-02", "11-02", true),
        (13, "11-02", "11-02", false),
        (13, "11-02", TODAY, false),
        (14, "11-16", "11-16", true),
        // After weeks without a score a later one says more than none.
        (14, "11-17", "11-17", true),
        (13, "11-17", "11-17", false),
    ] {
        let found = causes(&patient(changed, last, on), today);
        let expected: &[&str] = if calls { &["no effect"] } else { &[] };
        assert_eq!(found, expected, "{last} on {on}, as of {today}");
    }
    // Too little in the weeks is too little, whatever fell after them; unless it fell to the target.
    assert_eq!(
        causes(&patient(changed, 14, "11-10").phq9(12, "11-18"), TODAY),
        ["no effect"]
    );
    assert!(causes(&patient(changed, 14, "11-10").phq9(4, "11-18"), TODAY).is_empty());
    assert!(causes(&patient(ChangeKind::Referred, 14, "11-02"), "11-02").is_empty());
    let reviewed = patient(changed, 14, "11-02").reviewed("11-03");
    assert!(causes(&reviewed, TODAY).is_empty());
    // A later change starts the weeks again.
    let again = patient(changed, 14, "11-02").treatment("11-06", changed);
    assert!(causes(&again, TODAY).is_empty());
    // Without any score since, from week 6 on.
    let unmeasured = Patient::active(1, "10-01")
        .reviewed("10-02")
        .phq9(18, "10-01")
        .treatment("10-05", changed);
    assert!(causes(&unmeasured, "11-15").is_empty());
    assert_eq!(causes(&unmeasured, "11-16"), ["no effect"]);
    // At target there is nothing left to fall.
    let low = Patient::active(1, "10-01")
        .reviewed("10-02")
        .phq9(4, "10-04")
        .treatment("10-05", changed)
        .phq9(3, "11-04");
    assert!(causes(&low, TODAY).is_empty());
}

#[test]
fn a_severe_side_effect_until_a_review_after_it() {
    let patient = |how| better().with(|s| s.side_effects.push((day("11-10"), how)));
    assert_eq!(causes(&patient(Severity::Severe), TODAY), ["side effect"]);
    assert!(causes(&patient(Severity::Moderate), TODAY).is_empty());
    assert!(causes(&patient(Severity::Severe).reviewed("11-12"), TODAY).is_empty());
}

#[test]
fn no_improvement_by_week_eight_from_the_earlier_of_enrolment_and_treatment_start() {
    let patient = || {
        Patient::active(1, "09-01")
            .reviewed("09-03")
            .phq9(20, "09-01")
            .phq9(13, "10-20")
    };
    assert!(causes(&patient(), "10-26").is_empty());
    assert_eq!(causes(&patient(), "10-27"), ["not improved"]);
    let earlier = patient().treatment("08-25", ChangeKind::PsychosocialChanged);
    assert_eq!(causes(&earlier, "10-20"), ["not improved"]);
    // Reviewed between weeks 8 and 12: again a month later, for as long as it lasts.
    let reviewed = patient().reviewed("10-28");
    assert!(causes(&reviewed, "11-26").is_empty());
    assert_eq!(causes(&reviewed, "11-27"), ["not improved"]);
    // Without a follow-up score improvement was not shown.
    let once = Patient::active(1, "09-01").reviewed("09-03").phq9(20, "09-01");
    assert_eq!(causes(&once, TODAY), ["not improved"]);
    let due = at(TODAY, |at| review_due(&once.sheet, at)).unwrap();
    assert!(due.words(day(TODAY)).contains("(no follow-up score)"));
    assert!(causes(&patient().phq9(9, "11-01"), TODAY).is_empty(), "under 10");
}

#[test]
fn an_anxiety_episode_is_not_judged_by_the_phq9() {
    let patient = Patient::active(1, "09-01")
        .reviewed("09-03")
        .in_episode(|e| e.target = Some("gad7".into()))
        .phq9(15, "09-01")
        .phq9(15, "11-01")
        .score("gad7", 16, "09-01")
        .score("gad7", 7, "11-01");
    assert!(causes(&patient, TODAY).is_empty());
}

#[test]
fn nothing_is_due_while_paused_or_closed() {
    let patient = || Patient::active(1, "06-01").phq9(10, "06-01").phq9(20, "06-20");
    assert!(!causes(&patient(), TODAY).is_empty());
    let paused = patient().status("07-01", StatusLine::OnHold { review: day("12-01") });
    assert!(causes(&paused, TODAY).is_empty());
    let closed = patient().status("07-01", StatusLine::Closed(CloseReason::Moved));
    assert!(causes(&closed, TODAY).is_empty());
}

#[test]
fn the_agenda_goes_safety_new_not_improving_side_effects_overdue_routine() {
    let settled = |n: u8| Patient::active(n, "06-01").phq9(18, "06-01").phq9(6, "10-25");
    let patients = [
        settled(1).reviewed("10-24"),
        settled(2).reviewed("10-10"),
        settled(3)
            .reviewed("11-01")
            .with(|s| s.side_effects.push((day("11-10"), Severity::Severe))),
        settled(4).reviewed("11-01").phq9(14, "11-10"),
        Patient::active(5, "11-10").phq9(12, "11-10"),
        settled(6)
            .reviewed("11-18")
            .phq9_item9(6, 1, "11-10")
            .concern("11-10", 1),
        settled(7).reviewed("11-10"),
        settled(8)
            .reviewed("11-01")
            .with(|s| s.review_requests.push(when("11-12"))),
    ];
    let protocol = Protocol::default_v1();
    assert_eq!(protocol.label(), "default protocol v1");
    let found = at(TODAY, |at| agenda(patients.iter().map(|p| &p.sheet), at));
    let order: Vec<(usize, Group)> = found
        .iter()
        .map(|item: &AgendaItem| {
            let place = patients.iter().position(|p| p.sheet.chart == item.chart).unwrap();
            (place + 1, item.group)
        })
        .collect();
    assert_eq!(
        order,
        [
            (6, Group::Safety),
            (5, Group::New),
            (4, Group::NotImproving),
            (3, Group::SideEffectOrQuestion),
            (8, Group::SideEffectOrQuestion),
            (2, Group::Overdue),
            (1, Group::Routine),
        ]
    );
    assert_eq!(found[1].sentence(day(TODAY)), "new to the caseload, not reviewed yet");
}

#[test]
fn who_was_left_out_of_the_last_meeting_comes_first_behind_safety_alone() {
    let settled = |n: u8| Patient::active(n, "06-01").phq9(18, "06-01").phq9(6, "10-25");
    let skipped = |patient: Patient, at: &str| patient.with(|s| s.review_skipped = Some(when(at)));
    let patients = [
        Patient::active(1, "11-10").phq9(12, "11-10"),
        settled(2)
            .reviewed("11-18")
            .phq9_item9(6, 1, "11-10")
            .concern("11-10", 1),
        skipped(settled(3).reviewed("11-01"), "11-13 15:30"),
        skipped(settled(4).reviewed("11-01").phq9(14, "11-10"), "11-13 15:40"),
        // Left out today: where the others are, until the next meeting.
        skipped(Patient::active(5, "11-11").phq9(12, "11-11"), "11-20 09:00"),
        settled(6).reviewed("11-10"),
    ];
    let found = at(TODAY, |at| agenda(patients.iter().map(|p| &p.sheet), at));
    let order: Vec<(usize, Group, bool)> = found
        .iter()
        .map(|item| {
            let place = patients.iter().position(|p| p.sheet.chart == item.chart).unwrap();
            (place + 1, item.group, item.is_carried_over(day(TODAY)))
        })
        .collect();
    assert_eq!(
        order,
        [
            (2, Group::Safety, false),
            (4, Group::NotImproving, true),
            (3, Group::Routine, true),
            (1, Group::New, false),
            (5, Group::New, false),
        ]
    );
    assert_eq!(found[0].sentence(day(TODAY)), "a safety concern is open");
    assert_eq!(found[2].skipped, Some(day("11-13")));
}

#[test]
fn nobody_is_new_who_has_waited_for_two_reviews_or_is_in_relapse_prevention() {
    let patients = [
        Patient::active(1, "05-01").phq9(9, "05-01").phq9(4, "11-10"),
        Patient::active(2, "10-20").phq9(12, "10-20"),
        Patient::active(3, "10-20")
            .phq9(9, "10-20")
            .status("11-01", StatusLine::RelapsePrevention),
        Patient::active(4, "05-01").phq9(10, "11-01").phq9(17, "11-12"),
    ];
    let found = at(TODAY, |at| agenda(patients.iter().map(|p| &p.sheet), at));
    let order: Vec<(usize, Group)> = found
        .iter()
        .map(|item| {
            let place = patients.iter().position(|p| p.sheet.chart == item.chart).unwrap();
            (place + 1, item.group)
        })
        .collect();
    assert_eq!(
        order,
        [
            (2, Group::New),
            (4, Group::NotImproving),
            (1, Group::Overdue),
            (3, Group::Overdue),
        ]
    );
}

#[test]
fn safety_goes_by_what_weighs_more_and_stays_after_an_episode_has_ended() {
    let patients = [
        Patient::active(1, "06-01")
            .phq9_item9(6, 1, "11-01")
            .concern("11-01", 1),
        Patient::active(2, "06-01")
            .phq9_item9(22, 3, "11-18")
            .concern("11-18", 3),
        Patient::active(3, "06-01")
            .phq9_item9(12, 1, "11-15")
            .concern("11-15", 1)
            .status("11-16", StatusLine::Closed(CloseReason::Moved)),
    ];
    let found = at(TODAY, |at| agenda(patients.iter().map(|p| &p.sheet), at));
    assert!(found.iter().all(|item| item.group == Group::Safety), "{found:?}");
    let place = |n: usize| found.iter().position(|item| item.chart == patients[n - 1].sheet.chart);
    assert_eq!(place(2), Some(0), "item 9 of 3 goes before an older 1");
    assert!(place(3).is_some(), "a concern outlives its episode");
}

#[test]
fn a_late_review_is_told_with_the_rule_that_made_it_late() {
    let late = Patient::active(1, "07-01").phq9(10, "11-01").phq9(17, "11-18");
    let words = at(TODAY, |at| review_due(&late.sheet, at)).unwrap().words(day(TODAY));
    let (none_yet, worse) = (
        words.find("none by day 30").unwrap(),
        words.find("PHQ-9 17").or(words.find("PHQ-9")).unwrap(),
    );
    assert!(none_yet < worse, "{words}");
}

#[test]
fn a_concern_that_was_reviewed_today_is_not_discussed_twice_in_one_meeting() {
    let patient = |reviewed: &str| {
        Patient::active(1, "06-01")
            .phq9(18, "06-01")
            .phq9_item9(6, 1, "11-10 10:00")
            .concern("11-10 10:00", 1)
            .reviewed(reviewed)
    };
    let listed = |reviewed: &str| at(TODAY, |at| agenda([&patient(reviewed).sheet].into_iter(), at)).len();
    assert_eq!((listed("11-18"), listed("11-20 09:00")), (1, 0));
    // A new answer after the review is a new reason.
    let worse = patient("11-20 08:00")
        .phq9_item9(9, 2, "11-20 08:30")
        .concern("11-20 08:30", 2);
    assert_eq!(at(TODAY, |at| agenda([&worse.sheet].into_iter(), at)).len(), 1);
}
