//! Where sealed bytes are kept.

mod faulty;
mod memory;
mod raw;
pub mod segment;

pub use faulty::{Fault, FaultKind, FaultyStore, Repeat};
pub use memory::MemoryStore;
pub use raw::{Area, Expect, Key, Put, Store, StoreError, Transaction};
