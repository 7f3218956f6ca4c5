//! What the patient takes home: one page, large, in plain words. Nothing of the app is on it.

use leptos::prelude::*;

use super::Place;
use crate::app::format;
use crate::app::state::use_desk;
use crate::care::RelapsePart;
use crate::journal::facts::RelapsePlan;

/// The newest plan as a sheet; only paper shows it.
#[component]
pub fn Sheet(place: Place) -> impl IntoView {
    let plan = move || {
        place
            .view
            .with(|view| view.plans.first().map(|version| version.plan.clone()))
    };
    move || plan().map(|plan| view! { <Paper place plan/> })
}

#[component]
fn Paper(place: Place, plan: RelapsePlan) -> impl IntoView {
    let clinic = use_desk().clinic();
    let line = move || {
        let named = clinic.with(|clinic| clinic.crisis_line.clone().map(|line| (clinic.name.clone(), line)));
        named.map(|(name, line)| view! { <li>{name}": "<strong>{line}</strong></li> })
    };
    let whose = move || place.view.with(|view| view.head.goes_by.clone());
    let day = format::full_day(plan.day);
    let part = |part: RelapsePart| {
        let text = part.text(&plan).trim().to_owned();
        let body = match text.is_empty() {
            true => {
                view! { <p class="to-write"><span class="visually-hidden">"Nothing yet: a line to write on"</span></p> }
                    .into_any()
            }
            false => view! { <p class="prose-line">{text}</p> }.into_any(),
        };
        view! { <section><h3>{part.plain()}</h3>{body}</section> }
    };
    view! {
        <article class="plan-sheet only-print" aria-labelledby="relapse-sheet">
            <h2 id="relapse-sheet">"My plan to stay well"</h2>
            <p class="plan-whose">{whose}", "{day}</p>
            {RelapsePart::ALL.into_iter().map(part).collect_view()}
            <section class="plan-call">
                <h3>"If I think about hurting myself, or can\u{2019}t keep myself safe"</h3>
                <ul>
                    <li>"Call or text "<strong>"988"</strong>", day and night"</li>
                    <li>"Call "<strong>"911"</strong>", or go to the nearest emergency department"</li>
                    {line}
                </ul>
            </section>
        </article>
    }
}
