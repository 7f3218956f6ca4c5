//! The letter to whoever referred, where it is due: made with one press, copied and kept as sent with the next, or left out
//! with a reason.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::common::{Reading, to_errors};
use super::super::edited::{Beside, Edited};
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, Form, FormErrors, IconName, Notice, Select, Submit, TextArea, Tone};
use crate::app::route::{Route, Section, from_word, word};
use crate::app::state::use_desk;
use crate::app::words::CHANNELS;
use crate::care::intent::Intent;
use crate::journal::facts::{Channel, Communication, Feedback, FeedbackLeftOut, Referral};
use crate::journal::{ChartId, Fact, When};
use crate::registry::{FeedbackDue, NewsAsk, NewsView, Request, Response};

/// Why a letter is left out, as it is offered.
const WHY: [&str; 3] = [
    "Told another way",
    "They don\u{2019}t want it",
    "The patient doesn\u{2019}t agree",
];

/// What is open of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Letter,
    LeftOut,
}

/// Both ways to settle it, each behind its button.
#[component]
pub fn FeedbackWaits(
    /// Whose.
    chart: ChartId,
    /// The patient's name, for those who listen.
    name: String,
) -> impl IntoView {
    let shown = RwSignal::new(Shown::Nothing);
    let toggle = move |what: Shown| shown.update(|shown| *shown = if *shown == what { Shown::Nothing } else { what });
    let make = format!("Make the letter to whoever referred: {name}");
    let leave = format!("Leave out the letter to whoever referred: {name}");
    view! {
        <div class="row-answers row-feedback no-print">
            <p class="actions">
                <Button icon=IconName::Note says=make on_press=move |()| toggle(Shown::Letter)>"Make the letter"</Button>
                <Button kind=ButtonKind::Quiet says=leave on_press=move |()| toggle(Shown::LeftOut)>"Leave it out\u{2026}"</Button>
            </p>
            {move || (shown.get() != Shown::Nothing).then(|| view! { <Due chart shown/> })}
        </div>
    }
}

