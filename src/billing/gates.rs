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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// What is asked.
    pub kind: GateKind,
    /// How it stands.
    pub state: GateState,
    /// Why, in a sentence without names.
    pub why: String,
}

/// Whether something asked for is there.
enum Found {
    Yes(String),
    Unsure(String),
    No(String),
}

impl Rules<'_> {
    /// The gates of a month, as the profile asks for them. `first_day` is the first day with countable time
    /// of the course; `initial` whether the month is its first.
    pub fn gates(&self, month: Month, first_day: Option<Day>, initial: bool) -> Vec<Gate> {
        let until = month.last().min(self.as_of);
        let mut gates = Vec::with_capacity(6);
        self.ask(&mut gates, GateKind::Consent, Key::GateConsent, || self.consent(month, until));
        self.ask(&mut gates, GateKind::Diagnosis, Key::GateDiagnosis, || diagnosis(self.sheet, month, until));
        self.ask(&mut gates, GateKind::InitiatingVisit, Key::GateVisit, || self.visit(month, until, first_day));
        self.ask(&mut gates, GateKind::Practitioner, Key::GatePractitioner, || practitioner(self.sheet));
        self.ask(&mut gates, GateKind::Scale, Key::GateScale, || scale(self.sheet, month, until));
        if initial && self.programme == Programme::Cocm {
            self.ask(&mut gates, GateKind::Review, Key::GateReview, || review(self.sheet, month, until));
        }
        gates
    }

    fn ask(&self, gates: &mut Vec<Gate>, kind: GateKind, key: Key, look: impl FnOnce() -> Found) {
        let unmet = match self.profile.gate(key) {
            GateRule::Off => return,
            GateRule::Warn => GateState::Warning,
            GateRule::Block => GateState::Missing,
        };
        let (state, why) = match look() {
            Found::Yes(why) => (GateState::Met, why),
            Found::Unsure(why) => (GateState::Warning, why),
            Found::No(why) => (unmet, why),
        };
        gates.push(Gate { kind, state, why });
    }

    fn consent(&self, month: Month, until: Day) -> Found {
        match self.consent_on(until) {
            Consented::Given { since, how: ConsentHow::OnFile } => Found::Unsure(format!(
                "An imported list says that consent is on file, as of {since}: check its date in the record."
            )),
            Consented::Given { since, how: ConsentHow::Verbal } => Found::Yes(format!("Spoken consent on record since {since}.")),
            Consented::Given { since, how: ConsentHow::Written } => Found::Yes(format!("Signed consent since {since}.")),
            Consented::Not { since } if since >= month.first() && self.had_consent(month, since) => {
                Found::Unsure(format!("Consent ended on {since}: time from then on isn't counted."))
            }
            Consented::Not { since } => Found::No(format!("Consent was refused or withdrawn on {since}.")),
            Consented::NotYet { first } => Found::No(format!("Consent was given on {first}, after this month.")),
            Consented::NothingRecorded => Found::No(
                "No consent is on record. Spoken consent is enough: ask, and write down the day.".to_owned(),
            ),
        }
    }

    fn had_consent(&self, month: Month, before: Day) -> bool {
        let given = |day| matches!(self.consent_on(day), Consented::Given { .. });
        given(month.first()) || given(before.plus(-1))
    }

    fn visit(&self, month: Month, until: Day, first_day: Option<Day>) -> Found {
        let within = self.profile.number(Key::VisitWithinDays);
        let start = first_day.unwrap_or(month.first());
        let opened = self.sheet.episode_on(until).map_or(start, |e| e.opened);
        let earliest = start.min(opened).plus(-i64::from(within));
        let visits = &self.sheet.gates.initiating_visits;
        let in_time = visits.iter().filter(|day| **day >= earliest && **day <= start).max();
        if let Some(day) = in_time {
            return Found::Yes(format!("Initiating visit on {day}."));
        }
        if let Some(day) = visits.iter().filter(|day| **day > start && **day <= until).min() {
            return Found::Unsure(format!("The initiating visit on {day} is after the first counted time, on {start}."));
        }
        match visits.iter().filter(|day| **day < earliest).max() {
            Some(day) => Found::No(format!(
                "The last visit on record, on {day}, is more than {within} days before the start on {start}."
            )),
            None => Found::No(format!(
                "No qualifying initiating visit is on record: document one within {within} days before {start}."
            )),
        }
    }
}

fn diagnosis(sheet: &Flowsheet, month: Month, until: Day) -> Found {
    let diagnoses = &sheet.gates.diagnoses;
    let holds = |from: &Day, to: &Option<Day>| *from <= until && to.is_none_or(|to| to >= month.first());
    let current: Vec<&str> =
        diagnoses.iter().filter(|(_, from, to)| holds(from, to)).map(|(code, ..)| code.as_str()).collect();
    if current.iter().any(|code| is_behavioral(code)) {
        return Found::Yes("A behavioral diagnosis is on record.".to_owned());
    }
    if !current.is_empty() {
        return Found::Unsure("The diagnosis on record isn't among the codes of behavioral conditions: check it.".to_owned());
    }
    match diagnoses.iter().map(|(_, from, _)| *from).filter(|from| *from > until).min() {
        Some(from) => Found::No(format!("The diagnosis is on record only since {from}.")),
        None => Found::No("No behavioral diagnosis is on record: add the one being treated.".to_owned()),
    }
}

/// Any mental, behavioral or substance-use condition qualifies (National Government Services); these are the
/// ICD-10-CM chapter on them, and insomnia.
fn is_behavioral(code: &str) -> bool {
    let code = code.trim_start();
    code.get(..1).is_some_and(|c| c.eq_ignore_ascii_case("f")) || code.get(..5).is_some_and(|c| c.eq_ignore_ascii_case("g47.0"))
}

fn practitioner(sheet: &Flowsheet) -> Found {
    match sheet.who.clinician {
        Some(_) => Found::Yes("A treating clinician is named.".to_owned()),
        None => Found::No("No treating clinician is named: the claim goes out under one.".to_owned()),
    }
}

fn scale(sheet: &Flowsheet, month: Month, until: Day) -> Found {
    let within = |day: Day| day >= month.first() && day <= until;
    match sheet.scores.iter().rev().find(|score| within(score.day)) {
        Some(score) => Found::Yes(format!("A validated scale was taken on {}.", score.day)),
        None => Found::No("No validated scale was taken this month.".to_owned()),
    }
}

fn review(sheet: &Flowsheet, month: Month, until: Day) -> Found {
    let within = |day: Day| day >= month.first() && day <= until;
    match sheet.reviews.iter().rev().find(|review| within(review.day)) {
        Some(review) => Found::Yes(format!("Reviewed with the consultant on {}.", review.day)),
        None => Found::No("Not reviewed with the consultant this month; the initial month asks for it.".to_owned()),
    }
}
