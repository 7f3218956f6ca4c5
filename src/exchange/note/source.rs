//! What a note is built from.

use std::collections::{BTreeMap, BTreeSet};

use crate::care::AsOf;
use crate::flowsheet::{EpisodeLine, Flowsheet};
use crate::journal::facts::{Clinic, Person};
use crate::journal::{Day, EntryId, Fact, Folded, Live, PersonId, Slot, When};

/// One patient's chart, its numbers, and who and when it is read.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The chart.
    pub folded: &'a Folded,
    /// Its numbers.
    pub sheet: &'a Flowsheet,
    /// The moment and the rules.
    pub at: AsOf<'a>,
    /// People by id.
    pub people: &'a BTreeMap<PersonId, Person>,
    /// The clinic.
    pub clinic: &'a Clinic,
    /// Who writes.
    pub me: PersonId,
    /// Entries that must not be told.
    pub held: &'a BTreeSet<EntryId>,
    /// Entries that are held back and may be told: a person confirmed each.
    pub confirmed: &'a BTreeSet<EntryId>,
}

impl<'a> Source<'a> {
    /// What holds, in the order in which it was written, but what is held back.
    pub fn live(&self) -> impl DoubleEndedIterator<Item = &'a Live> + use<'a> {
        let held = self.held;
        self.folded.live().iter().filter(move |live| !held.contains(&live.id))
    }
    /// The current entry of each slot, but what is held back.
    pub fn set(&self) -> impl Iterator<Item = &'a Live> + use<'a> {
        let (folded, held) = (self.folded, self.held);
        let heads = folded.slots().filter_map(move |slot| folded.head(slot));
        heads.filter(move |live| !held.contains(&live.id))
    }
    /// The current fact of a slot, unless it is held back.
    pub fn head(&self, slot: &Slot) -> Option<&'a Fact> {
        let head = self.folded.head(slot)?;
        (!self.held.contains(&head.id)).then_some(&head.fact)
    }
    /// The episode of a day.
    pub fn episode(&self, day: Day) -> Option<&'a EpisodeLine> {
        self.sheet.episode_on(day)
    }
    /// A person's name with the credential; what their id can't tell is said plainly.
    pub fn name(&self, id: PersonId) -> String {
        let known = self.people.get(&id);
        let known = known
            .and_then(|p| p.same_as)
            .and_then(|same| self.people.get(&same))
            .or(known);
        match known {
            Some(person) => match &person.credential {
                Some(credential) => format!("{}, {credential}", person.name),
                None => person.name.clone(),
            },
            None => "someone not on file".to_owned(),
        }
    }
    /// The clinic's day of something.
    pub fn day(&self, at: When) -> Day {
        self.at.day_of(at)
    }
    /// When, in words: `Fri 20 Nov 2026 14:05`.
    pub fn when(&self, at: When) -> String {
        let day = self.day(at).date().format("%a %-d %b %Y").to_string();
        match at {
            When::At(at) => format!("{day} {}", self.at.office.zone.local(at).format("%H:%M")),
            When::Day(_) => day,
        }
    }
}

/// A day in words: `20 Nov 2026`.
pub(super) fn date(day: Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}
