//! One table a clock: when it is quiet, due, late, cleared and not running.

use caseload::care::{Clears, Rule};
use caseload::flowsheet::{SafetyItem, StatusLine, Unexplained};
use caseload::journal::facts::*;

use super::build::*;

#[test]
fn contact_is_late_from_the_day_after_its_interval_by_status() {
    for (status, quiet, due, late) in [
        (StatusLine::Enrolled, "11-07", "11-08", "11-09"),
        (StatusLine::Active, "11-14", "11-15", "11-16"),
        (StatusLine::RelapsePrevention, "12-30", "12-31", "2027-01-01"),
    ] {
        let sheet = Patient::new(1)
            .episode("09-01")
            .status("09-01", status)
            .contact("10-20")
            .contact("11-01");
        let until = if status == StatusLine::RelapsePrevention {
            "12-31"
        } else {
            due
        };
        check(&sheet, Rule::Contact, quiet, &format!("quiet until {until}"));
        check(&sheet, Rule::Contact, due, "due: due today");
        check(&sheet, Rule::Contact, late, "overdue: 1 late");
    }
}

#[test]
fn an_agreed_day_or_interval_holds_instead_of_the_protocols() {
    let sheet = || Patient::active(1, "09-01").contact("10-20").contact("11-01");
    check(&sheet().every(21), Rule::Contact, TODAY, "quiet until 11-22");
    let agreed = |on: &'static str| sheet().in_episode(|e| e.next_contact = Some(day(on)));
    check(&agreed("11-10"), Rule::Contact, TODAY, "overdue: 10 late");
    check(&agreed("12-10"), Rule::Contact, TODAY, "quiet until 12-10");
    // A contact on the agreed day or later uses the agreement up.
    check(
        &agreed("11-10").contact("11-12"),
        Rule::Contact,
        TODAY,
        "quiet until 11-26",
    );
    // A contact before it does not.
    check(
        &agreed("11-10").contact("11-08"),
        Rule::Contact,
        TODAY,
        "overdue: 10 late",
    );
}

#[test]
fn the_first_follow_up_comes_within_four_weeks_whatever_the_interval() {
    let sheet = Patient::active(1, "10-01").contact("10-01").every(60);
    check(&sheet, Rule::Contact, TODAY, "overdue: 22 late");
    check(&sheet.contact("10-20"), Rule::Contact, TODAY, "quiet until 12-19");
}

#[test]
fn only_a_two_way_contact_with_the_patient_resets_the_contact_clock() {
    let sheet = Patient::active(1, "09-01").contact("10-10").contact("11-01");
    let tried = sheet.attempt("11-18").contact_with("11-19", false);
    check(&tried, Rule::Contact, TODAY, "overdue: 5 late");
    // A contact that lies in the future (a slip in a sheet) resets nothing.
    check(&tried.contact("11-25"), Rule::Contact, TODAY, "overdue: 5 late");
}

#[test]
fn first_contact_counts_working_hours_and_is_cleared_by_a_contact() {
    let sheet = || Patient::new(1).referred("11-18 21:00");
    let found = clock(&sheet(), Rule::FirstContact, "11-20 14:00").unwrap();
    assert_eq!(found.sentence(), "41 h since referral, first contact due in 7 h");
    let weekend = clock(
        &Patient::new(1).referred("11-20 15:00"),
        Rule::FirstContact,
        "11-23 16:00",
    )
    .unwrap();
    assert_eq!(weekend.sentence(), "25 h since referral, first contact due in 23 h");
    check(&sheet(), Rule::FirstContact, "11-24", "referred: 4 late");
    check(
        &sheet().contact("11-18 21:30"),
        Rule::FirstContact,
        TODAY,
        "not running",
    );
    check(
        &sheet().contact("11-18 21:30"),
        Rule::Contact,
        TODAY,
        "quiet until 11-25",
    );
    assert_eq!(found.clears, Clears::FirstContact);
}

