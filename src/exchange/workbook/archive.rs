//! What a file is before a cell of it is read: the kind of its container, and that it unpacks to no more than it may.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::WorkbookError;
use crate::exchange::sheets::LARGEST_SHEET;

/// Begins a ZIP archive, which .xlsx is.
const PACKED: &[u8] = b"PK\x03\x04";
/// Begins a compound file (MS-CFB), which .xls is, and .xlsx under a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(PACKED)
}

pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND)
}

/// Refuses what is no workbook that can be read, and what unpacks to more than so many bytes.
pub(super) fn check(bytes: &[u8], most: u64) -> Result<(), WorkbookError> {
    if bytes.len() > LARGEST_SHEET {
        return Err(WorkbookError::TooLarge);
    }
    if is_compound(bytes) {
        return Err(match names_a_stream(bytes, "EncryptedPackage") {
            true => WorkbookError::Protected,
            false => WorkbookError::Old,
        });
    }
    if !is_packed(bytes) {
        return Err(WorkbookError::NotAWorkbook);
    }
    let damaged = || WorkbookError::Damaged {
        what: "the workbook".to_owned(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_unreadable| damaged())?;
    let has = |name: &str| archive.file_names().flatten().any(|there| there == name);
    if has("xl/workbook.bin") {
        return Err(WorkbookError::BinaryWorkbook);
    }
    if !has("xl/workbook.xml") {
        return Err(match has("mimetype") && has("content.xml") {
            true => WorkbookError::OpenDocument,
            false => WorkbookError::NotAWorkbook,
        });
    }
    // What an archive says of its sizes is not believed: each file is unpacked once, into nothing.
    let mut left = most;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => WorkbookError::Protected,
            _ => damaged(),
        })?;
        let unpacked = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        left = unpacked
            .map_err(|_unreadable| damaged())
            .and_then(|size| left.checked_sub(size).ok_or(WorkbookError::TooLarge))?;
    }
    Ok(())
}

/// Whether a compound file's directory has a stream of this name: names are UTF-16 there.
fn names_a_stream(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|there| there == wanted)
}
