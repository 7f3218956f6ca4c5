//! What whoever works here has written down of a moment already, so that no minute is written down twice.

use chrono::{DateTime, Duration, FixedOffset};

use super::books::Books;
use crate::journal::When;
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// Until when the own minutes reach that are written down of a moment, about whichever patient; one that begins where
    /// another ends goes on from it. `None` when the moment is free.
    pub(super) fn spent_until(&self, at: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let today = self.zone().day(at);
        let times = self
            .sheets
            .values()
            .filter(|sheet| !sheet.erased)
            .flat_map(|sheet| &sheet.times);
        let mut spans: Vec<_> = times
            .filter(|line| line.by == self.me && line.day == today)
            .filter_map(|line| match line.start {
                When::At(start) => Some((start, start + Duration::seconds(line.seconds.0.into()))),
                When::Day(_) => None,
            })
            .collect();
        spans.sort();
        let mut until = at;
        for (start, end) in spans {
            if start <= until && until < end {
                until = end;
            }
        }
        (at < until).then_some(until)
    }
}
