//! How the episode is measured: instruments, baselines, how often, when next.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::QuickFormKind;
use crate::app::components::{Button, ButtonKind};
use crate::app::pages::course::boxes::OneForm as _;
use crate::registry::{PatientView, PlanLine};

#[component]
pub fn Plan(
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The form that is open.
    form: RwSignal<Option<QuickFormKind>>,
) -> impl IntoView {
    let plan = Memo::new(move |_| view.with(|view| view.measure_plan.clone()));
    let change = move |place: Option<u8>| form.open(QuickFormKind::MeasurePlan(place));
    let lines = move || {
        let plan = plan.get()?;
        let line = |(place, line): (u8, PlanLine)| {
            let judged = line.instrument == plan.judged_by;
            view! { <Line line judged on_change=move || change(Some(place))/> }
        };
        Some((0..).zip(plan.lines.clone()).map(line).collect_view())
    };
    view! {
        <Show when=move || plan.with(Option::is_some)>
            <section class="measure-plan" aria-labelledby="measure-plan">
                <div class="side-head">
                    <h3 id="measure-plan">"Measure plan"</h3>
                    <Button kind=ButtonKind::Quiet on_press=move |()| change(None)>"Add a measure to the plan"</Button>
                </div>
                <ul class="plan-lines">{lines}</ul>
            </section>
        </Show>
    }
}

#[component]
fn Line(line: PlanLine, judged: bool, on_change: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    let says = format!("Change the plan for {}", line.title);
    let stopped = line
        .stopped
        .map(|day| format!("not taken any more from {}", crate::app::format::full_day(day)));
    let due = line.due.filter(|_| line.stopped.is_none()).map(|(due, clears)| {
        view! { <dt>"Next"</dt><dd>{due}<span class="hint">"; clears when: "{clears}</span></dd> }
    });
    let baseline = match line.baseline {
        Some(baseline) => baseline.words,
        None => "none yet: the first complete one in the episode becomes it".to_owned(),
    };
    let by_rule = line
        .by_rule
        .map(|rule| format!("; the rule alone gives {}", rule.words));
    let reason = line.reason.map(|reason| format!("; why: {reason}"));
    view! {
        <li>
            <p class="plan-head">
                <strong>{line.title.clone()}</strong>
                {judged.then_some(", the episode is judged by it")}
                " "
                <Button kind=ButtonKind::Quiet says on_press=move |()| on_change()>"Change"</Button>
            </p>
            <dl class="facts">
                <dt>"How often"</dt>
                <dd>{stopped.unwrap_or(line.cadence)}</dd>
                {due}
                <dt>"Baseline"</dt>
                <dd>{baseline}<span class="hint">{by_rule}{reason}</span></dd>
            </dl>
        </li>
    }
}
