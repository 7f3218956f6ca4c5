//! Handoff files and spreadsheets, in and out.
