//! What is asked of a flowsheet: the status on a day, the latest score, open concerns.

use super::lines::*;
use crate::instruments::{Flag, Scored};
use crate::journal::facts::{AnswerKind, ConcernKind, OutgoingReferral, ReferralState};
use crate::journal::{ChartId, Day, Digest, PersonId, Slot, Zone};

impl ForkKind {
    /// The group of a slot.
    pub fn of(slot: &Slot) -> Self {
        match slot {
            Slot::Registration => Self::Registration,
            Slot::Status(_) => Self::Status,
            Slot::Assignment => Self::Assignment,
            Slot::Concern(_) => Self::Concern,
            _ => Self::Other,
        }
    }
}

impl StatusLine {
    /// Whether the patient is looked after: on the caseload and on the worklist.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed(_))
    }
    /// Whether the patient is in treatment: enrolled, active or preventing relapse.
    pub fn is_in_care(self) -> bool {
        matches!(self, Self::Enrolled | Self::Active | Self::RelapsePrevention)
    }
}

impl EpisodeLine {
    /// The status on a day: the last one that began by then.
    pub fn status_on(&self, day: Day) -> Option<StatusLine> {
        self.statuses
            .iter()
            .rev()
            .find(|(from, _)| *from <= day)
            .map(|(_, status)| *status)
    }
    /// The first day of the status that holds on a day.
    pub fn status_since(&self, day: Day) -> Option<Day> {
        self.statuses
            .iter()
            .rev()
            .find(|(from, _)| *from <= day)
            .map(|(from, _)| *from)
    }
    /// The first day on which the patient was enrolled or in treatment.
    pub fn enrolled(&self) -> Option<Day> {
        self.statuses.iter().find(|(_, s)| s.is_in_care()).map(|(day, _)| *day)
    }
    /// The plan for an instrument, running or stopped.
    pub fn measure_plan(&self, instrument: &str) -> Option<&MeasurePlanLine> {
        self.measures.iter().find(|plan| plan.instrument == instrument)
    }
    /// The day on which it was closed, when the last status is that.
    pub fn closed(&self) -> Option<Day> {
        self.statuses.last().filter(|(_, s)| !s.is_open()).map(|(day, _)| *day)
    }
}

impl MeasurePlanLine {
    /// A plan that says nothing but the instrument: the protocol's intervals, the rule's baseline.
    pub fn plain(instrument: &str) -> Self {
        Self {
            instrument: instrument.to_owned(),
            baseline: None,
            every: None,
            after_response: None,
            stopped: None,
        }
    }
    /// Whether the episode is measured by it on a day.
    pub fn runs_on(&self, day: Day) -> bool {
        self.stopped.is_none_or(|stopped| day < stopped)
    }
}

impl ScoreLine {
    /// What its positive safety answer is about; `None` when it has none.
    pub fn concern(&self) -> Option<ConcernKind> {
        match self.safety {
            SafetyItem::Answered(1..) => Some(ConcernKind::Suicide),
            SafetyItem::Line { about, reached: true } => Some(about),
            SafetyItem::None | SafetyItem::NotKnown | SafetyItem::Answered(0) | SafetyItem::Line { .. } => None,
        }
    }
}

