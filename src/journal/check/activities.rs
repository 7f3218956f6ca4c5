//! Activities of the clinic's own, where they are defined and where time names them; rows of a closed month.

use super::{Check, LABEL, Problem};
use crate::journal::facts::{Activity, MonthPart, OwnActivity, Time};

impl Check {
    pub(super) fn own_activity(&mut self, own: &OwnActivity) {
        self.text("Name of the activity", &own.name, LABEL);
    }
    /// Rows that can be read.
    pub(super) fn month_part(&mut self, part: &MonthPart) {
        self.length("Rows of a closed month", &part.rows, MonthPart::MOST_BYTES);
        if part.read().is_none() {
            self.fail("Rows of a closed month", Problem::NotRead);
        }
    }
    /// Time on such an activity says what it was called, and no other time does.
    pub(super) fn own_words(&mut self, time: &Time) {
        match (&time.own, time.activity) {
            (Some(own), _) => self.text("Name of the activity", &own.name, LABEL),
            (None, Activity::Own(_)) => self.fail("Name of the activity", Problem::Empty),
            (None, _) => {}
        }
    }
}
