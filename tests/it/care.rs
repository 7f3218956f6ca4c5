//! Care rules on flowsheets built by hand: each clock by table, the defects of published registries, laws.

mod advice;
mod build;
mod cases;
mod clocks;
mod coverage;
mod edges;
mod effect;
mod feedback;
mod intake;
mod laws;
mod list;
mod plans;
mod ready;
mod review;
