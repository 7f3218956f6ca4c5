//! Days, instants, months and durations. The clinic's zone is always an argument.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use super::quick;

/// Why a date, an instant, a month or a zone could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Not a day of the calendar in the form `YYYY-MM-DD`.
    #[error("not a day in the form YYYY-MM-DD")]
    Day,
    /// Not an RFC 3339 instant with its offset.
    #[error("not an instant in RFC 3339 form")]
    Instant,
    /// Not a month in the form `YYYY-MM`.
    #[error("not a month in the form YYYY-MM")]
    Month,
    /// Not a time zone that this build knows.
    #[error("not a time zone that this app knows")]
    Zone,
}

/// A day of the calendar in the clinic's zone. JSON: `YYYY-MM-DD`; in binary pages: days since 1 January of year 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of a calendar date; `None` when there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }
    /// The calendar date.
    pub fn date(self) -> NaiveDate {
        self.0
    }
    /// This many days later (earlier when negative); stays at the calendar's end when it would leave it.
    pub fn plus(self, days: i64) -> Self {
        let moved = chrono::TimeDelta::try_days(days).and_then(|d| self.0.checked_add_signed(d));
        Self(moved.unwrap_or(if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX }))
    }
    /// Days from `earlier` to this day; negative when this day comes first.
    pub fn since(self, earlier: Day) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
    /// The month that holds this day.
    pub fn month(self) -> Month {
        Month {
            year: self.0.year(),
            month: self.0.month(),
        }
    }
    /// Completed years since `birth`; `None` before it.
    pub fn years_since(self, birth: Day) -> Option<u32> {
        self.0.years_since(birth.0)
    }
    /// Whether this is a Monday to Friday; a clinic's own working days are in its settings.
    pub fn weekday(self) -> chrono::Weekday {
        self.0.weekday()
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}
impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Day {
    type Err = TimeError;
    fn from_str(s: &str) -> Result<Self, TimeError> {
        quick::day(s).map(Self).ok_or(TimeError::Day)
    }
}
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            self.0.num_days_from_ce().serialize(s)
        }
    }
}
impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            String::deserialize(d)?.parse().map_err(de::Error::custom)
        } else {
            let days = i32::deserialize(d)?;
            NaiveDate::from_num_days_from_ce_opt(days)
                .map(Self)
                .ok_or_else(|| de::Error::custom(TimeError::Day))
        }
    }
}
#[cfg(test)]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date"})
    }
}

/// A number of days, as in an interval of a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Days(pub u32);

/// A length of time in whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Seconds(pub u32);

impl Seconds {
    /// Whole minutes, the rest dropped. A service month sums seconds first and floors once.
    pub fn whole_minutes(self) -> u32 {
        self.0 / 60
    }
}

/// A calendar month. Text and JSON: `YYYY-MM`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// The month; `None` unless `month` is 1 to 12.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|_| Self { year, month })
    }
    /// Its first day.
    pub fn first(self) -> Day {
        Day(NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default())
    }
    /// Its last day.
    pub fn last(self) -> Day {
        self.next().first().plus(-1)
    }
    /// The month after it.
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year + 1,
                month: 1,
            }
        } else {
            Self {
                month: self.month + 1,
                ..self
            }
        }
    }
    /// The month before it.
    pub fn previous(self) -> Self {
        if self.month == 1 {
            Self {
                year: self.year - 1,
                month: 12,
            }
        } else {
            Self {
                month: self.month - 1,
                ..self
            }
        }
    }
    /// Months from `earlier` to this one; negative when this one comes first.
    pub fn since(self, earlier: Month) -> i32 {
        (self.year - earlier.year) * 12 + self.month.cast_signed() - earlier.month.cast_signed()
    }
    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }
}
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}
impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Month {
    type Err = TimeError;
    fn from_str(s: &str) -> Result<Self, TimeError> {
        if s.len() != 7 {
            return Err(TimeError::Month);
        }
        let first: Day = format!("{s}-01")
            .parse()
            .map_err(|_error: TimeError| TimeError::Month)?;
        Ok(first.month())
    }
}
impl Serialize for Month {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}
#[cfg(test)]
impl schemars::JsonSchema for Month {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Month".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^\\d{4}-\\d{2}$"})
    }
}

/// The clinic's IANA time zone. Months, days and deadlines are reckoned in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(chrono_tz::UTC);

    /// All zones that this build knows, by name.
    pub fn all() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|z| z.name())
    }
    /// The zone's IANA name.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }
    /// The clinic's day at an instant.
    pub fn day(&self, at: DateTime<FixedOffset>) -> Day {
        Day(at.with_timezone(&self.0).date_naive())
    }
    /// The instant on the clinic's wall clock, with the offset in force then.
    pub fn local(&self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.0).fixed_offset()
    }
    /// The instant from milliseconds since 1970, on the clinic's wall clock.
    pub fn from_millis(&self, millis: i64) -> Option<DateTime<FixedOffset>> {
        DateTime::<Utc>::from_timestamp_millis(millis).map(|utc| utc.with_timezone(&self.0).fixed_offset())
    }
    /// The instant at which a day starts in this zone (the first instant after a gap where midnight is skipped).
    pub fn start_of(&self, day: Day) -> DateTime<FixedOffset> {
        self.at(day, 0, 0)
    }
    /// The instant of a wall-clock time: the earlier of two where clocks go back, an hour on where they jump.
    pub fn at(&self, day: Day, hour: u32, minute: u32) -> DateTime<FixedOffset> {
        let wall = day.0.and_hms_opt(hour.min(23), minute.min(59), 0).unwrap_or_default();
        let resolved = self.0.from_local_datetime(&wall).earliest();
        let shifted = || {
            self.0
                .from_local_datetime(&(wall + chrono::TimeDelta::hours(1)))
                .earliest()
        };
        match resolved.or_else(shifted) {
            Some(at) => at.fixed_offset(),
            None => Utc.from_utc_datetime(&wall).fixed_offset(),
        }
    }
}
impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
impl FromStr for Zone {
    type Err = TimeError;
    fn from_str(s: &str) -> Result<Self, TimeError> {
        s.parse()
            .map(Self)
            .map_err(|_error: chrono_tz::ParseError| TimeError::Zone)
    }
}
impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}
impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}
#[cfg(test)]
impl schemars::JsonSchema for Zone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Zone".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "description": "IANA time zone"})
    }
}

