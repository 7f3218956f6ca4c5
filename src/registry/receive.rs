//! Many entries at once: an import, a merge, the invented caseload. They are written as a batch that nobody sees,
//! and published by one transaction.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::api::Failure;
use super::books::Books;
use super::progress::{STRIDE, Stage};
use super::views::ImportView;
use crate::flowsheet::Flowsheet;
use crate::journal::{Chart, ChartId, Entry, Fact};
use crate::store::{Batch, BatchInfo, BatchState, SealedError, Store, StoreError};
use crate::vault::Aead;

/// Entries that were published together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Received {
    /// Patients whose charts are new here.
    pub new_patients: u32,
    /// Patients whose charts were here.
    pub known_patients: u32,
    /// Entries.
    pub entries: u32,
}

/// Where entries came from that were published together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Source {
    /// What a registry began with: another copy's file, or an invented caseload. It is not undone.
    Beginning,
    /// A clinic's own sheets.
    Sheets {
        /// How many.
        files: u32,
    },
    /// A handoff file.
    Handoff {
        /// Who made it, and when, in words.
        from: String,
    },
}

/// What is kept with a batch, sealed, so that it can be named and undone after a reload too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// From where.
    pub source: Source,
    /// As [`Received`].
    pub new_patients: u32,
    /// As [`Received`].
    pub known_patients: u32,
    /// As [`Received`].
    pub entries: u32,
}

/// Layout of an [`About`].
const ABOUT_VERSION: u8 = 1;

impl About {
    /// Its bytes. What can't be laid out is not named later, and not offered to be undone.
    fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![ABOUT_VERSION]).unwrap_or_default()
    }
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, body) = bytes.split_first()?;
        (*version == ABOUT_VERSION)
            .then(|| postcard::from_bytes(body).ok())
            .flatten()
    }
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
    /// Publishes entries that are not here yet. Of a record that was erased for good here nothing comes back. One that was erased
    /// elsewhere is hidden, and whole, until a person here decides. Until they are published it can be cancelled, and then nothing
    /// of them stays.
    pub async fn receive(&mut self, entries: Vec<Entry>, source: Source, now: u64) -> Result<Received, Failure> {
        let mut by_chart: BTreeMap<ChartId, Vec<Entry>> = BTreeMap::new();
        let own = self.office.chart;
        for entry in entries.into_iter().filter(|e| e.chart() != own || !is_erasing(e)) {
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
        let about = About {
            at: now,
            source,
            new_patients: written.new_patients,
            known_patients: written.known_patients,
            entries: written.entries,
        };
        batch.describe(about.to_bytes());
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

    /// The newest import or merge that is part of the registry, whenever it was published. `None` when there is none
    /// but what the registry began with.
    pub async fn last_import(&self) -> Result<Option<(BatchInfo, About)>, Failure> {
        let batches = self.store.batches().await?;
        let newest = batches.into_iter().rfind(|batch| batch.state == BatchState::Published);
        Ok(newest.and_then(|batch| {
            let about = About::of_bytes(&batch.about)?;
            (about.source != Source::Beginning).then_some((batch, about))
        }))
    }

    /// The same, as pages show it.
    pub async fn last_import_view(&self) -> Result<Option<ImportView>, Failure> {
        let Some((batch, about)) = self.last_import().await? else {
            return Ok(None);
        };
        let zone = self.zone();
        let at = i64::try_from(about.at).ok().and_then(|at| zone.from_millis(at));
        let at = at.unwrap_or_default();
        let what = match about.source {
            Source::Beginning => String::new(),
            Source::Sheets { files: 1 } => "Import of a sheet".to_owned(),
            Source::Sheets { files } => format!("Import of {files} sheets"),
            Source::Handoff { from } => format!("Merge of the file from {from}"),
        };
        let patients = super::open::count(batch.written_since);
        let settled = (patients > 0).then(|| Failure::WrittenSince { patients }.to_string());
        Ok(Some(ImportView {
            what,
            day: zone.day(at),
            time: at.format("%H:%M").to_string(),
            new_patients: about.new_patients,
            known_patients: about.known_patients,
            entries: about.entries,
            settled,
        }))
    }

    /// Hides the newest import or merge again: its entries count as absent, and publishing them again is possible.
    /// What was written since stays. Refused when something was written about patients who came with it, which would
    /// be left without a name.
    pub async fn undo_last_import(&mut self) -> Result<(), Failure> {
        let (batch, _) = self.last_import().await?.ok_or(Failure::NothingToUndo)?;
        if batch.written_since > 0 {
            return Err(Failure::WrittenSince {
                patients: super::open::count(batch.written_since),
            });
        }
        self.store.hide_batch(batch.id, &[]).await?;
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
        let is_gone = chart.is_erased() && !chart.erasure_waits();
        let new = new.into_iter().filter(|e| !is_gone || is_erasing(e));
        let fresh: Vec<Entry> = new.filter(|e| chart.insert(e.clone())).collect();
        if fresh.is_empty() {
            return fresh;
        }
        self.entries += super::open::count(fresh.len());
        if id == books.office.chart {
            self.office = Some(chart);
            return fresh;
        }
        match (chart.is_erased(), is_known) {
            (true, _) => {}
            (false, true) => self.known_patients += 1,
            (false, false) => self.new_patients += 1,
        }
        self.changed.insert(id, books.fold(id, &chart).1);
        fresh
    }
}

fn is_erasing(entry: &Entry) -> bool {
    matches!(entry.fact(), Fact::Erased(_))
}
