//! When measures are due: by the protocol, by the plan of the episode, to the day.

use caseload::care::{Rule, clocks};
use caseload::flowsheet::{MeasurePlanLine, SafetyItem, StatusLine};
use caseload::journal::Days;

use super::build::*;

#[test]
fn measures_are_due_every_two_weeks_until_response_then_every_four() {
    let sheet = || Patient::active(1, "09-01").phq9(18, "09-01");
    check(&sheet(), Rule::Measure, "09-14", "quiet until 09-15");
    check(&sheet().phq9(12, "11-01"), Rule::Measure, TODAY, "overdue: 5 late");
    check(&sheet().phq9(9, "11-01"), Rule::Measure, TODAY, "quiet until 11-29");
    let preventing = sheet().phq9(9, "11-01").status("11-01", StatusLine::RelapsePrevention);
    check(&preventing, Rule::Measure, TODAY, "quiet until 12-31");
    // None yet: within two weeks of enrolment.
    check(&Patient::active(1, "11-01"), Rule::Measure, TODAY, "overdue: 5 late");
    // An incomplete form is no score.
    let incomplete = sheet().form("phq9", None, "11-19", SafetyItem::Answered(0), false);
    check(&incomplete, Rule::Measure, TODAY, "overdue: 66 late");
}

#[test]
fn a_declined_measure_is_offered_again_after_two_weeks() {
    let sheet = || Patient::active(1, "09-01").phq9(18, "11-01");
    check(
        &sheet().declined("phq9", "11-15"),
        Rule::Measure,
        TODAY,
        "quiet until 11-29",
    );
    check(
        &sheet().declined("gad7", "11-15"),
        Rule::Measure,
        TODAY,
        "overdue: 5 late",
    );
    check(
        &sheet().declined("phq9", "11-01"),
        Rule::Measure,
        TODAY,
        "overdue: 5 late",
    );
}

#[test]
fn an_episode_is_measured_by_its_target_and_its_own_plan() {
    let target = Patient::active(1, "09-01").in_episode(|e| e.target = Some("gad7".into()));
    check(
        &target.score("gad7", 12, "11-10").phq9(20, "09-02"),
        Rule::Measure,
        TODAY,
        "quiet until 11-24",
    );
    let planned = Patient::active(1, "09-01")
        .in_episode(|e| {
            e.measures.push(MeasurePlanLine {
                baseline: None,
                every: Some(Days(30)),
                ..MeasurePlanLine::plain("phq2")
            })
        })
        .score("phq2", 4, "10-20");
    let found = clock(&planned, Rule::Measure, TODAY).unwrap();
    assert_eq!(found.sentence(), "PHQ-2 1 day late (every 30); last 4 on Tue 20 Oct");
}

/// A plan of every 10 days, every 20 after response: the day before, on and after each due day.
#[test]
fn a_plan_says_how_often_before_and_after_response_to_the_day() {
    let plan = MeasurePlanLine {
        every: Some(Days(10)),
        after_response: Some(Days(20)),
        ..MeasurePlanLine::plain("phq9")
    };
    let sheet = |plan: &MeasurePlanLine| {
        let plan = plan.clone();
        Patient::active(1, "09-01")
            .phq9(18, "09-01")
            .in_episode(|e| e.measures.push(plan))
    };
    let before = sheet(&plan).phq9(10, "10-01");
    check(&before, Rule::Measure, "10-10", "quiet until 10-11");
    check(&before, Rule::Measure, "10-11", "due: due today");
    check(&before, Rule::Measure, "10-12", "overdue: 1 late");
    // Half of 18 is response, exactly.
    let after = sheet(&plan).phq9(9, "10-01");
    check(&after, Rule::Measure, "10-20", "quiet until 10-21");
    check(&after, Rule::Measure, "10-21", "due: due today");
    let found = clock(&after, Rule::Measure, "10-22").unwrap();
    assert_eq!(
        found.sentence(),
        "PHQ-9 1 day late (every 20 after response); last 9 on Thu 1 Oct"
    );
    // Worse again: the shorter interval holds from the latest score.
    check(&after.phq9(12, "10-15"), Rule::Measure, "10-24", "quiet until 10-25");
    // In relapse prevention the longer one holds, whatever the score.
    let preventing = sheet(&plan)
        .phq9(10, "10-01")
        .status("10-05", StatusLine::RelapsePrevention);
    check(&preventing, Rule::Measure, "10-20", "quiet until 10-21");
    // Without an interval of its own after response, every 10 days goes on; without any, the protocol's 14 and 28.
    let only = MeasurePlanLine {
        after_response: None,
        ..plan.clone()
    };
    check(
        &sheet(&only).phq9(9, "10-01"),
        Rule::Measure,
        "10-10",
        "quiet until 10-11",
    );
    let plain = MeasurePlanLine::plain("phq9");
    check(
        &sheet(&plain).phq9(10, "10-01"),
        Rule::Measure,
        "10-10",
        "quiet until 10-15",
    );
    check(
        &sheet(&plain).phq9(9, "10-01"),
        Rule::Measure,
        "10-10",
        "quiet until 10-29",
    );
}

#[test]
fn a_stopped_plan_has_no_clock_from_its_day_on_and_another_plan_takes_the_phq9_not_away() {
    let stopped = MeasurePlanLine {
        stopped: Some(day("10-20")),
        ..MeasurePlanLine::plain("phq9")
    };
    let sheet = Patient::active(1, "09-01")
        .phq9(18, "10-01")
        .in_episode(|e| e.measures.push(stopped));
    check(&sheet, Rule::Measure, "10-19", "overdue: 4 late");
    check(&sheet, Rule::Measure, "10-20", "not running");
    let added = Patient::active(1, "09-01")
        .phq9(18, "10-01")
        .score("gad7", 9, "10-01")
        .in_episode(|e| e.measures.push(MeasurePlanLine::plain("gad7")));
    let due: Vec<String> = at("11-20", |moment| {
        let all = clocks(&added.sheet, moment).into_iter();
        all.filter(|c| c.rule == Rule::Measure).map(|c| c.sentence()).collect()
    });
    assert_eq!(due.len(), 2, "{due:?}");
}

/// A well-being score that fell by half is no response.
#[test]
fn half_of_a_score_of_which_more_is_better_is_no_response() {
    let sheet = Patient::active(1, "09-01")
        .in_episode(|e| e.target = Some("who5".into()))
        .score("who5", 60, "09-01")
        .score("who5", 28, "10-01");
    check(&sheet, Rule::Measure, "10-10", "quiet until 10-15");
}
