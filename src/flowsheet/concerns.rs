//! Safety concerns, from the entries that open, work on and close them.

use std::collections::BTreeMap;

use super::lines::*;
use super::project::Projection;
use crate::journal::facts::*;
use crate::journal::{Fact, Slot, Stamp, ThingId, Zone};

impl Projection<'_> {
    pub(super) fn concerns(&self) -> Vec<ConcernLine> {
        let mut lines: BTreeMap<ThingId, (ConcernLine, Stamp)> = BTreeMap::new();
        for live in &self.sound {
            if let Fact::Concern(c) = &live.fact {
                let fresh = || (opened(c, self.zone), live.stamp);
                let (line, since) = lines.entry(c.concern).or_insert_with(fresh);
                line.level = line.level.max(c.level);
                *since = (*since).max(live.stamp);
            }
        }
        for live in &self.sound {
            match &live.fact {
                Fact::ConcernStep(s) => {
                    if let Some((line, since)) = lines.get_mut(&s.concern) {
                        step(line, since, s, live.stamp);
                    }
                }
                Fact::Communication(m) if m.to == Audience::Clinician => {
                    if let Some((line, since)) = m.about.and_then(|about| lines.get_mut(&about))
                        && live.stamp >= *since
                    {
                        line.clinician_told = Some(m.at);
                    }
                }
                _ => {}
            }
        }
        lines.into_values().map(|(line, _)| self.closed(line)).collect()
    }

    /// Closed only when every current version says so: a concern on which two copies disagree is open.
    fn closed(&self, mut line: ConcernLine) -> ConcernLine {
        let heads = self.folded.heads(&Slot::Concern(line.concern));
        let closings: Vec<_> = heads
            .iter()
            .filter_map(|l| match &l.fact {
                Fact::ConcernClosed(c) => Some((c, l.author)),
                _ => None,
            })
            .collect();
        if closings.len() == heads.len()
            && let Some((closing, by)) = closings.last()
        {
            line.closed = Some((closing.at, *by));
            line.watch_until = closing.watch_until;
            line.untriaged = false;
        }
        line
    }
}

fn opened(c: &Concern, zone: Zone) -> ConcernLine {
    let cause = match &c.because {
        Because::Answer {
            assessment,
            instrument,
            item,
            value,
        } => Cause::Answer {
            assessment: *assessment,
            instrument: instrument.clone(),
            item: item.clone(),
            value: *value,
        },
        Because::ByHand { .. } => Cause::ByHand,
        Because::Imported { value, flag } => Cause::Imported {
            value: *value,
            flagged: flag.is_some(),
        },
    };
    ConcernLine {
        concern: c.concern,
        kind: c.kind,
        untriaged: matches!(cause, Cause::Imported { .. }),
        cause,
        level: c.level,
        opened: c.at,
        day: c.at.day(zone),
        closed: None,
        watch_until: None,
        second_step: None,
        clinician_told: None,
        next_contact: None,
        reassessed: None,
    }
}

/// Takes one step in. A reassessment that is higher starts the steps again.
fn step(line: &mut ConcernLine, since: &mut Stamp, s: &ConcernStep, stamp: Stamp) {
    if stamp < *since {
        return;
    }
    match &s.step {
        Step::SecondStep { .. } => line.second_step = Some(s.at),
        Step::Told {
            who: Audience::Clinician,
            ..
        } => line.clinician_told = Some(s.at),
        Step::NextContact { on } => line.next_contact = Some(*on),
        Step::Reassessed { compared, .. } => {
            line.reassessed = Some((s.at, *compared));
            if *compared == Compared::Higher {
                *since = stamp;
                (line.second_step, line.clinician_told, line.next_contact) = (None, None, None);
            }
        }
        Step::Triaged { .. } => line.untriaged = false,
        Step::Told { .. } | Step::Action { .. } => {}
    }
}
