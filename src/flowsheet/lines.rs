//! What a flowsheet holds. All types are plain data with a fixed layout, so that pages of them are small.

use serde::{Deserialize, Serialize};

use super::concerns::{Cause, RoundLine, WrittenLater};
use super::documented::{ClaimLine, Lack, Unexplained};
use super::ehr::EhrLine;
use super::feedback::FeedbackLine;
pub use super::fork::{ForkKind, ForkLine};
use super::messages::MessageLine;
use crate::journal::facts::{
    Activity, AcuteKind, AdviceKind, AnswerKind, AppointmentState, AttemptOutcome, Bucket, ChangeKind, Channel,
    ClockKind, Clocked, CloseReason, Compared, ConcernKind, ConsentHow, ContactKind, DayPart, Level, Mode, Programme,
    ReferralState, Severity, Sex, Urgency,
};
use crate::journal::{ChartId, Day, Days, Digest, EntryId, EpisodeId, PersonId, Seconds, Stamp, ThingId, When};

macro_rules! lines {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            $item
        )*
    };
}

lines! {
    /// The dated numbers of one patient. Lists are in clinical order: by day, then by time, then by stamp.
    pub struct Flowsheet {
        /// Whose.
        pub chart: ChartId,
        /// Number of entries that it was made from.
        pub entries: u32,
        /// Digest of those entries.
        pub digest: Digest,
        /// The latest stamp among them.
        pub written: Option<Stamp>,
        /// Who the patient is.
        pub who: Who,
        /// Episodes, the latest last.
        pub episodes: Vec<EpisodeLine>,
        /// Who manages the care, from which day; the latest last.
        pub care_managers: Vec<(Day, Option<PersonId>)>,
        /// Who stands in.
        pub coverage: Vec<CoverageLine>,
        /// Measures taken.
        pub scores: Vec<ScoreLine>,
        /// Measures declined.
        pub declined: Vec<(Day, String)>,
        /// Safety concerns, open and closed.
        pub concerns: Vec<ConcernLine>,
        /// Day and review day of the latest safety plan.
        pub safety_plan: Option<(Day, Option<Day>)>,
        /// Day of the latest relapse-prevention plan.
        pub relapse_plan: Option<Day>,
        /// Two-way contacts, with the patient or about them.
        pub contacts: Vec<ContactLine>,
        /// Tries.
        pub attempts: Vec<AttemptLine>,
        /// Appointments.
        pub appointments: Vec<AppointmentLine>,
        /// Treatment starts and changes.
        pub treatments: Vec<TreatmentLine>,
        /// Current and past medicines: first and last day.
        pub medicines: Vec<(ThingId, Option<Day>, Option<Day>)>,
        /// Days on which a side effect was recorded, with the worst of the day.
        pub side_effects: Vec<(Day, Severity)>,
        /// Case reviews.
        pub reviews: Vec<ReviewLine>,
        /// Open wishes for a case review: those since the last review.
        pub review_requests: Vec<When>,
        /// Recommendations and their answers.
        pub recommendations: Vec<RecommendationLine>,
        /// Acute events.
        pub acute: Vec<(When, AcuteKind)>,
        /// Tasks.
        pub tasks: Vec<TaskLine>,
        /// Referrals out: how far each has come, since when its next step is waited for (a booked one: its appointment).
        pub referrals_out: Vec<(ThingId, ReferralState, Day)>,
        /// Worklist items put off.
        pub snoozes: Vec<SnoozeLine>,
        /// Time spent.
        pub times: Vec<TimeLine>,
        /// What a service month needs.
        pub gates: Gates,
        /// What two copies set differently, for a person to settle.
        pub forks: Vec<ForkLine>,
        /// Entries that this version can't read, or whose content breaks its own rules.
        pub unreadable: u32,
        /// Charts that are the same person.
        pub same_person: Vec<ChartId>,
        /// Whether the chart was erased.
        pub erased: bool,
        /// Messages sent on the patient's behalf, without their text.
        pub messages: Vec<MessageLine>,
        /// What was handed to a named person and still is: a concern, a recommendation, a referral, and the day of it.
        pub handed_over: Vec<(ThingId, Day)>,
        /// Notes that are not in the EHR, or not as they stand now.
        pub ehr: Vec<EhrLine>,
        /// Entries that a person marked as protected: what they hold stays out of tables that leave.
        pub held: Vec<EntryId>,
        /// Day on which the plan of care was last gone through, and when next.
        pub plan_review: Option<(Day, Option<Day>)>,
        /// When each closed episode was closed.
        pub closings: Vec<(EpisodeId, Stamp)>,
        /// When a concern was last opened, written again, or worked on.
        pub concern_written: Option<Stamp>,
        /// When a concern was last opened, written again, or answered anew: what must be seen, and not what was done about it.
        pub concern_raised: Option<Stamp>,
        /// Whether the chart was erased in another copy and a person here has not decided on it: it is hidden, and whole.
        pub erasure_waits: bool,
        /// When the record went out to the copy of somebody who stands in, the earliest first.
        #[serde(default)]
        pub out: Vec<OutLine>,
        /// Who wrote in this chart: where one of them is a trainee, something may wait for co-signature.
        pub authors: Vec<PersonId>,
        /// Points that are to be talked about in supervision and have not been, with the day of each.
        pub supervision: Vec<(ThingId, Day)>,
        /// The last case review meeting that left the patient out, while none was held since.
        pub review_skipped: Option<When>,
    }

    /// What lists show and search of who the patient is.
    #[derive(Default)]
    pub struct Who {
        /// Given name.
        pub given: String,
        /// Family name.
        pub family: String,
        /// The name that the patient goes by.
        pub preferred: Option<String>,
        /// Date of birth.
        pub birth: Option<Day>,
        /// Sex as recorded.
        pub sex: Option<Sex>,
        /// Pronouns.
        pub pronouns: Option<String>,
        /// Medical record number.
        pub mrn: Option<String>,
        /// First telephone number.
        pub phone: Option<String>,
        /// How the patient prefers to be reached.
        pub prefers: Option<Channel>,
        /// Preferred hours.
        pub hours: Option<String>,
        /// Treating clinician.
        pub clinician: Option<PersonId>,
    }

    /// One course of care.
    pub struct EpisodeLine {
        /// Which.
        pub episode: EpisodeId,
        /// Day on which it opened.
        pub opened: Day,
        /// The referral.
        pub referred: Option<When>,
        /// Instrument that it is treated by, when chosen.
        pub target: Option<String>,
        /// Status from each day on, by day. Never empty once a status is written.
        pub statuses: Vec<(Day, StatusLine)>,
        /// Next contact, as agreed.
        pub next_contact: Option<Day>,
        /// Days between contacts, as agreed.
        pub contact_every: Option<Days>,
        /// Measure plans, by instrument.
        pub measures: Vec<MeasurePlanLine>,
        /// Who referred and is to be told what came of it; `None` where nobody is.
        pub feedback: Option<FeedbackLine>,
    }

    /// How an episode is measured by one instrument.
    pub struct MeasurePlanLine {
        /// Instrument id.
        pub instrument: String,
        /// The assessment that a person chose as baseline.
        pub baseline: Option<EntryId>,
        /// Days between administrations, instead of the protocol's.
        pub every: Option<Days>,
        /// Days between administrations from response on, when that is another interval.
        pub after_response: Option<Days>,
        /// The first day on which the episode is not measured by it any more.
        pub stopped: Option<Day>,
    }

    /// A two-way contact.
    pub struct ContactLine {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// The clinic's day.
        pub day: Day,
        /// How.
        pub mode: Mode,
        /// What kind.
        pub kind: ContactKind,
        /// Whether the patient took part. Only such a contact resets the contact clock.
        pub with_patient: bool,
        /// When it was written down.
        pub stamp: Stamp,
    }

    /// A try.
    pub struct AttemptLine {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// The clinic's day.
        pub day: Day,
        /// By which channel.
        pub by: Channel,
        /// What came of it.
        pub outcome: AttemptOutcome,
        /// The part of the day in which it is to be tried next, where somebody chose it.
        pub next: Option<DayPart>,
    }

    /// An appointment as it stands.
    pub struct AppointmentLine {
        /// Which.
        pub appointment: ThingId,
        /// When.
        pub at: When,
        /// The clinic's day.
        pub day: Day,
        /// How.
        pub mode: Mode,
        /// What became of it.
        pub state: AppointmentState,
    }

    /// A measure taken.
    pub struct ScoreLine {
        /// The entry.
        pub entry: EntryId,
        /// Instrument id.
        pub instrument: String,
        /// When.
        pub at: When,
        /// The clinic's day.
        pub day: Day,
        /// The total; `None` when the form is incomplete or the instrument has no total.
        pub total: Option<u16>,
        /// Number of items not answered (0 for a total without a form).
        pub missing: u8,
        /// Whether only a total was entered.
        pub total_only: bool,
        /// The safety item: its answer, or why there is none.
        pub safety: SafetyItem,
        /// What a structured second step came to; `None` for any other instrument, and while its answers don't say.
        pub acuity: Option<Acuity>,
        /// When it was written down: the later of two on one day and time counts as the latest.
        pub stamp: Stamp,
    }

    /// A safety concern.
    pub struct ConcernLine {
        /// Which.
        pub concern: ThingId,
        /// What about.
        pub kind: ConcernKind,
        /// What opened it.
        pub cause: Cause,
        /// How urgent.
        pub level: Level,
        /// When it was opened.
        pub opened: When,
        /// The clinic's day of that.
        pub day: Day,
        /// When, and by whom, it was closed; `None` while it is open, and while two copies disagree.
        pub closed: Option<(When, PersonId)>,
        /// Day until which it is watched after closing.
        pub watch_until: Option<Day>,
        /// When the first step of its kind was done: second step (suicide), report or warning (abuse, harm), questions.
        pub second_step: Option<When>,
        /// When the treating clinician was told.
        pub clinician_told: Option<When>,
        /// The next contact agreed.
        pub next_contact: Option<Day>,
        /// The latest reassessment.
        pub reassessed: Option<(When, Compared)>,
        /// Whether it came with an import and nobody has decided on it yet.
        pub untriaged: bool,
        /// When somebody decided on it, where it came with an import: what it needs is due from then on.
        pub triaged: Option<When>,
        /// What was decided then: the one line that a list shows beside an open concern.
        pub decided: Option<String>,
        /// When the steps were last started again, by a higher answer.
        pub restarted: Option<When>,
        /// What had been done before each such start, the oldest first.
        pub earlier: Vec<RoundLine>,
        /// Whether something besides what opened it is behind it: another answer, a crisis contact, a person.
        pub joined: bool,
        /// Whether the patient gave the answer that opened it on the clinic's device; staff typed nothing then.
        pub by_patient: bool,
        /// Steps that were written on a later day than the one on which they were done, in the order of writing.
        pub written_later: Vec<WrittenLater>,
    }

    /// A treatment start or change.
    pub struct TreatmentLine {
        /// The entry.
        pub entry: EntryId,
        /// The day.
        pub day: Day,
        /// What kind.
        pub kind: ChangeKind,
        /// The recommendation that it carries out.
        pub recommendation: Option<ThingId>,
    }

    /// A case review.
    pub struct ReviewLine {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// The clinic's day.
        pub day: Day,
    }

    /// A recommendation and where it stands.
    pub struct RecommendationLine {
        /// Which.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// Whether the clinician was sent it, and when.
        pub asked: Option<When>,
        /// The answer.
        pub answer: Option<(Day, AnswerKind)>,
        /// The day agreed on which a clinician who said later is asked again.
        pub again: Option<Day>,
        /// What it is about, where that was said.
        pub kind: Option<AdviceKind>,
        /// How soon it is meant to be acted on, where that was said.
        pub urgency: Option<Urgency>,
    }

    /// A task.
    pub struct TaskLine {
        /// Which.
        pub task: ThingId,
        /// By when.
        pub due: Day,
        /// Whose.
        pub owner: Option<PersonId>,
        /// Day on which it was done or dropped.
        pub done: Option<Day>,
    }

    /// A worklist item put off.
    pub struct SnoozeLine {
        /// The entry.
        pub entry: EntryId,
        /// Which clock.
        pub clock: ClockKind,
        /// Until when.
        pub until: Day,
        /// Why: the one line that the list of what is put off shows.
        pub reason: String,
        /// When it was put off: any later score or contact ends it.
        pub stamp: Stamp,
        /// The day on which it was put off, by its stamp.
        pub day: Day,
    }

    /// Somebody stands in.
    pub struct CoverageLine {
        /// Who.
        pub by: PersonId,
        /// First day.
        pub from: Day,
        /// Last day.
        pub until: Day,
    }

    /// The record went out to the copy of somebody who stands in.
    pub struct OutLine {
        /// Which coverage.
        pub coverage: ThingId,
        /// Who stands in.
        pub by: PersonId,
        /// For whom, where that is known.
        pub of: Option<PersonId>,
        /// First day.
        pub from: Day,
        /// Last day.
        pub until: Day,
        /// The day on which it came back; `None` while it is out.
        pub back: Option<Day>,
    }

    /// Time spent.
    pub struct TimeLine {
        /// The entry.
        pub entry: EntryId,
        /// When it began, or the day.
        pub start: When,
        /// The clinic's day of that.
        pub day: Day,
        /// How long.
        pub seconds: Seconds,
        /// On what.
        pub activity: Activity,
        /// Counted for what.
        pub bucket: Bucket,
        /// Who.
        pub by: PersonId,
        /// Where the length comes from.
        pub clocked: Clocked,
        /// How, where it was a contact: as the entry says, or the contact that it belongs to.
        pub mode: Option<Mode>,
        /// What an audit asks for and the entry doesn't say.
        pub lacks: Vec<Lack>,
        /// What an activity of the clinic's own was called when it was written.
        pub own: Option<String>,
    }

    /// What a service month needs besides minutes.
    #[derive(Default)]
    pub struct Gates {
        /// Consent by programme: from each day on, given (and how) or not.
        pub consents: Vec<(Day, Programme, Option<ConsentHow>)>,
        /// Given consents, by their day, in which it isn't ticked that something was explained.
        pub unexplained: Vec<(Day, Programme, Unexplained)>,
        /// Diagnoses: code, first and last day.
        pub diagnoses: Vec<(String, Day, Option<Day>)>,
        /// Days of initiating visits.
        pub initiating_visits: Vec<Day>,
        /// Payer profile by day, where one was named.
        pub payers: Vec<(Day, String, Option<String>)>,
        /// What became of months that were sent, by day.
        pub claims: Vec<ClaimLine>,
    }
}

