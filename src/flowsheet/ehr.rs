//! What of a chart belongs into the clinic's EHR, note by note, and which of it is there.
//!
//! A note is about what was saved together: a contact with its measures, its minutes and what was decided in it; a concern
//! with all that was done about it; what changed in the plan on a day. What a kind of fact means is not needed for that, so
//! a kind that is new here waits in the queue like any other.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::journal::facts::*;
use crate::journal::{Day, EntryId, Fact, Folded, Live, PersonId, ThingId, When, Zone};

/// A note that is not in the EHR, or not as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EhrLine {
    /// The entry that it is about.
    pub anchor: EntryId,
    /// What it is about.
    pub kind: NoteKind,
    /// The clinic's day of that.
    pub day: Day,
    /// Why it waits.
    pub state: EhrState,
}

/// Whether a note is in the EHR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EhrState {
    /// It was never taken over.
    New,
    /// It was corrected, or more was written, since it was taken over.
    Changed,
    /// It was taken over, and then entered in error here.
    Withdrawn,
    /// It is there as it stands.
    Copied,
}

/// What one note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EhrItem {
    /// What kind of note.
    pub kind: NoteKind,
    /// The entry that it is about; the first of several.
    pub anchor: EntryId,
    /// All entries that it tells of, as they were written, with the corrections of them.
    pub told: Vec<EntryId>,
    /// When that was.
    pub at: When,
    /// The clinic's day of it.
    pub day: Day,
    /// Who wrote it.
    pub by: PersonId,
    /// Whether it is in the EHR.
    pub state: EhrState,
}

/// The notes of a chart that are not in the EHR as they stand, oldest first.
pub(super) fn pending(folded: &Folded, zone: Zone) -> Vec<EhrLine> {
    let items = ehr_items(folded, zone).into_iter();
    let waits = items.filter(|item| item.state != EhrState::Copied);
    waits
        .map(|item| EhrLine {
            anchor: item.anchor,
            kind: item.kind,
            day: item.day,
            state: item.state,
        })
        .collect()
}

/// All notes of a chart, oldest first. What a spreadsheet brought in is left out: it came from elsewhere.
pub fn ehr_items(folded: &Folded, zone: Zone) -> Vec<EhrItem> {
    let mut groups = Groups {
        folded,
        zone,
        all: Vec::new(),
        by_save: BTreeMap::new(),
        by_thing: BTreeMap::new(),
        corrections: corrections(folded),
    };
    let written = || folded.live().iter().filter(|live| !live.id.is_derived());
    // A contact gathers what was saved with it, in whatever order it was written.
    written().for_each(|live| groups.contact(live));
    written().for_each(|live| groups.take(live));
    let copies: Vec<(&Live, &EhrCopy)> = folded
        .live()
        .iter()
        .filter_map(|live| match &live.fact {
            Fact::EhrCopy(copy) => Some((live, copy)),
            _ => None,
        })
        .collect();
    let mut copied = Copied::default();
    for (_, copy) in &copies {
        copied.note(folded, copy);
    }
    let mut items: Vec<EhrItem> = groups.all.into_iter().map(|group| group.item(&copied, zone)).collect();
    for (live, copy) in copies {
        withdrawn(&mut items, folded, &copied.once, live, copy, zone);
    }
    items.sort_by_key(|item| (item.day, item.at.instant(zone), item.anchor));
    items
}

/// Entries that were taken over.
#[derive(Default)]
struct Copied {
    /// At any time.
    once: BTreeSet<EntryId>,
    /// In a note that is not to be retracted: where what it is about was entered in error, the rest goes with it.
    there: BTreeSet<EntryId>,
}

impl Copied {
    fn note(&mut self, folded: &Folded, copy: &EhrCopy) {
        self.once.extend(&copy.of);
        let anchor = copy.of.first();
        if anchor.is_some_and(|anchor| folded.voided_by(*anchor).is_none()) {
            self.there.extend(&copy.of);
        }
    }
}

/// What was taken over and was entered in error since: its note is changed, or nothing of it is left.
fn withdrawn(
    items: &mut Vec<EhrItem>,
    folded: &Folded,
    copied: &BTreeSet<EntryId>,
    live: &Live,
    copy: &EhrCopy,
    zone: Zone,
) {
    let void: Vec<(EntryId, EntryId)> = copy
        .of
        .iter()
        .filter_map(|id| Some((*id, folded.voided_by(*id)?)))
        .filter(|(_, by)| !copied.contains(by))
        .collect();
    let (false, Some(anchor)) = (void.is_empty(), copy.of.first()) else {
        return;
    };
    let answers = || void.iter().map(|(_, by)| *by);
    if let Some(item) = items.iter_mut().find(|item| item.anchor == *anchor) {
        item.told.extend(answers());
        item.told.dedup();
        if item.state != EhrState::Withdrawn {
            item.state = EhrState::Changed;
        }
        return;
    }
    items.push(EhrItem {
        kind: copy.kind,
        anchor: *anchor,
        told: answers().collect(),
        at: copy.at,
        day: copy.at.day(zone),
        by: live.author,
        state: EhrState::Withdrawn,
    });
}

