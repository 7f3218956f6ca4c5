//! What a handoff brings to one chart, by kind.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use crate::journal::{Day, Entry, Fact, Seconds, When};

/// A kind of news, in the order in which a person wants to hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum News {
    /// Safety concerns, what was done about them, safety plans, acute events.
    Safety,
    /// Measures taken.
    Score,
    /// Two-way contacts.
    Contact,
    /// Attempts.
    Attempt,
    /// Time spent.
    Time,
    /// Case reviews, advice and answers.
    Review,
    /// Medicines and changes of treatment.
    Treatment,
    /// Status, episode, referral, who is responsible.
    Course,
    /// Appointments and what is due next.
    Plan,
    /// Notes and messages.
    Note,
    /// Corrections, and entries marked as entered in error.
    Correction,
    /// Names, telephone numbers, payer, consent.
    Details,
    /// Anything else, kinds of a newer version among it.
    Other,
}

/// How much there is of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries.
    pub entries: usize,
    /// Their time, for [`News::Time`].
    pub seconds: Seconds,
    /// The newest clinical date among them.
    pub newest: Option<Day>,
}

/// New entries by kind.
pub(super) fn tally<'a>(entries: impl Iterator<Item = &'a Entry>) -> BTreeMap<News, Tally> {
    let mut news: BTreeMap<News, Tally> = BTreeMap::new();
    for entry in entries {
        let (kind, day) = kind_of(entry.fact());
        let tally = news.entry(kind).or_default();
        tally.entries += 1;
        tally.newest = tally.newest.max(day);
        if let Fact::Time(time) = entry.fact() {
            tally.seconds = Seconds(tally.seconds.0.saturating_add(time.seconds.0));
        }
    }
    news
}

/// A fact's kind, and its clinical date where it has one.
fn kind_of(fact: &Fact) -> (News, Option<Day>) {
    match fact {
        Fact::Concern(c) => (News::Safety, day(&c.at)),
        Fact::ConcernStep(s) => (News::Safety, day(&s.at)),
        Fact::ConcernClosed(c) => (News::Safety, day(&c.at)),
        Fact::SafetyPlan(p) => (News::Safety, Some(p.day)),
        Fact::AcuteEvent(e) => (News::Safety, day(&e.at)),
        Fact::Assessment(a) => (News::Score, day(&a.at)),
        Fact::Contact(c) => (News::Contact, day(&c.at)),
        Fact::Attempt(a) => (News::Attempt, day(&a.at)),
        Fact::Time(t) => (News::Time, day(&t.start)),
        Fact::CaseReview(r) => (News::Review, day(&r.at)),
        Fact::Recommendation(r) => (News::Review, Some(r.day)),
        Fact::Answer(_) | Fact::ReviewRequest(_) => (News::Review, None),
        Fact::TreatmentChange(t) => (News::Treatment, Some(t.day)),
        Fact::Medication(_) | Fact::MedicationCheck(_) | Fact::Diagnosis(_) | Fact::Condition(_) => {
            (News::Treatment, None)
        }
        Fact::StatusChange(s) => (News::Course, Some(s.from)),
        Fact::Referral(_) | Fact::Episode(_) | Fact::Assignment(_) | Fact::Coverage(_) => (News::Course, None),
        Fact::Appointment(a) => (News::Plan, day(&a.at)),
        Fact::ContactPlan(_) | Fact::MeasurePlan(_) | Fact::Task(_) | Fact::Goal(_) | Fact::PlanSection(_) => {
            (News::Plan, None)
        }
        Fact::Barrier(_)
        | Fact::PlannedIntervention(_)
        | Fact::PlannedActivity(_)
        | Fact::ProblemSheet(_)
        | Fact::PlanReview(_)
        | Fact::PlanStep(_)
        | Fact::ReadinessRuler(_) => (News::Plan, None),
        Fact::Note(n) => (News::Note, day(&n.at)),
        Fact::Communication(_) => (News::Note, None),
        Fact::Corrected(_) | Fact::EnteredInError(_) => (News::Correction, None),
        Fact::Claim(_)
        | Fact::Registration(_)
        | Fact::Payer(_)
        | Fact::Consent(_)
        | Fact::Release(_)
        | Fact::SamePerson(_) => (News::Details, None),
        _ => (News::Other, None),
    }
}

/// The day on the clock that it was written down by.
fn day(at: &When) -> Option<Day> {
    match at {
        When::Day(day) => Some(*day),
        When::At(at) => Day::new(at.year(), at.month(), at.day()),
    }
}
