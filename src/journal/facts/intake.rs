//! Who takes part in one patient's care besides the care manager.

use crate::journal::{Day, PersonId, ThingId};

codes! {
    /// What somebody is to the patient's care.
    pub enum TeamRole {
        /// The treating clinician, under whom the service is billed.
        TreatingClinician,
        /// A therapist.
        Therapist,
        /// Whoever prescribes psychiatric medicines, where that is not the treating clinician.
        Prescriber,
        /// Another clinician, such as a specialist.
        Specialist,
        /// A case manager, a social worker, a peer.
        CaseManager,
        /// The pharmacy.
        Pharmacy,
        /// Family, a friend, a caregiver.
        Family,
        /// A school, an agency, a shelter.
        Agency,
        /// Somebody else.
        Other,
    }
}

data! {
    /// Somebody who takes part in the patient's care, and how they are reached. One slot a member.
    pub struct CareTeamMember {
        /// Which member this is a version of.
        pub member: ThingId,
        /// What they are to the patient's care.
        pub role: TeamRole,
        /// Their name, or that of the place.
        pub name: String,
        /// The person of the registry, when they are one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub person: Option<PersonId>,
        /// Where they work, or how they are related to the patient.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub of: Option<String>,
        /// Telephone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub phone: Option<String>,
        /// Fax.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fax: Option<String>,
        /// E-mail or another address for secure messages.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// How and when they are best reached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reach: Option<String>,
        /// Last day on the team; absent while they are on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<Day>,
    }
}
