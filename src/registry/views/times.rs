//! Time that overlaps other time of the same person.

use serde::{Deserialize, Serialize};

use crate::care::overlap::Stretch;
use crate::journal::facts::Time;
use crate::journal::{ChartId, EntryId};

views! {
    /// A time entry on record that shares seconds with time that is about to be saved.
    pub struct OverlapView {
        /// Whose record it is in.
        pub chart: ChartId,
        /// The patient's name.
        pub name: String,
        /// The entry.
        pub entry: EntryId,
        /// What it says: minutes and what they were spent on.
        pub line: String,
        /// Who spent it, where that is somebody else than who works here.
        pub by: Option<String>,
        /// All of it.
        pub whole: Stretch,
        /// The seconds that both would claim.
        pub shared: Stretch,
        /// Its content.
        #[serde(with = "crate::journal::as_json")]
        pub time: Time,
    }
}
