//! What two versions are of.

use serde::{Deserialize, Serialize};

use crate::journal::EntryId;

/// What two copies set differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForkLine {
    /// What is forked.
    pub what: ForkKind,
    /// The entries that stand side by side, oldest first.
    pub heads: Vec<EntryId>,
}

/// What a fork is about, in the groups that a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ForkKind {
    /// Registration and demographics.
    Registration,
    /// Where the episode stands.
    Status,
    /// Who manages the care.
    Assignment,
    /// Whether a concern is open.
    Concern,
    /// Anything else.
    Other,
}
