//! One typed line that becomes a time entry: what it was read as stands below it before it is saved.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::batch::{chosen_whom, programs, whom};
use crate::app::components::{FieldError, Form, FormErrors, Icon, IconName, Select, Submit, TextField};
use crate::app::effects::effect;
use crate::app::route::from_word;
use crate::app::state::use_desk;
use crate::care::intent::Intent;
use crate::journal::{Day, Fact};
use crate::registry::{LineAsk, LineView, Request, Response, TimeAsk, TimeView};

/// The line's field.
pub(super) const LINE: &str = "time-line";

/// What was asked, and what it was read as.
type Read = (LineAsk, Result<LineView, Vec<String>>);

/// The line. Enter saves what it was read as.
#[component]
pub(super) fn QuickLine(
    /// The day that is meant where the line names none.
    day: Signal<Day>,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let typed = RwSignal::new(String::new());
    let (with, program) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = move || LineAsk {
        text: typed.get(),
        day: day.get(),
        with: chosen_whom(&with.get()),
        bucket: from_word(&program.get()),
    };
    let read = RwSignal::new(None::<Read>);
    // Enter pressed before the answer came: it is saved, or refused, then.
    let hasty = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let save = move |(ask, read): Read| {
        let view = match read {
            Ok(view) => view,
            Err(wrong) => {
                let error = |text: String| FieldError {
                    field: LINE.to_owned(),
                    text,
                };
                return errors.set(wrong.into_iter().map(error).collect());
            }
        };
        busy.set(true);
        let intent = Intent::Record {
            chart: view.chart,
            facts: vec![Fact::Time(view.time)],
        };
        desk.submit(intent, "Time recorded", move |result| {
            let _gone = busy.try_set(false);
            match result {
                Ok(_) => {
                    // What was typed since is another line.
                    if typed.try_get_untracked().is_some_and(|now| now == ask.text) {
                        typed.set(String::new());
                        with.set(String::new());
                        program.set(String::new());
                    }
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    effect(move |_| {
        let ask = asked();
        hasty.set(false);
        errors.clear();
        if ask.text.trim().is_empty() {
            return read.set(None);
        }
        spawn_local(async move {
            let request = Request::Time(Box::new(TimeAsk::Line(ask.clone())));
            let answer = match desk.ask(request).await {
                Ok(Response::Time(view)) => match *view {
                    TimeView::Line(read) => read,
                    _ => return,
                },
                Ok(_) => return,
                Err(failure) => Err(vec![failure.to_string()]),
            };
            // Something else may have been typed or chosen meanwhile, and the form may be gone.
            if typed.is_disposed() || untrack(asked) != ask {
                return;
            }
            let now = (ask, answer);
            read.set(Some(now.clone()));
            if hasty.get_untracked() {
                hasty.set(false);
                save(now);
            }
        });
    });
    let send = move |()| {
        if busy.get_untracked() || typed.with_untracked(|typed| typed.trim().is_empty()) {
            return;
        }
        let ask = untrack(asked);
        match read.get_untracked().filter(|(of, _)| *of == ask) {
            Some(now) => save(now),
            None => hasty.set(true),
        }
    };
    let shown = move || {
        let (_, answer) = read.get()?;
        Some(match answer {
            Ok(view) => {
                let warns = view.warns.map(|words| view! { <span class="hint">{words}"."</span> });
                view! {
                    <p class="time-read"><strong>{view.name}</strong>": "{view.words}". Enter saves it."</p>
                    {warns}
                }
                .into_any()
            }
            Err(wrong) => {
                let lines = wrong.into_iter().map(|one| view! { <li>{one}"."</li> }).collect_view();
                view! { <p class="time-read"><Icon name=IconName::Waiting/>"Not saved yet:"</p><ul class="time-wrong">{lines}</ul> }.into_any()
            }
        })
    };
    view! {
        <Form errors on_submit=send label="A line of time">
            <TextField id=LINE label="Time in one line" value=typed
                hint="For example: 9 minutes, call attempt, Okonkwo. Also: yesterday, 10:05-10:27, by video, with her daughter Maria, for general BHI, note: asked for Tuesday"/>
            <div class="fields">
                <Select id="time-line-with" label="With" options=whom("Not said") value=with/>
                <Select id="time-line-program" label="Counts for" options=programs() value=program/>
            </div>
            <div class="time-shown" role="status">{shown}</div>
            <div class="actions"><Submit busy>"Save line"</Submit></div>
        </Form>
    }
}
