//! One score over time: bands, scale, lines, the scores themselves.

use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use super::crowd::{columns, is_crowded};
use super::ink::Ink;
use super::key::{ink, wrapped};
use super::layout::{Layout, TEXT, count, px};
use super::{Area, Chart, Drawn, line, text};
use crate::graphs::model::{Line, MarkKind, Panel};
use crate::graphs::window::Graph;
use crate::journal::Day;

/// Pixels that a line down the plot needs.
const UPRIGHT: i32 = 20;
/// Pixels that a number needs beside another one.
const NUMBER: i32 = 22;

pub(super) fn panel<'a>(
    graph: &Graph,
    panel: &Panel,
    layout: &Layout,
    root: &Area<'a>,
    chart: &mut Chart<'a>,
    (from, to): (Day, Day),
) -> Drawn {
    let days = to.since(from);
    if 1 < graph.panels.len() {
        let (left, top) = chart.backend_coord(&(0, 2 * i32::from(panel.max)));
        text(root, &panel.title, (left, top - 8), HPos::Left, Ink::Text)?;
    }
    bands(panel, layout, root, chart, days)?;
    scale(panel, root, chart, days)?;
    for day in &graph.breaks {
        let x = chart.backend_coord(&(day.since(from), 0)).0;
        upright(panel, root, chart, x, Ink::Axis)?;
    }
    let changes = || graph.marks.iter().filter(|m| m.kind == MarkKind::Treatment);
    // Where they would be a hatching, the numbers in their lane say when.
    let apart = UPRIGHT <= layout.across() / count(changes().count()).max(1);
    for mark in changes().filter(|_| apart) {
        let x = chart.backend_coord(&(mark.day.since(from), 0)).0;
        upright(panel, root, chart, x, Ink::Treatment)?;
    }
    for limit in &panel.lines {
        limits(panel, limit, root, chart, (from, to))?;
    }
    scores(graph, panel, layout, root, chart, from)?;
    for early in &panel.early {
        let (x, y) = chart.backend_coord(&(early.day.since(from), 2 * i32::from(early.score) - 1));
        bracket(root, (x, y))?;
    }
    if panel.known().next().is_none() {
        let middle = i32::from(panel.min) + i32::from(panel.max);
        text(
            root,
            "No score in this time",
            chart.backend_coord(&(days / 2, middle)),
            HPos::Center,
            Ink::Muted,
        )?;
    }
    Ok(())
}

/// An early-warning point: a bracket open upwards, for what lies in it or over it warns.
pub(super) fn bracket(root: &Area<'_>, (x, y): (i32, i32)) -> Drawn {
    let path = [(x - 8, y - 6), (x - 8, y), (x + 8, y), (x + 8, y - 6)];
    root.draw(&PathElement::new(path.to_vec(), Ink::Early.color().stroke_width(2)))
}

/// Severity bands with their names beside them, as far as there is room. A band begins half a point under its lowest
/// score, so that no dot lies between two.
fn bands<'a>(panel: &Panel, layout: &Layout, root: &Area<'a>, chart: &mut Chart<'a>, days: i64) -> Drawn {
    let (min, max) = (2 * i32::from(panel.min), 2 * i32::from(panel.max));
    for band in &panel.bands {
        let low = (2 * i32::from(band.from) - 1).clamp(min, max);
        let high = (2 * i32::from(band.to) + 1).clamp(min, max);
        let ink = Ink::band(band.shade, panel.bands.len());
        chart.draw_series([Rectangle::new([(0, low), (days, high)], ink.color().filled())])?;
        let (upper, lower) = (
            chart.backend_coord(&(days, high)).1,
            chart.backend_coord(&(days, low)).1,
        );
        let room = usize::try_from((lower - upper + 2) / px(TEXT)).unwrap_or(0);
        let lines = wrapped(&band.label, layout.letters(), room);
        let first = (upper + lower) / 2 - px(TEXT) * (count(lines.len()) - 1) / 2;
        for (line, y) in lines.iter().zip((first..).step_by(TEXT as usize)) {
            text(root, line, (layout.names_x(), y), HPos::Left, Ink::Muted)?;
        }
    }
    Ok(())
}

/// The scale: at the bands' edges, or at quarters where there are none.
fn scale<'a>(panel: &Panel, root: &Area<'a>, chart: &Chart<'a>, days: i64) -> Drawn {
    let (min, max) = (i32::from(panel.min), i32::from(panel.max));
    let mut ticks: Vec<i32> = match panel.bands.is_empty() {
        false => panel.bands.iter().map(|b| i32::from(b.from)).collect(),
        true => (1..4).map(|n| min + (max - min) * n / 4).collect(),
    };
    // The ends come first: where two numbers would touch, the one between gives way.
    ticks.sort_unstable();
    let mut taken: Vec<i32> = Vec::new();
    for tick in [min, max].into_iter().chain(ticks) {
        let (left, y) = chart.backend_coord(&(0, 2 * tick));
        if taken.iter().any(|other| (other - y).abs() < px(TEXT)) {
            continue;
        }
        taken.push(y);
        text(root, &tick.to_string(), (left - 6, y), HPos::Right, Ink::Text)?;
        line(root, [(left - 3, y), (left, y)], Ink::Axis)?;
    }
    let (left, bottom) = chart.backend_coord(&(0, 2 * min));
    line(
        root,
        [(left, bottom), (chart.backend_coord(&(days, 2 * min)).0, bottom)],
        Ink::Axis,
    )
}

