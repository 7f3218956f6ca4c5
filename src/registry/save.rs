//! Carrying out an intent: decide, write down, seal and save, and only then fold.

use std::collections::BTreeMap;

use super::api::{Across, Failure, Saved};
use super::books::Books;
use super::office::Office;
use crate::billing::Profile;
use crate::care::decide::{Decision, Hand, View, decide};
use crate::care::intent::{Intent, Refusal, SetForMany};
use crate::flowsheet::Flowsheet;
use crate::journal::{Chart, ChartId, Entry, Fact, Folded};
use crate::store::{Key, Save, SealedError, Store, StoreError};
use crate::vault::Aead;

/// A clock that runs this far behind what was written elsewhere is worth a word, in milliseconds.
const WORTH_A_WORD: u64 = 10 * 60 * 1000;

impl<S: Store, A: Aead> Books<S, A> {
    /// Carries out an intent by one save. When another tab has written in between, what it wrote is read first, and
    /// the intent is decided once more.
    pub async fn carry_out(&mut self, intent: &Intent, now: u64) -> Result<Saved, Failure> {
        if self.store.is_in_doubt() {
            // A save of which nobody heard may have gone through: the next one is decided with what it wrote.
            self.follow().await?;
        }
        match self.try_carry_out(intent, now).await {
            Err(Failure::Moved) => {
                self.follow().await?;
                self.try_carry_out(intent, now).await
            }
            other => other,
        }
    }

    async fn try_carry_out(&mut self, intent: &Intent, now: u64) -> Result<Saved, Failure> {
        let closing;
        let intent = match intent {
            Intent::CloseMonth(month) => {
                closing = Intent::Office(self.month_lock(*month, self.moment(now))?);
                &closing
            }
            other => other,
        };
        let named = self.charts_named(intent, now).await?;
        if let Intent::Register(patient) = intent {
            self.check_not_on_file(patient, self.moment(now))?;
        }
        Self::check_templates(intent)?;
        self.check_packet(intent)?;
        Self::check_profiles(intent)?;
        let decision = self.decide(intent, &named, now)?;
        let mut saved = self.save(decision, named, now).await?;
        saved.of_team(intent);
        Ok(saved)
    }

    /// A payer profile with a hole or a contradiction isn't saved, and none takes the name of a shipped one.
    fn check_profiles(intent: &Intent) -> Result<(), Failure> {
        let Intent::Office(facts) = intent else { return Ok(()) };
        for fact in facts {
            let Fact::PayerProfileChange(change) = fact else {
                continue;
            };
            if Profile::names().any(|name| name == change.name) {
                let text = "A shipped payer profile has this name: choose another";
                return Err(Refusal::Field(text.to_owned()).into());
            }
            Profile::changed(change).map_err(|error| Refusal::Field(error.to_string()))?;
        }
        Ok(())
    }

    /// The charts that an intent names, as they are stored.
    async fn charts_named(&mut self, intent: &Intent, now: u64) -> Result<BTreeMap<ChartId, (Chart, Folded)>, Failure> {
        let mut form = intent;
        if let Intent::Finish { form: inner, .. } = intent {
            form = inner;
        }
        let ids = match form {
            // A form is finished once.
            Intent::Finish { .. } => Vec::new(),
            Intent::Register(_) | Intent::Office(_) | Intent::CloseMonth(_) => Vec::new(),
            Intent::SetForMany { charts, .. } => charts.clone(),
            Intent::SamePerson { person, .. } => {
                let today = self.zone().day(self.moment(now));
                let sheets = self.sheets.values();
                let theirs = sheets.filter(|s| !s.erased && s.care_manager_on(today) == Some(*person));
                theirs.map(|s| s.chart).collect()
            }
            Intent::Contact(form) => vec![form.chart],
            Intent::Crisis(form) => vec![form.chart],
            Intent::Move { from, to, .. } => vec![*from, *to],
            Intent::Record { chart, .. }
            | Intent::Correct { chart, .. }
            | Intent::Void { chart, .. }
            | Intent::CloseConcern { chart, .. }
            | Intent::Triage { chart, .. }
            | Intent::Snooze { chart, .. }
            | Intent::Settle { chart, .. }
            | Intent::Begin { chart, .. }
            | Intent::CloseTypedInError { chart, .. }
            | Intent::OpenEpisode { chart, .. }
            | Intent::Try { chart, .. }
            | Intent::CoSign { chart, .. }
            | Intent::AskToClose { chart, .. }
            | Intent::CarryOutAsked { chart, .. } => vec![*chart],
            Intent::Team { charts, .. } => charts.clone(),
        };
        let mut named = BTreeMap::new();
        for id in ids {
            if self.sheets.contains_key(&id) {
                let chart = self.read_again(id).await?;
                chart.entries().for_each(|e| self.clock.observe(e.stamp()));
                let folded = chart.fold();
                // Nothing is written about a record that was erased, here or elsewhere.
                if folded.is_erased() {
                    return Err(Refusal::NoSuchChart.into());
                }
                named.insert(id, (chart, folded));
            }
        }
        Ok(named)
    }

