//! Reading: one chart, all segments, flowsheet pages, drafts; and a look at what is there.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;

use super::super::damage::{Damage, Reason, SealedError};
use super::super::index::{Generation, PageNumber, SegmentId};
use super::super::raw::{Area, Expect, Key, Store, StoreError, Transaction};
use super::super::segment::{unpack, unpack_chart, unpack_where};
use super::SealedStore;
use crate::journal::{ChartId, Digest, Entry, Kinds};
use crate::vault::Aead;

/// One chart's entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartRead {
    /// The entries that could be read, in the order of their segments. One that was saved twice is here twice.
    pub entries: Vec<Entry>,
    /// What couldn't.
    pub damage: Vec<Damage>,
}

/// All flowsheet pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagesRead {
    /// The pages that could be read.
    pub pages: Vec<(PageNumber, Vec<u8>)>,
    /// What couldn't: fold those charts anew.
    pub damage: Vec<Damage>,
}

impl<S: Store, A: Aead> SealedStore<S, A> {
    /// One chart's entries: its segments and no others are read, by one transaction. [`StoreError::HeadMoved`] when another tab has
    /// moved them meanwhile: [refresh](Self::refresh) and read again.
    pub async fn read_chart(&self, chart: ChartId) -> Result<ChartRead, SealedError> {
        self.read_chart_kinds(chart, Kinds::all()).await
    }

    /// The same; facts of a kind that the reading doesn't know are unknown.
    ///
    /// # Errors
    /// As [`read_chart`](Self::read_chart).
    pub async fn read_chart_kinds(&self, chart: ChartId, kinds: Kinds) -> Result<ChartRead, SealedError> {
        let Some(line) = self.index.line(chart) else {
            return Ok(ChartRead::default());
        };
        let keys: Vec<Key> = line.segments.iter().map(|(segment, _)| segment.key()).collect();
        let stored = self.store.get_many(Area::Segments, &keys).await?;
        let mut read = ChartRead::default();
        for (((_, count), key), bytes) in line.segments.iter().zip(keys).zip(stored) {
            let opened = self
                .open_record(Area::Segments, &key, Generation(0), bytes.as_deref())
                .await?;
            let unpacked = opened.and_then(|plain| {
                unpack_chart(&plain, chart, kinds).map_err(|error| Damage::new(Area::Segments, key.clone(), error))
            });
            match unpacked {
                Ok(entries) if entries.len() == *count as usize => read.entries.extend(entries),
                Ok(_) => read.damage.push(Damage::new(Area::Segments, key, Reason::Mismatch)),
                Err(damage) => read.damage.push(damage),
            }
        }
        self.confirmed(self.checked(chart, read)).await
    }

    /// The same, part by part: which segment holds what, so that a reader can say where it came from. What can't be read is
    /// named in its place.
    pub async fn read_parts(
        &self,
        chart: ChartId,
    ) -> Result<Vec<(SegmentId, Result<Vec<Entry>, Damage>)>, SealedError> {
        let Some(line) = self.index.line(chart) else {
            return Ok(Vec::new());
        };
        let mut parts = Vec::with_capacity(line.segments.len());
        for (segment, count) in &line.segments {
            let mut shares = self.read_shares(*segment, &BTreeMap::from([(chart, *count)])).await?;
            let missing = || Err(Damage::new(Area::Segments, segment.key(), Reason::Mismatch));
            parts.push((*segment, shares.remove(&chart).unwrap_or_else(missing)));
        }
        if parts.iter().any(|(_, part)| part.is_err()) && self.head_moved().await? {
            return Err(StoreError::HeadMoved.into());
        }
        Ok(parts)
    }

    /// The segments that hold something of these charts, oldest save first.
    pub fn segments_of(&self, charts: &BTreeSet<ChartId>) -> Vec<SegmentId> {
        let lines = charts.iter().filter_map(|chart| self.index.line(*chart));
        let all: BTreeSet<SegmentId> = lines.flat_map(|line| line.segments.iter().map(|(id, _)| *id)).collect();
        all.into_iter().collect()
    }

