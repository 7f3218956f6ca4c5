//! Batches: an import is written where nobody sees it, then published whole by one small transaction, and can be hidden again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::damage::{Damage, SealedError};
use super::super::index::{BatchId, Change, Generation, PageNumber, SegmentId, Undecoded, decode, encode};
use super::super::raw::{Area, Expect, Key, Put, Store, Transaction};
use super::super::segment::{FULL_BYTES, Packed, Share, pack};
use super::SealedStore;
use crate::journal::{ChartId, Digest, Entry};
use crate::vault::{Aead, EntropyError, SealError};

const BATCH_VERSION: u8 = 2;
/// The version before: it didn't say what a batch was.
const BATCH_VERSION_BEFORE: u8 = 1;

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchState {
    /// Being written; nobody sees it. Left over at a start, it is swept.
    Writing,
    /// Part of the registry.
    Published,
    /// Undone: kept, not part of the registry.
    Hidden,
}

/// A batch that was published at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchInfo {
    /// Its id.
    pub id: BatchId,
    /// Whether it is part of the registry.
    pub state: BatchState,
    /// Entries in it.
    pub entries: u64,
    /// Charts that it adds to.
    pub charts: Vec<ChartId>,
    /// The generation that published it first: batches are in this order. 0 where that was not kept.
    pub published: Generation,
    /// Of the charts that it began, how many have been written to since. Compaction and flowsheets don't count.
    pub written_since: usize,
    /// What its writer said of it, as [`Batch::describe`] was told.
    pub about: Vec<u8>,
}

/// A batch that is being written.
#[derive(Debug)]
pub struct Batch {
    id: BatchId,
    parts: u32,
    waiting: Vec<Entry>,
    waiting_bytes: usize,
    shares: Vec<Stored>,
    about: Vec<u8>,
}

/// A chart's share of one of the batch's segments.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) part: u32,
    pub(super) chart: ChartId,
    pub(super) entries: u32,
    pub(super) digest: Digest,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    state: BatchState,
    pub(super) shares: Vec<Stored>,
    published: Generation,
    /// Charts that had no entries before it, by the first of their shares.
    begun: Vec<u32>,
    about: Vec<u8>,
}

#[derive(Deserialize)]
struct RecordBefore {
    state: BatchState,
    shares: Vec<Stored>,
}

impl Record {
    fn new(state: BatchState, shares: Vec<Stored>) -> Self {
        Self {
            state,
            shares,
            published: Generation(0),
            begun: Vec::new(),
            about: Vec::new(),
        }
    }

    fn decode(plain: &[u8]) -> Result<Self, Undecoded> {
        if plain.first() == Some(&BATCH_VERSION_BEFORE) {
            let RecordBefore { state, shares } = decode(BATCH_VERSION_BEFORE, plain)?;
            return Ok(Self::new(state, shares));
        }
        decode(BATCH_VERSION, plain)
    }

    /// The same batch with other shares. A chart that it began, and that is among them still, is one that it began.
    pub(super) fn with_shares(self, shares: Vec<Stored>) -> Self {
        let begun: BTreeSet<ChartId> = self
            .begun
            .iter()
            .filter_map(|at| self.shares.get(*at as usize))
            .map(|share| share.chart)
            .collect();
        let mut seen = BTreeSet::new();
        let begins = |(_, share): &(u32, &Stored)| begun.contains(&share.chart) && seen.insert(share.chart);
        let begun = (0..).zip(&shares).filter(begins).map(|(at, _)| at).collect();
        Self { shares, begun, ..self }
    }

    /// The batch's entries and their digests, by chart.
    fn sums(&self) -> BTreeMap<ChartId, (u32, Digest)> {
        let mut sums: BTreeMap<ChartId, (u32, Digest)> = BTreeMap::new();
        for share in &self.shares {
            let sum = sums.entry(share.chart).or_default();
            *sum = (sum.0 + share.entries, sum.1.plus(share.digest));
        }
        sums
    }
}

impl Batch {
    /// Its id.
    pub fn id(&self) -> BatchId {
        self.id
    }
    /// Says what it is, for whoever lists batches later. Sealed with it; to be called before it is published.
    pub fn describe(&mut self, about: Vec<u8>) {
        self.about = about;
    }
    /// The sum of its entries' digests.
    fn sum(&self) -> Option<Digest> {
        self.shares.iter().map(|share| share.digest).reduce(Digest::plus)
    }
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// Begins a batch.
    pub async fn begin_batch(&mut self) -> Result<Batch, SealedError> {
        self.writable()?;
        let mut random = [0; 8];
        self.entropy
            .fill(&mut random)
            .map_err(|error: EntropyError| SealError::Entropy(error))?;
        let id = BatchId::from_random(random);
        let record = self
            .seal_record(id, &Record::new(BatchState::Writing, Vec::new()))
            .await?;
        self.commit_outside(Transaction {
            puts: vec![record],
            ..Transaction::new(Expect::Anything)
        })
        .await?;
        Ok(Batch {
            id,
            parts: 0,
            waiting: Vec::new(),
            waiting_bytes: 0,
            shares: Vec::new(),
            about: Vec::new(),
        })
    }

