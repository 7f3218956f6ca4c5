//! What can be set for several patients in one save.

use serde::{Deserialize, Serialize};

use super::time_batch::TimeBatch;
use crate::journal::facts::{Claim, Consent, Payer};
use crate::journal::{ChartId, EntryId, PersonId};

/// What can be set for several patients in one save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SetForMany {
    /// Who pays, from a day on.
    Payer(#[serde(with = "crate::journal::as_json")] Payer),
    /// Consent. Where an answer is on record already, it stays.
    Consent(#[serde(with = "crate::journal::as_json")] Consent),
    /// The treating clinician, under whom the claim goes out.
    Clinician(PersonId),
    /// What became of months that were sent, each in its patient's chart.
    Claims(#[serde(with = "crate::journal::as_json")] Vec<(ChartId, Claim)>),
    /// Time entries, each in its patient's chart, with the corrections of those that give way to them.
    Times(#[serde(with = "crate::journal::as_json")] TimeBatch),
    /// Time entries that were saved together are taken back.
    TimesTakenBack(Vec<(ChartId, EntryId)>),
}
