//! The evening: what is still open, what is not written down, and what comes next.

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::queries::kind_of_care;
use super::views::*;
use crate::care::{self, evening};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::AppointmentState;
use crate::journal::{ChartId, Day, When};
use crate::store::Store;
use crate::vault::Aead;

/// Items that are listed at most: more is no evening's work, and Today has them all.
const MOST: u32 = 300;

/// Forms whose drafts are listed, by how their keys begin. What is kept under another key is no form.
const FORMS: [(&str, &str); 17] = [
    ("review", "Advice of a case review"),
    ("ask-review", "Request for a case review"),
    ("contact", "Contact"),
    ("crisis", "Crisis contact"),
    ("note", "Note"),
    ("time", "Time entries"),
    ("assessment", "Initial assessment"),
    ("letter", "Letter or message"),
    ("outreach-letter", "Outreach letter"),
    ("closing-letter", "Closing letter"),
    ("ehr", "Text for the EHR"),
    ("plan-section", "Plan of care"),
    ("problem-sheet", "Problem-solving sheet"),
    ("relapse-plan", "Relapse-prevention plan"),
    ("closing", "Closing"),
    ("template", "Template"),
    ("triage", "Decisions on imported concerns"),
];

impl<S: Store, A: Aead> Books<S, A> {
    /// What is still to do before going home, and tomorrow's plan.
    ///
    /// # Errors
    /// When a record of today can't be read.
    pub async fn evening(&mut self, query: &EveningQuery, at: DateTime<FixedOffset>) -> Result<EveningView, Failure> {
        let today = self.zone().day(at);
        let next = self.office.hours.working_days_after(today, 1);
        let list = TodayQuery {
            care_manager: query.care_manager,
            most: Some(MOST),
        };
        let list = self.today(&list, at);
        let open = list.items.into_iter();
        let open: Vec<EveningItem> = open.map(|item| self.evening_item(item, query, at)).collect();
        let mut booked = list.appointments;
        booked.retain(|row| row.state == AppointmentState::Booked);
        let whose = self.names_apart(booked.iter().map(|row| row.chart), today);
        for row in &mut booked {
            if let Some(told) = whose.get(&row.chart) {
                row.name.clone_from(told);
            }
        }
        let days = DiaryQuery {
            from: today.plus(1),
            to: next,
            care_manager: query.care_manager,
        };
        let mut plan = self.diary_rows(&days, at).await?;
        plan.retain(|row| row.ahead);
        // What is open about somebody's safety is part of every plan, whatever day its steps were due on.
        let planned = |chart| {
            plan.iter()
                .any(|row| row.chart == chart && row.kind == DiaryKind::Safety)
        };
        let concerns = open
            .iter()
            .filter(|row| row.item.kind == ItemKind::Safety && !planned(row.item.chart));
        let concerns: Vec<DiaryRow> = concerns.map(|row| still_open(&row.item, next)).collect();
        plan.splice(0..0, concerns);
        let named = query.named.iter().copied();
        let names = self.names_apart(named.chain(open.iter().map(|row| row.item.chart)), today);
        let waiting = EhrQuery {
            care_manager: query.care_manager,
            most: 0,
            with_older: false,
        };
        Ok(EveningView {
            today,
            next,
            open,
            names,
            drafts: self.begun(today).await?,
            unwritten: self.unwritten(today).await?,
            booked,
            ehr: self.ehr(&waiting, at).total,
            plan,
        })
    }

    fn evening_item(&self, mut item: TodayItem, query: &EveningQuery, at: DateTime<FixedOffset>) -> EveningItem {
        let kind = kind_of_care(item.kind);
        let opened = query.opened.get(&item.chart).copied();
        let acknowledged = query.acknowledged.get(&item.chart).copied();
        let now = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let today = self.zone().day(at);
        let sheet = self.sheets.get(&item.chart);
        if let Some(sheet) = sheet {
            item.about = self.about_and_out(sheet, today);
        }
        let owes = |sheet: &Flowsheet| care::owes_today(sheet, &self.as_of(at));
        // A look is enough while nothing is owed today; who goes home with something owed says so by name.
        let seen = |sheet: &Flowsheet| {
            let looked = evening::is_seen(sheet, kind, opened, now, today, self.zone());
            let said = evening::is_acknowledged(sheet, kind, acknowledged, now, today, self.zone());
            said || looked && !owes(sheet)
        };
        EveningItem {
            urgent: evening::is_urgent(kind),
            seen: sheet.is_some_and(seen),
            item,
        }
    }

