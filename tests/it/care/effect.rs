//! What a treatment change came to, by table; its clock; the rules that are kept with it; the plan's review.

use caseload::care::{Rule, clocks, effect_of, fired};
use caseload::flowsheet::StatusLine;
use caseload::journal::facts::{ChangeKind, Severity};

use super::build::*;

/// A patient with a dose changed on 1 October: the weeks of its effect are 29 October to 12 November.
fn changed() -> Patient {
    Patient::active(1, "09-01").treatment("10-01", ChangeKind::DoseChanged)
}

#[track_caller]
fn check_effect(sheet: &Patient, moment: &str, expected: &str) {
    let words = at(moment, |at| {
        let line = sheet.sheet.treatments.first().unwrap();
        effect_of(&sheet.sheet, line, at).map(|effect| effect.words(at.today))
    });
    assert_eq!(words.as_deref().unwrap_or("none expected"), expected);
}

#[test]
fn the_effect_is_the_last_score_four_to_six_weeks_after_the_change_beside_the_one_before_it() {
    let before = || changed().phq9(18, "09-28");
    check_effect(
        &before(),
        "10-28",
        "PHQ-9 18 on Mon 28 Sep; not measured yet: due Thu 29 Oct to Thu 12 Nov",
    );
    check_effect(
        &before(),
        "10-29",
        "PHQ-9 18 on Mon 28 Sep; not measured yet: due by Thu 12 Nov",
    );
    check_effect(
        &before(),
        "11-12",
        "PHQ-9 18 on Mon 28 Sep; not measured yet: due by Thu 12 Nov",
    );
    check_effect(
        &before(),
        "11-13",
        "PHQ-9 18 on Mon 28 Sep; not measured from Thu 29 Oct to Thu 12 Nov, and not since",
    );
    check_effect(
        &before().phq9(9, "11-15"),
        "11-20",
        "PHQ-9 18 on Mon 28 Sep; not measured from Thu 29 Oct to Thu 12 Nov; later 9 on Sun 15 Nov",
    );
}

#[test]
fn a_fall_counts_by_the_protocol_and_a_rise_is_never_an_effect() {
    for (score, told) in [
        (18, "(0, a fall under 5)"),
        (14, "(\u{2212}4, a fall under 5)"),
        (13, "(\u{2212}5, a fall of 5 or more)"),
        (0, "(\u{2212}18, a fall of 5 or more)"),
        (19, "(+1, higher than before)"),
    ] {
        let expected = format!("PHQ-9 18 on Mon 28 Sep, then {score} on Fri 30 Oct {told}");
        check_effect(&changed().phq9(18, "09-28").phq9(score, "10-30"), "11-20", &expected);
    }
}

#[test]
fn the_first_and_the_last_day_belong_to_the_weeks_and_the_days_around_them_do_not() {
    for (day, words) in [
        ("10-28", "due by Thu 12 Nov"),
        ("10-29", "then 10 on Thu 29 Oct"),
        ("11-12", "then 10 on Thu 12 Nov"),
    ] {
        let sheet = changed().phq9(18, "09-28").phq9(10, day);
        let found = at("11-12", |at| {
            effect_of(&sheet.sheet, &sheet.sheet.treatments[0], at)
                .unwrap()
                .words(at.today)
        });
        assert!(found.contains(words), "{day}: {found}");
    }
    // Of two within the weeks the later one.
    let two = changed().phq9(18, "09-28").phq9(15, "10-30").phq9(10, "11-10");
    check_effect(
        &two,
        "11-20",
        "PHQ-9 18 on Mon 28 Sep, then 10 on Tue 10 Nov (\u{2212}8, a fall of 5 or more)",
    );
}

#[test]
fn the_score_before_is_the_last_one_up_to_the_day_of_the_change() {
    let same_day = changed().phq9(20, "09-02").phq9(16, "10-01").phq9(8, "11-01");
    check_effect(
        &same_day,
        "11-20",
        "PHQ-9 16 on Thu 1 Oct, then 8 on Sun 1 Nov (\u{2212}8, a fall of 5 or more)",
    );
    let after = changed().phq9(16, "10-05").phq9(8, "11-01");
    check_effect(
        &after,
        "11-20",
        "PHQ-9 16 on Mon 5 Oct, after the change, then 8 on Sun 1 Nov (\u{2212}8, a fall of 5 or more)",
    );
    check_effect(
        &changed().phq9(8, "11-01"),
        "11-20",
        "PHQ-9 no score before it, then 8 on Sun 1 Nov",
    );
    // An incomplete form is no score.
    let incomplete = changed().phq9(16, "09-28").form(
        "phq9",
        None,
        "11-01",
        caseload::flowsheet::SafetyItem::Answered(0),
        false,
    );
    check_effect(
        &incomplete,
        "11-12",
        "PHQ-9 16 on Mon 28 Sep; not measured yet: due by Thu 12 Nov",
    );
}

