//! Coverage: what falls due while somebody stands in, which records are out, and what is said of them.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::books::Books;
use super::open::count;
use super::queries::about;
use super::views::*;
use crate::care::coverage;
use crate::exchange::handoff::{Cover, CoverLine, Handoff};
use crate::flowsheet::{Flowsheet, OutLine, StatusLine};
use crate::journal::facts::Role;
use crate::journal::{ChartId, Day, PersonId, ThingId};
use crate::store::Store;
use crate::vault::Aead;

/// Days that a coverage is proposed for.
const PROPOSED: i64 = 14;

impl<S: Store, A: Aead> Books<S, A> {
    /// What lists and the record say of a record that is out; `None` when it isn't.
    pub(super) fn coverage_mark(&self, sheet: &Flowsheet, today: Day) -> Option<String> {
        coverage::mark(sheet, self.me, today, |person| self.office.name(person))
    }

    /// What tells a patient apart on a list or a print, and where the record is while it is out.
    pub(super) fn about_and_out(&self, sheet: &Flowsheet, today: Day) -> String {
        let about = super::queries::about(sheet, today);
        match self.coverage_mark(sheet, today) {
            Some(mark) => format!("{about}; {mark}"),
            None => about,
        }
    }

    /// The mark of a row of the caseload, as of the day for which its rows were made.
    pub(super) fn out_mark(&self, chart: ChartId) -> Option<OutMark> {
        let (sheet, today) = (self.sheets.get(&chart)?, self.ready.as_ref()?.today);
        let words = self.coverage_mark(sheet, today)?;
        let late = coverage::is_late(sheet, today);
        Some(OutMark { words, late })
    }

    /// What a month says of a record that is out: minutes written there are not in it yet.
    pub(super) fn minutes_elsewhere(&self, sheet: &Flowsheet, at: DateTime<FixedOffset>) -> Option<String> {
        let today = self.zone().day(at);
        let is_away = |line: &&OutLine| coverage::standing(line, today) != coverage::Standing::Ahead;
        coverage::still_out(sheet).find(is_away)?;
        let mark = self.coverage_mark(sheet, today)?;
        Some(format!(
            "Another copy is being worked on ({mark}): minutes written there are not counted here."
        ))
    }

    /// Who manages the care, and where the record is while it is out.
    pub(super) fn care_manager_words(&self, sheet: &Flowsheet, today: Day) -> Option<String> {
        let name = sheet.care_manager_on(today).map(|person| self.office.name(person));
        match (name, self.coverage_mark(sheet, today)) {
            (Some(name), Some(mark)) => Some(format!("{name}, {mark}")),
            (name, mark) => name.or(mark),
        }
    }

    /// Records that are out, and what of the own patients falls due in a range of days.
    pub fn coverage(&self, query: &CoverageQuery, at: DateTime<FixedOffset>) -> CoverageView {
        let today = self.zone().day(at);
        let from = query.from.unwrap_or(today);
        let until = query.until.unwrap_or_else(|| from.plus(PROPOSED));
        let is_wanted = |sheet: &&Flowsheet| {
            let own = sheet.care_manager_on(today) == Some(self.me) && !is_closed(sheet, today);
            !sheet.erased && (own || query.chosen.contains(&sheet.chart))
        };
        let mut patients: Vec<CoverRow> = self
            .sheets
            .values()
            .filter(is_wanted)
            .map(|sheet| CoverRow {
                line: self.cover_line(sheet, until, at),
                about: about(sheet, today),
                out: self.coverage_mark(sheet, today),
                held: count(sheet.held.len()),
            })
            .collect();
        patients.sort_by(|a, b| place(&a.line).cmp(&place(&b.line)));
        let people = self.office.people.values();
        let mut people: Vec<(PersonId, String)> = people
            .filter(|p| !p.left && p.same_as.is_none() && p.role != Role::Import && p.person != self.me)
            .map(|p| (p.person, p.name.clone()))
            .collect();
        people.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        CoverageView {
            today,
            people,
            patients,
            out: self.out_views(|line| line.back.is_none(), today),
            handed_back: self.out_views(|line| line.back.is_some() && line.by == self.me, today),
        }
    }

