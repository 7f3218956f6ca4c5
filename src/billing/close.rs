//! The month of a whole caseload, as a biller reads it.

use serde::Serialize;

use crate::flowsheet::Flowsheet;
use crate::journal::{ChartId, Day, Month, Seconds, Zone};

use super::attribution::lines_near;
use super::code::CodeUnits;
use super::codes::{MonthKind, Next};
use super::gate::{GateKind, GateState};
use super::month::{ServiceMonth, service_month};
use super::profiles::Profiles;
use super::team::Team;

/// One patient's month in the biller's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthRow {
    /// Whose.
    pub chart: ChartId,
    /// Name of the payer profile.
    pub profile: String,
    /// Initial, later, or general BHI.
    pub kind: MonthKind,
    /// Whole countable minutes.
    pub minutes: u32,
    /// Countable seconds.
    pub seconds: Seconds,
    /// What is suggested for billing; nothing while a gate is missing.
    pub codes: Vec<CodeUnits>,
    /// What the minutes support, gates aside.
    pub supported: Vec<CodeUnits>,
    /// Gates that keep the month from being billed.
    pub missing: Vec<GateKind>,
    /// Gates to look at.
    pub warnings: Vec<GateKind>,
    /// The next code that more minutes reach.
    pub next: Option<Next>,
    /// Seconds that don't count.
    pub not_counted: Seconds,
    /// Whether it waits for the clinic's choice about G2214; such a row stays out of totals and files.
    pub unsettled: bool,
}

impl MonthRow {
    /// Whether it can go to the biller as it is.
    pub fn is_ready(&self) -> bool {
        !self.codes.is_empty() && !self.unsettled
    }
}

impl From<&ServiceMonth> for MonthRow {
    fn from(month: &ServiceMonth) -> Self {
        let of = |state| {
            month
                .gates
                .iter()
                .filter(|g| g.state == state)
                .map(|g| g.kind)
                .collect()
        };
        let lost = month
            .not_counted
            .iter()
            .map(|n| n.seconds.0)
            .fold(0, u32::saturating_add);
        Self {
            chart: month.chart,
            profile: month.profile.clone(),
            kind: month.kind,
            minutes: month.minutes(),
            seconds: month.seconds,
            codes: month.billable().to_vec(),
            supported: month.supported.codes.clone(),
            missing: of(GateState::Missing),
            warnings: of(GateState::Warning),
            next: month.supported.next,
            not_counted: Seconds(lost),
            unsettled: month.is_unsettled(),
        }
    }
}

/// The rows of a month: every patient with time in it, in the order of the flowsheets. A patient's profile is that of
/// the payer on the month's last day.
pub fn close_month<'a>(
    sheets: impl IntoIterator<Item = &'a Flowsheet>,
    month: Month,
    profiles: &Profiles,
    team: &Team,
    zone: Zone,
    as_of: Day,
) -> Vec<MonthRow> {
    let reckon = |sheet: &Flowsheet| {
        if sheet.erased || lines_near(sheet, month).next().is_none() {
            return None;
        }
        let reckoned = service_month(sheet, month, profiles.of(sheet, month.last()), team, zone, as_of);
        let row = MonthRow::from(&reckoned);
        (row.seconds.0 > 0 || row.not_counted.0 > 0).then_some(row)
    };
    sheets.into_iter().filter_map(reckon).collect()
}
