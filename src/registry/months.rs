//! The service month, as the biller's list and as one patient's line.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::books::Books;
use super::closed::Closed;
use super::month_close::as_closed;
use super::month_sent::conflict_words;
use super::queries::unsettled;
use super::views::*;
use crate::billing::{Code, CodeUnits, GateState, MonthKind, Note, ServiceMonth, service_month};
use crate::exchange::csv_out::CsvOut;
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{Activity, Role};
use crate::journal::{Day, Month, PersonId, When};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// The service month of all patients with time in it, or in care. Sorted by name: nothing here ranks a patient.
    pub fn month(&self, month: Month, at: DateTime<FixedOffset>) -> MonthView {
        let mut rows = Vec::new();
        let mut totals: BTreeMap<String, u32> = BTreeMap::new();
        let mut activities: BTreeMap<Activity, (u32, &Flowsheet)> = BTreeMap::new();
        let mut seconds = 0_u32;
        let closed = self.closed(month);
        for sheet in self.sheets.values().filter(|s| !s.erased) {
            let reckoned = self.reckon(sheet, month, at);
            let in_care = sheet
                .status_on(month.last())
                .is_some_and(crate::flowsheet::StatusLine::is_in_care);
            let was_closed = super::month_close::is_in_snapshot(closed.as_ref(), sheet);
            if reckoned.seconds.0 == 0 && reckoned.not_counted.is_empty() && !in_care && !was_closed {
                continue;
            }
            seconds = seconds.saturating_add(reckoned.seconds.0);
            for (activity, time) in &reckoned.by_activity {
                activities.entry(*activity).or_insert((0, sheet)).0 += time.0;
            }
            let mut line = self.month_line(sheet, &reckoned, closed.as_ref(), at);
            line.warnings.extend(self.minutes_elsewhere(sheet, at));
            for (code, units) in &line.units {
                *totals.entry(code.clone()).or_default() += units;
            }
            rows.push(line);
        }
        rows.sort_by(|a, b| (&a.name, a.chart).cmp(&(&b.name, b.chart)));
        let snapshot = closed.as_ref().and_then(|closed| closed.snapshot);
        MonthView {
            month,
            offered: self.months_with(month, at),
            profile: sentence(self.office.profiles.clinic_chosen().about()),
            codes: Code::ALL
                .map(|code| (code.as_str().to_owned(), code.about().to_owned()))
                .to_vec(),
            common: common(&rows),
            unsettled: unsettled(self.office.profiles.clinic()).filter(|_| self.office.profiles.choice("").is_none()),
            waiting: self.waiting_payers(&rows, month),
            rows,
            minutes: seconds / 60,
            totals: totals.into_iter().collect(),
            activities: self.by_name(activities),
            closed: closed.is_some(),
            closed_with: snapshot.map(|snapshot| {
                format!(
                    "Closed on {} with {} time entries of {} patients, by version {} of the rules and the payer profile {}.",
                    snapshot.as_of,
                    snapshot.entries,
                    closed.as_ref().map_or(0, Closed::patients),
                    snapshot.rules,
                    snapshot.profile
                )
            }),
            over: self.zone().day(at) > month.last(),
            clinicians: self.clinicians(),
            profiles: self.profiles(),
        }
    }

    /// From the first month with any time or episode to the one that runs, and the month that is asked for, the newest first.
    fn months_with(&self, asked: Month, at: DateTime<FixedOffset>) -> Vec<Month> {
        let running = self.zone().day(at).month();
        let begun = |sheet: &Flowsheet| {
            let opened = sheet.episodes.iter().map(|episode| episode.opened);
            opened.chain(sheet.times.iter().map(|line| line.day)).min()
        };
        let sheets = self.sheets.values().filter(|sheet| !sheet.erased);
        let first = sheets.filter_map(begun).min().map_or(running, Day::month);
        let back = std::iter::successors(Some(running), |month| Some(month.previous()));
        let mut months: Vec<Month> = back.take_while(|month| first <= *month).take(MOST_MONTHS).collect();
        if months.is_empty() {
            months.push(running);
        }
        if !months.contains(&asked) {
            months.push(asked);
            months.sort_unstable_by(|a, b| b.cmp(a));
        }
        months
    }

    /// Treating clinicians who are still here, by name.
    fn clinicians(&self) -> Vec<(PersonId, String)> {
        let people = self.office.people.values();
        let here = people.filter(|p| p.role == Role::Clinician && !p.left && p.same_as.is_none());
        let mut clinicians: Vec<(PersonId, String)> = here.map(|p| (p.person, p.name.clone())).collect();
        clinicians.sort_by_key(|(_, name)| name.to_lowercase());
        clinicians
    }

    /// Payer profiles, the shipped ones first.
    pub(super) fn profiles(&self) -> Vec<(String, String)> {
        let profiles = self.office.profiles.all();
        profiles.map(|p| (p.name().to_owned(), sentence(p.about()))).collect()
    }

    pub(super) fn reckon(&self, sheet: &Flowsheet, month: Month, at: DateTime<FixedOffset>) -> ServiceMonth {
        let profile = self.office.profiles.of(sheet, month.last());
        service_month(
            sheet,
            month,
            profile,
            &self.office.team,
            self.zone(),
            self.zone().day(at),
        )
    }

    /// What an activity is called; `sheet` has an entry of it.
    pub(super) fn activity(&self, sheet: &Flowsheet, activity: Activity) -> String {
        let mut lines = sheet.times.iter().rev().filter(|line| line.activity == activity);
        let written = lines.find_map(|line| line.own.as_deref());
        self.office.activity(activity, written)
    }

    /// Minutes by the name of the activity, each with a patient who has an entry of it.
    fn by_name(&self, activities: BTreeMap<Activity, (u32, &Flowsheet)>) -> Vec<(String, u32)> {
        let mut named: Vec<(String, u32)> = activities
            .into_iter()
            .map(|(activity, (seconds, sheet))| (self.activity(sheet, activity), seconds / 60))
            .collect();
        named.sort();
        named
    }

    /// One patient's month.
    pub(super) fn month_row(&self, sheet: &Flowsheet, month: Month, at: DateTime<FixedOffset>) -> MonthRowView {
        self.month_line(sheet, &self.reckon(sheet, month, at), self.closed(month).as_ref(), at)
    }

    /// One patient's month with what came back from the payer. A closed month goes out as it was closed, whatever was
    /// written since.
    pub(super) fn month_line(
        &self,
        sheet: &Flowsheet,
        reckoned: &ServiceMonth,
        closed: Option<&Closed<'_>>,
        at: DateTime<FixedOffset>,
    ) -> MonthRowView {
        let mut line = row(sheet, reckoned);
        // What more minutes would reach is told while there can be more.
        if self.zone().day(at) > reckoned.month.last() {
            line.next = None;
        } else if let Some(next) = reckoned.says_next() {
            line.why = format!("{} {next}", line.why);
        }
        line.profile = self.profile_of(sheet, reckoned.month);
        if let Some(closed) = closed.filter(|closed| closed.snapshot.is_some()) {
            as_closed(closed, reckoned, &mut line);
        }
        self.with_claims(sheet, reckoned.month, &mut line);
        line
    }

    /// The payer profile by which a patient's month is reckoned, as pages and files call it.
    pub(super) fn profile_of(&self, sheet: &Flowsheet, month: Month) -> String {
        sentence(self.office.profiles.of(sheet, month.last()).about())
    }

    /// The biller's list. Months that wait for the clinic's choice are left out, and named as such.
    pub fn month_csv(&self, month: Month, at: DateTime<FixedOffset>) -> String {
        let mut csv = CsvOut::with_header([
            "Month",
            "Name",
            "MRN",
            "Date of birth",
            "Payer profile",
            "Kind",
            "Minutes",
            "Supported by minutes",
            "Codes",
            "Missing",
            "Warnings",
            "Not counted",
            "Why",
            "Payer",
            "Sent, claimed or denied",
            "Left out",
            "Conflicts",
            "After closing",
        ]);
        let view = self.month(month, at);
        for r in &view.rows {
            let sheet = r.chart.and_then(|c| self.sheets.get(&c));
            let who = sheet.map(|s| &s.who);
            csv.row([
                month.to_string(),
                r.name.clone(),
                who.and_then(|w| w.mrn.clone()).unwrap_or_default(),
                who.and_then(|w| w.birth).map(|d| d.to_string()).unwrap_or_default(),
                r.profile.clone(),
                r.kind.clone(),
                r.minutes.to_string(),
                if r.is_unsettled {
                    String::new()
                } else {
                    r.supports.clone()
                },
                r.to_send.clone(),
                r.missing.join(" "),
                r.warnings.join(" "),
                r.not_counted.join(" "),
                r.why.clone(),
                r.payer.clone().unwrap_or_default(),
                r.claims.join(" "),
                r.left_out.join(" "),
                r.conflicts.iter().map(conflict_words).collect::<Vec<_>>().join(" "),
                r.late.clone().unwrap_or_default(),
            ]);
        }
        csv.into_text()
    }
}

