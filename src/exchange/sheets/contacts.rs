//! One row of the contacts file: what it says of a contact.

use super::caseload::{GAD7_MAX, PHQ9_MAX, is_yes};
use super::cells::{RowKind, activity, minutes, mode, row_kind};
use super::item9::name_contradiction;
use super::mapping::Field;
use super::problems::{Reason, Severity};
use super::reader::{Bound, RowReader};
use crate::journal::Day;
use crate::journal::facts::{Activity, Intervention, Mode};

/// The most minutes of one row: a day.
const MOST_MINUTES: u32 = 24 * 60;

/// What a row says of a contact.
#[derive(Clone, Debug)]
pub(super) struct ContactRow {
    pub number: u32,
    pub mrn: String,
    pub day: Day,
    pub kind: RowKind,
    /// The kind as written.
    pub kind_cell: String,
    pub mode: Mode,
    pub minutes: Option<u32>,
    pub phq9: Option<u16>,
    pub item9: Option<u8>,
    /// Item 9 says yes in words: no answer from 0 to 3, but somebody has to look.
    pub says_yes: bool,
    pub gad7: Option<u16>,
    pub activity: Option<(Activity, Option<Intervention>)>,
    pub by: Option<String>,
    pub note: Option<String>,
}

impl ContactRow {
    /// Whether the patient took part.
    pub fn is_two_way(&self) -> bool {
        matches!(self.kind, RowKind::Contact(_))
    }
    /// The total of an instrument.
    pub fn total(&self, instrument: &str) -> Option<u16> {
        if instrument == "phq9" { self.phq9 } else { self.gad7 }
    }
}

/// Reads a row. An error rejects it.
pub(super) fn read_contact(row: &mut RowReader<'_>) -> Result<ContactRow, (Field, Reason)> {
    let mrn = row.read_mrn().map_err(|reason| (Field::Mrn, reason))?;
    let day = match row.text(Field::Date) {
        None => return Err((Field::Date, Reason::NoDate)),
        Some(cell) => row
            .parse_date(Field::Date, cell, Bound::Past)
            .map_err(|reason| (Field::Date, reason))?,
    };
    let kind_cell = row.raw(Field::Kind).trim().to_owned();
    let kind = row_kind(&kind_cell);
    if kind == RowKind::Unknown {
        row.problem(Field::Kind, &kind_cell, Reason::UnknownKind, Severity::Note);
    }
    let mut total = |field, max| row.number(field, max).and_then(|n| u16::try_from(n).ok());
    let (phq9, gad7) = (total(Field::Phq9, PHQ9_MAX), total(Field::Gad7, GAD7_MAX));
    let item9 = row.item9(Field::Item9);
    let says_yes = item9.is_none() && row.text(Field::Item9).is_some_and(is_yes);
    name_contradiction(row, Field::Item9, phq9, item9);
    Ok(ContactRow {
        number: row.row.number,
        mrn,
        day,
        kind,
        kind_cell,
        mode: read_mode(row, kind),
        minutes: read_minutes(row),
        phq9,
        item9,
        says_yes,
        gad7,
        activity: read_activity(row),
        by: row.text(Field::CareManager).map(str::to_owned),
        note: row.prose(Field::Note),
    })
}

fn read_mode(row: &mut RowReader<'_>, kind: RowKind) -> Mode {
    let cell = row.raw(Field::Mode).trim();
    let found = mode(cell);
    if found.is_none() && matches!(kind, RowKind::Contact(_) | RowKind::Attempt) {
        row.problem(Field::Mode, cell, Reason::UnknownMode, Severity::Note);
    }
    found.unwrap_or(Mode::Phone)
}

fn read_minutes(row: &mut RowReader<'_>) -> Option<u32> {
    let cell = row.text(Field::Minutes)?;
    match minutes(cell) {
        Some(0) => None,
        Some(minutes) if minutes <= MOST_MINUTES => Some(minutes),
        Some(_) => {
            row.problem(
                Field::Minutes,
                cell,
                Reason::OutOfRange {
                    min: 0,
                    max: MOST_MINUTES,
                },
                Severity::CellRejected,
            );
            None
        }
        None => {
            row.problem(Field::Minutes, cell, Reason::NotMinutes, Severity::CellRejected);
            None
        }
    }
}

fn read_activity(row: &mut RowReader<'_>) -> Option<(Activity, Option<Intervention>)> {
    let cell = row.text(Field::Activity)?;
    let found = activity(cell);
    if found.is_none() {
        row.problem(Field::Activity, cell, Reason::UnknownActivity, Severity::Note);
    }
    found
}
