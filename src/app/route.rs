//! Where the app is: one enum, parsed from and printed to the URL's hash. Routes hold ids and enumerated filters
//! only, never typed text, so the address bar and the history say nothing about a patient.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::instruments::shipped_id;
use crate::journal::{ChartId, Day, EntryId, Month, PersonId, ThingId};
use crate::registry::{CaseloadFilter, CaseloadSort, CaseloadTab};

mod month;
mod supervision;
mod time;

pub use month::MonthPart;
pub use supervision::SupervisionTab;
pub use time::TimeSpan;

/// A page of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The worklist and the day: `#/today`.
    Today,
    /// The list of patients: `#/caseload?tab=active&filter=late&sort=-phq9`.
    Caseload(CaseloadRoute),
    /// Registering a patient: `#/patient/new`.
    NewPatient,
    /// One patient: `#/patient/<chart>`.
    Patient(ChartId),
    /// Recording a contact with one patient: `#/patient/<chart>/contact`.
    Contact(ChartId),
    /// The steps of one safety concern: `#/patient/<chart>/safety/<concern>`.
    Safety(ChartId, ThingId),
    /// The service month: `#/month`, `#/month/2026-11`.
    Month(Option<Month>),
    /// Claims, amounts and papers of a month: `#/month/2026-11/claims`.
    MonthPart(Month, MonthPart),
    /// Send and receive: `#/send`.
    Send,
    /// Import of spreadsheets: `#/import`.
    Import,
    /// Imported concerns that wait for a decision: `#/triage`.
    Triage,
    /// Settings: `#/settings`.
    Settings,
    /// Whose work the app stands on: `#/credits`.
    Credits,
    /// What a privacy officer asks, answered: `#/privacy`.
    Privacy,
    /// A crisis contact, whoever it is with: `#/crisis`.
    Crisis,
    /// The history of safety alerts: `#/alerts`.
    Alerts,
    /// The safety plan of one patient: `#/patient/<chart>/plan`.
    SafetyPlan(ChartId),
    /// Handing the device to a patient: `#/patient/<chart>/hand-over`.
    HandOver(ChartId),
    /// Many forms in a row, patient after patient: `#/stack`.
    Stack,
    /// A blank form for paper: `#/form/phq9`; the list of them: `#/form`.
    Form(Option<&'static str>),
    /// An administration as a filled form: `#/patient/<chart>/form/<entry>`.
    Filled(ChartId, EntryId),
    /// One section of a patient's record: `#/patient/<chart>/intake`.
    Section(ChartId, Section),
    /// The clinic's directory of resources: `#/directory`.
    Directory,
    /// What is not in the EHR yet, of all patients: `#/ehr`.
    Ehr,
    /// The form that carries out a recommendation: `#/patient/<chart>/medicines/<recommendation>`.
    CarryOut(ChartId, ThingId),
    /// Who wrote what into one record: `#/patient/<chart>/audit`.
    ChartAudit(ChartId),
    /// Who wrote what on a day: `#/audit`, `#/audit/2026-11-22`.
    Audit(Option<Day>),
    /// Erasing a patient for good: `#/patient/<chart>/erase`.
    Erase(ChartId),
    /// Records that were erased: `#/erased`.
    Erased,
    /// What is still open before going home, and tomorrow's plan: `#/evening`.
    Evening,
    /// The sheet for the huddle: `#/huddle`.
    Huddle,
    /// What stands on a day: `#/day`, `#/day/2026-11-22`.
    Day(Option<Day>),
    /// What stands on the days of a week, from Monday on: `#/week`, `#/week/2026-11-22`.
    Week(Option<Day>),
    /// Time as one person keeps it: `#/time`, `#/time/2026-11-22`, `#/time/week`, `#/time/week/2026-11-22`.
    Time(TimeSpan, Option<Day>),
    /// Patients by care manager: `#/assign`.
    Assign,
    /// Supervision: `#/supervision`, `#/supervision/hours`, `#/supervision/audit`.
    Supervision(SupervisionTab),
    /// The case review: its agenda `#/review`, and the screen of one patient to share, `#/review/<chart>`.
    Review(Option<ChartId>),
}

