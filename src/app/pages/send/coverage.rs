//! Coverage: handing patients to whoever stands in, what is out, and handing back.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cover_plan::Plan;
use super::protect::{Protection, SaveButton};
use crate::app::components::{
    Button, ButtonKind, FailureNotice, Form, FormErrors, Notice, Submit, TextField, Tone, Width,
};
use crate::app::format;
use crate::app::pages::common::{Once, Reading, to_errors};
use crate::app::route::Route;
use crate::app::state::{Desk, use_desk};
use crate::care::intent::{Intent, TeamChange};
use crate::journal::{ChartId, ThingId};
use crate::registry::{CoverageQuery, CoverageView, Failure, OutView, Request, Response, Scope};

/// What the panel's last deed came to: the name of a saved file, or why not.
pub(super) type Outcome = RwSignal<Option<Result<String, Failure>>>;

/// Coverage.
#[component]
pub(super) fn CoveragePanel() -> impl IntoView {
    let desk = use_desk();
    let query = RwSignal::new(CoverageQuery {
        from: None,
        until: None,
        chosen: Vec::new(),
    });
    let answer = desk.follow(
        move || Request::Coverage(query.get()),
        |response| match response {
            Response::Coverage(view) => Some(*view),
            _ => None,
        },
    );
    let outcome: Outcome = RwSignal::new(None);
    let planning = RwSignal::new(false);
    // A file of a coverage that was taken back is not to be given to anybody.
    let is_any = Memo::new(move |_| {
        let view = answer.value().get();
        view.is_some_and(|view| !view.out.is_empty() || !view.handed_back.is_empty())
    });
    let told = move || {
        match outcome.get() {
        None => ().into_any(),
        Some(Ok(_)) if !is_any.get() => ().into_any(),
        Some(Ok(name)) => view! { <Notice tone=Tone::Success title=format!("Saved as {name}")><p>"Give this file to them by a way that only your clinic can open."</p></Notice> }.into_any(),
        Some(Err(failure)) => view! { <FailureNotice failure/> }.into_any(),
    }
    };
    view! {
        <section aria-labelledby="coverage">
            <h2 id="coverage">"Coverage"</h2>
            <p class="hint no-print">
                "Before you are away: patients go to the copy of whoever stands in, with a sheet of what falls due. Until their file is merged back, both copies say so of each patient."
            </p>
            <div aria-live="polite">{told}</div>
            <Once answer what="coverage" children=move |view| view! {
                <div class="no-print"><Out view outcome/></div>
                {move || match planning.get() {
                    true => view! { <Plan view query outcome planning/> }.into_any(),
                    false => view! {
                        <div class="actions no-print">
                            <Button on_press=move |()| planning.set(true)>"Plan a coverage"</Button>
                        </div>
                    }
                    .into_any(),
                }}
            }/>
        </section>
    }
}

/// What is out, and what was handed back from here.
#[component]
fn Out(view: Signal<Arc<CoverageView>>, outcome: Outcome) -> impl IntoView {
    let saying = RwSignal::new(None::<ThingId>);
    let out = move || {
        let all = view.with(|view| view.out.clone());
        let lines = all.into_iter().map(|out| view! { <OutLine out outcome saying/> });
        lines.collect_view()
    };
    let back = move || {
        let all = view.with(|view| view.handed_back.clone());
        let line = |out: OutView| {
            let coverage = out.coverage;
            let words = format!("Handed back to {}: {}", out.of, patients(&out));
            view! {
                <li>
                    {words}" "
                    <SaveButton kind=ButtonKind::Quiet request=move |()| Request::Export(Scope::Return(coverage))>"Make the file again"</SaveButton>
                </li>
            }
        };
        all.into_iter().map(line).collect_view()
    };
    let any = move || view.with(|view| !view.out.is_empty() || !view.handed_back.is_empty());
    view! { <Show when=any><ul class="coverages">{out}{back}</ul></Show> }
}

fn patients(out: &OutView) -> String {
    format::count(out.patients.len() as u64, "patient", "patients")
}

