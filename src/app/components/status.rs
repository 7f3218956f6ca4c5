//! Status in colour, drawing and word together.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::registry::ItemKind;

/// A status. Colours mean nothing else in this app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusKind {
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
    /// At target.
    AtTarget,
    /// Waiting.
    Waiting,
}

impl From<ItemKind> for StatusKind {
    fn from(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Safety => Self::Safety,
            ItemKind::Worse => Self::Worse,
            ItemKind::Missed => Self::Missed,
            ItemKind::Referred => Self::Referred,
            ItemKind::Overdue => Self::Overdue,
            ItemKind::Answer => Self::Answer,
            ItemKind::Due => Self::Due,
            ItemKind::Routine => Self::Routine,
        }
    }
}

impl StatusKind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safety => "Safety",
            Self::Worse => "Worse",
            Self::Missed => "Missed",
            Self::Referred => "Referred",
            Self::Overdue => "Overdue",
            Self::Answer => "Answer",
            Self::Due => "Due",
            Self::Routine => "Routine",
            Self::AtTarget => "At target",
            Self::Waiting => "Waiting",
        }
    }
    /// Its drawing.
    pub fn icon(self) -> IconName {
        match self {
            Self::Safety => IconName::Alert,
            Self::Worse => IconName::Rise,
            Self::Missed => IconName::Missed,
            Self::Referred => IconName::NewPerson,
            Self::Overdue => IconName::Clock,
            Self::Answer => IconName::Answer,
            Self::Due => IconName::Calendar,
            Self::Routine => IconName::List,
            Self::AtTarget => IconName::Done,
            Self::Waiting => IconName::Waiting,
        }
    }
    /// The class that carries its colour.
    pub fn class(self) -> &'static str {
        match self {
            Self::Safety => "status safety",
            Self::Worse => "status worse",
            Self::Missed | Self::Overdue => "status overdue",
            Self::Referred | Self::Due => "status due",
            Self::AtTarget => "status at-target",
            Self::Answer | Self::Routine | Self::Waiting => "status waiting",
        }
    }
}

/// A status with its drawing, its word and its colour.
#[component]
pub fn StatusTag(
    /// Which.
    #[prop(into)]
    kind: StatusKind,
    /// Other words than its own, for example `Due in 7 h`.
    #[prop(optional, into)]
    words: Option<String>,
) -> impl IntoView {
    let words = words.unwrap_or_else(|| kind.word().to_owned());
    view! { <span class=kind.class()><Icon name=kind.icon()/>{words}</span> }
}