    fn moment(&self, now: u64) -> chrono::DateTime<chrono::FixedOffset> {
        let millis = i64::try_from(now).unwrap_or(i64::MAX);
        self.zone().from_millis(millis).unwrap_or_default()
    }

    fn decide(
        &mut self,
        intent: &Intent,
        named: &BTreeMap<ChartId, (Chart, Folded)>,
        now: u64,
    ) -> Result<Decision, Failure> {
        let (zone, at) = (self.zone(), self.moment(now));
        let today = zone.day(at);
        let (main, other) = match intent {
            Intent::Move { from, to, .. } => (Some(*from), Some(*to)),
            Intent::SamePerson { .. } | Intent::Team { .. } | Intent::SetForMany { .. } => (None, None),
            _ => (named.keys().next().copied(), None),
        };
        let limits = super::queries::limits(&self.office.protocol, &self.office.hours, today);
        let mut seeds: Vec<[u8; 16]> = Vec::new();
        // As many as the largest save needs: entries of a form, a few concerns and steps.
        for _ in 0..(64 + 2 * facts_in(intent) + named.len()) {
            seeds.push(self.random());
        }
        let mut random = || seeds.pop().unwrap_or_default();
        let me = self.me;
        let chart = main.and_then(|id| Some((&named.get(&id)?.1, self.sheets.get(&id)?)));
        let view = View {
            chart,
            office: (self.office.chart, &self.office.folded),
            other: other.and_then(|id| named.get(&id)).map(|(_, folded)| folded),
            assigned: match intent {
                Intent::SamePerson { .. } | Intent::Team { .. } | Intent::SetForMany { .. } => {
                    named.iter().map(|(id, (_, folded))| (*id, folded)).collect()
                }
                _ => Vec::new(),
            },
            limits,
        };
        let mut hand = Hand {
            now: at,
            zone,
            me,
            random: &mut random,
        };
        Ok(decide(&view, intent, &mut hand)?)
    }

    async fn save(
        &mut self,
        decision: Decision,
        named: BTreeMap<ChartId, (Chart, Folded)>,
        now: u64,
    ) -> Result<Saved, Failure> {
        let mut entries = Vec::with_capacity(decision.entries.len());
        for planned in decision.entries {
            let stamp = self.clock.tick(now);
            let entry = Entry::write(planned.draft, planned.id, stamp, self.me);
            entries.push(entry.map_err(|_error: crate::journal::EntryError| SealedError::Unwritable)?);
        }
        let mut charts: BTreeMap<ChartId, Chart> = named.into_iter().map(|(id, (chart, _))| (id, chart)).collect();
        for entry in &entries {
            let chart = charts
                .entry(entry.chart())
                .or_insert_with(|| match entry.chart() == self.office.chart {
                    true => self.office.entries.clone(),
                    false => Chart::default(),
                });
            chart.insert(entry.clone());
        }
        charts.retain(|id, _| entries.iter().any(|e| e.chart() == *id));
        let office = charts.remove(&self.office.chart);
        let changed: BTreeMap<ChartId, Flowsheet> = charts
            .iter()
            .map(|(id, chart)| (*id, self.fold(*id, chart).1))
            .collect();

        self.write(&entries, &changed).await?;
        self.adopt(changed);
        let as_of = self.store.totals().generation;
        for (id, chart) in charts {
            self.recent.keep(as_of, id, chart);
        }
        if let Some(chart) = office {
            self.take_office(chart).await?;
        }
        let notes = match self.clock.ahead_millis(now) > WORTH_A_WORD {
            true => {
                vec!["This computer's clock is behind what was written before. Check its date and time.".to_owned()]
            }
            false => Vec::new(),
        };
        Ok(Saved {
            across: Across::Team(entries.iter().map(|entry| (entry.chart(), entry.id())).collect()),
            entries: match entries.iter().all(|e| e.chart() == decision.chart) {
                true => entries.iter().map(Entry::id).collect(),
                // What was written into several records is not undone by one stroke.
                false => Vec::new(),
            },
            chart: decision.chart,
            name: self.sheets.get(&decision.chart).map(Flowsheet::list_name),
            concerns: decision.concerns,
            by: self.me,
            generation: self.store.totals().generation.0,
            notes,
        })
    }

