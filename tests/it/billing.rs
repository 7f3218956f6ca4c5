//! Minutes, codes, gates and months against published rows (tests/data/billing), and the laws that hold for all.

mod close;
mod handoffs;
mod laws;
mod money;
mod months;
mod outreach;
mod sample;
mod tables;
