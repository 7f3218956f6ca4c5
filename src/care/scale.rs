//! The instruments that rules speak of by name, and a dated total.

use std::fmt;

use crate::instruments::{brief, title_of};
use crate::journal::Day;

use super::protocol::{Number, Protocol};

/// An instrument as rules know it: the two that have numbers of their own, and all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// PHQ-9.
    Phq9,
    /// GAD-7.
    Gad7,
    /// Another, by its id.
    Other(Box<str>),
}

/// A total and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The total.
    pub total: u16,
    /// The clinic's day.
    pub day: Day,
}

impl Scale {
    /// The two that have numbers of their own.
    pub const NAMED: [Scale; 2] = [Scale::Phq9, Scale::Gad7];

    /// The instrument with this id.
    pub fn of(instrument: &str) -> Self {
        match instrument {
            "phq9" => Self::Phq9,
            "gad7" => Self::Gad7,
            other => Self::Other(other.into()),
        }
    }
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Phq9 => "phq9",
            Self::Gad7 => "gad7",
            Self::Other(id) => id,
        }
    }
    /// An answer to its first safety item as Yes or No, where those are its answers.
    pub fn said(&self, value: u8) -> Option<&'static str> {
        brief(self.id())?.safety_said(value)
    }
    /// Points by which a score must rise to count as worse; `None` where the protocol has no number for it.
    pub fn worse_by(&self, protocol: &Protocol) -> Option<u32> {
        match self {
            Self::Phq9 => Some(protocol.get(Number::WorsePhq9)),
            Self::Gad7 => Some(protocol.get(Number::WorseGad7)),
            Self::Other(_) => None,
        }
    }
    /// Points by which a score should fall some weeks after a treatment change.
    pub fn expected_fall(&self, protocol: &Protocol) -> Option<u32> {
        match self {
            Self::Phq9 => Some(protocol.get(Number::TreatmentFallPhq9)),
            Self::Gad7 => Some(protocol.get(Number::TreatmentFallGad7)),
            Self::Other(_) => None,
        }
    }
}

/// The short title, such as `PHQ-9`; the name of a clinic's own measure; the id of one that this version doesn't know.
impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phq9 => f.write_str("PHQ-9"),
            Self::Gad7 => f.write_str("GAD-7"),
            Self::Other(id) => f.write_str(&title_of(id)),
        }
    }
}
