//! Supervision: what waits, what is late, what is to be talked about, and the hours.

use serde::{Deserialize, Serialize};

use super::CaseloadFilter;
use crate::journal::facts::{AuditAnswer, ConcernKind, Person, RecordAudit, SupervisionKind, SupervisionSession};
use crate::journal::{ChartId, Day, EntryId, PersonId, Seconds, ThingId, When};

views! {
    /// The supervisor's page, and a trainee's own side of it.
    pub struct SupervisionView {
        /// The clinic's day.
        pub today: Day,
        /// The registry's own chart, where sessions and typed points lie.
        pub office: ChartId,
        /// Whether who is working supervises.
        pub supervises: bool,
        /// Whether who is working is a trainee.
        pub is_trainee: bool,
        /// Each care manager with what stands open and late; nobody's patients last.
        pub managers: Vec<ManagerLine>,
        /// What trainees wrote that is not signed, by trainee.
        pub trainees: Vec<TraineeLine>,
        /// What is to be talked about, the oldest first.
        pub agenda: Vec<PointLine>,
        /// Sessions, the latest first.
        pub sessions: Vec<SessionLine>,
        /// Names of the clinic's own kinds of supervision, as they were used.
        pub kinds: Vec<String>,
        /// The people who have not left.
        #[serde(with = "crate::journal::as_json")]
        pub people: Vec<Person>,
        /// Audits, the latest first.
        pub audits: Vec<AuditLine>,
    }
    /// A care manager's patients.
    pub struct ManagerLine {
        /// Who; `None` for patients without one.
        pub person: Option<PersonId>,
        /// Name.
        pub name: String,
        /// Patients in care.
        pub patients: u32,
        /// Open safety concerns, the longest open first.
        pub concerns: Vec<OpenConcernLine>,
        /// Late clocks: which, its words, how many patients, and the filter of the caseload that shows them.
        pub late: Vec<(String, u32, CaseloadFilter)>,
    }
    /// An open concern.
    pub struct OpenConcernLine {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// Which.
        pub concern: ThingId,
        /// What about.
        pub kind: ConcernKind,
        /// When it was opened.
        pub opened: When,
        /// Days since then.
        pub days: u32,
    }
    /// A trainee.
    pub struct TraineeLine {
        /// Who.
        pub person: PersonId,
        /// Name.
        pub name: String,
        /// Their supervisor.
        pub supervisor: Option<String>,
        /// Whether who is working may sign what they wrote.
        pub may_sign: bool,
        /// Entries that wait, by patient, the oldest first.
        pub patients: Vec<WaitingPatient>,
        /// Entries that went back to them and wait for them, by patient.
        pub returned: Vec<WaitingPatient>,
        /// What they ask to have closed.
        pub asks: Vec<AskLine>,
    }
    /// A patient about whom something waits.
    pub struct WaitingPatient {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// The entries.
        pub entries: Vec<WaitingEntry>,
    }
    /// An entry that waits.
    pub struct WaitingEntry {
        /// The ids that a co-signature names: the entry, and its correction.
        pub names: Vec<EntryId>,
        /// When it happened.
        pub at: When,
        /// What it says.
        pub line: String,
        /// More of it.
        pub more: Option<String>,
        /// Where it stands, in words.
        pub state: String,
        /// What the supervisor said, where it went back.
        pub comment: Option<String>,
    }
    /// A request to close.
    pub struct AskLine {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// The request.
        pub request: EntryId,
        /// What is to be closed, in words.
        pub what: String,
        /// What the trainee wrote for it.
        pub why: Option<String>,
        /// When it was asked.
        pub at: When,
        /// What the supervisor said, where it went back.
        pub comment: Option<String>,
    }
    /// Something to be talked about.
    pub struct PointLine {
        /// Which.
        pub point: ThingId,
        /// The patient, where it is about one: chart and name.
        pub patient: Option<(ChartId, String)>,
        /// Who wants to talk about it.
        pub by: PersonId,
        /// Their name.
        pub who: String,
        /// What.
        pub text: String,
        /// Since when.
        pub day: Day,
    }
    /// A session of supervision.
    pub struct SessionLine {
        /// The entry that holds it.
        pub entry: EntryId,
        /// What it says.
        #[serde(with = "crate::journal::as_json")]
        pub session: SupervisionSession,
        /// Its kind in words.
        pub kind: String,
        /// Who supervised.
        pub supervisor: String,
        /// Who was supervised.
        pub with: String,
    }
    /// Which sessions.
    #[derive(Default)]
    pub struct HoursQuery {
        /// Only of this supervisee.
        pub who: Option<PersonId>,
        /// From this day on.
        pub from: Option<Day>,
        /// Up to this day.
        pub until: Option<Day>,
    }
    /// A saved audit.
    pub struct AuditLine {
        /// The audit.
        #[serde(with = "crate::journal::as_json")]
        pub audit: RecordAudit,
        /// Who made it.
        pub by: String,
        /// The patients of its records, in their order: as lists show them, with what tells two of one name apart.
        pub names: Vec<(String, String)>,
        /// For each item: how many yes, no, and not applicable.
        pub totals: Vec<(String, u32, u32, u32)>,
    }
    /// Which records are drawn.
    pub struct DrawQuery {
        /// What the draw begins from.
        pub seed: u32,
        /// How many.
        pub count: u32,
        /// Active at any time in this period; active today where absent.
        pub period: Option<(Day, Day)>,
    }
    /// Records that were drawn.
    pub struct DrawView {
        /// How many were drawn from.
        pub pool: u32,
        /// The checklist: its name with its version.
        pub checklist: String,
        /// Its items: name, question, source.
        pub items: Vec<(String, String, String)>,
        /// The records, in the order in which they were drawn.
        pub records: Vec<DrawnRecord>,
    }
    /// A record that was drawn.
    pub struct DrawnRecord {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// What tells two patients of one name apart.
        pub about: String,
        /// What the record can tell by itself, by item: the answer and its numbers.
        pub found: Vec<(String, Option<AuditAnswer>, String)>,
    }
}

impl HoursQuery {
    /// Whether a session is among them.
    pub fn holds(&self, session: &SupervisionSession) -> bool {
        self.who.is_none_or(|who| session.with.contains(&who))
            && self.from.is_none_or(|from| from <= session.day)
            && self.until.is_none_or(|until| session.day <= until)
    }
}

/// Sessions by kind, in the order of their kinds, with the time of each; all together last.
pub fn hours_by_kind(sessions: &[SessionLine]) -> (Vec<(String, Seconds)>, Seconds) {
    let mut kinds: Vec<(String, Seconds)> = Vec::new();
    for line in sessions {
        match kinds.iter_mut().find(|(kind, _)| *kind == line.kind) {
            Some((_, sum)) => sum.0 = sum.0.saturating_add(line.session.seconds.0),
            None => kinds.push((line.kind.clone(), line.session.seconds)),
        }
    }
    kinds.sort();
    let all = kinds.iter().fold(0_u32, |sum, (_, time)| sum.saturating_add(time.0));
    (kinds, Seconds(all))
}

/// The clinic's words for kinds of supervision.
pub const SUPERVISION_KINDS: &[(SupervisionKind, &str)] = &[
    (SupervisionKind::Individual, "Individual"),
    (SupervisionKind::Triadic, "Triadic"),
    (SupervisionKind::Group, "Group"),
    (SupervisionKind::LiveObservation, "Live observation"),
    (SupervisionKind::RecordReview, "Record review"),
    (SupervisionKind::Other, "Another kind"),
];