fn row(sheet: &Flowsheet, month: &ServiceMonth) -> MonthRowView {
    let of = |state| {
        month
            .gates
            .iter()
            .filter(move |g| g.state == state)
            .map(crate::billing::Gate::why)
    };
    let mut warnings: Vec<String> = of(GateState::Warning).collect();
    warnings.extend(month.supported.warnings.iter().map(crate::billing::Warning::sentence));
    warnings.extend(month.notes.iter().map(crate::billing::Note::sentence));
    let mut lost: BTreeMap<String, u32> = BTreeMap::new();
    for part in &month.not_counted {
        *lost.entry(part.why.words()).or_default() += part.seconds.0;
    }
    let codes = if month.is_unsettled() { &[] } else { month.billable() };
    MonthRowView {
        chart: Some(month.chart),
        name: sheet.list_name(),
        mrn: sheet.who.mrn.clone(),
        minutes: month.minutes(),
        kind: month_kind(month).to_owned(),
        supports: codes_words(&month.supported.codes),
        is_unsettled: month.is_unsettled(),
        codes: codes_words(codes),
        units: codes.iter().map(|c| (c.code.as_str().to_owned(), c.units)).collect(),
        next: month.supported.next.map(|n| (n.code.as_str().to_owned(), n.at_minutes)),
        missing: of(GateState::Missing).collect(),
        warnings,
        why: month.reckoning(),
        not_counted: lost
            .into_iter()
            .map(|(why, s)| format!("{} min: {why}", s / 60))
            .collect(),
        ..MonthRowView::default()
    }
}

