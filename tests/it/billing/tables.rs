//! The rows of tests/data/billing.

use std::collections::BTreeMap;

use caseload::billing::{
    CodeUnits, DEFAULT_PROFILE, MonthKind, Profile, Suggestion, codes, inspect_claim, inspect_codes, inspect_codes_in,
};
use caseload::flowsheet::{Flowsheet, TimeLine};
use caseload::journal::facts::{ConsentHow, PayerProfileChange, Programme};
use caseload::journal::{Month, Seconds};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::sample::{NEW_YORK, day, month_by, month_of, person, ready, time, with, zone};

/// The rows of a table as maps from heading to text.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("{}/tests/data/billing/{table}.csv", env!("CARGO_MANIFEST_DIR"));
    let rows: Result<Vec<_>, _> = csv::Reader::from_path(path).unwrap().deserialize().collect();
    let rows: Vec<BTreeMap<String, String>> = rows.unwrap();
    assert!(rows.len() > 5, "{table} has rows");
    rows
}

fn kind(text: &str) -> MonthKind {
    match text {
        "initial" => MonthKind::Initial,
        "subsequent" => MonthKind::Subsequent,
        "bhi" => MonthKind::GeneralBhi,
        "bhi-therapist" => MonthKind::TherapistBhi,
        other => panic!("{other}"),
    }
}

fn word<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.into())).unwrap()
}

/// As the tables write it: `99492+99494x2`, `NONE`.
fn written(list: &[CodeUnits]) -> String {
    let one = |c: &CodeUnits| match c.code.as_str() {
        "99494" => format!("99494x{}", c.units),
        code => code.to_owned(),
    };
    let text: Vec<String> = list.iter().map(one).collect();
    if text.is_empty() { "NONE".into() } else { text.join("+") }
}

fn suggestion(row: &BTreeMap<String, String>) -> Suggestion {
    let minutes: u32 = row["minutes"].parse().unwrap();
    let profile = Profile::shipped(&row["profile"]).unwrap();
    codes(&profile, kind(&row["kind"]), Seconds(minutes * 60))
}

#[test]
fn every_published_row_gets_its_codes() {
    for row in rows("codes") {
        assert_eq!(written(&suggestion(&row).codes), row["expected"], "{row:?}");
    }
}

#[test]
fn the_command_line_agrees_with_every_published_row() {
    for row in rows("codes") {
        // The 59 seconds beyond the last whole minute change nothing, except where the rule is "more than".
        let beyond = if row["profile"] == "full-time-strict" { 0 } else { 59 };
        let seconds = row["minutes"].parse::<u32>().unwrap() * 60 + beyond;
        let printed = inspect_codes(&row["profile"], &row["kind"], seconds).unwrap();
        let list: Vec<(String, u64)> = printed["codes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (c["code"].as_str().unwrap().into(), c["units"].as_u64().unwrap()))
            .collect();
        let expected: Vec<(String, u64)> = row["expected"]
            .split('+')
            .filter(|c| *c != "NONE")
            .map(|c| c.split_once('x').unwrap_or((c, "1")))
            .map(|(code, units)| (code.into(), units.parse().unwrap()))
            .collect();
        assert_eq!(list, expected, "{row:?} {printed}");
    }
}

#[test]
fn codes_on_one_claim_go_together_as_the_published_rows_say() {
    for row in rows("claims") {
        let told = inspect_claim(&row["payer"], &row["claim"], row["month"].parse().unwrap()).unwrap();
        assert_eq!(told["clean"], row["clean"] == "yes", "{row:?} {told}");
        let said = told["conflicts"].to_string();
        assert!(said.contains(&row["says"]), "{row:?} {said}");
        assert!(!row["says"].is_empty() || said == "[]", "{row:?} {said}");
    }
}

#[test]
fn the_centers_code_depends_on_the_month() {
    for (month, seconds, expected) in [
        ("2025-12", 61 * 60, json!(["G0512"])),
        ("2025-12", 59 * 60, json!([])),
        ("2026-01", 61 * 60, json!(["99493"])),
        ("2017-12", 61 * 60, json!(["99493"])),
    ] {
        let told = inspect_codes_in("medicare-fqhc-rhc", "subsequent", seconds, month.parse().ok()).unwrap();
        let codes: Vec<_> = told["codes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["code"].clone())
            .collect();
        assert_eq!(json!(codes), expected, "{month} {seconds}");
    }
}

#[test]
fn an_add_on_names_the_codes_that_it_takes_the_place_of() {
    // AP01: the CPT alternative.
    let told = inspect_codes("medicare-apcm-minutes", "subsequent", 116 * 60).unwrap();
    assert_eq!(
        told["instead_of"],
        json!([{ "code": "99493", "units": 1 }, { "code": "99494", "units": 2 }])
    );
    assert_eq!(told["warnings"], json!(["apcm-unsettled"]));
}

#[test]
fn the_next_code_is_said_with_its_minute() {
    for row in rows("next") {
        let next = suggestion(&row).next;
        let said = next.map_or((String::new(), String::new()), |n| {
            (n.code.as_str().to_owned(), n.at_minutes.to_string())
        });
        assert_eq!(said, (row["next_code"].clone(), row["at_minutes"].clone()), "{row:?}");
    }
}

#[test]
fn a_gate_that_is_not_met_withholds_the_codes_and_says_which() {
    for row in rows("gates") {
        let mut sheet = ready();
        sheet.gates.consents.clear();
        if let Some((how, from)) = row["consent"].split_once(' ') {
            let how = if how == "refused" {
                None
            } else {
                Some(word::<ConsentHow>(how))
            };
            sheet.gates.consents.push((day(from), Programme::Cocm, how));
        }
        sheet.gates.initiating_visits = row["visit"].split_whitespace().map(day).collect();
        sheet.gates.diagnoses = row["diagnosis"]
            .split_whitespace()
            .map(|code| (code.to_owned(), day("2026-03-01"), None))
            .collect();
        let minutes: u32 = row["minutes"].parse().unwrap();
        let month = month_of(
            &with(sheet, [time(zone(NEW_YORK), "2026-03-02", minutes * 60)]),
            "2026-03",
        );
        assert_eq!(written(month.billable()), row["expected"], "{row:?}");
        let missing: Vec<_> = month.missing().map(|gate| gate.words()).collect();
        assert_eq!(missing.join(" "), row["missing"], "{row:?}");
        assert!(
            missing.is_empty() || month.why().contains("Consent") || month.why().contains("on record"),
            "{}",
            month.why()
        );
    }
}

#[test]
fn the_first_month_of_a_course_is_initial_and_only_six_empty_months_start_another() {
    for row in rows("episodes") {
        let zone = zone(NEW_YORK);
        let now = format!("{}:{}", row["this_month"], row["minutes"]);
        let lines = row["history"].split_whitespace().chain([now.as_str()]).map(|part| {
            let (month, minutes) = part.split_once(':').unwrap();
            time(zone, &format!("{month}-15"), minutes.parse::<u32>().unwrap() * 60)
        });
        let mut sheet = with(ready(), lines);
        sheet.gates.consents[0].0 = day("2024-01-01");
        assert_eq!(
            written(&month_of(&sheet, &row["this_month"]).supported.codes),
            row["expected"],
            "{row:?}"
        );
    }
}

#[test]
fn time_counts_for_the_right_person_activity_day_and_month() {
    for row in rows("times") {
        let values = row["values"].split_whitespace().map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.parse().unwrap())
        });
        let change = PayerProfileChange {
            name: "row".into(),
            base: row["profile"].clone(),
            values: values.collect(),
        };
        let month = month_by(&sheet_of(&row), &row["month"], &Profile::changed(&change).unwrap());
        assert_eq!(month.minutes().to_string(), row["minutes"], "{row:?}");
        assert_eq!(written(&month.supported.codes), row["expected"], "{row:?}");
        if month.minutes() > 0 {
            assert_eq!(month.kind, kind(&row["kind"]), "{row:?}");
        }
    }
}

