//! All kinds of fact, and which of them set the same thing again.

use std::fmt;

use super::facts::*;
use super::{ChartId, EntryId, EpisodeId, Month, PersonId, ThingId};

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $kind:literal)*) => {
        /// The content of an entry.
        #[derive(Clone, PartialEq, Eq)]
        #[cfg_attr(test, derive(schemars::JsonSchema), schemars(tag = "kind", content = "fact"))]
        pub enum Fact {
            $($(#[$doc])* #[cfg_attr(test, schemars(rename = $kind))] $name($name),)*
            /// A kind, or a content, that this version doesn't know. Its entry passes through untouched.
            #[cfg_attr(test, schemars(skip))]
            Unknown,
        }
        $(
            impl From<$name> for Fact {
                fn from(fact: $name) -> Self {
                    Fact::$name(fact)
                }
            }
        )*
        impl Fact {
            /// All kinds that this version knows, as spelled in files.
            pub const KINDS: &'static [&'static str] = &[$($kind),*];

            /// The kind as spelled in files; empty for one that this version doesn't know.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Fact::$name(_) => $kind,)*
                    Fact::Unknown => "",
                }
            }
            /// Reads a fact. One that this version can't read is [`Fact::Unknown`].
            pub fn read(kind: &str, json: &str) -> Self {
                match kind {
                    $($kind => serde_json::from_str::<$name>(json).map_or(Fact::Unknown, Fact::$name),)*
                    _ => Fact::Unknown,
                }
            }
            /// The fact's JSON; `null` for one that this version doesn't know.
            pub fn to_json(&self) -> Result<String, serde_json::Error> {
                match self {
                    $(Fact::$name(fact) => serde_json::to_string(fact),)*
                    Fact::Unknown => Ok("null".to_owned()),
                }
            }
        }
    };
}

