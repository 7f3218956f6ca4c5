//! The caseload: rows kept ready, so that a key press only filters and sorts them.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset};

use super::books::Books;
use super::open::count;
use super::queries::{has_forks, item_kind, status_words};
use super::views::*;
use crate::billing;
use crate::care::{self, CaseloadRow, Scores, Searchable, Wanted};
use crate::exchange::csv_out::CsvOut;
use crate::flowsheet::StatusLine;
use crate::instruments::definition_of;
use crate::journal::{ChartId, Day, PersonId};
use crate::store::{Generation, Store};
use crate::vault::Aead;

/// Rows of every patient, as of one save and one moment.
pub(super) struct Ready {
    generation: Generation,
    pub(super) today: Day,
    rows: Vec<ReadyRow>,
}

struct ReadyRow {
    row: CaseloadRow,
    name: String,
    searchable: Searchable,
    care_manager: Option<PersonId>,
    minutes: u32,
    has_forks: bool,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// Rows of the caseload.
    pub fn caseload(&mut self, query: &CaseloadQuery, at: DateTime<FixedOffset>) -> CaseloadView {
        self.make_ready(at);
        let Some(ready) = &self.ready else {
            return CaseloadView {
                total: 0,
                rows: Vec::new(),
                tabs: Vec::new(),
                to_settle: 0,
            };
        };
        let wanted = wanted(ready, query);
        let (from, many) = (query.from as usize, query.count as usize);
        let rows = wanted
            .iter()
            .skip(from)
            .take(many)
            .map(|row| self.row_view(row))
            .collect();
        let tabs = [
            CaseloadTab::Active,
            CaseloadTab::RelapsePrevention,
            CaseloadTab::Referred,
            CaseloadTab::OnHold,
            CaseloadTab::Closed,
        ];
        let mine = |r: &&ReadyRow| is_of(r, query.care_manager);
        let size = |tab| {
            count(
                ready
                    .rows
                    .iter()
                    .filter(mine)
                    .filter(|r| tab_of(r.row.status) == tab)
                    .count(),
            )
        };
        CaseloadView {
            total: count(wanted.len()),
            rows,
            tabs: tabs.into_iter().map(|t| (t, size(t))).collect(),
            to_settle: self.to_settle(),
        }
    }

    fn make_ready(&mut self, at: DateTime<FixedOffset>) {
        let generation = self.store.totals().generation;
        let today = self.zone().day(at);
        if self
            .ready
            .as_ref()
            .is_some_and(|r| (r.generation, r.today) == (generation, today))
        {
            return;
        }
        self.make_searchable();
        let moment = self.as_of(at);
        let minutes = self.minutes_of(today);
        let sheets = self.sheets.values().filter(|s| !s.erased);
        let rows = sheets.map(|sheet| ReadyRow {
            row: care::caseload_row(sheet, &moment),
            name: sheet.list_name(),
            searchable: self
                .searchable
                .get(&sheet.chart)
                .map(|(_, s)| s.clone())
                .unwrap_or_default(),
            care_manager: sheet.care_manager_on(today),
            has_forks: has_forks(sheet),
            minutes: minutes.get(&sheet.chart).copied().unwrap_or_default(),
        });
        let rows = rows.collect();
        self.ready = Some(Ready {
            generation,
            today,
            rows,
        });
    }

    fn minutes_of(&self, today: Day) -> std::collections::BTreeMap<crate::journal::ChartId, u32> {
        let (profiles, team) = (&self.office.profiles, &self.office.team);
        let rows = billing::close_month(self.sheets.values(), today.month(), profiles, team, self.zone(), today);
        rows.into_iter().map(|r| (r.chart, r.minutes)).collect()
    }

    fn row_view(&self, ready: &ReadyRow) -> CaseloadRowView {
        let row = &ready.row;
        let who = self.sheets.get(&row.chart).map(|s| &s.who);
        let today = self.ready.as_ref().map(|r| r.today);
        CaseloadRowView {
            chart: row.chart,
            name: ready.name.clone(),
            age: who.and_then(|w| today?.years_since(w.birth?)),
            mrn: who.and_then(|w| w.mrn.clone()),
            flag: row.flag.map(item_kind),
            why: row.why.as_ref().map(care::Clock::sentence).unwrap_or_default(),
            status: status_words(row.status),
            weeks: row.weeks,
            phq9: cells(&row.phq9),
            gad7: cells(&row.gad7),
            course: course(&row.course),
            contact_days: row.contact_days.and_then(|d| u32::try_from(d).ok()),
            next: row.next_contact,
            late: u32::try_from(row.contact_late).ok().filter(|days| *days > 0),
            review: row.last_review,
            minutes: ready.minutes,
            care_manager: ready.care_manager.map(|p| self.office.name(p)),
            watched: row.watched,
            out: self.out_mark(row.chart),
        }
    }

