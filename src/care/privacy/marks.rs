//! The marks that are set, and where they go when what they are set on goes.

use std::collections::{BTreeMap, BTreeSet};

use super::{about, goes_with, why};
use crate::journal::facts::{Mark, MarkState, Protection};
use crate::journal::{EntryId, Fact, Folded, Live, Slot, Stamp};

pub(super) fn is_set(live: &&Live) -> bool {
    matches!(&live.fact, Fact::Mark(mark) if mark.is_set())
}

/// The marks that are set on what has a slot, by slot: all its versions are held back with the one that is marked.
pub(super) fn marked_slots(
    folded: &Folded,
    marks: &BTreeMap<EntryId, BTreeMap<Protection, Stamp>>,
) -> BTreeMap<Slot, BTreeSet<Protection>> {
    let mut slots: BTreeMap<Slot, BTreeSet<Protection>> = BTreeMap::new();
    for live in folded.live() {
        if let (Some(own), Some(slot)) = (marks.get(&live.id), live.fact.slot()) {
            slots.entry(slot).or_default().extend(own.keys());
        }
    }
    slots
}

/// The marks by slot, each also for what is said of what is held: marked advice holds the change that carries it out, and
/// that one the medicine that it put on the list, with all its versions.
pub(super) fn held_slots(
    folded: &Folded,
    marks: &BTreeMap<EntryId, BTreeMap<Protection, Stamp>>,
) -> BTreeMap<Slot, BTreeSet<Protection>> {
    let mut slots = marked_slots(folded, marks);
    if slots.is_empty() {
        return slots;
    }
    let said: Vec<(Slot, Vec<Slot>)> = folded
        .live()
        .iter()
        .filter_map(|live| Some((live.fact.slot()?, about(&live.fact))))
        .filter(|(_, of)| !of.is_empty())
        .collect();
    loop {
        let mut grew = false;
        for (slot, of) in &said {
            let held = of.iter().filter_map(|of| slots.get(of)).flatten();
            let held: BTreeSet<Protection> = held.copied().collect();
            for protection in held {
                grew |= slots.entry(slot.clone()).or_default().insert(protection);
            }
        }
        if !grew {
            return slots;
        }
    }
}

/// The marks that hold an entry back: its own, and those of what it is a version of or was said about. Each is as it
/// would be written for another entry that says the same.
pub fn marks_of(folded: &Folded, live: &Live, other: EntryId) -> Vec<Mark> {
    let all = folded.marks();
    let why = why(live, &all, &held_slots(folded, &all));
    let mark = |protection| {
        let own = folded.head(&Slot::Mark(live.id, protection)).map(|head| &head.fact);
        Mark {
            entry: other,
            why: protection,
            state: match own {
                Some(Fact::Mark(own)) if own.is_set() => own.state.clone(),
                _ => MarkState::Set { note: None },
            },
        }
    };
    why.into_iter().map(|why| mark(why.protection)).collect()
}

/// What has to be marked when some entries are made void, so that what they held back stays held back: of something
/// that is set again the newest version that remains; where none does, what was said and done about it.
pub fn marks_that_stay(folded: &Folded, void: &[EntryId]) -> Vec<Mark> {
    let remains = |live: &&Live| !void.contains(&live.id);
    let held = held_slots(folded, &folded.marks());
    let mut stay: Vec<Mark> = Vec::new();
    for live in folded.live().iter().filter(|live| void.contains(&live.id)) {
        let Some(slot) = live.fact.slot() else { continue };
        let versions = || {
            let of_slot = |other: &&Live| other.fact.slot().as_ref() == Some(&slot);
            folded.live().iter().filter(remains).filter(of_slot)
        };
        let said = || {
            let about_it = |other: &&Live| goes_with(&other.fact).contains(&slot);
            folded.live().iter().filter(remains).filter(about_it)
        };
        for protection in [Protection::Part2, Protection::MinorConsented] {
            let set = |on: EntryId| {
                let heads = folded.heads(&Slot::Mark(on, protection)).into_iter();
                heads.filter(remains).find(is_set).map(|head| &head.fact)
            };
            let (own, is_own) = match set(live.id) {
                Some(Fact::Mark(own)) => (own.clone(), true),
                // It was held back with what it is about, and held back in turn what was said of it.
                _ if held.get(&slot).is_some_and(|why| why.contains(&protection)) => {
                    let state = MarkState::Set { note: None };
                    let (entry, why) = (live.id, protection);
                    (Mark { entry, why, state }, false)
                }
                _ => continue,
            };
            let to_mark: Vec<&Live> = match versions().next_back() {
                Some(_) if !is_own => continue,
                Some(_) if versions().any(|other| set(other.id).is_some()) => continue,
                Some(newest) => vec![newest],
                None => said().filter(|other| set(other.id).is_none()).collect(),
            };
            stay.extend(to_mark.into_iter().map(|other| Mark {
                entry: other.id,
                ..own.clone()
            }));
        }
    }
    stay.sort_by_key(|mark| (mark.entry, mark.why));
    stay.dedup_by_key(|mark| (mark.entry, mark.why));
    stay
}
