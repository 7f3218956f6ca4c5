//! The relapse-prevention plan: part by part, what is missing, filled in from what is known and confirmed by a person.

use leptos::prelude::*;

use super::{OpenForm, Place};
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, DayText, EmptyState, Icon, IconName, TextArea};
use crate::app::pages::common::{QuickForm, Reading, Written};
use crate::app::pages::course::boxes::OneForm;
use crate::app::pages::course::notes::LeftOutMedicines;
use crate::app::pages::form_draft::{FormDraft, put, row};
use crate::app::state::use_desk;
use crate::app::typed::Wrong;
use crate::care::{RelapsePart, missing_parts};
use crate::journal::facts::RelapsePlan;
use crate::journal::{EntryId, Fact};
use crate::registry::RelapsePlanView;

/// The plan as it stands, its versions and its form.
#[component]
pub fn PlanBox(place: Place) -> impl IntoView {
    let newest = move || place.view.with(|view| view.plans.first().cloned());
    let earlier = move || place.view.with(|view| view.plans.get(1..).unwrap_or_default().to_vec());
    let editing = move || place.form.get() == Some(OpenForm::Plan);
    let version = |version: RelapsePlanView| {
        view! {
            <details>
                <summary>"Version of "<DayText day=version.plan.day/>", by "{version.by}</summary>
                <Parts plan=version.plan/>
            </details>
        }
    };
    view! {
        <section class="side-box" aria-labelledby="relapse-plan">
            <div class="side-head">
                <h2 id="relapse-plan">"Relapse-prevention plan"</h2>
                <span class="side-actions">
                    <Button on_press=move |()| place.form.open(OpenForm::Plan)>
                        {move || if newest().is_some() { "Revise the plan" } else { "Write the plan" }}
                    </Button>
                    {move || newest().map(|_| view! {
                        <Button icon=IconName::Print on_press=|()| browser::print()>"Print for the patient"</Button>
                    })}
                </span>
            </div>
            {move || match newest() {
                Some(RelapsePlanView { plan, by, .. }) => view! {
                    <p class="hint">"Of "<DayText day=plan.day/>", by "{by}</p>
                    <Complete plan=plan.clone()/>
                    <Parts plan/>
                }
                .into_any(),
                None => view! {
                    <EmptyState title="No plan yet.">
                        <p>"It is written with the patient: what goes on, what helps, the patient\u{2019}s own warning signs, and whom to call. What is known already is filled in for you to confirm."</p>
                    </EmptyState>
                }
                .into_any(),
            }}
            <Show when=editing>
                <PlanForm place/>
            </Show>
            {move || {
                let earlier = earlier();
                (!earlier.is_empty()).then(|| view! {
                    <div class="plan-versions">
                        <h3>{format!("Earlier versions: {}", earlier.len())}</h3>
                        {earlier.into_iter().map(version).collect_view()}
                    </div>
                })
            }}
        </section>
    }
}

/// What is filled in and what is not, a word for each part.
#[component]
fn Complete(plan: RelapsePlan) -> impl IntoView {
    let missing = missing_parts(&plan);
    let words = match missing.is_empty() {
        true => "Complete: every part is filled in.".to_owned(),
        false => {
            let parts: Vec<String> = missing.iter().map(|part| part.title().to_lowercase()).collect();
            format!("Not complete. Missing: {}.", parts.join("; "))
        }
    };
    let icon = if missing.is_empty() {
        IconName::Done
    } else {
        IconName::Waiting
    };
    view! { <p class="verdict"><Icon name=icon/><strong>{words}</strong></p> }
}

#[component]
fn Parts(plan: RelapsePlan) -> impl IntoView {
    let part = |part: RelapsePart| {
        let text = part.text(&plan).trim().to_owned();
        let words = match text.is_empty() {
            true => view! { <dd class="hint">"not filled in"</dd> }.into_any(),
            false => view! { <dd class="prose-line">{text}</dd> }.into_any(),
        };
        view! { <dt>{part.title()}</dt>{words} }
    };
    view! { <dl class="facts">{RelapsePart::ALL.into_iter().map(part).collect_view()}</dl> }
}

