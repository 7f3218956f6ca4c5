//! The history of safety alerts, of all patients.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{ConcernKind, Level};
use crate::journal::{ChartId, Day, PersonId, ThingId, When};

/// Which alerts are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertFilter {
    /// All.
    #[default]
    All,
    /// Those that are open.
    Open,
    /// Those that missed a deadline, open or closed.
    Missed,
    /// Closed ones over which a watch runs.
    Watched,
}

views! {
    /// Which alerts.
    #[derive(Default)]
    pub struct AlertsQuery {
        /// Which of them.
        pub filter: AlertFilter,
        /// Only of this care manager's patients.
        pub care_manager: Option<PersonId>,
        /// As many rows at most; all when absent.
        pub most: Option<u32>,
    }
    /// The history of safety alerts: open ones first, the longest open on top; then the closed, the newest on top.
    pub struct AlertsView {
        /// The clinic's day.
        pub today: Day,
        /// Alerts in all, of the patients asked for.
        pub all: u32,
        /// How many are open.
        pub open: u32,
        /// How many missed a deadline.
        pub missed: u32,
        /// How many are watched after closing.
        pub watched: u32,
        /// Rows that the filter lets through, shown or not.
        pub listed: u32,
        /// The rows, as far as they were asked for.
        pub rows: Vec<AlertRow>,
    }
    /// One safety alert.
    pub struct AlertRow {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// What tells two patients of one name apart.
        pub about: String,
        /// Which concern.
        pub concern: ThingId,
        /// What about.
        pub kind: ConcernKind,
        /// How urgent.
        pub level: Level,
        /// What opened it.
        pub because: String,
        /// When.
        pub opened: When,
        /// Whether it is open.
        pub open: bool,
        /// When and by whom it was closed, in words.
        pub closed: Option<String>,
        /// How long it stood open, in words.
        pub stood: String,
        /// Deadlines that were missed, in words.
        pub missed: Vec<String>,
        /// Steps that were done in time and written on a later day, in words.
        pub written_later: Vec<String>,
        /// The last day of the watch over it, while that runs.
        pub watch: Option<Day>,
    }
}
