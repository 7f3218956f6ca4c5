//! How a course of care ended, and what was left open and handed to somebody.

use crate::journal::{Day, EntryId, ThingId, When};

codes! {
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
        /// Which scores were compared on the last day, one instrument each. A later score changes nothing of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub scores: Vec<ScoresThen>,
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
    /// A task that stays open after the end of an episode. What it says is read from the task: a closing always goes
    /// along, and a task that is held back doesn't. So does why it stays.
    pub struct KeptTask {
        /// Which.
        pub task: ThingId,
        /// Why it stays, and with whom, where the task's own version doesn't say it: closings that were written before.
        #[serde(default, skip_serializing_if = "String::is_empty")]
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
    /// The scores of one instrument that were compared when an episode ended. What they came to is read from them: a
    /// closing always goes along, and a score that is held back doesn't.
    pub struct ScoresThen {
        /// The first.
        pub baseline: EntryId,
        /// The last.
        pub latest: EntryId,
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
