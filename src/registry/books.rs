//! An open registry: its sealed store, and the flowsheets of all its charts.

use std::collections::{BTreeMap, BTreeSet};

use super::api::Failure;
use super::office::Office;
use super::pages::{self, Layout};
use super::progress::{Progress, STRIDE, Stage};
use crate::flowsheet::{Flowsheet, project_with};
use crate::instruments::MissingPolicy;
use crate::journal::{Chart, ChartId, Clock, Entry, Folded, Kinds, PersonId, RegistryId, Zone};
use crate::store::canary::Canary;
use crate::store::{ChartTotals, Damage, PageNumber, SealedStore, Store};
use crate::vault::{Aead, Entropy};

/// An open registry.
pub(super) struct Books<S, A: Aead> {
    pub store: SealedStore<S, A>,
    pub entropy: Box<dyn Entropy>,
    pub me: PersonId,
    pub clock: Clock,
    pub office: Office,
    pub sheets: BTreeMap<ChartId, Flowsheet>,
    pub layout: Layout,
    /// Stored flowsheet pages that are not what is resident: rewritten while idle.
    pub stale: BTreeSet<PageNumber>,
    /// What was found damaged, one sentence each.
    pub damage: Vec<String>,
    /// The same, by stored record.
    pub found: super::upkeep::Found,
    /// How many records were read when all were checked last.
    pub checked: usize,
    /// How far long work is.
    pub progress: Progress,
    /// What local storage remembers of this registry.
    pub canary: Option<Canary>,
    /// The generation that the last file of the whole registry holds, until the window says that it was saved.
    pub exported: Option<crate::store::Generation>,
    /// Rows of the caseload, made when they are first asked for after a save.
    pub ready: Option<super::lists::Ready>,
    /// Names and numbers as a search compares them.
    pub searchable: super::search::Searchables,
    /// What the audit found when it was last asked for.
    pub audit: super::audit::Scans,
    /// When whoever is here looked at whom.
    pub looks: super::looks::Looks,
    /// What others wrote, by record, as far as it was read.
    pub others: BTreeMap<ChartId, super::news::Others>,
    /// The records that were read or saved last.
    pub recent: super::recent::Recent,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Which registry.
    pub fn registry(&self) -> RegistryId {
        self.store.totals().registry
    }

    /// The clinic's zone.
    pub fn zone(&self) -> Zone {
        self.office.clinic.zone
    }

    /// In which zone, and by which rule for incomplete forms, flowsheets are made: a change makes them all anew.
    pub fn made(&self) -> String {
        match self.office.missing() {
            MissingPolicy::CompleteOnly => self.zone().name().to_owned(),
            MissingPolicy::Prorate => format!("{}, prorated", self.zone().name()),
        }
    }

    /// A flowsheet. An erased chart's shows nothing: it is as if it were not here.
    pub fn sheet(&self, chart: ChartId) -> Result<&Flowsheet, Failure> {
        self.sheets
            .get(&chart)
            .filter(|sheet| !sheet.erased)
            .ok_or(Failure::Refused(crate::care::intent::Refusal::NoSuchChart))
    }

    /// Reads the registry's own chart, the flowsheet pages, and folds what they lack.
    pub async fn load(&mut self) -> Result<(), Failure> {
        match self.load_kept(Kinds::all()).await? {
            true => Ok(()),
            false => self.fold_missing().await,
        }
    }

    /// Reads the registry's own chart and the flowsheet pages. Whether that is all, or some charts must be folded.
    pub async fn load_kept(&mut self, kinds: Kinds) -> Result<bool, Failure> {
        let own = self.read_kinds(self.office.chart, kinds).await?;
        self.office = Office::of_kinds(self.office.chart, own, self.zone(), kinds);
        let read = self.store.read_pages().await?;
        self.note_damage(None, &read.damage);
        let made = self.made();
        for (_, bytes) in &read.pages {
            for sheet in pages::decode(bytes, &made) {
                let stored = self.store.chart(sheet.chart);
                if stored.is_some_and(|s| (s.entries, s.digest) == (sheet.entries, sheet.digest)) {
                    self.sheets.insert(sheet.chart, sheet);
                }
            }
        }
        let is_all = self.missing().is_empty();
        if is_all {
            self.lay_out();
        }
        Ok(is_all)
    }

