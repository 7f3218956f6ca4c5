//! The courses that invented patients take. The first of them come one each, so that a small caseload has every
//! reason to call; after that they are drawn in the proportions of an ordinary caseload.

use super::prng::Prng;

/// How one patient fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Arc {
    /// Item 9 was positive in the latest contact; the concern is open.
    OpenConcern,
    /// 10, 13, 16: small steps that add up.
    Worsening,
    /// Did not come to the last appointment.
    Missed,
    /// Referred some days ago, nobody has called.
    NewReferral,
    /// The last contact is too long ago.
    ContactOverdue,
    /// Contacts, but no score for long.
    MeasureOverdue,
    /// No better by week 8, not reviewed.
    Stuck,
    /// A recommendation waits for the clinician.
    AnswerWaiting,
    /// Getting better.
    #[default]
    Improving,
    /// Better; preventing relapse.
    Preventing,
    /// Was better, is not.
    Relapsing,
    /// A task is due.
    TaskDue,
    /// In treatment without consent on file.
    NoConsent,
    /// In treatment without a diagnosis.
    NoDiagnosis,
    /// Closed: goals met.
    GoalsMet,
    /// Closed: could not be reached.
    Unreachable,
    /// Paused.
    OnHold,
    /// Tried, not reached yet.
    Outreach,
    /// A severe side effect.
    SideEffect,
    /// Nobody's patient.
    Unassigned,
    /// The care manager wants the patient discussed.
    ReviewWanted,
    /// Referred on to another service.
    ReferredOn,
    /// A concern was handled and closed.
    ConcernHandled,
    /// Was in the emergency department last week.
    AcuteEvent,
    /// A colleague stands in.
    Covered,
    /// Declines the measures.
    Declines,
}

impl Arc {
    /// All courses, in the order in which a caseload gets them.
    pub const ALL: [Arc; 26] = [
        Arc::OpenConcern,
        Arc::Worsening,
        Arc::Missed,
        Arc::NewReferral,
        Arc::ContactOverdue,
        Arc::MeasureOverdue,
        Arc::Stuck,
        Arc::AnswerWaiting,
        Arc::Improving,
        Arc::Preventing,
        Arc::Relapsing,
        Arc::TaskDue,
        Arc::NoConsent,
        Arc::NoDiagnosis,
        Arc::GoalsMet,
        Arc::Unreachable,
        Arc::OnHold,
        Arc::Outreach,
        Arc::SideEffect,
        Arc::Unassigned,
        Arc::ReviewWanted,
        Arc::ReferredOn,
        Arc::ConcernHandled,
        Arc::AcuteEvent,
        Arc::Covered,
        Arc::Declines,
    ];
    /// What an ordinary caseload is made of, in parts.
    const ORDINARY: [(Arc, u32); 14] = [
        (Arc::Improving, 30),
        (Arc::Stuck, 9),
        (Arc::GoalsMet, 14),
        (Arc::Preventing, 10),
        (Arc::Unreachable, 8),
        (Arc::ContactOverdue, 6),
        (Arc::MeasureOverdue, 4),
        (Arc::ConcernHandled, 4),
        (Arc::Worsening, 3),
        (Arc::Missed, 4),
        (Arc::Outreach, 9),
        (Arc::NewReferral, 6),
        (Arc::OpenConcern, 1),
        (Arc::Relapsing, 1),
    ];

    /// The course of a patient.
    pub fn of(number: u32, rng: &mut Prng) -> Self {
        if let Some(arc) = Self::ALL.get(number as usize) {
            return *arc;
        }
        let parts: u32 = Self::ORDINARY.iter().map(|(_, part)| part).sum();
        let mut drawn = rng.below(parts);
        for (arc, part) in Self::ORDINARY {
            if drawn < part {
                return arc;
            }
            drawn -= part;
        }
        Self::default()
    }

    /// PHQ-9 at the first contact and now.
    pub fn totals(self, rng: &mut Prng) -> (i64, i64) {
        let first = rng.between(12, 23);
        match self {
            Arc::Worsening => (10, 16),
            Arc::Stuck | Arc::ReviewWanted | Arc::AnswerWaiting => (first, first - rng.between(-1, 3)),
            Arc::Preventing | Arc::GoalsMet => (first, rng.between(0, 4)),
            Arc::Relapsing => (first, rng.between(11, 14)),
            _ => (first, (first - rng.between(3, 12)).max(2)),
        }
    }
    /// Days between the last contact and the day of looking.
    pub fn quiet_days(self, rng: &mut Prng) -> i64 {
        match self {
            Arc::ContactOverdue => rng.between(38, 60),
            Arc::GoalsMet | Arc::Unreachable => rng.between(20, 90),
            Arc::OnHold => rng.between(20, 30),
            Arc::Preventing => rng.between(5, 40),
            Arc::OpenConcern | Arc::Worsening | Arc::AcuteEvent => rng.between(1, 3),
            _ => rng.between(1, 13),
        }
    }
    /// Days since the referral, at least, so that the course has room to happen.
    pub fn least_days(self) -> i64 {
        match self {
            Arc::Stuck | Arc::ReviewWanted | Arc::AnswerWaiting => 75,
            Arc::Preventing | Arc::GoalsMet | Arc::Relapsing => 70,
            Arc::Worsening | Arc::MeasureOverdue | Arc::ContactOverdue | Arc::Unreachable => 60,
            _ => 20,
        }
    }
}
