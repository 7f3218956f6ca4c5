//! The safety plan on a page of its own: as it stands, its earlier versions, and a sheet for the patient to take home.

use std::sync::Arc;

use leptos::prelude::*;

use super::plan::{Parts, PlanBox, newest, versions};
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, DayText, Icon, IconName};
use crate::app::format;
use crate::app::pages::common::{Once, follow_patient};
use crate::app::pages::contact::full_name;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::words::SAFETY_PLAN_PARTS;
use crate::journal::ChartId;
use crate::journal::facts::{SafetyPlan, SafetyPlanPart};
use crate::registry::PatientView;

/// The safety plan of one patient.
#[component]
pub fn SafetyPlanPage(
    /// Whose.
    chart: ChartId,
) -> impl IntoView {
    let patient = follow_patient(use_desk(), chart);
    view! { <Once answer=patient what="the safety plan" children=move |view| view! { <Plan chart view/> }/> }
}

#[component]
fn Plan(chart: ChartId, view: Signal<Arc<PatientView>>) -> impl IntoView {
    let plan = move || view.with(|view| newest(view));
    let earlier = move || {
        view.with(|view| versions(view))
            .split_off(1.min(view.with(|view| versions(view).len())))
    };
    let name = move || view.with(|view| full_name(view));
    let version = |(plan, by): (SafetyPlan, String)| {
        view! {
            <details>
                <summary>"Version of "<DayText day=plan.day/>", by "{by}</summary>
                <Parts plan/>
            </details>
        }
    };
    view! {
        <div class="safety-page plan-page">
            <header class="contact-head no-print">
                <h1>"Safety plan"</h1>
                <p class="who"><a class="name" href=Route::Patient(chart).href()>{name}</a></p>
                {move || plan().is_some().then(|| view! {
                    <p class="actions">
                        <Button kind=ButtonKind::Primary on_press=|()| browser::print()>
                            <Icon name=IconName::Print/>"Print for the patient"
                        </Button>
                    </p>
                })}
            </header>
            <PlanBox chart view on_page=true/>
            {move || {
                let earlier = earlier();
                (!earlier.is_empty()).then(|| view! {
                    <section class="side-box no-print plan-versions" aria-labelledby="plan-versions">
                        <h2 id="plan-versions">{format!("Earlier versions: {}", earlier.len())}</h2>
                        {earlier.into_iter().map(version).collect_view()}
                    </section>
                })
            }}
            {move || plan().map(|plan| view! { <Sheet plan view/> })}
        </div>
    }
}

/// What the patient takes home: one page, large, in plain words, with the lines to call. Nothing of the app is on it.
#[component]
fn Sheet(plan: SafetyPlan, view: Signal<Arc<PatientView>>) -> impl IntoView {
    let clinic = use_desk().clinic();
    let line = move || {
        let named = clinic.with(|clinic| clinic.crisis_line.clone().map(|line| (clinic.name.clone(), line)));
        named.map(|(name, line)| view! { <li>{name}": "<strong>{line}</strong></li> })
    };
    let whose = move || {
        view.with(|view| {
            view.registration
                .preferred
                .clone()
                .unwrap_or(view.registration.given.clone())
        })
    };
    let part = |(part, title): &(SafetyPlanPart, &'static str)| {
        let words = plan.parts.get(part).cloned();
        let body = match words {
            Some(words) => view! { <p class="prose-line">{words}</p> }.into_any(),
            None => {
                view! { <p class="to-write"><span class="visually-hidden">"Nothing yet: a line to write on"</span></p> }
                    .into_any()
            }
        };
        view! { <section><h3>{*title}</h3>{body}</section> }
    };
    view! {
        <article class="plan-sheet" aria-labelledby="plan-sheet">
            <h2 id="plan-sheet">"My safety plan"</h2>
            <p class="plan-whose">{whose}", "{format::full_day(plan.day)}</p>
            {SAFETY_PLAN_PARTS.iter().map(part).collect_view()}
            <section class="plan-call">
                <h3>"If I am in danger, or can\u{2019}t keep myself safe"</h3>
                <ul>
                    <li>"Call or text "<strong>"988"</strong>", day and night"</li>
                    <li>"Call "<strong>"911"</strong>", or go to the nearest emergency department"</li>
                    {line}
                </ul>
            </section>
        </article>
    }
}
