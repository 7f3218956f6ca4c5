//! Who wrote what, and when.

use serde::{Deserialize, Serialize};

use super::codes::TimelineKind;
use crate::journal::{ChartId, Day, EntryId, PersonId};

views! {
    /// What is audited.
    #[derive(Copy, Eq)]
    pub enum AuditOf {
        /// One record, from its first entry on.
        Chart(ChartId),
        /// What was written on one day, in all records and about the registry itself.
        Day(Day),
    }
    /// In which order.
    #[derive(Copy, Eq, Default)]
    pub enum AuditOrder {
        /// As it was written down.
        #[default]
        Written,
        /// By the day that it is about.
        Clinical,
    }
    /// Which entries, and how many of them.
    #[derive(Eq)]
    pub struct AuditAsk {
        /// Of what.
        pub of: AuditOf,
        /// Only what this person wrote.
        pub by: Option<PersonId>,
        /// Only entries of this kind.
        pub kind: Option<TimelineKind>,
        /// Only patients' records, not what is about the registry itself.
        pub patients_only: bool,
        /// In which order.
        pub order: AuditOrder,
        /// How many at most.
        pub most: u32,
    }
    /// Entries as they were written.
    pub struct AuditView {
        /// Whose record it is; `None` for a day.
        pub name: Option<String>,
        /// All that were written, whatever the filter.
        pub all: u32,
        /// Those that the filter lets through.
        pub listed: u32,
        /// Who wrote how many.
        pub people: Vec<(PersonId, String, u32)>,
        /// The rows, oldest first, as far as they were asked for.
        pub rows: Vec<AuditRow>,
        /// Files that came in on the day: what, and how much.
        pub files: Vec<String>,
        /// What can't be read, a sentence each.
        pub unreadable: Vec<String>,
    }
    /// One entry.
    pub struct AuditRow {
        /// The entry.
        pub entry: EntryId,
        /// Whose record; `None` for the registry itself and for a record that was erased.
        pub chart: Option<ChartId>,
        /// The patient's name, or what it is about.
        pub patient: String,
        /// When it was written down, in words.
        pub written: String,
        /// The day that it is about, in words.
        pub about: String,
        /// By whom.
        pub by: String,
        /// Its kind.
        pub kind: TimelineKind,
        /// What it says.
        pub line: String,
        /// More of it.
        pub more: Option<String>,
        /// What it replaced, a line each.
        pub before: Vec<String>,
        /// What became of it, and where it came from, a few words each.
        pub marks: Vec<String>,
    }
}