    fn cover_line(&self, sheet: &Flowsheet, until: Day, at: DateTime<FixedOffset>) -> CoverLine {
        let moment = self.as_of(at);
        CoverLine {
            chart: sheet.chart,
            name: sheet.list_name(),
            safety: coverage::safety(sheet, &moment),
            due: coverage::due_until(sheet, until, &moment),
        }
    }

    fn out_views(&self, which: impl Fn(&OutLine) -> bool, today: Day) -> Vec<OutView> {
        let mut found: BTreeMap<(Day, ThingId), OutView> = BTreeMap::new();
        for sheet in self.sheets.values().filter(|sheet| !sheet.erased) {
            for line in sheet.out.iter().filter(|line| which(line)) {
                let view = found.entry((line.from, line.coverage)).or_insert_with(|| OutView {
                    coverage: line.coverage,
                    words: coverage::words(line, self.me, today, |person| self.office.name(person)),
                    of: line
                        .of
                        .map_or_else(|| "a colleague".to_owned(), |p| self.office.name(p)),
                    mine: line.by == self.me,
                    late: coverage::standing(line, today) == coverage::Standing::Late,
                    patients: Vec::new(),
                });
                view.patients.push((sheet.chart, sheet.list_name()));
            }
        }
        let mut views: Vec<OutView> = found.into_values().collect();
        for view in &mut views {
            view.patients.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        }
        views
    }

    /// The charts of a coverage, back or not.
    pub(super) fn charts_of(&self, coverage: ThingId) -> Vec<ChartId> {
        let of_it = |sheet: &&Flowsheet| !sheet.erased && sheet.out.iter().any(|line| line.coverage == coverage);
        self.sheets.values().filter(of_it).map(|sheet| sheet.chart).collect()
    }

    /// The cover sheet of a coverage, as of now.
    pub(super) fn cover(&self, coverage: ThingId, at: DateTime<FixedOffset>) -> Option<Cover> {
        let charts = self.charts_of(coverage);
        let sheets = || charts.iter().filter_map(|chart| self.sheets.get(chart));
        let line = sheets()
            .flat_map(|sheet| &sheet.out)
            .find(|line| line.coverage == coverage)?;
        let mut patients: Vec<CoverLine> = sheets().map(|sheet| self.cover_line(sheet, line.until, at)).collect();
        patients.sort_by(|a, b| place(a).cmp(&place(b)));
        Some(Cover {
            by: line.by,
            from: line.from,
            until: line.until,
            patients,
        })
    }

    /// The cover sheet of a file, with its heading.
    pub(super) fn cover_words(&self, handoff: &Handoff) -> Option<(String, Vec<CoverLine>)> {
        let cover = handoff.header.cover.as_ref()?;
        let named = handoff.header.people.iter().find(|p| p.person == cover.by);
        let by = named.map_or_else(|| self.office.name(cover.by), |p| p.name.clone());
        let (from, until) = (day_words(cover.from), day_words(cover.until));
        Some((format!("{by} covers from {from} until {until}"), cover.patients.clone()))
    }
}

/// Who has a safety item first, then by what falls due first, then by name.
fn place(line: &CoverLine) -> (bool, bool, Option<Day>, &str, ChartId) {
    let first = line.due.first().map(|(day, _)| *day);
    (line.safety.is_empty(), first.is_none(), first, &line.name, line.chart)
}

fn is_closed(sheet: &Flowsheet, today: Day) -> bool {
    let closed = matches!(sheet.status_on(today), Some(StatusLine::Closed(_)));
    closed && sheet.open_concerns().next().is_none()
}
