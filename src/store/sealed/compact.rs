//! Compaction: many small segments become few larger ones. For idle moments, never inside a save.
//!
//! Three tiers by entries: what one save wrote, what one compaction made of many saves, and what is left alone. An entry is
//! written at most three times in its life. Batches stay as they are, so that they can be hidden as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::super::damage::SealedError;
use super::super::index::{Change, Generation, SegmentId};
use super::super::raw::{Area, Store};
use super::super::segment::{Share, pack};
use super::SealedStore;
use crate::journal::Entry;
use crate::vault::Aead;

/// A segment of fewer entries is merged when there are as many such as the second number says.
const TIERS: [(u32, usize); 2] = [(64, 64), (2048, 16)];
/// The most segments that are merged at a time.
const MOST: usize = 256;

/// What a compaction did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Segments that were merged.
    pub merged: usize,
    /// Segments that came of them.
    pub into: usize,
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// Merges one tier's small segments, if there are enough, by one transaction: new segments, new index, old ones gone. A
    /// segment that can't be read is left where it is. Call it again until it merged nothing.
    pub async fn compact(&mut self) -> Result<Compacted, SealedError> {
        self.compact_while(&|| true).await
    }

    /// The same, given up with nothing done as soon as `go_on` says no: something more urgent waits.
    pub async fn compact_while(&mut self, go_on: &dyn Fn() -> bool) -> Result<Compacted, SealedError> {
        self.writable()?;
        self.settle().await?;
        let chosen = self.choose();
        let mut entries: Vec<Entry> = Vec::new();
        let mut old = BTreeSet::new();
        for segment in chosen {
            if !go_on() {
                return Ok(Compacted::default());
            }
            let Ok(read) = self.read_whole_segment(segment).await? else {
                continue;
            };
            // Counted against the head: a segment that isn't what the head says is left alone.
            if self.is_as_indexed(segment, &read) {
                entries.extend(read);
                old.insert(segment);
            }
        }
        if old.len() < 2 {
            return Ok(Compacted::default());
        }
        if !go_on() {
            return Ok(Compacted::default());
        }
        let next = Generation(self.index.generation.0 + 1);
        let (mut puts, mut new) = (Vec::new(), Vec::new());
        for (part, packed) in (0..).zip(pack(&entries)?) {
            let id = SegmentId::of_save(next, part);
            puts.push(
                self.seal(Area::Segments, id.key(), Generation(0), &packed.bytes)
                    .await?,
            );
            new.extend(packed.shares.into_iter().map(|share| (id, share)));
        }
        let compacted = Compacted {
            merged: old.len(),
            into: puts.len(),
        };
        let change = self.replacing(&old, &new);
        let deletes = old.iter().map(|segment| (Area::Segments, segment.key())).collect();
        self.publish(change, puts, deletes, None, None).await?;
        Ok(compacted)
    }

    fn choose(&self) -> Vec<SegmentId> {
        let mut sizes: BTreeMap<SegmentId, u32> = BTreeMap::new();
        for (segment, entries) in self.index.lines().flat_map(|line| &line.segments) {
            if segment.batch().is_none() {
                *sizes.entry(*segment).or_default() += entries;
            }
        }
        let mut least = 0;
        for (limit, enough) in TIERS {
            let tier = sizes.iter().filter(|(_, entries)| (least..limit).contains(*entries));
            let tier: Vec<SegmentId> = tier.map(|(segment, _)| *segment).take(MOST).collect();
            if enough <= tier.len() {
                return tier;
            }
            least = limit;
        }
        Vec::new()
    }

    fn is_as_indexed(&self, segment: SegmentId, entries: &[Entry]) -> bool {
        let mut counts: BTreeMap<_, u32> = BTreeMap::new();
        for entry in entries {
            *counts.entry(entry.chart()).or_default() += 1;
        }
        let indexed = self.index.lines().filter_map(|line| {
            let (_, count) = line.segments.iter().find(|(id, _)| *id == segment)?;
            Some((line.chart, *count))
        });
        counts == indexed.collect()
    }

    /// Counts and digests stay; only the segments change.
    fn replacing(&mut self, old: &BTreeSet<SegmentId>, new: &[(SegmentId, Share)]) -> Change {
        let mut change = Change::new();
        for (segment, share) in new {
            let Some(line) = self.index.line(share.chart).cloned() else {
                continue;
            };
            let number = self.index.number(share.chart);
            let line = change.entry(number).or_insert_with(|| {
                let mut line = line;
                line.segments.retain(|(id, _)| !old.contains(id));
                Some(line)
            });
            if let Some(line) = line {
                line.segments.push((*segment, share.entries));
            }
        }
        change
    }
}
