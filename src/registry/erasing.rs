//! Erasing a record for good, and deciding on one that another copy erased.
//!
//! One transaction takes every segment, flowsheet page, form and inbox item away that holds something of the record, and leaves an
//! entry that says who erased it, when and why. That entry keeps merges and imports from bringing the record back. It can't be undone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::api::Failure;
use super::books::{Books, chart_of};
use super::open::count;
use super::pages;
use super::queries::about;
use super::views::*;
use crate::care::erasing::{self, ERASE_WORD, KEEP_WORD};
use crate::care::intent::Refusal;
use crate::flowsheet::{Flowsheet, project_with};
use crate::journal::facts::{Erased, ErasureAsker, Note};
use crate::journal::{Chart, ChartId, Day, Draft, Entry, EntryId, Fact, When};
use crate::store::{Area, Key, PageNumber, Rewrite, SealedError, Store, StoreError};
use crate::vault::Aead;

/// What is written of a record that another copy erased, and that is erased here too.
const CONFIRMED: &str = "Erased in another copy of this registry, and confirmed here";

impl<S: Store, A: Aead> Books<S, A> {
    /// What erasing a record would do.
    pub async fn erasing(&mut self, id: ChartId, today: Day) -> Result<ErasingView, Failure> {
        let (chart, sheet) = self.still_here(id).await?;
        let concerns = sheet.open_concerns().count();
        let linked = sheet.same_person.iter().filter_map(|other| self.sheet(*other).ok());
        let linked = linked.map(|other| (other.chart, named(other, today))).collect();
        let drafts = self.drafts_about(id).await?.len();
        Ok(ErasingView {
            chart: id,
            name: sheet.list_name(),
            about: about(&sheet, today),
            type_this: type_this(&sheet),
            entries: count(chart.unerased().len()),
            drafts: count(drafts),
            open_concerns: count(concerns),
            linked,
            elsewhere: self.erasures(&chart),
        })
    }

    /// Records that were erased: in another copy, to be decided on here; and for good.
    pub async fn erased(&mut self, today: Day) -> Result<ErasedView, Failure> {
        let ids: BTreeSet<ChartId> = self.sheets.values().filter(|s| s.erased).map(|s| s.chart).collect();
        let charts = self.read_many(&ids).await?;
        let (mut waiting, mut gone) = (Vec::new(), Vec::new());
        for (id, chart) in charts {
            let said = self.erasures(&chart);
            if !chart.erasure_waits() {
                let last = chart.entries().map(Entry::stamp).max();
                gone.extend(said.into_iter().map(|words| (last, words)));
                continue;
            }
            let sheet = self.sheet_of(id, &chart.unerased());
            waiting.push(ErasedElsewhereRow {
                chart: id,
                name: sheet.list_name(),
                about: about(&sheet, today),
                type_this: type_this(&sheet),
                entries: sheet.entries,
                open_concerns: count(sheet.open_concerns().count()),
                said,
            });
        }
        waiting.sort_by(|a, b| (Reverse(a.open_concerns), &a.name).cmp(&(Reverse(b.open_concerns), &b.name)));
        gone.sort_by_key(|(last, _)| Reverse(*last));
        Ok(ErasedView {
            waiting,
            gone: gone.into_iter().map(|(_, words)| words).collect(),
        })
    }

    /// Erases a record for good, and those of the same person that were chosen with it; one transaction each.
    ///
    /// # Errors
    /// [`Failure::Refused`] when what was typed doesn't confirm it, or the reason doesn't do: nothing was changed.
    pub async fn erase(&mut self, ask: &EraseAsk, now: u64) -> Result<(), Failure> {
        if self.store.is_in_doubt() {
            self.follow().await?;
        }
        let (chart, sheet) = self.still_here(ask.chart).await?;
        erasing::confirmed(&sheet.who, &ask.typed, &ask.word, ERASE_WORD)?;
        let is_elsewhere = chart.is_erased();
        let basis = ask.basis.clone().filter(|basis| !basis.trim().is_empty());
        if !is_elsewhere || !ask.reason.trim().is_empty() {
            erasing::fitting_reason(&sheet.who, &ask.reason, basis.as_deref())?;
        }
        let reason = match ask.reason.trim() {
            "" => CONFIRMED.to_owned(),
            reason => reason.to_owned(),
        };
        let fact = Fact::from(Erased {
            reason,
            basis,
            asked_by: Some(ask.asked_by),
        });
        well_formed(&fact)?;
        if let Some(stranger) = ask.linked.iter().find(|other| !sheet.same_person.contains(other)) {
            self.sheet(*stranger)?;
            return Err(Refusal::Field("The other record is not one of the same person".to_owned()).into());
        }
        // Left-overs of imports that were cut off may hold something of it, and nobody sees them.
        self.store.sweep().await.ok();
        for id in std::iter::once(ask.chart).chain(ask.linked.iter().copied()) {
            let (chart, _) = self.still_here(id).await?;
            let entry = self.entry(id, fact.clone(), now)?;
            let earlier = chart.entries().filter(|e| matches!(e.fact(), Fact::Erased(_)));
            let left: Vec<Entry> = earlier.cloned().chain([entry]).collect();
            self.leave(id, &left, Forget::All).await?;
        }
        Ok(())
    }

