//! Templates: text with named fields in braces.

use std::collections::BTreeMap;

use thiserror::Error;

use super::ours::FIELDS;
use super::paper::Paper;

/// A field that a template may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, as it stands in braces.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
}

/// Why a template can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// It names a field that there isn't.
    #[error("There is no field {{{field}}} here. You can use: {known}")]
    UnknownField {
        /// The field.
        field: String,
        /// Those that there are.
        known: String,
    },
    /// A brace is not closed on its line.
    #[error("A field is not closed: put }} after its name, on the same line")]
    NotClosed,
    /// It is too long.
    #[error("It is longer than {max} characters")]
    TooLong {
        /// Most characters.
        max: usize,
    },
}

/// Longest template, in characters.
const LONGEST: usize = 10_000;

/// The fields that a template of a kind may name.
pub fn vocabulary(paper: Paper) -> Vec<Field> {
    let own = FIELDS.iter().filter(|(papers, _)| papers.hold(paper));
    own.flat_map(|(_, fields)| *fields).copied().collect()
}

/// Whether a template can be used for a kind.
///
/// # Errors
/// What is wrong with it, with the fields that it may name.
pub fn check_template(paper: Paper, text: &str) -> Result<(), TemplateError> {
    if LONGEST < text.chars().count() {
        return Err(TemplateError::TooLong { max: LONGEST });
    }
    let known = vocabulary(paper);
    for part in text.lines().flat_map(parts) {
        match part {
            Part::Field(name) if !known.iter().any(|field| field.name == name) => {
                let named: Vec<String> = known.iter().map(|field| format!("{{{}}}", field.name)).collect();
                return Err(TemplateError::UnknownField {
                    field: name.to_owned(),
                    known: named.join(" "),
                });
            }
            Part::Text(text) if text.contains('{') => return Err(TemplateError::NotClosed),
            Part::Field(_) | Part::Text(_) => {}
        }
    }
    Ok(())
}

/// What the fields hold: any number of lines each.
#[derive(Default)]
pub(super) struct Fields(BTreeMap<&'static str, Vec<String>>);

impl Fields {
    pub fn lines(&mut self, field: &'static str) -> &mut Vec<String> {
        self.0.entry(field).or_default()
    }
    pub fn set(&mut self, field: &'static str, line: impl Into<String>) {
        self.0.insert(field, vec![line.into()]);
    }
    pub fn maybe(&mut self, field: &'static str, line: Option<String>) {
        if let Some(line) = line {
            self.set(field, line);
        }
    }
    pub fn all(&mut self, field: &'static str, lines: Vec<String>) {
        self.0.insert(field, lines);
    }
    fn get(&self, field: &str) -> &[String] {
        self.0.get(field).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What a note must say whatever its template leaves out.
const KEPT: [(&str, &str); 2] = [("safety", "Safety"), ("also", "Also recorded")];

/// The text: a line whose fields are all empty goes, several lines of one field become a list under it. What a field
/// holds is never read as a template again.
pub(super) fn render(template: &str, fields: &Fields) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in template.lines() {
        lines.extend(line_of(line, fields));
    }
    for (field, label) in KEPT {
        if !names(template, field) {
            lines.extend(line_of(&format!("{label}: {{{field}}}"), fields));
        }
    }
    let mut text = String::new();
    let mut empty = true;
    for line in lines {
        let line = line.trim_end();
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        text.push_str(line);
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// Whether a template names a field.
pub(super) fn names(template: &str, field: &str) -> bool {
    let mut all = template.lines().flat_map(parts);
    all.any(|part| matches!(part, Part::Field(name) if name == field))
}

enum Part<'a> {
    Text(&'a str),
    Field(&'a str),
}

fn parts(line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        parts.push(Part::Field(name.trim()));
        rest = behind;
    }
    parts.push(Part::Text(rest));
    parts
}

fn line_of(line: &str, fields: &Fields) -> Vec<String> {
    let parts = parts(line);
    let named: Vec<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Field(name) => Some(*name),
            Part::Text(_) => None,
        })
        .collect();
    if named.is_empty() {
        return vec![line.to_owned()];
    }
    if named.iter().all(|name| fields.get(name).is_empty()) {
        return Vec::new();
    }
    let mut made = vec![String::new()];
    for part in parts {
        match part {
            Part::Text(text) => push(&mut made, text),
            Part::Field(name) => match fields.get(name) {
                [] => {}
                [one] if !one.contains('\n') => push(&mut made, one),
                [long] => below(&mut made, long.lines().map(str::to_owned)),
                several => below(&mut made, several.iter().flat_map(|line| bullet(line))),
            },
        }
    }
    // A list ends its line.
    if made.len() > 1 && made.last().is_some_and(String::is_empty) {
        made.pop();
    }
    made
}

fn push(made: &mut [String], text: &str) {
    if let Some(last) = made.last_mut() {
        last.push_str(text);
    }
}

fn below(made: &mut Vec<String>, lines: impl Iterator<Item = String>) {
    if made.last().is_some_and(|last| last.trim().is_empty()) {
        made.pop();
    }
    made.extend(lines);
    made.push(String::new());
}

fn bullet(line: &str) -> Vec<String> {
    let rows = line.lines().enumerate();
    rows.map(|(at, row)| {
        if at == 0 {
            format!("- {row}")
        } else {
            format!("  {row}")
        }
    })
    .collect()
}
