//! What can be found on record for a gate, and what each says.

use serde::Serialize;

use crate::flowsheet::Unexplained;
use crate::journal::Day;
use crate::journal::facts::ConsentHow;

use super::npi::NpiError;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GateKind {
    /// Consent to the programme, in advance; verbal is enough, on record.
    Consent,
    /// A behavioral diagnosis.
    Diagnosis,
    /// A visit with the billing practitioner within a year before the start.
    InitiatingVisit,
    /// A practitioner under whom the claim goes out.
    Practitioner,
    /// A validated scale in the month.
    Scale,
    /// A consultant's review in the initial month.
    Review,
    /// An NPI of that practitioner that passes its check digit.
    Npi,
    /// A treatment plan in the initial month.
    Plan,
    /// What an audit asks for in each counted entry.
    Documentation,
    /// A base month of advanced primary care management, where an add-on to it is suggested.
    ApcmBase,
}

impl GateKind {
    /// For a list: "consent".
    pub fn words(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Diagnosis => "diagnosis",
            Self::InitiatingVisit => "initiating visit",
            Self::Practitioner => "treating clinician",
            Self::Scale => "validated scale",
            Self::Review => "case review",
            Self::Npi => "NPI",
            Self::Plan => "treatment plan",
            Self::Documentation => "documentation",
            Self::ApcmBase => "advanced primary care management",
        }
    }
}

/// How a gate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GateState {
    /// It is met.
    Met,
    /// It isn't, or not surely; the codes stay.
    Warning,
    /// It isn't, and nothing is suggested for billing until it is.
    Missing,
}

/// One gate of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// What is asked.
    pub kind: GateKind,
    /// How it stands.
    pub state: GateState,
    /// What was found on record.
    pub found: Found,
}

/// What was found on record for a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Consent since a day.
    Consent {
        /// First day.
        since: Day,
        /// How it was given.
        how: ConsentHow,
    },
    /// Consent in which it isn't ticked that something was explained.
    ConsentUnexplained {
        /// First day.
        since: Day,
        /// What.
        lacks: Unexplained,
    },
    /// Consent for a part of the month.
    ConsentEnded(Day),
    /// Consent refused or withdrawn on a day.
    ConsentRefused(Day),
    /// Consent given only after the month.
    ConsentLater(Day),
    /// Nothing about consent.
    NoConsent,
    /// A diagnosis among the behavioral ones.
    Diagnosis,
    /// Diagnoses, none of them behavioral by its code.
    OtherDiagnosis,
    /// A diagnosis on record only since a day after the month.
    DiagnosisLater(Day),
    /// No diagnosis.
    NoDiagnosis,
    /// A visit in time.
    Visit(Day),
    /// A visit after the first counted time.
    VisitAfterStart {
        /// The visit.
        visit: Day,
        /// The first counted time.
        start: Day,
    },
    /// The last visit is too long before the start.
    VisitTooEarly {
        /// The visit.
        visit: Day,
        /// The first counted time; `None` while nothing was counted.
        start: Option<Day>,
        /// Days before the start within which it has to be.
        within: u32,
    },
    /// No visit.
    NoVisit {
        /// The first counted time; `None` while nothing was counted.
        start: Option<Day>,
        /// Days before the start within which it has to be.
        within: u32,
    },
    /// A treating clinician.
    Practitioner,
    /// None.
    NoPractitioner,
    /// A scale on a day.
    Scale(Day),
    /// None.
    NoScale,
    /// A review on a day.
    Review(Day),
    /// None.
    NoReview,
    /// Consent on this day, longer ago than the profile allows.
    ConsentOld {
        /// First day.
        since: Day,
        /// After how many months it is to be asked for again.
        months: u32,
    },
    /// An NPI that passes its check digit.
    Npi,
    /// None.
    NoNpi,
    /// One that doesn't pass.
    WrongNpi(NpiError),
    /// A plan on a day.
    Plan(Day),
    /// A plan that was last gone through after the month.
    PlanLater(Day),
    /// None.
    NoPlan,
    /// Every counted entry says what an audit asks for.
    Documented,
    /// So many counted entries don't.
    NotDocumented(u32),
    /// Caseload can't see whether the base month was reported.
    ApcmBaseUnknown,
}

/// Whether what was found is what is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Enough {
    Yes,
    Unsure,
    No,
}

