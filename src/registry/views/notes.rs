//! Notes for the EHR, letters and messages, templates.

use serde::{Deserialize, Serialize};

use crate::exchange::note::{LeftOut, Letter, Paper, Script};
use crate::flowsheet::EhrState;
use crate::journal::facts::NoteKind;
use crate::journal::{ChartId, Day, EntryId, Month, PersonId, ThingId, When};

/// Which of the notes that wait are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EhrQuery {
    /// Only this care manager's patients.
    pub care_manager: Option<PersonId>,
    /// At most so many rows; the count is of all.
    pub most: u32,
    /// Those from before the queue's first day too.
    pub with_older: bool,
}

/// A text that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextAsk {
    /// The note about an entry.
    Note(EntryId),
    /// The summary of a month.
    Month {
        /// Which.
        month: Month,
        /// Entries that are told although they are marked.
        confirmed: Vec<EntryId>,
    },
    /// What was said and tried in a period.
    Log {
        /// First day.
        from: Day,
        /// Last day.
        until: Day,
        /// Entries that are told although they are marked.
        confirmed: Vec<EntryId>,
    },
    /// The treatment plan as it stands.
    Plan {
        /// Entries that are told although they are marked.
        confirmed: Vec<EntryId>,
    },
    /// A letter or message.
    Letter {
        /// Which.
        letter: Letter,
        /// To whom by name; empty where it is still to be filled in.
        name: String,
        /// Entries that are told although they are marked, where the release permits it.
        confirmed: Vec<EntryId>,
        /// The release under which it goes out.
        release: Option<ThingId>,
    },
    /// A letter about the end of the episode.
    Ending {
        /// To whom.
        to: EndingLetter,
        /// Entries that are told although they are marked.
        confirmed: Vec<EntryId>,
    },
    /// A message to somebody of the care team.
    Member {
        /// Whom.
        member: ThingId,
        /// Entries that are told although they are marked, where their own release permits it.
        confirmed: Vec<EntryId>,
    },
}

impl TextAsk {
    /// Entries that are told although they are marked.
    pub fn confirmed(&self) -> &[EntryId] {
        match self {
            Self::Note(_) => &[],
            Self::Month { confirmed, .. }
            | Self::Log { confirmed, .. }
            | Self::Plan { confirmed }
            | Self::Letter { confirmed, .. }
            | Self::Ending { confirmed, .. }
            | Self::Member { confirmed, .. } => confirmed,
        }
    }
}

/// To whom a letter about the end of an episode goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndingLetter {
    /// The treating clinician.
    Clinician,
    /// The patient.
    Patient,
}

