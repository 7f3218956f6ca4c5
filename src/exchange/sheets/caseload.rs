//! One row of the caseload list: what it says of a patient.

use super::cells::{StatusWord, diagnoses, full_name, interval, medicines, plain, status_word};
use super::flags::{Flags, read_flags};
use super::item9::name_contradiction;
use super::mapping::Field;
use super::problems::{Reason, Severity};
use super::reader::{Bound, LONGEST_NAME, RowReader};
use crate::journal::{Day, Days};

/// The largest PHQ-9 total: nine items of 0 to 3 (<https://www.phqscreeners.com>).
pub(super) const PHQ9_MAX: u32 = 27;
/// The largest GAD-7 total: seven items of 0 to 3 (<https://www.phqscreeners.com>).
pub(super) const GAD7_MAX: u32 = 21;

/// When the next contact is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    On(Day),
    Every(Days),
}

/// What the consent cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ConsentCell {
    On(Day),
    Yes,
}

/// First and latest total of one instrument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub first: Option<u16>,
    pub last: Option<u16>,
    pub last_on: Option<Day>,
    pub item9: Option<u8>,
}

/// What a row says of a patient.
#[derive(Clone, Debug)]
pub(super) struct PatientRow {
    pub number: u32,
    pub mrn: String,
    pub family: String,
    pub given: String,
    pub birth: Option<Day>,
    pub phone: Option<String>,
    pub clinician: Option<String>,
    pub care_manager: Option<String>,
    pub status: Option<StatusWord>,
    pub flag: Option<String>,
    pub flags: Flags,
    pub enrolled: Option<Day>,
    pub referred: Option<Day>,
    pub consent: Option<ConsentCell>,
    pub payer: Option<String>,
    pub phq9: Totals,
    pub gad7: Totals,
    pub last_contact: Option<Day>,
    pub next: Option<Next>,
    pub sessions: Option<u32>,
    pub last_review: Option<Day>,
    pub diagnoses: Vec<String>,
    pub medicines: Vec<(String, Option<String>)>,
    pub note: Option<String>,
}

/// Reads a row. An error rejects it.
pub(super) fn read_patient(row: &mut RowReader<'_>) -> Result<PatientRow, (Field, Reason)> {
    let mrn = row.read_mrn().map_err(|reason| (Field::Mrn, reason))?;
    let (family, given) = read_name(row)?;
    let phq9 = read_totals(row, [Field::Phq9First, Field::Phq9Last, Field::Phq9LastOn], PHQ9_MAX);
    let item9 = row.item9(Field::Item9Last);
    name_contradiction(row, Field::Item9Last, phq9.last, item9);
    let gad7 = read_totals(row, [Field::Gad7First, Field::Gad7Last, Field::Gad7LastOn], GAD7_MAX);
    let status = read_status(row);
    let (mut flags, mut flag_cell) = read_flags(row);
    // "yes" is no answer from 0 to 3, but it is a yes: somebody has to look.
    let says_yes = row.text(Field::Item9Last).is_some_and(is_yes);
    if item9.is_none() && says_yes && !flags.safety {
        flags.safety = true;
        flag_cell = Some(match flag_cell {
            Some(cell) => format!("{cell}; item 9: yes"),
            None => "item 9: yes".to_owned(),
        });
    }
    Ok(PatientRow {
        number: row.row.number,
        mrn,
        family,
        given,
        birth: row.date(Field::Birth, Bound::Past),
        phone: read_short(row, Field::Phone, 50),
        clinician: read_short(row, Field::Clinician, LONGEST_NAME),
        care_manager: read_short(row, Field::CareManager, LONGEST_NAME),
        status,
        flags,
        flag: flag_cell,
        enrolled: row.date(Field::Enrolled, Bound::Past),
        referred: row.date(Field::Referred, Bound::Past),
        consent: read_consent(row),
        payer: read_short(row, Field::Payer, LONGEST_NAME),
        phq9: Totals { item9, ..phq9 },
        gad7,
        last_contact: row.date(Field::LastContact, Bound::Past),
        next: read_next(row),
        sessions: row.number(Field::Sessions, 9_999),
        last_review: row.date(Field::LastReview, Bound::Past),
        diagnoses: read_diagnoses(row),
        medicines: row.text(Field::Medicines).map(medicines).unwrap_or_default(),
        note: row.prose(Field::Note),
    })
}

