//! One patient: who, why on the list, safety, measures, what is planned, what happened, and short forms.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use super::common::{Once, follow_patient};
use super::course::boxes::OneForm as _;
use crate::app::effects::effect;
use crate::app::keys::use_key;
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::use_desk;
use crate::app::timer::use_timers;
use crate::journal::{ChartId, EntryId, ThingId};
use crate::registry::PatientView;

pub mod answer;
mod correct;
mod facts;
mod forks;
mod forms;
pub mod header;
pub mod measures;
mod moved;
mod news;
mod reasons;
pub mod same_day;
mod side;
mod timeline;

/// The short forms of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuickFormKind {
    /// A measure alone.
    Measure,
    /// Minutes alone.
    Time,
    /// A note alone.
    Note,
    /// Where the episode stands.
    Status,
    /// A case review, with a recommendation.
    Review,
    /// The clinician's answer to a recommendation.
    Answer,
    /// An appointment: a new one, or what became of one.
    Appointment(Option<ThingId>),
    /// A safety concern, opened by hand.
    Concern,
    /// The right content of an entry.
    Correct(EntryId),
    /// An entry that should not have been written.
    InError(EntryId),
    /// An entry that is about somebody else.
    Moved(EntryId),
    /// Why an entry is protected.
    Mark(EntryId),
    /// How the episode is measured: the place of the plan's line, or another instrument.
    MeasurePlan(Option<u8>),
    /// Something to be talked about in supervision.
    Supervision,
    /// A question for the case review.
    Ask,
}

thread_local! {
    /// The form that another page asked for before it came here: addresses hold pages, not half-open forms.
    static WISH: Cell<Option<(ChartId, QuickFormKind)>> = const { Cell::new(None) };
}

/// Lets the patient's page open with a form.
pub fn wish_for(chart: ChartId, form: QuickFormKind) {
    WISH.set(Some((chart, form)));
}

/// One patient.
#[component]
pub fn PatientPage(
    /// Whose page.
    chart: ChartId,
) -> impl IntoView {
    let patient = follow_patient(use_desk(), chart);
    view! { <Once answer=patient what="the patient" children=move |view| view! { <Page chart view/> }/> }
}

#[component]
fn Page(chart: ChartId, view: Signal<Arc<PatientView>>) -> impl IntoView {
    let wish = WISH.take().filter(|(whose, _)| *whose == chart);
    let form = RwSignal::new(wish.map(|(_, form)| form));
    let router = use_router();
    news::News::provide(chart);
    use_key("c", "Record a contact", move || router.go(Route::Contact(chart)));
    use_key("m", "Record a measure", move || form.open(QuickFormKind::Measure));
    use_key("t", "Record time", move || form.open(QuickFormKind::Time));
    use_key("s", "Open a safety concern", move || form.open(QuickFormKind::Concern));
    use_key("r", "Ask for a case review", move || form.open(QuickFormKind::Ask));
    use_key("n", "Write a note", move || form.open(QuickFormKind::Note));
    let stopped = use_timers().stopped();
    effect(move |_| {
        if stopped.get() == Some(chart) {
            stopped.set(None);
            form.open(QuickFormKind::Time);
        }
    });
    view! {
        <div class="patient">
            <header::Header chart view form/>
            <news::NewsBar chart/>
            <super::course::SectionTabs chart/>
            <forms::OpenForm chart view form/>
            <super::safety::Concerns chart view/>
            <reasons::Reasons view/>
            <super::course::assessment::AssessedLine chart view/>
            <forks::Forks chart view/>
            <measures::Measures view form/>
            <same_day::TwoOfOneDay view/>
            <super::paper::PrintForms chart view/>
            <div class="patient-columns">
                <side::Side chart view form/>
                <timeline::Timeline view form/>
            </div>
        </div>
    }
}
