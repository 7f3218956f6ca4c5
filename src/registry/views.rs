//! What pages show. Plain data, made from flowsheets and folded charts; sentences are made here or below, never
//! in a page, so that `inspect` and the app say the same.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{
    AppointmentState, Assessment, Channel, Clinic, ClockKind, ConcernKind, Level, Mode, Person, Registration, Sheet,
    Status,
};
use crate::journal::{ChartId, Day, EntryId, EpisodeId, Fact, Month, PersonId, RegistryId, Stamp, ThingId, When, Zone};

use super::api::Kind;

macro_rules! views {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            $item
        )*
    };
}

views! {
    /// A registry that this browser holds or has held.
    pub struct KnownRegistry {
        /// Which.
        pub registry: RegistryId,
        /// Real or training; `None` when only its canary's traces are left.
        pub kind: Option<Kind>,
        /// What opening it will find.
        pub state: RegistryState,
        /// Day of the last backup, if any.
        pub last_backup: Option<Day>,
    }
    /// What opening a known registry will find.
    pub enum RegistryState {
        /// Its data is there.
        Here,
        /// It was here, and its data is gone, emptied, older than it was, or damaged: restore from a backup. The sentence says which.
        ShouldBeHere(String),
        /// It was written by a newer version of this app.
        Newer,
        /// It is open for writing in another tab.
        InUse,
    }
    /// A key slot, and what is needed to derive its key.
    pub struct SlotView {
        /// Which.
        pub slot: String,
        /// The label that its person picked.
        pub label: String,
        /// Salt, as hexadecimal digits.
        pub salt: String,
        /// Argon2id memory, in KiB.
        pub memory_kib: u32,
        /// Argon2id passes.
        pub passes: u32,
        /// Argon2id lanes.
        pub lanes: u32,
        /// Seconds to wait before the next try.
        pub wait: u32,
    }
    /// A registry was opened.
    pub struct Opened {
        /// Which.
        pub registry: RegistryId,
        /// Real or training.
        pub kind: Kind,
        /// Who is working.
        pub me: PersonId,
        /// Their name.
        pub name: String,
        /// The clinic.
        pub clinic: Clinic,
        /// The recovery sheet's text, once, when the registry was just made.
        pub sheet: Option<String>,
        /// Number of patients.
        pub patients: u32,
        /// Imported concerns that wait for a decision: triage comes before Today.
        pub untriaged: u32,
        /// Damage that was found, one sentence each.
        pub damage: Vec<String>,
        /// Keys of stored drafts.
        pub drafts: Vec<String>,
        /// Number of the last save.
        pub generation: u64,
    }

    /// What Today asks for.
    #[derive(Default)]
    pub struct TodayQuery {
        /// Only this care manager's patients; safety, unassigned and covered patients are always shown.
        pub care_manager: Option<PersonId>,
    }
    /// Today.
    pub struct TodayView {
        /// The clinic's day.
        pub today: Day,
        /// Patients in care.
        pub active: u32,
        /// Items that should be seen first: safety, worsening, missed, referred.
        pub first: u32,
        /// Items put off.
        pub snoozed: u32,
        /// The worklist, in its order.
        pub items: Vec<TodayItem>,
        /// Appointments of the day, by time.
        pub appointments: Vec<AppointmentRow>,
    }
    /// A reason to act today.
    pub struct TodayItem {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// Telephone.
        pub phone: Option<String>,
        /// Preferred channel and hours.
        pub prefers: Option<String>,
        /// Which kind; sets colour, icon, word and place.
        pub kind: ItemKind,
        /// The clock, for a snooze.
        pub clock: ClockKind,
        /// The concern, for a safety item.
        pub concern: Option<ThingId>,
        /// The reason with its numbers and dates.
        pub reason: String,
        /// What clears it.
        pub clears: String,
        /// Rule, protocol and version.
        pub rule: String,
        /// The patient's other reasons.
        pub others: Vec<String>,
        /// Last day to which it may be put off; `None` when it may not.
        pub snooze_until: Option<Day>,
        /// Put off until.
        pub snoozed_until: Option<Day>,
        /// The care manager's name, when it isn't the person working.
        pub care_manager: Option<String>,
    }
    /// An appointment.
    pub struct AppointmentRow {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Which.
        pub appointment: ThingId,
        /// When.
        pub at: When,
        /// How.
        pub mode: Mode,
        /// What became of it.
        pub state: AppointmentState,
    }

    /// Which rows of the caseload.
    pub struct CaseloadQuery {
        /// Which tab.
        pub tab: CaseloadTab,
        /// Only this care manager's patients.
        pub care_manager: Option<PersonId>,
        /// Only these reasons.
        pub filter: CaseloadFilter,
        /// Text in name, MRN or telephone.
        pub search: String,
        /// Order.
        pub sort: CaseloadSort,
        /// Largest first.
        pub descending: bool,
        /// First row.
        pub from: u32,
        /// Number of rows.
        pub count: u32,
    }
    /// Rows of the caseload.
    pub struct CaseloadView {
        /// Number of rows in all.
        pub total: u32,
        /// The rows asked for.
        pub rows: Vec<CaseloadRowView>,
        /// Patients by tab.
        pub tabs: Vec<(CaseloadTab, u32)>,
    }
    /// One patient of the caseload.
    pub struct CaseloadRowView {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// Age in years.
        pub age: Option<u32>,
        /// Medical record number.
        pub mrn: Option<String>,
        /// The strongest reason to act, if any.
        pub flag: Option<ItemKind>,
        /// That reason.
        pub why: String,
        /// Status in words.
        pub status: String,
        /// Weeks since enrolment or treatment start.
        pub weeks: Option<u32>,
        /// PHQ-9.
        pub phq9: ScoreCells,
        /// GAD-7.
        pub gad7: ScoreCells,
        /// Days since the last contact with the patient.
        pub contact_days: Option<u32>,
        /// Next contact due.
        pub next: Option<Day>,
        /// Days that it is late.
        pub late: Option<u32>,
        /// Last case review.
        pub review: Option<Day>,
        /// Whole countable minutes of this month.
        pub minutes: u32,
        /// Care manager's name.
        pub care_manager: Option<String>,
    }
    /// First, last and change of one instrument.
    #[derive(Default)]
    pub struct ScoreCells {
        /// Baseline.
        pub first: Option<u16>,
        /// Latest.
        pub last: Option<u16>,
        /// Day of the latest.
        pub day: Option<Day>,
        /// Age of the latest, in days.
        pub age_days: Option<u32>,
        /// Whether it is too old to be coloured.
        pub stale: bool,
        /// Severity of the latest, in words.
        pub severity: Option<String>,
        /// Place of that severity among the bands: 0 is the least.
        pub band: u8,
        /// Number of bands.
        pub bands: u8,
        /// Change in points; `None` with one score only.
        pub change: Option<i32>,
        /// Change in percent; `None` where it is not defined.
        pub percent: Option<i32>,
        /// Whether it is at target.
        pub at_target: bool,
        /// The safety item of the latest.
        pub safety: SafetyMark,
        /// Totals in clinical order, for a trend line.
        pub trend: Vec<u16>,
    }
    /// A patient found by name or number.
    pub struct FoundPatient {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Date of birth.
        pub birth: Option<Day>,
        /// Medical record number.
        pub mrn: Option<String>,
        /// Status in words.
        pub status: String,
        /// Why it is offered: what is alike. Empty for a search.
        pub alike: String,
    }

    /// One patient.
    pub struct PatientView {
        /// Whose.
        pub chart: ChartId,
        /// The clinic's day.
        pub today: Day,
        /// Registration as it stands.
        pub registration: Registration,
        /// The entry that holds the registration.
        pub registration_entry: Option<EntryId>,
        /// Age in years.
        pub age: Option<u32>,
        /// Names that are like this one: name and date of birth.
        pub alike: Vec<FoundPatient>,
        /// The current episode.
        pub episode: Option<EpisodeId>,
        /// Status.
        pub status: Option<Status>,
        /// Status in words, with the week.
        pub status_line: String,
        /// Treating clinician's name.
        pub clinician: Option<String>,
        /// Care manager's name.
        pub care_manager: Option<String>,
        /// Why the patient is on the list: the strongest reason first.
        pub reasons: Vec<TodayItem>,
        /// When the next reason would come up, in words.
        pub coming: Vec<String>,
        /// Safety concerns, open ones first.
        pub concerns: Vec<ConcernView>,
        /// Whether there is a safety plan, and of which day.
        pub safety_plan: Option<Day>,
        /// Measures with a score, the episode's target first.
        pub measures: Vec<MeasureView>,
        /// What happened, newest first.
        pub timeline: Vec<TimelineRow>,
        /// Diagnoses as they stand.
        pub diagnoses: Vec<String>,
        /// Medicines as they stand, with weeks.
        pub medicines: Vec<String>,
        /// Treatment changes, newest first.
        pub treatments: Vec<String>,
        /// Plan sections and goals, in words.
        pub plan: Vec<(String, String)>,
        /// Open recommendations and where they stand.
        pub recommendations: Vec<RecommendationView>,
        /// Open tasks.
        pub tasks: Vec<TaskView>,
        /// Consent in words.
        pub consent: String,
        /// The service month of today.
        pub month: MonthRowView,
        /// Forks to settle.
        pub forks: Vec<ForkView>,
        /// Entries that this version can't read.
        pub unreadable: u32,
    }
    /// A safety concern.
    pub struct ConcernView {
        /// Which.
        pub concern: ThingId,
        /// What about.
        pub kind: ConcernKind,
        /// How urgent.
        pub level: Level,
        /// What opened it, with the rule's source.
        pub because: String,
        /// When.
        pub opened: When,
        /// When and by whom it was closed.
        pub closed: Option<String>,
        /// Whether it is open.
        pub open: bool,
        /// Second step done.
        pub second_step: Option<When>,
        /// Clinician told.
        pub clinician_told: Option<When>,
        /// Next contact agreed.
        pub next_contact: Option<Day>,
        /// Deadlines and what is late, in words.
        pub deadlines: Vec<String>,
        /// Whether nobody has decided on it yet.
        pub untriaged: bool,
    }
    /// One instrument over time.
    pub struct MeasureView {
        /// Instrument id.
        pub instrument: String,
        /// Short title.
        pub title: String,
        /// First, last, change.
        pub cells: ScoreCells,
        /// Highest possible total.
        pub max: u16,
        /// Which score is the baseline and why, in words.
        pub baseline: String,
        /// Each named definition: name, whether it holds, and its rule.
        pub outcomes: Vec<(String, Option<bool>, String)>,
        /// Every administration, oldest first.
        pub scores: Vec<ScorePoint>,
        /// The graph as SVG text: wide, and narrow.
        pub graph_wide: String,
        /// For small screens.
        pub graph_narrow: String,
        /// What the graph says, in one sentence.
        pub summary: String,
    }
    /// One administration.
    pub struct ScorePoint {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// The clinic's day.
        pub day: Day,
        /// Total.
        pub total: Option<u16>,
        /// Severity in words, or what is missing.
        pub label: String,
        /// The safety item.
        pub safety: SafetyMark,
        /// What was answered.
        pub assessment: Assessment,
    }
    /// One thing that happened.
    pub struct TimelineRow {
        /// The entry.
        pub entry: EntryId,
        /// When.
        pub at: When,
        /// Kind, for the filter.
        pub kind: TimelineKind,
        /// One line.
        pub line: String,
        /// More, such as a note.
        pub more: Option<String>,
        /// Who.
        pub by: String,
        /// When it was written down.
        pub stamp: Stamp,
        /// Whether it was corrected.
        pub corrected: bool,
        /// The fact, for correcting it.
        pub fact: Fact,
    }
    /// A recommendation.
    pub struct RecommendationView {
        /// Which.
        pub recommendation: ThingId,
        /// The day of it.
        pub day: Day,
        /// The advice.
        pub text: String,
        /// Where it stands.
        pub state: String,
    }
    /// A task.
    pub struct TaskView {
        /// Which.
        pub task: ThingId,
        /// What.
        pub text: String,
        /// By when.
        pub due: Day,
        /// Whether it is late.
        pub late: bool,
    }
    /// Two versions to settle.
    pub struct ForkView {
        /// What is forked, in words.
        pub what: String,
        /// Each version: its entry, what it says, and who wrote it when.
        pub versions: Vec<(EntryId, String, String)>,
    }

    /// The service month of all patients.
    pub struct MonthView {
        /// Which.
        pub month: Month,
        /// Payer profile's name.
        pub profile: String,
        /// What is unsettled about the profile.
        pub unsettled: Option<String>,
        /// One row a patient with time or in care.
        pub rows: Vec<MonthRowView>,
        /// Whole countable minutes of all.
        pub minutes: u32,
        /// Codes and units of all.
        pub totals: Vec<(String, u32)>,
        /// Minutes by activity.
        pub activities: Vec<(String, u32)>,
        /// Whether the month is closed.
        pub closed: bool,
    }
    /// One patient's service month.
    #[derive(Default)]
    pub struct MonthRowView {
        /// Whose.
        pub chart: Option<ChartId>,
        /// Name.
        pub name: String,
        /// Whole countable minutes.
        pub minutes: u32,
        /// Initial or subsequent.
        pub kind: String,
        /// What the minutes alone would support, whatever else is missing, for example `99493 + 99494 x2`; empty when
        /// nothing.
        pub supports: String,
        /// What the month supports, for example `99493 + 99494 x2`; empty when nothing, or while something is missing.
        pub codes: String,
        /// Codes and units.
        pub units: Vec<(String, u32)>,
        /// Next code and the minutes that it takes.
        pub next: Option<(String, u32)>,
        /// What is missing, one sentence each.
        pub missing: Vec<String>,
        /// Warnings, one sentence each.
        pub warnings: Vec<String>,
        /// Why, in words.
        pub why: String,
        /// Minutes that don't count, and why.
        pub not_counted: Vec<String>,
    }

    /// What settings hold.
    pub struct SettingsView {
        /// The clinic.
        pub clinic: Clinic,
        /// People.
        pub people: Vec<Person>,
        /// Protocol: name and version.
        pub protocol: String,
        /// Its numbers: name, value, default, unit and source in words.
        pub numbers: Vec<ProtocolNumber>,
        /// Payer profiles: name, what it does, whether something about it is unsettled.
        pub profiles: Vec<(String, String, Option<String>)>,
        /// Zones to choose from.
        pub zones: Vec<String>,
    }
    /// A number of the protocol.
    pub struct ProtocolNumber {
        /// Its name.
        pub name: String,
        /// What it means.
        pub label: String,
        /// Its value.
        pub value: u32,
        /// The default.
        pub default: u32,
        /// Where the default comes from.
        pub source: String,
    }
    /// What the browser says of storage.
    pub struct StorageView {
        /// Whether the browser promised to keep the data.
        pub persistent: Option<bool>,
        /// Bytes used.
        pub used: Option<u64>,
        /// Bytes to be had.
        pub quota: Option<u64>,
        /// Entries kept.
        pub entries: u64,
        /// Day of the last backup.
        pub last_backup: Option<Day>,
        /// Saves since then.
        pub unsaved: u64,
    }

    /// A planned import.
    pub struct PlanView {
        /// The sheets that were read.
        pub sheets: Vec<SheetView>,
        /// What will be made, in numbers.
        pub counts: Vec<(String, u32)>,
        /// What will be made of each row.
        pub rows: Vec<PlanRow>,
        /// Problems by row and column.
        pub problems: Vec<ProblemRow>,
        /// Rows that don't come in.
        pub rejected: u32,
        /// Entries that are here already.
        pub known: u32,
        /// Entries that are new.
        pub new: u32,
        /// Concerns that the import will open.
        pub concerns: u32,
        /// Why nothing can be made of the sheets yet: a column that is not known.
        pub missing: Option<String>,
    }
    /// A sheet that was read.
    pub struct SheetView {
        /// File name.
        pub name: String,
        /// Which kind.
        pub sheet: Sheet,
        /// How it was read: encoding, delimiter, rows passed over.
        pub how: String,
        /// Header, field guessed or remembered (empty when passed over), and an example cell.
        pub columns: Vec<(String, String, String)>,
        /// Fields to choose from: name and label.
        pub fields: Vec<(String, String)>,
    }
    /// What will be made of one row.
    pub struct PlanRow {
        /// Sheet.
        pub sheet: Sheet,
        /// Row number in the file, from 1.
        pub row: u32,
        /// In words.
        pub makes: String,
    }
    /// A problem with a cell or row.
    pub struct ProblemRow {
        /// Sheet.
        pub sheet: Sheet,
        /// Row number in the file, from 1.
        pub row: u32,
        /// Column header; empty for a whole row.
        pub column: String,
        /// The cell, shortened.
        pub cell: String,
        /// Why.
        pub reason: String,
        /// Whether the row is left out.
        pub rejected: bool,
    }
    /// An imported concern that waits for a decision.
    pub struct TriageRow {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// Telephone.
        pub phone: Option<String>,
        /// Status in words.
        pub status: String,
        /// Which concern.
        pub concern: ThingId,
        /// What the sheet said.
        pub because: String,
        /// Last contact.
        pub last_contact: Option<Day>,
    }
    /// A handoff before it is merged.
    pub struct PreviewView {
        /// Who made it, and when.
        pub from: String,
        /// Whether it is this registry's.
        pub same_registry: bool,
        /// Patients that are new here.
        pub new_patients: u32,
        /// Patients that are here already and get something new.
        pub known_patients: u32,
        /// Entries that are new here.
        pub new_entries: u32,
        /// Entries that are here already.
        pub known_entries: u32,
        /// What would stand as two versions to settle.
        pub forks: Vec<String>,
        /// Patients who may be the same person as one here: names side by side, and what is alike.
        pub same_person: Vec<String>,
        /// Warnings: damage, unknown kinds, erasures, authorship claimed and not proven.
        pub warnings: Vec<String>,
        /// Whether it can be published here; a sentence says why not.
        pub refused: Option<String>,
    }
}

