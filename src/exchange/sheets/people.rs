//! The care managers whom a sheet names: who of the people on file each of them is.

use std::collections::BTreeMap;

use super::cells::{name_and_credential, plain};
use crate::care::fold;
use crate::journal::facts::{Person, Role};
use crate::journal::{Fact, Folded, PersonId};

/// Who somebody is whom a sheet names, as a person chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoIs {
    /// Somebody on file.
    Person(PersonId),
    /// Somebody new.
    New,
}

/// A care manager whom a sheet names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPerson {
    /// The name as the sheet has it, without a credential.
    pub name: String,
    /// Rows that name them.
    pub rows: usize,
    /// Who of the people on file it is taken for; `None` for somebody new.
    pub is: Option<PersonId>,
    /// Whether the name itself is on file: then nothing has to be asked.
    pub is_on_file: bool,
}

/// People whom rows have named so far, by their folded names.
pub(super) type Named = BTreeMap<String, SheetPerson>;

/// The people of the registry's own chart.
pub(super) fn on_file(own: &Folded) -> impl DoubleEndedIterator<Item = &Person> {
    own.live().iter().filter_map(|live| match &live.fact {
        Fact::Person(person) => Some(person),
        _ => None,
    })
}

/// The person whom a second name on file stands for; oneself where it stands for nobody else.
pub(super) fn stands_for(own: &Folded, person: PersonId) -> PersonId {
    /// Longer chains are a mistake of whoever wrote them.
    const LONGEST: usize = 4;
    (0..LONGEST).fold(person, |now, _| {
        let same_as = on_file(own).rev().find(|p| p.person == now).and_then(|p| p.same_as);
        same_as.unwrap_or(now)
    })
}

/// Whom a name probably means: the only care manager on file with this family name and initial.
pub(super) fn guess(own: &Folded, name: &str) -> Option<PersonId> {
    let wanted = NameParts::of(name)?;
    let mut like: Vec<PersonId> = on_file(own)
        .filter(|p| p.role == Role::CareManager)
        .filter(|p| NameParts::of(&p.name).is_some_and(|other| wanted.is_like(&other)))
        .map(|p| stands_for(own, p.person))
        .collect();
    like.sort_unstable();
    like.dedup();
    match like.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// A name's family part and its given part.
struct NameParts {
    family: String,
    given: String,
}

impl NameParts {
    /// `R. Okoye`, `Rosa Okoye, LCSW`, `Okoye, Rosa`.
    fn of(name: &str) -> Option<Self> {
        let (name, _) = name_and_credential(name);
        let (given, family) = match name.split_once(',') {
            Some((family, given)) => (given.to_owned(), family.to_owned()),
            None => {
                let words = plain(&name);
                let (given, family) = words.rsplit_once(' ')?;
                (given.to_owned(), family.to_owned())
            }
        };
        let first = given.split_whitespace().next().map(fold).unwrap_or_default();
        let parts = Self {
            family: fold(&family),
            given: first,
        };
        (!parts.family.is_empty() && !parts.given.is_empty()).then_some(parts)
    }

    /// The same family name, and given names of which one begins the other, as an initial does.
    fn is_like(&self, other: &Self) -> bool {
        let begins = self.given.starts_with(&other.given) || other.given.starts_with(&self.given);
        self.family == other.family && begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_with_its_initial_is_the_person_and_another_given_name_is_not() {
        let like = |a: &str, b: &str| {
            let (a, b) = (NameParts::of(a), NameParts::of(b));
            a.zip(b).is_some_and(|(a, b)| a.is_like(&b))
        };
        for (a, b, expected) in [
            ("R. Okoye", "Rosa Okoye", true),
            ("R Okoye", "Rosa Okoye, LCSW", true),
            ("Okoye, Rosa", "R. Okoye", true),
            ("Rosa Okoyé", "ROSA OKOYE", true),
            ("T. Okoye", "Rosa Okoye", false),
            ("Rita Okoye", "Rosa Okoye", false),
            ("R. Bright", "Rosa Okoye", false),
            ("Okoye", "Rosa Okoye", false),
            ("", "Rosa Okoye", false),
        ] {
            assert_eq!(like(a, b), expected, "{a} {b}");
        }
    }
}
