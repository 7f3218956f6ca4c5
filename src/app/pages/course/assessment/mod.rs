//! The initial assessment, conditions, dated values and acute events.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Notice, Tone};
use crate::app::format;
use crate::app::pages::common::Once;
use crate::app::route::{Route, Section};
use crate::app::state::{Answer, Desk, use_desk};
use crate::journal::ChartId;
use crate::registry::{LearnedView, PatientView, Request, Response};

mod acute;
mod base;
mod form;
mod group;
mod medical;
mod parts;
mod past;
mod question;
mod sitting;
mod target;
mod typed;
mod value;

/// What is learned of a patient, asked again after every save.
pub fn follow_learned(desk: Desk, chart: ChartId) -> Answer<LearnedView> {
    desk.follow(
        move || Request::Learned(chart),
        |response| match response {
            Response::Learned(view) => Some(*view),
            _ => None,
        },
    )
}

/// The section.
#[component]
pub fn Assessment(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let learned = follow_learned(use_desk(), chart);
    let sex = Memo::new(move |_| view.with(|view| view.registration.sex));
    let shown = move |known: Signal<Arc<LearnedView>>| {
        view! {
            <div class="learned">
                <Mania known/>
                <acute::AcuteBox chart view/>
                <medical::ConditionsBox chart known/>
                <value::ValuesBox chart known/>
                <form::AssessmentForm chart known sex/>
            </div>
        }
    };
    view! { <Once answer=learned what="the initial assessment" children=shown/> }
}

/// The mania screen. What else was not asked yet stands with the parts of the form, and nowhere twice.
#[component]
fn Mania(known: Signal<Arc<LearnedView>>) -> impl IntoView {
    let mania = Memo::new(move |_| known.with(|known| known.mania.clone()));
    move || {
        mania
            .get()
            .map(|line| view! { <Notice tone=Tone::Warning><p>{line}</p></Notice> })
    }
}

/// The line that stands wherever a medicine is advised or started, until signs of bipolar disorder were asked for.
#[component]
pub fn ManiaLine(
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let line = Memo::new(move |_| view.with(|view| view.assessed.mania.clone()));
    move || {
        let line = line.get()?;
        let href = Route::Section(view.with_untracked(|view| view.chart), Section::Assessment).href();
        Some(view! {
            <Notice tone=Tone::Warning><p>{line}" "<a href=href>"Initial assessment"</a></p></Notice>
        })
    }
}

/// Where the initial assessment stands, in one line of the patient's page.
#[component]
pub fn AssessedLine(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let words = Memo::new(move |_| {
        view.with(|view| {
            let gaps = &view.assessed.gaps;
            match (view.assessed.latest, gaps.len()) {
                (None, _) => "not begun".to_owned(),
                (Some(day), 0) => format!("all asked, last {}", format::short_day(day, view.today)),
                (Some(day), 1..=3) => {
                    format!(
                        "last {}; not asked yet: {}",
                        format::short_day(day, view.today),
                        gaps.join("; ")
                    )
                }
                (Some(day), more) => format!(
                    "last {}; {more} areas not asked in full, {} among them",
                    format::short_day(day, view.today),
                    gaps.iter()
                        .find(|gap| gap.starts_with("Mania"))
                        .or(gaps.first())
                        .map_or("", String::as_str),
                ),
            }
        })
    });
    view! {
        <p class="assessed"><a href=Route::Section(chart, Section::Assessment).href()>"Initial assessment"</a>": "{move || words.get()}</p>
    }
}