    /// The charts whose flowsheet isn't the one that the head names.
    fn missing(&self) -> BTreeSet<ChartId> {
        let is_missing = |line: &ChartTotals| {
            let resident = self.sheets.get(&line.chart);
            line.chart != self.office.chart
                && resident.is_none_or(|s| (s.entries, s.digest) != (line.entries, line.digest))
        };
        self.store.charts().filter(is_missing).map(|line| line.chart).collect()
    }

    /// Folds every chart whose flowsheet isn't the one that the head names.
    pub async fn fold_missing(&mut self) -> Result<(), Failure> {
        let stored: BTreeSet<ChartId> = self.store.charts().map(|c| c.chart).collect();
        self.sheets.retain(|chart, _| stored.contains(chart));
        let missing = self.missing();
        let mut folded = BTreeMap::new();
        self.read_each(&missing, |books, id, chart| {
            folded.insert(id, books.fold(id, &chart).1);
            if folded.len() % STRIDE == 0 {
                books.progress.note(Stage::Folding, folded.len(), missing.len());
            }
        })
        .await?;
        self.stale
            .extend(folded.keys().map(|chart| self.store.number(*chart).page()));
        self.sheets.append(&mut folded);
        self.lay_out();
        Ok(())
    }

    fn lay_out(&mut self) {
        self.layout.clear();
        for chart in self.sheets.keys() {
            self.layout
                .entry(self.store.number(*chart).page())
                .or_default()
                .push(*chart);
        }
        let stamps = self.sheets.values().filter_map(|s| s.written);
        stamps.for_each(|stamp| self.clock.observe(stamp));
        self.office
            .entries
            .entries()
            .for_each(|e| self.clock.observe(e.stamp()));
    }

    /// A chart's entries. What can't be read is named once, kept, and skipped.
    pub async fn read(&mut self, chart: ChartId) -> Result<Chart, Failure> {
        self.read_kinds(chart, Kinds::all()).await
    }

    /// As [`Books::read`], of a record that is shown or written: what was read or saved last is not read again.
    pub async fn read_again(&mut self, chart: ChartId) -> Result<Chart, Failure> {
        let as_of = self.store.totals().generation;
        if !self.store.is_in_doubt()
            && let Some(kept) = self.recent.get(as_of, chart)
        {
            return Ok(kept);
        }
        let read = self.store.read_chart(chart).await?;
        self.name_damage(chart, &read.damage);
        let is_whole = read.damage.is_empty();
        let entries = chart_of(read.entries);
        if is_whole {
            self.recent.keep(as_of, chart, entries.clone());
        }
        Ok(entries)
    }

    async fn read_kinds(&mut self, chart: ChartId, kinds: Kinds) -> Result<Chart, Failure> {
        let read = self.store.read_chart_kinds(chart, kinds).await?;
        self.name_damage(chart, &read.damage);
        Ok(chart_of(read.entries))
    }

    /// Charts that are here, of those asked for; each stored part is opened once.
    pub async fn read_many(&mut self, wanted: &BTreeSet<ChartId>) -> Result<BTreeMap<ChartId, Chart>, Failure> {
        let mut charts = BTreeMap::new();
        self.read_each(wanted, |_, id, chart| {
            charts.insert(id, chart);
        })
        .await?;
        Ok(charts)
    }

    /// Reads charts, each stored part once, and hands each chart on as soon as all of it was read.
    async fn read_each(
        &mut self,
        wanted: &BTreeSet<ChartId>,
        mut each: impl FnMut(&Self, ChartId, Chart),
    ) -> Result<(), Failure> {
        let mut damage: Vec<(ChartId, Vec<Damage>)> = Vec::new();
        let this = &*self;
        this.store
            .read_charts(wanted, |id, read| {
                if !read.damage.is_empty() {
                    damage.push((id, read.damage));
                }
                each(this, id, chart_of(read.entries));
            })
            .await?;
        for (id, damage) in damage {
            self.name_damage(id, &damage);
        }
        Ok(())
    }

