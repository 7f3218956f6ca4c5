//! The graph of scores, drawn by plotters, its fixed colours turned into classes.
//!
//! Text is placed, never measured: in a browser plotters measures with an inline style, which the page's policy
//! forbids. So its own axes and legends aren't used.

mod below;
mod crowd;
mod dates;
mod ink;
mod key;
mod layout;
mod panel;

use std::fmt::Write;

use plotters::coord::types::{RangedCoordi32, RangedCoordi64};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

pub use ink::{CLASSES, Look};

use ink::{Ink, dressed, escaped, inside};
use layout::{Layout, TEXT, px};

use super::window::Graph;
use super::words::{summary, time_words};

type Chart<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordi64, RangedCoordi32>>;
type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// The graph as an SVG element that fills the width it is given, with its title and its summary as first children.
pub fn score_graph(graph: &Graph, look: Look) -> String {
    let layout = Layout::of(graph, look);
    let mut drawn = String::new();
    let done = draw(graph, &layout, look, &mut drawn);
    let body = if done.is_ok() {
        dressed(inside(&drawn), look)
    } else {
        String::new()
    };
    let (width, height) = (layout.width, layout.height());
    let mut svg = match look {
        Look::Page => format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" class="g-graph" role="img" focusable="false">"#
        ),
        Look::Paper => format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">"#
        ),
    };
    write!(
        svg,
        "<title>{}</title><desc>{}</desc>",
        escaped(&graph.title),
        escaped(&summary(graph))
    )
    .ok();
    if look == Look::Paper {
        svg.push_str(r##"<rect x="0" y="0" width="100%" height="100%" fill="#FFFFFF"/>"##);
    }
    svg.push_str(&body);
    svg.push_str("</svg>");
    svg
}

fn draw(graph: &Graph, layout: &Layout, look: Look, into: &mut String) -> Drawn {
    let root = SVGBackend::with_string(into, (layout.width, layout.height())).into_drawing_area();
    if look == Look::Paper {
        let titles = key::wrapped(&graph.title, layout.letters() * 4, 1);
        let lines = titles.into_iter().chain([time_words(graph)]);
        for (line, words) in (0..).zip(lines) {
            text(
                &root,
                &words,
                (px(layout.left), layout.title_y(line)),
                HPos::Left,
                Ink::Text,
            )?;
        }
    }
    // A single day gets a week on either side; otherwise a little air, so that no dot is cut.
    let span = graph.to.since(graph.from);
    let air = if span == 0 { 7 } else { (span / 40).max(1) };
    let (from, to) = (graph.from.plus(-air), graph.to.plus(air));
    for (shown, top) in graph.panels.iter().zip(&layout.tops) {
        let (low, high) = (2 * i32::from(shown.min), 2 * i32::from(shown.max.max(shown.min + 1)));
        let mut chart = ChartBuilder::on(&root)
            .margin_left(layout.left)
            .margin_right(layout.right)
            .margin_top(*top)
            .margin_bottom(layout.height().saturating_sub(top + layout.plot))
            .build_cartesian_2d(0..to.since(from), low..high)?;
        panel::panel(graph, shown, layout, &root, &mut chart, (from, to))?;
        if Some(top) == layout.tops.last() {
            below::below(graph, layout, &root, &chart, (from, to))?;
        }
    }
    root.present()
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

#[cfg(test)]
mod tests;
