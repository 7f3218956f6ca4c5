//! Contacts that have no minutes, and minutes that have no note: each is mended where it stands.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, FieldError, Form, FormErrors, NumberField, Submit, TextField};
use crate::app::format::{self, parse_whole};
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::care::intent::Intent;
use crate::care::typed_time::MOST_MINUTES;
use crate::journal::facts::Time;
use crate::journal::{Fact, Seconds};
use crate::registry::{DaysView, Unnoted, Untimed};

/// Both lists; nothing where nothing is missing and no time is written down either.
#[component]
pub(super) fn Missing(view: Signal<Arc<DaysView>>, is_mine: Memo<bool>) -> impl IntoView {
    let untimed = move || view.with(|view| view.untimed.clone());
    let unnoted = move || view.with(|view| view.unnoted.clone());
    let number = move |count: usize| format::count(count as u64, "entry", "entries");
    view! {
        <section class="time-missing" aria-labelledby="untimed">
            <h2 id="untimed">"Contacts without minutes"</h2>
            <Show when=move || view.with(|view| !view.untimed.is_empty()) fallback=|| view! { <p class="hint">"None: every contact and try has its minutes."</p> }>
                <p class="visually-hidden" role="status">{move || number(view.with(|view| view.untimed.len()))}</p>
                <ul><For each=untimed key=|one| one.entry children=move |one| view! { <NoMinutes one is_mine/> }/></ul>
            </Show>
        </section>
        <section class="time-missing" aria-labelledby="unnoted">
            <h2 id="unnoted">"Minutes without a note"</h2>
            <Show when=move || view.with(|view| !view.unnoted.is_empty()) fallback=|| view! { <p class="hint">"None: all minutes say what was done."</p> }>
                <p class="visually-hidden" role="status">{move || number(view.with(|view| view.unnoted.len()))}</p>
                <ul><For each=unnoted key=|one| one.entry children=move |one| view! { <NoNote one is_mine/> }/></ul>
            </Show>
        </section>
    }
}

/// A contact, and its minutes in one field.
#[component]
fn NoMinutes(one: Untimed, is_mine: Memo<bool>) -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    let (errors, busy, minutes) = (FormErrors::new(), RwSignal::new(false), RwSignal::new(String::new()));
    let id = format!("untimed-{}", one.entry);
    let (field, chart, time) = (id.clone(), one.chart, one.time.clone());
    let save = Callback::new(move |()| {
        let seconds = match parse_whole(&minutes.get_untracked(), "Minutes", 1..=MOST_MINUTES) {
            Ok(minutes) => Seconds(minutes * 60),
            Err(text) => {
                return errors.set(vec![FieldError {
                    field: field.clone(),
                    text,
                }]);
            }
        };
        let time = Time {
            seconds,
            ..time.clone()
        };
        let facts = vec![Fact::Time(time)];
        submit(desk, Intent::Record { chart, facts }, "Minutes recorded", errors, busy);
    });
    let when = when_of(&one.time);
    let form = move || {
        let id = id.clone();
        open.get().then(|| {
            view! {
                <Form errors on_submit=save label="Minutes of this contact">
                    <NumberField id label="Minutes" value=minutes unit="min"/>
                    <div class="actions"><Submit busy>"Save minutes"</Submit></div>
                </Form>
            }
        })
    };
    let says = format!("Add minutes: {}, {}", one.name, one.line);
    view! {
        <li>
            <span class="at">{when}</span>
            <a href=Route::Patient(chart).href()>{one.name.clone()}</a>
            <span>{one.line.clone()}</span>
            <Show when=move || is_mine.get() && !open.get()><Button says=says.clone() on_press=move |()| open.set(true)>"Add minutes"</Button></Show>
            {form}
        </li>
    }
}

/// Minutes, and their note in one field.
#[component]
fn NoNote(one: Unnoted, is_mine: Memo<bool>) -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    let (errors, busy, note) = (FormErrors::new(), RwSignal::new(false), RwSignal::new(String::new()));
    let id = format!("unnoted-{}", one.entry);
    let (field, chart, entry, time) = (id.clone(), one.chart, one.entry, one.time.clone());
    let save = Callback::new(move |()| {
        let Some(note) = text(&note.get_untracked()) else {
            return errors.set(vec![FieldError {
                field: field.clone(),
                text: "Enter what was done".to_owned(),
            }]);
        };
        let time = Time {
            note: Some(note),
            ..time.clone()
        };
        let intent = Intent::Correct {
            chart,
            entry,
            fact: Box::new(Fact::Time(time)),
            reason: Some("Documentation completed".to_owned()),
        };
        submit(desk, intent, "Note recorded", errors, busy);
    });
    let form = move || {
        let id = id.clone();
        open.get().then(|| {
            view! {
                <Form errors on_submit=save label="Note of these minutes">
                    <TextField id label="What was done" value=note/>
                    <div class="actions"><Submit busy>"Save note"</Submit></div>
                </Form>
            }
        })
    };
    let says = format!("Add a note: {}, {}", one.name, one.line);
    view! {
        <li>
            <a href=Route::Patient(chart).href()>{one.name.clone()}</a>
            <span>{one.line.clone()}</span>
            <Show when=move || is_mine.get() && !open.get()><Button says=says.clone() on_press=move |()| open.set(true)>"Add a note"</Button></Show>
            {form}
        </li>
    }
}

fn when_of(time: &Time) -> String {
    let desk = use_desk();
    format::short_when(time.start, desk.zone(), desk.today().get_untracked())
}

fn submit(desk: crate::app::state::Desk, intent: Intent, what: &str, errors: FormErrors, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    desk.submit(intent, what, move |result| {
        let _gone = busy.try_set(false);
        if let Err(failure) = result {
            errors.set_whole(failure.to_string());
        }
    });
}
