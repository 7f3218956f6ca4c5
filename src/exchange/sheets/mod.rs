//! A clinic's own lists, brought in: one row a patient, one row a contact.
//!
//! [`Sheet::read`] splits a CSV file, [`guess_mapping`] says what its columns hold, [`plan_import`] makes the dry run:
//! what would be made of each row, what is wrong by row and column, the entries, and the patients whose safety
//! somebody has to decide on. A cell is data: it is read, never run. One bad cell doesn't lose its row's good ones.
//!
//! Entries follow from the rows: their ids, their author and their stamps. Importing again changes nothing. Where the
//! registry holds something else in a row's place, it stays, and the plan says so.

mod caseload;
mod cells;
mod contacts;
mod dates;
mod decode;
mod flags;
mod headings;
mod history;
mod item9;
mod make;
mod mapping;
mod on_file;
mod people;
mod plan;
mod problems;
mod reader;
mod rejected;
mod scribe;
mod table;

pub(in crate::exchange) use dates::{DateUse, parse_date};
pub use decode::{Encoding, LARGEST_SHEET, SheetError};
pub use history::{EarlierAnswer, EarlierSaid, PastPositive};
pub use mapping::{Field, Mapping, guess_kind, guess_mapping};
pub(in crate::exchange) use mapping::{date_heading, header_key, known_headings};
pub use on_file::{OnFile, OnFiles};
pub use people::{SheetPerson, WhoIs};
pub use plan::{
    Counts, ImportContext, ImportError, ImportPlan, Mapped, Planning, RejectedRow, RowPlan, TriageItem, plan_import,
};
pub use problems::{Reason, RowProblem, Severity, Weight};
pub use scribe::{Existing, JournalLookup, NothingYet, chart_for_mrn, importer};
pub use table::{MOST_ROWS, Row, Sheet, Skipped, SkippedRow};
