//! The graph of scores, drawn by plotters, its fixed colours turned into classes.
//!
//! Text is placed, never measured: in a browser plotters measures with an inline style, which the page's policy
//! forbids. So its own axes and legends aren't used.

use std::fmt::Write;

use plotters::coord::types::{RangedCoordi32, RangedCoordi64};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::journal::Day;

use super::model::{MarkKind, Model, Shape};
use super::words::summary;

/// The classes that a page's styles give colours to: `g-line`, `g-dot`, `g-text`, `g-muted` (text), `g-axis` (lines),
/// `g-target` (line), `g-band-0` to `g-band-5` (fills from least to most severe), `g-treatment` (line and fill),
/// `g-review`, `g-contact` (fills), `g-missing` (line). Those that end in `-fill` are the fills of a line's class.
pub const CLASSES: &[&str] = &[
    "g-graph",
    "g-spark",
    "g-line",
    "g-dot",
    "g-text",
    "g-muted",
    "g-axis",
    "g-target",
    "g-band-0",
    "g-band-1",
    "g-band-2",
    "g-band-3",
    "g-band-4",
    "g-band-5",
    "g-treatment",
    "g-treatment-fill",
    "g-review",
    "g-contact",
    "g-missing",
];

/// The colours that plotters is given; each stands for a class and is replaced by it.
#[derive(Clone, Copy)]
enum Ink {
    Line,
    Dot,
    Text,
    Muted,
    Axis,
    Target,
    Treatment,
    TreatmentFill,
    Review,
    Contact,
    Missing,
    Band(u8),
}

type Chart<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordi64, RangedCoordi32>>;
type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// Where things lie, in pixels. Below the plot come the dates, then a lane for each kind of event that there is.
struct Layout {
    width: u32,
    left: u32,
    right: u32,
    labels: usize,
    lanes: Vec<Lane>,
}

/// What a lane below the plot holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Of(MarkKind),
    NoScore,
}

const TOP: u32 = 16;
const PLOT: u32 = 208;
/// Size of all text: legible at the width that the shape is for.
const TEXT: u32 = 12;
const DATES: u32 = 16;
const LANE: u32 = 16;

impl Layout {
    fn of(model: &Model) -> Self {
        let (width, left, right, labels) = match model.shape {
            Shape::Wide => (500, 36, 124, 5),
            Shape::Narrow => (360, 32, 80, 3),
        };
        let kinds = [MarkKind::Treatment, MarkKind::Review, MarkKind::Contact];
        let mut lanes: Vec<Lane> = kinds
            .into_iter()
            .map(Lane::Of)
            .filter(|lane| lane.days(model).next().is_some())
            .collect();
        lanes.extend(Some(Lane::NoScore).filter(|lane| lane.days(model).next().is_some()));
        Self {
            width,
            left,
            right,
            labels,
            lanes,
        }
    }
    fn height(&self) -> u32 {
        TOP + PLOT + self.below()
    }
    fn below(&self) -> u32 {
        DATES + 12 + LANE * u32::try_from(self.lanes.len()).unwrap_or(0)
    }
    fn dates_y() -> i32 {
        px(TOP + PLOT + DATES)
    }
    fn lanes(&self) -> impl Iterator<Item = (i32, Lane)> {
        let y = |n: usize| Self::dates_y() + px(LANE) * (i32::try_from(n).unwrap_or(0) + 1);
        self.lanes.iter().enumerate().map(move |(n, lane)| (y(n), *lane))
    }
    /// Where the names of bands and lanes begin.
    fn names_x(&self) -> i32 {
        px(self.width - self.right) + 8
    }
}

impl Lane {
    fn days(self, model: &Model) -> impl Iterator<Item = Day> {
        let marks = model
            .marks
            .iter()
            .filter(move |m| self == Lane::Of(m.kind))
            .map(|m| m.day);
        let missing = model
            .points
            .iter()
            .filter(move |p| self == Lane::NoScore && p.value.is_none());
        marks.chain(missing.map(|p| p.day))
    }
    /// A word that fits beside the plot on a telephone.
    fn name(self) -> &'static str {
        match self {
            Lane::Of(MarkKind::Treatment) => "treatment",
            Lane::Of(MarkKind::Review) => "review",
            Lane::Of(MarkKind::Contact) => "contact",
            Lane::NoScore => "no score",
        }
    }
}

