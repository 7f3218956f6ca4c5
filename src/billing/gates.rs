//! What a month needs besides minutes. A gate that isn't met is shown, with what would mend it.

use std::collections::BTreeSet;

use crate::flowsheet::Flowsheet;
use crate::journal::facts::Programme;
use crate::journal::{Day, Month};

use super::attribution::{Consented, Counted, Rules};
use super::gate::{Enough, Found, Gate, GateKind, GateState};
use super::npi::check_npi;
use super::profile::GateRule;
use super::values::Key;

impl Rules<'_> {
    /// The gates of a month, as the profile asks for them. `first_day` is the first day with countable time
    /// of the course; `initial` whether the month is its first.
    pub fn gates(&self, month: Month, first_day: Option<Day>, initial: bool) -> Vec<Gate> {
        let until = month.last().min(self.as_of);
        let mut gates = Vec::with_capacity(9);
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
        if let Some(clinician) = self.sheet.who.clinician {
            self.ask(&mut gates, GateKind::Npi, Key::GateNpi, || {
                match self.team.npi(clinician) {
                    None => Found::NoNpi,
                    Some(npi) => check_npi(npi).map_or_else(Found::WrongNpi, |()| Found::Npi),
                }
            });
        }
        if initial && self.programme == Programme::Cocm {
            self.ask(&mut gates, GateKind::Plan, Key::GatePlan, || plan(self.sheet, until));
        }
        gates
    }

    /// Whether the counted entries say what an audit asks for; asked only where something counts.
    pub fn documentation(&self, counted: &[Counted]) -> Option<Gate> {
        if counted.is_empty() {
            return None;
        }
        let lacking: BTreeSet<_> = self
            .sheet
            .times
            .iter()
            .filter(|line| !line.lacks.is_empty())
            .map(|line| line.entry)
            .collect();
        let found: BTreeSet<_> = counted
            .iter()
            .map(|c| c.entry)
            .filter(|e| lacking.contains(e))
            .collect();
        let mut gates = Vec::new();
        self.ask(
            &mut gates,
            GateKind::Documentation,
            Key::GateDocumentation,
            || match u32::try_from(found.len()).unwrap_or(u32::MAX) {
                0 => Found::Documented,
                entries => Found::NotDocumented(entries),
            },
        );
        gates.pop()
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
            Consented::Given { since, .. } if self.is_old(since, month) => Found::ConsentOld {
                since,
                months: self.profile.number(Key::ConsentEvery),
            },
            Consented::Given { since, how } => match self.unexplained(since) {
                Some(lacks) => Found::ConsentUnexplained { since, lacks },
                None => Found::Consent { since, how },
            },
            Consented::Not { since } if since >= month.first() && self.had_consent(month, since) => {
                Found::ConsentEnded(since)
            }
            Consented::Not { since } => Found::ConsentRefused(since),
            Consented::NotYet { first } => Found::ConsentLater(first),
            Consented::NothingRecorded => Found::NoConsent,
        }
    }

    /// Whether consent was given longer ago than the profile allows.
    fn is_old(&self, since: Day, month: Month) -> bool {
        let months = self.profile.number(Key::ConsentEvery);
        months > 0 && i64::from(month.since(since.month())) > i64::from(months)
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

/// The day on which the plan of care was last gone through, or the latest treatment change up to then.
fn plan(sheet: &Flowsheet, until: Day) -> Found {
    let gone_through = sheet.plan_review.map(|(day, _)| day);
    let changed = sheet.treatments.iter().map(|treatment| treatment.day);
    let latest = gone_through
        .into_iter()
        .chain(changed)
        .filter(|day| *day <= until)
        .max();
    match (latest, gone_through) {
        (Some(day), _) => Found::Plan(day),
        (None, Some(later)) => Found::PlanLater(later),
        (None, None) => Found::NoPlan,
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
