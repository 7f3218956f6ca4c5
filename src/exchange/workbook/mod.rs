//! Excel workbooks (.xlsx, .xlsm), read sheet by sheet into text that [`super::sheets`] reads as it reads any sheet.
//!
//! A cell comes in as a person would have typed it: a date as its ISO day, a whole number without a point, an error as the words
//! that the spreadsheet program shows. Formulas are never run: what the program had last worked out is what counts.

mod archive;
mod cells;
mod text;

use std::io::Cursor;

use calamine::{Reader as _, SheetType, Xlsx};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::sheets::{LARGEST_SHEET, MOST_ROWS};
use crate::journal::Day;
use crate::journal::facts::Sheet as SheetKind;
use cells::Table;

/// The most that a workbook may come to when it is unpacked, in bytes. A clinic's workbook comes to a few megabytes; more is one
/// made to fill the memory.
pub const LARGEST_UNPACKED: u64 = 256 << 20;
/// Cells that are read before it is told how far the reading is.
const CELLS_A_STEP: usize = 20_000;

/// One sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worksheet {
    /// The name on its tab.
    pub name: String,
    /// What it looks like by its headings; `None` for a sheet with none that is known.
    pub looks_like: Option<SheetKind>,
    /// Rows of data under its headings.
    pub rows: usize,
    /// Its cells: rows end with a line break, cells with a tab; row numbers are the workbook's own.
    pub text: String,
}

/// Why a workbook could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorkbookError {
    /// Excel's format of before 2007.
    #[error("This is a workbook of the old Excel format (.xls). Open it, and save it as .xlsx.")]
    Old,
    /// It can't be read without its password.
    #[error("This workbook is protected with a password. Open it, take the password off, and save it again.")]
    Protected,
    /// LibreOffice's own format.
    #[error("This is an OpenDocument spreadsheet (.ods). Open it, and save it as .xlsx or CSV.")]
    OpenDocument,
    /// Excel's binary format.
    #[error("This is a binary workbook (.xlsb). Open it, and save it as .xlsx.")]
    BinaryWorkbook,
    /// Something else, whatever its name says.
    #[error("This is not an Excel workbook, whatever its name says.")]
    NotAWorkbook,
    /// It is cut short or damaged.
    #[error(
        "This workbook is damaged: {what} can\u{2019}t be read. Open it in the spreadsheet program and save it again."
    )]
    Damaged {
        /// The workbook, or the sheet's name.
        what: String,
    },
    /// It is too large.
    #[error("This workbook is larger than any caseload is: up to {} MB, and {} MB unpacked, are read.", LARGEST_SHEET >> 20, LARGEST_UNPACKED >> 20)]
    TooLarge,
    /// A sheet has too many rows.
    #[error("The sheet {sheet} has more than {most} rows.")]
    TooManyRows {
        /// Its name.
        sheet: String,
        /// The most that are read.
        most: usize,
    },
    /// No sheet has a cell.
    #[error("All sheets of this workbook are empty.")]
    Empty,
}

/// Why reading ended early.
#[derive(Debug)]
pub enum Ended<E> {
    /// The workbook can't be read.
    Unreadable(WorkbookError),
    /// Whoever was told how far it is wants no more.
    Stopped(E),
}

impl<E> From<WorkbookError> for Ended<E> {
    fn from(error: WorkbookError) -> Self {
        Self::Unreadable(error)
    }
}

/// Whether bytes are those of a workbook, or of what people take for one: they are not read as text.
pub fn is_workbook(bytes: &[u8]) -> bool {
    archive::is_packed(bytes) || archive::is_compound(bytes)
}

/// Reads all sheets that have cells, in the workbook's order, as of a day: no date of birth lies after it. `tell` is given the number of cells read so far, again and again.
///
/// # Errors
/// The workbook can't be read, or `tell` said no.
pub async fn read_workbook<E>(
    bytes: &[u8],
    as_of: Day,
    mut tell: impl AsyncFnMut(usize) -> Result<(), E>,
) -> Result<Vec<Worksheet>, Ended<E>> {
    archive::check(bytes, LARGEST_UNPACKED)?;
    let damaged = |what: &str| WorkbookError::Damaged { what: what.to_owned() };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_unreadable| damaged("the workbook"))?;
    let years_from_1904 = book.has_1904_epoch();
    let metadata = book.sheets_metadata().iter();
    let names: Vec<String> = metadata
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut read = Vec::new();
    let mut done = 0;
    for name in names {
        let mut cells = book
            .worksheet_cells_reader(&name)
            .map_err(|_unreadable| damaged(&name))?;
        let mut table = Table::new(years_from_1904, as_of);
        while let Some(cell) = cells.next_cell().map_err(|_unreadable| damaged(&name))? {
            done += 1;
            if done % CELLS_A_STEP == 0 {
                tell(done).await.map_err(Ended::Stopped)?;
            }
            if !table.put(cell.get_position(), cell.get_value()) {
                return Err(WorkbookError::TooManyRows {
                    sheet: name,
                    most: MOST_ROWS,
                }
                .into());
            }
        }
        read.extend(table.into_worksheet(name));
    }
    if read.is_empty() {
        return Err(WorkbookError::Empty.into());
    }
    Ok(read)
}

#[cfg(test)]
mod tests;