/// A section of a patient's record: what is written once and used again, beside the page of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Who, referral, consent, releases, team, diagnoses, episodes.
    Intake,
    /// The initial assessment, conditions, dated values, acute events.
    Assessment,
    /// Problems, goals, interventions, education, barriers, worksheets.
    CarePlan,
    /// Medicines and treatment changes.
    Medicines,
    /// Tasks and referrals out.
    Together,
    /// Relapse prevention and closing.
    Closing,
    /// Notes for the EHR, letters, messages.
    Notes,
}

impl Section {
    /// All, in the order of their tabs.
    pub const ALL: [Self; 7] = [
        Self::Intake,
        Self::Assessment,
        Self::CarePlan,
        Self::Medicines,
        Self::Together,
        Self::Closing,
        Self::Notes,
    ];

    /// Its word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Assessment => "assessment",
            Self::CarePlan => "care-plan",
            Self::Medicines => "medicines",
            Self::Together => "together",
            Self::Closing => "closing",
            Self::Notes => "notes",
        }
    }

    /// What its tab and its heading say.
    pub fn title(self) -> &'static str {
        match self {
            Self::Intake => "Intake",
            Self::Assessment => "Assessment",
            Self::CarePlan => "Care plan",
            Self::Medicines => "Medications",
            Self::Together => "Tasks and referrals",
            Self::Closing => "Relapse and closing",
            Self::Notes => "Notes and letters",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.word() == word)
    }
}

/// What the caseload shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseloadRoute {
    /// Which tab.
    pub tab: CaseloadTab,
    /// Only these reasons.
    pub filter: CaseloadFilter,
    /// Order.
    pub sort: CaseloadSort,
    /// Largest first.
    pub descending: bool,
    /// Only this care manager's patients.
    pub care_manager: Option<PersonId>,
}

impl CaseloadRoute {
    /// The caseload as it opens: patients in care, the most urgent first.
    pub const PLAIN: Self = Self {
        tab: CaseloadTab::Active,
        filter: CaseloadFilter::Everybody,
        sort: CaseloadSort::Urgency,
        descending: false,
        care_manager: None,
    };
}

impl Default for CaseloadRoute {
    fn default() -> Self {
        Self::PLAIN
    }
}

impl Route {
    /// The route of a hash such as `#/today`; an empty hash is Today; `None` when there is no such page.
    pub fn parse(hash: &str) -> Option<Self> {
        let path = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Some(match parts.as_slice() {
            [] | ["today"] => Route::Today,
            ["caseload"] => Route::Caseload(CaseloadRoute::parse(query)?),
            ["patient", "new"] => Route::NewPatient,
            ["patient", chart] => Route::Patient(chart.parse().ok()?),
            ["patient", chart, "contact"] => Route::Contact(chart.parse().ok()?),
            ["patient", chart, "safety", concern] => Route::Safety(chart.parse().ok()?, concern.parse().ok()?),
            ["month"] => Route::Month(None),
            ["month", month] => Route::Month(Some(month.parse().ok()?)),
            ["month", month, rest @ ..] => Route::MonthPart(month.parse().ok()?, MonthPart::parse(rest)?),
            ["send"] => Route::Send,
            ["import"] => Route::Import,
            ["triage"] => Route::Triage,
            ["settings"] => Route::Settings,
            ["credits"] => Route::Credits,
            ["privacy"] => Route::Privacy,
            ["crisis"] => Route::Crisis,
            ["alerts"] => Route::Alerts,
            ["patient", chart, "plan"] => Route::SafetyPlan(chart.parse().ok()?),
            ["patient", chart, "hand-over"] => Route::HandOver(chart.parse().ok()?),
            ["stack"] => Route::Stack,
            ["form"] => Route::Form(None),
            ["form", id] => Route::Form(Some(shipped_id(id)?)),
            ["patient", chart, "form", entry] => Route::Filled(chart.parse().ok()?, entry.parse().ok()?),
            ["patient", chart, "audit"] => Route::ChartAudit(chart.parse().ok()?),
            ["patient", chart, "erase"] => Route::Erase(chart.parse().ok()?),
            ["audit"] => Route::Audit(None),
            ["audit", day] => Route::Audit(Some(day.parse().ok()?)),
            ["erased"] => Route::Erased,
            ["patient", chart, word] => Route::Section(chart.parse().ok()?, Section::of_word(word)?),
            ["directory"] => Route::Directory,
            ["ehr"] => Route::Ehr,
            ["patient", chart, "medicines", advice] => Route::CarryOut(chart.parse().ok()?, advice.parse().ok()?),
            ["evening"] => Route::Evening,
            ["huddle"] => Route::Huddle,
            ["day"] => Route::Day(None),
            ["day", day] => Route::Day(Some(day.parse().ok()?)),
            ["week"] => Route::Week(None),
            ["week", day] => Route::Week(Some(day.parse().ok()?)),
            ["time"] => Route::Time(TimeSpan::Day, None),
            ["time", "week"] => Route::Time(TimeSpan::Week, None),
            ["time", "week", day] => Route::Time(TimeSpan::Week, Some(day.parse().ok()?)),
            ["time", day] => Route::Time(TimeSpan::Day, Some(day.parse().ok()?)),
            ["assign"] => Route::Assign,
            ["supervision"] => Route::Supervision(SupervisionTab::Work),
            ["supervision", "hours"] => Route::Supervision(SupervisionTab::Hours),
            ["supervision", "audit"] => Route::Supervision(SupervisionTab::Audit),
            ["review"] => Route::Review(None),
            ["review", chart] => Route::Review(Some(chart.parse().ok()?)),
            _ => return None,
        })
    }

