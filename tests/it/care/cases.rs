//! The defects that were found in real registries, and the cases that published rules imply. Each test names the
//! old failure in its first comment.

use caseload::care::{
    BaselineRule, CaseloadRow, Definition, Kind, Progress, Rule, SafetyMark, Scale, baseline, caseload_row,
    is_at_target, item_of, outcomes, progress,
};
use caseload::flowsheet::{EpisodeLine, MeasurePlanLine, SafetyItem, StatusLine};
use caseload::journal::facts::*;

use super::build::*;

fn row(patient: &Patient) -> CaseloadRow {
    at(TODAY, |at| caseload_row(&patient.sheet, at))
}
fn shown(patient: &Patient) -> (Option<u16>, Option<u16>, Option<i32>, Option<i32>) {
    let scores = row(patient).phq9;
    (
        scores.first.map(|(p, _)| p.total),
        scores.last.map(|p| p.total),
        scores.change,
        scores.percent,
    )
}
fn kind_today(patient: &Patient) -> Option<Kind> {
    at(TODAY, |at| item_of(&patient.sheet, at)).map(|item| item.kind())
}

#[test]
fn the_caseloads_line_is_of_the_measure_that_the_episode_is_judged_by() {
    let scored = || {
        Patient::active(1, "09-01")
            .phq9(16, "09-01")
            .score("pcl5", 54, "09-01")
            .score("pcl5", 41, "11-10")
    };
    let course = |patient: &Patient| {
        let (scale, trend) = row(patient).course;
        (scale.to_string(), trend.values().to_vec())
    };
    assert_eq!(course(&scored()), ("PHQ-9".to_owned(), vec![16]));
    let for_trauma = scored().with(|sheet| sheet.episodes[0].target = Some("pcl5".to_owned()));
    assert_eq!(course(&for_trauma), ("PCL-5".to_owned(), vec![54, 41]));
    let worry = Patient::active(1, "09-01").score("gad7", 12, "09-01");
    assert_eq!(course(&worry), ("GAD-7".to_owned(), vec![12]));
}

#[test]
fn sixteen_then_zero_is_shown_with_its_change_and_remission() {
    // A public grid tested scores for truth, so that a last score of 0 was blank.
    let patient = Patient::active(1, "09-01").phq9(16, "09-01").phq9(0, "11-10");
    assert_eq!(shown(&patient), (Some(16), Some(0), Some(-16), Some(-100)));
    let scores = row(&patient).phq9;
    assert_eq!(scores.trend.values(), [16, 0]);
    assert_eq!(scores.band.map(|b| b.place), Some(0));
    assert_eq!(
        outcomes(16, 0, &Scale::Phq9, 70).holds(Definition::Remission),
        Some(true)
    );
}

#[test]
fn zero_then_six_is_shown_in_points_and_has_no_percentage() {
    // The same grid hid a first score of 0; another divided by it.
    let patient = Patient::active(1, "09-01").phq9(0, "09-01").phq9(6, "11-10");
    assert_eq!(shown(&patient), (Some(0), Some(6), Some(6), None));
    assert_eq!(
        clock(&patient, Rule::Worsening, TODAY).map(|c| c.kind),
        Some(Some(Kind::Worsening))
    );
}

#[test]
fn one_score_only_has_no_change_at_all() {
    // A hospital report printed 99 % for patients with one score.
    let patient = Patient::active(1, "09-01").phq9(14, "11-10");
    assert_eq!(shown(&patient), (Some(14), Some(14), None, None));
    assert_eq!(shown(&Patient::active(1, "09-01")), (None, None, None, None));
}

#[test]
fn ten_then_sixteen_is_worse_and_never_improved() {
    // The same report counted a change below 5 % or above 50 % as improved, whatever its direction.
    let patient = Patient::active(1, "09-01").phq9(10, "09-01").phq9(16, "11-10");
    assert_eq!(shown(&patient), (Some(10), Some(16), Some(6), Some(60)));
    assert_eq!(kind_today(&patient), Some(Kind::Worsening));
    let found = outcomes(10, 16, &Scale::Phq9, 70);
    assert!(Definition::ALL.iter().all(|d| found.holds(*d) == Some(false)));
}