#[test]
fn tries_do_not_stop_the_first_contact_clock_and_say_what_is_next() {
    let sheet = Patient::new(1)
        .referred("11-16 09:00")
        .status("11-16", StatusLine::Outreach);
    let once = clock(&sheet.attempt("11-18"), Rule::FirstContact, TODAY).unwrap();
    assert_eq!(
        once.sentence(),
        "4 working days since referral, first contact 53 h late; 1 try, the last Wed 18 Nov; next today: call at another time of day"
    );
    let waiting = Patient::new(1)
        .referred("10-12 09:00")
        .status("10-12", StatusLine::Outreach)
        .attempt("11-10");
    assert_eq!(
        clock(&waiting, Rule::FirstContact, TODAY).unwrap().sentence(),
        "29 working days since referral, first contact 27 working days late; 1 try, the last Tue 10 Nov; next late since Thu 12 Nov: call at another time of day"
    );
    let sheet = Patient::new(1)
        .referred("11-16 09:00")
        .status("11-16", StatusLine::Outreach);
    let thrice = sheet.attempt("11-17").attempt("11-18").attempt("11-19");
    let found = clock(&thrice, Rule::FirstContact, TODAY).unwrap();
    assert!(
        found
            .sentence()
            .ends_with("3 tries, the last yesterday; next Mon 23 Nov: letter")
    );
}

#[test]
fn worsening_stays_until_a_contact_after_the_score_or_a_lower_score() {
    let sheet = || Patient::active(1, "09-01").phq9(14, "10-30").phq9(19, "11-20 09:00");
    check(
        &sheet().contact("11-20 09:00"),
        Rule::Worsening,
        TODAY,
        "worse: due today",
    );
    check(&sheet().contact("11-20 11:00"), Rule::Worsening, TODAY, "not running");
    check(&sheet().contact("11-21"), Rule::Worsening, "11-22", "not running");
    check(&sheet().phq9(15, "11-21"), Rule::Worsening, "11-22", "not running");
    let found = clock(&sheet(), Rule::Worsening, TODAY).unwrap();
    assert_eq!(
        found.sentence(),
        "PHQ-9 14 to 19 in 3 weeks (rise of 5 or more in 90 days), today"
    );
    assert_eq!(
        found.clears_sentence(),
        "contact after Fri 20 Nov, or a later lower score"
    );
}

#[test]
fn worsening_is_a_rise_of_five_or_four_or_newly_twenty() {
    let worse = |instrument: &str, scores: &[(u16, &str)]| {
        let sheet = scores.iter().fold(Patient::active(1, "06-01"), |s, (total, on)| {
            s.score(instrument, *total, on)
        });
        clock(&sheet, Rule::Worsening, TODAY).is_some()
    };
    for (instrument, scores, expected) in [
        ("phq9", &[(10, "10-01"), (13, "10-20"), (16, "11-10")][..], true),
        ("phq9", &[(10, "10-01"), (13, "10-20"), (14, "11-10")], false),
        ("gad7", &[(8, "10-01"), (12, "11-10")], true),
        ("gad7", &[(8, "10-01"), (11, "11-10")], false),
        // The lowest of the last 90 days, not the one before.
        (
            "phq9",
            &[(18, "06-10"), (6, "10-01"), (9, "10-20"), (11, "11-10")],
            true,
        ),
        // A low score of more than 90 days ago is no longer compared, unless it is the baseline.
        ("phq9", &[(14, "06-10"), (6, "07-01"), (11, "11-10")], false),
        ("phq9", &[(6, "06-10"), (11, "11-10")], true),
        // Newly 20, by less than five points; not new a second time; not new when it is the first.
        ("phq9", &[(18, "10-01"), (20, "11-10")], true),
        ("phq9", &[(18, "10-01"), (20, "10-20"), (21, "11-10")], false),
        ("phq9", &[(22, "11-10")], false),
        // Two at one day: the later stamp is the latest.
        ("phq9", &[(10, "10-01"), (16, "11-10"), (12, "11-10")], false),
    ] {
        assert_eq!(worse(instrument, scores), expected, "{instrument} {scores:?}");
    }
}

