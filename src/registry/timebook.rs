//! Time as one person keeps it: what a typed line says, and rows that are saved together. Days and weeks are beside.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::api::Failure;
use super::books::Books;
use super::timebook_rows::duration;
use super::timeline::{mode_word, time_word};
use super::views::*;
use crate::care::intent::SetForMany;
use crate::care::overlap::{Proposed, Stretch, overlaps};
use crate::care::time_batch::{How, Known, Row, among, settle};
use crate::care::timebook::usual_bucket;
use crate::care::typed_time::{Nameable, NotUnderstood, is_ahead, read_length, read_line, who};
use crate::care::typed_whom::add_whom;
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{Activity, Bucket, Clocked, Mode, Programme, Time, With};
use crate::journal::{ChartId, Day, Fact, PersonId, Seconds, When, Zone};
use crate::store::Store;
use crate::vault::Aead;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeAsk {
    /// The time of days (answer: [`TimeView::Days`]).
    Days(TimesAsk),
    /// What a typed line says (answer: [`TimeView::Line`]).
    Line(LineAsk),
    /// What rows would save together (answer: [`TimeView::Batch`]).
    Batch(BatchAsk),
}

/// Which days, and whose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimesAsk {
    /// Whose time; one's own where nobody is named.
    pub by: Option<PersonId>,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// A typed line, and what was chosen beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAsk {
    /// The line.
    pub text: String,
    /// The day that is meant where it names none.
    pub day: Day,
    /// With whom, beside those whom the line names.
    pub with: Vec<With>,
    /// What it counts for where the line doesn't say; what the activity usually counts for where nothing was chosen.
    pub bucket: Option<Bucket>,
}

/// Rows that are to be saved together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchAsk {
    /// The day of those rows whose length is typed.
    pub day: Day,
    /// The rows.
    pub rows: Vec<BatchRow>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    /// Whose.
    pub whose: Whose,
    /// How long, and when where that is known.
    pub length: Length,
    /// On what.
    pub activity: Activity,
    /// Counted for what.
    pub bucket: Bucket,
    /// How, where it was a contact.
    pub mode: Option<Mode>,
    /// A note.
    pub note: Option<String>,
    /// With whom.
    pub with: Vec<With>,
    /// What is to be done about overlaps.
    pub how: Option<How>,
}

/// Whose time a row is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// A name or a record number, as typed.
    Typed(String),
    /// A patient who was chosen.
    Chosen(ChartId),
}

