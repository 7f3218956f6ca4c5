//! Kinds, orders and marks that views are told by.

use serde::{Deserialize, Serialize};

use crate::journal::facts::Channel;
use crate::journal::{Day, Zone};

/// Kinds of worklist item, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// An open concern.
    Safety,
    /// Worse.
    Worse,
    /// A missed appointment.
    Missed,
    /// A new referral.
    Referred,
    /// Late.
    Overdue,
    /// An answer is waited for.
    Answer,
    /// Due today.
    Due,
    /// Routine.
    Routine,
}

/// Tabs of the caseload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadTab {
    /// Enrolled and active.
    Active,
    /// Relapse prevention.
    RelapsePrevention,
    /// Referred and being tried.
    Referred,
    /// On hold.
    OnHold,
    /// Closed.
    Closed,
}

/// Filters of the caseload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadFilter {
    /// Everybody.
    Everybody,
    /// An open concern or an unknown safety item.
    Safety,
    /// Not improving.
    NotImproving,
    /// Late with a contact or a measure.
    Late,
    /// At target.
    AtTarget,
    /// No score in this episode.
    NoScore,
    /// Two versions to settle, whatever the tab.
    ToSettle,
}

/// Orders of the caseload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadSort {
    /// The worklist's order.
    Urgency,
    /// Name.
    Name,
    /// Status.
    Status,
    /// Weeks.
    Weeks,
    /// Latest PHQ-9.
    Phq9,
    /// Change of PHQ-9.
    Phq9Change,
    /// Latest GAD-7.
    Gad7,
    /// Days since the last contact.
    Contact,
    /// Next contact.
    Next,
    /// Last case review.
    Review,
    /// Minutes.
    Minutes,
}

/// The safety item of a score, as lists mark it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyMark {
    /// Nothing to mark.
    #[default]
    None,
    /// Positive, with the answer.
    Positive(u8),
    /// Not answered, or only a total is known: a question mark.
    NotKnown,
    /// The score itself reached the alarm line that the clinic drew.
    Line,
}

/// Kinds of timeline row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// Contacts and attempts.
    Contact,
    /// Measures.
    Measure,
    /// Safety.
    Safety,
    /// Treatment and medicines.
    Treatment,
    /// Team: reviews, recommendations, messages, tasks.
    Team,
    /// Time.
    Time,
    /// Status, consent, registration and the rest.
    Record,
}

/// Where the browser's zone is not one that the app knows.
pub const FALLBACK_ZONE: Zone = Zone::UTC;

/// How the patient prefers to be reached, in words.
pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Text => "text",
        Channel::Video => "video",
        Channel::InPerson => "in person",
        Channel::Portal => "portal",
        Channel::Letter => "letter",
        Channel::Email => "e-mail",
    }
}

/// A day as pages show it: `Tue 24 Nov`; the year is added where the page's day is in another one.
pub fn day_words(day: Day) -> String {
    day.date().format("%a %-d %b").to_string()
}
