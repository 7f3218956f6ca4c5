//! What the command line prints about imports and merges: the numbers and reasons that the pages show.

use serde_json::{Value, json};
use thiserror::Error;

use super::handoff::{Handoff, HandoffError, Joining, Refusal, Shelf, preview, read, to_text};
use super::sheets::{
    ImportContext, ImportError, ImportPlan, NothingYet, RowProblem, Sheet, SheetError, guess_kind, guess_mapping,
    plan_import,
};
use crate::journal::facts::{Level, Sheet as SheetKind};
use crate::journal::{Day, Entry, Fact, Journal, RegistryId};

/// Why the command line has nothing to print: one sentence.
#[derive(Debug, Error)]
pub enum InspectError {
    /// A sheet can't be read.
    #[error("{name}: {error}")]
    Sheet {
        /// Which of the two.
        name: &'static str,
        /// Why.
        error: SheetError,
    },
    /// The two sheets were given in the wrong order, or one of them twice.
    #[error(
        "The first file looks like a contacts file and the second like a caseload list: give the caseload list first."
    )]
    Swapped,
    /// Nothing can be made of the sheets.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A handoff can't be read.
    #[error("File {number}: {error}")]
    Handoff {
        /// Which file, from 1.
        number: usize,
        /// Why.
        error: HandoffError,
    },
    /// A handoff doesn't belong with those before it.
    #[error("File {number}: {refusal}")]
    Refused {
        /// Which file, from 1.
        number: usize,
        /// Why.
        refusal: Refusal,
    },
    /// There is nothing to merge.
    #[error("No file was given.")]
    NoFile,
    /// The merged handoff could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The plan of an import into an empty registry, as JSON.
pub fn inspect_import(caseload: &[u8], contacts: &[u8], as_of: Day) -> Result<Value, InspectError> {
    let (_, plan) = import(caseload, contacts, as_of)?;
    Ok(plan)
}

/// The entries that an import into an empty registry makes, and its plan as JSON.
pub fn import(caseload: &[u8], contacts: &[u8], as_of: Day) -> Result<(Vec<Entry>, Value), InspectError> {
    let read = |name, bytes| Sheet::read(bytes).map_err(|error| InspectError::Sheet { name, error });
    let (caseload, contacts) = (read("Caseload", caseload)?, read("Contacts", contacts)?);
    if guess_kind(&caseload.headers) == SheetKind::Contacts && guess_kind(&contacts.headers) == SheetKind::Caseload {
        return Err(InspectError::Swapped);
    }
    let caseload_mapping = guess_mapping(SheetKind::Caseload, &caseload.headers);
    let contacts_mapping = guess_mapping(SheetKind::Contacts, &contacts.headers);
    let context = ImportContext {
        registry: inspected(),
        as_of,
        existing: &NothingYet,
    };
    let sheets = (
        Some((&caseload, &caseload_mapping)),
        Some((&contacts, &contacts_mapping)),
    );
    let plan = plan_import(sheets.0, sheets.1, &context)?;
    let json = plan_json(&plan);
    Ok((plan.entries, json))
}

/// The registry that the command line imports into.
pub fn inspected() -> RegistryId {
    RegistryId::derived(*b"caseload-inspect")
}

