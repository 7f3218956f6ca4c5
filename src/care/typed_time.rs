//! The one line by which a time entry is typed: `9 minutes, call attempt, Okonkwo, yesterday, at 14:05, note: no answer`.
//!
//! What it was read as is shown before it is saved; what it doesn't say, or says in two ways, is named instead of guessed.

use chrono::Datelike as _;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::overlap::Stretch;
use super::search::fold;
use super::typed_whom::{add_whom, mode_of, program_of, whom, with_named};
use crate::journal::facts::{Activity, Bucket, Mode, With};
use crate::journal::{ChartId, Day, Seconds, When, Zone};

/// Most minutes of one entry: one day.
pub const MOST_MINUTES: u32 = 24 * 60;

/// Somebody who can be named in a typed line.
#[derive(Clone, Debug)]
pub struct Nameable {
    /// Whose record.
    pub chart: ChartId,
    /// The name as lists show it.
    pub name: String,
    /// The record number.
    pub number: Option<String>,
}

/// What a typed line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedLine {
    /// Whose.
    pub chart: ChartId,
    /// On which day, and at what time where one was typed.
    pub start: When,
    /// How long.
    pub seconds: Seconds,
    /// On what.
    pub activity: Activity,
    /// How, where the line says so.
    pub mode: Option<Mode>,
    /// With whom, where the line says so.
    pub with: Vec<With>,
    /// What it counts for, where the line says so.
    pub bucket: Option<Bucket>,
    /// A note, where one was typed.
    pub note: Option<String>,
}

/// Why a typed line could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum NotUnderstood {
    /// No length.
    #[error("How long it took is missing: type, for example, 9 minutes")]
    NoMinutes,
    /// A length that is none.
    #[error("\u{201c}{0}\u{201d} is no length: type minutes, such as 22, or from when to when, such as 10:05-10:27")]
    NoLength(String),
    /// A part that begins like a number and is none of those that a line takes.
    #[error(
        "\u{201c}{0}\u{201d} is no length, time or day: type whole minutes, such as 22, a time as 14:05, a day as 2026-11-20"
    )]
    NoNumber(String),
    /// A length of zero, or of more than a day.
    #[error("An entry takes from 1 minute to 24 hours")]
    Length,
    /// No activity.
    #[error("What it was spent on is missing: type, for example, call attempt")]
    NoActivity,
    /// No patient.
    #[error("Whose time it is is missing: type a name or a record number")]
    NoPatient,
    /// Words that fit nobody, and nothing else.
    #[error("\u{201c}{0}\u{201d} is no patient, activity, time or day that Caseload knows")]
    Unknown(String),
    /// Words that fit several patients.
    #[error(
        "\u{201c}{typed}\u{201d} fits {count} patients, such as {some}: type more of the name, or the record number"
    )]
    Several {
        /// What was typed.
        typed: String,
        /// How many it fits.
        count: usize,
        /// The first of them.
        some: String,
    },
    /// Two lengths, one of them perhaps the fraction of the other.
    #[error("The length is there twice: minutes are whole, and a comma parts the pieces of the line")]
    TwoLengths,
    /// Said twice, differently.
    #[error("The {0} is there twice")]
    Twice(String),
    /// A stretch that ends before it begins.
    #[error("{0} ends before it begins: time over midnight is typed as a beginning and minutes")]
    Backwards(String),
    /// A day or a time that lies ahead.
    #[error("The entry would end in the future: time is recorded once it was spent")]
    Future,
}

