//! Running and paused timers by the wall clock: what local storage holds of them, and how they change.
//!
//! A timer is its patient's chart id and the spans in which it ran, nothing else, so that it survives a lock, a
//! reload and a crash and says nothing to who reads the browser's profile.

use serde::{Deserialize, Serialize};

use crate::journal::{ChartId, Seconds};

/// All timers: at most one runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timers {
    /// The timers, the oldest first.
    timers: Vec<Timer>,
}

/// One patient's timer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// Whose.
    pub chart: ChartId,
    /// Spans that are over: start and end, in milliseconds since 1970.
    spans: Vec<(u64, u64)>,
    /// Since when it runs, in milliseconds since 1970; `None` while it is paused.
    running_since: Option<u64>,
}

/// What a timer came to when it was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timed {
    /// Whose.
    pub chart: ChartId,
    /// When it was first started, in milliseconds since 1970.
    pub started: u64,
    /// How long it ran, pauses left out.
    pub seconds: Seconds,
}

impl Timer {
    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.running_since.is_some()
    }
    /// When it was first started, in milliseconds since 1970.
    pub fn started(&self) -> u64 {
        let first = self.spans.first().map(|(start, _)| *start);
        first.or(self.running_since).unwrap_or_default()
    }
    /// How long it ran up to `now`, pauses left out. A clock that was set back takes nothing away that was counted.
    pub fn seconds(&self, now: u64) -> Seconds {
        let over: u64 = self.spans.iter().map(|(start, end)| end.saturating_sub(*start)).sum();
        let running = self.running_since.map_or(0, |since| now.saturating_sub(since));
        Seconds(u32::try_from((over + running) / 1000).unwrap_or(u32::MAX))
    }
    fn pause(&mut self, now: u64) {
        if let Some(since) = self.running_since.take() {
            self.spans.push((since, now.max(since)));
        }
    }
    fn forget_until(&mut self, until: u64) {
        self.spans.retain(|(_, end)| until < *end);
        for (start, _) in &mut self.spans {
            *start = until.max(*start);
        }
        self.running_since = self.running_since.map(|since| since.max(until));
    }
}

/// What a timer ran since its minutes were saved is left alone from here on, in seconds: less is the time that a person
/// took to read what became of the save.
const WORTH_KEEPING: u32 = 60;

