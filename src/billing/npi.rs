//! The national provider identifier.
//!
//! Ten digits, the last a check digit: Luhn's sum over `80840` and the ten digits is a multiple of ten (45 CFR 162.406;
//! ISO/IEC 7812 with the health applications' prefix).

use thiserror::Error;

/// Why a number is not an NPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NpiError {
    /// Not ten digits.
    #[error("An NPI has ten digits and nothing else.")]
    Digits,
    /// The first digit is neither 1 nor 2.
    #[error("An NPI begins with 1 or 2.")]
    First,
    /// The check digit is wrong.
    #[error("The last digit doesn't fit the others: check the NPI for a typing error.")]
    Check,
}

/// Luhn's sum of the five digits 80840, in which every second one from the right of the whole number is doubled.
const PREFIX_SUM: u32 = 24;

/// Whether a text is an NPI.
pub fn check_npi(text: &str) -> Result<(), NpiError> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let digits = digits.filter(|digits| digits.len() == 10).ok_or(NpiError::Digits)?;
    if !matches!(digits.first(), Some(1 | 2)) {
        return Err(NpiError::First);
    }
    let doubled = |(place, digit): (usize, &u32)| match place % 2 {
        0 => digit * 2 / 10 + digit * 2 % 10,
        _ => *digit,
    };
    let sum: u32 = digits.iter().enumerate().map(doubled).sum();
    (PREFIX_SUM + sum)
        .is_multiple_of(10)
        .then_some(())
        .ok_or(NpiError::Check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_passes_and_whatever_differs_in_one_digit_does_not() {
        // CMS's own example of an NPI and its check digit.
        assert_eq!(check_npi("1234567893"), Ok(()));
        for (text, error) in [
            ("1234567890", NpiError::Check),
            ("1234567983", NpiError::Check),
            ("123456789", NpiError::Digits),
            ("12345678931", NpiError::Digits),
            ("12345 7893", NpiError::Digits),
            ("3234567893", NpiError::First),
            ("", NpiError::Digits),
        ] {
            assert_eq!(check_npi(text), Err(error), "{text}");
        }
        for place in 0..10 {
            let mut digits = *b"1234567893";
            digits[place] = if digits[place] == b'9' { b'1' } else { digits[place] + 1 };
            assert!(check_npi(std::str::from_utf8(&digits).unwrap()).is_err(), "{place}");
        }
    }
}
