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
mod our_letters;
mod ours;
mod paper;
mod plain;
mod plan;
mod relapse;
mod release;
mod review;
mod safety;
mod scores;
mod source;
mod summary;
mod team;
mod template;
mod words;

pub use letter::{Recipient, letter};
pub use paper::{Letter, Paper};
pub use release::{Held, ReleaseLine, held_back, held_words, may_tell_held, part2_notice, releases, untold};
pub use source::Source;
pub use summary::{PatientSummary, summary};
pub use team::{Addressee, member_letter, role_words};
pub use template::{Field, TemplateError, check_template, vocabulary};

use std::collections::BTreeSet;

use crate::billing::ServiceMonth;
use crate::care::privacy;
use crate::flowsheet::{EhrItem, EhrState};
use crate::journal::facts::NoteKind;
use crate::journal::{Day, EntryId};

use contact::NOT_RECORDED;
use template::{Fields, names, render};

/// The note of an item of the queue, by a template.
pub fn note(source: &Source<'_>, item: &EhrItem, template: &str) -> String {
    if item.state == EhrState::Withdrawn {
        return plan::withdrawn(source, item);
    }
    let make = |source: &Source<'_>| {
        let mut fields = common::fields(source, item.day, item.by, item.at);
        of_kind(&mut fields, source, item);
        fields
    };
    let mut fields = make(source);
    fields.keep(carried(item.kind), template);
    let mut is_told = |entry| item.told.contains(&entry);
    if tells_protected(source, template, &make, &mut is_told) {
        fields.add("also", PROTECTED);
    }
    if item.state == EhrState::Changed {
        fields.add("also", "Written again: this replaces the note that was copied before.");
    }
    render(template, &fields)
}

/// What stands in a note that tells of something protected.
const PROTECTED: &str = "Holds an entry that is marked as protected: check whether it may go into the EHR";

fn of_kind(fields: &mut Fields, source: &Source<'_>, item: &EhrItem) {
    let told = Told::of(source, item);
    match item.kind {
        NoteKind::Contact | NoteKind::Measures => contact::fields(fields, source, item, &told),
        NoteKind::InitialAssessment => {
            contact::fields(fields, source, item, &told);
            initial::fields(fields, source);
        }
        NoteKind::Attempt => attempt::fields(fields, source, item, &told),
        NoteKind::Safety => safety::fields(fields, source, item, &told),
        NoteKind::Plan | NoteKind::Note | NoteKind::Month | NoteKind::Log => {
            plan::fields(fields, source, item, &told);
        }
        NoteKind::Review => review::fields(fields, source, item, &told),
        NoteKind::RelapsePlan => relapse::fields(fields, source, item, &told),
        NoteKind::Closing => closing::fields(fields, source, item, &told),
    }
}

/// The fields in which a note of a kind tells its own entries, with their headings: what a template does not name of
/// them is told under "also".
fn carried(kind: NoteKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        NoteKind::InitialAssessment => &[
            ("minutes", "Minutes"),
            ("scores", "Scores"),
            ("history", "Assessment"),
            ("interventions", "Interventions"),
            ("changes", "Changes"),
            ("note", "Note"),
        ],
        NoteKind::Contact | NoteKind::Measures => &[
            ("minutes", "Minutes"),
            ("scores", "Scores"),
            ("interventions", "Interventions"),
            ("changes", "Changes"),
            ("note", "Note"),
        ],
        NoteKind::Attempt => &[
            ("outcome", "Outcome"),
            ("minutes", "Minutes"),
            ("scores", "Scores"),
            ("changes", "Changes"),
            ("note", "Note"),
        ],
        NoteKind::Safety => &[
            ("concern", "Concern"),
            ("steps", "Steps"),
            ("safety plan", "Safety plan"),
        ],
        NoteKind::Plan | NoteKind::Note => &[("changes", "Changed"), ("note", "Note")],
        NoteKind::Review => &[
            ("note", "Discussed"),
            ("advice", "Recommendation"),
            ("answer", "PCP's answer"),
        ],
        NoteKind::RelapsePlan => &[("parts", "Plan")],
        NoteKind::Closing => &[("reason", "Reason"), ("note", "Note")],
        NoteKind::Month | NoteKind::Log => &[],
    }
}

/// Whether a text tells of something that is marked as protected, or of what tells of that: of an entry that `is_told`
/// names, or of one without which it would read otherwise.
fn tells_protected(
    source: &Source<'_>,
    template: &str,
    make: &dyn Fn(&Source<'_>) -> Fields,
    is_told: &mut dyn FnMut(EntryId) -> bool,
) -> bool {
    let marked: BTreeSet<EntryId> = held_back(source.folded).into_iter().map(|held| held.entry).collect();
    if marked.is_empty() {
        return false;
    }
    // What was sent under a release holds it word for word.
    let marked = privacy::with_what_tells(source.folded, &marked);
    let without = Source {
        held: &marked,
        ..*source
    };
    marked.iter().any(|entry| is_told(*entry)) || render(template, &make(&without)) != render(template, &make(source))
}

/// The summary of a service month, by a template.
pub fn month_note(source: &Source<'_>, month: &ServiceMonth, template: &str) -> String {
    let last = month.month.last().min(source.at.today);
    let make = |source: &Source<'_>| {
        let mut fields = common::fields(source, last, source.me, crate::journal::When::At(source.at.now));
        month::fields(&mut fields, source, month);
        fields
    };
    let mut fields = make(source);
    if tells_protected(source, template, &make, &mut |entry| month::tells(source, month, entry)) {
        fields.add("also", PROTECTED);
    }
    render(template, &fields)
}

/// What was said and tried from one day to another, by a template.
pub fn log_note(source: &Source<'_>, from: Day, until: Day, template: &str) -> String {
    let make = |source: &Source<'_>| {
        let mut fields = common::fields(source, until, source.me, crate::journal::When::At(source.at.now));
        log::fields(&mut fields, source, from, until);
        fields
    };
    let mut fields = make(source);
    if tells_protected(source, template, &make, &mut |_| false) {
        fields.add("also", PROTECTED);
    }
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
    /// What a template does not name of these is told under "also", in front.
    fn keep(&mut self, carried: &[(&'static str, &'static str)], template: &str) {
        let mut kept = Vec::new();
        for (field, label) in carried.iter().filter(|(field, _)| !names(template, field)) {
            let lines = self.lines(field).iter();
            let said = lines.filter(|line| *line != NOT_RECORDED);
            kept.extend(said.map(|line| format!("{label}: {line}")));
        }
        self.lines("also").splice(0..0, kept);
    }
}
