//! Registries, Today, the caseload.

use serde::{Deserialize, Serialize};

use super::codes::{CaseloadFilter, CaseloadSort, CaseloadTab, ItemKind, SafetyMark};
use crate::graphs::Better;
use crate::journal::facts::{AppointmentState, Clinic, ClockKind, MeasureSettings, Mode, OwnInstrument};
use crate::journal::{ChartId, Day, EntryId, PersonId, RegistryId, ThingId, When};
use crate::registry::api::Kind;

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
        #[serde(with = "crate::journal::as_json")]
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
        /// The clinic's own measures, and what it chose for the others.
        pub measures: MeasuresView,
        /// What patients filled in while the registry was locked and is in their records now; concerns first.
        pub entered: Vec<EnteredView>,
    }
    /// The clinic's own measures, and what it chose for the others.
    #[derive(Default)]
    pub struct MeasuresView {
        /// Its own, by name; retired ones too.
        #[serde(with = "crate::journal::as_json")]
        pub own: Vec<OwnInstrument>,
        /// What it chose.
        #[serde(with = "crate::journal::as_json")]
        pub settings: MeasureSettings,
    }
    /// Where a run of patient mode stands, by what lies in the clear.
    pub struct RunPlace {
        /// Whether the run is here: it was begun, and its answers are not in the record yet.
        pub is_here: bool,
        /// What was kept last: the instrument and the question's place in it, from 0; the number of questions for its end.
        pub last: Option<(String, u32)>,
    }
    /// What one patient filled in while the registry was locked.
    pub struct EnteredView {
        /// Whose chart.
        pub chart: ChartId,
        /// The patient's name as lists show it.
        pub name: String,
        /// The concern that it opened or touched, with the answers, one sentence each.
        pub concern: Option<(ThingId, Vec<String>)>,
        /// What was filled in, one line each, and what is to be asked still.
        pub lines: Vec<String>,
    }

    /// What Today asks for.
    #[derive(Default)]
    pub struct TodayQuery {
        /// Only this care manager's patients; safety, unassigned and covered patients are always shown.
        pub care_manager: Option<PersonId>,
        /// As many rows at most; all when absent.
        pub most: Option<u32>,
    }
    /// Today.
    pub struct TodayView {
        /// The clinic's day.
        pub today: Day,
        /// Patients in care.
        pub active: u32,
        /// Items that should be seen first: safety, worsening, missed, referred.
        pub first: u32,
        /// Patients with two versions of something to settle.
        pub to_settle: u32,
        /// Rows of the worklist, shown or not.
        pub listed: u32,
        /// The worklist, in its order, as far as it was asked for.
        pub items: Vec<TodayItem>,
        /// What is put off: one item for each reason, also of patients who are listed for another one.
        pub put_off: Vec<PutOffItem>,
        /// Appointments of the day, by time.
        pub appointments: Vec<AppointmentRow>,
        /// Records that another copy erased: they are hidden until somebody decides.
        pub erased_elsewhere: u32,
    }
    /// A reason to act today.
    pub struct TodayItem {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// What tells two patients of one name apart: age, and MRN or date of birth.
        pub about: String,
        /// Telephone.
        pub phone: Option<String>,
        /// Whether a call is what one of the reasons asks for.
        pub calls: bool,
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
        /// What was decided on the concern when it was brought in, and when: `Decided today 9:02: call this morning`.
        pub decided: Option<String>,
        /// The patient's other reasons, the strongest first; none of those that are put off.
        pub others: Vec<String>,
        /// Last day to which it may be put off; `None` when it may not.
        pub snooze_until: Option<Day>,
        /// The day that putting off proposes: the next working day, where it may be put off so far.
        pub snooze_to: Option<Day>,
        /// Put off until.
        pub snoozed_until: Option<Day>,
        /// The care manager's name, when it isn't the person working.
        pub care_manager: Option<String>,
        /// Whether one of the reasons asks to reopen active treatment.
        pub reopens: bool,
    }
    /// A reason that is put off.
    pub struct PutOffItem {
        /// The reason.
        pub item: TodayItem,
        /// Until when, that day included.
        pub until: Day,
        /// Why.
        pub why: String,
        /// The entries that put it off; it is shown again without them.
        pub snoozes: Vec<EntryId>,
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
        /// Patients with two versions of something to settle, whatever their tab.
        pub to_settle: u32,
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
        /// The measure that the episode is judged by, over time.
        pub course: CourseView,
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
        /// The last day of the watch over a closed concern, while it runs.
        pub watched: Option<Day>,
        /// Where the record is while somebody stands in.
        pub out: Option<OutMark>,
    }
    /// A record that is out with whoever stands in.
    pub struct OutMark {
        /// With whom, since when: `with B. Sato since Tue 24 Nov, not merged back`.
        pub words: String,
        /// Whether the last day is past and it isn't back.
        pub late: bool,
    }
    /// The last totals of one measure, for a line of a word's size.
    #[derive(Default)]
    pub struct CourseView {
        /// What a list calls it: `PCL-5`.
        pub title: String,
        /// Totals in clinical order.
        pub totals: Vec<u16>,
        /// The highest total that there can be.
        pub most: u16,
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
        /// Questions that the latest leaves open: its total is prorated, or counts blanks by its form's own rule.
        pub open_questions: u8,
        /// The safety item of the latest.
        pub safety: SafetyMark,
        /// Which way is better.
        pub better: Better,
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
        /// Why it is offered: what is alike; `None` for a search.
        pub alike: Option<crate::care::Alike>,
    }

}
