//! The treatment plan and what changed in it on a day; a note; what was taken back.

use crate::flowsheet::EhrItem;
use crate::journal::Fact;

use super::lines::line;
use super::source::Source;
use super::template::Fields;
use super::{Told, clinical};

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, item: &EhrItem, told: &Told<'_>) {
    fields.all("sections", clinical::sections(source, &[]));
    fields.all("advice", clinical::advice(source));
    for live in &told.entries {
        match &live.fact {
            Fact::Note(note) => {
                fields.set("when", source.when(note.at));
                fields.set("note", note.text.clone());
            }
            fact @ Fact::Corrected(_) => fields.lines("also").extend(line(source, fact)),
            fact => fields.lines("changes").extend(line(source, fact)),
        }
    }
    fields.maybe("author", Some(source.name(item.by)));
}

/// A note that was copied and whose entries were entered in error since: the EHR still has it.
pub(super) fn withdrawn(source: &Source<'_>, item: &EhrItem) -> String {
    let mut lines = vec![
        "COLLABORATIVE CARE: ENTERED IN ERROR".to_owned(),
        "The note below was copied to the EHR and has been marked as entered in error in the registry. Please retract it."
            .to_owned(),
    ];
    for live in source.live().filter(|live| item.told.contains(&live.id)) {
        if let Fact::EnteredInError(error) = &live.fact {
            lines.push(format!("Why: {} ({})", error.reason, source.name(live.author)));
        }
    }
    lines.push("The note as it was copied:".to_owned());
    let mut copied = source.live().filter_map(|live| match &live.fact {
        Fact::EhrCopy(copy) if copy.of.contains(&item.anchor) => Some(copy.text.clone()),
        _ => None,
    });
    lines.extend(copied.next_back());
    lines.join("\n")
}
