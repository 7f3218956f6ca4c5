//! `inspect month` on a handoff that is made from tests/data/billing/months.csv: a patient a row. Gates, episodes, payers
//! and advanced primary care are proven here as an auditor would see them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use caseload::exchange::handoff::{Header, NamedPerson, RegistryKind, Scope, to_text};
use caseload::journal::facts::{Clinic, Role, Weekday};
use caseload::journal::{ChartId, Draft, Entry, EntryId, Fact, Journal, PersonId, RegistryId, Stamp};
use serde_json::{Value, json};

use super::sample::NEW_YORK;

type Row = BTreeMap<String, String>;

fn rows() -> Vec<Row> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/billing/months.csv");
    let rows: Result<Vec<Row>, _> = csv::Reader::from_path(path).unwrap().deserialize().collect();
    rows.unwrap()
}

fn id<T>(of: impl Fn([u8; 16]) -> T, kind: u8, number: usize) -> T {
    let mut bytes = [kind; 16];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    of(bytes)
}

fn person(number: usize) -> PersonId {
    id(PersonId::from_random, 3, number)
}

fn chart(number: usize) -> ChartId {
    id(ChartId::from_random, 5, number)
}

/// The entries of a registry, numbered as they come.
struct Written(Vec<Entry>);

impl Written {
    fn put(&mut self, chart: ChartId, fact: Fact) {
        let number = self.0.len() + 1;
        let stamp = Stamp::new(1_770_000_000_000 + number as u64, 0, 7);
        let entry = Entry::write(
            Draft::new(chart, fact),
            id(EntryId::from_random, 7, number),
            stamp,
            person(1),
        );
        self.0.push(entry.unwrap());
    }
    fn say(&mut self, chart: ChartId, kind: &str, fact: Value) {
        let fact = Fact::read(kind, &fact.to_string());
        assert_eq!((fact.kind(), fact.problems()), (kind, vec![]));
        self.put(chart, fact);
    }
}

/// The registry: a clinic with its people, and a patient a row.
fn registry(rows: &[Row]) -> String {
    let registry = RegistryId::from_random([1; 16]);
    let own = registry.own_chart();
    let mut written = Written(Vec::new());
    written.put(
        own,
        Clinic {
            name: "Elm Street".into(),
            zone: NEW_YORK.parse().unwrap(),
            crisis_line: None,
            working_days: vec![Weekday::Mon],
            payer_profile: "midpoint-g2214-16".into(),
            of_age: None,
            consents_from: None,
        }
        .into(),
    );
    for (number, name, role) in [(1, "R. Okoye", "care_manager"), (2, "A. Lindqvist", "consultant")] {
        written.say(
            own,
            "person",
            json!({ "person": person(number), "name": name, "role": role }),
        );
    }
    let clinicians: BTreeSet<(String, String)> = rows.iter().map(clinician).collect();
    let clinicians: Vec<_> = clinicians.into_iter().collect();
    for (number, (credential, npi)) in clinicians.iter().enumerate() {
        let mut fact = json!({
            "person": person(10 + number), "name": "M. Castellanos", "role": "clinician", "credential": credential,
        });
        if !npi.is_empty() {
            fact["npi"] = json!(npi);
        }
        written.say(own, "person", fact);
    }
    for (number, row) in rows.iter().enumerate() {
        let by = clinicians.iter().position(|known| *known == clinician(row)).unwrap();
        patient(&mut written, chart(number), row, person(10 + by));
    }
    let header = Header {
        registry,
        kind: RegistryKind::Real,
        created: "2026-11-20T14:05:00-05:00".parse().unwrap(),
        author: person(1),
        scope: Scope::All,
        cover: None,
        people: vec![NamedPerson {
            person: person(1),
            name: "R. Okoye".into(),
            role: Role::CareManager,
        }],
    };
    to_text(&header, &Journal::of(written.0)).unwrap()
}

fn clinician(row: &Row) -> (String, String) {
    (row["credential"].clone(), row["npi"].clone())
}

