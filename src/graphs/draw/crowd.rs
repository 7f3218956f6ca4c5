//! More scores than there is room for dots: what each column of pixels holds, as a stroke from its lowest to its highest
//! score and a line through the middle ones. A line through all of them would be a black bar that says nothing.

use super::layout::{Layout, count};
use crate::graphs::model::Panel;
use crate::graphs::window::Graph;
use crate::journal::Day;

/// Pixels of a column.
const COLUMN: i64 = 6;
/// Pixels that a score needs to have a dot of its own.
const ROOM: i32 = 5;

/// The scores of some neighbouring days.
pub(super) struct Column {
    /// Days from the first of the drawing to its middle.
    pub(super) at: i64,
    pub(super) low: u16,
    pub(super) middle: u16,
    pub(super) high: u16,
}

/// Whether a panel has more scores than there is room for dots.
pub(super) fn is_crowded(panel: &Panel, across: i32) -> bool {
    across / count(panel.known().count()).max(1) < ROOM
}

/// Days that a column holds.
pub(super) fn days_of_column(graph: &Graph, across: i32) -> i64 {
    (graph.to.since(graph.from) * COLUMN / i64::from(across.max(1))).max(1)
}

/// Neighbouring columns: broken where one has only missing scores, and where an episode began.
pub(super) fn columns(graph: &Graph, panel: &Panel, layout: &Layout, from: Day) -> Vec<Vec<Column>> {
    let days = days_of_column(graph, layout.across());
    let mut runs: Vec<Vec<Column>> = vec![Vec::new()];
    let mut before: Option<Day> = None;
    for group in panel
        .points
        .chunk_by(|a, b| a.day.since(from) / days == b.day.since(from) / days)
    {
        let Some(first) = group.first() else { continue };
        let begins = |day: &Day| before.is_some_and(|before| before < *day) && *day <= first.day;
        let mut values: Vec<u16> = group.iter().filter_map(|p| p.value).collect();
        values.sort_unstable();
        if values.is_empty() || graph.breaks.iter().any(begins) {
            runs.push(Vec::new());
        }
        before = group.last().map(|p| p.day);
        let ends = values.first().zip(values.last()).zip(values.get(values.len() / 2));
        if let (Some(run), Some(((low, high), middle))) = (runs.last_mut(), ends) {
            run.push(Column {
                at: first.day.since(from) / days * days + days / 2,
                low: *low,
                middle: *middle,
                high: *high,
            });
        }
    }
    runs
}
