//! Below the plots: dates, what was done in lanes, the key.

use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use super::dates::dates;
use super::ink::Ink;
use super::key::{Sample, treatments};
use super::layout::{LETTER, Lane, Layout, count, px};
use super::panel::bracket;
use super::{Area, Chart, Drawn, line, text};
use crate::graphs::model::{MarkKind, Phase, Span};
use crate::graphs::window::Graph;
use crate::journal::Day;

/// Half of the box of a treatment's number.
const BOX: i32 = 7;

pub(super) fn below<'a>(
    graph: &Graph,
    layout: &Layout,
    root: &Area<'a>,
    chart: &Chart<'a>,
    (from, to): (Day, Day),
) -> Drawn {
    let x = |day: Day| chart.backend_coord(&(day.since(from).clamp(0, to.since(from)), 0)).0;
    let bottom = px(layout.bottom());
    for (day, label) in dates(from, to, layout.labels) {
        line(root, [(x(day), bottom), (x(day), bottom + 4)], Ink::Axis)?;
        text(root, &label, (x(day), layout.dates_y()), HPos::Center, Ink::Text)?;
    }
    for (y, lane) in layout.lanes() {
        text(root, lane.name(), (layout.names_x(), y), HPos::Left, Ink::Muted)?;
        match lane {
            Lane::Phases => {
                for span in &graph.spans {
                    let until = span.until.unwrap_or(graph.to);
                    phase(root, span, (x(span.from), x(until.max(span.from))), y)?;
                }
            }
            Lane::Of(MarkKind::Treatment) => {
                let all = treatments(graph).into_iter().map(|(number, day, _)| (number, x(day)));
                for (numbers, at) in together(all) {
                    numbered(root, &numbers, (at, y))?;
                }
            }
            Lane::Of(_) | Lane::NoScore => marks(root, lane, lane.days(graph).map(x), y)?,
        }
    }
    for (y, key) in layout.key() {
        let left = px(layout.left) - 24;
        let middle = left + 12;
        match key.sample {
            Sample::Stroke(ink) => line(root, [(left, y), (left + 24, y)], ink)?,
            Sample::Bracket => bracket(root, (middle, y + 3))?,
            Sample::Number(number) => numbered(root, &number.to_string(), (middle, y))?,
            Sample::Nothing => {}
        }
        text(root, &key.words, (left + 32, y), HPos::Left, Ink::Text)?;
    }
    Ok(())
}

/// Circles, triangles and crosses; of those that would be one shape to the eye, one.
fn marks(root: &Area<'_>, lane: Lane, places: impl Iterator<Item = i32>, y: i32) -> Drawn {
    let mut places: Vec<i32> = places.collect();
    places.sort_unstable();
    let touch = match lane {
        Lane::Of(MarkKind::Contact) => 3,
        _ => 8,
    };
    let mut before = i32::MIN / 2;
    for x in places {
        if x - before < touch {
            continue;
        }
        before = x;
        let filled = lane.ink().color().filled();
        match lane {
            Lane::Of(MarkKind::Contact) => root.draw(&Circle::new((x, y), 3, filled))?,
            Lane::Of(_) | Lane::Phases => {
                root.draw(&Polygon::new([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)], filled))?;
            }
            Lane::NoScore => {
                line(root, [(x - 3, y - 3), (x + 3, y + 3)], Ink::Missing)?;
                line(root, [(x - 3, y + 3), (x + 3, y - 3)], Ink::Missing)?;
            }
        }
    }
    Ok(())
}

/// Treatment changes that share a box: the first and the last number, and where they lie.
struct Group {
    numbers: (usize, usize),
    places: (i32, i32),
}

impl Group {
    fn words(&self) -> String {
        named(self.numbers.0, self.numbers.1)
    }
    fn middle(&self) -> i32 {
        (self.places.0 + self.places.1) / 2
    }
    fn touches(&self, next: &Self) -> bool {
        next.middle() - self.middle() < half(&self.words()) + half(&next.words()) + 2
    }
}

/// The numbers of treatment changes; those whose boxes would lie over one another share one: `3-5`. A shared box is
/// wider, so it is looked at again until none touch.
fn together(all: impl Iterator<Item = (usize, i32)>) -> Vec<(String, i32)> {
    let mut groups: Vec<Group> = Vec::new();
    for (number, x) in all {
        groups.push(Group {
            numbers: (number, number),
            places: (x, x),
        });
        while let [.., before, last] = groups.as_mut_slice()
            && before.touches(last)
        {
            before.numbers.1 = last.numbers.1;
            before.places.1 = last.places.1;
            groups.pop();
        }
    }
    groups
        .into_iter()
        .map(|group| (group.words(), group.middle()))
        .collect()
}

fn named(first: usize, last: usize) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}\u{2013}{last}")
    }
}

/// Half of the width of a box for a number.
fn half(words: &str) -> i32 {
    BOX.max(count(words.chars().count()) * px(LETTER) / 20 + 3)
}

fn numbered(root: &Area<'_>, words: &str, (x, y): (i32, i32)) -> Drawn {
    let half = half(words);
    root.draw(&Rectangle::new(
        [(x - half, y - BOX), (x + half, y + BOX)],
        Ink::TreatmentFill.color().filled(),
    ))?;
    text(root, words, (x, y), HPos::Center, Ink::Number)
}

/// A bar for where the episode stood: full, hollow, dashes, or a thin line.
fn phase(root: &Area<'_>, span: &Span, (left, right): (i32, i32), y: i32) -> Drawn {
    match span.phase {
        Phase::Closed => Ok(()),
        Phase::Waiting => line(root, [(left, y), (right, y)], Ink::PhaseLine),
        Phase::Care => root.draw(&Rectangle::new(
            [(left, y - 3), (right, y + 3)],
            Ink::Phase.color().filled(),
        )),
        Phase::RelapsePrevention => {
            let corners = [
                (left, y - 3),
                (right, y - 3),
                (right, y + 3),
                (left, y + 3),
                (left, y - 3),
            ];
            root.draw(&PathElement::new(
                corners.to_vec(),
                Ink::PhaseLine.color().stroke_width(1),
            ))
        }
        Phase::OnHold => {
            for start in (left..right).step_by(8) {
                line(root, [(start, y), ((start + 4).min(right), y)], Ink::PhaseLine)?;
            }
            Ok(())
        }
    }
}
