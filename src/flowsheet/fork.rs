//! What two versions are of.

use serde::{Deserialize, Serialize};

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