struct Group<'a> {
    kind: NoteKind,
    members: Vec<&'a Live>,
    at: When,
}

impl Group<'_> {
    fn item(self, copied: &Copied, zone: Zone) -> EhrItem {
        let corrections = self.members.iter().filter_map(|live| live.corrected_by);
        let told: Vec<EntryId> = self.members.iter().map(|live| live.id).chain(corrections).collect();
        let state = match told.iter().any(|id| copied.once.contains(id)) {
            false => EhrState::New,
            true if told.iter().all(|id| copied.there.contains(id)) => EhrState::Copied,
            true => EhrState::Changed,
        };
        let (anchor, by) = self.members.first().map_or_else(
            || (EntryId::derived([0; 16]), PersonId::derived([0; 16])),
            |live| (live.id, live.author),
        );
        EhrItem {
            kind: self.kind,
            anchor,
            told,
            at: self.at,
            day: self.at.day(zone),
            by,
            state,
        }
    }
}

/// By what the notes of one save, or of one day, are found again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Save(u64, PersonId),
    Day(NoteKind, Day, PersonId),
    Entry(EntryId),
}

struct Groups<'a> {
    folded: &'a Folded,
    zone: Zone,
    all: Vec<Group<'a>>,
    by_save: BTreeMap<Key, usize>,
    by_thing: BTreeMap<ThingId, usize>,
    /// The saves in which an entry was corrected, in their order.
    corrections: BTreeMap<EntryId, Vec<Key>>,
}

impl<'a> Groups<'a> {
    fn contact(&mut self, live: &'a Live) {
        let kind = match &live.fact {
            Fact::Contact(contact) if contact.kind == ContactKind::InitialAssessment => NoteKind::InitialAssessment,
            Fact::Contact(_) => NoteKind::Contact,
            Fact::Attempt(_) => NoteKind::Attempt,
            _ => return,
        };
        let place = self.begin(kind, live);
        let day = self.happened(live).day(self.zone);
        self.by_save.insert(saved(live), place);
        self.by_save.insert(Key::Entry(live.id), place);
        // Nobody is asked anything in a try.
        if kind != NoteKind::Attempt {
            self.by_save
                .entry(Key::Day(NoteKind::Contact, day, live.author))
                .or_insert(place);
        }
    }

    fn take(&mut self, live: &'a Live) {
        match &live.fact {
            Fact::Contact(_) | Fact::Attempt(_) => {}
            Fact::Time(time) => {
                if let Some(place) = time.of.and_then(|of| self.by_save.get(&Key::Entry(of)).copied()) {
                    self.join(place, live);
                }
            }
            Fact::Assessment(_) | Fact::Declined(_) => self.measure(live),
            Fact::Concern(c) => self.about(c.concern, live),
            Fact::ConcernStep(c) => self.about(c.concern, live),
            Fact::ConcernClosed(c) => self.about(c.concern, live),
            Fact::AcuteEvent(_) => {
                self.begin(NoteKind::Safety, live);
            }
            Fact::SafetyPlan(_) => self.as_it_stands(NoteKind::Safety, live),
            Fact::RelapsePlan(_) => self.as_it_stands(NoteKind::RelapsePlan, live),
            Fact::StatusChange(change) if matches!(change.status, Status::Closed { .. }) => {
                self.as_it_stands(NoteKind::Closing, live);
            }
            Fact::CaseReview(_) => {
                let place = self.begin(NoteKind::Review, live);
                self.by_save.insert(saved(live), place);
            }
            Fact::Recommendation(advice) => {
                let with_review = self.by_save.get(&saved(live)).copied();
                let place = match with_review.filter(|place| self.kind_at(*place) == Some(NoteKind::Review)) {
                    Some(place) => self.join(place, live),
                    None => self.begin(NoteKind::Review, live),
                };
                self.by_thing.insert(advice.recommendation, place);
            }
            Fact::Answer(answer) => match self.by_thing.get(&answer.recommendation).copied() {
                Some(place) => {
                    self.join(place, live);
                }
                None => {
                    self.begin(NoteKind::Review, live);
                }
            },
            Fact::Note(_) => {
                self.begin(NoteKind::Note, live);
            }
            // What this version can't read is said in the note of the contact that it was saved with.
            Fact::Unknown => {
                if let Some(place) = self.by_save.get(&saved(live)).copied() {
                    self.join(place, live);
                }
            }
            other if is_for_the_registry_alone(other) => {}
            _ => self.change(live),
        }
    }

    fn begin(&mut self, kind: NoteKind, live: &'a Live) -> usize {
        self.all.push(Group {
            kind,
            members: vec![live],
            at: self.happened(live),
        });
        self.all.len() - 1
    }
    fn join(&mut self, place: usize, live: &'a Live) -> usize {
        if let Some(group) = self.all.get_mut(place) {
            group.members.push(live);
        }
        place
    }
    fn kind_at(&self, place: usize) -> Option<NoteKind> {
        self.all.get(place).map(|group| group.kind)
    }
    /// What sets a slot and was replaced is told by what replaced it.
    fn as_it_stands(&mut self, kind: NoteKind, live: &'a Live) {
        if self.stands(live) {
            self.begin(kind, live);
        }
    }
    fn stands(&self, live: &Live) -> bool {
        let slot = live.fact.slot();
        slot.is_none_or(|slot| self.folded.heads(&slot).iter().any(|head| head.id == live.id))
    }

