//! The case file: every published and derived vector, run as it would be typed.

use std::collections::{BTreeMap, BTreeSet};

use caseload::instruments::{InstrumentId, Score, catalog, change, definition, inspect_score};
use serde_json::Value;

const CASES: &str = include_str!("../../data/scoring-cases.json");

fn cases(list: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(CASES).unwrap();
    file[list].as_array().unwrap().clone()
}

/// As it would be typed: `-` for an item that wasn't answered.
fn as_typed(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Object(a), Value::Object(b)) => b
            .iter()
            .all(|(key, value)| a.get(key).is_some_and(|found| same(found, value))),
        (a, b) => a == b,
    }
}

#[test]
fn every_published_vector_of_a_known_instrument_scores_as_published() {
    let mut without = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut scored = 0;
    for case in cases("cases") {
        let id = case["instrument"].as_str().unwrap();
        if definition(&InstrumentId::from(id)).is_none() {
            without.insert(id.to_owned());
            continue;
        }
        scored += 1;
        let answers: Vec<String> = case["answers"].as_array().unwrap().iter().map(as_typed).collect();
        let context: BTreeMap<String, String> = case["context"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), as_typed(value)))
            .collect();
        let found = inspect_score(id, &answers.join(","), &context);
        let expected = &case["expected"];
        if expected["valid"] == Value::Bool(false) {
            let refused = found
                .as_ref()
                .map_or(true, |found| found["results"]["valid"] == Value::Bool(false));
            if !refused {
                wrong.push(format!("{}: should be invalid", case["id"]));
            }
            continue;
        }
        match found {
            Ok(found) if same(&found["results"], expected) => {}
            other => wrong.push(format!("{}: {expected} expected, {other:?}", case["id"])),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(scored > 0);
    assert_eq!(without, BTreeSet::new(), "instruments without a definition");
}

#[test]
fn every_outcome_vector_of_a_known_instrument_holds() {
    let (mut checked, mut without) = (0, BTreeSet::new());
    for case in cases("outcome_cases") {
        let id = case["instrument"].as_str().unwrap();
        let Some(definition) = definition(&InstrumentId::from(id)) else {
            without.insert(id.to_owned());
            continue;
        };
        let points = |key: &str| Score::new(i32::try_from(case[key].as_i64().unwrap()).unwrap());
        let change = change(definition, points("baseline"), Some(points("current"))).unwrap();
        for (key, expected) in case["expected"].as_object().unwrap() {
            match key.as_str() {
                "change" => assert_eq!(Some(change.points), expected.as_i64()),
                _ => assert_eq!(change.holds(key), expected.as_bool(), "{key}: {case}"),
            }
            checked += 1;
        }
    }
    assert!(checked >= 60);
    // The WHO-5 is known by its own id: its score is the percentage.
    assert_eq!(without, BTreeSet::from(["who5_percent".to_owned()]));
}

#[test]
fn loinc_codes_are_the_instruments_own() {
    let (mut totals, mut answers) = (0, 0);
    for case in cases("loinc_cases") {
        let code = case["code"].as_str().unwrap();
        for definition in catalog().iter() {
            let title = &definition.short_title;
            let names = [format!("{title} total"), format!("{title} score")];
            if names.iter().any(|name| case["means"] == name.as_str()) {
                assert_eq!(definition.loinc.total.as_deref(), Some(code), "{title}");
                totals += 1;
            }
            for option in definition.option_sets.values().flatten() {
                let codes = option.loinc.iter().chain(&option.also_loinc);
                if codes.into_iter().any(|it| it == code) {
                    assert_eq!(case["value"], option.value, "{title} {code}");
                    answers += 1;
                }
            }
        }
    }
    assert!(totals >= 3 && answers >= 20, "{totals} {answers}");
    let mut seen = BTreeSet::new();
    for loinc in catalog().iter().map(|definition| &definition.loinc) {
        for code in loinc.panel.iter().chain(&loinc.total) {
            assert!(seen.insert(code), "{code} stands for two things");
        }
    }
}
