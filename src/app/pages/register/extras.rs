//! What a paste said besides the fields that everybody is registered with: shown and changed before it is saved.

use leptos::prelude::*;

use crate::app::components::{FormGroup, TextField};
use crate::app::route::from_word;
use crate::app::typed::text;
use crate::exchange::pasted::{PastedField, Proposal};
use crate::journal::Day;
use crate::journal::facts::{Payer, Registration};

/// A field of it, and its text.
type Extra = (PastedField, RwSignal<String>);

/// The fields, in the order of the paste.
#[derive(Clone, Copy)]
pub struct Extras(RwSignal<Vec<Extra>>);

impl Extras {
    /// Nothing.
    pub fn none() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
    /// Takes these in place of what was there.
    pub fn take(&self, proposals: Vec<Proposal>) {
        let field = |p: Proposal| (p.field, RwSignal::new(p.value));
        self.0.set(proposals.into_iter().map(field).collect());
    }
    fn text(&self, field: PastedField) -> Option<String> {
        let all = self.0.get();
        all.iter()
            .find(|(of, _)| *of == field)
            .and_then(|(_, typed)| text(&typed.get()))
    }
    /// The registration with these in it.
    pub fn add_to(&self, registration: Registration) -> Registration {
        use PastedField::*;
        let mut phones = registration.phones.clone();
        let more = self.0.get();
        let more = more
            .iter()
            .filter(|(of, _)| *of == Phone)
            .filter_map(|(_, typed)| text(&typed.get()));
        for phone in more {
            if !phones.contains(&phone) {
                phones.push(phone);
            }
        }
        Registration {
            preferred: self.text(Preferred),
            sex: self.text(Sex).and_then(|sex| from_word(&sex.to_lowercase())),
            gender: self.text(Gender),
            pronouns: self.text(Pronouns),
            email: self.text(Email),
            address: self.text(Address),
            language: self.text(Language),
            emergency: self.text(Emergency),
            phones,
            ..registration
        }
    }
    /// The payer, from today on.
    pub fn payer(&self, today: Day) -> Option<Payer> {
        Some(Payer {
            name: self.text(PastedField::Payer)?,
            profile: None,
            member: self.text(PastedField::Member),
            from: today,
        })
    }
}

/// The fields, where there are any.
#[component]
pub fn ExtraFields(
    /// They.
    extras: Extras,
) -> impl IntoView {
    let field = |(place, (field, value)): (usize, Extra)| {
        view! { <TextField id=format!("extra-{place}") label=field.words() value/> }
    };
    move || {
        let all = extras.0.get();
        (!all.is_empty()).then(|| {
            view! {
                <FormGroup legend="Also from the EHR" hint="Empty a field to leave it out.">
                    <div class="columns">{all.into_iter().enumerate().map(field).collect_view()}</div>
                </FormGroup>
            }
        })
    }
}
