//! Plan, treatment, team, tasks, appointments and the month, a box each.

use std::sync::Arc;

use leptos::prelude::*;

use super::QuickFormKind;
use super::facts::{booked, booked_elsewhere, task};
use crate::app::components::{Button, ButtonKind, DayText, FoldedText, StatusKind, StatusTag, WhenText};
use crate::app::pages::course::boxes::OneForm as _;
use crate::app::pages::course::privacy::wish_for_consent;
use crate::app::pages::course::{Finishing, finished};
use crate::app::route::{Route, Section};
use crate::app::state::use_desk;
use crate::app::words::{MODES, word_of};
use crate::care::intent::Intent;
use crate::journal::facts::{Appointment, OutgoingReferral};
use crate::journal::{ChartId, When};
use crate::registry::{Failure, PatientView, RecommendationView, TaskView};

#[component]
pub fn Side(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The form that is open.
    form: RwSignal<Option<QuickFormKind>>,
) -> impl IntoView {
    view! {
        <div class="side">
            <Month chart view form/>
            <Treatment chart view form/>
            <Team chart view form/>
            <Tasks chart view form/>
            <Appointments chart view form/>
            <Plan chart view form/>
        </div>
    }
}

/// A box with a heading and the button that adds to it.
#[component]
fn SideBox(
    id: &'static str,
    title: &'static str,
    /// The form that the button opens, and its words.
    #[prop(optional)]
    add: Option<(QuickFormKind, &'static str)>,
    form: RwSignal<Option<QuickFormKind>>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="side-box" aria-labelledby=id>
            <div class="side-head">
                <h2 id=id>{title}</h2>
                {add.map(|(kind, words)| view! {
                    <Button kind=ButtonKind::Quiet on_press=move |()| form.open(kind)>{words}</Button>
                })}
            </div>
            {children()}
        </section>
    }
}

/// What the month supports so far, and what is missing.
#[component]
fn Month(chart: ChartId, view: Signal<Arc<PatientView>>, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let month = move || view.with(|view| view.month.clone());
    let lists = move || {
        let month = month();
        let line = |words: String| view! { <li>{words}</li> };
        let next = month.next.map(|(code, minutes)| format!("{code} at {minutes} min"));
        view! {
            <p>
                <strong>{format!("{} min", month.minutes)}</strong>
                {(!month.kind.is_empty()).then(|| format!(", {}", month.kind))}
                {(!month.codes.is_empty()).then(|| format!(": supports {}", month.codes))}
                {next.map(|next| view! { <span class="hint">"; next "{next}</span> })}
            </p>
            {(!month.missing.is_empty()).then(|| view! { <ul class="missing">{month.missing.into_iter().map(line).collect_view()}</ul> })}
            {(!month.warnings.is_empty()).then(|| view! { <ul class="hint">{month.warnings.into_iter().map(line).collect_view()}</ul> })}
            {(!month.not_counted.is_empty()).then(|| view! { <ul class="hint">{month.not_counted.into_iter().map(line).collect_view()}</ul> })}
        }
    };
    let consent = move || view.with(|view| view.consent.clone());
    let consent_href = move || Route::Section(view.with(|view| view.chart), Section::Intake).href();
    let diagnoses = move || {
        view.with(|view| match view.diagnoses.is_empty() {
            true => "no diagnosis on record".to_owned(),
            false => view.diagnoses.join("; "),
        })
    };
    view! {
        <SideBox id="box-month" title="Month" form add=(QuickFormKind::Time, "Add time")>
            {lists}
            <dl class="facts">
                <dt>"Consent"</dt>
                <dd>{consent}" "<a href=consent_href on:click=move |_| wish_for_consent(view.with_untracked(|view| view.chart))>"Record consent"</a></dd>
                <dt>"Diagnosis"</dt>
                <dd>{diagnoses}" "<a href=Route::Section(chart, Section::Intake).href()>"Add or change a diagnosis"</a></dd>
            </dl>
            <p><a href=Route::Month(None).href()>"The month of all patients"</a></p>
        </SideBox>
    }
}

/// Medicines as they are taken, and the changes of treatment.
#[component]
fn Treatment(chart: ChartId, view: Signal<Arc<PatientView>>, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let line = |words: String| view! { <li>{words}</li> };
    view! {
        <SideBox id="box-treatment" title="Treatment" form>
            {move || {
                let all = view.with(|view| view.medicines.clone());
                if all.is_empty() {
                    view! { <p class="hint">"No medication on record."</p> }.into_any()
                } else {
                    view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }.into_any()
                }
            }}
            {move || {
                let changes = view.with(|view| view.treatments.clone());
                (!changes.is_empty()).then(|| view! {
                    <h3>"Changes"</h3>
                    <ul>{changes.into_iter().map(line).collect_view()}</ul>
                })
            }}
            <p><a href=Route::Section(chart, Section::Medicines).href()>"Medications and treatment changes"</a></p>
        </SideBox>
    }
}