    /// Keeps a record that another copy erased: it is shown again, with a note that says why. A file that holds the erasing hides
    /// it again.
    ///
    /// # Errors
    /// [`Failure::Refused`] when what was typed doesn't confirm it: nothing was changed.
    pub async fn keep_erased(&mut self, ask: &KeepAsk, now: u64) -> Result<(), Failure> {
        if self.store.is_in_doubt() {
            self.follow().await?;
        }
        let (chart, sheet) = self.still_here(ask.chart).await?;
        if !chart.erasure_waits() {
            return Err(Refusal::NoSuchChart.into());
        }
        erasing::confirmed(&sheet.who, &ask.typed, &ask.word, KEEP_WORD)?;
        let text = format!(
            "Erased in another copy of this registry, and kept here: {}",
            ask.reason.trim()
        );
        if ask.reason.trim().is_empty() {
            return Err(Refusal::Field("Say why the record is kept".to_owned()).into());
        }
        let millis = i64::try_from(now).unwrap_or(i64::MAX);
        let fact = Fact::from(Note {
            at: When::At(self.zone().from_millis(millis).unwrap_or_default()),
            text,
            discuss: false,
        });
        well_formed(&fact)?;
        let entry = self.entry(ask.chart, fact, now)?;
        let left: Vec<Entry> = chart.unerased().entries().cloned().chain([entry]).collect();
        self.leave(ask.chart, &left, Forget::Nothing).await
    }

    /// The record as it would be without any erasing, and its flowsheet.
    async fn still_here(&mut self, id: ChartId) -> Result<(Chart, Flowsheet), Failure> {
        let is_gone = |sheet: &&Flowsheet| sheet.erased && !sheet.erasure_waits;
        if id == self.office.chart || self.sheets.get(&id).is_none_or(|sheet| is_gone(&sheet)) {
            return Err(Refusal::NoSuchChart.into());
        }
        let chart = self.read(id).await?;
        let sheet = self.sheet_of(id, &chart.unerased());
        Ok((chart, sheet))
    }

    /// Leaves these entries of a record and nothing else.
    async fn leave(&mut self, id: ChartId, left: &[Entry], forget: Forget) -> Result<(), Failure> {
        let chart = chart_of(left.iter().cloned());
        let changed = BTreeMap::from([(id, self.sheet_of(id, &chart))]);
        let mut pages = self.pages_with(&changed);
        let mut beside = Vec::new();
        if forget == Forget::All {
            let own = self.store.number(id).page();
            pages.extend(self.pages_that_hold(id, own).await?);
            let drafts = self.drafts_about(id).await?.into_iter().map(|key| (Area::Drafts, key));
            let inbox = self.inbox_about(id).await?.into_iter().map(|key| (Area::Inbox, key));
            beside.extend(drafts.chain(inbox));
        }
        let rewrite = Rewrite {
            chart: id,
            left,
            pages,
            forget: beside,
        };
        let written = match self.store.rewrite_chart(&rewrite).await {
            Err(SealedError::Store(StoreError::Closed)) => self.store.rewrite_chart(&rewrite).await,
            other => other,
        };
        written.map_err(|error| match error {
            SealedError::Damaged(_) => Failure::Damage(NOT_ERASED.to_owned()),
            other => other.into(),
        })?;
        self.adopt(changed);
        self.ready = None;
        self.searchable.remove(&id);
        Ok(())
    }

