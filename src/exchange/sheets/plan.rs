//! The dry run: what would be made of each row, what is wrong, and the entries themselves.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::caseload::{PatientRow, read_patient};
use super::cells::plain;
use super::contacts::{ContactRow, read_contact};
use super::flags::name_what_is_lost;
use super::history::{EarlierAnswer, PastPositive};
use super::make::{Maker, Safety};
use super::mapping::{Field, Mapping};
use super::people::SheetPerson;
use super::problems::{Reason, RowProblem, Severity};
use super::reader::RowReader;
use super::scribe::Existing;
use super::table::{Row, Sheet, SkippedRow};
use crate::journal::facts::{Level, Sheet as SheetKind};
use crate::journal::{ChartId, Day, Entry, EntryError, Fact, RegistryId, ThingId};

/// What an import needs besides the sheets.
#[derive(Clone, Copy)]
pub struct ImportContext<'a> {
    /// The registry that the rows go to.
    pub registry: RegistryId,
    /// The day of the import, in the clinic's zone: nothing that happened may be dated after it, and two-digit years
    /// are near it. Rows have days only, so nothing else depends on the zone.
    pub as_of: Day,
    /// What the registry holds.
    pub existing: &'a dyn Existing,
}

/// A sheet with what its columns hold.
pub type Mapped<'a> = (&'a Sheet, &'a Mapping);

/// Why nothing can be made of the sheets.
#[derive(Debug, Error)]
pub enum ImportError {
    /// A column is missing.
    #[error("No column of the {} sheet is known as “{}”: say which one it is.", sheet_word(*sheet), field.label())]
    MissingColumn {
        /// Which sheet.
        sheet: SheetKind,
        /// What the column should hold.
        field: Field,
    },
    /// An entry could not be written.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// What an import would do. Nothing is written by making it.
#[derive(Clone, Debug, Default)]
pub struct ImportPlan {
    /// What would be made of each row: patients first, then contacts.
    pub rows: Vec<RowPlan>,
    /// What is wrong, by sheet, row and column.
    pub problems: Vec<RowProblem>,
    /// Rows that are not taken, as they were.
    pub rejected: Vec<RejectedRow>,
    /// Rows that are no data.
    pub skipped: Vec<(SheetKind, SkippedRow)>,
    /// The entries that are not here yet.
    pub entries: Vec<Entry>,
    /// Patients whose safety somebody has to decide on, the most urgent first.
    pub triage: Vec<TriageItem>,
    /// Patients of whom only an earlier item 9 was positive.
    pub history: Vec<PastPositive>,
    /// The care managers whom the rows name.
    pub people: Vec<SheetPerson>,
    /// How much there is of each.
    pub counts: Counts,
}

/// What would be made of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPlan {
    /// Which sheet.
    pub sheet: SheetKind,
    /// The row, as a spreadsheet program counts.
    pub row: u32,
    /// The patient's chart.
    pub chart: ChartId,
    /// What is made, in words.
    pub makes: Vec<String>,
    /// Entries that are made.
    pub new: usize,
    /// Entries that are here already.
    pub known: usize,
}

/// A row that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRow {
    /// Which sheet.
    pub sheet: SheetKind,
    /// The row, as a spreadsheet program counts.
    pub row: u32,
    /// Its cells as written.
    pub cells: Vec<String>,
    /// Why it is not taken.
    pub reason: Reason,
}

/// A patient with a concern that came with the import, which a named person has to decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriageItem {
    /// The patient's chart.
    pub chart: ChartId,
    /// The concern.
    pub concern: ThingId,
    /// The patient's MRN.
    pub mrn: String,
    /// The patient's name, family name first.
    pub name: String,
    /// The latest answer to item 9, when it is positive.
    pub value: Option<u8>,
    /// What the sheet's flag said.
    pub flag: Option<String>,
    /// The day of the answer, or the row's.
    pub on: Day,
    /// The positive answers besides, the oldest first.
    pub earlier: Vec<EarlierAnswer>,
    /// How urgent.
    pub level: Level,
    /// The status that the sheet gives, which makes no difference.
    pub status: String,
    /// Whether the concern is here already, from an earlier import.
    pub is_known: bool,
}

/// How much there is of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Patients with a row that was taken.
    pub patients: usize,
    /// Of these, patients who are not here yet.
    pub new_patients: usize,
    /// Rows of the contacts file that were taken.
    pub contact_rows: usize,
    /// Entries that are made.
    pub new_entries: usize,
    /// Entries that are here already.
    pub known_entries: usize,
}

