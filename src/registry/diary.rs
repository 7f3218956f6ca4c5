//! What stands on days, of all patients.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::timeline::mode_word;
use super::views::*;
use crate::care::Reason;
use crate::care::diary::{DiaryEntry, DiaryLine, diary, place};
use crate::exchange::ics::{self, Event};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{AppointmentState, AttemptOutcome, ClockKind};
use crate::journal::{ChartId, Day, Digest, Fact, PersonId, Slot, ThingId};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// What stands on some days.
    ///
    /// # Errors
    /// When a record with a task can't be read.
    pub async fn diary(&mut self, query: &DiaryQuery, at: DateTime<FixedOffset>) -> Result<DiaryView, Failure> {
        Ok(DiaryView {
            today: self.zone().day(at),
            rows: self.diary_rows(query, at).await?,
        })
    }

    /// The rows of it.
    pub(super) async fn diary_rows(
        &mut self,
        query: &DiaryQuery,
        at: DateTime<FixedOffset>,
    ) -> Result<Vec<DiaryRow>, Failure> {
        let today = self.zone().day(at);
        let moment = self.as_of(at);
        let shown = self.sheets.values().filter(|sheet| !sheet.erased);
        let shown = shown.filter(|sheet| is_whose(sheet, query.care_manager, moment.today));
        let mut lines: Vec<DiaryLine> = shown
            .flat_map(|sheet| diary(sheet, &moment, query.from, query.to))
            .collect();
        lines.sort_by_cached_key(|line| {
            let name = self.sheets.get(&line.chart).map(Flowsheet::list_name);
            (place(line, &moment), name)
        });
        let texts = self.task_texts(&lines).await?;
        let names = self.names_apart(lines.iter().map(|line| line.chart), today);
        let rows = lines.iter().filter_map(|line| {
            let name = names.get(&line.chart)?.clone();
            Some(row(name, line, &texts))
        });
        Ok(rows.collect())
    }

    /// What is booked and due on some days, as a calendar file. Without names an event says what kind of thing it is and
    /// nothing else: a reason can tell as much as a name.
    ///
    /// # Errors
    /// As [`Books::diary`].
    pub async fn calendar(
        &mut self,
        query: &DiaryQuery,
        names: CalendarNames,
        at: DateTime<FixedOffset>,
    ) -> Result<String, Failure> {
        let rows = self.diary_rows(query, at).await?;
        // A reason, and the text of a task, may name what is held back.
        let tells = |row: &DiaryRow| self.sheets.get(&row.chart).is_some_and(|sheet| sheet.held.is_empty());
        let mut alike: BTreeMap<(ChartId, DiaryKind, String), u32> = BTreeMap::new();
        let mut nth = |row: &DiaryRow| {
            let nth = alike.entry((row.chart, row.kind, row.at.to_string())).or_default();
            *nth += 1;
            *nth
        };
        let events = rows.iter().filter(|row| row.ahead).map(|row| Event {
            uid: uid(row, nth(row)),
            at: row.at,
            minutes: EVENT_MINUTES,
            summary: match names {
                CalendarNames::LeftOut => kind_words(row.kind).to_owned(),
                CalendarNames::Shown if tells(row) => format!("{}: {}", row.name, row.words),
                CalendarNames::Shown => format!("{}: {}", row.name, kind_words(row.kind)),
            },
        });
        Ok(ics::calendar(&events.collect::<Vec<_>>(), at))
    }

    /// What the tasks among some lines are: their text is in the records, not in the flowsheets.
    async fn task_texts(&mut self, lines: &[DiaryLine]) -> Result<BTreeMap<ThingId, String>, Failure> {
        let mut wanted: BTreeMap<_, Vec<ThingId>> = BTreeMap::new();
        for line in lines {
            if let Some(task) = task_of(&line.what) {
                wanted.entry(line.chart).or_default().push(task);
            }
        }
        let mut texts = BTreeMap::new();
        for (chart, tasks) in wanted {
            let folded = self.read_again(chart).await?.fold();
            for task in tasks {
                if let Some(Fact::Task(found)) = folded.head(&Slot::Task(task)).map(|live| &live.fact) {
                    texts.insert(task, found.text.clone());
                }
            }
        }
        Ok(texts)
    }
}

/// How long an appointment is in a calendar: none of ours has an end.
const EVENT_MINUTES: u32 = 30;

