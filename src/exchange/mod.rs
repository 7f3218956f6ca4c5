//! Handoff files and spreadsheets, in and out.
//!
//! - [`handoff`]: one JSON document that carries entries from one registry to another.
//! - [`sheets`]: a clinic's own caseload and contact lists, brought in row by row.
//! - [`workbook`]: the same lists out of an Excel workbook.
//! - [`directory`]: the clinic's directory of resources as CSV, in and out.
//! - [`csv_out`]: CSV that a spreadsheet program can't take for formulas.
//! - [`pasted`]: text copied out of an EHR, split into fields to confirm.
//! - [`letter`]: letters, drafted from data for a person to edit.
//! - [`note`]: notes for the EHR, letters and messages, as plain text.
//! - [`ics`]: what stands on days, for a calendar.
//! - [`inspect`]: what the command line prints about the two.

pub mod claims;
pub mod csv_out;
pub mod directory;
pub mod handoff;
pub mod ics;
pub mod inspect;
pub mod letter;
pub mod note;
pub mod pasted;
pub mod sheets;
pub mod workbook;
