//! The timers of this browser: kept in local storage, the same in every tab.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::ev;
use leptos::prelude::*;

use super::browser::now_millis;
use super::state::use_desk;
use super::stopwatch::{Timed, Timer, Timers};
use crate::journal::{ChartId, Seconds};

const KEY: &str = "caseload.timers";

/// The timers of this browser. One runs at most; several may be paused.
#[derive(Clone, Copy)]
pub struct Stopwatch {
    timers: RwSignal<Timers>,
    now: Signal<u64>,
}

impl Stopwatch {
    /// Reads the timers that were left, and makes itself the context's.
    pub fn provide() -> Self {
        let stopwatch = Self {
            timers: RwSignal::new(stored()),
            now: use_desk().now(),
        };
        let follow = window_event_listener(ev::storage, move |event| {
            if event.key().as_deref() == Some(KEY) {
                stopwatch.timers.set(stored());
            }
        });
        on_cleanup(move || follow.remove());
        provide_context(stopwatch);
        stopwatch
    }
    /// Starts a patient's timer or lets it go on; the one that ran is paused.
    pub fn start(&self, chart: ChartId) {
        self.change(|timers| timers.start(chart, now_millis()));
    }
    /// Pauses the timer that runs.
    pub fn pause(&self) {
        self.change(|timers| timers.pause(now_millis()));
    }
    /// Takes a patient's timer away, once its minutes are saved or thrown away.
    pub fn stop(&self, chart: ChartId) -> Option<Timed> {
        self.change(|timers| timers.stop(chart, now_millis()))
    }
    /// Takes from a patient's timer what was saved of it before, up to that moment in milliseconds since 1970.
    pub fn saved_at(&self, chart: ChartId, until: u64) {
        self.change(|timers| timers.saved_at(chart, until, now_millis()));
    }
    /// All timers, the oldest first.
    pub fn all(&self) -> Vec<Timer> {
        self.timers.with(|timers| timers.all().to_vec())
    }
    /// The timer that runs.
    pub fn running(&self) -> Option<Timer> {
        self.timers.with(|timers| timers.running().cloned())
    }
    /// A patient's timer, running or paused: its start and how long it ran so far. Follows the clock.
    pub fn of(&self, chart: ChartId) -> Option<Timed> {
        let now = self.now.get();
        self.timers.with(|timers| {
            timers.of(chart).map(|timer| Timed {
                chart,
                started: timer.started(),
                seconds: timer.seconds(now),
            })
        })
    }
    /// How long a timer ran so far. Follows the clock.
    pub fn seconds(&self, timer: &Timer) -> Seconds {
        timer.seconds(self.now.get())
    }

    /// Changes what is stored now, which another tab may have changed, and then what is shown.
    fn change<T>(&self, change: impl FnOnce(&mut Timers) -> T) -> T {
        let mut timers = stored();
        let result = change(&mut timers);
        let _kept = LocalStorage::set(KEY, &timers);
        self.timers.set(timers);
        result
    }
}

/// The timers of this page.
pub fn use_timers() -> Stopwatch {
    expect_context()
}

fn stored() -> Timers {
    LocalStorage::get(KEY).unwrap_or_default()
}
