//! Claims, fee schedules and choices for payers.

use super::{Check, LABEL, TEXT};
use crate::journal::Fact;
use crate::journal::facts::{Claim, FeeSchedule, PayerChoice};

/// Most units of a code in one line of a claim.
const MOST_UNITS: i64 = 99;
/// Most codes of a fee schedule.
const MOST_CODES: i64 = 500;
/// The highest amount for a unit: ten thousand dollars. More is a slip of the decimal point.
const HIGHEST_CENTS: i64 = 1_000_000;
/// Years that a fee schedule can be for.
const YEARS: (i64, i64) = (2017, 2100);

impl Check {
    pub(super) fn claims(&mut self, fact: &Fact) {
        match fact {
            Fact::Claim(claim) => self.claim(claim),
            Fact::FeeSchedule(fees) => self.fees(fees),
            Fact::PayerChoice(choice) => self.choice(choice),
            _ => {}
        }
    }
    fn claim(&mut self, claim: &Claim) {
        self.code(&claim.code);
        if let Some(units) = claim.units {
            self.range("Units", units.into(), 1, MOST_UNITS);
        }
        self.maybe("Reason", claim.reason.as_ref(), TEXT);
    }
    fn fees(&mut self, fees: &FeeSchedule) {
        self.text("Locality", &fees.locality, LABEL);
        self.maybe("Source", fees.source.as_ref(), TEXT);
        self.range("Year", fees.year.into(), YEARS.0, YEARS.1);
        self.range(
            "Codes",
            i64::try_from(fees.cents.len()).unwrap_or(i64::MAX),
            0,
            MOST_CODES,
        );
        for (code, cents) in &fees.cents {
            self.code(code);
            self.range("Amount in cents", (*cents).into(), 1, HIGHEST_CENTS);
        }
    }
    fn choice(&mut self, choice: &PayerChoice) {
        self.length("Payer", &choice.payer, LABEL);
        self.maybe("Source", choice.source.as_ref(), TEXT);
        if choice.g2214_minutes != 16 {
            self.range("Minutes for G2214", choice.g2214_minutes.into(), 30, 30);
        }
    }
    fn code(&mut self, code: &str) {
        self.text("Code", code, 5);
        if !is_code(code) {
            self.range("Code, letters and digits", 0, 1, 1);
        }
    }
}

/// Whether a text is a code of a claim: five capital letters or digits.
fn is_code(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}
