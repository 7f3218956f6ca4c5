//! Each instrument over time: scores, change, the named definitions, the graph.

use super::lists::cells;
use super::views::*;
use crate::care::{self, AsOf, Definition, Scale};
use crate::flowsheet::{EpisodeLine, Flowsheet, SafetyItem, ScoreLine};
use crate::graphs::{self, Band, Model, Shape};
use crate::instruments::{self, definition_of};
use crate::journal::facts::Assessment;
use crate::journal::{Day, Fact, Folded};

/// Every instrument with a score, the episode's own first.
pub(super) fn measures(sheet: &Flowsheet, folded: &Folded, at: &AsOf<'_>) -> Vec<MeasureView> {
    let mut instruments: Vec<&str> = sheet.scores.iter().map(|s| s.instrument.as_str()).collect();
    instruments.sort_unstable();
    instruments.dedup();
    let episode = sheet.episode_on(at.today);
    let primary = episode.map(|e| care::primary(sheet, e, at.today));
    let place = |id: &str| match id {
        _ if primary.as_ref().is_some_and(|p| p.id() == id) => 0,
        "phq9" => 1,
        "gad7" => 2,
        _ => 3,
    };
    instruments.sort_by_key(|id| (place(id), *id));
    instruments
        .into_iter()
        .map(|id| measure(sheet, folded, episode, id, at))
        .collect()
}

fn measure(sheet: &Flowsheet, folded: &Folded, episode: Option<&EpisodeLine>, id: &str, at: &AsOf<'_>) -> MeasureView {
    let scale = Scale::of(id);
    let row = care::caseload_row(sheet, at);
    let cells = match scale {
        Scale::Phq9 => cells(&row.phq9),
        Scale::Gad7 => cells(&row.gad7),
        Scale::Other(_) => other_cells(sheet, id, at.today),
    };
    let baseline = episode.and_then(|e| care::baseline(sheet, e, &scale, at.today));
    let baseline_words = match &baseline {
        Some(b) => format!("{} ({}, {})", b.point.total, day_words(b.point.day), b.rule.word()),
        None => "none in this episode yet".to_owned(),
    };
    let max = definition_of(id)
        .ok()
        .and_then(|d| d.score_range)
        .map_or(27, |(_, most)| u16::try_from(most).unwrap_or(27));
    let wide = model(sheet, id, max, at.today, Shape::Wide);
    let summary = graphs::summary(&wide);
    MeasureView {
        instrument: id.to_owned(),
        title: super::timeline::title(id),
        outcomes: outcomes(sheet, episode, &scale, at.today),
        cells,
        max,
        baseline: baseline_words,
        scores: sheet
            .scores
            .iter()
            .filter(|s| s.instrument == id)
            .filter_map(|s| point(s, folded))
            .collect(),
        graph_wide: graphs::score_graph(&wide),
        graph_narrow: graphs::score_graph(&model(sheet, id, max, at.today, Shape::Narrow)),
        summary,
    }
}

fn other_cells(sheet: &Flowsheet, id: &str, today: Day) -> ScoreCells {
    let trend: Vec<u16> = sheet.scores_of(id, today).filter_map(|s| s.total).collect();
    let latest = sheet.latest_score(id, today);
    ScoreCells {
        first: trend.first().copied(),
        last: latest.and_then(|s| s.total),
        day: latest.map(|s| s.day),
        age_days: latest.and_then(|s| u32::try_from(today.since(s.day)).ok()),
        safety: latest.map_or(SafetyMark::None, |s| mark(s.safety)),
        trend,
        ..ScoreCells::default()
    }
}

fn outcomes(
    sheet: &Flowsheet,
    episode: Option<&EpisodeLine>,
    scale: &Scale,
    today: Day,
) -> Vec<(String, Option<bool>, String)> {
    let Some(episode) = episode else { return Vec::new() };
    let baseline = care::baseline(sheet, episode, scale, today);
    let latest = care::latest(sheet, Some(episode), scale, today);
    let (Some(baseline), Some((score, point))) = (baseline, latest) else {
        return Vec::new();
    };
    if score.entry == baseline.score.entry {
        return Vec::new();
    }
    let days = point.day.since(baseline.point.day);
    let found = care::outcomes(baseline.point.total, point.total, scale, days);
    let line = |d: &Definition| (d.name().to_owned(), found.holds(*d), d.source().to_owned());
    Definition::ALL.iter().map(line).collect()
}

fn model(sheet: &Flowsheet, id: &str, max: u16, today: Day, shape: Shape) -> Model {
    let first = sheet.scores_of(id, today).map(|s| s.day).min().unwrap_or(today);
    let mut model = Model::new(&super::timeline::title(id), max, shape).with_history(sheet, id, first, today);
    if let Ok(definition) = definition_of(id) {
        model.bands = bands(definition, max);
    }
    // Under 5 is at target.
    model.target = matches!(id, "phq9" | "gad7").then_some(5);
    model
}

fn bands(definition: &instruments::Definition, max: u16) -> Vec<Band> {
    let from = |b: &instruments::Band| u16::try_from(b.from).unwrap_or_default();
    let next = definition
        .bands
        .iter()
        .skip(1)
        .map(|b| from(b).saturating_sub(1))
        .chain([max]);
    definition
        .bands
        .iter()
        .zip(next)
        .map(|(b, to)| Band {
            from: from(b),
            to,
            label: b.label.clone(),
        })
        .collect()
}

fn point(line: &ScoreLine, folded: &Folded) -> Option<ScorePoint> {
    let live = folded.live().iter().find(|l| l.id == line.entry)?;
    let Fact::Assessment(assessment) = &live.fact else {
        return None;
    };
    Some(ScorePoint {
        entry: line.entry,
        at: line.at,
        day: line.day,
        total: line.total,
        label: label(line, assessment),
        safety: mark(line.safety),
        assessment: assessment.clone(),
    })
}

fn label(line: &ScoreLine, assessment: &Assessment) -> String {
    let band = line.total.and_then(|total| {
        let definition = definition_of(&assessment.instrument).ok()?;
        definition.band(i32::from(total)).map(|b| b.label.to_lowercase())
    });
    match (line.total, band) {
        (None, _) => format!("{} not answered, no score", line.missing),
        (Some(_), Some(band)) if line.total_only => format!("{band}, total only"),
        (Some(_), Some(band)) => band,
        (Some(_), None) => String::new(),
    }
}

fn mark(item: SafetyItem) -> SafetyMark {
    match item {
        SafetyItem::None | SafetyItem::Answered(0) => SafetyMark::None,
        SafetyItem::Answered(value) => SafetyMark::Positive(value),
        SafetyItem::NotKnown => SafetyMark::NotKnown,
    }
}
