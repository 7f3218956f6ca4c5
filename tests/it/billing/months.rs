//! Months: consent, edges, zones, changes of clocks, what is said about them.

use caseload::billing::{DEFAULT_PROFILE, GateKind, GateState, MonthKind, Note, Profile, Reason, Team, service_month};
use caseload::flowsheet::{ContactLine, ReviewLine};
use caseload::journal::facts::{Activity, Bucket, ConsentHow, ContactKind, Mode, Programme};
use caseload::journal::{EntryId, Seconds, Stamp};

use super::sample::{NEW_YORK, day, month_by, month_of, person, ready, time, with, zone};

#[test]
fn time_before_consent_is_not_counted_and_is_said() {
    let zone = zone(NEW_YORK);
    let mut sheet = with(
        ready(),
        [time(zone, "2026-03-08", 25 * 60), time(zone, "2026-03-20", 40 * 60)],
    );
    sheet.gates.consents = vec![(day("2026-03-10"), Programme::Cocm, Some(ConsentHow::Written))];
    let month = month_of(&sheet, "2026-03");
    assert_eq!(month.minutes(), 40);
    assert_eq!(month.not_counted[0].why, Reason::BeforeConsent(day("2026-03-10")));
    assert!(
        month
            .why()
            .contains("25 minutes was before consent, given on 10 Mar 2026"),
        "{}",
        month.why()
    );
}

#[test]
fn time_after_consent_was_withdrawn_is_not_counted() {
    let zone = zone(NEW_YORK);
    let mut sheet = with(
        ready(),
        [time(zone, "2026-03-08", 40 * 60), time(zone, "2026-03-20", 25 * 60)],
    );
    sheet.gates.consents.push((day("2026-03-15"), Programme::Cocm, None));
    let month = month_of(&sheet, "2026-03");
    assert_eq!((month.minutes(), month.billable().len()), (40, 1));
    assert_eq!(month.gates[0].state, GateState::Warning);
    assert_eq!(
        month_of(&sheet, "2026-04").missing().collect::<Vec<_>>(),
        [GateKind::Consent]
    );
}

#[test]
fn without_any_consent_on_record_the_minutes_are_shown_and_nothing_is_billed() {
    let mut sheet = with(ready(), [time(zone(NEW_YORK), "2026-03-08", 47 * 60)]);
    sheet.gates.consents.clear();
    let month = month_of(&sheet, "2026-03");
    assert_eq!(
        (month.minutes(), month.supported.codes.len(), month.billable().len()),
        (47, 1, 0)
    );
    assert!(
        month.why().contains("Not ready to bill. No consent is on record."),
        "{}",
        month.why()
    );
}

#[test]
fn consent_to_another_programme_is_not_consent() {
    let mut sheet = with(ready(), [time(zone(NEW_YORK), "2026-03-08", 47 * 60)]);
    sheet.gates.consents[0].1 = Programme::GeneralBhi;
    assert_eq!(
        month_of(&sheet, "2026-03").missing().collect::<Vec<_>>(),
        [GateKind::Consent]
    );
}

#[test]
fn the_credit_of_an_overlap_goes_to_the_earlier_start() {
    let zone = zone(NEW_YORK);
    let mut second = time(zone, "2026-03-10T10:20:00-04:00", 1800);
    second.activity = Activity::Coordination;
    let sheet = with(ready(), [second, time(zone, "2026-03-10T10:00:00-04:00", 1800)]);
    let month = month_of(&sheet, "2026-03");
    assert_eq!(month.by_activity[&Activity::FollowUp], Seconds(1800));
    assert_eq!(month.by_activity[&Activity::Coordination], Seconds(1200));
    assert_eq!(
        (month.not_counted.len(), month.not_counted[0].why),
        (1, Reason::CountedOnce)
    );
}

