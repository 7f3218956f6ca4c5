//! The clinic's calendar, and the moment that a question is asked for.

use chrono::{DateTime, FixedOffset, Timelike};

use crate::journal::facts::{Clinic, Weekday};
use crate::journal::{Day, When, Zone};

use super::protocol::Protocol;

/// Minutes of a whole day.
const DAY_MINUTES: i64 = 24 * 60;

/// The clinic's zone and working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    /// Zone of its days.
    pub zone: Zone,
    /// Days on which it is open.
    pub working_days: WorkingDays,
}

/// Days of the week on which a clinic is open. A clinic that names none counts as open every day, so that no
/// deadline waits for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingDays(u8);

impl WorkingDays {
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);

    /// The days of a list.
    pub fn of(days: &[Weekday]) -> Self {
        let bits = days.iter().fold(0, |bits, day| bits | 1 << *day as u8);
        if bits == 0 { Self(0b111_1111) } else { Self(bits) }
    }
    /// Whether the clinic is open on a day.
    pub fn holds(self, day: Day) -> bool {
        self.0 & (1 << day.weekday().num_days_from_monday()) != 0
    }
}

impl Office {
    /// The calendar of a clinic.
    pub fn of(clinic: &Clinic) -> Self {
        Self {
            zone: clinic.zone,
            working_days: WorkingDays::of(&clinic.working_days),
        }
    }
    /// The `count`-th working day after `day`; `day` itself when `count` is 0.
    pub fn working_days_after(&self, day: Day, count: u32) -> Day {
        let (mut day, mut left) = (day, count);
        while left > 0 {
            day = day.plus(1);
            if self.working_days.holds(day) {
                left -= 1;
            }
        }
        day
    }
    /// The day itself when the clinic is open on it, otherwise the next day on which it is.
    pub fn open_day(&self, day: Day) -> Day {
        if self.working_days.holds(day) {
            return day;
        }
        self.working_days_after(day, 1)
    }
    /// A day to propose for something that is due by a day at the latest: the day itself or the next one on which the
    /// clinic is open. Where that would be late it is the last one before; where there is none from `today` on, the day
    /// as it is, closed or not, but never later than it is due.
    pub fn open_day_by(&self, day: Day, latest: Day, today: Day) -> Day {
        let open = self.open_day(day);
        if open <= latest {
            return open;
        }
        let days = latest.since(today).max(-1);
        let mut before = (0..=days).map(|back| latest.plus(-back));
        let found = before.find(|day| self.working_days.holds(*day));
        found.unwrap_or(day.min(latest).max(today))
    }
    /// The instant at which `hours` have passed since `from`, when each working day counts 24 hours and no
    /// other day counts. Reckoned on the wall clock, so a day on which clocks change counts 24 as well.
    pub fn after_working_hours(&self, from: When, hours: u32) -> DateTime<FixedOffset> {
        let (mut day, mut minute) = self.wall(from);
        let mut left = i64::from(hours) * 60;
        loop {
            if self.working_days.holds(day) {
                let rest = DAY_MINUTES - minute;
                if left < rest {
                    break;
                }
                left -= rest;
            }
            (day, minute) = (day.plus(1), 0);
            if left == 0 {
                break;
            }
        }
        let at = u32::try_from(minute + left).unwrap_or(0);
        self.zone.at(day, at / 60, at % 60)
    }
    /// Working minutes from one moment to another, 24 hours for each working day; negative when `to` comes first.
    pub fn working_minutes(&self, from: When, to: When) -> i64 {
        let ((from_day, from_minute), (to_day, to_minute)) = (self.wall(from), self.wall(to));
        if (to_day, to_minute) < (from_day, from_minute) {
            return -self.working_minutes(to, from);
        }
        let open = |day| if self.working_days.holds(day) { 1 } else { 0 };
        let before = open(from_day) * from_minute;
        let last = open(to_day) * to_minute;
        self.working_days_between(from_day, to_day) * DAY_MINUTES - before + last
    }
    /// Working days from `from` (counted) to `to` (not counted).
    fn working_days_between(&self, from: Day, to: Day) -> i64 {
        let days = to.since(from).max(0);
        let week = i64::from(self.working_days.0.count_ones());
        let rest = (0..days % 7).filter(|n| self.working_days.holds(from.plus(*n))).count();
        days / 7 * week + i64::try_from(rest).unwrap_or(0)
    }
    /// Day and minute on the clinic's wall clock; a day without a time counts from its start.
    fn wall(&self, at: When) -> (Day, i64) {
        match at {
            When::Day(day) => (day, 0),
            When::At(at) => {
                let local = self.zone.local(at);
                let minute = local.hour() * 60 + local.minute();
                (Day::from(local.date_naive()), i64::from(minute))
            }
        }
    }
}

/// The moment that a question is asked for, with the rules that it is asked by. Made once for a whole caseload.
#[derive(Clone, Copy, Debug)]
pub struct AsOf<'a> {
    /// The numbers.
    pub protocol: &'a Protocol,
    /// The calendar.
    pub office: &'a Office,
    /// The moment.
    pub now: DateTime<FixedOffset>,
    /// The clinic's day of it.
    pub today: Day,
    /// The last day of which a safety answer or a concern is looked at: that day for a question about the past. Asked
    /// now it has no end, for a form dated ahead by a wrong clock is a positive answer all the same.
    pub safety_until: Day,
}

