//! What the plan holds, a box each.

use leptos::prelude::*;

use super::forms::open_form;
use super::{Open, Place};
use crate::app::components::{DayText, StatusKind, StatusTag, WhenText};
use crate::app::pages::course::boxes::{LineButton, OneForm, PlanBox};
use crate::app::route::Route;
use crate::app::typed::capital;
use crate::app::words::{BARRIERS, GOAL_STATES, INTERVENTIONS, PLAN_PARTS, word_of};
use crate::journal::ChartId;
use crate::journal::facts::{GoalState, PlanPart};
use crate::registry::{
    BarrierView, CarePlanView, EducationView, GoalView, InterventionView, PlanReviewView, PlanSectionView, PlanStepView,
};

/// A part of the plan, each time it changes.
fn part<T: Clone + PartialEq + Send + Sync + 'static>(place: Place, pick: fn(&CarePlanView) -> T) -> Memo<T> {
    Memo::new(move |_| place.plan.with(|plan| pick(plan)))
}

/// The form of a box, when it is open.
fn form_here(place: Place, here: fn(Open) -> bool) -> impl Fn() -> Option<AnyView> + Send + Sync + 'static {
    move || {
        place
            .form
            .get()
            .filter(|open| here(*open))
            .map(|open| open_form(place, open))
    }
}

fn nothing(words: &'static str) -> AnyView {
    view! { <p class="hint">{words}</p> }.into_any()
}

/// When the plan was gone through, and when next.
#[component]
pub fn Review(place: Place) -> impl IntoView {
    let review = part(place, |plan| plan.review.clone());
    let line = |view: PlanReviewView| {
        let PlanReviewView { review, by, is_due, .. } = view;
        let next = match review.next {
            Some(day) => view! { "; next "<DayText day/> }.into_any(),
            None => view! { "; no day agreed for the next time" }.into_any(),
        };
        view! {
            <p>
                {is_due.then(|| view! { <StatusTag kind=StatusKind::Due words="Plan review due"/>" " })}
                "Gone through "<DayText day=review.day/>" by "{by}{next}
            </p>
            {review.note.map(|note| view! { <p class="prose-line">{note}</p> })}
        }
        .into_any()
    };
    view! {
        <div class="plan-review">
            {move || match review.get() {
                Some(view) => line(view),
                None => nothing("This plan was not gone through as a whole yet. Say so here when you did, and when next: it comes up on Today then."),
            }}
            {form_here(place, |open| open == Open::Review)}
        </div>
    }
}

fn section_of(plan: &CarePlanView, part: PlanPart) -> Option<PlanSectionView> {
    plan.sections.iter().find(|view| view.section.part == part).cloned()
}

/// The problems, one a line.
#[component]
pub fn Problems(place: Place) -> impl IntoView {
    let problems = part(place, |plan| section_of(plan, PlanPart::Problems));
    let add = (
        place.form.opens(Open::Section(PlanPart::Problems)),
        "Write the problems",
    );
    let list = |view: PlanSectionView| {
        let lines: Vec<String> = view
            .section
            .text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect();
        let line = |words: String| view! { <li>{words}</li> };
        view! {
            <ul class="plain-list">{lines.into_iter().map(line).collect_view()}</ul>
            <p class="hint">"Of "<DayText day=view.section.day/>", "{view.by}</p>
        }
        .into_any()
    };
    view! {
        <PlanBox id="plan-problems" title="Problems" add>
            {form_here(place, |open| open == Open::Section(PlanPart::Problems))}
            {move || problems.get().map_or_else(|| nothing("None written down yet."), list)}
        </PlanBox>
    }
}

