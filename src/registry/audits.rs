//! Audits of records: drawn, prefilled, kept, compared.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::books::Books;
use super::open::count;
use super::queries::about;
use super::views::*;
use crate::care::fidelity::{self, CHECKLIST, ITEMS};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{AuditAnswer, AuditedRecord, RecordAudit};
use crate::journal::{ChartId, Day, Fact};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// Draws records, and says what each can tell by itself.
    pub fn draw(&self, query: &DrawQuery, at: DateTime<FixedOffset>) -> DrawView {
        let moment = self.as_of(at);
        let sheets: BTreeMap<ChartId, &Flowsheet> = self
            .sheets
            .iter()
            .filter(|(_, sheet)| fidelity::is_in(sheet, query.period, moment.today))
            .map(|(chart, sheet)| (*chart, sheet))
            .collect();
        let pool: Vec<ChartId> = sheets.keys().copied().collect();
        let drawn = fidelity::draw(&pool, query.seed, query.count as usize);
        let records = drawn.into_iter().filter_map(|chart| {
            let sheet = sheets.get(&chart)?;
            Some(DrawnRecord {
                chart,
                name: sheet.list_name(),
                about: about(sheet, moment.today),
                found: ITEMS
                    .iter()
                    .map(|item| {
                        let found = fidelity::found(sheet, item.name, &moment);
                        (item.name.to_owned(), found.answer, found.shown)
                    })
                    .collect(),
            })
        });
        DrawView {
            pool: count(pool.len()),
            checklist: CHECKLIST.to_owned(),
            items: ITEMS
                .iter()
                .map(|item| (item.name.to_owned(), item.question.to_owned(), item.source.to_owned()))
                .collect(),
            records: records.collect(),
        }
    }

    /// Audits that were saved, the latest first.
    pub(super) fn audits(&self, today: Day) -> Vec<AuditLine> {
        let named = |record: &AuditedRecord| match self.sheets.get(&record.chart).filter(|sheet| !sheet.erased) {
            Some(sheet) => (sheet.list_name(), about(sheet, today)),
            None => ("A record that is not here any more".to_owned(), String::new()),
        };
        let folded = &self.office.folded;
        let heads = folded.slots().filter_map(|slot| folded.head(slot));
        let mut lines: Vec<AuditLine> = heads
            .filter_map(|live| match &live.fact {
                Fact::RecordAudit(audit) => Some(AuditLine {
                    totals: totals(audit),
                    by: self.office.name(live.author),
                    names: audit.records.iter().map(named).collect(),
                    audit: audit.clone(),
                }),
                _ => None,
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse((line.audit.day, line.audit.audit)));
        lines
    }
}

/// How often each item was answered yes, no and not applicable, in the checklist's order; items of another checklist last.
fn totals(audit: &RecordAudit) -> Vec<(String, u32, u32, u32)> {
    let mut sums: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
    for (item, finding) in audit.records.iter().flat_map(|record| &record.items) {
        let place = match finding.answer {
            AuditAnswer::Yes => 0,
            AuditAnswer::No => 1,
            AuditAnswer::NotApplicable => 2,
        };
        let sum = sums.entry(item.as_str()).or_default();
        if let Some(number) = sum.get_mut(place) {
            *number += 1;
        }
    }
    let known = ITEMS
        .iter()
        .map(|item| item.name)
        .filter(|name| sums.contains_key(name));
    let other = sums
        .keys()
        .copied()
        .filter(|name| ITEMS.iter().all(|item| item.name != *name));
    let names: Vec<&str> = known.chain(other).collect();
    let line = |name: &str| {
        let [yes, no, none] = sums.get(name).copied().unwrap_or_default();
        (name.to_owned(), yes, no, none)
    };
    names.into_iter().map(line).collect()
}
