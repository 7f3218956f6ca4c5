//! A patient's concerns: what opened each, its deadlines, what is done and what is missing.

use std::sync::Arc;

use leptos::prelude::*;

use super::lacking;
use super::slip::TypedInError;
use super::steps::{StepForm, StepKind};
use crate::app::components::{
    Button, ButtonKind, ButtonLink, DayText, Icon, IconName, StatusKind, StatusTag, WhenText,
};
use crate::app::effects::effect;
use crate::app::pages::course::boxes::OneForm as _;
use crate::app::route::Route;
use crate::app::typed::capital;
use crate::app::words::{CONCERNS, word_of};
use crate::care::kind_rule;
use crate::journal::ChartId;
use crate::journal::facts::{ConcernKind, Level};
use crate::registry::{ConcernView, PatientView};

/// All concerns of a patient, the open ones in full.
#[component]
pub fn Concerns(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let open = Memo::new(move |_| {
        let ids = |view: &Arc<PatientView>| {
            let open = view.concerns.iter().filter(|concern| concern.open);
            open.map(|concern| concern.concern).collect::<Vec<_>>()
        };
        view.with(ids)
    });
    let closed = move || {
        let closed = |view: &Arc<PatientView>| {
            let closed = view.concerns.iter().filter(|concern| !concern.open);
            closed.cloned().collect::<Vec<ConcernView>>()
        };
        view.with(closed)
    };
    let plan = move || view.with(|view| view.safety_plan);
    let known = Memo::new(move |_| view.with(|view| view.assessed.safety.clone()));
    let watched = move || view.with(|view| view.concerns.iter().any(|concern| concern.watch.is_some()));
    let closed_line = move |concern: ConcernView| {
        let watch = concern.watch.map(|day| {
            view! { <p class="watch"><Icon name=IconName::Clock/>"Watched until "<DayText day/>", or the next case review."</p> }
        });
        view! {
            <li>
                {capital(&word_of(CONCERNS, concern.kind).to_lowercase())}", opened "<WhenText when=concern.opened/>
                {concern.closed.clone().map(|closed| format!(". {}", capital(&closed)))}
                <p class="because">{concern.because.clone()}</p>
                {watch}
                <super::history::History view concern=concern.clone()/>
            </li>
        }
    };
    view! {
        <Show when=move || { !open.with(Vec::is_empty) || !closed().is_empty() || plan().is_some() || !known.with(Vec::is_empty) }>
            <section class="concerns" class:open=move || !open.with(Vec::is_empty) aria-labelledby="concerns">
                <h2 id="concerns">"Safety"</h2>
                <For each=move || open.get() key=|id| *id children=move |id| {
                    let concern = Signal::derive(move || super::find(&view.get(), id));
                    view! { <ConcernBox chart view concern/> }
                }/>
                {move || {
                    let closed = closed();
                    (!closed.is_empty()).then(|| view! {
                        <details open=watched()>
                            <summary>{format!("Closed concerns: {}", closed.len())}</summary>
                            <ul>{closed.into_iter().map(closed_line).collect_view()}</ul>
                        </details>
                    })
                }}
                {move || {
                    let known = known.get();
                    (!known.is_empty()).then(|| view! {
                        <ul class="known">{known.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    })
                }}
                {move || plan().map(|day| view! {
                    <p class="hint"><a href=Route::SafetyPlan(chart).href()>"Safety plan of "<DayText day/></a></p>
                })}
            </section>
        </Show>
    }
}

/// One concern with its steps.
#[component]
pub fn ConcernBox(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The concern.
    concern: Signal<Option<ConcernView>>,
    /// Whether the form of the next step is open from the start.
    #[prop(optional)]
    opens_next_step: bool,
) -> impl IntoView {
    let next = concern.with_untracked(|concern| concern.as_ref().and_then(next_step));
    let form = RwSignal::new(next.filter(|_| opens_next_step));
    let close = Callback::new(move |()| form.set(None));
    // Where the steps are walked through, the one that comes next opens once the save of the one before it shows.
    effect(move |before: Option<Option<StepKind>>| {
        let next = concern.with(|concern| concern.as_ref().and_then(next_step));
        if opens_next_step && before.is_some_and(|before| before != next) && form.get_untracked().is_none() {
            form.set(next);
        }
        next
    });
    let id = concern.with_untracked(|concern| concern.as_ref().map(|concern| concern.concern));
    let slip = Memo::new(move |_| concern.get().filter(|c| c.open && c.typed_in_error).map(|c| c.concern));
    view! {
        {move || concern.get().map(|concern| view! { <Facts chart view concern form on_page=opens_next_step/> })}
        {move || slip.get().map(|concern| view! { <TypedInError chart concern/> })}
        {move || form.get().zip(id).map(|(kind, id)| view! {
            <StepForm chart concern=id kind view on_close=close/>
        })}
    }
}

/// The step that comes next; none when all are recorded.
fn next_step(concern: &ConcernView) -> Option<StepKind> {
    if !concern.open {
        return None;
    }
    let order = [
        (concern.second_step.is_none(), StepKind::SecondStep),
        (concern.clinician_told.is_none(), StepKind::Told),
        (concern.next_contact.is_none(), StepKind::NextContact),
    ];
    order.into_iter().find_map(|(lacks, kind)| lacks.then_some(kind))
}

/// How urgent an open concern is, in a word.
pub(super) fn urgency(concern: &ConcernView) -> &'static str {
    match (concern.acute, concern.level) {
        (Some(_), _) => "Acute",
        (None, Level::High) => "High",
        (None, Level::Positive) if concern.kind == ConcernKind::Suicide => "Positive",
        (None, Level::Positive) => "Today",
        (None, Level::Prompt) => "To be asked",
    }
}

