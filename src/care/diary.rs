//! What stands on days: what took place on them, and what is booked for or due on them. One patient at a time; the lists of
//! a day and of a week, tomorrow's plan and the calendar file are made of it.

use crate::flowsheet::Flowsheet;
use crate::journal::facts::{AppointmentState, AttemptOutcome, Channel, ClockKind, Mode};
use crate::journal::{ChartId, Day, ThingId, When};

use super::clocks::{Clock, clocks};
use super::office::AsOf;

/// One thing on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiaryLine {
    /// Whose chart.
    pub chart: ChartId,
    /// The clinic's day.
    pub day: Day,
    /// When; the day itself for what has no time.
    pub at: When,
    /// What it is.
    pub what: DiaryEntry,
}

/// What stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiaryEntry {
    /// An appointment, whatever became of it; none that was cancelled.
    Appointment {
        /// Which.
        appointment: ThingId,
        /// How.
        mode: Mode,
        /// What became of it.
        state: AppointmentState,
    },
    /// A contact that took place.
    Contact {
        /// How.
        mode: Mode,
    },
    /// A try that reached nobody.
    Attempt {
        /// By which channel.
        by: Channel,
        /// What came of it.
        outcome: AttemptOutcome,
    },
    /// A case review that was held.
    Review,
    /// A task that was done or dropped.
    TaskDone(ThingId),
    /// Something that is due.
    Due(Box<Clock>),
}

impl DiaryEntry {
    /// Whether it lies ahead: it is booked, or due.
    pub fn is_ahead(&self) -> bool {
        match self {
            Self::Appointment { state, .. } => *state == AppointmentState::Booked,
            Self::Due(_) => true,
            Self::Contact { .. } | Self::Attempt { .. } | Self::Review | Self::TaskDone(_) => false,
        }
    }
}

/// What stands on the days from `from` to `to`, both included, of one patient: by day, then by time; what has no time comes
/// after what has one, the most urgent first. A contact that is due on the day of an appointment is that appointment. What is
/// late stands on the day on which it was due: the worklist has it today.
pub fn diary(sheet: &Flowsheet, at: &AsOf<'_>, from: Day, to: Day) -> Vec<DiaryLine> {
    let within = |day: Day| from <= day && day <= to;
    let line = |day: Day, at: When, what: DiaryEntry| DiaryLine {
        chart: sheet.chart,
        day,
        at,
        what,
    };
    let mut lines = Vec::new();
    let booked = sheet
        .appointments
        .iter()
        .filter(|a| a.state != AppointmentState::Cancelled);
    for appointment in booked.filter(|a| within(a.day)) {
        let what = DiaryEntry::Appointment {
            appointment: appointment.appointment,
            mode: appointment.mode,
            state: appointment.state,
        };
        lines.push(line(appointment.day, appointment.at, what));
    }
    for contact in sheet.contacts.iter().filter(|c| within(c.day)) {
        lines.push(line(
            contact.day,
            contact.at,
            DiaryEntry::Contact { mode: contact.mode },
        ));
    }
    for attempt in sheet.attempts.iter().filter(|a| within(a.day)) {
        let (by, outcome) = (attempt.by, attempt.outcome);
        lines.push(line(attempt.day, attempt.at, DiaryEntry::Attempt { by, outcome }));
    }
    for review in sheet.reviews.iter().filter(|r| within(r.day)) {
        lines.push(line(review.day, review.at, DiaryEntry::Review));
    }
    for task in &sheet.tasks {
        if let Some(done) = task.done.filter(|done| within(*done)) {
            lines.push(line(done, When::Day(done), DiaryEntry::TaskDone(task.task)));
        }
    }
    let is_booked = |day: Day| {
        let mut appointments = sheet.appointments.iter();
        appointments.any(|a| a.day == day && a.state == AppointmentState::Booked)
    };
    for clock in clocks(sheet, at).into_iter().filter(|clock| within(clock.due)) {
        let day = clock.due;
        if clock.clock() == ClockKind::Contact && is_booked(day) {
            continue;
        }
        lines.push(line(day, When::Day(day), DiaryEntry::Due(Box::new(clock))));
    }
    lines.sort_by_cached_key(|line| place(line, at));
    lines
}

/// The place of a line among all: by day, then by time; what has no time last, by its clock's order.
pub fn place(line: &DiaryLine, at: &AsOf<'_>) -> (Day, bool, i64, u8) {
    let clock = match &line.what {
        DiaryEntry::Due(clock) => clock.clock() as u8,
        _ => 0,
    };
    let zone = at.office.zone;
    let untimed = matches!(line.at, When::Day(_));
    (line.day, untimed, line.at.instant(zone).timestamp(), clock)
}