facts! {
    /// Registration and demographics.
    Registration = "registration"
    /// Two charts are one person.
    SamePerson = "same_person"
    /// Who pays.
    Payer = "payer"
    /// Consent, or its withdrawal.
    Consent = "consent"
    /// Permission to tell somebody.
    Release = "release"
    /// A referral in.
    Referral = "referral"
    /// A course of care.
    Episode = "episode"
    /// Where it stands.
    StatusChange = "status"
    /// Who manages the care.
    Assignment = "assignment"
    /// Who stands in.
    Coverage = "coverage"
    /// An appointment.
    Appointment = "appointment"
    /// When the next contact is due.
    ContactPlan = "contact_plan"
    /// A visit that starts the service.
    InitiatingVisit = "initiating_visit"
    /// A two-way contact.
    Contact = "contact"
    /// A try.
    Attempt = "attempt"
    /// A message sent.
    Communication = "communication"
    /// Education given.
    Education = "education"
    /// A note.
    Note = "note"
    /// A measure taken.
    Assessment = "assessment"
    /// A measure declined.
    Declined = "declined"
    /// How an episode is measured.
    MeasurePlan = "measure_plan"
    /// Time spent.
    Time = "time"
    /// A diagnosis.
    Diagnosis = "diagnosis"
    /// A medical condition.
    Condition = "condition"
    /// A dated value.
    DatedValue = "dated_value"
    /// A goal.
    Goal = "goal"
    /// A section of the plan.
    PlanSection = "plan_section"
    /// A barrier.
    Barrier = "barrier"
    /// The relapse-prevention plan.
    RelapsePlan = "relapse_plan"
    /// A medicine.
    Medication = "medication"
    /// Adherence and side effects.
    MedicationCheck = "medication_check"
    /// A change of treatment.
    TreatmentChange = "treatment_change"
    /// A wish for a case review.
    ReviewRequest = "review_request"
    /// A case review.
    CaseReview = "case_review"
    /// The consultant's advice.
    Recommendation = "recommendation"
    /// The clinician's answer.
    Answer = "answer"
    /// A task.
    Task = "task"
    /// A worklist item put off.
    Snooze = "snooze"
    /// A referral out.
    OutgoingReferral = "outgoing_referral"
    /// A safety concern.
    Concern = "concern"
    /// Something done about it.
    ConcernStep = "concern_step"
    /// A concern closed.
    ConcernClosed = "concern_closed"
    /// The safety plan.
    SafetyPlan = "safety_plan"
    /// An acute event.
    AcuteEvent = "acute_event"
    /// Somebody.
    Person = "person"
    /// The clinic.
    Clinic = "clinic"
    /// Changed protocol numbers.
    ProtocolChange = "protocol"
    /// A payer profile of the clinic's own.
    PayerProfileChange = "payer_profile"
    /// A community resource.
    DirectoryEntry = "directory_entry"
    /// A text template.
    Template = "template"
    /// A month closed.
    MonthLock = "month_lock"
    /// How a sheet's columns are read.
    ColumnMapping = "column_mapping"
    /// A correction.
    Corrected = "corrected"
    /// An entry made in error.
    EnteredInError = "entered_in_error"
    /// An entry moved here from the wrong patient.
    MovedHere = "moved_here"
    /// A chart erased.
    Erased = "erased"
    /// A measure of the clinic's own.
    OwnInstrument = "own_instrument"
    /// What the clinic chose for its measures.
    MeasureSettings = "measure_settings"
    /// What was agreed on for forms that patients fill in alone.
    PatientMode = "patient_mode"
    /// Somebody of the patient's care team.
    CareTeamMember = "care_team_member"
    /// Something open was handed to a named person.
    HandedOver = "handed_over"
    /// A note taken over into the EHR.
    EhrCopy = "ehr_copy"
    /// From when on notes wait for that.
    EhrStart = "ehr_start"
    /// An area of the initial assessment.
    AreaAnswers = "assessment_area"
    /// A protected entry.
    Mark = "mark"
    /// How a message may be left, and with whom we may speak.
    Permissions = "permissions"
    /// The care of a minor.
    MinorCare = "minor_care"
    /// What was done about a goal or a barrier.
    PlanStep = "plan_step"
    /// An intervention of the plan.
    PlannedIntervention = "planned_intervention"
    /// The plan gone through.
    PlanReview = "plan_review"
    /// An activity planned with the patient.
    PlannedActivity = "planned_activity"
    /// A problem-solving sheet.
    ProblemSheet = "problem_sheet"
    /// A readiness ruler.
    ReadinessRuler = "readiness_ruler"
    /// The clinic's own minimum doses.
    MinimumDoses = "minimum_doses"
    /// A supervisor looked at what a trainee wrote.
    CoSigned = "co_signed"
    /// A trainee asks a supervisor to close something.
    CloseAsked = "close_asked"
    /// Something to be talked about in supervision.
    SupervisionPoint = "supervision_point"
    /// A session of supervision.
    SupervisionSession = "supervision_session"
    /// An audit of records.
    RecordAudit = "record_audit"
    /// What became of a code of a month.
    Claim = "claim"
    /// What a payer pays.
    FeeSchedule = "fee_schedule"
    /// From when on a payer takes G2214.
    PayerChoice = "payer_choice"
    /// An activity of the clinic's own.
    OwnActivity = "own_activity"
    /// Rows of a closed month.
    MonthPart = "month_part"
}