    /// The hash of this route, with its `#`.
    pub fn href(&self) -> String {
        match self {
            Route::Today => "#/today".to_owned(),
            Route::Caseload(caseload) => format!("#/caseload{}", caseload.query()),
            Route::NewPatient => "#/patient/new".to_owned(),
            Route::Patient(chart) => format!("#/patient/{chart}"),
            Route::Contact(chart) => format!("#/patient/{chart}/contact"),
            Route::Safety(chart, concern) => format!("#/patient/{chart}/safety/{concern}"),
            Route::Month(None) => "#/month".to_owned(),
            Route::Month(Some(month)) => format!("#/month/{month}"),
            Route::MonthPart(month, part) => format!("#/month/{month}/{}", part.path()),
            Route::Send => "#/send".to_owned(),
            Route::Import => "#/import".to_owned(),
            Route::Triage => "#/triage".to_owned(),
            Route::Settings => "#/settings".to_owned(),
            Route::Credits => "#/credits".to_owned(),
            Route::Privacy => "#/privacy".to_owned(),
            Route::Crisis => "#/crisis".to_owned(),
            Route::Alerts => "#/alerts".to_owned(),
            Route::SafetyPlan(chart) => format!("#/patient/{chart}/plan"),
            Route::HandOver(chart) => format!("#/patient/{chart}/hand-over"),
            Route::Stack => "#/stack".to_owned(),
            Route::Form(None) => "#/form".to_owned(),
            Route::Form(Some(id)) => format!("#/form/{id}"),
            Route::Filled(chart, entry) => format!("#/patient/{chart}/form/{entry}"),
            Route::Section(chart, section) => format!("#/patient/{chart}/{}", section.word()),
            Route::Directory => "#/directory".to_owned(),
            Route::Ehr => "#/ehr".to_owned(),
            Route::CarryOut(chart, advice) => format!("#/patient/{chart}/medicines/{advice}"),
            Route::ChartAudit(chart) => format!("#/patient/{chart}/audit"),
            Route::Audit(None) => "#/audit".to_owned(),
            Route::Audit(Some(day)) => format!("#/audit/{day}"),
            Route::Erase(chart) => format!("#/patient/{chart}/erase"),
            Route::Erased => "#/erased".to_owned(),
            Route::Evening => "#/evening".to_owned(),
            Route::Huddle => "#/huddle".to_owned(),
            Route::Day(None) => "#/day".to_owned(),
            Route::Day(Some(day)) => format!("#/day/{day}"),
            Route::Week(None) => "#/week".to_owned(),
            Route::Week(Some(day)) => format!("#/week/{day}"),
            Route::Time(TimeSpan::Day, None) => "#/time".to_owned(),
            Route::Time(TimeSpan::Day, Some(day)) => format!("#/time/{day}"),
            Route::Time(TimeSpan::Week, None) => "#/time/week".to_owned(),
            Route::Time(TimeSpan::Week, Some(day)) => format!("#/time/week/{day}"),
            Route::Assign => "#/assign".to_owned(),
            Route::Supervision(SupervisionTab::Work) => "#/supervision".to_owned(),
            Route::Supervision(SupervisionTab::Hours) => "#/supervision/hours".to_owned(),
            Route::Supervision(SupervisionTab::Audit) => "#/supervision/audit".to_owned(),
            Route::Review(None) => "#/review".to_owned(),
            Route::Review(Some(chart)) => format!("#/review/{chart}"),
        }
    }

