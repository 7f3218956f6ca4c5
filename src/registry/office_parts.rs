//! Two copies' protocol, people and directory: where they differ, and what becomes of that when a file is merged.
//!
//! What is chosen to be kept is not merged: the file's entries of that part stay in the file, and come with the next one.
//! What is chosen to be taken holds afterwards, also where both copies had changed it.

use super::api::Failure;
use super::books::Books;
use super::views::*;
use crate::care::intent::{Intent, Refusal};
use crate::exchange::handoff::Handoff;
use crate::journal::facts::{DirectoryEntry, Person, Role};
use crate::journal::{ChartId, Entry, EntryId, Fact, Slot};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// Where a file from a copy of this registry has the protocol, a person or a resource otherwise than it is here.
    pub(super) fn office_differences(&self, handoff: &Handoff) -> Vec<OfficeDifference> {
        let differing = self.differing(handoff).into_iter();
        let mut found: Vec<OfficeDifference> = differing
            .map(|(part, there)| OfficeDifference {
                part,
                what: what(&there),
                here: there
                    .slot()
                    .and_then(|slot| Some(words(&self.office.folded.head(&slot)?.fact))),
                there: words(&there),
            })
            .collect();
        found.sort_by(|a, b| (a.part, &a.what, &a.there).cmp(&(b.part, &b.what, &b.there)));
        found
    }

    /// What of a file is not here and says otherwise. What was here and was set again since is no difference.
    fn differing(&self, handoff: &Handoff) -> Vec<(OfficePart, Fact)> {
        let own = self.office.chart;
        let theirs = super::books::chart_of(handoff.entries().filter(|entry| entry.chart() == own).cloned()).fold();
        let is_here = |id: EntryId| self.office.entries.entries().any(|entry| entry.id() == id);
        let differing = theirs.slots().filter_map(|slot| {
            let (part, head) = (part_of(slot)?, theirs.head(slot)?);
            let here = self.office.folded.head(slot).map(|live| &live.fact);
            (!is_here(head.id) && here != Some(&head.fact)).then(|| (part, head.fact.clone()))
        });
        differing.collect()
    }

    /// What is taken from a file of what it has differently.
    pub(super) fn taken(&self, handoff: &Handoff, choices: &[OfficeChoice]) -> Vec<Fact> {
        let is_taken = |part: OfficePart| choices.iter().any(|c| c.part == part && c.theirs);
        let differing = self.differing(handoff).into_iter();
        differing
            .filter(|(part, _)| is_taken(*part))
            .map(|(_, fact)| fact)
            .collect()
    }

    /// Makes what was chosen from the file hold, where the newer version here would.
    pub(super) async fn settle_office(&mut self, theirs: Vec<Fact>, now: u64) -> Result<(), Failure> {
        let holds = |fact: &Fact| {
            let slot = fact.slot();
            slot.is_none_or(|slot| {
                let head = self.office.folded.head(&slot).map(|live| &live.fact);
                self.office.folded.replaced_by_next(&slot).len() <= 1 && head == Some(fact)
            })
        };
        let unsettled: Vec<Fact> = theirs.into_iter().filter(|fact| !holds(fact)).collect();
        // In a packet the clinic's settings are the clinic's: there is nothing to settle.
        if unsettled.is_empty() || self.kind() == crate::exchange::handoff::RegistryKind::Packet {
            return Ok(());
        }
        match self.carry_out(&Intent::Office(unsettled), now).await {
            Ok(_) | Err(Failure::Refused(Refusal::Nothing)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// The entries without those of the parts that stay as they are here.
pub(super) fn without_declined(entries: Vec<Entry>, own: ChartId, choices: &[OfficeChoice]) -> Vec<Entry> {
    let stays = |fact: &Fact| {
        let part = fact.slot().as_ref().and_then(part_of);
        part.is_some_and(|part| choices.iter().any(|c| c.part == part && !c.theirs))
    };
    entries
        .into_iter()
        .filter(|entry| entry.chart() != own || !stays(entry.fact()))
        .collect()
}

fn part_of(slot: &Slot) -> Option<OfficePart> {
    match slot {
        Slot::Protocol => Some(OfficePart::Protocol),
        Slot::Person(_) => Some(OfficePart::People),
        Slot::Resource(_) => Some(OfficePart::Directory),
        _ => None,
    }
}

fn what(fact: &Fact) -> String {
    match fact {
        Fact::ProtocolChange(_) => "Protocol".to_owned(),
        Fact::Person(person) => person.name.clone(),
        Fact::DirectoryEntry(resource) => resource.name.clone(),
        _ => String::new(),
    }
}

fn words(fact: &Fact) -> String {
    match fact {
        Fact::ProtocolChange(change) => {
            let numbers = change.numbers.iter().map(|(name, value)| format!("{name} {value}"));
            let numbers: Vec<String> = numbers.collect();
            match numbers.is_empty() {
                true => change.name.clone(),
                false => format!("{}: {}", change.name, numbers.join(", ")),
            }
        }
        Fact::Person(person) => person_words(person),
        Fact::DirectoryEntry(resource) => resource_words(resource),
        _ => String::new(),
    }
}

fn person_words(person: &Person) -> String {
    let mut parts = vec![role_word(person.role).to_owned()];
    parts.extend(person.credential.clone());
    parts.extend(person.npi.as_ref().map(|npi| format!("NPI {npi}")));
    parts.extend(person.phone.clone());
    parts.extend(person.left.then(|| "has left".to_owned()));
    parts.extend(person.same_as.map(|_| "another name of somebody".to_owned()));
    format!("{}: {}", person.name, parts.join(", "))
}

fn resource_words(resource: &DirectoryEntry) -> String {
    let said = [
        Some(resource.what.clone()),
        resource.phone.clone(),
        resource.area.clone(),
        resource.languages.clone(),
        resource.cost.clone(),
        resource.wait.clone(),
        resource.notes.clone(),
        resource.checked.map(|day| format!("checked {}", day_words(day))),
    ];
    let said: Vec<String> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    format!("{}: {}", resource.name, said.join(", "))
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::CareManager => "care manager",
        Role::Consultant => "psychiatric consultant",
        Role::Clinician => "treating clinician",
        Role::Biller => "biller",
        Role::Supervisor => "supervisor",
        Role::Trainee => "trainee",
        Role::Import => "imported sheet",
    }
}
