//! Closing a concern, in a person's name, with what was done and why.

use leptos::prelude::*;

use super::done::{DoneAt, DoneFields};
use crate::app::components::{DayText, FormErrors, TextArea};
use crate::app::pages::common::{IntentForm, Reading, to_errors};
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::{ChartId, Day, ThingId};

/// Closes a concern.
#[component]
pub fn CloseForm(
    /// Whose chart.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
    /// The last day of the watch that closing it begins.
    watch: Option<Day>,
    /// Closes the form.
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let (action, why) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let done = DoneAt::now();
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let action = reading.text(&action.get_untracked(), "close-action", "Say what was done");
        let reason = reading.text(&why.get_untracked(), "close-why", "Say why it can be closed");
        let at = done.read(&mut reading, "close");
        match reading.finish(action.zip(reason).zip(at)) {
            Ok(((action, reason), at)) => Some(Intent::CloseConcern {
                chart,
                concern,
                action,
                reason,
                at,
            }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    let name = desk.opened().name.clone();
    view! {
        <IntentForm title="Close concern" deed="Concern closed" save="Close concern" errors intent on_close>
            <p>"It is closed in your name: "<strong>{name}</strong>". It is then watched"{watch.map(|day| view! { " until "<strong><DayText day/></strong>})}", or until the next case review if that comes first; a new positive answer opens a new concern."</p>
            <TextArea id="close-action" label="What was done" value=action rows=2/>
            <TextArea id="close-why" label="Why it can be closed" value=why rows=2/>
            <DoneFields done id="close" label="Closed on"/>
        </IntentForm>
    }
}
