//! Choosing patients by search.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, Icon, IconName, InputKind, TextField};
use crate::app::format;
use crate::app::state::use_desk;
use crate::registry::{FoundPatient, Request, Response};

/// Patients found at once; a longer search finds the others.
const LISTED: usize = 12;

/// A search, what it found, and who was chosen.
#[component]
pub(super) fn ChoosePatients(
    /// Who was chosen.
    chosen: RwSignal<Vec<FoundPatient>>,
) -> impl IntoView {
    let desk = use_desk();
    let text = RwSignal::new(String::new());
    let found = desk.follow(
        move || Request::Find(text.get()),
        |response| match response {
            Response::Found(found) => Some(found),
            _ => None,
        },
    );
    let results = move || {
        if text.with(|text| text.trim().is_empty()) {
            return ().into_any();
        }
        let found = found.value().get();
        let found = found.iter().flat_map(|found| found.iter().take(LISTED));
        let open = found.filter(|patient| !holds(chosen, patient)).cloned();
        let lines = open.map(|patient| result(patient, chosen)).collect::<Vec<_>>();
        if lines.is_empty() {
            return view! { <p class="hint">"Nobody else has this name, number or telephone."</p> }.into_any();
        }
        view! { <ul class="found">{lines}</ul> }.into_any()
    };
    let picked = move || {
        chosen
            .get()
            .into_iter()
            .map(|patient| picked(patient, chosen))
            .collect_view()
    };
    view! {
        <div class="choose-patients">
            <TextField id="send-find" label="Find a patient" hint="Name, record number or telephone" value=text kind=InputKind::Search/>
            <div aria-live="polite">{results}</div>
            <h3>{move || format!("Chosen: {}", format::count(chosen.with(Vec::len) as u64, "patient", "patients"))}</h3>
            <ul class="chosen">{picked}</ul>
        </div>
    }
}

fn holds(chosen: RwSignal<Vec<FoundPatient>>, patient: &FoundPatient) -> bool {
    chosen.with(|chosen| chosen.iter().any(|other| other.chart == patient.chart))
}

fn result(patient: FoundPatient, chosen: RwSignal<Vec<FoundPatient>>) -> impl IntoView {
    let line = who(&patient);
    let add = move |()| chosen.update(|chosen| chosen.push(patient.clone()));
    view! { <li><Button kind=ButtonKind::Quiet on_press=add>"Add "{line}</Button></li> }
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

fn who(patient: &FoundPatient) -> String {
    let birth = patient
        .birth
        .map(|day| format!(", born {}", format::plain_day(day)))
        .unwrap_or_default();
    let mrn = patient
        .mrn
        .as_ref()
        .map(|mrn| format!(", MRN {mrn}"))
        .unwrap_or_default();
    format!("{}{birth}{mrn}", patient.name)
}
