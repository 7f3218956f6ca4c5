//! Dates as people type them: `7/15/2026`, `03-Nov-26`, `2026-11-20`, `02/18/65`.

use crate::journal::Day;

/// What a date is for: it decides the century of a two-digit year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exchange) enum DateUse {
    /// A date of birth: the latest such day that is not after `as_of`.
    Birth,
    /// Anything else: the century nearest to `as_of`.
    Near,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads a date; `None` when it is none. Month comes before day in dates of numbers and slashes, as in the United
/// States; a date that only fits the other way round is no date rather than a guess.
pub(in crate::exchange) fn parse_date(text: &str, used: DateUse, as_of: Day) -> Option<Day> {
    let text = without_time(text.trim());
    let parts: Vec<&str> = text
        .split(['/', '-', '.', ' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (*a, *b, *c) } else { (*c, *a, *b) };
    // 03-Nov-26 has its day first; Nov 3, 2026 doesn't.
    let (month, day) = if month_named(day).is_some() {
        (day, month)
    } else {
        (month, day)
    };
    let month = month_named(month).or_else(|| number(month, 2))?;
    let day = number(day, 2)?;
    match year.len() {
        4 => Day::new(i32::try_from(number(year, 4)?).ok()?, month, day),
        2 => with_century(number(year, 2)?, month, day, used, as_of),
        _ => None,
    }
}

/// A date that a spreadsheet exported with a time keeps its date.
fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((date, time)) if time.contains(':') && date.len() >= 6 => date,
        _ => text,
    }
}

fn number(text: &str, longest: usize) -> Option<u32> {
    let is_number = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

fn month_named(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let is_word = lower.len() >= 3 && lower.chars().all(char::is_alphabetic);
    let found = MONTHS.iter().position(|month| is_word && lower.starts_with(month))?;
    u32::try_from(found + 1).ok()
}

fn with_century(year: u32, month: u32, day: u32, used: DateUse, as_of: Day) -> Option<Day> {
    let year = i32::try_from(year).ok()?;
    let candidates = [1900, 2000, 2100]
        .into_iter()
        .filter_map(|century| Day::new(century + year, month, day));
    match used {
        DateUse::Birth => candidates.filter(|day| *day <= as_of).max(),
        DateUse::Near => candidates.min_by_key(|day| day.since(as_of).abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn as_of() -> Day {
        Day::new(2026, 11, 20).unwrap()
    }
    fn read(text: &str, used: DateUse) -> String {
        parse_date(text, used, as_of()).map_or_else(|| "no date".to_owned(), |d| d.to_string())
    }

    #[test]
    fn four_styles_and_their_relatives_are_read() {
        for (text, expected) in [
            ("7/15/2026", "2026-07-15"),
            ("07/05/26", "2026-07-05"),
            ("03-Nov-26", "2026-11-03"),
            ("3-November-2026", "2026-11-03"),
            ("2026-11-20", "2026-11-20"),
            ("2026-11-20 00:00:00", "2026-11-20"),
            ("11/20/2026 2:05 PM", "2026-11-20"),
            ("Nov 3, 2026", "2026-11-03"),
            ("11.03.2026", "2026-11-03"),
            (" 1/2/2027 ", "2027-01-02"),
            ("2/29/2028", "2028-02-29"),
        ] {
            assert_eq!(read(text, DateUse::Near), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_stays_none() {
        for text in [
            "",
            "n/a",
            "-",
            "13/45/1980",
            "25/12/2026",
            "2/29/2026",
            "2026-13-01",
            "1/2",
            "1/2/3/4",
            "1/2/202",
            "x/2/2026",
            "2 weeks",
            "46346",
            "1/2/20266",
            "١/٢/٢٠٢٦",
            "11/20/2026x",
        ] {
            assert_eq!(read(text, DateUse::Near), "no date", "{text}");
        }
    }

    #[test]
    fn two_digit_years_of_birth_lie_in_the_past_and_others_near_today() {
        for (text, birth, other) in [
            ("02/18/65", "1965-02-18", "2065-02-18"),
            ("03-Apr-10", "2010-04-03", "2010-04-03"),
            ("11/20/26", "2026-11-20", "2026-11-20"),
            ("11/21/26", "1926-11-21", "2026-11-21"),
            ("01/02/99", "1999-01-02", "1999-01-02"),
            ("01/15/27", "1927-01-15", "2027-01-15"),
        ] {
            assert_eq!(
                (read(text, DateUse::Birth).as_str(), read(text, DateUse::Near).as_str()),
                (birth, other),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back_in_every_style(days in 0_i64..36_000) {
            let day = Day::new(1930, 1, 1).unwrap().plus(days);
            let date = day.date();
            for style in ["%-m/%-d/%Y", "%d-%b-%Y", "%Y-%m-%d", "%m/%d/%Y"] {
                let text = date.format(style).to_string();
                prop_assert_eq!(parse_date(&text, DateUse::Near, as_of()), Some(day));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _ = parse_date(&text, DateUse::Birth, as_of());
        }
    }
}
