//! Notes for the EHR, letters and messages, as plain text, from what a chart holds.
//!
//! Each kind has a template with fields in braces ([`template`]), ours or the clinic's own, and a builder that says what
//! the fields hold. Nothing is left out silently: what a builder has no sentence for is told by its own names ([`any`]),
//! what was not asked is said so, and a template can't drop the safety lines.

mod any;
mod attempt;
mod clinical;
mod closing;
mod common;
mod contact;
mod initial;
mod letter;
mod lines;
mod log;
mod month;
mod ours;
mod paper;
mod plan;
mod relapse;
mod release;
mod review;
mod safety;
mod scores;
mod source;
mod summary;
mod template;
mod words;

pub use letter::{Recipient, letter};
pub use paper::{Letter, Paper};
pub use release::{Held, ReleaseLine, held_back, may_tell_held, releases};
pub use source::Source;
pub use summary::{PatientSummary, summary};
pub use template::{Field, TemplateError, check_template, vocabulary};

use crate::billing::ServiceMonth;
use crate::flowsheet::{EhrItem, EhrState};
use crate::journal::Day;
use crate::journal::facts::NoteKind;

use template::{Fields, render};

/// The note of an item of the queue, by a template.
pub fn note(source: &Source<'_>, item: &EhrItem, template: &str) -> String {
    if item.state == EhrState::Withdrawn {
        return plan::withdrawn(source, item);
    }
    let mut fields = common::fields(source, item.day, item.by, item.at);
    let told = Told::of(source, item);
    match item.kind {
        NoteKind::Contact | NoteKind::Measures => contact::fields(&mut fields, source, item, &told),
        NoteKind::InitialAssessment => {
            contact::fields(&mut fields, source, item, &told);
            initial::fields(&mut fields, source);
        }
        NoteKind::Attempt => attempt::fields(&mut fields, source, item, &told),
        NoteKind::Safety => safety::fields(&mut fields, source, item, &told),
        NoteKind::Plan | NoteKind::Note | NoteKind::Month | NoteKind::Log => {
            plan::fields(&mut fields, source, item, &told);
        }
        NoteKind::Review => review::fields(&mut fields, source, item, &told),
        NoteKind::RelapsePlan => relapse::fields(&mut fields, source, item, &told),
        NoteKind::Closing => closing::fields(&mut fields, source, item, &told),
    }
    let marked = held_back(source.folded);
    if marked.iter().any(|held| item.told.contains(&held.entry)) {
        fields.add(
            "also",
            "Holds an entry that is marked as protected: check whether it may go into the EHR",
        );
    }
    if item.state == EhrState::Changed {
        fields.add("also", "Written again: this replaces the note that was copied before.");
    }
    render(template, &fields)
}

/// The summary of a service month, by a template.
pub fn month_note(source: &Source<'_>, month: &ServiceMonth, template: &str) -> String {
    let last = month.month.last().min(source.at.today);
    let mut fields = common::fields(source, last, source.me, crate::journal::When::At(source.at.now));
    month::fields(&mut fields, source, month);
    render(template, &fields)
}

/// What was said and tried from one day to another, by a template.
pub fn log_note(source: &Source<'_>, from: Day, until: Day, template: &str) -> String {
    let mut fields = common::fields(source, until, source.me, crate::journal::When::At(source.at.now));
    log::fields(&mut fields, source, from, until);
    render(template, &fields)
}

/// The entries that a note tells of, in the order in which they were written.
pub(crate) struct Told<'a> {
    /// Those that are here and can be read.
    pub entries: Vec<&'a crate::journal::Live>,
}

impl<'a> Told<'a> {
    fn of(source: &Source<'a>, item: &EhrItem) -> Self {
        let entries = source.folded.live().iter().filter(|live| item.told.contains(&live.id));
        Self {
            entries: entries.collect(),
        }
    }
}

/// A field is there once it has a line.
impl Fields {
    fn add(&mut self, field: &'static str, line: impl Into<String>) {
        self.lines(field).push(line.into());
    }
}
