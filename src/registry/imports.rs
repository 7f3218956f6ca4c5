//! A clinic's own sheets, read and planned, then published.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::core::Core;
use super::machine::Machine;
use super::open::count;
use super::progress::{Progress, STRIDE, Stage};
use super::views::*;
use crate::exchange::sheets::{
    self, Encoding, Existing, Field, ImportContext, ImportPlan, Mapped, Mapping, OnFile, OnFiles, Planning, WhoIs,
    chart_for_mrn,
};
use crate::exchange::workbook::{Ended, Worksheet, read_workbook};
use crate::journal::facts::{ColumnMapping, Role, Sheet as SheetKind};
use crate::journal::{Chart, ChartId, Day, Entry, Fact, PersonId};
use crate::store::Store;
use crate::vault::Aead;

/// The most problems that a page is sent; a sheet with more is not the clinic's caseload.
const MOST_PROBLEMS: usize = 2_000;

/// One file, read and mapped.
struct ReadFile {
    name: String,
    sheet: sheets::Sheet,
    mapping: Mapping,
}

/// A planned import.
pub(super) struct Planned {
    files: Vec<ReadFile>,
    plan: ImportPlan,
    /// Why nothing can be made of the sheets yet: a column that is not known.
    missing: Option<String>,
}

/// What the open registry holds of the patients in the sheets.
struct Here {
    charts: BTreeMap<ChartId, Chart>,
    by_mrn: BTreeMap<String, ChartId>,
    on_file: OnFiles,
    people: BTreeMap<String, Option<PersonId>>,
}

/// What the user has said of the files.
pub(super) struct Chosen<'a> {
    /// What each holds; guessed where absent.
    pub sheets: &'a [Option<SheetKind>],
    /// Their names.
    pub names: &'a [String],
    /// Header to field, per file; guessed or remembered where absent.
    pub mappings: &'a [Option<BTreeMap<String, String>>],
    /// Who the care managers are.
    pub people: &'a BTreeMap<String, Option<PersonId>>,
}

impl Existing for Here {
    fn chart(&self, chart: ChartId) -> Option<&Chart> {
        self.charts.get(&chart)
    }
    fn chart_of_mrn(&self, mrn: &str) -> Option<ChartId> {
        self.by_mrn.get(mrn).copied()
    }
    fn on_file(&self, mrn: &str) -> Option<OnFile> {
        self.on_file.with_mrn(mrn)
    }
    fn on_file_as(&self, given: &str, family: &str, birth: Day) -> Option<OnFile> {
        self.on_file.named(given, family, birth)
    }
    fn who_is(&self, name: &str) -> Option<WhoIs> {
        self.people
            .get(name)
            .map(|chosen| chosen.map_or(WhoIs::New, WhoIs::Person))
    }
}

impl<M: Machine> Core<M> {
    /// The sheets of a workbook. Nothing is kept of them here: those that are chosen come back as texts.
    pub(super) async fn worksheets(&mut self, files: &[Vec<u8>], as_of: Day) -> Result<Vec<Worksheet>, Failure> {
        self.machine()
            .worksheets(files.first().ok_or(Failure::Nothing)?, as_of)
            .await
    }
}

