//! The graph for those who don't see it: a sentence and a table.

use std::collections::BTreeMap;

use super::model::{Edge, Line, LineKind, MarkKind, Panel, Range};
use super::window::Graph;
use crate::journal::Day;

/// A line of the graph's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The clinic's day.
    pub day: Day,
    /// For each panel the scores of that day in order; `None` is one that is missing. Empty on a day with events only.
    pub values: Vec<Vec<Option<u16>>>,
    /// For each panel the band of the last score of the day.
    pub bands: Vec<Option<String>>,
    /// What was done: `treatment change: sertraline 50 mg`.
    pub events: Vec<String>,
}

/// The graph in a sentence or two for each panel: how many scores, from when to when, first, latest, range, target;
/// then what was done in that time.
pub fn summary(graph: &Graph) -> String {
    let mut said: Vec<String> = graph.panels.iter().map(|panel| says_panel(graph, panel)).collect();
    said.extend(says_events(graph));
    said.join(" ")
}

fn says_panel(graph: &Graph, panel: &Panel) -> String {
    let known: Vec<(Day, u16)> = panel.known().collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return match graph.range {
            Range::All => format!("{}: no score yet.", panel.title),
            _ => format!("{}: no score in this time.", panel.title),
        };
    };
    let mut said = match known.as_slice() {
        [_] => vec![format!(
            "{}: one score, {} on {}.",
            panel.title,
            in_band(panel, last.1),
            date(last.0)
        )],
        _ => vec![format!(
            "{}: {} scores from {} to {}; first {}, latest {}, {}.",
            panel.title,
            known.len(),
            date(first.0),
            date(last.0),
            first.1,
            in_band(panel, last.1),
            change(panel, first.1, last.1),
        )],
    };
    said.extend(
        panel
            .lines
            .iter()
            .filter(|l| holds_on(l, last.0))
            .map(|l| says_line(l, last.1)),
    );
    let missing = panel.points.len() - known.len();
    if missing > 0 {
        said.push(format!("{} missing.", counted(missing, "score")));
    }
    said.join(" ")
}

fn holds_on(line: &Line, day: Day) -> bool {
    line.from.is_none_or(|from| from <= day) && line.until.is_none_or(|until| day <= until)
}

/// The time in words: "24 Sep 2026 to 20 Nov 2026".
pub(super) fn time_words(graph: &Graph) -> String {
    format!("{} to {} ({})", date(graph.from), date(graph.to), graph.range.words())
}

/// The graph as rows by day, earliest first.
pub fn table(graph: &Graph) -> Vec<TableRow> {
    let count = graph.panels.len();
    let mut rows: BTreeMap<Day, TableRow> = BTreeMap::new();
    let empty = |day: Day| TableRow {
        day,
        values: vec![Vec::new(); count],
        bands: vec![None; count],
        events: Vec::new(),
    };
    for (place, panel) in graph.panels.iter().enumerate() {
        for point in &panel.points {
            let row = rows.entry(point.day).or_insert_with(|| empty(point.day));
            if let Some(values) = row.values.get_mut(place) {
                values.push(point.value);
            }
            if let Some(band) = row.bands.get_mut(place) {
                *band = point.value.and_then(|v| panel.band(v)).map(|b| b.label.clone());
            }
        }
    }
    for mark in &graph.marks {
        let row = rows.entry(mark.day).or_insert_with(|| empty(mark.day));
        let words = match mark.label.as_str() {
            "" => mark.kind.words().to_owned(),
            what => format!("{}: {what}", mark.kind.words()),
        };
        if !row.events.contains(&words) {
            row.events.push(words);
        }
    }
    rows.into_values().collect()
}

/// Each early-warning point with the score nearest to it, a sentence each: no score within a week is said, for it is
/// not a score under the point.
pub fn early_words(panel: &Panel) -> Vec<String> {
    let say = |early: &super::model::Early| {
        let point = format!(
            "Week {} ({}): {} or more warns",
            early.week,
            date(early.day),
            early.score
        );
        let apart = |day: Day| day.since(early.day).abs();
        let nearest = panel.known().filter(|(day, _)| apart(*day) <= 7);
        match nearest.min_by_key(|(day, _)| (apart(*day), std::cmp::Reverse(*day))) {
            None => format!("{point}; no score within a week of it."),
            Some((day, score)) if early.score <= score => {
                format!("{point}; {score} on {} is at or over it.", date(day))
            }
            Some((day, score)) => format!("{point}; {score} on {} is under it.", date(day)),
        }
    };
    panel.early.iter().map(say).collect()
}

/// "19 (moderately severe)".
fn in_band(panel: &Panel, value: u16) -> String {
    panel
        .band(value)
        .map_or_else(|| value.to_string(), |band| format!("{value} ({})", band.label))
}

fn change(panel: &Panel, first: u16, last: u16) -> String {
    let moved = match last.cmp(&first) {
        std::cmp::Ordering::Less => format!("{} lower", first - last),
        std::cmp::Ordering::Equal => "no change".to_owned(),
        std::cmp::Ordering::Greater => format!("{} higher", last - first),
    };
    match panel.is_better(first, last) {
        Some(true) => format!("{moved}, better"),
        Some(false) => format!("{moved}, worse"),
        None => moved,
    }
}

fn says_line(line: &Line, last: u16) -> String {
    let holds = line.edge.holds(last);
    match (line.kind, line.edge) {
        (LineKind::Target, Edge::AtMost(most)) if holds => format!("At target (under {}).", u32::from(most) + 1),
        (LineKind::Target, Edge::AtMost(most)) => format!("Target: under {}.", u32::from(most) + 1),
        (LineKind::Target, edge) if holds => format!("At target ({}).", edge.words()),
        (LineKind::Target, edge) => format!("Target: {}.", edge.words()),
        (LineKind::Response, _) if holds => format!("Reached: {}.", line.label),
        (LineKind::Response, _) => format!("Not reached: {}.", line.label),
        (LineKind::Cutoff, edge) if holds => format!("At or beyond the cut-off ({}).", edge.words()),
        (LineKind::Cutoff, edge) => format!("Not at the cut-off ({}).", edge.words()),
    }
}

fn says_events(graph: &Graph) -> Option<String> {
    let parts: Vec<String> = MarkKind::ALL
        .into_iter()
        .map(|kind| (graph.marks.iter().filter(|m| m.kind == kind).count(), kind))
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
