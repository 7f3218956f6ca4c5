//! One patient's entries and the state folded from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::facts::{Corrected, Protection};
use super::{ChartId, Digest, Draft, Entry, EntryId, Fact, Kinds, PersonId, Slot, Stamp};

/// One patient's entries, or the registry's own. A set: order of arrival makes no difference.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Chart {
    entries: BTreeMap<(EntryId, Digest), Entry>,
}

impl Chart {
    /// Adds an entry; whether it was new.
    pub fn insert(&mut self, entry: Entry) -> bool {
        self.entries.insert((entry.id(), entry.digest()), entry).is_none()
    }
    /// Whether an entry with this id and these bytes is here.
    pub fn holds(&self, id: EntryId, digest: Digest) -> bool {
        self.entries.contains_key(&(id, digest))
    }
    /// All entries, by id.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    /// A digest of the set of entries, whatever their order.
    pub fn digest(&self) -> Digest {
        self.entries.values().fold(Digest::ZERO, |sum, e| sum.plus(e.digest()))
    }
    /// Ids that came with two contents: both are kept, and this is named as damage.
    pub fn damaged(&self) -> Vec<EntryId> {
        let ids: Vec<EntryId> = self.entries.keys().map(|(id, _)| *id).collect();
        ids.windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }
    /// Whether somebody erased this chart.
    pub fn is_erased(&self) -> bool {
        self.entries.values().any(|e| matches!(e.fact(), Fact::Erased(_)))
    }
    /// Whether somebody erased this chart elsewhere, and all of it is still here.
    pub fn erasure_waits(&self) -> bool {
        self.is_erased() && self.entries.values().any(|e| !matches!(e.fact(), Fact::Erased(_)))
    }
    /// The chart as it is without what says that it was erased.
    #[must_use]
    pub fn unerased(&self) -> Chart {
        let stays = |e: &Entry| !matches!(e.fact(), Fact::Erased(_));
        let kept = self.entries.iter().filter(|(_, e)| stays(e));
        Chart {
            entries: kept.map(|(k, e)| (*k, e.clone())).collect(),
        }
    }
    /// Keeps only the entries that say that the chart was erased, when there are any.
    pub(super) fn drop_erased(&mut self) {
        if self.is_erased() {
            self.entries.retain(|_, e| matches!(e.fact(), Fact::Erased(_)));
        }
    }
    /// The chart with only what was written up to a stamp's time, in milliseconds since 1970.
    pub fn known_at(&self, millis: u64) -> Chart {
        let kept = self.entries.iter().filter(|(_, e)| e.stamp().millis() <= millis);
        Chart {
            entries: kept.map(|(k, e)| (*k, e.clone())).collect(),
        }
    }
    /// The state that follows from the entries.
    pub fn fold(&self) -> Folded {
        self.fold_kinds(Kinds::all())
    }
    /// The same, where what corrections and moves say is read by a reading that may not know all kinds.
    pub fn fold_kinds(&self, kinds: Kinds) -> Folded {
        Folded::of(self, kinds)
    }
}

impl fmt::Debug for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chart({} entries)", self.len())
    }
}

/// An entry with the content that holds today: its own, or its correction's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// The entry.
    pub id: EntryId,
    /// When it was written.
    pub stamp: Stamp,
    /// Who wrote it.
    pub author: PersonId,
    /// The content that holds.
    pub fact: Fact,
    /// The entry that corrected it.
    pub corrected_by: Option<EntryId>,
    /// The entries that it validly replaces.
    pub replaces: Vec<EntryId>,
    /// Whether it was first written on the wrong patient.
    pub moved: bool,
}

/// A chart's state: what holds, slot by slot, and what happened, in the order in which it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    live: Vec<Live>,
    heads: BTreeMap<Slot, Vec<usize>>,
    void: BTreeMap<EntryId, EntryId>,
    /// What the entries that were corrected said before.
    written: BTreeMap<EntryId, Fact>,
    /// Entries that are void, as they were written: one comes back when what voids it is entered in error itself.
    gone: BTreeMap<EntryId, Live>,
    /// Links to entries that are void, with the others of the same entry: they count again when those come back.
    links: BTreeMap<EntryId, Vec<EntryId>>,
    erased: bool,
}

impl Folded {
    fn of(chart: &Chart, kinds: Kinds) -> Self {
        if chart.is_erased() {
            return Self {
                erased: true,
                ..Self::default()
            };
        }
        let mut newest_first: Vec<&Entry> = chart.entries().collect();
        newest_first.sort_by_key(|e| std::cmp::Reverse((e.stamp(), e.id(), e.digest())));

        // What answers an entry is always newer than it, so one pass from the newest finds what is void or corrected.
        let mut corrections = Corrections::default();
        let mut live: Vec<Live> = Vec::with_capacity(newest_first.len());
        let (mut void, mut written, mut gone) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for entry in newest_first {
            match corrections.standing(entry.id()) {
                Standing::Void(by) => {
                    void.insert(entry.id(), by);
                    gone.insert(entry.id(), Live::new(entry, content(entry.fact(), kinds), None));
                    continue;
                }
                Standing::Corrected(by, fact) => {
                    written.insert(entry.id(), content(entry.fact(), kinds));
                    live.push(Live::new(entry, fact, Some(by)));
                }
                Standing::AsWritten => live.push(Live::new(entry, content(entry.fact(), kinds), None)),
            }
            corrections.note(entry, kinds);
        }
        live.reverse();
        let is_to_void = |l: &&Live| l.replaces.iter().any(|old| void.contains_key(old));
        let links = live.iter().filter(is_to_void).map(|l| (l.id, l.replaces.clone()));
        let links = links.collect();
        let heads = heads(&mut live);
        Self {
            live,
            heads,
            void,
            written,
            gone,
            links,
            erased: false,
        }
    }

