//! What the core needs of the machine that it runs on.

use std::future::Future;

use super::api::Failure;
use super::progress::Progress;
use crate::exchange::workbook::Worksheet;
use crate::journal::{Day, RegistryId};
use crate::store::{Store, StoreError};
use crate::vault::{Aead, Entropy};

/// The machine: a browser, or a twin in tests.
pub trait Machine {
    /// Where records are kept.
    type Store: Store;
    /// The cipher.
    type Aead: Aead;

    /// The cipher.
    fn aead(&self) -> Self::Aead;
    /// Random bytes.
    fn entropy(&self) -> Box<dyn Entropy>;
    /// Makes the database of a new registry.
    fn create(&self, registry: RegistryId) -> impl Future<Output = Result<Self::Store, StoreError>>;
    /// Opens the database of a known registry; never makes one.
    fn open(&self, registry: RegistryId) -> impl Future<Output = Result<Self::Store, StoreError>>;
    /// Deletes the database of a registry that was just made and never became one.
    fn delete(&self, registry: RegistryId) -> impl Future<Output = Result<(), StoreError>>;
    /// How far long work is; the same one every time.
    fn progress(&self) -> Progress;
    /// The sheets of an Excel workbook, as of a day. What reads them is a part of its own, fetched when it is first wanted.
    fn worksheets(&self, workbook: &[u8], as_of: Day) -> impl Future<Output = Result<Vec<Worksheet>, Failure>>;
    /// Registries whose databases are here, as far as the browser tells.
    fn databases(&self) -> impl Future<Output = Vec<RegistryId>>;
    /// Whether the browser promised to keep the data, bytes used, bytes to be had; `None` where it doesn't say.
    fn storage(&self) -> impl Future<Output = (Option<bool>, Option<u64>, Option<u64>)>;
}
