//! Answers that are files to save.

use super::api::Response;
use super::core::Answered;
use crate::journal::facts::Sheet;

pub(super) const CSV: &str = "text/csv;charset=utf-8";
pub(super) const CALENDAR: &str = "text/calendar;charset=utf-8";
pub(super) const JSON: &str = "application/json";

pub(super) fn sheet_word(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Caseload => "caseload",
        Sheet::Contacts => "contacts",
    }
}

pub(super) fn name(name: String, media: &str) -> Response {
    Response::File {
        name,
        media: media.to_owned(),
    }
}

pub(super) fn file(file: String, media: &str, text: String) -> Answered {
    Ok((name(file, media), Some(text.into_bytes())))
}
