//! Finding patients, and noticing that somebody is on file already.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::books::Books;
use super::queries::{is_in_care, status_words};
use super::views::*;
use crate::care::intent::{NewPatient, Refusal};
use crate::care::{self, Alike, Searchable, Somebody, Wanted};
use crate::flowsheet::Flowsheet;
use crate::journal::{ChartId, Day, Digest};
use crate::store::Store;
use crate::vault::Aead;

/// Patients that a search shows at most; a longer search finds the others.
const MOST: usize = 12;

/// What a search looks in, kept from one key press to the next: of each chart, as of its entries' digest.
pub(super) type Searchables = BTreeMap<ChartId, (Digest, Searchable)>;

impl<S: Store, A: Aead> Books<S, A> {
    /// Patients by name, MRN or telephone: those whose name begins with the first word first, then those in care.
    pub fn find(&mut self, text: &str, at: DateTime<FixedOffset>) -> Vec<FoundPatient> {
        let wanted = Wanted::of(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        self.make_searchable();
        let today = self.zone().day(at);
        let mut found: Vec<(&Flowsheet, &Searchable)> = self
            .searchable
            .iter()
            .filter(|(_, (_, searchable))| wanted.finds(searchable))
            .filter_map(|(chart, (_, searchable))| Some((self.sheets.get(chart)?, searchable)))
            .filter(|(sheet, _)| !sheet.erased)
            .collect();
        found.sort_by_cached_key(|(sheet, searchable)| {
            let begins = searchable.begins_with(&wanted);
            (!begins, !is_in_care(sheet, today), sheet.list_name(), sheet.chart)
        });
        let first = found.into_iter().take(MOST);
        first.map(|(sheet, _)| self.found(sheet, None, today)).collect()
    }

    /// Folds the names of charts that are new or changed since the last search.
    pub(super) fn make_searchable(&mut self) {
        let sheets = &self.sheets;
        self.searchable.retain(|chart, _| sheets.contains_key(chart));
        for (chart, sheet) in &self.sheets {
            let folded = self.searchable.get(chart);
            if folded.is_none_or(|(digest, _)| *digest != sheet.digest) {
                self.searchable.insert(*chart, (sheet.digest, Searchable::of(sheet)));
            }
        }
    }

    /// Patients who may be the same person as somebody.
    pub fn alike(&self, somebody: &Somebody, at: DateTime<FixedOffset>) -> Vec<FoundPatient> {
        self.alike_but(somebody, None, self.zone().day(at))
    }

    /// The same, one's own chart left out.
    pub(super) fn alike_but(&self, somebody: &Somebody, own: Option<ChartId>, today: Day) -> Vec<FoundPatient> {
        let alike = care::alike(somebody, own, self.sheets.values());
        let line = |(chart, why): (ChartId, Alike)| Some(self.found(self.sheets.get(&chart)?, Some(why), today));
        alike.into_iter().filter_map(line).collect()
    }

    /// Refuses a second record of what looks like one person, until it was said that it is somebody else.
    pub(super) fn check_not_on_file(&self, patient: &NewPatient, at: DateTime<FixedOffset>) -> Result<(), Refusal> {
        let who = &patient.registration;
        let somebody = Somebody {
            given: who.given.clone(),
            family: who.family.clone(),
            preferred: who.preferred.clone(),
            birth: who.birth,
            mrn: who.mrn.clone(),
            phone: who.phones.first().cloned(),
        };
        let on_file = self.alike(&somebody, at).into_iter().find(|found| {
            let likely = found.alike.is_some_and(Alike::is_likely_one_person);
            likely && !patient.not_these.contains(&found.chart)
        });
        match on_file {
            None => Ok(()),
            Some(found) => Err(Refusal::OnFile(found.on_file_words())),
        }
    }

    pub(super) fn found(&self, sheet: &Flowsheet, alike: Option<Alike>, today: Day) -> FoundPatient {
        FoundPatient {
            chart: sheet.chart,
            name: sheet.list_name(),
            birth: sheet.who.birth,
            mrn: sheet.who.mrn.clone(),
            status: status_words(sheet.status_on(today)),
            alike,
        }
    }
}

impl FoundPatient {
    /// That this patient is on file, as a sentence without its full stop: by the number, or by name and birth date.
    pub fn on_file_words(&self) -> String {
        let born = self.birth.map_or_else(
            || "birth date unknown".to_owned(),
            |day| format!("born {}", day.date().format("%-d %b %Y")),
        );
        match (&self.mrn, self.alike) {
            (Some(mrn), Some(Alike::Mrn)) => format!("MRN {mrn} is on file: {}, {born}", self.name),
            (Some(mrn), _) => format!("{}, {born}, is on file with MRN {mrn}", self.name),
            (None, _) => format!("{}, {born}, is on file without an MRN", self.name),
        }
    }
}