    /// Many charts' entries, each segment opened once. `each` gets a chart as soon as all of it has been read, so what an import
    /// wrote together is never in memory all at once.
    pub async fn read_charts(
        &self,
        charts: &BTreeSet<ChartId>,
        mut each: impl FnMut(ChartId, ChartRead),
    ) -> Result<(), SealedError> {
        let mut wanted: BTreeMap<SegmentId, BTreeMap<ChartId, u32>> = BTreeMap::new();
        let mut waiting: BTreeMap<ChartId, (usize, ChartRead)> = BTreeMap::new();
        for line in charts.iter().filter_map(|chart| self.index.line(*chart)) {
            waiting.insert(line.chart, (line.segments.len(), ChartRead::default()));
            for (segment, count) in &line.segments {
                wanted.entry(*segment).or_default().insert(line.chart, *count);
            }
        }
        for (segment, counts) in wanted {
            let mut shares = self.read_shares(segment, &counts).await?;
            for chart in counts.into_keys() {
                let Some((left, read)) = waiting.get_mut(&chart) else {
                    continue;
                };
                match shares.remove(&chart) {
                    Some(Ok(entries)) => read.entries.extend(entries),
                    Some(Err(damage)) => read.damage.push(damage),
                    None => read
                        .damage
                        .push(Damage::new(Area::Segments, segment.key(), Reason::Mismatch)),
                }
                *left -= 1;
                if *left == 0
                    && let Some((_, read)) = waiting.remove(&chart)
                {
                    each(chart, self.confirmed(self.checked(chart, read)).await?);
                }
            }
        }
        Ok(())
    }

