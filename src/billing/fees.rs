//! What codes are worth. Amounts are optional, and each says its year and place: none is what a payer will pay.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::journal::facts;

/// A sum of money, in cents of a dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cents(pub u64);

impl Cents {
    /// For a page or a file: `$1,344.70` without the comma, `$344.70`.
    pub fn text(self) -> String {
        format!("${}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// An amount as it is typed: `160.32`, `$160.32`, `1,600`. `None` when it is none.
    pub fn read(text: &str) -> Option<Self> {
        let plain: String = text
            .trim()
            .trim_start_matches('$')
            .chars()
            .filter(|c| *c != ',')
            .collect();
        let (dollars, cents) = plain.trim().split_once('.').unwrap_or((plain.trim(), "00"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(dollars) || !is_digits(cents) || cents.len() > 2 {
            return None;
        }
        let cents: u64 = format!("{cents:0<2}").parse().ok()?;
        dollars
            .parse::<u64>()
            .ok()?
            .checked_mul(100)?
            .checked_add(cents)
            .map(Self)
    }
}

/// What one unit of each code is worth in a year and a place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Fees {
    /// By which it is chosen.
    pub name: String,
    /// The year.
    pub year: u32,
    /// Where, or for which payer.
    pub locality: String,
    /// Where the amounts come from.
    pub source: String,
    /// Cents for one unit, by code.
    pub cents: BTreeMap<String, u32>,
}

/// What codes come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// The sum of the codes that have an amount.
    pub sum: Cents,
    /// Codes without one.
    pub unpriced: Vec<String>,
}

/// The shipped amounts: only those that were read in CMS's or a payer's own figures, none that was derived.
static SHIPPED: LazyLock<Vec<Fees>> =
    LazyLock::new(|| serde_json::from_str(include_str!("data/fees.json")).unwrap_or_default());

impl Fees {
    /// The shipped schedules.
    pub fn shipped() -> &'static [Fees] {
        &SHIPPED
    }
    /// A schedule of the clinic's own.
    pub fn own(own: &facts::FeeSchedule) -> Self {
        Self {
            name: format!("own:{}:{}", own.year, own.locality.trim()),
            year: own.year,
            locality: own.locality.clone(),
            source: own.source.clone().unwrap_or_else(|| "typed by the clinic".to_owned()),
            cents: own.cents.clone(),
        }
    }
    /// The year and the place, which stand beside every figure.
    pub fn label(&self) -> String {
        format!("{}, {}", self.year, self.locality)
    }
    /// What codes with their units come to.
    pub fn price(&self, codes: &BTreeMap<String, u32>) -> Price {
        let mut price = Price::default();
        for (code, units) in codes {
            match self.cents.get(code) {
                Some(cents) => price.sum.0 += u64::from(*cents) * u64::from(*units),
                None => price.unpriced.push(code.clone()),
            }
        }
        price
    }
}

/// What has to be said beside every amount.
pub const AMOUNT_NOTE: &str =
    "Before coinsurance, sequestration and the payer\u{2019}s contract; not what will be paid.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_back_and_what_is_none_is_refused() {
        for (text, cents) in [("160.32", 16032), ("$1,600", 160_000), (" 58.5 ", 5850), ("0.07", 7)] {
            assert_eq!(Cents::read(text), Some(Cents(cents)), "{text}");
            assert_eq!(Cents::read(&Cents(cents).text()), Some(Cents(cents)));
        }
        for text in ["", "-5", "1.234", "five", "1.2.3", ".5", "99999999999999999999"] {
            assert_eq!(Cents::read(text), None, "{text}");
        }
    }

    #[test]
    fn no_derived_amount_is_shipped_and_each_schedule_says_its_year_and_place() {
        assert_eq!(Fees::shipped().len(), 3);
        for fees in Fees::shipped() {
            assert!(fees.label().starts_with("2026, ") && !fees.source.is_empty());
        }
        // The others are derived from an assumed work RVU, or quoted by somebody else: not figures that were read.
        let national = Fees::shipped()
            .iter()
            .find(|fees| fees.name == "2026-national")
            .unwrap();
        let codes: Vec<&str> = national.cents.keys().map(String::as_str).collect();
        assert_eq!(codes, ["99492", "99493", "99494"]);
    }
}
