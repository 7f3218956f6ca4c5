//! What the window asks the core worker, and what it answers. [`super::wire`] says how they travel; files go as bytes beside it.

use serde::{Deserialize, Serialize};

use crate::care::intent::{Asked, Refusal};
use crate::exchange::workbook::Worksheet;
use crate::journal::facts::Sheet;
use crate::journal::{ChartId, EntryId, Month, PersonId, RegistryId, RunId};

pub use super::begin::*;
use super::claims::{ClaimsAsk, ClaimsView};
use super::inbox::PatientAnswer;
use super::ledger::{LedgerAsk, LedgerView};
use super::progress::Work;
pub use super::scope::*;
use super::tabs::Standing;
use super::timebook::{TimeAsk, TimeView};
use super::views::*;

/// A request. Each carries `now` (milliseconds since 1970) and the browser's zone; see [`Envelope`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// Which registries this browser knows, and in what state.
    Registries,
    /// The key slots of a registry, to derive a key for.
    Slots(RegistryId),
    /// Makes a registry and opens it. The key is derived from the passphrase beforehand.
    Create(NewRegistry),
    /// Opens a registry with a derived key.
    Unlock {
        /// Which.
        registry: RegistryId,
        /// Which slot.
        slot: String,
        /// The 32-byte key, as hexadecimal digits.
        key: Secret,
    },
    /// Opens a registry with its recovery sheet.
    UnlockWithSheet {
        /// Which.
        registry: RegistryId,
        /// The sheet's text.
        sheet: Secret,
    },
    /// Seals a person's secret under a new passphrase.
    ChangePassphrase {
        /// Which slot.
        slot: String,
        /// The key that the passphrase until now gives.
        old: Secret,
        /// The new one's.
        new: NewKey,
    },
    /// Gives the owner of a slot a new passphrase by means of the recovery sheet.
    ResetPassphrase {
        /// Which slot.
        slot: String,
        /// The sheet's text.
        sheet: Secret,
        /// The new key.
        new: NewKey,
    },
    /// Makes a new recovery sheet (answer: [`Response::Opened`] with it); the old one ends.
    RenewSheet {
        /// Which slot.
        slot: String,
        /// The key that its passphrase gives.
        key: Secret,
    },
    /// Drops the keys. The page reloads afterwards.
    Lock,
    /// How this tab stands to the others, whenever that changes (answer: [`Response::Opened`], as it is now).
    Stand(Standing),
    /// Reads what another tab wrote (answer: [`Response::Opened`], as it is now).
    Refresh,
    /// The worklist and the day.
    Today(TodayQuery),
    /// Rows of the caseload.
    Caseload(CaseloadQuery),
    /// One patient.
    Patient(ChartId),
    /// Names, for the search box and the command palette.
    Find(String),
    /// Patients who may be the same person as one about to be registered.
    Alike(crate::care::Somebody),
    /// Carries out an intent.
    Do(Asked),
    /// The service month of all patients.
    Month(Month),
    /// The service month as a CSV file (answer: [`Response::File`]).
    MonthCsv(Month),
    /// The caseload as a CSV file.
    CaseloadCsv(CaseloadQuery),
    /// What settings hold.
    Settings,
    /// Reads the sheets that were attached (one or two files), and plans their import. Nothing is written.
    PlanImport {
        /// What each attached file is, in order; guessed where absent.
        sheets: Vec<Option<Sheet>>,
        /// File names, in order.
        names: Vec<String>,
        /// Column mappings changed by the user: per file, header to field; guessed or remembered where absent.
        mappings: Vec<Option<std::collections::BTreeMap<String, String>>>,
        /// Who the care managers are whom the sheets name, as the user chose: `None` for somebody new. Guessed for
        /// the others.
        people: std::collections::BTreeMap<String, Option<PersonId>>,
    },
    /// The sheets of the Excel workbook that was attached, as texts to be planned like files.
    Worksheets,
    /// Publishes the planned import in one transaction.
    PublishImport,
    /// The rejected rows of one sheet of the planned import, as a CSV file.
    RejectedRows(Sheet),
    /// Drops the planned import or the opened handoff.
    Forget,
    /// Hides the newest import or merge again; what was written since stays.
    UndoImport,
    /// The newest import or merge that is part of the registry, to be undone.
    LastImport,
    /// Imported concerns that nobody has decided on.
    Triage,
    /// A handoff file of all patients, or some (answer: [`Response::File`]).
    Export(Scope),
    /// The file of the last [`Request::Export`] of the whole registry was given to the browser to save: it is a backup.
    BackedUp,
    /// Reads the attached handoff file and previews its merge. Nothing is written.
    OpenHandoff,
    /// Merges the handoff that was opened, in one transaction.
    PublishHandoff,
    /// Joins the registry of the attached handoff from an empty browser.
    Join(NewRegistry),
    /// Stores a draft, sealed, under a form's key.
    PutDraft {
        /// Which form, for example `contact/<chart>`.
        key: String,
        /// Its content, as the form wrote it.
        json: String,
    },
    /// A stored draft.
    Draft(String),
    /// Drops a draft.
    DropDraft(String),
    /// What the browser says of storage.
    Storage,
    /// What is known to be unreadable or missing of what is stored.
    Findings,
    /// Reads every record and says what can't be read. Nothing is changed.
    CheckAll,
    /// What can't be read, as it is stored, as a file.
    Unreadable,
    /// How far the work is that is being done. Answered at once, beside the queue.
    Progress,
    /// Ends the work that was asked for before, unless it is being published. Answered at once, beside the queue.
    Cancel,
    /// The history of safety alerts.
    Alerts(AlertsQuery),
    /// Begins a run of patient mode: the page locks afterwards (answer: [`Response::HandedOver`]).
    HandOver {
        /// Whose form it will be.
        chart: ChartId,
        /// Instruments, in the order in which they are asked.
        instruments: Vec<String>,
    },
    /// Keeps one answer of a patient. Needs no unlock.
    KeepAnswer(PatientAnswer),
    /// Where a run stands (answer: [`Response::RunPlace`]). Needs no unlock.
    RunPlace {
        /// Which registry.
        registry: RegistryId,
        /// Which run.
        run: RunId,
    },
    /// Registration, referral, team, payer, diagnoses and episodes of one patient.
    Intake(ChartId),
    /// Relapse prevention and closing of one patient.
    Closing(ChartId),
    /// What of all patients is not in the EHR yet.
    Ehr(EhrQuery),
    /// Notes, letters and messages of one patient.
    Notes(ChartId),
    /// The text of a note or a letter about one patient.
    Text(ChartId, TextAsk),
    /// The clinic's templates (answer: [`Response::Templates`]).
    Templates,
    /// What a template makes of an invented patient (answer: [`Response::Text`]).
    TryTemplate(crate::exchange::note::Paper, String),
    /// Scripts for calls.
    Scripts,
    /// What is learned of one patient, and what may be told of it.
    Learned(ChartId),
    /// What is held back of some patients.
    HeldBack(Vec<ChartId>),
    /// Tasks and referrals out of one patient.
    Together(ChartId),
    /// The clinic's directory of resources.
    Directory,
    /// The plan of care of one patient, with its worksheets.
    CarePlan(ChartId),
    /// The medicines and treatment changes of one patient.
    Medicines(ChartId),
    /// Who can be called about a patient, for safety forms to begin with.
    SafetyKnown(ChartId),
    /// Who wrote what, and what is erased.
    Ledger(Box<LedgerAsk>),
    /// What is still to do before going home.
    Evening(EveningQuery),
    /// What stands on some days.
    Diary(DiaryQuery),
    /// What is booked and due on some days, as a calendar file (answer: [`Response::File`]).
    Calendar(DiaryQuery, CalendarNames),
    /// Whom to try now.
    TryNow(TodayQuery),
    /// The sheet for the huddle.
    Huddle,
    /// What the time of an intent that is about to be carried out overlaps.
    Overlaps(Asked),
    /// Records that are out, and what of patients falls due while somebody stands in.
    Coverage(CoverageQuery),
    /// Who has how many patients.
    Shares,
    /// Merges the handoff that was opened, with a choice for each difference of the clinic's own settings.
    PublishChosen(Vec<OfficeChoice>),
    /// What a supervisor looks at, or a trainee's own side of it.
    Supervision,
    /// The log of supervision, as a file.
    SupervisionCsv(HoursQuery),
    /// Records drawn for an audit.
    Draw(DrawQuery),
    /// The agenda of the case review, and what came of today's.
    Meeting(MeetingQuery),
    /// One patient for the consultant.
    Brief(ChartId),
    /// What one patient's service month is made of.
    MonthDetail(ChartId, Month),
    /// What is new since somebody looked, and what of today was seen.
    News(Box<NewsAsk>),
    /// What came back from the biller, amounts, papers about a month.
    Claims(Box<ClaimsAsk>),
    /// Time of one person: of days, of a typed line, of rows that are saved together.
    Time(Box<TimeAsk>),
}