/// Something that is set again over time. An entry of a slot may name the entries of the same slot that it replaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Registration and demographics.
    Registration,
    /// Whether this chart and another are one person.
    SamePerson(ChartId),
    /// The payer.
    Payer,
    /// Consent to a programme.
    Consent(Programme),
    /// One release.
    Release(ThingId),
    /// The referral of an episode.
    Referral(EpisodeId),
    /// An episode.
    Episode(EpisodeId),
    /// Where an episode stands.
    Status(EpisodeId),
    /// The care manager.
    Assignment,
    /// One appointment.
    Appointment(ThingId),
    /// When the next contact of an episode is due.
    ContactPlan(EpisodeId),
    /// How an episode is measured by one instrument.
    MeasurePlan(EpisodeId, String),
    /// One diagnosis.
    Diagnosis(ThingId),
    /// One condition.
    Condition(ThingId),
    /// One goal.
    Goal(ThingId),
    /// One section of the plan.
    PlanSection(PlanPart),
    /// One barrier.
    Barrier(ThingId),
    /// The relapse-prevention plan.
    RelapsePlan,
    /// One medicine.
    Medication(ThingId),
    /// One recommendation.
    Recommendation(ThingId),
    /// The answer to a recommendation.
    Answer(ThingId),
    /// One task.
    Task(ThingId),
    /// One outgoing referral.
    OutgoingReferral(ThingId),
    /// Whether a concern is open.
    Concern(ThingId),
    /// The safety plan.
    SafetyPlan,
    /// One person.
    Person(PersonId),
    /// The clinic.
    Clinic,
    /// The protocol's numbers.
    Protocol,
    /// One payer profile.
    PayerProfile(String),
    /// One resource.
    Resource(ThingId),
    /// One template.
    Template(ThingId),
    /// Whether a month is closed.
    MonthLock(Month),
    /// How one kind of sheet is read.
    ColumnMapping(Sheet),
    /// What an entry's content should have been, or that it should not have been written.
    Correction(EntryId),
    /// One measure of the clinic's own.
    OwnInstrument(String),
    /// What the clinic chose for its measures.
    MeasureSettings,
    /// What was agreed on for forms that patients fill in alone.
    PatientMode,
    /// Somebody of the patient's care team.
    CareTeam(ThingId),
    /// From when on notes wait to be taken over into the EHR.
    EhrStart,
    /// One area of the initial assessment.
    Area(Area),
    /// Whether an entry is protected for a reason.
    Mark(EntryId, Protection),
    /// How a message may be left, and with whom we may speak.
    Permissions,
    /// The care of a minor.
    MinorCare,
    /// One intervention of the plan.
    PlannedIntervention(ThingId),
    /// When the plan was gone through, and when next.
    PlanReview,
    /// One planned activity.
    PlannedActivity(ThingId),
    /// One problem-solving sheet.
    ProblemSheet(ThingId),
    /// One treatment change.
    TreatmentChange(ThingId),
    /// The clinic's own minimum doses.
    MinimumDoses,
    /// One point of supervision.
    SupervisionPoint(ThingId),
    /// One session of supervision.
    SupervisionSession(ThingId),
    /// One audit of records.
    RecordAudit(ThingId),
    /// One fee schedule: year and locality.
    FeeSchedule(u32, String),
    /// The choice for one payer, as [`PayerChoice::key`] has it.
    PayerChoice(String),
    /// One activity of the clinic's own.
    OwnActivity(ThingId),
    /// One part of a closed month.
    MonthPart(ThingId),
}

/// In messages: the kind and the JSON, so that there is one way to read a fact, [`Fact::read`].
impl serde::Serialize for Fact {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let json = self.to_json().map_err(serde::ser::Error::custom)?;
        (self.kind(), json).serialize(s)
    }
}
impl<'de> serde::Deserialize<'de> for Fact {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let (kind, json) = <(String, String)>::deserialize(d)?;
        match Fact::read(&kind, &json) {
            Fact::Unknown => Err(serde::de::Error::custom("a fact that this version doesn't know")),
            fact => Ok(fact),
        }
    }
}

