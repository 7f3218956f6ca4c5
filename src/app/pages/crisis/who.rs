//! Whose crisis it is: found by name or number, registered here, or not known yet; and what helps now: numbers, the
//! emergency contact, the address, the safety plan.

use std::sync::Arc;

use leptos::prelude::*;

use super::fields::Fields;
use super::form::choose;
use crate::app::components::{Button, ButtonKind, DateField, DayText, TextField};
use crate::app::format::{self, dial};
use crate::app::pages::common::{Once, follow_patient};
use crate::app::pages::contact::{full_name, prefers};
use crate::app::pages::safety::newest_plan;
use crate::app::pages::search::PatientSearch;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::app::words::{CONCERNS, SAFETY_PLAN_PARTS, word_of};
use crate::care::intent::{Intent, NewPatient};
use crate::journal::facts::{Registration, SafetyPlanPart};
use crate::journal::{ChartId, When};
use crate::registry::PatientView;

/// Whose it is.
#[component]
pub fn Who(
    /// The form's fields.
    fields: Fields,
) -> impl IntoView {
    view! {
        <aside class="crisis-who" aria-label="Patient">
            {move || match fields.chart.get() {
                Some(chart) => view! { <Known chart fields/> }.into_any(),
                None => view! { <Unknown fields/> }.into_any(),
            }}
        </aside>
    }
}

/// A patient who is known.
#[component]
fn Known(chart: ChartId, fields: Fields) -> impl IntoView {
    let patient = follow_patient(use_desk(), chart);
    view! {
        <Once answer=patient what="the patient" children=move |view| view! { <Card view/> }/>
        <p class="actions">
            <Button kind=ButtonKind::Quiet on_press=move |()| choose(fields, None)>"Not this patient"</Button>
        </p>
    }
}

#[component]
fn Card(view: Signal<Arc<PatientView>>) -> impl IntoView {
    move || {
        let view = view.get();
        let registration = &view.registration;
        let phone = |phone: &String| view! { <li><a class="phone" href=dial(phone)>{phone.clone()}</a></li> };
        let phones = registration.phones.iter().map(phone).collect_view();
        let fact = |what: &'static str, words: &Option<String>| {
            let words = words.clone().unwrap_or_else(|| "not on record".to_owned());
            view! { <dt>{what}</dt><dd class="prose-line">{words}</dd> }
        };
        let about = [
            view.age.map(|age| format!("{age} years")),
            registration.birth.map(|day| format!("born {}", format::plain_day(day))),
            registration.mrn.as_ref().map(|mrn| format!("MRN {mrn}")),
        ];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ");
        let open = view.concerns.iter().filter(|concern| concern.open).map(|concern| {
            let words = word_of(CONCERNS, concern.kind);
            let href = Route::Safety(view.chart, concern.concern).href();
            view! { <li><a href=href>"Open concern: "{words}</a></li> }
        });
        view! {
            <h2><a href=Route::Patient(view.chart).href()>{full_name(&view)}</a></h2>
            <p class="about">{about}</p>
            <ul class="crisis-phones">{phones}</ul>
            {prefers(&view).map(|words| view! { <p class="hint">{words}</p> })}
            <ul class="crisis-open">{open.collect_view()}</ul>
            <dl class="facts">
                {fact("Emergency contact", &registration.emergency)}
                {fact("Address", &registration.address)}
                {registration.guardian.is_some().then(|| fact("Guardian", &registration.guardian))}
                {fact("PCP", &view.clinician)}
            </dl>
            {plan(&view)}
        }
    }
}

/// The safety plan as it stands.
fn plan(view: &PatientView) -> impl IntoView + use<> {
    let href = Route::SafetyPlan(view.chart).href();
    let Some(plan) = newest_plan(view) else {
        return view! { <p class="hint">"No safety plan yet. "<a href=href>"Write one"</a></p> }.into_any();
    };
    let part = |(part, words): (SafetyPlanPart, String)| {
        view! { <dt>{word_of(SAFETY_PLAN_PARTS, part)}</dt><dd class="prose-line">{words}</dd> }
    };
    view! {
        <h3>"Safety plan of "<DayText day=plan.day/></h3>
        <dl class="facts">{plan.parts.into_iter().map(part).collect_view()}</dl>
        <p class="hint"><a href=href>"Print or revise it"</a></p>
    }
    .into_any()
}

/// Nobody yet: a search, and a short registration.
#[component]
fn Unknown(fields: Fields) -> impl IntoView {
    let registering = RwSignal::new(false);
    view! {
        <h2>"Whose it is: not known yet"</h2>
        <PatientSearch id="crisis-find" label="Find the patient" verb="Choose" left_out=Signal::stored(Vec::new())
            on_pick=move |patient: crate::registry::FoundPatient| choose(fields, Some(patient.chart))/>
        <Show
            when=move || registering.get()
            fallback=move || view! {
                <p class="actions"><Button on_press=move |()| registering.set(true)>"Register a new patient"</Button></p>
            }
        >
            <Register fields/>
        </Show>
    }
}

/// Registers somebody from what is typed here; the number to call back is their telephone.
#[component]
fn Register(fields: Fields) -> impl IntoView {
    let desk = use_desk();
    let field = || RwSignal::new(String::new());
    let (given, family, birth) = (field(), field(), field());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let register = move |()| {
        let names = text(&given.get_untracked()).zip(text(&family.get_untracked()));
        let Some((given, family)) = names.filter(|_| !busy.get_untracked()) else {
            problem.set(Some("Enter the given and the family name.".to_owned()));
            return;
        };
        problem.set(None);
        busy.set(true);
        let phone = text(&fields.call_back.get_untracked());
        let registration = Registration {
            birth: birth.get_untracked().parse().ok(),
            phones: phone.into_iter().collect(),
            ..Registration::named(given, family)
        };
        let patient = NewPatient {
            reason: Some("Crisis contact".to_owned()),
            care_manager: Some(desk.me()),
            ..NewPatient::referred(registration, When::At(desk.instant()))
        };
        desk.submit(Intent::Register(patient), "Patient registered", move |result| {
            busy.set(false);
            match result {
                Ok(saved) => choose(fields, Some(saved.chart)),
                Err(failure) => problem.set(Some(failure.to_string())),
            }
        });
    };
    crate::app::browser::focus_soon("crisis-given");
    view! {
        <div class="crisis-register" role="group" aria-label="New patient">
            <TextField id="crisis-given" label="Given name" value=given/>
            <TextField id="crisis-family" label="Family name" value=family/>
            <DateField id="crisis-birth" label="Date of birth, if known" value=birth/>
            {move || problem.get().map(|words| view! { <p class="error" role="alert">{words}</p> })}
            <p class="actions"><Button kind=ButtonKind::Primary on_press=register>"Register"</Button></p>
        </div>
    }
}
