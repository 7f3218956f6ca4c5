//! Wishes for a case review that are open: nobody has reviewed the patient since.

use super::lines::Flowsheet;
use crate::journal::facts::ReviewRequest;
use crate::journal::{Fact, Live, When, Zone};

/// When somebody asked, each; and the last meeting that left the patient out.
pub(super) fn open(sound: &[&Live], sheet: &Flowsheet, zone: Zone) -> (Vec<When>, Option<When>) {
    let reviewed = sheet.reviews.last().map(|review| review.at.instant(zone));
    let is_open = |request: &&ReviewRequest| reviewed.is_none_or(|last| last < request.at.instant(zone));
    let wishes = sound.iter().filter_map(|live| match &live.fact {
        Fact::ReviewRequest(request) => Some(request),
        _ => None,
    });
    let (skips, asked): (Vec<&ReviewRequest>, Vec<&ReviewRequest>) =
        wishes.filter(is_open).partition(|request| request.is_skip());
    let skipped = skips.iter().map(|skip| skip.at).max_by_key(|at| at.instant(zone));
    (asked.iter().map(|request| request.at).collect(), skipped)
}
