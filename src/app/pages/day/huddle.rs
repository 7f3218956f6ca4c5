//! The sheet for the huddle: who comes today and who needs what, by treating clinician, safety first. Made to be printed.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::common::Once;
use super::time_of;
use crate::app::browser;
use crate::app::components::{Button, EmptyState, Icon, IconName, StatusTag};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::words::{APPOINTMENT_STATES, MODES, word_of};
use crate::journal::When;
use crate::journal::facts::{AppointmentState, Mode};
use crate::registry::{HuddleGroup, HuddleRow, HuddleView, Request, Response};

/// The sheet.
#[component]
pub fn HuddlePage() -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        || Request::Huddle,
        |response| match response {
            Response::Huddle(view) => Some(*view),
            _ => None,
        },
    );
    let today = desk.today();
    view! {
        <div class="page huddle">
            <header class="page-head">
                <h1>"Huddle: "{move || format::full_day(today.get())}</h1>
                <div class="actions">
                    <Button on_press=|()| browser::print()><Icon name=IconName::Print/>"Print"</Button>
                </div>
            </header>
            <p class="hint no-print">"Patients with an appointment today, those who come first on Today, and those for whom an answer is waited for."</p>
            <Once answer what="the sheet" children=move |view| view! { <Sheet view/> }/>
        </div>
    }
}

#[component]
fn Sheet(view: Signal<Arc<HuddleView>>) -> impl IntoView {
    let group = |(at, group): (usize, HuddleGroup)| {
        let id = format!("huddle-{at}");
        let labelled = id.clone();
        let clinician = match group.clinician.is_empty() {
            true => "No treating clinician named".to_owned(),
            false => group.clinician,
        };
        view! {
            <section class="huddle-group" aria-labelledby=labelled>
                <h2 id=id>{clinician}</h2>
                <ul>{group.rows.into_iter().map(|row| view! { <Patient row/> }).collect_view()}</ul>
            </section>
        }
    };
    let nobody = move || view.with(|view| view.groups.is_empty());
    view! {
        {move || nobody().then(|| view! {
            <EmptyState title="Nobody for the huddle today.">"Nobody has an appointment, and nobody comes first on Today."</EmptyState>
        })}
        {move || view.with(|view| view.groups.clone()).into_iter().enumerate().map(group).collect_view()}
    }
}

#[component]
fn Patient(row: HuddleRow) -> impl IntoView {
    let visit = |(at, mode, state): (When, Mode, AppointmentState)| {
        let words = [
            time_of(at),
            word_of(MODES, mode).to_lowercase(),
            word_of(APPOINTMENT_STATES, state).to_lowercase(),
        ];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        view! { <p class="visit">{words.join(", ")}</p> }
    };
    let need = |need: String| view! { <li>{need}</li> };
    view! {
        <li class="huddle-row keep">
            <div>
                {row.visits.into_iter().map(visit).collect_view()}
                {row.kind.map(|kind| view! { <StatusTag kind/> })}
            </div>
            <p>
                <a class="name" href=Route::Patient(row.chart).href()>{row.name}</a>
                <span class="hint">{row.about}</span>
            </p>
            <ul class="needs">{row.needs.into_iter().map(need).collect_view()}</ul>
        </li>
    }
}