    /// Some charts' entries of one segment, each counted.
    async fn read_shares(
        &self,
        segment: SegmentId,
        counts: &BTreeMap<ChartId, u32>,
    ) -> Result<BTreeMap<ChartId, Result<Vec<Entry>, Damage>>, SealedError> {
        let key = segment.key();
        let stored = self.store.get(Area::Segments, &key).await?;
        let opened = self
            .open_record(Area::Segments, &key, Generation(0), stored.as_deref())
            .await?;
        let unpacked = opened.and_then(|plain| {
            unpack_where(&plain, Kinds::all(), |chart| counts.contains_key(&chart))
                .map_err(|error| Damage::new(Area::Segments, key.clone(), error))
        });
        let entries = match unpacked {
            Ok(entries) => entries,
            Err(damage) => return Ok(counts.keys().map(|chart| (*chart, Err(damage.clone()))).collect()),
        };
        let mut shares: BTreeMap<ChartId, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            shares.entry(entry.chart()).or_default().push(entry);
        }
        let counted = |(chart, entries): (ChartId, Vec<Entry>)| match counts.get(&chart) {
            Some(count) if entries.len() == *count as usize => (chart, Ok(entries)),
            _ => (chart, Err(Damage::new(Area::Segments, key.clone(), Reason::Mismatch))),
        };
        Ok(shares.into_iter().map(counted).collect())
    }

    /// What looks damaged may have been moved by another tab's compaction: then the caller is to refresh.
    async fn confirmed(&self, read: ChartRead) -> Result<ChartRead, SealedError> {
        if !read.damage.is_empty() && self.head_moved().await? {
            return Err(StoreError::HeadMoved.into());
        }
        Ok(read)
    }

    /// Compares what was read with what the head says.
    fn checked(&self, chart: ChartId, mut read: ChartRead) -> ChartRead {
        let sum = read.entries.iter().map(Entry::digest).fold(Digest::ZERO, Digest::plus);
        let expected = self.index.line(chart).map(|line| line.digest);
        if read.damage.is_empty() && expected != Some(sum) {
            read.damage
                .push(Damage::new(Area::Index, Key::new(chart.to_string()), Reason::Mismatch));
        }
        read
    }

    /// All segments that hold something of a chart, oldest save first: to stream all entries with [`read_segment`](Self::read_segment).
    pub fn segments(&self) -> Vec<SegmentId> {
        let all: BTreeSet<SegmentId> = self
            .index
            .lines()
            .flat_map(|line| line.segments.iter().map(|(segment, _)| *segment))
            .collect();
        all.into_iter().collect()
    }

    /// One segment's entries, without those that the head doesn't name.
    pub async fn read_segment(&self, segment: SegmentId) -> Result<Result<Vec<Entry>, Damage>, SealedError> {
        let read = self.read_whole_segment(segment).await?;
        Ok(read.map(|mut entries| {
            entries.retain(|entry| self.index.line(entry.chart()).is_some_and(|line| line.holds(segment)));
            entries
        }))
    }

    /// All entries of a segment, whatever the head says: for a damaged registry's export.
    pub async fn read_whole_segment(&self, segment: SegmentId) -> Result<Result<Vec<Entry>, Damage>, SealedError> {
        let key = segment.key();
        let stored = self.store.get(Area::Segments, &key).await?;
        let opened = self
            .open_record(Area::Segments, &key, Generation(0), stored.as_deref())
            .await?;
        let read = opened.and_then(|plain| unpack(&plain).map_err(|error| Damage::new(Area::Segments, key, error)));
        if read.is_err() && self.head_moved().await? {
            return Err(StoreError::HeadMoved.into());
        }
        Ok(read)
    }

    /// All flowsheet pages, as last written.
    pub async fn read_pages(&self) -> Result<PagesRead, SealedError> {
        let mut read = PagesRead::default();
        let stored = self.store.all(Area::Pages).await?;
        // All at once: the browser deciphers beside this thread, and waiting for each in turn would take longer than the work.
        let opening = stored
            .iter()
            .map(|(key, bytes)| self.open_record(Area::Pages, key, Generation(0), Some(bytes)));
        let opened = join_all(opening).await;
        for ((key, _), opened) in stored.iter().zip(opened) {
            let number = u32::from_str_radix(key.as_str(), 16).ok().map(PageNumber);
            match (number, opened?) {
                (Some(number), Ok(plain)) => read.pages.push((number, plain)),
                (None, Ok(_)) => read
                    .damage
                    .push(Damage::new(Area::Pages, key.clone(), Reason::Malformed)),
                (_, Err(damage)) => read.damage.push(damage),
            }
        }
        Ok(read)
    }

    /// Looks whether every segment that the head names is there, and for saves that the head doesn't know. Reads keys only.
    pub async fn survey(&self) -> Result<Vec<Damage>, SealedError> {
        let stored: BTreeSet<Key> = self.store.keys(Area::Segments).await?.into_iter().collect();
        let named: BTreeMap<Key, SegmentId> = self.segments().into_iter().map(|id| (id.key(), id)).collect();
        let missing = named.keys().filter(|key| !stored.contains(key));
        let missing = missing.map(|key| Damage::new(Area::Segments, key.clone(), Reason::Missing));
        let of_save = |key: &Key| SegmentId::from_key(key).is_none_or(|id| id.batch().is_none());
        let beyond = stored.iter().filter(|key| !named.contains_key(key) && of_save(key));
        let beyond = beyond.map(|key| Damage::new(Area::Segments, key.clone(), Reason::BeyondHead));
        Ok(missing.chain(beyond).collect())
    }

    /// Keeps a form that was begun. The key is visible at rest: ids and form names only.
    pub async fn put_draft(&mut self, key: Key, plain: &[u8]) -> Result<(), SealedError> {
        let put = self.seal(Area::Drafts, key, Generation(0), plain).await?;
        self.commit_outside(Transaction {
            puts: vec![put],
            ..Transaction::new(Expect::Anything)
        })
        .await
    }

    /// A form that was begun, or `None`.
    pub async fn get_draft(&self, key: &Key) -> Result<Option<Vec<u8>>, SealedError> {
        let Some(stored) = self.store.get(Area::Drafts, key).await? else {
            return Ok(None);
        };
        let opened = self
            .open_record(Area::Drafts, key, Generation(0), Some(&stored))
            .await?;
        opened.map(Some).map_err(SealedError::Damaged)
    }

    /// The keys of all drafts.
    pub async fn drafts(&self) -> Result<Vec<Key>, SealedError> {
        Ok(self.store.keys(Area::Drafts).await?)
    }

    /// Forgets a draft that its author discards.
    pub async fn delete_draft(&self, key: &Key) -> Result<(), SealedError> {
        self.commit_outside(Transaction::new(Expect::Anything).delete(Area::Drafts, key.clone()))
            .await
    }

    /// A record's bytes as stored, for the export of what is damaged.
    pub async fn raw(&self, area: Area, key: &Key) -> Result<Option<Vec<u8>>, SealedError> {
        Ok(self.store.get(area, key).await?)
    }
}