#[component]
fn PlanForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let (plan, known, from) = place.view.with_untracked(|view| {
        let plan = view.plans.first().map(|v| v.plan.clone());
        (plan, view.known.clone(), view.known_from.clone())
    });
    let said = |part: RelapsePart| {
        let said = plan.as_ref().map(|plan| part.text(plan).trim().to_owned());
        said.filter(|said| !said.is_empty())
    };
    let fields = RelapsePart::ALL.map(|part| {
        let text = said(part).unwrap_or_else(|| part.text(&known).to_owned());
        (part, RwSignal::new(text))
    });
    let taken_over = RelapsePart::ALL.into_iter().zip(from).map(|(part, from)| {
        let is_filled_in = said(part).is_none() && !from.is_empty();
        let verb = if is_filled_in { "Taken over from" } else { "On record:" };
        (!from.is_empty()).then(|| format!("{verb} {from}"))
    });
    let taken_over = StoredValue::new(taken_over.collect::<Vec<_>>());
    let texts = fields.map(|(_, field)| field);
    FormDraft::keep(
        format!("relapse-plan/{}", place.chart),
        move || vec![row(&texts)],
        move |rows| put(&texts, rows.first()),
    );
    // A medicine that is marked goes into the plan by a person's tick, and out again; what was typed stays.
    let left_out = Signal::derive(move || place.view.with(|view| view.left_out.clone()));
    let included = RwSignal::new(Vec::<EntryId>::new());
    let before = StoredValue::new(Vec::<EntryId>::new());
    crate::app::effects::effect(move |_| {
        let now = included.get();
        for one in left_out.get_untracked() {
            let (was, is) = (
                before.with_value(|all| all.contains(&one.entry)),
                now.contains(&one.entry),
            );
            let Some(field) = texts.first().filter(|_| was != is) else {
                continue;
            };
            field.update(|text| {
                let mut lines: Vec<&str> = text.lines().filter(|line| line.trim() != one.line).collect();
                lines.extend(is.then_some(one.line.as_str()));
                *text = lines.join("\n");
            });
        }
        before.set_value(now);
    });
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let [medications, helps, warning_signs, stress, whom_to_call, appointments] =
            fields.map(|(_, field)| field.get_untracked().trim().to_owned());
        let day = desk.today().get_untracked();
        let plan = RelapsePlan {
            day,
            medications,
            helps,
            warning_signs,
            stress,
            whom_to_call,
            appointments,
        };
        let plan = reading.take(match missing_parts(&plan).len() == RelapsePart::ALL.len() {
            true => Err(Wrong::new("relapse-part-0", "Fill in at least one part")),
            false => Ok(plan),
        });
        reading.finish(plan.map(|plan| vec![Fact::RelapsePlan(plan)]))
    });
    let known = StoredValue::new(known);
    let area = move |(at, (part, field)): (usize, (RelapsePart, RwSignal<String>))| {
        let known = known.with_value(|known| part.text(known).to_owned());
        let add = {
            let known = known.clone();
            let lacks = move || !known.is_empty() && field.with(|text| !text.contains(&known));
            Memo::new(move |_| lacks())
        };
        let known = StoredValue::new(known);
        let put = move |()| {
            field.update(|text| {
                let before = text.trim().to_owned();
                let known = known.get_value();
                *text = if before.is_empty() {
                    known
                } else {
                    format!("{before}\n{known}")
                };
            });
        };
        view! {
            {match taken_over.with_value(|all| all.get(at).cloned().flatten()) {
                Some(hint) => view! { <TextArea id=format!("relapse-part-{at}") label=part.title() value=field rows=3 hint/> }.into_any(),
                None => view! { <TextArea id=format!("relapse-part-{at}") label=part.title() value=field rows=3/> }.into_any(),
            }}
            <Show when=move || add.get()>
                <Button kind=ButtonKind::Quiet on_press=put says=format!("Add what is on record: {}", part.title())>"Add what is on record"</Button>
            </Show>
        }
    };
    view! {
        <QuickForm chart=place.chart title="Relapse-prevention plan" deed="Relapse-prevention plan saved" save="Save plan" read on_close=place.form.closes()>
            <p class="hint">"Medications, the safety plan and booked appointments are filled in from the record: read them with the patient and confirm them. A part may stay empty; the plan then says that it is missing."</p>
            <LeftOutMedicines left_out included/>
            <Show when=move || included.with(|all| !all.is_empty())>
                <p class="hint">"The plan then tells it: protect the saved plan too, in the timeline."</p>
            </Show>
            {fields.into_iter().enumerate().map(area).collect_view()}
        </QuickForm>
    }
}
