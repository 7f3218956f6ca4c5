//! The shape of the source, checked by reading it: arrows between rooms, what pure rooms may touch, file lengths,
//! and that nothing in the repository names a folder or a registry of the machine it was made on.

use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms a room may use. A room that is not here fails the test until someone decides where it stands.
const ARROWS: &[(&str, &[&str])] = &[
    ("journal", &[]),
    ("vault", &[]),
    ("flowsheet", &["instruments", "journal"]),
    ("instruments", &["journal"]),
    ("care", &["flowsheet", "instruments", "journal"]),
    ("billing", &["flowsheet", "instruments", "journal"]),
    ("graphs", &["care", "flowsheet", "instruments", "journal"]),
    ("exchange", UPPER),
    ("reports", UPPER),
    ("training", UPPER),
    ("store", &["vault", "journal"]),
    ("platform", &["vault", "journal"]),
    (
        "registry",
        &[
            "store",
            "vault",
            "platform",
            "exchange",
            "reports",
            "training",
            "graphs",
            "care",
            "billing",
            "instruments",
            "flowsheet",
            "journal",
        ],
    ),
];
const UPPER: &[&str] = &["care", "billing", "instruments", "flowsheet", "journal"];

/// Rooms that know no browser, no clock and no page.
const PURE: &[&str] = &[
    "journal",
    "flowsheet",
    "instruments",
    "care",
    "billing",
    "reports",
    "exchange",
    "training",
    "graphs",
];
const IMPURE_WORDS: &[&str] = &[
    "web_sys",
    "js_sys",
    "leptos",
    "wasm_bindgen",
    "gloo_storage",
    "SystemTime",
    "Instant::now",
    "getrandom",
];

const MAX_LINES: usize = 500;
const CODE: &[&str] = &["rs", "js", "mjs", "css", "sh", "html"];
const TEXT: &[&str] = &[
    "rs",
    "js",
    "mjs",
    "css",
    "sh",
    "html",
    "toml",
    "json",
    "md",
    "csv",
    "svg",
    "webmanifest",
    "lock",
    "yml",
    "snap",
];
const NOT_SOURCE: &[&str] = &[
    "target",
    "node_modules",
    "dist",
    "dist-single",
    "test-results",
    "playwright-report",
    ".git",
    ".tools",
    ".build",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the project under a folder, with its path from the root, in order.
fn files_under(folder: &Path, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if NOT_SOURCE.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let ending = path.extension().map_or("", |ending| ending.to_str().unwrap_or(""));
            if endings.contains(&ending) || (ending.is_empty() && endings.contains(&"md")) {
                let shown = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                if let Ok(text) = fs::read_to_string(&path) {
                    found.push((shown, text));
                }
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "nothing to read in {}", folder.display());
    found
}

/// The room that a file of `src` belongs to; `None` for `lib.rs`, `main.rs` and the binaries.
fn room_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let room = inside.split(['/', '.']).next()?;
    (!matches!(room, "lib" | "main" | "bin" | "web")).then_some(room)
}

/// The source without its line comments; doc comments may name anything.
fn without_comments(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The rooms that a source names, as `crate::room`, `caseload::room` or inside `use crate::{..}`.
fn rooms_named(source: &str) -> Vec<String> {
    let first_word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut rooms = Vec::new();
    for (at, prefix) in source.match_indices("crate::") {
        let rest = source.get(at + prefix.len()..).unwrap_or("");
        match rest.strip_prefix('{') {
            None => rooms.push(first_word(rest)),
            Some(group) => rooms.extend(top_level_items(group).iter().map(|item| first_word(item))),
        }
    }
    rooms.sort();
    rooms.dedup();
    rooms
}

/// The items of a `{a, b::{c, d}, e}` group whose opening brace is already taken.
fn top_level_items(group: &str) -> Vec<String> {
    let (mut items, mut item, mut depth) = (Vec::new(), String::new(), 0_u32);
    for letter in group.chars() {
        match letter {
            '}' if depth == 0 => break,
            ',' if depth == 0 => items.push(std::mem::take(&mut item)),
            _ => {
                depth = match letter {
                    '{' => depth + 1,
                    '}' => depth - 1,
                    _ => depth,
                };
                item.push(letter);
            }
        }
    }
    items.push(item);
    items
        .into_iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn arrows_between_rooms_point_down() {
    let mut problems = Vec::new();
    for (path, text) in files_under(&root().join("src"), &["rs"]) {
        let Some(room) = room_of(&path).filter(|room| *room != "app") else {
            continue;
        };
        let Some((_, below)) = ARROWS.iter().find(|(name, _)| *name == room) else {
            problems.push(format!("{path}: the room `{room}` has no place in ARROWS"));
            continue;
        };
        for used in rooms_named(&without_comments(&text)) {
            let is_room = used == "app" || ARROWS.iter().any(|(name, _)| *name == used);
            if is_room && used != room && !below.contains(&used.as_str()) {
                problems.push(format!("{path}: `{room}` must not use `{used}`"));
            }
        }
    }
    report(&problems);
}

#[test]
fn pure_rooms_know_no_browser_clock_or_chance() {
    let mut problems = Vec::new();
    for (path, text) in files_under(&root().join("src"), &["rs"]) {
        if !room_of(&path).is_some_and(|room| PURE.contains(&room)) {
            continue;
        }
        let source = without_comments(&text);
        for word in IMPURE_WORDS.iter().filter(|word| source.contains(*word)) {
            problems.push(format!("{path}: a pure room must not name `{word}`"));
        }
    }
    report(&problems);
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let problems: Vec<_> = files_under(&root(), CODE)
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines, at most {MAX_LINES}"))
        .collect();
    report(&problems);
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    // Written in two halves, so that this file does not find itself.
    let banned = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("shared/do", "main"),
        concat!("registry.npm", "js"),
        concat!("index.crates", ".io"),
        concat!("arti", "factory"),
        concat!("\"resol", "ved\":"),
    ];
    let mut problems = Vec::new();
    for (path, text) in files_under(&root(), TEXT) {
        for (number, line) in text.lines().enumerate() {
            for word in banned.iter().filter(|word| line.contains(*word)) {
                problems.push(format!("{path}:{}: names `{word}`", number + 1));
            }
        }
    }
    report(&problems);
}

#[test]
fn the_map_of_rooms_and_the_arrows_name_the_same_rooms() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut mapped: Vec<_> = map
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .filter(|room| *room != "app")
        .collect();
    let mut placed: Vec<_> = ARROWS.iter().map(|(room, _)| *room).collect();
    mapped.sort_unstable();
    placed.sort_unstable();
    assert_eq!(mapped, placed);
}

#[test]
fn grouped_and_nested_uses_are_read() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::journal::Entry;", &["journal"]),
        ("use crate::{care::{Clock, Rule}, journal};", &["care", "journal"]),
        ("let x = crate::billing::month();", &["billing"]),
        ("// use crate::app;", &[]),
        ("use chrono::{Days, NaiveDate};", &[]),
    ];
    for (source, expected) in cases {
        assert_eq!(rooms_named(&without_comments(source)), *expected, "{source}");
    }
}
