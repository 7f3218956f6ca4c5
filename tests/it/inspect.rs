//! `inspect` as a program: JSON and exit code 0, or exit code 2 with one sentence on standard error.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

const INSPECT: &str = env!("CARGO_BIN_EXE_inspect");

fn run(arguments: &[&str]) -> Output {
    Command::new(INSPECT).args(arguments).output().unwrap()
}

/// What it prints, read as JSON.
#[track_caller]
fn ask(arguments: &[&str]) -> Value {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    assert!(said.is_empty(), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The sentence with which it refuses.
#[track_caller]
fn refuses(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?} prints nothing");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said.trim_end().to_owned()
}

/// A file of this test, in a folder of its own.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("inspect-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// An invented caseload.
fn invented(name: &str, seed: &str) -> String {
    let output = run(&["generate", "--seed", seed, "--patients", "9", "--months", "4"]);
    assert_eq!(output.status.code(), Some(0));
    file(name, output.stdout)
}

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_score_has_its_results_its_flags_its_rule_and_its_source() {
    // 2+2+2+2+1+1+2+0+0 = 12, item 9 "not at all".
    let scored = ask(&["score", "phq9", "2,2,2,2,1,1,2,0,0"]);
    assert_eq!(scored["instrument"], "phq9");
    assert_eq!((&scored["complete"], &scored["missing"]), (&json!(true), &json!([])));
    assert_eq!(scored["results"]["total"], 12);
    assert_eq!(scored["results"]["severity"], "moderate");
    assert_eq!(scored["flags"], json!([]));
    assert!(["version", "rule", "source"].iter().all(|key| scored[*key].is_string()));

    let alert = ask(&["score", "phq9", "0,0,0,0,0,0,0,0,1"]);
    assert_eq!(alert["results"]["severity"], "minimal");
    assert_eq!(alert["flags"][0]["rule"], "phq9_item9_positive");
    assert_eq!(alert["flags"][0]["level"], "positive");

    let open = ask(&["score", "phq9", "3,3,3,3,3,3,3,3,-"]);
    assert_eq!(open["complete"], false);
    assert_eq!(open["missing"], json!(["phq9_9"]));
    assert_eq!(open["results"]["item9_answered"], false);
    assert_eq!(open["flags"][0]["level"], "prompt", "not answered is not no");

    let sex = |more: &[&str]| ask(&[&["score", "auditc", "1,1,1"], more].concat())["results"]["positive"].clone();
    assert_eq!(sex(&["--sex", "female"]), true);
    assert_eq!(sex(&["--with", "sex=male"]), false);
    assert_ne!(sex(&[]), true, "unknown without the context");
    let words = ask(&["score", "cssrs_screen", "yes,no,-,-,-,lifetime"]);
    assert_eq!(words["results"]["risk"], "moderate");
}

#[test]
fn codes_have_units_the_next_code_and_warnings() {
    let codes = |payer: &str, kind: &str, seconds: &str| {
        ask(&["codes", "--payer", payer, "--kind", kind, "--seconds", seconds])
    };
    // 12 min 20 s three times are 37 minutes.
    let first = codes("midpoint-g2214-16", "initial", "2220");
    assert_eq!(first["codes"], json!([{"code": "99492", "units": 1}]));
    assert_eq!(first["next"], json!({"code": "99494", "at_minutes": 86}));
    assert_eq!(first["warnings"], json!([]));
    // 35 min 57 s are not 36.
    let short = codes("midpoint-g2214-30", "initial", "2157");
    assert_eq!(short["codes"], json!([{"code": "G2214", "units": 1}]));
    assert_eq!(short["next"], json!({"code": "99492", "at_minutes": 36}));
    let default = ask(&["codes", "--kind", "subsequent", "--seconds", "1200"]);
    assert_eq!(default["warnings"], json!(["unsettled"]));
    let capped = codes("midpoint-cap2", "subsequent", "8160");
    assert_eq!(capped["codes"][1], json!({"code": "99494", "units": 2}));
    assert_eq!(capped["next"], Value::Null);
    assert_eq!(
        codes("midpoint-no-g2214", "bhi", "1200")["codes"],
        json!([{"code": "99484", "units": 1}])
    );
}

#[test]
fn an_invented_caseload_answers_every_question_about_it() {
    let path = invented("asked.json", "7");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(file["format"], "caseload-handoff");

    let list = ask(&["worklist", &path, "--as-of", "2026-11-20"]);
    assert_eq!(list["as_of"], "2026-11-20");
    let first = &list["items"][0];
    assert_eq!(first["kind"], "safety", "safety comes first");
    for key in ["rule", "why", "due", "clears", "source", "next_fires"] {
        assert!(first["reasons"][0].get(key).is_some(), "{key}");
    }
    let rows = ask(&["caseload", &path, "--as-of", "2026-11-20"]);
    assert_eq!(rows["rows"].as_array().unwrap().len(), 9);
    assert!(ask(&["review", &path, "--as-of", "2026-11-20"]).is_object());

    let month = ask(&["month", &path, "2026-10"]);
    assert_eq!(
        (&month["month"], &month["payer"]),
        (&json!("2026-10"), &json!("midpoint-g2214-16"))
    );
    for row in month["rows"].as_array().unwrap() {
        let counted = row["counted"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["seconds"].as_u64().unwrap());
        assert_eq!(row["seconds"], counted.sum::<u64>());
        assert_eq!(row["minutes"], row["seconds"].as_u64().unwrap() / 60);
        assert!(row["gates"].is_array() && row["why"].is_string());
    }
    let other = ask(&["month", &path, "2026-10", "--payer", "midpoint-no-g2214"]);
    assert_eq!(other["payer"], "midpoint-no-g2214");

    let (id, mrn) = (first["chart"].as_str().unwrap(), first["mrn"].as_str().unwrap());
    let by_id = ask(&["chart", id, &path, "--as-of", "2026-11-20"]);
    assert_eq!(by_id, ask(&["chart", mrn, &path, "--as-of=2026-11-20"]));
    assert_eq!(by_id["on_the_list"], "safety");
    assert!(by_id["flowsheet"]["scores"].is_array() && by_id["clocks"].is_array());
}

#[test]
fn what_was_not_known_yet_is_not_told() {
    let path = invented("known.json", "7");
    let early = ask(&[
        "caseload",
        &path,
        "--as-of",
        "2026-11-20",
        "--known-at",
        "2000-01-01T00:00:00Z",
    ]);
    assert_eq!(early["rows"], json!([]));
    let none = ask(&["worklist", &path, "--as-of", "2020-01-01"]);
    assert!(
        none["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["kind"] != "safety")
    );
}

#[test]
fn merging_tells_what_each_file_brought_and_again_brings_nothing() {
    let path = invented("merged.json", "8");
    let whole = path.replace("merged.json", "whole.json");
    let report = ask(&["merge", &path, &path, "--out", &whole]);
    assert_eq!(report["files"][1]["new"], 0);
    assert_eq!(report["files"][1]["known"], report["files"][0]["new"]);
    assert_eq!(report["merged"]["damaged"], json!([]));
    let twice = ask(&["worklist", &whole, "--as-of", "2026-11-20"]);
    assert_eq!(twice, ask(&["worklist", &path, "--as-of", "2026-11-20"]));
}

#[test]
fn an_import_is_a_dry_run_that_names_problems_and_the_same_each_time() {
    let (caseload, contacts) = (fixture("import/caseload.csv"), fixture("import/contacts.csv"));
    let made = file("made.json", "");
    let plan = ask(&["import", &caseload, &contacts, "--as-of", "2026-11-20", "--out", &made]);
    assert!(plan["patients"].as_u64().unwrap() > 0);
    for problem in plan["problems"].as_array().unwrap() {
        assert!(problem["reason"].is_string() && problem["row"].is_u64(), "{problem}");
    }
    let triage = plan["triage"].as_array().unwrap();
    assert!(!triage.is_empty());
    // Each of them is a safety item of the registry that it makes, not late, whatever the status.
    let list = ask(&["worklist", &made, "--as-of", "2026-11-20"]);
    let safety: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|i| i["kind"] == "safety")
        .collect();
    assert_eq!(safety.len(), triage.len());
    assert!(safety.iter().all(|item| item["reasons"][0]["late_days"] == 0));
    assert_eq!(plan, ask(&["import", &caseload, &contacts, "--as-of", "2026-11-20"]));
    let again = ask(&["merge", &made, &made]);
    assert_eq!(again["files"][1]["new"], 0);
}

#[test]
fn an_invented_caseload_follows_from_its_seed() {
    let generate = |seed: &str| run(&["generate", "--seed", seed, "--patients", "3", "--months", "2"]).stdout;
    assert_eq!(generate("1"), generate("1"));
    assert_ne!(generate("1"), generate("2"));
}

#[test]
fn bad_input_is_refused_with_one_sentence_that_says_what() {
    let path = invented("bad.json", "7");
    let text = std::fs::read_to_string(&path).unwrap();
    let newer = file("newer.json", text.replacen("\"version\":1", "\"version\":99", 1));
    let truncated = file("truncated.json", &text[..text.len() / 2]);
    let prose = file("prose.json", "a letter");
    let other = file("other.json", "{\"format\":\"something else\"}");
    let binary = file("binary.csv", [0, 159, 146, 150, 0, 1, 2]);
    let day = ["--as-of", "2026-11-20"];
    let with_day = |words: &[&'static str], file: &str| -> Vec<String> {
        let words = words.iter().map(|word| (*word).to_owned());
        words.chain([file.to_owned()]).chain(day.map(str::to_owned)).collect()
    };
    let refuses_owned = |words: Vec<String>| refuses(&words.iter().map(String::as_str).collect::<Vec<_>>());

    let table: &[(&[&str], &str)] = &[
        (&[], "say what to print"),
        (&["unknown"], "there is no command"),
        (&["score"], "this takes 2 words, not 0"),
        (&["score", "phq9", "0,0,0"], "has 9 answers, 3 were given"),
        (&["score", "phq9", "0,0,0,0,0,0,0,0,4"], "one of 0, 1, 2, 3"),
        (&["score", "phq99", "0"], "phq99"),
        (&["codes", "--kind", "initial"], "--seconds is missing"),
        (
            &["codes", "--kind", "never", "--seconds", "1"],
            "initial, subsequent or bhi",
        ),
        (&["codes", "--kind", "initial", "--seconds", "-1"], "--seconds"),
        (
            &["codes", "--payer", "acme", "--kind", "initial", "--seconds", "1"],
            "no payer profile named",
        ),
        (&["worklist", &path], "--as-of is missing"),
        (&["worklist", &path, "--as-of", "2026-02-29"], "--as-of"),
        (
            &["worklist", &path, "--as-of", "2026-11-20", "--protocol", "other"],
            "no protocol",
        ),
        (
            &["worklist", &path, "--as-of", "2026-11-20", "--known-at", "noon"],
            "--known-at",
        ),
        (
            &["worklist", "/nowhere/file.json", "--as-of", "2026-11-20"],
            "can't be read",
        ),
        (&["caseload", &path, "--as-of"], "--as-of needs a value"),
        (&["month", &path, "2026-13"], "2026-13"),
        (
            &["month", &path, "2026-10", "--payer", "acme"],
            "no payer profile named",
        ),
        (&["chart", "nobody", &path], "no chart in this file"),
        (&["merge"], "a file is missing"),
        (&["merge", &prose], ""),
        (&["import", &binary, &binary, "--as-of", "2026-11-20"], ""),
        (
            &["generate", "--seed", "1", "--patients", "many", "--months", "1"],
            "--patients",
        ),
        (
            &[
                "generate",
                "--seed",
                "1",
                "--patients",
                "1",
                "--months",
                "1",
                "--zone",
                "Mars/Base",
            ],
            "--zone",
        ),
        (&["score", "phq9", "0", "--nonsense"], "no option --nonsense"),
    ];
    for (arguments, expected) in table {
        let said = refuses(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    for bad in [&newer, &truncated, &prose, &other] {
        let said = refuses_owned(with_day(&["worklist"], bad));
        assert!(said.contains(bad.as_str()), "says which file: {said}");
    }
}
