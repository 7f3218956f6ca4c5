//! Buttons. Their words are verbs.

use leptos::prelude::*;

use super::{Icon, IconName};

/// How much a button matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here; at most one a form.
    Primary,
    /// Something else to do.
    #[default]
    Secondary,
    /// Without a frame: in rows and bars.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// A button that does something when it is pressed.
#[component]
pub fn Button(
    /// How much it matters.
    #[prop(optional)]
    kind: ButtonKind,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// Whether it can't be pressed now. Say beside it why.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it says to those who listen, where the words alone are not enough, for example `Call Ito, Jun`.
    #[prop(optional, into)]
    says: Option<String>,
    /// Its id.
    #[prop(optional, into)]
    id: Option<String>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=kind.class()
            id=id
            aria-label=says
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </button>
    }
}

/// A link that looks like a button: it goes to a page.
#[component]
pub fn ButtonLink(
    /// How much it matters.
    #[prop(optional)]
    kind: ButtonKind,
    /// Where it goes: a route's hash.
    #[prop(into)]
    href: Signal<String>,
    /// What it says to those who listen, where the words alone are not enough.
    #[prop(optional, into)]
    says: Option<String>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! { <a class=kind.class() href=href aria-label=says>{children()}</a> }
}

/// The button that sends the form around it. While `busy` it can't be pressed again.
#[component]
pub fn Submit(
    /// Whether the form is being sent.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What it says while it is busy, for example `Saving…`.
    #[prop(optional, into)]
    busy_words: Option<String>,
    /// Its words.
    children: ChildrenFn,
) -> impl IntoView {
    let busy_words = busy_words.unwrap_or_else(|| "Saving\u{2026}".to_owned());
    view! {
        <button type="submit" class=ButtonKind::Primary.class() aria-disabled=move || busy.get().then_some("true")>
            {move || if busy.get() { busy_words.clone().into_any() } else { children().into_any() }}
        </button>
    }
}