impl Gate {
    /// How it stands and what would mend it, in a sentence without names.
    pub fn why(&self) -> String {
        use Found::*;
        let day_words = super::why::day_words;
        match self.found {
            Consent {
                since,
                how: ConsentHow::OnFile,
            } => {
                format!(
                    "An imported list says that consent is on file, as of {}: check its date, and what was explained, in the \
                     record.",
                    day_words(since)
                )
            }
            Consent {
                since,
                how: ConsentHow::Verbal,
            } => format!("Spoken consent on record since {}.", day_words(since)),
            Consent {
                since,
                how: ConsentHow::Written,
            } => format!("Signed consent since {}.", day_words(since)),
            ConsentUnexplained { since, lacks } => format!(
                "Not ticked as explained in the consent of {}: {}. Complete it, or explain it and ask anew.",
                day_words(since),
                lacks.words()
            ),
            ConsentEnded(day) => format!("Consent ended on {}: time from then on isn't counted.", day_words(day)),
            ConsentRefused(day) => format!("Consent was refused or withdrawn on {}.", day_words(day)),
            ConsentLater(day) => format!("Consent was given on {}, after this month.", day_words(day)),
            NoConsent => "No consent is on record. Spoken consent is enough: ask, and write down the day.".to_owned(),
            Diagnosis => "A behavioral diagnosis is on record.".to_owned(),
            OtherDiagnosis => {
                "The diagnosis on record isn't among the codes of behavioral conditions: check it.".to_owned()
            }
            DiagnosisLater(day) => format!("The diagnosis is on record only since {}.", day_words(day)),
            NoDiagnosis => "No behavioral diagnosis is on record: add the one being treated.".to_owned(),
            Visit(day) => format!("Initiating visit on {}.", day_words(day)),
            VisitAfterStart { visit, start } => {
                let (visit, start) = (day_words(visit), day_words(start));
                format!("The initiating visit on {visit} is after the first counted time, on {start}.")
            }
            VisitTooEarly { visit, start, within } => {
                let visit = day_words(visit);
                match start.map(day_words) {
                    Some(start) => format!(
                        "The last visit on record, on {visit}, is more than {within} days before the start on {start}."
                    ),
                    None => format!(
                        "The last visit on record, on {visit}, is more than {within} days back, and nothing was \
                         counted yet: document a new one before the first counted time."
                    ),
                }
            }
            NoVisit { start, within } => {
                let start = start.map_or_else(|| "the first counted time".to_owned(), day_words);
                format!(
                    "No qualifying initiating visit is on record: document one within {within} days before {start}."
                )
            }
            Practitioner => "A treating clinician is named.".to_owned(),
            NoPractitioner => "No treating clinician is named: the claim goes out under one.".to_owned(),
            Scale(day) => format!("A validated scale was taken on {}.", day_words(day)),
            NoScale => "No validated scale was taken this month.".to_owned(),
            Review(day) => format!("Reviewed with the consultant on {}.", day_words(day)),
            NoReview => "Not reviewed with the consultant this month; the initial month asks for it.".to_owned(),
            ConsentOld { since, months } => {
                let since = day_words(since);
                format!("Consent is from {since}; this payer profile asks for it again after {months} months.")
            }
            Npi => "The treating clinician's NPI is on record.".to_owned(),
            NoNpi => "The treating clinician has no NPI on record: add it in Settings, under People.".to_owned(),
            WrongNpi(error) => format!("The treating clinician's NPI isn't one. {error}"),
            Plan(day) => format!("A treatment plan was gone through on {}.", day_words(day)),
            PlanLater(day) => {
                let day = day_words(day);
                format!(
                    "The treatment plan was last gone through on {day}, after this month: check that there was one."
                )
            }
            NoPlan => "No treatment plan is on record; the initial month asks for one.".to_owned(),
            Documented => "Every counted entry has its date, length, activity, mode and person.".to_owned(),
            NotDocumented(1) => "An entry doesn\u{2019}t say how it was done, or who else was contacted.".to_owned(),
            NotDocumented(entries) => {
                format!("{entries} entries don\u{2019}t say how they were done, or who else was contacted.")
            }
            ApcmBaseUnknown => {
                "G0556, G0557 or G0558 has to be reported by the same practitioner in this month: Caseload \
                 can't see that."
                    .to_owned()
            }
        }
    }
}

impl Found {
    pub(super) fn enough(self) -> Enough {
        use Found::*;
        match self {
            Consent {
                how: ConsentHow::OnFile,
                ..
            }
            | ConsentEnded(_)
            | ConsentUnexplained { .. }
            | ConsentOld { .. }
            | OtherDiagnosis
            | PlanLater(_)
            | ApcmBaseUnknown
            | VisitAfterStart { .. } => Enough::Unsure,
            Documented
            | Consent { .. }
            | Diagnosis
            | Visit(_)
            | Practitioner
            | Npi
            | Plan(_)
            | Scale(_)
            | Review(_) => Enough::Yes,
            ConsentRefused(_)
            | ConsentLater(_)
            | NoConsent
            | DiagnosisLater(_)
            | NoDiagnosis
            | VisitTooEarly { .. }
            | NoVisit { .. }
            | NoPractitioner
            | NoNpi
            | WrongNpi(_)
            | NotDocumented(_)
            | NoPlan
            | NoScale
            | NoReview => Enough::No,
        }
    }
}