/// What stays the same of a row when the file is made again: an appointment and a task keep it when their day changes.
/// Hashed, so that nothing of it is an id of the registry.
fn uid(row: &DiaryRow, nth: u32) -> String {
    let which = match row.thing {
        Some(thing) => thing.to_string(),
        // Not its words: they say how late it is on the day of the file.
        None => format!("{}/{nth}", row.at),
    };
    let digest = Digest::of(format!("calendar/{}/{:?}/{which}", row.chart, row.kind).as_bytes());
    let hex: String = digest
        .bytes()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{hex}@caseload")
}

/// What an event without a name says.
fn kind_words(kind: DiaryKind) -> &'static str {
    match kind {
        DiaryKind::Appointment => "Appointment",
        DiaryKind::Contact | DiaryKind::Attempt => "Contact due",
        DiaryKind::Review => "Case review due",
        DiaryKind::Task => "Task due",
        DiaryKind::Measure => "Measure due",
        DiaryKind::Safety => "Follow-up due",
        DiaryKind::Other => "Something is due",
    }
}

/// Whether a patient is on somebody's list: the own ones, and those of nobody.
fn is_whose(sheet: &Flowsheet, whose: Option<PersonId>, today: Day) -> bool {
    whose.is_none_or(|whose| sheet.care_manager_on(today).is_none_or(|own| own == whose))
}

fn task_of(what: &DiaryEntry) -> Option<ThingId> {
    match what {
        DiaryEntry::TaskDone(task) => Some(*task),
        DiaryEntry::Due(clock) => match &clock.reason {
            Reason::Task { task } => Some(*task),
            _ => None,
        },
        _ => None,
    }
}

fn row(name: String, line: &DiaryLine, texts: &BTreeMap<ThingId, String>) -> DiaryRow {
    let task = task_of(&line.what).and_then(|task| texts.get(&task));
    let (kind, words) = match &line.what {
        DiaryEntry::Appointment { mode, state, .. } => {
            let words = format!("Appointment, {}, {}", mode_word(*mode), state_word(*state));
            (DiaryKind::Appointment, words)
        }
        DiaryEntry::Contact { mode } => (DiaryKind::Contact, format!("Contact, {}", mode_word(*mode))),
        DiaryEntry::Attempt { by, outcome } => {
            let words = format!("Tried by {}: {}", channel_word(*by), outcome_word(*outcome));
            (DiaryKind::Attempt, words)
        }
        DiaryEntry::Review => (DiaryKind::Review, "Case review held".to_owned()),
        DiaryEntry::TaskDone(_) => {
            let words = task.map_or_else(|| "Task ended".to_owned(), |text| format!("Task ended: {text}"));
            (DiaryKind::Task, words)
        }
        DiaryEntry::Due(clock) => {
            let sentence = || {
                super::open::sentence(&clock.sentence())
                    .trim_end_matches('.')
                    .to_owned()
            };
            let words = task.map_or_else(sentence, |text| format!("Task: {text}"));
            (kind_of(clock.clock()), words)
        }
    };
    DiaryRow {
        day: line.day,
        at: line.at,
        chart: line.chart,
        name,
        kind,
        words,
        ahead: line.what.is_ahead(),
        thing: match &line.what {
            DiaryEntry::Appointment { appointment, .. } => Some(*appointment),
            other => task_of(other),
        },
    }
}

fn kind_of(clock: ClockKind) -> DiaryKind {
    match clock {
        ClockKind::Safety => DiaryKind::Safety,
        ClockKind::FirstContact | ClockKind::Contact | ClockKind::Missed | ClockKind::Worsening => DiaryKind::Contact,
        ClockKind::Measure => DiaryKind::Measure,
        ClockKind::Review => DiaryKind::Review,
        ClockKind::Task => DiaryKind::Task,
        ClockKind::Plan | ClockKind::Answer | ClockKind::Referral | ClockKind::Coverage | ClockKind::Feedback => {
            DiaryKind::Other
        }
    }
}

fn state_word(state: AppointmentState) -> &'static str {
    match state {
        AppointmentState::Booked => "booked",
        AppointmentState::Kept => "kept",
        AppointmentState::NoShow => "missed",
        AppointmentState::Cancelled => "cancelled",
    }
}

fn outcome_word(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::NoAnswer => "no answer",
        AttemptOutcome::Voicemail => "voicemail",
        AttemptOutcome::MessageLeft => "message left",
        AttemptOutcome::Sent => "sent",
        AttemptOutcome::NotAGoodTime => "not a good time",
        AttemptOutcome::WrongNumber => "wrong number",
        AttemptOutcome::NotRecorded => "outcome not recorded",
    }
}