/// Reads a line such as `9 minutes, call attempt, Okonkwo, yesterday, 14:05`: parts between commas, in any order, and a note
/// at its end. `now` is the moment of typing; a line without a day is `on` that day, and one without a time has none.
///
/// # Errors
/// All that was not understood.
pub fn read_line(
    line: &str,
    people: &[Nameable],
    on: Day,
    now: chrono::DateTime<chrono::FixedOffset>,
    zone: Zone,
) -> Result<TypedLine, Vec<NotUnderstood>> {
    let today = zone.day(now);
    let (line, note) = without_note(line);
    let mut wrong = Vec::new();
    let (mut length, mut activity, mut day, mut time) = (None, None, None, None);
    let (mut mode, mut implied, mut until) = (None, None, None);
    let (mut with, mut named, mut bucket) = (Vec::new(), None, None);
    let mut names: Vec<&str> = Vec::new();
    for part in line.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let low = part.to_lowercase();
        if people.iter().any(|person| person.has_number(part)) {
            names.push(part);
        } else if let Some((from, to)) = range_of(&low) {
            match minutes_between(from, to) {
                Some(minutes) => once(&mut length, minutes, "length", &mut wrong),
                None => wrong.push(NotUnderstood::Backwards(part.to_owned())),
            }
            once(&mut time, from, "time", &mut wrong);
            until = Some(to);
        } else if let Some(minutes) = minutes_of(&low) {
            match length {
                Some(before) if before != minutes => wrong.push(NotUnderstood::TwoLengths),
                _ => length = Some(minutes),
            }
        } else if let Some(found) = time_of(&low) {
            once(&mut time, found, "time", &mut wrong);
        } else if let Some(found) = day_of(&low, today) {
            once(&mut day, found, "day", &mut wrong);
        } else if let Some(found) = mode_of(&low) {
            once(&mut mode, found, "way of contact", &mut wrong);
        } else if let Some(found) = activity_of(&low) {
            once(&mut activity, found, "activity", &mut wrong);
            implied = (low.contains("call") || low.contains("voicemail")).then_some(Mode::Phone);
        } else if let Some(found) = whom(part) {
            add_whom(&mut with, &found.with);
            let all = [named, found.named].into_iter().flatten();
            named = all.reduce(|all, one| format!("{all}, {one}"));
        } else if let Some(found) = program_of(&low) {
            once(&mut bucket, found, "program", &mut wrong);
        } else if part.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
            // No name begins so: it is meant as a number.
            wrong.push(NotUnderstood::NoNumber(part.to_owned()));
        } else {
            names.push(part);
        }
    }
    let chart = who(&names.join(", "), people).map_err(|error| wrong.push(error)).ok();
    let seconds = match length {
        // A length that is none is said already.
        None if wrong
            .iter()
            .any(|w| matches!(w, NotUnderstood::Backwards(_) | NotUnderstood::NoNumber(_))) =>
        {
            Err(None)
        }
        None => Err(Some(NotUnderstood::NoMinutes)),
        Some(minutes) if (1..=MOST_MINUTES).contains(&minutes) => Ok(Seconds(minutes * 60)),
        Some(_) => Err(Some(NotUnderstood::Length)),
    };
    let seconds = seconds.map_err(|error| wrong.extend(error)).ok();
    if activity.is_none() {
        wrong.push(NotUnderstood::NoActivity);
    }
    let day = day.unwrap_or(on);
    let start = match time {
        Some((hour, minute)) => When::At(zone.at(day, hour, minute)),
        None => When::Day(day),
    };
    // By the clock: across a change of it the stretch is an hour longer or shorter than its digits say.
    let seconds = match (start, until) {
        (When::At(at), Some((hour, minute))) => seconds.and_then(|_| between(at, zone.at(day, hour, minute))),
        _ => seconds,
    };
    if is_ahead(start, seconds.unwrap_or_default(), now, zone) {
        wrong.push(NotUnderstood::Future);
    }
    match (chart, seconds, activity) {
        (Some(chart), Some(seconds), Some(activity)) if wrong.is_empty() => Ok(TypedLine {
            chart,
            start,
            seconds,
            activity,
            mode: mode.or(implied),
            with,
            bucket,
            note: with_named(note, named),
        }),
        _ => Err(wrong),
    }
}

