//! What was answered while locked becomes part of the record: the form, and the concern that a positive answer calls for.

use std::collections::BTreeMap;

use super::{Desk, Planned, check, safety};
use crate::care::intent::Refusal;
use crate::instruments::{ItemId, answer_words, definition_of, title_of};
use crate::journal::facts::{Answered, Assessment, ConcernStep, Declined, Step};
use crate::journal::{Draft, EntryId, Fact};

/// A form that was filled in while locked. Its entry's id is derived from it, so that nothing is written twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnteredForm {
    /// With the answers that were given, however many.
    Answered {
        /// The entry's id.
        id: EntryId,
        /// The answers as they stood in the end.
        taken: Assessment,
        /// Positive safety answers that were changed or taken back before the end: item and answer. A concern is opened for them
        /// all the same.
        withdrawn: BTreeMap<String, u8>,
    },
    /// Every question was passed over.
    PassedOver {
        /// The entry's id.
        id: EntryId,
        /// The measure that was offered.
        declined: Declined,
    },
}

impl EnteredForm {
    /// The id of its entry.
    pub fn id(&self) -> EntryId {
        match self {
            Self::Answered { id, .. } | Self::PassedOver { id, .. } => *id,
        }
    }
}

/// Writes the forms of one chart, in order.
pub(super) fn forms(desk: &mut Desk<'_, '_, '_>, forms: &[EnteredForm]) -> Result<(), Refusal> {
    desk.patient()?;
    for form in forms {
        match form {
            EnteredForm::Answered { id, taken, withdrawn } => answered(desk, *id, taken, withdrawn)?,
            EnteredForm::PassedOver { id, declined } => add_as(desk, *id, declined.clone().into())?,
        }
    }
    Ok(())
}

fn answered(
    desk: &mut Desk<'_, '_, '_>,
    id: EntryId,
    taken: &Assessment,
    withdrawn: &BTreeMap<String, u8>,
) -> Result<(), Refusal> {
    // Answers that don't fit are refused here, before anything is planned.
    safety::scored(desk, taken)?;
    add_as(desk, id, taken.clone().into())?;
    // The concern is about the highest answer that was given: a later one takes nothing back.
    let mut highest = taken.clone();
    if let Answered::Items(items) = &mut highest.answers {
        items.extend(withdrawn.clone());
    }
    let scored = safety::scored(desk, &highest)?;
    safety::raise(desk, &highest, id, &scored)?;
    let Some(concern) = desk.concerns.last().copied() else {
        return Ok(());
    };
    for (item, value) in withdrawn {
        desk.add(ConcernStep {
            concern,
            at: taken.at,
            step: Step::Action {
                what: changed_words(taken, item, *value),
            },
            note: None,
        })?;
    }
    Ok(())
}

/// The title of a form, and the place of a question in it: ids of questions end in anything.
pub fn asked(instrument: &str, item: &str) -> (String, String) {
    match definition_of(instrument) {
        Ok(definition) => {
            let at = definition.questions().position(|q| q.id == ItemId::new(item));
            (
                definition.short_title.clone(),
                at.map_or_else(|| item.to_owned(), |at| (at + 1).to_string()),
            )
        }
        Err(_) => (title_of(instrument).into_owned(), item.to_owned()),
    }
}

/// That an answer was another one at first.
fn changed_words(taken: &Assessment, item: &str, value: u8) -> String {
    let (title, number) = asked(&taken.instrument, item);
    let last = match &taken.answers {
        Answered::Items(items) => items.get(item),
        Answered::Total { .. } => None,
    };
    let last = last.filter(|last| **last != value);
    let said = |value: u8| answer_words(&taken.instrument, item, value);
    let then = last.map_or_else(|| "taken back".to_owned(), |last| format!("changed to {}", said(*last)));
    let value = said(value);
    format!("Item {number} of {title} was answered {value} at first, then {then} before the device was given back.")
}

fn add_as(desk: &mut Desk<'_, '_, '_>, id: EntryId, fact: Fact) -> Result<(), Refusal> {
    let birth = desk.view.chart.and_then(|(_, sheet)| sheet.who.birth);
    check(&fact, desk.hand.today(), birth, desk.hand.zone)?;
    let draft = Draft::new(desk.chart, fact);
    desk.entries.push(Planned { id, draft });
    Ok(())
}
