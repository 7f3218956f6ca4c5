//! A fact of any kind, told by its own names: nothing that was written is left out because a note has no sentence for it.

use serde_json::Value;
use uuid::Uuid;

use crate::journal::Fact;

use super::words::capital;

/// `Worksheet: kind activity; planned walk to the park; done yes`.
pub(super) fn any_line(fact: &Fact) -> String {
    let kind = capital(&fact.kind().replace('_', " "));
    let json = fact.to_json().unwrap_or_default();
    let mut said = Vec::new();
    walk("", &serde_json::from_str(&json).unwrap_or_default(), &mut said);
    match said.is_empty() {
        true => kind,
        false => format!("{kind}: {}", said.join("; ")),
    }
}

fn walk(name: &str, value: &Value, said: &mut Vec<String>) {
    let named = |words: &str| match name.is_empty() {
        true => words.to_owned(),
        false => format!("{name} {words}"),
    };
    match value {
        Value::Null => {}
        Value::Bool(yes) => said.push(named(if *yes { "yes" } else { "no" })),
        Value::Number(number) => said.push(named(&number.to_string())),
        // What things are told apart by says nothing to a reader.
        Value::String(text) if Uuid::parse_str(text).is_ok() || text.trim().is_empty() => {}
        Value::String(text) if is_code(text) => said.push(named(&text.replace('_', " "))),
        Value::String(text) => said.push(named(text)),
        Value::Array(values) => values.iter().for_each(|value| walk(name, value, said)),
        Value::Object(members) => {
            for (key, value) in members {
                walk(&key.replace('_', " "), value, said);
            }
        }
    }
}

/// Whether a text is the name of a code rather than somebody's words.
fn is_code(text: &str) -> bool {
    text.contains('_') && text.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
}

/// What a part of a fact holds, by name; nothing for what has no parts.
fn members(part: &impl serde::Serialize) -> Vec<(String, Value)> {
    match serde_json::to_value(part) {
        Ok(Value::Object(members)) => members.into_iter().collect(),
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// What a part of a fact holds beside what was `told` of it, by its own names: what is new here is told all the same.
pub(super) fn others(part: &impl serde::Serialize, told: &[&str]) -> Vec<String> {
    let untold = members(part)
        .into_iter()
        .filter(|(key, _)| !told.contains(&key.as_str()));
    untold.flat_map(|(key, value)| part_lines(&key, &value)).collect()
}

/// What a contact was about is a part of its own.
fn part_lines(key: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Object(inner) if key == "talk" => {
            inner.iter().filter_map(|(key, value)| value_line(key, value)).collect()
        }
        value => value_line(key, value).into_iter().collect(),
    }
}

/// A sentence with what else its fact holds behind it.
pub(super) fn with_others(said: String, part: &impl serde::Serialize, told: &[&str]) -> String {
    let mut parts = vec![said.trim_end_matches('.').to_owned()];
    parts.extend(others(part, told));
    match parts.len() {
        1 => said,
        _ => parts.join(". "),
    }
}

/// One named value in a line; `None` when it says nothing.
fn value_line(name: &str, value: &Value) -> Option<String> {
    let mut said = Vec::new();
    walk("", value, &mut said);
    (!said.is_empty()).then(|| format!("{}: {}", capital(&name.replace('_', " ")), said.join("; ")))
}
