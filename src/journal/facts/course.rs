//! The course of care: referral, episode, status, who looks after the patient, appointments.

use super::{Closure, Feedback};
use crate::journal::{Day, Days, EntryId, EpisodeId, PersonId, ThingId, When};

codes! {
    /// Why an episode was closed.
    pub enum CloseReason {
        /// Treatment goals met.
        GoalsMet,
        /// Referred on, for example to specialty care.
        ReferredOn,
        /// The patient declined.
        Declined,
        /// The patient could not be reached.
        Unreachable,
        /// The patient moved away.
        Moved,
        /// Coverage was lost.
        CoverageLost,
        /// The patient died.
        Died,
        /// Closed before this registry held the chart; the source gave no reason.
        NotRecorded,
        /// Something else, said in the note.
        Other,
    }
    /// What became of an appointment.
    pub enum AppointmentState {
        /// Agreed.
        Booked,
        /// It took place.
        Kept,
        /// Called off by the clinic or, in time, by the patient.
        Cancelled,
        /// The patient did not come and had not said so.
        NoShow,
    }
    /// How a contact takes place.
    pub enum Mode {
        /// By telephone.
        Phone,
        /// By video call.
        Video,
        /// In the clinic.
        InPerson,
        /// At the patient's home.
        Home,
        /// Messages through the portal.
        Portal,
        /// In a group.
        Group,
    }
}

data! {
    /// A referral to collaborative care. Its instant starts the first-contact clock.
    pub struct Referral {
        /// The episode that it opens.
        pub episode: EpisodeId,
        /// When it was received.
        pub at: When,
        /// Who referred, when known to the registry.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<PersonId>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// Whether the patient was introduced in person (a warm handoff).
        pub warm: bool,
        /// Who referred, as it was typed, when the registry doesn't know them: another clinic, the patient, a school.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<String>,
        /// Scores that were sent along with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub scores: Vec<EntryId>,
        /// That whoever referred is told what came of it, and what of that is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub feedback: Option<Feedback>,
    }
    /// One course of care and the instrument that measures it.
    pub struct Episode {
        /// Which episode.
        pub episode: EpisodeId,
        /// Day on which it opened.
        pub opened: Day,
        /// Instrument that the episode is treated by, for example `phq9`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub target: Option<String>,
    }
    /// Where an episode stands, from a day on.
    pub struct StatusChange {
        /// Which episode.
        pub episode: EpisodeId,
        /// The new status.
        pub status: Status,
        /// First day of it.
        pub from: Day,
        /// Why, where that was asked: reopening active treatment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub why: Option<String>,
    }
    /// Where an episode stands.
    pub enum Status {
        /// Referred, not yet tried.
        Referred,
        /// Being tried.
        Outreach,
        /// Consented and enrolled, not yet in treatment.
        Enrolled,
        /// In treatment.
        Active,
        /// Better; preventing relapse.
        RelapsePrevention,
        /// Paused until a review.
        OnHold {
            /// Day on which the pause is looked at again.
            review: Day,
        },
        /// Ended.
        Closed {
            /// Why.
            reason: CloseReason,
            /// More about it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<String>,
            /// How it ended: which scores were compared, who follows, what was agreed on.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            closure: Option<Box<Closure>>,
        },
    }
    /// Who manages the patient's care, from a day on. `None` leaves the patient unassigned.
    pub struct Assignment {
        /// The care manager.
        pub care_manager: Option<PersonId>,
        /// First day.
        pub from: Day,
        /// Why, where that was asked: patients who change hands together.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub why: Option<String>,
    }
    /// Somebody stands in for the care manager.
    pub struct Coverage {
        /// Who stands in.
        pub by: PersonId,
        /// First day.
        pub from: Day,
        /// Last day.
        pub until: Day,
        /// Which coverage, where the record goes out to the copy of whoever stands in: it is out until an entry of the same
        /// coverage says how it came back. Without one somebody stands in on this copy, and nothing is out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub coverage: Option<ThingId>,
        /// Whom they stand in for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub of: Option<PersonId>,
        /// How the record came back; `None` for what sends it out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub back: Option<CameBack>,
    }
    /// How a record that was out came back.
    pub enum CameBack {
        /// Whoever stood in handed it back: this entry travels in the file, so a copy that has it has merged the work too.
        HandedBack {
            /// On which day.
            on: Day,
        },
        /// Otherwise, as somebody says who has it before them.
        Otherwise {
            /// On which day.
            on: Day,
            /// By what, or why nothing comes.
            reason: String,
        },
    }
    /// An appointment; later entries of the same appointment say what became of it.
    pub struct Appointment {
        /// Which appointment.
        pub appointment: ThingId,
        /// When.
        pub at: When,
        /// How.
        pub mode: Mode,
        /// What for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub purpose: Option<String>,
        /// What became of it.
        pub state: AppointmentState,
    }
    /// When the next contact is due: on a day, or every so many days, instead of the protocol's interval.
    pub struct ContactPlan {
        /// Which episode.
        pub episode: EpisodeId,
        /// The day agreed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<Day>,
        /// The interval agreed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub every: Option<Days>,
    }
    /// A visit with the billing practitioner that starts, or may start, a care-management service.
    pub struct InitiatingVisit {
        /// Day of the visit.
        pub day: Day,
        /// With whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub practitioner: Option<PersonId>,
        /// Visit code, for example `99214`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub code: Option<String>,
    }
}
