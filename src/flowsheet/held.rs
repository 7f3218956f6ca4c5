//! Entries that stay out of tables that leave.

use crate::journal::{EntryId, Fact, Folded, Live, Slot};

/// Entries on which a mark is set; of a forked mark one that is set is enough.
pub(super) fn held(folded: &Folded) -> Vec<EntryId> {
    let is_set = |live: &&Live| matches!(&live.fact, Fact::Mark(mark) if mark.is_set());
    let marked = folded.slots().filter_map(|slot| match slot {
        Slot::Mark(entry, _) if folded.heads(slot).iter().any(is_set) => Some(*entry),
        _ => None,
    });
    let mut held: Vec<EntryId> = marked.collect();
    held.dedup();
    held
}
