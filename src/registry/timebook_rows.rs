//! The time of one person on days: every entry by the clock, what no entry covers, and what is not written down.

use std::collections::{BTreeMap, BTreeSet};

use super::api::Failure;
use super::books::Books;
use super::timebook::{TimesAsk, clock_words, when_words};
use super::timeline::{self, time_word};
use super::views::*;
use crate::care::overlap::Stretch;
use crate::care::timebook::{gaps, on_day, stretch_of};
use crate::flowsheet::Flowsheet;
use crate::graphs::week_hours;
use crate::journal::facts::{Activity, ActivityGroup, Bucket, Clocked, Role, Time};
use crate::journal::{ChartId, Day, EntryId, Fact, Folded, Live, PersonId, Seconds, When, Zone};
use crate::store::Store;
use crate::vault::Aead;

/// The most days that are answered at once.
const MOST_DAYS: i64 = 31;

/// What one person did about one patient on the days, of what is compared.
#[derive(Default)]
struct Written<'a> {
    /// Contacts and tries.
    met: Vec<(&'a Live, When)>,
    /// Minutes.
    timed: Vec<(&'a Live, &'a Time)>,
    /// Days with a note.
    noted: BTreeSet<Day>,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// The time of one person.
    ///
    /// # Errors
    /// When a record can't be read.
    pub(super) async fn days_of(&mut self, ask: &TimesAsk) -> Result<DaysView, Failure> {
        let zone = self.zone();
        let by = ask.by.unwrap_or(self.me);
        let names = self.names_of(by);
        let days: Vec<Day> = (0..=ask.to.since(ask.from).clamp(0, MOST_DAYS - 1))
            .map(|plus| ask.from.plus(plus))
            .collect();
        let charts = self.charts_on(&names, &days);
        let read = self.read_many(&charts).await?;
        let mut rows: BTreeMap<Day, Vec<TimeRow>> = BTreeMap::new();
        let (mut untimed, mut unnoted) = (Vec::new(), Vec::new());
        for (chart, entries) in &read {
            let Some(sheet) = self.sheets.get(chart) else { continue };
            let folded = entries.fold();
            let written = written(&folded, &names, zone);
            for (live, time) in &written.timed {
                for day in &days {
                    let row = row(sheet, live.id, time, *day, zone);
                    rows.entry(*day).or_default().extend(row);
                }
            }
            let bare = without_minutes(&written, zone).into_iter();
            untimed.extend(
                bare.filter(|(_, at)| days.contains(&at.day(zone)))
                    .map(|(live, at)| Untimed {
                        chart: *chart,
                        name: sheet.list_name(),
                        entry: live.id,
                        at,
                        line: timeline::row(live, &folded, &self.office, zone).map_or_else(String::new, |row| row.line),
                        time: lacking(live, at, by),
                    }),
            );
            let bare = without_note(&folded, &written, zone).into_iter();
            let on_days = bare.filter(|(_, time)| days.contains(&time.start.day(zone)));
            unnoted.extend(on_days.map(|(live, time)| Unnoted {
                chart: *chart,
                name: sheet.list_name(),
                entry: live.id,
                line: format!("{}, {}", when_words(time, zone), time_word(time)),
                time: time.clone(),
            }));
        }
        untimed.sort_by_key(|one| (one.at.instant(zone), one.chart, one.entry));
        unnoted.sort_by_key(|one| (one.time.start.instant(zone), one.chart, one.entry));
        let days: Vec<TimeDay> = days
            .into_iter()
            .map(|day| time_day(day, rows.remove(&day).unwrap_or_default(), zone))
            .collect();
        let bars: Vec<(Day, Vec<Seconds>)> = days
            .iter()
            .map(|day| (day.day, day.groups.iter().map(|(_, seconds)| *seconds).collect()))
            .collect();
        Ok(DaysView {
            by,
            name: self.office.name(by),
            people: self.timekeepers(),
            plot: if 1 < bars.len() {
                week_hours(&bars)
            } else {
                String::new()
            },
            days,
            untimed,
            unnoted,
        })
    }

    /// Charts in which one person may have something on these days.
    fn charts_on(&self, names: &[PersonId], days: &[Day]) -> BTreeSet<ChartId> {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return BTreeSet::new();
        };
        // An entry of the day before can reach into the first.
        let holds = |day: Day| first.plus(-1) <= day && day <= *last;
        let is_wanted = |sheet: &&Flowsheet| {
            !sheet.erased
                && (sheet.times.iter().any(|t| holds(t.day) && names.contains(&t.by))
                    || sheet.contacts.iter().any(|c| holds(c.day))
                    || sheet.attempts.iter().any(|a| holds(a.day)))
        };
        let sheets = self.sheets.values().filter(is_wanted);
        sheets.map(|sheet| sheet.chart).collect()
    }

    /// Whose time can be looked at: everybody who works here, oneself first.
    fn timekeepers(&self) -> Vec<(PersonId, String)> {
        let people = self.office.people.values();
        let here =
            people.filter(|p| p.same_as.is_none() && !p.left && p.role != Role::Import && p.role != Role::Biller);
        let mut all: Vec<(PersonId, String)> = here.map(|p| (p.person, p.name.clone())).collect();
        let me = self.office.stands_for(self.me);
        all.sort_by_key(|(person, name)| (*person != me, name.clone()));
        all
    }
}