    /// Stored flowsheet pages that hold the record, or can't be read by this version, but the one that is written anyway.
    async fn pages_that_hold(&self, id: ChartId, own: PageNumber) -> Result<Vec<(PageNumber, Vec<u8>)>, Failure> {
        let made = self.made();
        let read = self.store.read_pages().await?;
        let holds = |bytes: &[u8]| {
            let sheets = pages::decode(bytes, &made);
            sheets.is_empty() || sheets.iter().any(|sheet| sheet.chart == id)
        };
        let others = read
            .pages
            .iter()
            .filter(|(number, bytes)| *number != own && holds(bytes));
        Ok(others.map(|(number, _)| (*number, self.page(*number))).collect())
    }

    /// Forms about a record that were begun: their keys name it.
    async fn drafts_about(&self, id: ChartId) -> Result<Vec<Key>, Failure> {
        let id = id.to_string();
        let mut keys = self.store.drafts().await?;
        keys.retain(|key| key.as_str().contains(&id));
        Ok(keys)
    }

    /// The flowsheet of a chart that is about to be what is stored.
    fn sheet_of(&self, id: ChartId, chart: &Chart) -> Flowsheet {
        project_with(id, chart, &chart.fold(), self.zone(), self.office.missing())
    }

    fn entry(&mut self, chart: ChartId, fact: Fact, now: u64) -> Result<Entry, Failure> {
        let random = self.random();
        let mut tail = [0; 10];
        tail.copy_from_slice(&random[..10]);
        let stamp = self.clock.tick(now);
        let entry = Entry::write(Draft::new(chart, fact), EntryId::from_time(now, tail), stamp, self.me);
        Ok(entry.map_err(|_error: crate::journal::EntryError| SealedError::Unwritable)?)
    }

    /// What a record's entries say of its erasing, oldest first.
    fn erasures(&self, chart: &Chart) -> Vec<ErasureWords> {
        let mut said: Vec<(&Entry, &Erased)> = chart
            .entries()
            .filter_map(|entry| match entry.fact() {
                Fact::Erased(erased) => Some((entry, erased)),
                _ => None,
            })
            .collect();
        said.sort_by_key(|(entry, _)| entry.stamp());
        let words = |(entry, erased): (&Entry, &Erased)| ErasureWords {
            when: self.written_words(entry.stamp()),
            by: self.office.name(entry.author()),
            why: why_words(erased),
        };
        said.into_iter().map(words).collect()
    }

    /// When something was written down, in words: `Tue 10 Nov 14:10`.
    pub(super) fn written_words(&self, stamp: crate::journal::Stamp) -> String {
        let zone = self.zone();
        let millis = i64::try_from(stamp.millis()).unwrap_or(i64::MAX);
        let at = zone.from_millis(millis).unwrap_or_default();
        format!("{} {}", day_words(zone.day(at)), at.format("%H:%M"))
    }
}

/// What goes with a record beside the head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forget {
    Nothing,
    All,
}

const NOT_ERASED: &str = "This record can't be erased whole: a part that holds entries of other patients too can't be read. \
                          Nothing was changed. Restore from a backup, then erase it there.";

/// Why, on what basis, and who asked.
pub(super) fn why_words(erased: &Erased) -> String {
    let basis = erased.basis.as_ref().map(|basis| format!("legal basis: {basis}"));
    let asked = erased.asked_by.map(|who| format!("asked for by {}", asker_words(who)));
    let parts = [Some(erased.reason.clone()), basis, asked];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn asker_words(who: ErasureAsker) -> &'static str {
    match who {
        ErasureAsker::Patient => "the patient",
        ErasureAsker::Representative => "somebody who acts for the patient",
        ErasureAsker::Authority => "a court or an authority",
        ErasureAsker::Clinic => "the clinic",
    }
}

fn named(sheet: &Flowsheet, today: Day) -> String {
    format!("{}, {}", sheet.list_name(), about(sheet, today))
}

fn type_this(sheet: &Flowsheet) -> Option<String> {
    let names = erasing::names_to_type(&sheet.who);
    (!names.is_empty()).then(|| names.join(" or "))
}

fn well_formed(fact: &Fact) -> Result<(), Failure> {
    match fact.problems().first() {
        None => Ok(()),
        Some(problem) => Err(Refusal::Field(problem.to_string()).into()),
    }
}
