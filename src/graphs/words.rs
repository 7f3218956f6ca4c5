//! The graph for those who don't see it: a sentence and a table.

use std::collections::BTreeMap;

use crate::journal::Day;

use super::model::{MarkKind, Model, Point};

/// A line of the graph's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The clinic's day.
    pub day: Day,
    /// The scores of that day in order; `None` is one that is missing. Empty on a day with events only.
    pub values: Vec<Option<u16>>,
    /// The band of the last score of the day.
    pub band: Option<String>,
    /// What was done.
    pub events: Vec<MarkKind>,
}

/// The graph in a sentence or two: how many scores, from when to when, first, latest, range, target, events.
pub fn summary(model: &Model) -> String {
    let known: Vec<(Day, u16)> = model.points.iter().filter_map(|p| Some((p.day, p.value?))).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return format!("{}: no score yet.", model.title);
    };
    let mut said = match known.as_slice() {
        [_] => vec![format!(
            "{}: one score, {} on {}.",
            model.title,
            in_band(model, last.1),
            date(last.0)
        )],
        _ => vec![format!(
            "{}: {} scores from {} to {}; first {}, latest {}, {}.",
            model.title,
            known.len(),
            date(first.0),
            date(last.0),
            first.1,
            in_band(model, last.1),
            change(first.1, last.1),
        )],
    };
    said.extend(model.target.map(|target| says_target(last.1, target)));
    let missing = model.points.len() - known.len();
    if missing > 0 {
        said.push(format!("{} missing.", counted(missing, "score")));
    }
    said.extend(says_events(model));
    said.join(" ")
}

/// The graph as rows by day, earliest first.
pub fn table(model: &Model) -> Vec<TableRow> {
    let mut rows: BTreeMap<Day, TableRow> = BTreeMap::new();
    for Point { day, value } in &model.points {
        let row = rows.entry(*day).or_insert_with(|| empty(*day));
        row.values.push(*value);
        row.band = value.and_then(|v| model.band(v)).map(|b| b.label.clone());
    }
    for mark in &model.marks {
        let row = rows.entry(mark.day).or_insert_with(|| empty(mark.day));
        if !row.events.contains(&mark.kind) {
            row.events.push(mark.kind);
        }
    }
    rows.into_values().collect()
}

fn empty(day: Day) -> TableRow {
    TableRow {
        day,
        values: Vec::new(),
        band: None,
        events: Vec::new(),
    }
}

/// "19 (moderately severe)".
fn in_band(model: &Model, value: u16) -> String {
    model
        .band(value)
        .map_or_else(|| value.to_string(), |band| format!("{value} ({})", band.label))
}

fn change(first: u16, last: u16) -> String {
    match last.cmp(&first) {
        std::cmp::Ordering::Less => format!("{} lower", first - last),
        std::cmp::Ordering::Equal => "no change".to_owned(),
        std::cmp::Ordering::Greater => format!("{} higher", last - first),
    }
}

fn says_target(last: u16, target: u16) -> String {
    if last < target {
        format!("At target (under {target}).")
    } else {
        format!("Target: under {target}.")
    }
}

fn says_events(model: &Model) -> Option<String> {
    let kinds = [MarkKind::Treatment, MarkKind::Review, MarkKind::Contact];
    let parts: Vec<String> = kinds
        .into_iter()
        .map(|kind| (model.marks.iter().filter(|m| m.kind == kind).count(), kind))
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| counted(count, kind.words()))
        .collect();
    (!parts.is_empty()).then(|| format!("In this time: {}.", parts.join(", ")))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

/// "24 Sep 2026".
pub(super) fn date(day: Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}
