//! A medicine in words: one sentence for the record, letters, notes and the patient's own page.

use crate::journal::facts::{Frequency, Medication};
use crate::journal::{Day, Live, Zone};

/// Name, dose, how often and when: `sertraline 50 mg twice a day, with meals`.
pub fn medicine_words(medicine: &Medication) -> String {
    let dose = medicine.dose.as_ref().map(|dose| format!(" {dose}"));
    let often = medicine.how_often.and_then(frequency_word);
    let often = often.map(|often| format!(" {often}"));
    let timing = medicine.timing.as_ref().map(|timing| format!(", {timing}"));
    let parts = [Some(medicine.name.clone()), dose, often, timing];
    parts.into_iter().flatten().collect()
}

/// Since when the dose of a medicine has been what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoseSince {
    /// Since the medicine was begun.
    Start(Day),
    /// Since it was changed.
    Changed(Day),
    /// It was changed, and only the day on which that was written down is known.
    WrittenDown(Day),
    /// Not known.
    NotKnown,
}

/// From all versions of a medicine, the oldest first: the day of the newest version whose dose, or how often, is another
/// than its predecessor's.
pub fn dose_since(versions: &[(&Live, &Medication)], zone: Zone) -> DoseSince {
    let mut since = DoseSince::NotKnown;
    let mut before: Option<&Medication> = None;
    for (live, version) in versions {
        let changed = before.map(|b| (&b.dose, b.how_often) != (&version.dose, version.how_often));
        since = match (changed, version.dose_from) {
            (_, Some(day)) => DoseSince::Changed(day),
            (None, None) => version.from.map_or(DoseSince::NotKnown, DoseSince::Start),
            (Some(true), None) => DoseSince::WrittenDown(written_on(live, zone)),
            // The start may have been put right by a version with the same dose.
            (Some(false), None) => match (since, version.from) {
                (DoseSince::Start(_) | DoseSince::NotKnown, Some(from)) => DoseSince::Start(from),
                (kept, _) => kept,
            },
        };
        before = Some(version);
    }
    since
}

/// The clinic's day on which an entry was written.
pub fn written_on(live: &Live, zone: Zone) -> Day {
    let millis = i64::try_from(live.stamp.millis()).unwrap_or(i64::MAX);
    zone.day(zone.from_millis(millis).unwrap_or_default())
}

/// Every answer to how often that has words of its own.
pub(super) const FREQUENCIES: [Frequency; 6] = [
    Frequency::OnceDaily,
    Frequency::TwiceDaily,
    Frequency::ThreeTimesDaily,
    Frequency::FourTimesDaily,
    Frequency::Weekly,
    Frequency::AsNeeded,
];

/// How often, within a sentence; `None` for what only words say.
pub(super) fn frequency_word(how_often: Frequency) -> Option<&'static str> {
    Some(match how_often {
        Frequency::OnceDaily => "once a day",
        Frequency::TwiceDaily => "twice a day",
        Frequency::ThreeTimesDaily => "three times a day",
        Frequency::FourTimesDaily => "four times a day",
        Frequency::Weekly => "once a week",
        Frequency::AsNeeded => "as needed",
        Frequency::Other => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ThingId;

    #[test]
    fn a_medicine_says_what_is_known_of_how_it_is_taken_and_nothing_else() {
        let cases = [
            (None, None, None, "Testazepine"),
            (Some("50 mg"), None, None, "Testazepine 50 mg"),
            (
                Some("50 mg"),
                Some(Frequency::OnceDaily),
                None,
                "Testazepine 50 mg once a day",
            ),
            (
                Some("50 mg"),
                Some(Frequency::Other),
                Some("every third day"),
                "Testazepine 50 mg, every third day",
            ),
            (
                None,
                Some(Frequency::AsNeeded),
                Some("for sleep"),
                "Testazepine as needed, for sleep",
            ),
        ];
        for (dose, how_often, timing, words) in cases {
            let medicine = Medication {
                dose: dose.map(str::to_owned),
                how_often,
                timing: timing.map(str::to_owned),
                ..Medication::named(ThingId::from_random([1; 16]), "Testazepine".to_owned())
            };
            assert_eq!(medicine_words(&medicine), words);
        }
    }
}