/// Kinds of worklist item, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// An open concern.
    Safety,
    /// Worse.
    Worse,
    /// A missed appointment.
    Missed,
    /// A new referral.
    Referred,
    /// Late.
    Overdue,
    /// An answer is waited for.
    Answer,
    /// Due today.
    Due,
    /// Routine.
    Routine,
}

/// Tabs of the caseload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadTab {
    /// Enrolled and active.
    Active,
    /// Relapse prevention.
    RelapsePrevention,
    /// Referred and being tried.
    Referred,
    /// On hold.
    OnHold,
    /// Closed.
    Closed,
}

/// Filters of the caseload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadFilter {
    /// Everybody.
    Everybody,
    /// An open concern or an unknown safety item.
    Safety,
    /// Not improving.
    NotImproving,
    /// Late with a contact or a measure.
    Late,
    /// At target.
    AtTarget,
    /// No score in this episode.
    NoScore,
}

/// Orders of the caseload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadSort {
    /// The worklist's order.
    Urgency,
    /// Name.
    Name,
    /// Status.
    Status,
    /// Weeks.
    Weeks,
    /// Latest PHQ-9.
    Phq9,
    /// Change of PHQ-9.
    Phq9Change,
    /// Latest GAD-7.
    Gad7,
    /// Days since the last contact.
    Contact,
    /// Next contact.
    Next,
    /// Last case review.
    Review,
    /// Minutes.
    Minutes,
}

/// The safety item of a score, as lists mark it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafetyMark {
    /// Nothing to mark.
    #[default]
    None,
    /// Positive, with the answer.
    Positive(u8),
    /// Not answered, or only a total is known: a question mark.
    NotKnown,
}

/// Kinds of timeline row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// Contacts and attempts.
    Contact,
    /// Measures.
    Measure,
    /// Safety.
    Safety,
    /// Treatment and medicines.
    Treatment,
    /// Team: reviews, recommendations, messages, tasks.
    Team,
    /// Time.
    Time,
    /// Status, consent, registration and the rest.
    Record,
}

/// Where the browser's zone is not one that the app knows.
pub const FALLBACK_ZONE: Zone = Zone::UTC;

/// How the patient prefers to be reached, in words.
pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Text => "text",
        Channel::Video => "video",
        Channel::InPerson => "in person",
        Channel::Portal => "portal",
        Channel::Letter => "letter",
        Channel::Email => "e-mail",
    }
}

/// A day as pages show it: `Tue 24 Nov`; the year is added where the page's day is in another one.
pub fn day_words(day: Day) -> String {
    day.date().format("%a %-d %b").to_string()
}
