//! What forms hold as it was typed, and how it is read. No browser in it.

pub mod contact;
pub mod crisis;
pub mod early;
pub mod measure;
pub mod notes;
pub mod opened;
pub mod own;
pub mod parts;
pub mod second_step;
pub mod sections;
pub mod sent;
pub mod source;

use crate::journal::{Day, When, Zone};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field's id on the page.
    pub field: String,
    /// What to do, as a sentence without a full stop.
    pub text: String,
}

impl Wrong {
    /// A field and what to do about it.
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            text: text.into(),
        }
    }
}

/// Reads a day that was typed or chosen; it may not lie after `latest`.
///
/// # Errors
/// What to do, in words.
pub fn read_day(field: &str, what: &str, typed: &str, latest: Option<Day>) -> Result<Day, Wrong> {
    let wrong = |text: String| Wrong::new(field, text);
    if typed.trim().is_empty() {
        return Err(wrong(format!("Enter {what}")));
    }
    let day: Day = typed
        .trim()
        .parse()
        .map_err(|_error: crate::journal::TimeError| wrong(format!("Enter {what} as a day of the calendar")))?;
    match latest {
        Some(latest) if latest < day => Err(wrong(format!(
            "{} lies in the future: enter {latest} or earlier",
            capital(what)
        ))),
        _ => Ok(day),
    }
}

/// Reads a day with a time of day; the day alone where no time was typed.
///
/// # Errors
/// What to do, in words.
pub fn read_when(field: &str, day: Day, time: &str, zone: Zone) -> Result<When, Wrong> {
    let time = time.trim();
    if time.is_empty() {
        return Ok(When::Day(day));
    }
    let (hour, minute) =
        read_time(time).ok_or_else(|| Wrong::new(field, "Enter the time as hours and minutes, such as 14:05"))?;
    Ok(When::At(zone.at(day, hour, minute)))
}

/// Hours and minutes of `14:05` (seconds, where a browser adds them, are left out).
pub fn read_time(time: &str) -> Option<(u32, u32)> {
    let mut parts = time.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// Text that was typed, without blanks around it; `None` when nothing was.
pub fn text(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}

/// What was typed, or what stands now where nothing else was typed than what the form began with: a form that was open
/// for a while takes nothing back that was written elsewhere meanwhile.
pub fn changed<T: PartialEq + Clone>(typed: T, before: &T, now: &T) -> T {
    match typed == *before {
        true => now.clone(),
        false => typed,
    }
}

/// With its first letter as a capital.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_time_stays_a_day() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let day: Day = "2026-11-20".parse().unwrap();
        let read = |time| read_when("time", day, time, zone).unwrap().to_string();
        assert_eq!(read(" "), "2026-11-20");
        assert_eq!(read("14:05"), "2026-11-20T14:05:00-05:00");
        assert!(read_when("time", day, "25:00", zone).is_err());
        assert!(read_when("time", day, "noon", zone).is_err());
    }

    #[test]
    fn a_field_that_was_not_touched_keeps_what_was_written_elsewhere() {
        let table = [
            // typed, what the form began with, what stands now, what is saved
            ("a", "a", "a", "a"),
            ("a", "a", "b", "b"),
            ("c", "a", "a", "c"),
            ("c", "a", "b", "c"),
        ];
        for (typed, before, now, saved) in table {
            assert_eq!(changed(typed, &before, &now), saved, "{typed} {before} {now}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_or_lies_ahead_is_named() {
        let today: Day = "2026-11-20".parse().unwrap();
        let table = [
            ("", "Enter the day"),
            ("2026-02-30", "Enter the day as a day of the calendar"),
            ("2026-11-21", "The day lies in the future: enter 2026-11-20 or earlier"),
        ];
        for (typed, expected) in table {
            let wrong = read_day("day", "the day", typed, Some(today)).unwrap_err();
            assert_eq!(wrong.text, expected);
        }
        assert_eq!(read_day("day", "the day", "2026-11-20", Some(today)), Ok(today));
    }
}