/// A line over the height of the plot.
fn upright<'a>(panel: &Panel, root: &Area<'a>, chart: &Chart<'a>, x: i32, ink: Ink) -> Drawn {
    let top = chart.backend_coord(&(0, 2 * i32::from(panel.max))).1;
    let bottom = chart.backend_coord(&(0, 2 * i32::from(panel.min))).1;
    line(root, [(x, top), (x, bottom)], ink)
}

/// Target, response and cut-offs, each over the days for which it holds.
fn limits<'a>(panel: &Panel, limit: &Line, root: &Area<'a>, chart: &Chart<'a>, (from, to): (Day, Day)) -> Drawn {
    let (min, max) = (2 * i32::from(panel.min), 2 * i32::from(panel.max));
    let y = limit.edge.halves().clamp(min, max);
    let first = limit.from.map_or(0, |day| day.since(from).max(0));
    let last = limit
        .until
        .map_or(to.since(from), |day| day.since(from).min(to.since(from)));
    line(
        root,
        [
            chart.backend_coord(&(first, y)),
            chart.backend_coord(&(last.max(first), y)),
        ],
        ink(limit.kind),
    )
}

/// The scores: a line through neighbours, a dot each, the number at the first, the last and, where there is room,
/// others. A missing score breaks the line, and so does a new episode; its cross is in a lane below.
fn scores<'a>(
    graph: &Graph,
    panel: &Panel,
    layout: &Layout,
    root: &Area<'a>,
    chart: &mut Chart<'a>,
    from: Day,
) -> Drawn {
    let at = |(day, value): (Day, u16)| (day.since(from), 2 * i32::from(value.clamp(panel.min, panel.max)));
    let crowded = is_crowded(panel, layout.across());
    if crowded {
        crowd(graph, panel, layout, root, chart, from)?;
    }
    for run in runs(graph, panel) {
        if 1 < run.len() && !crowded {
            let path: Vec<(i64, i32)> = run.into_iter().map(at).collect();
            chart.draw_series(LineSeries::new(path, Ink::Line.color().stroke_width(2)))?;
        }
    }
    let known: Vec<((i32, i32), u16)> = panel.known().map(|p| (chart.backend_coord(&at(p)), p.1)).collect();
    let size = if crowded {
        0
    } else {
        dot(layout.across() / count(known.len()).max(1))
    };
    let last = known.len().saturating_sub(1);
    // Numbers on all where they are few; of many only the first and the last, which the eye looks for.
    let few = known.len() <= layout.labels + 2;
    let end = known.last().map_or(0, |((x, _), _)| *x);
    let mut before = i32::MIN / 2;
    for (index, ((x, y), value)) in known.iter().enumerate() {
        let ends = index == 0 || index == last;
        if 0 < size || ends {
            root.draw(&Circle::new(
                (*x, *y),
                if size == 0 { 3 } else { size },
                Ink::Dot.color().filled(),
            ))?;
        }
        let apart = NUMBER <= x - before && NUMBER <= end - x;
        if index == last || ((few || index == 0) && apart) {
            let away = 8 + px(TEXT) / 2;
            let top = chart.backend_coord(&(0, 2 * i32::from(panel.max))).1;
            let place = if top - 4 <= y - away { y - away } else { y + away };
            // Never over the numbers of the scale.
            let over = (*x).max(px(layout.left) + 8);
            text(root, &value.to_string(), (over, place), HPos::Center, Ink::Value)?;
            before = *x;
        }
    }
    Ok(())
}

/// Strokes from the lowest to the highest score of each column, and a line through the middle ones.
fn crowd<'a>(graph: &Graph, panel: &Panel, layout: &Layout, root: &Area<'a>, chart: &Chart<'a>, from: Day) -> Drawn {
    let place = |at: i64, score: u16| chart.backend_coord(&(at, 2 * i32::from(score.clamp(panel.min, panel.max))));
    for run in columns(graph, panel, layout, from) {
        for column in run.iter().filter(|column| column.low < column.high) {
            let ends = [place(column.at, column.high), place(column.at, column.low)];
            root.draw(&PathElement::new(ends, Ink::Range.color().stroke_width(3)))?;
        }
        let middle: Vec<(i32, i32)> = run.iter().map(|column| place(column.at, column.middle)).collect();
        if 1 < middle.len() {
            root.draw(&PathElement::new(middle, Ink::Line.color().stroke_width(2)))?;
        }
    }
    Ok(())
}

/// The radius of dots that have so many pixels each.
fn dot(pixels: i32) -> i32 {
    match pixels {
        16.. => 4,
        9.. => 3,
        _ => 2,
    }
}

/// Neighbouring scores: broken where one is missing, and where an episode began.
fn runs(graph: &Graph, panel: &Panel) -> Vec<Vec<(Day, u16)>> {
    let mut runs: Vec<Vec<(Day, u16)>> = vec![Vec::new()];
    let mut before: Option<Day> = None;
    for point in &panel.points {
        let begins = |day: &Day| before.is_some_and(|before| before < *day) && *day <= point.day;
        if point.value.is_none() || graph.breaks.iter().any(begins) {
            runs.push(Vec::new());
        }
        if let (Some(run), Some(value)) = (runs.last_mut(), point.value) {
            run.push((point.day, value));
        }
        before = Some(point.day);
    }
    runs
}