impl Timers {
    /// All timers, the oldest first.
    pub fn all(&self) -> &[Timer] {
        &self.timers
    }
    /// The one that runs.
    pub fn running(&self) -> Option<&Timer> {
        self.timers.iter().find(|timer| timer.is_running())
    }
    /// A patient's timer, running or paused.
    pub fn of(&self, chart: ChartId) -> Option<&Timer> {
        self.timers.iter().find(|timer| timer.chart == chart)
    }
    /// Starts a patient's timer or lets it go on; the one that ran is paused.
    pub fn start(&mut self, chart: ChartId, now: u64) {
        if self.of(chart).is_some_and(Timer::is_running) {
            return;
        }
        self.pause(now);
        match self.timers.iter_mut().find(|timer| timer.chart == chart) {
            Some(timer) => timer.running_since = Some(now),
            None => self.timers.push(Timer {
                chart,
                spans: Vec::new(),
                running_since: Some(now),
            }),
        }
    }
    /// Pauses the timer that runs.
    pub fn pause(&mut self, now: u64) {
        for timer in &mut self.timers {
            timer.pause(now);
        }
    }
    /// Takes from a patient's timer what it ran up to a moment at which its minutes were saved. What it ran since stays,
    /// and it goes on if it runs; where that is nothing to speak of, the timer is gone.
    pub fn saved_at(&mut self, chart: ChartId, until: u64, now: u64) {
        for timer in self.timers.iter_mut().filter(|timer| timer.chart == chart) {
            timer.forget_until(until);
        }
        // One that was started after the save is another's: it stays however short it is.
        self.timers
            .retain(|timer| timer.chart != chart || until < timer.started() || WORTH_KEEPING <= timer.seconds(now).0);
    }
    /// Takes a patient's timer away and says what it came to.
    pub fn stop(&mut self, chart: ChartId, now: u64) -> Option<Timed> {
        let at = self.timers.iter().position(|timer| timer.chart == chart)?;
        let timer = self.timers.remove(at);
        Some(Timed {
            chart,
            started: timer.started(),
            seconds: timer.seconds(now),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(number: u8) -> ChartId {
        ChartId::from_random([number; 16])
    }

    #[test]
    fn a_pause_does_not_count() {
        let mut timers = Timers::default();
        timers.start(chart(1), 1_000);
        timers.pause(61_000);
        timers.start(chart(1), 100_000);
        let timed = timers.stop(chart(1), 130_500).unwrap();
        // 60 s, a pause of 39 s, then 30.5 s.
        assert_eq!(timed.seconds, Seconds(90));
        assert_eq!(timed.started, 1_000);
        assert_eq!(timers, Timers::default());
    }

    #[test]
    fn of_a_timer_whose_minutes_were_saved_what_ran_since_stays() {
        let (save, minute) = (600_000, 60_000);
        // When it was started and paused, when the save is known of, what is left, whether it runs.
        let table = [
            ("it ran on", 0, None, save + 5 * minute, Some((300, true))),
            ("known at once", 0, None, save + 2_000, None),
            ("paused before", 0, Some(save - minute), save + 5 * minute, None),
            (
                "paused since",
                0,
                Some(save + 2 * minute),
                save + 5 * minute,
                Some((120, false)),
            ),
            ("another", save + minute, None, save + minute + 10_000, Some((10, true))),
        ];
        for (case, start, paused, now, left) in table {
            let mut timers = Timers::default();
            timers.start(chart(1), start);
            if let Some(paused) = paused {
                timers.pause(paused);
            }
            timers.saved_at(chart(1), save, now);
            let found = timers.of(chart(1));
            let found = found.map(|timer| (timer.seconds(now).0, timer.is_running()));
            assert_eq!(found, left, "{case}");
        }
    }

    #[test]
    fn starting_one_pauses_the_other() {
        let mut timers = Timers::default();
        timers.start(chart(1), 0);
        timers.start(chart(2), 10_000);
        assert_eq!(timers.running().unwrap().chart, chart(2));
        assert_eq!(timers.of(chart(1)).unwrap().seconds(60_000), Seconds(10));
        assert_eq!(timers.of(chart(2)).unwrap().seconds(60_000), Seconds(50));
    }

    #[test]
    fn starting_a_running_timer_again_changes_nothing() {
        let mut timers = Timers::default();
        timers.start(chart(1), 0);
        let before = timers.clone();
        timers.start(chart(1), 5_000);
        assert_eq!(timers, before);
    }

    #[test]
    fn a_timer_goes_on_by_the_wall_clock_over_a_reload() {
        let mut timers = Timers::default();
        timers.start(chart(1), 1_000_000);
        let stored = serde_json::to_string(&timers).unwrap();
        let restored: Timers = serde_json::from_str(&stored).unwrap();
        assert_eq!(restored.of(chart(1)).unwrap().seconds(1_720_000), Seconds(720));
    }

    #[test]
    fn a_clock_that_was_set_back_takes_nothing_away() {
        let mut timers = Timers::default();
        timers.start(chart(1), 100_000);
        timers.pause(160_000);
        timers.start(chart(1), 200_000);
        assert_eq!(timers.of(chart(1)).unwrap().seconds(50_000), Seconds(60));
    }

    #[test]
    fn storage_holds_chart_ids_and_spans_and_nothing_else() {
        let mut timers = Timers::default();
        timers.start(chart(7), 5);
        timers.pause(9);
        let json = serde_json::to_value(&timers).unwrap();
        let keys: Vec<&String> = json["timers"][0].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["chart", "running_since", "spans"]);
    }
}
