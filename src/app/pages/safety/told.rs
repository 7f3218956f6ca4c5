//! Who was told: several people in one go, each with a name, a time, and how.

use std::sync::Arc;

use leptos::prelude::*;

use super::known::follow_known;
use crate::app::components::{Button, ButtonKind, DateField, FormErrors, Select, TextField, TimeField, Width};
use crate::app::effects::effect;
use crate::app::format::dial;
use crate::app::pages::common::{IntentForm, Reading, time_text, to_errors, today_text};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::Wrong;
use crate::app::typed::crisis::ToldTyped;
use crate::app::words::AUDIENCES;
use crate::care::intent::{Intent, Told};
use crate::journal::facts::{Audience, ConcernStep, Step};
use crate::journal::{ChartId, Fact, ThingId};
use crate::registry::PatientView;

/// One row, as it is being typed.
#[derive(Clone, Copy)]
pub struct ToldRow {
    /// Its place among the rows; it keeps it.
    at: usize,
    /// Word of the audience.
    who: RwSignal<String>,
    name: RwSignal<String>,
    how: RwSignal<String>,
    time: RwSignal<String>,
    offered: StoredValue<String>,
}

impl ToldRow {
    fn new(at: usize, typed: ToldTyped) -> Self {
        Self {
            at,
            who: RwSignal::new(word(typed.who.unwrap_or(Audience::Clinician))),
            name: RwSignal::new(typed.name),
            how: RwSignal::new(typed.how),
            time: RwSignal::new(typed.time),
            offered: StoredValue::new(typed.offered),
        }
    }
    /// What is typed now. Follows every field.
    fn typed(&self) -> ToldTyped {
        ToldTyped {
            who: from_word(&self.who.get()),
            name: self.name.get(),
            how: self.how.get(),
            time: self.time.get(),
            offered: self.offered.get_value(),
        }
    }
}

/// The rows of a form.
#[derive(Clone, Copy)]
pub struct ToldRows(RwSignal<Vec<ToldRow>>);

impl ToldRows {
    /// Rows that hold what was typed; one at least.
    pub fn new(typed: Vec<ToldTyped>) -> Self {
        let typed = if typed.is_empty() {
            vec![ToldTyped::default()]
        } else {
            typed
        };
        let rows = typed.into_iter().enumerate().map(|(at, typed)| ToldRow::new(at, typed));
        Self(RwSignal::new(rows.collect()))
    }
    /// What is typed now. Follows every field.
    pub fn typed(&self) -> Vec<ToldTyped> {
        self.0.get().iter().map(ToldRow::typed).collect()
    }
    /// The first row names the PCP for as long as it is the PCP who was told, and nobody typed another name.
    fn follow_pcp(self, pcp: Option<String>) {
        let Some((pcp, row)) = pcp.zip(self.0.with_untracked(|rows| rows.first().copied())) else {
            return;
        };
        effect(move |before: Option<bool>| {
            let is_pcp = from_word(&row.who.get()) == Some(Audience::Clinician);
            let name = row.name.get_untracked();
            match (before, is_pcp) {
                (Some(true), false) if name == pcp => row.name.set(String::new()),
                (Some(false), true) if name.trim().is_empty() => row.name.set(pcp.clone()),
                _ => {}
            }
            is_pcp
        });
    }
    fn add(&self, typed: ToldTyped) {
        self.0.update(|rows| rows.push(ToldRow::new(rows.len(), typed)));
    }
}

