//! Recording a contact: one form, one save, the keyboard from top to bottom.
//!
//! The form never waits for the safety step: it is saved first, its concern open, and the step follows.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::common::{Once, follow_patient};
use crate::app::format;
use crate::app::pages::patient::header::{LikeNames, MayLines};
use crate::app::patient_run::Language;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::typed::contact::{ContactTyped, proposed};
use crate::app::typed::measure::MeasureTyped;
use crate::app::words::{CHANNELS, word_of};
use crate::care::episodes::is_begun;
use crate::instruments::Definition;
use crate::journal::ChartId;
use crate::journal::facts::{Channel, ContactKind, Mode, Status};
use crate::registry::PatientView;

mod again;
pub mod alarm;
mod apart;
mod beside;
pub mod early;
mod fields;
pub mod form;
pub mod measure;
pub mod measures;
pub mod more;
mod parts;
pub mod question;
mod saved;
mod script;
mod total;

/// Recording a contact.
#[component]
pub fn ContactPage(
    /// With whom.
    chart: ChartId,
) -> impl IntoView {
    let desk = use_desk();
    desk.hold_open();
    let patient = follow_patient(desk, chart);
    let draft = RwSignal::new(None::<Option<ContactTyped>>);
    spawn_local(async move {
        let json = desk.draft(&form::draft_key(chart)).await;
        let typed = json.and_then(|json| ContactTyped::read_draft(&json));
        let _shown = draft.try_set(Some(typed));
    });
    view! {
        <Once answer=patient what="the patient" children=move |view| view! {
            <Who view/>
            <LikeNames view/>
            <super::safety::OpenConcerns view/>
            {move || draft.get().map(|draft| view! { <form::ContactFormView chart view draft/> })}
            <super::course::BesideContact chart/>
        }/>
    }
}

/// Who it is, the number to call, and what to know before calling.
#[component]
fn Who(view: Signal<Arc<PatientView>>) -> impl IntoView {
    let name = move || view.with(|view| full_name(view));
    let phones = move || view.with(|view| view.registration.phones.clone());
    let prefers = move || view.with(|view| prefers(view));
    let spoken = move || view.with(|view| crate::care::spoken(&view.registration));
    let href = move || Route::Patient(view.with(|view| view.chart)).href();
    let line = move || {
        view.with(|view| {
            let age = view.age.map(|age| age.to_string());
            let born = view
                .registration
                .birth
                .map(|day| format!("born {}", format::plain_day(day)));
            let mrn = view.registration.mrn.as_ref().map(|mrn| format!("MRN {mrn}"));
            [age, born, mrn, Some(view.status_line.clone())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("   ")
        })
    };
    view! {
        <header class="contact-head">
            <h1>"Record a contact"</h1>
            <p class="who">
                <a class="name" href=href>{name}</a>
                <span class="about">{line}</span>
            </p>
            <p class="reach">
                {move || {
                    let phones = phones();
                    if phones.is_empty() {
                        view! { <span class="hint">"No telephone number on record"</span> }.into_any()
                    } else {
                        phones.into_iter().map(|phone| view! { <strong class="phone">{phone}</strong> }).collect_view().into_any()
                    }
                }}
                {move || prefers().map(|words| view! { <span>{words}</span> })}
                {move || spoken().map(|words| view! { <span>{words}</span> })}
            </p>
            <MayLines view/>
        </header>
    }
}

/// Family name first, as lists have it, with the name that the patient goes by.
pub fn full_name(view: &PatientView) -> String {
    let registration = &view.registration;
    let given = &registration.given;
    let goes_by = registration
        .preferred
        .as_ref()
        .filter(|preferred| *preferred != given)
        .map_or_else(String::new, |preferred| format!(" \u{201c}{preferred}\u{201d}"));
    if given.is_empty() {
        return format!("{}{goes_by}", registration.family);
    }
    format!("{}, {given}{goes_by}", registration.family)
}

/// How and when the patient prefers to be reached.
pub fn prefers(view: &PatientView) -> Option<String> {
    let registration = &view.registration;
    let by = registration
        .prefers
        .map(|channel| format!("prefers {}", word_of(CHANNELS, channel).to_lowercase()));
    let parts: Vec<String> = [by, registration.hours.clone()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The form as it opens for this patient.
fn first_guess(
    view: &PatientView,
    day: String,
    time: String,
    definition: impl Fn(&str) -> Option<&'static Definition>,
) -> ContactTyped {
    let mut typed = ContactTyped {
        day,
        time,
        ..ContactTyped::default()
    };
    let begun = is_begun(view.episode, view.timeline.iter().map(|row| &row.fact));
    typed.kind = Some(match &view.status {
        // The initial one is the first of the episode: once the patient was spoken with or assessed, what comes follows it.
        Some(Status::Referred | Status::Outreach | Status::Enrolled) if !begun => ContactKind::InitialAssessment,
        Some(Status::RelapsePrevention) => ContactKind::RelapsePrevention,
        _ => ContactKind::FollowUp,
    });
    if view.registration.prefers == Some(Channel::Video) {
        typed.mode = Some(Mode::Video);
    }
    if view.registration.prefers == Some(Channel::Text) {
        typed.by = Some(Channel::Text);
    }
    // In the patient's own language, until somebody says otherwise.
    let language = view.registration.language.clone().unwrap_or_default();
    if Language::of(&language) != Some(Language::English) {
        typed.more.language = language.trim().to_owned();
    }
    let measures = proposed(view).into_iter().filter_map(|proposed| {
        let definition = definition(&proposed.instrument)?;
        let asked = || MeasureTyped::asked(definition);
        let measure = if proposed.asked {
            asked()
        } else {
            MeasureTyped::default()
        };
        Some((proposed.instrument, measure))
    });
    typed.measures = measures.collect();
    typed
}
