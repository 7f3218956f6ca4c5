//! What may be told to whom, and how: releases are in [`super::Release`]; here are marks, permissions and minors.

use std::collections::BTreeMap;

use crate::journal::{Day, EntryId};

codes! {
    /// Why an entry is protected beyond the ordinary.
    pub enum Protection {
        /// A record of substance use treatment under 42 CFR Part 2 (<https://www.ecfr.gov/current/title-42/part-2>).
        Part2,
        /// Care that the minor alone consented to, under the law of the state; then it is the minor who may release it
        /// (45 CFR 164.502(g)(3)).
        MinorConsented,
    }
    /// What a release covers, and what an entry is about.
    pub enum Covers {
        /// Contacts, attempts, notes, messages, education.
        Progress,
        /// Measures and their scores.
        Measures,
        /// Diagnoses, conditions, allergies, dated values.
        Diagnoses,
        /// Medicines and changes of treatment.
        Medicines,
        /// The initial assessment.
        Assessment,
        /// Goals, plan, barriers, relapse prevention.
        Plan,
        /// Safety: concerns, safety plan, acute events.
        Safety,
        /// The course: referrals, appointments, case reviews, recommendations, tasks, minutes.
        Course,
    }
    /// Who receives what a release permits.
    pub enum RecipientKind {
        /// Family, or somebody else close to the patient.
        Family,
        /// Another practice, hospital or therapist.
        Provider,
        /// A school.
        School,
        /// An employer.
        Employer,
        /// An insurer.
        Insurer,
        /// A court, probation, another authority.
        Authority,
        /// A service: housing, transport, food.
        Service,
        /// Somebody else.
        Other,
    }
    /// What was explained before consent was given. The first four are what CMS names for behavioral health
    /// integration (MLN909432): a consultant is consulted, cost sharing, one practitioner a month, the right to stop.
    pub enum Explained {
        /// Relevant specialists are consulted.
        Consultant,
        /// Cost sharing may apply, also where no visit takes place.
        CostSharing,
        /// Only one practitioner can be paid for it in a month.
        OnePractitioner,
        /// It can be stopped at any time, at the end of a month.
        RightToStop,
    }
    /// A way in which a message may be left.
    pub enum MessageWay {
        /// On a voicemail.
        Voicemail,
        /// As a text message.
        Text,
        /// By post.
        Post,
        /// By e-mail.
        Email,
    }
    /// What the patient said when asked for a permission; without one nobody asked.
    pub enum Permission {
        /// It may be done.
        Yes,
        /// It must not be done.
        No,
    }
}

data! {
    /// An entry is protected, or is no longer.
    pub struct Mark {
        /// Which entry.
        pub entry: EntryId,
        /// Why it is protected.
        pub why: Protection,
        /// Whether the mark is set.
        pub state: MarkState,
    }
    /// Whether a mark is set.
    pub enum MarkState {
        /// Set.
        Set {
            /// What is to be known about it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<String>,
        },
        /// Taken away.
        Removed {
            /// Why.
            reason: String,
        },
    }
    /// How a message may be left, and with whom we may speak.
    pub struct Permissions {
        /// The day on which the patient was asked.
        pub day: Day,
        /// Ways that were asked about; one that is absent was not.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub ways: BTreeMap<MessageWay, Permission>,
        /// With whom we may speak.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub speak_with: Vec<SpeakWith>,
    }
    /// Somebody with whom we may speak.
    pub struct SpeakWith {
        /// Who.
        pub name: String,
        /// What they are to the patient.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub relation: Option<String>,
        /// About what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub about: Option<String>,
    }
    /// The care of a minor: guardian, who consented, what stays confidential.
    pub struct MinorCare {
        /// The day of it.
        pub day: Day,
        /// Parent or guardian, with relation and telephone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub guardian: Option<String>,
        /// Who consented to the care.
        pub consented: MinorConsent,
        /// What stays between the patient and the clinic.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub confidential: Option<String>,
    }
    /// Who consented to the care of a minor.
    pub enum MinorConsent {
        /// Nobody was asked yet.
        NotAsked,
        /// The parent or guardian.
        Guardian,
        /// The minor alone, as the law of the state allows.
        Minor {
            /// Under which rule.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<String>,
        },
    }
}

impl Mark {
    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        matches!(self.state, MarkState::Set { .. })
    }
}
