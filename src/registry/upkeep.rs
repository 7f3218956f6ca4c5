//! What can't be read of what is stored: kept as it is, named, and given out as a file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use super::api::Failure;
use super::books::Books;
use super::open::count;
use super::progress::{STRIDE, Stage};
use super::views::{FindingRow, FindingsView};
use crate::flowsheet::Flowsheet;
use crate::journal::ChartId;
use crate::store::{Area, Damage, Key, Reason, Store};
use crate::vault::Aead;

/// What was found unreadable, and whose records it is missing from.
pub(super) type Found = BTreeMap<(Area, Key), (Reason, BTreeSet<ChartId>)>;

/// The file of what can't be read. Its bytes are sealed: only this registry's keys open what is left of them.
#[derive(Serialize)]
struct Unreadable {
    format: &'static str,
    registry: String,
    created: String,
    records: Vec<UnreadableRecord>,
}

#[derive(Serialize)]
struct UnreadableRecord {
    area: &'static str,
    key: String,
    reason: String,
    /// Its bytes as hexadecimal digits; absent where nothing is stored.
    hex: Option<String>,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Notes what could not be read, once each.
    pub fn note_damage(&mut self, chart: Option<ChartId>, damage: &[Damage]) {
        for found in damage {
            let at = (found.area, found.key.clone());
            let (_, charts) = self.found.entry(at).or_insert((found.reason, BTreeSet::new()));
            charts.extend(chart);
        }
    }

    /// What is known to be unreadable or missing. Reads keys only.
    pub async fn findings(&mut self) -> Result<FindingsView, Failure> {
        let surveyed = self.store.survey().await?;
        let at_opening = self.store.damage().to_vec();
        self.note_damage(None, &surveyed);
        self.note_damage(None, &at_opening);
        let mut rows = Vec::new();
        for ((area, key), (reason, charts)) in &self.found {
            let size = self.store.raw(*area, key).await?.map(|bytes| bytes.len() as u64);
            let names = charts
                .iter()
                .filter_map(|chart| self.sheets.get(chart))
                .map(Flowsheet::list_name);
            rows.push(FindingRow {
                what: words(*area).to_owned(),
                key: key.as_str().to_owned(),
                reason: reason.to_string(),
                size,
                patients: names.collect(),
            });
        }
        Ok(FindingsView {
            checked: count(self.checked),
            rows,
        })
    }

    /// Reads every record, and says what can't be read. Nothing is changed.
    pub async fn check_all(&mut self) -> Result<FindingsView, Failure> {
        let charts: Vec<ChartId> = self.store.charts().map(|line| line.chart).collect();
        for (nth, some) in charts.chunks(STRIDE).enumerate() {
            self.progress.step(Stage::Checking, nth * STRIDE, charts.len()).await?;
            self.read_many(&some.iter().copied().collect()).await?;
        }
        let pages = self.store.read_pages().await?.damage;
        self.note_damage(None, &pages);
        self.checked = charts.len();
        self.findings().await
    }

    /// What can't be read, byte for byte as it is stored, as a JSON file.
    pub async fn unreadable(&mut self, created: DateTime<FixedOffset>) -> Result<String, Failure> {
        self.findings().await?;
        let mut records = Vec::new();
        for ((area, key), (reason, _)) in &self.found {
            let bytes = self.store.raw(*area, key).await?;
            records.push(UnreadableRecord {
                area: area.name(),
                key: key.as_str().to_owned(),
                reason: reason.to_string(),
                hex: bytes.map(|bytes| bytes.iter().map(|b| format!("{b:02x}")).collect()),
            });
        }
        let file = Unreadable {
            format: "caseload-unreadable",
            registry: self.registry().to_string(),
            created: created.to_rfc3339(),
            records,
        };
        serde_json::to_string_pretty(&file)
            .map_err(|_error: serde_json::Error| Failure::File("The file could not be put together.".to_owned()))
    }
}

/// What an area holds, in words.
fn words(area: Area) -> &'static str {
    match area {
        Area::Meta => "The head or the keys",
        Area::Index => "The list of which part holds which record",
        Area::Segments => "A part with entries",
        Area::Pages => "A summary, which is made anew from the entries",
        Area::Drafts => "A form that was begun",
        Area::Inbox => "Something written while locked",
        Area::Batches => "What an import or merge wrote",
    }
}
