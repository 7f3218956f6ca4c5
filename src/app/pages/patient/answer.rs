//! The clinician's answer to one recommendation, with one press.

use leptos::prelude::*;

use crate::app::components::{Button, ButtonKind};
use crate::app::state::use_desk;
use crate::app::words::ANSWER_WAYS;
use crate::care::intent::Intent;
use crate::journal::facts::{Answer, AnswerKind, AnswerWay};
use crate::journal::{ChartId, Fact, ThingId};
use crate::registry::Failure;

/// The answers that need no more words than they have: one that declines says why, in the form.
const AT_ONCE: [(AnswerKind, &str); 3] = [
    (AnswerKind::Accepted, "Accepted"),
    (AnswerKind::Done, "Done"),
    (AnswerKind::Later, "Later"),
];

/// Today's answer, one press each; how it came is chosen before.
#[component]
pub(super) fn AnswerAtOnce(
    /// Whose chart.
    chart: ChartId,
    /// Which recommendation.
    recommendation: ThingId,
) -> impl IntoView {
    let desk = use_desk();
    let how = RwSignal::new(AnswerWay::Spoken);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let record = move |answer: AnswerKind| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let fact = Fact::Answer(Answer {
            recommendation,
            day: desk.today().get_untracked(),
            answer,
            note: None,
            how: Some(how.get_untracked()),
            again: None,
        });
        let facts = vec![fact];
        desk.submit(Intent::Record { chart, facts }, "Answer recorded", move |result| {
            let _shown = busy.try_set(false);
            let _shown = failure.try_set(result.err());
        });
    };
    let way = move |(way, words): &(AnswerWay, &'static str)| {
        let way = *way;
        view! {
            <button type="button" class="button quiet" aria-pressed=move || (how.get() == way).to_string() on:click=move |_| how.set(way)>{*words}</button>
        }
    };
    let button = move |(answer, words): (AnswerKind, &'static str)| {
        view! {
            <Button kind=ButtonKind::Quiet on_press=move |()| record(answer)>{words}</Button>
        }
    };
    view! {
        <span class="no-print" role="group" aria-label="The PCP\u{2019}s answer today">
            {ANSWER_WAYS.iter().map(way).collect_view()}
            {AT_ONCE.into_iter().map(button).collect_view()}
        </span>
        {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
    }
}
