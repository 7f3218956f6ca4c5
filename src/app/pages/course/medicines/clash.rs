//! What stands against a medicine that is being written down, and that somebody knows of it.

use leptos::prelude::*;

use super::Place;
use crate::app::components::{Check, Notice, Tone};
use crate::app::pages::common::Reading;
use crate::care::{Clash, clashes};
use crate::journal::ThingId;
use crate::journal::facts::Medication;

/// The id of the box.
const FIELD: &str = "medicine-known";

/// What stands against it, and whether somebody ticked that they know.
#[derive(Clone, Copy)]
pub struct Against {
    place: Place,
    found: Memo<Vec<Clash>>,
    known: RwSignal<bool>,
}

impl Against {
    /// Against a medicine of this name; `itself` is the one whose details are put right: under its old name it is no news.
    pub fn new(place: Place, name: Signal<String>, itself: Option<Medication>) -> Self {
        let known = RwSignal::new(false);
        let found = Memo::new(move |before: Option<&Vec<Clash>>| {
            let found = place.medicines.with(|view| {
                let taken = view.current.iter().map(|view| &view.medicine);
                let is_itself = |other: ThingId| itself.as_ref().is_some_and(|m| m.medication == other);
                let others = taken.filter(|medicine| !is_itself(medicine.medication));
                let is_old = |name: &str| itself.as_ref().is_some_and(|m| m.name == name);
                name.with(|name| match is_old(name) {
                    true => Vec::new(),
                    false => clashes(name, &view.allergic_to, others),
                })
            });
            // Who knew of one thing doesn't know of another.
            if before.is_some_and(|before| *before != found) {
                known.set(false);
            }
            found
        });
        Self { place, found, known }
    }

    /// Asks for the tick where something stands against it.
    pub fn read(self, reading: &mut Reading) {
        let known = self.found.with_untracked(Vec::is_empty) || self.known.get_untracked();
        let words = "Tick that this is known and meant, or take another medicine";
        reading.chosen(known.then_some(()), FIELD, words);
    }
}

/// The allergies on record, and what stands against the medicine.
#[component]
pub fn AgainstIt(against: Against) -> impl IntoView {
    let Against { place, found, known } = against;
    let allergies = move || place.medicines.with(|view| view.allergies.clone());
    let line = |clash: &Clash| match clash {
        Clash::Allergy(allergy) => format!("On record as an allergy or intolerance: {allergy}."),
        Clash::Taken(name) => format!("On the list already: {name}. Another dose of it is recorded there."),
    };
    let lines = move || {
        found.with(|found| {
            found
                .iter()
                .map(line)
                .map(|words| view! { <p>{words}</p> })
                .collect_view()
        })
    };
    view! {
        <p class="hint">"Allergies: "{allergies}</p>
        <Show when=move || found.with(|found| !found.is_empty())>
            <Notice tone=Tone::Warning title="Look at this before it is saved">
                {lines}
                <Check id=FIELD label="This is known and meant" value=known/>
            </Notice>
        </Show>
    }
}