#[test]
fn a_missed_appointment_stays_until_a_contact_or_a_new_appointment() {
    use AppointmentState::{Booked, Kept, NoShow};
    let sheet = || {
        Patient::active(1, "09-01")
            .appointment("11-05 10:00", NoShow)
            .appointment("11-19 10:00", NoShow)
    };
    let found = clock(&sheet(), Rule::MissedAppointment, TODAY).unwrap();
    assert_eq!(found.sentence(), "no-show Thu 19 Nov, second in a row");
    check(
        &sheet().attempt("11-20"),
        Rule::MissedAppointment,
        TODAY,
        "missed: 1 late",
    );
    check(
        &sheet().contact("11-19 10:30"),
        Rule::MissedAppointment,
        TODAY,
        "not running",
    );
    check(
        &sheet().appointment("11-24 10:00", Booked),
        Rule::MissedAppointment,
        TODAY,
        "not running",
    );
    let between = Patient::active(1, "09-01")
        .appointment("11-05 10:00", NoShow)
        .appointment("11-10 10:00", Kept)
        .appointment("11-19 10:00", NoShow);
    assert_eq!(
        clock(&between, Rule::MissedAppointment, TODAY).unwrap().sentence(),
        "no-show Thu 19 Nov"
    );
    let open = Patient::active(1, "09-01").appointment("11-18 10:00", Booked);
    check(&open, Rule::NoOutcome, TODAY, "due: 2 late");
}

#[test]
fn an_acute_event_waits_for_a_contact_within_two_working_days() {
    let sheet = || {
        Patient::active(1, "09-01")
            .contact("11-10")
            .acute("11-19 22:00", AcuteKind::Discharge)
    };
    check(&sheet(), Rule::AcuteEvent, TODAY, "worse: due in 3");
    check(&sheet(), Rule::AcuteEvent, "11-25", "worse: 2 late");
    check(&sheet().contact("11-20 10:00"), Rule::AcuteEvent, TODAY, "not running");
    let overdose = Patient::active(1, "09-01").acute("11-19", AcuteKind::Overdose);
    check(&overdose, Rule::Overdose, TODAY, "safety: due in 3");
}

#[test]
fn a_pause_has_its_review_day_and_no_other_clock() {
    let paused = || {
        Patient::active(1, "06-01")
            .phq9(10, "06-01")
            .phq9(20, "06-20")
            .task("11-01", None)
    };
    let sheet = paused().status("07-01", StatusLine::OnHold { review: day("11-18") });
    at(TODAY, |at| {
        let rules: Vec<Rule> = caseload::care::clocks(&sheet.sheet, at)
            .iter()
            .map(|c| c.rule)
            .collect();
        assert_eq!(rules, [Rule::HoldReview]);
    });
    check(&sheet, Rule::HoldReview, "11-17", "quiet until 11-18");
    check(&sheet, Rule::HoldReview, TODAY, "overdue: 2 late");
}

#[test]
fn every_open_status_has_a_clock_and_closed_has_none() {
    let open = [
        None,
        Some(StatusLine::Referred),
        Some(StatusLine::Outreach),
        Some(StatusLine::Enrolled),
        Some(StatusLine::Active),
        Some(StatusLine::RelapsePrevention),
        Some(StatusLine::OnHold { review: day("12-24") }),
    ];
    let sheet = |status: Option<StatusLine>| {
        let sheet = Patient::new(1).episode("11-19").contact("11-19");
        status
            .into_iter()
            .fold(sheet, |sheet, status| sheet.status("11-19", status))
    };
    for status in open {
        at(TODAY, |at| {
            let found = caseload::care::clocks(&sheet(status).sheet, at);
            let next = found.iter().filter_map(|c| c.next_fires()).min();
            assert!(next.is_some(), "{status:?} would never come up again");
        });
    }
    at(TODAY, |at| {
        let closed = sheet(Some(StatusLine::Closed(CloseReason::GoalsMet)));
        assert!(caseload::care::clocks(&closed.sheet, at).is_empty());
        assert!(
            !caseload::care::clocks(&Patient::new(1).sheet, at).is_empty(),
            "no episode"
        );
    });
}

