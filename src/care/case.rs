//! One patient as the rules see it: the sheet, the episode of today and its phase.

use crate::flowsheet::{ContactLine, EpisodeLine, Flowsheet, ReviewLine, StatusLine};
use crate::journal::Day;
use crate::journal::facts::{AcuteKind, ChangeKind};

use super::office::{AsOf, Moment};
use super::protocol::Number;

/// Where the patient stands. Each has a clock of its own, but for the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Referred or being tried; also an episode whose status nobody wrote down.
    Referred,
    /// Enrolled.
    Enrolled,
    /// Active.
    Active,
    /// Relapse prevention.
    RelapsePrevention,
    /// Paused until a review.
    OnHold(Day),
    /// Ended.
    Closed,
    /// No episode was opened.
    NoEpisode,
}

impl Phase {
    /// Whether the patient is enrolled or in treatment.
    pub fn is_in_care(self) -> bool {
        matches!(self, Self::Enrolled | Self::Active | Self::RelapsePrevention)
    }
}

/// One patient as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The dated numbers.
    pub sheet: &'a Flowsheet,
    /// The moment.
    pub at: &'a AsOf<'a>,
    /// The episode of that day.
    pub episode: Option<&'a EpisodeLine>,
    /// Where the patient stands in it.
    pub phase: Phase,
    /// The day before which everything belongs to a former episode; the calendar's start when there is none.
    first_day: Option<Day>,
}

impl<'a> Case<'a> {
    /// A patient at a moment.
    pub fn of(sheet: &'a Flowsheet, at: &'a AsOf<'a>) -> Self {
        let episode = sheet.episode_on(at.today);
        let status = episode.map(|e| e.status_on(at.today));
        let phase = match status {
            None => Phase::NoEpisode,
            Some(None | Some(StatusLine::Referred | StatusLine::Outreach)) => Phase::Referred,
            Some(Some(StatusLine::Enrolled)) => Phase::Enrolled,
            Some(Some(StatusLine::Active)) => Phase::Active,
            Some(Some(StatusLine::RelapsePrevention)) => Phase::RelapsePrevention,
            Some(Some(StatusLine::OnHold { review })) => Phase::OnHold(review),
            Some(Some(StatusLine::Closed(_))) => Phase::Closed,
        };
        let former = |e: &EpisodeLine| sheet.episodes.iter().any(|other| other.opened < e.opened);
        let first_day = episode.filter(|e| former(e)).map(|e| e.opened);
        Self {
            sheet,
            at,
            episode,
            phase,
            first_day,
        }
    }
    /// Whether something of this day belongs to the episode and had happened.
    pub fn counts(&self, day: Day) -> bool {
        day <= self.at.today && self.first_day.is_none_or(|first| first <= day)
    }
    /// First day of the status that holds now.
    pub fn since(&self) -> Option<Day> {
        self.episode
            .and_then(|e| e.status_since(self.at.today).or(Some(e.opened)))
    }
    /// First day in care, when that has come.
    pub fn enrolled(&self) -> Option<Day> {
        self.episode
            .and_then(EpisodeLine::enrolled)
            .filter(|day| *day <= self.at.today)
    }
    /// The day from which weeks are counted: the earlier of enrolment and the first treatment start or change.
    pub fn treated_since(&self) -> Option<Day> {
        let treatments = self.sheet.treatments.iter().filter(|t| starts_or_changes(t.kind));
        let first = treatments.map(|t| t.day).filter(|day| self.counts(*day)).min();
        match (self.enrolled(), first) {
            (Some(enrolled), Some(first)) => Some(enrolled.min(first)),
            (enrolled, first) => enrolled.or(first),
        }
    }
    /// Completed weeks since then.
    pub fn weeks(&self) -> Option<u32> {
        let since = self.treated_since()?;
        u32::try_from(self.at.today.since(since) / 7).ok()
    }
    /// Contacts with the patient up to now, the latest first.
    pub fn contacts(&self) -> impl Iterator<Item = &'a ContactLine> + use<'a> {
        let today = self.at.today;
        let until_now = self.sheet.contacts.iter().rev().skip_while(move |c| today < c.day);
        until_now.filter(|c| c.with_patient)
    }
    /// The last contact with the patient in the episode.
    pub fn last_contact(&self) -> Option<Day> {
        self.contacts().next().map(|c| c.day).filter(|day| self.counts(*day))
    }
    /// Whether there was a contact with the patient after a moment.
    pub fn contact_after(&self, moment: Moment) -> bool {
        let mut since = self.contacts().take_while(|c| moment.day <= c.day);
        since.any(|c| Moment { at: c.at, day: c.day }.is_after(moment))
    }
    /// Whether there was a contact with the patient on a day or later.
    pub fn contact_since(&self, day: Day) -> bool {
        self.contacts().next().is_some_and(|c| day <= c.day)
    }
    /// Case reviews of the episode, the latest first.
    pub fn reviews(&self) -> impl Iterator<Item = &'a ReviewLine> + use<'a> {
        let case = *self;
        self.sheet.reviews.iter().rev().filter(move |r| case.counts(r.day))
    }
    /// The last case review of the episode.
    pub fn last_review(&self) -> Option<Day> {
        self.reviews().next().map(|r| r.day)
    }
    /// Whether there was a case review after a moment.
    pub fn reviewed_after(&self, moment: Moment) -> bool {
        let mut since = self.reviews().take_while(|r| moment.day <= r.day);
        since.any(|r| Moment { at: r.at, day: r.day }.is_after(moment))
    }
    /// The day of death, when one is recorded.
    pub fn died(&self) -> Option<Day> {
        let deaths = self.sheet.acute.iter().filter(|(_, kind)| *kind == AcuteKind::Death);
        deaths
            .map(|(at, _)| self.at.day_of(*at))
            .find(|day| *day <= self.at.today)
    }
    /// A number of the protocol as days.
    pub fn days(&self, number: Number) -> i64 {
        self.at.protocol.days(number)
    }
}

/// Whether a treatment change starts or changes a treatment, so that an effect is to be expected of it. Stopping a
/// medicine and a referral elsewhere don't.
pub fn starts_or_changes(kind: ChangeKind) -> bool {
    match kind {
        ChangeKind::MedicationStarted
        | ChangeKind::DoseChanged
        | ChangeKind::MedicationSwitched
        | ChangeKind::PsychosocialChanged
        | ChangeKind::Other => true,
        ChangeKind::MedicationStopped | ChangeKind::Referred => false,
    }
}