fn patient(written: &mut Written, chart: ChartId, row: &Row, clinician: PersonId) {
    let mrn = row["case_id"].replace(' ', "-");
    written.say(
        chart,
        "registration",
        json!({ "given": "Case", "family": row["case_id"], "mrn": mrn, "clinician": clinician }),
    );
    let is_general = row["entries"].contains("general_bhi");
    if let [how, day, explained @ ..] = &row["consent"].split(' ').collect::<Vec<_>>()[..] {
        let programme = if is_general { "general_bhi" } else { "cocm" };
        // What consent has to cover was explained, where the row doesn't say what was.
        let points = match explained {
            [] => vec!["consultant", "cost_sharing"],
            ["nothing"] => Vec::new(),
            points => points.to_vec(),
        };
        let answer = json!({ "given": { "how": how, "points": points } });
        written.say(
            chart,
            "consent",
            json!({ "programme": programme, "answer": answer, "day": day }),
        );
    }
    for day in row["visit"].split_whitespace() {
        written.say(chart, "initiating_visit", json!({ "day": day }));
    }
    for code in row["diagnosis"].split_whitespace() {
        let thing = id(caseload::journal::ThingId::from_random, 9, written.0.len());
        written.say(
            chart,
            "diagnosis",
            json!({ "diagnosis": thing, "code": code, "from": "2025-01-01" }),
        );
    }
    for (day, kind) in row["admitted"].split_whitespace().zip(["admission", "discharge"]) {
        written.say(chart, "acute_event", json!({ "kind": kind, "at": day }));
    }
    let payers: Vec<&str> = match (row["profile"].as_str(), row["payers"].as_str()) {
        ("clinic", payers) => payers.split("; ").collect(),
        _ => Vec::new(),
    };
    for (from, profile) in payers.iter().map(|payer| payer.split_once(' ').unwrap()) {
        let payer = json!({ "name": format!("Payer of {profile}"), "profile": profile, "from": from });
        written.say(chart, "payer", payer);
    }
    if payers.is_empty() {
        let payer = json!({ "name": "Payer", "profile": row["profile"], "from": "2020-01-01" });
        written.say(chart, "payer", payer);
    }
    for entry in row["entries"].split("; ") {
        written.say(chart, "time", time(entry));
    }
}

/// `2026-03-10:50`, with activity, bucket and person where they aren't follow-up, collaborative care and the first.
fn time(entry: &str) -> Value {
    let (start, rest) = match entry.split_once('T') {
        Some((_, clock)) => entry.split_at(11 + clock.match_indices(':').nth(2).map_or(clock.len(), |(at, _)| at + 3)),
        None => entry.split_at(10),
    };
    let mut parts = rest.trim_start_matches(':').split(':');
    let minutes: f64 = parts.next().unwrap().parse().unwrap();
    let mut or = |other: &'static str| parts.next().filter(|part| !part.is_empty()).unwrap_or(other).to_owned();
    let (activity, bucket, by) = (or("follow_up"), or("cocm"), or("1"));
    json!({
        "start": start, "seconds": (minutes * 60.0).floor() as u32, "activity": activity, "bucket": bucket,
        "by": person(by.parse().unwrap()), "clocked": "typed",
    })
}

fn month(path: &str, month: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_inspect"))
        .args(["month", path, month, "--as-of", "2027-12-31"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// As the tables write it.
fn written(codes: &Value) -> String {
    let one = |code: &Value| match (code["code"].as_str().unwrap(), code["units"].as_u64().unwrap()) {
        ("99494", units) => format!("99494x{units}"),
        (code, _) => code.to_owned(),
    };
    let text: Vec<String> = codes.as_array().unwrap().iter().map(one).collect();
    if text.is_empty() { "NONE".into() } else { text.join("+") }
}

#[test]
fn inspect_month_agrees_with_every_published_row_on_a_handoff() {
    let rows = rows();
    assert!(rows.len() > 60);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("months-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("months.json");
    std::fs::write(&path, registry(&rows)).unwrap();
    let path = path.to_str().unwrap();
    let mut months: BTreeMap<&str, Value> = BTreeMap::new();
    for row in &rows {
        let told = months
            .entry(&row["month"])
            .or_insert_with(|| month(path, &row["month"]));
        let mrn = row["case_id"].replace(' ', "-");
        let line = told["rows"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["mrn"] == json!(mrn));
        let line = line.unwrap_or_else(|| panic!("{mrn} has a line"));
        assert_eq!(line["minutes"].to_string(), row["minutes"], "{mrn} {line}");
        assert_eq!(written(&line["codes"]), row["expected"], "{mrn} {line}");
        let said = format!("{} {} {}", line["why"], line["gates"], line["warnings"]);
        assert!(
            said.contains(&row["says"]) || row["expected"] == "NONE" && row["says"].is_empty(),
            "{mrn}: {said}"
        );
    }
    let march = &months["2026-03"];
    let unsettled = march["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["unsettled"] == true)
        .count();
    assert!(unsettled > 0 && march["unsettled"] == json!(unsettled), "counted apart");
    std::fs::remove_dir_all(folder).unwrap();
}