fn written<'a>(folded: &'a Folded, names: &[PersonId], zone: Zone) -> Written<'a> {
    let mut written = Written::default();
    for live in folded.live() {
        let is_own = names.contains(&live.author);
        match &live.fact {
            Fact::Time(time) if names.contains(&time.by) => written.timed.push((live, time)),
            Fact::Contact(contact) if is_own => {
                written.met.push((live, contact.at));
                if contact.note.is_some() {
                    written.noted.insert(contact.at.day(zone));
                }
            }
            Fact::Attempt(attempt) if is_own => written.met.push((live, attempt.at)),
            Fact::Note(note) if is_own => {
                written.noted.insert(note.at.day(zone));
            }
            _ => {}
        }
    }
    written
}

/// Contacts and tries of which no minutes are written down: none that name them, and none of their day that name nothing.
/// Such minutes stand for one contact each.
fn without_minutes<'a>(written: &Written<'a>, zone: Zone) -> Vec<(&'a Live, When)> {
    let mut loose: BTreeMap<Day, usize> = BTreeMap::new();
    for (_, time) in &written.timed {
        if time.of.is_none() {
            *loose.entry(time.start.day(zone)).or_default() += 1;
        }
    }
    let mut met = written.met.clone();
    met.sort_by_key(|(live, at)| (at.instant(zone), live.stamp));
    met.retain(|(live, at)| {
        if written.timed.iter().any(|(_, time)| time.of == Some(live.id)) {
            return false;
        }
        match loose.get_mut(&at.day(zone)) {
            Some(left) if 0 < *left => {
                *left -= 1;
                false
            }
            _ => true,
        }
    });
    met
}

/// Minutes that say nothing of what was done: no note of their own, none in the contact that they belong to, and no note of
/// the same day. A try says what came of it, and owes none.
fn without_note<'a>(folded: &Folded, written: &Written<'a>, zone: Zone) -> Vec<(&'a Live, &'a Time)> {
    let is_said = |time: &Time| {
        let of = time.of.and_then(|of| folded.live().iter().find(|live| live.id == of));
        let elsewhere = match of.map(|live| &live.fact) {
            Some(Fact::Contact(contact)) => contact.note.is_some(),
            Some(_) => true,
            None => false,
        };
        elsewhere || time.note.is_some() || written.noted.contains(&time.start.day(zone))
    };
    let timed = written.timed.iter().copied();
    timed.filter(|(_, time)| !is_said(time)).collect()
}

/// The time entry that a contact or a try lacks, but for its length.
fn lacking(live: &Live, at: When, by: PersonId) -> Time {
    let (activity, mode) = match &live.fact {
        Fact::Contact(contact) => (Activity::FollowUp, Some(contact.mode)),
        _ => (Activity::Outreach, None),
    };
    Time {
        start: at,
        seconds: Seconds(0),
        activity,
        bucket: Bucket::Cocm,
        by,
        mode,
        clocked: Clocked::Typed,
        of: Some(live.id),
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    }
}

fn row(sheet: &Flowsheet, entry: EntryId, time: &Time, day: Day, zone: Zone) -> Option<TimeRow> {
    let (part, seconds) = on_day(time.start, time.seconds, day, zone)?;
    let line = sheet.times.iter().find(|line| line.entry == entry);
    Some(TimeRow {
        chart: sheet.chart,
        name: sheet.list_name(),
        entry,
        start: part.map(|part| part.start),
        clock: part.map(|part| clock_words(part, zone)),
        seconds,
        long: duration(seconds),
        whole: (seconds != time.seconds).then(|| when_words(time, zone)),
        activity: time_word(time),
        group: time.group(),
        mode: line.map_or(time.mode, |line| line.mode),
        bucket: time.bucket,
        clocked: time.clocked,
        note: time.note.clone(),
        overlaps: time.beside.clone().filter(|_| part.is_some()),
    })
}

fn time_day(day: Day, mut rows: Vec<TimeRow>, zone: Zone) -> TimeDay {
    rows.sort_by_cached_key(|row| (row.start.is_none(), row.start, row.name.clone(), row.entry));
    let taken: Vec<Stretch> = rows.iter().filter_map(stretch).collect();
    let mut until = i64::MIN;
    for row in &mut rows {
        let Some(own) = stretch(row) else { continue };
        row.overlaps = (own.start < until).then(|| match &row.overlaps {
            Some(why) => format!("Beside other time: {why}"),
            None => "Overlaps the time before it".to_owned(),
        });
        until = until.max(own.end);
    }
    let gap = |gap: Stretch| TimeGap {
        start: gap.start,
        clock: clock_words(gap, zone),
        long: duration(gap.seconds()),
    };
    let sum = |group: ActivityGroup| {
        let of_group = rows.iter().filter(|row| row.group == group);
        (group, Seconds(of_group.map(|row| row.seconds.0).sum()))
    };
    let hours = stretch_of(day, zone).seconds().0 / 3600;
    TimeDay {
        day,
        gaps: gaps(&taken, day, zone).into_iter().map(gap).collect(),
        groups: ActivityGroup::ALL.into_iter().map(sum).collect(),
        hours: (hours != 24).then_some(hours),
        rows,
    }
}

fn stretch(row: &TimeRow) -> Option<Stretch> {
    let start = row.start?;
    Some(Stretch {
        start,
        end: start + i64::from(row.seconds.0),
    })
}

/// `22 min`, `1 h 05 min`, `6 min 40 s`.
pub fn duration(seconds: Seconds) -> String {
    let (hours, minutes, rest) = (seconds.0 / 3600, seconds.0 / 60 % 60, seconds.0 % 60);
    let whole = match (hours, minutes) {
        (0, 0) => return format!("{rest} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    };
    match rest {
        0 => whole,
        rest => format!("{whole} {rest} s"),
    }
}