/// What is missing in so many rows that one line says it for all of them.
fn common(rows: &[MonthRowView]) -> Vec<CommonView> {
    let mut alike: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sentence in rows.iter().flat_map(|row| &row.missing) {
        alike.entry(beginning(sentence)).or_default().push(sentence);
    }
    let many = alike.into_iter().filter(|(_, sentences)| MANY_ROWS <= sentences.len());
    many.map(|(begins, sentences)| CommonView {
        begins: begins.to_owned(),
        // Days differ from patient to patient: then the beginning has to do.
        sentence: match sentences.iter().all(|sentence| Some(sentence) == sentences.first()) {
            true => sentences.first().map(|s| (*s).to_owned()).unwrap_or_default(),
            false => format!("{begins}."),
        },
        rows: super::open::count(sentences.len()),
    })
    .collect()
}

/// The first clause of a sentence on what is missing, which has no day in it.
fn beginning(sentence: &str) -> &str {
    sentence.split([':', '.', ',']).next().unwrap_or(sentence)
}

/// Months that are offered at most: a day that was mistyped long ago makes no list without end.
const MOST_MONTHS: usize = 240;

/// Rows from which on a sentence that all of them have is said once.
const MANY_ROWS: usize = 5;

/// What kind of month it is, as lists and papers have it.
pub(super) fn month_kind(month: &ServiceMonth) -> &'static str {
    let is_outreach = |note: &Note| matches!(note, Note::OnlyOutreach { .. });
    match month.notes.iter().any(is_outreach) {
        true => "Outreach before enrollment",
        false => kind_words(month.kind),
    }
}

fn kind_words(kind: MonthKind) -> &'static str {
    match kind {
        MonthKind::Initial => "First month of care",
        MonthKind::Subsequent => "Later month of care",
        MonthKind::GeneralBhi => "General behavioral health integration",
        MonthKind::TherapistBhi => "General integration under a therapist\u{2019}s NPI",
    }
}

/// When an entry began, for a file: its clock time where one is known.
pub(super) fn csv_time(start: When) -> String {
    match start {
        When::Day(_) => String::new(),
        When::At(at) => at.format("%H:%M:%S").to_string(),
    }
}

/// What a profile is, as a sentence's beginning.
pub(super) fn sentence(about: &str) -> String {
    let mut letters = about.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

/// Codes with their units, for example `99493 + 99494 x2`.
fn codes_words(codes: &[CodeUnits]) -> String {
    let word = |c: &CodeUnits| match c.units {
        1 => c.code.as_str().to_owned(),
        units => format!("{} x{units}", c.code.as_str()),
    };
    codes.iter().map(word).collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_rows_lack_is_said_once_without_the_days_in_which_they_differ() {
        let row = |missing: &[String]| MonthRowView {
            missing: missing.to_vec(),
            ..MonthRowView::default()
        };
        let consent = "No consent is on record. Spoken consent is enough: ask, and write down the day.".to_owned();
        let visit =
            |day: u32| format!("No qualifying initiating visit is on record: document one before {day} Nov 2026.");
        let rows: Vec<MonthRowView> = (1..=5).map(|day| row(&[consent.clone(), visit(day)])).collect();
        let said = common(&rows);
        let said: Vec<_> = said.iter().map(|c| (c.sentence.as_str(), c.rows)).collect();
        assert_eq!(
            said,
            [
                (consent.as_str(), 5),
                ("No qualifying initiating visit is on record.", 5)
            ]
        );
        assert!(rows[0].missing[1].starts_with(&common(&rows)[1].begins));
        assert_eq!(common(&rows[..4]), []);
    }
}
