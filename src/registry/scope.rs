//! What kinds of registry and of file there are.

use serde::{Deserialize, Serialize};

use crate::journal::{ChartId, EntryId};

/// What kind of registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Real patients.
    Real,
    /// Invented patients.
    Training,
    /// What a consultant was handed.
    Packet,
}

/// Which patients a handoff holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Scope {
    /// The whole registry.
    All,
    /// Some patients, and of what is held back only what a person included.
    Charts(Vec<ChartId>, Vec<Included>),
    /// The patients of a coverage, for whoever stands in: with the clinic's people, protocol and directory, a cover sheet,
    /// and what is held back from others, as they are of the clinic's own team.
    Coverage(crate::journal::ThingId),
    /// The patients of a coverage, from whoever stood in, for those who sent them out: whole records.
    Return(crate::journal::ThingId),
    /// Some patients for the consultant, who opens them without an account: as [`Scope::Charts`], with what their records
    /// are read by.
    Packet(Vec<ChartId>, Vec<Included>),
    /// What the consultant wrote into a packet, and nothing else.
    Reply,
}

impl Scope {
    /// The first word of the file's name.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::All | Self::Charts(..) | Self::Coverage(_) | Self::Return(_) => "handoff",
            Self::Packet(..) => "packet",
            Self::Reply => "reply",
        }
    }
}

/// Something that is held back and goes along all the same, as a release permits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    /// The entry that stands for it.
    pub entry: EntryId,
    /// The release.
    pub release: crate::journal::ThingId,
}