    /// Adds entries; full segments are written at once, each by its own transaction. A chart whose entries come together is read
    /// from fewer segments later.
    pub async fn add_to_batch(&mut self, batch: &mut Batch, entries: Vec<Entry>) -> Result<(), SealedError> {
        batch.waiting_bytes += entries.iter().map(|entry| entry.text().len()).sum::<usize>();
        batch.waiting.extend(entries);
        if batch.waiting_bytes < FULL_BYTES {
            return Ok(());
        }
        self.write_waiting(batch).await
    }

    /// Publishes the batch by one transaction, with flowsheet pages if the caller has them ready. After
    /// [`StoreError::Closed`](super::super::StoreError::Closed) calling again finds out whether it went through.
    pub async fn publish_batch(
        &mut self,
        batch: &mut Batch,
        pages: &[(PageNumber, Vec<u8>)],
    ) -> Result<Generation, SealedError> {
        self.write_waiting(batch).await?;
        let settled = self.settle().await?;
        if settled.is_some() && settled == batch.sum() {
            return Ok(self.index.generation);
        }
        // Swept by another tab? If that happens after this look, the head has moved.
        if self.batch_record(batch.id).await.err() == Some(SealedError::NoSuchBatch) {
            self.delete_parts(batch).await?;
            return Err(SealedError::NoSuchBatch);
        }
        let mut puts = self.seal_pages(pages).await?;
        let record = Record {
            state: BatchState::Published,
            shares: batch.shares.clone(),
            published: Generation(self.index.generation.0 + 1),
            begun: self.begun_by(&batch.shares),
            about: batch.about.clone(),
        };
        puts.push(self.seal_record(batch.id, &record).await?);
        let change = self.adding(batch.id, &batch.shares);
        self.publish(change, puts, Vec::new(), None, batch.sum()).await
    }

    /// Gives a batch up that was not published: nothing of it stays.
    pub async fn abandon_batch(&mut self, batch: Batch) -> Result<(), SealedError> {
        self.delete_parts(&batch).await
    }

    async fn delete_parts(&self, batch: &Batch) -> Result<(), SealedError> {
        // One more than is known: the answer to the last one may have been lost.
        let segments = (0..=batch.parts).map(|part| (Area::Segments, SegmentId::of_batch(batch.id, part).key()));
        let deletes = segments.chain([(Area::Batches, batch.id.key())]).collect();
        self.commit_outside(Transaction {
            deletes,
            ..Transaction::new(Expect::Anything)
        })
        .await
    }

    /// Undoes a published batch: its entries are absent from here on, and kept. What was saved later stays.
    pub async fn hide_batch(
        &mut self,
        id: BatchId,
        pages: &[(PageNumber, Vec<u8>)],
    ) -> Result<Generation, SealedError> {
        self.settle().await?;
        let mut record = self.batch_record(id).await?;
        if record.state != BatchState::Published {
            return Err(SealedError::NoSuchBatch);
        }
        let change = self.removing(id, &record);
        let mut puts = self.seal_pages(pages).await?;
        record.state = BatchState::Hidden;
        puts.push(self.seal_record(id, &record).await?);
        self.publish(change, puts, Vec::new(), None, None).await
    }

    /// Publishes a hidden batch again.
    pub async fn show_batch(
        &mut self,
        id: BatchId,
        pages: &[(PageNumber, Vec<u8>)],
    ) -> Result<Generation, SealedError> {
        self.settle().await?;
        let mut record = self.batch_record(id).await?;
        if record.state != BatchState::Hidden {
            return Err(SealedError::NoSuchBatch);
        }
        let mut puts = self.seal_pages(pages).await?;
        let change = self.adding(id, &record.shares);
        record.state = BatchState::Published;
        puts.push(self.seal_record(id, &record).await?);
        self.publish(change, puts, Vec::new(), None, None).await
    }

    /// All batches that were published at some time, oldest first; damaged records are left out.
    pub async fn batches(&self) -> Result<Vec<BatchInfo>, SealedError> {
        let mut infos = Vec::new();
        for (key, bytes) in self.store.all(Area::Batches).await? {
            let Some(id) = BatchId::from_key(&key) else { continue };
            let Ok(record) = self.open_batch_record(id, Some(&bytes)).await? else {
                continue;
            };
            if record.state == BatchState::Writing {
                continue;
            }
            let entries = record.shares.iter().map(|share| u64::from(share.entries)).sum();
            let mut charts: Vec<ChartId> = record.shares.iter().map(|share| share.chart).collect();
            charts.sort_unstable();
            charts.dedup();
            infos.push(BatchInfo {
                id,
                state: record.state,
                entries,
                charts,
                published: record.published,
                written_since: self.written_since(&record),
                about: record.about,
            });
        }
        infos.sort_by_key(|info| info.published);
        Ok(infos)
    }

    /// The shares with which charts begin that have no entries yet.
    fn begun_by(&self, shares: &[Stored]) -> Vec<u32> {
        let mut seen = BTreeSet::new();
        let begins = |(_, share): &(u32, &Stored)| self.index.line(share.chart).is_none() && seen.insert(share.chart);
        (0..).zip(shares).filter(begins).map(|(at, _)| at).collect()
    }

