//! Protocol, outcome definitions, clocks, worklist, and what an intent writes down.

pub mod decide;
pub mod intent;
