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
    /// The last key or click while one ran, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    busy: Option<u64>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// Whose.
    pub chart: ChartId,
    /// When it was first started, in milliseconds since 1970.
    pub started: u64,
    /// How long it ran, pauses left out.
    pub seconds: Seconds,
    /// When it ran: start and end, in milliseconds since 1970, in the order in which it ran.
    pub spans: Vec<(u64, u64)>,
}

impl Timed {
    /// The times in which it ran, each with its seconds, which add up to all of them: a time entry each, so that none claims
    /// the clock of a pause, in which other work was done.
    pub fn parts(&self) -> Vec<(u64, Seconds)> {
        let (mut millis, mut told) = (0, 0);
        let mut parts = Vec::new();
        for (start, end) in &self.spans {
            millis += end.saturating_sub(*start);
            let until = u32::try_from(millis / 1000).unwrap_or(u32::MAX);
            if told < until {
                parts.push((*start, Seconds(until - told)));
            }
            told = until;
        }
        parts
    }
}

/// A time in which a timer ran and nobody touched a key: a person says whether it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Whose timer ran.
    pub chart: ChartId,
    /// The last key or click, in milliseconds since 1970.
    pub from: u64,
    /// The first one after it.
    pub until: u64,
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
    /// What it came to up to `now`.
    pub fn timed(&self, now: u64) -> Timed {
        let running = self.running_since.map(|since| (since, now.max(since)));
        Timed {
            chart: self.chart,
            started: self.started(),
            seconds: self.seconds(now),
            spans: self.spans.iter().copied().chain(running).collect(),
        }
    }
    /// Takes a time out of it, wherever it ran in it.
    fn cut(&mut self, from: u64, until: u64) {
        let mut left = Vec::new();
        for (start, end) in self.spans.drain(..) {
            left.extend([(start, end.min(from)), (start.max(until), end)]);
        }
        if let Some(since) = self.running_since
            && since < until
        {
            left.push((since, from));
            self.running_since = Some(until);
        }
        left.retain(|(start, end)| start < end);
        self.spans = left;
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

/// A key or a click is remembered so often, in milliseconds.
const REMEMBER_EVERY: u64 = 10_000;

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
        self.busy = Some(now);
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
        Some(self.timers.remove(at).timed(now))
    }
    /// A key or a click, which counts only while a timer runs. Whether it is one to remember: not each is.
    pub fn busy(&mut self, at: u64) -> bool {
        let is_new = self.busy.is_none_or(|last| at < last || last + REMEMBER_EVERY <= at);
        if !is_new || self.running().is_none() {
            return false;
        }
        self.busy = Some(at);
        true
    }
    /// The time in which nobody touched a key while the timer ran, where it is at least so many milliseconds.
    pub fn gap(&self, now: u64, least: u64) -> Option<Gap> {
        let timer = self.running()?;
        let since = timer.running_since?;
        let from = self.busy.map_or(since, |busy| busy.max(since));
        (least <= now.saturating_sub(from)).then_some(Gap {
            chart: timer.chart,
            from,
            until: now,
        })
    }
    /// Settles a gap: so many milliseconds of it count, from its beginning on; the rest is taken out of the timer.
    pub fn settle(&mut self, gap: Gap, kept: u64) {
        let from = gap.from.saturating_add(kept).min(gap.until);
        for timer in self.timers.iter_mut().filter(|timer| timer.chart == gap.chart) {
            timer.cut(from, gap.until);
        }
        self.busy = Some(gap.until);
    }
    /// The machine's clock was set back from `last` to `now` while a timer ran: what it counted stays, and it goes on from
    /// the new time.
    pub fn set_back(&mut self, last: u64, now: u64) -> Option<ChartId> {
        let timer = self.timers.iter_mut().find(|timer| timer.is_running())?;
        timer.pause(last);
        timer.running_since = Some(now);
        self.busy = Some(now);
        Some(timer.chart)
    }
    /// The clock is right since it was set back: what ran before then ran up to that moment, by the right clock.
    pub fn right_since_set_back(&mut self, chart: ChartId) {
        for timer in self.timers.iter_mut().filter(|timer| timer.chart == chart) {
            if let (Some(since), Some((start, end))) = (timer.running_since, timer.spans.pop()) {
                timer.running_since = Some(since.saturating_sub(end.saturating_sub(start)));
            }
        }
    }
}

#[cfg(test)]
mod tests;
