//! The timers of this browser: kept in local storage, the same in every tab.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::ev;
use leptos::prelude::*;

use super::browser::{now_millis, steady_millis};
use super::preferences::{Preferred, use_preferences};
use super::state::{Desk, use_desk};
use super::stopwatch::{Gap, Timed, Timer, Timers};
use crate::journal::{ChartId, Seconds, When};

const KEY: &str = "caseload.timers";

/// A clock that is set back by less, in milliseconds, is a machine that keeps its clock right by itself.
const SET_BACK: f64 = 60_000.0;

/// What a person has to say about a timer that ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerQuestion {
    /// Nobody touched a key for long while it ran: the machine slept, its clock was set, or there was a long call.
    Gap(Gap),
    /// The machine's clock was set back while it ran.
    SetBack {
        /// Whose timer.
        chart: ChartId,
        /// By how much, in milliseconds.
        by: u64,
    },
}

/// The timers of this browser. One runs at most; several may be paused.
#[derive(Clone, Copy)]
pub struct Stopwatch {
    timers: RwSignal<Timers>,
    now: Signal<u64>,
    question: RwSignal<Option<TimerQuestion>>,
    stopped: RwSignal<Option<ChartId>>,
    /// What the machine's clock and the steady one showed at the last look, in milliseconds.
    clocks: StoredValue<(u64, f64)>,
    preferences: Preferred,
}

impl Stopwatch {
    /// Reads the timers that were left, and makes itself the context's.
    pub fn provide() -> Self {
        let stopwatch = Self {
            timers: RwSignal::new(stored()),
            now: use_desk().now(),
            question: RwSignal::new(None),
            stopped: RwSignal::new(None),
            clocks: StoredValue::new((now_millis(), steady_millis())),
            preferences: use_preferences(),
        };
        stopwatch.follow_hands();
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
        self.timers
            .with(|timers| timers.of(chart).map(|timer| timer.timed(now)))
    }
    /// How long a timer ran so far. Follows the clock.
    pub fn seconds(&self, timer: &Timer) -> Seconds {
        timer.seconds(self.now.get())
    }

    /// What a person has to say about a timer.
    pub fn question(&self) -> RwSignal<Option<TimerQuestion>> {
        self.question
    }
    /// Whose timer was stopped in the top bar: the patient's page opens the form that takes its minutes.
    pub fn stopped(&self) -> RwSignal<Option<ChartId>> {
        self.stopped
    }
    /// Settles a gap: so many milliseconds of it count.
    pub fn settle(&self, gap: Gap, kept: u64) {
        self.question.set(None);
        self.change(|timers| timers.settle(gap, kept));
    }
    /// The clock is right since it was set back.
    pub fn right_since_set_back(&self, chart: ChartId) {
        self.question.set(None);
        self.change(|timers| timers.right_since_set_back(chart));
    }

    /// Looks at the clock each second, and at each key and click. What was left by a page that is gone, or by a locked one, is
    /// asked about at once.
    fn follow_hands(self) {
        self.touched();
        let listeners = [
            window_event_listener(ev::keydown, move |_| self.touched()),
            window_event_listener(ev::pointerdown, move |_| self.touched()),
            window_event_listener(ev::wheel, move |_| self.touched()),
        ];
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
        super::effects::effect(move |_| {
            self.now.track();
            self.look();
        });
    }

    /// A key or a click: the first one after a gap asks about it. Until that is settled no other counts.
    fn touched(self) {
        self.look();
        if self.question.with_untracked(Option::is_some) || untrack(|| self.running()).is_none() {
            return;
        }
        let (now, mut timers) = (now_millis(), stored());
        let least = u64::from(self.preferences.get_untracked().gap_minutes) * 60_000;
        match timers.gap(now, least) {
            Some(gap) => self.question.set(Some(TimerQuestion::Gap(gap))),
            None if timers.busy(now) => {
                let _kept = LocalStorage::set(KEY, &timers);
            }
            None => {}
        }
    }

    /// Whether the machine's clock was set back since the last look.
    fn look(self) {
        let (now, steady) = (now_millis(), steady_millis());
        let Some((last, steady_then)) = self.clocks.try_get_value() else {
            return;
        };
        self.clocks.set_value((now, steady));
        let back = last.saturating_sub(now);
        // Whole milliseconds of this era are exact in a double.
        if (back as f64) + (steady - steady_then) < SET_BACK || back == 0 || untrack(|| self.running()).is_none() {
            return;
        }
        if let Some(chart) = self.change(|timers| timers.set_back(last, now)) {
            self.question.set(Some(TimerQuestion::SetBack { chart, by: back }));
        }
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

/// The times in which a patient's timer ran so far, as time entries have them. Follows the clock.
pub fn timed_parts(timers: Stopwatch, desk: Desk, chart: ChartId) -> Vec<(When, Seconds)> {
    let at = |millis: u64| desk.zone().from_millis(i64::try_from(millis).ok()?).map(When::At);
    let parts = timers.of(chart).map_or_else(Vec::new, |timed| timed.parts());
    parts
        .into_iter()
        .filter_map(|(start, seconds)| Some((at(start)?, seconds)))
        .collect()
}

fn stored() -> Timers {
    LocalStorage::get(KEY).unwrap_or_default()
}
