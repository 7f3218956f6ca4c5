//! What the page of a patient's intake shows.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{
    AttemptOutcome, CareTeamMember, Channel, Diagnosis, InitiatingVisit, Payer, Referral, Registration,
};
use crate::journal::{ChartId, Day, EntryId, EpisodeId, PersonId};

views! {
    /// Who the patient is, how they came, who looks after them, who pays, and the episodes.
    pub struct IntakeView {
        /// Whose.
        pub chart: ChartId,
        /// The clinic's day.
        pub today: Day,
        /// Registration as it stands.
        #[serde(with = "crate::journal::as_json")]
        pub registration: Registration,
        /// Treating clinician's name.
        pub clinician: Option<String>,
        /// The care manager of today.
        pub care_manager: Option<PersonId>,
        /// Who managed the care from which day on, the latest first; `None` for nobody.
        pub care_managers: Vec<(Day, Option<String>)>,
        /// Who stands in, or did: name, first and last day; the latest first.
        pub coverage: Vec<(String, Day, Day)>,
        /// The current episode.
        pub episode: Option<EpisodeId>,
        /// Where it stands, in words.
        pub status_line: String,
        /// Its referral.
        #[serde(with = "crate::journal::as_json")]
        pub referral: Option<Referral>,
        /// Who referred, by name.
        pub referred_by: Option<String>,
        /// The scores that came with it, a line each.
        pub came_with: Vec<String>,
        /// The clock of the first or the next contact.
        pub clock: Option<ClockWords>,
        /// The outreach ladder, while the patient is not reached.
        pub outreach: Option<OutreachView>,
        /// Tries since the referral or the last contact, the latest first.
        pub attempts: Vec<AttemptRow>,
        /// A letter to the patient who could not be reached, to be changed before it goes out.
        pub letter: String,
        /// Initiating visits, the latest first, each with the practitioner's name.
        #[serde(with = "crate::journal::as_json")]
        pub visits: Vec<(InitiatingVisit, Option<String>)>,
        /// What enrolling needs, and what the service month asks for: what it is, whether it is there, and why not.
        pub needs: Vec<NeedRow>,
        /// First day in care of the current episode.
        pub enrolled: Option<Day>,
        /// Whether the patient waits to be enrolled.
        pub to_enrol: bool,
        /// Payers by their first day, the latest first.
        #[serde(with = "crate::journal::as_json")]
        pub payers: Vec<Payer>,
        /// The clinic's own profile.
        pub clinic_profile: String,
        /// The care team: who takes part now, then who did.
        #[serde(with = "crate::journal::as_json")]
        pub team: Vec<CareTeamMember>,
        /// Diagnoses, those that hold first.
        #[serde(with = "crate::journal::as_json")]
        pub diagnoses: Vec<Diagnosis>,
        /// Episodes, the latest first.
        pub episodes: Vec<EpisodeRow>,
        /// Why no other episode can be opened today; `None` when one can.
        pub not_now: Option<String>,
        /// The rule of the six months, with its dates and its source.
        pub gap: (String, String),
    }
    /// A clock in words.
    pub struct ClockWords {
        /// What it says.
        pub says: String,
        /// What clears it.
        pub clears: String,
        /// The rule and its source.
        pub rule: String,
        /// Whether it is on the list today.
        pub fires: bool,
    }
    /// The outreach ladder.
    pub struct OutreachView {
        /// Each rung: what it is, the day on which it was climbed, and when it is due where it is next.
        pub rungs: Vec<RungRow>,
        /// Its numbers and where they come from.
        pub numbers: Vec<(String, String)>,
        /// Whether a letter was sent.
        pub letter_sent: bool,
        /// Whether closing as unreachable is what comes next.
        pub may_close: bool,
    }
    /// A rung of the ladder.
    pub struct RungRow {
        /// What is done.
        pub words: String,
        /// When it was done.
        pub done: Option<Day>,
        /// When it is due, where it is the next one.
        pub due: Option<Day>,
    }
    /// A try.
    pub struct AttemptRow {
        /// The entry.
        pub entry: EntryId,
        /// The clinic's day.
        pub day: Day,
        /// The time of day, where it is known.
        pub time: Option<String>,
        /// By which channel.
        pub by: Channel,
        /// What came of it.
        pub outcome: AttemptOutcome,
    }
    /// Something that enrolling or billing needs.
    pub struct NeedRow {
        /// What.
        pub what: String,
        /// Whether it is there.
        pub is_there: bool,
        /// What was found, or what would mend it.
        pub why: String,
    }
    /// One course of care.
    pub struct EpisodeRow {
        /// Which.
        pub episode: EpisodeId,
        /// Its number, counted from 1.
        pub number: u32,
        /// When it opened.
        pub opened: Day,
        /// When it was closed, and why.
        pub closed: Option<(Day, String)>,
        /// Where it stands.
        pub status: String,
        /// Who referred and why, in words.
        pub referral: String,
        /// First and last score of its target: `PHQ-9 17 to 4`.
        pub scores: String,
        /// Weeks in care.
        pub weeks: Option<u32>,
    }
}