/// Reads a length as it is typed into a row: `22`, `1 h 20`, or a stretch of the clock, `10:05-10:27`, which says its
/// beginning too.
///
/// # Errors
/// What it lacks.
pub fn read_length(
    text: &str,
    day: Day,
    now: chrono::DateTime<chrono::FixedOffset>,
    zone: Zone,
) -> Result<(When, Seconds), NotUnderstood> {
    let low = text.trim().to_lowercase();
    if low.is_empty() {
        return Err(NotUnderstood::NoMinutes);
    }
    let (start, seconds) = match range_of(&low) {
        Some((from, to)) => {
            let at = zone.at(day, from.0, from.1);
            let seconds = between(at, zone.at(day, to.0, to.1));
            (
                When::At(at),
                seconds.ok_or_else(|| NotUnderstood::Backwards(low.clone()))?,
            )
        }
        None => {
            let minutes = minutes_of(&low).ok_or(NotUnderstood::NoLength(low))?;
            (When::Day(day), Seconds(minutes.saturating_mul(60)))
        }
    };
    if !(1..=MOST_MINUTES * 60).contains(&seconds.0) {
        return Err(NotUnderstood::Length);
    }
    match is_ahead(start, seconds, now, zone) {
        true => Err(NotUnderstood::Future),
        false => Ok((start, seconds)),
    }
}

/// Whether time would end after now.
pub fn is_ahead(start: When, seconds: Seconds, now: chrono::DateTime<chrono::FixedOffset>, zone: Zone) -> bool {
    let end = Stretch::of(start, seconds).map(|stretch| stretch.end);
    start.day(zone) > zone.day(now) || end.is_some_and(|end| end > now.timestamp())
}

fn between(from: chrono::DateTime<chrono::FixedOffset>, to: chrono::DateTime<chrono::FixedOffset>) -> Option<Seconds> {
    let seconds = u32::try_from(to.timestamp() - from.timestamp()).ok()?;
    (0 < seconds).then_some(Seconds(seconds))
}

/// The line without the note at its end, and the note as it was typed.
fn without_note(line: &str) -> (&str, Option<String>) {
    const MARK: &str = "note:";
    let at = line.char_indices().map(|(at, _)| at).find(|at| {
        let found = line
            .get(*at..*at + MARK.len())
            .is_some_and(|here| here.eq_ignore_ascii_case(MARK));
        found
            && line[..*at]
                .trim_end()
                .chars()
                .next_back()
                .is_none_or(|before| matches!(before, ',' | ';'))
    });
    let Some(at) = at else { return (line, None) };
    let note = line[at + MARK.len()..].trim();
    (&line[..at], (!note.is_empty()).then(|| note.to_owned()))
}

fn once<T: PartialEq>(place: &mut Option<T>, found: T, what: &str, wrong: &mut Vec<NotUnderstood>) {
    match place {
        Some(before) if *before != found => wrong.push(NotUnderstood::Twice(what.to_owned())),
        _ => *place = Some(found),
    }
}

/// A stretch of the clock: `10:05-10:27`, `10:05 to 10:27`, with or without am and pm.
fn range_of(text: &str) -> Option<((u32, u32), (u32, u32))> {
    let text = text.strip_prefix("from ").unwrap_or(text);
    let (from, to) = [" to ", "\u{2013}", "-"]
        .into_iter()
        .find_map(|mark| text.split_once(mark))?;
    Some((time_of(from.trim())?, time_of(to.trim())?))
}

/// The minutes between two times of one day; `None` where it ends before it begins, or as it begins.
fn minutes_between((h, m): (u32, u32), (to_h, to_m): (u32, u32)) -> Option<u32> {
    (to_h * 60 + to_m)
        .checked_sub(h * 60 + m)
        .filter(|minutes| 0 < *minutes)
}

