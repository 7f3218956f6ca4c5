//! From a sheet's text to its rows: separator, heading row, and the rows that are no data.
//!
//! The rows are split here and not by the `csv` crate because that one drops blank lines without counting them: a
//! problem has to name the row that a spreadsheet program shows. A test compares the two.

use std::iter::Peekable;
use std::str::Chars;

use super::decode::{Encoding, SheetError, decode};
use super::headings::{Known, heading_of, heading_score, is_other_headings, name_headers, under_groups};
use super::mapping::is_known_header;
use crate::exchange::csv_out::plain_cell;

/// The most rows that are read.
pub const MOST_ROWS: usize = 200_000;
/// Rows at the top among which the headings are looked for.
const HEADING_ROWS: usize = 20;
/// Words that a totals row begins one of its cells with.
const TOTAL_WORDS: [&str; 6] = ["total", "totals", "sum", "average", "avg", "count"];

/// A sheet, split into rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// How its bytes spell characters.
    pub encoding: Encoding,
    /// What separates its cells: comma, semicolon or tab.
    pub separator: char,
    /// The row of the headings, as a spreadsheet program counts.
    pub header_row: u32,
    /// The headings. A heading that is there twice has its number added; an empty one is named by its column.
    pub headers: Vec<String>,
    /// The rows of data.
    pub rows: Vec<Row>,
    /// Rows that are no data.
    pub skipped: Vec<SkippedRow>,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, as a spreadsheet program counts.
    pub number: u32,
    /// Its cells as written, one a heading or more.
    pub cells: Vec<String>,
}

/// A row that is no data, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    /// Its number, as a spreadsheet program counts.
    pub number: u32,
    /// Why it was passed over.
    pub why: Skipped,
}

/// Why a row is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skipped {
    /// Above the headings.
    Title,
    /// All its cells are empty.
    Empty,
    /// Sums or counts.
    Totals,
    /// The headings once more.
    Headings,
}

impl Skipped {
    /// What the row is, in a word or two.
    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "title row",
            Self::Empty => "empty row",
            Self::Totals => "totals row",
            Self::Headings => "headings once more",
        }
    }
}

impl Sheet {
    /// Reads a CSV file.
    pub fn read(bytes: &[u8]) -> Result<Self, SheetError> {
        Self::read_with(bytes, is_known_header)
    }

    /// The same for a sheet of another kind, by the headings that it knows.
    pub(in crate::exchange) fn read_with(bytes: &[u8], known: Known) -> Result<Self, SheetError> {
        let (text, encoding) = decode(bytes)?;
        let (separator, top, heading) = [',', ';', '\t']
            .into_iter()
            .map(|separator| {
                let top: Vec<Vec<String>> = Splitter::new(&text, separator)
                    .take(HEADING_ROWS)
                    .map(|r| r.cells)
                    .collect();
                let heading = heading_of(&top, known);
                (separator, top, heading)
            })
            .max_by_key(|(_, top, heading)| heading_score(top.get(*heading), known))
            .ok_or(SheetError::NoColumns)?;
        let headers = top
            .get(heading)
            .filter(|row| row.len() > 1)
            .ok_or(SheetError::NoColumns)?;
        let above = heading
            .checked_sub(1)
            .and_then(|i| top.get(i))
            .map_or(&[][..], Vec::as_slice);
        let mut sheet = Self {
            encoding,
            separator,
            header_row: number(heading),
            headers: name_headers(&under_groups(above, headers, known)),
            rows: Vec::new(),
            skipped: Vec::new(),
        };
        sheet.split(&text, heading, known)?;
        Ok(sheet)
    }

    /// A row's cell in a column; empty when the row is too short.
    pub fn cell<'a>(&self, row: &'a Row, column: usize) -> &'a str {
        row.cells.get(column).map_or("", String::as_str)
    }

    fn split(&mut self, text: &str, heading: usize, known: Known) -> Result<(), SheetError> {
        for (i, split) in Splitter::new(text, self.separator).enumerate() {
            let number = number(i);
            if i >= MOST_ROWS {
                return Err(SheetError::TooManyRows { most: MOST_ROWS });
            }
            if split.is_open {
                return Err(SheetError::OpenQuote { row: number });
            }
            let cells: Vec<String> = split.cells.into_iter().map(unescaped).collect();
            match self.why_skipped(&cells, i, heading, known) {
                Some(why) => self.skipped.push(SkippedRow { number, why }),
                None if i == heading => {}
                None => self.rows.push(Row { number, cells }),
            }
        }
        // Blank lines at the end of a file are its end, not rows.
        let last = self.rows.last().map_or(self.header_row, |row| row.number);
        let is_tail = |s: &SkippedRow| s.why == Skipped::Empty && s.number > last;
        let totals = self.skipped.iter().rev().find(|s| !is_tail(s)).map_or(0, |s| s.number);
        self.skipped.retain(|s| !is_tail(s) || s.number < totals);
        Ok(())
    }

    fn why_skipped(&self, cells: &[String], i: usize, heading: usize, known: Known) -> Option<Skipped> {
        let is_empty = cells.iter().all(|c| c.trim().is_empty());
        if i < heading {
            return Some(if is_empty { Skipped::Empty } else { Skipped::Title });
        }
        if i == heading {
            return None;
        }
        let is_heading = |(cell, header): &(&String, &String)| cell.trim() == header.as_str();
        let headings = cells.iter().zip(&self.headers).filter(is_heading).count();
        if is_empty {
            Some(Skipped::Empty)
        } else if headings >= 2 && headings * 2 > self.headers.len() || is_other_headings(cells, known) {
            Some(Skipped::Headings)
        } else if is_totals(cells) {
            Some(Skipped::Totals)
        } else {
            None
        }
    }
}