/// A plan as JSON.
pub fn plan_json(plan: &ImportPlan) -> Value {
    let rejected = plan
        .rejected
        .iter()
        .map(|r| json!({"sheet": r.sheet, "row": r.row, "reason": r.reason.to_string()}));
    let skipped = plan
        .skipped
        .iter()
        .map(|(sheet, s)| json!({"sheet": sheet, "row": s.number, "why": s.why.label()}));
    let triage = plan.triage.iter().map(|t| {
        json!({
            "mrn": t.mrn, "chart": t.chart, "concern": t.concern, "item9": t.value, "flag": t.flag, "on": t.on,
            "level": match t.level { Level::Prompt => "prompt", Level::Positive => "positive", Level::High => "high" },
            "status": t.status,
            "earlier": t.earlier.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    let history = plan
        .history
        .iter()
        .map(|past| json!({"mrn": past.mrn, "chart": past.chart, "said": past.words()}));
    let rows = plan
        .rows
        .iter()
        .map(|r| json!({"sheet": r.sheet, "row": r.row, "chart": r.chart, "makes": r.makes}));
    json!({
        "patients": plan.counts.patients,
        "contact_rows": plan.counts.contact_rows,
        "entries": plan.counts.new_entries,
        "entries_by_kind": by_kind(&plan.entries),
        "skipped": skipped.collect::<Vec<_>>(),
        "rejected": rejected.collect::<Vec<_>>(),
        "problems": plan.problems.iter().map(problem_json).collect::<Vec<_>>(),
        "triage": triage.collect::<Vec<_>>(),
        "history": history.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn problem_json(p: &RowProblem) -> Value {
    json!({
        "sheet": p.sheet, "row": p.row, "column": p.column, "mrn": p.mrn, "value": p.value,
        "reason": p.reason.to_string(), "severity": p.severity.key(),
    })
}

fn by_kind(entries: &[Entry]) -> Value {
    let mut counts = std::collections::BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.fact().kind()).or_insert(0_u64) += 1;
    }
    json!(counts)
}

/// Merges handoffs into the first one's registry. Returns what each brought, and the text of the merged handoff.
pub fn inspect_merge(files: &[&[u8]]) -> Result<(Value, String), InspectError> {
    let mut read_files = files.iter().zip(1_usize..).map(|(bytes, number)| {
        read(bytes)
            .map(|handoff| (number, handoff))
            .map_err(|error| InspectError::Handoff { number, error })
    });
    let (_, first) = read_files.next().ok_or(InspectError::NoFile)??;
    let identity = Some((first.header.registry, first.header.kind));
    let mut journal = first.journal();
    let mut brought = vec![json!({"file": 1, "entries": first.end.entries, "new": journal.len()})];
    for next in read_files {
        let (number, handoff) = next?;
        let refused = |refusal| InspectError::Refused { number, refusal };
        let shelf = Shelf {
            identity,
            journal: &journal,
        };
        let preview = preview(&handoff, &shelf).map_err(refused)?;
        let wanted = super::handoff::entries_to_take(&handoff, &shelf).map_err(refused)?;
        brought.push(json!({
            "file": number,
            "joining": match preview.joining {
                Joining::Joins => "joins",
                Joining::SameRegistry => "same_registry",
                Joining::OtherRegistry => "other_registry",
            },
            "entries": handoff.end.entries,
            "new": preview.new_entries,
            "known": preview.known_entries,
            "left_out": preview.left_out,
            "new_charts": preview.new_charts,
            "known_charts": preview.known_charts,
            "forks": preview.charts.iter().map(|c| c.forks.len()).sum::<usize>(),
            "same_person": preview.same_person.iter().map(|s| json!([s.theirs, s.ours])).collect::<Vec<_>>(),
            "damaged": preview.damaged.iter().map(|(_, entry)| json!(entry)).collect::<Vec<_>>(),
            "erasures": preview.erasures,
            "unknown_kinds": preview.unknown_kinds,
            "problems": preview.problems.len(),
        }));
        journal.add(wanted);
    }
    let report = json!({"files": brought, "merged": merged_json(&journal)});
    Ok((report, merged_text(&first, &journal)?))
}

fn merged_json(journal: &Journal) -> Value {
    let damaged: Vec<_> = journal.charts().flat_map(|(_, chart)| chart.damaged()).collect();
    let forks: usize = journal.charts().map(|(_, chart)| chart.fold().forks().count()).sum();
    let erased = journal.charts().filter(|(_, chart)| chart.is_erased()).count();
    let entries = journal.charts().flat_map(|(_, chart)| chart.entries());
    let unknown = entries.filter(|e| matches!(e.fact(), Fact::Unknown)).count();
    json!({
        "charts": journal.charts().count(), "entries": journal.len(), "forks": forks, "damaged": damaged,
        "erased": erased, "unknown_kinds": unknown,
    })
}

fn merged_text(first: &Handoff, journal: &Journal) -> Result<String, serde_json::Error> {
    to_text(&first.header, journal)
}