/// Minutes: `9`, `9 min`, `1 h`, `1 h 20`, `1h20m`.
fn minutes_of(text: &str) -> Option<u32> {
    let mut pieces: Vec<String> = Vec::new();
    for letter in text.chars().filter(|c| !c.is_whitespace()) {
        let is_digit = letter.is_ascii_digit();
        match pieces.last_mut() {
            Some(last) if last.chars().all(|c| c.is_ascii_digit()) == is_digit => last.push(letter),
            _ => pieces.push(letter.to_string()),
        }
    }
    let is_minutes = |unit: &str| matches!(unit, "m" | "min" | "mins" | "minute" | "minutes");
    let is_hours = |unit: &str| matches!(unit, "h" | "hr" | "hrs" | "hour" | "hours");
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    match pieces[..] {
        [number] => number.parse().ok(),
        [number, unit] if is_minutes(unit) => number.parse().ok(),
        [hours, unit] if is_hours(unit) => hours.parse::<u32>().ok()?.checked_mul(60),
        [hours, unit, minutes] if is_hours(unit) => sum(hours, minutes),
        [hours, unit, minutes, last] if is_hours(unit) && is_minutes(last) => sum(hours, minutes),
        _ => None,
    }
}

fn sum(hours: &str, minutes: &str) -> Option<u32> {
    let hours = hours.parse::<u32>().ok()?.checked_mul(60)?;
    hours.checked_add(minutes.parse().ok()?)
}

