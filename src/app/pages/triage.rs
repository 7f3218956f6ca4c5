//! Imported concerns: each asks a named decision before the first Today.

use leptos::prelude::*;

use crate::app::components::{ButtonKind, ButtonLink, EmptyState, FailureNotice, Loading, Notice};
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::registry::{Request, Response};

mod decision;
mod typed;

use typed::Typed;

/// The imported concerns that wait for a decision.
#[component]
pub fn TriagePage() -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        || Request::Triage,
        |response| match response {
            Response::Triage(view) => Some(view),
            _ => None,
        },
    );
    let rows = Memo::new(move |_| answer.value().get().map(|view| view.rows.clone()));
    let left = move || rows.with(|rows| rows.as_ref().map_or(0, Vec::len));
    let decided = Memo::new(move |_| {
        let decided = answer.value().get().map_or(0, |view| view.decided);
        usize::try_from(decided).unwrap_or(usize::MAX)
    });
    let typed = Typed::provide(desk);
    crate::app::effects::effect(move |_| {
        if rows.with(Option::is_some) {
            desk.untriaged().set(u32::try_from(left()).unwrap_or(u32::MAX));
        }
    });
    // The forms wait for what was typed into them before, so that none of it is overwritten.
    let forms = move || {
        if typed.is_here() {
            rows.get().unwrap_or_default()
        } else {
            Vec::new()
        }
    };
    let body = move || match (rows.with(Option::is_some), left()) {
        (false, _) if answer.failure().with(Option::is_some) => ().into_any(),
        (false, _) => view! { <Loading words="Reading the imported concerns\u{2026}"/> }.into_any(),
        (true, 0) => view! { <AllDecided decided/> }.into_any(),
        (true, _) => view! { <Intro/> }.into_any(),
    };
    view! {
        <div class="page triage-page">
            <h1 id="triage-top" tabindex="-1">"Imported concerns"</h1>
            {move || answer.failure().get().map(|failure| view! { <FailureNotice failure/> })}
            {body}
            <Progress decided left=Signal::derive(left)/>
            <ol class="triage">
                <For
                    each=forms
                    key=|row| (row.chart, row.concern)
                    children=move |row| view! { <decision::Decision row/> }
                />
            </ol>
        </div>
    }
}

/// Why this page stands before Today.
#[component]
fn Intro() -> impl IntoView {
    view! {
        <Notice title="Today waits for this list">
            <p>
                "The sheet says that these patients may be at risk, and nobody has looked at that here yet: no list of \
                 whom to call can be right before somebody has. You can leave to call a patient and come back; nothing \
                 is lost. Nobody else is alerted."
            </p>
        </Notice>
    }
}

/// How far it has come.
#[component]
fn Progress(decided: Memo<usize>, left: Signal<usize>) -> impl IntoView {
    let all = move || decided.get() + left.get();
    view! {
        <div class="triage-progress" hidden=move || all() == 0>
            <p role="status">{move || format!("{} of {} decided", decided.get(), all())}</p>
            <progress
                max=move || all().max(1).to_string()
                value=move || decided.get().to_string()
                aria-label="Imported concerns decided"
            ></progress>
        </div>
    }
}

/// Nothing is left to decide.
#[component]
fn AllDecided(decided: Memo<usize>) -> impl IntoView {
    let title = match decided.get_untracked() {
        0 => "No imported concern waits for a decision.",
        _ => "Every imported concern has a decision.",
    };
    view! {
        <EmptyState title>
            <p>
                "Concerns that you act on today stay open, at the top of Today, until a named person closes them. Each \
                 decision is in the patient\u{2019}s record, with your name."
            </p>
            <ButtonLink kind=ButtonKind::Primary href=Route::Today.href()>"Go to Today"</ButtonLink>
        </EmptyState>
    }
}
