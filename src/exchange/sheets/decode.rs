//! From a file's bytes to its text: UTF-8 with or without mark, UTF-16 with mark, else Windows-1252.

use thiserror::Error;

/// The largest sheet that is read, in bytes.
pub const LARGEST_SHEET: usize = 32 << 20;

/// How a sheet's bytes spell characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, by its mark: what Excel calls Unicode text.
    Utf16,
    /// Windows-1252, the old Western code page.
    Windows1252,
}

/// Why a file could not be read as a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SheetError {
    /// It holds nothing.
    #[error("This file is empty.")]
    Empty,
    /// It is an Excel workbook.
    #[error("This is an Excel workbook, not a CSV file: open it, choose “Save as”, and save the sheet as CSV.")]
    Workbook,
    /// It is something else than text.
    #[error("This is not a text file, whatever its name says: a CSV file is needed.")]
    Binary,
    /// It is too large.
    #[error("This file is larger than {} MB, which no caseload is.", LARGEST_SHEET >> 20)]
    TooLarge,
    /// It has too many rows.
    #[error("This file has more than {most} rows.")]
    TooManyRows {
        /// The most that are read.
        most: usize,
    },
    /// A quotation mark is never closed.
    #[error("Row {row} opens a quotation mark that is never closed, so the rows after it can't be told apart.")]
    OpenQuote {
        /// The row, as a spreadsheet program counts.
        row: u32,
    },
    /// No row has two cells.
    #[error("This file has no columns: a CSV file with one heading a column is needed.")]
    NoColumns,
}

/// How files begin that are no text, by format.
const MAGIC: [(&[u8], SheetError); 6] = [
    (b"PK\x03\x04", SheetError::Workbook),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetError::Workbook),
    (b"%PDF", SheetError::Binary),
    (b"\x1f\x8b", SheetError::Binary),
    (b"\x89PNG", SheetError::Binary),
    (b"SQLite format 3", SheetError::Binary),
];

/// The text of a file.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), SheetError> {
    if bytes.len() > LARGEST_SHEET {
        return Err(SheetError::TooLarge);
    }
    if let Some((_, error)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(error.clone());
    }
    let (text, encoding) = decode_any(bytes);
    let is_text = text
        .chars()
        .all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c'));
    match (is_text, text.trim().is_empty()) {
        (false, _) => Err(SheetError::Binary),
        (true, true) => Err(SheetError::Empty),
        (true, false) => Ok((text, encoding)),
    }
}

fn decode_any(bytes: &[u8]) -> (String, Encoding) {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (utf16(rest, u16::from_le_bytes), Encoding::Utf16);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (utf16(rest, u16::from_be_bytes), Encoding::Utf16);
    }
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(unmarked) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(_) => (
            unmarked.iter().map(|b| windows_1252(*b)).collect(),
            Encoding::Windows1252,
        ),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Windows-1252 is Latin-1 but for 80 to 9F (<https://encoding.spec.whatwg.org/index-windows-1252.txt>); the five
/// bytes that it leaves undefined become the replacement character.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spelling_of_the_same_text_is_read() {
        let text = "Zoë — “O’Neil”";
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let swapped: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (format!("\u{feff}{text}").into_bytes(), Encoding::Utf8),
            (utf16, Encoding::Utf16),
            (swapped, Encoding::Utf16),
            (b"Zo\xeb \x97 \x93O\x92Neil\x94".to_vec(), Encoding::Windows1252),
        ] {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), encoding)));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_by_what_it_is() {
        for (bytes, error) in [
            (&b""[..], SheetError::Empty),
            (b"\xef\xbb\xbf \r\n\r\n", SheetError::Empty),
            (b"PK\x03\x04\x14\x00rest of a workbook", SheetError::Workbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", SheetError::Workbook),
            (b"%PDF-1.7\n1,2,3", SheetError::Binary),
            (b"MRN,Name\n1,a\x00b", SheetError::Binary),
            (b"\x01\x02\x03\x04,\x05", SheetError::Binary),
        ] {
            assert_eq!(decode(bytes), Err(error));
        }
        assert_eq!(decode(&vec![b'a'; LARGEST_SHEET + 1]), Err(SheetError::TooLarge));
    }
}