/// A time of day: `14:05`, `at 9:30`, `2:05 pm`.
fn time_of(text: &str) -> Option<(u32, u32)> {
    let text = text.strip_prefix("at ").unwrap_or(text).trim();
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim(), Some(0)),
        (_, Some(rest)) => (rest.trim(), Some(12)),
        _ => (text, None),
    };
    let (hour, minute) = match (digits.split_once(':'), half) {
        (Some((hour, minute)), _) if minute.len() == 2 => (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?),
        (None, Some(_)) => (digits.parse::<u32>().ok()?, 0),
        _ => return None,
    };
    let hour = match half {
        Some(noon) if (1..=12).contains(&hour) => hour % 12 + noon,
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// A day: `today`, `yesterday`, `2026-11-20`, or a day of the week, which is the last that was.
fn day_of(text: &str, today: Day) -> Option<Day> {
    match text {
        "today" => return Some(today),
        "yesterday" => return Some(today.plus(-1)),
        _ => {}
    }
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let weekday: chrono::Weekday = text.strip_prefix("on ").unwrap_or(text).parse().ok()?;
    let ago = 7 + i64::from(today.date().weekday().num_days_from_monday()) - i64::from(weekday.num_days_from_monday());
    Some(today.plus(-(ago % 7)))
}

/// The words by which activities are typed. The longest that fits counts.
const WORDS: &[(&str, Activity)] = &[
    ("attempt", Activity::Outreach),
    ("call attempt", Activity::Outreach),
    ("outreach", Activity::Outreach),
    ("letter", Activity::Outreach),
    ("voicemail", Activity::Outreach),
    ("warm handoff", Activity::WarmHandoff),
    ("handoff", Activity::WarmHandoff),
    ("assessment", Activity::Assessment),
    ("initial assessment", Activity::Assessment),
    ("scales", Activity::Scales),
    ("scale", Activity::Scales),
    ("follow-up", Activity::FollowUp),
    ("follow up", Activity::FollowUp),
    ("followup", Activity::FollowUp),
    ("call", Activity::FollowUp),
    ("contact", Activity::FollowUp),
    ("visit", Activity::FollowUp),
    ("intervention", Activity::Intervention),
    ("activation", Activity::Intervention),
    ("problem solving", Activity::Intervention),
    ("group", Activity::Group),
    ("family", Activity::Family),
    ("caregiver", Activity::Family),
    ("medication", Activity::MedicationSupport),
    ("medicine", Activity::MedicationSupport),
    ("caseload review", Activity::CaseloadReview),
    ("case review", Activity::CaseloadReview),
    ("consult", Activity::PsychiatricConsult),
    ("psychiatrist", Activity::PsychiatricConsult),
    ("pcp", Activity::ClinicianCollaboration),
    ("clinician", Activity::ClinicianCollaboration),
    ("coordination", Activity::Coordination),
    ("referral", Activity::Coordination),
    ("registry", Activity::Registry),
    ("tracking", Activity::Registry),
    ("plan revision", Activity::PlanRevision),
    ("changing the plan", Activity::PlanRevision),
    ("crisis", Activity::Crisis),
    ("safety plan", Activity::Crisis),
    ("relapse plan", Activity::RelapsePlanning),
    ("relapse", Activity::RelapsePlanning),
    ("chart review", Activity::ChartReview),
    ("reading", Activity::ChartReview),
    ("charting", Activity::Documentation),
    ("documentation", Activity::Documentation),
    ("note", Activity::Documentation),
    ("psychotherapy", Activity::Psychotherapy),
    ("other program", Activity::OtherProgramme),
    ("scheduling", Activity::Scheduling),
    ("booking", Activity::Scheduling),
    ("reminder", Activity::Scheduling),
    ("insurance", Activity::Scheduling),
    ("supervision", Activity::Supervision),
    ("training", Activity::Supervision),
    ("no-show", Activity::NoShow),
    ("no show", Activity::NoShow),
    ("travel", Activity::Travel),
];

/// The activity that a part of a line names: its words, or those with a plural's letter.
pub fn activity_of(text: &str) -> Option<Activity> {
    let text = text.to_lowercase();
    let singular = text.strip_suffix('s').unwrap_or(&text);
    let mut words = WORDS.iter();
    words
        .find(|(word, _)| *word == text || *word == singular)
        .map(|(_, activity)| *activity)
}

/// Who is named: by a record number, or by the beginnings of words of a name. A name that is typed whole goes before longer
/// ones that begin with it.
///
/// # Errors
/// Nobody, or several.
pub fn who(typed: &str, people: &[Nameable]) -> Result<ChartId, NotUnderstood> {
    let typed = typed.trim();
    let words = words_of(typed);
    if words.is_empty() {
        return Err(match typed.is_empty() {
            true => NotUnderstood::NoPatient,
            false => NotUnderstood::Unknown(typed.to_owned()),
        });
    }
    let mut numbered = people.iter().filter(|person| person.has_number(typed));
    if let (Some(one), None) = (numbered.next(), numbered.next()) {
        return Ok(one.chart);
    }
    let fits = |person: &&Nameable| {
        let of_name = words_of(&person.name);
        words
            .iter()
            .all(|word| of_name.iter().any(|n| n.starts_with(word)) || person.has_number(word))
    };
    let found: Vec<&Nameable> = people.iter().filter(fits).collect();
    let is_whole = |person: &&&Nameable| words_of(&person.name).iter().all(|name| words.contains(name));
    let whole: Vec<&&Nameable> = found.iter().filter(is_whole).collect();
    match (found.as_slice(), whole.as_slice()) {
        ([one], _) => Ok(one.chart),
        (_, [one]) => Ok(one.chart),
        ([], _) => Err(NotUnderstood::Unknown(typed.to_owned())),
        _ => {
            let mut told: Vec<String> = found.iter().map(|person| person.told()).collect();
            told.sort();
            told.truncate(3);
            Err(NotUnderstood::Several {
                typed: typed.to_owned(),
                count: found.len(),
                some: told.join("; "),
            })
        }
    }
}

impl Nameable {
    fn has_number(&self, text: &str) -> bool {
        self.number
            .as_deref()
            .is_some_and(|number| number.eq_ignore_ascii_case(text))
    }
    fn told(&self) -> String {
        match &self.number {
            Some(number) => format!("{} ({number})", self.name),
            None => self.name.clone(),
        }
    }
}

/// The words of a name, folded: without marks and case.
fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').map(fold);
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
#[path = "typed_time_tests.rs"]
mod tests;
