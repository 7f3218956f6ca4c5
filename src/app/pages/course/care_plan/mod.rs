//! Problems, goals, interventions, education, barriers and worksheets.

use std::sync::Arc;

use leptos::prelude::*;

use super::worksheets::WorksheetsOf;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, IconName};
use crate::app::pages::common::Once;
use crate::app::pages::course::boxes::OneForm;
use crate::app::state::{Answer, Desk, use_desk};
use crate::journal::facts::{GoalState, PlanPart};
use crate::journal::{ChartId, ThingId};
use crate::registry::{CarePlanView, PatientView, Request, Response};

mod barrier;
mod forms;
mod lists;
mod sheet;

/// The plan of care, asked for again after every save.
pub fn follow_plan(desk: Desk, chart: ChartId) -> Answer<CarePlanView> {
    desk.follow(
        move || Request::CarePlan(chart),
        |response| match response {
            Response::CarePlan(view) => Some(*view),
            _ => None,
        },
    )
}

/// The form that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Section(PlanPart),
    Goal(Option<ThingId>),
    GoalStep(ThingId),
    Barrier(Option<ThingId>),
    BarrierStep(ThingId),
    BarrierReferral(ThingId),
    BarrierTask(ThingId),
    Intervention(Option<ThingId>),
    Education,
    Review,
}

/// Goals and barriers that are open, beside the form of a contact: what happened is noted without typing them again.
#[component]
pub fn PlanBeside(
    /// Whose record.
    chart: ChartId,
    /// The plan.
    plan: Signal<Arc<CarePlanView>>,
) -> impl IntoView {
    let open = Memo::new(move |_| {
        plan.with(|plan| {
            let mut plan = CarePlanView::clone(plan);
            plan.goals.retain(|view| view.goal.state == GoalState::Open);
            plan.barriers.retain(|view| view.barrier.overcome.is_none());
            Arc::new(plan)
        })
    });
    let place = Place {
        chart,
        plan: open.into(),
        form: RwSignal::new(None),
    };
    view! {
        <div class="plan-columns">
            <lists::Goals place/>
            <lists::Barriers place/>
        </div>
    }
}

/// What every part of the page gets.
#[derive(Clone, Copy)]
struct Place {
    chart: ChartId,
    plan: Signal<Arc<CarePlanView>>,
    form: RwSignal<Option<Open>>,
}

/// The section.
#[component]
pub fn CarePlan(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let answer = follow_plan(use_desk(), chart);
    let children = move |plan: Signal<Arc<CarePlanView>>| {
        let place = Place {
            chart,
            plan,
            form: RwSignal::new(None),
        };
        view! {
            <div class="course-plan no-print">
                <p class="actions">
                    <Button on_press=place.form.opens(Open::Review)>"Plan gone through"</Button>
                    <Button icon=IconName::Print kind=ButtonKind::Quiet on_press=|()| browser::print()>"Print for the patient"</Button>
                </p>
                <lists::Review place/>
                <div class="plan-columns">
                    <div>
                        <lists::Problems place/>
                        <lists::Goals place/>
                        <lists::Barriers place/>
                    </div>
                    <div>
                        <lists::Target chart place/>
                        <lists::Interventions place/>
                        <lists::Education place/>
                        <lists::Words place/>
                    </div>
                </div>
                <WorksheetsOf chart plan/>
            </div>
            <sheet::PatientSheet plan view/>
        }
    };
    view! { <Once answer what="the care plan" children/> }
}
