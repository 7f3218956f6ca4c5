//! Choosing patients by search.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, Icon, IconName};
use crate::app::format;
use crate::app::pages::search::{PatientSearch, who};
use crate::registry::FoundPatient;

/// A search, what it found, and who was chosen.
#[component]
pub(super) fn ChoosePatients(
    /// Who was chosen.
    chosen: RwSignal<Vec<FoundPatient>>,
) -> impl IntoView {
    let left_out = Signal::derive(move || chosen.with(|chosen| chosen.iter().map(|patient| patient.chart).collect()));
    let add = move |patient: FoundPatient| chosen.update(|chosen| chosen.push(patient));
    let picked = move || {
        chosen
            .get()
            .into_iter()
            .map(|patient| picked(patient, chosen))
            .collect_view()
    };
    view! {
        <div class="choose-patients">
            <PatientSearch id="send-find" label="Find a patient" verb="Add" left_out on_pick=add/>
            <h3>{move || format!("Chosen: {}", format::count(chosen.with(Vec::len) as u64, "patient", "patients"))}</h3>
            <ul class="chosen">{picked}</ul>
        </div>
    }
}

fn picked(patient: FoundPatient, chosen: RwSignal<Vec<FoundPatient>>) -> impl IntoView {
    let line = who(&patient);
    let says = format!("Take {line} off the list");
    let drop = move |()| chosen.update(|chosen| chosen.retain(|other| other.chart != patient.chart));
    view! {
        <li>
            {line}
            <Button kind=ButtonKind::Quiet on_press=drop says><Icon name=IconName::Close/></Button>
        </li>
    }
}