#[test]
fn a_second_change_before_the_weeks_are_over_is_named() {
    let twice = changed()
        .phq9(18, "09-28")
        .treatment("10-20", ChangeKind::PsychosocialChanged)
        .phq9(10, "11-01");
    check_effect(
        &twice,
        "11-20",
        "PHQ-9 18 on Mon 28 Sep, then 10 on Sun 1 Nov (\u{2212}8, a fall of 5 or more); changed again Tue 20 Oct",
    );
}

#[test]
fn a_medicine_stopped_a_referral_and_a_change_that_lies_ahead_have_no_effect_to_show() {
    for kind in [ChangeKind::MedicationStopped, ChangeKind::Referred] {
        let sheet = Patient::active(1, "09-01").treatment("10-01", kind).phq9(18, "09-28");
        check_effect(&sheet, "11-20", "none expected");
        check(&sheet, Rule::ChangeEffect, "11-05", "not running");
    }
    let ahead = Patient::active(1, "09-01").treatment("11-25", ChangeKind::DoseChanged);
    check_effect(&ahead, "11-20", "none expected");
}

#[test]
fn an_instrument_without_a_number_shows_its_change_and_no_judgement() {
    let sheet = changed()
        .in_episode(|e| e.target = Some("who5".into()))
        .score("who5", 8, "09-28")
        .score("who5", 15, "11-01");
    check_effect(&sheet, "11-20", "WHO-5 8 on Mon 28 Sep, then 15 on Sun 1 Nov (+7)");
}

#[test]
fn a_change_of_a_former_episode_is_judged_by_its_own_scores() {
    use caseload::journal::facts::CloseReason;
    let sheet = Patient::active(1, "03-01")
        .phq9(20, "03-02")
        .treatment("04-01", ChangeKind::DoseChanged)
        .status("04-20", StatusLine::Closed(CloseReason::GoalsMet))
        .episode("04-25")
        .status("04-25", StatusLine::Active)
        .phq9(5, "05-05");
    check_effect(
        &sheet,
        "11-20",
        "PHQ-9 20 on Mon 2 Mar; not measured from Wed 29 Apr to Wed 13 May, and not since",
    );
}

#[test]
fn a_score_is_asked_for_when_the_weeks_begin_until_there_is_one() {
    let sheet = || changed().phq9(18, "09-28");
    check(&sheet(), Rule::ChangeEffect, "10-28", "quiet until 10-29");
    check(&sheet(), Rule::ChangeEffect, "10-29", "due: due in 14");
    check(&sheet(), Rule::ChangeEffect, "11-12", "due: due today");
    check(&sheet(), Rule::ChangeEffect, "11-13", "overdue: 1 late");
    check(&sheet().phq9(17, "10-29"), Rule::ChangeEffect, "11-05", "not running");
    check(&sheet().phq9(17, "11-14"), Rule::ChangeEffect, "11-15", "not running");
    // A new change begins the weeks anew; its predecessor's are not asked for any more.
    let again = sheet().treatment("11-01", ChangeKind::MedicationSwitched);
    check(&again, Rule::ChangeEffect, "11-05", "quiet until 11-29");
    let closed = sheet().status(
        "11-01",
        StatusLine::Closed(caseload::journal::facts::CloseReason::Moved),
    );
    check(&closed, Rule::ChangeEffect, "11-05", "not running");
    let found = clock(&sheet(), Rule::ChangeEffect, "11-05").unwrap();
    assert_eq!(
        found.sentence(),
        "no PHQ-9 yet to see the effect of the change of Thu 1 Oct; measure by Thu 12 Nov; before it 18 on Mon 28 Sep"
    );
    assert_eq!(found.clears_sentence(), "a complete PHQ-9 on Thu 29 Oct or later");
}

#[test]
fn the_rules_that_call_for_a_change_stay_with_it_after_the_review_that_they_led_to() {
    let sheet = || Patient::active(1, "09-01").phq9(20, "09-01").phq9(19, "11-10");
    let read = |sheet: &Patient| at(TODAY, |at| fired(&sheet.sheet, at));
    let found = read(&sheet());
    let rule = found.iter().find(|fired| fired.rule == "not improved").unwrap();
    assert_eq!(rule.numbers["first"], 20);
    assert_eq!(rule.numbers["latest"], 19);
    assert_eq!(rule.numbers["week"], 11);
    assert!(
        rule.says
            .starts_with("week 11, PHQ-9 not improved by week 8 (20 to 19)")
    );
    // The review takes it off the worklist, not off the reasons for what it decides.
    let reviewed = read(&sheet().reviewed("11-19"));
    assert!(reviewed.iter().any(|fired| fired.rule == "not improved"));
    let kept = reviewed[0].clone().kept(day(TODAY), "default protocol v1");
    assert_eq!((kept.on, kept.protocol.as_str()), (day(TODAY), "default protocol v1"));
}

