//! The clinic's directory of resources, as the registry's own chart has it.

use super::books::Books;
use super::views::DirectoryView;
use crate::care::fold;
use crate::journal::facts::DirectoryEntry;
use crate::journal::{Day, Fact, Slot};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// The directory, by name.
    pub(super) fn directory(&self, today: Day) -> DirectoryView {
        DirectoryView {
            today,
            entries: self.resources(),
        }
    }

    /// All resources by name, retired ones too. What breaks its own rules is not among them.
    pub(super) fn resources(&self) -> Vec<DirectoryEntry> {
        let folded = &self.office.folded;
        let slots = folded.slots().filter(|slot| matches!(slot, Slot::Resource(_)));
        let entry = |slot: &Slot| match &folded.head(slot)?.fact {
            fact @ Fact::DirectoryEntry(entry) if fact.problems().is_empty() => Some(entry.clone()),
            _ => None,
        };
        let mut entries: Vec<DirectoryEntry> = slots.filter_map(entry).collect();
        entries.sort_by_cached_key(|entry| (fold(&entry.name), entry.resource));
        entries
    }
}
