//! Many entries at once: an import, a merge, the invented caseload. They are written as a batch that nobody sees,
//! and published by one transaction.

use std::collections::BTreeMap;

use super::api::Failure;
use super::books::Books;
use crate::flowsheet::Flowsheet;
use crate::journal::{Chart, ChartId, Entry, Fact};
use crate::store::{BatchId, SealedError, Store, StoreError};
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

impl<S: Store, A: Aead> Books<S, A> {
    /// Publishes entries that are not here yet. Entries that erase a chart are not among them: erasing is confirmed
    /// by a person on each copy.
    pub async fn receive(&mut self, entries: Vec<Entry>) -> Result<Received, Failure> {
        let mut by_chart: BTreeMap<ChartId, Vec<Entry>> = BTreeMap::new();
        for entry in entries.into_iter().filter(|e| !matches!(e.fact(), Fact::Erased(_))) {
            self.clock.observe(entry.stamp());
            by_chart.entry(entry.chart()).or_default().push(entry);
        }
        if by_chart.is_empty() {
            return Err(Failure::Nothing);
        }
        let mut office: Option<Chart> = None;
        let mut changed: BTreeMap<ChartId, Flowsheet> = BTreeMap::new();
        let (mut new_patients, mut known_patients, mut count) = (0, 0, 0);
        let mut batch = self.store.begin_batch().await?;
        for (id, new) in by_chart {
            let is_known = self.store.chart(id).is_some();
            let mut chart = if is_known {
                self.read(id).await?
            } else {
                Chart::default()
            };
            let fresh: Vec<Entry> = new.into_iter().filter(|e| chart.insert(e.clone())).collect();
            if fresh.is_empty() {
                continue;
            }
            count += super::open::count(fresh.len());
            if id == self.office.chart {
                office = Some(chart);
            } else {
                if is_known {
                    known_patients += 1
                } else {
                    new_patients += 1
                }
                changed.insert(id, self.fold(id, &chart).1);
            }
            if let Err(error) = self.store.add_to_batch(&mut batch, fresh).await {
                // What was written so far is an orphan that nobody sees; the next start sweeps it.
                self.store.abandon_batch(batch).await.ok();
                return Err(error.into());
            }
        }
        let pages = self.pages_with(&changed);
        match self.store.publish_batch(&mut batch, &pages).await {
            Err(SealedError::Store(StoreError::Closed)) => self.store.publish_batch(&mut batch, &pages).await?,
            other => other?,
        };
        self.adopt(changed);
        if let Some(chart) = office {
            self.take_office(chart).await?;
        }
        Ok(Received {
            batch: batch.id(),
            new_patients,
            known_patients,
            entries: count,
        })
    }

    /// Hides a batch again. What was written since stays; a chart that the batch began keeps what was added to it.
    pub async fn undo(&mut self, batch: BatchId) -> Result<(), Failure> {
        self.store.hide_batch(batch, &[]).await?;
        let chart = self.read(self.office.chart).await?;
        self.take_office(chart).await?;
        self.fold_missing().await
    }
}