#[test]
fn ten_thirteen_sixteen_is_worse_at_sixteen() {
    let patient = Patient::active(1, "09-01").phq9(10, "09-01").phq9(13, "10-01");
    check(&patient, Rule::Worsening, TODAY, "not running");
    check(&patient.phq9(16, "11-20"), Rule::Worsening, TODAY, "worse: due today");
}

#[test]
fn a_no_show_does_not_hide_the_last_score() {
    // One product read scores from the last log only, so a no-show hid them.
    let patient = Patient::active(1, "09-01")
        .phq9(20, "09-01")
        .appointment("10-01", AppointmentState::NoShow)
        .attempt("10-02")
        .phq9(8, "10-10");
    assert_eq!(shown(&patient), (Some(20), Some(8), Some(-12), Some(-60)));
}

#[test]
fn a_score_entered_today_and_dated_last_month_is_not_the_latest() {
    // One product ordered scores by when they were typed in.
    let patient = Patient::active(1, "09-01")
        .phq9(18, "09-01")
        .phq9(9, "11-13")
        .phq9(12, "10-20");
    assert_eq!(shown(&patient).1, Some(9));
}

#[test]
fn the_score_is_the_latest_and_not_the_highest() {
    // The same product's consultant view showed the highest score as "the" score.
    let patient = Patient::active(1, "09-01").phq9(21, "10-01").phq9(11, "11-13");
    assert_eq!(shown(&patient).1, Some(11));
}

#[test]
fn of_two_on_one_day_the_later_time_then_the_later_entry_is_the_latest_and_both_are_kept() {
    let patient = Patient::active(1, "09-01").phq9(5, "11-10").phq9(7, "11-10");
    assert_eq!(shown(&patient).1, Some(7));
    assert_eq!(row(&patient).phq9.trend.values(), [5, 7]);
    let timed = Patient::active(1, "09-01")
        .phq9(5, "11-10 15:00")
        .phq9(7, "11-10 09:00");
    assert_eq!(shown(&timed).1, Some(5));
    // Which one counts as the baseline is a person's choice.
    let chosen = timed.sheet.scores.iter().find(|s| s.total == Some(5)).map(|s| s.entry);
    let choose = |e: &mut EpisodeLine| {
        e.measures.push(MeasurePlanLine {
            baseline: chosen,
            ..MeasurePlanLine::plain("phq9")
        })
    };
    let timed = timed.phq9(3, "11-12").in_episode(choose);
    assert_eq!(
        row(&timed).phq9.first.map(|(p, rule)| (p.total, rule)),
        Some((5, BaselineRule::ChosenByPerson))
    );
}

#[test]
fn a_total_of_five_with_item_nine_at_two_is_mild_and_a_safety_item() {
    // Severity colours hid item 9 in the lowest bands.
    let patient = Patient::active(1, "09-01")
        .phq9_item9(5, 2, "11-20 09:10")
        .concern("11-20 09:10", 2);
    let scores = row(&patient).phq9;
    assert_eq!(scores.band.map(|b| b.label), Some("Mild"));
    assert_eq!(scores.safety, SafetyMark::Positive(2));
    assert_eq!(kind_today(&patient), Some(Kind::Safety));
    assert_eq!(
        clock(&patient, Rule::OpenConcern, TODAY).unwrap().sentence(),
        "PHQ-9 item 9 = 2 today 09:10; second step due today; clinician not told; next contact due Mon 23 Nov"
    );
}

#[test]
fn an_incomplete_form_is_no_score_of_zero_and_its_item_nine_still_counts() {
    // Two products plotted a missing score as 0.
    let patient =
        Patient::active(1, "09-01")
            .phq9(14, "10-01")
            .form("phq9", None, "11-19", SafetyItem::Answered(1), false);
    assert_eq!(shown(&patient), (Some(14), Some(14), None, None));
    assert_eq!(row(&patient).phq9.trend.values(), [14]);
    assert_eq!(row(&patient).phq9.safety, SafetyMark::Positive(1));
    assert_eq!(kind_today(&patient), Some(Kind::Safety));
}

#[test]
fn a_safety_item_that_was_left_out_or_never_known_is_not_no() {
    let patient = Patient::active(1, "09-01").phq9(5, "11-19");
    assert_eq!(row(&patient).phq9.safety, SafetyMark::NotKnown);
    let answered = patient.phq9_item9(5, 0, "11-20");
    assert_eq!(row(&answered).phq9.safety, SafetyMark::No);
    assert_eq!(row(&answered).gad7.safety, SafetyMark::None);
}

