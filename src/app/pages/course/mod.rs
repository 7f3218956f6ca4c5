//! The sections of a patient's record: what is learned, planned and agreed on from the referral to the closing.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::{Once, follow_patient};
use super::contact::full_name;
use crate::app::components::{ButtonLink, Icon, IconName, Tab, Tabs};
use crate::app::format;
use crate::app::keys::use_key;
use crate::app::route::{Route, Section};
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::journal::{ChartId, ThingId};
use crate::registry::PatientView;

pub mod assessment;
pub mod boxes;
mod care_plan;
mod closing;
pub mod intake;
mod medicines;
mod notes;
pub mod privacy;
mod together;
mod worksheets;

pub use medicines::MedicationChecks;

/// What goes on from contact to contact, beside the form of one: goals and barriers, last time's worksheets, and how the
/// medicines are taken.
#[component]
pub fn BesideContact(
    /// With whom.
    chart: ChartId,
) -> impl IntoView {
    let answer = care_plan::follow_plan(use_desk(), chart);
    view! {
        <aside class="beside-contact" aria-label="Worksheets and medications">
            <Once answer what="the worksheets" children=move |plan| view! {
                <care_plan::PlanBeside chart plan/>
                <worksheets::WorksheetsOf chart plan/>
            }/>
            <MedicationChecks chart/>
        </aside>
    }
}

pub use together::{Finishing, finished};

/// One section of a patient's record.
#[component]
pub fn SectionPage(
    /// Whose record.
    chart: ChartId,
    /// Which section.
    section: Section,
    /// The recommendation whose carrying out is to be written down.
    #[prop(optional)]
    advice: Option<ThingId>,
) -> impl IntoView {
    let patient = follow_patient(use_desk(), chart);
    let router = use_router();
    use_key("c", "Record a contact", move || router.go(Route::Contact(chart)));
    view! {
        <Once answer=patient what="the patient" children=move |view| view! {
            <header class="section-head">
                <p class="back"><a href=Route::Patient(chart).href()><Icon name=IconName::Back/>{move || view.with(|view: &Arc<PatientView>| full_name(view))}</a></p>
                <h1>{section.title()}</h1>
                <p class="about">{move || view.with(|view: &Arc<PatientView>| about(view))}</p>
                <p class="doing">
                    <ButtonLink href=Route::Contact(chart).href() says="Record a contact">
                        "Record a contact "<kbd aria-hidden="true">"c"</kbd>
                    </ButtonLink>
                </p>
            </header>
            <SectionTabs chart current=section/>
            <super::safety::OpenConcerns view/>
            {match section {
                Section::Intake => view! { <intake::Intake chart view/> }.into_any(),
                Section::Assessment => view! { <assessment::Assessment chart view/> }.into_any(),
                Section::CarePlan => view! { <care_plan::CarePlan chart view/> }.into_any(),
                Section::Medicines => view! { <medicines::Medicines chart view advice/> }.into_any(),
                Section::Together => view! { <together::Together chart view/> }.into_any(),
                Section::Closing => view! { <closing::Closing chart view/> }.into_any(),
                Section::Notes => view! { <notes::Notes chart/> }.into_any(),
            }}
        }/>
    }
}

/// The patient's page and the sections of the record, a tab each.
#[component]
pub fn SectionTabs(
    /// Whose record.
    chart: ChartId,
    /// The section that is shown; none on the patient's own page.
    #[prop(optional)]
    current: Option<Section>,
) -> impl IntoView {
    let own = Tab {
        label: "Overview".to_owned(),
        count: None,
        href: Route::Patient(chart).href(),
        current: current.is_none(),
    };
    let sections = Section::ALL.into_iter().map(|section| Tab {
        label: section.title().to_owned(),
        count: None,
        href: Route::Section(chart, section).href(),
        current: current == Some(section),
    });
    let tabs: Vec<Tab> = std::iter::once(own).chain(sections).collect();
    view! { <Tabs label="Record" tabs=Signal::stored(tabs)/> }
}

/// Birth date and record number: whose record this is.
fn about(view: &PatientView) -> String {
    let registration = &view.registration;
    let parts = [
        registration.birth.map(|day| format!("born {}", format::plain_day(day))),
        registration.mrn.as_ref().map(|mrn| format!("MRN {mrn}")),
        Some(view.status_line.clone()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}
