//! What of a row of Today waits for the treating clinician: each recommendation with its answers, one press each.

use leptos::prelude::*;

use super::super::patient::answer::{AnswerAtOnce, AnswerLetter, Letter, letters};
use crate::app::browser;
use crate::app::components::FoldedText;
use crate::app::state::use_desk;
use crate::journal::{ChartId, ThingId};
use crate::registry::{NewsAsk, NewsView, Request, Response, WaitingAnswer};

/// The answers of a row.
#[component]
pub fn WaitingAnswers(
    /// Whose.
    chart: ChartId,
    /// The patient's name, for those who listen.
    name: String,
) -> impl IntoView {
    let answer = use_desk().follow(
        move || Request::News(Box::new(NewsAsk::Waiting(chart))),
        |response| match response {
            Response::News(view) => match *view {
                NewsView::Waiting(waiting) => Some(waiting),
                _ => None,
            },
            _ => None,
        },
    );
    let waiting = move || {
        let waiting = answer.value().get();
        waiting.map(|waiting| waiting.to_vec()).unwrap_or_default()
    };
    let row = NodeRef::<leptos::html::Div>::new();
    // The row goes with its answer: the focus goes on to who stands there then.
    let on_saved = Callback::new(move |()| {
        let place = row.try_get_untracked().flatten().and_then(|row| {
            let row = row.closest("li[data-row]").ok().flatten()?;
            row.get_attribute("data-row")
        });
        let Some(place) = place else { return };
        let next = format!("worklist-{place}");
        request_animation_frame(move || {
            request_animation_frame(move || {
                if !browser::is_there(":focus:not(body)") {
                    browser::focus(&next);
                }
            });
        });
    });
    let whole_name = name.clone();
    let whole = move || {
        let found = letters(
            waiting()
                .into_iter()
                .map(|waiting| (waiting.recommendation, waiting.letter)),
        );
        let one = |(letter, recommendations): (Letter, Vec<ThingId>)| {
            view! { <AnswerLetter chart letter recommendations name=whole_name.clone() on_saved/> }
        };
        found.into_iter().map(one).collect_view()
    };
    let line = move |waiting: WaitingAnswer| {
        view! {
            <div class="row-advice">
                <p><span class="hint">"Asked: "</span><FoldedText text=waiting.text says="Recommendation"/></p>
                <AnswerAtOnce chart recommendations=vec![waiting.recommendation] name=name.clone() on_saved/>
            </div>
        }
    };
    view! {
        <div class="row-answers" node_ref=row>
            {whole}
            <For
                each=waiting
                key=|waiting| (waiting.recommendation, waiting.state.clone())
                children=line
            />
        </div>
    }
}
