//! Who the patient is, who may know what, and who pays.

use super::{Covers, Explained, RecipientKind};
use crate::journal::{ChartId, Day, PersonId, ThingId};

codes! {
    /// Sex as the clinic's record has it; some cut-offs depend on it, and "unknown" never guesses.
    pub enum Sex {
        /// Female.
        Female,
        /// Male.
        Male,
        /// Neither of the two, or recorded otherwise.
        Other,
    }
    /// How the patient wants to be reached.
    pub enum Channel {
        /// By telephone.
        Phone,
        /// By text message.
        Text,
        /// By video call.
        Video,
        /// In person.
        InPerson,
        /// Through the portal.
        Portal,
        /// By post.
        Letter,
        /// By e-mail.
        Email,
    }
    /// Whether an interpreter is needed. Absent: not asked.
    pub enum InterpreterNeed {
        /// One is needed.
        Needed,
        /// None is needed.
        NotNeeded,
    }
    /// What a consent is for. Consents are kept apart: one for each programme.
    pub enum Programme {
        /// Psychiatric collaborative care.
        Cocm,
        /// General behavioral health integration.
        GeneralBhi,
        /// Another care-management programme.
        Other,
    }
    /// How consent was given.
    pub enum ConsentHow {
        /// Spoken and written into the record, which is enough (CMS-1654-F).
        Verbal,
        /// Signed.
        Written,
        /// An imported list says that it is on file; its date is still to be checked.
        OnFile,
    }
}

data! {
    /// Registration and demographics. One current version a chart.
    pub struct Registration {
        /// Given name.
        pub given: String,
        /// Family name.
        pub family: String,
        /// The name that the patient goes by.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub preferred: Option<String>,
        /// Date of birth; absent when the source had none that is a date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub birth: Option<Day>,
        /// Sex as recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sex: Option<Sex>,
        /// Gender in the patient's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub gender: Option<String>,
        /// Pronouns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pronouns: Option<String>,
        /// Medical record number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mrn: Option<String>,
        /// Telephone numbers, the first preferred.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub phones: Vec<String>,
        /// E-mail address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// Postal address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub address: Option<String>,
        /// Language spoken, when not English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub language: Option<String>,
        /// Whom to call in an emergency, with relationship and number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub emergency: Option<String>,
        /// Parent or guardian, for a minor.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub guardian: Option<String>,
        /// How the patient prefers to be reached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub prefers: Option<Channel>,
        /// Preferred hours and anything else to know before calling.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hours: Option<String>,
        /// Ways in which a message may be left. Empty means: not asked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub messages_by: Vec<Channel>,
        /// Treating clinician.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clinician: Option<PersonId>,
        /// Whether an interpreter is needed. Absent: not asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub interpreter: Option<InterpreterNeed>,
    }
    /// This chart and another are one person (or, when `same` is false, are not after all).
    pub struct SamePerson {
        /// The other chart.
        pub other: ChartId,
        /// Whether they are one person.
        pub same: bool,
    }
    /// Who pays, from a day on.
    pub struct Payer {
        /// The payer's name.
        pub name: String,
        /// The payer profile whose numbers apply; the clinic's default when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub profile: Option<String>,
        /// Member number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub member: Option<String>,
        /// First day.
        pub from: Day,
    }
    /// Consent to a programme, or its withdrawal.
    pub struct Consent {
        /// The programme.
        pub programme: Programme,
        /// Given, refused or withdrawn.
        pub answer: ConsentAnswer,
        /// The day of it.
        pub day: Day,
        /// Who asked; whoever wrote it down when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub taken_by: Option<PersonId>,
    }
    /// What the patient said when asked for consent.
    pub enum ConsentAnswer {
        /// Given.
        Given {
            /// How.
            how: ConsentHow,
            /// What was explained: consulting specialists, cost sharing, right to stop.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            explained: Option<String>,
            /// What was explained, point by point.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            points: Vec<Explained>,
        },
        /// Refused.
        Refused,
        /// Taken back.
        Withdrawn,
    }
    /// Permission to tell somebody something.
    pub struct Release {
        /// Which release this is a version of.
        pub release: ThingId,
        /// To whom.
        pub to: String,
        /// What may be told.
        pub scope: String,
        /// First day.
        pub from: Day,
        /// Last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<Day>,
        /// Whether it covers records protected by 42 CFR Part 2.
        pub part2: bool,
        /// Day on which it was revoked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub revoked: Option<Day>,
        /// What it covers; nothing that is protected where this is empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub covers: Vec<Covers>,
        /// Whether it covers care that the minor alone consented to; then it is the minor's release.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub minor: bool,
        /// What the recipient is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<RecipientKind>,
        /// Telephone or address of the recipient.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub contact: Option<String>,
    }
}

impl Registration {
    /// A person of whom only the name is known.
    pub fn named(given: String, family: String) -> Self {
        Self {
            given,
            family,
            preferred: None,
            birth: None,
            sex: None,
            gender: None,
            pronouns: None,
            mrn: None,
            phones: Vec::new(),
            email: None,
            address: None,
            language: None,
            emergency: None,
            guardian: None,
            prefers: None,
            hours: None,
            messages_by: Vec::new(),
            clinician: None,
            interpreter: None,
        }
    }
}
