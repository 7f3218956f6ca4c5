//! Where things lie, in pixels: the title (on paper), the panels, the dates, a lane for each kind of event, the key.

use super::Look;
use super::ink::Ink;
use super::key::{Key, key};
use crate::graphs::model::{MarkKind, Phase, Shape};
use crate::graphs::window::Graph;
use crate::journal::Day;

/// Size of all text: legible at the width that the shape is for.
pub(super) const TEXT: u32 = 12;
/// Width of a letter of that size, in tenths of a pixel; a little more than it is, for nothing measures text here.
pub(super) const LETTER: u32 = 66;
const TOP: u32 = 16;
/// A line of text in the title, a panel's name, the key.
const LINE: u32 = 16;
const DATES: u32 = 16;
const LANE: u32 = 16;
/// Between panels.
const GAP: u32 = 10;

/// Where everything lies.
pub(super) struct Layout {
    pub(super) width: u32,
    pub(super) left: u32,
    pub(super) right: u32,
    /// How many dates there is room for.
    pub(super) labels: usize,
    /// The upper edge of each panel.
    pub(super) tops: Vec<u32>,
    /// The height of each panel.
    pub(super) plot: u32,
    pub(super) lanes: Vec<Lane>,
    pub(super) key: Vec<Key>,
    look: Look,
}

/// What a lane below the plot holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Phases,
    Of(MarkKind),
    NoScore,
}

impl Layout {
    pub(super) fn of(graph: &Graph, look: Look) -> Self {
        let (width, left, right, labels) = match graph.shape {
            Shape::Full => (900, 40, 140, 9),
            Shape::Wide => (500, 36, 124, 5),
            Shape::Narrow => (360, 32, 80, 3),
        };
        let plot = match graph.panels.len() {
            0 | 1 => 208,
            2 => 150,
            _ => 116,
        };
        let several = 1 < graph.panels.len();
        let mut y = if look == Look::Paper { TOP + 2 * LINE } else { TOP };
        let mut tops = Vec::new();
        for _ in &graph.panels {
            y += if several { LINE } else { 0 };
            tops.push(y);
            y += plot + if several { GAP } else { 0 };
        }
        let kinds = MarkKind::ALL.map(Lane::Of);
        let lanes = [Lane::Phases].into_iter().chain(kinds).chain([Lane::NoScore]);
        Self {
            width,
            left,
            right,
            labels,
            tops,
            plot,
            lanes: lanes.filter(|lane| lane.is_there(graph)).collect(),
            key: key(
                graph,
                usize::try_from((width - 52) * 10 / LETTER).unwrap_or(40),
                px(width - left - right),
            ),
            look,
        }
    }
    /// The lower edge of the last panel.
    pub(super) fn bottom(&self) -> u32 {
        self.tops.last().map_or(TOP, |top| top + self.plot)
    }
    pub(super) fn dates_y(&self) -> i32 {
        px(self.bottom() + DATES)
    }
    pub(super) fn lanes(&self) -> impl Iterator<Item = (i32, Lane)> {
        let y = |n: usize| self.dates_y() + px(LANE) * (count(n) + 1);
        self.lanes.iter().enumerate().map(move |(n, lane)| (y(n), *lane))
    }
    pub(super) fn key(&self) -> impl Iterator<Item = (i32, &Key)> {
        let above = self.dates_y() + px(LANE) * count(self.lanes.len()) + 6;
        let y = move |n: usize| above + px(LINE) * (count(n) + 1);
        self.key.iter().enumerate().map(move |(n, key)| (y(n), key))
    }
    pub(super) fn height(&self) -> u32 {
        let key = if self.key.is_empty() { 0 } else { 6 };
        let lines = u32::try_from(self.lanes.len() + self.key.len()).unwrap_or(0);
        let paper = if self.look == Look::Paper { 8 } else { 0 };
        self.bottom() + DATES + 12 + LANE * lines + key + paper
    }
    /// Where the lines of the title begin, on paper.
    pub(super) fn title_y(&self, line: i32) -> i32 {
        px(TOP) + line * px(LINE)
    }
    /// Where the names of bands and lanes begin.
    pub(super) fn names_x(&self) -> i32 {
        px(self.width - self.right) + 8
    }
    /// Letters that fit beside the plot.
    pub(super) fn letters(&self) -> usize {
        usize::try_from((self.right - 10) * 10 / LETTER).unwrap_or(10)
    }
    /// The plot's width.
    pub(super) fn across(&self) -> i32 {
        px(self.width - self.left - self.right)
    }
}

impl Lane {
    fn is_there(self, graph: &Graph) -> bool {
        match self {
            Lane::Phases => graph.spans.iter().any(|s| s.phase != Phase::Closed),
            Lane::Of(_) | Lane::NoScore => self.days(graph).next().is_some(),
        }
    }
    /// The days on which there is something in it.
    pub(super) fn days(self, graph: &Graph) -> impl Iterator<Item = Day> {
        let marks = graph.marks.iter().filter(move |m| self == Lane::Of(m.kind));
        let points = graph.panels.iter().flat_map(|p| &p.points);
        let missing = points.filter(move |p| self == Lane::NoScore && p.value.is_none());
        marks.map(|m| m.day).chain(missing.map(|p| p.day))
    }
    /// A word that fits beside the plot on a telephone.
    pub(super) fn name(self) -> &'static str {
        match self {
            Lane::Phases => "episode",
            Lane::Of(MarkKind::Treatment) => "treatment",
            Lane::Of(MarkKind::Review) => "review",
            Lane::Of(MarkKind::Contact) => "contact",
            Lane::NoScore => "no score",
        }
    }
    /// The fill of its shapes.
    pub(super) fn ink(self) -> Ink {
        match self {
            Lane::Phases => Ink::Phase,
            Lane::Of(MarkKind::Treatment) => Ink::TreatmentFill,
            Lane::Of(MarkKind::Review) => Ink::Review,
            Lane::Of(MarkKind::Contact) => Ink::Contact,
            Lane::NoScore => Ink::Missing,
        }
    }
}

pub(super) fn px(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

pub(super) fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
