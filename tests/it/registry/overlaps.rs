//! Time that overlaps other time of the same person, as the core tells it before it is saved.

use super::*;
use caseload::care::overlap::Stretch;
use caseload::care::settle::{cut_down, kept, shortened};
use caseload::journal::PersonId;

fn minutes(start: &str, minutes: u32, by: PersonId) -> Fact {
    Fact::Time(Time {
        start: start.parse().unwrap(),
        seconds: Seconds(minutes * 60),
        activity: Activity::FollowUp,
        bucket: Bucket::Cocm,
        by,
        mode: None,
        clocked: Clocked::Typed,
        of: None,
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    })
}

fn overlapped(desk: &mut Desk, intent: &Intent) -> Vec<OverlapView> {
    match desk.ask(Request::Overlaps(intent.clone().into())).unwrap() {
        Response::Overlaps(found) => found,
        other => panic!("{other:?}"),
    }
}

fn month_minutes(desk: &mut Desk, chart: ChartId) -> u32 {
    let view = desk.patient(chart);
    let times = view.timeline.iter().filter_map(|row| match &row.fact {
        Fact::Time(time) => Some(time.seconds.0),
        _ => None,
    });
    times.sum::<u32>() / 60
}

fn two_patients(seed: u8) -> (Desk, ChartId, ChartId, PersonId) {
    let mut desk = Desk::new(seed.into());
    let me = desk.create(Kind::Real).me;
    let first = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let second = desk.save(Intent::Register(newcomer("Ada", "Moreau"))).unwrap().chart;
    (desk, first, second, me)
}

#[test]
fn time_for_another_patient_at_the_same_minutes_is_told_before_it_is_saved_with_whose_it_is() {
    let (mut desk, first, second, me) = two_patients(71);
    desk.save(record(first, vec![minutes("2026-11-19T10:00:00-05:00", 22, me)]))
        .unwrap();
    let intent = record(second, vec![minutes("2026-11-19T10:15:00-05:00", 30, me)]);
    let found = overlapped(&mut desk, &intent);
    let told: Vec<_> = found
        .iter()
        .map(|o| (o.chart, o.name.as_str(), o.line.as_str(), o.shared.seconds().0))
        .collect();
    assert_eq!(told, [(first, "Ito, Jun", "22 min, follow-up contact", 7 * 60)]);
    let colleague = record(
        second,
        vec![minutes("2026-11-19T10:15:00-05:00", 30, PersonId::from_random([9; 16]))],
    );
    assert!(
        overlapped(&mut desk, &colleague).is_empty(),
        "two people are no overlap"
    );
    let later = record(second, vec![minutes("2026-11-19T10:22:00-05:00", 30, me)]);
    assert!(overlapped(&mut desk, &later).is_empty(), "they only touch");
}

#[test]
fn whichever_gives_way_no_minute_is_claimed_twice_and_the_original_stays_in_the_record() {
    let (mut desk, first, second, me) = two_patients(72);
    let saved = desk
        .save(record(first, vec![minutes("2026-11-19T10:00:00-05:00", 22, me)]))
        .unwrap();
    let intent = record(second, vec![minutes("2026-11-19T10:15:00-05:00", 30, me)]);
    let found = overlapped(&mut desk, &intent);
    let zone = "America/New_York".parse().unwrap();

    let taken: Vec<Stretch> = found.iter().map(|other| other.whole).collect();
    let cut = shortened(&intent, &taken, zone).unwrap();
    assert!(overlapped(&mut desk, &cut).is_empty());

    desk.save(intent).unwrap();
    let ours = Stretch::of("2026-11-19T10:15:00-05:00".parse().unwrap(), Seconds(30 * 60)).unwrap();
    for other in &found {
        for correction in cut_down(other.chart, other.entry, &other.time, &[ours], zone) {
            desk.save(correction).unwrap();
        }
    }
    assert_eq!(
        (month_minutes(&mut desk, first), month_minutes(&mut desk, second)),
        (15, 30)
    );
    let view = desk.patient(first);
    let row = view
        .timeline
        .iter()
        .find(|row| saved.entries.contains(&row.entry))
        .unwrap();
    assert!(row.corrected, "the original is kept under its correction");
}

#[test]
fn what_is_kept_beside_other_time_says_why_in_the_record() {
    let (mut desk, first, second, me) = two_patients(73);
    desk.save(record(first, vec![minutes("2026-11-19T10:00:00-05:00", 22, me)]))
        .unwrap();
    let intent = record(second, vec![minutes("2026-11-19T10:15:00-05:00", 30, me)]);
    desk.save(kept(&intent, "one call about two sisters")).unwrap();
    let view = desk.patient(second);
    let more = view.timeline.iter().find_map(|row| row.more.clone()).unwrap();
    assert_eq!(more, "Kept beside other time: one call about two sisters");
}

#[test]
fn tries_that_one_key_records_claim_no_clock_and_overlap_nothing() {
    let (mut desk, first, second, me) = two_patients(74);
    let at = When::At("2026-11-20T09:00:00-05:00".parse().unwrap());
    let what = caseload::care::quick::QuickTry::Voicemail;
    desk.save(Intent::Try { chart: first, what, at }).unwrap();
    let intent = record(second, vec![minutes("2026-11-20T08:50:00-05:00", 20, me)]);
    assert!(overlapped(&mut desk, &intent).is_empty());
}
