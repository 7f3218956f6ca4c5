//! The payer profile that holds where a patient has none of their own.

use leptos::prelude::*;

use super::Section;
use crate::app::components::{Choice, Form, FormErrors, Notice, Submit, Tone};
use crate::app::state::use_desk;
use crate::journal::facts::{Clinic, PayerProfileChange};

/// A shipped profile: name, what it does, what is unsettled about it.
pub(super) type Shipped = (String, String, Option<String>);

/// The choice of a profile.
#[component]
pub fn PayerSection(
    /// The profiles.
    profiles: Memo<Vec<Shipped>>,
    /// The one in force.
    chosen: String,
    /// The clinic's own.
    own: Memo<Vec<PayerProfileChange>>,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let value = RwSignal::new(Some(chosen));
    // A profile that is added in this section is offered at once.
    let choice = move || {
        let options: Vec<(String, String)> = profiles
            .get()
            .into_iter()
            .map(|(name, about, _)| (name.clone(), format!("{name}: {about}")))
            .collect();
        view! {
            <Choice
                id="payer-profile"
                legend="Used where a patient has none of their own"
                options
                value
                stacked=true
                hint="It sets the minutes that each code takes. What the month supports is a suggestion; the clinic bills."
            />
        }
    };
    let unsettled = move || {
        let chosen = value.get()?;
        let (_, _, unsettled) = profiles.get().into_iter().find(|(name, ..)| *name == chosen)?;
        unsettled.map(|sentence| {
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
                {choice}
                {unsettled}
                <div class="actions"><Submit busy>"Save payer profile"</Submit></div>
            </Form>
            <super::own_profile::OwnProfiles own/>
        </Section>
    }
}
