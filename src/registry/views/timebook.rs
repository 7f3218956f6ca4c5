//! The time of one person: days, a typed line, rows that are saved together.

use serde::{Deserialize, Serialize};

use crate::care::intent::SetForMany;
use crate::journal::facts::ActivityGroup;
use crate::journal::facts::{Bucket, Clocked, Mode, Time};
use crate::journal::{ChartId, Day, EntryId, PersonId, Seconds, When};

views! {
    /// The time of one person on some days.
    pub struct DaysView {
        /// Whose.
        pub by: PersonId,
        /// Their name.
        pub name: String,
        /// Who else can be looked at.
        pub people: Vec<(PersonId, String)>,
        /// Day by day.
        pub days: Vec<TimeDay>,
        /// Contacts and tries that have no minutes.
        pub untimed: Vec<Untimed>,
        /// Minutes that have no note.
        pub unnoted: Vec<Unnoted>,
        /// Hours by group, drawn; empty where there are none.
        pub plot: String,
    }
    /// A day.
    pub struct TimeDay {
        /// Which.
        pub day: Day,
        /// Its entries by the clock, then those without one.
        pub rows: Vec<TimeRow>,
        /// What no entry covers between the first and the last: from, to, how long.
        pub gaps: Vec<TimeGap>,
        /// Seconds by group, in the order of the groups.
        pub groups: Vec<(ActivityGroup, Seconds)>,
        /// Where its clock is changed: hours that it has.
        pub hours: Option<u32>,
    }
    /// A stretch that no entry covers.
    pub struct TimeGap {
        /// Its first second since 1970.
        pub start: i64,
        /// From when to when.
        pub clock: String,
        /// How long.
        pub long: String,
    }
    /// An entry, or the part of it that lies on the day.
    pub struct TimeRow {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// The entry.
        pub entry: EntryId,
        /// Its first second on the day since 1970; `None` without a clock time.
        pub start: Option<i64>,
        /// From when to when.
        pub clock: Option<String>,
        /// Seconds on the day.
        pub seconds: Seconds,
        /// The same in words.
        pub long: String,
        /// Where it lies on two days: what all of it is.
        pub whole: Option<String>,
        /// On what, in words.
        pub activity: String,
        /// Its group.
        pub group: ActivityGroup,
        /// How.
        pub mode: Option<Mode>,
        /// Counted for what.
        pub bucket: Bucket,
        /// Where its length comes from.
        pub clocked: Clocked,
        /// Its note.
        pub note: Option<String>,
        /// Whether it shares seconds with the one before it, and why that is right where somebody said so.
        pub overlaps: Option<String>,
    }
    /// A contact or a try without minutes.
    pub struct Untimed {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// What it was.
        pub line: String,
        /// The time entry that mends it, but for its length.
        #[serde(with = "crate::journal::as_json")]
        pub time: Time,
    }
    /// Minutes without a note.
    pub struct Unnoted {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// The entry.
        pub entry: EntryId,
        /// What it says.
        pub line: String,
        /// Its content.
        #[serde(with = "crate::journal::as_json")]
        pub time: Time,
    }
    /// A typed line as it was read.
    pub struct LineView {
        /// Whose.
        pub chart: ChartId,
        /// Their name and record number.
        pub name: String,
        /// What would be saved, in words.
        pub words: String,
        /// What has to be known before it is saved.
        pub warns: Option<String>,
        /// What would be saved.
        #[serde(with = "crate::journal::as_json")]
        pub time: Time,
    }
    /// Rows as they were read.
    pub struct BatchView {
        /// Row by row.
        pub rows: Vec<BatchRowView>,
        /// Seconds of all rows that were understood.
        pub seconds: Seconds,
        /// What is saved, once nothing is wrong and every overlap is settled.
        pub ready: Option<SetForMany>,
    }
    /// A row as it was read.
    #[derive(Default)]
    pub struct BatchRowView {
        /// Whose it is: name and record number.
        pub name: Option<String>,
        /// When and how long, in words.
        pub says: Option<String>,
        /// Why its patient isn't known.
        pub wrong_patient: Option<String>,
        /// Why its length isn't known.
        pub wrong_length: Option<String>,
        /// Why it can't be saved otherwise.
        pub refused: Option<String>,
        /// What has to be known before it is saved.
        pub warns: Option<String>,
        /// What it overlaps, a line each.
        pub overlaps: Vec<String>,
        /// Whether somebody has to say what to do about that.
        pub open: bool,
    }
}
