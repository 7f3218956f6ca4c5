//! What trainees wrote that waits for a supervisor: shown whole, then signed or returned, one by one or all of a patient.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, EmptyState, FoldedText, FormErrors, TextArea, WhenText};
use crate::app::format;
use crate::app::pages::common::{IntentForm, Reading, to_errors};
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::care::cosign::Verdict;
use crate::care::intent::Intent;
use crate::journal::{ChartId, EntryId};
use crate::registry::{AskLine, SupervisionView, TraineeLine, WaitingEntry, WaitingPatient};

/// Unsigned entries, by trainee and patient.
#[component]
pub fn Waiting(
    /// The page.
    view: Signal<Arc<SupervisionView>>,
) -> impl IntoView {
    let lines = move || view.with(|view| view.trainees.clone());
    view! {
        <section aria-labelledby="waiting">
            <h2 id="waiting">"Entries of trainees"</h2>
            <Show when=move || view.with(|view| !view.trainees.is_empty()) fallback=|| view! {
                <EmptyState title="Nobody here is a trainee.">
                    <p>"Give somebody the role of a trainee, and a supervisor, in Settings, People. What they write then waits here for co-signature."</p>
                </EmptyState>
            }>
                <For each=lines key=|line| format!("{line:?}") children=|line| view! { <Trainee line/> }/>
            </Show>
        </section>
    }
}

#[component]
fn Trainee(line: TraineeLine) -> impl IntoView {
    let may_sign = line.may_sign;
    let name = line.name.clone();
    let supervisor = line.supervisor.clone().map_or_else(
        || "No supervisor is named.".to_owned(),
        |name| format!("Supervised by {name}."),
    );
    let number: usize = line.patients.iter().map(|patient| patient.entries.len()).sum();
    let waits = format::count(u64::try_from(number).unwrap_or(u64::MAX), "entry waits", "entries wait");
    let asks = line
        .asks
        .into_iter()
        .map(|ask| view! { <Ask ask may_sign/> })
        .collect_view();
    let patients = line
        .patients
        .into_iter()
        .map(|patient| view! { <Patient patient may_sign/> })
        .collect_view();
    let returned = (!line.returned.is_empty()).then(|| {
        let all = line
            .returned
            .into_iter()
            .map(|patient| view! { <Patient patient may_sign/> });
        view! {
            <h4>"Returned"</h4>
            <p class="hint">"Correct the entry in the record\u{2019}s timeline; it then waits again."</p>
            {all.collect_view()}
        }
    });
    view! {
        <section class="supervised" aria-label=name>
            <h3>{line.name}</h3>
            <p class="hint">{supervisor}" "{waits}" for co-signature."</p>
            {asks}
            {patients}
            {returned}
        </section>
    }
}

/// A request to close, with one step to carry it out.
#[component]
fn Ask(ask: AskLine, may_sign: bool) -> impl IntoView {
    let desk = use_desk();
    let (chart, request) = (ask.chart, ask.request);
    let returning = RwSignal::new(false);
    let says = format!("Carry out: {}, {}", ask.what, ask.name);
    let back = format!("Return: {}, {}", ask.what, ask.name);
    let is_open = may_sign && ask.comment.is_none();
    let carry_out = move |()| {
        desk.submit_alone(
            Intent::CarryOutAsked { chart, request },
            "Carried out and co-signed",
            || {},
        );
    };
    view! {
        <div class="signature-entry">
            <p>
                <a class="name" href=Route::Patient(chart).href()>{ask.name.clone()}</a>
                ": asks to "{ask.what.clone()}", "<WhenText when=ask.at/>
            </p>
            {ask.why.clone().map(|why| view! { <FoldedText text=why says="What was written for it"/> })}
            {ask.comment.clone().map(|comment| view! { <p><strong>"Returned: "</strong>{comment}</p> })}
            {is_open.then(|| view! {
                <div class="actions no-print">
                    <Button kind=ButtonKind::Primary says=says on_press=carry_out>"Carry out and co-sign"</Button>
                    <Button kind=ButtonKind::Quiet says=back on_press=move |()| returning.set(true)>"Return\u{2026}"</Button>
                </div>
                {move || returning.get().then(|| view! {
                    <ReturnForm chart names=vec![request] on_close=move |()| returning.set(false)/>
                })}
            })}
        </div>
    }
}

