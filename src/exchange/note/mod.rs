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
mod feedback;
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
mod script;
mod sheets;
mod source;
mod summary;
mod team;
mod template;
mod words;

pub use feedback::feedback_letter;
pub use letter::{Recipient, letter, written_in};
pub use paper::{Letter, Paper};
pub use release::{
    Held, LeftOut, ReleaseLine, held_back, held_words, left_out, may_tell_held, part2_notice, releases, untold,
};
pub use safety::{concern_title, told_concerns};
pub use script::{Script, Speaker, script};
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

/// The note of an item of the queue, by a template. What is held back is told where the note is about it, with a
/// warning; elsewhere where it is confirmed.
pub fn note(source: &Source<'_>, item: &EhrItem, template: &str) -> String {
    if item.state == EhrState::Withdrawn {
        return plan::withdrawn(source, item);
    }
    let told = item.told.iter().copied().collect();
    let untold = Untold::of(source, &told);
    let told_without = |held: &BTreeSet<EntryId>| {
        let source = &Source { held, ..*source };
        let mut fields = common::fields(source, item.day, item.by, item.at);
        of_kind(&mut fields, source, item);
        fields.keep(carried(item.kind), template);
        fields
    };
    let mut fields = told_without(&untold.entries);
    // A note that leaves nothing out doesn't hint that something is held back elsewhere.
    let leaves_out = || render(template, &fields) != render(template, &told_without(&BTreeSet::new()));
    let line = untold.line.clone().filter(|_| leaves_out());
    if untold.is_told_of {
        fields.add("also", PROTECTED);
    }
    fields.lines("also").extend(line);
    if item.state == EhrState::Changed {
        fields.add("also", "Written again: this replaces the note that was copied before.");
    }
    with_notice(render(template, &fields), source, &untold)
}

/// What stands in a note that tells of something protected: nobody copies it before saying that it may go into the EHR.
pub const PROTECTED: &str = "Holds an entry that is marked as protected: check whether it may go into the EHR";

/// What a note doesn't tell: what is held back, with what tells of it, but what the note is about or a person confirmed.
struct Untold {
    entries: BTreeSet<EntryId>,
    /// Whether the note is about something that is held back, or that tells of it.
    is_told_of: bool,
    /// How much there is; a reader must not take the note for all there is.
    line: Option<String>,
}

impl Untold {
    fn of(source: &Source<'_>, about: &BTreeSet<EntryId>) -> Self {
        let held = untold(source.folded, source.confirmed);
        let telling = privacy::with_what_tells(source.folded, &held);
        Self {
            line: held_words(source.folded, &held.difference(about).copied().collect()),
            is_told_of: about.iter().any(|entry| telling.contains(entry)),
            entries: telling.difference(about).copied().collect(),
        }
    }
}

/// With the notice, where a person confirmed something that Part 2 protects.
fn with_notice(mut text: String, source: &Source<'_>, untold: &Untold) -> String {
    let notice = part2_notice(source.folded, &untold.entries).filter(|_| !source.confirmed.is_empty());
    if let Some(notice) = notice {
        text.push_str(&format!("\n\n{notice}"));
    }
    text
}

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

/// The summary of a service month, by a template. What is held back counts, and is told where it is confirmed.
pub fn month_note(source: &Source<'_>, month: &ServiceMonth, template: &str) -> String {
    let untold = Untold::of(source, &BTreeSet::new());
    let source = &Source {
        held: &untold.entries,
        ..*source
    };
    let last = month.month.last().min(source.at.today);
    let mut fields = common::fields(source, last, source.me, crate::journal::When::At(source.at.now));
    month::fields(&mut fields, source, month);
    fields.lines("also").extend(untold.line.clone());
    with_notice(render(template, &fields), source, &untold)
}

/// What was said and tried from one day to another but what is held back and not confirmed, by a template.
pub fn log_note(source: &Source<'_>, from: Day, until: Day, template: &str) -> String {
    let untold = Untold::of(source, &BTreeSet::new());
    let source = &Source {
        held: &untold.entries,
        ..*source
    };
    let mut fields = common::fields(source, until, source.me, crate::journal::When::At(source.at.now));
    log::fields(&mut fields, source, from, until);
    fields.lines("also").extend(untold.line.clone());
    with_notice(render(template, &fields), source, &untold)
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
