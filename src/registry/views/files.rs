//! The month, settings, imports and handoffs.

use serde::{Deserialize, Serialize};

use super::coverage::OfficeDifference;
use crate::exchange::handoff::CoverLine;
use crate::exchange::sheets::Weight;
use crate::flowsheet::Lack;
use crate::journal::facts::{Clinic, MinimumDose, OwnActivity, PayerProfileChange, Person, SameDayReview, Sheet, Time};
use crate::journal::{ChartId, Day, EntryId, Month, PersonId, Seconds, ThingId};

views! {
    /// The service month of all patients.
    pub struct MonthView {
        /// Which.
        pub month: Month,
        /// The months of the registry, this one among them, the newest first.
        pub offered: Vec<Month>,
        /// What the clinic's payer profile does, in words.
        pub profile: String,
        /// Codes, and what each stands for.
        pub codes: Vec<(String, String)>,
        /// What many rows lack.
        pub common: Vec<CommonView>,
        /// What is unsettled about the profile.
        pub unsettled: Option<String>,
        /// Payers for whom months wait for a choice about G2214.
        pub waiting: Vec<WaitingView>,
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
        /// What it came to when it was closed, in a sentence.
        pub closed_with: Option<String>,
        /// Whether the month is over, so that it can be closed.
        pub over: bool,
        /// Treating clinicians, by name.
        pub clinicians: Vec<(PersonId, String)>,
        /// Payer profiles: name, and what it does.
        pub profiles: Vec<(String, String)>,
    }
    /// What one patient's month is made of.
    pub struct MonthDetailView {
        /// Whole countable minutes by activity.
        pub by_activity: Vec<(String, u32)>,
        /// Whole countable minutes by person.
        pub by_person: Vec<(String, u32)>,
        /// Every entry, counted or not, by day.
        pub lines: Vec<MonthLineView>,
        /// What the month needs besides minutes.
        pub gates: Vec<MonthGateView>,
        /// What the minutes reach beyond the payer profile's limit.
        pub uncapped: Option<String>,
        /// Whether the next code can still be reached.
        pub reach: Option<String>,
        /// What changed since the month was closed.
        pub late: Option<String>,
    }
    /// An entry of a month.
    pub struct MonthLineView {
        /// The clinic's day.
        pub day: Day,
        /// How long.
        pub seconds: Seconds,
        /// On what.
        pub activity: String,
        /// Who.
        pub by: String,
        /// Why it doesn't count, where it doesn't.
        pub not_counted: Option<String>,
        /// Whether it was written, or came by a merge, after the month was closed.
        pub late: bool,
        /// What an audit asks for and it doesn't say.
        pub lacks: Vec<Lack>,
        /// Which entry.
        pub entry: EntryId,
        /// Its content, where it can be written again with what it lacks.
        #[serde(with = "crate::journal::as_json")]
        pub time: Option<Time>,
    }
    /// Something that a month needs besides minutes.
    pub struct MonthGateView {
        /// Its name.
        pub name: String,
        /// How it stands.
        pub standing: GateStanding,
        /// What was found, or what would mend it.
        pub sentence: String,
        /// Where it is mended.
        pub mend: Option<Mend>,
    }
    /// How a gate stands.
    #[derive(Copy)]
    pub enum GateStanding {
        /// It is met.
        Met,
        /// It is to be checked; the codes stay.
        ToCheck,
        /// It keeps the month from being billed.
        Missing,
    }
    /// Where a gate is mended.
    #[derive(Copy)]
    pub enum Mend {
        /// Enrolment and consent, in the intake.
        Consent,
        /// What a consent lacks, in the intake.
        Explained,
        /// The diagnoses.
        Diagnosis,
        /// Initiating visits.
        Visit,
        /// The treating clinician, among the details.
        Clinician,
        /// The clinic's people.
        Npi,
        /// A contact, with a measure.
        Scale,
        /// The patient's page, where a review is asked for.
        Review,
        /// The care plan.
        Plan,
    }
    /// A payer for whom months wait until the clinic chooses from how many minutes on G2214 is taken.
    pub struct WaitingView {
        /// The payer; empty for patients without one.
        pub payer: String,
        /// How many patients' months wait.
        pub patients: u32,
        /// The two readings, in minutes.
        pub readings: (u32, u32),
    }
    /// Whether a conflict keeps codes from going.
    #[derive(Copy)]
    pub enum ConflictStanding {
        /// It does.
        Blocks,
        /// No source settles it: it is to be asked.
        Unsettled,
    }
    /// Codes of one month that don't go together, or of which nobody knows.
    pub struct ConflictView {
        /// Whether it blocks.
        pub standing: ConflictStanding,
        /// The codes that it is about.
        pub codes: Vec<String>,
        /// What, in a sentence.
        pub why: String,
        /// Who says so.
        pub source: String,
    }
    /// Something that many rows of a month lack.
    pub struct CommonView {
        /// How the sentence of each of these rows begins.
        pub begins: String,
        /// One sentence for all of them.
        pub sentence: String,
        /// How many rows.
        pub rows: u32,
    }
    /// One patient's service month.
    #[derive(Default)]
    pub struct MonthRowView {
        /// Whose.
        pub chart: Option<ChartId>,
        /// Name.
        pub name: String,
        /// Medical record number.
        pub mrn: Option<String>,
        /// Whole countable minutes.
        pub minutes: u32,
        /// The payer profile that it is reckoned by.
        pub profile: String,
        /// Initial or subsequent.
        pub kind: String,
        /// What the minutes alone would support, whatever else is missing, for example `99493 + 99494 x2`; empty when
        /// nothing.
        pub supports: String,
        /// Whether that waits for the clinic's choice: such a month stays out of totals and files.
        pub is_unsettled: bool,
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
        /// Whether this is what was kept when the month was closed, for something is otherwise now.
        pub as_closed: bool,
        /// What changed since the month was closed.
        pub late: Option<String>,
        /// Who pays on the month's last day.
        pub payer: Option<String>,
        /// What came back from the biller, a sentence a code.
        pub claims: Vec<String>,
        /// The codes that may go to the payer: those of the month but what went already.
        pub to_send: String,
        /// Why others don't go, a sentence each.
        pub left_out: Vec<String>,
        /// Codes that don't go together.
        pub conflicts: Vec<ConflictView>,
    }

    /// What settings hold.
    pub struct SettingsView {
        /// The clinic.
        #[serde(with = "crate::journal::as_json")]
        pub clinic: Clinic,
        /// People.
        #[serde(with = "crate::journal::as_json")]
        pub people: Vec<Person>,
        /// How many patients each care manager has today.
        pub patients_of: Vec<(PersonId, u32)>,
        /// Protocol: name and version.
        pub protocol: String,
        /// Its numbers: name, value, default, unit and source in words.
        pub numbers: Vec<ProtocolNumber>,
        /// Payer profiles: name, what it does, whether something about it is unsettled.
        pub profiles: Vec<(String, String, Option<String>)>,
        /// Who looks at what patients answered alone on the same day; `None` until somebody confirmed it.
        #[serde(with = "crate::journal::as_json")]
        pub same_day_review: Option<SameDayReview>,
        /// The clinic's own minimum doses.
        #[serde(with = "crate::journal::as_json")]
        pub minimum_doses: Vec<MinimumDose>,
        /// The clinic's own payer profiles.
        #[serde(with = "crate::journal::as_json")]
        pub own_profiles: Vec<PayerProfileChange>,
        /// The clinic's own activities by name, retired ones with them.
        #[serde(with = "crate::journal::as_json")]
        pub own_activities: Vec<OwnActivity>,
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
        /// When the first of them was, in milliseconds since 1970.
        pub unsaved_since: Option<u64>,
    }

    /// What can't be read of what is stored.
    pub struct FindingsView {
        /// Records that were read when all were checked last; 0 when they were not since the registry was opened.
        pub checked: u32,
        /// What was found.
        pub rows: Vec<FindingRow>,
    }
    /// A stored record that can't be used. It is kept as it is.
    pub struct FindingRow {
        /// What it holds, in words.
        pub what: String,
        /// Its key.
        pub key: String,
        /// What is wrong with it.
        pub reason: String,
        /// Its bytes; `None` where nothing is stored.
        pub size: Option<u64>,
        /// Whose records it is missing from.
        pub patients: Vec<String>,
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
        /// Rows that don't come in, by sheet; only sheets that have some.
        pub rejected: Vec<(Sheet, u32)>,
        /// The care managers whom the sheets name.
        pub people: Vec<SheetPersonView>,
        /// The care managers on file: the person who works here first.
        pub team: Vec<(PersonId, String)>,
        /// Entries that are here already.
        pub known: u32,
        /// Entries that are new.
        pub new: u32,
        /// Concerns that the import will open.
        pub concerns: u32,
        /// Of these, concerns of patients with an earlier positive item 9 besides.
        pub concerns_with_earlier: u32,
        /// Patients of whom only an earlier item 9 was positive.
        pub earlier: Vec<PastPositiveRow>,
        /// Why nothing can be made of the sheets yet: a column that is not known.
        pub missing: Option<String>,
    }
    /// A patient whose item 9 was positive and is 0 since.
    pub struct PastPositiveRow {
        /// Name, family name first.
        pub name: String,
        /// MRN.
        pub mrn: String,
        /// Each positive answer with its day, then the latest.
        pub said: String,
    }
    /// A sheet that was read.
    pub struct SheetView {
        /// File name.
        pub name: String,
        /// Which kind.
        pub sheet: Sheet,
        /// How its text is spelled: encoding, separator.
        pub spelled: String,
        /// How it was read: rows, and those passed over.
        pub how: String,
        /// Rows of data.
        pub rows: u32,
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
    /// A care manager whom the sheets name.
    pub struct SheetPersonView {
        /// The name as the sheets have it.
        pub name: String,
        /// Rows that name them.
        pub rows: u32,
        /// Who of the people on file it is taken for; `None` for somebody new.
        pub is: Option<PersonId>,
        /// Whether the name itself is on file: then nothing has to be asked.
        pub is_on_file: bool,
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
        /// How much it matters.
        pub weight: Weight,
        /// The name of its kind: problems are shown together by it.
        pub kind: String,
        /// What becomes of the row and of the value.
        pub outcome: String,
    }
    /// An import or merge that is part of the registry.
    pub struct ImportView {
        /// What it was, in words: `Import of 2 sheets`, `Merge of the file from R. Okoye`.
        pub what: String,
        /// The clinic's day.
        pub day: Day,
        /// The clinic's time of day.
        pub time: String,
        /// Patients who came with it.
        pub new_patients: u32,
        /// Patients who were here and got something new.
        pub known_patients: u32,
        /// Entries.
        pub entries: u32,
        /// Why it can't be undone any more, as a sentence.
        pub settled: Option<String>,
    }
    /// The imported concerns and how far the decisions on them have come.
    pub struct TriageView {
        /// Those that wait: the highest answer first, then the oldest, then by name.
        pub rows: Vec<TriageRow>,
        /// How many were decided on today.
        pub decided: u32,
    }
    /// An imported concern that waits for a decision.
    pub struct TriageRow {
        /// Whose.
        pub chart: ChartId,
        /// Name.
        pub name: String,
        /// What tells two patients of one name apart: age, and MRN or date of birth.
        pub about: String,
        /// Telephone.
        pub phone: Option<String>,
        /// Status in words.
        pub status: String,
        /// The day of the answer or the flag: it can't have been dealt with before that.
        pub day: Day,
        /// Which concern.
        pub concern: ThingId,
        /// What the sheet said.
        pub because: String,
        /// Last contact.
        pub last_contact: Option<Day>,
    }
    /// What a handoff brings to one patient.
    pub struct ChangeRow {
        /// Whose; `None` for the clinic's own people and settings.
        pub chart: Option<ChartId>,
        /// Name, family name first.
        pub name: String,
        /// Whether the patient is new here.
        pub is_new: bool,
        /// What is new, in words, with the newest date of its kind: `2 scores`.
        pub news: Vec<(String, Option<Day>)>,
        /// What would stand as two versions to settle, in words.
        pub forks: Vec<String>,
        /// Entries that come with two contents: both are kept.
        pub damaged: u32,
        /// Who may be the same person: a name, and what is alike.
        pub same_person: Vec<String>,
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
        /// What would change, a patient each: safety first, then what has to be looked at, then by name.
        pub changes: Vec<ChangeRow>,
        /// Patients with something new that are not listed: there are too many.
        pub more_changes: u32,
        /// Warnings: damage, unknown kinds, erasures, authorship claimed and not proven.
        pub warnings: Vec<String>,
        /// Whether it can be published here; a sentence says why not.
        pub refused: Option<String>,
        /// What of the clinic's own settings the file has differently: to be chosen before it is merged.
        pub differences: Vec<OfficeDifference>,
        /// The cover sheet of a file for whoever stands in: its heading, and a patient each.
        #[serde(with = "crate::journal::as_json")]
        pub cover: Option<(String, Vec<CoverLine>)>,
    }
}
