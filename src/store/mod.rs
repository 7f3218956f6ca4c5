//! Where sealed bytes are kept.
//!
//! 1. [`Store`] keeps records: bytes by area and key, and one primitive, [`Store::commit`], that writes all or nothing if the head is
//!    still the one last seen. [`MemoryStore`] is its twin without a browser, [`FaultyStore`] fails on command.
//! 2. [`segment`] packs entries; the index says which segments hold which chart.
//! 3. [`SealedStore`] is what the rest of the house uses: it seals, saves, reads, imports in batches, compacts.
//! 4. [`canary`] tells a lost or emptied registry from a first run.
//!
//! Nothing here decides what an entry means, and nothing is ever deleted because it couldn't be read.

pub mod canary;
mod damage;
mod faulty;
#[cfg(target_arch = "wasm32")]
mod idb;
mod index;
mod memory;
mod raw;
mod reconnect;
mod sealed;
pub mod segment;

pub use damage::{Damage, Reason, SealedError};
pub use faulty::{Fault, FaultKind, FaultyStore, Repeat};
#[cfg(target_arch = "wasm32")]
pub use idb::{IdbStore, databases, delete_database};
pub use index::{BatchId, ChartNumber, FLOWSHEETS_A_PAGE, Generation, Kind, PageNumber, SegmentId};
pub use memory::MemoryStore;
pub use raw::{Area, Expect, Key, Put, Store, StoreError, Transaction};
pub use sealed::{
    Batch, BatchInfo, BatchState, ChartRead, ChartTotals, Compacted, Inbox, InboxItem, PagesRead, Refreshed, Rewrite,
    Save, SealedStore, Totals, line_of, peek_generation, put_item, read_key_file, read_run, seal_item,
};
