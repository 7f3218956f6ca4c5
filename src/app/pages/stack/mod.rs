//! A stack of paper forms: instrument and day stay, the patient changes. Name, digits, Enter; and the next one.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::components::{Choice, DateField, Select};
use crate::app::pages::common::today_text;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::measure::{MeasureTyped, Way};
use crate::instruments::Definition;
use crate::journal::facts::Taken;
use crate::registry::FoundPatient;

mod entered;
mod one;
mod pick;

use entered::{Concerns, Entered, List};
use one::OneForm;
use pick::PatientPicker;

/// Where the next patient is found.
const PICKER: &str = "stack-patient";

/// What stays from form to form.
#[derive(Clone, Copy)]
struct Sitting {
    instrument: RwSignal<String>,
    day: RwSignal<String>,
    how: RwSignal<Option<Taken>>,
    /// How the last form was entered; the next one opens so.
    way: RwSignal<Option<Way>>,
    patient: RwSignal<Option<FoundPatient>>,
    entered: RwSignal<Vec<Entered>>,
}

impl Sitting {
    /// The form as it opens for the next patient.
    fn fresh(&self, definition: &Definition) -> MeasureTyped {
        let mut typed = MeasureTyped::asked(definition);
        if let Some(way @ (Way::Questions | Way::TotalOnly)) = self.way.get_untracked() {
            typed.way = way;
        }
        typed
    }

    /// Takes what was entered into the list, and goes on to the next patient.
    fn take(&self, entered: Entered) {
        self.entered.update(|all| all.insert(0, entered));
        self.next();
    }

    fn next(&self) {
        self.patient.set(None);
        browser::focus_soon(PICKER);
    }
}

/// Stack entry.
#[component]
pub fn StackPage() -> impl IntoView {
    let desk = use_desk();
    desk.hold_open();
    // The alerts of the forms stand on them, and their concerns wait below: none is asked about between two forms.
    desk.fresh().leave_to_form();
    let sitting = Sitting {
        instrument: RwSignal::new("phq9".to_owned()),
        day: RwSignal::new(today_text(desk)),
        how: RwSignal::new(Some(Taken::Paper)),
        way: RwSignal::new(None),
        patient: RwSignal::new(None),
        entered: RwSignal::new(Vec::new()),
    };
    crate::app::effects::effect(move |before: Option<String>| {
        let instrument = sitting.instrument.get();
        if before.is_some_and(|before| before != instrument) {
            sitting.way.set(None);
        }
        instrument
    });
    browser::focus_soon(PICKER);
    let hows = vec![
        (Taken::Paper, "On paper".to_owned()),
        (Taken::Device, "Filled in on a device".to_owned()),
        (Taken::Remotely, "Asked by phone or video".to_owned()),
        (Taken::InPerson, "Asked in person".to_owned()),
    ];
    let picked = Callback::new(move |found: FoundPatient| sitting.patient.set(Some(found)));
    // One form a patient and instrument: another instrument begins it anew.
    let form = Memo::new(move |_| (sitting.patient.get(), sitting.instrument.get()));
    view! {
        <div class="stack">
            <header class="page-head"><h1>"Enter a stack of forms"</h1></header>
            <p class="hint">
                "Type a name or MRN and press Enter; answer with digits; Enter saves and goes on to the next patient. \
                 Instrument, day and how it was taken stay until you change them."
            </p>
            <div class="band">
                <Select id="stack-instrument" label="Instrument" options=Signal::stored(titles(desk)) value=sitting.instrument/>
                <DateField id="stack-day" label="Day on the forms" value=sitting.day max=today_text(desk)/>
                <Choice id="stack-how" legend="How they were taken" options=hows value=sitting.how/>
            </div>
            {move || match form.get() {
                (Some(patient), instrument) => view! { <OneForm sitting patient instrument/> }.into_any(),
                (None, _) => view! { <PatientPicker id=PICKER on_pick=picked/> }.into_any(),
            }}
            <Concerns entered=sitting.entered/>
            <List entered=sitting.entered/>
        </div>
    }
}

fn titles(desk: Desk) -> Vec<(String, String)> {
    let all = untrack(|| desk.offered()).into_iter();
    all.map(|d| (d.id.as_str().to_owned(), d.short_title.clone())).collect()
}