#[test]
fn a_missing_consent_or_diagnosis_is_routine_from_its_day_on() {
    let sheet = || Patient::active(1, "11-01").with(|s| s.gates = Default::default());
    check(&sheet(), Rule::Consent, TODAY, "routine: 19 late");
    check(&sheet(), Rule::Diagnosis, "11-10", "quiet until 11-15");
    check(&sheet(), Rule::Diagnosis, TODAY, "routine: 5 late");
    let given = |how| {
        move |s: &mut caseload::flowsheet::Flowsheet| {
            s.gates.consents.push((day("11-10"), Programme::Cocm, how));
        }
    };
    check(
        &sheet().with(given(Some(ConsentHow::Verbal))),
        Rule::Consent,
        TODAY,
        "not running",
    );
    let lacks = (day("11-10"), Programme::Cocm, Unexplained::CostSharing);
    let lacking = sheet().with(given(Some(ConsentHow::Verbal)));
    let lacking = lacking.with(|s| s.gates.unexplained.push(lacks));
    check(&lacking, Rule::Consent, TODAY, "routine: 10 late");
    let asked = clock(&lacking, Rule::Consent, TODAY).unwrap().sentence();
    assert!(asked.ends_with("Tue 10 Nov: that cost sharing may apply, also without a visit"));
    let withdrawn = Patient::active(1, "11-01").with(given(None));
    assert_eq!(
        clock(&withdrawn, Rule::Consent, TODAY).unwrap().sentence(),
        "consent withdrawn Tue 10 Nov and still in care"
    );
    let ended = Patient::active(1, "11-01")
        .with(|s| s.gates.diagnoses = vec![("F33.1".into(), day("01-01"), Some(day("11-05")))]);
    check(&ended, Rule::Diagnosis, TODAY, "routine: 5 late");
}

#[test]
fn relapse_prevention_needs_a_plan_and_a_score_of_ten_or_more_asks_to_reopen_active_care() {
    let sheet = || {
        Patient::active(1, "03-01")
            .phq9(18, "03-01")
            .phq9(4, "09-20")
            .status("10-01", StatusLine::RelapsePrevention)
    };
    check(&sheet(), Rule::RelapsePlan, TODAY, "routine: 36 late");
    check(
        &sheet().with(|s| s.relapse_plan = Some(day("10-05"))),
        Rule::RelapsePlan,
        TODAY,
        "not running",
    );
    check(&sheet().phq9(8, "11-10"), Rule::Relapse, TODAY, "not running");
    let relapsed = sheet().phq9(12, "11-10").contact("11-12");
    assert_eq!(
        clock(&relapsed, Rule::Relapse, TODAY).unwrap().sentence(),
        "PHQ-9 12 on Tue 10 Nov in relapse prevention (above 9): reopen active care?"
    );
    check(
        &relapsed.status("11-13", StatusLine::Active),
        Rule::Relapse,
        TODAY,
        "not running",
    );
}

#[test]
fn recommendations_wait_for_sending_an_answer_and_the_change() {
    use AnswerKind::{Accepted, Declined, Done, Later};
    let sheet = |asked, answer| Patient::active(1, "09-01").recommendation("11-01", asked, answer);
    check(&sheet(None, None), Rule::AskClinician, TODAY, "answer: 19 late");
    check(
        &sheet(Some("11-16"), None),
        Rule::AwaitAnswer,
        TODAY,
        "quiet until 11-23",
    );
    check(&sheet(Some("11-02"), None), Rule::AwaitAnswer, TODAY, "answer: 11 late");
    check(
        &sheet(Some("11-02"), Some(("11-05", Later))),
        Rule::AskAgain,
        TODAY,
        "answer: 1 late",
    );
    let accepted = || sheet(Some("11-02"), Some(("11-05", Accepted)));
    check(&accepted(), Rule::CarryOut, TODAY, "answer: 1 late");
    check(
        &accepted().treatment("11-06", ChangeKind::DoseChanged),
        Rule::CarryOut,
        TODAY,
        "not running",
    );
    for answer in [Declined, Done] {
        let settled = sheet(Some("11-02"), Some(("11-05", answer)));
        for rule in [Rule::AskClinician, Rule::AwaitAnswer, Rule::AskAgain, Rule::CarryOut] {
            check(&settled, rule, TODAY, "not running");
        }
    }
}

#[test]
fn a_clinician_who_said_later_is_asked_again_on_the_day_that_was_agreed() {
    for (agreed, found) in [
        (None, "answer: 1 late"),
        (Some("11-12"), "answer: 8 late"),
        (Some("11-20"), "answer: due today"),
        (Some("11-27"), "quiet until 11-27"),
    ] {
        let patient =
            Patient::active(1, "09-01").recommendation("11-01", Some("11-02"), Some(("11-05", AnswerKind::Later)));
        let patient = patient.with(|sheet| {
            sheet
                .recommendations
                .iter_mut()
                .for_each(|line| line.again = agreed.map(day))
        });
        check(&patient, Rule::AskAgain, TODAY, found);
    }
}