    fn name_damage(&mut self, chart: ChartId, found: &[Damage]) {
        self.note_damage(Some(chart), found);
        let sentence = "A part of one record can't be read. It was kept as it is, and the rest is shown.";
        if !found.is_empty() && !self.damage.iter().any(|d| d == sentence) {
            self.damage.push(sentence.to_owned());
        }
    }

    /// A chart's state and flowsheet. An erased chart keeps its count, and shows nothing.
    pub fn fold(&self, id: ChartId, chart: &Chart) -> (Folded, Flowsheet) {
        let folded = chart.fold();
        let mut sheet = project_with(id, chart, &folded, self.zone(), self.office.missing());
        // The head counts what is stored, so that a flowsheet which doesn't fit it is noticed.
        if let Some(line) = self.store.chart(id)
            && line.entries != sheet.entries
            && chart.len() < line.entries as usize
        {
            (sheet.entries, sheet.digest) = (line.entries, line.digest);
        }
        (folded, sheet)
    }

    /// The pages that change when these flowsheets do.
    pub fn pages_with(&mut self, changed: &BTreeMap<ChartId, Flowsheet>) -> Vec<(PageNumber, Vec<u8>)> {
        let made = self.made();
        let mut touched: BTreeMap<PageNumber, BTreeSet<ChartId>> = BTreeMap::new();
        for chart in changed.keys() {
            let page = self.store.number(*chart).page();
            let charts = touched
                .entry(page)
                .or_insert_with(|| self.layout.get(&page).into_iter().flatten().copied().collect());
            charts.insert(*chart);
        }
        let encode = |(page, charts): (PageNumber, BTreeSet<ChartId>)| {
            let sheets = charts
                .iter()
                .filter_map(|c| changed.get(c).or_else(|| self.sheets.get(c)));
            (page, pages::encode(sheets, &made))
        };
        touched.into_iter().map(encode).collect()
    }

    /// A flowsheet page as it is now.
    pub fn page(&self, page: PageNumber) -> Vec<u8> {
        let charts = self.layout.get(&page).into_iter().flatten();
        pages::encode(charts.filter_map(|chart| self.sheets.get(chart)), &self.made())
    }

    /// Takes over flowsheets that were saved.
    pub fn adopt(&mut self, changed: BTreeMap<ChartId, Flowsheet>) {
        for (chart, sheet) in changed {
            let number = self.store.number(chart).page();
            self.stale.remove(&number);
            let page = self.layout.entry(number).or_default();
            if !page.contains(&chart) {
                page.push(chart);
            }
            self.sheets.insert(chart, sheet);
        }
    }

    /// Sixteen random bytes. A machine without randomness saves nothing: the vault refuses to seal.
    pub fn random(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        // A failure leaves zeros here, and the same failure then refuses the nonce, so nothing is written.
        let _filled = self.entropy.fill(&mut bytes);
        bytes
    }

    /// What the window must write to local storage, when it differs from what was there before. What another tab has
    /// written meanwhile is newer, and stays.
    pub fn remember(&mut self, before: Option<&Canary>, now: u64) -> Option<(String, String)> {
        let canary = Canary::after(&self.store.totals(), self.canary.as_ref(), now);
        let is_newer = before.is_none_or(|before| *before != canary && before.generation <= canary.generation);
        let pair = is_newer.then(|| (Canary::key(canary.registry), canary.to_text()));
        self.canary = Some(canary);
        pair
    }

    /// The whole registry was saved as a file, as it was when it was last exported.
    pub fn backed_up(&mut self, now: u64) {
        let generation = self.exported.take();
        self.canary = match (self.canary.take(), generation) {
            (Some(canary), Some(generation)) => Some(canary.with_backup(now, generation)),
            (canary, _) => canary,
        };
    }
}

/// A chart of entries in any order.
pub(super) fn chart_of(entries: impl IntoIterator<Item = Entry>) -> Chart {
    let mut chart = Chart::default();
    for entry in entries {
        chart.insert(entry);
    }
    chart
}
