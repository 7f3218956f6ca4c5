//! What a month needs besides minutes. A gate that isn't met is shown, with what would mend it.

use serde::Serialize;

use crate::flowsheet::Flowsheet;
use crate::journal::facts::{ConsentHow, Programme};
use crate::journal::{Day, Month};

use super::attribution::{Consented, Rules};
use super::profile::GateRule;
use super::values::Key;

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
}

/// Whether what was found is what is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Enough {
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
                    "An imported list says that consent is on file, as of {}: check its date in the record.",
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
        }
    }
}

impl Found {
    fn enough(self) -> Enough {
        use Found::*;
        match self {
            Consent {
                how: ConsentHow::OnFile,
                ..
            }
            | ConsentEnded(_)
            | OtherDiagnosis
            | VisitAfterStart { .. } => Enough::Unsure,
            Consent { .. } | Diagnosis | Visit(_) | Practitioner | Scale(_) | Review(_) => Enough::Yes,
            ConsentRefused(_)
            | ConsentLater(_)
            | NoConsent
            | DiagnosisLater(_)
            | NoDiagnosis
            | VisitTooEarly { .. }
            | NoVisit { .. }
            | NoPractitioner
            | NoScale
            | NoReview => Enough::No,
        }
    }
}

impl Rules<'_> {
    /// The gates of a month, as the profile asks for them. `first_day` is the first day with countable time
    /// of the course; `initial` whether the month is its first.
    pub fn gates(&self, month: Month, first_day: Option<Day>, initial: bool) -> Vec<Gate> {
        let until = month.last().min(self.as_of);
        let mut gates = Vec::with_capacity(6);
        self.ask(&mut gates, GateKind::Consent, Key::GateConsent, || {
            self.consent(month, until)
        });
        self.ask(&mut gates, GateKind::Diagnosis, Key::GateDiagnosis, || {
            diagnosis(self.sheet, month, until)
        });
        self.ask(&mut gates, GateKind::InitiatingVisit, Key::GateVisit, || {
            self.visit(until, first_day)
        });
        self.ask(&mut gates, GateKind::Practitioner, Key::GatePractitioner, || {
            practitioner(self.sheet)
        });
        self.ask(&mut gates, GateKind::Scale, Key::GateScale, || {
            scale(self.sheet, month, until)
        });
        if initial && self.programme == Programme::Cocm {
            self.ask(&mut gates, GateKind::Review, Key::GateReview, || {
                review(self.sheet, month, until)
            });
        }
        gates
    }

    fn ask(&self, gates: &mut Vec<Gate>, kind: GateKind, key: Key, look: impl FnOnce() -> Found) {
        let unmet = match self.profile.gate(key) {
            GateRule::Off => return,
            GateRule::Warn => GateState::Warning,
            GateRule::Block => GateState::Missing,
        };
        let found = look();
        let state = match found.enough() {
            Enough::Yes => GateState::Met,
            Enough::Unsure => GateState::Warning,
            Enough::No => unmet,
        };
        gates.push(Gate { kind, state, found });
    }

    fn consent(&self, month: Month, until: Day) -> Found {
        match self.consent_on(until) {
            Consented::Given { since, how } => Found::Consent { since, how },
            Consented::Not { since } if since >= month.first() && self.had_consent(month, since) => {
                Found::ConsentEnded(since)
            }
            Consented::Not { since } => Found::ConsentRefused(since),
            Consented::NotYet { first } => Found::ConsentLater(first),
            Consented::NothingRecorded => Found::NoConsent,
        }
    }

    fn had_consent(&self, month: Month, before: Day) -> bool {
        let given = |day| matches!(self.consent_on(day), Consented::Given { .. });
        given(month.first()) || given(before.plus(-1))
    }

    /// A visit in time before the first counted time. While nothing was counted, every visit of so many days comes
    /// before it.
    fn visit(&self, until: Day, start: Option<Day>) -> Found {
        let within = self.profile.number(Key::VisitWithinDays);
        let latest = start.unwrap_or(until);
        let opened = self.sheet.episode_on(until).map_or(latest, |e| e.opened);
        let earliest = latest.min(opened).plus(-i64::from(within));
        let visits = &self.sheet.gates.initiating_visits;
        let in_time = |day: &Day| earliest <= *day && *day <= latest;
        if let Some(day) = visits.iter().copied().filter(in_time).max() {
            return Found::Visit(day);
        }
        let after = |start: Day| visits.iter().copied().filter(|day| *day > start && *day <= until).min();
        if let Some((start, visit)) = start.and_then(|start| Some((start, after(start)?))) {
            return Found::VisitAfterStart { visit, start };
        }
        match visits.iter().copied().filter(|day| *day < earliest).max() {
            Some(visit) => Found::VisitTooEarly { visit, start, within },
            None => Found::NoVisit { start, within },
        }
    }
}

fn diagnosis(sheet: &Flowsheet, month: Month, until: Day) -> Found {
    let diagnoses = &sheet.gates.diagnoses;
    let holds = |from: Day, to: Option<Day>| from <= until && to.is_none_or(|to| to >= month.first());
    let mut current = diagnoses.iter().filter(|(_, from, to)| holds(*from, *to)).peekable();
    if current.peek().is_none() {
        let later = diagnoses
            .iter()
            .map(|(_, from, _)| *from)
            .filter(|from| *from > until)
            .min();
        return later.map_or(Found::NoDiagnosis, Found::DiagnosisLater);
    }
    if current.any(|(code, ..)| is_behavioral(code)) {
        Found::Diagnosis
    } else {
        Found::OtherDiagnosis
    }
}

/// Any mental, behavioral or substance-use condition qualifies (National Government Services); these are the
/// ICD-10-CM chapter on them, and insomnia.
fn is_behavioral(code: &str) -> bool {
    let begins = |with: &str| {
        code.get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    begins("f") || begins("g47.0")
}

fn practitioner(sheet: &Flowsheet) -> Found {
    if sheet.who.clinician.is_some() {
        Found::Practitioner
    } else {
        Found::NoPractitioner
    }
}

fn scale(sheet: &Flowsheet, month: Month, until: Day) -> Found {
    let within = |day: Day| day >= month.first() && day <= until;
    let taken = sheet.scores.iter().rev().find(|score| within(score.day));
    taken.map_or(Found::NoScale, |score| Found::Scale(score.day))
}

fn review(sheet: &Flowsheet, month: Month, until: Day) -> Found {
    let within = |day: Day| day >= month.first() && day <= until;
    let held = sheet.reviews.iter().rev().find(|review| within(review.day));
    held.map_or(Found::NoReview, |review| Found::Review(review.day))
}
