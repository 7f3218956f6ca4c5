//! The medicines that are taken, and those that were stopped.

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{DayText, StatusKind, StatusTag, WhenText};
use crate::app::pages::course::boxes::{LineButton, OneForm, PlanBox};
use crate::app::typed::capital;
use crate::app::words::{FREQUENCIES, word_of};
use crate::journal::facts::{Medication, MedicineUse};
use crate::registry::{CheckView, MedicineView};

/// How many answers about taking a medicine are shown at first.
const SHOWN: usize = 3;

/// Name, dose and how often, in a line.
pub fn described(medicine: &Medication) -> String {
    let often = medicine
        .how_often
        .map(|often| word_of(FREQUENCIES, often).to_lowercase());
    let parts = [
        Some(medicine.name.clone()),
        medicine.dose.clone(),
        often,
        medicine.timing.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The medicines.
#[component]
pub fn List(place: Place) -> impl IntoView {
    let current = Memo::new(move |_| place.medicines.with(|view| view.current.clone()));
    let stopped = Memo::new(move |_| place.medicines.with(|view| view.stopped.clone()));
    let add = (place.form.opens(Open::Medicine(None)), "Add medication");
    view! {
        <div>
            <PlanBox id="medicines-current" title="Taken now" add>
                {move || {
                    let all = current.get();
                    match all.is_empty() {
                        true => view! { <p class="hint">"No medication on record. All of them belong here, not only those for mental health."</p> }.into_any(),
                        false => view! { <ul class="plan-items">{all.into_iter().map(|view| taken(place, view)).collect_view()}</ul> }.into_any(),
                    }
                }}
            </PlanBox>
            {move || {
                let all = stopped.get();
                (!all.is_empty()).then(|| view! {
                    <PlanBox id="medicines-stopped" title="Stopped">
                        <ul class="plan-items">{all.into_iter().map(|view| over(place, view)).collect_view()}</ul>
                    </PlanBox>
                })
            }}
        </div>
    }
}

fn versions(versions: Vec<(String, String, String)>) -> Option<AnyView> {
    let line =
        |(day, what, by): (String, String, String)| view! { <li>{day}": "{what}" "<span class="hint">{by}</span></li> };
    (versions.len() > 1).then(|| {
        view! {
            <details>
                <summary>{format!("{} versions", versions.len())}</summary>
                <ul class="steps">{versions.into_iter().map(line).collect_view()}</ul>
            </details>
        }
        .into_any()
    })
}

fn taken(place: Place, view: MedicineView) -> impl IntoView {
    let MedicineView {
        medicine,
        prescriber,
        dose_since,
        minimum,
        versions: all,
        checks,
    } = view;
    let (id, about) = (medicine.medication, medicine.name.clone());
    let check = |check: CheckView| {
        view! {
            <li>
                <WhenText when=check.at/>": "{check.words}
                {check.is_severe.then(|| view! { " "<StatusTag kind=StatusKind::Worse words="Severe side effect"/> })}
            </li>
        }
    };
    let none_asked = checks.is_empty();
    let use_word = match medicine.used_for {
        Some(MedicineUse::MentalHealth) => "for mental health",
        Some(MedicineUse::Other) => "for another condition",
        None => "not said what for",
    };
    view! {
        <li class="plan-item">
            <p class="plan-line"><strong>{described(&medicine)}</strong>" "<span class="hint">{use_word}</span></p>
            <p>
                {medicine.from.map(|day| view! { "Since "<DayText day/>". " })}
                {capital(&dose_since)}"."
                {medicine.until.map(|day| view! { " Until "<DayText day/>"." })}
            </p>
            {minimum.map(|words| view! { <p>{capital(&words)}"."</p> })}
            <p class="hint">
                {medicine.reason.map(|reason| format!("For {reason}. "))}
                {prescriber.map_or_else(|| "Prescriber not recorded.".to_owned(), |who| format!("Prescribed by {who}."))}
            </p>
            {none_asked.then(|| view! { <p class="hint">"Nobody has asked yet how it is taken."</p> })}
            {(!none_asked).then(|| view! { <ul class="steps">{checks.into_iter().take(SHOWN).map(check).collect_view()}</ul> })}
            {versions(all)}
            <p class="line-actions">
                <LineButton words="How it is taken" about=about.clone() on_press=place.form.opens(Open::Check(id))/>
                <LineButton words="Another dose" about=about.clone() on_press=place.form.opens(Open::Dose(id))/>
                <LineButton words="Stop" about=about.clone() on_press=place.form.opens(Open::Stop(id))/>
                <LineButton words="Details" about on_press=place.form.opens(Open::Medicine(Some(id)))/>
            </p>
        </li>
    }
}

fn over(place: Place, view: MedicineView) -> impl IntoView {
    let medicine = view.medicine;
    let (id, about) = (medicine.medication, medicine.name.clone());
    view! {
        <li class="plan-item">
            <p class="plan-line">
                {described(&medicine)}
                {medicine.from.map(|day| view! { ", since "<DayText day/> })}
                {medicine.until.map(|day| view! { ", stopped "<DayText day/> })}
            </p>
            {medicine.stopped_because.map(|why| view! { <p class="hint">{why}</p> })}
            {versions(view.versions)}
            <p class="line-actions"><LineButton words="Details" about on_press=place.form.opens(Open::Medicine(Some(id)))/></p>
        </li>
    }
}