/// How long a row is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Length {
    /// Minutes, or from when to when, as typed.
    Typed(String),
    /// To the second.
    Exactly(When, Seconds),
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TimeView {
    /// To [`TimeAsk::Days`].
    Days(DaysView),
    /// To [`TimeAsk::Line`]: what the line says, or a sentence for each thing that it lacks.
    Line(Result<LineView, Vec<String>>),
    /// To [`TimeAsk::Batch`].
    Batch(BatchView),
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Answers what is asked about time.
    ///
    /// # Errors
    /// When a record can't be read.
    pub(super) async fn time(&mut self, ask: TimeAsk, at: DateTime<FixedOffset>) -> Result<TimeView, Failure> {
        Ok(match ask {
            TimeAsk::Days(ask) => TimeView::Days(self.days_of(&ask).await?),
            TimeAsk::Line(ask) => TimeView::Line(self.line(&ask, at)),
            TimeAsk::Batch(ask) => TimeView::Batch(self.batch(&ask, at).await?),
        })
    }

    fn nameable(&self) -> Vec<Nameable> {
        let sheets = self.sheets.values().filter(|sheet| !sheet.erased);
        let one = |sheet: &Flowsheet| Nameable {
            chart: sheet.chart,
            name: sheet.list_name(),
            number: sheet.who.mrn.clone(),
        };
        sheets.map(one).collect()
    }

    fn line(&self, ask: &LineAsk, at: DateTime<FixedOffset>) -> Result<LineView, Vec<String>> {
        let zone = self.zone();
        let said = |wrong: Vec<NotUnderstood>| wrong.iter().map(NotUnderstood::to_string).collect::<Vec<String>>();
        let read = read_line(&ask.text, &self.nameable(), ask.day, at, zone).map_err(said)?;
        let mut with = read.with;
        add_whom(&mut with, &ask.with);
        let time = Time {
            start: read.start,
            seconds: read.seconds,
            activity: read.activity,
            bucket: read.bucket.or(ask.bucket).unwrap_or(usual_bucket(read.activity)),
            by: self.me,
            mode: read.mode,
            clocked: Clocked::Typed,
            of: None,
            note: read.note,
            with,
            beside: None,
            own: None,
        };
        let sheet = self.sheets.get(&read.chart).ok_or_else(Vec::new)?;
        if let Some(refused) = refused(&time, sheet, zone.day(at), zone) {
            return Err(vec![refused]);
        }
        let how = time
            .mode
            .map_or_else(String::new, |mode| format!(", {}", mode_word(mode)));
        let more = more_words(&time);
        let note = time
            .note
            .as_ref()
            .map_or_else(String::new, |note| format!(". Note: {note}"));
        Ok(LineView {
            chart: read.chart,
            name: told(sheet),
            words: format!("{}, {}{how}{more}{note}", when_words(&time, zone), time_word(&time)),
            warns: before_consent(&time, sheet, zone),
            time,
        })
    }

    async fn batch(&mut self, ask: &BatchAsk, at: DateTime<FixedOffset>) -> Result<BatchView, Failure> {
        let zone = self.zone();
        let people = self.nameable();
        let mut rows: Vec<BatchRowView> = Vec::new();
        let mut read: Vec<(usize, Row)> = Vec::new();
        for (place, asked) in ask.rows.iter().enumerate() {
            let mut view = BatchRowView::default();
            if let Some(row) = self.read_row(asked, &people, ask.day, at, &mut view) {
                let (known, lines) = self.overlapped(&row).await?;
                view.overlaps = lines;
                read.push((place, Row { known, ..row }));
            }
            rows.push(view);
        }
        let (places, read): (Vec<usize>, Vec<Row>) = read.into_iter().unzip();
        for (at, place) in places.iter().enumerate() {
            let lines = among(&read, at).into_iter().filter_map(|(other, shared)| {
                let row = places.get(other)? + 1;
                Some(format!("Row {row} above: both have {}", shared_words(shared, zone)))
            });
            if let Some(view) = rows.get_mut(*place) {
                view.overlaps.extend(lines);
            }
        }
        let is_right =
            |row: &BatchRowView| row.wrong_patient.is_none() && row.wrong_length.is_none() && row.refused.is_none();
        let seconds = Seconds(read.iter().map(|row| row.time.seconds.0).sum());
        let settled = settle(&read, zone);
        let all_right = !rows.is_empty() && rows.iter().all(is_right);
        let ready = match settled {
            Ok(batch) => all_right.then_some(SetForMany::Times(batch)),
            Err(unsettled) => {
                for place in unsettled.open.iter().filter_map(|at| places.get(*at)) {
                    if let Some(view) = rows.get_mut(*place) {
                        view.open = true;
                    }
                }
                for place in unsettled.nothing_left.iter().filter_map(|at| places.get(*at)) {
                    if let Some(view) = rows.get_mut(*place) {
                        view.refused = Some(NOTHING_LEFT.to_owned());
                    }
                }
                None
            }
        };
        Ok(BatchView { rows, seconds, ready })
    }

    fn read_row(
        &self,
        asked: &BatchRow,
        people: &[Nameable],
        day: Day,
        at: DateTime<FixedOffset>,
        view: &mut BatchRowView,
    ) -> Option<Row> {
        let zone = self.zone();
        let chart = match &asked.whose {
            Whose::Chosen(chart) => Ok(*chart),
            Whose::Typed(text) => who(text, people),
        };
        let length = match &asked.length {
            Length::Typed(text) => read_length(text, day, at, zone),
            Length::Exactly(start, seconds) if is_ahead(*start, *seconds, at, zone) => Err(NotUnderstood::Future),
            Length::Exactly(start, seconds) => Ok((*start, *seconds)),
        };
        let chart = chart.map_err(|wrong| view.wrong_patient = Some(wrong.to_string())).ok();
        let length = length.map_err(|wrong| view.wrong_length = Some(wrong.to_string())).ok();
        let sheet = chart
            .and_then(|chart| self.sheets.get(&chart))
            .filter(|sheet| !sheet.erased);
        view.name = sheet.map(told);
        let (sheet, (start, seconds)) = (sheet?, length?);
        let time = Time {
            start,
            seconds,
            activity: asked.activity,
            bucket: asked.bucket,
            by: self.me,
            mode: asked.mode,
            clocked: Clocked::Typed,
            of: None,
            note: asked.note.clone(),
            with: asked.with.clone(),
            beside: None,
            own: None,
        };
        view.says = Some(format!("{}{}", when_words(&time, zone), more_words(&time)));
        view.warns = before_consent(&time, sheet, zone);
        view.refused = refused(&time, sheet, zone.day(at), zone);
        Some(Row {
            chart: sheet.chart,
            time,
            known: Vec::new(),
            how: asked.how.clone(),
        })
    }

    /// The entries on record that a row overlaps, and a line about each.
    async fn overlapped(&mut self, row: &Row) -> Result<(Vec<Known>, Vec<String>), Failure> {
        let zone = self.zone();
        let proposed = Proposed {
            by: self.names_of(self.me),
            start: row.time.start,
            seconds: row.time.seconds,
            corrects: None,
        };
        let found = overlaps(&proposed, self.sheets.values().filter(|sheet| !sheet.erased));
        let (mut known, mut lines) = (Vec::new(), Vec::new());
        for overlap in found {
            let chart = self.read(overlap.chart).await?;
            let (folded, sheet) = self.fold(overlap.chart, &chart);
            let live = folded.live().iter().find(|live| live.id == overlap.entry);
            let Some(Fact::Time(time)) = live.map(|live| &live.fact) else {
                continue;
            };
            lines.push(format!(
                "{}: {}, {}; both have {}",
                sheet.list_name(),
                when_words(time, zone),
                time_word(time),
                shared_words(overlap.shared, zone)
            ));
            known.push(Known {
                chart: overlap.chart,
                entry: overlap.entry,
                time: time.clone(),
            });
        }
        Ok((known, lines))
    }
}

