//! Work under supervision: co-signatures, what a trainee asks a supervisor to close, what is to be talked about, the hours
//! of supervision, and the audit of records.

use std::collections::BTreeMap;

use crate::journal::{ChartId, Day, EntryId, PersonId, Seconds, ThingId, When};

codes! {
    /// What a supervisor said of a trainee's entries.
    pub enum CoVerdict {
        /// They stand as written.
        Signed,
        /// They go back to the trainee, with a comment.
        Returned,
    }
    /// A kind of supervision.
    pub enum SupervisionKind {
        /// One supervisor and one supervisee.
        Individual,
        /// One supervisor and two supervisees.
        Triadic,
        /// Three supervisees or more.
        Group,
        /// The supervisor was there, or listened in, while the supervisee worked.
        LiveObservation,
        /// Records, or recordings, were gone through.
        RecordReview,
        /// A kind of the clinic's own, named beside it.
        Other,
    }
    /// An answer of an audit.
    pub enum AuditAnswer {
        /// It is as it should be.
        Yes,
        /// It is not.
        No,
        /// It does not apply to this record.
        NotApplicable,
    }
}

data! {
    /// A supervisor looked at what a trainee wrote.
    pub struct CoSigned {
        /// The entries, with the corrections of them that were read. A correction that is not among them came later.
        pub entries: Vec<EntryId>,
        /// What was said of them.
        pub verdict: CoVerdict,
        /// Why they go back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub comment: Option<String>,
        /// When.
        pub at: When,
    }
    /// A trainee asks a supervisor to close something. What is asked for is written down whole: who carries it out takes one
    /// step, and nothing is closed before.
    pub struct CloseAsked {
        /// What is to be written.
        pub facts: Vec<AskedFact>,
        /// When it was asked.
        pub at: When,
    }
    /// Something that is to be written once a supervisor agrees.
    pub struct AskedFact {
        /// Its kind, as in an entry.
        pub kind: String,
        /// The fact.
        #[cfg_attr(test, schemars(with = "serde_json::Value"))]
        pub fact: serde_json::Value,
    }
    /// Something to be talked about in supervision. It is carried over until it was.
    pub struct SupervisionPoint {
        /// Which point.
        pub point: ThingId,
        /// Who wants to talk about it.
        pub by: PersonId,
        /// What.
        pub text: String,
        /// Day on which it was put on the agenda.
        pub day: Day,
        /// Day on which it was talked about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub discussed: Option<Day>,
    }
    /// An hour of supervision, or any other length of it. It is about no patient, and never part of a service month.
    pub struct SupervisionSession {
        /// Which session.
        pub session: ThingId,
        /// The day.
        pub day: Day,
        /// How long.
        pub seconds: Seconds,
        /// Of which kind.
        pub kind: SupervisionKind,
        /// The clinic's own name of it, for [`SupervisionKind::Other`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub other: Option<String>,
        /// Who supervised.
        pub supervisor: PersonId,
        /// Who was supervised.
        pub with: Vec<PersonId>,
        /// What it was about, without patients' names; may be empty.
        pub topics: String,
    }
    /// An audit of records that were drawn at random.
    pub struct RecordAudit {
        /// Which audit.
        pub audit: ThingId,
        /// Its day.
        pub day: Day,
        /// What the draw began from: the same number draws the same records of the same list.
        pub seed: u32,
        /// The period in which a record was active to be drawn from; the day of the audit where it is absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub period: Option<(Day, Day)>,
        /// How many records were drawn from.
        pub pool: u32,
        /// The checklist: its name with its version.
        pub checklist: String,
        /// The records, in the order in which they were drawn.
        pub records: Vec<AuditedRecord>,
    }
    /// One record of an audit.
    pub struct AuditedRecord {
        /// Whose.
        pub chart: ChartId,
        /// What was found, by the item's name in the checklist.
        pub items: BTreeMap<String, AuditFinding>,
    }
    /// What was found of one item.
    pub struct AuditFinding {
        /// The answer.
        pub answer: AuditAnswer,
        /// What the record showed by itself, with its numbers and dates; absent where it could not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub shown: Option<String>,
        /// What the auditor noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
}
