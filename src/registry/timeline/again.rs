//! An answer that came again while its concern was open, as its own form has it.

use super::super::concern_lines::{again_line, score_again_line};
use super::title;
use crate::instruments::{definition_of, is_own, yes_or_no};
use crate::journal::facts::{Answered, Assessment, ConcernStep, Step};
use crate::journal::{Fact, Folded, Live};

/// A score that reached its alarm line again, with the total as it was entered: it is no answer to an item. An answer of
/// Yes is said as that. Any other is what its step says: none.
pub(super) fn line(live: &Live, folded: &Folded) -> Option<String> {
    let Fact::ConcernStep(ConcernStep {
        step: Step::Reassessed {
            assessment,
            compared,
            value,
        },
        ..
    }) = &live.fact
    else {
        return None;
    };
    let form = folded.live().iter().find(|l| l.id == *assessment)?;
    let Fact::Assessment(Assessment {
        instrument, answers, ..
    }) = &form.fact
    else {
        return None;
    };
    match answers {
        Answered::Total { total, .. } if is_own(instrument) => {
            Some(score_again_line(&title(instrument), *total, *compared))
        }
        _ => {
            let definition = definition_of(instrument).ok()?;
            let item = definition.safety_items.first()?.item.as_str().to_owned();
            let said = yes_or_no(instrument, &item, *value)?;
            Some(again_line(said, *compared))
        }
    }
}
