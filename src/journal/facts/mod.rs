//! The contents of entries, by the part of the work that writes them.

mod care_team;
mod closing;
mod contact;
mod course;
mod ehr;
mod intake;
mod learned;
mod measure;
mod minutes;
mod office;
mod patient;
mod plan;
mod privacy;
mod safety;
mod supervision;
mod talk;
mod treatment;
mod worksheet;

pub use care_team::*;
pub use closing::*;
pub use contact::*;
pub use course::*;
pub use ehr::*;
pub use intake::*;
pub use learned::*;
pub use measure::*;
pub use minutes::*;
pub use office::*;
pub use patient::*;
pub use plan::*;
pub use privacy::*;
pub use safety::*;
pub use supervision::*;
pub use talk::*;
pub use treatment::*;
pub use worksheet::*;