fn read_name(row: &mut RowReader<'_>) -> Result<(String, String), (Field, Reason)> {
    let (family, given) = match row.text(Field::FullName) {
        Some(cell) if row.text(Field::Family).is_none() => full_name(cell),
        _ => (
            row.raw(Field::Family).trim().to_owned(),
            row.raw(Field::Given).trim().to_owned(),
        ),
    };
    if family.is_empty() && given.is_empty() {
        return Err((Field::Family, Reason::NoName));
    }
    for (field, name) in [(Field::Family, &family), (Field::Given, &given)] {
        if name.chars().count() > LONGEST_NAME {
            return Err((field, Reason::TooLong { max: LONGEST_NAME }));
        }
        row.look_at_text(field, name);
    }
    // A patient with one name has it as family name: lists sort by it.
    Ok(if family.is_empty() {
        (given, String::new())
    } else {
        (family, given)
    })
}

fn read_short(row: &mut RowReader<'_>, field: Field, longest: usize) -> Option<String> {
    let cell = row.text(field)?;
    if cell.chars().count() > longest {
        row.problem(field, cell, Reason::TooLong { max: longest }, Severity::CellRejected);
        return None;
    }
    row.look_at_text(field, cell);
    Some(cell.to_owned())
}

fn read_totals(row: &mut RowReader<'_>, [first, last, on]: [Field; 3], max: u32) -> Totals {
    let mut total = |field| row.number(field, max).and_then(|n| u16::try_from(n).ok());
    let (first, last) = (total(first), total(last));
    Totals {
        first,
        last,
        last_on: row.date(on, Bound::Past),
        item9: None,
    }
}

fn read_status(row: &mut RowReader<'_>) -> Option<StatusWord> {
    let cell = row.text(Field::Status)?;
    let word = status_word(cell);
    if word.is_none() {
        row.problem(Field::Status, cell, Reason::UnknownStatus, Severity::CellRejected);
    }
    word
}

pub(super) fn is_yes(cell: &str) -> bool {
    matches!(plain(cell).as_str(), "yes" | "y" | "x" | "true" | "positive" | "pos")
}

fn read_next(row: &mut RowReader<'_>) -> Option<Next> {
    let cell = row.text(Field::NextContact)?;
    if let Some(every) = interval(cell) {
        return Some(Next::Every(every));
    }
    match row.parse_date(Field::NextContact, cell, Bound::Any) {
        Ok(day) => Some(Next::On(day)),
        Err(_) => {
            row.problem(Field::NextContact, cell, Reason::NotAnInterval, Severity::CellRejected);
            None
        }
    }
}

fn read_consent(row: &mut RowReader<'_>) -> Option<ConsentCell> {
    let cell = row.text(Field::Consent)?;
    match plain(cell).as_str() {
        "yes" | "y" | "x" | "true" | "on file" | "given" | "verbal" | "written" => return Some(ConsentCell::Yes),
        "no" | "n" | "false" | "0" | "pending" => return None,
        _ => {}
    }
    match row.parse_date(Field::Consent, cell, Bound::Past) {
        Ok(day) => Some(ConsentCell::On(day)),
        Err(reason) => {
            let reason = if reason == Reason::NotADate {
                Reason::NotAConsent
            } else {
                reason
            };
            row.problem(Field::Consent, cell, reason, Severity::CellRejected);
            None
        }
    }
}

fn read_diagnoses(row: &mut RowReader<'_>) -> Vec<String> {
    let Some(cell) = row.text(Field::Diagnoses) else {
        return Vec::new();
    };
    let (codes, others) = diagnoses(cell);
    if !others.is_empty() {
        row.problem(
            Field::Diagnoses,
            &others.join(", "),
            Reason::NotADiagnosis,
            Severity::CellRejected,
        );
    }
    codes
}
