//! Why something that a person wants done is not done.

use serde::{Deserialize, Serialize};

use crate::journal::{Day, ThingId};

/// Why an intent is not carried out. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Refusal {
    /// A field is not what it must be.
    #[error("{0}. Nothing was saved; what you typed is still here.")]
    Field(String),
    /// The MRN, or the name with its birth date, is on file.
    #[error("{0}. Open that record, or say that it is somebody else. Nothing was saved; what you typed is still here.")]
    OnFile(String),
    /// The chart is not here.
    #[error("This patient is not in this registry. Nothing was saved.")]
    NoSuchChart,
    /// The entry is not in the chart.
    #[error("This entry is not in the record any more. Nothing was saved.")]
    NoSuchEntry,
    /// There is nothing to save.
    #[error("There is nothing to save yet.")]
    Nothing,
    /// A concern lacks what closing it needs.
    #[error("This concern can't be closed yet: {missing}. It stays open.")]
    ConcernNotReady {
        /// What is missing, in words.
        missing: String,
    },
    /// A safety item can't be put off.
    #[error("A safety item can't be put off.")]
    SafetyIsNeverSnoozed,
    /// Put off for too long.
    #[error("This can be put off until {longest} at most.")]
    SnoozedTooLong {
        /// The last day possible.
        longest: Day,
    },
    /// A measure can't be scored.
    #[error("{0} Nothing was saved; what you typed is still here.")]
    Measure(String),
    /// Something is open that nobody named looks after.
    #[error(
        "This episode can't be closed yet: {missing}. Settle each, or hand it to a named person. Nothing was saved; what \
         you typed is still here."
    )]
    EpisodeNotReady {
        /// What is missing, in words.
        missing: String,
    },
    /// The same contact was saved before, by this form or by another that its draft was opened in.
    #[error("This contact is saved already, and nothing was saved twice.")]
    SavedBefore {
        /// The concerns that its answers opened or joined, and that are open: the safety steps follow them.
        concerns: Vec<ThingId>,
        /// When its minutes were written, in milliseconds since 1970, where it has some: what a timer ran since is not
        /// among them.
        timed: Option<u64>,
    },
    /// The contact was saved before, and the form says something else.
    #[error(
        "This contact was saved already, and what is typed here differs from it. Nothing was saved twice; what you typed \
         is still here. Correct the contact in the timeline of the record, then throw this form away."
    )]
    SavedOtherwise,
    /// The patient said no to a message of this kind.
    #[error("{0}. Nothing was recorded.")]
    NotPermitted(String),
    /// A trainee doesn't do this alone.
    #[error("{0}. Nothing was saved; what you typed is still here.")]
    Trainee(String),
}
