//! A clinic's own sheets, read and planned, then published.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::open::count;
use super::progress::{STRIDE, Stage};
use super::views::*;
use crate::exchange::sheets::{
    self, Encoding, Existing, Field, ImportContext, ImportPlan, Mapped, Mapping, Planning, Severity, chart_for_mrn,
};
use crate::journal::facts::{ColumnMapping, Sheet as SheetKind};
use crate::journal::{Chart, ChartId, Entry, Fact};
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
}

impl Existing for Here {
    fn chart(&self, chart: ChartId) -> Option<&Chart> {
        self.charts.get(&chart)
    }
    fn chart_of_mrn(&self, mrn: &str) -> Option<ChartId> {
        self.by_mrn.get(mrn).copied()
    }
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Reads the sheets and plans their import. Nothing is written.
    pub async fn plan_import(
        &mut self,
        files: &[Vec<u8>],
        kinds: &[Option<SheetKind>],
        names: &[String],
        mappings: &[Option<BTreeMap<String, String>>],
        at: DateTime<FixedOffset>,
    ) -> Result<Planned, Failure> {
        let mut read = Vec::new();
        let total = files.iter().map(Vec::len).sum();
        let mut done = 0;
        for (i, bytes) in files.iter().enumerate() {
            self.progress.step(Stage::Reading, done, total).await?;
            done += bytes.len();
            let name = names.get(i).cloned().unwrap_or_default();
            let kind = kinds.get(i).copied().flatten();
            let chosen = mappings.get(i).cloned().flatten();
            read.push(self.read_sheet(name, bytes, kind, chosen)?);
        }
        let of = |kind: SheetKind| read.iter().filter(move |f| f.mapping.kind() == kind);
        if of(SheetKind::Caseload).count() > 1 || of(SheetKind::Contacts).count() > 1 {
            return Err(Failure::File(
                "Both files look like the same kind of sheet. Say which one is the caseload and which one the contacts."
                    .to_owned(),
            ));
        }
        let here = self.existing(&read).await?;
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
    async fn existing(&mut self, files: &[ReadFile]) -> Result<Here, Failure> {
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
        Ok(Here { charts, by_mrn })
    }
}

impl Planned {
    /// What the page shows of it.
    pub fn view<S: Store, A: Aead>(&self, _books: &Books<S, A>) -> PlanView {
        let plan = &self.plan;
        let counts = [
            ("patients", plan.counts.patients),
            ("of these new here", plan.counts.new_patients),
            ("contact rows", plan.counts.contact_rows),
            ("entries that are new here", plan.counts.new_entries),
            ("entries that are here already", plan.counts.known_entries),
        ];
        let mut problems: Vec<ProblemRow> = plan.problems.iter().take(MOST_PROBLEMS).map(problem).collect();
        problems.sort_by_key(|p| (p.sheet, p.row));
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
            rejected: count(plan.rejected.len()),
            known: count(plan.counts.known_entries),
            new: count(plan.counts.new_entries),
            concerns: count(plan.triage.iter().filter(|t| !t.is_known).count()),
            missing: self.missing.clone(),
        }
    }

    /// The rejected rows of all sheets as one CSV text, each under its sheet's own headings.
    pub fn rejected_rows(&self) -> String {
        let csv = self
            .files
            .iter()
            .filter_map(|f| self.plan.rejected_csv(&f.sheet, f.mapping.kind()));
        csv.collect::<Vec<_>>().join("\r\n")
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
            how: self.how(),
            columns: columns.collect(),
            fields: fields.map(|f| (f.key().to_owned(), f.label().to_owned())).collect(),
        }
    }

    fn how(&self) -> String {
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
        let mut passed: BTreeMap<&str, u32> = BTreeMap::new();
        for row in &self.sheet.skipped {
            *passed.entry(row.why.label()).or_default() += 1;
        }
        let passed: Vec<String> = passed.into_iter().map(|(what, n)| format!("{n} {what}")).collect();
        let rows = self.sheet.rows.len();
        match passed.is_empty() {
            true => format!("{encoding}, {separator}, {rows} rows"),
            false => format!(
                "{encoding}, {separator}, {rows} rows; passed over: {}",
                passed.join(", ")
            ),
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
        rejected: p.severity == Severity::RowRejected,
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
