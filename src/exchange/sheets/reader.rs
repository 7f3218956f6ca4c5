//! Reads one row's cells by field, and names what is wrong with them.

use super::cells::{is_blank, is_formula, is_markup, whole_number};
use super::dates::{DateUse, parse_date};
use super::mapping::{Field, Mapping};
use super::plan::Mapped;
use super::problems::{Reason, RowProblem, Severity, excerpt};
use super::table::{Row, Sheet};
use crate::journal::Day;

/// When a date may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// Not after the day of the import.
    Past,
    /// Any day.
    Any,
}

/// One row that is being read.
pub(super) struct RowReader<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    pub row: &'a Row,
    as_of: Day,
    problems: &'a mut Vec<RowProblem>,
    mrn: String,
}

impl<'a> RowReader<'a> {
    pub fn new((sheet, mapping): Mapped<'a>, row: &'a Row, as_of: Day, problems: &'a mut Vec<RowProblem>) -> Self {
        Self {
            sheet,
            mapping,
            row,
            as_of,
            problems,
            mrn: String::new(),
        }
    }
    /// A reader that only names problems of a row that was read before.
    pub fn for_words((sheet, mapping): Mapped<'a>, row: &'a Row, problems: &'a mut Vec<RowProblem>) -> Self {
        let mut reader = Self::new((sheet, mapping), row, Day::from(chrono::NaiveDate::default()), problems);
        reader.mrn = reader.raw(Field::Mrn).trim().to_owned();
        reader
    }
    /// The cell of a field as written; empty when no column holds it.
    pub fn raw(&self, field: Field) -> &'a str {
        self.mapping
            .column(field)
            .map_or("", |column| self.sheet.cell(self.row, column))
    }
    /// The heading of the column that holds a field.
    pub fn heading(&self, field: Field) -> &'a str {
        self.mapping.header(field)
    }
    /// The cell without blanks around it; `None` when it says nothing.
    pub fn text(&self, field: Field) -> Option<&'a str> {
        Some(self.raw(field).trim()).filter(|cell| !is_blank(cell))
    }
    /// Free text: a word such as "none" is text too, and what looks like a formula or markup stays text.
    pub fn prose(&mut self, field: Field) -> Option<String> {
        let cell = Some(self.raw(field).trim()).filter(|cell| !cell.is_empty())?;
        self.look_at_text(field, cell);
        Some(cell.to_owned())
    }
    /// Names what looks like a formula or markup.
    pub fn look_at_text(&mut self, field: Field, cell: &str) {
        if is_formula(cell) {
            self.problem(field, cell, Reason::Formula, Severity::Note);
        } else if is_markup(cell) {
            self.problem(field, cell, Reason::Markup, Severity::Note);
        } else if cell.contains(char::REPLACEMENT_CHARACTER) {
            self.problem(field, cell, Reason::LostCharacters, Severity::Note);
        }
    }
    /// A date; one that is none, or is out of bounds, is named and not taken.
    pub fn date(&mut self, field: Field, bound: Bound) -> Option<Day> {
        let cell = self.text(field)?;
        match self.parse_date(field, cell, bound) {
            Ok(day) => Some(day),
            Err(reason) => {
                self.problem(field, cell, reason, Severity::CellRejected);
                None
            }
        }
    }
    pub fn parse_date(&self, field: Field, cell: &str, bound: Bound) -> Result<Day, Reason> {
        let used = if field == Field::Birth {
            DateUse::Birth
        } else {
            DateUse::Near
        };
        let day = parse_date(cell, used, self.as_of).ok_or(Reason::NotADate)?;
        let earliest = Day::new(1900, 1, 1).is_some_and(|first| day < first);
        match bound {
            _ if earliest => Err(Reason::TooEarly),
            Bound::Past if day > self.as_of => Err(Reason::InFuture),
            Bound::Past | Bound::Any => Ok(day),
        }
    }
    /// A whole number from 0 to `max`; anything else is named and not taken.
    pub fn number(&mut self, field: Field, max: u32) -> Option<u32> {
        let cell = self.text(field)?;
        match whole_number(cell) {
            Some(number) if number <= max => Some(number),
            Some(_) => {
                self.problem(field, cell, Reason::OutOfRange { min: 0, max }, Severity::CellRejected);
                None
            }
            None => {
                self.problem(field, cell, Reason::NotANumber, Severity::CellRejected);
                None
            }
        }
    }
    /// An answer to item 9; what is none is named as something to find out about.
    pub fn item9(&mut self, field: Field) -> Option<u8> {
        let cell = self.text(field)?;
        let answer = whole_number(cell)
            .and_then(|n| u8::try_from(n).ok())
            .filter(|n| *n <= ITEM_MAX);
        if answer.is_none() {
            self.problem(field, cell, Reason::NotAnItem9, Severity::CellRejected);
        }
        answer
    }
    /// Names a problem of a cell.
    pub fn problem(&mut self, field: Field, value: &str, reason: Reason, severity: Severity) {
        self.problems.push(RowProblem {
            sheet: self.mapping.kind(),
            row: self.row.number,
            column: self.mapping.header(field).to_owned(),
            mrn: excerpt(&self.mrn),
            value: excerpt(value),
            reason,
            severity,
        });
    }
    /// The MRN without blanks around it; `None` when there is none, which rejects the row.
    pub fn read_mrn(&mut self) -> Result<String, Reason> {
        let raw = self.raw(Field::Mrn);
        let mrn = raw.trim();
        self.mrn = mrn.to_owned();
        if is_blank(mrn) {
            return Err(Reason::NoMrn);
        }
        if mrn.chars().count() > LONGEST_NAME {
            return Err(Reason::TooLong { max: LONGEST_NAME });
        }
        if mrn != raw {
            self.problem(Field::Mrn, &format!("“{raw}”"), Reason::MrnBlanks, Severity::Note);
        }
        self.look_at_text(Field::Mrn, mrn);
        if self
            .row
            .cells
            .iter()
            .skip(self.sheet.headers.len())
            .any(|cell| !cell.trim().is_empty())
        {
            self.problem(Field::Mrn, mrn, Reason::ExtraCells, Severity::Note);
        }
        Ok(mrn.to_owned())
    }
}

/// The longest name or number that a chart takes; see the journal's own check.
pub(super) const LONGEST_NAME: usize = 200;
/// The largest answer to an item of the PHQ-9 (<https://www.phqscreeners.com>).
const ITEM_MAX: u8 = 3;
