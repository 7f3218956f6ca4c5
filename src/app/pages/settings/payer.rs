//! The payer profile that holds where a patient has none of their own.

use leptos::prelude::*;

use super::Section;
use crate::app::components::{Choice, Form, FormErrors, Notice, Submit, Tone};
use crate::app::state::use_desk;
use crate::journal::facts::Clinic;

/// A shipped profile: name, what it does, what is unsettled about it.
type Shipped = (String, String, Option<String>);

/// The choice of a profile.
#[component]
pub fn PayerSection(
    /// The profiles.
    profiles: Vec<Shipped>,
    /// The one in force.
    chosen: String,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let value = RwSignal::new(Some(chosen));
    let options: Vec<(String, String)> = profiles
        .iter()
        .map(|(name, about, _)| (name.clone(), format!("{name}: {about}")))
        .collect();
    let unsettled = move || {
        let chosen = value.get()?;
        let (_, _, unsettled) = profiles.iter().find(|(name, ..)| *name == chosen)?;
        unsettled.clone().map(|sentence| {
            view! { <Notice tone=Tone::Warning title="Not settled yet"><p>{sentence}</p></Notice> }
        })
    };
    let save = move |()| {
        let Some(payer_profile) = value.get_untracked() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let changed = Clinic {
            payer_profile,
            ..desk.clinic().get_untracked()
        };
        super::save_clinic(desk, changed, "Payer profile chosen", busy, errors);
    };
    view! {
        <Section id="payer-section">
            <Form errors on_submit=save label="Payer profile">
                <Choice
                    id="payer-profile"
                    legend="Used where a patient has none of their own"
                    options
                    value
                    stacked=true
                    hint="It sets the minutes that each code takes. What the month supports is a suggestion; the clinic bills."
                />
                {unsettled}
                <div class="actions"><Submit busy>"Save payer profile"</Submit></div>
            </Form>
        </Section>
    }
}
