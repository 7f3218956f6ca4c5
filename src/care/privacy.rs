//! What is held back from everything that leaves, and what a release permits.
//!
//! An entry is held back when a person marked it as protected by 42 CFR Part 2, or as consented to by the minor alone.
//! All versions of what is set again are held back with the one that is marked: an earlier version of a protected
//! diagnosis says the same. Letters, notes, packets and files of chosen patients leave such entries out until a person
//! confirms each with the release that permits it. A backup of one's own registry holds everything.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::journal::facts::{Covers, Protection, Release};
use crate::journal::{Chart, Day, EntryId, Fact, Folded, Live, Slot, ThingId};

/// What goes with every disclosure of Part 2 records: the short form of the notice (42 CFR 2.32(a)(2)).
pub const PART2_NOTICE: &str = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

/// Why an entry is held back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WhyHeld {
    /// The mark that is set on it.
    pub protection: Protection,
    /// What the entry is about: a release has to cover it.
    pub about: Covers,
}

/// Why a release doesn't permit telling something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WhyNot {
    /// There is no such release.
    #[error("there is no such release")]
    NoRelease,
    /// Two copies changed it, and nobody has chosen yet.
    #[error("two versions of this release wait to be settled")]
    Unsettled,
    /// It begins later.
    #[error("this release begins on {}", with_year(*from))]
    NotYet {
        /// Its first day.
        from: Day,
    },
    /// It has ended.
    #[error("this release expired after {}", with_year(*until))]
    Expired {
        /// Its last day.
        until: Day,
    },
    /// The patient took it back.
    #[error("this release was revoked on {}", with_year(*on))]
    Revoked {
        /// The day.
        on: Day,
    },
    /// It doesn't cover this.
    #[error("this release doesn\u{2019}t cover {}", covers_words(*about))]
    OutOfScope {
        /// What.
        about: Covers,
    },
    /// It doesn't cover records under Part 2.
    #[error("this release doesn\u{2019}t cover records under 42 CFR Part 2")]
    Part2,
    /// It is not the minor's own.
    #[error("this release doesn\u{2019}t cover care that the minor alone consented to")]
    MinorConsented,
}

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

/// Which entries are held back, and why. Those that are not in it are free.
pub fn held_back(folded: &Folded) -> BTreeMap<EntryId, Vec<WhyHeld>> {
    let marks = folded.marks();
    let by_slot = marked_slots(folded, &marks);
    let mut held = BTreeMap::new();
    for live in folded.live() {
        let why = why(live, &marks, &by_slot);
        if !why.is_empty() {
            held.insert(live.id, why);
        }
    }
    held
}

/// What is held back of a chart, with everything that would tell of it: for a file that holds entries as they are.
pub fn held_items(chart: &Chart, folded: &Folded) -> Vec<HeldItem> {
    let held = held_back(folded);
    let mut items: BTreeMap<(Option<Slot>, Option<EntryId>), HeldItem> = BTreeMap::new();
    for live in folded.live() {
        let Some(why) = held.get(&live.id) else { continue };
        let slot = live.fact.slot();
        let alone = slot.is_none().then_some(live.id);
        let item = items.entry((slot, alone)).or_insert_with(|| HeldItem {
            entry: live.id,
            why: why.clone(),
            entries: BTreeSet::new(),
        });
        item.entry = live.id;
        item.entries.insert(live.id);
    }
    // An entry that was made in error is still in the file as it was written.
    for (entry, protections) in folded.marks() {
        let is_item = items.values().any(|item| item.entries.contains(&entry));
        if let Some(raw) = chart.entries().find(|e| e.id() == entry).filter(|_| !is_item) {
            let about = covers_of(&inner(raw.fact()));
            let why = protections
                .into_iter()
                .map(|protection| WhyHeld { protection, about })
                .collect();
            let entries = BTreeSet::from([entry]);
            items.insert((None, Some(entry)), HeldItem { entry, why, entries });
        }
    }
    let mut items: Vec<HeldItem> = items.into_values().collect();
    for item in &mut items {
        with_followers(chart, item);
    }
    items.sort_by_key(|item| item.entry);
    items
}

/// Whether a release permits telling what is held back. With nothing held, whether it is in force.
///
/// # Errors
/// Why not: the first reason that holds.
pub fn may_tell(folded: &Folded, to: ThingId, on: Day, held: &[WhyHeld]) -> Result<(), WhyNot> {
    let release = in_force(folded, to, on)?;
    for why in held {
        if !release.covers.contains(&why.about) {
            return Err(WhyNot::OutOfScope { about: why.about });
        }
        match why.protection {
            Protection::Part2 if !release.part2 => return Err(WhyNot::Part2),
            Protection::MinorConsented if !release.minor => return Err(WhyNot::MinorConsented),
            Protection::Part2 | Protection::MinorConsented => {}
        }
    }
    Ok(())
}

/// A release that is in force on a day.
///
/// # Errors
/// Why it is not.
pub fn in_force(folded: &Folded, to: ThingId, on: Day) -> Result<&Release, WhyNot> {
    let heads = folded.heads(&Slot::Release(to));
    if 1 < heads.len() {
        return Err(WhyNot::Unsettled);
    }
    let Some(Fact::Release(release)) = heads.first().map(|live| &live.fact) else {
        return Err(WhyNot::NoRelease);
    };
    match release {
        Release { revoked: Some(day), .. } if *day <= on => Err(WhyNot::Revoked { on: *day }),
        Release { from, .. } if on < *from => Err(WhyNot::NotYet { from: *from }),
        Release { until: Some(until), .. } if *until < on => Err(WhyNot::Expired { until: *until }),
        release => Ok(release),
    }
}

