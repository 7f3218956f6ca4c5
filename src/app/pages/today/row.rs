//! One row of the worklist: kind, name, reason, what clears it, the rule, and what can be done here.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, ButtonLink, Icon, IconName, StatusTag};
use crate::app::format::dial;
use crate::app::pages::patient::{QuickFormKind, wish_for};
use crate::app::pages::places;
use crate::app::route::{Route, Section};
use crate::app::router::{Router, use_router};
use crate::app::typed::capital;
use crate::journal::ChartId;
use crate::journal::facts::ClockKind;
use crate::registry::{ItemKind, TodayItem};

/// What stays the same while a row stays: its place and its item.
pub fn key_of((at, item): &(usize, Arc<TodayItem>)) -> String {
    let (others, decided) = (item.others.len(), item.decided.is_some());
    format!("{at}/{}/{:?}/{}/{others}/{decided}", item.chart, item.kind, item.reason)
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

/// Other reasons that a row names; the rest are counted.
const NAMED: usize = 2;

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
    let safety = item.kind == ItemKind::Safety;
    let decided = item.decided.clone();
    let about = [Some(item.about.clone()), item.care_manager.clone()];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ");
    let shown = about.clone();
    let answers = match item.clock {
        ClockKind::Answer => Some(places::answers(item.chart, item.name.clone())),
        ClockKind::Feedback => Some(places::feedback(item.chart, item.name.clone())),
        _ => None,
    };
    view! {
        <li class="item" class:safety=safety data-row=at>
            <span class="kind"><StatusTag kind=item.kind/></span>
            <span class="name">
                <a id=link_id(at) href=Route::Patient(item.chart).href()>{item.name.clone()}</a>
                <span class="hint" title=about>{shown}</span>
            </span>
            <div class="why">
                <p class="reason">{capital(&item.reason)}</p>
                {decided.map(|words| view! { <p class="decided">{words}</p> })}
                <Why item=Arc::clone(&item)/>
            </div>
            <Doing item snoozing/>
            {answers}
        </li>
    }
}

/// The patient's other reasons in a line; behind it all of them, what clears the item, and its rule.
#[component]
fn Why(item: Arc<TodayItem>) -> impl IntoView {
    let others = &item.others;
    let named = others.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    let rest = others.len().saturating_sub(NAMED);
    let also = (!others.is_empty()).then(|| view! { <span class="also">"Also: "{named}</span> });
    let more = (rest > 0).then(|| view! { <span class="and-more">{format!("and {rest} more")}</span> });
    let all = (!others.is_empty()).then(|| {
        let lines = others.iter().cloned().map(|words| view! { <li>{words}</li> });
        view! { <ul>{lines.collect_view()}</ul> }
    });
    view! {
        <details class="row-why">
            <summary>{also}{more}<span class="word">"Why"</span></summary>
            <p>{capital(&item.reason)}</p>
            {all}
            <p>"clears when: "{item.clears.clone()}</p>
            <p>"rule: "{item.rule.clone()}</p>
        </details>
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
    let wished = move |form| {
        wish_for(chart, form);
        router.go(Route::Patient(chart));
    };
    // What can be done for any patient: small, so that what the reason asks for stands out.
    let also_call = call.is_none().then_some((IconName::Phone, "Call", Deed::Call));
    let always = also_call.into_iter().chain(DEEDS).map(|(icon, words, deed)| {
        let go = move |()| deed.of(chart, router);
        view! { <span title=words><Button kind=ButtonKind::Quiet icon says=says(words) on_press=go>""</Button></span> }
    });
    let always = always.collect_view();
    let steps = item.concern.map(|concern| {
        let href = Route::Safety(chart, concern).href();
        view! { <ButtonLink href says=says("Safety steps")>"Safety steps"</ButtonLink> }
    });
    let answer = (item.clock == ClockKind::Answer).then(|| {
        let open = move |()| wished(QuickFormKind::Answer);
        view! { <Button on_press=open says=says("Record answer")>"Record answer"</Button> }
    });
    let reopen = item.reopens.then(|| {
        let href = Route::Section(chart, Section::Closing).href();
        view! { <ButtonLink href says=says("Reopen active treatment")>"Reopen treatment"</ButtonLink> }
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
    let phone = item.phone.clone().map(|phone| {
        let href = dial(&phone);
        view! { <a class="phone" href=href>{phone}</a> }
    });
    view! {
        <div class="doing">
            {phone}
            {item.prefers.clone().map(|words| view! { <span class="hint prefers">{words}</span> })}
            {call}
            {steps}
            {answer}
            {reopen}
            {open}
            {snooze}
            <span class="always">{always}</span>
        </div>
    }
}

/// What can be done for the patient of any row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Recording a contact.
    Call,
    /// Recording a measure.
    Measure,
    /// Booking an appointment.
    Book,
    /// Writing a letter or a message.
    Write,
}

/// Those that every row has as a drawing.
const DEEDS: [(IconName, &str, Deed); 3] = [
    (IconName::Rise, "Measure", Deed::Measure),
    (IconName::Calendar, "Book an appointment", Deed::Book),
    (IconName::Note, "Write a letter or message", Deed::Write),
];

impl Deed {
    /// Goes where it is done.
    pub fn of(self, chart: ChartId, router: Router) {
        let form = match self {
            Self::Call => return router.go(Route::Contact(chart)),
            Self::Write => return router.go(Route::Section(chart, Section::Notes)),
            Self::Measure => QuickFormKind::Measure,
            Self::Book => QuickFormKind::Appointment(None),
        };
        wish_for(chart, form);
        router.go(Route::Patient(chart));
    }
}

/// The words of the button that leads to the contact form; none where no reason asks for a call.
fn calls(item: &TodayItem) -> Option<&'static str> {
    match (item.calls, item.kind) {
        (false, _) => None,
        (true, ItemKind::Missed) => Some("Try again"),
        (true, _) => Some("Call"),
    }
}