#[test]
fn each_rule_brings_its_numbers() {
    let rules = |sheet: &Patient| -> Vec<&'static str> {
        at(TODAY, |at| {
            fired(&sheet.sheet, at).iter().map(|fired| fired.rule).collect()
        })
    };
    let worse = Patient::active(1, "11-01").phq9(10, "11-02").phq9(16, "11-18");
    assert_eq!(rules(&worse), ["worsening"]);
    let suffering = Patient::active(1, "11-01").with(|s| s.side_effects.push((day("11-10"), Severity::Severe)));
    assert_eq!(rules(&suffering), ["severe side effect"]);
    let no_effect = Patient::active(1, "09-25")
        .phq9(18, "09-28")
        .treatment("10-01", ChangeKind::DoseChanged)
        .phq9(17, "11-01");
    assert!(rules(&no_effect).contains(&"no effect of the last change"));
    let relapsed = Patient::active(1, "06-01")
        .phq9(18, "06-01")
        .phq9(4, "09-01")
        .status("09-05", StatusLine::RelapsePrevention)
        .phq9(12, "11-18");
    assert!(rules(&relapsed).contains(&"relapse"));
    // Only the calendar, or nothing at all, is no reason to change a treatment.
    assert!(rules(&Patient::active(1, "10-01").phq9(4, "10-02").phq9(4, "11-15")).is_empty());
}

#[test]
fn the_plan_comes_up_on_the_day_that_was_agreed_and_goes_when_it_was_gone_through() {
    let reviewed = |on: &str, next: Option<&str>| {
        let line = Some((day(on), next.map(day)));
        Patient::active(1, "09-01").with(|s| s.plan_review = line)
    };
    check(&Patient::active(1, "09-01"), Rule::CarePlan, TODAY, "not running");
    check(&reviewed("09-10", None), Rule::CarePlan, TODAY, "not running");
    check(
        &reviewed("09-10", Some("11-21")),
        Rule::CarePlan,
        TODAY,
        "quiet until 11-21",
    );
    check(
        &reviewed("09-10", Some("11-20")),
        Rule::CarePlan,
        TODAY,
        "routine: due today",
    );
    check(
        &reviewed("09-10", Some("11-10")),
        Rule::CarePlan,
        TODAY,
        "routine: 10 late",
    );
    let found = clock(&reviewed("09-10", Some("11-10")), Rule::CarePlan, TODAY).unwrap();
    assert_eq!(
        found.sentence(),
        "care plan review 10 days late; last gone through Thu 10 Sep"
    );
    // Not before enrollment, not after closing, and not from a former episode.
    let closed = reviewed("09-10", Some("11-10")).status(
        "11-15",
        StatusLine::Closed(caseload::journal::facts::CloseReason::GoalsMet),
    );
    check(&closed, Rule::CarePlan, TODAY, "not running");
    let again = closed.episode("11-18").status("11-18", StatusLine::Active);
    check(&again, Rule::CarePlan, TODAY, "not running");
}

#[test]
fn no_change_makes_no_clock_of_an_effect() {
    let sheet = Patient::active(1, "09-01").phq9(18, "09-28");
    at(TODAY, |at| {
        assert!(clocks(&sheet.sheet, at).iter().all(|c| c.rule != Rule::ChangeEffect));
    });
}

#[test]
fn a_concern_that_was_closed_calls_for_no_change_also_while_it_is_watched() {
    let rules = |sheet: &Patient| -> Vec<&'static str> {
        at(TODAY, |at| {
            fired(&sheet.sheet, at).iter().map(|fired| fired.rule).collect()
        })
    };
    let open = || {
        Patient::active(1, "11-01")
            .phq9_item9(9, 1, "11-16")
            .concern("11-16 09:00", 1)
    };
    assert_eq!(rules(&open()), ["open concern"]);
    let closed = open().in_concern(|line| {
        line.closed = Some((when("11-17 10:00"), caseload::journal::PersonId::from_random([1; 16])));
        line.watch_until = Some(day("12-01"));
    });
    assert!(rules(&closed).is_empty());
}
