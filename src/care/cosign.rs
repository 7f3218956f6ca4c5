//! Co-signature: what a trainee writes waits until a supervisor has read it.
//!
//! Nothing is held up by it: a positive answer opens its concern at once, and what waits counts like anything else. Whether
//! somebody was a trainee, and who supervised them, is read as it was when the entry was written, so a trainee who is
//! licensed later leaves nothing unsigned behind, and a signature stays one when the supervisor moves on.
//! A co-signature names the entries that were read, their corrections included. So it may arrive before them, and a
//! correction that comes later waits again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::journal::facts::{CoSigned, CoVerdict, Role};
use crate::journal::{EntryId, Fact, Folded, Live, PersonId, Stamp, When};

/// What somebody was from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: Stamp,
    role: Role,
    supervisor: Option<PersonId>,
    left: bool,
}

/// Who is a trainee, who supervises whom, and since when: read from the registry's own chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crew(BTreeMap<PersonId, Vec<Span>>);

impl Crew {
    /// The people of a registry.
    pub fn of(office: &Folded) -> Self {
        let mut spans: BTreeMap<PersonId, Vec<Span>> = BTreeMap::new();
        for live in office.live() {
            if let Fact::Person(person) = &live.fact {
                spans.entry(person.person).or_default().push(Span {
                    from: live.stamp,
                    role: person.role,
                    supervisor: person.supervisor,
                    left: person.left,
                });
            }
        }
        Self(spans)
    }

    /// What somebody was at a moment; before the first that is known of them, what they were first.
    fn at(&self, person: PersonId, moment: Stamp) -> Option<Span> {
        let spans = self.0.get(&person)?;
        let then = spans.iter().rev().find(|span| span.from <= moment);
        then.or_else(|| spans.first()).copied()
    }

    fn now(&self, person: PersonId) -> Option<Span> {
        self.0.get(&person)?.last().copied()
    }

    /// Whether somebody is a trainee now.
    pub fn is_trainee(&self, person: PersonId) -> bool {
        self.now(person).is_some_and(|span| span.role == Role::Trainee)
    }

    /// Whether somebody was a trainee when they wrote something.
    pub fn was_trainee(&self, person: PersonId, moment: Stamp) -> bool {
        self.at(person, moment).is_some_and(|span| span.role == Role::Trainee)
    }

    /// Whether somebody was ever one: their charts may hold entries that wait.
    pub fn ever_trainee(&self, person: PersonId) -> bool {
        let mut spans = self.0.get(&person).into_iter().flatten();
        spans.any(|span| span.role == Role::Trainee)
    }

    /// Whether somebody may sign now what a trainee wrote at a moment: a supervisor by role, or the trainee's supervisor now
    /// or then, who is no trainee and somebody else.
    pub fn may_sign(&self, signer: PersonId, trainee: PersonId, written: Stamp) -> bool {
        let spans = [self.now(trainee), self.at(trainee, written)];
        may_sign(self.now(signer), spans, signer, trainee)
    }

    /// The same of what was signed at a moment.
    fn might_sign(&self, signer: PersonId, at: Stamp, trainee: PersonId, written: Stamp) -> bool {
        let spans = [self.at(trainee, at), self.at(trainee, written)];
        may_sign(self.at(signer, at), spans, signer, trainee)
    }

    /// Those whom somebody supervises by name now.
    pub fn supervisees(&self, supervisor: PersonId) -> impl Iterator<Item = PersonId> {
        let here = self
            .0
            .iter()
            .filter_map(|(person, spans)| Some((*person, *spans.last()?)));
        here.filter(move |(_, span)| span.supervisor == Some(supervisor) && !span.left)
            .map(|(person, _)| person)
    }

    /// Whether somebody supervises: by role, or somebody by name.
    pub fn supervises(&self, person: PersonId) -> bool {
        let by_role = self.now(person).is_some_and(|span| span.role == Role::Supervisor);
        by_role || self.supervisees(person).next().is_some()
    }

    /// Those who were trainees at any time.
    pub fn trainees(&self) -> impl Iterator<Item = PersonId> {
        self.0.keys().copied().filter(|person| self.ever_trainee(*person))
    }
}

fn may_sign(signer: Option<Span>, trainee: [Option<Span>; 2], by: PersonId, of: PersonId) -> bool {
    let Some(span) = signer.filter(|span| by != of && span.role != Role::Trainee) else {
        return false;
    };
    let supervised = trainee.into_iter().flatten().any(|then| then.supervisor == Some(by));
    span.role == Role::Supervisor || supervised
}

