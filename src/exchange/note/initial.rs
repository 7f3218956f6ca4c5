//! The initial assessment: its sections, with what was not asked.

use crate::journal::Slot;
use crate::journal::facts::PlanPart;
use crate::journal::{Fact, Live};

use super::any::any_line;
use super::clinical;
use super::source::Source;
use super::template::Fields;
use super::words::{capital, words};

/// Sections that an initial assessment has.
pub(super) const SECTIONS: [PlanPart; 4] = [
    PlanPart::History,
    PlanPart::Strengths,
    PlanPart::Preferences,
    PlanPart::Formulation,
];

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>) {
    for part in SECTIONS {
        let text = match source.head(&Slot::PlanSection(part)) {
            Some(Fact::PlanSection(section)) if !section.text.trim().is_empty() => section.text.as_str(),
            _ => "not asked",
        };
        fields.add("history", format!("{}: {text}", capital(&words(part))));
    }
    // Whatever else was learned in a form of its own is told by its own names.
    let learned = source.set().filter(is_of_assessment);
    fields
        .lines("history")
        .extend(learned.map(|live| any_line(&live.fact)).collect::<Vec<_>>());
    fields.all("sections", clinical::sections(source, &SECTIONS));
}

fn is_of_assessment(live: &&Live) -> bool {
    let kind = live.fact.kind();
    matches!(live.fact, Fact::Condition(_))
        || (kind.contains("assessment") && !matches!(live.fact, Fact::Assessment(_)))
}
