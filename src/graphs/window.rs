//! A part of what is known of a patient: some measures, some time.

use crate::journal::Day;

use super::model::{EarlyWarning, History, Mark, Panel, Point, Range, Shape, Span};

/// What one drawing shows: panels above each other with one axis of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The title: `PHQ-9`, or `PHQ-9, GAD-7`.
    pub title: String,
    /// How much of the time it is.
    pub range: Range,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// The panels, with what lies in that time.
    pub panels: Vec<Panel>,
    /// What was done in that time.
    pub marks: Vec<Mark>,
    /// Where the episodes stood in that time.
    pub spans: Vec<Span>,
    /// Days in that time on which an episode began: no line leads over them.
    pub breaks: Vec<Day>,
    /// Its proportions.
    pub shape: Shape,
}

/// Days of the two ranges that are counted back from today: 26 and 52 weeks.
const HALF_YEAR: i64 = 182;
const YEAR: i64 = 364;

impl History {
    /// The panels that a measure is drawn by: its total, or, where it has none, its parts.
    pub fn of_instrument<'a>(&'a self, instrument: &'a str) -> impl Iterator<Item = &'a Panel> {
        let own = move || self.panels.iter().filter(move |p| p.instrument == instrument);
        let has_total = own().any(|p| p.part.is_none());
        own().filter(move |p| p.part.is_none() == has_total)
    }
    /// The parts of a measure that are drawn beside its total.
    pub fn parts_of<'a>(&'a self, instrument: &'a str) -> impl Iterator<Item = &'a Panel> {
        let own = move || self.panels.iter().filter(move |p| p.instrument == instrument);
        let has_total = own().any(|p| p.part.is_none());
        own().filter(move |p| has_total && p.part.is_some())
    }
    /// The panels of a drawing that has all measures: one for each that has a total and a score, and the parts of those
    /// without a total.
    pub fn together(&self) -> Vec<&Panel> {
        let mut instruments: Vec<&str> = Vec::new();
        for panel in &self.panels {
            if !instruments.contains(&panel.instrument.as_str()) {
                instruments.push(&panel.instrument);
            }
        }
        let panels = instruments.into_iter().flat_map(|id| self.of_instrument(id));
        panels.filter(|p| p.known().next().is_some()).collect()
    }
    /// The range that a page begins with: the episode, unless nothing of these panels lies in it.
    pub fn first_range(&self, panels: &[&Panel]) -> Range {
        let (from, to) = self.window(panels, Range::Episode);
        let within = |p: &Point| from <= p.day && p.day <= to;
        match panels.iter().any(|panel| panel.points.iter().any(within)) {
            true => Range::Episode,
            false => Range::All,
        }
    }
    /// What one drawing shows.
    pub fn graph(&self, panels: &[&Panel], range: Range, early: EarlyWarning, shape: Shape) -> Graph {
        let (from, to) = self.window(panels, range);
        let within = |day: Day| from <= day && day <= to;
        let panels: Vec<Panel> = panels
            .iter()
            .map(|panel| {
                let mut panel = (*panel).clone();
                panel.points.retain(|p| within(p.day));
                panel
                    .lines
                    .retain(|l| l.from.is_none_or(|day| day <= to) && l.until.is_none_or(|day| from <= day));
                panel
                    .early
                    .retain(|e| early == EarlyWarning::Shown && from <= e.day && e.day <= to);
                panel
            })
            .collect();
        let overlaps = |s: &&Span| s.from <= to && s.until.is_none_or(|until| from < until);
        let titles: Vec<&str> = panels.iter().map(|p| p.title.as_str()).collect();
        Graph {
            title: titles.join(", "),
            range,
            from,
            to,
            marks: self.marks.iter().filter(|m| within(m.day)).cloned().collect(),
            spans: self.spans.iter().filter(overlaps).copied().collect(),
            breaks: self.courses.iter().map(|c| c.from).filter(|day| within(*day)).collect(),
            panels,
            shape,
        }
    }
    /// The first and the last day of a range.
    fn window(&self, panels: &[&Panel], range: Range) -> (Day, Day) {
        let days = || panels.iter().flat_map(|p| &p.points).map(|p| p.day);
        let course = self.courses.last();
        let closed = course.and_then(|c| c.until);
        // What is closed is not drawn up to today: the years since would press it together.
        let end = match closed {
            Some(closed) => days().max().map_or(closed, |last| last.max(closed)),
            None => self.today,
        };
        match range {
            Range::HalfYear => (self.today.plus(-HALF_YEAR), self.today),
            Range::Year => (self.today.plus(-YEAR), self.today),
            Range::Episode => {
                let first = course.map(|c| c.from).or(days().min()).unwrap_or(self.today);
                (first.min(end), end)
            }
            Range::All => {
                let first = days()
                    .min()
                    .into_iter()
                    .chain(self.courses.first().map(|c| c.from))
                    .min();
                (first.unwrap_or(end).min(end), end)
            }
        }
    }
}
