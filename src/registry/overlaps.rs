//! Time on record that shares seconds with what is about to be saved.

use super::api::Failure;
use super::books::Books;
use super::views::*;
use crate::care::intent::Intent;
use crate::care::overlap::{Overlap, Proposed, overlaps};
use crate::care::settle::times_of;
use crate::journal::{Fact, PersonId};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// What the time of an intent overlaps, in order of the clock, in all records. What is erased overlaps nothing.
    ///
    /// # Errors
    /// When a record with such time can't be read.
    pub(super) async fn overlaps(&mut self, intent: &Intent) -> Result<Vec<OverlapView>, Failure> {
        let mut found: Vec<Overlap> = Vec::new();
        for proposed in times_of(intent, self.me) {
            let by = proposed.by.iter().flat_map(|by| self.names_of(*by)).collect();
            let proposed = Proposed { by, ..proposed };
            found.extend(overlaps(&proposed, self.sheets.values().filter(|sheet| !sheet.erased)));
        }
        let mut views = Vec::new();
        for overlap in found {
            let chart = self.read_again(overlap.chart).await?;
            let (folded, sheet) = self.fold(overlap.chart, &chart);
            let live = folded.live().iter().find(|live| live.id == overlap.entry);
            let Some(Fact::Time(time)) = live.map(|live| &live.fact) else {
                continue;
            };
            let is_mine = self.names_of(self.me).contains(&time.by);
            views.push(OverlapView {
                chart: overlap.chart,
                name: sheet.list_name(),
                entry: overlap.entry,
                line: format!(
                    "{} min, {}",
                    time.seconds.whole_minutes(),
                    self.office
                        .activity(time.activity, time.own.as_ref().map(|own| own.name.as_str()))
                ),
                by: (!is_mine).then(|| self.office.name(time.by)),
                whole: overlap.whole,
                shared: overlap.shared,
                time: time.clone(),
            });
        }
        Ok(views)
    }

    /// A person under all names on file.
    pub(super) fn names_of(&self, person: PersonId) -> Vec<PersonId> {
        let who = self.office.stands_for(person);
        let mut names = vec![person];
        names.extend(
            self.office
                .people
                .keys()
                .copied()
                .filter(|other| *other != person && self.office.stands_for(*other) == who),
        );
        names
    }
}
