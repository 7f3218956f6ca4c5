//! What came back from the biller, and amounts of a fee schedule, as CSV. Reading is a dry run: nothing is written.
//!
//! A claim's row names the patient by the medical record number, the month, the code, what became of it, and on which day.
//! The biller's own list reads back with these columns added: its cell of codes may hold several with their units.

use std::collections::BTreeMap;

use super::sheets::{DateUse, Row, Sheet, SheetError, parse_date};
use crate::billing::Cents;
use crate::journal::facts::{Claim, ClaimState};
use crate::journal::{Day, Month};

/// Why a file can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsError {
    /// It is no sheet.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// A column is not there.
    #[error(
        "No column holds {0}. Nothing was read, and nothing changed. Name the columns MRN, Month, Code, Status, Date, Reason."
    )]
    NoColumn(&'static str),
    /// No column holds codes or amounts.
    #[error("No column holds {0}. Nothing was read, and nothing changed. Name the columns Code and Amount.")]
    NoAmounts(&'static str),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Mrn,
    Month,
    Code,
    Units,
    Status,
    Date,
    Reason,
    Amount,
}

/// Headings by their letters and digits in lower case.
const HEADINGS: [(Column, &[&str]); 8] = [
    (
        Column::Mrn,
        &[
            "mrn",
            "chartnumber",
            "chart",
            "medicalrecordnumber",
            "patientid",
            "patientnumber",
            "account",
        ],
    ),
    (
        Column::Month,
        &["month", "servicemonth", "dateofservice", "dos", "servicedate"],
    ),
    (
        Column::Code,
        &["code", "codes", "cpt", "hcpcs", "cptcode", "procedurecode", "procedure"],
    ),
    (Column::Units, &["units", "unit", "qty", "quantity"]),
    (Column::Status, &["status", "claimstatus", "state", "outcome"]),
    (Column::Date, &["date", "statusdate", "claimdate", "on", "day"]),
    (
        Column::Reason,
        &["reason", "denialreason", "remark", "remarks", "note", "comment"],
    ),
    (Column::Amount, &["amount", "fee", "price", "allowed", "rate"]),
];

/// Words for what became of a code.
const STATES: [(ClaimState, &[&str]); 3] = [
    (ClaimState::Sent, &["sent", "submitted", "billed", "filed"]),
    (ClaimState::Claimed, &["claimed", "accepted", "approved", "paid"]),
    (ClaimState::Denied, &["denied", "rejected", "refused"]),
];

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimProblem {
    /// The row, as a spreadsheet program counts.
    pub row: u32,
    /// The column's heading, or what it holds.
    pub column: &'static str,
    /// What is wrong, and what becomes of the row.
    pub words: String,
}

/// One code of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    /// The row, as a spreadsheet program counts.
    pub row: u32,
    /// The medical record number as written.
    pub mrn: String,
    /// What came back.
    pub claim: Claim,
}

/// A file's rows, and what is wrong with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimsRead {
    /// Rows that were read.
    pub rows: Vec<ClaimRow>,
    /// Rows that were not, each with its reason.
    pub problems: Vec<ClaimProblem>,
}

fn column_of(key: &str) -> Option<Column> {
    let found = HEADINGS.iter().find(|(_, names)| names.contains(&key));
    found.map(|(column, _)| *column)
}

fn is_known(key: &str) -> bool {
    column_of(key).is_some()
}

/// A sheet with the place of each column.
struct Reading {
    sheet: Sheet,
    places: Vec<(Column, usize)>,
}

impl Reading {
    fn of(bytes: &[u8]) -> Result<Self, SheetError> {
        let sheet = Sheet::read_with(bytes, is_known)?;
        let mut places: Vec<(Column, usize)> = Vec::new();
        for (place, heading) in sheet.headers.iter().enumerate() {
            let Some(column) = column_of(&super::sheets::header_key(heading)) else {
                continue;
            };
            if places.iter().all(|(known, _)| *known != column) {
                places.push((column, place));
            }
        }
        Ok(Self { sheet, places })
    }
    fn has(&self, column: Column) -> bool {
        self.places.iter().any(|(known, _)| *known == column)
    }
    fn cell<'a>(&self, row: &'a Row, column: Column) -> &'a str {
        let place = self.places.iter().find(|(known, _)| *known == column);
        place.map_or("", |(_, place)| self.sheet.cell(row, *place).trim())
    }
}

