//! One quiet line about the other tabs: who writes, and how to write here.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Icon, IconName, Notice, Tone};
use crate::app::state::use_desk;
use crate::app::tabs::{News, use_tabs};

/// Says that another tab writes, or that this one does now.
#[component]
pub fn TabsLine() -> impl IntoView {
    let tabs = use_tabs();
    let (standing, news) = (tabs.standing(), tabs.news());
    let words = move || match (standing.get().writes(), news.get()) {
        (false, Some(News::TakenOver)) => {
            Some("Another tab took over the writing. This one only reads. What you typed is still here.")
        }
        (false, Some(News::Refused)) => {
            Some("The browser did not let this tab write. Another tab is writing. This one only reads.")
        }
        (false, _) => Some("Another tab is writing. This one only reads."),
        (true, Some(News::Promoted)) => Some("The tab that was writing is gone. This one writes now."),
        (true, Some(News::TookOver)) => Some("This tab writes now. The other one only reads."),
        (true, Some(News::TakenOver | News::Refused) | None) => None,
    };
    // The button that was pressed goes; the keyboard goes on from the page.
    let close = move |()| {
        news.set(None);
        browser::focus("main");
    };
    let line = move || {
        words().map(|words| {
            let button = match standing.get().writes() {
                true => {
                    view! { <Button kind=ButtonKind::Quiet on_press=close>"Close this message"</Button> }.into_any()
                }
                false => view! { <TakeOver/> }.into_any(),
            };
            view! { <Icon name=IconName::Info/><span>{words}</span>{button} }
        })
    };
    view! { <div class="tabs-line" role="status" class:shown=move || words().is_some()>{line}</div> }
}

/// What the tab could not read or take in when it took its place: red, and there until it worked.
#[component]
pub fn Behind() -> impl IntoView {
    let (tabs, desk) = (use_tabs(), use_desk());
    let behind = tabs.behind();
    move || {
        behind.get().map(|failure| {
            view! {
                <Notice tone=Tone::Error title="What patients filled in was not taken in">
                    <p>
                        "What was filled in on this device while Caseload was locked, and what other tabs wrote, may be \
                         missing from these lists, and a positive answer may be among it. It is kept. "
                        {failure.to_string()}
                    </p>
                    <div class="actions">
                        <Button kind=ButtonKind::Primary on_press=move |()| tabs.catch_up(desk.core())>"Try again"</Button>
                    </div>
                </Notice>
            }
        })
    }
}

#[component]
fn TakeOver() -> impl IntoView {
    let (tabs, desk) = (use_tabs(), use_desk());
    let take_over = move |()| {
        tabs.take_over(desk.core(), desk.opened().registry);
        browser::focus("main");
    };
    view! { <Button on_press=take_over>"Write here instead"</Button> }
}
