//! Why a patient is on the list: kinds, rules, reasons with their numbers and dates, and what clears them. Data
//! only; sentences are made in `sentence`.

use crate::flowsheet::{Acuity, Unexplained};
use crate::journal::facts::{AcuteKind, ClockKind, ConcernKind, FeedbackAfter, Level, ReferralState};
use crate::journal::{Day, Days, ThingId, When};

use super::outreach::Outreach;
use super::relapse::Relapsed;
use super::review::ReviewDue;
use super::safety::Watch;
use super::scale::{Point, Scale};
use super::scores::Worse;

/// Kinds of worklist item, in their order. No kind and no place within one depends on billing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An open concern, or a positive answer without one.
    Safety,
    /// Worse, relapsed, or an acute event without a contact since.
    Worsening,
    /// A missed appointment.
    Missed,
    /// A referral without a first contact.
    Referred,
    /// Something is late.
    Overdue,
    /// A recommendation waits.
    Answer,
    /// Something is due today.
    Due,
    /// Something is missing that no contact waits for.
    Routine,
}

impl Kind {
    /// The word that stands beside its icon.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Worsening => "worse",
            Self::Missed => "missed",
            Self::Referred => "referred",
            Self::Overdue => "overdue",
            Self::Answer => "answer",
            Self::Due => "due",
            Self::Routine => "routine",
        }
    }
}

macro_rules! rules {
    ($($variant:ident, $clock:ident, $name:literal, $source:expr;)*) => {
        /// The rules that put a patient on the list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $name] $variant,)*
        }
        impl Rule {
            /// All of them.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant),*];
            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
            /// The clock that it belongs to: what a snooze names.
            pub fn clock(self) -> ClockKind {
                match self { $(Self::$variant => ClockKind::$clock,)* }
            }
            /// Where it comes from.
            pub fn source(self) -> &'static str {
                match self { $(Self::$variant => $source,)* }
            }
        }
    };
}

const SAFETY: &str = "population-health toolkit, key activity 9B, phminitiative.com; positive: item 9 of 1 or more, high: 2 or more (SPiER)";
const CLINIC: &str = "good practice; the interval is the protocol's";
const BAO: &str = "Bao 2015, https://psychiatryonline.org/doi/10.1176/appi.ps.201400577";

rules! {
    OpenConcern, Safety, "open concern", SAFETY;
    PositiveAnswer, Safety, "positive answer without a concern", SAFETY;
    Overdose, Safety, "overdose", SAFETY;
    AcuteEvent, Worsening, "acute event",
        "transitional care management: contact within 2 business days of a discharge, CMS MLN908628";
    Worsening, Worsening, "worsening",
        "rise of 5 (PHQ-9, https://ps.psychiatryonline.org/doi/full/10.1176/appi.ps.201900295) or 4 (GAD-7, doi 10.1016/j.jad.2020.01.032), or PHQ-9 newly 20";
    Relapse, Worsening, "relapse",
        "SCOPE workflow: PHQ-9 or GAD-7 above 10 goes back to treatment, https://github.com/uwscope/scope-web; 10 itself, \
         a rise of 5 (GAD-7: 4) since the phase began and a positive safety item are this project's";
    MissedAppointment, Missed, "missed appointment", CLINIC;
    NoOutcome, Missed, "appointment without an outcome", CLINIC;
    FirstContact, FirstContact, "first contact",
        "contact within 24 to 48 hours, https://hcinnovationgroup.com/population-health-management/behavioral-health/article/55056835/why-wellspan-is-partnering-with-concert-health-on-collaborative-care-model";
    Contact, Contact, "contact",
        "COMPASS and SCOPE contact intervals; Bao 2015 for the first follow-up within 4 weeks";
    HoldReview, Plan, "review of a pause", CLINIC;
    Measure, Measure, "measure",
        "measurement at every contact until response, SCOPE workflow, https://github.com/uwscope/scope-web";
    SafetyItem, Measure, "safety item not answered",
        "an unanswered safety item is not a no: ask; population-health toolkit, key activity 9B, phminitiative.com";
    CaseReview, Review, "case review", BAO;
    Consent, Plan, "consent", "consent comes before the service, CMS-1654-F";
    Diagnosis, Plan, "diagnosis", "provisional diagnosis as a team, https://aims.uw.edu/resource-type/handouts";
    RelapsePlan, Plan, "relapse-prevention plan",
        "https://aims.uw.edu/implementation-tool/clinical-resources/page/1";
    SafetyPlan, Plan, "safety plan review", CLINIC;
    Death, Plan, "death recorded", CLINIC;
    NoEpisode, Plan, "no episode", CLINIC;
    AskClinician, Answer, "recommendation not sent", CLINIC;
    AwaitAnswer, Answer, "recommendation without an answer", CLINIC;
    AskAgain, Answer, "clinician said later", CLINIC;
    CarryOut, Answer, "accepted, not carried out", CLINIC;
    Task, Task, "task", CLINIC;
    Watch, Safety, "watch over a closed concern", CLINIC;
    Referral, Referral, "referral out without a next step", CLINIC;
    ChangeEffect, Measure, "effect of a treatment change",
        "PHQ-9 4 to 6 weeks after a change, https://docsbay.net/using-phq-9-diagnosis-and-score-for-initial-treatment-selection";
    CarePlan, Plan, "care plan review", CLINIC;
    NotMergedBack, Coverage, "coverage not merged back", CLINIC;
    Feedback, Feedback, "feedback to whoever referred", CLINIC;
}