/// Reads a workbook, telling how far it is, in cells.
///
/// # Errors
/// Why it can't be read, or that it was given up.
pub async fn read_worksheets(workbook: &[u8], as_of: Day, progress: &Progress) -> Result<Vec<Worksheet>, Failure> {
    let tell = async |cells: usize| progress.step(Stage::Cells, cells, 0).await;
    read_workbook(workbook, as_of, tell).await.map_err(|ended| match ended {
        Ended::Unreadable(why) => Failure::File(format!("{why} Nothing was changed.")),
        Ended::Stopped(failure) => failure,
    })
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Reads the sheets and plans their import. Nothing is written.
    pub async fn plan_import(
        &mut self,
        files: &[Vec<u8>],
        chosen: Chosen<'_>,
        at: DateTime<FixedOffset>,
    ) -> Result<Planned, Failure> {
        let mut read = Vec::new();
        let total = files.iter().map(Vec::len).sum();
        let mut done = 0;
        for (i, bytes) in files.iter().enumerate() {
            self.progress.step(Stage::Reading, done, total).await?;
            done += bytes.len();
            let name = chosen.names.get(i).cloned().unwrap_or_default();
            let kind = chosen.sheets.get(i).copied().flatten();
            let mapping = chosen.mappings.get(i).cloned().flatten();
            read.push(self.read_sheet(name, bytes, kind, mapping)?);
        }
        let of = |kind: SheetKind| read.iter().filter(move |f| f.mapping.kind() == kind);
        if of(SheetKind::Caseload).count() > 1 || of(SheetKind::Contacts).count() > 1 {
            return Err(Failure::File(
                "Both files look like the same kind of sheet. Say which one is the caseload and which one the contacts."
                    .to_owned(),
            ));
        }
        let here = self.existing(&read, chosen.people).await?;
        let mapped = |kind| of(kind).next().map(|f| -> Mapped<'_> { (&f.sheet, &f.mapping) });
        let as_of = self.zone().day(at);
        let context = ImportContext {
            registry: self.registry(),
            as_of,
            existing: &here,
        };
        let planning = Planning::begin(mapped(SheetKind::Caseload), mapped(SheetKind::Contacts), &context);
        let (plan, missing) = match planning {
            Ok(planning) => (self.plan_rows(planning).await?, None),
            Err(missing @ sheets::ImportError::MissingColumn { .. }) => {
                (ImportPlan::default(), Some(missing.to_string()))
            }
            Err(other) => return Err(unplannable(other)),
        };
        Ok(Planned {
            files: read,
            plan,
            missing,
        })
    }

    /// Takes row after row.
    async fn plan_rows(&self, mut planning: Planning<'_>) -> Result<ImportPlan, Failure> {
        loop {
            let (done, total) = planning.progress();
            self.progress.step(Stage::Planning, done, total).await?;
            for _ in 0..STRIDE {
                if !planning.step().map_err(unplannable)? {
                    return planning.finish().map_err(unplannable);
                }
            }
        }
    }

    fn read_sheet(
        &self,
        name: String,
        bytes: &[u8],
        kind: Option<SheetKind>,
        chosen: Option<BTreeMap<String, String>>,
    ) -> Result<ReadFile, Failure> {
        let sheet = sheets::Sheet::read(bytes)
            .map_err(|problem| Failure::File(format!("{name}: {problem} Nothing was changed.")))?;
        let kind = kind.unwrap_or_else(|| sheets::guess_kind(&sheet.headers));
        let mapping = match (chosen, self.office.mapping(kind)) {
            (Some(columns), _) => Mapping::remembered(&ColumnMapping { sheet: kind, columns }, &sheet.headers),
            (None, Some(remembered)) => Mapping::remembered(remembered, &sheet.headers),
            (None, None) => sheets::guess_mapping(kind, &sheet.headers),
        };
        Ok(ReadFile { name, sheet, mapping })
    }

    /// The charts of the patients whom the sheets name.
    async fn existing(
        &mut self,
        files: &[ReadFile],
        people: &BTreeMap<String, Option<PersonId>>,
    ) -> Result<Here, Failure> {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for file in files {
            if let Some(column) = file.mapping.column(Field::Mrn) {
                wanted.extend(
                    file.sheet
                        .rows
                        .iter()
                        .map(|row| file.sheet.cell(row, column).trim().to_owned()),
                );
            }
        }
        let by_mrn: BTreeMap<String, ChartId> = self
            .sheets
            .values()
            .filter_map(|s| Some((s.who.mrn.as_ref()?.trim().to_owned(), s.chart)))
            .filter(|(mrn, _)| wanted.contains(mrn))
            .collect();
        let mut ids: BTreeSet<ChartId> = by_mrn.values().copied().collect();
        ids.extend(wanted.iter().map(|mrn| chart_for_mrn(self.registry(), mrn)));
        ids.insert(self.office.chart);
        let ids: Vec<ChartId> = ids.into_iter().filter(|id| self.store.chart(*id).is_some()).collect();
        let mut charts = BTreeMap::new();
        for some in ids.chunks(STRIDE) {
            self.progress.step(Stage::Comparing, charts.len(), ids.len()).await?;
            charts.append(&mut self.read_many(&some.iter().copied().collect()).await?);
        }
        let mut on_file = OnFiles::default();
        for who in self.sheets.values().filter(|s| !s.erased).map(|s| &s.who) {
            on_file.add(&who.given, &who.family, who.birth, who.mrn.as_deref());
        }
        Ok(Here {
            charts,
            by_mrn,
            on_file,
            people: people.clone(),
        })
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// The care managers on file, each by one name: oneself first.
    fn team(&self) -> Vec<(PersonId, String)> {
        let people = self.office.people.values();
        let mut team: Vec<&crate::journal::facts::Person> = people
            .filter(|p| p.person == self.me || p.role == Role::CareManager)
            .filter(|p| p.same_as.is_none() && !p.left)
            .collect();
        team.sort_by(|a, b| (a.person != self.me, &a.name).cmp(&(b.person != self.me, &b.name)));
        team.into_iter().map(|p| (p.person, p.name.clone())).collect()
    }
}

impl Planned {
    /// What the page shows of it.
    pub fn view<S: Store, A: Aead>(&self, books: &Books<S, A>) -> PlanView {
        let plan = &self.plan;
        let counts = [
            ("patients", plan.counts.patients),
            ("of these new here", plan.counts.new_patients),
            ("contact rows", plan.counts.contact_rows),
            ("entries that are new here", plan.counts.new_entries),
            ("entries that are here already", plan.counts.known_entries),
        ];
        let mut problems: Vec<ProblemRow> = plan.problems.iter().map(problem).collect();
        problems.sort_by(|a, b| (a.weight, &a.kind, a.sheet, a.row).cmp(&(b.weight, &b.kind, b.sheet, b.row)));
        problems.truncate(MOST_PROBLEMS);
        let rejected_of = |kind| plan.rejected.iter().filter(|r| r.sheet == kind).count();
        let rejected = self.files.iter().map(|f| f.mapping.kind());
        let rejected = rejected
            .map(|kind| (kind, count(rejected_of(kind))))
            .filter(|(_, n)| *n > 0);
        let new_concerns = || plan.triage.iter().filter(|t| !t.is_known);
        PlanView {
            sheets: self.files.iter().map(ReadFile::view).collect(),
            counts: counts
                .into_iter()
                .map(|(word, n)| (word.to_owned(), count(n)))
                .collect(),
            rows: plan
                .rows
                .iter()
                .map(|r| PlanRow {
                    sheet: r.sheet,
                    row: r.row,
                    makes: r.makes.join("; "),
                })
                .collect(),
            problems,
            rejected: rejected.collect(),
            people: plan.people.iter().map(person).collect(),
            team: books.team(),
            known: count(plan.counts.known_entries),
            new: count(plan.counts.new_entries),
            concerns: count(new_concerns().count()),
            concerns_with_earlier: count(new_concerns().filter(|t| !t.earlier.is_empty()).count()),
            earlier: plan.history.iter().map(earlier).collect(),
            missing: self.missing.clone(),
        }
    }

    /// The rejected rows of one sheet as a CSV text, under the sheet's own headings.
    pub fn rejected_rows(&self, kind: SheetKind) -> Option<String> {
        let file = self.files.iter().find(|f| f.mapping.kind() == kind)?;
        self.plan.rejected_csv(&file.sheet, kind)
    }

    /// The entries, and the column mappings to remember.
    pub fn into_entries(self) -> (Vec<Entry>, Vec<Fact>) {
        let mappings = self
            .files
            .iter()
            .map(|f| Fact::ColumnMapping(f.mapping.to_fact()))
            .collect();
        (self.plan.entries, mappings)
    }
}

impl ReadFile {
    fn view(&self) -> SheetView {
        let kind = self.mapping.kind();
        let example = |column: usize| {
            let cells = self.sheet.rows.iter().map(|row| self.sheet.cell(row, column).trim());
            cells.filter(|c| !c.is_empty()).map(shorten).next().unwrap_or_default()
        };
        let columns = self.mapping.columns().iter().enumerate().map(|(i, (header, field))| {
            let field = field.map(|f| f.key().to_owned()).unwrap_or_default();
            (header.clone(), field, example(i))
        });
        let fields = Field::ALL.iter().filter(|f| f.belongs_to(kind));
        SheetView {
            name: self.name.clone(),
            sheet: kind,
            spelled: self.spelled(),
            how: self.how(),
            rows: count(self.sheet.rows.len()),
            columns: columns.collect(),
            fields: fields.map(|f| (f.key().to_owned(), f.label().to_owned())).collect(),
        }
    }

    fn spelled(&self) -> String {
        let encoding = match self.sheet.encoding {
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
        };
        let separator = match self.sheet.separator {
            ';' => "semicolons",
            '\t' => "tabs",
            _ => "commas",
        };
        format!("{encoding}, {separator}")
    }

    fn how(&self) -> String {
        let mut passed: BTreeMap<&str, u32> = BTreeMap::new();
        for row in &self.sheet.skipped {
            *passed.entry(row.why.label()).or_default() += 1;
        }
        let passed: Vec<String> = passed.into_iter().map(|(what, n)| format!("{n} {what}")).collect();
        let rows = match self.sheet.rows.len() {
            1 => "1 row".to_owned(),
            rows => format!("{rows} rows"),
        };
        match passed.is_empty() {
            true => rows,
            false => format!("{rows}; passed over: {}", passed.join(", ")),
        }
    }
}

fn unplannable(error: sheets::ImportError) -> Failure {
    Failure::File(format!("{error} Nothing was changed."))
}

fn problem(p: &sheets::RowProblem) -> ProblemRow {
    ProblemRow {
        sheet: p.sheet,
        row: p.row,
        column: p.column.clone(),
        cell: shorten(&p.value),
        reason: p.reason.to_string(),
        weight: p.weight(),
        kind: p.reason.kind().to_owned(),
        outcome: p.outcome().to_owned(),
    }
}

fn earlier(past: &sheets::PastPositive) -> PastPositiveRow {
    PastPositiveRow {
        name: past.name.clone(),
        mrn: past.mrn.clone(),
        said: past.words(),
    }
}

fn person(p: &sheets::SheetPerson) -> SheetPersonView {
    SheetPersonView {
        name: p.name.clone(),
        rows: count(p.rows),
        is: p.is,
        is_on_file: p.is_on_file,
    }
}

/// A cell as a page shows it: its beginning, on one line.
fn shorten(cell: &str) -> String {
    const MOST: usize = 60;
    let line: String = cell
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MOST)
        .collect();
    if cell.chars().count() > MOST {
        format!("{line}…")
    } else {
        line
    }
}