    /// Of the charts that a batch began, how many hold anything else.
    fn written_since(&self, record: &Record) -> usize {
        let sums = record.sums();
        let begun = record.begun.iter().filter_map(|at| record.shares.get(*at as usize));
        begun
            .filter(|share| {
                let line = self.index.line(share.chart).map(|line| (line.entries, line.digest));
                line.is_some() && line != sums.get(&share.chart).copied()
            })
            .count()
    }

    /// Removes what imports left that were cut off, and says how many. For the writing tab: an import that another tab is writing
    /// at this moment ends with [`SealedError::NoSuchBatch`], and has to begin again. Does nothing in a
    /// damaged registry. A batch that the head names is never touched, whatever its record says.
    pub async fn sweep(&mut self) -> Result<usize, SealedError> {
        if self.writable().is_err() {
            return Ok(0);
        }
        self.settle().await?;
        let mut left_over = Vec::new();
        for (key, bytes) in self.store.all(Area::Batches).await? {
            let Some(id) = BatchId::from_key(&key) else { continue };
            let Ok(record) = self.open_batch_record(id, Some(&bytes)).await? else {
                continue;
            };
            let named = || self.segments().iter().any(|segment| segment.batch() == Some(id));
            if record.state == BatchState::Writing && !named() {
                left_over.push(id);
            }
        }
        if left_over.is_empty() {
            return Ok(0);
        }
        let keys = self.store.keys(Area::Segments).await?;
        let of_left_over = |key: &Key| {
            SegmentId::from_key(key)
                .and_then(SegmentId::batch)
                .is_some_and(|id| left_over.contains(&id))
        };
        let segments = keys.into_iter().filter(of_left_over).map(|key| (Area::Segments, key));
        let deletes = segments
            .chain(left_over.iter().map(|id| (Area::Batches, id.key())))
            .collect();
        // With a new head, so that a tab that is still writing one of them can't publish what is gone: see `publish_batch`.
        self.publish(Change::new(), Vec::new(), deletes, None, None).await?;
        Ok(left_over.len())
    }

    async fn write_waiting(&mut self, batch: &mut Batch) -> Result<(), SealedError> {
        let packed = pack(&batch.waiting)?;
        for (part, Packed { bytes, shares }) in (batch.parts..).zip(packed) {
            let put = self
                .seal(
                    Area::Segments,
                    SegmentId::of_batch(batch.id, part).key(),
                    Generation(0),
                    &bytes,
                )
                .await?;
            self.commit_outside(Transaction {
                puts: vec![put],
                ..Transaction::new(Expect::Anything)
            })
            .await?;
            let stored = |share: Share| Stored {
                part,
                chart: share.chart,
                entries: share.entries,
                digest: share.digest,
            };
            batch.shares.extend(shares.into_iter().map(stored));
            batch.parts = part + 1;
        }
        batch.waiting.clear();
        batch.waiting_bytes = 0;
        Ok(())
    }

    fn adding(&mut self, id: BatchId, shares: &[Stored]) -> Change {
        let with_segment = |stored: &Stored| {
            let share = Share {
                chart: stored.chart,
                entries: stored.entries,
                digest: stored.digest,
            };
            (SegmentId::of_batch(id, stored.part), share)
        };
        self.index.adding(shares.iter().map(with_segment))
    }

    fn removing(&mut self, id: BatchId, record: &Record) -> Change {
        let mut change = Change::new();
        for (chart, (entries, digest)) in record.sums() {
            let Some(line) = self.index.line(chart) else { continue };
            let mut line = line.clone();
            line.segments.retain(|(segment, _)| segment.batch() != Some(id));
            line.entries = line.entries.saturating_sub(entries);
            line.digest = line.digest.minus(digest);
            let number = self.index.number(chart);
            change.insert(number, (!line.segments.is_empty()).then_some(line));
        }
        change
    }

    async fn batch_record(&self, id: BatchId) -> Result<Record, SealedError> {
        let stored = self
            .store
            .get(Area::Batches, &id.key())
            .await?
            .ok_or(SealedError::NoSuchBatch)?;
        self.open_batch_record(id, Some(&stored))
            .await?
            .map_err(SealedError::Damaged)
    }

    pub(super) async fn open_batch_record(
        &self,
        id: BatchId,
        stored: Option<&[u8]>,
    ) -> Result<Result<Record, Damage>, SealedError> {
        let opened = self
            .open_record(Area::Batches, &id.key(), Generation(0), stored)
            .await?;
        Ok(opened.and_then(|plain| {
            Record::decode(&plain).map_err(|undecoded| Damage::new(Area::Batches, id.key(), undecoded))
        }))
    }

    pub(super) async fn seal_record(&mut self, id: BatchId, record: &Record) -> Result<Put, SealedError> {
        let plain = encode(BATCH_VERSION, record).ok_or(SealedError::Unwritable)?;
        self.seal(Area::Batches, id.key(), Generation(0), &plain).await
    }
}
