//! An episode that ended: why, what it came to then, what stays watched, and the letters.

use leptos::prelude::*;

use super::letters::Letters;
use super::{Place, loose};
use crate::app::components::{Button, ButtonKind, ButtonLink, DayText, FormErrors, TextField, Width};
use crate::app::format;
use crate::app::pages::common::{IntentForm, Reading, to_errors};
use crate::app::route::{Route, Section};
use crate::app::typed::capital;
use crate::care::intent::Intent;
use crate::exchange::letter::OutcomeLine;
use crate::journal::facts::CloseReason;
use crate::registry::EndedView;

/// How it ended.
#[component]
pub fn Ended(place: Place) -> impl IntoView {
    let ended = Memo::new(move |_| place.view.with(|view| view.ended.clone()));
    let watched = move || place.view.with(|view| view.watched.clone());
    let died = Memo::new(move |_| ended.with(|e| e.as_ref().is_some_and(|e| e.reason == CloseReason::Died)));
    let undoing = RwSignal::new(false);
    let chart = place.chart;
    let some_open = move || place.view.with(|view| !view.loose.is_empty());
    view! {
        {move || ended.get().map(|ended| view! {
            <section class="side-box" aria-labelledby="how-it-ended">
                <div class="side-head">
                    <h2 id="how-it-ended">"How it ended"</h2>
                    <span class="side-actions">
                        <Button kind=ButtonKind::Quiet on_press=move |()| undoing.set(true)>"Closed in error"</Button>
                    </span>
                </div>
                <Facts ended=ended.clone()/>
                <h3>"Outcome on that day, as it was kept"</h3>
                {outcomes(&ended.outcomes)}
                <Show when=move || undoing.get()>
                    <UndoForm place entry=ended.entry on_close=move |()| undoing.set(false)/>
                </Show>
            </section>
        })}
        <section class="side-box" aria-labelledby="after-closing">
            <h2 id="after-closing">"After closing"</h2>
            <Show when=move || !died.get() fallback=|| view! {
                <p>"Nothing is due any more, and no letter goes to the patient. A positive answer that is dated later is shown all the same."</p>
            }>
                <ul>
                    {move || watched().into_iter().map(|line| view! { <li>{line}"."</li> }).collect_view()}
                    <li>"A new positive safety answer opens a concern, and stands on Today, whatever the status."</li>
                    <li>"A new referral opens a new episode, with its own baseline."</li>
                </ul>
                <p class="actions"><ButtonLink href=Route::Section(chart, Section::Intake).href()>"Intake and episodes"</ButtonLink></p>
            </Show>
            <Show when=some_open>
                <h3>"Open, and handed over"</h3>
                <loose::Open place/>
            </Show>
            <super::tasks::OpenTasks place/>
        </section>
        <Letters place/>
    }
}

#[component]
fn Facts(ended: EndedView) -> impl IntoView {
    let line = |title: &'static str, words: Option<String>| {
        words.map(|words| view! { <dt>{title}</dt><dd class="prose-line">{words}</dd> })
    };
    view! {
        <dl class="facts">
            <dt>"Reason"</dt><dd>{capital(&ended.words)}</dd>
            <dt>"Last day"</dt><dd><DayText day=ended.last/>", closed by "{ended.by}</dd>
            {line("Note", ended.note)}
            {line("PCP\u{2019}s agreement", ended.agreed)}
            {line("What goes on", ended.goes_on)}
            {line("Who follows", ended.followed_by)}
            {line("Tasks", Some(ended.tasks.join("\n")).filter(|tasks| !tasks.is_empty()))}
        </dl>
    }
}

/// What scores came to, a row an instrument.
pub fn outcomes(lines: &[OutcomeLine]) -> AnyView {
    if lines.is_empty() {
        return view! { <p>"No instrument has a first and a later score in this episode: no outcome, and not 0 %."</p> }
            .into_any();
    }
    let or_none = |names: &[String]| {
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    };
    let row = |line: &OutcomeLine| {
        let score = |(total, day)| format!("{total} ({})", format::plain_day(day));
        view! {
            <tr>
                <th scope="row">{line.title.clone()}</th>
                <td data-label="First">{score(line.first)}</td>
                <td data-label="Last">{score(line.last)}</td>
                <td data-label="Met">{or_none(&line.holds)}</td>
                <td data-label="Not met">{or_none(&line.fails)}</td>
            </tr>
        }
    };
    view! {
        <div class="outcomes-scroll" role="region" aria-label="Outcome" tabindex="0">
            <table class="data outcome-rows">
                <thead>
                    <tr>
                        <th scope="col">"Measure"</th>
                        <th scope="col">"First"</th>
                        <th scope="col">"Last"</th>
                        <th scope="col">"Met"</th>
                        <th scope="col">"Not met"</th>
                    </tr>
                </thead>
                <tbody>{lines.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Marks the closing as entered in error: the status before it holds again.
#[component]
fn UndoForm(place: Place, entry: crate::journal::EntryId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let why = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let chart = place.chart;
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let reason = reading.text(&why.get_untracked(), "closed-in-error", "Say why the closing was wrong");
        match reading.finish(reason) {
            Ok(reason) => Some(Intent::Void {
                chart,
                entries: vec![entry],
                reason,
            }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    });
    view! {
        <IntentForm title="Closed in error" deed="Closing taken back" save="Take the closing back" errors intent on_close>
            <p>"The episode is open again, with the status that it had before. The record keeps both."</p>
            <TextField id="closed-in-error" label="Why the closing was wrong" value=why width=Width::Full/>
        </IntentForm>
    }
}
