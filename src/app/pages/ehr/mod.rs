//! What is not in the EHR yet, of all patients: copy, mark, next.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::{Once, Reading, to_errors};
use crate::app::components::{Button, ButtonKind, Choice, DateField, DayText, Form, FormErrors, Submit};
use crate::app::format;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::EhrStart;
use crate::registry::{EhrQuery, EhrView, Request, Response};

pub mod editor;
pub mod queue;

use queue::{Queue, Shown};

/// Rows that are drawn at most: a week's notes many times over. The count is of all.
const ROWS: u32 = 200;

/// Whose notes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Everybody,
    Mine,
}

/// The queue.
#[component]
pub fn EhrPage() -> impl IntoView {
    let desk = use_desk();
    let whose = RwSignal::new(Some(Whose::Everybody));
    let older = RwSignal::new(false);
    let answer = desk.follow(
        move || {
            let mine = whose.get() == Some(Whose::Mine);
            Request::Ehr(EhrQuery {
                care_manager: mine.then(|| desk.me()),
                most: ROWS,
                with_older: older.get(),
            })
        },
        |response| match response {
            Response::Ehr(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <header class="page-head ehr-head">
            <h1>"Not in the EHR yet"</h1>
            <Choice
                id="ehr-whose"
                legend="Patients"
                options=vec![(Whose::Everybody, "All".to_owned()), (Whose::Mine, "Mine".to_owned())]
                value=whose
            />
        </header>
        <Once answer what="the notes" children=move |view| view! { <Waiting view older/> }/>
    }
}

/// The notes, and where the queue begins.
#[component]
fn Waiting(view: Signal<Arc<EhrView>>, older: RwSignal<bool>) -> impl IntoView {
    view! {
        <p class="counts"><strong>{move || view.with(waiting_words)}</strong></p>
        <Queue rows=Signal::derive(move || view.with(|view| view.rows.clone())) shown=Shown::Patients/>
        <Start view older/>
    }
}

fn waiting_words(view: &Arc<EhrView>) -> String {
    let notes = format::count(view.total.into(), "note waits", "notes wait");
    format!("{notes}, the oldest first")
}

/// From which day on the queue is kept, and what is older.
#[component]
fn Start(view: Signal<Arc<EhrView>>, older: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let since = RwSignal::new(view.with_untracked(|view| view.since.to_string()));
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let count = move || view.with(|view| view.older);
    let save = move |()| {
        errors.clear();
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let day = reading.past(&since.get_untracked(), "ehr-since", "the first day", today);
        match reading.finish(day) {
            Ok(since) => {
                busy.set(true);
                let fact = Fact::EhrStart(EhrStart { since });
                desk.submit(
                    Intent::Office(vec![fact]),
                    "First day of the EHR queue saved",
                    move |result| {
                        let _shown = busy.try_set(false);
                        if let Err(failure) = result {
                            errors.set_whole(failure.to_string());
                        }
                    },
                );
            }
            Err(wrong) => errors.set(to_errors(wrong)),
        }
    };
    let words = move || {
        if older.get() {
            "Hide what is older"
        } else {
            "Show what is older"
        }
    };
    view! {
        <section class="ehr-start no-print" aria-labelledby="ehr-start">
            <h2 id="ehr-start">"Where the queue begins"</h2>
            <p>
                {move || view.with(|view| match view.is_chosen {
                    true => "Notes wait here from the day that your clinic chose: ",
                    false => "Your clinic has not chosen a first day, so notes of the last 30 days wait here, from ",
                })}
                {move || view.with(|view| view! { <DayText day=view.since/> })}
                ". Notes that were changed after they were copied wait whatever their date."
            </p>
            <Show when=move || { count() > 0 }>
                <p>
                    {move || format::count(count().into(), "older note is not marked as copied. ", "older notes are not marked as copied. ")}
                    <Button kind=ButtonKind::Quiet on_press=move |()| older.update(|shown| *shown = !*shown)>{words}</Button>
                </p>
            </Show>
            <Form errors on_submit=Callback::new(save) label="First day of the queue">
                <DateField id="ehr-since" label="Everything before this day is in the EHR already" value=since/>
                <div class="actions"><Submit busy>"Begin the queue on this day"</Submit></div>
            </Form>
        </section>
    }
}
