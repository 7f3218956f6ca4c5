//! What of a row of Today waits for the treating clinician: each recommendation with its answers, one press each.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::FutureExt as _;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::patient::answer::{AnswerAtOnce, AnswerLetter, Letter, letters};
use crate::app::browser;
use crate::app::components::FoldedText;
use crate::app::effects::effect;
use crate::app::state::{Desk, use_desk};
use crate::journal::{ChartId, ThingId};
use crate::registry::{NewsAsk, NewsView, Request, Response, WaitingAnswer};

/// What rows ask for together, and the records that they ask about.
type Together = (Rc<RefCell<Vec<ChartId>>>, Shared<LocalBoxFuture<'static, AllWaiting>>);

/// What waits about each record; `None` where the core didn't answer.
type AllWaiting = Option<Rc<Vec<(ChartId, Vec<WaitingAnswer>)>>>;

thread_local! {
    /// The request that has not gone out yet: rows that are drawn, or that ask again after a save, go with it.
    static NEXT: RefCell<Option<Together>> = const { RefCell::new(None) };
}

/// What waits about one record. All rows that ask within one turn of the window ask the core once.
fn waiting_of(desk: Desk, chart: ChartId) -> Shared<LocalBoxFuture<'static, AllWaiting>> {
    NEXT.with_borrow_mut(|next| {
        let (charts, future) = next.get_or_insert_with(|| {
            let charts = Rc::new(RefCell::new(Vec::new()));
            let asked = Rc::clone(&charts);
            let future = async move {
                browser::next_turn().await;
                NEXT.with_borrow_mut(Option::take);
                let charts = asked.take();
                match desk.ask(Request::News(Box::new(NewsAsk::Waiting(charts)))).await {
                    Ok(Response::News(view)) => match *view {
                        NewsView::Waiting(waiting) => Some(Rc::new(waiting)),
                        _ => None,
                    },
                    _ => None,
                }
            };
            (charts, future.boxed_local().shared())
        });
        charts.borrow_mut().push(chart);
        future.clone()
    })
}

/// The same now and after every save. A later answer is never replaced by an earlier one; where none comes, what stood
/// there stays.
fn follow_waiting(desk: Desk, chart: ChartId) -> RwSignal<Vec<WaitingAnswer>> {
    let shown = RwSignal::new(Vec::new());
    let turn = StoredValue::new(0_u64);
    effect(move |_| {
        desk.version().track();
        let own = turn.get_value() + 1;
        turn.set_value(own);
        let asked = waiting_of(desk, chart);
        spawn_local(async move {
            let Some(all) = asked.await else { return };
            if turn.try_get_value() != Some(own) {
                return;
            }
            let found = all.iter().find(|(of, _)| *of == chart);
            let _gone = shown.try_set(found.map(|(_, waiting)| waiting.clone()).unwrap_or_default());
        });
    });
    shown
}

/// The answers of a row.
#[component]
pub fn WaitingAnswers(
    /// Whose.
    chart: ChartId,
    /// The patient's name, for those who listen.
    name: String,
) -> impl IntoView {
    let waiting = follow_waiting(use_desk(), chart);
    let waiting = move || waiting.get();
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
