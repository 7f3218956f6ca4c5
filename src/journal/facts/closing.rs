//! How a course of care ended, and what was left open and handed to somebody.

use std::collections::BTreeMap;

use crate::journal::{Day, ThingId, When};

codes! {
    /// One of the six named outcome definitions, as a closure keeps it.
    pub enum OutcomeName {
        /// Under 5.
        Remission,
        /// A fall of half or more.
        Response,
        /// Lower, and under 10 or a fall of half (Bao 2015, New York State).
        Improved,
        /// Under 10 and a fall of half (SCOPE).
        TreatmentResponse,
        /// At target by the AIMS spreadsheet.
        AtTarget,
        /// A fall of 5 points (PHQ-9) or 4 (GAD-7).
        ReliableChange,
    }
    /// What is handed to somebody else before an episode ends.
    pub enum HandedThing {
        /// A safety concern.
        Concern,
        /// A recommendation without an answer.
        Recommendation,
        /// A referral to another service that has not come to its end.
        Referral,
    }
}

data! {
    /// What belongs to the end of an episode besides its reason.
    #[derive(Default)]
    pub struct Closure {
        /// What the scores came to by each definition on the last day, one instrument each. Kept as it was then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub outcomes: Vec<OutcomeThen>,
        /// What goes on: medicines, therapy.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub goes_on: Option<String>,
        /// Who follows the patient from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub followed_by: Option<String>,
        /// The treating clinician's agreement, where it was needed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub agreement: Option<Agreement>,
        /// Tasks that stay open after the end, each with the reason.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub tasks: Vec<KeptTask>,
    }
    /// A task that stays open after the end of an episode.
    pub struct KeptTask {
        /// Which.
        pub task: ThingId,
        /// What it says, as it was then.
        pub text: String,
        /// Why it stays, and with whom.
        pub why: String,
    }
    /// Somebody agreed that an episode ends.
    pub struct Agreement {
        /// Who.
        pub who: String,
        /// When.
        pub day: Day,
        /// How, and what was said.
        pub how: String,
    }
    /// What the scores of one instrument came to when an episode ended.
    pub struct OutcomeThen {
        /// Instrument id.
        pub instrument: String,
        /// The first score and its day.
        pub baseline: u16,
        /// Its day.
        pub baseline_day: Day,
        /// The last score.
        pub latest: u16,
        /// Its day.
        pub latest_day: Day,
        /// Which definitions held and which did not; one that says nothing here is absent.
        pub holds: BTreeMap<OutcomeName, bool>,
    }
    /// Something that is open was handed to a named person, who said that they look after it.
    pub struct HandedOver {
        /// Which concern, recommendation or referral.
        pub about: ThingId,
        /// What it is.
        pub what: HandedThing,
        /// To whom: name and place.
        pub to: String,
        /// How they confirmed it.
        pub how: String,
        /// When.
        pub at: When,
    }
}
