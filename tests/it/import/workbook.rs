//! The same lists out of an Excel workbook.

use caseload::exchange::workbook::{Worksheet, read_workbook};
use pollster::block_on;

use super::*;

const WORKBOOK: &[u8] = include_bytes!("../../data/import/caseload.xlsx");

fn sheets() -> Vec<Worksheet> {
    block_on(read_workbook::<()>(WORKBOOK, as_of(), async |_cells| Ok(()))).unwrap()
}

fn text_of(sheets: &[Worksheet], name: &str) -> Vec<u8> {
    sheets
        .iter()
        .find(|s| s.name == name)
        .unwrap()
        .text
        .clone()
        .into_bytes()
}

#[test]
fn a_workbook_makes_the_same_registry_as_its_csv_files() {
    let sheets = sheets();
    let looks: Vec<_> = sheets.iter().map(|s| (s.name.as_str(), s.looks_like)).collect();
    assert_eq!(
        looks,
        [
            ("Caseload", Some(SheetKind::Caseload)),
            ("Contacts", Some(SheetKind::Contacts)),
            ("Key", None)
        ]
    );
    let plan = import_of(
        &text_of(&sheets, "Caseload"),
        &text_of(&sheets, "Contacts"),
        &Journal::default(),
    );
    let from_csv = import();
    assert_eq!(plan.counts, from_csv.counts);
    assert_eq!(plan.triage, from_csv.triage);
    let rejected = |plan: &ImportPlan| -> Vec<_> {
        plan.rejected
            .iter()
            .map(|r| (r.sheet, r.row, r.reason.clone()))
            .collect()
    };
    assert_eq!(rejected(&plan), rejected(&from_csv));
    for (there, here) in plan.entries.iter().zip(&from_csv.entries) {
        assert_eq!((there.id(), there.fact()), (here.id(), here.fact()));
    }
}
