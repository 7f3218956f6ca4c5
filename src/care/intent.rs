//! What a person wants done.

use serde::{Deserialize, Serialize};

pub use super::asked::Asked;
pub use super::cosign::Verdict;
use super::quick::QuickTry;
pub use super::refusal::Refusal;
pub use super::set_for_many::SetForMany;
use crate::journal::facts::{
    Activity, Assessment, AttemptOutcome, Audience, Bucket, Channel, ClockKind, Clocked, ConcernKind, ContactKind,
    DayPart, Declined, Disposition, Intervention, Mode, Payer, Registration, Talk, With,
};
use crate::journal::{ChartId, Day, Days, EntryId, Fact, Month, PersonId, Seconds, Slot, ThingId, When};

/// What a person wants done. One intent is one save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// A new patient: chart, episode, referral or enrolment, care manager.
    Register(NewPatient),
    /// A contact or an attempt, with measures, minutes and what comes next.
    Contact(ContactForm),
    /// Facts of one patient as they are. Positive safety answers open concerns; slots are replaced.
    Record {
        /// Whose chart.
        chart: ChartId,
        /// What happened or holds.
        facts: Vec<Fact>,
    },
    /// Facts of the registry's own chart: clinic, people, protocol, payer profiles, column mappings.
    Office(Vec<Fact>),
    /// Two people on file are one: the second name stands for the first, and the patients go to the first.
    SamePerson {
        /// The second.
        person: PersonId,
        /// Who it is.
        same_as: PersonId,
    },
    /// An entry's content is corrected; the original stays.
    Correct {
        /// Whose chart.
        chart: ChartId,
        /// Which entry.
        entry: EntryId,
        /// Its right content, of the same kind.
        fact: Box<Fact>,
        /// Why.
        reason: Option<String>,
    },
    /// Entries should not have been written (also: undo of a save).
    Void {
        /// Whose chart.
        chart: ChartId,
        /// Which entries.
        entries: Vec<EntryId>,
        /// Why.
        reason: String,
    },
    /// An entry was written on the wrong patient: it moves, and both records show it.
    Move {
        /// The wrong chart.
        from: ChartId,
        /// The right chart.
        to: ChartId,
        /// Which entry.
        entry: EntryId,
    },
    /// A named person closes a concern. Refused unless its first step, clinician told and next contact are recorded,
    /// and without an action and a reason.
    CloseConcern {
        /// Whose chart.
        chart: ChartId,
        /// Which concern.
        concern: ThingId,
        /// What was done.
        action: String,
        /// Why it can be closed.
        reason: String,
        /// When.
        at: When,
    },
    /// A decision on an imported concern.
    Triage {
        /// Whose chart.
        chart: ChartId,
        /// Which concern.
        concern: ThingId,
        /// The decision.
        decision: TriageDecision,
        /// When.
        at: When,
    },
    /// A worklist item is put off. Refused for safety, and past the protocol's longest.
    Snooze {
        /// Whose chart.
        chart: ChartId,
        /// Which clock.
        clock: ClockKind,
        /// Until when.
        until: Day,
        /// Why.
        reason: String,
    },
    /// One of two versions is chosen.
    Settle {
        /// Whose chart.
        chart: ChartId,
        /// The entry that holds from now on; its fact is written again in place of all versions.
        keep: EntryId,
    },
    /// A crisis contact: nothing in it is required but whose it is.
    Crisis(Box<CrisisForm>),
    /// A positive safety answer is committed the moment it is typed, with the answers so far and its concern; the form
    /// goes on.
    Begin {
        /// Whose chart.
        chart: ChartId,
        /// The id under which this form commits; what it committed before under it is replaced.
        entry: EntryId,
        /// The answers so far.
        #[serde(with = "crate::journal::as_json")]
        taken: Assessment,
    },
    /// The final save of a form that committed answers before: they are replaced, not joined by a second score.
    Finish {
        /// What the form says: a contact, a crisis contact, or facts of one patient.
        form: Box<Intent>,
        /// The ids under which it committed; one that was not saved counts for nothing.
        begun: Vec<EntryId>,
    },
    /// A named person closes a concern whose answer was a slip of the hand: it was changed before its form was saved,
    /// or its form was entered in error. Refused while a positive answer stands.
    CloseTypedInError {
        /// Whose chart.
        chart: ChartId,
        /// Which concern.
        concern: ThingId,
        /// How it is known that the answer was not the patient's.
        reason: String,
        /// When.
        at: When,
    },
    /// A patient who is on file is referred again: a new episode, after the last one was closed.
    OpenEpisode {
        /// Whose chart.
        chart: ChartId,
        /// The referral.
        referral: NewReferral,
        /// The instrument that the episode is judged by, when one was chosen.
        target: Option<String>,
    },
    /// A try that one key records, with its usual minutes. Refused where the patient said no to such a message.
    Try {
        /// Whose chart.
        chart: ChartId,
        /// What was tried.
        what: QuickTry,
        /// When.
        at: When,
    },
    /// Something of several patients at once: who manages or covers them.
    Team {
        /// Whose charts.
        charts: Vec<ChartId>,
        /// What.
        change: TeamChange,
    },
    /// A supervisor signs a trainee's entries, or returns them.
    CoSign {
        /// Whose chart.
        chart: ChartId,
        /// The entries as they were read: each with the correction of it.
        entries: Vec<EntryId>,
        /// What is said of them.
        verdict: Verdict,
    },
    /// A trainee asks a supervisor to close a concern or an episode.
    AskToClose {
        /// Whose chart.
        chart: ChartId,
        /// The closing as it would be made.
        closing: Asked,
    },
    /// A supervisor carries out what a trainee asked for.
    CarryOutAsked {
        /// Whose chart.
        chart: ChartId,
        /// The request.
        request: EntryId,
    },
    /// A service month is closed, with what it came to. The registry puts that together before anything is decided.
    CloseMonth(Month),
    /// The same for several patients, as their months lack it.
    SetForMany {
        /// Whose charts.
        charts: Vec<ChartId>,
        /// What.
        what: SetForMany,
    },
}

