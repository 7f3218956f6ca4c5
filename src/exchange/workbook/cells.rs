//! From a workbook's cells to rows of text.

use std::collections::BTreeMap;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

use super::Worksheet;
use super::text;
use crate::exchange::sheets::{Field, MOST_ROWS, Sheet, date_heading, guess_kind, header_key, known_headings};
use crate::journal::Day;

/// Columns that are read; what stands farther right is no list of patients.
const MOST_COLUMNS: u32 = 512;
/// Headings that must be known for a sheet to look like a list.
const KNOWN_HEADINGS: usize = 2;
/// Serial numbers that are taken for days under a date's heading where the cell has no date format: 1921 to 2105 as days from 1900.
const SERIALS: std::ops::RangeInclusive<f64> = 8_000.0..=75_000.0;

/// The rows of one sheet so far.
pub(super) struct Table {
    years_from_1904: bool,
    as_of: Day,
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    /// The date that a column's heading means.
    dates: BTreeMap<u32, Field>,
}

impl Table {
    pub fn new(years_from_1904: bool, as_of: Day) -> Self {
        Self {
            years_from_1904,
            as_of,
            rows: BTreeMap::new(),
            dates: BTreeMap::new(),
        }
    }

    /// Takes a cell at a row and column, counted from 0; false when the row is beyond what is read.
    pub fn put(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> bool {
        let Some(words) = self.words(column, value).filter(|words| !words.is_empty()) else {
            return true;
        };
        if usize::try_from(row).is_ok_and(|row| row >= MOST_ROWS) {
            return false;
        }
        if column < MOST_COLUMNS {
            if let Some(field) = date_heading(&header_key(&words)) {
                self.dates.insert(column, field);
            }
            self.rows.entry(row).or_default().insert(column, words);
        }
        true
    }

    /// What a person would have typed; `None` for an empty cell.
    fn words(&self, column: u32, value: &DataRef<'_>) -> Option<String> {
        let field = self.dates.get(&column).copied();
        match value {
            DataRef::Empty => None,
            DataRef::String(text) => Some(text.clone()),
            DataRef::SharedString(text) => Some((*text).to_owned()),
            DataRef::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            DataRef::Int(number) => Some(number.to_string()),
            DataRef::Float(number) if field.is_some() && number.fract() == 0.0 && SERIALS.contains(number) => {
                let serial = ExcelDateTime::new(*number, ExcelDateTimeType::DateTime, self.years_from_1904);
                Some(self.moment(&serial, field))
            }
            DataRef::Float(number) => Some(number.to_string()),
            DataRef::DateTime(at) => Some(self.moment(at, field)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(text.clone()),
            DataRef::Error(error) => Some(error.to_string()),
        }
    }

    /// The sheet, unless it is empty.
    pub fn into_worksheet(self, name: String) -> Option<Worksheet> {
        if self.rows.is_empty() {
            return None;
        }
        let text = text::of_rows(&self.rows);
        // What is no table, such as a page of notes, is listed all the same: it may be the wrong sheet that looks right.
        let sheet = Sheet::read(text.as_bytes()).ok();
        let looks_like = sheet
            .as_ref()
            .filter(|sheet| known_headings(&sheet.headers) >= KNOWN_HEADINGS)
            .map(|sheet| guess_kind(&sheet.headers));
        let rows = sheet.map_or(0, |sheet| sheet.rows.len());
        Some(Worksheet {
            name,
            looks_like,
            rows,
            text,
        })
    }

    /// A day as `2026-11-20`, with its time where it has one; a time without a day as hours and minutes.
    fn moment(&self, at: &ExcelDateTime, field: Option<Field>) -> String {
        let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
        if at.is_duration() || at.as_f64() < 1.0 {
            // Half a minute is rounded: a workbook keeps 25 minutes as a fraction of a day.
            let minutes = (at.as_f64() * 24.0 * 60.0).round();
            let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
            return format!("{hours}:{minutes:02}");
        }
        // The program made 2060 of a year that was typed as 60: of a date of birth it is written as it was typed.
        let known = Day::new(year.into(), month.into(), day.into());
        if field == Some(Field::Birth) && known.is_some_and(|birth| birth > self.as_of) {
            return format!("{month}/{day}/{:02}", year % 100);
        }
        let day = format!("{year:04}-{month:02}-{day:02}");
        match (hour, minute) {
            (0, 0) => day,
            _ => format!("{day} {hour:02}:{minute:02}"),
        }
    }
}