    /// Saves by one transaction. A lost connection is tried once more: the store then finds out whether the first
    /// try went through, and never writes twice.
    pub async fn write(&mut self, entries: &[Entry], changed: &BTreeMap<ChartId, Flowsheet>) -> Result<(), Failure> {
        self.write_draining(entries, changed, Vec::new()).await
    }

    /// The same, with what was written while locked and has become these entries: it goes by the same transaction.
    pub async fn write_draining(
        &mut self,
        entries: &[Entry],
        changed: &BTreeMap<ChartId, Flowsheet>,
        drained: Vec<Key>,
    ) -> Result<(), Failure> {
        let save = Save {
            entries,
            pages: self.pages_with(changed),
            drained,
            ..Save::default()
        };
        match self.store.save(save.clone()).await {
            Err(SealedError::Store(StoreError::Closed)) => self.store.save(save).await?,
            other => other?,
        };
        Ok(())
    }

    /// Takes over the registry's own chart; another zone makes every day anew, and another rule every score.
    pub async fn take_office(&mut self, chart: Chart) -> Result<(), Failure> {
        let before = self.made();
        self.office = Office::of(self.office.chart, chart, self.zone());
        if self.made() != before {
            self.sheets.clear();
            self.fold_missing().await?;
        }
        Ok(())
    }

    /// Reads what another tab wrote.
    pub async fn follow(&mut self) -> Result<(), Failure> {
        let refreshed = self.store.refresh().await?;
        if refreshed.charts.is_empty() {
            return Ok(());
        }
        if refreshed.charts.contains(&self.office.chart) {
            let chart = self.read(self.office.chart).await?;
            self.take_office(chart).await?;
        }
        self.fold_missing().await
    }

    /// Keeps a form that was begun; not one about a record that was erased, which another tab may still have open.
    pub async fn put_draft(&mut self, key: &str, json: &str) -> Result<(), Failure> {
        let mut erased = self
            .sheets
            .values()
            .filter(|sheet| sheet.erased && !sheet.erasure_waits);
        if erased.any(|sheet| key.contains(&sheet.chart.to_string())) {
            return Ok(());
        }
        Ok(self.store.put_draft(Key::new(key), json.as_bytes()).await?)
    }
}

fn facts_in(intent: &Intent) -> usize {
    match intent {
        Intent::Record { facts, .. } | Intent::Office(facts) => facts.len(),
        Intent::Void { entries, .. } => entries.len(),
        Intent::SetForMany {
            what: SetForMany::Claims(claims),
            ..
        } => claims.len(),
        Intent::SetForMany {
            what: SetForMany::Times(batch),
            ..
        } => batch.new.len() + batch.cut.iter().map(|(_, _, left)| 1 + left.len()).sum::<usize>(),
        Intent::SetForMany {
            what: SetForMany::TimesTakenBack(entries),
            ..
        } => entries.len(),
        Intent::Contact(form) => form.measures.len(),
        Intent::Crisis(form) => form.told.len(),
        Intent::Finish { form, .. } => facts_in(form),
        Intent::AskToClose { closing, .. } => facts_in(closing),
        // As many as one request can hold.
        Intent::CarryOutAsked { .. } => 64,
        _ => 0,
    }
}
