//! Graph model to SVG string.
//!
//! A graph says one thing: how a score moved, against its bands and target, beside what was done. Colours are
//! classes ([`CLASSES`]), so that light, dark and print come from the page's styles and no inline style is needed;
//! every kind of mark has its own shape, so that colour is never alone. A missing score is a gap, never a 0.
//! Beside the SVG a page shows [`summary`] and [`table`].

mod draw;
mod model;
mod spark;
mod words;

pub use draw::{CLASSES, score_graph};
pub use model::{Band, Mark, MarkKind, Model, Point, Shape};
pub use spark::sparkline;
pub use words::{TableRow, summary, table};
