//! Time: seconds with their kind.

use crate::journal::{EntryId, PersonId, Seconds, When};

use super::{Mode, With};

codes! {
    /// What the time was spent on. The list follows the CoCM code elements, the AIMS Center's financial-modeling
    /// workbook and a health system's billable orders; which of them count is the payer profile's to say.
    pub enum Activity {
        /// Outreach and engagement, with unanswered attempts and letters.
        Outreach,
        /// Warm handoff or introduction.
        WarmHandoff,
        /// Initial assessment and treatment plan.
        Assessment,
        /// Giving and scoring scales.
        Scales,
        /// Follow-up contact.
        FollowUp,
        /// Brief evidence-based intervention.
        Intervention,
        /// Group treatment, the patient's own share.
        Group,
        /// Contact with family or a caregiver.
        Family,
        /// Adherence and side effects.
        MedicationSupport,
        /// Weekly systematic caseload review.
        CaseloadReview,
        /// Consultation with the psychiatric consultant between reviews.
        PsychiatricConsult,
        /// Communication with the treating clinician.
        ClinicianCollaboration,
        /// Referrals, resources, other providers, the emergency department.
        Coordination,
        /// Registry entry and tracking for this patient.
        Registry,
        /// Changing the plan of a patient who is not improving.
        PlanRevision,
        /// Crisis response and safety planning.
        Crisis,
        /// Relapse-prevention and discharge planning.
        RelapsePlanning,
        /// Reading the chart.
        ChartReview,
        /// Charting for this patient.
        Documentation,
        /// Therapy or evaluation that is billed on its own.
        Psychotherapy,
        /// Time for another care-management programme.
        OtherProgramme,
        /// Booking, reminders, insurance calls.
        Scheduling,
        /// Clinical supervision, staff meetings, training.
        Supervision,
        /// Waiting for a missed visit.
        NoShow,
        /// Travel.
        Travel,
    }
    /// The one programme that a time entry is counted for.
    pub enum Bucket {
        /// Psychiatric collaborative care.
        Cocm,
        /// General behavioral health integration.
        GeneralBhi,
        /// Another programme, such as chronic care management.
        OtherProgramme,
        /// Psychotherapy that is billed on its own.
        Psychotherapy,
        /// None.
        None,
    }
    /// Where a time entry's length comes from.
    pub enum Clocked {
        /// A timer ran.
        Timer,
        /// Somebody typed it.
        Typed,
        /// A spreadsheet said so.
        Imported,
    }
}

data! {
    /// Time spent for one patient.
    pub struct Time {
        /// When it began, or the day when only that is known.
        pub start: When,
        /// How long.
        pub seconds: Seconds,
        /// On what.
        pub activity: Activity,
        /// Counted for what.
        pub bucket: Bucket,
        /// Who spent it.
        pub by: PersonId,
        /// How, where it was a contact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mode: Option<Mode>,
        /// Where the length comes from.
        pub clocked: Clocked,
        /// The contact, attempt or review that it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub of: Option<EntryId>,
        /// A note.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// With whom, where it was no contact of its own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub with: Vec<With>,
        /// Why it stays beside other time of the same person that it overlaps by the clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub beside: Option<String>,
    }
}
