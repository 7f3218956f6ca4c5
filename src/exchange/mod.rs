//! Handoff files and spreadsheets, in and out.
//!
//! - [`handoff`]: one JSON document that carries entries from one registry to another.
//! - [`sheets`]: a clinic's own caseload and contact lists, brought in row by row.
//! - [`csv_out`]: CSV that a spreadsheet program can't take for formulas.
//! - [`note`]: notes for the EHR, letters and messages, as plain text.
//! - [`inspect`]: what the command line prints about the two.

pub mod csv_out;
pub mod handoff;
pub mod inspect;
pub mod note;
pub mod sheets;
