//! Relapse prevention and closing.

use serde::{Deserialize, Serialize};

use super::around::TaskRow;
use crate::exchange::letter::{Letterhead, OutcomeLine};
use crate::exchange::note::LeftOut;
use crate::journal::facts::{CloseReason, HandedThing, MeasurePlan, RelapsePlan};
use crate::journal::{Day, EntryId, EpisodeId, PersonId, ThingId};

views! {
    /// What the section shows.
    pub struct ClosingView {
        /// The clinic's day.
        pub today: Day,
        /// The current episode.
        pub episode: Option<EpisodeId>,
        /// The day on which it opened.
        pub opened: Option<Day>,
        /// Where it stands.
        pub stage: ClosingStage,
        /// First day of that.
        pub since: Option<Day>,
        /// Readiness by each meaning of "at target", the protocol's first; empty outside of treatment.
        pub readiness: Vec<ReadinessView>,
        /// Every version of the plan, the newest first.
        pub plans: Vec<RelapsePlanView>,
        /// What is known, isn't held back and could stand in a plan, to be confirmed.
        #[serde(with = "crate::journal::as_json")]
        pub known: RelapsePlan,
        /// How often the patient is called and measured in the phase.
        pub intervals: PhaseIntervals,
        /// What calls for reopening active treatment.
        pub relapsed: Vec<String>,
        /// What is open.
        pub loose: Vec<LooseView>,
        /// Why closing somebody who can't be reached needs the clinician's agreement.
        pub at_risk: Option<String>,
        /// What the scores come to now.
        pub outcomes: Vec<OutcomeLine>,
        /// How the episode ended, where it did.
        pub ended: Option<EndedView>,
        /// What stays watched after closing.
        pub watched: Vec<String>,
        /// From whom letters are, and about whom.
        pub head: Letterhead,
        /// Medicines as they stand and aren't held back, a line each.
        pub medicines: Vec<String>,
        /// What is held back from letters until a person confirms it: the entry, and what it is without its content.
        pub held: Vec<(EntryId, String)>,
        /// What speaks against goals that are said to be met: the latest score, open goals.
        pub goals_doubted: Option<String>,
        /// Open tasks, by due day.
        pub tasks: Vec<TaskRow>,
        /// Who can be given one.
        pub people: Vec<(PersonId, String)>,
        /// For each part of the plan where what is known comes from, in the order of the parts; empty where nothing is.
        pub known_from: Vec<String>,
        /// Medicines that the plan is not filled in with, because they are marked.
        pub left_out: Vec<LeftOut>,
    }
    /// Where an episode stands, as far as its end goes.
    #[derive(Copy, Eq)]
    pub enum ClosingStage {
        /// There is none.
        NoEpisode,
        /// Referred or being tried.
        Before,
        /// Enrolled or in treatment.
        Treatment,
        /// Preventing relapse.
        Prevention,
        /// Paused.
        OnHold,
        /// Ended.
        Closed,
    }
    /// Readiness by one meaning of "at target".
    pub struct ReadinessView {
        /// Its name.
        pub name: String,
        /// Its rule and where that comes from.
        pub source: String,
        /// Whether every test is met.
        pub ready: bool,
        /// Each test.
        pub lines: Vec<ReadyLineView>,
    }
    /// One test.
    pub struct ReadyLineView {
        /// Whether it is met.
        pub met: bool,
        /// The numbers and dates.
        pub words: String,
        /// Where it comes from.
        pub source: String,
    }
    /// One version of the plan.
    pub struct RelapsePlanView {
        /// The entry.
        pub entry: EntryId,
        /// The plan.
        #[serde(with = "crate::journal::as_json")]
        pub plan: RelapsePlan,
        /// Who wrote it.
        pub by: String,
    }
    /// How often, by the protocol and by this patient's own plan.
    pub struct PhaseIntervals {
        /// Days between contacts by the protocol.
        pub contact: u32,
        /// Days between contacts as agreed with this patient.
        pub own_contact: Option<u32>,
        /// The next contact as agreed.
        pub next_contact: Option<Day>,
        /// Days between measures by the protocol.
        pub measure: u32,
        /// The plan of the instrument that the episode is judged by; its own interval from response on holds in the phase.
        #[serde(with = "crate::journal::as_json")]
        pub plan: Option<MeasurePlan>,
        /// That instrument.
        pub instrument: String,
        /// Its short title.
        pub title: String,
    }
    /// Something that is open.
    pub struct LooseView {
        /// Which.
        pub about: ThingId,
        /// What it is.
        pub what: HandedThing,
        /// In words, with its day.
        pub words: String,
        /// Its text: the advice; to whom a referral went, and what for.
        pub text: Option<String>,
        /// To whom it was handed, and when.
        pub handed: Option<(String, Day)>,
    }
    /// How an episode ended.
    pub struct EndedView {
        /// The entry that closed it.
        pub entry: EntryId,
        /// The last day.
        pub last: Day,
        /// Why.
        pub reason: CloseReason,
        /// Why, in words.
        pub words: String,
        /// More about it.
        pub note: Option<String>,
        /// The clinician's agreement, in words.
        pub agreed: Option<String>,
        /// What goes on.
        pub goes_on: Option<String>,
        /// Who follows.
        pub followed_by: Option<String>,
        /// What the scores came to then, as it was kept.
        pub outcomes: Vec<OutcomeLine>,
        /// Who closed it.
        pub by: String,
        /// Tasks that stayed open, with the reason, in words.
        pub tasks: Vec<String>,
    }
}
