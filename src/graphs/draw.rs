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

/// Where things lie, in pixels.
struct Layout {
    width: u32,
    height: u32,
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
    text: u32,
    labels: usize,
}

impl Layout {
    fn of(shape: Shape) -> Self {
        match shape {
            Shape::Wide => Self {
                width: 720,
                height: 300,
                left: 36,
                right: 130,
                top: 34,
                bottom: 58,
                text: 12,
                labels: 8,
            },
            Shape::Narrow => Self {
                width: 360,
                height: 300,
                left: 32,
                right: 14,
                top: 50,
                bottom: 58,
                text: 12,
                labels: 4,
            },
        }
    }
    /// Height of the row of marks below the axis.
    fn marks_y(&self) -> i32 {
        px(self.height - self.bottom) + 14
    }
    fn dates_y(&self) -> i32 {
        px(self.height) - 20
    }
}

/// The graph as an SVG element that fills the width it is given, with its title and its summary as first children.
pub fn score_graph(model: &Model) -> String {
    let layout = Layout::of(model.shape);
    let mut drawn = String::new();
    let done = draw(model, &layout, &mut drawn);
    let body = if done.is_ok() {
        classed(inside(&drawn))
    } else {
        String::new()
    };
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" class="g-graph" role="img" focusable="false">"#,
        layout.width, layout.height
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
    let root = SVGBackend::with_string(into, (layout.width, layout.height)).into_drawing_area();
    let Some((first, last)) = model.days() else {
        text(
            &root,
            layout,
            "No score yet",
            (px(layout.width / 2), px(layout.height / 2)),
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
        .margin_top(layout.top)
        .margin_bottom(layout.bottom)
        .build_cartesian_2d(0..to.since(from), 0..i32::from(model.max.max(1)))?;
    bands(model, layout, &root, &mut chart, to.since(from))?;
    axes(model, layout, &root, &chart, from, to)?;
    treatments(model, layout, &root, &chart, from)?;
    scores(model, layout, &root, &mut chart, from)?;
    marks(model, layout, &root, &chart, from)?;
    legend(model, layout, &root)?;
    root.present()
}

/// Severity bands with their names.
fn bands<'a>(model: &Model, layout: &Layout, root: &Area<'a>, chart: &mut Chart<'a>, days: i64) -> Drawn {
    for (index, band) in model.bands.iter().enumerate() {
        let (low, high) = (
            i32::from(band.from),
            i32::from(band.to.saturating_add(1).min(model.max)),
        );
        let ink = Ink::Band(u8::try_from(index.min(5)).unwrap_or(5));
        chart.draw_series([Rectangle::new([(0, low), (days, high)], ink.color().filled())])?;
        let (right, top) = chart.backend_coord(&(days, high));
        let (x, to) = match model.shape {
            Shape::Wide => (right + 8, HPos::Left),
            Shape::Narrow => (right - 4, HPos::Right),
        };
        let middle = (top + chart.backend_coord(&(days, low)).1) / 2;
        text(root, layout, &band.label, (x, middle), to, Ink::Muted)?;
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
        text(root, layout, &tick.to_string(), (left - 6, y), HPos::Right, Ink::Text)?;
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
        text(root, layout, &label, (x, layout.dates_y()), HPos::Center, Ink::Text)?;
    }
    Ok(())
}

/// A line down the plot where the treatment changed.
fn treatments<'a>(model: &Model, layout: &Layout, root: &Area<'a>, chart: &Chart<'a>, from: Day) -> Drawn {
    for mark in model.marks.iter().filter(|m| m.kind == MarkKind::Treatment) {
        let (x, top) = chart.backend_coord(&(mark.day.since(from), i32::from(model.max.max(1))));
        line(root, [(x, top), (x, layout.marks_y())], Ink::Treatment)?;
    }
    Ok(())
}

/// The scores: a line through neighbours, a dot each, the number at the first, the last and, where there is
/// room, all. A missing score breaks the line and has a cross below the axis.
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
            let above = y - 8 > px(layout.top);
            let place = if above {
                y - 8 - px(layout.text) / 2
            } else {
                y + 8 + px(layout.text) / 2
            };
            text(root, layout, &value.to_string(), (x, place), HPos::Center, Ink::Text)?;
        }
    }
    for point in model.points.iter().filter(|p| p.value.is_none()) {
        let x = chart.backend_coord(&(point.day.since(from), 0)).0;
        cross(root, (x, layout.marks_y()))?;
    }
    Ok(())
}

/// Contacts, reviews and treatment changes below the axis, each with its shape.
fn marks<'a>(model: &Model, layout: &Layout, root: &Area<'a>, chart: &Chart<'a>, from: Day) -> Drawn {
    for mark in &model.marks {
        let x = chart.backend_coord(&(mark.day.since(from), 0)).0;
        shape(root, mark.kind, (x, layout.marks_y()))?;
    }
    Ok(())
}

/// What the shapes mean: those that are there, in a row above the plot, in two on a narrow page.
fn legend(model: &Model, layout: &Layout, root: &Area<'_>) -> Drawn {
    let kinds = [MarkKind::Treatment, MarkKind::Review, MarkKind::Contact];
    let there = kinds
        .into_iter()
        .filter(|kind| model.marks.iter().any(|m| m.kind == *kind));
    let mut items: Vec<(Option<MarkKind>, &str)> = there.map(|kind| (Some(kind), kind.words())).collect();
    if model.points.iter().any(|p| p.value.is_none()) {
        items.push((None, "no score"));
    }
    let (mut x, mut y) = (px(layout.left) + 4, 12);
    for (kind, words) in items {
        // Text is not measured: seven pixels a letter hold every system's sans at this size.
        let wide = 24 + 7 * i32::try_from(words.len()).unwrap_or(0);
        if x + wide > px(layout.width) {
            (x, y) = (px(layout.left) + 4, y + 18);
        }
        match kind {
            Some(kind) => shape(root, kind, (x, y))?,
            None => cross(root, (x, y))?,
        }
        text(root, layout, words, (x + 9, y), HPos::Left, Ink::Muted)?;
        x += wide;
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

fn text(root: &Area<'_>, layout: &Layout, words: &str, at: (i32, i32), to: HPos, ink: Ink) -> Drawn {
    // plotters divides a size by 1.24 on its way into SVG.
    let size = f64::from(layout.text) * 1.24;
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
    shown.map(|day| (day, day.date().format("%b %y").to_string())).collect()
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
        .replace(">\n", ">");
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