#[test]
fn an_entry_that_crosses_the_month_has_a_part_in_each_also_when_the_clocks_change() {
    // start, seconds, zone, first month, its minutes, minutes of the next
    let cases = [
        ("2026-01-31T23:50:00-05:00", 1800, "America/New_York", "2026-01", 10, 20),
        ("2026-01-31T23:50:00-06:00", 1800, "America/Chicago", "2026-01", 10, 20),
        ("2026-01-31T23:50:00-10:00", 1800, "Pacific/Honolulu", "2026-01", 10, 20),
        ("2026-02-01T07:50:00Z", 1800, "America/Los_Angeles", "2026-01", 10, 20),
        ("2026-01-31T23:50:00+05:30", 1800, "Asia/Kolkata", "2026-01", 10, 20),
        // 25 hours: the clocks of New York go back at 2:00 on the first of November 2026.
        (
            "2026-10-31T23:00:00-04:00",
            4 * 3600,
            "America/New_York",
            "2026-10",
            60,
            180,
        ),
        // 23 hours: those of Sydney, seven hours into the last day but one, never change a length.
        ("2026-09-30T23:30:00+10:00", 3600, "Australia/Sydney", "2026-09", 30, 30),
    ];
    let profile = Profile::shipped(DEFAULT_PROFILE).unwrap();
    for (start, seconds, name, month, first, second) in cases {
        let zone = zone(name);
        let sheet = with(ready(), [time(zone, start, seconds)]);
        let month = month.parse::<caseload::journal::Month>().unwrap();
        let of = |m| service_month(&sheet, m, &profile, &Team::default(), zone, day("2027-12-31")).minutes();
        assert_eq!((of(month), of(month.next())), (first, second), "{name} {start}");
        assert_eq!(of(month.previous()) + of(month.next().next()), 0, "{name} {start}");
    }
}

#[test]
fn a_day_of_twenty_five_hours_holds_twenty_five_hours() {
    let zone = zone(NEW_YORK);
    let night = [
        time(zone, "2026-11-01T00:00:00-04:00", 2 * 3600),
        time(zone, "2026-11-01T01:00:00-05:00", 3600),
    ];
    assert_eq!(month_of(&with(ready(), night), "2026-11").minutes(), 180);
    let spring = [
        time(zone, "2026-03-08T01:00:00-05:00", 2 * 3600),
        time(zone, "2026-03-08T04:00:00-04:00", 3600),
    ];
    assert_eq!(month_of(&with(ready(), spring), "2026-03").minutes(), 180);
}

#[test]
fn what_lies_after_the_day_asked_for_is_not_known_yet() {
    let zone = zone(NEW_YORK);
    let sheet = with(
        ready(),
        [time(zone, "2026-03-08", 1200), time(zone, "2026-03-20", 1200)],
    );
    let profile = Profile::shipped(DEFAULT_PROFILE).unwrap();
    let of = |as_of| {
        service_month(
            &sheet,
            "2026-03".parse().unwrap(),
            &profile,
            &Team::default(),
            zone,
            day(as_of),
        )
    };
    assert_eq!(
        (
            of("2026-03-07").minutes(),
            of("2026-03-19").minutes(),
            of("2026-03-20").minutes()
        ),
        (0, 20, 40)
    );
}

#[test]
fn the_minutes_of_the_month_are_not_those_of_all_time() {
    let zone = zone(NEW_YORK);
    let lines = ["2026-02-10", "2026-03-10", "2026-04-10"].map(|at| time(zone, at, 1200));
    assert_eq!(month_of(&with(ready(), lines), "2026-03").minutes(), 20);
}

#[test]
fn the_scale_and_the_review_are_warnings_and_the_review_only_of_the_initial_month() {
    let zone = zone(NEW_YORK);
    let mut sheet = with(
        ready(),
        [time(zone, "2026-03-08", 3000), time(zone, "2026-04-08", 3000)],
    );
    let state = |sheet: &_, month, kind| {
        month_of(sheet, month)
            .gates
            .iter()
            .find(|g| g.kind == kind)
            .map(|g| g.state)
    };
    assert_eq!(state(&sheet, "2026-03", GateKind::Scale), Some(GateState::Warning));
    assert_eq!(state(&sheet, "2026-03", GateKind::Review), Some(GateState::Warning));
    assert_eq!(state(&sheet, "2026-04", GateKind::Review), None);
    let at = "2026-03-20".parse().unwrap();
    sheet.reviews.push(ReviewLine {
        entry: EntryId::from_random([3; 16]),
        at,
        day: day("2026-03-20"),
    });
    assert_eq!(state(&sheet, "2026-03", GateKind::Review), Some(GateState::Met));
    assert_eq!(month_of(&sheet, "2026-03").billable().len(), 1);
}

#[test]
fn contacts_without_minutes_before_the_initial_month_are_pointed_out() {
    let mut sheet = with(ready(), [time(zone(NEW_YORK), "2026-03-08", 3000)]);
    sheet.contacts.push(ContactLine {
        entry: EntryId::from_random([4; 16]),
        at: "2026-01-20".parse().unwrap(),
        day: day("2026-01-20"),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with_patient: true,
        stamp: Stamp::new(1, 0, 0),
    });
    let month = month_of(&sheet, "2026-03");
    assert_eq!(
        (month.kind, month.notes),
        (
            MonthKind::Initial,
            vec![Note::EarlierContacts {
                first: day("2026-01-20")
            }]
        )
    );
}

