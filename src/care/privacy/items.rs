//! What is held back of a chart, with everything that would tell of it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::marks::{is_set, marked_slots};
use super::{WhyHeld, covers_of, goes_with, held_back};
use crate::journal::facts::{Protection, Status};
use crate::journal::{Chart, Entry, EntryId, Fact, Folded, Live, Slot, Stamp};

/// Something that is held back: one entry, or all versions of what is set again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldItem {
    /// The entry that is shown for it: of several versions the newest.
    pub entry: EntryId,
    /// Why.
    pub why: Vec<WhyHeld>,
    /// Every entry that stays behind with it: versions, corrections, minutes of a held contact, the marks themselves.
    pub entries: BTreeSet<EntryId>,
}

/// What is held back of a chart, with everything that would tell of it: for a file that holds entries as they are.
///
/// A file holds each version as it was written, also one that was made in error since. So what was set again is one item
/// over all its entries, whichever of them is marked and whichever still stands; unless a person said later of one that
/// stands that it is free.
pub fn held_items(chart: &Chart, folded: &Folded) -> Vec<HeldItem> {
    let marks = folded.marks();
    let by_slot = marked_slots(folded, &marks);
    let mut items: BTreeMap<ItemKey, HeldItem> = BTreeMap::new();
    let held = held_back(folded);
    for live in folded.live() {
        let Some(why) = held.get(&live.id) else { continue };
        // A step goes where its goal goes, an answer where the advice goes, unless it has a mark of its own.
        let is_marked = |slot: &Slot| by_slot.contains_key(slot);
        if !marks.contains_key(&live.id) && !live.fact.slot().as_ref().is_some_and(is_marked) {
            continue;
        }
        add(&mut items, key(live.fact.slot(), live.id), live.id, why).entry = live.id;
    }
    for raw in chart.entries() {
        let stands = || folded.live().iter().any(|live| live.id == raw.id());
        let Some(own) = marks.get(&raw.id()).filter(|_| !stands()) else {
            continue;
        };
        let fact = inner(raw.fact());
        for (protection, set) in own {
            let slot = fact.slot().filter(|slot| !is_freed(folded, slot, *protection, *set));
            let why = WhyHeld {
                protection: *protection,
                about: covers_of(&fact),
            };
            add(&mut items, key(slot, raw.id()), raw.id(), &[why]);
        }
    }
    if items.is_empty() {
        return Vec::new();
    }
    for raw in chart.entries() {
        let versions = key(inner(raw.fact()).slot(), raw.id());
        if let Some(item) = items.get_mut(&versions) {
            item.entries.insert(raw.id());
        }
    }
    let facts: Vec<(EntryId, &Fact)> = chart.entries().map(|raw| (raw.id(), raw.fact())).collect();
    let summed_up = summed_up(&facts);
    for ((slot, _), item) in &mut items {
        let stays = |raw: &Entry| item.entries.contains(&raw.id()) && is_told_at_an_end(&content(raw.fact()));
        if chart.entries().any(stays) {
            item.entries.extend(&summed_up);
        }
        with_followers(chart, slot.as_ref(), item);
    }
    let mut items: Vec<HeldItem> = items.into_values().collect();
    items.sort_by_key(|item| item.entry);
    items
}

/// An item is what was set again, or an entry alone.
type ItemKey = (Option<Slot>, Option<EntryId>);

fn key(slot: Option<Slot>, entry: EntryId) -> ItemKey {
    let alone = slot.is_none().then_some(entry);
    (slot, alone)
}

/// Adds an entry to its item.
fn add<'i>(
    items: &'i mut BTreeMap<ItemKey, HeldItem>,
    key: ItemKey,
    entry: EntryId,
    why: &[WhyHeld],
) -> &'i mut HeldItem {
    let item = items.entry(key).or_insert_with(|| HeldItem {
        entry,
        why: Vec::new(),
        entries: BTreeSet::new(),
    });
    item.entries.insert(entry);
    item.why.extend_from_slice(why);
    item.why.sort();
    item.why.dedup();
    item
}

/// Whether a person took the mark away from a version that stands, after it was set on one that doesn't.
fn is_freed(folded: &Folded, slot: &Slot, protection: Protection, set: Stamp) -> bool {
    let mut standing = folded
        .live()
        .iter()
        .filter(|live| live.fact.slot().as_ref() == Some(slot));
    standing.any(|live| {
        let heads = folded.heads(&Slot::Mark(live.id, protection));
        let is_removal = |head: &&Live| !is_set(head) && set < head.stamp;
        !heads.is_empty() && heads.iter().all(is_removal)
    })
}