/// Who manages or covers patients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TeamChange {
    /// They go out to the copy of somebody who stands in.
    SendOut {
        /// Who stands in.
        by: PersonId,
        /// First day.
        from: Day,
        /// Last day.
        until: Day,
    },
    /// Whoever works here stood in, and hands them back.
    HandBack {
        /// Which coverage.
        coverage: ThingId,
    },
    /// They came back otherwise than by the file that was handed back.
    BackOtherwise {
        /// Which coverage.
        coverage: ThingId,
        /// By what, or why nothing comes.
        reason: String,
    },
    /// They change hands.
    Assign {
        /// The care manager; `None` leaves them unassigned.
        to: Option<PersonId>,
        /// First day.
        from: Day,
        /// Why.
        reason: String,
    },
    /// A change that was just made is taken back.
    TakeBack {
        /// Its entries, in whichever of the charts.
        entries: Vec<EntryId>,
    },
}

/// A new patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPatient {
    /// Who the patient is.
    #[serde(with = "crate::journal::as_json")]
    pub registration: Registration,
    /// When the referral came.
    pub referred: When,
    /// Why the patient was referred.
    pub reason: Option<String>,
    /// Whether it was a warm handoff.
    pub warm: bool,
    /// Care manager.
    pub care_manager: Option<PersonId>,
    /// Records that look like this person's, of whom somebody said that they are somebody else.
    pub not_these: Vec<ChartId>,
    /// A treating clinician whom the registry doesn't know yet, by name: added to its people in the same save.
    pub new_clinician: Option<String>,
    /// Who referred, when that is not the treating clinician.
    pub referrer: Option<Referrer>,
    /// Scores that were sent along with the referral, by total.
    #[serde(with = "crate::journal::as_json")]
    pub scores: Vec<Assessment>,
    /// Who pays, when that is known.
    #[serde(with = "crate::journal::as_json")]
    pub payer: Option<Payer>,
}

impl NewPatient {
    /// A patient of whom only the registration is known, and when the referral came.
    pub fn referred(registration: Registration, referred: When) -> Self {
        Self {
            registration,
            referred,
            reason: None,
            warm: false,
            care_manager: None,
            not_these: Vec::new(),
            new_clinician: None,
            referrer: None,
            scores: Vec::new(),
            payer: None,
        }
    }
}

/// Who referred a patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Referrer {
    /// Somebody whom the registry knows.
    Known(PersonId),
    /// Somebody else, as typed: another clinic, a school, the patient.
    Typed(String),
}

/// A referral in, as a form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReferral {
    /// When it was received.
    pub at: When,
    /// Who referred.
    pub referrer: Option<Referrer>,
    /// Why.
    pub reason: Option<String>,
    /// Whether it was a warm handoff.
    pub warm: bool,
    /// Scores that were sent along, by total.
    #[serde(with = "crate::journal::as_json")]
    pub scores: Vec<Assessment>,
}

