//! Finding a patient by name, record number or telephone, on a form.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, InputKind, TextField};
use crate::app::format;
use crate::app::state::use_desk;
use crate::journal::ChartId;
use crate::registry::{FoundPatient, Request, Response};

/// Patients found at once; a longer search finds the others.
const LISTED: usize = 12;

/// A search and a button for each patient that it found.
#[component]
pub fn PatientSearch(
    /// The field's id.
    #[prop(into)]
    id: String,
    /// The field's label.
    #[prop(into)]
    label: String,
    /// What a button does: `Add`.
    verb: &'static str,
    /// Patients that are not offered.
    #[prop(into)]
    left_out: Signal<Vec<ChartId>>,
    /// Takes the patient whose button was pressed.
    #[prop(into)]
    on_pick: Callback<FoundPatient>,
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
        let open = found.filter(|patient| left_out.with(|left_out| !left_out.contains(&patient.chart)));
        let lines = open.cloned().map(|patient| result(patient, verb, on_pick));
        let lines = lines.collect::<Vec<_>>();
        if lines.is_empty() {
            return view! { <p class="hint">"Nobody else has this name, number or telephone."</p> }.into_any();
        }
        view! { <ul class="found">{lines}</ul> }.into_any()
    };
    view! {
        <TextField id label hint="Name, record number or telephone" value=text kind=InputKind::Search/>
        <div aria-live="polite">{results}</div>
    }
}

fn result(patient: FoundPatient, verb: &'static str, on_pick: Callback<FoundPatient>) -> impl IntoView {
    let line = who(&patient);
    let pick = move |()| on_pick.run(patient.clone());
    view! { <li><Button kind=ButtonKind::Quiet on_press=pick>{verb}" "{line}</Button></li> }
}

/// A patient as one of several is told from the others: name, date of birth, record number.
pub fn who(patient: &FoundPatient) -> String {
    let birth = patient.birth;
    let birth = birth.map(|day| format!(", born {}", format::plain_day(day)));
    let mrn = patient.mrn.as_ref().map(|mrn| format!(", MRN {mrn}"));
    format!(
        "{}{}{}",
        patient.name,
        birth.unwrap_or_default(),
        mrn.unwrap_or_default()
    )
}
