//! A safety step that is put otherwise: it stays the step that it is, on its concern, and what was first written is kept.

use crate::journal::facts::{ConcernStep, Step};

/// What a person wrote of a step; `None` where it has no words of their own: an answer that came again, a decision on an
/// import, a day that was agreed.
pub fn step_words(step: &Step) -> Option<&str> {
    match step {
        Step::SecondStep { outcome, .. } | Step::Checked { outcome, .. } => Some(outcome),
        Step::Told { how, .. } => Some(how),
        Step::Action { what } => Some(what),
        Step::Reported { by, .. } => Some(by),
        Step::NoReport { why } => Some(why),
        Step::Disposition { note, .. } => note.as_deref(),
        Step::NextContact { .. } | Step::Reassessed { .. } | Step::Triaged { .. } => None,
    }
}

/// The same step in other words; `None` where it has none.
pub fn reworded(step: &Step, words: String) -> Option<Step> {
    step_words(step)?;
    let mut step = step.clone();
    match &mut step {
        Step::SecondStep { outcome, .. } | Step::Checked { outcome, .. } => *outcome = words,
        Step::Told { how, .. } => *how = words,
        Step::Action { what } => *what = words,
        Step::Reported { by, .. } => *by = words,
        Step::NoReport { why } => *why = words,
        Step::Disposition { note, .. } => *note = Some(words),
        Step::NextContact { .. } | Step::Reassessed { .. } | Step::Triaged { .. } => return None,
    }
    Some(step)
}

/// Whether a step is another only in its words, its note or its day.
pub(crate) fn is_same_step(before: &ConcernStep, now: &ConcernStep) -> bool {
    let step = step_words(&now.step).and_then(|words| reworded(&before.step, words.to_owned()));
    before.concern == now.concern && step.as_ref().unwrap_or(&before.step) == &now.step
}
