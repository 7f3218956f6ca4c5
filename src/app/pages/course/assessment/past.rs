//! Earlier treatments: what, dose, how long, whether it helped; a row each.

use leptos::prelude::*;

use super::typed::PastTyped;
use crate::app::components::{Button, ButtonKind, Select, TextField, Width};
use crate::app::route::{from_word, word};
use crate::journal::facts::Helped;

const HELPED: [(Helped, &str); 5] = [
    (Helped::Yes, "It helped"),
    (Helped::Somewhat, "It helped somewhat"),
    (Helped::No, "It did not help"),
    (Helped::NotTolerated, "It was not tolerated"),
    (Helped::Unknown, "The patient doesn\u{2019}t know"),
];

/// The fields of one row.
#[derive(Clone, Copy)]
pub struct PastFields {
    /// Tells rows apart.
    key: u32,
    what: RwSignal<String>,
    dose: RwSignal<String>,
    how_long: RwSignal<String>,
    helped: RwSignal<String>,
}

impl PastFields {
    /// A row with what is known.
    pub fn of(key: u32, past: &PastTyped) -> Self {
        Self {
            key,
            what: RwSignal::new(past.what.clone()),
            dose: RwSignal::new(past.dose.clone()),
            how_long: RwSignal::new(past.how_long.clone()),
            helped: RwSignal::new(past.helped.map(word).unwrap_or_default()),
        }
    }
    /// What tells it from the other rows.
    pub fn key(self) -> u32 {
        self.key
    }
    /// What is typed.
    pub fn typed(self) -> PastTyped {
        PastTyped {
            what: self.what.get(),
            dose: self.dose.get(),
            how_long: self.how_long.get(),
            helped: from_word(&self.helped.get()),
        }
    }
}

/// The rows, and a button that adds one.
#[component]
pub fn PastRows(
    /// The rows.
    rows: RwSignal<Vec<PastFields>>,
) -> impl IntoView {
    let add = move |()| {
        rows.update(|rows| {
            let key = rows.iter().map(|row| row.key + 1).max().unwrap_or_default();
            rows.push(PastFields::of(key, &PastTyped::default()));
        });
    };
    let helped: Vec<(String, String)> = std::iter::once((String::new(), "Not asked".to_owned()))
        .chain(
            HELPED
                .iter()
                .map(|(helped, words)| (word(*helped), (*words).to_owned())),
        )
        .collect();
    let helped = Signal::stored(helped);
    let row = move |row: PastFields| {
        let key = row.key;
        let drop = move |()| rows.update(|rows| rows.retain(|other| other.key != key));
        view! {
            <div class="fields past-row" role="group" aria-label="Earlier treatment">
                <TextField id=format!("past-what-{key}") label="Medication or therapy" value=row.what/>
                <TextField id=format!("past-dose-{key}") label="Highest dose" value=row.dose width=Width::Short/>
                <TextField id=format!("past-long-{key}") label="How long, when" value=row.how_long width=Width::Short/>
                <Select id=format!("past-helped-{key}") label="Did it help?" options=helped value=row.helped/>
                <Button kind=ButtonKind::Quiet on_press=drop says="Remove this earlier treatment">"Remove"</Button>
            </div>
        }
    };
    view! {
        <For each=move || rows.get() key=|row| row.key children=row/>
        <Button on_press=add>"Add an earlier treatment"</Button>
    }
}
