//! One person with two names on file: the second name stands for the first, and the patients change hands.

use super::{Desk, Planned};
use crate::care::intent::Refusal;
use crate::journal::facts::{Assignment, Person};
use crate::journal::{Draft, Fact, PersonId, Slot};

/// Notes that two people are one, and gives the second's patients to the first. What either recorded stays theirs.
pub(super) fn same_person(desk: &mut Desk<'_, '_, '_>, person: PersonId, same_as: PersonId) -> Result<(), Refusal> {
    let (second, first) = (on_file(desk, person)?, on_file(desk, same_as)?);
    if person == same_as || first.same_as.is_some() {
        return Err(Refusal::Field(
            "Choose somebody else, who is not another name of a person".to_owned(),
        ));
    }
    desk.add(Person {
        same_as: Some(same_as),
        ..second.clone()
    })?;
    let today = desk.hand.today();
    for (chart, folded) in &desk.view.assigned {
        let head = folded.head(&Slot::Assignment).map(|live| &live.fact);
        let from = match head {
            Some(Fact::Assignment(assignment)) if assignment.care_manager == Some(person) => assignment.from,
            // Somebody else is assigned from a later day on: that stays.
            _ => continue,
        };
        let fact = Assignment {
            care_manager: Some(same_as),
            from: from.min(today),
            why: None,
        };
        let draft = Draft {
            chart: *chart,
            replaces: folded.replaced_by_next(&Slot::Assignment),
            fact: fact.into(),
        };
        let id = desk.entry();
        desk.entries.push(Planned { id, draft });
    }
    Ok(())
}

fn on_file<'v>(desk: &Desk<'v, '_, '_>, person: PersonId) -> Result<&'v Person, Refusal> {
    match desk.view.office.1.head(&Slot::Person(person)).map(|live| &live.fact) {
        Some(Fact::Person(found)) => Ok(found),
        _ => Err(Refusal::Field("This person is not on file".to_owned())),
    }
}
