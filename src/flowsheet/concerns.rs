//! Safety concerns, from the entries that open, work on and close them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lines::*;
use super::project::{Projection, written_on};
use crate::journal::facts::*;
use crate::journal::{Day, EntryId, Fact, Live, Slot, Stamp, ThingId, When, Zone};

impl Projection<'_> {
    pub(super) fn concerns(&self) -> Vec<ConcernLine> {
        let joined = self.joined();
        let mut lines: BTreeMap<ThingId, Open> = BTreeMap::new();
        for live in &self.sound {
            if let Fact::Concern(c) = &live.fact {
                let fresh = || Open {
                    line: opened(c, self.zone),
                    touched: live.stamp,
                    steps: Vec::new(),
                    agreed: None,
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
                        open.begin_again(c.at);
                        // A decision on an import writes the concern again as it was: its clock doesn't start anew.
                        if c.at != open.line.opened {
                            open.restart(c.at, self.zone);
                        }
                    }
                }
                Fact::ConcernStep(s) => {
                    if let Some(open) = lines.get_mut(&s.concern) {
                        open.touched = open.touched.max(live.stamp);
                        open.steps.push(live.id);
                        open.take(s, self.zone);
                        let step = dated_step(open.line.kind, &s.step);
                        open.written_later(step, s.at, live.stamp, self.zone);
                    }
                }
                Fact::Communication(m) if m.to == Audience::Clinician => {
                    for about in m.about.iter().chain(&m.also) {
                        let Some(open) = lines.get_mut(about) else { continue };
                        open.done(m.at, Done::ClinicianTold, self.zone);
                        open.written_later(Some(DatedStep::ClinicianTold), m.at, live.stamp, self.zone);
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

    /// Closed only when every current version says so, and nothing was done about it that a closing doesn't know of: a
    /// concern that one copy closed, and another took an answer for or worked on without knowing, is open, whatever
    /// the clocks of the copies said.
    fn closed(&self, mut open: Open) -> ConcernLine {
        let (touched, steps) = (open.touched, std::mem::take(&mut open.steps));
        let knows_all = |closing: &ConcernClosed, stamp: Stamp| match &closing.saw {
            Some(saw) => steps.iter().all(|step| saw.contains(step)),
            None => touched < stamp,
        };
        let line = &mut open.line;
        let heads = self.folded.heads(&Slot::Concern(line.concern));
        let closings: Vec<_> = heads
            .iter()
            .filter_map(|l| match &l.fact {
                Fact::ConcernClosed(c) => Some((c, l.author, l.stamp)),
                _ => None,
            })
            .collect();
        if closings.len() == heads.len()
            && let Some((closing, by, stamp)) = closings.iter().rfind(|(c, _, stamp)| knows_all(c, *stamp))
        {
            line.closed = Some((closing.at, *by));
            line.watch_until = closing.watch_until;
            line.untriaged = false;
            open.written_later(Some(DatedStep::Closed), closing.at, *stamp, self.zone);
        }
        open.line
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

/// The steps of a concern up to a higher answer, which started them again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    /// From when on they were due: the opening, or the start before.
    pub since: When,
    /// When they were started again.
    pub until: When,
    /// When the first step of its kind was done.
    pub second_step: Option<When>,
    /// When the treating clinician was told.
    pub clinician_told: Option<When>,
    /// The next contact agreed.
    pub next_contact: Option<Day>,
}

/// A step that was written on a later day than the one on which it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenLater {
    /// Which step.
    pub step: DatedStep,
    /// The clinic's day on which it was done.
    pub done: Day,
    /// The clinic's day on which it was first written.
    pub written: Day,
}

/// A step of a concern whose day is told where it was written later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DatedStep {
    /// The first step of its kind: second step, report, questions.
    First,
    /// The treating clinician was told.
    ClinicianTold,
    /// A next contact was agreed.
    NextContact,
    /// It was closed.
    Closed,
}

/// A concern as it is put together.
struct Open {
    line: ConcernLine,
    /// When something was last done about it.
    touched: Stamp,
    /// Its steps.
    steps: Vec<EntryId>,
    /// The day on which the next contact was agreed that stands now.
    agreed: Option<Day>,
}

/// A step with a deadline.
#[derive(Clone, Copy)]
enum Done {
    FirstStep,
    ClinicianTold,
}

impl Done {
    fn of(self, line: &mut ConcernLine) -> &mut Option<When> {
        match self {
            Self::FirstStep => &mut line.second_step,
            Self::ClinicianTold => &mut line.clinician_told,
        }
    }
    fn of_round(self, round: &mut RoundLine) -> &mut Option<When> {
        match self {
            Self::FirstStep => &mut round.second_step,
            Self::ClinicianTold => &mut round.clinician_told,
        }
    }
}

impl Open {
    /// Takes one step in. A reassessment that is higher starts the steps again.
    fn take(&mut self, s: &ConcernStep, zone: Zone) {
        if is_first_step(self.line.kind, &s.step) {
            self.done(s.at, Done::FirstStep, zone);
        }
        match &s.step {
            Step::Told {
                who: Audience::Clinician,
                ..
            } => self.done(s.at, Done::ClinicianTold, zone),
            Step::NextContact { on } => self.agree(s.at.day(zone), *on, zone),
            Step::Triaged { decision } => {
                self.line.decided = Some(decision.clone());
                self.line.untriaged = false;
                self.line.triaged = Some(s.at);
            }
            Step::Reassessed { compared, .. } => {
                self.line.reassessed = Some((s.at, *compared));
                if *compared == Compared::Higher {
                    self.begin_again(s.at);
                    self.restart(s.at, zone);
                }
            }
            _ => {}
        }
    }
    /// A step with a deadline was done: it counts from the first day on which it was done since the steps last started.
    /// One that was done before that day is of the round before; it stands for this one only while nothing else does,
    /// since a copy's clock may run behind, and closing looks at its day.
    fn done(&mut self, at: When, what: Done, zone: Zone) {
        let day = at.day(zone);
        let restarted = self.line.restarted.map(|when| when.day(zone));
        let is_before = |when: When| restarted.is_some_and(|restarted| when.day(zone) < restarted);
        if let Some(round) = self.earlier_round(day, zone) {
            let slot = what.of_round(round);
            if slot.is_none_or(|done| day <= done.day(zone)) {
                *slot = Some(at);
            }
        }
        let slot = what.of(&mut self.line);
        let takes = |done: When| is_before(done) || !is_before(at) && day <= done.day(zone);
        if slot.is_none_or(takes) {
            *slot = Some(at);
        }
    }
    /// Notes that a step was written on a later day than its own.
    fn written_later(&mut self, step: Option<DatedStep>, at: When, stamp: Stamp, zone: Zone) {
        let (done, written) = (at.day(zone), written_on(stamp, zone));
        if let Some(step) = step.filter(|_| done < written) {
            self.line.written_later.push(WrittenLater { step, done, written });
        }
    }
    /// A next contact was agreed on a day; what was agreed on a later day stands, whenever it was written down.
    fn agree(&mut self, agreed: Day, on: Day, zone: Zone) {
        if let Some(round) = self.earlier_round(agreed, zone) {
            round.next_contact = round.next_contact.max(Some(on));
        }
        let is_of_before = self.line.restarted.is_some_and(|at| on < at.day(zone));
        if !is_of_before && self.agreed.is_none_or(|before| before <= agreed) {
            self.agreed = Some(agreed);
            self.line.next_contact = Some(on);
        }
    }
    /// The round that was over before the steps started again, for what was done on a day before that.
    fn earlier_round(&mut self, day: Day, zone: Zone) -> Option<&mut RoundLine> {
        let restarted = self.line.restarted?.day(zone);
        if restarted <= day {
            return None;
        }
        let rounds = &mut self.line.earlier;
        let place = rounds.iter().position(|round| day < round.until.day(zone));
        match place {
            Some(place) => rounds.get_mut(place),
            None => rounds.last_mut(),
        }
    }
    /// The steps count from the latest answer that started them again, in whatever order the answers were written.
    fn restart(&mut self, at: When, zone: Zone) {
        let later = self
            .line
            .restarted
            .filter(|before| at.instant(zone) < before.instant(zone));
        self.line.restarted = Some(later.unwrap_or(at));
    }
    /// What was done so far becomes an earlier round; nothing is done yet.
    fn begin_again(&mut self, at: When) {
        self.agreed = None;
        let line = &mut self.line;
        line.earlier.push(RoundLine {
            since: line.restarted.unwrap_or(line.opened),
            until: at,
            second_step: line.second_step.take(),
            clinician_told: line.clinician_told.take(),
            next_contact: line.next_contact.take(),
        });
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
        written_later: Vec::new(),
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

/// Whether any step counts so far.
fn has_begun(line: &ConcernLine) -> bool {
    line.second_step.is_some() || line.clinician_told.is_some() || line.next_contact.is_some()
}

/// A step whose day is told where it was written later.
fn dated_step(kind: ConcernKind, step: &Step) -> Option<DatedStep> {
    match step {
        step if is_first_step(kind, step) => Some(DatedStep::First),
        Step::Told {
            who: Audience::Clinician,
            ..
        } => Some(DatedStep::ClinicianTold),
        Step::NextContact { .. } => Some(DatedStep::NextContact),
        _ => None,
    }
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
