//! Safety: concerns that stay open until a named person closes them, and the steps of one concern.
//!
//! What opened the concern is saved before this page is shown. The page can be left at any time; it asks for a reason,
//! so that the record says why the steps were put off.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::{Once, follow_patient};
use super::contact::{full_name, prefers};
use crate::app::components::{ButtonLink, CrisisLines, Notice, Tone};
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::care::kind_rule;
use crate::journal::{ChartId, ThingId};
use crate::registry::{ConcernView, PatientView};

mod close;
mod done;
mod history;
mod kinds;
mod known;
mod open;
mod panel;
mod plan;
mod sheet;
mod slip;
mod steps;
mod told;

pub use done::{DoneAt, DoneFields};
pub use kinds::RuleOfKind;
pub use open::OpenConcerns;
pub use panel::Concerns;
pub use plan::newest as newest_plan;
pub use sheet::SafetyPlanPage;
pub use told::{ToldFields, ToldRows};

/// The steps of one safety concern.
#[component]
pub fn SafetyPage(
    /// Whose.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
) -> impl IntoView {
    let desk = use_desk();
    desk.hold_open();
    let patient = follow_patient(desk, chart);
    view! { <Once answer=patient what="the patient" children=move |view| view! { <Steps chart concern view/> }/> }
}

#[component]
fn Steps(chart: ChartId, concern: ThingId, view: Signal<Arc<PatientView>>) -> impl IntoView {
    let this = Signal::derive(move || find(&view.get(), concern));
    let here = Memo::new(move |_| this.with(Option::is_some));
    let name = move || view.with(|view| full_name(view));
    let reach = move || {
        view.with(|view| {
            let phones = view.registration.phones.join(", ");
            let parts = [Some(phones).filter(|phones| !phones.is_empty()), prefers(view)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
        })
    };
    view! {
        <div class="safety-page">
            <header class="contact-head">
                <h1>"Safety steps"</h1>
                <p class="who"><a class="name" href=Route::Patient(chart).href()>{name}</a></p>
                <p class="reach"><strong class="phone">{reach}</strong></p>
            </header>
            <Notice tone=Tone::Error title="Nobody else is alerted">
                <p>"This app runs in this browser only: it tells nobody but you. What it names is a rule, not a diagnosis."</p>
                <CrisisLines/>
            </Notice>
            <Show when=move || here.get() fallback=move || view! {
                <p>"This concern is not in the record any more."</p>
                <p><ButtonLink href=Route::Patient(chart).href()>"Open the patient"</ButtonLink></p>
            }>
                <panel::ConcernBox chart view concern=this opens_next_step=true/>
                <plan::PlanBox chart view/>
                <Leave chart concern=this/>
            </Show>
        </div>
    }
}

/// A concern of a patient.
pub fn find(view: &PatientView, concern: ThingId) -> Option<ConcernView> {
    view.concerns.iter().find(|other| other.concern == concern).cloned()
}

/// What a concern still lacks before it can be closed, in words.
pub fn lacking(concern: &ConcernView) -> Vec<&'static str> {
    let steps = [
        (concern.second_step.is_none(), kind_rule(concern.kind).missing),
        (concern.clinician_told.is_none(), "telling the PCP"),
        (concern.next_contact.is_none(), "a next contact"),
    ];
    steps
        .into_iter()
        .filter_map(|(lacks, what)| lacks.then_some(what))
        .collect()
}

/// The way out: freely when all steps are recorded, with a reason while some are not.
#[component]
fn Leave(chart: ChartId, concern: Signal<Option<ConcernView>>) -> impl IntoView {
    let open_steps = Memo::new(move |_| {
        let concern = concern.get();
        concern
            .filter(|concern| concern.open)
            .map_or(Vec::new(), |concern| lacking(&concern))
    });
    let asking = RwSignal::new(false);
    let leave = move || {
        let lacking = open_steps.get();
        if lacking.is_empty() {
            return view! {
                <div class="actions">
                    <ButtonLink href=Route::Patient(chart).href()>"Open the patient"</ButtonLink>
                    <ButtonLink href=Route::Today.href()>"Back to Today"</ButtonLink>
                </div>
            }
            .into_any();
        }
        view! {
            <p class="hint">{format!("Still to do: {}. The concern stays open and at the top of the worklist.", lacking.join(", "))}</p>
            <button type="button" class="button" on:click=move |_| asking.set(true)>"Leave for now"</button>
        }
        .into_any()
    };
    view! {
        <section class="leave" aria-label="Leave">
            {leave}
            <Show when=move || asking.get()>
                {move || concern.get().map(|concern| view! {
                    <steps::LeaveForm chart concern=concern.concern on_close=move |()| asking.set(false)/>
                })}
            </Show>
        </section>
    }
}
