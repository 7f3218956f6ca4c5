//! Time: seconds with their kind.

use crate::journal::{EntryId, PersonId, Seconds, ThingId, When};

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
        /// One of the clinic's own: what it is called and whether it counts stands in an [`OwnActivity`].
        Own(ThingId),
    }
    /// What kind of work an activity is.
    pub enum ActivityGroup {
        /// With the patient or those close to them.
        DirectCare,
        /// With other services, for the patient.
        CareCoordination,
        /// Making and changing the plan.
        TreatmentPlanning,
        /// Within the care team.
        TeamCollaboration,
        /// Writing and reading records.
        Documentation,
        /// Everything else that has to be done.
        Administrative,
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
        /// What an activity of the clinic's own was when this was written: an entry is read without the definition too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub own: Option<OwnWords>,
    }
    /// An activity of the clinic's own as a time entry keeps it.
    pub struct OwnWords {
        /// Its name then.
        pub name: String,
        /// Its group then.
        pub group: ActivityGroup,
    }
    /// An activity that the clinic added to the list. Entries name it by its id, so a new name changes no entry.
    pub struct OwnActivity {
        /// Which.
        pub activity: ThingId,
        /// Its name.
        pub name: String,
        /// What kind of work it is.
        pub group: ActivityGroup,
        /// Whether time on it counts where a payer profile says nothing else.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub counts: bool,
        /// Whether it isn't offered any more. What was written with it stays.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub retired: bool,
    }
}

/// What the code of an activity of the clinic's own begins with.
const OWN_CODE: &str = "own:";

impl ActivityGroup {
    /// All groups, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::DirectCare,
        Self::CareCoordination,
        Self::TreatmentPlanning,
        Self::TeamCollaboration,
        Self::Documentation,
        Self::Administrative,
    ];
    /// The group of an activity of this app, as CPT's elements and the AIMS Center's financial-modeling workbook sort them. Of the
    /// clinic's own ones only the entry and the definition know it: see [`Time::group`].
    pub fn of(activity: Activity) -> Self {
        use Activity as A;
        match activity {
            A::WarmHandoff | A::Assessment | A::Scales | A::FollowUp | A::Intervention | A::Group | A::Family => {
                Self::DirectCare
            }
            A::MedicationSupport | A::Crisis | A::Psychotherapy => Self::DirectCare,
            A::Outreach | A::Coordination | A::Registry => Self::CareCoordination,
            A::PlanRevision | A::RelapsePlanning => Self::TreatmentPlanning,
            A::CaseloadReview | A::PsychiatricConsult | A::ClinicianCollaboration => Self::TeamCollaboration,
            A::ChartReview | A::Documentation => Self::Documentation,
            A::OtherProgramme | A::Scheduling | A::Supervision | A::NoShow | A::Travel | A::Own(_) => {
                Self::Administrative
            }
        }
    }
    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::DirectCare => "Direct care",
            Self::CareCoordination => "Care coordination",
            Self::TreatmentPlanning => "Treatment planning",
            Self::TeamCollaboration => "Team collaboration",
            Self::Documentation => "Documentation",
            Self::Administrative => "Administrative",
        }
    }
    /// Whether it is time with the patient or the family; all other time is indirect.
    pub fn is_direct(self) -> bool {
        self == Self::DirectCare
    }
}

impl Time {
    /// What kind of work it was.
    pub fn group(&self) -> ActivityGroup {
        let own = self.own.as_ref().map(|own| own.group);
        own.unwrap_or_else(|| ActivityGroup::of(self.activity))
    }
}

impl Activity {
    /// Its name where a plain word is needed, such as in a form and in a payer profile: `chart_review`, `own:` and an id.
    pub fn code(self) -> String {
        if let Self::Own(id) = self {
            return format!("{OWN_CODE}{id}");
        }
        let json = serde_json::to_value(self).unwrap_or_default();
        json.as_str().unwrap_or_default().to_owned()
    }
    /// The activity of such a name.
    pub fn of_code(code: &str) -> Option<Self> {
        match code.strip_prefix(OWN_CODE) {
            Some(id) => id.parse().ok().map(Self::Own),
            None => serde_json::from_value(serde_json::Value::String(code.to_owned())).ok(),
        }
    }
}
