//! What is to be talked about: flagged in a record or typed here, and carried over until it was.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, DayText, EmptyState, FormErrors, TextArea};
use crate::app::pages::common::{IntentForm, Reading, new_thing, to_errors};
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::SupervisionPoint;
use crate::registry::{PointLine, SupervisionView};

/// The agenda.
#[component]
pub fn Agenda(
    /// The page.
    view: Signal<Arc<SupervisionView>>,
) -> impl IntoView {
    let adding = RwSignal::new(false);
    let lines = move || view.with(|view| view.agenda.clone());
    view! {
        <section aria-labelledby="agenda">
            <h2 id="agenda">"To be discussed"</h2>
            <Show when=move || view.with(|view| !view.agenda.is_empty()) fallback=|| view! {
                <EmptyState title="Nothing is on the agenda.">
                    <p>"A patient is put on it from the record, under More, Discuss in supervision; anything else here."</p>
                </EmptyState>
            }>
                <ul class="agenda">
                    <For each=lines key=|line| format!("{line:?}") children=|line| view! { <Point line/> }/>
                </ul>
            </Show>
            <div class="actions no-print"><Button on_press=move |()| adding.set(true)>"Add a point"</Button></div>
            {move || adding.get().then(|| view! { <AddForm on_close=move |()| adding.set(false)/> })}
        </section>
    }
}

#[component]
fn Point(line: PointLine) -> impl IntoView {
    let desk = use_desk();
    let says = format!("Discussed: {}", line.text);
    let kept = line.clone();
    let discussed = move |()| {
        let today = desk.today().get_untracked();
        let point = SupervisionPoint {
            point: kept.point,
            by: kept.by,
            text: kept.text.clone(),
            day: kept.day,
            discussed: Some(today),
        };
        let facts = vec![Fact::from(point)];
        let intent = match &kept.patient {
            Some((chart, _)) => Intent::Record { chart: *chart, facts },
            None => Intent::Office(facts),
        };
        desk.submit_alone(intent, "Marked as discussed", || {});
    };
    let patient = line.patient.clone().map(|(chart, name)| {
        view! { <a class="name" href=Route::Patient(chart).href()>{name}</a>": " }
    });
    view! {
        <li>
            <p class="prose-line">{patient}{line.text.clone()}</p>
            <p class="hint">{line.who.clone()}", since "<DayText day=line.day/></p>
            <div class="actions no-print">
                <Button kind=ButtonKind::Quiet says=says on_press=discussed>"Discussed"</Button>
            </div>
        </li>
    }
}

#[component]
fn AddForm(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let text = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let text = reading.text(&text.get_untracked(), "point-text", "Say what is to be discussed");
        let read = reading.finish(text).and_then(|text| Ok((text, new_thing()?)));
        match read {
            Ok((text, point)) => Some(Intent::Office(vec![Fact::from(SupervisionPoint {
                point,
                by: desk.me(),
                text,
                day: desk.today().get_untracked(),
                discussed: None,
            })])),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    view! {
        <IntentForm title="A point for supervision" deed="Point added" save="Add the point" errors intent on_close>
            <p class="hint">"Name no patient here: about a patient, use More, Discuss in supervision, in the record."</p>
            <TextArea id="point-text" label="What is to be discussed" value=text rows=2/>
        </IntentForm>
    }
}
