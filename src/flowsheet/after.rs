//! What comes after: hand-overs that still hold, when each closed episode was closed, when a concern was last written.

use std::collections::{BTreeMap, BTreeSet};

use crate::journal::facts::{Compared, ConcernStep, Status, Step};
use crate::journal::{Day, EpisodeId, Fact, Folded, Live, PersonId, Stamp, ThingId, Zone};

/// What was handed to a named person, in the order in which it was written. A concern that is written again after it, or
/// answered higher, is not handed over any more: whoever took it over didn't know of that.
pub(super) fn handed_over(sound: &[&Live], zone: Zone) -> Vec<(ThingId, Day)> {
    let mut handed: Vec<(ThingId, Day)> = Vec::new();
    for live in sound {
        match &live.fact {
            Fact::HandedOver(h) => handed.push((h.about, h.at.day(zone))),
            Fact::Concern(c) => handed.retain(|(about, _)| *about != c.concern),
            Fact::ConcernStep(s) if is_higher(s) => handed.retain(|(about, _)| *about != s.concern),
            _ => {}
        }
    }
    handed
}

fn is_higher(step: &ConcernStep) -> bool {
    let higher = Compared::Higher;
    matches!(&step.step, Step::Reassessed { compared, .. } if *compared == higher)
}

/// When each episode that is closed was closed: the first closing since it was last open. Another reason or another day
/// that is set later doesn't close it later.
pub(super) fn closings(sound: &[&Live]) -> Vec<(EpisodeId, Stamp)> {
    let mut closings = BTreeMap::new();
    for live in sound {
        match &live.fact {
            Fact::StatusChange(change) if matches!(change.status, Status::Closed { .. }) => {
                closings.entry(change.episode).or_insert(live.stamp);
            }
            Fact::StatusChange(change) => {
                closings.remove(&change.episode);
            }
            _ => {}
        }
    }
    closings.into_iter().collect()
}

/// When a concern was last opened, written again, or worked on.
pub(super) fn concern_written(sound: &[&Live]) -> Option<Stamp> {
    let mut of_concerns = sound.iter().rev();
    let last = of_concerns.find(|live| matches!(live.fact, Fact::Concern(_) | Fact::ConcernStep(_)));
    last.map(|live| live.stamp)
}

/// When a concern was last opened, written again, or answered anew.
pub(super) fn concern_raised(sound: &[&Live]) -> Option<Stamp> {
    let raised = |live: &&&Live| match &live.fact {
        Fact::Concern(_) => true,
        Fact::ConcernStep(step) => matches!(step.step, Step::Reassessed { .. }),
        _ => false,
    };
    sound.iter().rev().find(raised).map(|live| live.stamp)
}

/// Who wrote what holds, but for what a spreadsheet brought in.
pub(super) fn authors(folded: &Folded) -> Vec<PersonId> {
    let written = folded.live().iter().filter(|live| !live.id.is_derived());
    let authors: BTreeSet<PersonId> = written.map(|live| live.author).collect();
    authors.into_iter().collect()
}

/// Points of supervision that nobody has talked about yet, with the day of each. The newest version of each holds.
pub(super) fn open_points(sound: &[&Live]) -> Vec<(ThingId, Day)> {
    let mut points = BTreeMap::new();
    for live in sound {
        if let Fact::SupervisionPoint(point) = &live.fact {
            match point.discussed {
                None => points.insert(point.point, point.day),
                Some(_) => points.remove(&point.point),
            };
        }
    }
    points.into_iter().collect()
}
