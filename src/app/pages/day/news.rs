//! Patients about whom others wrote something since whoever is here looked last, the newest first.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{Button, ButtonKind};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::registry::{Failure, NewsAsk, NewsRow, NewsView, Request, Response};

/// Rows that are shown at first.
const AT_FIRST: usize = 8;

/// The list; nothing where nobody has news.
#[component]
pub fn News() -> impl IntoView {
    let desk = use_desk();
    let again = RwSignal::new(0_u32);
    let answer = desk.follow(
        move || {
            again.track();
            Request::News(Box::new(NewsAsk::List))
        },
        |response| match response {
            Response::News(view) => match *view {
                NewsView::List(rows) => Some(rows),
                _ => None,
            },
            _ => None,
        },
    );
    let failure = RwSignal::new(None::<Failure>);
    let all = RwSignal::new(false);
    let rows = Memo::new(move |_| answer.value().get().map(|rows| rows.to_vec()).unwrap_or_default());
    let shown = move || {
        let most = if all.get() { usize::MAX } else { AT_FIRST };
        rows.with(|rows| rows.iter().take(most).cloned().collect::<Vec<_>>())
    };
    let more = move || rows.with(Vec::len).saturating_sub(AT_FIRST);
    let seen = Callback::new(move |row: NewsRow| {
        let (chart, through) = (row.chart, row.at);
        spawn_local(async move {
            let result = desk
                .ask(Request::News(Box::new(NewsAsk::Seen { chart, through })))
                .await;
            let _gone = failure.try_set(result.err());
            let _gone = again.try_update(|again| *again += 1);
        });
    });
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <section class="later news-list no-print" aria-labelledby="news">
                <h2 id="news">"New since you last looked: "{move || format::count(rows.with(Vec::len) as u64, "patient", "patients")}</h2>
                <ul>
                    <For each=shown key=|row| (row.chart, row.at, row.words.clone()) children=move |row| view! { <Row row seen/> }/>
                </ul>
                <Show when=move || { 0 < more() && !all.get() }>
                    <Button on_press=move |()| all.set(true)>{move || format!("Show {} more", more())}</Button>
                </Show>
                {move || failure.get().map(|failure| view! { <p class="error" role="alert">{failure.to_string()}</p> })}
            </section>
        </Show>
    }
}

#[component]
fn Row(row: NewsRow, seen: Callback<NewsRow>) -> impl IntoView {
    let says = format!("Mark as seen: {}", row.name);
    let kept = row.clone();
    view! {
        <li>
            <span class="at">{row.came}</span>
            <span><a href=Route::Patient(row.chart).href()>{row.name}</a>" "<span class="hint">{row.about}</span></span>
            <span class="news-words">{row.words}</span>
            <span class="hint news-newest">{row.newest}</span>
            <Button kind=ButtonKind::Quiet on_press=move |()| seen.run(kept.clone()) says>"Mark as seen"</Button>
        </li>
    }
}
