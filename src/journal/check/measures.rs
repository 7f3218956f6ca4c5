//! Measures of the clinic's own.

use super::{Check, HIGHEST_SCORE, OWN_NAME, OWN_PREFIX, Problem};
use crate::journal::facts::{OwnInstrument, OwnScale, Worse};

impl Check {
    /// The numbers of a measure of the clinic's own: a range, bands that rise from its lowest score, a line within it.
    pub(super) fn scale(&mut self, scale: &OwnScale) {
        let (low, high) = (i64::from(scale.low), i64::from(scale.high));
        self.range("Highest score", high, low + 1, HIGHEST_SCORE);
        let mut least = low;
        for (place, band) in scale.bands.iter().enumerate() {
            let most = if place == 0 { low } else { high };
            self.range("First score of a band", band.from.into(), least, most);
            self.text("Name of a band", &band.label, 60);
            least = i64::from(band.from) + 1;
        }
        if let Some(alarm) = &scale.alarm {
            // Not where every score reaches it.
            let (least, most) = match scale.worse {
                Worse::Higher => (low + 1, high),
                Worse::Lower => (low, high - 1),
            };
            self.range("Alarm line", alarm.at.into(), least, most);
        }
    }
    pub(super) fn own_instrument(&mut self, own: &OwnInstrument) {
        self.text("Name of the measure", &own.name, OWN_NAME);
        if own.instrument.strip_prefix(OWN_PREFIX) != Some(&own.name) {
            self.fail("Id of the measure", Problem::Empty);
        }
        self.scale(&own.scale);
    }
}
