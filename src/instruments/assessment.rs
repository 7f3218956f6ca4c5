//! Scoring what a chart holds: an assessment's raw answers, by the version of the definition that it carries.

use std::borrow::Cow;

use thiserror::Error;

use super::catalog::catalog;
use super::{Answers, Context, Definition, InstrumentId, ItemId, OwnError, Score, ScoreError, Scored};
use super::{definition, is_own, own_definition, score, score_total};
use crate::journal::facts::{Answered, Assessment};

/// Why an assessment has no score.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AssessmentError {
    /// The instrument is not one that this version knows.
    #[error("This version doesn't know the instrument.")]
    UnknownInstrument,
    /// The instrument is known, but not in the version that the assessment was taken with.
    #[error("It was taken with version {version} of the form, which isn't known here, so it isn't scored.")]
    UnknownVersion {
        /// The version that it carries.
        version: String,
    },
    /// It is a clinic's own measure, and its numbers don't hold together.
    #[error(transparent)]
    Own(#[from] OwnError),
    /// The answers don't fit the instrument.
    #[error(transparent)]
    Score(#[from] ScoreError),
}

/// The shipped definition of an instrument, in the version that new assessments are taken with. What was taken before
/// is read with [`definition_taken`].
///
/// # Errors
/// When this version doesn't know the instrument.
pub fn definition_of(instrument: &str) -> Result<&'static Definition, AssessmentError> {
    definition(&InstrumentId::new(instrument)).ok_or(AssessmentError::UnknownInstrument)
}

/// The definition that an assessment was taken with: the version that it carries, or its own scale.
///
/// # Errors
/// When this version of the app doesn't know the instrument, or that version of it.
pub fn definition_taken(assessment: &Assessment) -> Result<Cow<'static, Definition>, AssessmentError> {
    if is_own(&assessment.instrument) {
        let scale = assessment.scale.as_ref().ok_or(AssessmentError::UnknownInstrument)?;
        let own = own_definition(&assessment.instrument, &assessment.version, scale)?;
        return Ok(Cow::Owned(own));
    }
    let id = InstrumentId::new(assessment.instrument.as_str());
    match (catalog().version(&id, &assessment.version), catalog().get(&id)) {
        (Some(definition), _) => Ok(Cow::Borrowed(definition)),
        (None, Some(_)) => Err(AssessmentError::UnknownVersion {
            version: assessment.version.clone(),
        }),
        (None, None) => Err(AssessmentError::UnknownInstrument),
    }
}

/// The definition by which scores of an instrument are drawn together: the shipped one; of a clinic's own measure the one
/// that the latest of these was taken with, wherever it came from.
pub fn definition_drawn<'a>(
    taken: impl Iterator<Item = &'a Assessment>,
    instrument: &str,
) -> Option<Cow<'static, Definition>> {
    if let Ok(shipped) = definition_of(instrument) {
        return Some(Cow::Borrowed(shipped));
    }
    let latest = taken
        .filter(|taken| taken.instrument == instrument)
        .max_by_key(|taken| taken.at.to_string());
    definition_taken(latest?).ok()
}

/// Scores an assessment from its raw answers, or from its total and what is known with it.
///
/// # Errors
/// When the instrument or its version is unknown, or an answer or the total is not one that it has.
pub fn score_assessment(assessment: &Assessment, context: &Context) -> Result<Scored, AssessmentError> {
    let definition = definition_taken(assessment)?;
    match &assessment.answers {
        Answered::Items(items) => Ok(score(&definition, &answers(items), context)?),
        Answered::Total { total, known } => {
            let total = Score::new(i32::from(*total));
            Ok(score_total(&definition, total, &answers(known), context)?)
        }
    }
}

/// The highest positive answer to a safety item, by the raw answers alone: also in a form that can't be scored because
/// another answer, its total, or its version is not one that the instrument has. None when there is no positive one, or
/// the instrument is unknown.
pub fn positive_safety_answer(assessment: &Assessment) -> Option<u8> {
    let definition = definition_of(&assessment.instrument).ok()?;
    let given = match &assessment.answers {
        Answered::Items(items) => items,
        Answered::Total { known, .. } => known,
    };
    let positive = definition.safety_items.iter().filter_map(|safety| {
        let value = given.get(safety.item.as_str()).copied()?;
        (safety.positive_at <= i32::from(value)).then_some(value)
    });
    positive.max()
}

fn answers(items: &std::collections::BTreeMap<String, u8>) -> Answers {
    let mut answers = Answers::new();
    for (item, value) in items {
        answers.set(ItemId::new(item.as_str()), i32::from(*value));
    }
    answers
}
