//! One row of the worklist: kind, name, reason, what clears it, the rule, and what can be done here.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, ButtonLink, DayText, Icon, IconName, StatusTag};
use crate::app::pages::patient::{QuickFormKind, wish_for};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::journal::facts::ClockKind;
use crate::registry::{ItemKind, TodayItem};

/// What stays the same while a row stays: its place and its item.
pub fn key_of((at, item): &(usize, Arc<TodayItem>)) -> String {
    let others = item.others.len();
    format!("{at}/{}/{:?}/{}/{others}", item.chart, item.kind, item.reason)
}

/// The id of a row's link.
pub fn link_id(at: usize) -> String {
    format!("worklist-{at}")
}

/// The row that has the focus, by its link or anything else in it.
pub fn focused() -> Option<usize> {
    let element = document().active_element()?;
    let row = element.closest("li[data-row]").ok().flatten()?;
    row.get_attribute("data-row")?.parse().ok()
}

/// One item.
#[component]
pub fn Row(
    /// Its place, from 0.
    at: usize,
    /// The item.
    item: Arc<TodayItem>,
    /// Is set to the item that is to be put off.
    snoozing: RwSignal<Option<Arc<TodayItem>>>,
) -> impl IntoView {
    let others = item.others.clone();
    let safety = item.kind == ItemKind::Safety;
    view! {
        <li class="item" class:safety=safety data-row=at>
            <span class="kind"><StatusTag kind=item.kind/></span>
            <span class="name">
                <a id=link_id(at) href=Route::Patient(item.chart).href()>{item.name.clone()}</a>
                {item.care_manager.clone().map(|name| view! { <span class="hint">{name}</span> })}
            </span>
            <div class="why">
                <p class="reason">{item.reason.clone()}</p>
                <p class="because">
                    <span>"clears when: "{item.clears.clone()}</span>
                    <span>"rule: "{item.rule.clone()}</span>
                </p>
                {(!others.is_empty()).then(|| view! { <p class="because">"also: "{others.join("; ")}</p> })}
            </div>
            <Doing item snoozing/>
        </li>
    }
}

/// What can be done in place.
#[component]
fn Doing(item: Arc<TodayItem>, snoozing: RwSignal<Option<Arc<TodayItem>>>) -> impl IntoView {
    let router = use_router();
    let chart = item.chart;
    let name = item.name.clone();
    let says = move |deed: &str| format!("{deed}: {name}");
    let call = calls(&item).map(|words| {
        let says = says(words);
        view! {
            <ButtonLink href=Route::Contact(chart).href() says><Icon name=IconName::Phone/>{words}</ButtonLink>
        }
    });
    let measure = (item.clock == ClockKind::Measure || item.kind == ItemKind::Worse).then(|| {
        let measure = move |()| {
            wish_for(chart, QuickFormKind::Measure);
            router.go(Route::Patient(chart));
        };
        view! { <Button on_press=measure says=says("Measure")>"Measure"</Button> }
    });
    let steps = item.concern.map(|concern| {
        let href = Route::Safety(chart, concern).href();
        view! { <ButtonLink href says=says("Safety steps")>"Safety steps"</ButtonLink> }
    });
    let answer = (item.clock == ClockKind::Answer).then(|| {
        let open = move |()| {
            wish_for(chart, QuickFormKind::Answer);
            router.go(Route::Patient(chart));
        };
        view! { <Button on_press=open says=says("Record answer")>"Record answer"</Button> }
    });
    let open = (call.is_none() && answer.is_none()).then(|| {
        view! { <ButtonLink href=Route::Patient(chart).href() says=says("Open")>"Open"</ButtonLink> }
    });
    let snooze = item.snooze_until.map(|_| {
        let own = Arc::clone(&item);
        let says = says("Snooze");
        view! {
            <Button kind=ButtonKind::Quiet on_press=move |()| snoozing.set(Some(Arc::clone(&own))) says>"Snooze"</Button>
        }
    });
    let phone = item.phone.clone().filter(|_| call.is_some());
    view! {
        <div class="doing">
            {phone.map(|phone| view! { <span class="phone">{phone}</span> })}
            {item.prefers.clone().map(|words| view! { <span class="hint prefers">{words}</span> })}
            {call}
            {measure}
            {steps}
            {answer}
            {open}
            {snooze}
        </div>
    }
}

/// The words of the button that leads to the contact form; none where no call is what's next.
fn calls(item: &TodayItem) -> Option<&'static str> {
    match (item.kind, item.clock) {
        (ItemKind::Missed, _) => Some("Try again"),
        (ItemKind::Answer, _) => None,
        (_, ClockKind::Review | ClockKind::Plan | ClockKind::Task | ClockKind::Answer) => None,
        _ => Some("Call"),
    }
}

/// An item that was put off, and until when.
#[component]
pub fn PutOff(
    /// The item.
    item: Arc<TodayItem>,
) -> impl IntoView {
    view! {
        <li class="item put-off">
            <span class="kind"><StatusTag kind=item.kind/></span>
            <span class="name"><a href=Route::Patient(item.chart).href()>{item.name.clone()}</a></span>
            <div class="why"><p class="reason">{item.reason.clone()}</p></div>
            <div class="doing">
                {item.snoozed_until.map(|day| view! { <span class="hint">"until "<DayText day/></span> })}
                <ButtonLink href=Route::Contact(item.chart).href()>"Call"</ButtonLink>
            </div>
        </li>
    }
}