    /// The forms that were begun: those about no patient first, then by name.
    async fn begun(&self, today: Day) -> Result<Vec<DraftRow>, Failure> {
        let keys = self.store.drafts().await?;
        let mut rows: Vec<DraftRow> = keys.iter().filter_map(|key| self.draft_row(key.as_str())).collect();
        let names = self.names_apart(rows.iter().filter_map(|row| Some(row.whose.as_ref()?.0)), today);
        for (chart, name) in rows.iter_mut().filter_map(|row| row.whose.as_mut()) {
            if let Some(told) = names.get(chart) {
                name.clone_from(told);
            }
        }
        let place = |row: &DraftRow| {
            let whose = row.whose.as_ref().map(|(chart, name)| (care::fold(name), *chart));
            (whose, row.words.clone())
        };
        rows.sort_by_cached_key(place);
        // A tab that only reads keeps its own beside.
        rows.dedup();
        Ok(rows)
    }

    fn draft_row(&self, key: &str) -> Option<DraftRow> {
        let mut parts = key.split('/');
        let form = parts.next()?;
        let (form, words) = FORMS.iter().find(|(prefix, _)| *prefix == form)?;
        let whose = match parts.find_map(|part| part.parse::<ChartId>().ok()) {
            // Somebody who was erased, or undone with an import, has no form.
            Some(chart) => Some((chart, self.sheets.get(&chart).filter(|s| !s.erased)?.list_name())),
            None => None,
        };
        // The line-up of a meeting is kept beside, and is no form.
        if *form == "review" && whose.is_none() {
            return None;
        }
        // What was typed about imported concerns is over once each has its decision.
        let undecided = |sheet: &Flowsheet| sheet.open_concerns().any(|concern| concern.untriaged);
        if *form == "triage" && !self.sheets.values().any(undecided) {
            return None;
        }
        Some(DraftRow {
            form: (*form).to_owned(),
            words: (*words).to_owned(),
            whose,
        })
    }

    /// Patients about whom something was done today, by whoever asks, that is not written down.
    async fn unwritten(&mut self, today: Day) -> Result<Vec<UnwrittenRow>, Failure> {
        let (zone, me) = (self.zone(), self.me);
        let was_written = |sheet: &&Flowsheet| {
            let at = sheet.written.and_then(|stamp| i64::try_from(stamp.millis()).ok());
            let day = at.and_then(|millis| zone.from_millis(millis)).map(|at| zone.day(at));
            !sheet.erased && day == Some(today)
        };
        let touched = self.sheets.values().filter(was_written);
        let touched: Vec<ChartId> = touched.map(|sheet| sheet.chart).collect();
        let touched = self.names_apart(touched.into_iter(), today);
        let mut rows = Vec::new();
        for (chart, name) in touched {
            let folded = self.read(chart).await?.fold();
            let missing = evening::unwritten(&folded, me, today, zone);
            if !missing.is_empty() {
                rows.push(UnwrittenRow {
                    chart,
                    name,
                    note: missing.contains(&evening::Unwritten::Note),
                    minutes: missing.contains(&evening::Unwritten::Minutes),
                });
            }
        }
        rows.sort_by_cached_key(|row| (care::fold(&row.name), row.chart));
        Ok(rows)
    }
}

/// A concern that is open, as a line of the next day's plan.
fn still_open(item: &TodayItem, next: Day) -> DiaryRow {
    DiaryRow {
        day: next,
        at: When::Day(next),
        chart: item.chart,
        name: item.name.clone(),
        kind: DiaryKind::Safety,
        words: super::open::sentence(&item.reason).trim_end_matches('.').to_owned(),
        ahead: true,
        thing: None,
    }
}
