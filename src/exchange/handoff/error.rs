//! What can be wrong with a handoff file: one plain sentence each, and never what a patient said.

use thiserror::Error;

use super::{LARGEST_CHART, LARGEST_FILE, VERSION};

/// Why a file could not be read as a handoff. Nothing was changed when one of these is returned.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HandoffError {
    /// It holds nothing.
    #[error("This file is empty.")]
    Empty,
    /// It is encrypted by age.
    #[error("This file is encrypted: it has to be decrypted first.")]
    Encrypted,
    /// It is not JSON.
    #[error("This file is not a handoff: at line {line}, column {column} it is not JSON.")]
    NotJson {
        /// Line, from 1.
        line: u64,
        /// Column in bytes, from 1.
        column: u64,
    },
    /// It is JSON, but something else.
    #[error("This file is JSON, but not a Caseload handoff.")]
    NotAHandoff,
    /// A header key is missing or is not what it should be.
    #[error("This file is not a whole handoff: its “{key}” is missing, is there twice, or can't be read.")]
    Header {
        /// The key.
        key: &'static str,
    },
    /// A newer version of the app wrote it.
    #[error(
        "This handoff was written by a newer Caseload (format {found}); this one reads formats up to {supported}. Update, then open it again."
    )]
    NewerVersion {
        /// Its version.
        found: u64,
        /// The newest version that this build reads.
        supported: u64,
    },
    /// It ends too early.
    #[error("This handoff is cut off: it ends at line {line}, before its end mark. Ask for it again.")]
    Truncated {
        /// The last line.
        line: u64,
    },
    /// Its entries are not those that were written.
    #[error(
        "This handoff is damaged: it names {expected} entries and holds {found}, or one of them was changed. Ask for it again."
    )]
    DigestMismatch {
        /// Entries that its end mark names.
        expected: u64,
        /// Entries read.
        found: u64,
    },
    /// It, or one chart in it, is larger than anything this app writes.
    #[error("This file is too large: a handoff has at most {} MB, and one chart in it at most {} MB.", LARGEST_FILE >> 20, LARGEST_CHART >> 20)]
    TooLarge,
    /// Its brackets are nested deeper than anything this app writes.
    #[error("This file is not a handoff: at line {line} it is nested too deep.")]
    TooDeep {
        /// The line.
        line: u64,
    },
    /// A chart can't be read.
    #[error("This handoff is damaged: chart {chart}, at line {line}, can't be read. Ask for it again.")]
    Chart {
        /// Which chart of the file, from 1.
        chart: u64,
        /// Its first line.
        line: u64,
    },
    /// An entry can't be read, or is in another patient's chart.
    #[error(
        "This handoff is damaged: entry {entry} of chart {chart}, at line {line}, can't be read. Ask for it again."
    )]
    Entry {
        /// Which chart of the file, from 1.
        chart: u64,
        /// Which entry of the chart, from 1.
        entry: u64,
        /// The chart's first line.
        line: u64,
    },
}

impl HandoffError {
    pub(super) fn newer(found: u64) -> Self {
        Self::NewerVersion {
            found,
            supported: VERSION,
        }
    }
}
