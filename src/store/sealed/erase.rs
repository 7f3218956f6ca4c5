//! Erasing: every segment that holds a chart is written anew without it, by one transaction.
//!
//! What is left of the chart (that it was erased, by whom and why) goes by the same transaction, as do the forms and the inbox's
//! items about it. Until that transaction is through nothing is gone; after it nothing of the chart is left in the store. A segment
//! that can't be read is taken away only when nothing but this chart is in it: with others' entries in it, the chart stays whole
//! and the damage is named.

use std::collections::{BTreeMap, BTreeSet};

use super::super::damage::{Damage, Reason, SealedError};
use super::super::index::{BatchId, Change, Generation, Line, PageNumber, SegmentId};
use super::super::raw::{Area, Key, Put, Store};
use super::super::segment::{Packed, Share, pack};
use super::SealedStore;
use super::batch::{Record, Stored};
use crate::journal::{ChartId, Digest, Entry};
use crate::vault::Aead;

/// What is to be left of a chart.
#[derive(Clone, Debug)]
pub struct Rewrite<'a> {
    /// Which.
    pub chart: ChartId,
    /// All that is left of it: at least one entry, so that a write of which nobody heard is known again.
    pub left: &'a [Entry],
    /// Flowsheet pages that change with it.
    pub pages: Vec<(PageNumber, Vec<u8>)>,
    /// Forms and other records beside the head that are about it.
    pub forget: Vec<(Area, Key)>,
}

/// Segments without a chart: what is written, what goes.
#[derive(Default)]
struct Rewritten {
    puts: Vec<Put>,
    old: BTreeSet<SegmentId>,
    new: Vec<(SegmentId, Share)>,
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// Leaves of a chart what the caller says and nothing else, by one transaction: published and hidden segments are written
    /// anew without it. After [`StoreError::Closed`](super::super::StoreError::Closed) calling again finds out whether it went
    /// through.
    ///
    /// # Errors
    /// [`SealedError::Damaged`] when a segment that holds others' entries too can't be read: nothing was changed.
    pub async fn rewrite_chart(&mut self, rewrite: &Rewrite<'_>) -> Result<Generation, SealedError> {
        self.writable()?;
        let sum = rewrite.left.iter().map(Entry::digest).reduce(Digest::plus);
        let settled = self.settle().await?;
        if sum.is_some() && settled == sum {
            return Ok(self.index.generation);
        }
        let next = Generation(self.index.generation.0 + 1);
        let mut rewritten = Rewritten::default();
        let parts = self.rewrite_saves(rewrite.chart, next, &mut rewritten).await?;
        self.rewrite_batches(rewrite.chart, &mut rewritten).await?;

        let mut line = Line::new(rewrite.chart);
        for (part, packed) in (parts..).zip(pack(rewrite.left)?) {
            let id = SegmentId::of_save(next, part);
            rewritten.puts.push(self.seal_segment(id, &packed).await?);
            packed.shares.iter().for_each(|share| line.add(id, share));
        }
        let mut change = self.moved(rewrite.chart, &rewritten);
        let number = self.index.number(rewrite.chart);
        change.insert(number, (!line.segments.is_empty()).then_some(line));

        let Rewritten { mut puts, old, .. } = rewritten;
        puts.append(&mut self.seal_pages(&rewrite.pages).await?);
        let segments = old.iter().map(|segment| (Area::Segments, segment.key()));
        let deletes = segments.chain(rewrite.forget.iter().cloned()).collect();
        self.publish(change, puts, deletes, None, sum).await
    }

    /// The segments of saves that hold the chart become new ones of this save without it: how many.
    async fn rewrite_saves(
        &mut self,
        chart: ChartId,
        next: Generation,
        rewritten: &mut Rewritten,
    ) -> Result<u32, SealedError> {
        let of_saves: Vec<SegmentId> = match self.index.line(chart) {
            Some(line) => line.segments.iter().map(|(id, _)| *id).collect(),
            None => Vec::new(),
        };
        let mut others = Vec::new();
        for segment in of_saves.into_iter().filter(|id| id.batch().is_none()) {
            let indexed = self.indexed(segment);
            others.append(&mut self.without(segment, chart, &indexed).await?);
            rewritten.old.insert(segment);
        }
        let mut parts = 0;
        for packed in pack(&others)? {
            let id = SegmentId::of_save(next, parts);
            rewritten.puts.push(self.seal_segment(id, &packed).await?);
            rewritten.new.extend(packed.shares.into_iter().map(|share| (id, share)));
            parts += 1;
        }
        Ok(parts)
    }

