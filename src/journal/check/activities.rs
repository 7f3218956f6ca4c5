//! Activities of the clinic's own, where they are defined and where time names them.

use super::{Check, LABEL, Problem};
use crate::journal::facts::{Activity, OwnActivity, Time};

impl Check {
    pub(super) fn own_activity(&mut self, own: &OwnActivity) {
        self.text("Name of the activity", &own.name, LABEL);
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
