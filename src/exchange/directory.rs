//! The clinic's directory as CSV, in and out.
//!
//! [`plan`] is a dry run: what would be added and changed, and what is wrong, by row and column. A row is an entry that
//! is on file already when its name and its telephone number are; blank cells of such a row take nothing away, but that a
//! resource is no longer offered.

use std::collections::BTreeMap;

use super::csv_out::CsvOut;
use super::sheets::{DateUse, Row, Sheet, SheetError, parse_date};
use crate::care::coordination::{RESOURCE_KINDS, word_of};
use crate::care::directory::key;
use crate::journal::facts::{DirectoryEntry, ResourceKind};
use crate::journal::{Day, Fact, ThingId};

mod columns;

pub use columns::Column;
use columns::{COLUMNS, is_known, read_as};

/// Why a file can't be read as a directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// It is no sheet.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// No column holds the names.
    #[error("No column holds the names of the resources: call one of them \u{201c}Name\u{201d}. Nothing was read.")]
    NoNames,
}

/// What is wrong with a cell or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The row, as a spreadsheet program counts.
    pub row: u32,
    /// The column's heading in the file.
    pub column: String,
    /// What the cell says, shortened.
    pub value: String,
    /// What is wrong, and what becomes of it.
    pub words: String,
    /// Whether the whole row is left out.
    pub row_is_left_out: bool,
}

/// What would be made of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The file's columns with what each is read as; `None` for one that isn't read.
    pub columns: Vec<(String, Option<Column>)>,
    /// New entries.
    pub added: Vec<DirectoryEntry>,
    /// Entries on file about which the file says something new, as they would stand.
    pub changed: Vec<DirectoryEntry>,
    /// Rows that say what is on file already.
    pub same: u32,
    /// What is wrong, by row.
    pub problems: Vec<Problem>,
}

/// The directory as a CSV file that spreadsheet programs take for text, retired entries with it.
pub fn csv(entries: &[DirectoryEntry]) -> String {
    let mut out = CsvOut::with_header(COLUMNS.iter().map(|(_, heading, _)| heading));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    for entry in entries {
        out.row(COLUMNS.iter().map(|(column, ..)| {
            match column {
                Column::Name => entry.name.clone(),
                Column::Kind => entry
                    .kind
                    .map(|kind| word_of(RESOURCE_KINDS, kind).to_owned())
                    .unwrap_or_default(),
                Column::What => entry.what.clone(),
                Column::Phone => text(&entry.phone),
                Column::Area => text(&entry.area),
                Column::Languages => text(&entry.languages),
                Column::Cost => text(&entry.cost),
                Column::Wait => text(&entry.wait),
                Column::Checked => day(entry.checked),
                Column::Notes => text(&entry.notes),
                Column::Retired => day(entry.retired),
            }
        }));
    }
    out.into_text()
}

/// What would be made of a file. Nothing is written.
///
/// # Errors
/// When the file is no sheet, or no column holds the names.
pub fn plan(
    bytes: &[u8],
    on_file: &[DirectoryEntry],
    today: Day,
    new_id: &mut dyn FnMut() -> ThingId,
) -> Result<Plan, DirectoryError> {
    let sheet = Sheet::read_with(bytes, is_known)?;
    let columns = read_as(&sheet.headers);
    if columns.iter().all(|(_, column)| *column != Some(Column::Name)) {
        return Err(DirectoryError::NoNames);
    }
    let known: BTreeMap<_, &DirectoryEntry> = on_file.iter().map(|entry| (key(entry), entry)).collect();
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut plan = Plan {
        problems: unread(&sheet, &columns),
        columns,
        ..Plan::default()
    };
    for row in &sheet.rows {
        let mut reading = Reading {
            sheet: &sheet,
            columns: &plan.columns,
            row,
            today,
            problems: Vec::new(),
        };
        let entry = reading.entry(new_id);
        let says_offered = reading.says_offered();
        plan.problems.append(&mut reading.problems);
        let Some(entry) = entry else { continue };
        let which = key(&entry);
        if let Some(first) = seen.get(&which) {
            let words = format!("Row {first} has the same name and telephone number: this row is left out");
            plan.problems
                .push(problem(row.number, Column::Name, &entry.name, words, true));
            continue;
        }
        seen.insert(which.clone(), row.number);
        match known.get(&which) {
            None => {
                plan.problems.extend(second_entry(row.number, &entry, on_file));
                plan.added.push(entry);
            }
            Some(before) => match merged(before, entry, says_offered) {
                after if after == **before => plan.same += 1,
                after => plan.changed.push(after),
            },
        }
    }
    Ok(plan)
}

