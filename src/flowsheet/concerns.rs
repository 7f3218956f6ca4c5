//! Safety concerns, from the entries that open, work on and close them.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::*;
use super::project::Projection;
use crate::journal::facts::*;
use crate::journal::{EntryId, Fact, Slot, Stamp, ThingId, Zone};

impl Projection<'_> {
    pub(super) fn concerns(&self) -> Vec<ConcernLine> {
        let joined = self.joined();
        let mut lines: BTreeMap<ThingId, Open> = BTreeMap::new();
        for live in &self.sound {
            if let Fact::Concern(c) = &live.fact {
                let fresh = || Open {
                    line: opened(c, self.zone),
                    since: live.stamp,
                    touched: live.stamp,
                };
                let open = lines.entry(c.concern).or_insert_with(fresh);
                open.line.level = open.line.level.max(c.level);
                let joins = matches!(&c.because, Because::Answer { assessment, .. } if joined.contains(&(c.concern, *assessment)));
                if !joins {
                    open.since = open.since.max(live.stamp);
                }
            }
        }
        for live in &self.sound {
            match &live.fact {
                Fact::ConcernStep(s) => {
                    if let Some(open) = lines.get_mut(&s.concern) {
                        step(open, s, live.stamp);
                    }
                }
                Fact::Communication(m) if m.to == Audience::Clinician => {
                    if let Some(open) = m.about.and_then(|about| lines.get_mut(&about))
                        && live.stamp >= open.since
                    {
                        open.line.clinician_told = Some(m.at);
                    }
                }
                _ => {}
            }
        }
        lines.into_values().map(|open| self.closed(open)).collect()
    }

    /// Answers that joined an open concern and were no higher: writing the concern again for one doesn't start the
    /// steps again.
    fn joined(&self) -> BTreeSet<(ThingId, EntryId)> {
        let no_higher = self.sound.iter().filter_map(|live| match &live.fact {
            Fact::ConcernStep(s) => match s.step {
                Step::Reassessed {
                    assessment, compared, ..
                } if compared != Compared::Higher => Some((s.concern, assessment)),
                _ => None,
            },
            _ => None,
        });
        no_higher.collect()
    }

    /// Closed only when every current version says so, and nothing was done about it after that: a concern that one
    /// copy closed, and another took an answer for or worked on without knowing, is open.
    fn closed(&self, open: Open) -> ConcernLine {
        let Open { mut line, touched, .. } = open;
        let heads = self.folded.heads(&Slot::Concern(line.concern));
        let closings: Vec<_> = heads
            .iter()
            .filter_map(|l| match &l.fact {
                Fact::ConcernClosed(c) => Some((c, l.author, l.stamp)),
                _ => None,
            })
            .collect();
        if closings.len() == heads.len()
            && let Some((closing, by, stamp)) = closings.last()
            && touched < *stamp
        {
            line.closed = Some((closing.at, *by));
            line.watch_until = closing.watch_until;
            line.untriaged = false;
        }
        line
    }
}

/// A concern as it is put together.
struct Open {
    line: ConcernLine,
    /// From when on a step counts.
    since: Stamp,
    /// When something was last done about it.
    touched: Stamp,
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
        triaged: None,
        decided: None,
    }
}

/// Takes one step in. A reassessment that is higher starts the steps again.
fn step(open: &mut Open, s: &ConcernStep, stamp: Stamp) {
    open.touched = open.touched.max(stamp);
    let line = &mut open.line;
    // A decision and an answer were given, whatever was started again since.
    match &s.step {
        Step::Triaged { decision } => {
            line.decided = Some(decision.clone());
            line.untriaged = false;
            line.triaged = Some(s.at);
        }
        Step::Reassessed { compared, .. } => line.reassessed = Some((s.at, *compared)),
        _ => {}
    }
    if stamp < open.since {
        return;
    }
    match &s.step {
        Step::SecondStep { .. } => line.second_step = Some(s.at),
        Step::Told {
            who: Audience::Clinician,
            ..
        } => line.clinician_told = Some(s.at),
        Step::NextContact { on } => line.next_contact = Some(*on),
        Step::Reassessed {
            compared: Compared::Higher,
            ..
        } => {
            open.since = stamp;
            (line.second_step, line.clinician_told, line.next_contact) = (None, None, None);
        }
        Step::Reassessed { .. } | Step::Triaged { .. } | Step::Told { .. } | Step::Action { .. } => {}
    }
}