/// Sections in words, other than the problems.
#[component]
pub fn Words(place: Place) -> impl IntoView {
    let sections = part(place, |plan| {
        let others = plan
            .sections
            .iter()
            .filter(|view| view.section.part != PlanPart::Problems);
        others.cloned().collect::<Vec<_>>()
    });
    let add = (place.form.opens(Open::Section(PlanPart::Strengths)), "Write a section");
    let line = |view: PlanSectionView| {
        view! { <dt>{word_of(PLAN_PARTS, view.section.part)}</dt><dd class="prose-line">{view.section.text}</dd> }
    };
    view! {
        <PlanBox id="plan-words" title="In words" add>
            {form_here(place, |open| matches!(open, Open::Section(part) if part != PlanPart::Problems))}
            {move || {
                let sections = sections.get();
                match sections.is_empty() {
                    true => nothing("Strengths and supports, preferences, formulation."),
                    false => view! { <dl class="facts">{sections.into_iter().map(line).collect_view()}</dl> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

/// Dated steps, the latest first.
fn steps(steps: Vec<PlanStepView>) -> Option<AnyView> {
    let line = |step: PlanStepView| view! { <li><DayText day=step.day/>": "{step.what}" "<span class="hint">{step.by}</span></li> };
    (!steps.is_empty())
        .then(|| view! { <ul class="steps">{steps.into_iter().map(line).collect_view()}</ul> }.into_any())
}

/// The patient's own goals.
#[component]
pub fn Goals(place: Place) -> impl IntoView {
    let goals = part(place, |plan| plan.goals.clone());
    let add = (place.form.opens(Open::Goal(None)), "Add goal");
    let line = move |view: GoalView| {
        let GoalView {
            goal,
            steps: done,
            late,
            ..
        } = view;
        let (id, text) = (goal.goal, goal.text.clone());
        let is_open = goal.state == GoalState::Open;
        let lacks = lacking(goal.measured_by.is_some(), goal.by.is_some()).filter(|_| is_open);
        view! {
            <li class="plan-item">
                <p class="plan-line">
                    {late.then(|| view! { <StatusTag kind=StatusKind::Overdue words="Late"/>" " })}
                    <strong>{goal.text}</strong>
                </p>
                {goal.measured_by.map(|how| view! { <p>"Measured by: "{how}</p> })}
                <p class="hint">
                    {goal.by.map(|day| view! { "By "<DayText day/>". " })}
                    {goal.settled.map(|day| view! { {word_of(GOAL_STATES, goal.state)}" "<DayText day/>". " })}
                    {lacks.map(|words| view! { <StatusTag kind=StatusKind::Waiting words="Gap"/>" "{words} })}
                </p>
                {steps(done)}
                <p class="line-actions">
                    {is_open.then(|| view! { <LineButton words="Note progress" about=text.clone() on_press=place.form.opens(Open::GoalStep(id))/> })}
                    <LineButton words="Change goal" about=text on_press=place.form.opens(Open::Goal(Some(id)))/>
                </p>
            </li>
        }
    };
    view! {
        <PlanBox id="plan-goals" title="The patient\u{2019}s own goals" add>
            {form_here(place, |open| matches!(open, Open::Goal(_) | Open::GoalStep(_)))}
            {move || {
                let goals = goals.get();
                match goals.is_empty() {
                    true => nothing("None yet. What does the patient want to be able to do, how will you both know, and by when?"),
                    false => view! { <ul class="plan-items">{goals.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

/// What a goal lacks to be specific.
fn lacking(is_measured: bool, has_day: bool) -> Option<&'static str> {
    match (is_measured, has_day) {
        (true, true) => None,
        (false, true) => Some("Not said yet: how you will know."),
        (true, false) => Some("Not said yet: by when."),
        (false, false) => Some("Not said yet: how you will know, and by when."),
    }
}

/// Barriers, and what was done about each.
#[component]
pub fn Barriers(place: Place) -> impl IntoView {
    let barriers = part(place, |plan| plan.barriers.clone());
    let add = (place.form.opens(Open::Barrier(None)), "Add barrier");
    let line = move |view: BarrierView| {
        let BarrierView {
            barrier, steps: done, ..
        } = view;
        let kind = word_of(BARRIERS, barrier.kind);
        let (id, about) = (barrier.barrier, format!("{kind}, {}", barrier.text));
        let is_open = barrier.overcome.is_none();
        let none_done = done.is_empty() && barrier.overcome.is_none();
        view! {
            <li class="plan-item">
                <p class="plan-line">
                    <strong>{kind}</strong>": "{barrier.text}" "
                    <span class="hint">
                        {match barrier.overcome {
                            Some(day) => view! { "overcome "<DayText day/> }.into_any(),
                            None => view! { "open" }.into_any(),
                        }}
                        {barrier.from.map(|day| view! { ", since "<DayText day/> })}
                    </span>
                </p>
                {none_done.then(|| view! { <p class="hint">"Nothing was done about it yet."</p> })}
                {steps(done)}
                <p class="line-actions">
                    <LineButton words="What was done" about=about.clone() on_press=place.form.opens(Open::BarrierStep(id))/>
                    {is_open.then(|| view! {
                        <LineButton words="Refer out" about=about.clone() on_press=place.form.opens(Open::BarrierReferral(id))/>
                        <LineButton words="Make a task" about=about.clone() on_press=place.form.opens(Open::BarrierTask(id))/>
                    })}
                    <LineButton words="Change barrier" about on_press=place.form.opens(Open::Barrier(Some(id)))/>
                </p>
            </li>
        }
    };
    view! {
        <PlanBox id="plan-barriers" title="Barriers" add>
            {form_here(place, |open| matches!(open, Open::Barrier(_) | Open::BarrierStep(_) | Open::BarrierReferral(_) | Open::BarrierTask(_)))}
            {move || {
                let barriers = barriers.get();
                match barriers.is_empty() {
                    true => nothing("None heard of: transport, cost, housing, food, language, safety at home, caring duties, phone."),
                    false => view! { <ul class="plan-items">{barriers.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

/// What the episode is judged by: first, last, target.
#[component]
pub fn Target(chart: ChartId, place: Place) -> impl IntoView {
    let target = part(place, |plan| plan.target.clone());
    let dash = || "\u{2014}".to_owned();
    view! {
        <PlanBox id="plan-target" title="Target measure">
            {move || match target.get() {
                None => nothing("There is no episode yet, so nothing is measured."),
                Some(target) => view! {
                    <dl class="facts">
                        <dt>"Measure"</dt><dd>{target.title}</dd>
                        <dt>"First"</dt><dd>{target.first.unwrap_or_else(dash)}</dd>
                        <dt>"Last"</dt>
                        <dd>
                            {target.last.unwrap_or_else(dash)}
                            {target.at_target.then(|| view! { " "<StatusTag kind=StatusKind::AtTarget words="At target"/> })}
                        </dd>
                        <dt>"Target"</dt><dd>{target.rule.unwrap_or_else(|| "this instrument has no target of its own".to_owned())}</dd>
                        {target.due.map(|due| view! { <dt>"Next"</dt><dd>{capital(&due)}</dd> })}
                    </dl>
                }
                .into_any(),
            }}
            <p><a href=Route::Patient(chart).href()>"Measures, graph and measure plan"</a></p>
        </PlanBox>
    }
}

/// Interventions in the plan.
#[component]
pub fn Interventions(place: Place) -> impl IntoView {
    let planned = part(place, |plan| plan.interventions.clone());
    let add = (place.form.opens(Open::Intervention(None)), "Add intervention");
    let line = move |view: InterventionView| {
        let InterventionView { planned, by } = view;
        let kind = word_of(INTERVENTIONS, planned.kind);
        let id = planned.intervention;
        view! {
            <li class="plan-item">
                <p class="plan-line">
                    <strong>{kind}</strong>
                    {planned.how_often.map(|often| format!(", {often}"))}", "{by}
                    " "<span class="hint">
                        "since "<DayText day=planned.from/>
                        {planned.until.map(|day| view! { ", ended "<DayText day/> })}
                    </span>
                </p>
                {planned.detail.map(|detail| view! { <p class="prose-line">{detail}</p> })}
                <p class="line-actions"><LineButton words="Change intervention" about=kind on_press=place.form.opens(Open::Intervention(Some(id)))/></p>
            </li>
        }
    };
    view! {
        <PlanBox id="plan-interventions" title="Interventions" add>
            {form_here(place, |open| matches!(open, Open::Intervention(_)))}
            {move || {
                let planned = planned.get();
                match planned.is_empty() {
                    true => nothing("None planned yet: behavioral activation, problem solving, motivational interviewing or another."),
                    false => view! { <ul class="plan-items">{planned.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

/// Education given.
#[component]
pub fn Education(place: Place) -> impl IntoView {
    let given = part(place, |plan| plan.education.clone());
    let add = (place.form.opens(Open::Education), "Add education");
    let line = |view: EducationView| {
        view! {
            <li>
                <WhenText when=view.at/>": "{view.topic}", "{view.to}
                {view.how.map(|how| view! { ". "{capital(&how)} })}
                {view.again.then(|| view! { " "<StatusTag kind=StatusKind::Waiting words="Go over it again"/> })}
                " "<span class="hint">{view.by}</span>
            </li>
        }
    };
    view! {
        <PlanBox id="plan-education" title="Education given" add>
            {form_here(place, |open| open == Open::Education)}
            {move || {
                let given = given.get();
                match given.is_empty() {
                    true => nothing("None yet, neither to the patient nor to family."),
                    false => view! { <ul class="plain-list">{given.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}