/// What a supervisor says of a trainee's entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// They stand as written.
    Signed,
    /// They go back.
    Returned {
        /// Why.
        comment: String,
    },
}

/// Where an entry of a trainee stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Nobody has signed it.
    Waits {
        /// It was signed or returned, and corrected since.
        again: bool,
    },
    /// It is signed.
    Signed {
        /// By whom.
        by: PersonId,
        /// When.
        at: When,
    },
    /// It went back to the trainee.
    Returned {
        /// By whom.
        by: PersonId,
        /// When.
        at: When,
        /// Why.
        comment: String,
    },
}

/// An entry of a trainee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supervised {
    /// Who wrote it.
    pub by: PersonId,
    /// What a co-signature of it names: the entry, and its correction.
    pub names: Vec<EntryId>,
    /// Where it stands.
    pub signature: Signature,
}

impl Supervised {
    /// Whether it waits for a supervisor.
    pub fn waits(&self) -> bool {
        matches!(self.signature, Signature::Waits { .. })
    }
}

/// The entries of a chart that trainees wrote, each with where it stands.
pub fn supervised(folded: &Folded, crew: &Crew) -> BTreeMap<EntryId, Supervised> {
    let signed: Vec<(&Live, &CoSigned)> = folded
        .live()
        .iter()
        .filter_map(|live| match &live.fact {
            // What was said of entries is not put right afterwards: it is said anew.
            Fact::CoSigned(signed) if live.corrected_by.is_none() => Some((live, signed)),
            _ => None,
        })
        .collect();
    let of_trainees = folded
        .live()
        .iter()
        .filter(|live| crew.was_trainee(live.author, live.stamp))
        .filter(|live| is_for_signature(live, folded, crew));
    of_trainees
        .map(|live| {
            let names: Vec<EntryId> = [live.id].into_iter().chain(live.corrected_by).collect();
            let signature = signature((live.author, live.stamp), &names, &signed, crew);
            let supervised = Supervised {
                by: live.author,
                names,
                signature,
            };
            (live.id, supervised)
        })
        .collect()
}

/// The newest word of somebody who might say it, on the entry as it stands now.
fn signature(
    (author, written): (PersonId, Stamp),
    names: &[EntryId],
    signed: &[(&Live, &CoSigned)],
    crew: &Crew,
) -> Signature {
    let valid = || {
        let valid = signed.iter().rev();
        valid.filter(|(live, _)| crew.might_sign(live.author, live.stamp, author, written))
    };
    let named = |said: &CoSigned| said.entries.iter().copied().collect::<BTreeSet<EntryId>>();
    let covers = |said: &CoSigned| {
        let said = named(said);
        names.iter().all(|name| said.contains(name))
    };
    match valid().find(|(_, said)| covers(said)) {
        Some((live, said)) => match said.verdict {
            CoVerdict::Signed => Signature::Signed {
                by: live.author,
                at: said.at,
            },
            CoVerdict::Returned => Signature::Returned {
                by: live.author,
                at: said.at,
                comment: said.comment.clone().unwrap_or_default(),
            },
        },
        None => {
            let first = names.first();
            let again = valid().any(|(_, said)| first.is_some_and(|first| said.entries.contains(first)));
            Signature::Waits { again }
        }
    }
}

/// Whether an entry is one that a supervisor reads. A correction is read with the entry that it corrects, where that is a
/// trainee's; what takes back something that nobody had signed leaves nothing to read.
fn is_for_signature(live: &Live, folded: &Folded, crew: &Crew) -> bool {
    let is_trainees = |live: &Live| crew.was_trainee(live.author, live.stamp);
    match &live.fact {
        Fact::CoSigned(_) | Fact::SupervisionPoint(_) | Fact::Snooze(_) | Fact::EhrCopy(_) | Fact::Unknown => false,
        Fact::Corrected(corrected) => {
            let target = folded.live().iter().find(|other| other.id == corrected.entry);
            !target.is_some_and(is_trainees)
        }
        Fact::EnteredInError(error) => {
            let named = folded.live().iter().any(|other| match &other.fact {
                Fact::CoSigned(said) => said.entries.contains(&error.entry),
                _ => false,
            });
            named || !folded.gone(error.entry).is_some_and(is_trainees)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests;
