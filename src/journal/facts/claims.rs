//! What became of a month that was sent to a payer, what payers pay, and what the clinic chose where sources disagree.

use std::collections::BTreeMap;

use crate::journal::{Day, Month};

codes! {
    /// What became of a code of a month.
    pub enum ClaimState {
        /// It went out to the payer.
        Sent,
        /// The payer took it.
        Claimed,
        /// The payer refused it; it may go again.
        Denied,
    }
}

data! {
    /// What became of one code of a patient's month, as it came back from the biller.
    pub struct Claim {
        /// The service month.
        pub month: Month,
        /// The code, five letters or digits.
        pub code: String,
        /// How many units; one where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub units: Option<u32>,
        /// What became of it.
        pub state: ClaimState,
        /// The day on which it did.
        pub day: Day,
        /// Why, above all where it was denied.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
    }
    /// What a payer pays for a code, as the clinic typed it or took it from a file.
    pub struct FeeSchedule {
        /// The year that the amounts are for.
        pub year: u32,
        /// Where, or for which payer: "Wisconsin", "national, not a facility".
        pub locality: String,
        /// Where the amounts come from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source: Option<String>,
        /// Cents of a dollar for one unit, by code. Empty where the schedule isn't used any more.
        pub cents: BTreeMap<String, u32>,
    }
    /// From how many minutes on a payer takes G2214: the clinic's choice where sources disagree.
    pub struct PayerChoice {
        /// The payer, as it is named in the patients' records; empty for patients without one.
        pub payer: String,
        /// 16 or 30 minutes.
        pub g2214_minutes: u32,
        /// The day on which it was chosen.
        pub day: Day,
        /// Who said so, where it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source: Option<String>,
    }
}

impl PayerChoice {
    /// A payer's name as it is compared: capitals and blanks at its ends say nothing.
    pub fn key(payer: &str) -> String {
        payer.trim().to_lowercase()
    }
}