#[test]
fn a_task_is_due_on_its_day_and_late_after_it() {
    let sheet = |done| Patient::active(1, "09-01").task("11-19", done);
    check(&sheet(None), Rule::Task, "11-18", "quiet until 11-19");
    check(&sheet(None), Rule::Task, "11-19", "due: due today");
    check(&sheet(None), Rule::Task, TODAY, "overdue: 1 late");
    check(&sheet(Some("11-19")), Rule::Task, TODAY, "not running");
}

#[test]
fn a_referral_out_waits_fourteen_days_for_its_next_step_and_ends_with_a_result_or_without() {
    use ReferralState::{Attended, Booked, Ended, Made, Result, Sent};
    let sheet = |state| Patient::active(1, "09-01").referral_out(state, "11-05");
    for state in [Made, Sent, Booked, Attended] {
        check(&sheet(state), Rule::Referral, "11-18", "quiet until 11-19");
        check(&sheet(state), Rule::Referral, "11-19", "due: due today");
        check(&sheet(state), Rule::Referral, TODAY, "overdue: 1 late");
    }
    for state in [Result, Ended] {
        check(&sheet(state), Rule::Referral, TODAY, "not running");
    }
}

#[test]
fn after_a_death_nobody_is_told_to_call() {
    let sheet = Patient::active(1, "03-01")
        .phq9(18, "03-01")
        .acute("11-01", AcuteKind::Death);
    at(TODAY, |at| {
        let rules: Vec<Rule> = caseload::care::clocks(&sheet.sheet, at)
            .iter()
            .map(|c| c.rule)
            .collect();
        assert_eq!(rules, [Rule::Death]);
    });
}

#[test]
fn a_left_out_safety_item_is_asked_for_and_a_total_alone_is_only_marked() {
    let form = |item| Patient::active(1, "09-01").form("phq9", Some(6), "11-18", item, false);
    check(&form(SafetyItem::NotKnown), Rule::SafetyItem, TODAY, "due: 2 late");
    check(
        &form(SafetyItem::NotKnown).phq9_item9(6, 0, "11-19"),
        Rule::SafetyItem,
        TODAY,
        "not running",
    );
    check(&form(SafetyItem::Answered(0)), Rule::SafetyItem, TODAY, "not running");
    check(
        &Patient::active(1, "09-01").phq9(6, "11-18"),
        Rule::SafetyItem,
        TODAY,
        "not running",
    );
}

#[test]
fn what_was_agreed_in_a_concern_is_the_next_contact_after_it_is_closed_within_the_protocols_days() {
    // When the concern was closed, for when the next contact was agreed in it, the day in the plan, when it is due.
    let table = [
        // Nothing was agreed: the interval, long over.
        (Some("11-20 10:00"), None, None, None),
        (Some("11-20 10:00"), Some("11-23"), None, Some("11-23")),
        (None, Some("11-23"), None, Some("11-23")),
        // Not beyond the three days that the protocol has after a concern.
        (Some("11-20 10:00"), Some("12-20"), None, Some("11-23")),
        // A day of the plan that passed gives way; one that is sooner holds.
        (Some("11-20 10:00"), Some("11-23"), Some("10-31"), Some("11-23")),
        (Some("11-20 10:00"), Some("11-23"), Some("11-21"), Some("11-21")),
        // It passed without a contact.
        (Some("11-10 10:00"), Some("11-12"), None, Some("11-12")),
        // And a later day of the plan doesn't hide that.
        (Some("11-10 10:00"), Some("11-12"), Some("12-10"), Some("11-12")),
    ];
    for (closed, agreed, planned, expected) in table {
        let sheet = Patient::active(1, "09-01")
            .contact("10-01 09:00")
            .concern("11-09 09:00", 1);
        let sheet = sheet.in_episode(|episode| episode.next_contact = planned.map(day));
        let sheet = sheet.in_concern(|line| {
            line.next_contact = agreed.map(day);
            line.closed = closed.map(|at| (when(at), caseload::journal::PersonId::from_random([1; 16])));
        });
        let found = clock(&sheet, Rule::Contact, TODAY).unwrap().due;
        match expected {
            Some(expected) => assert_eq!(found, day(expected), "{closed:?} {agreed:?} {planned:?}"),
            None => assert!(found < day("11-09"), "{found}"),
        }
    }
}
