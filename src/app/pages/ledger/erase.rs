//! Erasing a patient for good: what it does and does not, said before; confirmed by typing.

use std::sync::Arc;

use leptos::prelude::*;

use super::{carry_out, follow};
use crate::app::components::{
    ButtonLink, Checks, Choice, Form, FormErrors, Icon, IconName, Notice, Submit, TextArea, TextField, Tone, Width,
};
use crate::app::format;
use crate::app::pages::common::Once;
use crate::app::route::{Route, Section};
use crate::app::state::use_desk;
use crate::app::timer::use_timers;
use crate::journal::ChartId;
use crate::journal::facts::ErasureAsker;
use crate::registry::{EraseAsk, ErasingView, LedgerAsk, LedgerView};

/// Who may ask for it.
pub(super) const ASKERS: [(ErasureAsker, &str); 4] = [
    (ErasureAsker::Patient, "The patient"),
    (ErasureAsker::Representative, "Somebody who acts for the patient"),
    (ErasureAsker::Authority, "A court or an authority"),
    (ErasureAsker::Clinic, "The clinic itself"),
];

/// Erasing a patient: `#/patient/<chart>/erase`.
#[component]
pub fn ErasePage(
    /// Whose record.
    chart: ChartId,
) -> impl IntoView {
    let answer = follow(
        move || LedgerAsk::Erasing(chart),
        |view| match view {
            LedgerView::Erasing(view) => Some(view),
            _ => None,
        },
    );
    // Once it is gone there is nothing more to ask for here.
    let gone = RwSignal::new(false);
    view! {
        <Show when=move || !gone.get() fallback=|| view! { <Gone/> }>
            <p class="back"><a href=Route::Section(chart, Section::Intake).href()><Icon name=IconName::Back/>"Record"</a></p>
            <h1>"Erase this patient for good"</h1>
            <Once answer what="the record" children=move |view| view! { <Asking view gone/> }/>
        </Show>
    }
}

#[component]
fn Gone() -> impl IntoView {
    let place = NodeRef::<leptos::html::H1>::new();
    crate::app::effects::effect(move |_| {
        if let Some(place) = place.get() {
            let _focused = place.focus();
        }
    });
    view! {
        <h1 tabindex="-1" node_ref=place>"The record is erased"</h1>
        <p role="status">"Nothing of it is left in this browser but who erased it, when and why. Files that were saved before still hold it: delete them too, and save a new backup."</p>
        <div class="actions">
            <ButtonLink href=Route::Send.href()>"Save a new backup"</ButtonLink>
            <ButtonLink href=Route::Erased.href()>"Erased records"</ButtonLink>
        </div>
    }
}

#[component]
fn Asking(view: Signal<Arc<ErasingView>>, gone: RwSignal<bool>) -> impl IntoView {
    let (desk, timers) = (use_desk(), use_timers());
    let first = view.get_untracked();
    let chart = first.chart;
    let empty = || RwSignal::new(String::new());
    let (typed, word, reason, basis) = (empty(), empty(), empty(), empty());
    let asked_by = RwSignal::new(None::<ErasureAsker>);
    let linked = RwSignal::new(Vec::<ChartId>::new());
    let (errors, busy) = (FormErrors::new(), RwSignal::new(false));
    let erase = move |()| {
        errors.clear();
        let Some(asked_by) = asked_by.get_untracked() else {
            errors.set(vec![crate::app::components::FieldError {
                field: "erase-asked".to_owned(),
                text: "Say who asked for it".to_owned(),
            }]);
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let ask = EraseAsk {
            chart,
            linked: linked.get_untracked(),
            typed: typed.get_untracked(),
            word: word.get_untracked(),
            reason: reason.get_untracked(),
            basis: Some(basis.get_untracked()),
            asked_by,
        };
        let going: Vec<ChartId> = std::iter::once(chart).chain(ask.linked.iter().copied()).collect();
        carry_out(desk, LedgerAsk::Erase(ask), move |result| match result {
            Ok(()) => {
                for chart in going {
                    let _minutes = timers.stop(chart);
                }
                let _left = gone.try_set(true);
            }
            Err(failure) => {
                let _shown = busy.try_set(false);
                errors.set_whole(failure.to_string());
            }
        });
    };
    let counts = move || {
        view.with(|view| {
            let entries = format::count(view.entries.into(), "entry", "entries");
            let drafts = format::count(view.drafts.into(), "form that was begun", "forms that were begun");
            format!("{}, {}: {entries}, {drafts}", view.name, view.about)
        })
    };
    let open = (first.open_concerns > 0).then(|| {
        let concerns = format::count(first.open_concerns.into(), "safety concern is", "safety concerns are");
        view! { <Notice tone=Tone::Error title="Look at this first"><p>{format!("{concerns} open. Erasing takes the concern away too: see that somebody looks after the patient.")}</p></Notice> }
    });
    let others = first.linked.clone();
    let type_hint = first
        .type_this
        .clone()
        .unwrap_or_else(|| "Neither is known: leave it empty".to_owned());
    view! {
        <p><strong>{counts}</strong></p>
        {open}
        <Notice tone=Tone::Warning title="This can\u{2019}t be undone">
            <ul>
                <li>"It takes away every entry, score, note, timer and begun form of this patient in this browser. Months that were counted with it are counted without it."</li>
                <li>"It leaves who erased it, when and why. That keeps older files from bringing the record back."</li>
                <li>"It does not reach files that were saved or sent before: backups, handoffs, letters, copies in the EHR. Delete those yourself."</li>
                <li>"Another copy of this registry hides the record once it gets your next file, until a person there decides."</li>
            </ul>
        </Notice>
        <Form errors on_submit=Callback::new(erase) label="Erase this patient for good">
            {(!others.is_empty()).then(|| view! {
                <Checks id="erase-linked" legend="Records of the same person: they stay unless you choose them" options=others value=linked/>
            })}
            <Choice id="erase-asked" legend="Who asked for it" options=ASKERS.map(|(asker, words)| (asker, words.to_owned())).to_vec() value=asked_by stacked=true/>
            <TextArea id="erase-reason" label="Why" value=reason rows=2 hint="It stays when the record is gone: no name, no number, nothing clinical."/>
            <TextField id="erase-basis" label="Legal basis, if there is one" value=basis width=Width::Full/>
            <TextField id="erase-typed" label="Type the record number or the family name" value=typed hint=type_hint/>
            <TextField id="erase-word" label="Type the word ERASE" value=word width=Width::Short/>
            <div class="actions">
                <Submit busy busy_words="Erasing\u{2026}">"Erase for good"</Submit>
                <ButtonLink href=Route::Patient(chart).href()>"Keep the record"</ButtonLink>
            </div>
        </Form>
    }
}
