//! CSV that a spreadsheet program can't take for formulas.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is run as a formula by common programs
//! (<https://owasp.org/www-community/attacks/CSV_Injection>). Such a cell gets an apostrophe in front, unless it
//! is a plain number.

/// A CSV file in the making: UTF-8 with its mark (so that Excel reads it as UTF-8), commas, CRLF.
#[derive(Debug, Default)]
pub struct CsvOut {
    text: String,
}

/// The byte order mark that tells spreadsheet programs that a file is UTF-8.
const MARK: char = '\u{feff}';

impl CsvOut {
    /// A file with its header row.
    pub fn with_header<C: AsRef<str>>(cells: impl IntoIterator<Item = C>) -> Self {
        let mut out = Self {
            text: String::from(MARK),
        };
        out.row(cells);
        out
    }
    /// Adds a row.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            push_quoted(&mut self.text, &safe_cell(cell.as_ref()));
        }
        self.text.push_str("\r\n");
    }
    /// The file's text.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A cell that no spreadsheet program runs: an apostrophe in front of what would be a formula.
pub fn safe_cell(cell: &str) -> String {
    let looks_like_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if looks_like_formula && !is_plain_number(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A cell without the apostrophe that [`safe_cell`] put in front: what was written by this app reads back as it was.
pub fn plain_cell(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if safe_cell(rest) != rest => rest,
        _ => cell,
    }
}

/// An optional sign, digits, and at most one decimal point between digits.
fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, part)) => all_digits(whole) && all_digits(part),
        None => all_digits(digits),
    }
}

fn push_quoted(out: &mut String, cell: &str) {
    if cell.contains([',', '"', '\n', '\r', ';', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("-none", "'-none"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("-12", "-12"),
            ("-12.5", "-12.5"),
            ("-1.2.3", "'-1.2.3"),
            ("-", "'-"),
            ("O'Neil", "O'Neil"),
            ("", ""),
        ] {
            assert_eq!(safe_cell(cell), expected, "{cell:?}");
            assert_eq!(plain_cell(expected), cell, "{cell:?}");
        }
    }

    #[test]
    fn an_apostrophe_of_somebody_else_stays() {
        for cell in ["'90s", "'12", "''-", "O'Neil", "'"] {
            assert_eq!(plain_cell(cell), cell);
        }
    }

    #[test]
    fn the_file_has_its_mark_commas_and_crlf() {
        let mut out = CsvOut::with_header(["Name", "Note"]);
        out.row(["Ito, Wen", "said \"no\"\ntwice"]);
        assert_eq!(
            out.into_text(),
            "\u{feff}Name,Note\r\n\"Ito, Wen\",\"said \"\"no\"\"\ntwice\"\r\n"
        );
    }

    proptest! {
        #[test]
        fn cells_read_back_as_written_but_for_the_apostrophe(cells in prop::collection::vec("\\PC{0,12}|[=+@,;\"\r\n -]{0,6}", 2..5)) {
            let mut out = CsvOut::with_header(["h"; 5]);
            out.row(&cells);
            let text = out.into_text();
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            let read: Vec<&str> = row.iter().collect();
            let expected: Vec<String> = cells.iter().map(|c| safe_cell(c)).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
