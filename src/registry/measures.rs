//! Each instrument over time: scores, change, the named definitions, and all that graphs can be drawn of.

use std::collections::BTreeMap;

use super::lists::cells;
use super::views::*;
use crate::care::{self, AsOf, Baseline, Definition, Scale};
use crate::flowsheet::{EpisodeLine, Flowsheet, SafetyItem, ScoreLine};
use crate::graphs::{self, Better, History};
use crate::instruments::{
    Change, ChangeTest, Context, Direction, Score, change, definition_drawn, definition_of, definition_taken, is_own,
    score_assessment,
};
use crate::journal::facts::Assessment;
use crate::journal::{EntryId, Fact, Folded};

/// Every instrument with a score or a declined form, the episode's own first.
fn instruments<'a>(sheet: &'a Flowsheet, at: &AsOf<'_>) -> Vec<&'a str> {
    let taken = sheet.scores.iter().map(|s| s.instrument.as_str());
    let declined = sheet.declined.iter().map(|(_, instrument)| instrument.as_str());
    let mut instruments: Vec<&str> = taken.chain(declined).collect();
    instruments.sort_unstable();
    instruments.dedup();
    let primary = sheet
        .episode_on(at.today)
        .map(|episode| care::primary(sheet, episode, at.today));
    let place = |id: &str| match id {
        _ if primary.as_ref().is_some_and(|p| p.id() == id) => 0,
        "phq9" => 1,
        "gad7" => 2,
        _ => 3,
    };
    instruments.sort_by_key(|id| (place(id), *id));
    instruments
}

/// All that graphs can be drawn of.
pub(super) fn history(sheet: &Flowsheet, folded: &Folded, at: &AsOf<'_>) -> History {
    graphs::history(sheet, folded, &instruments(sheet, at), at)
}

/// Every instrument with a score, the episode's own first.
pub(super) fn measures(sheet: &Flowsheet, folded: &Folded, at: &AsOf<'_>) -> Vec<MeasureView> {
    let taken = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::Assessment(taken) => Some((live.id, taken)),
        _ => None,
    });
    let taken: BTreeMap<EntryId, &Assessment> = taken.collect();
    let episode = sheet.episode_on(at.today);
    instruments(sheet, at)
        .into_iter()
        .map(|id| measure(sheet, &taken, episode, id, at))
        .collect()
}

fn measure(
    sheet: &Flowsheet,
    taken: &BTreeMap<EntryId, &Assessment>,
    episode: Option<&EpisodeLine>,
    id: &str,
    at: &AsOf<'_>,
) -> MeasureView {
    let scale = Scale::of(id);
    let baseline = episode.and_then(|e| care::baseline(sheet, e, &scale, at.today));
    let definition = definition_drawn(taken.values().copied(), id);
    let mut cells = cells(&care::scores_of(sheet, &scale, at));
    cells.better = match definition.as_ref().map(|d| d.direction) {
        Some(Direction::HigherIsBetter) => Better::Higher,
        _ => Better::Lower,
    };
    if let Some((last, definition)) = cells.last.zip(definition.as_ref().filter(|_| is_own(id))) {
        cells.severity = definition.band(i32::from(last)).map(|band| band.label.clone());
    }
    let named = named(sheet, episode, baseline.as_ref(), &scale, at);
    let point = |line: &ScoreLine| {
        let assessment = taken.get(&line.entry)?;
        Some(ScorePoint {
            entry: line.entry,
            at: line.at,
            day: line.day,
            total: line.total,
            label: label(line, assessment),
            safety: mark(line.safety),
            since: since(line, baseline.as_ref(), &scale, at),
            assessment: (*assessment).clone(),
        })
    };
    MeasureView {
        instrument: id.to_owned(),
        title: super::timeline::title(id),
        cells,
        max: definition
            .as_ref()
            .and_then(|d| d.score_range)
            .map_or(27, |(_, most)| u16::try_from(most).unwrap_or(27)),
        baseline: match &baseline {
            Some(b) => baseline_words(b),
            None => "none in this episode yet".to_owned(),
        },
        outcomes: named.lines,
        disagreement: named.disagreement,
        derived: super::derived::derived(sheet, taken, id, at.today),
        scores: sheet
            .scores
            .iter()
            .filter(|s| s.instrument == id)
            .filter_map(point)
            .collect(),
    }
}

/// "17 (Thu 24 Sep, first in episode)".
pub(super) fn baseline_words(b: &Baseline<'_>) -> String {
    format!("{} ({}, {})", b.point.total, day_words(b.point.day), b.rule.word())
}

/// The named definitions of a change.
#[derive(Default)]
struct Named {
    lines: Vec<(String, Option<bool>, String)>,
    disagreement: Option<String>,
}