/// A request with what the core must be told: it has no clock of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Envelope<R = Request> {
    /// Number that the answer repeats.
    pub id: u32,
    /// Milliseconds since 1970.
    pub now: u64,
    /// The browser's zone, used until a clinic is set.
    pub zone: String,
    /// What local storage remembers of the registries known here (a worker can't read it): key and text of each canary.
    pub canaries: Vec<(String, String)>,
    /// The request.
    pub request: R,
}

/// An answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply<R = Response> {
    /// The request's number.
    pub id: u32,
    /// What it came to.
    pub result: Result<R, Failure>,
    /// What the window must write to local storage before it shows the answer: key and text of the canary.
    pub canary: Option<(String, String)>,
}

/// What comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Response {
    /// Done; nothing to show.
    Done,
    /// To [`Request::Registries`].
    Registries(Vec<KnownRegistry>),
    /// To [`Request::Slots`].
    Slots(Vec<SlotView>),
    /// A registry is open.
    Opened(Box<Opened>),
    /// To [`Request::Today`].
    Today(Box<TodayView>),
    /// To [`Request::Caseload`].
    Caseload(Box<CaseloadView>),
    /// To [`Request::Patient`].
    Patient(Box<PatientView>),
    /// To [`Request::Find`] and [`Request::Alike`].
    Found(Vec<FoundPatient>),
    /// Written and confirmed by the browser.
    Saved(Saved),
    /// To [`Request::Month`].
    Month(Box<MonthView>),
    /// To [`Request::Settings`].
    Settings(Box<SettingsView>),
    /// To [`Request::PlanImport`].
    Plan(Box<PlanView>),
    /// To [`Request::Worksheets`].
    Worksheets(Vec<Worksheet>),
    /// An import or a handoff was published.
    Published(Published),
    /// To [`Request::LastImport`].
    LastImport(Option<ImportView>),
    /// To [`Request::Triage`].
    Triage(TriageView),
    /// To [`Request::OpenHandoff`].
    Preview(Box<PreviewView>),
    /// A file to save; its bytes travel beside the answer.
    File {
        /// Suggested name, without anything about a patient.
        name: String,
        /// Media type.
        media: String,
    },
    /// To [`Request::Draft`].
    Draft(Option<String>),
    /// To [`Request::Storage`].
    Storage(StorageView),
    /// To [`Request::Findings`] and [`Request::CheckAll`].
    Findings(FindingsView),
    /// To [`Request::Progress`] and [`Request::Cancel`]; `None` when nothing long is being done.
    Progress(Option<Work>),
    /// To [`Request::Alerts`].
    Alerts(Box<AlertsView>),
    /// To [`Request::HandOver`]: the run that was begun.
    HandedOver(RunId),
    /// To [`Request::RunPlace`].
    RunPlace(RunPlace),
    /// To [`Request::Intake`].
    Intake(Box<IntakeView>),
    /// To [`Request::Closing`].
    Closing(Box<ClosingView>),
    /// To [`Request::Ehr`].
    Ehr(Box<EhrView>),
    /// To [`Request::Notes`].
    Notes(Box<NotesView>),
    /// To [`Request::Text`] and [`Request::TryTemplate`].
    Text(Box<TextView>),
    /// To [`Request::Templates`].
    Templates(Vec<TemplateView>),
    /// To [`Request::Scripts`].
    Scripts(Box<ScriptsView>),
    /// To [`Request::Learned`].
    Learned(Box<LearnedView>),
    /// To [`Request::HeldBack`].
    HeldBack(Vec<HeldView>),
    /// To [`Request::Together`].
    Together(Box<TogetherView>),
    /// To [`Request::Directory`].
    Directory(Box<DirectoryView>),
    /// To [`Request::CarePlan`].
    CarePlan(Box<CarePlanView>),
    /// To [`Request::Medicines`].
    Medicines(Box<MedicinesView>),
    /// To [`Request::SafetyKnown`].
    SafetyKnown(Box<SafetyKnownView>),
    /// To [`Request::Ledger`].
    Ledger(Box<LedgerView>),
    /// To [`Request::Evening`].
    Evening(Box<EveningView>),
    /// To [`Request::Diary`].
    Diary(Box<DiaryView>),
    /// To [`Request::TryNow`].
    TryNow(Box<TryNowView>),
    /// To [`Request::Overlaps`].
    Overlaps(Vec<OverlapView>),
    /// To [`Request::Huddle`].
    Huddle(Box<HuddleView>),
    /// To [`Request::Coverage`].
    Coverage(Box<CoverageView>),
    /// To [`Request::Shares`].
    Shares(Box<SharesView>),
    /// To [`Request::Supervision`].
    Supervision(Box<SupervisionView>),
    /// To [`Request::Draw`].
    Draw(Box<DrawView>),
    /// To [`Request::Meeting`].
    Meeting(Box<MeetingView>),
    /// To [`Request::Brief`].
    Brief(Box<BriefView>),
    /// To [`Request::MonthDetail`].
    MonthDetail(Box<MonthDetailView>),
    /// To [`Request::News`].
    News(Box<NewsView>),
    /// To [`Request::Claims`].
    Claims(Box<ClaimsView>),
    /// To [`Request::Time`].
    Time(Box<TimeView>),
}

