//! The patient's safety plan. The headings are this project's own words.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{Button, DateField, DayText, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::app::words::SAFETY_PLAN_PARTS;
use crate::journal::facts::{SafetyPlan, SafetyPlanPart};
use crate::journal::{ChartId, Fact, Stamp};
use crate::registry::PatientView;

/// The plan as it stands, and its form.
#[component]
pub fn PlanBox(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let plan = move || view.with(|view| newest(view));
    let part = |(part, words): (SafetyPlanPart, String)| {
        let title = crate::app::words::word_of(SAFETY_PLAN_PARTS, part);
        view! { <dt>{title}</dt><dd class="prose-line">{words}</dd> }
    };
    view! {
        <section class="side-box" aria-labelledby="safety-plan">
            <div class="side-head">
                <h2 id="safety-plan">"Safety plan"</h2>
                <Button on_press=move |()| editing.set(true)>
                    {move || if plan().is_some() { "Revise" } else { "Write a safety plan" }}
                </Button>
            </div>
            {move || plan().map(|plan| view! {
                <p class="hint">"Of "<DayText day=plan.day/>{plan.review.map(|day| view! { ", to be looked at again "<DayText day/> })}</p>
                <dl class="facts">{plan.parts.into_iter().map(part).collect_view()}</dl>
            })}
            <Show when=move || editing.get()>
                <PlanForm chart plan=view.with_untracked(|view| newest(view)) on_close=move |()| editing.set(false)/>
            </Show>
        </section>
    }
}

/// The newest plan.
fn newest(view: &PatientView) -> Option<SafetyPlan> {
    let mut found: Option<(Stamp, &SafetyPlan)> = None;
    for row in &view.timeline {
        if let Fact::SafetyPlan(plan) = &row.fact
            && found.is_none_or(|(stamp, _)| stamp < row.stamp)
        {
            found = Some((row.stamp, plan));
        }
    }
    found.map(|(_, plan)| plan.clone())
}

#[component]
fn PlanForm(chart: ChartId, plan: Option<SafetyPlan>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let said = |part: SafetyPlanPart| {
        plan.as_ref()
            .and_then(|plan| plan.parts.get(&part).cloned())
            .unwrap_or_default()
    };
    let fields: Vec<(SafetyPlanPart, RwSignal<String>)> = SAFETY_PLAN_PARTS
        .iter()
        .map(|(part, _)| (*part, RwSignal::new(said(*part))))
        .collect();
    let review = RwSignal::new(
        plan.as_ref()
            .and_then(|plan| plan.review)
            .map_or_else(String::new, |day| day.to_string()),
    );
    let kept = StoredValue::new(fields.clone());
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let filled = |(part, field): &(SafetyPlanPart, RwSignal<String>)| Some((*part, text(&field.get_untracked())?));
        let parts: BTreeMap<SafetyPlanPart, String> =
            kept.with_value(|fields| fields.iter().filter_map(filled).collect());
        let review = reading.maybe_day(&review.get_untracked(), "plan-review", "the day");
        let parts = reading.take(match parts.is_empty() {
            true => Err(Wrong::new("plan-part-0", "Fill in at least one section")),
            false => Ok(parts),
        });
        let day = desk.today().get_untracked();
        reading.finish(parts.map(|parts| vec![Fact::SafetyPlan(SafetyPlan { day, parts, review })]))
    });
    let areas = fields
        .into_iter()
        .zip(SAFETY_PLAN_PARTS)
        .enumerate()
        .map(|(at, ((_, field), (_, words)))| {
            view! { <TextArea id=format!("plan-part-{at}") label=*words value=field rows=2/> }
        })
        .collect_view();
    view! {
        <QuickForm chart title="Safety plan" deed="Safety plan saved" save="Save plan" read on_close>
            {areas}
            <DateField id="plan-review" label="Look at it again on" value=review/>
        </QuickForm>
    }
}
