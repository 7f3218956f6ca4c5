//! Medicines, the clinic's own minimum doses, and treatment changes.

use std::collections::BTreeMap;

use super::With;
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
    /// What a medicine is taken for.
    pub enum MedicineUse {
        /// The mental health condition that is treated here.
        MentalHealth,
        /// Anything else: blood pressure, diabetes, pain, birth control, supplements.
        Other,
    }
    /// How often a dose is taken.
    pub enum Frequency {
        /// Once a day.
        OnceDaily,
        /// Twice a day.
        TwiceDaily,
        /// Three times a day.
        ThreeTimesDaily,
        /// Four times a day.
        FourTimesDaily,
        /// Once a week.
        Weekly,
        /// Only when it is needed.
        AsNeeded,
        /// Something else, said in words.
        Other,
    }
    /// What a dose is counted in.
    pub enum DoseUnit {
        /// Micrograms.
        Mcg,
        /// Milligrams.
        Mg,
        /// Grams.
        G,
        /// Millilitres.
        Ml,
        /// Units of activity.
        Units,
    }
    /// Where a treatment change stands.
    pub enum ChangeState {
        /// Proposed; nobody has decided on it.
        Proposed,
        /// Decided on and made.
        Made,
        /// Declined. It is no change.
        Declined,
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
        /// The prescriber's name, when they are not on file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub prescriber_name: Option<String>,
        /// How often the dose is taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub how_often: Option<Frequency>,
        /// How often and when, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub timing: Option<String>,
        /// What it is taken for: the condition or the symptom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// Whether that is the mental health condition that is treated here. Absent: not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub used_for: Option<MedicineUse>,
        /// First day of this dose, when it is not the first one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dose_from: Option<Day>,
        /// Why it was stopped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stopped_because: Option<String>,
        /// The treatment change that this version carries out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change: Option<ThingId>,
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
        /// Doses missed in the last seven days, when asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub missed_doses: Option<u8>,
        /// What the patient says about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
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
        /// Which change this is a version of; absent in older entries, which have one version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change: Option<ThingId>,
        /// Where it stands; made, when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub state: Option<ChangeState>,
        /// The medicine that it is about, when it is about one on record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub medication: Option<ThingId>,
        /// The day on which it was proposed, when that is another one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub proposed_on: Option<Day>,
        /// The day on which it was accepted or declined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub decided_on: Option<Day>,
        /// Why it was declined, or what was said with the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub decision_note: Option<String>,
        /// The rules that called for it, as they stood then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub because: Vec<FiredRule>,
        /// Who accepted or declined it, when that is nobody on file: the patient, family.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub decided_with: Option<With>,
    }
    /// A rule as it stood when a treatment was changed: what it said then, whatever the scores say now.
    pub struct FiredRule {
        /// The rule's name, for example `not improved`.
        pub rule: String,
        /// Its sentence, with its numbers and dates.
        pub says: String,
        /// Its numbers by name, for example `first` 20, `latest` 13, `week` 9.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub numbers: BTreeMap<String, i64>,
        /// The day on which it was read.
        pub on: Day,
        /// The protocol by whose numbers it fired.
        pub protocol: String,
    }
    /// The clinic's own minimum doses. Without one for a medicine no dose is called adequate or not.
    pub struct MinimumDoses {
        /// One for each medicine that the clinic decided on.
        pub doses: Vec<MinimumDose>,
    }
    /// The least amount a day of a medicine that the clinic calls an adequate dose.
    pub struct MinimumDose {
        /// The medicine's name, as the records spell it.
        pub medicine: String,
        /// The amount a day, in thousandths of the unit.
        pub thousandths: u32,
        /// The unit.
        pub unit: DoseUnit,
    }
}

impl Medication {
    /// A medicine of which only the name is known.
    pub fn named(medication: ThingId, name: String) -> Self {
        Self {
            medication,
            name,
            dose: None,
            from: None,
            until: None,
            prescriber: None,
            prescriber_name: None,
            how_often: None,
            timing: None,
            reason: None,
            used_for: None,
            dose_from: None,
            stopped_because: None,
            change: None,
        }
    }
}

impl TreatmentChange {
    /// A change that was made on a day, of which nothing more is known.
    pub fn made(day: Day, kind: ChangeKind, what: String) -> Self {
        Self {
            day,
            kind,
            what,
            why: None,
            proposed_by: None,
            decided_by: None,
            recommendation: None,
            change: None,
            state: None,
            medication: None,
            proposed_on: None,
            decided_on: None,
            decision_note: None,
            because: Vec::new(),
            decided_with: None,
        }
    }
    /// Where it stands.
    pub fn stands(&self) -> ChangeState {
        self.state.unwrap_or(ChangeState::Made)
    }
}
