//! Overlaps of one person's time by the clock, looked for before time is saved, also between two patients.
//!
//! Nobody works for two patients in one second: a person decides which of two entries gives way, or says why both stay.
//! What two people spend on one patient is no overlap here; a service month counts their shared clock once. Time on a day
//! without a clock time can't overlap: only its length is known.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::flowsheet::{Flowsheet, TimeLine};
use crate::journal::facts::Activity;
use crate::journal::{ChartId, EntryId, PersonId, Seconds, When, Zone};

/// A stretch of the clock, in seconds since 1970; its end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stretch {
    /// Its first second.
    pub start: i64,
    /// The second after its last.
    pub end: i64,
}

impl Stretch {
    /// The stretch of a time entry; `None` where only its day is known.
    pub fn of(start: When, seconds: Seconds) -> Option<Self> {
        let When::At(at) = start else { return None };
        let start = at.timestamp();
        Some(Self {
            start,
            end: start.saturating_add(seconds.0.into()),
        })
    }
    /// How long.
    pub fn seconds(self) -> Seconds {
        Seconds(u32::try_from(self.end - self.start).unwrap_or_default())
    }
    /// The part of it that another shares; `None` where they only touch.
    pub fn shared(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }
    /// What is left of it beside others, in order.
    pub fn without(self, others: &[Self]) -> Vec<Self> {
        let mut left = vec![self];
        for other in others {
            left = left.into_iter().flat_map(|part| part.minus(*other)).collect();
        }
        left
    }
    /// Its beginning, on the clinic's wall clock.
    pub fn begins(self, zone: Zone) -> Option<DateTime<FixedOffset>> {
        zone.from_millis(self.start.checked_mul(1000)?)
    }
    /// Its end, on the clinic's wall clock.
    pub fn ends(self, zone: Zone) -> Option<DateTime<FixedOffset>> {
        zone.from_millis(self.end.checked_mul(1000)?)
    }
    fn minus(self, other: Self) -> impl Iterator<Item = Self> {
        let parts = match self.shared(other) {
            None => [Some(self), None],
            Some(shared) => [
                Some(Self {
                    end: shared.start,
                    ..self
                }),
                Some(Self {
                    start: shared.end,
                    ..self
                }),
            ],
        };
        parts.into_iter().flatten().filter(|part| part.start < part.end)
    }
}

/// Time that somebody is about to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Who spent it, under all names on file that are that one person.
    pub by: Vec<PersonId>,
    /// When it began.
    pub start: When,
    /// How long.
    pub seconds: Seconds,
    /// The entry that it corrects: it doesn't overlap itself.
    pub corrects: Option<EntryId>,
}

/// A time entry of the same person that shares seconds with what is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// Whose record it is in.
    pub chart: ChartId,
    /// The entry.
    pub entry: EntryId,
    /// On what.
    pub activity: Activity,
    /// All of it.
    pub whole: Stretch,
    /// The seconds that both would claim.
    pub shared: Stretch,
}

/// The time entries on record that share seconds with what is proposed, in order of the clock.
pub fn overlaps<'a>(proposed: &Proposed, sheets: impl IntoIterator<Item = &'a Flowsheet>) -> Vec<Overlap> {
    let Some(stretch) = Stretch::of(proposed.start, proposed.seconds) else {
        return Vec::new();
    };
    let mut found: Vec<Overlap> = Vec::new();
    for sheet in sheets {
        let of_sheet = |line: &TimeLine| overlap(proposed, stretch, sheet.chart, line);
        found.extend(sheet.times.iter().filter_map(of_sheet));
    }
    found.sort_by_key(|overlap| (overlap.shared, overlap.chart, overlap.entry));
    found
}

fn overlap(proposed: &Proposed, stretch: Stretch, chart: ChartId, line: &TimeLine) -> Option<Overlap> {
    let whole = Stretch::of(line.start, line.seconds)?;
    let shared = stretch.shared(whole)?;
    let is_another = proposed.by.contains(&line.by) && proposed.corrects != Some(line.entry);
    is_another.then_some(Overlap {
        chart,
        entry: line.entry,
        activity: line.activity,
        whole,
        shared,
    })
}