views! {
    /// What of all patients is not in the EHR yet.
    pub struct EhrView {
        /// The first day of the queue.
        pub since: Day,
        /// Whether the clinic chose that day; otherwise it moves along.
        pub is_chosen: bool,
        /// Notes that wait, from that day on.
        pub total: u32,
        /// Notes from before that day that are not marked as copied.
        pub older: u32,
        /// The oldest first.
        pub rows: Vec<EhrRow>,
        /// Whether who is working supervises or is a trainee: the rail, which asks for the queue's count, shows the page of
        /// supervision to them alone.
        pub in_supervision: bool,
    }
    /// A note that waits.
    pub struct EhrRow {
        /// Whose.
        pub chart: ChartId,
        /// The patient's name as lists show it.
        pub name: String,
        /// Age, and MRN or date of birth.
        pub about: String,
        /// The entry that it is about.
        pub anchor: EntryId,
        /// What it is about.
        pub kind: NoteKind,
        /// The same in words.
        pub label: String,
        /// The clinic's day.
        pub day: Day,
        /// Why it waits.
        pub state: EhrState,
    }
    /// Notes, letters and messages of one patient.
    pub struct NotesView {
        /// The clinic's day.
        pub today: Day,
        /// Notes that wait, the oldest first.
        pub rows: Vec<EhrRow>,
        /// How many of them are from before the first day of the queue.
        pub older: u32,
        /// What was copied, the latest first.
        pub copies: Vec<CopyView>,
        /// What was sent, the latest first.
        pub sent: Vec<SentView>,
        /// Releases, those that hold first.
        pub releases: Vec<ReleaseLine>,
        /// Entries that letters hold back until each is confirmed.
        pub held: Vec<(EntryId, String)>,
        /// Recommendations that a message can be about.
        pub advice: Vec<(ThingId, String)>,
        /// Those of them that have no answer yet, or were put off.
        pub open_advice: Vec<ThingId>,
        /// Open concerns, each with what a message that tells of it calls it.
        pub concerns: Vec<(ThingId, String)>,
        /// The treating clinician.
        pub clinician: Option<(PersonId, String)>,
        /// The patient's page.
        pub summary: SummaryView,
        /// Everybody of the care team, by name.
        pub team: Vec<TeamLetter>,
        /// Months that can be summed up, the latest first: from the first referral or contact on.
        pub months: Vec<Month>,
    }
    /// Somebody of the care team to whom a message can be written.
    pub struct TeamLetter {
        /// Who.
        pub member: ThingId,
        /// The person of the registry, when they are one.
        pub person: Option<PersonId>,
        /// Their name.
        pub name: String,
        /// Name, role, where they work.
        pub words: String,
        /// How they are reached.
        pub contact: Vec<String>,
        /// The release of their own under which they are told.
        pub release: Option<ThingId>,
        /// On what ground they are told, and how far.
        pub ground: String,
        /// Why they may be told nothing.
        pub not: Option<String>,
    }
    /// A note that was copied.
    pub struct CopyView {
        /// The entry that says so.
        pub entry: EntryId,
        /// What it was about, in words.
        pub label: String,
        /// When.
        pub at: When,
        /// Who copied it.
        pub by: String,
        /// The text.
        pub text: String,
    }
    /// A letter or message that was sent.
    pub struct SentView {
        /// The entry that says so.
        pub entry: EntryId,
        /// To whom.
        pub to: String,
        /// When.
        pub at: When,
        /// By which channel.
        pub by: String,
        /// Under which release.
        pub release: Option<String>,
        /// The text.
        pub text: String,
    }
    /// A release.
    pub struct ReleaseLine {
        /// Which.
        pub release: ThingId,
        /// To whom.
        pub to: String,
        /// What it covers.
        pub words: String,
        /// Why it doesn't hold; `None` when it does.
        pub ended: Option<String>,
    }
    /// What a patient takes home.
    pub struct SummaryView {
        /// The name that the patient goes by.
        pub name: String,
        /// Headings with their lines.
        pub parts: Vec<(String, Vec<String>)>,
        /// Whom to call.
        pub call: Vec<String>,
        /// That it is in English, where the patient speaks another language.
        pub language: Option<String>,
        /// Medicines that it leaves out, because they are marked.
        pub left_out: Vec<LeftOut>,
    }
    /// A text that was built.
    pub struct TextView {
        /// The text.
        pub text: String,
        /// The entries that it tells of.
        pub of: Vec<EntryId>,
        /// What kind of note; `None` for a letter.
        pub kind: Option<NoteKind>,
        /// What was confirmed and isn't told all the same, each with what is missing.
        pub refused: Vec<(EntryId, String)>,
    }
    /// Scripts for calls.
    pub struct ScriptsView {
        /// Whether who is working is a trainee, who sees them unless they say otherwise.
        pub is_trainee: bool,
        /// All, in the order of a course of care.
        pub scripts: Vec<ScriptView>,
    }
    /// A script for a call.
    pub struct ScriptView {
        /// Which.
        pub script: Script,
        /// What it is called beside a form.
        pub title: String,
        /// Its text: a line that begins with `> ` is said, one with `- ` is done.
        pub text: String,
        /// Whether it is the clinic's own.
        pub is_own: bool,
    }
    /// A template.
    pub struct TemplateView {
        /// Of which text.
        pub paper: Paper,
        /// What it is called.
        pub label: String,
        /// The template in force.
        pub text: String,
        /// Whether it is the clinic's own.
        pub is_own: bool,
        /// The one that ships.
        pub ours: String,
        /// Fields that it may name, and what they hold.
        pub fields: Vec<(String, String)>,
    }
}

impl NotesView {
    /// The open concerns that a message to the treating clinician names: kept as sent, it is the telling of them.
    pub fn named_in(&self, text: &str) -> Vec<ThingId> {
        let named = self.concerns.iter().filter(|(_, title)| text.contains(title));
        named.map(|(concern, _)| *concern).collect()
    }
}
