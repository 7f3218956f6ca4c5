//! Dates, lengths of time and numbers as pages show them.

use chrono::{DateTime, Datelike, FixedOffset};

use crate::journal::facts::Registration;
use crate::journal::{Day, Month, When, Zone};

/// A day as tables show it: `Tue 24 Nov`, with the year where it isn't this year's.
pub fn short_day(day: Day, today: Day) -> String {
    if day.date().year() == today.date().year() {
        day.date().format("%a %-d %b").to_string()
    } else {
        day.date().format("%-d %b %Y").to_string()
    }
}

/// A day in full: `Tuesday 24 November 2026`.
pub fn full_day(day: Day) -> String {
    day.date().format("%A %-d %B %Y").to_string()
}

/// A day without its weekday, as in a date of birth: `4 Mar 1986`.
pub fn plain_day(day: Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}

/// A month: `November 2026`.
pub fn month_name(month: Month) -> String {
    month.first().date().format("%B %Y").to_string()
}

/// The time of day on the clinic's clock: `14:05`.
pub fn clock_time(at: DateTime<FixedOffset>, zone: Zone) -> String {
    zone.local(at).format("%H:%M").to_string()
}

/// When something happened: `Tue 24 Nov, 14:05`, or the day alone where the time is not known.
pub fn short_when(when: When, zone: Zone, today: Day) -> String {
    let day = short_day(when.day(zone), today);
    match when {
        When::Day(_) => day,
        When::At(at) => format!("{day}, {}", clock_time(at, zone)),
    }
}

/// The address that calls a telephone number: `tel:+15550101`.
pub fn dial(phone: &str) -> String {
    let digits = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    format!("tel:{}", digits.collect::<String>())
}

/// A running timer: `12:41`, `1:02:03`.
pub fn stopwatch(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A change of a score: `+2`, `−3`, `0`. The minus sign is the typographic one, as wide as the plus.
pub fn signed(change: i32) -> String {
    match change {
        0 => "0".to_owned(),
        up if up > 0 => format!("+{up}"),
        down => format!("\u{2212}{}", down.unsigned_abs()),
    }
}

/// A name where there is little room: `J. Ito`.
pub fn short_name(registration: &Registration) -> String {
    let given = registration.preferred.as_ref().unwrap_or(&registration.given);
    match given.trim().chars().next() {
        Some(initial) => format!("{initial}. {}", registration.family.trim()),
        None => registration.family.trim().to_owned(),
    }
}

/// A number of things: `1 patient`, `2 patients`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    let word = if number == 1 { one } else { many };
    format!("{} {word}", grouped(number))
}

/// A number with its thousands apart: `12,400`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Whether a text takes more lines of a page than are shown of it at first: about six of 90 letters.
pub fn is_long(text: &str) -> bool {
    const LINES: usize = 6;
    const LETTERS: usize = 90;
    let lines = text
        .trim()
        .lines()
        .map(|line| line.chars().count().div_ceil(LETTERS).max(1));
    LINES < lines.sum()
}

/// The start of a text, for a list to choose from.
pub fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    let mut start: String = words.chars().take(MOST).collect();
    if start.len() < words.len() {
        start.push('\u{2026}');
    }
    start
}

/// The size of a file, as a computer's own lists have it: `940 bytes`, `12 KB`, `512 MB`, `2.0 GB`.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1 << 10;
    const MB: u64 = 1 << 20;
    const GB: u64 = 1 << 30;
    match bytes {
        0..KB => format!("{bytes} bytes"),
        KB..MB => format!("{} KB", bytes / KB),
        MB..GB => format!("{} MB", (bytes + MB / 2) / MB),
        _ => format!("{}.{} GB", bytes / GB, bytes % GB * 10 / GB),
    }
}

/// Time zones to choose from, with their words: those of the United States first, then the others by name. Left out
/// are second names and zones that are no place (`US/Eastern`, `CST6CDT`, `Etc/GMT+7`), but for the one in use.
pub fn zone_choices(in_use: &str) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = HOME_ZONES
        .iter()
        .map(|(zone, words)| ((*zone).to_owned(), (*words).to_owned()))
        .collect();
    let is_place = |zone: &str| {
        let area = zone.split_once('/').map(|(area, _)| area);
        area.is_some_and(|area| !["US", "Etc"].contains(&area))
    };
    let is_home = |zone: &str| HOME_ZONES.iter().any(|(home, _)| *home == zone);
    let mut others: Vec<&str> = Zone::all()
        .filter(|zone| !is_home(zone) && (is_place(zone) || *zone == in_use))
        .collect();
    others.sort_unstable();
    choices.extend(others.into_iter().map(|zone| (zone.to_owned(), zone.replace('_', " "))));
    choices
}

