//! What is wrong with a row or a cell: one sentence each, by row and column.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::journal::facts::Sheet as SheetKind;
use crate::journal::{FactProblem, Problem};

/// Something to look at in a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Which sheet.
    pub sheet: SheetKind,
    /// The row, as a spreadsheet program counts.
    pub row: u32,
    /// The column's heading.
    pub column: String,
    /// The row's MRN, where it has one.
    pub mrn: String,
    /// The cell, or its beginning.
    pub value: String,
    /// What is wrong.
    pub reason: Reason,
    /// What became of it.
    pub severity: Severity,
}

/// What became of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row was not taken; it is in the file of rejected rows.
    RowRejected,
    /// The cell was not taken; the rest of the row was.
    CellRejected,
    /// Taken, but worth a look.
    Note,
}

impl Severity {
    /// As spelled in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::RowRejected => "row_rejected",
            Self::CellRejected => "cell_rejected",
            Self::Note => "note",
        }
    }
}

/// What is wrong with a row or a cell.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant's sentence says what it is")]
pub enum Reason {
    #[error("The row has no MRN.")]
    NoMrn,
    #[error("There are blanks around the MRN; they were cut off.")]
    MrnBlanks,
    #[error("The same MRN is already in row {first}; this second row was not taken.")]
    MrnTwice { first: u32 },
    #[error("This MRN is on file for somebody else: {who}. The row was not taken; correct its MRN, or the record.")]
    MrnOfAnother { who: String },
    #[error("The caseload list has this MRN for another person than the registry has; the row was not taken.")]
    RowOfAnother,
    #[error("The same name and date of birth as on file: {who}. One person with two MRNs?")]
    LikeOnFile { who: String },
    #[error("The row has no name.")]
    NoName,
    #[error("Longer than {max} characters.")]
    TooLong { max: usize },
    #[error("Not a date.")]
    NotADate,
    #[error("The date lies in the future.")]
    InFuture,
    #[error("The date lies before 1900.")]
    TooEarly,
    #[error("The date lies before the patient was born.")]
    BeforeBirth,
    #[error("The row has no date.")]
    NoDate,
    #[error("Not a whole number.")]
    NotANumber,
    #[error("Out of range: {min} to {max}.")]
    OutOfRange { min: u32, max: u32 },
    #[error("Not a number of minutes.")]
    NotMinutes,
    #[error("Not a status that this app knows; the patient stays on the worklist.")]
    UnknownStatus,
    #[error("Not a flag that this app knows; look at it by hand.")]
    UnknownFlag,
    #[error("Not a kind of contact that this app knows; the row came in as a note.")]
    UnknownKind,
    #[error("Does not say how the contact took place; it came in as by telephone.")]
    UnknownMode,
    #[error("Not an activity that this app knows; the minutes were counted by the kind of contact.")]
    UnknownActivity,
    #[error("Not an ICD-10-CM code.")]
    NotADiagnosis,
    #[error("Neither a date nor an interval such as “2 weeks”.")]
    NotAnInterval,
    #[error("Neither a date nor yes or no.")]
    NotAConsent,
    #[error("No patient of the caseload has this MRN.")]
    NotOnCaseload,
    #[error("This row was not taken, and its item 9 is positive: look at it today.")]
    LostPositive,
    #[error("This row was not taken, and it is flagged for safety: look at it today.")]
    LostFlag,
    #[error("Not an answer to item 9, which has 0 to 3: find out what was answered, it may be positive.")]
    NotAnItem9,
    #[error("This patient's record was erased; nothing was taken.")]
    ErasedHere,
    #[error("A score without its date; it was dated by the most recent contact.")]
    ScoreDatedByContact,
    #[error("A score without a date to give it.")]
    NoDateForScore,
    #[error("No date of enrollment; {used} was taken instead.")]
    NoEnrolment { used: crate::journal::Day },
    #[error("Item 9 is more than the total, so one of them is wrong: the total is kept; item 9 counts as positive.")]
    Item9AboveTotal,
    #[error(
        "A total of {total} can't be with this item 9, which must be at least {least}: the total is kept, item 9 is not, and it counts as positive."
    )]
    Item9BelowTotal { total: u16, least: u8 },
    #[error("The contacts file has {there} on that day; this one was not taken.")]
    ScoreDiffers { there: u32 },
    #[error("The contacts file has {there} sessions of this patient.")]
    SessionsDiffer { there: u32 },
    #[error("The contacts file has no contact on that day; one was made, without saying how it took place.")]
    ContactOnlyHere,
    #[error("Looks like a formula; it was kept as text and is never run.")]
    Formula,
    #[error("Looks like markup; it was kept as text.")]
    Markup,
    #[error("The row has more cells than there are headings; the last ones were not taken.")]
    ExtraCells,
    #[error("Some characters could not be read.")]
    LostCharacters,
    #[error("The same name and date of birth as in row {first}: one person with two MRNs?")]
    LikeRow { first: u32 },
    #[error("The registry holds something else here ({what}); it was kept.")]
    KeptAsHere { what: &'static str },
    #[error("{0}.")]
    Content(FactProblem),
}

