//! Worksheets of brief interventions: what was planned last time is here again at the next contact.

use std::sync::Arc;

use leptos::prelude::*;

use crate::journal::{ChartId, ThingId};
use crate::registry::CarePlanView;

mod activity;
mod problem;
mod ruler;

/// The form that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    NewActivity,
    Done(ThingId),
    Again(ThingId),
    Drop(ThingId),
    Problem(Option<ThingId>),
    Ruler(Option<ThingId>),
}

/// What every worksheet gets.
#[derive(Clone, Copy)]
struct Place {
    chart: ChartId,
    plan: Signal<Arc<CarePlanView>>,
    form: RwSignal<Option<Open>>,
}

/// Activity plan, problem solving and readiness ruler of one patient. They save by themselves, so they may stand beside a
/// form of another page, never within it.
#[component]
pub fn WorksheetsOf(
    /// Whose record.
    chart: ChartId,
    /// The plan.
    plan: Signal<Arc<CarePlanView>>,
) -> impl IntoView {
    let place = Place {
        chart,
        plan,
        form: RwSignal::new(None),
    };
    view! {
        <section class="worksheets" aria-labelledby="worksheets">
            <h2 id="worksheets">"Worksheets"</h2>
            <div class="plan-columns">
                <activity::Activities place/>
                <div>
                    <problem::Problems place/>
                    <ruler::Rulers place/>
                </div>
            </div>
        </section>
    }
}
