//! The plan of care with its worksheets, and the medicines with the treatment changes.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{
    Answer, Barrier, FiredRule, Goal, Medication, PlanReview, PlanSection, PlannedActivity, PlannedIntervention,
    ProblemSheet, ReadinessRuler, TreatmentChange,
};
use crate::journal::{Day, EntryId, PersonId, ThingId, When};

views! {
    /// The plan of care of one patient.
    pub struct CarePlanView {
        /// The clinic's day.
        pub today: Day,
        /// Sections in words, as they stand.
        pub sections: Vec<PlanSectionView>,
        /// Goals: those being worked on first, the one due soonest first.
        pub goals: Vec<GoalView>,
        /// Barriers: open ones first.
        pub barriers: Vec<BarrierView>,
        /// Interventions: those in the plan first.
        pub interventions: Vec<InterventionView>,
        /// Education given, the latest first.
        pub education: Vec<EducationView>,
        /// What the episode is judged by; `None` without an episode.
        pub target: Option<PlanTargetView>,
        /// When the plan was gone through, and when next.
        pub review: Option<PlanReviewView>,
        /// Planned activities that wait, those whose day has passed first; then those done or dropped, the latest first.
        pub activities: Vec<ActivityView>,
        /// Problem-solving sheets, open ones first.
        pub sheets: Vec<ProblemSheetView>,
        /// Readiness rulers, the one answered last first.
        pub rulers: Vec<RulerView>,
    }
    /// A section in words.
    pub struct PlanSectionView {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub section: PlanSection,
        /// Who wrote it.
        pub by: String,
        /// Whether it is held back from what leaves.
        pub held: bool,
    }
    /// What was done about a goal or a barrier.
    pub struct PlanStepView {
        /// The entry.
        pub entry: EntryId,
        /// The day of it.
        pub day: Day,
        /// What.
        pub what: String,
        /// Who wrote it.
        pub by: String,
    }
    /// A goal.
    pub struct GoalView {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub goal: Goal,
        /// What happened, the latest first.
        pub steps: Vec<PlanStepView>,
        /// Whether its day has passed while it is being worked on.
        pub late: bool,
        /// Whether it is held back from what leaves.
        pub held: bool,
    }
    /// A barrier.
    pub struct BarrierView {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub barrier: Barrier,
        /// What was done about it, the latest first.
        pub steps: Vec<PlanStepView>,
        /// Whether it is held back from what leaves.
        pub held: bool,
    }
    /// An intervention of the plan.
    pub struct InterventionView {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub planned: PlannedIntervention,
        /// Who does it.
        pub by: String,
    }
    /// Education that was given.
    pub struct EducationView {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// About what.
        pub topic: String,
        /// To whom, in words.
        pub to: String,
        /// How, what was handed out and whether it was understood, in words; `None` where nothing of that was written.
        pub how: Option<String>,
        /// Whether it was understood in part or not yet.
        pub again: bool,
        /// Whether it was given to the patient, and not to others only.
        pub to_patient: bool,
        /// Who gave it.
        pub by: String,
        /// Whether it is held back from what leaves.
        pub held: bool,
    }
    /// What the episode is judged by.
    pub struct PlanTargetView {
        /// Short title of the instrument.
        pub title: String,
        /// The baseline: `17 (Thu 24 Sep, first in episode)`.
        pub first: Option<String>,
        /// The latest: `9 (Sun 1 Nov)`.
        pub last: Option<String>,
        /// Whether the latest is at target.
        pub at_target: bool,
        /// What target means, with its numbers; `None` for an instrument that has none.
        pub rule: Option<String>,
        /// When it is due, in words.
        pub due: Option<String>,
    }
    /// When the plan was gone through.
    pub struct PlanReviewView {
        /// The last time.
        #[serde(with = "crate::journal::as_json")]
        pub review: PlanReview,
        /// Who went through it.
        pub by: String,
        /// Whether the next time has come.
        pub is_due: bool,
        /// Whether it is held back from what leaves.
        pub held: bool,
    }
    /// A planned activity.
    pub struct ActivityView {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub activity: PlannedActivity,
        /// How often it was planned for another day after the first.
        pub carried: u32,
        /// The day for which it was planned first, when that was another one.
        pub first: Option<Day>,
        /// Whether it waits and its day has passed; one without a day waits since the day on which it was agreed.
        pub has_passed: bool,
        /// Whether it is held back from what leaves.
        pub held: bool,
    }
    /// A problem-solving sheet.
    pub struct ProblemSheetView {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub sheet: ProblemSheet,
        /// Number of versions.
        pub versions: u32,
        /// Whether it is held back from what leaves.
        pub held: bool,
    }
    /// The answers of one readiness ruler.
    pub struct RulerView {
        /// Which.
        pub ruler: ThingId,
        /// The change that it is about, as it was put last.
        pub about: String,
        /// The answers, the latest first.
        #[serde(with = "crate::journal::as_json")]
        pub answers: Vec<ReadinessRuler>,
    }

    /// The medicines of one patient, and the treatment changes.
    pub struct MedicinesView {
        /// The clinic's day.
        pub today: Day,
        /// Medicines that are taken, those of the mental health condition first.
        pub current: Vec<MedicineView>,
        /// What is known of allergies, in words: "not asked" and "no known allergies" are different things.
        pub allergies: String,
        /// What the patient is allergic to or can't take, each as it is on record.
        pub allergic_to: Vec<String>,
        /// Medicines that were stopped, the latest first.
        pub stopped: Vec<MedicineView>,
        /// Treatment changes, the latest first.
        pub changes: Vec<ChangeView>,
        /// The rules that call for a change now.
        #[serde(with = "crate::journal::as_json")]
        pub fired: Vec<FiredRule>,
        /// The weeks after a change in which its effect is looked for, by the protocol: from, until.
        pub effect_weeks: (i64, i64),
        /// Recommendations of case reviews, the latest first.
        pub advice: Vec<AdviceView>,
        /// The treating clinician.
        pub clinician: Option<PersonId>,
        /// Who can have proposed or decided something: the patient's team first, then the others by name.
        pub people: Vec<(PersonId, String)>,
    }
    /// A recommendation that a change may carry out.
    pub struct AdviceView {
        /// Which.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// The advice.
        pub text: String,
        /// Who advised: as it was written down, else the consultant of that day's case review, else the clinic's only one.
        pub by: Option<PersonId>,
        /// What the treating clinician said to it, and when.
        #[serde(with = "crate::journal::as_json")]
        pub answer: Option<Answer>,
        /// As what it was carried out: a line for each treatment change that was made for it.
        pub carried: Vec<String>,
        /// What the form starts with that carries it out: made on the day of the answer, or on that of the advice.
        #[serde(with = "crate::journal::as_json")]
        pub form: TreatmentChange,
    }
    /// A medicine.
    pub struct MedicineView {
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub medicine: Medication,
        /// Who prescribes it.
        pub prescriber: Option<String>,
        /// Since when this dose is taken, with the weeks, or that it isn't known.
        pub dose_since: String,
        /// The dose against the clinic's own minimum; `None` where the clinic has none.
        pub minimum: Option<String>,
        /// Every version, the latest first: when, what, who.
        pub versions: Vec<(String, String, String)>,
        /// What was said about taking it, the latest first.
        pub checks: Vec<CheckView>,
    }
    /// What was said about taking a medicine.
    pub struct CheckView {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// In words.
        pub words: String,
        /// Whether a side effect was severe.
        pub is_severe: bool,
    }
    /// A treatment change.
    pub struct ChangeView {
        /// The entry that holds.
        pub entry: EntryId,
        /// As it stands.
        #[serde(with = "crate::journal::as_json")]
        pub change: TreatmentChange,
        /// What kind, in words.
        pub kind: String,
        /// Who proposed it, and when.
        pub proposed: Option<String>,
        /// Who accepted or declined it, and when.
        pub decided: Option<String>,
        /// The recommendation that it carries out.
        pub carries_out: Option<String>,
        /// The effect seen, or when it is to be measured; `None` where none is expected.
        pub effect: Option<String>,
        /// Whether that was measured, or is due; `None` where no effect is expected.
        pub effect_stands: Option<EffectStands>,
        /// Whether it was made and the medicine list doesn't say so yet.
        pub is_unlisted: bool,
    }
    /// Where the score that shows a change's effect stands.
    #[derive(Copy)]
    pub enum EffectStands {
        /// Its weeks lie ahead.
        Ahead,
        /// Its weeks have begun, and nothing was measured in them yet.
        Due,
        /// Its weeks have passed, and nothing was measured since.
        Late,
        /// Something was measured in them, or after them.
        Measured,
    }
}
