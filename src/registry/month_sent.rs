//! What of a month went to the payer, what may go, and what doesn't go together.

use std::collections::BTreeMap;

use super::books::Books;
use super::claims::state_word;
use super::month_close::coded;
use super::open::count;
use super::views::*;
use crate::billing::{Conflict, conflicts_in_month, standing, to_send};
use crate::flowsheet::Flowsheet;
use crate::journal::Month;
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// Adds to a patient's line what came back, and takes out what can't go.
    pub(super) fn with_claims(&self, sheet: &Flowsheet, month: Month, line: &mut MonthRowView) {
        line.payer = payer_of(sheet, month).map(str::to_owned);
        let standing = standing(sheet, month);
        line.claims = standing
            .values()
            .map(|claim| {
                let units = if claim.units == 1 {
                    String::new()
                } else {
                    format!(" x{}", claim.units)
                };
                let why = claim.reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
                let (state, day) = (state_word(claim.state), dated(claim.day));
                let end = if why.ends_with(['.', '!', '?']) { "" } else { "." };
                format!("{}{units} {state} on {day}{why}{end}", claim.code)
            })
            .collect();
        let ready: BTreeMap<String, u32> = line.units.iter().cloned().collect();
        let may = to_send(&ready, &standing);
        let profile = self.office.profiles.of(sheet, month.last());
        let conflicts = conflicts_in_month(profile, &ready, &standing, month);
        let is_blocked = conflicts.iter().any(|conflict| conflict.blocks);
        line.to_send.clear();
        line.left_out = may.left_out;
        if is_blocked {
            line.left_out
                .push("Nothing goes until the conflict of codes is settled.".to_owned());
            line.codes.clear();
            line.units.clear();
        } else if !may.codes.is_empty() {
            line.to_send = coded(&may.codes);
        }
        line.conflicts = conflicts.into_iter().map(view).collect();
    }

    /// Payers for whom months of the list wait for a choice.
    pub(super) fn waiting_payers(&self, rows: &[MonthRowView], month: Month) -> Vec<WaitingView> {
        let mut patients: BTreeMap<(String, (u32, u32)), usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.is_unsettled) {
            let sheet = row.chart.and_then(|chart| self.sheets.get(&chart));
            let readings = sheet.and_then(|sheet| self.office.profiles.of(sheet, month.last()).g2214_readings());
            if let Some(readings) = readings {
                let payer = row.payer.clone().unwrap_or_default();
                *patients.entry((payer, readings)).or_default() += 1;
            }
        }
        let view = |((payer, readings), number)| WaitingView {
            payer,
            patients: count(number),
            readings,
        };
        patients.into_iter().map(view).collect()
    }
}

/// Who pays on a month's last day.
pub(super) fn payer_of(sheet: &Flowsheet, month: Month) -> Option<&str> {
    let payers = sheet.gates.payers.iter().rev();
    let mut on_last = payers.filter(|(from, ..)| *from <= month.last());
    on_last.next().map(|(_, name, _)| name.as_str())
}

/// A day with its year: a paper about money is read long after.
pub(super) fn dated(day: crate::journal::Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}

fn view(conflict: Conflict) -> ConflictView {
    ConflictView {
        standing: match conflict.blocks {
            true => ConflictStanding::Blocks,
            false => ConflictStanding::Unsettled,
        },
        codes: conflict.codes,
        why: conflict.why,
        source: conflict.source.to_owned(),
    }
}

/// A conflict for a cell of a file.
pub(super) fn conflict_words(conflict: &ConflictView) -> String {
    match conflict.standing {
        ConflictStanding::Blocks => format!("Can't go: {}", conflict.why),
        ConflictStanding::Unsettled => format!("Not settled: {}", conflict.why),
    }
}