    /// The instruments of which a score of this chart is held back.
    fn held_instruments(&self, chart: ChartId) -> std::collections::BTreeSet<&str> {
        let sheet = self.sheets.get(&chart);
        let scores = sheet
            .into_iter()
            .flat_map(|sheet| sheet.scores.iter().filter(|score| sheet.held.contains(&score.entry)));
        scores.map(|score| score.instrument.as_str()).collect()
    }

    /// The rows that a query selects, all of them, as a CSV file.
    pub fn caseload_csv(&mut self, query: &CaseloadQuery, at: DateTime<FixedOffset>) -> String {
        let all = CaseloadQuery {
            from: 0,
            count: u32::MAX,
            ..query.clone()
        };
        let view = self.caseload(&all, at);
        let mut csv = CsvOut::with_header([
            "Name",
            "MRN",
            "Age",
            "Status",
            "Weeks",
            "PHQ-9 first",
            "PHQ-9 last",
            "PHQ-9 date",
            "PHQ-9 change",
            "GAD-7 first",
            "GAD-7 last",
            "GAD-7 date",
            "GAD-7 change",
            "Days since contact",
            "Next contact",
            "Last case review",
            "Minutes this month",
            "Care manager",
            "Why",
        ]);
        for r in &view.rows {
            let mut cells = vec![
                r.name.clone(),
                text(r.mrn.as_ref()),
                text(r.age),
                r.status.clone(),
                text(r.weeks),
            ];
            let held = self.held_instruments(r.chart);
            for (s, instrument) in [(&r.phq9, "phq9"), (&r.gad7, "gad7")] {
                cells.extend(match held.contains(instrument) {
                    true => [HELD_BACK.to_owned(), HELD_BACK.to_owned(), String::new(), String::new()],
                    false => [text(s.first), text(s.last), text(s.day), text(s.change)],
                });
            }
            cells.extend([
                text(r.contact_days),
                text(r.next),
                text(r.review),
                r.minutes.to_string(),
                text(r.care_manager.as_ref()),
                match self.sheets.get(&r.chart).is_none_or(|sheet| sheet.held.is_empty()) {
                    true => r.why.clone(),
                    // A reason may name a score, an event or a referral that is held back.
                    false => HELD_BACK.to_owned(),
                },
            ]);
            csv.row(cells);
        }
        csv.into_text()
    }
}

/// What stands in a table that leaves, where a score is held back.
const HELD_BACK: &str = "held back";

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn is_of(row: &ReadyRow, care_manager: Option<PersonId>) -> bool {
    care_manager.is_none_or(|who| row.row.is_for(who))
}

fn tab_of(status: Option<StatusLine>) -> CaseloadTab {
    match status {
        Some(StatusLine::Enrolled | StatusLine::Active) => CaseloadTab::Active,
        Some(StatusLine::RelapsePrevention) => CaseloadTab::RelapsePrevention,
        // A patient without an episode waits for one: with the referred, where somebody looks.
        None | Some(StatusLine::Referred | StatusLine::Outreach) => CaseloadTab::Referred,
        Some(StatusLine::OnHold { .. }) => CaseloadTab::OnHold,
        Some(StatusLine::Closed(_)) => CaseloadTab::Closed,
    }
}

fn is_wanted(ready: &ReadyRow, filter: CaseloadFilter) -> bool {
    let row = &ready.row;
    match filter {
        CaseloadFilter::Everybody => true,
        CaseloadFilter::Safety => {
            let unknown = row.phq9.safety == care::SafetyMark::NotKnown;
            row.flag == Some(care::Kind::Safety) || unknown || row.watched.is_some()
        }
        CaseloadFilter::NotImproving => row.not_improving,
        CaseloadFilter::Late => row.contact_late > 0 || row.measure_late > 0,
        CaseloadFilter::AtTarget => row.phq9.at_target || row.gad7.at_target,
        CaseloadFilter::ToSettle => ready.has_forks,
        CaseloadFilter::NoScore => row.phq9.last.is_none() && row.gad7.last.is_none(),
    }
}

