//! An entry that was written on the wrong patient. Both records show that it moved.

use std::sync::Arc;

use leptos::prelude::*;

use super::correct::find;
use crate::app::components::FormErrors;
use crate::app::pages::common::{IntentForm, to_errors};
use crate::app::pages::search::{PatientSearch, who};
use crate::app::typed::Wrong;
use crate::care::intent::Intent;
use crate::journal::{ChartId, EntryId};
use crate::registry::{FoundPatient, PatientView};

/// Moves an entry to the patient whom it is about.
#[component]
pub fn MoveForm(
    /// Whose chart it is on.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Which entry.
    entry: EntryId,
    /// Closes the form.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let Some(row) = find(view, entry) else {
        on_close.run(());
        return ().into_any();
    };
    let to = RwSignal::new(None::<FoundPatient>);
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| match to.get_untracked() {
        Some(patient) => Some(Intent::Move {
            from: chart,
            to: patient.chart,
            entry,
        }),
        None => {
            errors.set(to_errors(vec![Wrong::new("move-find", "Choose the right patient")]));
            None
        }
    });
    let chosen = move || {
        let patient = to.get()?;
        Some(view! { <p><strong>"It moves to "{who(&patient)}"."</strong></p> })
    };
    view! {
        <IntentForm title=format!("Wrong patient: {}", row.line) deed="Moved" save="Move it" errors intent on_close>
            <p class="hint">"It stops counting here and counts there from now on, and both records say that it moved. With a contact go its minutes, scores and education. A concern that it opened here stays open until a person closes it; so does what it changed here otherwise: a kept appointment, the next contact, a status."</p>
            <PatientSearch id="move-find" label="The right patient" verb="Choose" left_out=Signal::stored(vec![chart]) on_pick=move |patient| to.set(Some(patient))/>
            <div aria-live="polite">{chosen}</div>
        </IntentForm>
    }
    .into_any()
}
