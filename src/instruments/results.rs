//! What a step of a definition comes to.

use std::collections::BTreeMap;

use super::definition::{Band, Entry, MissingRule};
use super::ids::ItemId;
use super::measure::{Cutoff, Limit, Measure, Tally};
use super::rules::{Truth, within};
use super::sheet::{ItemState, Sheet};

/// One result of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultValue {
    /// Points, or a count.
    Number(i32),
    /// An exact fraction, such as a prorated score.
    Ratio(Ratio),
    /// The name of a band or an outcome.
    Text(String),
    /// Yes or no.
    Truth(bool),
    /// Several values under one name.
    Group(BTreeMap<String, ResultValue>),
    /// No row of a decision table applied.
    Nothing,
    /// It can't be said, and why.
    NotKnown(NotKnown),
}

/// Why a result can't be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKnown {
    /// An item that it needs was not answered.
    Unanswered,
    /// It depends on this context, which wasn't given or has no limit of its own.
    Context(String),
}

/// An exact fraction; never rounded before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Above the line.
    pub numerator: i32,
    /// Below the line; positive.
    pub denominator: i32,
}

impl Ratio {
    /// The nearest whole number; a half goes up (13.5 is 14).
    pub fn rounded(self) -> i32 {
        (2 * self.numerator + self.denominator).div_euclid(2 * self.denominator)
    }

    /// The nearest number of ten-thousandths, for showing four decimals.
    pub fn ten_thousandths(self) -> i64 {
        let (numerator, denominator) = (i64::from(self.numerator), i64::from(self.denominator));
        (2 * 10_000 * numerator + denominator).div_euclid(2 * denominator)
    }
}

impl ResultValue {
    /// The number, where it is one.
    pub fn number(&self) -> Option<i32> {
        match self {
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// Yes or no, where it is that.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(value) => Some(*value),
            _ => None,
        }
    }

    /// The name, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(value) => Some(value),
            _ => None,
        }
    }

    fn from_truth(truth: Truth) -> Self {
        match truth {
            Ok(value) => Self::Truth(value),
            Err(why) => Self::NotKnown(why),
        }
    }
}

/// Computes every result in order; each may read those before it. `given` replaces results by what was handed over:
/// the definition's own score, and subscales.
pub(super) fn compute_all(sheet: &mut Sheet<'_>, given: &BTreeMap<&str, i32>) {
    let definition = sheet.definition;
    for step in &definition.results {
        let value = match given.get(step.key.as_str()).copied() {
            Some(points) => ResultValue::Number(points),
            None => compute(sheet, &step.by),
        };
        sheet.results.insert(step.key.clone(), value);
    }
}

fn compute(sheet: &Sheet<'_>, measure: &Measure) -> ResultValue {
    match measure {
        Measure::Sum { items, times } => sum(sheet, items, *times),
        Measure::Count(tallies) => count(sheet, tallies),
        Measure::Band { of, bands } => band(sheet, of, bands),
        Measure::Cutoff(cutoff) => ResultValue::from_truth(reaches(sheet, cutoff)),
        Measure::When(rule) => ResultValue::from_truth(sheet.holds(rule)),
        Measure::Choose(rows) => {
            for row in rows {
                match sheet.holds(&row.when) {
                    Ok(true) => return ResultValue::Text(row.is.clone()),
                    Ok(false) => {}
                    // A later row may be milder than the one that can't be ruled out.
                    Err(why) => return ResultValue::NotKnown(why),
                }
            }
            ResultValue::Nothing
        }
    }
}

fn sum(sheet: &Sheet<'_>, items: &[ItemId], times: i32) -> ResultValue {
    let part = sheet.sum(items);
    // A score that is handed over has no items to add up: without it there is none, and not 0.
    if items.is_empty() && sheet.definition.entry == Entry::Score {
        return ResultValue::NotKnown(NotKnown::Unanswered);
    }
    if part.unanswered > 0 && !blanks_count_nothing(sheet) {
        return ResultValue::NotKnown(NotKnown::Unanswered);
    }
    ResultValue::Number(part.points * times)
}

fn blanks_count_nothing(sheet: &Sheet<'_>) -> bool {
    match sheet.definition.missing {
        MissingRule::BlanksAllowed { max_missing, .. } => sheet.missing().len() <= max_missing,
        MissingRule::CompleteOnly | MissingRule::ProrateAllowed(_) => false,
    }
}

fn count(sheet: &Sheet<'_>, tallies: &[Tally]) -> ResultValue {
    let mut found = 0;
    for tally in tallies {
        for item in sheet.items_named(&tally.items) {
            match sheet.state(item) {
                ItemState::Answered(value) if within(value, tally.at_least, tally.at_most) => {
                    found += 1;
                }
                ItemState::Answered(_) | ItemState::LeftOut => {}
                ItemState::Unanswered => return ResultValue::NotKnown(NotKnown::Unanswered),
            }
        }
    }
    ResultValue::Number(found)
}

fn band(sheet: &Sheet<'_>, of: &str, bands: &[Band]) -> ResultValue {
    let bands = if bands.is_empty() {
        &sheet.definition.bands
    } else {
        bands
    };
    match sheet.number(of) {
        Err(why) => ResultValue::NotKnown(why),
        Ok(points) => Band::of(bands, points).map_or(ResultValue::Nothing, |band| ResultValue::Text(band.name.clone())),
    }
}

fn reaches(sheet: &Sheet<'_>, cutoff: &Cutoff) -> Truth {
    let points = sheet.number(&cutoff.of)?;
    let limit = |limit: &Option<Limit>| limit.as_ref().map(|it| points_of(sheet, it)).transpose();
    Ok(within(points, limit(&cutoff.at_least)?, limit(&cutoff.at_most)?))
}

fn points_of(sheet: &Sheet<'_>, limit: &Limit) -> Result<i32, NotKnown> {
    match limit {
        Limit::Points(points) => Ok(*points),
        Limit::By { by, values } => sheet
            .context
            .get(by)
            .and_then(|value| values.get(value))
            .copied()
            .ok_or_else(|| NotKnown::Context(by.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_rounds_up_and_the_fraction_stays_exact() {
        let table = [
            (27, 2, 14, 135_000),
            (108, 7, 15, 154_286),
            (63, 7, 9, 90_000),
            (0, 7, 0, 0),
        ];
        for (numerator, denominator, rounded, ten_thousandths) in table {
            let ratio = Ratio { numerator, denominator };
            assert_eq!(ratio.rounded(), rounded, "{ratio:?}");
            assert_eq!(ratio.ten_thousandths(), ten_thousandths, "{ratio:?}");
        }
    }
}
