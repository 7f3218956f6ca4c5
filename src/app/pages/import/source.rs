//! What is planned: files, sheets of a workbook, pasted cells, and what the user said of each.

use std::collections::BTreeMap;

use crate::app::components::PickedFile;
use crate::app::state::Desk;
use crate::exchange::workbook::{Worksheet, is_workbook};
use crate::journal::facts::Sheet;
use crate::registry::{Failure, Request, Response};

/// The name of what was pasted.
pub(super) const PASTED: &str = "Pasted cells";

/// One sheet as text, and what the user said of it.
#[derive(Clone)]
pub(super) struct Source {
    pub file: PickedFile,
    /// Rows of data, where it is a sheet of a workbook.
    pub rows: Option<usize>,
    /// What it holds; guessed while `None`.
    pub sheet: Option<Sheet>,
    /// Field by header; guessed or remembered while `None`.
    pub mapping: Option<BTreeMap<String, String>>,
    /// Columns that lost their field to another one, each with a sentence that says so.
    pub displaced: BTreeMap<String, String>,
}

impl Source {
    fn new(file: PickedFile, rows: Option<usize>) -> Self {
        Self {
            file,
            rows,
            sheet: None,
            mapping: None,
            displaced: BTreeMap::new(),
        }
    }

    /// Says what it holds; its columns are guessed anew.
    pub fn say(&mut self, sheet: Option<Sheet>) {
        self.sheet = sheet;
        self.mapping = None;
        self.displaced.clear();
    }
}

/// What is used at first, and what is left out.
pub(super) struct Found {
    pub used: Vec<Source>,
    pub left: Vec<Source>,
}

/// Takes files apart into sheets.
///
/// # Errors
/// A workbook can't be read.
pub(super) async fn sources_of(desk: Desk, files: Vec<PickedFile>) -> Result<Found, Failure> {
    let mut found = Found {
        used: Vec::new(),
        left: Vec::new(),
    };
    for file in files {
        if !is_workbook(&file.bytes) {
            found.used.push(Source::new(file, None));
            continue;
        }
        let answer = desk.core().ask_with_files(Request::Worksheets, vec![file.bytes]).await;
        match answer {
            Ok(Response::Worksheets(sheets)) => found.add(&file.name, sheets),
            Ok(_) => return Err(Failure::Nothing),
            Err(Failure::File(why)) => return Err(Failure::File(format!("{}: {why}", file.name))),
            Err(failure) => return Err(failure),
        }
    }
    Ok(found)
}

impl Found {
    /// Uses the longest sheet that looks like a caseload, and the longest that looks like contacts; where none looks like
    /// either, the longest of all.
    fn add(&mut self, workbook: &str, sheets: Vec<Worksheet>) {
        let longest = |kind: Option<Sheet>| {
            let fitting = sheets.iter().enumerate().filter(|(_, sheet)| sheet.looks_like == kind);
            // Of two that are as long the first is used.
            fitting
                .max_by_key(|(at, sheet)| (sheet.rows, std::cmp::Reverse(*at)))
                .map(|(at, _)| at)
        };
        let mut used: Vec<usize> = [Sheet::Caseload, Sheet::Contacts]
            .into_iter()
            .filter_map(|kind| longest(Some(kind)))
            .collect();
        if used.is_empty() {
            used.extend(longest(None));
        }
        for (at, sheet) in sheets.into_iter().enumerate() {
            let file = PickedFile {
                name: format!("{workbook}, sheet {}", sheet.name),
                bytes: sheet.text.into_bytes(),
            };
            let mut source = Source::new(file, Some(sheet.rows));
            if used.contains(&at) {
                source.sheet = sheet.looks_like;
                self.used.push(source);
            } else {
                self.left.push(source);
            }
        }
    }
}
