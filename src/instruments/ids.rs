//! Names and points: the newtypes that keep them apart.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The id of an instrument, such as `phq9`.
///
/// It may name an instrument that this version doesn't know: assessments from a newer copy keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InstrumentId(String);

/// The id of one item of one instrument, such as `phq9_9`. Unique within its definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(String);

/// The ids of the shipped instruments, in order: addresses are read before the definitions are here.
const SHIPPED: &[&str] = &[
    "asq",
    "asrs6",
    "audit",
    "auditc",
    "bam",
    "cage",
    "cage_aid",
    "cssrs_screen",
    "dast10",
    "epds",
    "gad2",
    "gad7",
    "gds15",
    "isi",
    "mdq",
    "minicog",
    "pcl5",
    "pcptsd5",
    "phq15",
    "phq2",
    "phq4",
    "phq8",
    "phq9",
    "phq9m",
    "phqads",
    "promis_depression_t",
    "psc17",
    "scared",
    "scared_child",
    "scared_parent",
    "sds",
    "smfq",
    "smfq_child",
    "smfq_parent",
    "taps1",
    "taps2",
    "taps2_substance",
    "vanderbilt_parent",
    "vanderbilt_teacher",
    "who5",
    "wsas_total",
];

/// The id of a shipped instrument, if it is one.
pub fn shipped_id(id: &str) -> Option<&'static str> {
    SHIPPED.iter().copied().find(|shipped| *shipped == id)
}

impl InstrumentId {
    /// The id with this text; any text is accepted.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ItemId {
    /// The id with this text; whether an instrument has it is the definition's matter.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InstrumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for InstrumentId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<&str> for ItemId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// Points on an instrument's own scale. 0 is a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(i32);

impl Score {
    /// A score of so many points; its range is the definition's matter.
    pub const fn new(points: i32) -> Self {
        Self(points)
    }

    /// The points.
    pub const fn points(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::known_instruments;

    #[test]
    fn the_ids_that_an_address_may_name_are_those_of_the_definitions() {
        let known: Vec<&str> = known_instruments().map(InstrumentId::as_str).collect();
        assert_eq!(known, SHIPPED);
        assert_eq!(shipped_id("phq9"), Some("phq9"));
        assert_eq!(shipped_id("phq99"), None);
    }
}
