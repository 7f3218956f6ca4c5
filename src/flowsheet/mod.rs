//! The dated numbers of one chart, no prose: a pure projection of its entries. Every rule, list and report
//! reads flowsheets, nothing else.

mod lines;
mod project;

pub use lines::*;
pub use project::project;
