//! Lists for the morning: whom to try now, and the sheet for the huddle with the treating clinicians.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::books::Books;
use super::queries::{about, kind_of_care};
use super::views::*;
use crate::care::outreach::Rung;
use crate::care::try_now::{Fit, TryNow, try_now};
use crate::care::{self, evening, near_words};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::ClockKind;
use crate::journal::{ChartId, Day};
use crate::store::Store;
use crate::vault::Aead;

/// What stands in place of the reasons of a patient of whom something is held back.
const HELD_BACK: &str = "Something is held back in this record, so the reasons stand on Today only.";

impl<S: Store, A: Aead> Books<S, A> {
    /// Whom to try now: those whose hours these are first, then those who can be tried at any time; in each the longest
    /// overdue first.
    pub fn whom_to_try(&self, query: &TodayQuery, at: DateTime<FixedOffset>) -> TryNowView {
        let moment = self.as_of(at);
        let is_mine = |sheet: &&Flowsheet| {
            let own = sheet.care_manager_on(moment.today);
            !sheet.erased && query.care_manager.is_none_or(|who| own.is_none_or(|own| own == who))
        };
        let sheets = self.sheets.values().filter(is_mine);
        let mut rows: Vec<(Fit, Day, TryNowRow)> = sheets
            .filter_map(|sheet| {
                let found = try_now(sheet, &moment)?;
                Some((found.fit, found.outreach.on, try_now_row(sheet, &found, moment.today)))
            })
            .collect();
        rows.sort_by(|a, b| (a.0, a.1, &a.2.name, a.2.chart).cmp(&(b.0, b.1, &b.2.name, b.2.chart)));
        TryNowView {
            rows: rows.into_iter().map(|(_, _, row)| row).collect(),
        }
    }

    /// The sheet for the huddle: who comes today and who needs something first, by treating clinician.
    pub fn huddle(&self, at: DateTime<FixedOffset>) -> HuddleView {
        let today = self.zone().day(at);
        let list = self.today(&TodayQuery::default(), at);
        let mut rows: BTreeMap<ChartId, HuddleRow> = BTreeMap::new();
        for appointment in &list.appointments {
            if let Some(row) = self.huddle_row(appointment.chart, today) {
                let row = rows.entry(appointment.chart).or_insert(row);
                row.visits.push((appointment.at, appointment.mode, appointment.state));
            }
        }
        for item in &list.items {
            let wanted = evening::is_urgent(kind_of_care(item.kind)) || item.clock == ClockKind::Answer;
            if !wanted && !rows.contains_key(&item.chart) {
                continue;
            }
            if let Some(row) = self.huddle_row(item.chart, today) {
                let row = rows.entry(item.chart).or_insert(row);
                row.kind = Some(item.kind);
                let reasons = std::iter::once(&item.reason).chain(&item.others);
                row.needs = match self.sheets.get(&item.chart).is_none_or(|sheet| sheet.held.is_empty()) {
                    true => reasons.map(|reason| super::open::sentence(reason)).collect(),
                    // The sheet goes to clinicians, and a reason may name what is held back.
                    false => vec![HELD_BACK.to_owned()],
                };
            }
        }
        let mut groups: BTreeMap<(bool, String), Vec<HuddleRow>> = BTreeMap::new();
        for row in rows.into_values() {
            let clinician = self.sheets.get(&row.chart).and_then(|sheet| sheet.who.clinician);
            let name = clinician.map(|person| self.office.name(person));
            groups
                .entry((name.is_none(), name.unwrap_or_default()))
                .or_default()
                .push(row);
        }
        let zone = self.zone();
        let group = |((_, clinician), mut rows): ((bool, String), Vec<HuddleRow>)| {
            // Safety first, then by time; who comes today goes before who doesn't.
            rows.sort_by_cached_key(|row| {
                let first = row.visits.iter().map(|(at, ..)| at.instant(zone)).min();
                let kind = row.kind.unwrap_or(ItemKind::Routine);
                (
                    kind != ItemKind::Safety,
                    first.is_none(),
                    first,
                    kind,
                    care::fold(&row.name),
                    row.chart,
                )
            });
            HuddleGroup { clinician, rows }
        };
        HuddleView {
            today,
            groups: groups.into_iter().map(group).collect(),
        }
    }

    fn huddle_row(&self, chart: ChartId, today: Day) -> Option<HuddleRow> {
        let sheet = self.sheets.get(&chart)?;
        Some(HuddleRow {
            chart,
            name: sheet.list_name(),
            about: self.about_and_out(sheet, today),
            visits: Vec::new(),
            kind: None,
            needs: Vec::new(),
        })
    }
}

fn try_now_row(sheet: &Flowsheet, found: &TryNow, today: Day) -> TryNowRow {
    let outreach = &found.outreach;
    let tries = found
        .by_channel
        .iter()
        .map(|(by, count)| format!("{count} by {}", channel_word(*by)));
    let tries: Vec<String> = tries.collect();
    TryNowRow {
        chart: sheet.chart,
        name: sheet.list_name(),
        about: about(sheet, today),
        phone: sheet.who.phone.clone(),
        prefers: super::queries::prefers(sheet),
        next: outreach.next.words(),
        calls: matches!(outreach.next, Rung::Call | Rung::CallAgain(_)),
        due: near_words(outreach.on, today),
        tries: match tries.is_empty() {
            true => "not tried yet".to_owned(),
            false => tries.join(", "),
        },
        suits: match found.fit {
            Fit::Now => Some(true),
            Fit::AnyTime => None,
            Fit::Another => Some(false),
        },
    }
}
