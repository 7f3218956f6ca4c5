//! The dated numbers of one chart, no prose: a pure projection of its entries. Every rule, list and report
//! reads flowsheets, nothing else.

mod after;
mod concerns;
mod coverage;
mod documented;
mod ehr;
mod feedback;
mod fork;
mod lines;
mod messages;
mod project;
mod reading;
mod treatments;
mod wishes;

pub use concerns::{ASKED_NOTE, CRISIS_NOTE, Cause, DatedStep, RoundLine, WrittenLater};
pub use documented::{ClaimLine, Lack, Unexplained};
pub use ehr::{EhrItem, EhrLine, EhrState, ehr_items};
pub use feedback::FeedbackLine;
pub use lines::*;
pub use messages::MessageLine;
pub use project::{project, project_folded, project_with};
