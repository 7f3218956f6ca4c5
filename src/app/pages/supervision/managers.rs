//! What stands open and what is late, by care manager.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{DayText, EmptyState};
use crate::app::format;
use crate::app::route::{CaseloadRoute, Route};
use crate::app::state::use_desk;
use crate::app::words::{CONCERNS, word_of};
use crate::registry::{ManagerLine, OpenConcernLine, SupervisionView};

/// Open safety concerns and late clocks.
#[component]
pub fn Managers(
    /// The page.
    view: Signal<Arc<SupervisionView>>,
) -> impl IntoView {
    let lines = move || view.with(|view| view.managers.clone());
    view! {
        <section aria-labelledby="managers">
            <h2 id="managers">"By care manager"</h2>
            <Show when=move || view.with(|view| !view.managers.is_empty()) fallback=|| view! {
                <EmptyState title="Nobody is in care yet.">""</EmptyState>
            }>
                <For each=lines key=|line| format!("{line:?}") children=|line| view! { <Manager line/> }/>
            </Show>
        </section>
    }
}

#[component]
fn Manager(line: ManagerLine) -> impl IntoView {
    let patients = format::count(line.patients.into(), "open episode", "open episodes");
    let number = u64::try_from(line.concerns.len()).unwrap_or(u64::MAX);
    let open = format::count(number, "open safety concern", "open safety concerns");
    let concerns = line
        .concerns
        .into_iter()
        .map(|one| view! { <Concern one/> })
        .collect_view();
    let name = line.name.clone();
    let person = line.person;
    let late = line.late.into_iter().map(move |(words, count, filter)| {
        let route = Route::Caseload(CaseloadRoute {
            filter,
            care_manager: person,
            ..CaseloadRoute::PLAIN
        });
        let patients = format::count(count.into(), "patient", "patients");
        view! { <li><a href=route.href()>{words}" late: "{patients}</a></li> }
    });
    let late = late.collect_view();
    view! {
        <section class="supervised" aria-label=name>
            <h3>{line.name}</h3>
            <p class="hint">{patients}", "{open}</p>
            <ul>{concerns}</ul>
            <ul class="late-clocks">{late}</ul>
        </section>
    }
}

#[component]
fn Concern(one: OpenConcernLine) -> impl IntoView {
    let zone = use_desk().zone();
    let words = word_of(CONCERNS, one.kind);
    let age = format::count(one.days.into(), "day", "days");
    view! {
        <li>
            <a class="name" href=Route::Safety(one.chart, one.concern).href()>{one.name}</a>
            ": "{words}", open since "<DayText day=one.opened.day(zone)/>" ("{age}")"
        </li>
    }
}
