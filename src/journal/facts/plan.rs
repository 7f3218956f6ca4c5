//! What is the matter, what the patient wants, and what is in the way.

use super::Intervention;
use crate::journal::{Day, PersonId, ThingId, When};

codes! {
    /// A section of the treatment plan.
    pub enum PlanPart {
        /// Problems.
        Problems,
        /// What is done about them.
        Interventions,
        /// The patient's strengths and supports.
        Strengths,
        /// Preferences.
        Preferences,
        /// History: treatment, trauma, substances, medical, family, function.
        History,
        /// Formulation and provisional diagnosis.
        Formulation,
    }
    /// A barrier to care.
    pub enum BarrierKind {
        /// Transport.
        Transport,
        /// Cost.
        Cost,
        /// Housing.
        Housing,
        /// Food.
        Food,
        /// Language.
        Language,
        /// Safety at home.
        Safety,
        /// Work or caring duties.
        Time,
        /// Telephone or internet.
        Technology,
        /// Something else.
        Other,
    }
    /// What kind of value is dated; each has a shape.
    pub enum ValueKind {
        /// Blood pressure, in mmHg: `128/82`.
        BloodPressure,
        /// Glycated haemoglobin, in percent: `7.2`.
        A1c,
        /// Body weight.
        Weight,
        /// Another number.
        Other,
    }
    /// What kind of condition it is.
    pub enum ConditionKind {
        /// An illness.
        Illness,
        /// An allergy or an intolerance.
        Allergy,
    }
    /// How far a goal has come.
    pub enum GoalState {
        /// Being worked on.
        Open,
        /// Reached.
        Met,
        /// Given up or replaced.
        Dropped,
    }
}

data! {
    /// A diagnosis.
    pub struct Diagnosis {
        /// Which diagnosis this is a version of.
        pub diagnosis: ThingId,
        /// ICD-10-CM code, for example `F33.1`.
        pub code: String,
        /// What it is called, when not from the list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<String>,
        /// First day on record.
        pub from: Day,
        /// Last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<Day>,
        /// Whether it is provisional.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub provisional: bool,
    }
    /// A medical condition, allergy or pregnancy.
    pub struct Condition {
        /// Which condition this is a version of.
        pub condition: ThingId,
        /// What it is.
        pub label: String,
        /// Since when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<Day>,
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<Day>,
        /// What kind; an illness when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub what: Option<ConditionKind>,
        /// What it does: an allergy's reaction, an illness's course.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
    /// A dated value, such as blood pressure, A1c or weight.
    pub struct DatedValue {
        /// What was measured.
        pub name: String,
        /// The value as written, for example `128/82`.
        pub value: String,
        /// Unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unit: Option<String>,
        /// When.
        pub at: When,
        /// What kind; only a value of a known kind has a shape that is checked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub what: Option<ValueKind>,
        /// Where it should be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub target: Option<ValueTarget>,
    }
    /// Where a value should be, in the shape of the value.
    pub enum ValueTarget {
        /// Below; of a blood pressure both numbers.
        Below {
            /// The line.
            value: String,
        },
        /// Above.
        Above {
            /// The line.
            value: String,
        },
        /// From one to another, both included.
        Between {
            /// The lower.
            low: String,
            /// The higher.
            high: String,
        },
    }
    /// A goal in the patient's own words.
    pub struct Goal {
        /// Which goal this is a version of.
        pub goal: ThingId,
        /// What.
        pub text: String,
        /// By when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<Day>,
        /// How far it has come.
        pub state: GoalState,
        /// How the patient and the care manager will know, for example `walks three times a week`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub measured_by: Option<String>,
        /// The day on which it was agreed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<Day>,
        /// The day on which it was met or dropped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub settled: Option<Day>,
    }
    /// One section of the plan or of the initial assessment.
    pub struct PlanSection {
        /// Which section.
        pub part: PlanPart,
        /// The text.
        pub text: String,
        /// The day that it holds from.
        pub day: Day,
    }
    /// A barrier and what was done about it.
    pub struct Barrier {
        /// Which barrier this is a version of.
        pub barrier: ThingId,
        /// What kind.
        pub kind: BarrierKind,
        /// More about it, and what was done.
        pub text: String,
        /// Day on which it was overcome.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub overcome: Option<Day>,
        /// The day on which it was first heard of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<Day>,
    }
    /// What happened or was done about a goal or a barrier on a day. Each is an entry of its own, so that nothing said
    /// earlier is written over and two copies never disagree about a list.
    pub struct PlanStep {
        /// The goal or the barrier.
        pub about: ThingId,
        /// The day of it.
        pub day: Day,
        /// What.
        pub what: String,
        /// The task or the referral out that was begun by it: where that is held back, so is this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub begun: Option<ThingId>,
    }
    /// An intervention that the plan holds.
    pub struct PlannedIntervention {
        /// Which intervention of the plan this is a version of.
        pub intervention: ThingId,
        /// What kind.
        pub kind: Intervention,
        /// What exactly.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub detail: Option<String>,
        /// How often, in words, for example `at each call`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub how_often: Option<String>,
        /// Who does it; the care manager when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<PersonId>,
        /// Since when it is in the plan.
        pub from: Day,
        /// The day on which it was ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<Day>,
    }
    /// The plan as a whole was gone through.
    pub struct PlanReview {
        /// When.
        pub day: Day,
        /// When to go through it again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<Day>,
        /// What was changed, or that nothing was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
    /// The relapse-prevention plan.
    pub struct RelapsePlan {
        /// The day that it was made or revised.
        pub day: Day,
        /// Medications to go on with, and until when.
        pub medications: String,
        /// What helps.
        pub helps: String,
        /// The patient's own warning signs.
        pub warning_signs: String,
        /// How to keep stress down.
        pub stress: String,
        /// Whom to call.
        pub whom_to_call: String,
        /// Next appointments.
        pub appointments: String,
    }
}
