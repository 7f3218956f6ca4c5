//! The patient's safety plan. The headings are this project's own words.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::known::follow_known;
use crate::app::components::{Button, ButtonLink, DateField, DayText, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written};
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::app::words::SAFETY_PLAN_PARTS;
use crate::care::Office;
use crate::journal::facts::{SafetyPlan, SafetyPlanPart};
use crate::journal::{ChartId, Fact, Stamp};
use crate::registry::{PatientView, SafetyKnownView};

/// The plan as it stands, and its form.
#[component]
pub fn PlanBox(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Whether it stands on the plan's own page, where it can be printed.
    #[prop(optional)]
    on_page: bool,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let plan = move || view.with(|view| newest(view));
    let known = follow_known(chart);
    view! {
        <section class="side-box no-print" aria-labelledby="safety-plan">
            <div class="side-head">
                <h2 id="safety-plan">"Safety plan"</h2>
                <span class="side-actions">
                    <Button on_press=move |()| editing.set(true)>
                        {move || if plan().is_some() { "Revise" } else { "Write a safety plan" }}
                    </Button>
                    {(!on_page).then(|| view! {
                        <ButtonLink href=Route::SafetyPlan(chart).href()>"Earlier versions, print"</ButtonLink>
                    })}
                </span>
            </div>
            {move || plan().map(|plan| view! {
                <p class="hint">"Of "<DayText day=plan.day/>{plan.review.map(|day| view! { ", to be looked at again "<DayText day/> })}</p>
                <Parts plan/>
            })}
            <Show when=move || editing.get()>
                <PlanForm chart plan=view.with_untracked(|view| newest(view)) known on_close=move |()| editing.set(false)/>
            </Show>
        </section>
    }
}

/// The newest plan.
pub fn newest(view: &PatientView) -> Option<SafetyPlan> {
    versions(view).into_iter().next().map(|(plan, _)| plan)
}

/// All versions of the plan with who wrote them, the newest first.
pub fn versions(view: &PatientView) -> Vec<(SafetyPlan, String)> {
    let mut found: Vec<(Stamp, SafetyPlan, String)> = Vec::new();
    for row in &view.timeline {
        if let Fact::SafetyPlan(plan) = &row.fact {
            found.push((row.stamp, plan.clone(), row.by.clone()));
        }
    }
    found.sort_by_key(|(stamp, ..)| std::cmp::Reverse(*stamp));
    found.into_iter().map(|(_, plan, by)| (plan, by)).collect()
}

/// The parts of a plan that are filled in, under their headings.
#[component]
pub fn Parts(
    /// The plan.
    plan: SafetyPlan,
) -> impl IntoView {
    let part = |(part, words): (SafetyPlanPart, String)| {
        let title = crate::app::words::word_of(SAFETY_PLAN_PARTS, part);
        view! { <dt>{title}</dt><dd class="prose-line">{words}</dd> }
    };
    view! { <dl class="facts">{plan.parts.into_iter().map(part).collect_view()}</dl> }
}

/// Days after which looking at a plan again is proposed: this project's choice; sources give no number.
const LOOK_AGAIN: i64 = 28;

#[component]
fn PlanForm(
    chart: ChartId,
    plan: Option<SafetyPlan>,
    known: Signal<Option<Arc<SafetyKnownView>>>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let on_record = known
        .get_untracked()
        .map(|known| known.plan.clone())
        .unwrap_or_default();
    let of_record = |part: SafetyPlanPart| on_record.iter().find(|known| known.part == part).cloned();
    let written = |part: SafetyPlanPart| plan.as_ref().and_then(|plan| plan.parts.get(&part).cloned());
    // What the record knows is filled in where the plan says nothing; it is the patient's plan once it is saved.
    let said = |part: SafetyPlanPart| {
        let known = || of_record(part).map(|known| known.text);
        written(part).or_else(known).unwrap_or_default()
    };
    let taken_over = |part: SafetyPlanPart| {
        let known = of_record(part).filter(|_| written(part).is_none());
        known.map(|known| format!("Taken over from {}: read it with the patient", known.from))
    };
    let fields: Vec<(SafetyPlanPart, RwSignal<String>)> = SAFETY_PLAN_PARTS
        .iter()
        .map(|(part, _)| (*part, RwSignal::new(said(*part))))
        .collect();
    // A day that has passed, or none, is proposed anew: the worklist asks on that day.
    let today = desk.today().get_untracked();
    let agreed = plan.as_ref().and_then(|plan| plan.review).filter(|day| today < *day);
    let office = desk.clinic().with_untracked(Office::of);
    let again = office.open_day(today.plus(LOOK_AGAIN));
    let review = RwSignal::new(agreed.unwrap_or(again).to_string());
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
        .map(|(at, ((part, field), (_, words)))| {
            let hint = taken_over(part);
            let rows = if hint.is_some() { 3 } else { 2 };
            let id = format!("plan-part-{at}");
            match hint {
                Some(hint) => view! { <TextArea id label=*words value=field rows hint/> }.into_any(),
                None => view! { <TextArea id label=*words value=field rows/> }.into_any(),
            }
        })
        .collect_view();
    view! {
        <QuickForm chart title="Safety plan" deed="Safety plan saved" save="Save plan" read on_close>
            {areas}
            <DateField id="plan-review" label="Look at it again on" value=review hint="It comes up on Today then. Empty: it doesn\u{2019}t."/>
        </QuickForm>
    }
}