#[test]
fn general_integration_is_reported_when_it_alone_reaches_a_code() {
    let zone = zone(NEW_YORK);
    let mut bhi = time(zone, "2026-03-08", 25 * 60);
    bhi.bucket = Bucket::GeneralBhi;
    let mut sheet = with(ready(), [bhi, time(zone, "2026-03-09", 5 * 60)]);
    sheet
        .gates
        .consents
        .push((day("2026-01-01"), Programme::GeneralBhi, Some(ConsentHow::Verbal)));
    let month = month_of(&sheet, "2026-03");
    assert_eq!((month.kind, month.minutes()), (MonthKind::GeneralBhi, 25));
    assert_eq!(month.notes, [Note::TwoProgrammes { other: Seconds(300) }]);
    sheet = with(sheet, [time(zone, "2026-03-10", 40 * 60)]);
    assert_eq!(month_of(&sheet, "2026-03").kind, MonthKind::Initial);
}

#[test]
fn general_integration_without_a_visit_is_withheld() {
    // BH04: 45 minutes, no initiating visit.
    let mut bhi = time(zone(NEW_YORK), "2026-03-08", 45 * 60);
    bhi.bucket = Bucket::GeneralBhi;
    let mut sheet = with(ready(), [bhi]);
    sheet.gates.consents[0].1 = Programme::GeneralBhi;
    assert_eq!(month_of(&sheet, "2026-03").billable()[0].code.as_str(), "99484");
    sheet.gates.initiating_visits.clear();
    assert_eq!(month_of(&sheet, "2026-03").billable(), []);
}

#[test]
fn while_nothing_was_counted_no_first_counted_time_is_made_up() {
    let why = |visits: &[&str]| -> (GateState, String) {
        let mut sheet = ready();
        sheet.gates.initiating_visits = visits.iter().map(|on| day(on)).collect();
        let month = month_of(&sheet, "2026-03");
        let gate = month
            .gates
            .iter()
            .find(|gate| gate.kind == GateKind::InitiatingVisit)
            .unwrap();
        (gate.state, gate.why())
    };
    // A visit within the month comes before whatever will be counted first.
    assert_eq!(why(&["2026-03-10"]).0, GateState::Met);
    assert_eq!(why(&["2025-12-15"]).0, GateState::Met);
    let (state, none) = why(&[]);
    assert_ne!(state, GateState::Met);
    assert!(none.ends_with("days before the first counted time."), "{none}");
    let (state, old) = why(&["2020-01-10"]);
    assert_ne!(state, GateState::Met);
    assert!(
        old.contains("nothing was counted yet") && !old.contains("1 Mar"),
        "{old}"
    );
}

#[test]
fn the_sentences_explain_the_month_and_hold_no_ids() {
    let zone = zone(NEW_YORK);
    let mut sheet = with(
        ready(),
        [time(zone, "2026-02-08", 3000), time(zone, "2026-03-08", 37 * 60)],
    );
    let mut booking = time(zone, "2026-03-09", 300);
    booking.activity = Activity::Scheduling;
    sheet = with(sheet, [booking]);
    let why = month_of(&sheet, "2026-03").why();
    assert_eq!(
        why,
        "As a later month: 37 minutes count, which support 99493 (midpoint-g2214-16). 39 minutes more reach 99494 at 76. \
         Not counted: 5 minutes was spent on an activity that this payer profile doesn't count."
    );
    assert!(!why.contains(&sheet.chart.to_string()) && !why.contains(&person(1).to_string()));
}

#[test]
fn a_strict_clinic_can_compare_its_old_registry() {
    // EP07: 50.03 minutes, unbilled; then 107.49 minutes. An unbilled first month is still the initial month.
    let zone = zone(NEW_YORK);
    let sheet = with(
        ready(),
        [time(zone, "2026-03-08", 3002), time(zone, "2026-04-08", 6449)],
    );
    let strict = Profile::shipped("full-time-strict").unwrap();
    assert_eq!(month_by(&sheet, "2026-03", &strict).supported.codes, []);
    let april = month_by(&sheet, "2026-04", &strict);
    let list: Vec<_> = april
        .supported
        .codes
        .iter()
        .map(|c| (c.code.as_str(), c.units))
        .collect();
    assert_eq!(list, [("99493", 1), ("99494", 1)]);
}
