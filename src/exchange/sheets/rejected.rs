//! Rows that are not taken, as a file that a person corrects and imports again.

use super::plan::{ImportPlan, RejectedRow};
use super::table::Sheet;
use crate::exchange::csv_out::CsvOut;
use crate::journal::facts::Sheet as SheetKind;

/// The headings of what the file adds to each row.
const ROW: &str = "Row";
const WHY: &str = "Why";

impl ImportPlan {
    /// The rejected rows of one sheet as a CSV file: the sheet's own headings and cells, then the number that the row
    /// had and why it was not taken. `None` when all rows were taken.
    pub fn rejected_csv(&self, sheet: &Sheet, kind: SheetKind) -> Option<String> {
        let rows: Vec<&RejectedRow> = self.rejected.iter().filter(|r| r.sheet == kind).collect();
        if rows.is_empty() {
            return None;
        }
        // A file of rejected rows that was imported again has these two columns already.
        let own = match sheet.headers.as_slice() {
            [own @ .., row, why] if row == ROW && why == WHY => own,
            all => all,
        };
        let mut out = CsvOut::with_header(own.iter().map(String::as_str).chain([ROW, WHY]));
        for rejected in rows {
            let cell = |i| rejected.cells.get(i).cloned().unwrap_or_default();
            let cells = (0..own.len()).map(cell);
            out.row(cells.chain([rejected.row.to_string(), rejected.reason.to_string()]));
        }
        Some(out.into_text())
    }
}