/// Reads what came back from the biller.
///
/// # Errors
/// When the file is no sheet, or a column is missing.
pub fn read_claims(bytes: &[u8], today: Day) -> Result<ClaimsRead, ClaimsError> {
    let reading = Reading::of(bytes)?;
    for (column, what) in [
        (Column::Mrn, "chart numbers"),
        (Column::Month, "months"),
        (Column::Code, "codes"),
        (Column::Status, "what became of them"),
        (Column::Date, "the dates"),
    ] {
        if !reading.has(column) {
            return Err(ClaimsError::NoColumn(what));
        }
    }
    let mut read = ClaimsRead::default();
    for row in &reading.sheet.rows {
        match claims_of(&reading, row, today) {
            Ok(claims) => read.rows.extend(claims),
            Err((column, words)) => read.problems.push(ClaimProblem {
                row: row.number,
                column,
                words: format!("{words} This row is left out."),
            }),
        }
    }
    Ok(read)
}

type Wrong = (&'static str, String);

fn claims_of(reading: &Reading, row: &Row, today: Day) -> Result<Vec<ClaimRow>, Wrong> {
    let cell = |column| reading.cell(row, column);
    let mrn = cell(Column::Mrn);
    if mrn.is_empty() {
        return Err(("MRN", "There is no chart number.".to_owned()));
    }
    let month = month_of(cell(Column::Month), today).ok_or_else(|| {
        let words = "This is no month: write 2026-10, or a date in it.";
        ("Month", words.to_owned())
    })?;
    if month > today.month() {
        return Err(("Month", "This month has not begun.".to_owned()));
    }
    let state = state_of(cell(Column::Status)).ok_or_else(|| ("Status", "Say sent, claimed or denied.".to_owned()))?;
    let day = parse_date(cell(Column::Date), DateUse::Near, today)
        .ok_or_else(|| ("Date", "This is no date: write 2026-11-05.".to_owned()))?;
    if day > today {
        return Err(("Date", "This date lies ahead.".to_owned()));
    }
    if day < month.first() {
        return Err(("Date", "This date lies before the month.".to_owned()));
    }
    let units = match cell(Column::Units) {
        "" => None,
        text => Some(units_of(text).ok_or_else(|| ("Units", "Units are a number from 1 to 99.".to_owned()))?),
    };
    let codes = codes_of(cell(Column::Code))
        .ok_or_else(|| ("Code", "This is no code: write 99493, or 99493 + 99494 x2.".to_owned()))?;
    if units.is_some() && codes.len() > 1 {
        return Err((
            "Units",
            "Units beside several codes: write a row for each code.".to_owned(),
        ));
    }
    let reason = Some(cell(Column::Reason).to_owned()).filter(|reason| !reason.is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > 1000) {
        return Err(("Reason", "The reason is longer than 1,000 characters.".to_owned()));
    }
    let claim = |(code, own): (String, u32)| ClaimRow {
        row: row.number,
        mrn: mrn.to_owned(),
        claim: Claim {
            month,
            code,
            units: Some(units.unwrap_or(own)).filter(|units| *units != 1),
            state,
            day,
            reason: reason.clone(),
        },
    };
    Ok(codes.into_iter().map(claim).collect())
}

/// A month, or the month of a date.
fn month_of(text: &str, today: Day) -> Option<Month> {
    let slashed = || {
        let (month, year) = text.split_once('/')?;
        let year = Some(year).filter(|year| year.len() == 4)?;
        format!("{year}-{month:0>2}").parse().ok()
    };
    text.parse()
        .ok()
        .or_else(slashed)
        .or_else(|| parse_date(text, DateUse::Near, today).map(Day::month))
}

fn state_of(text: &str) -> Option<ClaimState> {
    let word = text.to_lowercase();
    let found = STATES.iter().find(|(_, words)| words.contains(&word.as_str()));
    found.map(|(state, _)| *state)
}

fn units_of(text: &str) -> Option<u32> {
    text.parse().ok().filter(|units| (1..=99).contains(units))
}

/// Codes of a cell: `99493`, `99493 + 99494 x2`. Each once.
fn codes_of(text: &str) -> Option<BTreeMap<String, u32>> {
    let mut codes = BTreeMap::new();
    for part in text.split(['+', '|', ',']).map(str::trim) {
        let (code, units) = match part.to_ascii_lowercase().split_once('x') {
            Some((code, units)) => (code.trim().to_ascii_uppercase(), units_of(units.trim())?),
            None => (part.to_ascii_uppercase(), 1),
        };
        if code.len() != 5 || !code.bytes().all(|b| b.is_ascii_alphanumeric()) || codes.insert(code, units).is_some() {
            return None;
        }
    }
    Some(codes)
}

/// Amounts of a fee schedule: cents by code, and what is wrong with other rows.
///
/// # Errors
/// When the file is no sheet, or has no codes or amounts.
pub fn read_fees(bytes: &[u8]) -> Result<(BTreeMap<String, u32>, Vec<ClaimProblem>), ClaimsError> {
    let reading = Reading::of(bytes)?;
    for (column, what) in [(Column::Code, "codes"), (Column::Amount, "amounts")] {
        if !reading.has(column) {
            return Err(ClaimsError::NoAmounts(what));
        }
    }
    let (mut cents, mut problems) = (BTreeMap::new(), Vec::new());
    for row in &reading.sheet.rows {
        let mut wrong = |column, words: &str| {
            problems.push(ClaimProblem {
                row: row.number,
                column,
                words: format!("{words} This row is left out."),
            });
        };
        let code = codes_of(reading.cell(row, Column::Code)).filter(|codes| codes.len() == 1);
        let Some((code, 1)) = code.and_then(|codes| codes.into_iter().next()) else {
            wrong("Code", "This is no code.");
            continue;
        };
        let amount = Cents::read(reading.cell(row, Column::Amount)).and_then(|cents| u32::try_from(cents.0).ok());
        match amount.filter(|cents| (1..=1_000_000).contains(cents)) {
            None => wrong("Amount", "This is no amount up to $10,000: write 160.32."),
            Some(_) if cents.contains_key(&code) => wrong("Code", "An amount for this code stands above."),
            Some(amount) => {
                cents.insert(code, amount);
            }
        }
    }
    Ok((cents, problems))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 11, 22).unwrap()
    }

    #[test]
    fn a_row_is_read_with_its_codes_units_month_state_and_day() {
        let file = "MRN,Month,Codes,Status,Date,Reason\r\n\
                    200101,2026-10,99493 + 99494 x2,Submitted,11/5/2026,\r\n\
                    200102,10/2026,G2214,denied,2026-11-10,\"no consent, they say\"\r\n";
        let read = read_claims(file.as_bytes(), today()).unwrap();
        assert_eq!(read.problems, []);
        let brief: Vec<_> = read
            .rows
            .iter()
            .map(|r| {
                (
                    r.row,
                    r.mrn.as_str(),
                    r.claim.code.as_str(),
                    r.claim.units,
                    r.claim.state,
                )
            })
            .collect();
        assert_eq!(
            brief,
            [
                (2, "200101", "99493", None, ClaimState::Sent),
                (2, "200101", "99494", Some(2), ClaimState::Sent),
                (3, "200102", "G2214", None, ClaimState::Denied),
            ]
        );
        assert!(read.rows.iter().all(|r| r.claim.month.to_string() == "2026-10"));
        assert_eq!(read.rows[2].claim.reason.as_deref(), Some("no consent, they say"));
    }

    #[test]
    fn a_row_that_cannot_be_read_says_its_row_and_column_and_loses_no_other() {
        let file = "Chart number;Date of service;CPT;Units;Status;Status date\n\
                    ;2026-10-31;99493;;sent;2026-11-05\n\
                    200101;soon;99493;;sent;2026-11-05\n\
                    200101;2026-12-01;99493;;sent;2026-11-05\n\
                    200101;2026-10-31;9949;;sent;2026-11-05\n\
                    200101;2026-10-31;99493;0;sent;2026-11-05\n\
                    200101;2026-10-31;99493;;lost;2026-11-05\n\
                    200101;2026-10-31;99493;;sent;2026-11-30\n\
                    200101;2026-10-31;99493;;sent;2026-09-30\n\
                    200101;2026-10-31;99493;1;paid;2026-11-05\n";
        let read = read_claims(file.as_bytes(), today()).unwrap();
        let wrong: Vec<_> = read.problems.iter().map(|p| (p.row, p.column)).collect();
        assert_eq!(
            wrong,
            [
                (2, "MRN"),
                (3, "Month"),
                (4, "Month"),
                (5, "Code"),
                (6, "Units"),
                (7, "Status"),
                (8, "Date"),
                (9, "Date")
            ]
        );
        assert_eq!((read.rows.len(), read.rows[0].claim.state), (1, ClaimState::Claimed));
    }

    #[test]
    fn a_file_without_a_column_that_is_needed_says_which() {
        let error = read_claims(b"MRN,Month,Code\n1,2026-10,99493\n", today()).unwrap_err();
        assert_eq!(error, ClaimsError::NoColumn("what became of them"));
        assert!(read_fees(b"Code,Units\n99492,1\n").is_err());
    }

    #[test]
    fn amounts_are_read_by_code_and_a_second_one_is_refused() {
        let file = "Code,Amount\n99492,$160.32\n99493,144.96\n99492,1\n99494,-3\nG22,5\n";
        let (cents, problems) = read_fees(file.as_bytes()).unwrap();
        assert_eq!(
            cents,
            BTreeMap::from([("99492".into(), 16032), ("99493".into(), 14496)])
        );
        assert_eq!(problems.iter().map(|p| p.row).collect::<Vec<_>>(), [4, 5, 6]);
    }
}