/// What the latest score is to the baseline by each named definition: the six that programmes use for PHQ-9 and GAD-7,
/// and for any other instrument those that its own definition has.
fn named(
    sheet: &Flowsheet,
    episode: Option<&EpisodeLine>,
    baseline: Option<&Baseline<'_>>,
    scale: &Scale,
    at: &AsOf<'_>,
) -> Named {
    let latest = care::latest(sheet, episode, scale, at.today);
    let (Some(baseline), Some((score, point))) = (baseline, latest) else {
        return Named::default();
    };
    if score.entry == baseline.score.entry {
        return Named::default();
    }
    if let Scale::Other(_) = scale {
        let named = own_change(scale, baseline.point.total, point.total).map_or_else(Vec::new, |c| c.named);
        let lines = named.into_iter().map(|n| (n.label, Some(n.holds), n.source));
        return Named {
            lines: lines.collect(),
            disagreement: None,
        };
    }
    let days = point.day.since(baseline.point.day);
    let found = care::outcomes(baseline.point.total, point.total, scale, days);
    let line = |d: &Definition| (d.name().to_owned(), found.holds(*d), d.source().to_owned());
    Named {
        lines: Definition::ALL.iter().map(line).collect(),
        disagreement: joined([found.disagreement(scale), found.not_counted()]),
    }
}

fn joined(sentences: [Option<String>; 2]) -> Option<String> {
    let said: Vec<String> = sentences.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// The change by the instrument's own definition; what it says of the baseline alone is no change and left out.
fn own_change(scale: &Scale, baseline: u16, latest: u16) -> Option<Change> {
    let definition = definition_of(scale.id()).ok()?;
    let score = |points: u16| Score::new(i32::from(points));
    let mut found = change(definition, score(baseline), Some(score(latest)))?;
    found.named.retain(|named| {
        let rule = definition.change.iter().find(|rule| rule.key == named.key);
        rule.is_some_and(|rule| !matches!(rule.any.as_slice(), [ChangeTest::BaselineAtLeast(_)]))
    });
    Some(found)
}

fn since(line: &ScoreLine, baseline: Option<&Baseline<'_>>, scale: &Scale, at: &AsOf<'_>) -> SinceBaseline {
    let (Some(baseline), Some(total)) = (baseline, line.total) else {
        return SinceBaseline::Nothing;
    };
    let place = |s: &ScoreLine| (s.day, s.at.instant(at.office.zone), s.stamp);
    if line.entry == baseline.score.entry {
        return SinceBaseline::Baseline;
    }
    if place(line) < place(baseline.score) {
        return SinceBaseline::Earlier;
    }
    let first = baseline.point.total;
    let holds = match scale {
        Scale::Other(_) => own_change(scale, first, total).map_or_else(Vec::new, |c| {
            c.named.into_iter().filter(|n| n.holds).map(|n| n.label).collect()
        }),
        _ => {
            let found = care::outcomes(first, total, scale, line.day.since(baseline.point.day));
            let names = Definition::ALL.iter().filter(|d| found.holds(**d) == Some(true));
            names.map(|d| d.name().to_owned()).collect()
        }
    };
    SinceBaseline::Change {
        points: i32::from(total) - i32::from(first),
        percent: care::percent(first, total),
        holds,
    }
}

/// The timeline with the change since the baseline beside every score that has one: "PHQ-9 9, mild; −9 (−50 %) since the
/// baseline".
pub(super) fn with_changes(mut rows: Vec<TimelineRow>, measures: &[MeasureView]) -> Vec<TimelineRow> {
    let scores = measures.iter().flat_map(|m| &m.scores);
    let changed: BTreeMap<EntryId, String> = scores
        .filter_map(|point| match &point.since {
            SinceBaseline::Change { points, percent, .. } => Some((point.entry, change_words(*points, *percent))),
            _ => None,
        })
        .collect();
    for row in &mut rows {
        if let Some(words) = changed.get(&row.entry) {
            row.line.push_str(&format!("; {words} since the baseline"));
        }
    }
    rows
}

/// "−9 (−50 %)"; of a baseline of 0 the points alone.
fn change_words(points: i32, percent: Option<i32>) -> String {
    let signed = |n: i32| match n {
        0 => "0".to_owned(),
        1.. => format!("+{n}"),
        _ => format!("\u{2212}{}", n.unsigned_abs()),
    };
    match percent {
        Some(percent) => format!("{} ({} %)", signed(points), signed(percent)),
        None => signed(points),
    }
}

fn label(line: &ScoreLine, assessment: &Assessment) -> String {
    let definition = match definition_taken(assessment) {
        Ok(definition) => definition,
        Err(why) => return why.to_string(),
    };
    if definition.total.is_none() {
        return parts(&definition, assessment);
    }
    let band = line
        .total
        .and_then(|total| definition.band(i32::from(total)).map(|b| b.label.to_lowercase()));
    match (line.total, band) {
        (None, _) => format!("{} not answered, no score", line.missing),
        (Some(_), Some(band)) if line.missing > 0 => format!("{band}, prorated: {} not answered", line.missing),
        (Some(_), Some(band)) if line.total_only => format!("{band}, total only"),
        (Some(_), Some(band)) => band,
        (Some(_), None) => String::new(),
    }
}

/// What an instrument without a single score came to.
fn parts(definition: &crate::instruments::Definition, assessment: &Assessment) -> String {
    match score_assessment(assessment, &Context::new()) {
        Ok(scored) => scored.outcome_words(definition).unwrap_or_default(),
        Err(_) => "can't be scored by this version".to_owned(),
    }
}

fn mark(item: SafetyItem) -> SafetyMark {
    match item {
        SafetyItem::None | SafetyItem::Answered(0) | SafetyItem::Line { reached: false, .. } => SafetyMark::None,
        SafetyItem::Line { reached: true, .. } => SafetyMark::Line,
        SafetyItem::Answered(value) => SafetyMark::Positive(value),
        SafetyItem::NotKnown => SafetyMark::NotKnown,
    }
}
