//! The case review: its agenda, one patient's screen to share in a call, and what came of the meeting.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::common::Once;
use crate::app::components::{Choice, Loading};
use crate::app::route::Route;
use crate::app::router::use_router;
use crate::app::state::{Desk, use_desk};
use crate::care::Lineup;
use crate::journal::ChartId;
use crate::registry::{AgendaRow, MeetingQuery, MeetingView, Request, Response};

mod advice;
mod after;
mod agenda;
mod brief;
mod screen;

/// The key under which the order of the day is kept, sealed: ids and numbers, no names.
const DRAFT: &str = "review/meeting";

/// Whose patients are discussed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Everybody,
    Mine,
}

/// A meeting on this page: what the core says of it, and what a person made of the order.
#[derive(Clone, Copy)]
struct Meeting {
    view: Signal<Arc<MeetingView>>,
    lineup: RwSignal<Lineup>,
    /// Who is discussed, in order.
    order: Memo<Vec<ChartId>>,
    /// Whether it is a consultant's, with what a clinic handed over.
    is_packet: bool,
}

impl Meeting {
    fn new(view: Signal<Arc<MeetingView>>, lineup: RwSignal<Lineup>) -> Self {
        let order = Memo::new(move |_| {
            let agenda = view.with(|view| charts(view));
            lineup.with(|lineup| lineup.of(&agenda))
        });
        let is_packet = use_desk().is_packet();
        Self {
            view,
            lineup,
            order,
            is_packet,
        }
    }
    /// A patient's row.
    fn row(self, chart: ChartId) -> Option<AgendaRow> {
        self.view
            .with(|view| view.rows.iter().find(|row| row.chart == chart).cloned())
    }
    /// Changes the order.
    fn change(self, change: impl FnOnce(&mut Lineup, &[ChartId])) {
        let agenda = self.view.with_untracked(|view| charts(view));
        self.lineup.update(|lineup| change(lineup, &agenda));
    }
}

fn charts(view: &MeetingView) -> Vec<ChartId> {
    view.rows.iter().map(|row| row.chart).collect()
}

/// The case review: `#/review`, `#/review/<chart>`.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let desk = use_desk();
    let lineup = RwSignal::new(Lineup::new(desk.today().get_untracked()));
    let ready = RwSignal::new(false);
    keep(desk, lineup, ready);
    move || match ready.get() {
        true => view! { <Asked lineup/> }.into_any(),
        false => view! { <Loading words="Reading the agenda\u{2026}"/> }.into_any(),
    }
}

/// Puts back the order of the day, and keeps it from then on.
fn keep(desk: Desk, lineup: RwSignal<Lineup>, ready: RwSignal<bool>) {
    let owner = Owner::current();
    spawn_local(async move {
        let json = desk.draft(DRAFT).await;
        let kept = json.and_then(|json| serde_json::from_str::<Lineup>(&json).ok());
        let today = desk.today().get_untracked();
        if let Some(kept) = kept {
            let _gone = lineup.try_set(kept.on(today));
        }
        // The page may have been left meanwhile.
        if ready.try_set(true).is_none()
            && let Some(owner) = owner
        {
            owner.with(|| desk.keep_draft(DRAFT, move || serde_json::to_string(&lineup.get()).ok()));
        }
    });
}

#[component]
fn Asked(lineup: RwSignal<Lineup>) -> impl IntoView {
    let (desk, router) = (use_desk(), use_router());
    let whose = RwSignal::new(Some(Whose::Everybody));
    let added = Memo::new(move |_| lineup.with(|lineup| lineup.added().to_vec()));
    let answer = desk.follow(
        move || {
            Request::Meeting(MeetingQuery {
                care_manager: (whose.get() == Some(Whose::Mine)).then(|| desk.me()),
                added: added.get(),
            })
        },
        |response| match response {
            Response::Meeting(view) => Some(*view),
            _ => None,
        },
    );
    let shared = Memo::new(move |_| match router.get() {
        Some(Route::Review(chart)) => chart,
        _ => None,
    });
    let body = move |view: Signal<Arc<MeetingView>>| {
        let meeting = Meeting::new(view, lineup);
        move || match shared.get() {
            Some(chart) => view! { <screen::Screen chart meeting/> }.into_any(),
            None => view! {
                <header class="page-head">
                    <h1>"Case review"</h1>
                    <Choice
                        id="review-whose"
                        legend="Patients"
                        options=vec![(Whose::Everybody, "All".to_owned()), (Whose::Mine, "Mine".to_owned())]
                        value=whose
                    />
                </header>
                <agenda::Agenda meeting/>
                <after::After meeting/>
            }
            .into_any(),
        }
    };
    view! { <Once answer what="the agenda" children=body/> }
}