/// The graph as an SVG element that fills the width it is given, with its title and its summary as first children.
pub fn score_graph(model: &Model) -> String {
    let layout = Layout::of(model);
    let mut drawn = String::new();
    let done = draw(model, &layout, &mut drawn);
    let body = if done.is_ok() {
        classed(inside(&drawn))
    } else {
        String::new()
    };
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" class="g-graph" role="img" focusable="false">"#,
        layout.width,
        layout.height()
    );
    write!(
        svg,
        "<title>{}</title><desc>{}</desc>",
        escaped(&model.title),
        escaped(&summary(model))
    )
    .ok();
    svg.push_str(&body);
    svg.push_str("</svg>");
    svg
}

fn draw(model: &Model, layout: &Layout, into: &mut String) -> Drawn {
    let root = SVGBackend::with_string(into, (layout.width, layout.height())).into_drawing_area();
    let Some((first, last)) = model.days() else {
        text(
            &root,
            "No score yet",
            (px(layout.width / 2), px(layout.height() / 2)),
            HPos::Center,
            Ink::Muted,
        )?;
        return root.present();
    };
    // A single day gets a week on either side; otherwise a little air, so that no dot is cut.
    let air = if first == last {
        7
    } else {
        (last.since(first) / 40).max(1)
    };
    let (from, to) = (first.plus(-air), last.plus(air));
    let mut chart = ChartBuilder::on(&root)
        .margin_left(layout.left)
        .margin_right(layout.right)
        .margin_top(TOP)
        .margin_bottom(layout.below())
        .build_cartesian_2d(0..to.since(from), 0..i32::from(model.max.max(1)))?;
    bands(model, layout, &root, &mut chart, to.since(from))?;
    axes(model, layout, &root, &chart, from, to)?;
    treatments(model, &root, &chart, from)?;
    scores(model, layout, &root, &mut chart, from)?;
    lanes(model, layout, &root, &chart, from)?;
    root.present()
}

/// Severity bands with their names beside them, a word a line where there is little room.
fn bands<'a>(model: &Model, layout: &Layout, root: &Area<'a>, chart: &mut Chart<'a>, days: i64) -> Drawn {
    for (index, band) in model.bands.iter().enumerate() {
        let (low, high) = (
            i32::from(band.from),
            i32::from(band.to.saturating_add(1).min(model.max)),
        );
        let ink = Ink::Band(u8::try_from(index.min(5)).unwrap_or(5));
        chart.draw_series([Rectangle::new([(0, low), (days, high)], ink.color().filled())])?;
        let middle = (chart.backend_coord(&(days, high)).1 + chart.backend_coord(&(days, low)).1) / 2;
        let lines: Vec<&str> = match model.shape {
            Shape::Wide => vec![&band.label],
            Shape::Narrow => band.label.split(' ').collect(),
        };
        let first = middle - px(TEXT) * (i32::try_from(lines.len()).unwrap_or(1) - 1) / 2;
        for (line, y) in lines.iter().zip((first..).step_by(TEXT as usize)) {
            text(root, line, (layout.names_x(), y), HPos::Left, Ink::Muted)?;
        }
    }
    Ok(())
}

/// The scale at the bands' edges, and dates.
fn axes<'a>(model: &Model, layout: &Layout, root: &Area<'a>, chart: &Chart<'a>, from: Day, to: Day) -> Drawn {
    let days = to.since(from);
    let edges = model.bands.iter().map(|b| b.from).chain([0, model.max]);
    let mut ticks: Vec<i32> = edges.map(i32::from).collect();
    ticks.sort_unstable();
    ticks.dedup();
    for tick in ticks {
        let (left, y) = chart.backend_coord(&(0, tick));
        text(root, &tick.to_string(), (left - 6, y), HPos::Right, Ink::Text)?;
        line(root, [(left - 3, y), (left, y)], Ink::Axis)?;
    }
    let (left, bottom) = chart.backend_coord(&(0, 0));
    line(
        root,
        [(left, bottom), (chart.backend_coord(&(days, 0)).0, bottom)],
        Ink::Axis,
    )?;
    if let Some(target) = model.target {
        let y = i32::from(target.min(model.max));
        line(
            root,
            [chart.backend_coord(&(0, y)), chart.backend_coord(&(days, y))],
            Ink::Target,
        )?;
    }
    for (day, label) in dates(from, to, layout.labels) {
        let x = chart.backend_coord(&(day.since(from), 0)).0;
        line(root, [(x, bottom), (x, bottom + 4)], Ink::Axis)?;
        text(root, &label, (x, Layout::dates_y()), HPos::Center, Ink::Text)?;
    }
    Ok(())
}

