//! Case review, recommendations and answers, tasks, snoozes, referrals out.

use crate::journal::{Day, Days, PersonId, ThingId, When};

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
}

data! {
    /// A wish to have the patient discussed with the consultant.
    pub struct ReviewRequest {
        /// When.
        pub at: When,
        /// Why, and the question.
        pub question: String,
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
        /// The advice.
        pub text: String,
        /// Who advises.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<PersonId>,
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
    }
}