    /// A measure belongs to the contact that it was saved with; one whose first answers were committed early, to the one
    /// whose form went on with it; any other, to that of its day.
    fn measure(&mut self, live: &'a Live) {
        let day = self.happened(live).day(self.zone);
        let went_on = self.corrections.get(&live.id).into_iter().flatten().copied();
        let mut of_contact =
            [saved(live)]
                .into_iter()
                .chain(went_on)
                .chain([Key::Day(NoteKind::Contact, day, live.author)]);
        let found = of_contact.find_map(|key| self.by_save.get(&key).copied());
        self.join_or_begin(found, NoteKind::Measures, day, live);
    }

    fn about(&mut self, concern: ThingId, live: &'a Live) {
        let place = match self.by_thing.get(&concern).copied() {
            Some(place) => self.join(place, live),
            None => self.begin(NoteKind::Safety, live),
        };
        self.by_thing.insert(concern, place);
    }

    /// Anything else: told with the contact that it was saved with, otherwise with what changed on the day.
    fn change(&mut self, live: &'a Live) {
        if !self.stands(live) {
            return;
        }
        let day = written(live, self.zone).day(self.zone);
        let contact = self.by_save.get(&saved(live)).copied();
        self.join_or_begin(contact, NoteKind::Plan, day, live);
    }

    fn join_or_begin(&mut self, found: Option<usize>, kind: NoteKind, day: Day, live: &'a Live) {
        let key = Key::Day(kind, day, live.author);
        match found.or_else(|| self.by_save.get(&key).copied()) {
            Some(place) => {
                self.join(place, live);
            }
            None => {
                let place = self.begin(kind, live);
                self.by_save.insert(key, place);
            }
        }
    }

    fn happened(&self, live: &Live) -> When {
        match &live.fact {
            Fact::Note(note) => note.at,
            Fact::StatusChange(change) => When::Day(change.from),
            Fact::Recommendation(advice) => When::Day(advice.day),
            Fact::Answer(answer) => When::Day(answer.day),
            Fact::SafetyPlan(plan) => When::Day(plan.day),
            Fact::RelapsePlan(plan) => When::Day(plan.day),
            Fact::Contact(_)
            | Fact::Attempt(_)
            | Fact::Assessment(_)
            | Fact::Declined(_)
            | Fact::Concern(_)
            | Fact::ConcernStep(_)
            | Fact::ConcernClosed(_)
            | Fact::AcuteEvent(_)
            | Fact::CaseReview(_) => live
                .fact
                .happened()
                .map_or_else(|| written(live, self.zone), |(_, at)| at),
            _ => written(live, self.zone),
        }
    }
}

/// Kinds that say how others are handled, by their names: a chart can hold them whatever this version knows of them.
const HOW_TO_HANDLE: [&str; 6] = [
    "mark",
    "permissions",
    "minor_care",
    "co_signed",
    "close_asked",
    "supervision_point",
];

/// What the registry keeps for its own work, or what an entry of another kind says already. Referrals, appointments and
/// messages have their place in the communication log.
fn is_for_the_registry_alone(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Registration(_)
            | Fact::SamePerson(_)
            | Fact::Payer(_)
            | Fact::Release(_)
            | Fact::Referral(_)
            | Fact::Episode(_)
            | Fact::StatusChange(_)
            | Fact::Assignment(_)
            | Fact::Coverage(_)
            | Fact::Appointment(_)
            | Fact::ContactPlan(_)
            | Fact::MeasurePlan(_)
            | Fact::Communication(_)
            | Fact::ReviewRequest(_)
            | Fact::Task(_)
            | Fact::Snooze(_)
            | Fact::Corrected(_)
            | Fact::EnteredInError(_)
            | Fact::MovedHere(_)
            | Fact::Erased(_)
            | Fact::EhrCopy(_)
            | Fact::Claim(_)
    ) || HOW_TO_HANDLE.contains(&fact.kind())
}

fn corrections(folded: &Folded) -> BTreeMap<EntryId, Vec<Key>> {
    let mut all: BTreeMap<EntryId, Vec<Key>> = BTreeMap::new();
    for live in folded.live() {
        if let Fact::Corrected(corrected) = &live.fact {
            all.entry(corrected.entry).or_default().push(saved(live));
        }
    }
    all
}

fn saved(live: &Live) -> Key {
    Key::Save(live.id.saved_at().unwrap_or_else(|| live.stamp.millis()), live.author)
}

fn written(live: &Live, zone: Zone) -> When {
    let millis = i64::try_from(live.stamp.millis()).unwrap_or(i64::MAX);
    When::At(zone.from_millis(millis).unwrap_or_default())
}