fn sheet_word(sheet: SheetKind) -> &'static str {
    match sheet {
        SheetKind::Caseload => "caseload",
        SheetKind::Contacts => "contacts",
    }
}

/// Makes the plan of an import from a caseload list, a contacts file, or both.
pub fn plan_import(
    caseload: Option<Mapped<'_>>,
    contacts: Option<Mapped<'_>>,
    context: &ImportContext<'_>,
) -> Result<ImportPlan, ImportError> {
    let mut planning = Planning::begin(caseload, contacts, context)?;
    while planning.step()? {}
    planning.finish()
}

/// An import that is being planned a row at a time: a large one can show how far it is, and be given up.
pub struct Planning<'a> {
    caseload: Option<Mapped<'a>>,
    contacts: Option<Mapped<'a>>,
    as_of: Day,
    maker: Maker<'a>,
    plan: ImportPlan,
    phase: Phase,
    /// Rows of the phase that are done.
    at: usize,
    /// The first row of each MRN, and the last one of each name with its date of birth.
    first_of: BTreeMap<String, u32>,
    alike: BTreeMap<(String, Day), u32>,
    patients: Vec<PatientRow>,
    /// MRNs that the registry has for somebody else.
    of_another: BTreeSet<String>,
    rows: Vec<ContactRow>,
    /// Places in `rows` by MRN.
    by_patient: BTreeMap<String, Vec<usize>>,
}

/// What is being done with the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    ReadCaseload,
    ReadContacts,
    MakePatients,
    MakeContacts,
}

impl<'a> Planning<'a> {
    /// Begins; nothing is read yet.
    ///
    /// # Errors
    /// A column that is needed is not known.
    pub fn begin(
        caseload: Option<Mapped<'a>>,
        contacts: Option<Mapped<'a>>,
        context: &ImportContext<'a>,
    ) -> Result<Self, ImportError> {
        for (_, mapping) in caseload.iter().chain(&contacts) {
            if let Some(field) = mapping.missing().first() {
                return Err(ImportError::MissingColumn {
                    sheet: mapping.kind(),
                    field: *field,
                });
            }
        }
        let mut plan = ImportPlan::default();
        for (sheet, mapping) in caseload.iter().chain(&contacts) {
            let kind = mapping.kind();
            plan.skipped.extend(sheet.skipped.iter().map(|s| (kind, *s)));
        }
        let mut maker = Maker::new(context);
        maker.introduce()?;
        Ok(Self {
            caseload,
            contacts,
            as_of: context.as_of,
            maker,
            plan,
            phase: Phase::ReadCaseload,
            at: 0,
            first_of: BTreeMap::new(),
            alike: BTreeMap::new(),
            patients: Vec::new(),
            of_another: BTreeSet::new(),
            rows: Vec::new(),
            by_patient: BTreeMap::new(),
        })
    }

    /// Rows that are done, and rows to do. Each is read, and then made into entries: that counts as half a row each.
    pub fn progress(&self) -> (usize, usize) {
        let rows = |sheet: Option<Mapped<'_>>| sheet.map_or(0, |(sheet, _)| sheet.rows.len());
        let (caseload, contacts) = (rows(self.caseload), rows(self.contacts));
        let before = match self.phase {
            Phase::ReadCaseload => 0,
            Phase::ReadContacts => caseload,
            Phase::MakePatients => caseload + contacts,
            Phase::MakeContacts => 2 * caseload + contacts,
        };
        ((before + self.at) / 2, caseload + contacts)
    }

    /// Takes the next row; false when there is none left.
    ///
    /// # Errors
    /// An entry could not be written.
    pub fn step(&mut self) -> Result<bool, ImportError> {
        let took = match self.phase {
            Phase::ReadCaseload => self.read_patient(),
            Phase::ReadContacts => self.read_contact(),
            Phase::MakePatients => self.make_patient()?,
            Phase::MakeContacts => self.make_contact()?,
        };
        if took {
            self.at += 1;
            return Ok(true);
        }
        self.at = 0;
        self.phase = match self.phase {
            Phase::ReadCaseload => Phase::ReadContacts,
            Phase::ReadContacts => {
                self.pair();
                Phase::MakePatients
            }
            Phase::MakePatients => Phase::MakeContacts,
            Phase::MakeContacts => return Ok(false),
        };
        Ok(true)
    }

