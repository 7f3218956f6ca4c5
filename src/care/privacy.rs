//! What is held back from everything that leaves, and what a release permits.
//!
//! An entry is held back when a person marked it as protected by 42 CFR Part 2, or as consented to by the minor alone.
//! All versions of what is set again are held back with the one that is marked: an earlier version of a protected
//! diagnosis says the same. So is what was said of it: checks and changes of a medicine, the answer to advice, steps.
//! Letters, notes, packets and files of chosen patients leave such entries out until a person confirms each with the
//! release that permits it. A backup of one's own registry holds everything.

mod clinician;
mod items;
mod marks;
mod team;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::journal::facts::{Covers, Protection, Release};
use crate::journal::{Day, EntryId, Fact, Folded, Live, Slot, Stamp, ThingId};

pub use clinician::{NotToClinician, clinician, is_to, not_theirs, to_clinician};
pub use items::{HeldItem, held_items, with_what_tells};
use marks::held_slots;
pub use marks::{marks_of, marks_that_stay};
pub use team::{Ground, ground, is_named, member, own_releases, treats};

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
    /// The patient took one back from somebody who may be the same person.
    #[error(
        "the release to {to} was revoked on {}, which may be the same person: ask the patient whether they may be told",
        with_year(*on)
    )]
    MaybeRevoked {
        /// To whom it was.
        to: String,
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
    /// It is not to the person who would be told.
    #[error("this release names somebody else")]
    SomebodyElse,
}

/// Which entries are held back, and why. Those that are not in it are free.
pub fn held_back(folded: &Folded) -> BTreeMap<EntryId, Vec<WhyHeld>> {
    let marks = folded.marks();
    let by_slot = held_slots(folded, &marks);
    let mut held = BTreeMap::new();
    for live in folded.live() {
        let why = why(live, &marks, &by_slot);
        if !why.is_empty() {
            held.insert(live.id, why);
        }
    }
    held
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
            | Fact::PlanStep(_)
            | Fact::PlannedIntervention(_)
            | Fact::PlanReview(_)
            | Fact::PlannedActivity(_)
            | Fact::ProblemSheet(_)
            | Fact::ReadinessRuler(_)
    )
}

/// What an entry is about, as releases name it.
pub fn covers_of(fact: &Fact) -> Covers {
    match fact {
        Fact::Assessment(_) | Fact::Declined(_) | Fact::MeasurePlan(_) => Covers::Measures,
        Fact::Diagnosis(_) | Fact::Condition(_) | Fact::DatedValue(_) => Covers::Diagnoses,
        Fact::Medication(_) | Fact::MedicationCheck(_) | Fact::TreatmentChange(_) => Covers::Medicines,
        Fact::AreaAnswers(_) => Covers::Assessment,
        Fact::Goal(_)
        | Fact::PlanSection(_)
        | Fact::Barrier(_)
        | Fact::RelapsePlan(_)
        | Fact::PlanStep(_)
        | Fact::PlannedIntervention(_)
        | Fact::PlanReview(_)
        | Fact::PlannedActivity(_)
        | Fact::ProblemSheet(_)
        | Fact::ReadinessRuler(_) => Covers::Plan,
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

fn why(
    live: &Live,
    marks: &BTreeMap<EntryId, BTreeMap<Protection, Stamp>>,
    by_slot: &BTreeMap<Slot, BTreeSet<Protection>>,
) -> Vec<WhyHeld> {
    let own = marks.get(&live.id).into_iter().flat_map(BTreeMap::keys);
    let slots = goes_with(&live.fact);
    let of_slots = slots.iter().filter_map(|slot| by_slot.get(slot)).flatten();
    let all: BTreeSet<Protection> = own.chain(of_slots).copied().collect();
    let about = covers_of(&live.fact);
    all.into_iter()
        .map(|protection| WhyHeld { protection, about })
        .collect()
}

/// The slots that an entry is held back with: its own, and those of what it is about.
fn goes_with(fact: &Fact) -> Vec<Slot> {
    fact.slot().into_iter().chain(about(fact)).collect()
}

/// The slots of what an entry is about: a step of a goal or a barrier, and what was begun by it; a check or a change of a
/// medicine, a medicine that a change put on the list, an answer of a recommendation, a change that carries one out.
fn about(fact: &Fact) -> Vec<Slot> {
    match fact {
        Fact::PlanStep(step) => {
            let of = [Slot::Goal(step.about), Slot::Barrier(step.about)].into_iter();
            let begun = |begun| [Slot::Task(begun), Slot::OutgoingReferral(begun)];
            of.chain(step.begun.into_iter().flat_map(begun)).collect()
        }
        Fact::Medication(medicine) => medicine.change.map(Slot::TreatmentChange).into_iter().collect(),
        Fact::MedicationCheck(check) => vec![Slot::Medication(check.medication)],
        Fact::TreatmentChange(change) => {
            let medicine = change.medication.map(Slot::Medication);
            let advice = change.recommendation.map(Slot::Recommendation);
            medicine.into_iter().chain(advice).collect()
        }
        Fact::Answer(answer) => vec![Slot::Recommendation(answer.recommendation)],
        _ => Vec::new(),
    }
}