/// The zones of the United States that clinics live in, from east to west.
const HOME_ZONES: [(&str, &str); 8] = [
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Arizona (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
    ("America/Puerto_Rico", "Puerto Rico"),
];

/// A whole number that somebody typed, within a range; otherwise a sentence that says what to type.
pub fn parse_whole(typed: &str, what: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, String> {
    let sentence = || {
        format!(
            "{what} must be a whole number from {} to {}",
            grouped((*range.start()).into()),
            grouped((*range.end()).into())
        )
    };
    let number: u32 = typed
        .trim()
        .parse()
        .map_err(|_error: std::num::ParseIntError| sentence())?;
    if range.contains(&number) {
        Ok(number)
    } else {
        Err(sentence())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_text_is_long_from_its_seventh_line_on_written_or_wrapped() {
        for (text, long) in [
            (String::new(), false),
            ("Slept well.".to_owned(), false),
            ("a line\n".repeat(6), false),
            ("a line\n".repeat(7), true),
            ("\n".repeat(40), false),
            ("word ".repeat(107), false),
            ("word ".repeat(120), true),
            (format!("{}\nand more", "é".repeat(540)), true),
        ] {
            assert_eq!(is_long(&text), long, "{text}");
        }
    }

    #[test]
    fn a_day_of_another_year_shows_its_year() {
        let today = day("2026-11-20");
        assert_eq!(short_day(day("2026-11-24"), today), "Tue 24 Nov");
        assert_eq!(short_day(day("2025-11-24"), today), "24 Nov 2025");
        assert_eq!(full_day(day("2026-11-24")), "Tuesday 24 November 2026");
        assert_eq!(plain_day(day("1986-03-04")), "4 Mar 1986");
        assert_eq!(month_name("2026-11".parse().unwrap()), "November 2026");
    }

    #[test]
    fn an_instant_shows_the_clinics_clock() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let today = day("2026-11-20");
        let when: When = "2026-11-21T01:05:00Z".parse().unwrap();
        assert_eq!(short_when(when, zone, today), "Fri 20 Nov, 20:05");
        assert_eq!(short_when(When::Day(today), zone, today), "Fri 20 Nov");
    }

    #[test]
    fn lengths_and_changes_read_as_people_write_them() {
        for (seconds, text) in [(0, "0:00"), (761, "12:41"), (3723, "1:02:03")] {
            assert_eq!(stopwatch(seconds), text);
        }
        for (change, text) in [(2, "+2"), (0, "0"), (-3, "\u{2212}3")] {
            assert_eq!(signed(change), text);
        }
    }

    #[test]
    fn numbers_have_units_and_thousands() {
        assert_eq!(count(1, "patient", "patients"), "1 patient");
        assert_eq!(count(12400, "patient", "patients"), "12,400 patients");
        for (bytes, text) in [
            (940, "940 bytes"),
            (12_400, "12 KB"),
            (3_450_000, "3 MB"),
            (512 << 20, "512 MB"),
            (2_250_000_000, "2.0 GB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn zones_begin_at_home_and_have_no_second_names_but_the_one_in_use() {
        let zones = |in_use: &str| -> Vec<String> { zone_choices(in_use).into_iter().map(|(zone, _)| zone).collect() };
        let all = zones("America/New_York");
        assert_eq!(all[0], "America/New_York");
        for zone in &all {
            assert!(zone.parse::<Zone>().is_ok(), "{zone}");
            assert!(
                zone.contains('/') && !zone.starts_with("US/") && !zone.starts_with("Etc/"),
                "{zone}"
            );
        }
        let once: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(once.len(), all.len());
        assert!(zones("UTC").contains(&"UTC".to_owned()));
    }

    #[test]
    fn a_number_out_of_range_is_answered_with_what_to_type() {
        assert_eq!(parse_whole(" 10 ", "Minutes", 2..=30), Ok(10));
        for typed in ["", "1", "31", "ten", "-4", "1.5"] {
            assert_eq!(
                parse_whole(typed, "Minutes", 2..=30),
                Err("Minutes must be a whole number from 2 to 30".to_owned()),
                "{typed}"
            );
        }
    }
}