impl ConcernLine {
    /// Whether it is open on a day.
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

impl Flowsheet {
    /// The flowsheet of a chart without entries.
    pub fn empty(chart: ChartId) -> Self {
        Self {
            chart,
            entries: 0,
            digest: Digest::ZERO,
            written: None,
            who: Who::default(),
            episodes: Vec::new(),
            care_managers: Vec::new(),
            coverage: Vec::new(),
            scores: Vec::new(),
            declined: Vec::new(),
            concerns: Vec::new(),
            safety_plan: None,
            relapse_plan: None,
            contacts: Vec::new(),
            attempts: Vec::new(),
            appointments: Vec::new(),
            treatments: Vec::new(),
            medicines: Vec::new(),
            side_effects: Vec::new(),
            reviews: Vec::new(),
            review_requests: Vec::new(),
            recommendations: Vec::new(),
            acute: Vec::new(),
            tasks: Vec::new(),
            referrals_out: Vec::new(),
            snoozes: Vec::new(),
            times: Vec::new(),
            gates: Gates::default(),
            forks: Vec::new(),
            unreadable: 0,
            same_person: Vec::new(),
            erased: false,
            messages: Vec::new(),
            handed_over: Vec::new(),
            ehr: Vec::new(),
            held: Vec::new(),
            plan_review: None,
            closings: Vec::new(),
            concern_written: None,
            concern_raised: None,
            erasure_waits: false,
            out: Vec::new(),
            authors: Vec::new(),
            supervision: Vec::new(),
            review_skipped: None,
        }
    }
    /// The episode that a day belongs to: the last one opened by then; before a closed one an open one, which two
    /// copies can leave side by side: then the patient stays on the worklist until a person closes it.
    pub fn episode_on(&self, day: Day) -> Option<&EpisodeLine> {
        let mut opened = self.episodes.iter().rev().filter(|e| e.opened <= day);
        let is_open = |e: &&EpisodeLine| e.status_on(day).is_none_or(StatusLine::is_open);
        opened.clone().find(is_open).or_else(|| opened.next())
    }
    /// The status on a day; `None` when no episode had opened by then.
    pub fn status_on(&self, day: Day) -> Option<StatusLine> {
        self.episode_on(day).and_then(|e| e.status_on(day))
    }
    /// Who manages the care on a day.
    pub fn care_manager_on(&self, day: Day) -> Option<PersonId> {
        self.care_managers
            .iter()
            .rev()
            .find(|(from, _)| *from <= day)
            .and_then(|(_, person)| *person)
    }
    /// Scores of one instrument up to a day, in clinical order.
    pub fn scores_of<'a>(&'a self, instrument: &'a str, until: Day) -> impl DoubleEndedIterator<Item = &'a ScoreLine> {
        self.scores
            .iter()
            .filter(move |s| s.instrument == instrument && s.day <= until)
    }
    /// The latest score with a total of one instrument up to a day.
    pub fn latest_score(&self, instrument: &str, until: Day) -> Option<&ScoreLine> {
        self.scores
            .iter()
            .rev()
            .find(|s| s.instrument == instrument && s.day <= until && s.total.is_some())
    }
    /// The last contact with the patient up to a day.
    pub fn last_contact(&self, until: Day) -> Option<&ContactLine> {
        self.contacts.iter().rev().find(|c| c.with_patient && c.day <= until)
    }
    /// Open safety concerns.
    pub fn open_concerns(&self) -> impl Iterator<Item = &ConcernLine> {
        self.concerns.iter().filter(|c| c.is_open())
    }
    /// The patient's name as lists show it: family name, then given name.
    pub fn list_name(&self) -> String {
        if self.who.given.is_empty() {
            self.who.family.clone()
        } else {
            format!("{}, {}", self.who.family, self.who.given)
        }
    }
}

/// Since when the next step of a referral out is waited for: since its last step; of a booked one, since its appointment.
pub(super) fn waits_since(referral: &OutgoingReferral, zone: Zone) -> Day {
    let booked = referral.at.filter(|_| referral.state == ReferralState::Booked);
    booked.map_or(referral.day, |at| at.day(zone).max(referral.day))
}

/// What a second step came to, by the names that its definition gives its results. Its acute rule reads the raw answers:
/// it holds also while another question is open.
pub(super) fn acuity(scored: &Scored) -> Option<Acuity> {
    let acute = |flag: &Flag| matches!(flag.rule.as_str(), "asq_acute" | "cssrs_screen_high");
    if scored.flags.iter().any(acute) {
        return Some(Acuity::Acute);
    }
    let key = match scored.instrument.as_str() {
        "asq" => "result",
        "cssrs_screen" => "risk",
        _ => return None,
    };
    match scored.results.get(key)?.text()? {
        "acute_positive" | "high" => Some(Acuity::Acute),
        "non_acute_positive" | "moderate" => Some(Acuity::Positive),
        "low" => Some(Acuity::Low),
        "negative" | "none" => Some(Acuity::Negative),
        _ => None,
    }
}

impl RecommendationLine {
    /// Whether it waits for an answer: one that was put off has none.
    pub fn waits(&self) -> bool {
        matches!(self.answer, None | Some((_, AnswerKind::Later)))
    }
}
