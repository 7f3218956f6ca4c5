//! What a page has to say, in place: never in something that floats away.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::registry::Failure;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// To be looked at.
    Warning,
    /// Something did not work.
    Error,
    /// Something worked.
    Success,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "notice info",
            Self::Warning => "notice warning",
            Self::Error => "notice error",
            Self::Success => "notice success",
        }
    }
    fn icon(self) -> IconName {
        match self {
            Self::Info => IconName::Info,
            Self::Warning | Self::Error => IconName::Alert,
            Self::Success => IconName::Done,
        }
    }
    /// Errors interrupt those who listen; the rest waits.
    fn role(self) -> &'static str {
        match self {
            Self::Error => "alert",
            Self::Info | Self::Warning | Self::Success => "status",
        }
    }
}

/// A framed message with a drawing and words.
#[component]
pub fn Notice(
    /// How it is meant.
    #[prop(optional)]
    tone: Tone,
    /// Its first line, in bold.
    #[prop(optional, into)]
    title: Option<String>,
    /// The rest: text, buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=tone.class() role=tone.role()>
            <Icon name=tone.icon()/>
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// Why a request failed, with its sentence.
#[component]
pub fn FailureNotice(
    /// Why.
    failure: Failure,
) -> impl IntoView {
    let tone = match failure {
        // What was asked for.
        Failure::Cancelled => Tone::Info,
        _ => Tone::Error,
    };
    view! { <Notice tone><p>{failure.to_string()}</p></Notice> }
}

/// Where there is nothing yet: what will be here, and the first step (as children).
#[component]
pub fn EmptyState(
    /// What will be here, as a sentence.
    #[prop(into)]
    title: String,
    /// The first step: text, buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children()}
        </div>
    }
}
