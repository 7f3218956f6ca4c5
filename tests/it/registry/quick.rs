//! Tries that one key records from a row of Today.

use super::*;
use caseload::care::quick::QuickTry;
use caseload::journal::PersonId;

fn tried(desk: &mut Desk, chart: ChartId, what: QuickTry) -> Result<Saved, Failure> {
    let at = When::At(NOW_TEXT.parse().unwrap());
    desk.save(Intent::Try { chart, what, at })
}

const NOW_TEXT: &str = "2026-11-20T09:00:00-05:00";

fn lines(view: &PatientView) -> Vec<&str> {
    view.timeline.iter().map(|row| row.line.as_str()).collect()
}

#[test]
fn one_key_writes_the_try_and_its_usual_minutes_in_one_save_and_the_ladder_goes_on() {
    let mut desk = Desk::new(61);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    for (what, minutes, by, outcome) in [
        (QuickTry::Voicemail, 3, Channel::Phone, AttemptOutcome::Voicemail),
        (QuickTry::NoAnswer, 2, Channel::Phone, AttemptOutcome::NoAnswer),
        (QuickTry::Text, 2, Channel::Text, AttemptOutcome::Sent),
        (QuickTry::Letter, 5, Channel::Letter, AttemptOutcome::Sent),
    ] {
        let saved = tried(&mut desk, chart, what).unwrap();
        let view = desk.patient(chart);
        let of_save = view.timeline.iter().filter(|row| saved.entries.contains(&row.entry));
        let facts: Vec<Fact> = of_save.map(|row| row.fact.clone()).collect();
        let attempt = facts.iter().find_map(|fact| match fact {
            Fact::Attempt(attempt) => Some((attempt.by, attempt.outcome)),
            _ => None,
        });
        assert_eq!(attempt, Some((by, outcome)), "{what:?}");
        let time = facts.iter().find_map(|fact| match fact {
            Fact::Time(time) => Some((time.seconds, time.activity, time.of.is_some(), time.note.is_some())),
            _ => None,
        });
        let expected = (Seconds(minutes * 60), Activity::Outreach, true, true);
        assert_eq!(time, Some(expected), "{what:?}");
    }
    let reason = &desk.today().items[0].reason;
    assert!(
        reason.contains("4 tries") && reason.contains("ask the clinician"),
        "{reason}"
    );
}

#[test]
fn one_stroke_takes_back_the_try_and_its_minutes() {
    let mut desk = Desk::new(62);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let before = desk.today().items[0].reason.clone();
    let saved = tried(&mut desk, chart, QuickTry::Voicemail).unwrap();
    assert_ne!(desk.today().items[0].reason, before);
    desk.save(Intent::Void {
        chart,
        entries: saved.entries,
        reason: "Undone".to_owned(),
    })
    .unwrap();
    assert_eq!(desk.today().items[0].reason, before);
}

#[test]
fn nothing_is_recorded_of_a_message_to_which_the_patient_said_no() {
    let mut desk = Desk::new(63);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let permissions = Fact::Permissions(Permissions {
        day: day("2026-11-19"),
        ways: [
            (MessageWay::Voicemail, Permission::No),
            (MessageWay::Text, Permission::Yes),
        ]
        .into(),
        speak_with: Vec::new(),
    });
    desk.save(record(chart, vec![permissions])).unwrap();
    let rows = lines(&desk.patient(chart)).len();
    let why = refused(tried(&mut desk, chart, QuickTry::Voicemail)).to_string();
    assert_eq!(
        why,
        "The patient said no to voicemail, asked on Thu 19 Nov. Nothing was recorded."
    );
    assert_eq!(lines(&desk.patient(chart)).len(), rows);
    tried(&mut desk, chart, QuickTry::NoAnswer).unwrap();
    tried(&mut desk, chart, QuickTry::Text).unwrap();
}

/// The minutes that a save wrote.
fn minutes_of(desk: &mut Desk, chart: ChartId, saved: &Saved) -> Time {
    let view = desk.patient(chart);
    let rows = view.timeline.iter().filter(|row| saved.entries.contains(&row.entry));
    let mut times = rows.filter_map(|row| match &row.fact {
        Fact::Time(time) => Some(time.clone()),
        _ => None,
    });
    times.next().unwrap()
}

#[test]
fn the_minutes_of_a_try_begin_where_those_of_the_one_before_end_also_with_another_patient() {
    let mut desk = Desk::new(64);
    desk.create(Kind::Real);
    let charts = [("Jun", "Ito"), ("Ana", "Abel"), ("Lee", "Moss")]
        .map(|(given, family)| desk.save(Intent::Register(newcomer(given, family))).unwrap().chart);
    let starts = charts.map(|chart| {
        let saved = tried(&mut desk, chart, QuickTry::Voicemail).unwrap();
        minutes_of(&mut desk, chart, &saved).start
    });
    let at = |text: &str| When::At(text.parse().unwrap());
    assert_eq!(
        starts,
        [
            at("2026-11-20T09:00:00-05:00"),
            at("2026-11-20T09:03:00-05:00"),
            at("2026-11-20T09:06:00-05:00")
        ]
    );
    // The one in the middle is taken back: its minutes are free again.
    let saved = tried(&mut desk, charts[0], QuickTry::Text).unwrap();
    assert_eq!(
        minutes_of(&mut desk, charts[0], &saved).start,
        at("2026-11-20T09:09:00-05:00")
    );
    desk.save(Intent::Void {
        chart: charts[0],
        entries: saved.entries,
        reason: "Undone".to_owned(),
    })
    .unwrap();
    let saved = tried(&mut desk, charts[1], QuickTry::Text).unwrap();
    assert_eq!(
        minutes_of(&mut desk, charts[1], &saved).start,
        at("2026-11-20T09:09:00-05:00")
    );
    // The try itself is told when it was.
    let view = desk.patient(charts[1]);
    let tries = view.timeline.iter().filter_map(|row| match &row.fact {
        Fact::Attempt(attempt) => Some(attempt.at),
        _ => None,
    });
    assert!(tries.into_iter().all(|when| when == at(NOW_TEXT)));
}

#[test]
fn minutes_that_lie_apart_move_no_try() {
    let mut desk = Desk::new(65);
    let opened = desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let spent = |start: &str, minutes: u32, by: PersonId| {
        Fact::from(Time {
            start: start.parse().unwrap(),
            seconds: Seconds(minutes * 60),
            activity: Activity::Coordination,
            bucket: Bucket::Cocm,
            by,
            mode: None,
            clocked: Clocked::Typed,
            of: None,
            note: None,
        })
    };
    // Long over, of another person, and without a time of day.
    let facts = vec![
        spent("2026-11-20T08:00:00-05:00", 20, opened.me),
        spent("2026-11-20T08:50:00-05:00", 30, PersonId::from_random([9; 16])),
        spent("2026-11-20", 30, opened.me),
    ];
    desk.save(record(chart, facts)).unwrap();
    let saved = tried(&mut desk, chart, QuickTry::Voicemail).unwrap();
    let start = minutes_of(&mut desk, chart, &saved).start;
    assert_eq!(start, When::At(NOW_TEXT.parse().unwrap()));
}
