//! Laws of the service month, whatever the entries.

use caseload::billing::{Profile, ServiceMonth, service_month};
use caseload::flowsheet::TimeLine;
use caseload::journal::facts::{Activity, Bucket, ConsentHow, Programme};
use caseload::journal::{EntryId, Month, Seconds, When, Zone};
use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::sample::{NEW_YORK, day, month_by, person, ready, team, with, zone};

/// Entries around the end of March 2026, many of them overlapping; some on a day without a clock.
fn lines() -> impl Strategy<Value = Vec<TimeLine>> {
    let activity = select(vec![
        Activity::FollowUp,
        Activity::Coordination,
        Activity::Scheduling,
        Activity::CaseloadReview,
    ]);
    let bucket = select(vec![Bucket::Cocm, Bucket::Cocm, Bucket::Cocm, Bucket::Psychotherapy]);
    let start = prop_oneof![4 => (0i64..36_000).prop_map(Some), 1 => Just(None)];
    let line = (start, 1u32..7_200, activity, bucket, 1u8..5);
    prop::collection::vec(line, 0..9).prop_map(|lines| {
        let make = |(i, (start, seconds, activity, bucket, by)): (usize, (Option<i64>, u32, _, _, _))| {
            let zone = zone(NEW_YORK);
            let begin = zone.at(day("2026-03-31"), 19, 0);
            let start = start.map_or(When::Day(day("2026-03-30")), |s| {
                When::At(begin + TimeDelta::seconds(s))
            });
            let mut line = super::sample::time(zone, &start.to_string(), seconds);
            line.entry = EntryId::from_random([i as u8 + 1; 16]);
            (line.activity, line.bucket, line.by) = (activity, bucket, person(by));
            line
        };
        lines.into_iter().enumerate().map(make).collect()
    })
}

/// March and April of a patient who consented in the night between them, or before.
fn months(lines: &[TimeLine], consent: &str, profile: &str) -> [ServiceMonth; 2] {
    let mut sheet = with(ready(), lines.iter().cloned());
    sheet.gates.consents = vec![(day(consent), Programme::Cocm, Some(ConsentHow::Verbal))];
    let profile = Profile::shipped(profile).unwrap();
    ["2026-03", "2026-04"].map(|month| month_by(&sheet, month, &profile))
}

/// What must not change when the same time is written down differently.
fn totals(month: &ServiceMonth) -> impl PartialEq + std::fmt::Debug + use<> {
    let m = month.clone();
    (m.kind, m.seconds, m.by_activity, m.by_person, m.supported, m.gates)
}

fn split(line: &TimeLine, at: u32, zone: Zone) -> [TimeLine; 2] {
    let mut parts = [line.clone(), line.clone()];
    parts[0].seconds = Seconds(at);
    parts[1].seconds = Seconds(line.seconds.0 - at);
    parts[1].entry = EntryId::from_random([200; 16]);
    if let When::At(start) = line.start {
        parts[1].start = When::At(start + TimeDelta::seconds(at.into()));
        parts[1].day = parts[1].start.day(zone);
    }
    parts
}