/// What waits of one patient. All of it is shown before all of it can be signed.
#[component]
fn Patient(patient: WaitingPatient, may_sign: bool) -> impl IntoView {
    let desk = use_desk();
    let chart = patient.chart;
    let waiting: Vec<&WaitingEntry> = patient.entries.iter().filter(|entry| entry.comment.is_none()).collect();
    let all: Vec<EntryId> = waiting.iter().flat_map(|entry| entry.names.clone()).collect();
    let several = 1 < waiting.len();
    let says = format!("Sign all of {}", patient.name);
    let number = waiting.len();
    let sign_all = move |()| sign(desk, chart, all.clone());
    let name = patient.name.clone();
    let entries = patient
        .entries
        .into_iter()
        .map(|entry| view! { <Entry chart name=name.clone() entry may_sign/> })
        .collect_view();
    view! {
        <div class="signature-patient">
            <h4><a class="name" href=Route::Patient(chart).href()>{patient.name.clone()}</a></h4>
            {entries}
            {(may_sign && several).then(|| view! {
                <div class="actions no-print">
                    <Button says=says on_press=sign_all>{format!("Sign all {number} of this patient")}</Button>
                </div>
            })}
        </div>
    }
}

fn sign(desk: crate::app::state::Desk, chart: ChartId, entries: Vec<EntryId>) {
    let intent = Intent::CoSign {
        chart,
        entries,
        verdict: Verdict::Signed,
    };
    desk.submit_alone(intent, "Co-signed", || {});
}

#[component]
fn Entry(chart: ChartId, name: String, entry: WaitingEntry, may_sign: bool) -> impl IntoView {
    let desk = use_desk();
    let returning = RwSignal::new(false);
    let names = StoredValue::new(entry.names.clone());
    let says = format!("Sign: {}, {name}", entry.line);
    let back = format!("Return: {}, {name}", entry.line);
    view! {
        <div class="signature-entry">
            <p><WhenText when=entry.at/>" "<span>{entry.line.clone()}</span></p>
            {entry.more.clone().map(|more| view! { <FoldedText text=more says=entry.line.clone()/> })}
            <p class="hint">{entry.state.clone()}</p>
            {entry.comment.clone().map(|comment| view! { <p><strong>"Returned: "</strong>{comment}</p> })}
            {may_sign.then(|| view! {
                <div class="actions no-print">
                    <Button says=says on_press=move |()| sign(desk, chart, names.get_value())>"Sign"</Button>
                    <Button kind=ButtonKind::Quiet says=back on_press=move |()| returning.set(true)>"Return\u{2026}"</Button>
                </div>
                {move || returning.get().then(|| view! {
                    <ReturnForm chart names=names.get_value() on_close=move |()| returning.set(false)/>
                })}
            })}
        </div>
    }
}

/// Why an entry goes back.
#[component]
fn ReturnForm(chart: ChartId, names: Vec<EntryId>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let comment = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let id = names
        .first()
        .map_or_else(String::new, |entry| format!("return-{entry}"));
    let field = id.clone();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let comment = reading.text(&comment.get_untracked(), &field, "Say what is to be changed");
        match reading.finish(comment) {
            Ok(comment) => Some(Intent::CoSign {
                chart,
                entries: names.clone(),
                verdict: Verdict::Returned { comment },
            }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    view! {
        <IntentForm title="Return to the trainee" deed="Returned to the trainee" save="Return" errors intent on_close>
            <TextArea id=id label="What is to be changed" value=comment rows=2/>
        </IntentForm>
    }
}