/// Columns that say something and are read as nothing, each with its first cell.
fn unread(sheet: &Sheet, columns: &[(String, Option<Column>)]) -> Vec<Problem> {
    let columns = columns.iter().enumerate().filter(|(_, (_, column))| column.is_none());
    let first = |(at, (heading, _)): (usize, &(String, Option<Column>))| {
        let row = sheet.rows.iter().find(|row| !sheet.cell(row, at).trim().is_empty())?;
        Some(Problem {
            row: row.number,
            column: heading.clone(),
            value: shortened(sheet.cell(row, at).trim()),
            words: "This column is not read: nothing in it is taken".to_owned(),
            row_is_left_out: false,
        })
    };
    columns.filter_map(first).collect()
}

/// That a resource of this name is on file with another number, so that the row doesn't change it.
fn second_entry(row: u32, entry: &DirectoryEntry, on_file: &[DirectoryEntry]) -> Option<Problem> {
    let (name, _) = key(entry);
    let other = on_file.iter().find(|other| key(other).0 == name)?;
    let number = match &other.phone {
        Some(phone) => format!("with the number {phone}"),
        None => "without a number".to_owned(),
    };
    let words = format!("A resource of this name is on file {number}: this row makes a second entry");
    let phone = entry.phone.as_deref().unwrap_or_default();
    Some(problem(row, Column::Phone, phone, words, false))
}

/// What the row says over what is on file; what it leaves blank stays, but that a resource is offered again where
/// `says_offered`.
fn merged(before: &DirectoryEntry, row: DirectoryEntry, says_offered: bool) -> DirectoryEntry {
    DirectoryEntry {
        resource: before.resource,
        name: before.name.clone(),
        what: if row.what.is_empty() {
            before.what.clone()
        } else {
            row.what
        },
        phone: before.phone.clone(),
        notes: row.notes.or_else(|| before.notes.clone()),
        kind: row.kind.or(before.kind),
        area: row.area.or_else(|| before.area.clone()),
        languages: row.languages.or_else(|| before.languages.clone()),
        cost: row.cost.or_else(|| before.cost.clone()),
        wait: row.wait.or_else(|| before.wait.clone()),
        checked: row.checked.max(before.checked),
        retired: row.retired.or(before.retired.filter(|_| !says_offered)),
    }
}

fn problem(row: u32, column: Column, value: &str, words: impl Into<String>, row_is_left_out: bool) -> Problem {
    Problem {
        row,
        column: column.heading().to_owned(),
        value: shortened(value),
        words: words.into(),
        row_is_left_out,
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        format!("{short}\u{2026}")
    } else {
        short
    }
}

