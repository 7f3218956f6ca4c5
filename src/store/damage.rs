//! What can be wrong with what is stored, and with storing.

use thiserror::Error;

use super::index::Undecoded;
use super::raw::{Area, Key, StoreError};
use super::segment::SegmentError;
use crate::vault::{OpenError, SealError};

/// A record that can't be used. It is kept as it is, skipped, and can be exported; nothing is deleted for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where.
    pub area: Area,
    /// Which.
    pub key: Key,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Reason {
    /// The head names it and it isn't there.
    #[error("missing")]
    Missing,
    /// It doesn't open: altered, swapped, put back from earlier, or sealed under another key.
    #[error(transparent)]
    Unopened(#[from] OpenError),
    /// It opens, and was written by a newer Caseload.
    #[error("written by a newer version ({found})")]
    Newer {
        /// Version found.
        found: u8,
    },
    /// It opens, and its content is malformed.
    #[error("malformed")]
    Malformed,
    /// It opens, and isn't what the head says.
    #[error("not what the head says")]
    Mismatch,
    /// A save's segment that the head doesn't know: the head was put back from earlier, or lost.
    #[error("newer than the head")]
    BeyondHead,
}

impl From<Undecoded> for Reason {
    fn from(undecoded: Undecoded) -> Self {
        match undecoded {
            Undecoded::Newer { found } => Self::Newer { found },
            Undecoded::Malformed => Self::Malformed,
        }
    }
}

impl From<SegmentError> for Reason {
    fn from(error: SegmentError) -> Self {
        match error {
            SegmentError::Newer { found } => Self::Newer { found },
            SegmentError::Malformed | SegmentError::Entry(_) => Self::Malformed,
        }
    }
}

impl Damage {
    pub(super) fn new(area: Area, key: Key, reason: impl Into<Reason>) -> Self {
        Self {
            area,
            key,
            reason: reason.into(),
        }
    }
}

/// Why a sealed store did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SealedError {
    /// The store refused. Only after [`StoreError::Closed`] is it unknown whether a save went through; the next save finds out.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing could be sealed, so nothing was written.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The browser's cipher isn't available; this says nothing about the records.
    #[error("the browser's cipher is not available")]
    CipherUnavailable,
    /// The database is there and has no head: it was emptied. Restore from a backup.
    #[error("the registry's database is empty")]
    Emptied,
    /// A record that is needed can't be used.
    #[error("a record can't be read ({}): {}", .0.area.name(), .0.reason)]
    Damaged(Damage),
    /// Head pages are damaged: nothing may be written over them. Reading and exporting still work.
    #[error("the registry is damaged and can only be read")]
    ReadOnly,
    /// What was to be saved couldn't be written down.
    #[error("the record couldn't be written down")]
    Unwritable,
    /// No such batch, or not in the state that this needs.
    #[error("this import is not there to be changed")]
    NoSuchBatch,
}

impl From<SegmentError> for SealedError {
    fn from(_error: SegmentError) -> Self {
        Self::Unwritable
    }
}