/// Where an episode stands, without prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatusLine {
    /// Referred, not yet tried.
    Referred,
    /// Being tried.
    Outreach,
    /// Enrolled.
    Enrolled,
    /// In treatment.
    Active,
    /// Preventing relapse.
    RelapsePrevention,
    /// Paused until a review.
    OnHold {
        /// The day of the review.
        review: Day,
    },
    /// Ended.
    Closed(CloseReason),
}

/// The answer to an instrument's safety item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SafetyItem {
    /// The instrument has none.
    None,
    /// Answered, with this value. 0 is "not at all".
    Answered(u8),
    /// The item was left out, or only a total is known. Never read as "no".
    NotKnown,
    /// It has no such item: the clinic drew an alarm line on the score itself.
    Line {
        /// What the line is about.
        about: ConcernKind,
        /// Whether the score reached it.
        reached: bool,
    },
}

/// What a structured second step came to, the least urgent first. ASQ: negative, non-acute positive, acute positive
/// (NIMH ASQ toolkit, www.nimh.nih.gov/asq); C-SSRS screener: none, low, moderate, high, where a plan, an intent or
/// recent behaviour is high (Columbia triage, https://cssrs.columbia.edu/the-columbia-scale-c-ssrs/triage-c-ssrs/).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Acuity {
    /// ASQ negative, C-SSRS none.
    Negative,
    /// C-SSRS low.
    Low,
    /// ASQ non-acute positive, C-SSRS moderate.
    Positive,
    /// ASQ acute positive, C-SSRS high.
    Acute,
}
