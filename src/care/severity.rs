//! How ill a patient is by the latest scores, in five steps: of two things that are equally late, the one for whoever is worse
//! off comes first.

use super::case::Case;
use super::scale::{Point, Scale};
use super::target::at_target_score;

/// Points from one step to the next, on both scales: PHQ-9 (Kroenke 2001) and GAD-7 (Spitzer 2006) change their bands at 5, 10
/// and 15, PHQ-9 once more at 20.
const STEP: u16 = 5;

/// How ill, from 0 (at target) to 4 (PHQ-9 of 20 or more).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Severity(pub u8);

impl Severity {
    /// At target on all that was measured.
    pub const WELL: Self = Self(0);
    /// Moderate: nobody knows better of somebody who was not measured, or is followed by another instrument.
    pub const NOT_KNOWN: Self = Self(2);
    /// The most.
    pub const MOST: Self = Self(4);

    /// The worse of the latest PHQ-9 and GAD-7, however old they are.
    pub(super) fn of(case: &Case<'_>) -> Self {
        let step = |scale: &Scale| {
            let line = case.sheet.latest_score(scale.id(), case.at.today)?;
            let point = Point {
                total: line.total?,
                day: line.day,
            };
            Some(match at_target_score(case, scale, point) {
                true => Self::WELL,
                false => Self(
                    u8::try_from(point.total / STEP)
                        .map_or(Self::MOST, Self)
                        .0
                        .clamp(1, Self::MOST.0),
                ),
            })
        };
        let measured = Scale::NAMED.iter().filter_map(step).max();
        let by_another = case.episode.and_then(|episode| episode.target.as_deref());
        let unknown = by_another.is_some_and(|id| matches!(Scale::of(id), Scale::Other(_)));
        match measured {
            Some(known) if unknown => known.max(Self::NOT_KNOWN),
            Some(known) => known,
            None => Self::NOT_KNOWN,
        }
    }
}
