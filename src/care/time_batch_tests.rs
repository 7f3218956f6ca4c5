use super::*;
use crate::journal::facts::{Activity, Bucket, Clocked};
use crate::journal::{PersonId, Seconds};

fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}
fn chart(number: u8) -> ChartId {
    ChartId::from_random([number; 16])
}
fn time(from: &str, minutes: u32) -> Time {
    Time {
        start: format!("2026-11-20T{from}:00-05:00").parse().unwrap(),
        seconds: Seconds(minutes * 60),
        activity: Activity::FollowUp,
        bucket: Bucket::Cocm,
        by: PersonId::from_random([1; 16]),
        mode: None,
        clocked: Clocked::Typed,
        of: None,
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    }
}
fn row(number: u8, from: &str, minutes: u32, how: Option<How>) -> Row {
    Row {
        chart: chart(number),
        time: time(from, minutes),
        known: Vec::new(),
        how,
    }
}
fn beside(row: Row, from: &str, minutes: u32) -> Row {
    let known = Known {
        chart: chart(9),
        entry: EntryId::from_time(9, [9; 10]),
        time: time(from, minutes),
    };
    Row {
        known: vec![known],
        ..row
    }
}
fn told(batch: &TimeBatch) -> Vec<(u8, String, u32)> {
    let clock = |time: &Time| time.start.instant(zone()).format("%H:%M").to_string();
    let number = |of: ChartId| (1..=9).find(|n| chart(*n) == of).unwrap();
    let told = |(of, time): &(ChartId, Time)| (number(*of), clock(time), time.seconds.0 / 60);
    batch.new.iter().map(told).collect()
}
fn kept(all: &[(u8, &str, u32)]) -> Vec<(u8, String, u32)> {
    all.iter()
        .map(|(n, from, minutes)| (*n, (*from).to_owned(), *minutes))
        .collect()
}

#[test]
fn rows_of_one_save_give_way_as_was_said_and_no_second_is_lost_or_counted_twice() {
    use How::*;
    // What was said of the second row, which begins within the first; what is saved.
    let table = [
        (ShortenThis, vec![(1, "10:00", 30), (2, "10:30", 15)]),
        (ShortenOther, vec![(1, "10:00", 15), (2, "10:15", 30)]),
        (
            KeepBoth("two sisters".to_owned()),
            vec![(1, "10:00", 30), (2, "10:15", 30)],
        ),
    ];
    for (how, saved) in table {
        let rows = [row(1, "10:00", 30, None), row(2, "10:15", 30, Some(how.clone()))];
        let batch = settle(&rows, zone()).unwrap();
        assert_eq!(told(&batch), kept(&saved), "{how:?}");
        assert!(batch.cut.is_empty());
        let reasons: Vec<_> = batch
            .new
            .iter()
            .filter_map(|(_, time)| time.beside.as_deref())
            .collect();
        assert_eq!(reasons.len(), usize::from(matches!(how, KeepBoth(_))));
    }
}

#[test]
fn nothing_is_saved_while_one_row_is_unsettled_or_nothing_is_left_of_it() {
    let rows = [
        row(1, "10:00", 30, None),
        row(2, "10:15", 30, None),
        row(3, "12:00", 5, None),
    ];
    assert_eq!(settle(&rows, zone()).unwrap_err().open, [1]);
    let within = [row(1, "10:00", 30, None), row(2, "10:10", 10, Some(How::ShortenThis))];
    assert_eq!(settle(&within, zone()).unwrap_err().nothing_left, [1]);
    let over = [row(1, "10:10", 10, None), row(2, "10:00", 30, Some(How::ShortenOther))];
    assert_eq!(settle(&over, zone()).unwrap_err().nothing_left, [0]);
    assert_eq!(
        among(&rows, 1)
            .iter()
            .map(|(at, s)| (*at, s.seconds().0))
            .collect::<Vec<_>>(),
        [(0, 900)]
    );
    assert!(among(&rows, 2).is_empty());
}

#[test]
fn what_is_on_record_is_cut_once_by_all_rows_that_go_before_it() {
    let how = Some(How::ShortenOther);
    let rows = [
        beside(row(1, "10:00", 10, how.clone()), "09:50", 60),
        beside(row(2, "10:20", 10, how), "09:50", 60),
    ];
    let batch = settle(&rows, zone()).unwrap();
    let [(of, _, left)] = batch.cut.as_slice() else {
        panic!("{:?}", batch.cut)
    };
    assert_eq!(*of, chart(9));
    let minutes: Vec<u32> = left.iter().map(|time| time.seconds.0 / 60).collect();
    assert_eq!(minutes, [10, 10, 20]);
    assert_eq!(batch.charts(), [chart(1), chart(2), chart(9)]);
    let gone = beside(row(1, "09:00", 120, Some(How::ShortenOther)), "09:50", 60);
    assert_eq!(settle(&[gone], zone()).unwrap().cut[0].2, []);
}

#[test]
fn time_without_a_clock_overlaps_nothing() {
    let mut first = row(1, "10:00", 30, None);
    first.time.start = "2026-11-20".parse().unwrap();
    let rows = [
        first.clone(),
        Row {
            chart: chart(2),
            ..first
        },
        row(3, "10:00", 30, None),
    ];
    assert_eq!(settle(&rows, zone()).unwrap().new.len(), 3);
}