/// A line down the plot where the treatment changed.
fn treatments<'a>(model: &Model, root: &Area<'a>, chart: &Chart<'a>, from: Day) -> Drawn {
    for mark in model.marks.iter().filter(|m| m.kind == MarkKind::Treatment) {
        let (x, top) = chart.backend_coord(&(mark.day.since(from), i32::from(model.max.max(1))));
        line(root, [(x, top), (x, px(TOP + PLOT))], Ink::Treatment)?;
    }
    Ok(())
}

/// The scores: a line through neighbours, a dot each, the number at the first, the last and, where there is
/// room, all. A missing score breaks the line; its cross is in a lane below.
fn scores<'a>(model: &Model, layout: &Layout, root: &Area<'a>, chart: &mut Chart<'a>, from: Day) -> Drawn {
    let at = |day: Day, value: u16| (day.since(from), i32::from(value.min(model.max)));
    for run in model.points.split(|p| p.value.is_none()) {
        let path: Vec<(i64, i32)> = run.iter().filter_map(|p| Some(at(p.day, p.value?))).collect();
        if path.len() > 1 {
            chart.draw_series(LineSeries::new(path, Ink::Line.color().stroke_width(2)))?;
        }
    }
    let known: Vec<(Day, u16)> = model.points.iter().filter_map(|p| Some((p.day, p.value?))).collect();
    let room = known.len() <= layout.labels + 2;
    for (index, (day, value)) in known.iter().enumerate() {
        let (x, y) = chart.backend_coord(&at(*day, *value));
        root.draw(&Circle::new((x, y), 4, Ink::Dot.color().filled()))?;
        if room || index == 0 || index + 1 == known.len() {
            let away = 8 + px(TEXT) / 2;
            let place = if y - away > px(TEXT) { y - away } else { y + away };
            text(root, &value.to_string(), (x, place), HPos::Center, Ink::Text)?;
        }
    }
    Ok(())
}

/// What was done, and what is missing, below the dates: a lane and a shape for each kind.
fn lanes<'a>(model: &Model, layout: &Layout, root: &Area<'a>, chart: &Chart<'a>, from: Day) -> Drawn {
    for (y, lane) in layout.lanes() {
        text(root, lane.name(), (layout.names_x(), y), HPos::Left, Ink::Muted)?;
        for day in lane.days(model) {
            let x = chart.backend_coord(&(day.since(from), 0)).0;
            match lane {
                Lane::Of(kind) => shape(root, kind, (x, y))?,
                Lane::NoScore => cross(root, (x, y))?,
            }
        }
    }
    Ok(())
}

fn shape(root: &Area<'_>, kind: MarkKind, (x, y): (i32, i32)) -> Drawn {
    match kind {
        MarkKind::Contact => root.draw(&Circle::new((x, y), 3, Ink::Contact.color().filled())),
        MarkKind::Review => root.draw(&Polygon::new(
            [(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)],
            Ink::Review.color().filled(),
        )),
        MarkKind::Treatment => root.draw(&Rectangle::new(
            [(x - 4, y - 4), (x + 4, y + 4)],
            Ink::TreatmentFill.color().filled(),
        )),
    }
}

fn cross(root: &Area<'_>, (x, y): (i32, i32)) -> Drawn {
    line(root, [(x - 3, y - 3), (x + 3, y + 3)], Ink::Missing)?;
    line(root, [(x - 3, y + 3), (x + 3, y - 3)], Ink::Missing)
}

fn line(root: &Area<'_>, ends: [(i32, i32); 2], ink: Ink) -> Drawn {
    root.draw(&PathElement::new(ends, ink.color().stroke_width(1)))
}

fn text(root: &Area<'_>, words: &str, at: (i32, i32), to: HPos, ink: Ink) -> Drawn {
    // plotters divides a size by 1.24 on its way into SVG.
    let size = f64::from(TEXT) * 1.24;
    let color = ink.color();
    let style = TextStyle::from(("sans-serif", size).into_font())
        .color(&color)
        .pos(Pos::new(to, VPos::Center));
    root.draw(&Text::new(words, at, style))
}

