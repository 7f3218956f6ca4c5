//! From what the rows say to entries.

mod contact;
mod course;
mod safety;
mod words;

use std::collections::BTreeMap;

use super::contacts::ContactRow;
use super::history::PastPositive;
use super::mapping::Field;
use super::people::SheetPerson;
use super::plan::{ImportContext, ImportError, Mapped, RowPlan, TriageItem};
use super::problems::{Reason, RowProblem, Severity};
use super::reader::RowReader;
use super::scribe::{Existing, Place, Said, Scribe};
use crate::journal::facts::{Role, Sheet as SheetKind};
use crate::journal::{ChartId, Day, Entry, EntryId, Fact, PersonId};

/// Makes entries of rows.
pub(super) struct Maker<'a> {
    scribe: Scribe<'a>,
    context: ImportContext<'a>,
    /// Each patient's care manager and date of birth, for the rows of the contacts file.
    patients: BTreeMap<String, (Option<PersonId>, Option<Day>)>,
}

/// What the sheets say of a patient's safety.
#[derive(Default)]
pub(super) struct Safety {
    /// A concern that a named person has to decide on.
    pub triage: Option<TriageItem>,
    /// That only an earlier item 9 was positive.
    pub past: Option<PastPositive>,
}

/// A row that entries are being made of.
struct Making<'a> {
    sheet: Option<Mapped<'a>>,
    problems: &'a mut Vec<RowProblem>,
    plan: RowPlan,
}

impl<'a> Maker<'a> {
    pub fn new(context: &ImportContext<'a>) -> Self {
        let scribe = Scribe::new(context.registry, context.existing);
        Self {
            scribe,
            context: *context,
            patients: BTreeMap::new(),
        }
    }
    /// Writes down who authors the import.
    pub fn introduce(&mut self) -> Result<(), ImportError> {
        Ok(self.scribe.introduce_importer()?)
    }
    /// Whether the registry has a patient with this MRN.
    pub fn is_here(&self, mrn: &str) -> bool {
        self.scribe.is_here(mrn)
    }
    /// The care managers whom the rows named.
    pub fn named(&self) -> Vec<SheetPerson> {
        self.scribe.named()
    }
    /// What the registry holds.
    pub fn existing(&self) -> &'a dyn Existing {
        self.scribe.existing()
    }
    pub fn finish(self) -> Vec<Entry> {
        self.scribe.finish()
    }

    fn person(&mut self, cell: Option<&str>, role: Role) -> Result<Option<PersonId>, ImportError> {
        cell.map(|cell| self.scribe.person(cell, role))
            .transpose()
            .map_err(ImportError::from)
    }

    /// Writes a fact of a row down and notes in the row's plan what became of it.
    fn say(
        &mut self,
        making: &mut Making<'_>,
        place: Place<'_>,
        replaces: &[EntryId],
        fact: impl Into<Fact>,
    ) -> Result<Said, ImportError> {
        let fact = fact.into();
        let (words, kind) = (words::describe(&fact), fact.kind());
        let said = self.scribe.say(place, replaces, fact)?;
        match &said {
            Said::New(_) => {
                making.plan.new += 1;
                making.plan.makes.extend(words);
            }
            Said::Known(_) => making.plan.known += 1,
            Said::Kept(_) => {
                making.plan.known += 1;
                let what = words::name_of(kind);
                making.problem(Field::Mrn, Reason::KeptAsHere { what }, Severity::Note);
            }
            Said::Broken(problems) => {
                for problem in problems {
                    making.problem(
                        words::field_of(kind),
                        Reason::of(problem.clone()),
                        Severity::CellRejected,
                    );
                }
            }
        }
        Ok(said)
    }
}

impl<'a> Making<'a> {
    fn new(
        kind: SheetKind,
        row: u32,
        chart: ChartId,
        sheet: Option<Mapped<'a>>,
        problems: &'a mut Vec<RowProblem>,
    ) -> Self {
        let plan = RowPlan {
            sheet: kind,
            row,
            chart,
            makes: Vec::new(),
            new: 0,
            known: 0,
        };
        Self { sheet, problems, plan }
    }
    /// Names a problem of the row's cell of a field.
    fn problem(&mut self, field: Field, reason: Reason, severity: Severity) {
        let Some((sheet, mapping)) = self.sheet else { return };
        let Some(row) = sheet.row(self.plan.row) else { return };
        let mut reader = RowReader::for_words((sheet, mapping), row, self.problems);
        reader.problem(field, reader.raw(field).trim(), reason, severity);
    }
}

/// The last day on which the patient took part in a contact.
fn latest_two_way(rows: &[&ContactRow]) -> Option<Day> {
    rows.iter().filter(|row| row.is_two_way()).map(|row| row.day).max()
}