/// One contact or attempt, recorded by one form and one save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactForm {
    /// Whose chart.
    pub chart: ChartId,
    /// When it began.
    pub at: When,
    /// What came of it.
    pub reached: Reached,
    /// Measures taken; their date is the contact's unless set otherwise.
    #[serde(with = "crate::journal::as_json")]
    pub measures: Vec<Assessment>,
    /// Measures that were offered and not taken.
    pub declined: Vec<Declined>,
    /// Education given in it: the topic, and to whom.
    pub education: Vec<(String, Vec<With>)>,
    /// Minutes, if any.
    pub time: Option<TimeSpent>,
    /// The note.
    pub note: Option<String>,
    /// What comes next.
    pub next: Next,
    /// The id that the contact is written under, made when its form was opened and kept with its draft: whichever form
    /// sends it, and however often, it is saved once. `None` makes a new one.
    #[serde(default)]
    pub entry: Option<EntryId>,
}

/// What came of a contact.
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "one at a time is alive, and moved once")
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reached {
    /// Two-way.
    Yes {
        /// How.
        mode: Mode,
        /// What kind.
        kind: ContactKind,
        /// Who took part.
        with: Vec<With>,
        /// What was done.
        did: Vec<Intervention>,
        /// Whether the patient reached out.
        inbound: bool,
        /// The language that was spoken, when it mattered.
        language: Option<String>,
        /// What it was about.
        #[serde(with = "crate::journal::as_json")]
        talk: Talk,
    },
    /// An attempt.
    No {
        /// By which channel.
        by: Channel,
        /// What came of it.
        outcome: AttemptOutcome,
        /// What was left.
        left: Option<String>,
        /// The part of the day in which it is to be tried next.
        next: Option<DayPart>,
    },
}

/// A crisis contact as it was written down while it went on. Every part may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrisisForm {
    /// Whose chart.
    pub chart: ChartId,
    /// When it began.
    pub at: When,
    /// How.
    pub mode: Mode,
    /// Who was spoken with; when nobody is named, it counts as not with the patient.
    pub with: Vec<With>,
    /// What the crisis is about: a concern of this kind is opened, or joined where one is open.
    pub kind: ConcernKind,
    /// Where the patient is now.
    pub place: Option<String>,
    /// The number to call back.
    pub call_back: Option<String>,
    /// Who is with the patient.
    pub company: Option<String>,
    /// Means at hand, and what was done about them.
    pub means: Option<String>,
    /// The structured second step, where one was taken.
    #[serde(with = "crate::journal::as_json")]
    pub second_step: Option<Assessment>,
    /// What the second step showed, in words.
    pub showed: Option<String>,
    /// Where it led.
    pub led_to: Option<(Disposition, Option<String>)>,
    /// Who was told.
    pub told: Vec<Told>,
    /// The next contact.
    pub next: Option<Day>,
    /// Anything else.
    pub note: Option<String>,
    /// How long it took.
    pub spent: Option<Seconds>,
    /// Where that length comes from.
    pub clocked: Clocked,
    /// Counted for what.
    pub bucket: Bucket,
}

/// Somebody who was told of a concern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Who.
    pub who: Audience,
    /// Their name.
    pub name: Option<String>,
    /// How, and what they said.
    pub how: String,
    /// When.
    pub at: When,
}

/// Time spent, with its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeSpent {
    /// When it began, when that differs from the contact.
    pub start: Option<When>,
    /// How long.
    pub seconds: Seconds,
    /// On what.
    pub activity: Activity,
    /// Counted for what.
    pub bucket: Bucket,
    /// Timer or typed.
    pub clocked: Clocked,
    /// Later parts of it, each an entry of its own: a timer was paused, or time in between is in another entry.
    #[serde(default)]
    pub rest: Vec<(When, Seconds)>,
    /// Why it stays beside other time of the same person that it overlaps.
    #[serde(default)]
    pub beside: Option<String>,
    /// Who shared it: an entry of theirs, of the same seconds.
    #[serde(default)]
    pub colleague: Option<PersonId>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    /// Nothing was agreed: the protocol's interval holds, and an earlier agreement that is past is cleared.
    Protocol,
    /// On a day.
    On(Day),
    /// After so many days, and then at that interval.
    Every(Days),
    /// An appointment at a time.
    Appointment {
        /// When.
        at: When,
        /// How.
        mode: Mode,
    },
}

/// A decision on an imported concern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TriageDecision {
    /// It stays open and is worked on today.
    ActToday {
        /// What will be done.
        note: String,
    },
    /// Somebody else looks after it; it is closed here with who that is.
    CaredForElsewhere {
        /// Who, and how that is known.
        by: String,
    },
    /// It was dealt with before the import; it is closed with what was done.
    DealtWith {
        /// What was done.
        note: String,
        /// When: on the day of the answer or later, as an answer can't be dealt with before it was given.
        on: Day,
    },
}

/// What decide needs from a slot that it writes again.
pub type Replaced = (Slot, Vec<EntryId>);