#[test]
fn a_contact_thirty_five_days_ago_at_every_four_weeks_is_seven_days_late() {
    // A public registry marked a contact late only after a whole further month.
    let patient = Patient::active(1, "06-01").contact("09-20").contact("10-16").every(28);
    check(&patient, Rule::Contact, TODAY, "overdue: 7 late");
}

#[test]
fn as_needed_is_never_never() {
    // There, "as needed" was never late. Without an agreed day or interval the protocol's holds.
    let patient = Patient::active(1, "06-01").contact("07-20").contact("08-01");
    check(&patient, Rule::Contact, TODAY, "overdue: 97 late");
    let preventing = patient.status("08-02", StatusLine::RelapsePrevention);
    check(&preventing, Rule::Contact, TODAY, "overdue: 51 late");
}

#[test]
fn the_next_contact_moves_with_contacts() {
    // A hospital report reckoned it from the registration date, another product by 7 days whatever the phase.
    let patient = Patient::active(1, "01-05").contact("11-05").contact("11-18");
    check(&patient, Rule::Contact, TODAY, "quiet until 12-02");
    check(&patient.contact("11-19"), Rule::Contact, TODAY, "quiet until 12-03");
}

#[test]
fn week_nine_from_twenty_to_thirteen_without_a_review_is_due_for_one() {
    let patient = Patient::active(1, "09-15")
        .phq9(20, "09-15")
        .phq9(13, "11-15")
        .contact("11-15");
    let found = clock(&patient, Rule::CaseReview, TODAY).unwrap();
    assert!(found.fires());
    assert!(
        found
            .sentence()
            .contains("week 9, PHQ-9 not improved by week 8 (20 to 13); review due weeks 8 to 12"),
        "{}",
        found.sentence()
    );
}

#[test]
fn day_seventy_one_from_eighteen_to_nine_is_improved_and_at_target_and_not_remission() {
    let patient = Patient::active(1, "09-10").phq9(18, "09-10").phq9(9, "11-20");
    assert!(row(&patient).phq9.at_target);
    let last = outcomes(18, 9, &Scale::Phq9, 71);
    assert_eq!((last.improved_bao, last.remission), (Some(true), Some(false)));
}

#[test]
fn a_score_of_twelve_in_relapse_prevention_asks_to_reopen_active_care() {
    let patient = Patient::active(1, "03-01")
        .phq9(18, "03-01")
        .phq9(10, "09-20")
        .status("10-01", StatusLine::RelapsePrevention)
        .phq9(12, "11-15");
    check(&patient, Rule::Relapse, TODAY, "worse: 5 late");
}

#[test]
fn a_new_episode_has_its_own_baseline() {
    let patient = Patient::active(1, "01-10")
        .phq9(22, "01-10")
        .phq9(4, "05-01")
        .status("05-10", StatusLine::Closed(CloseReason::GoalsMet))
        .episode("11-10")
        .status("11-10", StatusLine::Active);
    assert_eq!(
        shown(&patient),
        (None, None, None, None),
        "nothing of the former episode"
    );
    let old = patient.sheet.scores.first().map(|s| s.entry);
    let patient = patient.phq9(11, "11-11");
    assert_eq!(shown(&patient), (Some(11), Some(11), None, None));
    check(&patient, Rule::Worsening, TODAY, "not running");
    // Not even when a person chose a score of the former episode.
    let patient = patient.phq9(9, "11-18").in_episode(|e| {
        e.measures.push(MeasurePlanLine {
            baseline: old,
            every: None,
            ..MeasurePlanLine::plain("phq9")
        })
    });
    assert_eq!(shown(&patient).0, Some(11));
    let episode = patient.sheet.episodes.last().unwrap();
    let found = baseline(&patient.sheet, episode, &Scale::Phq9, day(TODAY)).unwrap();
    assert_eq!((found.point.total, found.rule), (11, BaselineRule::FirstInEpisode));
}

#[test]
fn the_screening_before_the_first_episode_is_no_baseline() {
    let patient = Patient::active(1, "09-10")
        .phq9(24, "09-01")
        .phq9(19, "09-12")
        .phq9(12, "11-10");
    assert_eq!(shown(&patient), (Some(19), Some(12), Some(-7), Some(-37)));
    let episode = patient.sheet.episodes.last().unwrap();
    assert!(matches!(
        progress(&patient.sheet, episode, &Scale::Phq9, day(TODAY)),
        Progress::Compared { .. }
    ));
}

