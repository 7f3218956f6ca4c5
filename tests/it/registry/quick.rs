//! Tries that one key records from a row of Today.

use super::*;
use caseload::care::quick::QuickTry;

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
