//! After how many minutes without a key a timer that ran on is asked about.

use leptos::prelude::*;

use crate::app::components::{FieldError, Form, FormErrors, NumberField, Submit};
use crate::app::format;
use crate::app::preferences::{LEAST_GAP_MINUTES, MOST_GAP_MINUTES, use_preferences};

#[component]
pub fn GapForm() -> impl IntoView {
    let preferences = use_preferences();
    let errors = FormErrors::new();
    let minutes = RwSignal::new(preferences.get_untracked().gap_minutes.to_string());
    let said = RwSignal::new(None::<String>);
    let save = move |()| {
        let range = LEAST_GAP_MINUTES..=MOST_GAP_MINUTES;
        match format::parse_whole(&minutes.get_untracked(), "Minutes until a timer is asked about", range) {
            Ok(minutes) => {
                errors.clear();
                preferences.change(|preferences| preferences.gap_minutes = minutes);
                let after = format::count(minutes.into(), "minute", "minutes");
                said.set(Some(format!("Asks after {after} without a key or a click.")));
            }
            Err(text) => {
                said.set(None);
                errors.set(vec![FieldError {
                    field: "gap-minutes".to_owned(),
                    text,
                }]);
            }
        }
    };
    view! {
        <Form errors on_submit=save label="Timer">
            <NumberField
                id="gap-minutes"
                label="Ask about a running timer after"
                unit="idle minutes"
                value=minutes
                hint="5 to 60. A call may take long without a key in this app: nothing is dropped without your word."
            />
            <div class="actions">
                <Submit>"Save timer"</Submit>
                <span role="status">{said}</span>
            </div>
        </Form>
    }
}
