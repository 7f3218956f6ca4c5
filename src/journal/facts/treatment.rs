//! Medicines and treatment changes.

use crate::journal::{Day, PersonId, ThingId, When};

codes! {
    /// How regularly a medicine is taken.
    pub enum Adherence {
        /// Nearly always.
        Good,
        /// Some doses are missed.
        Partial,
        /// Mostly not.
        Poor,
        /// Stopped by the patient.
        Stopped,
    }
    /// How bad a side effect is.
    pub enum Severity {
        /// Mild.
        Mild,
        /// Moderate.
        Moderate,
        /// Severe: calls for a case review.
        Severe,
    }
    /// What kind of change was made.
    pub enum ChangeKind {
        /// A medicine was started.
        MedicationStarted,
        /// A dose was changed.
        DoseChanged,
        /// A medicine was switched.
        MedicationSwitched,
        /// A medicine was stopped.
        MedicationStopped,
        /// A psychosocial treatment was started or changed.
        PsychosocialChanged,
        /// Referred to another service.
        Referred,
        /// Something else.
        Other,
    }
}

data! {
    /// A medicine, as it is taken now.
    pub struct Medication {
        /// Which medicine this is a version of.
        pub medication: ThingId,
        /// Name.
        pub name: String,
        /// Dose and timing as prescribed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dose: Option<String>,
        /// First day; absent when an imported list gives none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<Day>,
        /// Last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<Day>,
        /// Who prescribes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub prescriber: Option<PersonId>,
    }
    /// What the patient says about taking a medicine.
    pub struct MedicationCheck {
        /// Which medicine.
        pub medication: ThingId,
        /// When asked.
        pub at: When,
        /// How regularly it is taken.
        pub adherence: Adherence,
        /// Side effects.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub side_effects: Vec<SideEffect>,
    }
    /// A side effect.
    pub struct SideEffect {
        /// What.
        pub text: String,
        /// How bad.
        pub severity: Severity,
    }
    /// A change of treatment: without it, "not improved despite a change" can't be told.
    pub struct TreatmentChange {
        /// The day of the change.
        pub day: Day,
        /// What kind.
        pub kind: ChangeKind,
        /// What exactly.
        pub what: String,
        /// Why: the rule that fired, or in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub why: Option<String>,
        /// Who proposed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub proposed_by: Option<PersonId>,
        /// Who decided it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub decided_by: Option<PersonId>,
        /// The recommendation that it carries out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recommendation: Option<ThingId>,
    }
}
