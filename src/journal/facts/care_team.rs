//! Case review, recommendations and answers, tasks, snoozes, referrals out.

use crate::journal::{Day, Days, PersonId, ThingId, When};

use super::Channel;

codes! {
    /// What the treating clinician said to a recommendation.
    pub enum AnswerKind {
        /// Accepted.
        Accepted,
        /// Declined.
        Declined,
        /// To be decided later.
        Later,
        /// Accepted, and carried out.
        Done,
    }
    /// How the treating clinician's answer came.
    pub enum AnswerWay {
        /// Said, by telephone or in person.
        Spoken,
        /// In a message or a letter.
        Written,
        /// Read in the EHR.
        Ehr,
    }
    /// A clock whose worklist item can be put off.
    pub enum ClockKind {
        /// An open safety concern. Never put off.
        Safety,
        /// Worsening.
        Worsening,
        /// A missed appointment.
        Missed,
        /// First contact after a referral.
        FirstContact,
        /// A contact.
        Contact,
        /// A measure.
        Measure,
        /// A case review.
        Review,
        /// A plan, consent or diagnosis.
        Plan,
        /// A recommendation that waits for an answer.
        Answer,
        /// A task.
        Task,
        /// A referral out without a next step.
        Referral,
        /// A record that is out with whoever stands in, past its day.
        Coverage,
        /// Feedback to whoever referred.
        Feedback,
    }
    /// How a wish for a case review came about.
    pub enum RequestKind {
        /// Somebody has a question.
        Question,
        /// The patient was on a meeting's agenda and was not discussed.
        Skipped,
    }
    /// What a recommendation is about.
    pub enum AdviceKind {
        /// Begin a medicine.
        StartMedicine,
        /// Another dose of a medicine.
        ChangeDose,
        /// One medicine in place of another.
        SwitchMedicine,
        /// Stop a medicine.
        StopMedicine,
        /// Go on as it is.
        GoOn,
        /// A psychotherapy, or another kind of it.
        Therapy,
        /// A laboratory value, a test or a measure.
        Test,
        /// A diagnosis to be looked into.
        Diagnosis,
        /// Another service.
        Referral,
        /// Safety.
        Safety,
        /// Anything else.
        Other,
    }
    /// How soon a recommendation is meant to be acted on.
    pub enum Urgency {
        /// At the next occasion.
        Routine,
        /// Within the week.
        ThisWeek,
        /// On the same day.
        Today,
    }
    /// How far an outgoing referral has come.
    pub enum ReferralState {
        /// Agreed with the patient.
        Made,
        /// Sent to the other service.
        Sent,
        /// An appointment is booked there.
        Booked,
        /// The patient went.
        Attended,
        /// A result came back.
        Result,
        /// Lost, declined or no longer needed.
        Ended,
    }
    /// How a referral out ended without a result.
    pub enum ReferralEnd {
        /// Nobody knows what became of it.
        Lost,
        /// The patient declined.
        Declined,
        /// The other service declined.
        Refused,
        /// It is not needed any more.
        NotNeeded,
    }
    /// What kind of help a resource gives, and a referral asks for.
    pub enum ResourceKind {
        /// Psychotherapy or counselling.
        Therapy,
        /// Housing, rent, shelter.
        Housing,
        /// Work and training.
        Vocational,
        /// Substance use treatment.
        SubstanceUse,
        /// Specialty mental health or medical care.
        Specialty,
        /// Food.
        Food,
        /// Transport.
        Transport,
        /// Benefits, money, legal help.
        Legal,
        /// Peer and support groups.
        Support,
        /// Something else.
        Other,
    }
}

data! {
    /// A wish to have the patient discussed with the consultant.
    pub struct ReviewRequest {
        /// When.
        pub at: When,
        /// Why, and the question; of one that was skipped, why it was.
        pub question: String,
        /// How it came about; by a question when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<RequestKind>,
    }
    /// The consultant looked at this patient.
    pub struct CaseReview {
        /// When.
        pub at: When,
        /// The consultant, when known to the registry.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub consultant: Option<PersonId>,
        /// What was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }
    /// The consultant's advice to the treating clinician.
    pub struct Recommendation {
        /// Which recommendation this is a version of.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// The advice, whole: what the fields below say stands in it too.
        pub text: String,
        /// Who advises.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<PersonId>,
        /// What it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<AdviceKind>,
        /// The medicine, where it is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub medicine: Option<String>,
        /// Its dose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dose: Option<String>,
        /// How soon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub urgency: Option<Urgency>,
    }
    /// The treating clinician's answer.
    pub struct Answer {
        /// To which recommendation.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// What was said.
        pub answer: AnswerKind,
        /// Why, or what was done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// How it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub how: Option<AnswerWay>,
        /// The day on which to ask again, of one that is to be decided later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub again: Option<Day>,
    }
    /// Something to do.
    pub struct Task {
        /// Which task this is a version of.
        pub task: ThingId,
        /// What.
        pub text: String,
        /// By when.
        pub due: Day,
        /// Whose it is; the care manager's when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub owner: Option<PersonId>,
        /// Repeats every so many days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub repeat: Option<Days>,
        /// Day on which it was done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub done: Option<Day>,
        /// Day on which it was dropped without being done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dropped: Option<Day>,
        /// Why it was dropped, or why it stays open after the end of an episode.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub why: Option<String>,
        /// Repeats every so many weeks or months, where it isn't days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub every: Option<Every>,
        /// The named person outside who does it from now on, where it was dropped for that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub handed: Option<String>,
    }
    /// How often a task comes again, other than in days.
    #[derive(Copy)]
    pub enum Every {
        /// Every so many weeks.
        Weeks {
            /// How many.
            count: u32,
        },
        /// Every so many months.
        Months {
            /// How many.
            count: u32,
            /// The day of the month on which it falls; of a shorter month its last.
            day: u32,
        },
    }
    /// A worklist item is put off. Any new score or contact ends it.
    pub struct Snooze {
        /// Which clock.
        pub clock: ClockKind,
        /// Until which day, that day included.
        pub until: Day,
        /// Why.
        pub reason: String,
    }
    /// A referral to another service.
    pub struct OutgoingReferral {
        /// Which referral this is a version of.
        pub referral: ThingId,
        /// To whom.
        pub to: String,
        /// What for.
        pub what: String,
        /// How far it has come.
        pub state: ReferralState,
        /// The day of that.
        pub day: Day,
        /// What kind of help it asks for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<ResourceKind>,
        /// The resource of the directory that it went to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub resource: Option<ThingId>,
        /// How it was sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<Channel>,
        /// The appointment there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub at: Option<When>,
        /// What came of this step: the result, or why it ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// How it ended without a result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ended: Option<ReferralEnd>,
    }
}

impl ReviewRequest {
    /// Whether it only says that the patient was left out of a meeting: nobody asked anything then.
    pub fn is_skip(&self) -> bool {
        self.kind == Some(RequestKind::Skipped)
    }
}

impl Recommendation {
    /// A recommendation of which only the words are known.
    pub fn in_words(recommendation: ThingId, day: Day, text: String, by: Option<PersonId>) -> Self {
        Self {
            recommendation,
            day,
            text,
            by,
            kind: None,
            medicine: None,
            dose: None,
            urgency: None,
        }
    }
}
