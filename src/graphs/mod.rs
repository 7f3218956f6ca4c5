//! Graph model to SVG string.
//!
//! A graph says one thing: how a score moved, against its bands and lines, beside what was done. Several measures are
//! panels above each other with one axis of time, never one scale of percents: half of a PHQ-9 and half of a GAD-7 are
//! not the same severity, and a panel keeps its bands, its lines and its numbers.
//!
//! On a page colours are classes ([`CLASSES`]), so that light, dark and print come from the page's styles and no inline
//! style is needed; on paper ([`Look::Paper`]) they stand in the file. Every kind of mark has its own shape and every
//! kind of line its own dashes, so that colour is never alone. A missing score is a gap, never a 0. Beside the SVG a
//! page shows [`summary`] and [`table`].

mod draw;
mod history;
mod hours;
mod model;
mod months;
mod spark;
mod window;
mod words;

pub use draw::{CLASSES, Look, score_graph};
pub use history::{EARLY_SOURCE, history};
pub use hours::week_hours;
pub use model::{
    Band, Better, Course, Early, EarlyWarning, Edge, History, Line, LineKind, Mark, MarkKind, Panel, Phase, Point,
    Range, Shape, Span,
};
pub use months::month_bars;
pub use spark::{spark_path, sparkline};
pub use window::Graph;
pub use words::{TableRow, early_words, summary, table};
