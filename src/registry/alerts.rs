//! The history of safety alerts: what stood open for how long, and which deadlines were missed.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset};

use super::because::because_words;
use super::books::Books;
use super::open::count;
use super::queries::about;
use super::views::*;
use crate::care::{self, AsOf, Missed};
use crate::flowsheet::{ConcernLine, DatedStep, Flowsheet};
use crate::journal::When;
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// The history of safety alerts.
    pub fn alerts(&self, query: &AlertsQuery, at: DateTime<FixedOffset>) -> AlertsView {
        let moment = self.as_of(at);
        let is_of = |sheet: &&Flowsheet| match query.care_manager {
            Some(who) => sheet.care_manager_on(moment.today) == Some(who),
            None => true,
        };
        let sheets = self.sheets.values().filter(|sheet| !sheet.erased).filter(is_of);
        let mut rows: Vec<AlertRow> = sheets
            .flat_map(|sheet| sheet.concerns.iter().map(move |line| (sheet, line)))
            .map(|(sheet, line)| self.alert(sheet, line, &moment))
            .collect();
        let number = |filter| count(rows.iter().filter(|row| is_listed(row, filter)).count());
        let (all, open) = (number(AlertFilter::All), number(AlertFilter::Open));
        let (missed, watched) = (number(AlertFilter::Missed), number(AlertFilter::Watched));
        rows.retain(|row| is_listed(row, query.filter));
        let age = |when: When| moment.today.since(moment.day_of(when));
        rows.sort_by(|a, b| {
            let place = |row: &AlertRow| {
                let age = age(row.opened);
                (!row.open, if row.open { Reverse(age) } else { Reverse(-age) })
            };
            (place(a), &a.name, a.chart, a.concern).cmp(&(place(b), &b.name, b.chart, b.concern))
        });
        let listed = count(rows.len());
        rows.truncate(query.most.map_or(usize::MAX, |most| most as usize));
        AlertsView {
            today: moment.today,
            all,
            open,
            missed,
            watched,
            listed,
            rows,
        }
    }

    fn alert(&self, sheet: &Flowsheet, line: &ConcernLine, at: &AsOf<'_>) -> AlertRow {
        let mut later = care::written_later(sheet, line, at);
        let closing = later.iter().position(|(_, later)| later.step == DatedStep::Closed);
        let closed_later = closing.map(|place| later.remove(place).1.written);
        let closed = line.closed.map(|(when, by)| {
            let day = when.day(at.office.zone);
            let written = closed_later.map(|day| format!(", written {}", care::day_words(day, at.today)));
            let closed = format!("{} by {}", care::day_words(day, at.today), self.office.name(by));
            format!("{closed}{}", written.unwrap_or_default())
        });
        let later = later.into_iter().map(|(name, later)| {
            let [done, written] = [later.done, later.written].map(day_words);
            format!("{name} {done}, written {written}")
        });
        AlertRow {
            chart: sheet.chart,
            name: sheet.list_name(),
            about: about(sheet, at.today),
            concern: line.concern,
            kind: line.kind,
            level: line.level,
            because: because_words(sheet, line, at.today),
            opened: line.opened,
            open: line.is_open(),
            closed,
            stood: care::stood_open(line, at),
            missed: care::missed(sheet, line, at).iter().map(missed_words).collect(),
            written_later: later.collect(),
            watch: care::watch_of(sheet, line, at).map(|watch| watch.until),
        }
    }
}

fn is_listed(row: &AlertRow, filter: AlertFilter) -> bool {
    match filter {
        AlertFilter::All => true,
        AlertFilter::Open => row.open,
        AlertFilter::Missed => !row.missed.is_empty(),
        AlertFilter::Watched => row.watch.is_some(),
    }
}

/// A missed deadline in words: `Second step due Mon 16 Nov, done Tue 17 Nov, written Fri 20 Nov`.
pub(super) fn missed_words(missed: &Missed) -> String {
    let due = day_words(missed.due);
    let written = missed.written.map(|day| format!(", written {}", day_words(day)));
    match missed.done {
        Some(done) => format!(
            "{} due {due}, done {}{}",
            missed.step,
            day_words(done),
            written.unwrap_or_default()
        ),
        None => format!("{} due {due}, not done", missed.step),
    }
}
