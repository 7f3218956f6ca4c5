//! A clinic's messy lists, brought in: every problem named, no good row lost, nothing twice.

mod again;
mod contradictions;
mod entries;
mod problems;
mod tracking;
mod workbook;

use std::collections::BTreeMap;

use caseload::exchange::inspect::{InspectError, inspect_import, inspect_merge};
use caseload::exchange::sheets::{
    Encoding, ImportContext, ImportPlan, JournalLookup, Mapping, NothingYet, Reason, Severity, Sheet, Skipped,
    chart_for_mrn, guess_mapping, importer, plan_import,
};
use caseload::journal::facts::{
    Activity, Answered, Because, Clocked, CloseReason, ConcernClosed, ContactPlan, Level, Role, Sheet as SheetKind,
    Status, StatusChange,
};
use caseload::journal::{
    Chart, ChartId, Day, Days, Draft, Entry, EntryId, Fact, Folded, Journal, RegistryId, Slot, Stamp, When,
};
use proptest::prelude::*;

const CASELOAD: &[u8] = include_bytes!("../data/import/caseload.csv");
const CONTACTS: &[u8] = include_bytes!("../data/import/contacts.csv");

fn registry() -> RegistryId {
    RegistryId::from_random([1; 16])
}
fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn as_of() -> Day {
    day("2026-11-20")
}
fn sheet(bytes: &[u8], kind: SheetKind) -> (Sheet, Mapping) {
    let sheet = Sheet::read(bytes).unwrap();
    let mapping = guess_mapping(kind, &sheet.headers);
    (sheet, mapping)
}
fn import_of(caseload: &[u8], contacts: &[u8], existing: &Journal) -> ImportPlan {
    let (caseload, caseload_mapping) = sheet(caseload, SheetKind::Caseload);
    let (contacts, contacts_mapping) = sheet(contacts, SheetKind::Contacts);
    let lookup = JournalLookup::new(existing);
    let context = ImportContext {
        registry: registry(),
        as_of: as_of(),
        existing: &lookup,
    };
    plan_import(
        Some((&caseload, &caseload_mapping)),
        Some((&contacts, &contacts_mapping)),
        &context,
    )
    .unwrap()
}
fn import() -> ImportPlan {
    import_of(CASELOAD, CONTACTS, &Journal::default())
}
/// Two small sheets from their rows.
fn small(caseload: &str, contacts: &str) -> ImportPlan {
    let head = "MRN,Last Name,First Name,DOB,Care Mgr,Tx Status,Flag,Date enrolled,PHQ-9 initial,PHQ-9 last,Date of last PHQ-9,Most recent contact\n";
    let contacts_head = "MRN,Date,Contact type,Mode,Minutes,PHQ9,PHQ9 item 9,GAD7,Activity\n";
    import_of(
        format!("{head}{caseload}").as_bytes(),
        format!("{contacts_head}{contacts}").as_bytes(),
        &Journal::default(),
    )
}
fn chart(mrn: &str) -> ChartId {
    chart_for_mrn(registry(), mrn)
}
fn facts(plan: &ImportPlan, mrn: &str) -> Vec<Fact> {
    plan.entries
        .iter()
        .filter(|e| e.chart() == chart(mrn))
        .map(|e| e.fact().clone())
        .collect()
}
fn folded(plan: &ImportPlan, mrn: &str) -> Folded {
    Journal::of(plan.entries.clone()).chart(chart(mrn)).unwrap().fold()
}
/// Totals of one instrument by day.
fn totals(plan: &ImportPlan, mrn: &str, instrument: &str) -> Vec<(String, u16)> {
    let mut totals: Vec<_> = facts(plan, mrn)
        .into_iter()
        .filter_map(|f| match f {
            Fact::Assessment(a) if a.instrument == instrument => match a.answers {
                Answered::Total { total, .. } => Some((a.at.to_string(), total)),
                Answered::Items(_) => None,
            },
            _ => None,
        })
        .collect();
    totals.sort();
    totals
}
