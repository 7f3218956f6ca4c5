//! Views of one page, each with an address of its own.

use leptos::prelude::*;

use crate::app::format;

/// One view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its words.
    pub label: String,
    /// How many things are in it.
    pub count: Option<u32>,
    /// Its route's hash.
    pub href: String,
    /// Whether it is shown now.
    pub current: bool,
}

/// A row of links, the current one marked. Links, so that Back works and each can be opened in a tab of its own.
#[component]
pub fn Tabs(
    /// What the views are of.
    #[prop(into)]
    label: String,
    /// The views.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
) -> impl IntoView {
    let link = |tab: Tab| {
        let current = tab.current.then_some("page");
        let count = tab.count.map(|count| format::grouped(count.into()));
        view! {
            <li>
                <a href=tab.href aria-current=current>
                    {tab.label}
                    {count.map(|count| view! { " "<span class="tab-count">{count}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{move || tabs.get().into_iter().map(link).collect_view()}</ul>
        </nav>
    }
}