impl Fact {
    /// The slot that this fact sets; `None` for what simply happened.
    pub fn slot(&self) -> Option<Slot> {
        Some(match self {
            Fact::Registration(_) => Slot::Registration,
            Fact::SamePerson(f) => Slot::SamePerson(f.other),
            Fact::Payer(_) => Slot::Payer,
            Fact::Consent(f) => Slot::Consent(f.programme),
            Fact::Release(f) => Slot::Release(f.release),
            Fact::Referral(f) => Slot::Referral(f.episode),
            Fact::Episode(f) => Slot::Episode(f.episode),
            Fact::StatusChange(f) => Slot::Status(f.episode),
            Fact::Assignment(_) => Slot::Assignment,
            Fact::Appointment(f) => Slot::Appointment(f.appointment),
            Fact::ContactPlan(f) => Slot::ContactPlan(f.episode),
            Fact::MeasurePlan(f) => Slot::MeasurePlan(f.episode, f.instrument.clone()),
            Fact::Diagnosis(f) => Slot::Diagnosis(f.diagnosis),
            Fact::Condition(f) => Slot::Condition(f.condition),
            Fact::Goal(f) => Slot::Goal(f.goal),
            Fact::PlanSection(f) => Slot::PlanSection(f.part),
            Fact::Barrier(f) => Slot::Barrier(f.barrier),
            Fact::RelapsePlan(_) => Slot::RelapsePlan,
            Fact::Medication(f) => Slot::Medication(f.medication),
            Fact::Recommendation(f) => Slot::Recommendation(f.recommendation),
            Fact::Answer(f) => Slot::Answer(f.recommendation),
            Fact::Task(f) => Slot::Task(f.task),
            Fact::OutgoingReferral(f) => Slot::OutgoingReferral(f.referral),
            Fact::Concern(f) => Slot::Concern(f.concern),
            Fact::ConcernClosed(f) => Slot::Concern(f.concern),
            Fact::SafetyPlan(_) => Slot::SafetyPlan,
            Fact::Person(f) => Slot::Person(f.person),
            Fact::Clinic(_) => Slot::Clinic,
            Fact::ProtocolChange(_) => Slot::Protocol,
            Fact::PayerProfileChange(f) => Slot::PayerProfile(f.name.clone()),
            Fact::DirectoryEntry(f) => Slot::Resource(f.resource),
            Fact::Template(f) => Slot::Template(f.template),
            Fact::MonthLock(f) => Slot::MonthLock(f.month),
            Fact::ColumnMapping(f) => Slot::ColumnMapping(f.sheet),
            Fact::Corrected(f) => Slot::Correction(f.entry),
            Fact::EnteredInError(f) => Slot::Correction(f.entry),
            Fact::OwnInstrument(f) => Slot::OwnInstrument(f.instrument.clone()),
            Fact::MeasureSettings(_) => Slot::MeasureSettings,
            Fact::Coverage(_)
            | Fact::InitiatingVisit(_)
            | Fact::Contact(_)
            | Fact::Attempt(_)
            | Fact::Communication(_)
            | Fact::Education(_)
            | Fact::Note(_)
            | Fact::Assessment(_)
            | Fact::Declined(_)
            | Fact::Time(_)
            | Fact::DatedValue(_)
            | Fact::MedicationCheck(_)
            | Fact::ReviewRequest(_)
            | Fact::CaseReview(_)
            | Fact::Snooze(_)
            | Fact::ConcernStep(_)
            | Fact::AcuteEvent(_)
            | Fact::MovedHere(_)
            | Fact::Erased(_)
            | Fact::Unknown => return None,
            Fact::PatientMode(_) => Slot::PatientMode,
            Fact::CareTeamMember(f) => Slot::CareTeam(f.member),
            Fact::HandedOver(_) => return None,
            Fact::EhrCopy(_) => return None,
            Fact::EhrStart(_) => Slot::EhrStart,
            Fact::AreaAnswers(f) => Slot::Area(f.area),
            Fact::Mark(f) => Slot::Mark(f.entry, f.why),
            Fact::Permissions(_) => Slot::Permissions,
            Fact::MinorCare(_) => Slot::MinorCare,
            Fact::TreatmentChange(f) => return f.change.map(Slot::TreatmentChange),
            Fact::PlannedIntervention(f) => Slot::PlannedIntervention(f.intervention),
            Fact::PlanReview(_) => Slot::PlanReview,
            Fact::PlannedActivity(f) => Slot::PlannedActivity(f.activity),
            Fact::ProblemSheet(f) => Slot::ProblemSheet(f.sheet),
            Fact::MinimumDoses(_) => Slot::MinimumDoses,
            Fact::SupervisionPoint(f) => Slot::SupervisionPoint(f.point),
            Fact::SupervisionSession(f) => Slot::SupervisionSession(f.session),
            Fact::RecordAudit(f) => Slot::RecordAudit(f.audit),
            Fact::FeeSchedule(f) => Slot::FeeSchedule(f.year, f.locality.trim().to_owned()),
            Fact::PayerChoice(f) => Slot::PayerChoice(PayerChoice::key(&f.payer)),
            Fact::OwnActivity(f) => Slot::OwnActivity(f.activity),
            Fact::MonthPart(f) => Slot::MonthPart(f.part),
            Fact::PlanStep(_) | Fact::ReadinessRuler(_) | Fact::CoSigned(_) | Fact::CloseAsked(_) => return None,
            Fact::Claim(_) => return None,
        })
    }
}

/// Only the kind: a fact may hold what a patient said, and that belongs in no log.
impl fmt::Debug for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fact({})", self.kind())
    }
}