/// Sums or counts: the first cell is empty or such a word, one cell is such a word, and few cells are filled.
fn is_totals(cells: &[String]) -> bool {
    let is_word = |cell: &str| {
        let first: String = cell
            .trim()
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect::<String>()
            .to_lowercase();
        TOTAL_WORDS.contains(&first.as_str()) && cell.trim().len() <= first.len() + 12
    };
    let first = cells.first().map_or("", |c| c.trim());
    let filled = cells.iter().filter(|c| !c.trim().is_empty()).count();
    (first.is_empty() || is_word(first)) && cells.iter().any(|c| is_word(c)) && filled * 2 <= cells.len() + 2
}

/// A cell without the apostrophe that our own CSV files put in front of what a spreadsheet program would run: a corrected
/// file of rejected rows comes back as it was.
fn unescaped(cell: String) -> String {
    match plain_cell(&cell) {
        plain if plain.len() == cell.len() => cell,
        plain => plain.to_owned(),
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

/// One row as split.
struct Split {
    cells: Vec<String>,
    /// Whether the text ended inside a quotation.
    is_open: bool,
}

/// Splits text into rows as RFC 4180 has it; a quotation mark inside an unquoted cell is a character like others.
struct Splitter<'a> {
    text: Peekable<Chars<'a>>,
    separator: char,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self {
            text: text.chars().peekable(),
            separator,
        }
    }

    /// Takes a cell; whether the text ended inside its quotation.
    fn cell(&mut self, cell: &mut String) -> bool {
        let mut quoted = self.text.next_if_eq(&'"').is_some();
        while let Some(c) = self.text.peek().copied() {
            if quoted {
                self.text.next();
                if c != '"' || self.text.next_if_eq(&'"').is_some() {
                    cell.push(c);
                } else {
                    quoted = false;
                }
            } else if c == self.separator || c == '\n' || c == '\r' {
                return false;
            } else {
                self.text.next();
                cell.push(c);
            }
        }
        quoted
    }
}

impl Iterator for Splitter<'_> {
    type Item = Split;

    fn next(&mut self) -> Option<Split> {
        self.text.peek()?;
        let mut cells = Vec::new();
        loop {
            let mut cell = String::new();
            let is_open = self.cell(&mut cell);
            cells.push(cell);
            match self.text.next() {
                Some(c) if c == self.separator => {}
                Some('\r') => {
                    self.text.next_if_eq(&'\n');
                    return Some(Split { cells, is_open });
                }
                _ => return Some(Split { cells, is_open }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(text: &str) -> Sheet {
        Sheet::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn the_separator_is_the_one_whose_headings_are_known() {
        for (text, separator) in [
            ("MRN,Last Name,First Name\n1,A;B,C\n", ','),
            ("MRN;Last Name;First Name\n1;A,B;C\n", ';'),
            ("MRN\tLast Name\tFirst Name\n1\tA,B\tC\n", '\t'),
            ("sep=;\nMRN;Last Name;First Name\n1;A,B;C\n", ';'),
        ] {
            let sheet = sheet(text);
            assert_eq!(
                (sheet.separator, sheet.headers.len(), sheet.rows.len()),
                (separator, 3, 1),
                "{text}"
            );
        }
    }

    #[test]
    fn titles_empty_rows_totals_and_repeated_headings_are_no_data() {
        let sheet = sheet(
            "Caseload, updated today\n\nMRN,Last Name,First Name,# Sessions\n1,A,B,3\n,,,\n2,\"C\nD\",E,4\n\
             MRN,Last Name,First Name,# Sessions\n3,Totaro,Sum,1\nTotal,,,7\n,,,\n\n",
        );
        assert_eq!(sheet.header_row, 3);
        assert_eq!(sheet.rows.iter().map(|r| r.number).collect::<Vec<_>>(), [4, 6, 8]);
        let skipped: Vec<_> = sheet.skipped.iter().map(|s| (s.number, s.why)).collect();
        assert_eq!(
            skipped,
            [
                (1, Skipped::Title),
                (2, Skipped::Empty),
                (5, Skipped::Empty),
                (7, Skipped::Headings),
                (9, Skipped::Totals),
            ]
        );
    }

    #[test]
    fn headings_that_are_doubled_or_empty_get_names() {
        assert_eq!(
            sheet("MRN,PHQ9,PHQ9,,\n1,2,3,4,5\n").headers,
            ["MRN", "PHQ9", "PHQ9 (2)", "column 4", "column 5"]
        );
    }

    #[test]
    fn a_quotation_that_is_never_closed_is_named_by_row() {
        let error = Sheet::read(b"MRN,Last Name\n1,A\n2,\"B\n3,C\n").unwrap_err();
        assert_eq!(error, SheetError::OpenQuote { row: 3 });
        assert_eq!(
            Sheet::read(b"just one line of prose").unwrap_err(),
            SheetError::NoColumns
        );
    }

    proptest! {
        #[test]
        fn rows_are_split_as_the_csv_crate_splits_them(
            rows in prop::collection::vec(prop::collection::vec("[a-z\" ,;\n\r]{0,8}", 2..5), 1..8)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let split: Vec<Vec<String>> = Splitter::new(&text, ',').map(|s| s.cells).collect();
            prop_assert_eq!(split, rows);
        }

        #[test]
        fn any_text_splits_without_panic(text in "\\PC{0,200}|[\",;\r\n]{0,60}") {
            if let Ok(sheet) = Sheet::read(text.as_bytes()) {
                prop_assert!(sheet.headers.len() > 1);
            }
        }
    }
}
