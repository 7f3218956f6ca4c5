//! Relapse prevention and closing: whether the patient is ready, the plan, how often in the phase, what calls for active
//! treatment again, and the end of the episode with its letters.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind, ButtonLink, DayText, Notice, Tone};
use crate::app::pages::common::Once;
use crate::app::pages::course::boxes::OneForm;
use crate::app::route::{Route, Section};
use crate::app::state::use_desk;
use crate::journal::ChartId;
use crate::registry::{ClosingStage, ClosingView, PatientView, Request, Response};

mod ended;
mod ending;
mod letters;
mod loose;
mod phase;
mod plan;
mod ready;
mod sheet;
mod tasks;

/// The form that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OpenForm {
    /// On to relapse prevention.
    Prevent,
    /// How often in the phase.
    Intervals,
    /// Active treatment again.
    Reopen,
    /// The plan.
    Plan,
    /// The end.
    Close,
}

/// What every part of the section gets.
#[derive(Clone, Copy)]
struct Place {
    chart: ChartId,
    patient: Signal<Arc<PatientView>>,
    view: Signal<Arc<ClosingView>>,
    form: RwSignal<Option<OpenForm>>,
}

impl Place {
    /// A button that opens a form.
    fn opens(self, form: OpenForm, words: &'static str, kind: ButtonKind) -> impl IntoView {
        view! { <Button kind on_press=move |()| self.form.open(form)>{words}</Button> }
    }
    /// Where the episode stands.
    fn stage(self) -> ClosingStage {
        self.view.with(|view| view.stage)
    }
}

/// The section.
#[component]
pub fn Closing(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let patient = view;
    let answer = use_desk().follow(
        move || Request::Closing(chart),
        |response| match response {
            Response::Closing(view) => Some(*view),
            _ => None,
        },
    );
    let page = move |view: Signal<Arc<ClosingView>>| {
        let form = RwSignal::new(None);
        let place = Place {
            chart,
            patient,
            view,
            form,
        };
        view! { <Page place/> }
    };
    view! { <Once answer what="relapse prevention and closing" children=page/> }
}

#[component]
fn Page(place: Place) -> impl IntoView {
    let stage = Memo::new(move |_| place.stage());
    // A relapse leads here from Today: its form is open then.
    if place.view.with_untracked(|view| !view.relapsed.is_empty()) {
        place.form.set(Some(OpenForm::Reopen));
    }
    view! {
        <div class="closing-page no-print">
            {move || match stage.get() {
                ClosingStage::NoEpisode => view! { <NoEpisode chart=place.chart/> }.into_any(),
                ClosingStage::Closed => view! { <ended::Ended place/> }.into_any(),
                now => view! {
                    {(now == ClosingStage::Prevention).then(|| view! { <phase::Relapsed place/> })}
                    {(now == ClosingStage::Treatment).then(|| view! { <ready::Ready place/> })}
                    {(now == ClosingStage::Prevention).then(|| view! { <phase::Phase place/> })}
                    <ClosingBox place/>
                }
                .into_any(),
            }}
            <Show when=move || stage.get() != ClosingStage::NoEpisode>
                <plan::PlanBox place/>
            </Show>
        </div>
        <sheet::Sheet place/>
    }
}

#[component]
fn NoEpisode(chart: ChartId) -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title="No episode is open">
            <p>"There is nothing to close. A referral opens an episode."</p>
            <p><ButtonLink href=Route::Section(chart, Section::Intake).href()>"Intake and episodes"</ButtonLink></p>
        </Notice>
    }
}

/// What is open, what the scores come to, and the way to close.
#[component]
fn ClosingBox(place: Place) -> impl IntoView {
    let closing = move || place.form.get() == Some(OpenForm::Close);
    let opened = move || place.view.with(|view| view.opened);
    view! {
        <section class="side-box" aria-labelledby="closing-the-episode">
            <div class="side-head">
                <h2 id="closing-the-episode">"Closing the episode"</h2>
                <span class="side-actions">
                    {place.opens(OpenForm::Close, "Close the episode", ButtonKind::Secondary)}
                </span>
            </div>
            {move || opened().map(|day| view! { <p class="hint">"The episode opened "<DayText day/>"."</p> })}
            <h3>"Outcome so far"</h3>
            {move || ended::outcomes(&place.view.with(|view| view.outcomes.clone()))}
            <h3>"Still open"</h3>
            <loose::Open place/>
            <tasks::OpenTasks place/>
            <Show when=closing>
                <ending::CloseForm place/>
            </Show>
        </section>
    }
}
