//! One open registry: the queue through which every read and write goes. The window asks, the core worker answers.
//!
//! [`Core::answer`] takes one request at a time. A request to change something is an intent: [`crate::care::decide`]
//! makes entries of it, they are sealed and saved by one strict transaction, and only then folded into the resident
//! flowsheets that every view is made from.

mod alerts;
mod api;
mod audit;
mod audits;
mod books;
mod care_plan;
mod changes;
mod claims;
mod closing;
mod closing_letters;
mod concern_lines;
mod core;
mod coverage;
mod derived;
mod diary;
mod directory;
mod erasing;
mod evening;
mod failure;
mod forks;
mod handoffs;
mod huddle;
mod imports;
mod inbox;
mod intake;
mod keys;
mod learned;
mod ledger;
mod lists;
mod machine;
mod measure_plan;
mod measures;
mod medicines;
mod meeting;
mod month_close;
mod month_money;
mod month_papers;
mod month_sent;
mod months;
mod notes;
mod notes_team;
mod office;
mod office_parts;
mod open;
mod packet;
mod pages;
mod patient;
mod progress;
mod queries;
mod receive;
mod rest;
mod save;
mod saves;
mod scope;
mod search;
mod shares;
mod soon;
mod supervision;
mod tabs;
mod team_first;
mod timeline;
mod together;
mod upkeep;
mod views;
mod whom;

pub mod wire;

pub use api::*;
pub use claims::*;
pub use core::Core;
pub use inbox::{Given, PatientAnswer};
pub use ledger::{LedgerAsk, LedgerView};
pub use machine::Machine;
pub use office::Office;
pub use progress::{Pause, Progress, Stage, Work};
pub use rest::Rest;
pub use saves::by_save;
pub use soon::{SoonRequest, SoonResponse};
pub use tabs::Standing;
pub use views::*;