/// The seconds since 1970 that some counted entry covers in a month, each once.
fn covered(lines: &[TimeLine], month: Month, zone: Zone) -> u32 {
    let mut seconds = std::collections::BTreeSet::new();
    let mut days = 0;
    for line in lines
        .iter()
        .filter(|l| l.bucket == Bucket::Cocm && l.activity != Activity::Scheduling)
    {
        match line.start {
            When::Day(day) if day.month() == month => days += line.seconds.0,
            When::Day(_) => {}
            When::At(start) => {
                let (from, until) = (
                    zone.start_of(month.first()).timestamp(),
                    zone.start_of(month.next().first()).timestamp(),
                );
                let span = start.timestamp()..start.timestamp() + i64::from(line.seconds.0);
                seconds.extend(span.filter(|s| *s >= from && *s < until));
            }
        }
    }
    days + u32::try_from(seconds.len()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn splitting_an_entry_never_changes_a_month(
        lines in lines(), which in any::<Index>(), at in any::<Index>(), late in any::<bool>(),
    ) {
        prop_assume!(!lines.is_empty());
        let which = which.index(lines.len());
        prop_assume!(lines[which].seconds.0 > 1);
        let at = 1 + u32::try_from(at.index(lines[which].seconds.0 as usize - 1)).unwrap();
        let mut parts = lines.clone();
        let removed = parts.remove(which);
        parts.extend(split(&removed, at, zone(NEW_YORK)));
        let consent = if late { "2026-04-01" } else { "2026-01-01" };
        let (whole, cut) = (months(&lines, consent, "midpoint-g2214-16"), months(&parts, consent, "midpoint-g2214-16"));
        for (whole, cut) in whole.iter().zip(&cut) {
            prop_assert_eq!(totals(whole), totals(cut));
        }
    }

    #[test]
    fn the_order_of_entries_never_matters(lines in lines(), turn in any::<Index>()) {
        let mut turned = lines.clone();
        if !turned.is_empty() {
            turned.rotate_left(turn.index(lines.len()));
            turned.reverse();
        }
        prop_assert_eq!(months(&lines, "2026-01-01", "midpoint-cap2"), months(&turned, "2026-01-01", "midpoint-cap2"));
    }

    #[test]
    fn no_second_is_counted_twice(lines in lines()) {
        for month in months(&lines, "2026-01-01", "midpoint-g2214-16") {
            let by_entry: u32 = month.counted.iter().map(|c| c.seconds.0).sum();
            let by_activity: u32 = month.by_activity.values().map(|s| s.0).sum();
            prop_assert_eq!((by_entry, by_activity), (month.seconds.0, month.seconds.0));
            prop_assert!(month.seconds.0 <= covered(&lines, month.month, zone(NEW_YORK)));
        }
    }

    #[test]
    fn where_all_time_counts_every_covered_second_counts(lines in lines()) {
        let care: Vec<TimeLine> = lines
            .into_iter()
            .map(|line| TimeLine { bucket: Bucket::Cocm, activity: Activity::FollowUp, by: person(1), ..line })
            .collect();
        for month in months(&care, "2026-01-01", "midpoint-g2214-16") {
            prop_assert_eq!(month.seconds.0, covered(&care, month.month, zone(NEW_YORK)));
        }
    }

    #[test]
    fn counted_and_not_counted_time_add_up_to_what_was_written_down(lines in lines(), late in any::<bool>()) {
        let consent = if late { "2026-04-01" } else { "2026-01-01" };
        let told: u32 = months(&lines, consent, "midpoint-g2214-16")
            .iter()
            .map(|m| m.seconds.0 + m.not_counted.iter().map(|n| n.seconds.0).sum::<u32>())
            .sum();
        prop_assert_eq!(told, lines.iter().map(|l| l.seconds.0).sum::<u32>());
    }

    #[test]
    fn more_time_never_takes_a_code_away(lines in lines(), more in 1u32..3_000) {
        let mut longer = lines.clone();
        let mut line = super::sample::time(zone(NEW_YORK), "2026-03-30", more);
        line.entry = EntryId::from_random([201; 16]);
        longer.push(line);
        for (less, more) in months(&lines, "2026-01-01", "midpoint-g2214-16").iter().zip(&months(&longer, "2026-01-01", "midpoint-g2214-16")) {
            prop_assert!(less.seconds <= more.seconds);
        }
    }
}

/// Five zones, each with the night of a month in which its clocks change: days of 23 and of 25 hours.
const CHANGES: [(&str, &str); 10] = [
    ("America/New_York", "2026-11-01"),
    ("America/New_York", "2026-03-08"),
    ("America/Los_Angeles", "2026-11-01"),
    ("America/Los_Angeles", "2026-03-08"),
    ("America/Chicago", "2026-11-01"),
    ("America/Chicago", "2026-03-08"),
    ("America/Denver", "2026-11-01"),
    ("America/Denver", "2026-03-08"),
    ("America/Anchorage", "2026-11-01"),
    ("America/Anchorage", "2026-03-08"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn in_five_zones_a_changed_clock_loses_no_second_and_doubles_none(
        (name, night) in select(&CHANGES[..]),
        starts in prop::collection::vec((-7_200i64..100_000, 1u32..9_000), 1..6),
    ) {
        let zone = zone(name);
        let from = zone.start_of(day(night));
        let hours = (zone.start_of(day(night).plus(1)) - from).num_hours();
        prop_assert!(hours == 23 || hours == 25, "{} {}", name, night);
        let lines: Vec<TimeLine> = starts
            .iter()
            .enumerate()
            .map(|(i, (after, seconds))| {
                let start = from + TimeDelta::seconds(*after);
                let mut line = super::sample::time(zone, &When::At(start).to_string(), *seconds);
                line.entry = EntryId::from_random([i as u8 + 1; 16]);
                line
            })
            .collect();
        let sheet = with(ready(), lines.iter().cloned());
        let profile = Profile::shipped("midpoint-g2214-30").unwrap();
        let this = day(night).month();
        let told: Vec<u32> = [this.previous(), this]
            .into_iter()
            .map(|month| {
                let told = service_month(&sheet, month, &profile, &team(), zone, day("2027-12-31"));
                let lost: u32 = told.not_counted.iter().map(|n| n.seconds.0).sum();
                match told.seconds.0 == covered(&lines, month, zone) {
                    true => told.seconds.0 + lost,
                    false => u32::MAX,
                }
            })
            .collect();
        prop_assert!(told.iter().all(|sum| *sum < u32::MAX), "each covered second once");
        prop_assert_eq!(told.iter().sum::<u32>(), lines.iter().map(|line| line.seconds.0).sum::<u32>());
    }
}