/// The rows, and a button for one more.
#[component]
pub fn ToldFields(
    /// The rows.
    rows: ToldRows,
) -> impl IntoView {
    let desk = use_desk();
    let people: Vec<(String, String)> = AUDIENCES
        .iter()
        .map(|(who, words)| (word(*who), (*words).to_owned()))
        .collect();
    let people = StoredValue::new(people);
    let row = move |row: ToldRow| {
        let id = format!("told-{}", row.at);
        view! {
            <div class="told-row" role="group" aria-label=format!("Told, {}", row.at + 1)>
                <Select id=format!("{id}-who") label="Told" options=Signal::derive(move || people.get_value()) value=row.who/>
                <TextField id=format!("{id}-name") label="Name" value=row.name width=Width::Short/>
                <TimeField id=format!("{id}-time") label="At" value=row.time/>
                <TextField id=format!("{id}-how") label="How, and what they said" value=row.how width=Width::Full/>
            </div>
        }
    };
    let more = move |()| {
        let at = rows.0.with_untracked(Vec::len);
        rows.add(ToldTyped::offering(time_text(desk)));
        crate::app::browser::focus_soon(format!("told-{at}-who"));
    };
    view! {
        <div class="told-rows">
            <For each=move || rows.0.get() key=|row| row.at children=row/>
            <p class="actions"><Button kind=ButtonKind::Quiet on_press=more>"Somebody else was told too"</Button></p>
        </div>
    }
}

/// Who was told of a concern, when and how.
#[component]
pub fn ToldForm(
    /// Whose chart.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Closes the form.
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let pcp = view.with_untracked(|view| view.clinician.clone());
    let first = ToldTyped {
        name: pcp.clone().unwrap_or_default(),
        ..ToldTyped::offering(time_text(desk))
    };
    let rows = ToldRows::new(vec![first]);
    rows.follow_pcp(pcp.clone());
    let known = follow_known(chart);
    let pcp_line = move || {
        let (name, contact) = known.get()?.clinician.clone()?;
        let contact = contact.map(|contact| view! { ": "<a class="phone" href=dial(&contact)>{contact.clone()}</a> });
        Some(view! { <p class="hint">"The PCP on record: "{name}{contact}</p> })
    };
    let errors = FormErrors::new();
    let on = RwSignal::new(today_text(desk));
    let read = move || -> Result<Vec<Told>, Vec<Wrong>> {
        let (today, zone) = (desk.today().get_untracked(), untrack(|| desk.zone()));
        let mut typed = untrack(|| rows.typed());
        let mut reading = Reading::default();
        let day = reading.past(&on.get_untracked(), "told-day", "the day", today);
        let (day, mut wrong) = match reading.finish(day) {
            Ok(day) => (day, Vec::new()),
            Err(wrong) => (today, wrong),
        };
        // The time that was offered is that of now: of an earlier day it says nothing.
        for row in typed.iter_mut().filter(|row| day != today && row.time == row.offered) {
            row.time.clear();
        }
        let mut told = Vec::new();
        for (at, row) in typed.iter().enumerate().filter(|(at, row)| *at == 0 || !row.is_empty()) {
            if row.how.trim().is_empty() {
                wrong.push(Wrong::new(format!("told-{at}-how"), "Say how and what they said"));
            }
            match row.read(&format!("told-{at}"), day, zone) {
                Ok(row) => told.push(row),
                Err(found) => wrong.push(found),
            }
        }
        if wrong.is_empty() { Ok(told) } else { Err(wrong) }
    };
    let intent = Callback::new(move |()| match read() {
        Ok(told) => {
            let fact = |told: Told| {
                let Told { who, name, how, at } = told;
                let step = Step::Told { who, how, name };
                Fact::ConcernStep(ConcernStep {
                    concern,
                    at,
                    step,
                    note: None,
                })
            };
            let facts = told.into_iter().map(fact).collect();
            Some(Intent::Record { chart, facts })
        }
        Err(wrong) => {
            errors.set(to_errors(wrong));
            None
        }
    });
    view! {
        <IntentForm title="Who was told" deed="Telling recorded" save="Record who was told" errors intent on_close>
            {pcp_line}
            <DateField id="told-day" label="Told on" value=on max=today_text(desk)/>
            <ToldFields rows/>
            <p class="hint">"The treating clinician closes the step; everybody else is kept beside it."</p>
        </IntentForm>
    }
}
