//! What every letter has: from whom, to whom, about whom, and a day in full.

use serde::{Deserialize, Serialize};

use crate::journal::Day;

/// What stands where something is to be filled in by hand.
pub const MISSING: &str = "__________";

/// From whom a letter is, and about whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// The clinic.
    pub clinic: String,
    /// Its telephone number for a crisis.
    pub crisis_line: Option<String>,
    /// Who writes.
    pub from: String,
    /// The treating clinician.
    pub clinician: Option<String>,
    /// The patient's full name.
    pub patient: String,
    /// The name that the patient goes by.
    pub goes_by: String,
    /// Date of birth.
    pub birth: Option<Day>,
    /// Medical record number.
    pub mrn: Option<String>,
}

impl Letterhead {
    /// Clinic and day.
    pub(super) fn head(&self, day: Day) -> String {
        format!("{}\n{}\n", self.clinic, day_in_full(day))
    }
    /// Whom the letter is about, for a clinician.
    pub(super) fn about(&self) -> String {
        let born = self.birth.map(|day| format!("born {}", day_in_full(day)));
        let mrn = self.mrn.as_ref().map(|mrn| format!("MRN {mrn}"));
        let parts = [Some(self.patient.clone()), born, mrn];
        format!("Re: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
    /// The greeting's name of the treating clinician.
    pub(super) fn clinician(&self) -> &str {
        self.clinician.as_deref().unwrap_or(MISSING)
    }
}

/// A day in full: `November 20, 2026`.
pub fn day_in_full(day: Day) -> String {
    day.date().format("%B %-d, %Y").to_string()
}

/// A paragraph under its heading; nothing where there is nothing to say.
pub(super) fn section(title: &str, text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| format!("{title}\n{text}"))
}
