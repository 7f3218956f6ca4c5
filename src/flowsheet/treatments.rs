//! Treatment changes that count.

use super::lines::TreatmentLine;
use crate::journal::Live;
use crate::journal::facts::{ChangeState, TreatmentChange};

/// A treatment change that was made; one that is only proposed, or was declined, is none.
pub(super) fn treatment(live: &Live, change: &TreatmentChange) -> Option<TreatmentLine> {
    (change.stands() == ChangeState::Made).then_some(TreatmentLine {
        entry: live.id,
        day: change.day,
        kind: change.kind,
        recommendation: change.recommendation,
    })
}
