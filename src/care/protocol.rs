//! The protocol: the named numbers that clocks and rules run on, each with its default, its range and its source.
//!
//! Published programmes differ widely (a contact every week to every four, an alarm at 30 or at 60 days), so each
//! number is a setting; the default set has a name and a version that every worklist item shows.

use std::collections::BTreeMap;

use thiserror::Error;

mod numbers;

pub use numbers::Number;

/// A named set of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    name: String,
    values: [u32; Number::COUNT],
}

/// What is known about a number besides its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberInfo {
    /// Which.
    pub number: Number,
    /// Its name in settings and files; never changes.
    pub name: &'static str,
    /// What it means.
    pub label: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// Its value in the default protocol.
    pub default: u32,
    /// The lowest value that is accepted.
    pub min: u32,
    /// The highest value that is accepted.
    pub max: u32,
    /// Where the default comes from.
    pub source: &'static str,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Days on which the clinic is open.
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Points of a score.
    Points,
    /// Percent.
    Percent,
    /// How often something is done.
    Times,
    /// Minutes.
    Minutes,
}

impl Unit {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::WorkingDays => "working days",
            Self::Weeks => "weeks",
            Self::Points => "points",
            Self::Percent => "percent",
            Self::Times => "times",
            Self::Minutes => "minutes",
        }
    }
}

/// Why a changed protocol is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProtocolError {
    /// No number has this name.
    #[error("the protocol has no number called {0:?}")]
    Unknown(String),
    /// The value is out of range.
    #[error("{name} is {value}; it must be {min} to {max} {}", unit.word())]
    OutOfRange {
        /// The number's name.
        name: &'static str,
        /// The value given.
        value: u32,
        /// The lowest accepted.
        min: u32,
        /// The highest accepted.
        max: u32,
        /// What it counts.
        unit: Unit,
    },
    /// One number must not exceed another.
    #[error("{low} must not be more than {high}")]
    OutOfOrder {
        /// The name of the one that must be lower.
        low: &'static str,
        /// The name of the one that must be higher.
        high: &'static str,
    },
    /// A changed protocol needs a name of its own, so that nobody takes it for the default.
    #[error("a changed protocol needs a name of its own")]
    NoName,
}

/// Name of the default protocol.
const DEFAULT: &str = "default protocol v1";

/// Pairs of which the first must not exceed the second.
const IN_ORDER: [(Number, Number); 3] = [
    (Number::TreatmentFromWeeks, Number::TreatmentUntilWeeks),
    (Number::NotImprovedFromWeeks, Number::NotImprovedUntilWeeks),
    (Number::TargetUnder, Number::TargetResponseUnder),
];

