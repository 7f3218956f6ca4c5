//! What a contact covered, and what is rarely needed behind one disclosure that opens when something is in it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::app::components::{Checks, Choice, FormGroup, Select, TextArea, TextField, Width};
use crate::app::effects::effect;
use crate::app::route::{Route, Section, from_word, word};
use crate::app::typed::Wrong;
use crate::app::typed::contact::{Direction, MoreTyped};
use crate::app::words::{WITH, options};
use crate::care::coordination::{ADVOCACY_WITH, COVERED, PLANNING};
use crate::journal::ChartId;
use crate::journal::facts::{ContactKind, Covered, Planning, With};

/// Which form it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A contact that is being recorded, with the education given in it.
    Recording,
    /// A contact that is corrected: education is an entry of its own.
    Correcting,
}

/// Fields behind the disclosure, by the ids that errors name.
const HIDDEN: [&str; 3] = ["asked", "advocacy", "topic"];

/// What a contact was about, a signal each.
#[derive(Clone, Copy)]
pub struct MoreFields {
    covered: RwSignal<Vec<Covered>>,
    covered_else: RwSignal<String>,
    planned: RwSignal<Option<Planning>>,
    direction: RwSignal<Option<Direction>>,
    who: RwSignal<String>,
    language: RwSignal<String>,
    interpreter: RwSignal<String>,
    service: RwSignal<String>,
    /// Word of the kind of office.
    advocacy: RwSignal<String>,
    advocacy_name: RwSignal<String>,
    asked: RwSignal<String>,
    offered: RwSignal<String>,
    chosen: RwSignal<String>,
    topic: RwSignal<String>,
    taught: RwSignal<Vec<With>>,
    open: RwSignal<bool>,
}

impl MoreFields {
    /// Fields that hold what was typed.
    pub fn new(typed: MoreTyped) -> Self {
        let open = RwSignal::new(!typed.is_empty());
        Self {
            covered: RwSignal::new(typed.covered),
            covered_else: RwSignal::new(typed.covered_else),
            planned: RwSignal::new(typed.planned),
            direction: RwSignal::new(typed.direction),
            who: RwSignal::new(typed.who),
            language: RwSignal::new(typed.language),
            interpreter: RwSignal::new(typed.interpreter),
            service: RwSignal::new(typed.service),
            advocacy: RwSignal::new(typed.advocacy.map(word).unwrap_or_default()),
            advocacy_name: RwSignal::new(typed.advocacy_name),
            asked: RwSignal::new(typed.asked),
            offered: RwSignal::new(typed.offered),
            chosen: RwSignal::new(typed.chosen),
            topic: RwSignal::new(typed.topic),
            taught: RwSignal::new(typed.taught),
            open,
        }
    }

    /// What is typed now. Follows every field.
    pub fn typed(&self) -> MoreTyped {
        MoreTyped {
            covered: self.covered.get(),
            covered_else: self.covered_else.get(),
            planned: self.planned.get(),
            direction: self.direction.get(),
            who: self.who.get(),
            language: self.language.get(),
            interpreter: self.interpreter.get(),
            service: self.service.get(),
            advocacy: from_word(&self.advocacy.get()),
            advocacy_name: self.advocacy_name.get(),
            asked: self.asked.get(),
            offered: self.offered.get(),
            chosen: self.chosen.get(),
            topic: self.topic.get(),
            taught: self.taught.get(),
        }
    }

    /// Opens the disclosure when something in it is wrong.
    pub fn show(&self, wrong: &[Wrong]) {
        if wrong.iter().any(|wrong| HIDDEN.contains(&wrong.field.as_str())) {
            self.open.set(true);
        }
    }
}

/// What the contact covered.
#[component]
pub fn CoveredTicks(fields: MoreFields) -> impl IntoView {
    view! { <Checks id="covered" legend="Covered" options=options(COVERED) value=fields.covered/> }
}

/// What is rarely needed.
#[component]
pub fn More(
    /// Whose chart.
    chart: ChartId,
    /// The fields.
    fields: MoreFields,
    /// The kind of contact that is chosen.
    kind: RwSignal<String>,
    /// Which form it is.
    shown: Shown,
) -> impl IntoView {
    effect(move |_| {
        if from_word(&kind.get()) == Some(ContactKind::Advocacy) {
            fields.open.set(true);
        }
    });
    let toggled = move |event: ev::Event| {
        let details = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlDetailsElement>().ok());
        if let Some(details) = details {
            fields.open.set(details.open());
        }
    };
    view! {
        <details class="more" prop:open=fields.open on:toggle=toggled>
            <summary>"More: planned, language, by name, on the patient\u{2019}s behalf, options, education"</summary>
            <Show when=move || fields.open.get()><Behind chart fields shown/></Show>
        </details>
    }
}

/// The fields behind the disclosure; they are drawn when it is open.
#[component]
fn Behind(chart: ChartId, fields: MoreFields, shown: Shown) -> impl IntoView {
    let directions = vec![
        (Direction::Out, "We called".to_owned()),
        (Direction::In, "They called".to_owned()),
    ];
    let offices: Vec<(String, String)> = std::iter::once((String::new(), "Nobody".to_owned()))
        .chain(
            ADVOCACY_WITH
                .iter()
                .map(|(with, words)| (word(*with), (*words).to_owned())),
        )
        .collect();
    let notes = Route::Section(chart, Section::Notes).href();
    view! {
        <div class="more-fields">
            <div class="fields">
                <Choice id="planned" legend="Planned" options=options(PLANNING) value=fields.planned/>
                <Choice id="direction" legend="Who called" options=directions value=fields.direction/>
                <TextField id="who" label="Who took part, by name" value=fields.who/>
            </div>
            <div class="fields">
                <TextField id="language" label="Language" value=fields.language width=Width::Short/>
                <TextField id="interpreter" label="Interpreter, name or number" value=fields.interpreter/>
                <TextField id="service" label="Interpreter service" value=fields.service/>
            </div>
            <FormGroup legend="On the patient\u{2019}s behalf">
                <div class="fields">
                    <Select id="advocacy" label="Spoken with" options=Signal::stored(offices) value=fields.advocacy/>
                    <TextField id="advocacy-name" label="Who there" value=fields.advocacy_name/>
                </div>
                <TextField id="asked" label="What was asked" value=fields.asked width=Width::Full/>
                <p class="hint"><a href=notes>"Letters are written in Notes and letters"</a>"; what is typed here is kept as a draft."</p>
            </FormGroup>
            <FormGroup legend="Choice">
                <TextArea id="offered" label="Options offered" value=fields.offered rows=2/>
                <TextField id="chosen" label="What the patient chose" value=fields.chosen width=Width::Full/>
            </FormGroup>
            {(shown == Shown::Recording).then(|| view! {
                <FormGroup legend="Education given">
                    <TextField id="topic" label="Topic" value=fields.topic width=Width::Full/>
                    <Checks id="taught" legend="To whom" options=options(WITH) value=fields.taught hint="The patient, when nobody is chosen"/>
                </FormGroup>
            })}
            <TextField id="covered-else" label="Covered, in your own words" value=fields.covered_else width=Width::Full/>
        </div>
    }
}
