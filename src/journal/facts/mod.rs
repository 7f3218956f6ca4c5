//! The contents of entries, by the part of the work that writes them.

mod care_team;
mod contact;
mod course;
mod intake;
mod measure;
mod minutes;
mod office;
mod patient;
mod plan;
mod safety;
mod treatment;
mod worksheet;

pub use care_team::*;
pub use contact::*;
pub use course::*;
pub use intake::*;
pub use measure::*;
pub use minutes::*;
pub use office::*;
pub use patient::*;
pub use plan::*;
pub use safety::*;
pub use treatment::*;
pub use worksheet::*;