    /// The state that follows once these are written after all others, in this order.
    #[must_use]
    pub fn with<'d>(&self, drafts: impl IntoIterator<Item = (EntryId, &'d Draft)>, author: PersonId) -> Self {
        let mut next = self.clone();
        let last = self.live.last().map_or(0, |live| live.stamp.millis());
        for ((id, draft), after) in drafts.into_iter().zip(1..) {
            match &draft.fact {
                Fact::EnteredInError(e) => next.take_back(e.entry, id),
                Fact::Corrected(c) => next.put_right(c.entry, (id, c)),
                _ => {}
            }
            next.live.push(Live {
                id,
                stamp: Stamp::new(last + after, 0, 0),
                author,
                fact: content(&draft.fact, Kinds::all()),
                corrected_by: None,
                replaces: draft.replaces.clone(),
                moved: matches!(draft.fact, Fact::MovedHere(_)),
            });
        }
        next.heads = heads(&mut next.live);
        next
    }

    fn put_right(&mut self, entry: EntryId, (by, correction): (EntryId, &Corrected)) {
        if let Some(live) = self.live.iter_mut().find(|live| live.id == entry) {
            self.written.entry(entry).or_insert_with(|| live.fact.clone());
            live.fact = Fact::read(&correction.kind, &correction.fact.to_string());
            live.corrected_by = Some(by);
        }
    }

    /// An entry is void from now on. What it answered is answered by what is left, or as it was written first.
    fn take_back(&mut self, entry: EntryId, by: EntryId) {
        self.void.insert(entry, by);
        let Some(at) = self.live.iter().position(|live| live.id == entry) else {
            return;
        };
        let mut taken = self.live.remove(at);
        if let Some(fact) = self.written.remove(&entry) {
            (taken.fact, taken.corrected_by) = (fact, None);
        }
        let about = answered(&taken.fact);
        self.gone.insert(entry, taken);
        if let Some(about) = about {
            self.answer_anew(about);
        }
    }

    /// The newest answer to an entry that is left holds: it is void, it is corrected, or it stands as it was written.
    fn answer_anew(&mut self, entry: EntryId) {
        let mut answers = self.live.iter().rev();
        let newest = answers.find(|live| answered(&live.fact) == Some(entry));
        let newest = newest.map(|live| (live.id, live.fact.clone()));
        match newest {
            Some((by, Fact::EnteredInError(_))) => self.take_back(entry, by),
            Some((by, Fact::Corrected(correction))) => {
                self.bring_back(entry);
                self.put_right(entry, (by, &correction));
            }
            _ => {
                self.bring_back(entry);
                if let Some(fact) = self.written.remove(&entry)
                    && let Some(live) = self.live.iter_mut().find(|live| live.id == entry)
                {
                    (live.fact, live.corrected_by) = (fact, None);
                }
            }
        }
    }

    /// An entry that was void stands again, in its place, with the links to it.
    fn bring_back(&mut self, entry: EntryId) {
        let Some(back) = self.gone.remove(&entry) else {
            return;
        };
        self.void.remove(&entry);
        for live in &mut self.live {
            if let Some(links) = self.links.get(&live.id).filter(|links| links.contains(&entry)) {
                live.replaces.clone_from(links);
            }
        }
        let about = answered(&back.fact);
        let place = |live: &Live| (live.stamp, live.id) < (back.stamp, back.id);
        let at = self.live.partition_point(place);
        self.live.insert(at, back);
        if let Some(about) = about {
            self.answer_anew(about);
        }
    }

    /// What holds, in the order in which it was written.
    pub fn live(&self) -> &[Live] {
        &self.live
    }
    /// The current entries of a slot, oldest first; more than one is a fork.
    pub fn heads(&self, slot: &Slot) -> Vec<&Live> {
        self.heads
            .get(slot)
            .into_iter()
            .flatten()
            .filter_map(|i| self.live.get(*i))
            .collect()
    }
    /// The current entry of a slot; of a fork's, the newer.
    pub fn head(&self, slot: &Slot) -> Option<&Live> {
        self.heads
            .get(slot)
            .and_then(|heads| heads.last())
            .and_then(|i| self.live.get(*i))
    }
    /// All slots that are set.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.heads.keys()
    }
    /// The marks that are set, by the entry that they are set on, each with when it was last set. Of a forked mark one that
    /// is set is enough.
    pub fn marks(&self) -> BTreeMap<EntryId, BTreeMap<Protection, Stamp>> {
        let is_set = |live: &&Live| matches!(&live.fact, Fact::Mark(mark) if mark.is_set());
        let mut marks: BTreeMap<EntryId, BTreeMap<Protection, Stamp>> = BTreeMap::new();
        for slot in self.slots() {
            let Slot::Mark(entry, protection) = slot else { continue };
            let set = self.heads(slot).into_iter().filter(is_set).map(|live| live.stamp);
            if let Some(stamp) = set.max() {
                marks.entry(*entry).or_default().insert(*protection, stamp);
            }
        }
        marks
    }
    /// Slots with more than one current entry, for a person to settle.
    pub fn forks(&self) -> impl Iterator<Item = (&Slot, Vec<&Live>)> {
        self.heads
            .iter()
            .filter(|(_, h)| h.len() > 1)
            .map(|(slot, _)| (slot, self.heads(slot)))
    }
    /// The entry that says that another was made in error.
    pub fn voided_by(&self, entry: EntryId) -> Option<EntryId> {
        self.void.get(&entry).copied()
    }
    /// An entry that was made in error, as it was written.
    pub fn gone(&self, entry: EntryId) -> Option<&Live> {
        self.gone.get(&entry)
    }
    /// What an entry that was corrected said first.
    pub fn first_written(&self, entry: EntryId) -> Option<&Fact> {
        self.written.get(&entry)
    }
    /// Whether the chart was erased.
    pub fn is_erased(&self) -> bool {
        self.erased
    }
    /// The ids that a new entry of this slot replaces: all its current ones.
    pub fn replaced_by_next(&self, slot: &Slot) -> Vec<EntryId> {
        self.heads(slot).into_iter().map(|l| l.id).collect()
    }
}