/// Adds what would tell of an item that is held back by a slot or alone, and what that is told by in turn. A copy may be
/// written before what corrects it, so it goes round until nothing is added.
fn with_followers(chart: &Chart, slot: Option<&Slot>, item: &mut HeldItem) {
    let mut slots: BTreeSet<Slot> = slot.cloned().into_iter().collect();
    let mut about = BTreeSet::new();
    loop {
        let before = (item.entries.len(), slots.len());
        for entry in chart.entries() {
            let fact = entry.fact();
            let content = content(fact);
            let is_said_of_it = goes_with(&content).iter().any(|slot| slots.contains(slot));
            if is_said_of_it {
                slots.extend(content.slot());
                // A release has to cover what goes along too: advice is of the course, the medicine that came of it isn't.
                about.insert(covers_of(&content));
            }
            if is_said_of_it || tells_of(fact, &item.entries) || tells_of(&content, &item.entries) {
                item.entries.insert(entry.id());
            }
            // It was about this all along, whatever it named at first.
            if let Fact::Corrected(corrected) = fact
                && is_said_of_it
            {
                item.entries.insert(corrected.entry);
            }
        }
        if (item.entries.len(), slots.len()) == before {
            break;
        }
    }
    let protections: BTreeSet<Protection> = item.why.iter().map(|why| why.protection).collect();
    let both = |about| {
        protections.iter().map(move |protection| WhyHeld {
            protection: *protection,
            about,
        })
    };
    item.why = about.into_iter().flat_map(both).chain(item.why.drain(..)).collect();
    item.why.sort();
    item.why.dedup();
}

/// Some entries with what else stands that tells of them.
pub fn with_what_tells(folded: &Folded, entries: &BTreeSet<EntryId>) -> BTreeSet<EntryId> {
    let live = || folded.live().iter();
    let mut all = entries.clone();
    if live().any(|live| entries.contains(&live.id) && is_told_at_an_end(&live.fact)) {
        let facts: Vec<(EntryId, &Fact)> = live().map(|live| (live.id, &live.fact)).collect();
        all.extend(summed_up(&facts));
    }
    with_all_that_tells(folded, &all)
}

fn with_all_that_tells(folded: &Folded, entries: &BTreeSet<EntryId>) -> BTreeSet<EntryId> {
    let mut all = entries.clone();
    let tells = folded.live().iter().filter(|live| tells_of(&live.fact, entries));
    all.extend(tells.map(|live| live.id));
    match all.len() == entries.len() {
        true => all,
        false => with_all_that_tells(folded, &all),
    }
}

/// Whether a fact tells of one of some entries: it corrects it, says that it was made in error, marks it, holds its
/// minutes, or holds a text that was written from it.
fn tells_of(fact: &Fact, entries: &BTreeSet<EntryId>) -> bool {
    match fact {
        Fact::Corrected(corrected) => entries.contains(&corrected.entry),
        Fact::EnteredInError(error) => entries.contains(&error.entry),
        Fact::Mark(mark) => entries.contains(&mark.entry),
        Fact::Time(time) => time.of.is_some_and(|of| entries.contains(&of)),
        Fact::EhrCopy(copy) => copy.of.iter().chain(&copy.held).any(|of| entries.contains(of)),
        Fact::Communication(message) => message.held.iter().any(|held| entries.contains(held)),
        Fact::CoSigned(signed) => signed.entries.iter().any(|of| entries.contains(of)),
        _ => false,
    }
}

/// Notes that were copied from a closing, and letters that were written from one: their text sums up the course, with
/// totals and tasks of which nothing else says that they are in it.
fn summed_up(facts: &[(EntryId, &Fact)]) -> BTreeSet<EntryId> {
    let closings: BTreeSet<EntryId> = facts
        .iter()
        .filter(|(_, fact)| is_closing(&content(fact)))
        .map(|(id, fact)| match fact {
            Fact::Corrected(corrected) => corrected.entry,
            _ => *id,
        })
        .collect();
    let is_one = |fact: &Fact| match fact {
        Fact::EhrCopy(copy) => copy.of.iter().chain(&copy.held).any(|of| closings.contains(of)),
        Fact::Communication(message) => message.closing.is_some_and(|closing| closings.contains(&closing)),
        _ => false,
    };
    let found = facts.iter().filter(|(_, fact)| is_one(&content(fact)));
    found.map(|(id, _)| *id).collect()
}

fn is_closing(fact: &Fact) -> bool {
    matches!(fact, Fact::StatusChange(change) if matches!(change.status, Status::Closed { .. }))
}

/// What a closing note or a letter about the end of an episode tells of.
fn is_told_at_an_end(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Assessment(_)
            | Fact::Task(_)
            | Fact::RelapsePlan(_)
            | Fact::Recommendation(_)
            | Fact::OutgoingReferral(_)
    )
}

/// What an entry says, also where it says it of another.
fn content(fact: &Fact) -> Cow<'_, Fact> {
    match fact {
        Fact::Corrected(corrected) => Cow::Owned(Fact::read(&corrected.kind, &corrected.fact.to_string())),
        fact => inner(fact),
    }
}

/// What a moved entry said in the wrong chart.
fn inner(fact: &Fact) -> Cow<'_, Fact> {
    match fact {
        Fact::MovedHere(moved) => Cow::Owned(Fact::read(&moved.kind, &moved.fact.to_string())),
        other => Cow::Borrowed(other),
    }
}
