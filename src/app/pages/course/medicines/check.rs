//! How a medicine is taken: adherence and side effects, asked at each contact.

use std::sync::Arc;

use leptos::prelude::*;

use super::follow_medicines;
use super::lists::described;
use crate::app::components::{Choice, DateField, NumberField, TextField, Width};
use crate::app::pages::common::{Once, QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::{LineButton, OneForm, PlanBox};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::app::words::{ADHERENCE, SEVERITIES, options};
use crate::journal::facts::{Medication, MedicationCheck, SideEffect};
use crate::journal::{ChartId, Fact, ThingId, When};
use crate::registry::{MedicineView, MedicinesView};

/// How each medicine is taken, compact, for the contact page. It saves by itself, so it may stand beside another form,
/// never within it.
#[component]
pub fn MedicationChecks(
    /// Whose record.
    chart: ChartId,
) -> impl IntoView {
    let answer = follow_medicines(use_desk(), chart);
    let children = move |medicines| view! { <Compact chart medicines/> };
    view! { <Once answer what="the medications" children/> }
}

#[component]
fn Compact(chart: ChartId, medicines: Signal<Arc<MedicinesView>>) -> impl IntoView {
    let open = RwSignal::new(None::<ThingId>);
    let current = Memo::new(move |_| medicines.with(|view| view.current.clone()));
    let form = move || {
        open.get().map(|which| {
            let medicine = medicines.with_untracked(|view| {
                let known = view.current.iter().find(|view| view.medicine.medication == which);
                known.map(|view| view.medicine.clone())
            });
            view! { <CheckForm chart medicine on_close=Callback::new(move |()| open.set(None))/> }
        })
    };
    let line = move |view: MedicineView| {
        let id = view.medicine.medication;
        let last = view.checks.into_iter().next().map(|check| check.words);
        view! {
            <li class="plan-item">
                <p class="plan-line">{described(&view.medicine)}</p>
                <p class="hint">{last.map_or_else(|| "Not asked yet how it is taken".to_owned(), |last| format!("Last: {last}"))}</p>
                <p class="line-actions">
                    <LineButton words="How it is taken" about=view.medicine.name on_press=move |()| open.open(id)/>
                </p>
            </li>
        }
    };
    view! {
        <PlanBox id="beside-medicines" title="Medications">
            {form}
            {move || {
                let all = current.get();
                match all.is_empty() {
                    true => view! { <p class="hint">"No medication on record."</p> }.into_any(),
                    false => view! { <ul class="plan-items">{all.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

/// Doses missed in the last seven days; empty when it was not asked.
fn read_missed(typed: &str) -> Result<Option<u8>, Wrong> {
    match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse::<u8>() {
            Ok(missed) if missed <= 99 => Ok(Some(missed)),
            _ => Err(Wrong::new("check-missed", "Enter the doses missed as a whole number")),
        },
    }
}

/// How one medicine is taken.
#[component]
pub fn CheckForm(
    /// Whose record.
    chart: ChartId,
    /// Which; nothing is shown when it is not on record any more.
    medicine: Option<Medication>,
    /// Closes the form.
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let Some(medicine) = medicine else {
        return ().into_any();
    };
    let field = || RwSignal::new(String::new());
    let (missed, effect, note) = (field(), field(), field());
    let day = RwSignal::new(today_text(desk));
    let adherence = RwSignal::new(None);
    let severity = RwSignal::new(None);
    let medication = medicine.medication;
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let day = reading.past(
            &day.get_untracked(),
            "check-day",
            "the day",
            desk.today().get_untracked(),
        );
        let adherence = reading.chosen(adherence.get_untracked(), "adherence", "Choose how it is taken");
        let missed = reading.take(read_missed(&missed.get_untracked()));
        let effect = text(&effect.get_untracked());
        let severity = match &effect {
            Some(_) => reading.chosen(
                severity.get_untracked(),
                "severity",
                "Choose how bad the side effect is",
            ),
            None => None,
        };
        let side_effects = effect
            .zip(severity)
            .map(|(text, severity)| SideEffect { text, severity });
        let fact = day.zip(adherence).zip(missed).map(|((day, adherence), missed_doses)| {
            Fact::MedicationCheck(MedicationCheck {
                medication,
                at: When::Day(day),
                adherence,
                side_effects: side_effects.into_iter().collect(),
                missed_doses,
                note: text(&note.get_untracked()),
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let has_effect = move || effect.with(|effect| !effect.trim().is_empty());
    let title = format!("How it is taken: {}", medicine.name);
    view! {
        <QuickForm chart title deed="Medication asked about" save="Save" read on_close>
            <Choice id="adherence" legend="It is taken" options=options(ADHERENCE) value=adherence/>
            <NumberField id="check-missed" label="Doses missed in the last 7 days" value=missed/>
            <TextField id="side-effect" label="Side effect" value=effect width=Width::Full hint="empty when there is none"/>
            <Show when=has_effect><Choice id="severity" legend="How bad" options=options(SEVERITIES) value=severity/></Show>
            <TextField id="check-note" label="What the patient says about it" value=note width=Width::Full/>
            <DateField id="check-day" label="Day" value=day max=today_text(desk)/>
        </QuickForm>
    }
    .into_any()
}