/// What overlaps among entries that are saved together: the places of each two, and the seconds that both would claim.
pub fn overlaps_among(proposed: &[Proposed]) -> Vec<(usize, usize, Stretch)> {
    let stretch = |p: &Proposed| Stretch::of(p.start, p.seconds);
    let mut found = Vec::new();
    for (second, later) in proposed.iter().enumerate() {
        for (first, earlier) in proposed.iter().enumerate().take(second) {
            let is_one_person = earlier.by.iter().any(|name| later.by.contains(name));
            let shared = stretch(earlier)
                .zip(stretch(later))
                .and_then(|(one, other)| one.shared(other));
            found.extend(shared.filter(|_| is_one_person).map(|shared| (first, second, shared)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::facts::{Bucket, Clocked};
    use proptest::prelude::*;

    fn person(number: u8) -> PersonId {
        PersonId::from_random([number; 16])
    }

    fn at(text: &str) -> When {
        text.parse().unwrap()
    }

    fn line(number: u8, by: u8, start: When, minutes: u32) -> TimeLine {
        TimeLine {
            entry: EntryId::from_time(number.into(), [number; 10]),
            start,
            day: start.day(Zone::UTC),
            seconds: Seconds(minutes * 60),
            activity: Activity::FollowUp,
            bucket: Bucket::Cocm,
            by: person(by),
            clocked: Clocked::Typed,
            mode: None,
            lacks: Vec::new(),
            own: None,
        }
    }

    fn sheet(number: u8, times: Vec<TimeLine>) -> Flowsheet {
        let chart = ChartId::from_random([number; 16]);
        Flowsheet {
            times,
            ..Flowsheet::empty(chart)
        }
    }

    fn proposed(start: &str, minutes: u32) -> Proposed {
        Proposed {
            by: vec![person(1)],
            start: at(start),
            seconds: Seconds(minutes * 60),
            corrects: None,
        }
    }

    #[test]
    fn time_of_one_person_overlaps_by_the_clock_also_with_another_patients() {
        // Whose time is on record, its start and minutes, what is proposed, the seconds that both claim.
        let table = [
            ("it begins within", 1, "2026-11-20T10:00:00Z", 20, 15, 5 * 60),
            ("it holds the other", 1, "2026-11-20T10:20:00Z", 5, 15, 5 * 60),
            ("they touch", 1, "2026-11-20T10:00:00Z", 15, 15, 0),
            ("another's", 2, "2026-11-20T10:00:00Z", 60, 15, 0),
            ("in another zone", 1, "2026-11-20T05:10:00-05:00", 10, 15, 5 * 60),
            ("only the day is known", 1, "2026-11-20", 60, 15, 0),
        ];
        for (case, by, start, minutes, length, shared) in table {
            let sheets = [sheet(7, vec![]), sheet(8, vec![line(1, by, at(start), minutes)])];
            let found = overlaps(&proposed("2026-11-20T10:15:00Z", length), &sheets);
            let seconds: u32 = found.iter().map(|overlap| overlap.shared.seconds().0).sum();
            assert_eq!(seconds, shared, "{case}");
        }
    }

    #[test]
    fn a_person_who_is_on_file_twice_is_one_person() {
        let twice = Proposed {
            by: vec![person(1), person(2)],
            ..proposed("2026-11-20T10:00:00Z", 10)
        };
        let sheets = [sheet(7, vec![line(1, 2, at("2026-11-20T10:05:00Z"), 10)])];
        assert_eq!(overlaps(&twice, &sheets).len(), 1);
    }

    #[test]
    fn an_entry_that_is_corrected_does_not_overlap_itself() {
        let own = line(1, 1, at("2026-11-20T10:05:00Z"), 10);
        let correction = Proposed {
            corrects: Some(own.entry),
            ..proposed("2026-11-20T10:00:00Z", 10)
        };
        assert!(overlaps(&correction, &[sheet(7, vec![own])]).is_empty());
    }

    #[test]
    fn time_over_midnight_and_a_changed_clock_overlaps_by_elapsed_seconds() {
        // New York, 1 November 2026: 01:30 comes twice, an hour apart.
        let first = line(1, 1, at("2026-11-01T01:30:00-04:00"), 30);
        let sheets = [sheet(7, vec![first])];
        assert!(overlaps(&proposed("2026-11-01T01:30:00-05:00", 30), &sheets).is_empty());
        assert_eq!(overlaps(&proposed("2026-10-31T23:50:00-04:00", 120), &sheets).len(), 1);
    }

    #[test]
    fn entries_of_one_save_are_held_against_each_other() {
        let day = [
            proposed("2026-11-20T10:00:00Z", 30),
            proposed("2026-11-20T10:30:00Z", 30),
            proposed("2026-11-20T10:50:00Z", 20),
            Proposed {
                by: vec![person(2)],
                ..proposed("2026-11-20T10:00:00Z", 90)
            },
        ];
        let found = overlaps_among(&day);
        let told: Vec<_> = found.iter().map(|(a, b, shared)| (*a, *b, shared.seconds())).collect();
        assert_eq!(told, [(1, 2, Seconds(600))]);
    }

    fn stretch() -> impl Strategy<Value = Stretch> {
        (0i64..10_000, 1i64..4_000).prop_map(|(start, long)| Stretch {
            start,
            end: start + long,
        })
    }

    proptest! {
        #[test]
        fn what_gives_way_and_what_stays_cover_every_second_once(
            whole in stretch(),
            others in prop::collection::vec(stretch(), 0..6),
        ) {
            let left = whole.without(&others);
            for second in whole.start..whole.end {
                let holds = |s: &Stretch| s.start <= second && second < s.end;
                let taken = others.iter().any(holds);
                let times = left.iter().filter(|part| holds(part)).count();
                prop_assert_eq!(times, usize::from(!taken));
            }
            prop_assert!(left.iter().all(|part| whole.start <= part.start && part.start < part.end && part.end <= whole.end));
        }
    }
}