impl Live {
    fn new(entry: &Entry, fact: Fact, corrected_by: Option<EntryId>) -> Self {
        let (id, stamp, author) = (entry.id(), entry.stamp(), entry.author());
        Self {
            id,
            stamp,
            author,
            fact,
            corrected_by,
            replaces: entry.replaces().to_vec(),
            moved: matches!(entry.fact(), Fact::MovedHere(_)),
        }
    }
}

/// The entry that a fact corrects or says to be made in error.
fn answered(fact: &Fact) -> Option<EntryId> {
    match fact {
        Fact::Corrected(c) => Some(c.entry),
        Fact::EnteredInError(e) => Some(e.entry),
        _ => None,
    }
}

/// What an entry says: what was moved here says what it said in the wrong chart.
fn content(fact: &Fact, kinds: Kinds) -> Fact {
    match fact {
        Fact::MovedHere(moved) => kinds.read(&moved.kind, &moved.fact.to_string()),
        other => other.clone(),
    }
}

#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "one at a time is alive, and moved once")
)]
enum Standing {
    AsWritten,
    Corrected(EntryId, Fact),
    Void(EntryId),
}

/// The newest valid answer to each entry, gathered from the newest entry to the oldest.
#[derive(Default)]
struct Corrections(BTreeMap<EntryId, (EntryId, Option<Fact>)>);

impl Corrections {
    fn note(&mut self, entry: &Entry, kinds: Kinds) {
        let (target, answer) = match entry.fact() {
            Fact::Corrected(c) => (c.entry, Some(kinds.read(&c.kind, &c.fact.to_string()))),
            Fact::EnteredInError(e) => (e.entry, None),
            _ => return,
        };
        self.0.entry(target).or_insert((entry.id(), answer));
    }
    fn standing(&self, id: EntryId) -> Standing {
        match self.0.get(&id) {
            None => Standing::AsWritten,
            Some((by, Some(fact))) => Standing::Corrected(*by, fact.clone()),
            Some((by, None)) => Standing::Void(*by),
        }
    }
}

/// The current entries of each slot. A link counts only within one slot and towards a smaller stamp.
fn heads(live: &mut [Live]) -> BTreeMap<Slot, Vec<usize>> {
    let place: BTreeMap<EntryId, (Option<Slot>, Stamp)> =
        live.iter().map(|l| (l.id, (l.fact.slot(), l.stamp))).collect();
    let mut replaced = BTreeSet::new();
    for entry in live.iter_mut() {
        let slot = entry.fact.slot();
        let stamp = entry.stamp;
        entry.replaces.retain(|old| match place.get(old) {
            Some((old_slot, old_stamp)) => slot.is_some() && *old_slot == slot && *old_stamp < stamp,
            None => false,
        });
        replaced.extend(entry.replaces.iter().copied());
    }
    let mut heads: BTreeMap<Slot, Vec<usize>> = BTreeMap::new();
    for (i, entry) in live.iter().enumerate() {
        if let Some(slot) = entry.fact.slot()
            && !replaced.contains(&entry.id)
        {
            heads.entry(slot).or_default().push(i);
        }
    }
    heads
}

/// Which chart an entry belongs to, for a map of charts.
pub(super) type Charts = BTreeMap<ChartId, Chart>;
