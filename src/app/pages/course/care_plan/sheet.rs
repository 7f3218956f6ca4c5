//! What the patient takes home: the plan on paper, in plain words. Nothing of the app is on it, and nothing that is held
//! back: others may see the page at home.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::format;
use crate::app::state::use_desk;
use crate::app::words::{GOAL_STATES, word_of};
use crate::journal::facts::{ActivityState, GoalState, PlanPart};
use crate::registry::{ActivityView, CarePlanView, GoalView, PatientView, ProblemSheetView};

/// Most topics on it: it stays one page.
const TOPICS: usize = 8;

/// The sheet. On the screen it isn't shown.
#[component]
pub fn PatientSheet(
    /// The plan.
    plan: Signal<Arc<CarePlanView>>,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let clinic = use_desk().clinic();
    let name = move || {
        view.with(|view| {
            let registration = &view.registration;
            registration
                .preferred
                .clone()
                .unwrap_or_else(|| registration.given.clone())
        })
    };
    let line = move || {
        let named = clinic.with(|clinic| clinic.crisis_line.clone().map(|line| (clinic.name.clone(), line)));
        named.map(|(name, line)| view! { <li>{name}": "<strong>{line}</strong></li> })
    };
    view! {
        <article class="plan-sheet only-print" aria-labelledby="care-sheet">
            <h2 id="care-sheet">"My plan"</h2>
            <p class="plan-whose">{name}", "{move || plan.with(|plan| format::full_day(plan.today))}</p>
            {move || plan.with(|plan| parts(plan))}
            <section class="plan-call">
                <h3>"If I am in danger, or can\u{2019}t keep myself safe"</h3>
                <ul>
                    <li>"Call or text "<strong>"988"</strong>", day and night"</li>
                    <li>"Call "<strong>"911"</strong>", or go to the nearest emergency department"</li>
                    {line}
                </ul>
            </section>
        </article>
    }
}

/// A heading with its lines; nothing where there are none.
fn part(title: &'static str, lines: Vec<String>) -> Option<AnyView> {
    let line = |words: String| view! { <li>{words}</li> };
    (!lines.is_empty()).then(|| {
        view! { <section><h3>{title}</h3><ul>{lines.into_iter().map(line).collect_view()}</ul></section> }.into_any()
    })
}

fn parts(plan: &CarePlanView) -> Vec<Option<AnyView>> {
    let problems = plan
        .sections
        .iter()
        .find(|view| view.section.part == PlanPart::Problems && !view.held);
    let problems = problems.map_or_else(Vec::new, |view| {
        let lines = view.section.text.lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    });
    let waiting = plan
        .activities
        .iter()
        .filter(|view| view.activity.state == ActivityState::Planned && !view.held);
    let open = plan
        .sheets
        .iter()
        .filter(|view| view.sheet.finished.is_none() && !view.held);
    let goals = plan.goals.iter().filter(|view| !view.held);
    let review = plan.review.as_ref().filter(|view| !view.held);
    let review = review.and_then(|view| view.review.next);
    let review = review.map(|day| format!("We go through this plan together on {}.", format::full_day(day)));
    vec![
        part("What I want to work on", problems),
        part("My goals", goals.filter_map(goal).collect()),
        part("What I will do", waiting.map(activity).collect()),
        part("Step by step", open.flat_map(steps).collect()),
        part("What we talked about", topics(plan)),
        part("Next", review.into_iter().collect()),
    ]
}

/// What was explained to the patient, each topic once, the latest first.
fn topics(plan: &CarePlanView) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for given in plan.education.iter().filter(|given| given.to_patient && !given.held) {
        if !told.contains(&given.topic) && told.len() < TOPICS {
            told.push(given.topic.clone());
        }
    }
    told
}

fn goal(view: &GoalView) -> Option<String> {
    let goal = &view.goal;
    let state = match goal.state {
        GoalState::Open => String::new(),
        GoalState::Met => format!(" ({})", word_of(GOAL_STATES, goal.state).to_lowercase()),
        GoalState::Dropped => return None,
    };
    let measured = goal
        .measured_by
        .as_ref()
        .map(|how| format!(". I will know because: {how}"));
    let by = goal.by.map(|day| format!(". By {}", format::full_day(day)));
    Some(format!(
        "{}{state}{}{}",
        goal.text,
        measured.unwrap_or_default(),
        by.unwrap_or_default()
    ))
}

fn activity(view: &ActivityView) -> String {
    let activity = &view.activity;
    let on = activity.on.map(|day| format!(", {}", format::full_day(day)));
    let time = activity.time.as_ref().map(|time| format!(", {time}"));
    format!(
        "{}{}{}",
        activity.what,
        on.unwrap_or_default(),
        time.unwrap_or_default()
    )
}

fn steps(view: &ProblemSheetView) -> Vec<String> {
    let open = view
        .sheet
        .steps
        .iter()
        .filter(|step| step.done.is_none() && step.dropped.is_none());
    open.map(|step| match step.by {
        Some(day) => format!("{}, by {}", step.what, format::full_day(day)),
        None => step.what.clone(),
    })
    .collect()
}
