//! Worksheets of brief interventions, carried from contact to contact: planned activities, problem solving, readiness.

use crate::journal::{Day, ThingId};

data! {
    /// One activity of the activity plan (behavioural activation). It stays in the plan, from contact to contact, until
    /// it was done or dropped; planned again, it is another version with another day.
    pub struct PlannedActivity {
        /// Which activity this is a version of.
        pub activity: ThingId,
        /// What the patient will do.
        pub what: String,
        /// The day on which that was agreed.
        pub agreed: Day,
        /// The day for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub on: Option<Day>,
        /// The time of day, or when within the day, for example `after breakfast`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub time: Option<String>,
        /// What came of it.
        pub state: ActivityState,
    }
    /// What came of a planned activity.
    pub enum ActivityState {
        /// It is planned.
        Planned,
        /// It was done.
        Done {
            /// When.
            on: Day,
            /// Mood before it, 0 (worst) to 10 (best), when the patient remembers.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            before: Option<u8>,
            /// Mood after it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            after: Option<u8>,
            /// What the patient says about it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<String>,
        },
        /// It is not tried any more.
        Dropped {
            /// When that was agreed.
            on: Day,
            /// Why, or what stands in its place.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            why: Option<String>,
        },
    }
    /// One problem, step by step (problem-solving treatment).
    pub struct ProblemSheet {
        /// Which sheet this is a version of.
        pub sheet: ThingId,
        /// The day of this version.
        pub day: Day,
        /// The problem, small enough to be worked on.
        pub problem: String,
        /// What should be otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub goal: Option<String>,
        /// What could be done.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub options: Vec<Solution>,
        /// Place of the one that was chosen, from 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub chosen: Option<u8>,
        /// What is done, step by step.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub steps: Vec<SolutionStep>,
        /// How it went.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub outcome: Option<String>,
        /// The day on which the sheet was finished.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub finished: Option<Day>,
    }
    /// One way to solve a problem.
    pub struct Solution {
        /// What.
        pub what: String,
        /// What speaks for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pros: Option<String>,
        /// What speaks against it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cons: Option<String>,
        /// What it was called before, the oldest first: two forms that put it otherwise are told to mean one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub was: Vec<String>,
    }
    /// One step towards a solution.
    pub struct SolutionStep {
        /// What.
        pub what: String,
        /// By when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<Day>,
        /// The day on which it was done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub done: Option<Day>,
        /// The day on which it was given up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dropped: Option<Day>,
        /// What it was called before, the oldest first: two forms that put it otherwise are told to mean one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub was: Vec<String>,
    }
    /// How ready the patient says to be for a change (motivational interviewing). It is asked again over time; each
    /// answer stands beside the earlier ones, as a score does, so it sets nothing again.
    pub struct ReadinessRuler {
        /// Which change it is about: answers of one ruler are one history.
        pub ruler: ThingId,
        /// The change, in the patient's words.
        pub about: String,
        /// The day of the answer.
        pub day: Day,
        /// How important it is, 0 (not at all) to 10.
        pub importance: u8,
        /// How confident the patient is, 0 (not at all) to 10.
        pub confidence: u8,
        /// Why the number is not lower.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub why_not_lower: Option<String>,
        /// What would make it higher.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub what_higher: Option<String>,
    }
}