/// What is asked of the core once somebody wants it.
#[component]
fn Due(chart: ChartId, shown: RwSignal<Shown>) -> impl IntoView {
    let answer = use_desk().follow(
        move || Request::News(Box::new(NewsAsk::Feedback(chart))),
        |response| match response {
            Response::News(view) => match *view {
                NewsView::Feedback(due) => Some(due),
                _ => None,
            },
            _ => None,
        },
    );
    let due = Memo::new(move |_| {
        answer
            .value()
            .get()
            .and_then(|due| due.as_deref().cloned().map(Arc::new))
    });
    let is_there = Memo::new(move |_| due.with(Option::is_some));
    let parts = move || {
        is_there.get().then(|| {
            let due = Signal::derive(move || due.get());
            match shown.get() {
                Shown::Nothing => ().into_any(),
                Shown::LeftOut => view! { <LeaveOut chart due/> }.into_any(),
                Shown::Letter => view! { <Letter chart due/> }.into_any(),
            }
        })
    };
    view! {
        {parts}
        {move || answer.failure().get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
    }
}

/// To whom, on what ground, and the text; or why nothing may be told.
#[component]
fn Letter(chart: ChartId, due: Signal<Option<Arc<FeedbackDue>>>) -> impl IntoView {
    let Some(first) = due.get_untracked() else {
        return ().into_any();
    };
    if let Some(why) = &first.not {
        let href = Route::Section(chart, Section::Intake).href();
        return view! {
            <Notice tone=Tone::Warning title=format!("Nothing may be told to {}: {why}", first.to)>
                <p>
                    "Ask the patient for a release that names them and record it under "<a href=href>"Intake"</a>
                    ", or put them on the care team there if they treat the patient. If the patient doesn\u{2019}t agree, leave the letter out."
                </p>
            </Notice>
        }
        .into_any();
    }
    let desk = use_desk();
    let field = format!("feedback-{chart}");
    let key = format!("feedback/{chart}/{}", word(first.after));
    let text = RwSignal::new(String::new());
    let channel = RwSignal::new(word(Channel::Letter));
    let edited = Edited::follow(desk, key, text, Beside::default(), move || {
        due.get().map(|due| due.message.text.clone())
    });
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let told = RwSignal::new(None::<&'static str>);
    let read = {
        let field = field.clone();
        move || {
            errors.clear();
            let mut reading = Reading::default();
            let words = reading.text(&text.get_untracked(), &field, "Write the letter");
            match (reading.finish(words), due.get_untracked()) {
                (Ok(words), Some(due)) => Some(Communication {
                    at: When::At(desk.instant()),
                    by: from_word(&channel.get_untracked()).unwrap_or(Channel::Letter),
                    text: words,
                    ..due.message.clone()
                }),
                (Err(wrong), _) => {
                    errors.set(to_errors(wrong));
                    None
                }
                (Ok(_), None) => None,
            }
        }
    };
    let keep = move |message: Communication| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let kept = edited.on_sent();
        let words = message.text.clone();
        let facts = vec![Fact::Communication(message)];
        desk.submit(Intent::Record { chart, facts }, "Letter kept as sent", move |result| {
            let _shown = busy.try_set(false);
            match result {
                Ok(_) => kept(words.clone()),
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let copy = {
        let (read, field) = (read.clone(), field.clone());
        move |()| {
            let Some(message) = read() else { return };
            let field = field.clone();
            spawn_local(async move {
                // What was not copied was not sent.
                if browser::copy_text(&message.text).await {
                    keep(message);
                } else {
                    browser::select_all(&field);
                    told.try_set(Some(
                        "The browser refused to copy. The text is selected: press Ctrl+C, then \u{201c}Keep as sent\u{201d}.",
                    ));
                }
            });
        }
    };
    let save = Callback::new(move |()| {
        if let Some(message) = read() {
            keep(message);
        }
    });
    let channels: Vec<(String, String)> = CHANNELS
        .iter()
        .map(|(by, words)| (word(*by), (*words).to_owned()))
        .collect();
    let label = format!("Letter to {}; edit it before it goes out", first.to);
    let contact = match first.contact.is_empty() {
        true => "No number or address on record.".to_owned(),
        false => first.contact.join(" \u{b7} "),
    };
    view! {
        <Form errors on_submit=save label="Letter to whoever referred">
            <p class="hint">{first.to.clone()}": "{contact}". "{first.ground.clone()}"."</p>
            <TextArea id=field label=label value=text rows=14/>
            <p class="hint edited" role="status">{move || edited.words()}</p>
            <div class="fields">
                <Select id=format!("feedback-by-{chart}") label="Sent by" options=Signal::stored(channels) value=channel/>
            </div>
            <div class="actions">
                <Button icon=IconName::Note on_press=copy>"Copy and keep as sent"</Button>
                <Submit busy>"Keep as sent"</Submit>
            </div>
            <p class="ehr-told" role="status">{move || told.get()}</p>
        </Form>
    }
    .into_any()
}

/// Why none is written: one press.
#[component]
fn LeaveOut(chart: ChartId, due: Signal<Option<Arc<FeedbackDue>>>) -> impl IntoView {
    let desk = use_desk();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let leave = move |why: &'static str| {
        let Some(due) = due.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let mut feedback: Feedback = due.referral.feedback.clone().unwrap_or_default();
        feedback.left_out.push(FeedbackLeftOut {
            after: due.after,
            on: desk.today().get_untracked(),
            why: why.to_owned(),
        });
        let facts = vec![Fact::Referral(Referral {
            feedback: Some(feedback),
            ..due.referral.clone()
        })];
        desk.submit(Intent::Record { chart, facts }, "Letter left out", move |result| {
            let _shown = busy.try_set(false);
            let _shown = failure.try_set(result.err().map(|failure| failure.to_string()));
        });
    };
    let buttons = WHY.map(|why| view! { <Button kind=ButtonKind::Quiet on_press=move |()| leave(why)>{why}</Button> });
    view! {
        <p class="actions" role="group" aria-label="Why no letter is written">{buttons.into_iter().collect_view()}</p>
        {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure}</p> })}
    }
}
