//! The time of one person: what a day holds and leaves open, a meeting spread over patients.

use thiserror::Error;

use super::overlap::Stretch;
use crate::journal::facts::{Activity, Bucket};
use crate::journal::{Day, Seconds, When, Zone};

/// The programme that time on an activity is usually counted for.
pub fn usual_bucket(activity: Activity) -> Bucket {
    match activity {
        Activity::Psychotherapy => Bucket::Psychotherapy,
        Activity::OtherProgramme => Bucket::OtherProgramme,
        _ => Bucket::Cocm,
    }
}

/// Splits a meeting over so many patients: the shares differ by a second at most, and add up to the whole.
pub fn spread(whole: Seconds, patients: u32) -> Vec<Seconds> {
    let (Some(each), Some(rest)) = (whole.0.checked_div(patients), whole.0.checked_rem(patients)) else {
        return Vec::new();
    };
    (0..patients).map(|nth| Seconds(each + u32::from(nth < rest))).collect()
}

/// Why the minutes of a meeting can't be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WrongShares {
    /// Nobody is chosen.
    #[error("Choose the patients who were discussed")]
    Nobody,
    /// The shares that were set are more than the meeting, or all are set and are less.
    #[error("The shares add up to {}, and the meeting took {}", minutes(*.sum), minutes(*.whole))]
    Sum {
        /// The shares that were set.
        sum: Seconds,
        /// The meeting.
        whole: Seconds,
    },
    /// Nothing is left for those whose share was not set.
    #[error("Nothing of the meeting is left for those whose share is not set: set fewer, or take them out")]
    NothingLeft,
}

fn minutes(seconds: Seconds) -> String {
    match seconds.0 % 60 {
        0 => format!("{} min", seconds.0 / 60),
        rest => format!("{} min {rest} s", seconds.0 / 60),
    }
}

/// The share of each patient of a meeting: what was set for some, and the rest spread over the others. They add up to the
/// whole, to the second.
///
/// # Errors
/// When they can't.
pub fn shares(whole: Seconds, set: &[Option<Seconds>]) -> Result<Vec<Seconds>, WrongShares> {
    if set.is_empty() {
        return Err(WrongShares::Nobody);
    }
    let sum = set
        .iter()
        .flatten()
        .fold(0_u32, |sum, share| sum.saturating_add(share.0));
    let others = set.iter().filter(|share| share.is_none()).count();
    let wrong = WrongShares::Sum {
        sum: Seconds(sum),
        whole,
    };
    let rest = whole.0.checked_sub(sum).ok_or(wrong)?;
    let others = u32::try_from(others).unwrap_or(u32::MAX);
    match others {
        0 if rest != 0 => return Err(wrong),
        // Nobody's share is less than a second.
        others if rest < others => return Err(WrongShares::NothingLeft),
        _ => {}
    }
    let mut even = spread(Seconds(rest), others).into_iter();
    Ok(set
        .iter()
        .map(|share| share.or_else(|| even.next()).unwrap_or_default())
        .collect())
}

/// The stretch of a clinic's day: 23, 24 or 25 hours.
pub fn stretch_of(day: Day, zone: Zone) -> Stretch {
    Stretch {
        start: zone.start_of(day).timestamp(),
        end: zone.start_of(day.plus(1)).timestamp(),
    }
}

/// What of an entry lies on a day. An entry without a clock time lies whole on its own.
pub fn on_day(start: When, seconds: Seconds, day: Day, zone: Zone) -> Option<(Option<Stretch>, Seconds)> {
    match Stretch::of(start, seconds) {
        None => (start.day(zone) == day).then_some((None, seconds)),
        Some(whole) => {
            let part = whole.shared(stretch_of(day, zone))?;
            Some((Some(part), part.seconds()))
        }
    }
}

/// The hour from which gaps of a day are shown, by the clinic's clock.
const OPENS: u32 = 8;
/// The hour until which they are.
const CLOSES: u32 = 18;
/// The shortest gap that is shown, in seconds: nobody writes down every breath between two calls.
const SHORTEST_GAP: u32 = 5 * 60;

/// The stretches between the first and the last entry of a day that no entry covers, from eight to six by the clinic's clock.
pub fn gaps(taken: &[Stretch], day: Day, zone: Zone) -> Vec<Stretch> {
    let bounds = taken
        .iter()
        .map(|s| s.start)
        .min()
        .zip(taken.iter().map(|s| s.end).max());
    let Some((start, end)) = bounds else {
        return Vec::new();
    };
    let open = Stretch {
        start: zone.at(day, OPENS, 0).timestamp(),
        end: zone.at(day, CLOSES, 0).timestamp(),
    };
    let Some(within) = open.shared(Stretch { start, end }) else {
        return Vec::new();
    };
    let mut found = within.without(taken);
    found.retain(|gap| gap.seconds().0 >= SHORTEST_GAP);
    found
}

#[cfg(test)]
#[path = "timebook_tests.rs"]
mod tests;