/// The patient of a row: its entries, and an earlier month of care where the month is a later one.
fn sheet_of(row: &BTreeMap<String, String>) -> Flowsheet {
    let zone = zone(NEW_YORK);
    let lines = row["entries"]
        .split(';')
        .map(str::trim)
        .filter(|e| !e.is_empty())
        .map(|entry| {
            let [start, seconds, activity, bucket, by] = entry.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{entry}")
            };
            let mut line = time(zone, start, seconds.parse().unwrap());
            (line.activity, line.bucket, line.by) = (word(activity), word(bucket), person(by.parse().unwrap()));
            line
        });
    let mut sheet = with(ready(), lines);
    sheet.gates.consents[0].0 = day("2025-01-01");
    let month: Month = row["month"].parse().unwrap();
    if row["kind"] == "subsequent" && !row["case_id"].starts_with("TM12") {
        sheet = with(sheet, [time(zone, &month.previous().first().to_string(), 60)]);
    }
    sheet
}

#[test]
fn under_the_default_profile_the_short_months_wait_for_the_clinics_choice() {
    let profile = Profile::shipped(DEFAULT_PROFILE).unwrap();
    let unsettled: Vec<u32> = (0..200)
        .filter(|minutes| codes(&profile, MonthKind::Subsequent, Seconds(minutes * 60)).is_unsettled())
        .collect();
    assert_eq!(unsettled, (16..30).collect::<Vec<_>>());
}

#[test]
fn a_trainees_minutes_count_unless_the_profile_leaves_them_out_and_it_says_that_no_text_was_read() {
    let own = |values: &[(&str, u32)]| {
        let values = values.iter().map(|(name, number)| ((*name).to_owned(), *number));
        let change = PayerProfileChange {
            name: "ours".to_owned(),
            base: "midpoint-g2214-16".to_owned(),
            values: values.collect(),
        };
        Profile::changed(&change).unwrap()
    };
    let zone = zone(NEW_YORK);
    let minutes = |profile: &Profile| {
        let by = |number, start| TimeLine {
            by: person(number),
            ..time(zone, start, 20 * 60)
        };
        let lines = [by(1, "2026-03-03T10:00:00-05:00"), by(4, "2026-03-04T10:00:00-05:00")];
        month_by(&with(ready(), lines), "2026-03", profile).minutes()
    };
    for (values, wanted) in [
        (vec![], 40),
        (vec![("trainee_time", 1)], 40),
        (vec![("trainee_time", 0)], 20),
    ] {
        assert_eq!(minutes(&own(&values)), wanted, "{values:?}");
    }
    let values = own(&[]).values();
    let said = values.iter().find(|value| value.name == "trainee_time").unwrap();
    assert_eq!(said.standing.word(), "unverified");
    assert!(said.source.starts_with("no text was read"));
}
