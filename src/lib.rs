//! Caseload: a collaborative-care registry that is one web page.
//!
//! The rooms, in reading order. Arrows point down only; `tests/it/tidy.rs` fails on one that points up.
//!
//! 1. [`journal`]: what was written down (entries, facts, stamps), how it folds, how two journals merge.
//! 2. [`flowsheet`]: the dated numbers of one chart, the only thing that rules, lists and reports read.
//! 3. [`instruments`]: the generic scorer and its safety rules; definitions are data files.
//! 4. [`care`]: protocol, outcome definitions, clocks, the worklist, and what an intent writes down.
//! 5. [`billing`]: countable time, the service month, payer profiles, gates.
//! 6. [`reports`]: caseload statistics.
//! 7. [`exchange`]: handoff files and spreadsheets, in and out.
//! 8. [`training`]: the invented clinic.
//! 9. [`vault`]: identities, key slots, sealed envelopes.
//! 10. [`store`]: the `Store` trait, its memory twin, IndexedDB.
//! 11. [`platform`]: clock, zone, ids, files, locks: a trait each, browser and fake.
//! 12. [`graphs`]: graph model to SVG string.
//! 13. [`registry`]: one open registry: the queue through which every read and write goes.
//! 14. [`app`]: the pages; all but its routes, formats and timers is for the browser only.
pub mod billing;
pub mod care;
pub mod exchange;
pub mod flowsheet;
pub mod graphs;
pub mod instruments;
pub mod journal;
pub mod platform;
pub mod registry;
pub mod reports;
pub mod store;
pub mod training;
pub mod vault;

#[cfg(any(feature = "pages", not(target_arch = "wasm32")))]
pub mod app;