/// What is said of a row of which nothing would be left.
const NOTHING_LEFT: &str =
    "Nothing is left of this row: all its minutes are in other time. Take it out, or settle it otherwise";

/// With whom, and what it counts for where that is not what the activity usually counts for.
fn more_words(time: &Time) -> String {
    let with = time.with.iter().map(|with| match with {
        With::Patient => "the patient",
        With::Family => "family",
        With::Clinic => "PCP or clinic staff",
        With::Other => "somebody else",
    });
    let with = with.collect::<Vec<_>>().join(" and ");
    let with = (!with.is_empty()).then(|| format!(", with {with}"));
    let counts = (time.bucket != usual_bucket(time.activity)).then_some(match time.bucket {
        Bucket::Cocm => ", counts for collaborative care",
        Bucket::GeneralBhi => ", counts for general behavioral health integration",
        Bucket::OtherProgramme => ", counts for another program",
        Bucket::Psychotherapy => ", is psychotherapy billed on its own",
        Bucket::None => ", counts for no program",
    });
    format!("{}{}", with.unwrap_or_default(), counts.unwrap_or_default())
}

/// Name and record number.
fn told(sheet: &Flowsheet) -> String {
    match &sheet.who.mrn {
        Some(number) => format!("{} ({number})", sheet.list_name()),
        None => sheet.list_name(),
    }
}

/// Why an entry isn't saved, by the journal's own rules, as one sentence.
fn refused(time: &Time, sheet: &Flowsheet, today: Day, zone: Zone) -> Option<String> {
    let fact = Fact::Time(time.clone());
    let mut problems = fact.problems();
    problems.extend(fact.timing(today, sheet.who.birth, zone));
    problems.first().map(|p| format!("{} {}", p.field, p.problem))
}

/// What is said of time before consent: it is saved all the same, for it was spent.
fn before_consent(time: &Time, sheet: &Flowsheet, zone: Zone) -> Option<String> {
    let programme = match time.bucket {
        Bucket::Cocm => Programme::Cocm,
        Bucket::GeneralBhi => Programme::GeneralBhi,
        Bucket::OtherProgramme | Bucket::Psychotherapy | Bucket::None => return None,
    };
    let day = time.start.day(zone);
    let of_programme = sheet.gates.consents.iter().filter(|(_, of, _)| *of == programme);
    let answered: Vec<_> = of_programme.collect();
    let holds = answered.iter().rev().find(|(from, ..)| *from <= day);
    if holds.is_some_and(|(_, _, how)| how.is_some()) {
        return None;
    }
    let first = answered
        .iter()
        .find(|(_, _, how)| how.is_some())
        .map(|(from, ..)| *from);
    Some(match first.filter(|first| day < *first) {
        Some(first) => format!(
            "This is before the consent of {}: it is saved, and the month says that it doesn\u{2019}t count",
            day_words(first)
        ),
        None => "No consent holds on this day: it is saved, and the month says that it doesn\u{2019}t count".to_owned(),
    })
}

/// `Fri 20 Nov, 10:05 to 10:27, 22 min`; a day without a clock time says so.
pub(super) fn when_words(time: &Time, zone: Zone) -> String {
    let day = day_words(time.start.day(zone));
    let long = duration(time.seconds);
    match Stretch::of(time.start, time.seconds) {
        Some(stretch) => format!("{day}, {}, {long}", clock_words(stretch, zone)),
        None => format!("{day}, no clock time, {long}"),
    }
}

/// `10:05 to 10:27`.
pub(super) fn clock_words(stretch: Stretch, zone: Zone) -> String {
    let clock = |at: Option<DateTime<FixedOffset>>| at.map_or_else(String::new, |at| at.format("%H:%M").to_string());
    format!("{} to {}", clock(stretch.begins(zone)), clock(stretch.ends(zone)))
}

fn shared_words(shared: Stretch, zone: Zone) -> String {
    format!("{}, {}", clock_words(shared, zone), duration(shared.seconds()))
}
