//! Outreach before the patient is enrolled: what it is to the course of care.

use caseload::billing::{MonthKind, Note};
use caseload::flowsheet::{ClaimLine, ContactLine, EpisodeLine, Flowsheet, StatusLine, TimeLine};
use caseload::journal::facts::{Activity, ClaimState, CloseReason, ContactKind, Mode};
use caseload::journal::{EntryId, EpisodeId, Stamp};

use super::sample::{NEW_YORK, day, month_of, ready, time, with, zone};

/// Outreach on a day.
fn outreach(start: &str, minutes: u32) -> TimeLine {
    TimeLine {
        activity: Activity::Outreach,
        ..time(zone(NEW_YORK), start, minutes * 60)
    }
}

/// A patient whose consent is older than everything, with one episode and these statuses.
fn in_episode(statuses: &[(&str, StatusLine)]) -> Flowsheet {
    let mut sheet = ready();
    sheet.gates.consents[0].0 = day("2024-01-01");
    sheet.episodes = vec![EpisodeLine {
        episode: EpisodeId::from_random([8; 16]),
        opened: day(statuses[0].0),
        referred: None,
        target: None,
        statuses: statuses.iter().map(|(from, status)| (day(from), *status)).collect(),
        next_contact: None,
        contact_every: None,
        measures: Vec::new(),
        feedback: None,
    }];
    sheet
}

const REFERRED_IN_MARCH: [(&str, StatusLine); 3] = [
    ("2026-03-20", StatusLine::Referred),
    ("2026-03-24", StatusLine::Outreach),
    ("2026-04-03", StatusLine::Enrolled),
];

fn kind_and_notes(sheet: &Flowsheet, month: &str) -> (MonthKind, Vec<Note>) {
    let month = month_of(sheet, month);
    (month.kind, month.notes)
}

#[test]
fn outreach_before_enrollment_does_not_use_up_the_initial_month() {
    let sheet = with(
        in_episode(&REFERRED_IN_MARCH),
        [
            outreach("2026-03-28", 14),
            time(zone(NEW_YORK), "2026-04-03", 50 * 60),
            outreach("2026-05-02", 5),
        ],
    );
    let last = "2026-03".parse().unwrap();
    let march = month_of(&sheet, "2026-03");
    assert_eq!(
        (march.kind, march.minutes()),
        (MonthKind::Initial, 14),
        "nothing is lost"
    );
    assert_eq!(march.notes, [Note::OnlyOutreach { initial: true }]);
    assert_eq!(
        kind_and_notes(&sheet, "2026-04"),
        (MonthKind::Initial, vec![Note::OutreachBefore { last }])
    );
    assert_eq!(month_of(&sheet, "2026-04").billable()[0].code.as_str(), "99492");
    assert_eq!(
        kind_and_notes(&sheet, "2026-05"),
        (MonthKind::Subsequent, vec![]),
        "outreach to an enrolled patient is care"
    );
}

#[test]
fn what_is_more_than_outreach_begins_the_course_and_so_does_outreach_from_enrollment_on() {
    let zone = zone(NEW_YORK);
    let april = |first: TimeLine| {
        let later = time(zone, "2026-04-20", 50 * 60);
        month_of(&with(in_episode(&REFERRED_IN_MARCH), [first, later]), "2026-04").kind
    };
    // An assessment in March before the enrollment was written down.
    assert_eq!(april(time(zone, "2026-03-30", 14 * 60)), MonthKind::Subsequent);
    assert_eq!(april(outreach("2026-03-30", 14)), MonthKind::Initial);
    // Enrolled in March, and tried again on that day.
    let statuses = [
        ("2026-03-20", StatusLine::Referred),
        ("2026-03-28", StatusLine::Enrolled),
    ];
    let lines = |on| [outreach(on, 14), time(zone, "2026-04-20", 50 * 60)];
    let kind = |on| month_of(&with(in_episode(&statuses), lines(on)), "2026-04").kind;
    assert_eq!(
        (kind("2026-03-27"), kind("2026-03-28")),
        (MonthKind::Initial, MonthKind::Subsequent)
    );
}