    /// The plan, when every row was taken.
    ///
    /// # Errors
    /// An entry could not be written.
    pub fn finish(mut self) -> Result<ImportPlan, ImportError> {
        // Patients who are here already and not on this list: their rows can be positive all the same.
        let on_caseload: BTreeSet<&str> = self.patients.iter().map(|p| p.mrn.as_str()).collect();
        for (mrn, places) in &self.by_patient {
            let is_elsewhere = on_caseload.contains(mrn.as_str()) || self.of_another.contains(mrn);
            if !is_elsewhere && self.maker.is_here(mrn) {
                let rows: Vec<&ContactRow> = places.iter().filter_map(|place| self.rows.get(*place)).collect();
                let safety = self.maker.triage_by_contacts(mrn, &rows)?;
                self.plan.take(safety);
            }
        }
        self.plan.finish(self.maker);
        Ok(self.plan)
    }

    fn read_patient(&mut self) -> bool {
        let Some(((sheet, mapping), row)) = self.caseload.and_then(|m| Some((m, m.0.rows.get(self.at)?))) else {
            return false;
        };
        let mut problems = Vec::new();
        let mut reader = RowReader::new((sheet, mapping), row, self.as_of, &mut problems);
        let read = read_patient(&mut reader).and_then(|patient| match self.first_of.get(&patient.mrn) {
            Some(first) => Err((Field::Mrn, Reason::MrnTwice { first: *first })),
            None => not_of_another(patient, self.maker.existing()),
        });
        if let Err((_, Reason::MrnOfAnother { .. })) = &read {
            // Its contacts would go to the wrong person too.
            let cell = mapping.column(Field::Mrn).map_or("", |column| sheet.cell(row, column));
            self.of_another.insert(cell.trim().to_owned());
        }
        match read {
            Err((field, reason)) => self.plan.reject(Some((sheet, mapping)), row.number, field, reason),
            Ok(patient) => {
                self.first_of.insert(patient.mrn.clone(), row.number);
                if let Some(first) = like_name(&patient).and_then(|key| self.alike.insert(key, row.number)) {
                    let cell = format!("{}, {}", patient.family, patient.given);
                    reader.problem(Field::Family, &cell, Reason::LikeRow { first }, Severity::Note);
                }
                if let Some(who) = like_on_file(&patient, self.maker.existing()) {
                    let cell = format!("{}, {}", patient.family, patient.given);
                    reader.problem(Field::Family, &cell, Reason::LikeOnFile { who }, Severity::Note);
                }
                self.plan.problems.append(&mut problems);
                self.patients.push(patient);
            }
        }
        true
    }

    fn read_contact(&mut self) -> bool {
        let Some(((sheet, mapping), row)) = self.contacts.and_then(|m| Some((m, m.0.rows.get(self.at)?))) else {
            return false;
        };
        let mut problems = Vec::new();
        match read_contact(&mut RowReader::new((sheet, mapping), row, self.as_of, &mut problems)) {
            Err((field, reason)) => self.plan.reject(Some((sheet, mapping)), row.number, field, reason),
            Ok(contact) => {
                self.plan.problems.append(&mut problems);
                self.rows.push(contact);
            }
        }
        true
    }

    /// Finds each patient's rows; one from before the date of birth is nobody's.
    fn pair(&mut self) {
        let births: BTreeMap<&str, Day> = self
            .patients
            .iter()
            .filter_map(|p| p.birth.map(|birth| (p.mrn.as_str(), birth)))
            .collect();
        for (place, row) in self.rows.iter().enumerate() {
            if births.get(row.mrn.as_str()).is_none_or(|birth| row.day >= *birth) {
                self.by_patient.entry(row.mrn.clone()).or_default().push(place);
            }
        }
    }

    fn make_patient(&mut self) -> Result<bool, ImportError> {
        let Some(patient) = self.patients.get(self.at) else {
            return Ok(false);
        };
        let places = self.by_patient.get(&patient.mrn).map_or(&[][..], Vec::as_slice);
        let theirs: Vec<&ContactRow> = places.iter().filter_map(|place| self.rows.get(*place)).collect();
        let made = self
            .maker
            .patient(patient, &theirs, self.caseload, &mut self.plan.problems)?;
        match made {
            None => self
                .plan
                .reject(self.caseload, patient.number, Field::Mrn, Reason::ErasedHere),
            Some((row, safety)) => {
                self.plan.take(safety);
                self.plan.rows.push(row);
                self.plan.counts.patients += 1;
            }
        }
        Ok(true)
    }

