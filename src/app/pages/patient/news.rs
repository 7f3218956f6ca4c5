//! What others wrote about this patient since whoever is here looked last: said under the header, marked in the timeline, and
//! seen when it is marked as seen or its last row was scrolled into view.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind};
use crate::app::effects::effect;
use crate::app::state::{Desk, use_desk};
use crate::journal::{ChartId, EntryId};
use crate::registry::{ChartNews, NewsAsk, NewsLine, NewsView, Request, Response};

/// Rows that are in view at once count as read after so long.
const READING: Duration = Duration::from_secs(4);
/// The new rows of the timeline.
const ROWS: &str = ".timeline .event.new";

/// The news of the patient whose page it is.
#[derive(Clone, Copy)]
pub struct News {
    desk: Desk,
    chart: ChartId,
    /// What was new when the page was opened, and what came since: it stays marked until the page is left.
    shown: RwSignal<Arc<ChartNews>>,
    marked: Memo<BTreeSet<EntryId>>,
    /// How far it was seen, in milliseconds since 1970.
    through: RwSignal<u64>,
}

/// The news of this page.
pub fn use_news() -> News {
    expect_context()
}

impl News {
    /// Follows the news of a patient, and makes it the context's.
    pub fn provide(chart: ChartId) {
        let desk = use_desk();
        let answer = desk.follow(
            move || Request::News(Box::new(NewsAsk::Of(chart))),
            |response| match response {
                Response::News(view) => match *view {
                    NewsView::Of(news) => Some(news),
                    _ => None,
                },
                _ => None,
            },
        );
        let shown = RwSignal::new(Arc::new(ChartNews::default()));
        effect(move |_| {
            // After it was seen there is none: the marks stay.
            if let Some(news) = answer.value().get().filter(|news| 0 < news.count) {
                shown.set(news);
            }
        });
        let marked = Memo::new(move |_| shown.with(|news| news.entries.iter().copied().collect()));
        provide_context(Self {
            desk,
            chart,
            shown,
            marked,
            through: RwSignal::new(0),
        });
    }

    /// Whether one of these entries is new. Follows it.
    pub fn marks(&self, entries: &[EntryId]) -> bool {
        self.marked
            .with(|marked| entries.iter().any(|entry| marked.contains(entry)))
    }

    /// Whether there is something that was not seen. Follows it.
    fn is_open(&self) -> bool {
        let through = self.through.get();
        self.shown.with(|news| 0 < news.count && through < news.through)
    }

    fn seen(self) {
        let (chart, through) = (self.chart, self.shown.with_untracked(|news| news.through));
        self.through.set(through);
        spawn_local(async move {
            let result = self
                .desk
                .ask(Request::News(Box::new(NewsAsk::Seen { chart, through })))
                .await;
            if result.is_err() {
                // It was not kept, and is told again.
                let _gone = self.through.try_set(0);
            }
        });
    }
}

/// How much is new, since when, by whom; what it is; that it was seen.
#[component]
pub fn NewsBar(
    /// Whose page.
    chart: ChartId,
) -> impl IntoView {
    let news = use_news();
    let id = format!("news-{chart}");
    let line = |line: NewsLine| {
        view! { <li><span class="at">{line.came}</span>" "<span>{line.line}</span>" "<span class="hint">{line.by}</span></li> }
    };
    move || {
        let shown = news.shown.get();
        let id = id.clone();
        (0 < shown.count).then(|| {
            let lines = shown.lines.clone().into_iter().map(line).collect_view();
            view! {
                <section class="news-bar no-print" aria-labelledby=id.clone()>
                    <p id=id.clone()><span class="mark news">"new"</span>" "{shown.words.clone()}</p>
                    {move || match news.is_open() {
                        true => view! { <Button kind=ButtonKind::Quiet on_press=move |()| news.seen()>"Mark as seen"</Button> }.into_any(),
                        false => view! { <span class="hint" role="status">"Seen"</span> }.into_any(),
                    }}
                    <details>
                        <summary>"What is new"</summary>
                        <ul class="plain">{lines}</ul>
                    </details>
                </section>
            }
        })
    }
}

/// Marks the news as seen when the last new row of the timeline has been in view: at once while somebody scrolls, after a
/// while where it needs no scrolling. `rows` says how many rows have news; `None` while a filter hides some.
pub fn follow_to_the_end(rows: impl Fn() -> Option<usize> + Copy + Send + Sync + 'static) {
    let news = use_news();
    let look = move || {
        let drawn = browser::all_of(ROWS);
        let is_whole = rows().is_some_and(|rows| rows == drawn.len());
        let Some(last) = drawn.last().filter(|_| is_whole && untrack(|| news.is_open())) else {
            return;
        };
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        let bottom = last.get_bounding_client_rect().bottom();
        if height.is_some_and(|height| 0.0 <= bottom && bottom <= height) {
            news.seen();
        }
    };
    let scrolled = window_event_listener(ev::scroll, move |_| look());
    on_cleanup(move || scrolled.remove());
    let read = move || {
        if !document().hidden() {
            look();
        }
    };
    let tick = set_interval_with_handle(read, READING);
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
}
