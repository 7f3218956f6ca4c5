//! Papers about one patient's month: for the patient in plain words, and for an audit line by line.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::api::Failure;
use super::books::Books;
use super::closed::Closed;
use super::month_sent::{dated, payer_of};
use super::months::{csv_time, sentence};
use crate::billing::{Code, Gate, GateState, Note};
use crate::care::intent::Refusal;
use crate::flowsheet::Flowsheet;
use crate::journal::{ChartId, Day, EntryId, Month, PersonId, Seconds};
use crate::registry::timeline::mode_word;
use crate::store::Store;
use crate::vault::Aead;

/// Whom a paper is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaperFor {
    /// The patient.
    Patient,
    /// Somebody who audits the claim.
    Audit,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    /// What it is.
    pub title: String,
    /// What it begins with.
    pub lead: Vec<String>,
    /// Names and what they hold.
    pub facts: Vec<(String, String)>,
    /// Headings of its table.
    pub heads: Vec<String>,
    /// The table's rows.
    pub rows: Vec<Vec<String>>,
    /// What it ends with.
    pub notes: Vec<String>,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// A paper about one patient's month.
    ///
    /// # Errors
    /// When the record isn't here.
    pub(super) fn paper(
        &self,
        chart: ChartId,
        month: Month,
        paper: PaperFor,
        at: DateTime<FixedOffset>,
    ) -> Result<PaperView, Failure> {
        let sheet = self
            .sheets
            .get(&chart)
            .filter(|sheet| !sheet.erased)
            .ok_or(Refusal::NoSuchChart)?;
        Ok(match paper {
            PaperFor::Patient => self.for_patient(sheet, month, at),
            PaperFor::Audit => self.for_audit(sheet, month, at),
        })
    }

    /// Dates, services, minutes, and what it may cost. No diagnosis, no score and no note: it goes home with the patient.
    fn for_patient(&self, sheet: &Flowsheet, month: Month, at: DateTime<FixedOffset>) -> PaperView {
        let reckoned = self.reckon(sheet, month, at);
        let name = month_words(month);
        let services = |counted: &crate::billing::Counted| {
            let line = sheet.times.iter().find(|line| line.entry == counted.entry);
            let mode = line.and_then(|line| line.mode).map(mode_word).unwrap_or_default();
            vec![
                dated(counted.day),
                upper(&self.activity(sheet, counted.activity)),
                mode.to_owned(),
                self.office.name(counted.by),
                length(counted.seconds),
            ]
        };
        let line = self.month_row(sheet, month, at);
        let minutes = line.minutes;
        let closed = self.closed(month);
        // What came after the closing is in none of the codes: it isn't told as if it were.
        let counted: Vec<&crate::billing::Counted> = reckoned
            .counted
            .iter()
            .filter(|c| !is_late(closed.as_ref(), sheet, c.entry))
            .collect();
        let billed: Vec<String> = line
            .units
            .iter()
            .map(|(code, units)| {
                let meaning = Code::named(code).map(Code::meaning).unwrap_or_default();
                let times = if *units == 1 {
                    String::new()
                } else {
                    format!(", {units} times")
                };
                format!("{code} ({meaning}{times})")
            })
            .collect();
        let insured = match payer_of(sheet, month) {
            Some(payer) => format!("Your insurance on record for this month is {payer}."),
            None => "We have no insurance on record for this month.".to_owned(),
        };
        let mut notes = vec![match billed.is_empty() {
            true => "Nothing is ready to be billed to your insurance for this month.".to_owned(),
            false => format!("We expect to bill your insurance for: {}.", billed.join("; ")),
        }];
        let is_outreach = |note: &Note| matches!(note, Note::OnlyOutreach { .. });
        if reckoned.notes.iter().any(is_outreach) {
            let tried = "We spent this time trying to reach you, before your care with us began.";
            notes.insert(0, tried.to_owned());
        }
        if line.late.is_some() {
            let changed =
                "The record of this month was changed after the month was closed; this page has it as it was closed.";
            notes.push(changed.to_owned());
        }
        notes.push(insured);
        notes.push(
            "What you pay depends on your insurance. Part of the cost may be yours, such as coinsurance, a copay or a \
             deductible, also for work that was done without you in the room. This is not a bill: call your insurance, or \
             ask us, before you worry."
                .to_owned(),
        );
        notes.push("You may end your consent to this care at any time: tell your care team.".to_owned());
        let days: std::collections::BTreeSet<Day> = counted.iter().map(|c| c.day).collect();
        PaperView {
            title: format!("Your care in {name}"),
            lead: vec![format!(
                "In {name} your care team spent {minutes} minutes on your care, on {} {}.",
                days.len(),
                if days.len() == 1 { "day" } else { "days" }
            )],
            facts: vec![
                ("Name".to_owned(), sheet.list_name()),
                ("Clinic".to_owned(), self.office.clinic.name.clone()),
                ("Printed".to_owned(), dated(self.zone().day(at))),
            ],
            heads: ["Date", "What we did", "How", "Who", "Time"]
                .map(str::to_owned)
                .to_vec(),
            rows: counted.into_iter().map(services).collect(),
            notes,
        }
    }

    /// Date, duration, activity, mode, who, and why the month supports what it does or what is missing.
    fn for_audit(&self, sheet: &Flowsheet, month: Month, at: DateTime<FixedOffset>) -> PaperView {
        let reckoned = self.reckon(sheet, month, at);
        let line = self.month_row(sheet, month, at);
        let closed = self.closed(month);
        let late_words = |entry| match is_late(closed.as_ref(), sheet, entry) {
            true => ". Written after the month was closed: in none of its minutes and codes",
            false => "",
        };
        let row = |entry, day: Day, seconds, activity, by: PersonId, why: String| {
            let found = sheet.times.iter().find(|line| line.entry == entry);
            let start = found.map(|line| csv_time(line.start)).unwrap_or_default();
            vec![
                format!("{} {start}", dated(day)).trim_end().to_owned(),
                length(seconds),
                upper(&self.activity(sheet, activity)),
                found
                    .and_then(|line| line.mode)
                    .map(mode_word)
                    .unwrap_or_default()
                    .to_owned(),
                self.with_credential(by),
                format!("{why}{}", late_words(entry)),
            ]
        };
        let counted = reckoned.counted.iter().map(|c| {
            (
                c.day,
                row(c.entry, c.day, c.seconds, c.activity, c.by, "Counts".to_owned()),
            )
        });
        let lost = reckoned.not_counted.iter().map(|n| {
            let why = format!("Doesn\u{2019}t count: {}", n.why.words());
            (n.day, row(n.entry, n.day, n.seconds, n.activity, n.by, why))
        });
        let mut rows: Vec<(Day, Vec<String>)> = counted.chain(lost).collect();
        rows.sort_by_key(|(day, _)| *day);
        let clinician = sheet.who.clinician.map(|person| {
            let npi = self.office.people.get(&person).and_then(|person| person.npi.clone());
            let npi = npi.map(|npi| format!(", NPI {npi}")).unwrap_or_default();
            format!("{}{npi}", self.with_credential(person))
        });
        let codes = match (line.units.is_empty(), line.is_unsettled) {
            (_, true) => "None: it waits for the clinic\u{2019}s choice about G2214".to_owned(),
            (true, false) => "None".to_owned(),
            (false, false) => line.codes.clone(),
        };
        let mut notes = vec![line.why.clone()];
        // Of a month that was closed and looks otherwise now, only what was kept then is told.
        match line.as_closed {
            true => notes.extend(line.missing.clone()),
            false => {
                notes.extend(reckoned.notes.iter().map(Note::sentence));
                notes.extend(reckoned.gates.iter().map(gate_words));
            }
        }
        notes.extend(line.conflicts.iter().map(super::month_sent::conflict_words));
        notes.extend(line.claims.clone());
        notes.extend(line.left_out.clone());
        notes.extend(line.late.clone());
        PaperView {
            title: format!("Service month {}", month_words(month)),
            lead: Vec::new(),
            facts: vec![
                ("Patient".to_owned(), sheet.list_name()),
                (
                    "MRN".to_owned(),
                    sheet.who.mrn.clone().unwrap_or_else(|| "none".to_owned()),
                ),
                (
                    "Date of birth".to_owned(),
                    sheet.who.birth.map_or_else(|| "not known".to_owned(), dated),
                ),
                ("Clinic".to_owned(), self.office.clinic.name.clone()),
                (
                    "Treating clinician".to_owned(),
                    clinician.unwrap_or_else(|| "none named".to_owned()),
                ),
                (
                    "Payer".to_owned(),
                    payer_of(sheet, month).unwrap_or("none on record").to_owned(),
                ),
                ("Payer profile".to_owned(), line.profile.clone()),
                ("Kind of month".to_owned(), line.kind.clone()),
                ("Minutes that count".to_owned(), line.minutes.to_string()),
                ("Codes".to_owned(), codes),
                ("Printed".to_owned(), dated(self.zone().day(at))),
            ],
            heads: ["Date", "Duration", "Activity", "Mode", "Who", "Counts"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            notes,
        }
    }

    fn with_credential(&self, person: PersonId) -> String {
        let credential = self.office.people.get(&self.office.stands_for(person));
        match credential.and_then(|person| person.credential.clone()) {
            Some(credential) => format!("{}, {credential}", self.office.name(person)),
            None => self.office.name(person),
        }
    }
}

/// Whether an entry is none of those that a closed month was closed with.
fn is_late(closed: Option<&Closed<'_>>, sheet: &Flowsheet, entry: EntryId) -> bool {
    closed.is_some_and(|closed| closed.is_late(sheet.chart, entry, None))
}

fn gate_words(gate: &Gate) -> String {
    let state = match gate.state {
        GateState::Met => "Met",
        GateState::Warning => "To check",
        GateState::Missing => "Missing",
    };
    format!("{state}, {}: {}", gate.kind.words(), gate.why())
}

fn month_words(month: Month) -> String {
    month.first().date().format("%B %Y").to_string()
}

/// `12 min 20 s`.
fn length(seconds: Seconds) -> String {
    match seconds.0 % 60 {
        0 => format!("{} min", seconds.0 / 60),
        rest => format!("{} min {rest} s", seconds.0 / 60),
    }
}

fn upper(words: &str) -> String {
    sentence(words)
}