    /// The segments of batches that hold the chart, hidden ones too, become further parts of the same batches. A batch whose
    /// record can't be read keeps it, and only what the head names of it is known to hold the chart.
    async fn rewrite_batches(&mut self, chart: ChartId, rewritten: &mut Rewritten) -> Result<(), SealedError> {
        let stored: BTreeSet<SegmentId> = self
            .store
            .keys(Area::Segments)
            .await?
            .iter()
            .filter_map(SegmentId::from_key)
            .collect();
        let mut records: BTreeMap<BatchId, Record> = BTreeMap::new();
        for (key, bytes) in self.store.all(Area::Batches).await? {
            let Some(id) = BatchId::from_key(&key) else { continue };
            if let Ok(record) = self.open_batch_record(id, Some(&bytes)).await? {
                records.insert(id, record);
            }
        }
        let named = self.index.line(chart).into_iter().flat_map(|line| &line.segments);
        let mut holding: BTreeSet<SegmentId> = named.map(|(id, _)| *id).filter(|id| id.batch().is_some()).collect();
        for (id, record) in &records {
            let of_chart = record.shares.iter().filter(|share| share.chart == chart);
            holding.extend(of_chart.map(|share| SegmentId::of_batch(*id, share.part)));
        }
        let mut touched = BTreeSet::new();
        for segment in holding {
            let Some(batch) = segment.batch() else { continue };
            let counts = match records.get(&batch) {
                Some(record) => record.counts_of(segment.part()),
                None => self.indexed(segment),
            };
            let others = self.without(segment, chart, &counts).await?;
            rewritten.old.insert(segment);
            let mut shares = Vec::new();
            for packed in pack(&others)? {
                let taken = stored.iter().chain(rewritten.new.iter().map(|(id, _)| id));
                let last = taken.filter(|id| id.batch() == Some(batch)).map(|id| id.part()).max();
                let id = SegmentId::of_batch(batch, last.map_or(0, |last| last + 1));
                rewritten.puts.push(self.seal_segment(id, &packed).await?);
                for share in packed.shares {
                    shares.push(Stored::of(id.part(), &share));
                    rewritten.new.push((id, share));
                }
            }
            if let Some(record) = records.remove(&batch) {
                let stay = record
                    .shares
                    .iter()
                    .filter(|share| share.part != segment.part())
                    .copied();
                let shares = stay.chain(shares).collect();
                records.insert(batch, record.with_shares(shares));
                touched.insert(batch);
            }
        }
        for batch in touched {
            if let Some(record) = records.get(&batch) {
                let put = self.seal_record(batch, record).await?;
                rewritten.puts.push(put);
            }
        }
        Ok(())
    }

    /// The entries of a segment but one chart's. A segment that can't be read is as good as empty when nothing else is in it.
    async fn without(
        &self,
        segment: SegmentId,
        chart: ChartId,
        counts: &BTreeMap<ChartId, u32>,
    ) -> Result<Vec<Entry>, SealedError> {
        let alone = counts.keys().all(|other| *other == chart);
        match self.read_whole_segment(segment).await? {
            Ok(mut entries) => {
                let mut found: BTreeMap<ChartId, u32> = BTreeMap::new();
                for entry in &entries {
                    *found.entry(entry.chart()).or_default() += 1;
                }
                if found != *counts && !alone {
                    return Err(SealedError::Damaged(Damage::new(
                        Area::Segments,
                        segment.key(),
                        Reason::Mismatch,
                    )));
                }
                entries.retain(|entry| entry.chart() != chart && counts.contains_key(&entry.chart()));
                Ok(entries)
            }
            Err(_) if alone => Ok(Vec::new()),
            Err(damage) => Err(SealedError::Damaged(damage)),
        }
    }

    /// What the head says that a segment holds.
    fn indexed(&self, segment: SegmentId) -> BTreeMap<ChartId, u32> {
        let of_line = |line: &Line| {
            let (_, count) = line.segments.iter().find(|(id, _)| *id == segment)?;
            Some((line.chart, *count))
        };
        self.index.lines().filter_map(of_line).collect()
    }

    /// The other charts' lines: counts and digests stay, only the segments change. A hidden batch has no lines.
    fn moved(&mut self, chart: ChartId, rewritten: &Rewritten) -> Change {
        let mut lines: BTreeMap<ChartId, Line> = BTreeMap::new();
        let holds = |line: &Line| line.segments.iter().any(|(id, _)| rewritten.old.contains(id));
        for line in self.index.lines().filter(|line| line.chart != chart && holds(line)) {
            let mut line = line.clone();
            let shares = rewritten.new.iter().filter(|(_, share)| share.chart == line.chart);
            let hidden = |id: SegmentId| id.batch().is_some_and(|batch| !self.is_published(batch));
            let new = shares
                .filter(|(id, _)| !hidden(*id))
                .map(|(id, share)| (*id, share.entries));
            let new: Vec<(SegmentId, u32)> = new.collect();
            line.segments.retain(|(id, _)| !rewritten.old.contains(id));
            line.segments.extend(new);
            lines.insert(line.chart, line);
        }
        let numbered = lines
            .into_values()
            .map(|line| (self.index.number(line.chart), Some(line)));
        numbered.collect()
    }

    /// Whether the head names anything of a batch.
    fn is_published(&self, batch: BatchId) -> bool {
        let mut named = self.index.lines().flat_map(|line| &line.segments);
        named.any(|(id, _)| id.batch() == Some(batch))
    }

    async fn seal_segment(&mut self, id: SegmentId, packed: &Packed) -> Result<Put, SealedError> {
        self.seal(Area::Segments, id.key(), Generation(0), &packed.bytes).await
    }
}

impl Record {
    /// What one of its segments holds.
    fn counts_of(&self, part: u32) -> BTreeMap<ChartId, u32> {
        let of_part = self.shares.iter().filter(|share| share.part == part);
        of_part.map(|share| (share.chart, share.entries)).collect()
    }
}

impl Stored {
    fn of(part: u32, share: &Share) -> Self {
        Self {
            part,
            chart: share.chart,
            entries: share.entries,
            digest: share.digest,
        }
    }
}