fn wanted<'a>(ready: &'a Ready, query: &CaseloadQuery) -> Vec<&'a ReadyRow> {
    let searched = Wanted::of(&query.search);
    let mut rows: Vec<&ReadyRow> = ready
        .rows
        .iter()
        // Versions to settle are few, and looked for wherever the patient stands.
        .filter(|r| query.filter == CaseloadFilter::ToSettle || tab_of(r.row.status) == query.tab)
        .filter(|r| is_of(r, query.care_manager))
        .filter(|r| is_wanted(r, query.filter))
        .filter(|r| searched.is_empty() || searched.finds(&r.searchable))
        .collect();
    sort(&mut rows, query.sort, query.descending);
    rows
}

/// Sorts by a column; blanks come last either way, and equal rows by name.
fn sort(rows: &mut [&ReadyRow], by: CaseloadSort, descending: bool) {
    let number = |r: &ReadyRow| -> Option<i64> {
        let row = &r.row;
        match by {
            CaseloadSort::Urgency => Some(row.flag.map_or(i64::MAX, |f| i64::from(item_kind(f) as u8))),
            CaseloadSort::Name | CaseloadSort::Status => Some(0),
            CaseloadSort::Weeks => row.weeks.map(i64::from),
            CaseloadSort::Phq9 => row.phq9.last.map(|p| i64::from(p.total)),
            CaseloadSort::Phq9Change => row.phq9.change.map(i64::from),
            CaseloadSort::Gad7 => row.gad7.last.map(|p| i64::from(p.total)),
            CaseloadSort::Contact => row.contact_days,
            CaseloadSort::Next => row.next_contact.map(|d| d.since(ready_epoch())),
            CaseloadSort::Review => row.last_review.map(|d| d.since(ready_epoch())),
            CaseloadSort::Minutes => Some(i64::from(r.minutes)),
        }
    };
    let status = |r: &ReadyRow| if by == CaseloadSort::Status { r.row.status } else { None };
    rows.sort_by(|a, b| {
        let key = |r: &ReadyRow| (number(r).is_none(), number(r), status(r));
        let (x, y) = (key(a), key(b));
        let place = match descending {
            true => {
                x.0.cmp(&y.0)
                    .then((Reverse(x.1), Reverse(x.2)).cmp(&(Reverse(y.1), Reverse(y.2))))
            }
            false => x.cmp(&y),
        };
        let names = a.name.cmp(&b.name);
        let names = if by == CaseloadSort::Name && descending {
            names.reverse()
        } else {
            names
        };
        place.then(names).then(a.row.chart.cmp(&b.row.chart))
    });
}

/// A day to count from when days are sorted as numbers.
fn ready_epoch() -> Day {
    Day::from(chrono::NaiveDate::default())
}

/// The measure that an episode is judged by. One of the clinic's own, whose range a list doesn't know, goes up to its highest score.
fn course((scale, trend): &(care::Scale, care::Trend)) -> CourseView {
    let totals = trend.values().to_vec();
    let range = definition_of(scale.id())
        .ok()
        .and_then(|definition| definition.score_range);
    let most = range.and_then(|(_, most)| u16::try_from(most).ok());
    CourseView {
        title: scale.to_string(),
        most: most.or_else(|| totals.iter().copied().max()).unwrap_or_default(),
        totals,
    }
}

/// First, last and change of one instrument, as pages show them.
pub(super) fn cells(s: &Scores) -> ScoreCells {
    ScoreCells {
        first: s.first.as_ref().map(|(point, _)| point.total),
        last: s.last.map(|p| p.total),
        day: s.last.map(|p| p.day),
        age_days: s.age_days.and_then(|d| u32::try_from(d).ok()),
        stale: s.stale,
        severity: s.band.map(|b| b.label.to_owned()),
        band: s.band.map_or(0, |b| b.place),
        bands: s.band.map_or(0, |b| b.of),
        change: s.change,
        percent: s.percent,
        at_target: s.at_target,
        open_questions: s.open_questions,
        safety: match s.safety {
            care::SafetyMark::None | care::SafetyMark::No => SafetyMark::None,
            care::SafetyMark::Positive(value) => SafetyMark::Positive(value),
            care::SafetyMark::NotKnown => SafetyMark::NotKnown,
        },
        better: crate::graphs::Better::Lower,
    }
}
