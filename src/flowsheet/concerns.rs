//! Safety concerns, from the entries that open, work on and close them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lines::*;
use super::project::Projection;
use crate::journal::facts::*;
use crate::journal::{EntryId, Fact, Live, Slot, Stamp, ThingId, When, Zone};

impl Projection<'_> {
    pub(super) fn concerns(&self) -> Vec<ConcernLine> {
        let joined = self.joined();
        let mut lines: BTreeMap<ThingId, Open> = BTreeMap::new();
        for live in &self.sound {
            if let Fact::Concern(c) = &live.fact {
                let fresh = || Open {
                    line: opened(c, self.zone),
                    touched: live.stamp,
                };
                let open = lines.entry(c.concern).or_insert_with(fresh);
                open.line.joined |= !is_same(&open.line.cause, &c.because);
                open.line.by_patient |= self.is_by_patient(&c.because);
                open.line.level = open.line.level.max(c.level);
            }
        }
        // In the order in which it was written: what was done before a concern was opened again counts no more.
        for live in &self.sound {
            match &live.fact {
                Fact::Concern(c) => {
                    let joins = matches!(&c.because, Because::Answer { assessment, .. } if joined.contains(&(c.concern, *assessment)));
                    if let Some(open) = lines.get_mut(&c.concern).filter(|open| !joins && has_begun(&open.line)) {
                        begin_again(&mut open.line, c.at);
                        // A decision on an import writes the concern again as it was: its clock doesn't start anew.
                        if c.at != open.line.opened {
                            open.line.restarted = Some(c.at);
                        }
                    }
                }
                Fact::ConcernStep(s) => {
                    if let Some(open) = lines.get_mut(&s.concern) {
                        open.touched = open.touched.max(live.stamp);
                        step(&mut open.line, s);
                    }
                }
                Fact::Communication(m) if m.to == Audience::Clinician => {
                    if let Some(open) = m.about.and_then(|about| lines.get_mut(&about)) {
                        open.line.clinician_told = Some(m.at);
                    }
                }
                _ => {}
            }
        }
        lines.into_values().map(|open| self.closed(open)).collect()
    }

    /// Whether the patient gave an answer on the clinic's device. What was entered while locked has an id that says so,
    /// also after its form was marked as entered in error.
    fn is_by_patient(&self, because: &Because) -> bool {
        let Because::Answer { assessment, .. } = because else {
            return false;
        };
        let on_device = |live: &&Live| {
            live.id == *assessment && matches!(&live.fact, Fact::Assessment(a) if a.taken == Taken::Device)
        };
        assessment.is_derived() || self.sound.iter().any(on_device)
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

/// How the note of a concern begins that the initial assessment opened.
pub const ASKED_NOTE: &str = "Initial assessment: yes to ";

/// The note of a concern that a crisis contact opened.
pub const CRISIS_NOTE: &str = "Crisis contact";

/// What opened a concern, without prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// A positive answer.
    Answer {
        /// The assessment.
        assessment: EntryId,
        /// Its instrument.
        instrument: String,
        /// The item.
        item: String,
        /// The answer.
        value: u8,
    },
    /// A person opened it.
    ByHand,
    /// An import, with the answer that the sheet had, if any, and whether the sheet flagged the patient.
    Imported {
        /// The answer.
        value: Option<u8>,
        /// Whether the sheet flagged the patient.
        flagged: bool,
    },
    /// A yes in the initial assessment.
    Assessed,
    /// A crisis contact.
    Crisis,
}

impl Cause {
    /// Whether a person opened it: by hand, in the initial assessment, in a crisis contact. No score is behind it.
    pub fn is_by_person(&self) -> bool {
        matches!(self, Self::ByHand | Self::Assessed | Self::Crisis)
    }
}

/// A concern as it is put together.
struct Open {
    line: ConcernLine,
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
        Because::ByHand { note } if note.starts_with(ASKED_NOTE) => Cause::Assessed,
        Because::ByHand { note } if note == CRISIS_NOTE => Cause::Crisis,
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
        restarted: None,
        earlier: Vec::new(),
        joined: false,
        by_patient: false,
    }
}

/// Whether a concern is written for what opened it, and for nothing else.
fn is_same(cause: &Cause, because: &Because) -> bool {
    match (cause, because) {
        (Cause::Answer { assessment, .. }, Because::Answer { assessment: other, .. }) => assessment == other,
        (cause, Because::ByHand { .. }) => cause.is_by_person(),
        (Cause::Imported { .. }, Because::Imported { .. }) => true,
        _ => false,
    }
}

/// Takes one step in. A reassessment that is higher starts the steps again.
fn step(line: &mut ConcernLine, s: &ConcernStep) {
    if is_first_step(line.kind, &s.step) {
        line.second_step = Some(s.at);
    }
    match &s.step {
        Step::Told {
            who: Audience::Clinician,
            ..
        } => line.clinician_told = Some(s.at),
        Step::NextContact { on } => line.next_contact = Some(*on),
        Step::Triaged { decision } => {
            line.decided = Some(decision.clone());
            line.untriaged = false;
            line.triaged = Some(s.at);
        }
        Step::Reassessed { compared, .. } => {
            line.reassessed = Some((s.at, *compared));
            if *compared == Compared::Higher {
                begin_again(line, s.at);
                line.restarted = Some(s.at);
            }
        }
        _ => {}
    }
}

/// What was done so far becomes an earlier round; nothing is done yet.
fn begin_again(line: &mut ConcernLine, at: When) {
    line.earlier.push(RoundLine {
        since: line.restarted.unwrap_or(line.opened),
        until: at,
        second_step: line.second_step.take(),
        clinician_told: line.clinician_told.take(),
        next_contact: line.next_contact.take(),
    });
}

/// Whether any step counts so far.
fn has_begun(line: &ConcernLine) -> bool {
    line.second_step.is_some() || line.clinician_told.is_some() || line.next_contact.is_some()
}

/// Whether a step is the one that a concern of this kind needs first. A structured second step always counts: older
/// entries have it for every kind.
fn is_first_step(kind: ConcernKind, step: &Step) -> bool {
    match step {
        Step::SecondStep { .. } => true,
        Step::Reported { .. } | Step::NoReport { .. } => {
            matches!(kind, ConcernKind::AbuseOrNeglect | ConcernKind::HarmToOthers)
        }
        Step::Checked { .. } => !matches!(kind, ConcernKind::AbuseOrNeglect | ConcernKind::HarmToOthers),
        _ => false,
    }
}