/// A step that a concern needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Done.
    Done,
    /// Not needed for this kind of concern.
    NotNeeded,
    /// To be done by a day.
    By(Day),
}

/// What opened a concern, as far as a sentence needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// An answer: instrument, item and value.
    Answer(Scale, Box<str>, u8),
    /// A person.
    ByHand,
    /// An import: the answer that the sheet had, and whether it flagged the patient.
    Imported(Option<u8>, bool),
}

/// An open concern and its deadlines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernState {
    /// Which.
    pub concern: ThingId,
    /// What about.
    pub kind: ConcernKind,
    /// How urgent.
    pub level: Level,
    /// What opened it.
    pub because: Opened,
    /// When.
    pub opened: When,
    /// The clinic's day of that.
    pub day: Day,
    /// The latest answer was higher than the one that opened it, so the steps start again: since this day.
    pub higher_since: Option<Day>,
    /// The decision on an imported concern.
    pub triage: Needed,
    /// The structured second step.
    pub second_step: Needed,
    /// Telling the clinician.
    pub clinician: Needed,
    /// The next contact with the patient. An open concern always has one ahead.
    pub next_contact: Day,
    /// Whether that day was agreed; otherwise it is the protocol's.
    pub agreed: bool,
    /// The highest safety answer since it was opened, that one included.
    pub highest: u8,
    /// What the second steps since came to: the latest, and the most urgent where that was another.
    pub found: Option<SecondStep>,
}

/// What the structured second steps of an open concern came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondStep {
    /// The latest.
    pub latest: Found,
    /// The most urgent; the latest itself, unless an earlier one was more urgent.
    pub worst: Found,
}

/// What one structured second step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The instrument.
    pub scale: Scale,
    /// What it came to.
    pub acuity: Acuity,
    /// When it was taken.
    pub at: When,
    /// The clinic's day of that.
    pub day: Day,
}

impl ConcernState {
    /// Whether a second step found thoughts right now, a plan or an intent. A later, lower one doesn't take that back:
    /// only a named person who closes the concern does.
    pub fn is_acute(&self) -> bool {
        let acute = |found: &SecondStep| found.worst.acuity == Acuity::Acute;
        self.found.as_ref().is_some_and(acute)
    }
    /// Whether nothing is known but that an imported sheet flagged the patient.
    pub fn is_bare_flag(&self) -> bool {
        matches!(self.because, Opened::Imported(None, _)) && self.highest == 0 && self.found.is_none()
    }
    /// The earliest deadline.
    pub fn deadline(&self) -> Day {
        let steps = [self.triage, self.second_step, self.clinician];
        let days = steps.iter().filter_map(|step| match step {
            Needed::By(day) => Some(*day),
            Needed::Done | Needed::NotNeeded => None,
        });
        days.fold(self.next_contact, Day::min)
    }
}

/// Where the interval of a contact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// A day was agreed.
    AgreedDay,
    /// An interval was agreed.
    Agreed(Days),
    /// The protocol's for the status.
    Protocol(Days),
    /// The first follow-up must come within so many days.
    FirstFollowUp(Days),
}

