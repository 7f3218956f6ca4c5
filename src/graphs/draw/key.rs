//! The key: what the lines, the numbers and the bars stand for, a line each.

use super::crowd::{days_of_column, is_crowded};
use super::ink::Ink;
use crate::graphs::model::{LineKind, MarkKind, Phase};
use crate::graphs::window::Graph;
use crate::graphs::words::date;
use crate::journal::Day;

/// A line of the key.
pub(super) struct Key {
    pub(super) sample: Sample,
    pub(super) words: String,
}

/// What stands before its words.
pub(super) enum Sample {
    Stroke(Ink),
    Bracket,
    Number(usize),
    Nothing,
}

/// The most treatment changes that the key lists: the latest. All are in the table.
const MOST_TREATMENTS: usize = 10;
/// The most lines that one entry takes.
const MOST_LINES: usize = 2;

pub(super) fn key(graph: &Graph, letters: usize, across: i32) -> Vec<Key> {
    let mut all = Vec::new();
    let mut add = |sample: Sample, words: &str| {
        let mut lines = wrapped(words, letters, MOST_LINES).into_iter();
        let first = lines.next().unwrap_or_default();
        all.push(Key { sample, words: first });
        all.extend(lines.map(|words| Key {
            sample: Sample::Nothing,
            words,
        }));
    };
    if graph.panels.iter().any(|panel| is_crowded(panel, across)) {
        let days = days_of_column(graph, across);
        let words = format!("many scores: a stroke is the lowest to the highest of {days} days, the line their middle");
        add(Sample::Stroke(Ink::Range), &words);
    }
    for (ink, words) in lines(graph) {
        add(Sample::Stroke(ink), &words);
    }
    for words in early(graph) {
        add(Sample::Bracket, &words);
    }
    if let Some(words) = phases(graph) {
        add(Sample::Nothing, &words);
    }
    let numbered = treatments(graph);
    let earlier = numbered.len().saturating_sub(MOST_TREATMENTS);
    if 0 < earlier {
        let words = format!("Treatment changes 1 to {earlier} are in the table.");
        add(Sample::Nothing, &words);
    }
    for (number, day, what) in numbered.into_iter().skip(earlier) {
        add(Sample::Number(number), &format!("{}: {what}", date(day)));
    }
    all
}

/// Treatment changes in the order of time, with their numbers in this drawing.
pub(super) fn treatments(graph: &Graph) -> Vec<(usize, Day, &str)> {
    let all = graph.marks.iter().filter(|m| m.kind == MarkKind::Treatment);
    let what = |label| match label {
        "" => "treatment changed",
        label => label,
    };
    (1..)
        .zip(all)
        .map(|(number, m)| (number, m.day, what(m.label.as_str())))
        .collect()
}

/// Each line once; of the response lines of several episodes the latest's words, and that each has its own.
fn lines(graph: &Graph) -> Vec<(Ink, String)> {
    let several = 1 < graph.panels.len();
    let mut out = Vec::new();
    for panel in &graph.panels {
        let named = |words: &str| match several {
            true => format!("{}, {words}", panel.title),
            false => words.to_owned(),
        };
        for kind in [LineKind::Target, LineKind::Response, LineKind::Cutoff] {
            let of_kind: Vec<_> = panel.lines.iter().filter(|l| l.kind == kind).collect();
            match kind {
                LineKind::Response => {
                    let more = if 1 < of_kind.len() {
                        "; each episode has its own"
                    } else {
                        ""
                    };
                    let last = of_kind.last();
                    out.extend(last.map(|l| (ink(kind), format!("{}{more}", named(&l.label)))));
                }
                LineKind::Target | LineKind::Cutoff => out.extend(of_kind.iter().map(|l| (ink(kind), named(&l.label)))),
            }
        }
    }
    out
}

pub(super) fn ink(kind: LineKind) -> Ink {
    match kind {
        LineKind::Target => Ink::Target,
        LineKind::Response => Ink::Response,
        LineKind::Cutoff => Ink::Cutoff,
    }
}

fn early(graph: &Graph) -> Vec<String> {
    let of = |panel: &crate::graphs::Panel| {
        let points: Vec<String> = panel
            .early
            .iter()
            .map(|e| format!("{} or more in week {}", e.score, e.week))
            .collect();
        (!points.is_empty()).then(|| format!("early warning: {}", points.join(", ")))
    };
    graph.panels.iter().filter_map(of).collect()
}

/// What the bars of the episode's lane mean, those that there are.
fn phases(graph: &Graph) -> Option<String> {
    let words = |phase: Phase| match phase {
        Phase::Waiting => Some("thin line referred"),
        Phase::Care => Some("full bar in treatment"),
        Phase::RelapsePrevention => Some("hollow bar relapse prevention"),
        Phase::OnHold => Some("dashes on hold"),
        Phase::Closed => None,
    };
    let all = [Phase::Care, Phase::RelapsePrevention, Phase::OnHold, Phase::Waiting];
    let there = all
        .into_iter()
        .filter(|phase| graph.spans.iter().any(|s| s.phase == *phase));
    let parts: Vec<&str> = there.filter_map(words).collect();
    (!parts.is_empty()).then(|| format!("episode: {}", parts.join(", ")))
}

/// Words in lines of so many letters, and no more lines than that: what is left out is told by an ellipsis.
pub(super) fn wrapped(words: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let cut = most < lines.len();
    lines.truncate(most);
    let last = lines.len();
    for (at, line) in lines.iter_mut().enumerate() {
        let shorten = letters < line.chars().count() || (cut && at + 1 == last);
        if shorten {
            *line = line.chars().take(letters.saturating_sub(1)).collect::<String>() + "\u{2026}";
        }
    }
    lines
}
