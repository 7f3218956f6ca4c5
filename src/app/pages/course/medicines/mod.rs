//! Medications and treatment changes.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::pages::common::Once;
use crate::app::pages::course::assessment::ManiaLine;
use crate::app::pages::course::boxes::OneForm;
use crate::app::state::{Answer, Desk, use_desk};
use crate::journal::{ChartId, EntryId, ThingId};
use crate::registry::{MedicinesView, PatientView, Request, Response};

mod carries;
mod change;
mod check;
mod clash;
mod form;
mod listing;
mod lists;
mod why;

pub use check::MedicationChecks;

/// The medicines, asked for again after every save.
fn follow_medicines(desk: Desk, chart: ChartId) -> Answer<MedicinesView> {
    desk.follow(
        move || Request::Medicines(chart),
        |response| match response {
            Response::Medicines(view) => Some(*view),
            _ => None,
        },
    )
}

/// The form that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// A new medicine, or what is on record about one.
    Medicine(Option<ThingId>),
    /// Another dose.
    Dose(ThingId),
    /// Stopped.
    Stop(ThingId),
    /// How it is taken.
    Check(ThingId),
    /// A change that is no medicine's, or one on record.
    Change(Option<EntryId>),
    /// A change that was made becomes the list.
    List(EntryId),
    /// A recommendation that was carried out.
    Advised(ThingId),
}

/// What every part of the page gets.
#[derive(Clone, Copy)]
struct Place {
    chart: ChartId,
    medicines: Signal<Arc<MedicinesView>>,
    form: RwSignal<Option<Open>>,
}

/// The section.
#[component]
pub fn Medicines(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The recommendation whose form is open at first.
    advice: Option<ThingId>,
) -> impl IntoView {
    let answer = follow_medicines(use_desk(), chart);
    let children = move |medicines: Signal<Arc<MedicinesView>>| {
        let place = Place {
            chart,
            medicines,
            form: RwSignal::new(advice.map(Open::Advised)),
        };
        view! {
            <div class="course-plan">
                <ManiaLine view/>
                <OpenForm place/>
                <change::Advised place/>
                <div class="plan-columns">
                    <lists::List place/>
                    <change::Changes place/>
                </div>
            </div>
        }
    };
    view! { <Once answer what="the medications" children/> }
}

#[component]
fn OpenForm(place: Place) -> impl IntoView {
    move || {
        place.form.get().map(|open| match open {
            Open::Medicine(which) => view! { <form::MedicineForm place which/> }.into_any(),
            Open::Dose(which) => view! { <form::DoseForm place which/> }.into_any(),
            Open::Stop(which) => view! { <form::StopForm place which/> }.into_any(),
            Open::Check(which) => {
                let known = form::known(place, which);
                view! { <check::CheckForm chart=place.chart medicine=known on_close=place.form.closes()/> }.into_any()
            }
            Open::Change(which) => view! { <change::ChangeForm place which advised=None/> }.into_any(),
            Open::Advised(advice) => view! { <change::ChangeForm place which=None advised=Some(advice)/> }.into_any(),
            Open::List(which) => view! { <listing::ListForm place which/> }.into_any(),
        })
    }
}