    fn make_contact(&mut self) -> Result<bool, ImportError> {
        let Some(row) = self.rows.get(self.at) else {
            return Ok(false);
        };
        // Whoever was on the list has an MRN that was seen first there.
        let is_known = self.first_of.contains_key(&row.mrn) || self.maker.is_here(&row.mrn);
        let made = if self.of_another.contains(&row.mrn) {
            Err((Field::Mrn, Reason::RowOfAnother))
        } else if is_known {
            self.maker.contact(row, self.contacts, &mut self.plan.problems)?
        } else {
            Err((Field::Mrn, Reason::NotOnCaseload))
        };
        match made {
            Err((field, reason)) => self.plan.reject(self.contacts, row.number, field, reason),
            Ok(made) => {
                self.plan.rows.push(made);
                self.plan.counts.contact_rows += 1;
            }
        }
        Ok(true)
    }
}

impl ImportPlan {
    /// Puts a row among the rejected ones and names why. What else is wrong with it is of no interest then.
    fn reject(&mut self, sheet: Option<Mapped<'_>>, number: u32, field: Field, reason: Reason) {
        let Some((sheet, mapping)) = sheet else { return };
        let Some(row) = sheet.row(number) else { return };
        let kind = mapping.kind();
        self.problems.retain(|p| p.sheet != kind || p.row != number);
        let mut reader = RowReader::for_words((sheet, mapping), row, &mut self.problems);
        reader.problem(field, reader.raw(field), reason.clone(), Severity::RowRejected);
        name_what_is_lost(&mut reader);
        self.rejected.push(RejectedRow {
            sheet: kind,
            row: number,
            cells: row.cells.clone(),
            reason,
        });
    }

    fn take(&mut self, safety: Safety) {
        self.triage.extend(safety.triage);
        self.history.extend(safety.past);
    }

    fn finish(&mut self, maker: Maker<'_>) {
        self.people = maker.named();
        self.entries = maker.finish();
        self.counts.new_patients = self
            .entries
            .iter()
            .filter(|e| matches!(e.fact(), Fact::Registration(_)))
            .count();
        self.counts.new_entries = self.entries.len();
        self.counts.known_entries = self.rows.iter().map(|row| row.known).sum();
        self.problems.sort_by_key(|p| (p.sheet, p.row));
        self.rejected.sort_by_key(|r| (r.sheet, r.row));
        self.triage
            .sort_by(|a, b| b.level.cmp(&a.level).then_with(|| a.mrn.cmp(&b.mrn)));
        let new: BTreeSet<_> = self.entries.iter().map(|e| (e.chart(), e.stamp())).collect();
        self.history.retain(|past| past.is_among(&new));
        self.history.sort_by(|a, b| (&a.name, &a.mrn).cmp(&(&b.name, &b.mrn)));
    }
}

/// Refuses a row whose MRN the registry has for somebody else.
fn not_of_another(patient: PatientRow, existing: &dyn Existing) -> Result<PatientRow, (Field, Reason)> {
    let there = existing.on_file(&patient.mrn);
    match there.filter(|there| there.is_somebody_else(&patient.given, &patient.family, patient.birth)) {
        Some(there) => Err((Field::Mrn, Reason::MrnOfAnother { who: there.words() })),
        None => Ok(patient),
    }
}

/// Who is on file with a row's name and date of birth, under another MRN.
fn like_on_file(patient: &PatientRow, existing: &dyn Existing) -> Option<String> {
    if existing.on_file(&patient.mrn).is_some() {
        return None;
    }
    let there = existing.on_file_as(&patient.given, &patient.family, patient.birth?)?;
    Some(there.words())
}

fn like_name(patient: &PatientRow) -> Option<(String, Day)> {
    let name = plain(&format!("{} {}", patient.family, patient.given));
    patient.birth.map(|birth| (name, birth))
}

impl Sheet {
    /// The row with this number.
    pub(super) fn row(&self, number: u32) -> Option<&Row> {
        self.rows
            .binary_search_by_key(&number, |row| row.number)
            .ok()
            .and_then(|i| self.rows.get(i))
    }
}