/// What is known of a concern, and the buttons for what comes next.
#[component]
fn Facts(
    chart: ChartId,
    view: Signal<Arc<PatientView>>,
    concern: ConcernView,
    form: RwSignal<Option<StepKind>>,
    on_page: bool,
) -> impl IntoView {
    let first = kind_rule(concern.kind).name;
    let urgency = urgency(&concern);
    let open = concern.open;
    let close_hint = match lacking(&concern).is_empty() {
        true => "All steps are recorded: a named person can close it.",
        false => "It can be closed when every step is recorded.",
    };
    let acute = concern.acute.is_some();
    let found = concern.found.clone().map(|found| {
        view! { <p class="found" class:acute=acute>{acute.then(|| view! { <Icon name=IconName::Alert/> })}{found}</p> }
    });
    let due = concern.due.clone();
    let page = Route::Safety(chart, concern.concern).href();
    view! {
        <article class="concern" class:open=open aria-label=word_of(CONCERNS, concern.kind)>
            <p class="concern-head">
                <StatusTag kind=if open { StatusKind::Safety } else { StatusKind::Waiting } words=if open { urgency } else { "Closed" }/>
                <strong>{word_of(CONCERNS, concern.kind)}</strong>
                <span>"opened "<WhenText when=concern.opened/></span>
                {concern.closed.clone().map(|closed| view! { <span>{closed}</span> })}
            </p>
            {concern.watch.map(|day| view! {
                <p class="watch"><Icon name=IconName::Clock/>"Watched until "<DayText day/>", or the next case review."</p>
            })}
            {found}
            <p class="concern-because">{concern.because.clone()}</p>
            {concern.decided.clone().map(|decided| view! { <p class="decided">{decided}</p> })}
            {concern.untriaged.then(|| view! {
                <p>
                    <strong>{format!("Imported: nobody has decided on it yet, {}. ", due.triage.clone().unwrap_or_default())}</strong>
                    <a href=Route::Triage.href()>"Decide on imported concerns"</a>
                </p>
            })}
            <ul class="steps">
                <Step done=concern.second_step.is_some() words=first due=due.second_step>
                    {concern.second_step.map(|when| view! { <WhenText when/> })}
                </Step>
                <Step done=concern.clinician_told.is_some() words="PCP told" due=due.clinician>
                    {concern.clinician_told.map(|when| view! { <WhenText when/> })}
                </Step>
                <Step done=concern.next_contact.is_some() words="Next contact" due=due.next_contact>
                    {concern.next_contact.map(|day| view! { <DayText day/> })}
                </Step>
            </ul>
            {open.then(|| view! {
                <div class="actions">
                    <StepButton form kind=StepKind::SecondStep words=first/>
                    <StepButton form kind=StepKind::Told words="Told somebody"/>
                    <StepButton form kind=StepKind::NextContact words="Next contact"/>
                    <StepButton form kind=StepKind::Action words="Other action"/>
                    <StepButton form kind=StepKind::Close words="Close concern"/>
                    {(!on_page).then(|| view! { <ButtonLink kind=ButtonKind::Quiet href=page.clone()>"All safety steps"</ButtonLink> })}
                </div>
                <p class="hint">{close_hint}</p>
            })}
            <super::history::History view concern=concern.clone()/>
        </article>
    }
}

/// A step: done and when, or not yet; and by when it is due, or due again.
#[component]
fn Step(done: bool, words: &'static str, due: Option<String>, children: Children) -> impl IntoView {
    let icon = if done { IconName::Done } else { IconName::Waiting };
    let due = due.map(|due| {
        let late = due.starts_with("late");
        view! { <span class="due" class:late=late>"("{due}")"</span> }
    });
    view! {
        <li class:done=done>
            <Icon name=icon/>{words}": "
            {if done { children().into_any() } else { view! { <strong>"not yet"</strong> }.into_any() }}
            {due}
        </li>
    }
}

#[component]
fn StepButton(form: RwSignal<Option<StepKind>>, kind: StepKind, words: &'static str) -> impl IntoView {
    view! { <Button on_press=move |()| form.open(kind)>{words}</Button> }
}