/// How much a problem matters, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weight {
    /// The row is not taken.
    RowLeftOut,
    /// Somebody's safety may depend on it.
    Safety,
    /// A value is not taken.
    ValueDropped,
    /// Taken, but worth a look.
    Note,
}

impl RowProblem {
    /// How much it matters.
    pub fn weight(&self) -> Weight {
        match (&self.reason, self.severity) {
            (_, Severity::RowRejected) => Weight::RowLeftOut,
            (Reason::LostPositive | Reason::LostFlag | Reason::NotAnItem9 | Reason::UnknownFlag, _)
            | (Reason::Item9AboveTotal | Reason::Item9BelowTotal { .. }, Severity::Note) => Weight::Safety,
            (_, Severity::CellRejected) => Weight::ValueDropped,
            (_, Severity::Note) => Weight::Note,
        }
    }
    /// What becomes of the row and of the value.
    pub fn outcome(&self) -> &'static str {
        match (&self.reason, self.severity) {
            (_, Severity::RowRejected) => "Row left out",
            (Reason::LostPositive | Reason::LostFlag, _) => "Row left out: look at it today",
            (Reason::UnknownMode | Reason::UnknownKind | Reason::UnknownActivity, _) => "Row comes in, as it says",
            (_, Severity::CellRejected) => "This value is dropped; the rest of the row comes in",
            (_, Severity::Note) => "Row comes in",
        }
    }
}

impl Reason {
    /// The name of its kind, for problems to be shown together.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoMrn => "No MRN",
            Self::MrnBlanks => "Blanks around the MRN",
            Self::MrnTwice { .. } => "The same MRN twice",
            Self::MrnOfAnother { .. } | Self::RowOfAnother => "An MRN that is on file for somebody else",
            Self::LikeOnFile { .. } => "Perhaps on file under another MRN",
            Self::NoName => "No name",
            Self::TooLong { .. } => "Too long",
            Self::NotADate => "Not a date",
            Self::InFuture => "A date in the future",
            Self::TooEarly => "A date before 1900",
            Self::BeforeBirth => "A date before the patient was born",
            Self::NoDate => "No date",
            Self::NotANumber => "Not a whole number",
            Self::OutOfRange { .. } => "Out of range",
            Self::NotMinutes => "Not a number of minutes",
            Self::UnknownStatus => "A status that is not known",
            Self::UnknownFlag => "A flag that is not known",
            Self::UnknownKind => "A kind of contact that is not known",
            Self::UnknownMode => "How it took place is not known",
            Self::UnknownActivity => "An activity that is not known",
            Self::NotADiagnosis => "Not a diagnosis code",
            Self::NotAnInterval => "Neither a date nor an interval",
            Self::NotAConsent => "Consent that can\u{2019}t be read",
            Self::NotOnCaseload => "Nobody on the caseload has the MRN",
            Self::LostPositive => "A positive item 9 in a row that is left out",
            Self::LostFlag => "A safety flag in a row that is left out",
            Self::NotAnItem9 => "Item 9 that can\u{2019}t be read",
            Self::ErasedHere => "An erased record",
            Self::ScoreDatedByContact => "A score dated by the most recent contact",
            Self::NoDateForScore => "A score without a date",
            Self::NoEnrolment { .. } => "No date of enrolment",
            Self::Item9AboveTotal => "Item 9 above the total",
            Self::Item9BelowTotal { .. } => "Item 9 too low for the total",
            Self::ScoreDiffers { .. } => "A score that differs between the sheets",
            Self::SessionsDiffer { .. } => "Sessions that differ between the sheets",
            Self::ContactOnlyHere => "A contact that only the caseload list has",
            Self::Formula => "Looks like a formula",
            Self::Markup => "Looks like markup",
            Self::ExtraCells => "More cells than headings",
            Self::LostCharacters => "Characters that could not be read",
            Self::LikeRow { .. } => "Perhaps one person in two rows",
            Self::KeptAsHere { .. } => "The registry holds something else",
            Self::Content(_) => "Content that breaks a rule",
        }
    }

    /// The reason for what a fact's own check found.
    pub(super) fn of(problem: FactProblem) -> Self {
        match problem.problem {
            Problem::InFuture => Self::InFuture,
            Problem::BeforeBirth => Self::BeforeBirth,
            Problem::TooLong { max } => Self::TooLong { max },
            _ => Self::Content(problem),
        }
    }
}

/// The beginning of a cell, on one line.
pub(super) fn excerpt(cell: &str) -> String {
    const LONGEST: usize = 60;
    let line: String = cell
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if cell.chars().nth(LONGEST).is_some() {
        format!("{line}…")
    } else {
        line
    }
}
