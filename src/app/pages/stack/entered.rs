//! What was entered in this sitting, with its undo, and the concerns that wait for their safety steps.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, ButtonLink, Icon, IconName, StatusKind, StatusTag};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::{ChartId, EntryId, ThingId};

/// One form that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Whose.
    pub chart: ChartId,
    /// The patient's name as lists show it.
    pub name: String,
    /// The instrument.
    pub title: String,
    /// What it came to.
    pub words: String,
    /// The concern that is open because of it.
    pub concern: Option<ThingId>,
    /// Its entry.
    pub entry: Option<EntryId>,
    /// Whether it was taken back.
    pub undone: bool,
}

/// The concerns of this sitting, each with the way to its safety steps.
#[component]
pub fn Concerns(
    /// What was entered, the newest first.
    entered: RwSignal<Vec<Entered>>,
) -> impl IntoView {
    let waiting = move || {
        let mut waiting: Vec<Entered> = Vec::new();
        for form in entered.get() {
            if form.concern.is_some() && !waiting.iter().any(|w| w.concern == form.concern) {
                waiting.push(form);
            }
        }
        waiting
    };
    let line = |form: Entered| {
        let steps = form.concern.map(|concern| Route::Safety(form.chart, concern).href());
        let says = format!("Safety steps: {}", form.name);
        view! {
            <li>
                <StatusTag kind=StatusKind::Safety words="Positive"/>
                <strong>{form.name.clone()}</strong>
                {steps.map(|href| view! { <ButtonLink href says>"Safety steps"</ButtonLink> })}
            </li>
        }
    };
    move || {
        let waiting = waiting();
        let count = format::count(waiting.len() as u64, "positive answer", "positive answers");
        (!waiting.is_empty()).then(|| {
            view! {
                <section class="alarm stack-concerns" aria-labelledby="stack-concerns">
                    <h2 id="stack-concerns" class="alarm-title">
                        <Icon name=IconName::Alert/>{format!("{count} in this sitting")}
                    </h2>
                    <p>"Each is saved with its concern open, and stands first on Today. Nobody else is alerted."</p>
                    <ul>{waiting.into_iter().map(line).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// What was entered, the newest first.
#[component]
pub fn List(
    /// What was entered.
    entered: RwSignal<Vec<Entered>>,
) -> impl IntoView {
    let desk = use_desk();
    let undo = Callback::new(move |form: Entered| {
        let Some(entry) = form.entry else { return };
        // The form alone: a concern is closed by a person.
        let intent = Intent::Void {
            chart: form.chart,
            entries: vec![entry],
            reason: "Undone in stack entry".to_owned(),
        };
        desk.submit_alone(intent, format!("{} undone", form.title), move || {
            let _marked = entered.try_update(|all| {
                let own = all.iter_mut().filter(|other| other.entry == Some(entry));
                own.for_each(|other| other.undone = true);
            });
        });
    });
    let row = move |form: Entered| {
        let own = StoredValue::new(form.clone());
        let says = format!("Undo: {} of {}", form.title, form.name);
        let done = match (form.undone, form.entry.is_some()) {
            (true, _) => {
                let stays = form.concern.map(|_| "; its concern stays open");
                view! { <span class="hint">"undone"{stays}</span> }.into_any()
            }
            (false, true) => view! {
                <Button kind=ButtonKind::Quiet on_press=move |()| undo.run(own.get_value()) says>"Undo"</Button>
            }
            .into_any(),
            (false, false) => ().into_any(),
        };
        view! {
            <tr class:undone=form.undone>
                <td><a href=Route::Patient(form.chart).href()>{form.name.clone()}</a></td>
                <td>{form.title.clone()}</td>
                <td>{form.words.clone()}</td>
                <td>{form.concern.map(|_| "positive answer")}</td>
                <td>{done}</td>
            </tr>
        }
    };
    let count = move || entered.with(|all| all.iter().filter(|form| !form.undone).count());
    view! {
        <section class="stack-list" aria-labelledby="stack-list">
            <h2 id="stack-list">"Entered in this sitting: "{count}</h2>
            <Show when=move || entered.with(|all| !all.is_empty()) fallback=|| view! { <p class="hint">"Nothing yet."</p> }>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Entered in this sitting">
                    <table class="data">
                        <caption class="visually-hidden">"Entered in this sitting"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Patient"</th>
                                <th scope="col">"Measure"</th>
                                <th scope="col">"Result"</th>
                                <th scope="col">"Safety"</th>
                                <th scope="col"><span class="visually-hidden">"Undo"</span></th>
                            </tr>
                        </thead>
                        <tbody>{move || entered.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}
