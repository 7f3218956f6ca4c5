//! Many entries at once: an import, a merge, the invented caseload. They are written as a batch that nobody sees,
//! and published by one transaction.

use std::collections::BTreeMap;

use super::api::Failure;
use super::books::Books;
use super::progress::{STRIDE, Stage};
use crate::flowsheet::Flowsheet;
use crate::journal::{Chart, ChartId, Entry, Fact};
use crate::store::{Batch, BatchId, SealedError, Store, StoreError};
use crate::vault::Aead;

/// Entries that were published together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Received {
    /// The batch, to undo it by.
    pub batch: BatchId,
    /// Patients whose charts are new here.
    pub new_patients: u32,
    /// Patients whose charts were here.
    pub known_patients: u32,
    /// Entries.
    pub entries: u32,
}

/// What is written and not published yet.
#[derive(Default)]
struct Written {
    office: Option<Chart>,
    changed: BTreeMap<ChartId, Flowsheet>,
    new_patients: u32,
    known_patients: u32,
    entries: u32,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Publishes entries that are not here yet. Entries that erase a chart are not among them: erasing is confirmed
    /// by a person on each copy. Until they are published it can be cancelled, and then nothing of them stays.
    pub async fn receive(&mut self, entries: Vec<Entry>) -> Result<Received, Failure> {
        let mut by_chart: BTreeMap<ChartId, Vec<Entry>> = BTreeMap::new();
        for entry in entries.into_iter().filter(|e| !matches!(e.fact(), Fact::Erased(_))) {
            self.clock.observe(entry.stamp());
            by_chart.entry(entry.chart()).or_default().push(entry);
        }
        if by_chart.is_empty() {
            return Err(Failure::Nothing);
        }
        let mut batch = self.store.begin_batch().await?;
        let written = match self.write_unseen(&mut batch, by_chart).await {
            Ok(written) => written,
            Err(failure) => {
                // What can't be removed now is an orphan that nobody sees; the next start sweeps it.
                self.store.abandon_batch(batch).await.ok();
                return Err(failure);
            }
        };
        let pages = self.pages_with(&written.changed);
        self.progress.note(Stage::Publishing, 0, 0);
        match self.store.publish_batch(&mut batch, &pages).await {
            Err(SealedError::Store(StoreError::Closed)) => self.store.publish_batch(&mut batch, &pages).await?,
            other => other?,
        };
        self.adopt(written.changed);
        if let Some(chart) = written.office {
            self.take_office(chart).await?;
        }
        Ok(Received {
            batch: batch.id(),
            new_patients: written.new_patients,
            known_patients: written.known_patients,
            entries: written.entries,
        })
    }

    /// Writes what is new into the batch, some charts at a time: those that are here are read together.
    async fn write_unseen(
        &mut self,
        batch: &mut Batch,
        by_chart: BTreeMap<ChartId, Vec<Entry>>,
    ) -> Result<Written, Failure> {
        let total = by_chart.keys().filter(|id| **id != self.office.chart).count();
        let mut written = Written::default();
        let mut left = by_chart.into_iter().peekable();
        let mut done = 0;
        while left.peek().is_some() {
            self.progress.step(Stage::Writing, done, total).await?;
            let some: Vec<(ChartId, Vec<Entry>)> = left.by_ref().take(STRIDE).collect();
            let ids = some.iter().map(|(id, _)| *id).collect();
            let mut here = self.read_many(&ids).await?;
            for (id, new) in some {
                let fresh = written.take(self, id, here.remove(&id), new);
                self.store.add_to_batch(batch, fresh).await?;
                done += usize::from(id != self.office.chart);
            }
        }
        if written.entries == 0 {
            return Err(Failure::Nothing);
        }
        self.progress.step(Stage::Writing, total, total).await?;
        Ok(written)
    }

    /// Hides a batch again. What was written since stays; a chart that the batch began keeps what was added to it.
    pub async fn undo(&mut self, batch: BatchId) -> Result<(), Failure> {
        self.store.hide_batch(batch, &[]).await?;
        let chart = self.read(self.office.chart).await?;
        self.take_office(chart).await?;
        self.fold_missing().await
    }
}

impl Written {
    /// Takes a chart's entries over, and returns those that are new to what is here of it.
    fn take<S: Store, A: Aead>(
        &mut self,
        books: &Books<S, A>,
        id: ChartId,
        here: Option<Chart>,
        new: Vec<Entry>,
    ) -> Vec<Entry> {
        let is_known = here.is_some();
        let mut chart = here.unwrap_or_default();
        let fresh: Vec<Entry> = new.into_iter().filter(|e| chart.insert(e.clone())).collect();
        if fresh.is_empty() {
            return fresh;
        }
        self.entries += super::open::count(fresh.len());
        if id == books.office.chart {
            self.office = Some(chart);
            return fresh;
        }
        *if is_known {
            &mut self.known_patients
        } else {
            &mut self.new_patients
        } += 1;
        self.changed.insert(id, books.fold(id, &chart).1);
        fresh
    }
}
