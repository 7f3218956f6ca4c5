//! Records that were erased: in another copy, to be decided on here; and for good.

use std::sync::Arc;

use leptos::prelude::*;

use super::{carry_out, follow};
use crate::app::components::{
    Button, ButtonKind, Choice, EmptyState, Form, FormErrors, Notice, Submit, TextArea, TextField, Tone, Width,
};
use crate::app::format;
use crate::app::pages::common::Once;
use crate::app::state::use_desk;
use crate::app::timer::use_timers;
use crate::journal::facts::ErasureAsker;
use crate::registry::{EraseAsk, ErasedElsewhereRow, ErasedView, ErasureWords, KeepAsk, LedgerAsk, LedgerView};

/// What is decided on a record that another copy erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Erase,
    Keep,
}

/// Erased records: `#/erased`.
#[component]
pub fn ErasedPage() -> impl IntoView {
    let answer = follow(
        || LedgerAsk::Erased,
        |view| match view {
            LedgerView::Erased(view) => Some(view),
            _ => None,
        },
    );
    view! {
        <h1>"Erased records"</h1>
        <Once answer what="erased records" children=move |view| view! { <List view/> }/>
    }
}

#[component]
fn List(view: Signal<Arc<ErasedView>>) -> impl IntoView {
    let waiting = move || view.with(|view| view.waiting.clone());
    let gone = move || view.with(|view| view.gone.clone());
    view! {
        <section aria-labelledby="erased-elsewhere">
            <h2 id="erased-elsewhere">"Erased in another copy"</h2>
            <p>"These records are hidden everywhere here, and nothing of them is gone yet. Decide on each."</p>
            <Show when=move || view.with(|view| !view.waiting.is_empty()) fallback=|| view! { <p class="hint">"None waits for a decision."</p> }>
                <For each=waiting key=|row| format!("{row:?}") children=|row| view! { <Deciding row/> }/>
            </Show>
        </section>
        <section aria-labelledby="erased-for-good">
            <h2 id="erased-for-good">"Erased for good"</h2>
            <Show when=move || view.with(|view| !view.gone.is_empty()) fallback=|| view! {
                <EmptyState title="No record was erased."><p>"A legal request is carried out from the intake of the record."</p></EmptyState>
            }>
                <ul>
                    <For each=gone key=|said| format!("{said:?}") children=|said| view! { <li>{words(&said)}</li> }/>
                </ul>
            </Show>
        </section>
    }
}

fn words(said: &ErasureWords) -> String {
    format!("{}, {}: {}", said.when, said.by, said.why)
}

#[component]
fn Deciding(row: ErasedElsewhereRow) -> impl IntoView {
    let (desk, timers) = (use_desk(), use_timers());
    let chart = row.chart;
    let empty = || RwSignal::new(String::new());
    let (typed, word, reason) = (empty(), empty(), empty());
    let decision = RwSignal::new(None::<Decision>);
    let (errors, busy) = (FormErrors::new(), RwSignal::new(false));
    let decide = move |()| {
        errors.clear();
        let Some(decision) = decision.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let (typed, word, reason) = (typed.get_untracked(), word.get_untracked(), reason.get_untracked());
        let ask = match decision {
            Decision::Keep => LedgerAsk::KeepErased(KeepAsk {
                chart,
                typed,
                word,
                reason,
            }),
            Decision::Erase => LedgerAsk::Erase(EraseAsk {
                chart,
                linked: Vec::new(),
                typed,
                word,
                reason,
                basis: None,
                asked_by: ErasureAsker::Clinic,
            }),
        };
        carry_out(desk, ask, move |result| match result {
            Ok(()) => {
                if decision == Decision::Erase {
                    let _minutes = timers.stop(chart);
                }
            }
            Err(failure) => {
                let _shown = busy.try_set(false);
                errors.set_whole(failure.to_string());
            }
        });
    };
    let entries = format::count(row.entries.into(), "entry", "entries");
    let open = (row.open_concerns > 0).then(|| {
        let concerns = format::count(row.open_concerns.into(), "safety concern is", "safety concerns are");
        view! { <Notice tone=Tone::Error title="Look at this first"><p>{format!("{concerns} open in this record, and hidden with it.")}</p></Notice> }
    });
    let options = vec![
        (Decision::Erase, "Erase it here too".to_owned()),
        (Decision::Keep, "Keep it here".to_owned()),
    ];
    let type_hint = row
        .type_this
        .clone()
        .unwrap_or_else(|| "Neither is known: leave it empty".to_owned());
    let said = row
        .said
        .iter()
        .map(|said| view! { <li>{words(said)}</li> })
        .collect_view();
    let chosen = Memo::new(move |_| decision.get());
    let fields = move || {
        let (word_label, deed) = match chosen.get()? {
            Decision::Keep => ("Type the word KEEP", "Keep it here"),
            Decision::Erase => ("Type the word ERASE", "Erase for good"),
        };
        let (typed_id, word_id, reason_id) = (
            format!("typed-{chart}"),
            format!("word-{chart}"),
            format!("reason-{chart}"),
        );
        let type_hint = type_hint.clone();
        Some(view! {
            <Form errors on_submit=Callback::new(decide) label="Decide on an erased record">
                <TextField id=typed_id label="Type the record number or the family name" value=typed hint=type_hint/>
                <TextField id=word_id label=word_label value=word width=Width::Short/>
                <TextArea id=reason_id label="Why" value=reason rows=2 hint="Needed to keep it; the record shows it as a note. Erasing needs none: the other copy gave it."/>
                <div class="actions">
                    <Submit busy>{deed}</Submit>
                    <Button kind=ButtonKind::Quiet on_press=move |()| decision.set(None)>"Not now"</Button>
                </div>
            </Form>
        })
    };
    view! {
        <section class="side-box" aria-label=row.name.clone()>
            <h3>{row.name.clone()}", "{row.about.clone()}</h3>
            <p>{entries}" here. Erased in the other copy:"</p>
            <ul>{said}</ul>
            {open}
            <Choice id=format!("decision-{chart}") legend="What happens here" options value=decision/>
            {fields}
        </section>
    }
}