/// Dates for the axis: weeks where there are few, otherwise the first of months; at most so many.
fn dates(from: Day, to: Day, most: usize) -> Vec<(Day, String)> {
    let most = i64::try_from(most).unwrap_or(4).max(2);
    if to.since(from) <= 70 {
        let step = (to.since(from) / 7 / most + 1) * 7;
        let steps = 0..=to.since(from) / step;
        return steps
            .map(|n| from.plus(n * step))
            .map(|day| (day, day.date().format("%-d %b").to_string()))
            .collect();
    }
    let months = i64::from(to.month().since(from.month()));
    let step = usize::try_from(months / most + 1).unwrap_or(1);
    let all = std::iter::successors(Some(from.month().next()), |m| Some(m.next()));
    let shown = all.take_while(|m| m.first() <= to).step_by(step).map(|m| m.first());
    let mut year = None;
    let label = |day: Day| {
        let (own, earlier) = (day.date().format("%Y").to_string(), year.take());
        // A month beside two digits reads as a day: the year stands in full, and only where it begins.
        let format = if earlier.as_ref() == Some(&own) { "%b" } else { "%b %Y" };
        year = Some(own);
        (day, day.date().format(format).to_string())
    };
    shown.map(label).collect()
}

fn px(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

impl Ink {
    const ALL: [Ink; 17] = [
        Ink::Line,
        Ink::Dot,
        Ink::Text,
        Ink::Muted,
        Ink::Axis,
        Ink::Target,
        Ink::Treatment,
        Ink::TreatmentFill,
        Ink::Review,
        Ink::Contact,
        Ink::Missing,
        Ink::Band(0),
        Ink::Band(1),
        Ink::Band(2),
        Ink::Band(3),
        Ink::Band(4),
        Ink::Band(5),
    ];
    fn number(self) -> u8 {
        match self {
            Ink::Line => 1,
            Ink::Dot => 2,
            Ink::Text => 3,
            Ink::Muted => 4,
            Ink::Axis => 5,
            Ink::Target => 6,
            Ink::Treatment => 7,
            Ink::TreatmentFill => 8,
            Ink::Review => 9,
            Ink::Contact => 10,
            Ink::Missing => 11,
            Ink::Band(n) => 16 + n,
        }
    }
    fn color(self) -> RGBColor {
        RGBColor(0xC0, 0xDE, self.number())
    }
    fn class(self) -> String {
        match self {
            Ink::Line => "g-line".into(),
            Ink::Dot => "g-dot".into(),
            Ink::Text => "g-text".into(),
            Ink::Muted => "g-muted".into(),
            Ink::Axis => "g-axis".into(),
            Ink::Target => "g-target".into(),
            Ink::Treatment => "g-treatment".into(),
            Ink::TreatmentFill => "g-treatment-fill".into(),
            Ink::Review => "g-review".into(),
            Ink::Contact => "g-contact".into(),
            Ink::Missing => "g-missing".into(),
            Ink::Band(n) => format!("g-band-{n}"),
        }
    }
    /// Attributes that aren't colours.
    fn extra(self) -> &'static str {
        match self {
            Ink::Target => r#" stroke-dasharray="6 4""#,
            Ink::Treatment => r#" stroke-dasharray="2 3""#,
            _ => "",
        }
    }
}

/// What plotters wrote between the opening and the closing tag of its SVG.
fn inside(svg: &str) -> &str {
    let start = svg.find('>').map_or(0, |at| at + 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    svg.get(start..end).unwrap_or_default()
}

/// Colours become classes; the font is the page's.
fn classed(body: &str) -> String {
    let mut body = body
        .replace(" opacity=\"1\"", "")
        .replace(" font-family=\"sans-serif\"", "")
        .replace(">\n", ">")
        .replace("\n<", "<");
    for ink in Ink::ALL {
        let class = format!(" class=\"{}\"{}", ink.class(), ink.extra());
        for attribute in ["fill", "stroke"] {
            body = body.replace(&format!(" {attribute}=\"#C0DE{:02X}\"", ink.number()), &class);
        }
    }
    body
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
#[path = "draw_tests.rs"]
mod tests;
