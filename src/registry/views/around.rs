//! What goes on around a patient: tasks, referrals out, and the clinic's directory.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{DirectoryEntry, OutgoingReferral, SafetyPlanPart, Task};
use crate::journal::{Day, PersonId};

views! {
    /// Tasks and referrals out of one patient.
    pub struct TogetherView {
        /// The clinic's day.
        pub today: Day,
        /// Tasks: open ones by due day, then what was done or dropped, the latest first.
        pub tasks: Vec<TaskRow>,
        /// Referrals out: those under way by how long they wait, then the others, the latest first.
        pub referrals: Vec<ReferralRow>,
        /// Who can be given a task.
        pub people: Vec<(PersonId, String)>,
        /// Resources that a referral can go to, by name.
        #[serde(with = "crate::journal::as_json")]
        pub resources: Vec<DirectoryEntry>,
    }
    /// A task as it stands.
    pub struct TaskRow {
        /// What, by when, whose.
        #[serde(with = "crate::journal::as_json")]
        pub task: Task,
        /// Whose it is, by name.
        pub owner: String,
        /// Whether it is open.
        pub open: bool,
        /// Whether it is open and its day has passed.
        pub late: bool,
        /// What became of it: `done Tue 24 Nov by Lena Brandt`.
        pub ended: Option<String>,
        /// The barrier that it was made from, where that is settled, in words: `Transport, settled Mon 16 Nov`.
        pub settled: Option<String>,
    }
    /// A referral out, with its steps.
    pub struct ReferralRow {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub referral: OutgoingReferral,
        /// Its steps, the first one first.
        pub steps: Vec<ReferralStep>,
        /// What is waited for, while it is under way.
        pub waits: Option<String>,
        /// Whether it has had no next step for longer than the protocol says.
        pub late: bool,
        /// The release to the recipient, in words, where one holds today.
        pub release: Option<String>,
        /// The barrier that it was made from, where that is settled, in words: `Transport, settled Mon 16 Nov`.
        pub settled: Option<String>,
    }
    /// One step of a referral out.
    pub struct ReferralStep {
        /// The day of it.
        pub day: Day,
        /// What: `sent by letter`.
        pub words: String,
        /// What came of it.
        pub note: Option<String>,
        /// Who wrote it down.
        pub by: String,
    }
    /// The clinic's directory.
    pub struct DirectoryView {
        /// The clinic's day.
        pub today: Day,
        /// All entries by name, retired ones too.
        #[serde(with = "crate::journal::as_json")]
        pub entries: Vec<DirectoryEntry>,
    }
    /// What safety forms begin with, as the record has it.
    pub struct SafetyKnownView {
        /// The treating clinician, and how they are reached.
        pub clinician: Option<(String, Option<String>)>,
        /// Sections of a safety plan of which something is known.
        pub plan: Vec<TakenOver>,
    }
    /// What is known of a section, to be confirmed.
    pub struct TakenOver {
        /// Which section.
        pub part: SafetyPlanPart,
        /// What is known, a line each.
        pub text: String,
        /// Where from, in words that follow "taken over from".
        pub from: String,
    }
}
