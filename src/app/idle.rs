//! When a page locks by itself: after idle minutes, later while a form with a patient is open, and after a working
//! day in any case. What happens in one tab counts for all.

use std::collections::BTreeSet;

use super::talk::PageId;

const MINUTE: u64 = 60_000;
/// An open contact or crisis form keeps all tabs open for so long after the last key or click, in milliseconds.
const HELD_OPEN: u64 = 60 * MINUTE;
/// However busy, a page locks so long after it was unlocked, in milliseconds.
const WORKING_DAY: u64 = 8 * 60 * MINUTE;
/// Other tabs hear of keys and clicks so often, in milliseconds.
const TELL_EVERY: u64 = 10_000;

/// What is known of keys, clicks and open forms. All times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    opened: u64,
    last: u64,
    told: u64,
    holding: BTreeSet<PageId>,
}

impl Idle {
    /// A page that was unlocked now.
    pub fn new(now: u64) -> Self {
        Self {
            opened: now,
            last: now,
            told: 0,
            holding: BTreeSet::new(),
        }
    }

    /// When the page locks unless something happens.
    pub fn deadline(&self, lock_minutes: u32) -> u64 {
        let idle = u64::from(lock_minutes) * MINUTE;
        let idle = match self.holding.is_empty() {
            true => idle,
            false => idle.max(HELD_OPEN),
        };
        (self.last + idle).min(self.opened + WORKING_DAY)
    }

    /// A key or a click, in this tab or in another. One that is heard of late doesn't undo a later one.
    pub fn busy(&mut self, at: u64) {
        self.last = self.last.max(at);
    }

    /// A page has a contact or crisis form open.
    pub fn hold(&mut self, page: PageId) {
        self.holding.insert(page);
    }

    /// A page has it open no more.
    pub fn let_go(&mut self, page: PageId) {
        self.holding.remove(&page);
    }

    /// The last key or click, if it is time to tell the other tabs of it.
    pub fn to_tell(&mut self, now: u64) -> Option<u64> {
        if self.last <= self.told || now.saturating_sub(self.told) < TELL_EVERY {
            return None;
        }
        self.told = now;
        Some(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: PageId = PageId(1);
    const THERE: PageId = PageId(2);

    #[track_caller]
    fn locks_after(idle: &Idle, minutes: u64) {
        assert_eq!(idle.deadline(10), minutes * MINUTE);
    }

    #[test]
    fn a_page_locks_after_the_minutes_that_were_chosen() {
        let idle = Idle::new(0);
        for minutes in [2, 10, 30] {
            assert_eq!(idle.deadline(minutes), u64::from(minutes) * MINUTE);
        }
    }

    #[test]
    fn a_key_in_any_tab_puts_it_off_and_late_news_of_an_earlier_one_changes_nothing() {
        let mut idle = Idle::new(0);
        idle.busy(5 * MINUTE);
        locks_after(&idle, 15);
        idle.busy(3 * MINUTE);
        locks_after(&idle, 15);
    }

    #[test]
    fn an_open_form_in_any_tab_puts_it_off_to_an_hour_and_no_longer() {
        let mut idle = Idle::new(0);
        idle.hold(HERE);
        idle.hold(THERE);
        locks_after(&idle, 60);
        idle.let_go(HERE);
        locks_after(&idle, 60);
        idle.let_go(THERE);
        locks_after(&idle, 10);
    }

    #[test]
    fn eight_hours_end_it_also_under_an_open_form() {
        let mut idle = Idle::new(0);
        idle.hold(HERE);
        idle.busy(7 * 60 * MINUTE + 59 * MINUTE);
        locks_after(&idle, 8 * 60);
    }

    #[test]
    fn other_tabs_are_told_of_the_last_key_but_not_of_each() {
        let mut idle = Idle::new(100_000);
        idle.busy(101_000);
        assert_eq!(idle.to_tell(101_000), Some(101_000));
        idle.busy(102_000);
        assert_eq!(idle.to_tell(102_000), None);
        assert_eq!(idle.to_tell(111_500), Some(102_000));
        assert_eq!(idle.to_tell(130_000), None, "nothing new to tell");
    }
}