impl Protocol {
    /// The default set, version 1.
    pub fn default_v1() -> Self {
        Self {
            name: DEFAULT.to_string(),
            values: numbers::TABLE.map(|info| info.default),
        }
    }
    /// The default set with some numbers changed, by name. Without changes it is the default itself.
    pub fn with_changes(name: &str, changes: &BTreeMap<String, u32>) -> Result<Self, ProtocolError> {
        let mut changed = Self::default_v1();
        for (wanted, value) in changes {
            let info = Number::named(wanted).map(Number::info);
            let info = info.ok_or_else(|| ProtocolError::Unknown(wanted.clone()))?;
            let NumberInfo {
                name, min, max, unit, ..
            } = *info;
            if *value < min || max < *value {
                return Err(ProtocolError::OutOfRange {
                    name,
                    value: *value,
                    min,
                    max,
                    unit,
                });
            }
            changed.values[info.number as usize] = *value;
        }
        for (low, high) in IN_ORDER {
            if changed.get(high) < changed.get(low) {
                return Err(ProtocolError::OutOfOrder {
                    low: low.name(),
                    high: high.name(),
                });
            }
        }
        if changed.values == Self::default_v1().values {
            return Ok(changed);
        }
        let name = name.trim();
        if name.is_empty() || name == DEFAULT {
            return Err(ProtocolError::NoName);
        }
        changed.name = format!("{name} ({DEFAULT}, changed)");
        Ok(changed)
    }
    /// Its name and version, as every item shows it.
    pub fn label(&self) -> &str {
        &self.name
    }
    /// A number.
    pub fn get(&self, number: Number) -> u32 {
        self.values[number as usize]
    }
    /// A number of days (or weeks, in days), for reckoning with dates.
    pub fn days(&self, number: Number) -> i64 {
        let per = if number.info().unit == Unit::Weeks { 7 } else { 1 };
        i64::from(self.get(number)) * per
    }
    /// All numbers in the order of settings, with their values.
    pub fn numbers(&self) -> impl Iterator<Item = (&'static NumberInfo, u32)> + '_ {
        numbers::TABLE.iter().zip(self.values.iter().copied())
    }
}

impl Default for Protocol {
    fn default() -> Self {
        Self::default_v1()
    }
}

impl Number {
    /// The number of this name.
    pub fn named(name: &str) -> Option<Self> {
        let info = numbers::TABLE.iter().find(|info| info.name == name);
        info.map(|info| info.number)
    }
    /// What is known about it.
    pub fn info(self) -> &'static NumberInfo {
        &numbers::TABLE[self as usize]
    }
    /// Its name.
    pub fn name(self) -> &'static str {
        self.info().name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(pairs: &[(&str, u32)]) -> BTreeMap<String, u32> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_string(), *value))
            .collect()
    }

    #[test]
    fn every_number_stands_at_its_place_with_a_name_a_source_and_a_default_in_range() {
        for (place, (info, value)) in Protocol::default_v1().numbers().enumerate() {
            assert_eq!(info.number as usize, place, "{}", info.name);
            assert_eq!(Number::named(info.name), Some(info.number));
            assert!(info.min <= value && value <= info.max, "{}", info.name);
            assert!(info.label.len() > 10 && info.source.len() > 10, "{}", info.name);
        }
    }

    #[test]
    fn a_changed_number_holds_and_the_name_says_that_it_was_changed() {
        let changed = Protocol::with_changes("Elm Street", &changes(&[("contact_active_days", 28)])).unwrap();
        assert_eq!(changed.get(Number::ContactActive), 28);
        assert_eq!(changed.get(Number::ContactEnrolled), 7);
        assert_eq!(changed.label(), "Elm Street (default protocol v1, changed)");
    }

    #[test]
    fn unknown_names_values_out_of_range_and_pairs_out_of_order_are_refused() {
        let refused = |pairs: &[(&str, u32)]| Protocol::with_changes("x", &changes(pairs)).unwrap_err();
        assert_eq!(
            refused(&[("contact_activ_days", 7)]),
            ProtocolError::Unknown("contact_activ_days".into())
        );
        assert_eq!(
            refused(&[("worse_phq9_points", 0)]).to_string(),
            "worse_phq9_points is 0; it must be 1 to 27 points"
        );
        assert!(matches!(
            refused(&[("treatment_from_weeks", 9), ("treatment_until_weeks", 8)]),
            ProtocolError::OutOfOrder { .. }
        ));
    }

    #[test]
    fn no_clinic_can_put_off_worsening_for_longer_than_two_working_days() {
        let longer = changes(&[("snooze_urgent_working_days", 3)]);
        assert!(matches!(
            Protocol::with_changes("x", &longer),
            Err(ProtocolError::OutOfRange { max: 2, .. })
        ));
    }

    #[test]
    fn a_changed_protocol_needs_a_name_and_an_unchanged_one_is_the_default() {
        let week = changes(&[("contact_active_days", 7)]);
        assert_eq!(Protocol::with_changes(" ", &week), Err(ProtocolError::NoName));
        assert_eq!(
            Protocol::with_changes("default protocol v1", &week),
            Err(ProtocolError::NoName)
        );
        let same = changes(&[("contact_active_days", 14)]);
        assert_eq!(Protocol::with_changes("x", &same), Ok(Protocol::default_v1()));
    }
}
