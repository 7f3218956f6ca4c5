//! The short forms, one open at a time, under the patient's name.

use std::sync::Arc;

use leptos::prelude::*;

use super::QuickFormKind;
use super::correct::{CorrectForm, InErrorForm};
use super::moved::MoveForm;
use crate::journal::ChartId;
use crate::registry::PatientView;

mod course;
mod measure;
mod measure_plan;
mod minutes;
mod note;
mod plan;
mod team;

/// What every short form gets.
#[derive(Clone, Copy)]
pub struct Place {
    /// Whose chart.
    pub chart: ChartId,
    /// The patient.
    pub view: Signal<Arc<PatientView>>,
    /// Closes the form.
    pub close: Callback<()>,
}

/// The form that is open, if one is.
#[component]
pub fn OpenForm(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The form that is open.
    form: RwSignal<Option<QuickFormKind>>,
) -> impl IntoView {
    let close = Callback::new(move |()| form.set(None));
    let place = Place { chart, view, close };
    move || {
        form.get().map(|kind| match kind {
            QuickFormKind::Measure => view! { <measure::MeasureForm place/> }.into_any(),
            QuickFormKind::Time => view! { <minutes::TimeForm place/> }.into_any(),
            QuickFormKind::Note => view! { <note::NoteForm place/> }.into_any(),
            QuickFormKind::Status => view! { <course::StatusForm place/> }.into_any(),
            QuickFormKind::Appointment(which) => view! { <course::AppointmentForm place which/> }.into_any(),
            QuickFormKind::Review => view! { <team::ReviewForm place/> }.into_any(),
            QuickFormKind::Ask => view! { <team::AskForm place/> }.into_any(),
            QuickFormKind::Answer => view! { <team::AnswerForm place/> }.into_any(),
            QuickFormKind::Concern => view! { <plan::ConcernForm place/> }.into_any(),
            QuickFormKind::Correct(entry) => view! { <CorrectForm chart view entry on_close=close/> }.into_any(),
            QuickFormKind::InError(entry) => view! { <InErrorForm chart view entry on_close=close/> }.into_any(),
            QuickFormKind::Mark(entry) => {
                view! { <crate::app::pages::course::privacy::MarkForm chart view entry on_close=close/> }.into_any()
            }
            QuickFormKind::Moved(entry) => view! { <MoveForm chart view entry on_close=close/> }.into_any(),
            QuickFormKind::Supervision => view! { <team::SupervisionForm place/> }.into_any(),
            QuickFormKind::MeasurePlan(line) => view! { <measure_plan::MeasurePlanForm place line/> }.into_any(),
        })
    }
}

/// An empty field.
pub fn empty() -> RwSignal<String> {
    RwSignal::new(String::new())
}