/// Why a request failed. The text is one sentence for people, without anything about a patient but what they typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Failure {
    /// No registry is open.
    #[error("The registry is locked. Unlock it to go on.")]
    Locked,
    /// Wrong passphrase or sheet; wait before the next try.
    #[error(
        "That passphrase doesn't open this registry. Nothing is lost. Check Caps Lock and the label, then try again."
    )]
    WrongKey {
        /// Seconds to wait.
        wait: u32,
    },
    /// An intent was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Not saved. What was typed must stay on the page.
    #[error("NOT saved: {reason} What you typed is still on this page. Try again, or export your data first.")]
    NotSaved {
        /// Why, as a sentence.
        reason: String,
    },
    /// Another tab wrote since this one read.
    #[error("This registry was changed in another tab. Nothing is lost. Reload this page to go on.")]
    Moved,
    /// This tab only reads: another holds the writer lock.
    #[error(
        "Another tab is writing, so nothing was saved here. What you typed is still on this page. Choose \u{201c}Write here instead\u{201d} at the top, then save again."
    )]
    ReadOnly,
    /// The data is not as it should be: restore from a backup.
    #[error("{0}")]
    Damage(String),
    /// A file can't be used.
    #[error("{0}")]
    File(String),
    /// There is nothing to publish, or it was dropped.
    #[error("There is nothing to publish any more. Choose the file again.")]
    Nothing,
    /// There is no import or merge to be undone.
    #[error("There is no import or merge that could be undone. Nothing was changed.")]
    NothingToUndo,
    /// An import or merge has been built upon.
    #[error(
        "This can't be undone as a whole any more: {patients} of its new patients have had something written since, \
         which would be left without a name. Nothing was changed. Correct or close what is wrong in each record."
    )]
    WrittenSince {
        /// How many of its new patients.
        patients: u32,
    },
    /// Long work was given up by whoever asked for it.
    #[error("Cancelled. Nothing was changed.")]
    Cancelled,
    /// The browser refused something.
    #[error("{0}")]
    Browser(String),
}

