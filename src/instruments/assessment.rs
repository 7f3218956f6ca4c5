//! Scoring what a chart holds: an assessment's raw answers, by the definition that this version ships.

use thiserror::Error;

use super::{Answers, Context, Definition, InstrumentId, ItemId, Score, ScoreError, Scored};
use super::{definition, score, score_total};
use crate::journal::facts::{Answered, Assessment};

/// Why an assessment has no score.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AssessmentError {
    /// The instrument is not one that this version knows.
    #[error("This version doesn't know the instrument.")]
    UnknownInstrument,
    /// The answers don't fit the instrument.
    #[error(transparent)]
    Score(#[from] ScoreError),
}

/// The shipped definition of an assessment's instrument.
///
/// # Errors
/// When this version doesn't know the instrument.
pub fn definition_of(instrument: &str) -> Result<&'static Definition, AssessmentError> {
    definition(&InstrumentId::new(instrument)).ok_or(AssessmentError::UnknownInstrument)
}

/// Scores an assessment from its raw answers, or from its total and the items known with it.
///
/// # Errors
/// When the instrument is unknown, or an answer or the total is not one that it has.
pub fn score_assessment(assessment: &Assessment, context: &Context) -> Result<Scored, AssessmentError> {
    let definition = definition_of(&assessment.instrument)?;
    match &assessment.answers {
        Answered::Items(items) => Ok(score(definition, &answers(items), context)?),
        Answered::Total { total, known } => {
            let total = Score::new(i32::from(*total));
            Ok(score_total(definition, total, &answers(known), context)?)
        }
    }
}

/// The highest positive answer to a safety item, by the raw answers alone: also in a form that can't be scored because
/// another answer, or its total, is not one that the instrument has. None when there is no positive one, or the
/// instrument is unknown.
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
