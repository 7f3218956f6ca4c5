//! What a paste said besides the fields that everybody is registered with: shown and changed before it is saved.

use leptos::prelude::*;

use crate::app::components::{FormGroup, Select, TextField};
use crate::app::pages::common::Reading;
use crate::app::route::{from_word, word};
use crate::app::typed::{Wrong, text};
use crate::app::words::{INTERPRETER, SEXES};
use crate::exchange::pasted::{PastedField, Proposal};
use crate::journal::Day;
use crate::journal::facts::{Payer, Registration};

/// The fields that a paste may fill in besides; of several telephone numbers the form itself has the first.
const FIELDS: [PastedField; 13] = [
    PastedField::Preferred,
    PastedField::Sex,
    PastedField::Gender,
    PastedField::Pronouns,
    PastedField::Phone,
    PastedField::Phone,
    PastedField::Email,
    PastedField::Address,
    PastedField::Language,
    PastedField::Interpreter,
    PastedField::Emergency,
    PastedField::Payer,
    PastedField::Member,
];

fn place(field: PastedField) -> Option<usize> {
    FIELDS.iter().position(|other| *other == field)
}

fn field_id(at: usize) -> String {
    format!("extra-{at}")
}

/// What they hold, and which of them are shown. They are made with the page: what a paste makes would go with the paste.
#[derive(Clone, Copy)]
pub struct Extras {
    texts: [RwSignal<String>; FIELDS.len()],
    shown: RwSignal<Vec<usize>>,
}

impl Extras {
    /// Nothing.
    pub fn none() -> Self {
        Self {
            texts: FIELDS.map(|_| RwSignal::new(String::new())),
            shown: RwSignal::new(Vec::new()),
        }
    }
    fn all(&self) -> impl Iterator<Item = (usize, PastedField, RwSignal<String>)> {
        FIELDS
            .into_iter()
            .zip(self.texts)
            .enumerate()
            .map(|(at, (field, value))| (at, field, value))
    }
    /// Takes these in place of what was there.
    pub fn take(&self, proposals: Vec<Proposal>) {
        self.texts.iter().for_each(|text| text.set(String::new()));
        let mut shown: Vec<usize> = Vec::new();
        for proposal in proposals {
            let free = self
                .all()
                .find(|(at, field, _)| *field == proposal.field && !shown.contains(at));
            if let Some((at, _, text)) = free {
                text.set(proposal.value);
                shown.push(at);
            }
        }
        // A member ID is one of a payer: its field stands beside it, also where the paste named none.
        if let [Some(payer), Some(member)] = [PastedField::Payer, PastedField::Member].map(place)
            && shown.contains(&member)
            && !shown.contains(&payer)
        {
            shown.push(payer);
        }
        shown.sort_unstable();
        self.shown.set(shown);
    }
    fn text(&self, wanted: PastedField) -> Option<String> {
        self.all()
            .find(|(_, field, _)| *field == wanted)
            .and_then(|(_, _, typed)| text(&typed.get()))
    }
    /// The registration with these in it.
    pub fn add_to(&self, registration: Registration) -> Registration {
        use PastedField::*;
        let mut phones = registration.phones.clone();
        let more = self.all().filter(|(_, field, _)| *field == Phone);
        for phone in more.filter_map(|(_, _, typed)| text(&typed.get())) {
            if !phones.contains(&phone) {
                phones.push(phone);
            }
        }
        Registration {
            preferred: self.text(Preferred),
            sex: self.text(Sex).and_then(|sex| from_word(&sex)),
            gender: self.text(Gender),
            pronouns: self.text(Pronouns),
            email: self.text(Email),
            address: self.text(Address),
            language: self.text(Language),
            interpreter: self.text(Interpreter).and_then(|need| from_word(&need)),
            emergency: self.text(Emergency),
            phones,
            ..registration
        }
    }
    /// The payer, from today on. A member ID without a payer is none.
    pub fn payer(&self, reading: &mut Reading, today: Day) -> Option<Payer> {
        let (name, member) = (self.text(PastedField::Payer), self.text(PastedField::Member));
        if let (None, Some(_), Some(at)) = (&name, &member, place(PastedField::Member)) {
            let wrong = Wrong::new(field_id(at), "Enter the payer of this member ID, or empty it");
            let _none: Option<()> = reading.take(Err(wrong));
        }
        Some(Payer {
            name: name?,
            profile: None,
            member,
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
    let unknown = (String::new(), "Not recorded".to_owned());
    let sexes = SEXES.iter().map(|(sex, words)| (word(*sex), (*words).to_owned()));
    let sexes = Signal::stored(std::iter::once(unknown).chain(sexes).collect::<Vec<_>>());
    let unasked = (String::new(), "Not asked".to_owned());
    let needs = INTERPRETER
        .iter()
        .map(|(need, words)| (word(*need), (*words).to_owned()));
    let needs = Signal::stored(std::iter::once(unasked).chain(needs).collect::<Vec<_>>());
    let shown = move || {
        let shown = extras.shown.get();
        let fields = extras.all().filter(move |(at, ..)| shown.contains(at));
        fields
            .map(|(at, field, value)| match field {
                PastedField::Sex => {
                    view! { <Select id=field_id(at) label=field.words() options=sexes value/> }.into_any()
                }
                PastedField::Interpreter => {
                    view! { <Select id=field_id(at) label=field.words() options=needs value/> }.into_any()
                }
                _ => view! { <TextField id=field_id(at) label=field.words() value/> }.into_any(),
            })
            .collect_view()
    };
    view! {
        <Show when=move || extras.shown.with(|shown| !shown.is_empty())>
            <FormGroup legend="Also from the EHR" hint="Empty a field to leave it out.">
                <div class="columns">{shown}</div>
            </FormGroup>
        </Show>
    }
}