/// Recommendations and where they stand.
#[component]
fn Team(chart: ChartId, view: Signal<Arc<PatientView>>, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let line = move |recommendation: RecommendationView| {
        let href = Route::CarryOut(chart, recommendation.recommendation).href();
        let is_to_write = recommendation.is_to_write;
        view! {
            <li>
                <DayText day=recommendation.day/>": "<FoldedText text=recommendation.text says="Recommendation"/>
                <span class="hint">{recommendation.state}</span>
                {is_to_write.then(|| view! { " "<a href=href>"Write down what was done"</a> })}
                <super::answer::AnswerAtOnce chart recommendations=vec![recommendation.recommendation]/>
            </li>
        }
    };
    view! {
        <SideBox id="box-team" title="Case review" form add=(QuickFormKind::Review, "Record review")>
            {move || {
                let open = view.with(|view| view.recommendations.clone());
                if open.is_empty() {
                    view! { <p class="hint">"No recommendation is open."</p> }.into_any()
                } else {
                    let letters = super::answer::letters(open.iter().map(|line| (line.recommendation, line.letter)));
                    let whole = letters.into_iter().map(|(letter, recommendations)| {
                        view! { <super::answer::AnswerLetter chart letter recommendations/> }
                    });
                    let whole = whole.collect_view();
                    view! {
                        {whole}
                        <ul>{open.into_iter().map(line).collect_view()}</ul>
                        <Button kind=ButtonKind::Quiet on_press=move |()| form.open(QuickFormKind::Answer)>"Record the PCP\u{2019}s answer"</Button>
                    }
                    .into_any()
                }
            }}
        </SideBox>
    }
}

/// Open tasks, each done with one press.
#[component]
fn Tasks(chart: ChartId, view: Signal<Arc<PatientView>>, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let desk = use_desk();
    let failure = RwSignal::new(None::<Failure>);
    let finishing = Finishing::new();
    crate::app::effects::effect(move |_| {
        view.track();
        finishing.answered();
    });
    let finish = move |line: TaskView| {
        let Some(task) = view.with_untracked(|view| task(view, line.task)) else {
            return;
        };
        let id = line.task;
        let facts = match finished(desk, &task) {
            Ok(facts) if finishing.begin(id) => facts,
            _ => return,
        };
        let intent = Intent::Record { chart, facts };
        desk.submit(intent, "Task done", move |result| {
            if result.is_err() {
                finishing.failed(id);
            }
            let _shown = failure.try_set(result.err());
        });
    };
    let line = move |line: TaskView| {
        let own = line.clone();
        view! {
            <li>
                {line.late.then(|| view! { <StatusTag kind=StatusKind::Overdue words="Late"/>" " })}
                {line.text.clone()}" "<span class="hint">"due "<DayText day=line.due/></span>
                " "<Button kind=ButtonKind::Quiet says=format!("Done: {}", line.text) on_press=move |()| finish(own.clone())>"Done"</Button>
            </li>
        }
    };
    view! {
        <SideBox id="box-tasks" title="Tasks" form>
            {move || {
                let tasks = view.with(|view| view.tasks.clone());
                if tasks.is_empty() {
                    view! { <p class="hint">"No open task."</p> }.into_any()
                } else {
                    view! { <ul>{tasks.into_iter().map(line).collect_view()}</ul> }.into_any()
                }
            }}
            {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
            <p><a href=Route::Section(chart, Section::Together).href()>"Tasks and referrals"</a></p>
        </SideBox>
    }
}

/// Booked appointments.
#[component]
fn Appointments(
    chart: ChartId,
    view: Signal<Arc<PatientView>>,
    form: RwSignal<Option<QuickFormKind>>,
) -> impl IntoView {
    let desk = use_desk();
    let elsewhere = move |(at, referral): (When, OutgoingReferral)| {
        view! {
            <li>
                <WhenText when=at/>", at "{referral.to}": "{referral.what}
                " "<a href=Route::Section(chart, Section::Together).href()>"Referral"</a>
            </li>
        }
    };
    let others = move || view.with(|view| booked_elsewhere(view, desk.zone()));
    let line = move |appointment: Appointment| {
        let id = appointment.appointment;
        view! {
            <li>
                <WhenText when=appointment.at/>", "{word_of(MODES, appointment.mode).to_lowercase()}
                {appointment.purpose.map(|purpose| format!(", {purpose}"))}
                " "<Button kind=ButtonKind::Quiet on_press=move |()| form.open(QuickFormKind::Appointment(Some(id)))>"What became of it"</Button>
            </li>
        }
    };
    view! {
        <SideBox id="box-appointments" title="Appointments" form add=(QuickFormKind::Appointment(None), "Book")>
            {move || {
                let (all, others) = (view.with(|view| booked(view)), others());
                if all.is_empty() && others.is_empty() {
                    return view! { <p class="hint">"None booked, with us or elsewhere."</p> }.into_any();
                }
                let ours = match all.is_empty() {
                    true => view! { <p class="hint">"With us: none booked."</p> }.into_any(),
                    false => view! { <ul aria-label="With us">{all.into_iter().map(line).collect_view()}</ul> }.into_any(),
                };
                let theirs = (!others.is_empty()).then(|| view! {
                    <p class="hint">"Elsewhere:"</p>
                    <ul aria-label="Elsewhere">{others.into_iter().map(elsewhere).collect_view()}</ul>
                });
                view! { {ours}{theirs} }.into_any()
            }}
        </SideBox>
    }
}

/// Sections of the plan and goals.
#[component]
fn Plan(chart: ChartId, view: Signal<Arc<PatientView>>, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let part =
        |(title, text): (String, String)| view! { <dt>{title.clone()}</dt><dd><FoldedText text says=title/></dd> };
    view! {
        <SideBox id="box-plan" title="Plan" form>
            {move || {
                let plan = view.with(|view| view.plan.clone());
                if plan.is_empty() {
                    view! { <p class="hint">"No plan yet: problems, goals, interventions, barriers."</p> }.into_any()
                } else {
                    view! { <dl class="facts">{plan.into_iter().map(part).collect_view()}</dl> }.into_any()
                }
            }}
            <p><a href=Route::Section(chart, Section::CarePlan).href()>"Care plan"</a></p>
        </SideBox>
    }
}