/// When something happened: at an instant, or on a day whose time is not known (as in a spreadsheet).
/// JSON: one string, `2026-11-20` or `2026-11-20T14:05:00-05:00`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A day without a time.
    Day(Day),
    /// An instant with the offset of the place where it was written.
    At(DateTime<FixedOffset>),
}

impl When {
    /// The clinic's day.
    pub fn day(&self, zone: Zone) -> Day {
        match self {
            When::Day(day) => *day,
            When::At(at) => zone.day(*at),
        }
    }
    /// The instant; a day without a time counts from its start.
    pub fn instant(&self, zone: Zone) -> DateTime<FixedOffset> {
        match self {
            When::Day(day) => zone.start_of(*day),
            When::At(at) => *at,
        }
    }
}
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(day) => day.fmt(f),
            When::At(at) => f.write_str(&at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)),
        }
    }
}
impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for When {
    type Err = TimeError;
    fn from_str(s: &str) -> Result<Self, TimeError> {
        if s.len() == 10 {
            return s.parse().map(When::Day);
        }
        let at = match quick::instant(s) {
            Some(at) => Ok(at),
            None => DateTime::parse_from_rfc3339(s),
        };
        at.map(When::At)
            .map_err(|_error: chrono::ParseError| TimeError::Instant)
    }
}
/// A `When` where nobody reads it as text: flowsheets hold tens of thousands.
#[derive(Serialize, Deserialize)]
enum Binary {
    Day(Day),
    /// Seconds since 1970, nanoseconds, and the offset in seconds.
    At(i64, u32, i32),
}

impl From<When> for Binary {
    fn from(when: When) -> Self {
        match when {
            When::Day(day) => Self::Day(day),
            When::At(at) => Self::At(
                at.timestamp(),
                at.timestamp_subsec_nanos(),
                at.offset().local_minus_utc(),
            ),
        }
    }
}

impl Binary {
    fn when(self) -> Option<When> {
        match self {
            Self::Day(day) => Some(When::Day(day)),
            Self::At(seconds, nanos, offset) => {
                let at = DateTime::from_timestamp(seconds, nanos)?;
                Some(When::At(at.with_timezone(&FixedOffset::east_opt(offset)?)))
            }
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            Binary::from(*self).serialize(s)
        }
    }
}
impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            String::deserialize(d)?.parse().map_err(de::Error::custom)
        } else {
            let when = Binary::deserialize(d)?.when();
            when.ok_or_else(|| de::Error::custom(TimeError::Instant))
        }
    }
}
#[cfg(test)]
impl schemars::JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "When".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "description": "a day YYYY-MM-DD, or an RFC 3339 instant"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_evening_in_new_york_belongs_to_its_own_month() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let at: When = "2025-04-01T01:30:00Z".parse().unwrap();
        assert_eq!(at.day(zone).to_string(), "2025-03-31");
        assert_eq!(at.day(zone).month().to_string(), "2025-03");
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for bad in ["2026-02-30", "2026-13-01", "20261301", "", "2026-1-1", "२०२६-०१"] {
            assert!(bad.parse::<When>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_day_starts_once_even_where_midnight_is_skipped_or_doubled() {
        let havana_like: Zone = "America/New_York".parse().unwrap();
        let spring = Day::new(2026, 3, 8).unwrap();
        let length = havana_like.start_of(spring.plus(1)) - havana_like.start_of(spring);
        assert_eq!(length.num_hours(), 23);
        let autumn = Day::new(2026, 11, 1).unwrap();
        assert_eq!(
            (havana_like.start_of(autumn.plus(1)) - havana_like.start_of(autumn)).num_hours(),
            25
        );
    }

    #[test]
    fn months_count_across_years() {
        let november: Month = "2026-11".parse().unwrap();
        assert_eq!(november.next().next().to_string(), "2027-01");
        assert_eq!(november.last().to_string(), "2026-11-30");
        assert_eq!("2027-02".parse::<Month>().unwrap().since(november), 3);
    }

    #[test]
    fn days_and_instants_read_back_as_written() {
        for text in [
            "2026-11-20",
            "2026-11-20T14:05:00-05:00",
            "2026-11-20T14:05:00.250+00:00",
        ] {
            let when: When = text.parse().unwrap();
            assert_eq!(serde_json::to_string(&when).unwrap(), format!("\"{text}\""));
            let bytes = postcard::to_stdvec(&when).unwrap();
            let read = postcard::from_bytes::<When>(&bytes).unwrap();
            assert_eq!(read.to_string(), text, "with its offset and fraction");
        }
        let day = Day::new(2026, 11, 20).unwrap();
        assert_eq!(
            postcard::from_bytes::<Day>(&postcard::to_stdvec(&day).unwrap()).unwrap(),
            day
        );
    }
}