impl<'a> AsOf<'a> {
    /// At an instant.
    pub fn now(protocol: &'a Protocol, office: &'a Office, now: DateTime<FixedOffset>) -> Self {
        let now = office.zone.local(now);
        Self {
            protocol,
            office,
            now,
            today: Day::from(now.date_naive()),
            safety_until: Day::from(chrono::NaiveDate::MAX),
        }
    }
    /// At the end of a day: all that is dated up to it counts.
    pub fn day(protocol: &'a Protocol, office: &'a Office, day: Day) -> Self {
        Self {
            protocol,
            office,
            now: office.zone.at(day, 23, 59),
            today: day,
            safety_until: day,
        }
    }
    /// Whether something had happened by then.
    pub fn has_happened(&self, at: When) -> bool {
        match at {
            When::Day(day) => day <= self.today,
            When::At(at) => at <= self.now || self.office.zone.day(at) <= self.today,
        }
    }
    /// The day of something.
    pub fn day_of(&self, at: When) -> Day {
        at.day(self.office.zone)
    }
    /// Something with its day.
    pub(super) fn moment(&self, at: When) -> Moment {
        Moment {
            at,
            day: self.day_of(at),
        }
    }
}

/// When something happened, with the clinic's day of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub at: When,
    pub day: Day,
}

impl Moment {
    /// Some time on a day.
    pub fn on(day: Day) -> Self {
        Self {
            at: When::Day(day),
            day,
        }
    }
    /// Whether it is known to come after another: by time where both have one, otherwise by a later day.
    pub fn is_after(self, earlier: Moment) -> bool {
        match (self.at, earlier.at) {
            (When::At(later), When::At(earlier)) => later > earlier,
            _ => self.day > earlier.day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> Office {
        Office {
            zone: "America/New_York".parse().unwrap(),
            working_days: WorkingDays::MONDAY_TO_FRIDAY,
        }
    }
    fn when(text: &str) -> When {
        text.parse().unwrap()
    }

    #[test]
    fn forty_eight_hours_skip_the_weekend_and_reckon_on_the_wall_clock() {
        for (from, deadline) in [
            // Monday morning: two whole working days later.
            ("2026-11-16T09:00:00-05:00", "2026-11-18T09:00:00-05:00"),
            // Friday 15:00: nine hours on Friday, 24 on Monday, fifteen on Tuesday.
            ("2026-11-20T15:00:00-05:00", "2026-11-24T15:00:00-05:00"),
            // Saturday counts from Monday's start, to Tuesday's end.
            ("2026-11-21T15:00:00-05:00", "2026-11-25T00:00:00-05:00"),
            // A day without a time counts from its start.
            ("2026-11-16", "2026-11-18T00:00:00-05:00"),
            // Thursday: Thursday and Friday are the two; the deadline is the end of Friday.
            ("2026-11-19", "2026-11-21T00:00:00-05:00"),
            // Clocks go back on Sunday 1 November.
            ("2026-10-30T15:00:00-04:00", "2026-11-03T15:00:00-05:00"),
            // Written elsewhere: 02:00 UTC on Tuesday is Monday evening in New York.
            ("2026-11-17T02:00:00+00:00", "2026-11-18T21:00:00-05:00"),
        ] {
            let expected: When = deadline.parse().unwrap();
            let found = When::At(office().after_working_hours(when(from), 48));
            assert_eq!(found.to_string(), expected.to_string(), "from {from}");
            assert_eq!(office().working_minutes(when(from), expected), 48 * 60, "from {from}");
            assert_eq!(office().working_minutes(expected, when(from)), -48 * 60, "from {from}");
        }
    }

    #[test]
    fn working_minutes_count_no_weekend() {
        let minutes = |from: &str, to: &str| office().working_minutes(when(from), when(to));
        assert_eq!(
            minutes("2026-11-20T15:00:00-05:00", "2026-11-23T01:00:00-05:00"),
            10 * 60
        );
        assert_eq!(minutes("2026-11-21T10:00:00-05:00", "2026-11-22T10:00:00-05:00"), 0);
        assert_eq!(minutes("2026-11-02", "2026-11-30"), 20 * DAY_MINUTES);
    }

    #[test]
    fn a_clinic_without_working_days_is_open_every_day() {
        let days = WorkingDays::of(&[]);
        assert!((0..7).all(|n| days.holds(Day::new(2026, 11, 16).unwrap().plus(n))));
        let only = WorkingDays::of(&[Weekday::Mon, Weekday::Wed]);
        let monday = Day::new(2026, 11, 16).unwrap();
        let open: Vec<i64> = (0..7).filter(|n| only.holds(monday.plus(*n))).collect();
        assert_eq!(open, [0, 2]);
    }

    #[test]
    fn a_proposed_day_is_one_on_which_the_clinic_is_open_and_is_never_late() {
        for (today, day, latest, proposed) in [
            // Friday: the next day is a Saturday; Monday is in time, or Friday itself is all that is left.
            ("2026-11-20", "2026-11-21", "2026-11-23", "2026-11-23"),
            ("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-20"),
            // Monday.
            ("2026-11-16", "2026-11-17", "2026-11-19", "2026-11-17"),
            ("2026-11-19", "2026-11-21", "2026-11-22", "2026-11-20"),
            // Saturday: a day on which the clinic is closed is better than one too late.
            ("2026-11-21", "2026-11-22", "2026-11-22", "2026-11-22"),
            ("2026-11-21", "2026-11-22", "2026-11-21", "2026-11-21"),
            ("2026-11-21", "2026-11-22", "2026-11-24", "2026-11-23"),
        ] {
            let of = |text: &str| text.parse::<Day>().unwrap();
            let found = office().open_day_by(of(day), of(latest), of(today));
            assert_eq!(found, of(proposed), "{today}: {day}, by {latest}");
        }
    }

    #[test]
    fn two_working_days_after_a_friday_is_tuesday() {
        let friday = Day::new(2026, 11, 20).unwrap();
        assert_eq!(office().working_days_after(friday, 2), friday.plus(4));
        assert_eq!(office().working_days_after(friday, 0), friday);
    }
}
