//! A clinic's own sheets, read and planned, then published.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::views::*;
use crate::journal::facts::Sheet;
use crate::journal::{Entry, Fact};
use crate::store::Store;
use crate::vault::Aead;

/// A planned import.
pub(super) struct Planned {}

impl Planned {
    /// What the page shows of it.
    pub fn view<S: Store, A: Aead>(&self, _books: &Books<S, A>) -> PlanView {
        PlanView {
            sheets: Vec::new(),
            counts: Vec::new(),
            rows: Vec::new(),
            problems: Vec::new(),
            rejected: 0,
            known: 0,
            new: 0,
            concerns: 0,
        }
    }
    /// The rejected rows as a CSV file.
    pub fn rejected_rows(&self) -> String {
        String::new()
    }
    /// The entries, and the column mappings to remember.
    pub fn into_entries(self) -> (Vec<Entry>, Vec<Fact>) {
        (Vec::new(), Vec::new())
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Reads and plans.
    pub async fn plan_import(
        &mut self,
        _files: &[Vec<u8>],
        _sheets: &[Option<Sheet>],
        _names: &[String],
        _mappings: &[Option<BTreeMap<String, String>>],
        _at: DateTime<FixedOffset>,
    ) -> Result<Planned, Failure> {
        Err(Failure::Nothing)
    }
}