/// Why a patient is on the list, with its numbers and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An open concern.
    Concern(ConcernState),
    /// A positive answer, and no concern was opened for it or since.
    Positive {
        /// The instrument.
        scale: Scale,
        /// The answer; none where the score itself reached its alarm line.
        value: Option<u8>,
        /// The day of it.
        day: Day,
    },
    /// An acute event without a contact since.
    Acute {
        /// What.
        kind: AcuteKind,
        /// Its day.
        day: Day,
    },
    /// A score is worse.
    Worse(Scale, Worse),
    /// A score or an answer in relapse prevention calls for active treatment.
    Relapse(Relapsed),
    /// A missed appointment without a contact since.
    NoShow {
        /// The day of the latest.
        day: Day,
        /// How many in a row.
        in_a_row: u32,
    },
    /// An appointment that is past and whose outcome nobody wrote down.
    NoOutcome {
        /// Its day.
        day: Day,
    },
    /// A referral without a first contact.
    FirstContact {
        /// Working minutes since the referral, 24 hours for each working day.
        waited_minutes: i64,
        /// Working minutes to the deadline; negative when it has passed.
        left_minutes: i64,
        /// What was tried, and what is next.
        outreach: Outreach,
    },
    /// A contact.
    Contact {
        /// The last one with the patient; `None` when there was none in this episode.
        last: Option<Day>,
        /// Where the interval comes from.
        interval: Interval,
        /// The next appointment.
        booked: Option<Day>,
        /// What was tried since the last one, and what is next; `None` when nothing was.
        outreach: Option<Outreach>,
    },
    /// A pause has come to its review day.
    Hold,
    /// A measure.
    Measure {
        /// Which.
        scale: Scale,
        /// The latest score.
        last: Option<Point>,
        /// Days between administrations; days from enrolment for the first.
        every: Days,
        /// Whether the longer interval after response holds.
        responded: bool,
        /// Day on which it was last declined, when that moved it.
        declined: Option<Day>,
    },
    /// The safety item of the latest form was left out.
    SafetyItem {
        /// The instrument.
        scale: Scale,
        /// The day of the form.
        day: Day,
    },
    /// A case review.
    Review(ReviewDue),
    /// In care without a consent on record.
    Consent {
        /// In care since.
        since: Day,
        /// Day on which it was withdrawn.
        withdrawn: Option<Day>,
    },
    /// In care with a consent in which it isn't ticked that something was explained.
    Unexplained {
        /// The consent's day.
        day: Day,
        /// What.
        lacks: Unexplained,
    },
    /// In care without a diagnosis.
    Diagnosis {
        /// In care since.
        since: Day,
    },
    /// In relapse prevention without a plan for it.
    RelapsePlan {
        /// Since.
        since: Day,
    },
    /// The safety plan was to be looked at again.
    SafetyPlan,
    /// The patient died and the episode is open.
    Death {
        /// The day of death.
        day: Day,
    },
    /// A chart without an episode.
    NoEpisode,
    /// A recommendation that the clinician was not sent.
    AskClinician {
        /// The day of it.
        day: Day,
        /// Whether it is to be acted on the same day.
        is_today: bool,
    },
    /// A recommendation without an answer.
    AwaitAnswer {
        /// Day on which it was sent.
        asked: Day,
    },
    /// The clinician said later.
    AskAgain {
        /// The day of that answer.
        answered: Day,
    },
    /// A recommendation was accepted and no treatment change is on record since.
    CarryOut {
        /// The day of the answer.
        answered: Day,
    },
    /// A task.
    Task {
        /// Which.
        task: ThingId,
    },
    /// A closed concern is watched.
    Watch(Watch),
    /// A referral out that has had no next step.
    Referral {
        /// Which.
        referral: ThingId,
        /// How far it has come.
        state: ReferralState,
        /// The day of that, or of the appointment that was booked.
        since: Day,
    },
    /// The weeks in which the effect of a treatment change shows have begun, and nothing was measured in them.
    ChangeEffect {
        /// The instrument that the episode is judged by.
        scale: Scale,
        /// The day of the change.
        changed: Day,
        /// The score before it, when there is one.
        before: Option<Point>,
        /// The last day of those weeks.
        until: Day,
    },
    /// The plan of care was to be gone through again.
    CarePlan {
        /// The day on which it was gone through last.
        reviewed: Day,
    },
    /// Somebody stood in on a copy of their own, and what they wrote there is not here.
    NotMergedBack {
        /// The last day of it.
        until: Day,
    },
    /// Whoever referred was not told what came of it.
    Feedback {
        /// After what.
        after: FeedbackAfter,
        /// The day of that.
        on: Day,
    },
}

/// What takes an item off the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clears {
    /// A decision on the imported concern; after it the concern itself stays until closed.
    Triage,
    /// A named person closes the concern with what was done.
    ConcernClosed,
    /// A concern is opened for the answer.
    ConcernOpened,
    /// A contact with the patient after this day.
    ContactAfter(Day),
    /// A contact after this day, or a later score under the line.
    ContactOrScore(Day),
    /// Active care is reopened, or a later score at or under the line.
    ActiveOrScore(u32),
    /// A contact after this day, or a new appointment.
    ContactOrAppointment(Day),
    /// The outcome of the appointment.
    Outcome,
    /// The first contact with the patient, or closing.
    FirstContact,
    /// A contact with the patient.
    Contact,
    /// A decision on the pause.
    HoldDecision,
    /// A complete form.
    Score(Scale),
    /// A form with the safety item answered.
    SafetyItem(Scale),
    /// A case review.
    Review,
    /// A consent, or closing.
    Consent,
    /// The consent completed, or a new one.
    Explained,
    /// A diagnosis.
    Diagnosis,
    /// The plan.
    RelapsePlan,
    /// The safety plan looked at again.
    SafetyPlan,
    /// The episode closed.
    Closing,
    /// A referral or an episode.
    Episode,
    /// The message to the clinician.
    MessageToClinician,
    /// The clinician's answer.
    Answer,
    /// The change carried out.
    CarriedOut,
    /// The task done.
    TaskDone,
    /// A case review, or the end of this day.
    WatchOver(Day),
    /// Active care is reopened, or a later score that is lower.
    ActiveOrLower,
    /// Active care is reopened, or a later safety item answered with 0.
    ActiveOrNegative,
    /// The referral's next step, or its end.
    ReferralStep,
    /// A complete form on this day or later.
    ScoreFrom(Scale, Day),
    /// The plan gone through.
    CarePlan,
    /// The file handed back is merged, or somebody says how else the record came back.
    MergedBack,
    /// The letter to whoever referred.
    Feedback,
}
