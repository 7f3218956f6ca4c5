//! Caseload statistics, read from flowsheets.