#[test]
fn without_an_episode_consent_says_from_when_outreach_is_care() {
    let mut sheet = with(
        ready(),
        [outreach("2026-03-28", 14), time(zone(NEW_YORK), "2026-04-03", 50 * 60)],
    );
    sheet.gates.consents[0].0 = day("2026-03-01");
    assert_eq!(month_of(&sheet, "2026-04").kind, MonthKind::Subsequent);
    sheet.gates.consents.clear();
    assert_eq!(month_of(&sheet, "2026-04").kind, MonthKind::Initial);
    assert_eq!(month_of(&sheet, "2026-03").minutes(), 14, "shown all the same");
}

#[test]
fn a_month_of_outreach_that_was_reported_is_the_initial_month_until_it_is_denied() {
    let mut sheet = with(
        in_episode(&REFERRED_IN_MARCH),
        [outreach("2026-03-28", 20), time(zone(NEW_YORK), "2026-04-03", 50 * 60)],
    );
    let mut say = |code: &str, state, on| {
        sheet.gates.claims.push(ClaimLine {
            entry: EntryId::from_random([5; 16]),
            month: "2026-03".parse().unwrap(),
            code: code.into(),
            units: 1,
            state,
            day: day(on),
            reason: None,
        });
        kind_and_notes(&sheet, "2026-04")
    };
    assert_eq!(
        say("99484", ClaimState::Sent, "2026-04-02").0,
        MonthKind::Initial,
        "another programme"
    );
    assert_eq!(
        say("G2214", ClaimState::Sent, "2026-04-02"),
        (MonthKind::Subsequent, vec![])
    );
    assert_eq!(say("G2214", ClaimState::Denied, "2026-05-02").0, MonthKind::Initial);
}

#[test]
fn outreach_to_somebody_who_was_referred_again_keeps_no_course_going() {
    // In care until January; referred again in June; reached in August. Six months without care lie between.
    let mut sheet = in_episode(&[
        ("2026-01-02", StatusLine::Active),
        ("2026-01-20", StatusLine::Closed(CloseReason::GoalsMet)),
    ]);
    let again = in_episode(&[("2026-06-20", StatusLine::Outreach), ("2026-08-05", StatusLine::Active)]);
    sheet
        .episodes
        .extend(again.episodes.into_iter().map(|episode| EpisodeLine {
            episode: EpisodeId::from_random([9; 16]),
            ..episode
        }));
    let zone = zone(NEW_YORK);
    let sheet = with(
        sheet,
        [
            time(zone, "2026-01-10", 50 * 60),
            outreach("2026-06-25", 8),
            outreach("2026-07-10", 8),
            time(zone, "2026-08-06", 50 * 60),
        ],
    );
    assert_eq!(
        kind_and_notes(&sheet, "2026-07"),
        (MonthKind::Subsequent, vec![Note::OnlyOutreach { initial: false }])
    );
    let last = "2026-07".parse().unwrap();
    assert_eq!(
        kind_and_notes(&sheet, "2026-08"),
        (MonthKind::Initial, vec![Note::OutreachBefore { last }])
    );
}

#[test]
fn a_contact_that_has_its_minutes_of_outreach_is_not_called_one_without_minutes() {
    let mut sheet = with(
        in_episode(&REFERRED_IN_MARCH),
        [outreach("2026-03-28", 14), time(zone(NEW_YORK), "2026-04-03", 50 * 60)],
    );
    sheet.contacts.push(ContactLine {
        entry: EntryId::from_random([4; 16]),
        at: "2026-03-28".parse().unwrap(),
        day: day("2026-03-28"),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with_patient: true,
        stamp: Stamp::new(1, 0, 0),
    });
    let notes = month_of(&sheet, "2026-04").notes;
    assert!(matches!(notes[..], [Note::OutreachBefore { .. }]), "{notes:?}");
}
