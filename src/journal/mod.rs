//! What was written down: entries, facts and stamps; how a chart folds; how two journals merge.
//!
//! A medical record is append-only, so the data model is. An [`Entry`] is kept byte for byte as it was first
//! written; what a page shows is a fold of entries. From this come the audit trail, corrections that keep the
//! original, undo, the caseload as of any day, and merging by set union.

/// Declares plain data that is written into entries: equality, JSON in snake case, and (in tests) its JSON Schema.
macro_rules! data {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(test, derive(schemars::JsonSchema))]
            #[serde(rename_all = "snake_case")]
            $item
        )*
    };
}
/// The same for small values that are copied, ordered and used as keys.
macro_rules! codes {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(test, derive(schemars::JsonSchema))]
            #[serde(rename_all = "snake_case")]
            $item
        )*
    };
}

mod chart;
mod check;
mod clock;
mod entry;
mod fact;
mod ids;
mod json;
mod kinds;
mod merge;
mod quick;
mod time;
mod values;

pub mod facts;

pub use chart::{Chart, Folded, Live};
pub use check::{FactProblem, OWN_NAME, OWN_PREFIX, Problem};
pub use clock::{Clock, Stamp, StampError};
pub use entry::{Draft, Entry, EntryError};
pub use fact::{Fact, Slot};
pub use ids::{ChartId, EntryId, EpisodeId, PersonId, RegistryId, RunId, ThingId};
pub use json::{CompactError, as_json, compact};
pub use kinds::Kinds;
pub use merge::{Digest, Journal, Merged};
pub use time::{Day, Days, Month, Seconds, TimeError, When, Zone};
pub use values::{Reading, ShapeError, is_at_target, read_value};
