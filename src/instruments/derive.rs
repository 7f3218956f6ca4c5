//! Instruments that come out of another one's answers or scores, with no further question.

use std::collections::BTreeMap;

use super::answers::Answers;
use super::definition::{Definition, DerivedFrom};
use super::ids::{InstrumentId, Score};

/// The answers of `definition` that lie in an administration of another instrument with the same wording.
///
/// None when it can't be derived from that one. An item that wasn't answered there isn't answered here.
pub fn derive_from_answers(definition: &Definition, from: &InstrumentId, answers: &Answers) -> Option<Answers> {
    definition.derived_from.iter().find_map(|way| match way {
        DerivedFrom::Answers { instrument, items } if instrument == from => Some(
            items
                .iter()
                .filter_map(|(ours, theirs)| Some((ours.clone(), answers.get(theirs)?)))
                .collect(),
        ),
        DerivedFrom::Answers { .. } | DerivedFrom::Totals { .. } => None,
    })
}

/// The answers of `definition` that are other instruments' scores (PHQ-ADS).
///
/// None unless every score that it needs is here. Whether they were taken within
/// [`DerivedFrom::Totals`]'s window is for the caller, who has the dates.
pub fn derive_from_totals(definition: &Definition, totals: &BTreeMap<InstrumentId, Score>) -> Option<Answers> {
    definition.derived_from.iter().find_map(|way| match way {
        DerivedFrom::Totals { items, .. } => items
            .iter()
            .map(|(ours, theirs)| Some((ours.clone(), totals.get(theirs)?.points())))
            .collect(),
        DerivedFrom::Answers { .. } => None,
    })
}
