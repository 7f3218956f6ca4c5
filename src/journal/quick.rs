//! Days and instants in the form in which this app writes them, read digit by digit.
//!
//! A start reads some ten thousand of them. A day has this one form; an instant that is written in another way that the
//! standard allows is left to chrono.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};

/// `YYYY-MM-DD`, the one form of a day: chrono would also take a sign, a space or a missing zero within the ten characters.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let [a, b, c, d, b'-', m, n, b'-', e, f] = text.as_bytes() else {
        return None;
    };
    let year = 100 * two(*a, *b)? + two(*c, *d)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, two(*m, *n)?, two(*e, *f)?)
}

/// `YYYY-MM-DDThh:mm:ss` with `Z` or an offset, as it is written here; `None` also for what only chrono can tell.
pub(super) fn instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let (date, rest) = text.split_at_checked(10)?;
    let [b'T', h, i, b':', m, n, b':', s, t, offset @ ..] = rest.as_bytes() else {
        return None;
    };
    let local = day(date)?.and_hms_opt(two(*h, *i)?, two(*m, *n)?, two(*s, *t)?)?;
    let east = match offset {
        [b'Z'] => 0,
        [sign, h, i, b':', m, n] => {
            let (hours, minutes) = (two(*h, *i)?, two(*m, *n)?);
            let seconds = i32::try_from(3600 * hours + 60 * minutes).ok()?;
            match sign {
                _ if 23 < hours || 59 < minutes => return None,
                b'+' => seconds,
                b'-' => -seconds,
                _ => return None,
            }
        }
        _ => return None,
    };
    FixedOffset::east_opt(east)?.from_local_datetime(&local).single()
}

/// The number that two digits write.
fn two(tens: u8, ones: u8) -> Option<u32> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    Some(10 * digit(tens)? + digit(ones)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slow_day(text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    }

    fn slow_instant(text: &str) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339(text).ok()
    }

    /// Both the instant and its offset.
    fn parts(at: Option<DateTime<FixedOffset>>) -> Option<(i64, u32, i32)> {
        at.map(|at| {
            (
                at.timestamp(),
                at.timestamp_subsec_nanos(),
                at.offset().local_minus_utc(),
            )
        })
    }

    #[test]
    fn what_this_app_writes_is_read_and_never_otherwise_than_chrono_reads_it() {
        for text in [
            "2026-03-01T10:20:30Z",
            "2026-03-01T10:20:30-06:00",
            "1999-12-31T23:59:59+05:45",
        ] {
            assert!(instant(text).is_some(), "{text}");
            assert_eq!(parts(instant(text)), parts(slow_instant(text)), "{text}");
        }
        assert_eq!(day("2024-02-29"), slow_day("2024-02-29"));
        assert!(day("2024-02-29").is_some());
        for text in [
            "2023-02-29",
            "+2024-2-29",
            "2024- 2-29",
            " 2024-2-29",
            "2024-2-029",
            "2024-02-2",
            "20240229",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
        let others = [
            "2026-03-01T10:20:60Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:20:30.5Z",
            "2026-03-01t10:20:30z",
            "2026-03-01 10:20:30Z",
            "2026-03-01T10:20:30+24:00",
            "2026-03-01T10:20:30+05:60",
            "2026-02-30T10:20:30Z",
            "2026-03-01T10:20:30",
            "2026-03-01T10:20:3\u{0661}Z",
            "",
        ];
        for text in others {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_is_read_as_chrono_reads_it(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            prop_assert_eq!(day(&text), slow_day(&text));
        }

        #[test]
        fn a_day_that_is_read_at_all_is_written_as_this_app_writes_it(text in "[-+0-9 ][0-9]{3}-[01 ][0-9]-[ 0-3][0-9]") {
            if let Some(date) = day(&text) {
                prop_assert_eq!(date.format("%Y-%m-%d").to_string(), text);
            }
        }

        #[test]
        fn an_instant_is_read_as_chrono_reads_it(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-][0-2][0-9]:[0-6][0-9])"
        ) {
            prop_assert_eq!(parts(instant(&text)), parts(slow_instant(&text)));
        }

        #[test]
        fn what_is_read_at_all_is_read_as_chrono_reads_it(text in "[-0-9TZ:+. ]{8,26}") {
            if let Some(at) = instant(&text) {
                prop_assert_eq!(parts(Some(at)), parts(slow_instant(&text)));
            }
        }
    }
}