/// One row that is being read.
struct Reading<'a> {
    sheet: &'a Sheet,
    columns: &'a [(String, Option<Column>)],
    row: &'a Row,
    today: Day,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn cell(&self, column: Column) -> Option<String> {
        let at = self.columns.iter().position(|(_, of)| *of == Some(column))?;
        let cell = self.sheet.cell(self.row, at).trim();
        (!cell.is_empty()).then(|| cell.to_owned())
    }

    /// Whether the file says since when resources are no longer offered, and says nothing of this one.
    fn says_offered(&self) -> bool {
        let is_there = self.columns.iter().any(|(_, of)| *of == Some(Column::Retired));
        is_there && self.cell(Column::Retired).is_none()
    }

    fn say(&mut self, column: Column, value: &str, words: &str, row_is_left_out: bool) {
        let problem = problem(self.row.number, column, value, words, row_is_left_out);
        self.problems.push(problem);
    }

    fn entry(&mut self, new_id: &mut dyn FnMut() -> ThingId) -> Option<DirectoryEntry> {
        let Some(name) = self.cell(Column::Name) else {
            self.say(Column::Name, "", "The row has no name: it is left out", true);
            return None;
        };
        let mut entry = DirectoryEntry {
            resource: new_id(),
            what: self.cell(Column::What).unwrap_or_default(),
            phone: self.cell(Column::Phone),
            notes: self.cell(Column::Notes),
            kind: self.kind(),
            area: self.cell(Column::Area),
            languages: self.cell(Column::Languages),
            cost: self.cell(Column::Cost),
            wait: self.cell(Column::Wait),
            checked: self.day(Column::Checked),
            retired: self.day(Column::Retired),
            name,
        };
        let digits = entry
            .phone
            .as_ref()
            .map(|phone| phone.chars().filter(char::is_ascii_digit).count());
        if digits == Some(0) {
            let phone = entry.phone.take().unwrap_or_default();
            self.say(
                Column::Phone,
                &phone,
                "This is no telephone number: it is kept in the notes",
                false,
            );
            entry.notes = Some(entry.notes.map_or(phone.clone(), |notes| format!("{notes}\n{phone}")));
        }
        let beyond = self.row.cells.iter().skip(self.columns.len());
        if beyond.clone().any(|cell| !cell.trim().is_empty()) {
            let value = beyond.cloned().collect::<Vec<_>>().join(" ");
            self.say(
                Column::Notes,
                &value,
                "There are more cells than headings: these are not read",
                false,
            );
        }
        let wrong = Fact::DirectoryEntry(entry.clone()).problems();
        if let Some(wrong) = wrong.first() {
            let value = entry.name.clone();
            self.say(Column::Name, &value, &format!("{wrong}: the row is left out"), true);
            return None;
        }
        Some(entry)
    }

    /// The kind by its own words, or by words in it that say as much; anything else is "Other", and is named.
    fn kind(&mut self) -> Option<ResourceKind> {
        let cell = self.cell(Column::Kind)?;
        let found = kind_of(&cell);
        if found.is_none() {
            self.say(
                Column::Kind,
                &cell,
                "This kind is not known: it is taken as Other",
                false,
            );
        }
        found.or(Some(ResourceKind::Other))
    }

    fn day(&mut self, column: Column) -> Option<Day> {
        let cell = self.cell(column)?;
        match parse_date(&cell, DateUse::Near, self.today) {
            Some(day) if day <= self.today => Some(day),
            Some(_) => {
                self.say(column, &cell, "This day lies in the future: it is not taken", false);
                None
            }
            None => {
                self.say(column, &cell, "This is no date: it is not taken", false);
                None
            }
        }
    }
}

/// Beginnings of words that tell a kind, those that tell most first.
const KIND_WORDS: [(&str, ResourceKind); 27] = [
    ("substance", ResourceKind::SubstanceUse),
    ("addiction", ResourceKind::SubstanceUse),
    ("detox", ResourceKind::SubstanceUse),
    ("alcohol", ResourceKind::SubstanceUse),
    ("recovery", ResourceKind::SubstanceUse),
    ("hous", ResourceKind::Housing),
    ("shelter", ResourceKind::Housing),
    ("rent", ResourceKind::Housing),
    ("vocation", ResourceKind::Vocational),
    ("employ", ResourceKind::Vocational),
    ("job", ResourceKind::Vocational),
    ("work", ResourceKind::Vocational),
    ("food", ResourceKind::Food),
    ("pantry", ResourceKind::Food),
    ("meal", ResourceKind::Food),
    ("transport", ResourceKind::Transport),
    ("ride", ResourceKind::Transport),
    ("legal", ResourceKind::Legal),
    ("benefit", ResourceKind::Legal),
    ("financ", ResourceKind::Legal),
    ("support", ResourceKind::Support),
    ("peer", ResourceKind::Support),
    ("therap", ResourceKind::Therapy),
    ("counsel", ResourceKind::Therapy),
    ("psych", ResourceKind::Specialty),
    ("special", ResourceKind::Specialty),
    ("other", ResourceKind::Other),
];

fn kind_of(cell: &str) -> Option<ResourceKind> {
    let exact = RESOURCE_KINDS.iter().find(|(_, word)| word.eq_ignore_ascii_case(cell));
    if let Some((kind, _)) = exact {
        return Some(*kind);
    }
    let lower = cell.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let tells = |(start, _): &&(&str, ResourceKind)| words.iter().any(|word| word.starts_with(start));
    KIND_WORDS.iter().find(tells).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests;
