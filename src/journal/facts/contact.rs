//! What was said and tried: contacts, attempts, messages, education, notes.

use crate::journal::{EntryId, PersonId, ThingId, When};

use super::{Channel, DayPart, FeedbackTold, Mode, Talk};

codes! {
    /// Who took part in a contact.
    pub enum With {
        /// The patient. Only a two-way contact with the patient resets the contact clock.
        Patient,
        /// Family or another caregiver.
        Family,
        /// The treating clinician or clinic staff.
        Clinic,
        /// Somebody else, for example an insurer, a school or a landlord.
        Other,
    }
    /// How education was given.
    pub enum EducationHow {
        /// In talking.
        Talk,
        /// A printed page to take home.
        Handout,
        /// A video or a recording.
        Video,
        /// A web page or an app.
        Link,
        /// Shown, and tried by the patient.
        Practice,
    }
    /// Whether education was understood.
    pub enum Understood {
        /// It was said back in their own words.
        SaidBack,
        /// Only in part.
        InPart,
        /// Not yet: to be gone over again.
        NotYet,
    }
    /// What kind of contact it was.
    pub enum ContactKind {
        /// The first assessment.
        InitialAssessment,
        /// A follow-up.
        FollowUp,
        /// A crisis.
        Crisis,
        /// Relapse prevention or closing.
        RelapsePrevention,
        /// On somebody's behalf with a third party.
        Advocacy,
    }
    /// What was done in a contact.
    pub enum Intervention {
        /// Behavioural activation.
        BehaviouralActivation,
        /// Problem-solving treatment.
        ProblemSolving,
        /// Motivational interviewing.
        MotivationalInterviewing,
        /// Cognitive techniques.
        CognitiveTechniques,
        /// Mindfulness and relaxation.
        Mindfulness,
        /// Supportive listening.
        Supportive,
        /// Adherence and side effects looked at.
        MedicationCheck,
        /// Resources and referrals.
        Resources,
        /// Education.
        Education,
        /// Care coordination.
        Coordination,
        /// Safety planning.
        SafetyPlanning,
        /// Relapse-prevention planning.
        RelapsePlanning,
    }
    /// What came of trying to reach the patient.
    pub enum AttemptOutcome {
        /// Nobody answered.
        NoAnswer,
        /// A voicemail was left.
        Voicemail,
        /// A message was left with somebody.
        MessageLeft,
        /// A text, portal message or letter was sent.
        Sent,
        /// The patient could not talk then.
        NotAGoodTime,
        /// The number is wrong or out of service.
        WrongNumber,
        /// The source does not say.
        NotRecorded,
    }
    /// Who a message went to.
    pub enum Audience {
        /// The treating clinician.
        Clinician,
        /// The psychiatric consultant.
        Consultant,
        /// The patient.
        Patient,
        /// Family or guardian.
        Family,
        /// Another agency.
        Agency,
        /// Somebody of the patient's care team, named by `member`.
        CareTeam,
    }
}

data! {
    /// A contact that took place, two-way.
    pub struct Contact {
        /// When it began.
        pub at: When,
        /// How.
        pub mode: Mode,
        /// What kind.
        pub kind: ContactKind,
        /// Who took part besides the author.
        pub with: Vec<With>,
        /// Whether the patient reached out.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub inbound: bool,
        /// What was done.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub did: Vec<Intervention>,
        /// The language that was spoken, when it mattered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub language: Option<String>,
        /// The note.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// What it was about.
        #[serde(default, skip_serializing_if = "Talk::is_empty")]
        pub talk: Talk,
    }
    /// Somebody tried to reach the patient.
    pub struct Attempt {
        /// When.
        pub at: When,
        /// By which channel.
        pub by: Channel,
        /// What came of it.
        pub outcome: AttemptOutcome,
        /// The note.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// What was left: the words of a voicemail, a message, a letter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub left: Option<String>,
        /// The part of the day in which it is to be tried next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<DayPart>,
    }
    /// A message that was sent on the patient's behalf.
    pub struct Communication {
        /// When.
        pub at: When,
        /// To whom.
        pub to: Audience,
        /// The person, when the registry knows them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub person: Option<PersonId>,
        /// By which channel.
        pub by: Channel,
        /// The recommendation, concern or referral that it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub about: Option<ThingId>,
        /// The text as sent.
        pub text: String,
        /// The release under which it was told, outside the treating team.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub release: Option<ThingId>,
        /// To whom by name, when the registry doesn't know the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// Entries that are held back and that it tells, each confirmed by a person.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub held: Vec<EntryId>,
        /// Which member of the care team it went to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub member: Option<ThingId>,
        /// The closing that it was written from: it sums up the course, and tells scores that can be marked later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub closing: Option<EntryId>,
        /// Of which referral it is the feedback.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub feedback: Option<FeedbackTold>,
        /// What else it is about, beside the first: each recommendation that it asks about, each open concern that it tells.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub also: Vec<ThingId>,
    }
    /// Education given.
    pub struct Education {
        /// When.
        pub at: When,
        /// About what.
        pub topic: String,
        /// To whom.
        pub to: Vec<With>,
        /// How.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub how: Vec<EducationHow>,
        /// The hand-out that was given, by its title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub handout: Option<String>,
        /// Whether it was understood, when that was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub understood: Option<Understood>,
    }
    /// A note that belongs to no contact.
    pub struct Note {
        /// The day or instant that it is about.
        pub at: When,
        /// The text.
        pub text: String,
        /// Whether the case review should discuss it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub discuss: bool,
    }
}

impl Education {
    /// Education of which only topic and recipients are known.
    pub fn about(at: When, topic: String, to: Vec<With>) -> Self {
        Self {
            at,
            topic,
            to,
            how: Vec::new(),
            handout: None,
            understood: None,
        }
    }
}