/// One coverage that is not back.
#[component]
fn OutLine(out: OutView, outcome: Outcome, saying: RwSignal<Option<ThingId>>) -> impl IntoView {
    let desk = use_desk();
    let coverage = out.coverage;
    let charts: Vec<ChartId> = out.patients.iter().map(|(chart, _)| *chart).collect();
    let names = out.patients.iter().map(|(chart, name)| {
        view! { <li><a href=Route::Patient(*chart).href()>{name.clone()}</a></li> }
    });
    let names = names.collect_view();
    let late = out.late.then(|| view! { <strong>" The last day is past."</strong> });
    let busy = RwSignal::new(false);
    let protection = Protection::of_page();
    let kept = StoredValue::new(charts);
    let deeds = match out.mine {
        true => {
            let hand_back = move |()| {
                let change = TeamChange::HandBack { coverage };
                send(desk, protection, busy, outcome, kept.get_value(), change, Scope::Return(coverage));
            };
            view! {
                <Button kind=ButtonKind::Primary on_press=hand_back>{format!("Hand back to {}", out.of)}</Button>
            }
            .into_any()
        }
        false => view! {
            <SaveButton request=move |()| Request::Export(Scope::Coverage(coverage))>"Make the file again"</SaveButton>
            <Button kind=ButtonKind::Quiet on_press=move |()| saying.set(Some(coverage))>"It came back by other means"</Button>
        }
        .into_any(),
    };
    let asked = move || {
        (saying.get() == Some(coverage)).then(|| view! { <Otherwise coverage charts=kept.get_value() saying/> })
    };
    view! {
        <li>
            <p><b>{patients(&out)}</b>" "{out.words.clone()}"."{late}</p>
            <details><summary>"Who"</summary><ul>{names}</ul></details>
            <div class="actions">{deeds}</div>
            {asked}
        </li>
    }
}

/// How else it came back.
#[component]
fn Otherwise(coverage: ThingId, charts: Vec<ChartId>, saying: RwSignal<Option<ThingId>>) -> impl IntoView {
    let desk = use_desk();
    let reason = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let kept = StoredValue::new(charts);
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let mut reading = Reading::default();
        let typed = reading.text(
            &reason.get_untracked(),
            "came-back",
            "Say how it came back, or why nothing comes",
        );
        let reason = match reading.finish(typed) {
            Ok(reason) => reason,
            Err(wrong) => return errors.set(to_errors(wrong)),
        };
        busy.set(true);
        let intent = Intent::Team {
            charts: kept.get_value(),
            change: TeamChange::BackOtherwise { coverage, reason },
        };
        desk.submit(intent, "Coverage ended", move |result| {
            let _gone = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _gone = saying.try_set(None);
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    });
    view! {
        <Form errors on_submit=submit label="It came back by other means">
            <TextField
                id="came-back"
                label="How it came back"
                hint="What they wrote on their copy is not here unless you merge their file"
                value=reason
                width=Width::Full
            />
            <div class="actions">
                <Submit busy>"End the coverage"</Submit>
                <Button kind=ButtonKind::Quiet on_press=move |()| saying.set(None)>"Cancel"</Button>
            </div>
        </Form>
    }
}

/// Saves the change, then makes the file of the coverage. A file that can't be made then can be made again from the list.
fn send(
    desk: Desk,
    protection: Protection,
    busy: RwSignal<bool>,
    outcome: Outcome,
    charts: Vec<ChartId>,
    change: TeamChange,
    scope: Scope,
) {
    if busy.get_untracked() {
        return;
    }
    if let Err(failure) = protection.check() {
        return outcome.set(Some(Err(failure)));
    }
    busy.set(true);
    outcome.set(None);
    spawn_local(async move {
        let saved = desk
            .save(Intent::Team { charts, change }.into(), "Handed back".to_owned())
            .await;
        let made = match saved {
            Ok(_) => protection.save_file(desk, Request::Export(scope)).await,
            Err(failure) => Err(failure),
        };
        let _gone = busy.try_set(false);
        let _gone = outcome.try_set(Some(made));
    });
}
