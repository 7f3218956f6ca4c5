//! Whether a save of the medicine list carries out a change that was made and that the list doesn't say yet. Only the
//! person at the form knows: an older change may be another one than that of today.

use leptos::prelude::*;

use super::Place;
use crate::app::components::{Choice, DayText};
use crate::app::format::{full_day, shortened};
use crate::care::{is_dose_of, starts_later};
use crate::journal::facts::{Medication, TreatmentChange};

/// The latest change that was made and waits to be on the list.
pub fn waiting(place: Place, is_it: impl Fn(&TreatmentChange) -> bool) -> Option<TreatmentChange> {
    place.medicines.with(|view| {
        let mut waiting = view
            .changes
            .iter()
            .filter(|view| view.is_unlisted && view.change.change.is_some());
        waiting.find(|view| is_it(&view.change)).map(|view| view.change.clone())
    })
}

/// The change that waits, and whether this save carries it out.
#[derive(Clone, Copy)]
pub struct Carrying {
    waiting: Signal<Option<TreatmentChange>>,
    is_it: RwSignal<Option<bool>>,
    /// The change that is carried out: where the choice is left at it, and no other dose is typed.
    pub change: Memo<Option<TreatmentChange>>,
}

impl Carrying {
    /// Of the change that waits; `dose` is what is typed as the dose, `known` the medicine as it stands.
    pub fn new(
        waiting: Signal<Option<TreatmentChange>>,
        known: Option<Medication>,
        dose: Option<RwSignal<String>>,
    ) -> Self {
        let is_it = RwSignal::new(Some(true));
        let change = Memo::new(move |_| {
            let change = waiting.get().filter(|_| is_it.get() == Some(true))?;
            let typed = dose.map(|dose| dose.get()).unwrap_or_default();
            is_dose_of(&change, known.as_ref(), &typed).then_some(change)
        });
        Self { waiting, is_it, change }
    }
}

/// Follows what a field is filled with by itself; what was typed stays.
pub fn refill(field: RwSignal<String>, new: impl Fn() -> String + 'static) {
    let filled = StoredValue::new(field.get_untracked());
    crate::app::effects::effect(move |_| {
        let new = new();
        if field.get_untracked() == filled.get_value() {
            field.set(new.clone());
        }
        filled.set_value(new);
    });
}

/// That a change says a later day, so that its dose isn't filled in as one that is taken now.
#[component]
pub fn FromLater(
    /// What the change says.
    what: String,
) -> impl IntoView {
    starts_later(&what).map(|from| {
        let words = format!(
            "It says from when: \u{201c}{from}\u{201d}. The dose is left empty: the list says what is taken now."
        );
        view! { <p class="notice-line">{words}</p> }
    })
}

/// The choice, where a change waits.
#[component]
pub fn CarriesChoice(carrying: Carrying) -> impl IntoView {
    let Carrying { waiting, is_it, change } = carrying;
    let line = move || {
        match (change.get(), is_it.get()) {
        (Some(change), _) => Some(
            view! {
                <p class="notice-line">
                    "Carries out the change of "<DayText day=change.day/>": "{change.what.clone()}". No second change is written."
                </p>
                <FromLater what=change.what.clone()/>
            }
            .into_any(),
        ),
        (None, Some(true)) => {
            let words = "That change says another dose: this one is written as a change of its own.";
            Some(view! { <p class="notice-line">{words}</p> }.into_any())
        }
        _ => None,
    }
    };
    move || {
        waiting.get().map(|change| {
            let this = format!("This change: {}, {}", full_day(change.day), shortened(&change.what));
            let options = vec![(true, this), (false, "Another change".to_owned())];
            view! {
                <Choice id="carries" legend="Which change it is" options value=is_it stacked=true/>
                {line}
            }
        })
    }
}
