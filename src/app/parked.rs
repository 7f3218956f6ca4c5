//! Contact forms that are parked: a call comes in while one is open, and it waits in the header with its timer paused until
//! somebody goes back to it. What was typed is a sealed draft; here are chart ids only, as for timers.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::ev;
use leptos::prelude::*;

use super::drafts::DraftKeeper;
use super::effects::effect;
use super::route::Route;
use super::router::{Router, use_router};
use super::state::{Desk, use_desk};
use super::timer::{Stopwatch, use_timers};
use crate::journal::ChartId;

const KEY: &str = "caseload.parked";

/// The forms that are parked.
#[derive(Clone, Copy)]
pub struct Parked {
    charts: RwSignal<Vec<ChartId>>,
    desk: Desk,
    router: Router,
    timers: Stopwatch,
}

impl Parked {
    /// Those that were left; makes itself the context's. The form of a patient that is opened is not parked any more, and
    /// its timer goes on.
    pub fn provide() {
        let parked = Self {
            charts: RwSignal::new(stored()),
            desk: use_desk(),
            router: use_router(),
            timers: use_timers(),
        };
        let follow = window_event_listener(ev::storage, move |event| {
            if event.key().as_deref() == Some(KEY) {
                parked.charts.set(stored());
            }
        });
        on_cleanup(move || follow.remove());
        provide_context(parked);
        effect(move |_| {
            let Some(Route::Contact(chart)) = parked.router.get() else {
                return;
            };
            if parked.has(chart) {
                parked.change(|charts| charts.retain(|other| *other != chart));
                if untrack(|| parked.timers.of(chart)).is_some() {
                    parked.timers.start(chart);
                }
            }
        });
    }

    /// All, in the order in which they were parked. Follows them.
    pub fn all(&self) -> Vec<ChartId> {
        self.charts.get()
    }

    /// Whether a patient's form is parked.
    pub fn has(&self, chart: ChartId) -> bool {
        self.charts.try_with_untracked(|charts| charts.contains(&chart)) == Some(true)
    }

    /// Parks a patient's form: its timer pauses.
    pub fn park(&self, chart: ChartId) {
        self.change(|charts| {
            charts.retain(|other| *other != chart);
            charts.push(chart);
        });
        if untrack(|| self.timers.running()).is_some_and(|timer| timer.chart == chart) {
            self.timers.pause();
        }
    }

    /// Parks the form that is open, should it hold something or its timer run: another patient is on the telephone.
    pub fn park_open(&self, caller: ChartId) {
        let Some(Route::Contact(chart)) = self.router.get_untracked() else {
            return;
        };
        let holds = self
            .desk
            .drafts
            .with_value(|drafts| drafts.iter().any(DraftKeeper::holds_something));
        if chart != caller && (holds || untrack(|| self.timers.of(chart)).is_some()) {
            self.park(chart);
        }
    }

    /// Goes back to one, by its place.
    pub fn go_back(&self, place: usize) {
        if let Some(chart) = self.charts.with_untracked(|charts| charts.get(place).copied()) {
            self.router.go(Route::Contact(chart));
        }
    }

    /// Changes what is stored now, which another tab may have changed, and then what is shown.
    fn change(&self, change: impl FnOnce(&mut Vec<ChartId>)) {
        let mut charts = stored();
        change(&mut charts);
        let _kept = LocalStorage::set(KEY, &charts);
        self.charts.set(charts);
    }
}

fn stored() -> Vec<ChartId> {
    LocalStorage::get(KEY).unwrap_or_default()
}
