//! What belongs to a month beside its list.

use crate::journal::ChartId;

/// A page about a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthPart {
    /// What came back from the biller: `claims`.
    Claims,
    /// Sums, amounts, time that reaches no code: `amounts`.
    Amounts,
    /// One patient's month in plain words: `statement/<chart>`.
    Statement(ChartId),
    /// One patient's month for an audit: `audit/<chart>`.
    Audit(ChartId),
}

impl MonthPart {
    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["claims"] => Self::Claims,
            ["amounts"] => Self::Amounts,
            ["statement", chart] => Self::Statement(chart.parse().ok()?),
            ["audit", chart] => Self::Audit(chart.parse().ok()?),
            _ => return None,
        })
    }
    pub(super) fn path(self) -> String {
        match self {
            Self::Claims => "claims".to_owned(),
            Self::Amounts => "amounts".to_owned(),
            Self::Statement(chart) => format!("statement/{chart}"),
            Self::Audit(chart) => format!("audit/{chart}"),
        }
    }
    /// What the page's title says: never anything about a patient.
    pub fn title(self) -> &'static str {
        match self {
            Self::Claims => "Sent, claimed and denied",
            Self::Amounts => "Sums and amounts",
            Self::Statement(_) => "Statement for the patient",
            Self::Audit(_) => "Statement for an audit",
        }
    }
}
