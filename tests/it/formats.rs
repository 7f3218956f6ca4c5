//! Handoff files that were written once and must be read for ever, and the example of the documentation.

use std::collections::BTreeSet;

use caseload::exchange::handoff::{Handoff, RegistryKind, Scope, read, to_text};
use caseload::exchange::inspect::inspect_merge;
use caseload::journal::Fact;

const VERSION_1: &str = include_str!("../data/handoff/version-1.json");
const FORMAT: &str = include_str!("../../docs/format.md");

fn rewritten(handoff: &Handoff) -> String {
    to_text(&handoff.header, &handoff.journal()).unwrap()
}

#[test]
fn a_file_of_version_1_is_read_and_written_byte_for_byte() {
    let handoff = read(VERSION_1.as_bytes()).unwrap();
    assert_eq!(rewritten(&handoff), VERSION_1);
    assert_eq!(
        (handoff.header.kind, &handoff.header.scope),
        (RegistryKind::Training, &Scope::All)
    );
    let unknown: Vec<&str> = handoff
        .entries()
        .filter(|e| matches!(e.fact(), Fact::Unknown))
        .map(|e| e.text())
        .collect();
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].ends_with(
        r#""kind":"from_a_later_version","fact":{"number":1.50,"text":"\u00e9 é","list":[1e3,null]},"extra":true}"#
    ));
}

#[test]
fn the_example_of_the_documentation_is_a_handoff() {
    let example = FORMAT.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let handoff = read(example.as_bytes()).unwrap();
    assert_eq!(rewritten(&handoff), example);
    assert_eq!(handoff.end.entries, 3);
}

#[test]
fn the_documentation_names_every_key_of_the_header_and_of_an_entry() {
    let value: serde_json::Value = serde_json::from_str(VERSION_1).unwrap();
    let entry = &value["charts"][0]["entries"][0];
    let keys: BTreeSet<&String> = value
        .as_object()
        .unwrap()
        .keys()
        .chain(entry.as_object().unwrap().keys())
        .collect();
    for key in keys {
        assert!(FORMAT.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn merged_files_are_one_handoff_with_nothing_twice_and_nothing_lost() {
    let example = FORMAT.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let (report, text) = inspect_merge(&[VERSION_1.as_bytes(), VERSION_1.as_bytes(), example.as_bytes()]).unwrap();
    assert_eq!(report["files"][1]["new"], 0);
    assert_eq!(report["files"][2]["joining"], "other_registry");
    assert_eq!(
        (&report["files"][2]["new"], &report["files"][2]["left_out"]),
        (&2.into(), &1.into())
    );
    let first = read(VERSION_1.as_bytes()).unwrap();
    let merged = read(text.as_bytes()).unwrap();
    assert_eq!(merged.end.entries, first.end.entries + 2);
    assert_eq!(merged.header, first.header);
    let error = inspect_merge(&[VERSION_1.as_bytes(), b"{\"format\":1}"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "File 2: This file is JSON, but not a Caseload handoff."
    );
}