    /// What the page's title says: never anything about a patient.
    pub fn title(&self) -> &'static str {
        match self {
            Route::Today => "Today",
            Route::Caseload(_) => "Caseload",
            Route::NewPatient => "New patient",
            Route::Patient(_) => "Patient",
            Route::Contact(_) => "Record a contact",
            Route::Safety(..) => "Safety",
            Route::Month(_) => "Month",
            Route::MonthPart(_, part) => part.title(),
            Route::Send => "Send and receive",
            Route::Import => "Import",
            Route::Triage => "Imported concerns",
            Route::Settings => "Settings",
            Route::Credits => "Credits",
            Route::Privacy => "For your privacy officer",
            Route::Crisis => "Crisis contact",
            Route::Alerts => "Safety alerts",
            Route::SafetyPlan(_) => "Safety plan",
            Route::HandOver(_) => "Hand over the tablet",
            Route::Stack => "Enter a stack of forms",
            Route::Form(_) => "Print a form",
            Route::Filled(..) => "A filled form",
            Route::Section(_, section) => section.title(),
            Route::Directory => "Directory",
            Route::Ehr => "Not in the EHR yet",
            Route::CarryOut(..) => Section::Medicines.title(),
            Route::ChartAudit(_) | Route::Audit(_) => "Who wrote what",
            Route::Erase(_) => "Erase a patient for good",
            Route::Erased => "Erased records",
            Route::Evening => "Evening",
            Route::Huddle => "Huddle sheet",
            Route::Day(_) => "Day",
            Route::Week(_) => "Week",
            Route::Time(..) => "Time",
            Route::Assign => "Patients by care manager",
            Route::Supervision(_) => "Supervision",
            Route::Review(_) => "Case review",
        }
    }

    /// The patient whose page this is.
    pub fn chart(&self) -> Option<ChartId> {
        match self {
            Route::Patient(chart)
            | Route::Contact(chart)
            | Route::Safety(chart, _)
            | Route::SafetyPlan(chart)
            | Route::HandOver(chart)
            | Route::Filled(chart, _)
            | Route::Section(chart, _)
            | Route::CarryOut(chart, _)
            | Route::ChartAudit(chart)
            | Route::Erase(chart)
            | Route::Review(Some(chart)) => Some(*chart),
            _ => None,
        }
    }
}

impl CaseloadRoute {
    fn parse(query: &str) -> Option<Self> {
        let mut route = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=')? {
                ("tab", word) => route.tab = from_word(word)?,
                ("filter", word) => route.filter = from_word(word)?,
                ("sort", word) => {
                    route.descending = word.starts_with('-');
                    route.sort = from_word(word.trim_start_matches('-'))?;
                }
                ("care_manager", id) => route.care_manager = Some(id.parse().ok()?),
                _ => return None,
            }
        }
        Some(route)
    }

    /// What differs from the default, as a query.
    fn query(&self) -> String {
        let plain = Self::default();
        let mut pairs = Vec::new();
        if self.tab != plain.tab {
            pairs.push(format!("tab={}", word(self.tab)));
        }
        if self.filter != plain.filter {
            pairs.push(format!("filter={}", word(self.filter)));
        }
        if (self.sort, self.descending) != (plain.sort, plain.descending) {
            let sign = if self.descending { "-" } else { "" };
            pairs.push(format!("sort={sign}{}", word(self.sort)));
        }
        if let Some(person) = self.care_manager {
            pairs.push(format!("care_manager={person}"));
        }
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }
}

/// The word of a plain enum, as its JSON has it.
pub fn word(code: impl Serialize) -> String {
    let json = serde_json::to_value(code).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// The plain enum of a word; `None` when it has no such value.
pub fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests;
