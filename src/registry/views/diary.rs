//! The lists of a day and a week, and the evening.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AppointmentRow, ItemKind, TodayItem};
use crate::journal::facts::{AppointmentState, Mode};
use crate::journal::{ChartId, Day, PersonId, ThingId, When};

views! {
    /// Which days, and whose patients.
    pub struct DiaryQuery {
        /// The first day.
        pub from: Day,
        /// The last day.
        pub to: Day,
        /// Only this care manager's patients, and those of nobody.
        pub care_manager: Option<PersonId>,
    }
    /// What stands on some days.
    pub struct DiaryView {
        /// The clinic's day.
        pub today: Day,
        /// What stands on them: by day, by time, then what has no time.
        pub rows: Vec<DiaryRow>,
    }
    /// One thing on a day.
    pub struct DiaryRow {
        /// The day.
        pub day: Day,
        /// When; the day itself for what has no time.
        pub at: When,
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// What kind of thing.
        pub kind: DiaryKind,
        /// What it is, in words.
        pub words: String,
        /// Whether it lies ahead: it is booked, or due.
        pub ahead: bool,
        /// The appointment or task that it is.
        pub thing: Option<ThingId>,
    }

    /// What the evening asks for.
    #[derive(Default)]
    pub struct EveningQuery {
        /// Only this care manager's patients; safety, unassigned and covered patients are always shown.
        pub care_manager: Option<PersonId>,
        /// When each record was last opened, in milliseconds since 1970.
        pub opened: BTreeMap<ChartId, u64>,
        /// When each item was last acknowledged by name.
        pub acknowledged: BTreeMap<ChartId, u64>,
        /// Records whose names are wanted: those with a timer, and of forms that are parked.
        pub named: Vec<ChartId>,
    }
    /// What is still to do before going home, and tomorrow's plan.
    pub struct EveningView {
        /// The clinic's day.
        pub today: Day,
        /// The next day on which the clinic is open.
        pub next: Day,
        /// The worklist as it stands, in its order.
        pub open: Vec<EveningItem>,
        /// Names that were asked for, and of the worklist; patients of one name are told apart.
        pub names: BTreeMap<ChartId, String>,
        /// Forms that were begun and not saved.
        pub drafts: Vec<DraftRow>,
        /// Patients about whom something was done today that is not written down.
        pub unwritten: Vec<UnwrittenRow>,
        /// Appointments of today that are neither kept nor missed.
        pub booked: Vec<AppointmentRow>,
        /// Notes that are not in the EHR.
        pub ehr: u32,
        /// What is booked and due after today, up to the next working day.
        pub plan: Vec<DiaryRow>,
    }
    /// An item of the worklist in the evening.
    pub struct EveningItem {
        /// The item.
        pub item: TodayItem,
        /// Whether it must not be left unseen.
        pub urgent: bool,
        /// Whether somebody has seen it today, and nothing is owed about it today, or somebody said by name that they know.
        pub seen: bool,
    }
    /// A form that was begun.
    pub struct DraftRow {
        /// Which form, as its key names it: `contact`.
        pub form: String,
        /// The same for people.
        pub words: String,
        /// Whose, where it is about a patient.
        pub whose: Option<(ChartId, String)>,
    }
    /// A patient about whom something is not written down.
    pub struct UnwrittenRow {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Whether a contact took place, and there is no note.
        pub note: bool,
        /// Whether there are no minutes.
        pub minutes: bool,
    }
}

/// Kinds of things on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiaryKind {
    /// An appointment.
    Appointment,
    /// A contact: held, or due.
    Contact,
    /// A try.
    Attempt,
    /// A case review: held, or due.
    Review,
    /// A task: done, or due.
    Task,
    /// A measure that is due.
    Measure,
    /// A step about a safety concern.
    Safety,
    /// Anything else that is due.
    Other,
}

/// Whether a calendar file says whose an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CalendarNames {
    /// Only what kind of thing it is: a calendar is often seen by others, and kept by somebody else.
    LeftOut,
    /// The patient's name and the reason.
    Shown,
}

views! {
    /// Whom to try now.
    pub struct TryNowView {
        /// The patients: those whose hours these are first.
        pub rows: Vec<TryNowRow>,
    }
    /// A patient to be tried.
    pub struct TryNowRow {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Age, and MRN or date of birth.
        pub about: String,
        /// Telephone.
        pub phone: Option<String>,
        /// Preferred channel and hours.
        pub prefers: Option<String>,
        /// The ladder's next step.
        pub next: String,
        /// Whether that is a call.
        pub calls: bool,
        /// The day for it.
        pub due: String,
        /// Tries since the patient was last reached, by channel.
        pub tries: String,
        /// Whether this part of the day is the one that the patient or the ladder asks for; `None` where any is.
        pub suits: Option<bool>,
    }
    /// The sheet for the huddle.
    pub struct HuddleView {
        /// The clinic's day.
        pub today: Day,
        /// By treating clinician; patients without one come last.
        pub groups: Vec<HuddleGroup>,
    }
    /// The patients of one treating clinician.
    pub struct HuddleGroup {
        /// The clinician's name; empty where no clinician is named.
        pub clinician: String,
        /// Safety first, then by time.
        pub rows: Vec<HuddleRow>,
    }
    /// A patient of the day.
    pub struct HuddleRow {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Age, and MRN or date of birth.
        pub about: String,
        /// Appointments of today: when, how, what became of them.
        pub visits: Vec<(When, Mode, AppointmentState)>,
        /// The kind of the strongest reason to act.
        pub kind: Option<ItemKind>,
        /// The reasons, the strongest first.
        pub needs: Vec<String>,
    }
}