#[test]
fn neither_a_review_nor_a_contact_nor_a_lower_answer_closes_a_concern() {
    // One product cleared its flag with any consult.
    let patient = Patient::active(1, "09-01")
        .phq9_item9(12, 1, "11-10 10:00")
        .concern("11-10 10:00", 1)
        .reviewed("11-12 10:00")
        .contact("11-13 10:00")
        .phq9_item9(3, 0, "11-18 10:00");
    assert_eq!(kind_today(&patient), Some(Kind::Safety));
    let closed = patient.in_concern(|c| c.closed = Some((when("11-19 10:00"), person(1))));
    assert_eq!(kind_today(&closed).filter(|kind| *kind == Kind::Safety), None);
}

#[test]
fn at_target_is_under_five_or_under_ten_with_a_fall_of_half_and_never_with_an_open_concern() {
    let target = |first: u16, last: u16| {
        let patient = Patient::active(1, "09-01").phq9(first, "09-01").phq9(last, "11-10");
        at(TODAY, |at| is_at_target(&patient.sheet, &Scale::Phq9, at))
    };
    for (first, last, expected) in [
        (18, 4, true),
        (6, 4, true),
        (18, 9, true),
        (17, 9, false),
        (20, 10, false),
        (0, 0, true),
        (0, 5, false),
    ] {
        assert_eq!(target(first, last), expected, "{first} to {last}");
    }
    let open = Patient::active(1, "09-01")
        .phq9(18, "09-01")
        .phq9(3, "11-10")
        .concern("11-10", 1);
    assert!(!at(TODAY, |at| is_at_target(&open.sheet, &Scale::Phq9, at)));
    assert!(!row(&open).phq9.at_target);
    let positive = Patient::active(1, "09-01")
        .phq9(18, "09-01")
        .phq9_item9(4, 1, "11-10 10:00");
    assert!(!at(TODAY, |at| is_at_target(&positive.sheet, &Scale::Phq9, at)));
    assert!(
        !row(&positive).phq9.at_target,
        "whether or not a concern was closed since"
    );
}

#[test]
fn the_next_contact_of_a_list_is_the_sooner_of_the_concerns_and_the_plans() {
    let calm = Patient::active(1, "09-01").phq9(12, "11-10").contact("11-19 09:00");
    let planned = row(&calm).next_contact.unwrap();
    let open = calm.concern("11-19 10:00", 1);
    let with_concern = row(&open).next_contact.unwrap();
    assert!(with_concern < planned, "{with_concern} is before {planned}");
    assert_eq!(with_concern, day("11-22"));
}

#[test]
fn a_score_is_old_past_thirty_days_and_past_sixty_in_relapse_prevention() {
    let stale = |status, on| {
        let patient = Patient::new(1).episode("01-05").status("01-05", status).phq9(9, on);
        (row(&patient).phq9.age_days, row(&patient).phq9.stale)
    };
    assert_eq!(stale(StatusLine::Active, "10-21"), (Some(30), false));
    assert_eq!(stale(StatusLine::Active, "10-20"), (Some(31), true));
    assert_eq!(stale(StatusLine::RelapsePrevention, "09-21"), (Some(60), false));
    assert_eq!(stale(StatusLine::RelapsePrevention, "09-20"), (Some(61), true));
}

#[test]
fn a_row_counts_weeks_and_days_and_names_the_reason() {
    let patient = Patient::active(1, "10-02")
        .treatment("09-30", ChangeKind::MedicationStarted)
        .contact("10-10")
        .contact("11-17")
        .reviewed("11-01")
        .phq9(17, "10-02")
        .phq9(12, "11-17")
        .task("11-18", None);
    let row = row(&patient);
    assert_eq!(row.weeks, Some(7));
    assert_eq!((row.contact_days, row.next_contact), (Some(3), Some(day("12-01"))));
    assert_eq!(row.last_review, Some(day("11-01")));
    assert_eq!(
        (row.flag, row.why.map(|c| c.rule)),
        (Some(Kind::Overdue), Some(Rule::Task))
    );
}
