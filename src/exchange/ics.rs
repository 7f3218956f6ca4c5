//! A calendar file (RFC 5545): what stands on days, for the calendar that somebody looks at anyway.
//!
//! Times are written as UTC instants, so that no zone has to be described and every calendar shows its own; what has no
//! time is an event of its whole day. Nothing in it says whose it is unless the summary that is passed in does.

use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset, Utc};

use crate::journal::{Day, When};

/// The most octets of a line, its end left out (RFC 5545, 3.1).
const LINE: usize = 75;

/// Who made the file, as the format wants it.
const PRODUCT: &str = "-//Caseload//Day list//EN";

/// Something that stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What stays the same when the file is made again: a calendar that takes both keeps one.
    pub uid: String,
    /// When it begins; an event of a whole day where only that is known.
    pub at: When,
    /// How long, where it has a time.
    pub minutes: u32,
    /// What it says.
    pub summary: String,
}

/// The file.
pub fn calendar(events: &[Event], made: DateTime<FixedOffset>) -> String {
    let mut out = String::new();
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0"] {
        push_line(&mut out, text);
    }
    push_line(&mut out, &format!("PRODID:{PRODUCT}"));
    push_line(&mut out, "CALSCALE:GREGORIAN");
    for event in events {
        push_line(&mut out, "BEGIN:VEVENT");
        push_line(&mut out, &format!("UID:{}", escaped(&event.uid)));
        push_line(&mut out, &format!("DTSTAMP:{}", instant(made)));
        match event.at {
            When::At(at) => {
                let end = at + chrono::TimeDelta::minutes(event.minutes.into());
                push_line(&mut out, &format!("DTSTART:{}", instant(at)));
                push_line(&mut out, &format!("DTEND:{}", instant(end)));
            }
            When::Day(day) => {
                push_line(&mut out, &format!("DTSTART;VALUE=DATE:{}", date(day)));
                push_line(&mut out, &format!("DTEND;VALUE=DATE:{}", date(day.plus(1))));
                // The day is not taken by it.
                push_line(&mut out, "TRANSP:TRANSPARENT");
            }
        }
        push_line(&mut out, &format!("SUMMARY:{}", escaped(&event.summary)));
        push_line(&mut out, "CLASS:PRIVATE");
        push_line(&mut out, "END:VEVENT");
    }
    push_line(&mut out, "END:VCALENDAR");
    out
}

fn instant(at: DateTime<FixedOffset>) -> String {
    at.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: Day) -> String {
    day.date().format("%Y%m%d").to_string()
}

/// A text value: backslash, semicolon, comma and line ends escaped, other control characters left out (RFC 5545, 3.3.11).
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// Adds a line, folded where it is too long: never within a character.
fn push_line(out: &mut String, text: &str) {
    let mut used = 0;
    for letter in text.chars() {
        if LINE < used + letter.len_utf8() {
            out.push_str("\r\n ");
            used = 1;
        }
        let _pushed = out.write_char(letter);
        used += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> When {
        text.parse().unwrap()
    }

    fn made() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-20T09:00:00-05:00").unwrap()
    }

    /// What a reader makes of the file: lines unfolded.
    fn unfolded(file: &str) -> Vec<String> {
        let whole = file.replace("\r\n ", "");
        whole.split_terminator("\r\n").map(str::to_owned).collect()
    }

    /// What a reader makes of an escaped value.
    fn read(value: &str) -> String {
        let mut out = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(other) => out.push(other),
                    None => panic!("a backslash at the end"),
                },
                other => out.push(other),
            }
        }
        out
    }

    #[test]
    fn the_file_is_as_the_format_has_it() {
        let events = [
            Event {
                uid: "a1@caseload".to_owned(),
                at: at("2026-11-23T09:30:00-05:00"),
                minutes: 30,
                summary: "Appointment, phone".to_owned(),
            },
            Event {
                uid: "b2@caseload".to_owned(),
                at: at("2026-12-31"),
                minutes: 30,
                summary: "Task: call; ask, then write\\sign\nin two lines".to_owned(),
            },
        ];
        let golden = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Caseload//Day list//EN\r\nCALSCALE:GREGORIAN\r\n\
                      BEGIN:VEVENT\r\nUID:a1@caseload\r\nDTSTAMP:20261120T140000Z\r\nDTSTART:20261123T143000Z\r\n\
                      DTEND:20261123T150000Z\r\nSUMMARY:Appointment\\, phone\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n\
                      BEGIN:VEVENT\r\nUID:b2@caseload\r\nDTSTAMP:20261120T140000Z\r\nDTSTART;VALUE=DATE:20261231\r\n\
                      DTEND;VALUE=DATE:20270101\r\nTRANSP:TRANSPARENT\r\n\
                      SUMMARY:Task: call\\; ask\\, then write\\\\sign\\nin two lines\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n\
                      END:VCALENDAR\r\n";
        assert_eq!(calendar(&events, made()), golden);
    }

    #[test]
    fn an_empty_list_is_a_calendar_without_events() {
        assert_eq!(unfolded(&calendar(&[], made())).len(), 5);
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_every_summary_reads_back(summary in any::<String>(), uid in "[a-z0-9]{1,90}") {
            let event = Event { uid, at: at("2026-11-23"), minutes: 0, summary: summary.clone() };
            let file = calendar(&[event], made());
            for line in file.split_terminator("\r\n") {
                prop_assert!(line.len() <= LINE, "{} octets", line.len());
                prop_assert!(!line.chars().any(char::is_control));
            }
            let lines = unfolded(&file);
            let found = lines.iter().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
            let expected: String = summary
                .replace("\r\n", "\n")
                .replace('\r', "\n")
                .chars()
                .filter(|letter| *letter == '\n' || !letter.is_control())
                .collect();
            prop_assert_eq!(read(found), expected);
        }
    }
}
