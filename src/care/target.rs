//! "At target", as lists show it: under 5, or under 10 with a fall of half; never with an open concern.

use crate::flowsheet::Flowsheet;

use super::case::Case;
use super::caseload::scores_of;
use super::office::AsOf;
use super::outcome::fell_by_percent;
use super::protocol::Number;
use super::scale::{Point, Scale};
use super::scores::baseline;

/// Whether the latest score of an instrument is at target. Never while a concern is open, never beside a positive safety
/// answer of its own form, and never for an instrument other than PHQ-9 and GAD-7, for which these numbers are not meant.
pub fn is_at_target(sheet: &Flowsheet, scale: &Scale, at: &AsOf<'_>) -> bool {
    scores_of(sheet, scale, at).at_target
}

/// The same for a score, whatever its safety item.
pub(super) fn at_target_score(case: &Case<'_>, scale: &Scale, score: Point) -> bool {
    let protocol = case.at.protocol;
    let total = u32::from(score.total);
    if matches!(scale, Scale::Other(_)) {
        return false;
    }
    if total < protocol.get(Number::TargetUnder) {
        return true;
    }
    let first = case.episode.and_then(|e| baseline(case.sheet, e, scale, case.at.today));
    total < protocol.get(Number::TargetResponseUnder)
        && first.is_some_and(|first| {
            let fall = protocol.get(Number::TargetFall);
            fell_by_percent(first.point.total, score.total, fall) == Some(true)
        })
}