/// All releases of a chart as they stand, by recipient.
pub fn releases(folded: &Folded) -> Vec<&Release> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let mut all: Vec<&Release> = heads
        .filter_map(|live| match &live.fact {
            Fact::Release(release) => Some(release),
            _ => None,
        })
        .collect();
    all.sort_by(|a, b| (&a.to, a.release).cmp(&(&b.to, b.release)));
    all
}

/// Whether an entry can be marked. Who the patient is, where the course stands and safety concerns always go along:
/// whoever takes over must not miss them.
pub fn can_be_marked(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Referral(_)
            | Fact::Contact(_)
            | Fact::Attempt(_)
            | Fact::Communication(_)
            | Fact::Education(_)
            | Fact::Note(_)
            | Fact::Assessment(_)
            | Fact::Time(_)
            | Fact::Appointment(_)
            | Fact::Diagnosis(_)
            | Fact::Condition(_)
            | Fact::DatedValue(_)
            | Fact::Goal(_)
            | Fact::PlanSection(_)
            | Fact::Barrier(_)
            | Fact::RelapsePlan(_)
            | Fact::Medication(_)
            | Fact::MedicationCheck(_)
            | Fact::TreatmentChange(_)
            | Fact::ReviewRequest(_)
            | Fact::CaseReview(_)
            | Fact::Recommendation(_)
            | Fact::Answer(_)
            | Fact::Task(_)
            | Fact::OutgoingReferral(_)
            | Fact::AcuteEvent(_)
            | Fact::AreaAnswers(_)
    )
}

/// What an entry is about, as releases name it.
pub fn covers_of(fact: &Fact) -> Covers {
    match fact {
        Fact::Assessment(_) | Fact::Declined(_) | Fact::MeasurePlan(_) => Covers::Measures,
        Fact::Diagnosis(_) | Fact::Condition(_) | Fact::DatedValue(_) => Covers::Diagnoses,
        Fact::Medication(_) | Fact::MedicationCheck(_) | Fact::TreatmentChange(_) => Covers::Medicines,
        Fact::AreaAnswers(_) => Covers::Assessment,
        Fact::Goal(_) | Fact::PlanSection(_) | Fact::Barrier(_) | Fact::RelapsePlan(_) => Covers::Plan,
        Fact::Concern(_)
        | Fact::ConcernStep(_)
        | Fact::ConcernClosed(_)
        | Fact::SafetyPlan(_)
        | Fact::AcuteEvent(_) => Covers::Safety,
        Fact::Contact(_) | Fact::Attempt(_) | Fact::Communication(_) | Fact::Education(_) | Fact::Note(_) => {
            Covers::Progress
        }
        _ => Covers::Course,
    }
}

/// What a release covers, in words that follow "covers".
pub fn covers_words(covers: Covers) -> &'static str {
    match covers {
        Covers::Progress => "contacts and notes",
        Covers::Measures => "measures and scores",
        Covers::Diagnoses => "diagnoses and medical values",
        Covers::Medicines => "medications",
        Covers::Assessment => "the initial assessment",
        Covers::Plan => "the plan",
        Covers::Safety => "safety",
        Covers::Course => "the course of care",
    }
}

/// Why something is protected, in words.
pub fn protection_words(protection: Protection) -> &'static str {
    match protection {
        Protection::Part2 => "protected by 42 CFR Part 2",
        Protection::MinorConsented => "the minor alone consented to it",
    }
}

/// A day that may lie years back.
fn with_year(day: Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}

fn marked_slots(
    folded: &Folded,
    marks: &BTreeMap<EntryId, BTreeSet<Protection>>,
) -> BTreeMap<Slot, BTreeSet<Protection>> {
    let mut slots: BTreeMap<Slot, BTreeSet<Protection>> = BTreeMap::new();
    for live in folded.live() {
        if let (Some(own), Some(slot)) = (marks.get(&live.id), live.fact.slot()) {
            slots.entry(slot).or_default().extend(own);
        }
    }
    slots
}

fn why(
    live: &Live,
    marks: &BTreeMap<EntryId, BTreeSet<Protection>>,
    by_slot: &BTreeMap<Slot, BTreeSet<Protection>>,
) -> Vec<WhyHeld> {
    let own = marks.get(&live.id);
    let of_slot = live.fact.slot().and_then(|slot| by_slot.get(&slot));
    let all: BTreeSet<Protection> = own.into_iter().chain(of_slot).flatten().copied().collect();
    let about = covers_of(&live.fact);
    all.into_iter()
        .map(|protection| WhyHeld { protection, about })
        .collect()
}

/// Adds what would tell of an item: what corrects it or says that it was made in error, its marks, its minutes. An
/// answer always comes later than what it answers, so each round may find answers to those of the last.
fn with_followers(chart: &Chart, item: &mut HeldItem) {
    loop {
        let before = item.entries.len();
        for entry in chart.entries() {
            let about = match entry.fact() {
                Fact::Corrected(corrected) => Some(corrected.entry),
                Fact::EnteredInError(error) => Some(error.entry),
                Fact::Mark(mark) => Some(mark.entry),
                Fact::Time(time) => time.of,
                _ => None,
            };
            if about.is_some_and(|about| item.entries.contains(&about)) {
                item.entries.insert(entry.id());
            }
        }
        if item.entries.len() == before {
            return;
        }
    }
}

/// What a moved entry said in the wrong chart.
fn inner(fact: &Fact) -> Fact {
    match fact {
        Fact::MovedHere(moved) => Fact::read(&moved.kind, &moved.fact.to_string()),
        other => other.clone(),
    }
}
