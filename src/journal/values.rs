//! Dated values as people write them, `128/82` or `7.2`, read strictly: what has another shape is refused, never guessed.
//! Numbers are kept in hundredths, so that nothing is rounded.

use super::facts::{DatedValue, ValueKind, ValueTarget};

/// A value that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Systolic and diastolic blood pressure, in mmHg.
    Pressure(u32, u32),
    /// A number, in hundredths of its unit.
    Hundredths(i64),
}

/// Why a value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// Not two numbers with a stroke between them.
    #[error("is not a blood pressure such as 128/82")]
    NotPressure,
    /// Not a number.
    #[error("is not a number such as 7.2")]
    NotNumber,
    /// A number that nobody measures.
    #[error("is out of the range that can be measured")]
    OutOfRange,
}

/// Reads a value. The ranges only keep slips of the finger out: systolic 50 to 300 and diastolic 20 to 200 mmHg, A1c
/// 3 to 20 %, weight 1 to 1,000 in either unit (this project's choice, wider than any published reference range).
///
/// # Errors
/// What is wrong with its shape.
pub fn read_value(kind: ValueKind, text: &str) -> Result<Reading, ShapeError> {
    let text = text.trim();
    match kind {
        ValueKind::BloodPressure => {
            let (high, low) = text.split_once('/').ok_or(ShapeError::NotPressure)?;
            let (high, low) = (whole(high)?, whole(low)?);
            let fits = (50..=300).contains(&high) && (20..=200).contains(&low) && low < high;
            if fits {
                Ok(Reading::Pressure(high, low))
            } else {
                Err(ShapeError::OutOfRange)
            }
        }
        ValueKind::A1c => within(hundredths(text)?, 300, 2_000),
        ValueKind::Weight => within(hundredths(text)?, 100, 100_000),
        ValueKind::Other => hundredths(text).map(Reading::Hundredths),
    }
}

/// Whether a value is where it should be: `None` without a target, or where one of the two can't be read.
pub fn is_at_target(value: &DatedValue) -> Option<bool> {
    let kind = value.what?;
    let read = |text: &str| read_value(kind, text).ok();
    let found = read(&value.value)?;
    match value.target.as_ref()? {
        ValueTarget::Below { value } => below(found, read(value)?),
        ValueTarget::Above { value } => below(read(value)?, found),
        ValueTarget::Between { low, high } => {
            let (low, high) = (read(low)?, read(high)?);
            Some(at_most(low, found)? && at_most(found, high)?)
        }
    }
}

/// Both numbers of a pressure have to be below; equal is not below.
fn below(a: Reading, b: Reading) -> Option<bool> {
    match (a, b) {
        (Reading::Pressure(high, low), Reading::Pressure(high_b, low_b)) => Some(high < high_b && low < low_b),
        (Reading::Hundredths(a), Reading::Hundredths(b)) => Some(a < b),
        _ => None,
    }
}

fn at_most(a: Reading, b: Reading) -> Option<bool> {
    match (a, b) {
        (Reading::Pressure(high, low), Reading::Pressure(high_b, low_b)) => Some(high <= high_b && low <= low_b),
        (Reading::Hundredths(a), Reading::Hundredths(b)) => Some(a <= b),
        _ => None,
    }
}

fn within(value: i64, least: i64, most: i64) -> Result<Reading, ShapeError> {
    if (least..=most).contains(&value) {
        Ok(Reading::Hundredths(value))
    } else {
        Err(ShapeError::OutOfRange)
    }
}

fn whole(text: &str) -> Result<u32, ShapeError> {
    let text = text.trim();
    let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits => Ok(number),
        _ => Err(ShapeError::NotPressure),
    }
}

/// Up to six digits with at most two behind the point.
fn hundredths(text: &str) -> Result<i64, ShapeError> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |part: &str, most: usize| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 6) || !digits(part, 2) {
        return Err(ShapeError::NotNumber);
    }
    let number = |text: &str| {
        text.parse::<i64>()
            .map_err(|_error: std::num::ParseIntError| ShapeError::NotNumber)
    };
    let part = number(part)? * if part.len() == 1 { 10 } else { 1 };
    Ok(number(whole)? * 100 + part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::When;

    #[test]
    fn a_value_of_another_shape_is_refused_and_never_guessed() {
        use ShapeError::{NotNumber, NotPressure, OutOfRange};
        use ValueKind::{A1c, BloodPressure, Other, Weight};
        let cases = [
            (BloodPressure, "128/82", Ok(Reading::Pressure(128, 82))),
            (BloodPressure, " 128 / 82 ", Ok(Reading::Pressure(128, 82))),
            (BloodPressure, "12o/80", Err(NotPressure)),
            (BloodPressure, "128", Err(NotPressure)),
            (BloodPressure, "128/", Err(NotPressure)),
            (BloodPressure, "128/82/70", Err(NotPressure)),
            (BloodPressure, "-128/82", Err(NotPressure)),
            (BloodPressure, "82/128", Err(OutOfRange)),
            (BloodPressure, "1280/82", Err(NotPressure)),
            (BloodPressure, "400/82", Err(OutOfRange)),
            (A1c, "7.2", Ok(Reading::Hundredths(720))),
            (A1c, "7.25", Ok(Reading::Hundredths(725))),
            (A1c, "7,2", Err(NotNumber)),
            (A1c, "72", Err(OutOfRange)),
            (A1c, "7.", Err(NotNumber)),
            (A1c, ".7", Err(NotNumber)),
            (A1c, "", Err(NotNumber)),
            (Weight, "182.5", Ok(Reading::Hundredths(18_250))),
            (Weight, "182 lb", Err(NotNumber)),
            (Weight, "0", Err(OutOfRange)),
            (Other, "0", Ok(Reading::Hundredths(0))),
            (Other, "0.85", Ok(Reading::Hundredths(85))),
            (Other, "<b>1</b>", Err(NotNumber)),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(read_value(kind, text), expected, "{kind:?} {text:?}");
        }
    }

    #[test]
    fn a_value_is_at_its_target_or_is_not_or_has_none() {
        use ValueKind::{A1c, BloodPressure};
        let below = |value: &str| {
            Some(ValueTarget::Below {
                value: value.to_owned(),
            })
        };
        let above = |value: &str| {
            Some(ValueTarget::Above {
                value: value.to_owned(),
            })
        };
        let between = |low: &str, high: &str| {
            let (low, high) = (low.to_owned(), high.to_owned());
            Some(ValueTarget::Between { low, high })
        };
        let cases = [
            (BloodPressure, "128/78", below("130/80"), Some(true)),
            (BloodPressure, "128/80", below("130/80"), Some(false)),
            (BloodPressure, "138/78", below("130/80"), Some(false)),
            (A1c, "6.9", below("7"), Some(true)),
            (A1c, "7", below("7.0"), Some(false)),
            (A1c, "7", above("6.5"), Some(true)),
            (A1c, "7", between("7", "8"), Some(true)),
            (A1c, "8.01", between("7", "8"), Some(false)),
            (A1c, "7", None, None),
            (A1c, "7", below("130/80"), None),
        ];
        for (what, text, target, expected) in cases {
            let value = DatedValue {
                name: "x".to_owned(),
                value: text.to_owned(),
                unit: None,
                at: When::Day("2026-11-20".parse().unwrap()),
                what: Some(what),
                target: target.clone(),
            };
            assert_eq!(is_at_target(&value), expected, "{text} {target:?}");
        }
    }
}