/// What an import or a merge brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Patients that are new here.
    pub new_patients: u32,
    /// Patients that were here and got something new.
    pub known_patients: u32,
    /// Entries.
    pub entries: u32,
    /// Imported concerns that wait for a decision.
    pub untriaged: u32,
    /// Number of the save.
    pub generation: u64,
}

/// What a save wrote into several charts and one stroke can take back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Across {
    /// Nothing.
    #[default]
    Nothing,
    /// A change of the team.
    Team(Vec<(ChartId, EntryId)>),
    /// Time entries that were saved together.
    Times(Vec<(ChartId, EntryId)>),
}

/// What a save did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The entries written, for undo; none when they are in several charts.
    pub entries: Vec<EntryId>,
    /// What was written into several charts, where it can be undone.
    pub across: Across,
    /// The chart; a new one for a new patient.
    pub chart: ChartId,
    /// The patient's name as lists show it; `None` for what is not about a patient.
    pub name: Option<String>,
    /// Concerns that this save opened or that it touched while open: the safety step follows.
    pub concerns: Vec<crate::journal::ThingId>,
    /// Who saved.
    pub by: PersonId,
    /// Number of the save; every page that shows data asks again when it rises.
    pub generation: u64,
    /// What else to say, for example that a clock is wrong.
    pub notes: Vec<String>,
}
