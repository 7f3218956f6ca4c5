//! The cover sheet of a file for whoever stands in: what falls due meanwhile, and every safety item, frozen.

use serde::{Deserialize, Serialize};

use crate::journal::{ChartId, Day, PersonId};

/// A cover sheet. It says what was so when the file was made; what holds now is in the charts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cover {
    /// Who stands in.
    pub by: PersonId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// A patient each: those with a safety item first, then by what falls due.
    pub patients: Vec<CoverLine>,
}

/// One patient of a cover sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CoverLine {
    /// Whose.
    pub chart: ChartId,
    /// Name as lists show it.
    pub name: String,
    /// Every safety item, one sentence each.
    pub safety: Vec<String>,
    /// What is late or falls due until the last day, by day.
    pub due: Vec<(Day, String)>,
}
