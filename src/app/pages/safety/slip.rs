//! A concern whose answer was a slip of the hand: closed by a named person, with how that is known.

use leptos::prelude::*;

use crate::app::components::{Button, FormErrors, TextArea};
use crate::app::pages::common::{IntentForm, Reading, to_errors};
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::{ChartId, ThingId, When};

/// Says that the answer doesn't stand any more, and lets a person close its concern for that reason.
#[component]
pub fn TypedInError(
    /// Whose chart.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
) -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let what = "Say how you know that the answer was not the patient\u{2019}s";
        let reason = reading.text(&reason.get_untracked(), "slip-reason", what);
        match reading.finish(reason) {
            Ok(reason) => Some(Intent::CloseTypedInError {
                chart,
                concern,
                reason,
                at: When::At(desk.instant()),
            }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    let close = Callback::new(move |()| open.set(false));
    let name = desk.opened().name.clone();
    let form = move || {
        let name = name.clone();
        view! {
            <IntentForm title="Typed in error" deed="Concern closed as typed in error" save="Close as typed in error" errors intent on_close=close>
                <p>"It is closed in your name: "<strong>{name}</strong>". The record keeps what was typed, and your reason."</p>
                <TextArea id="slip-reason" label="How you know that the answer was not the patient\u{2019}s" value=reason rows=2/>
            </IntentForm>
        }
    };
    view! {
        <div class="slip">
            <p>
                "The answer that opened this concern does not stand any more: it was changed before its form was saved, or its \
                 form was entered in error. The concern stays open until a person closes it."
            </p>
            <Show when=move || !open.get() fallback=form.clone()>
                <Button on_press=move |()| open.set(true)>"It was typed in error"</Button>
            </Show>
        </div>
    }
}
