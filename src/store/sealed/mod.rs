//! One registry's records, sealed: the store and the vault's envelope together.
//!
//! Everything is sealed first and then written by one transaction, which goes through only while the stored head is the one last
//! seen. All changes need `&mut`: one queue writes. What fails to open is named as [`Damage`], kept, and skipped.

mod batch;
mod compact;
mod erase;
mod inbox;
mod open;
mod read;
mod save;

use std::rc::Rc;

use futures_util::future::try_join_all;

pub use batch::{Batch, BatchInfo, BatchState};
pub use compact::Compacted;
pub use erase::Rewrite;
pub use inbox::{Inbox, InboxItem, line_of, put_item, read_run, seal_item};
pub use open::{Refreshed, peek_generation, read_key_file};
pub use read::{ChartRead, PagesRead};
pub use save::Save;

use super::damage::{Damage, Reason, SealedError};
use super::index::{ChartNumber, Generation, Index, Kind};
use super::raw::{Area, Key, Put, Store, Transaction};
use super::reconnect::Reconnecting;
use crate::journal::{ChartId, Digest, RegistryId};
use crate::vault::{Aead, Entropy, Nonce, OpenError, Place, Vault};

/// An open registry's records.
pub struct SealedStore<S, A: Aead> {
    store: Reconnecting<S>,
    vault: Rc<Vault<A>>,
    entropy: Box<dyn Entropy>,
    index: Index,
    /// The head's bytes as stored, when last seen.
    head: Vec<u8>,
    /// A write of which it isn't known whether it went through.
    in_doubt: Option<save::InDoubt>,
    damage: Vec<Damage>,
}

/// A record that is to be sealed for its place; generation 0 as in [`SealedStore::seal`].
struct Unsealed {
    area: Area,
    key: Key,
    generation: Generation,
    plain: Vec<u8>,
}

/// What the head says of the whole registry. Feeds the canary; no patient data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// The registry.
    pub registry: RegistryId,
    /// Its kind.
    pub kind: Kind,
    /// The head's generation.
    pub generation: Generation,
    /// Charts with entries, the registry's own among them.
    pub charts: u32,
    /// Entries as stored.
    pub entries: u64,
    /// The sum of all entries' digests.
    pub digest: Digest,
}

/// What the head says of one chart. A flowsheet whose count or digest differs is to be folded anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartTotals {
    /// The chart.
    pub chart: ChartId,
    /// Entries as stored.
    pub entries: u32,
    /// The sum of their digests.
    pub digest: Digest,
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// What the head says of the whole registry.
    pub fn totals(&self) -> Totals {
        let root = &self.index.root;
        Totals {
            registry: RegistryId::new(self.vault.registry()),
            kind: root.kind,
            generation: self.index.generation,
            charts: root.charts,
            entries: root.entries,
            digest: root.digest,
        }
    }

    /// What the head says of one chart; `None` when it has no entries here.
    pub fn chart(&self, chart: ChartId) -> Option<ChartTotals> {
        let line = self.index.line(chart)?;
        Some(ChartTotals {
            chart,
            entries: line.entries,
            digest: line.digest,
        })
    }

    /// What the head says of every chart, in the order of their numbers.
    pub fn charts(&self) -> impl Iterator<Item = ChartTotals> {
        self.index.lines().map(|line| ChartTotals {
            chart: line.chart,
            entries: line.entries,
            digest: line.digest,
        })
    }

    /// The chart's number, which says which flowsheet page it is in. A chart that isn't saved yet gets a free number, and keeps it
    /// until the registry is closed or [refreshed](Self::refresh).
    pub fn number(&mut self, chart: ChartId) -> ChartNumber {
        self.index.number(chart)
    }

    /// What was found damaged when the registry was opened. If there is anything, it can only be read.
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }

    fn writable(&self) -> Result<(), SealedError> {
        if self.damage.is_empty() {
            Ok(())
        } else {
            Err(SealedError::ReadOnly)
        }
    }

    /// Seals one record for its place. Generation 0 is for what is written once, or checked by its content.
    async fn seal(&mut self, area: Area, key: Key, generation: Generation, plain: &[u8]) -> Result<Put, SealedError> {
        let place = Place {
            store: area.name(),
            record: key.as_str().as_bytes(),
            generation: generation.0,
        };
        let bytes = self.vault.seal(place, plain, &mut *self.entropy).await?;
        Ok(Put { area, key, bytes })
    }

    /// Seals several records at once: the browser enciphers beside this thread, and waiting for each in turn would take longer than
    /// the work.
    async fn seal_all(&mut self, records: &[Unsealed]) -> Result<Vec<Put>, SealedError> {
        let mut nonces = Vec::with_capacity(records.len());
        for _ in records {
            nonces.push(Nonce::draw(&mut *self.entropy)?);
        }
        let vault = &self.vault;
        let sealing = records.iter().zip(nonces).map(|(record, nonce)| async move {
            let place = Place {
                store: record.area.name(),
                record: record.key.as_str().as_bytes(),
                generation: record.generation.0,
            };
            vault.seal_under(nonce, place, &record.plain).await
        });
        let sealed = try_join_all(sealing).await?;
        let put = |(record, bytes): (&Unsealed, Vec<u8>)| Put {
            area: record.area,
            key: record.key.clone(),
            bytes,
        };
        Ok(records.iter().zip(sealed).map(put).collect())
    }

    /// Opens one record. Outer error: the cipher isn't there. Inner error: the record is damaged.
    async fn open_record(
        &self,
        area: Area,
        key: &Key,
        generation: Generation,
        sealed: Option<&[u8]>,
    ) -> Result<Result<Vec<u8>, Damage>, SealedError> {
        let Some(sealed) = sealed else {
            return Ok(Err(Damage::new(area, key.clone(), Reason::Missing)));
        };
        open_sealed(&self.vault, area, key, generation, sealed).await
    }

    /// Writes what lies outside the head.
    async fn commit_outside(&self, transaction: Transaction) -> Result<(), SealedError> {
        Ok(self.store.commit(&transaction).await?)
    }
}

async fn open_sealed<A: Aead>(
    vault: &Vault<A>,
    area: Area,
    key: &Key,
    generation: Generation,
    sealed: &[u8],
) -> Result<Result<Vec<u8>, Damage>, SealedError> {
    let place = Place {
        store: area.name(),
        record: key.as_str().as_bytes(),
        generation: generation.0,
    };
    match vault.open(place, sealed).await {
        Ok(plain) => Ok(Ok(plain)),
        Err(OpenError::Unavailable) => Err(SealedError::CipherUnavailable),
        Err(error) => Ok(Err(Damage::new(area, key.clone(), error))),
    }
}
