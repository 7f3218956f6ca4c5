//! Closing a month, and what one patient's month is made of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::closed::{Closed, closed, fits, parts};
use super::months::{month_kind, sentence};
use super::views::*;
use crate::billing::{CodeUnits, Found, Gate, GateKind, GateState, ServiceMonth};
use crate::care::intent::Refusal;
use crate::flowsheet::{Flowsheet, Lack};
use crate::journal::facts::{MonthLock, MonthSnapshot, MonthStood, SnapshotRow, Time};
use crate::journal::{ChartId, EntryId, Fact, Folded, Month, Seconds, Stamp};
use crate::store::Store;
use crate::vault::Aead;

/// Version of the rules by which a month is counted; it changes when they do.
const RULES: &str = "2";

impl<S: Store, A: Aead> Books<S, A> {
    /// How a month was closed, while it is.
    pub(super) fn closed(&self, month: Month) -> Option<Closed<'_>> {
        closed(&self.office.folded, month)
    }

    /// The lock of a month with what it comes to now; before it the parts of its rows, where one entry doesn't hold them.
    ///
    /// # Errors
    /// While the month isn't over, and when it is closed already.
    pub(super) fn month_lock(&mut self, month: Month, at: DateTime<FixedOffset>) -> Result<Vec<Fact>, Failure> {
        let today = self.zone().day(at);
        if today <= month.last() {
            let from = month.next().first();
            return Err(Refusal::Field(format!("This month isn't over: close it from {from} on")).into());
        }
        if self.closed(month).is_some() {
            return Err(Refusal::Field("This month is closed already".to_owned()).into());
        }
        let rows = self.sheets.values().filter(|sheet| !sheet.erased).filter_map(|sheet| {
            let reckoned = self.reckon(sheet, month, at);
            let entries = entries_of(&reckoned);
            // Some payers pay a month without minutes.
            let comes_to_something = !entries.is_empty() || !reckoned.supported.codes.is_empty();
            comes_to_something.then(|| SnapshotRow {
                chart: sheet.chart,
                profile: self.profile_of(sheet, month),
                seconds: reckoned.seconds,
                entries: super::open::count(entries.len()),
                codes: ready(&reckoned),
                ids: entries.into_iter().collect(),
                stood: Some(stood(&reckoned)),
            })
        });
        let rows: Vec<SnapshotRow> = rows.collect();
        let profile = sentence(self.office.profiles.clinic_chosen().about());
        let entries = rows.iter().map(|row| row.entries).fold(0, u32::saturating_add);
        let (rows, parts) = match fits(&rows) {
            true => (rows, Vec::new()),
            false => (Vec::new(), parts(&rows, month, &profile, || self.random())),
        };
        let lock = MonthLock {
            month,
            closed: true,
            reason: None,
            snapshot: Some(MonthSnapshot {
                as_of: today,
                rules: RULES.to_owned(),
                profile,
                entries,
                rows,
                parts: parts.iter().map(|part| part.part).collect(),
            }),
        };
        let parts = parts.into_iter().map(Fact::MonthPart);
        Ok(parts.chain([Fact::MonthLock(lock)]).collect())
    }

    /// What one patient's month is made of.
    ///
    /// # Errors
    /// When the record isn't here or can't be read.
    pub async fn month_detail(
        &mut self,
        chart: ChartId,
        month: Month,
        at: DateTime<FixedOffset>,
    ) -> Result<MonthDetailView, Failure> {
        let entries = self.read(chart).await?;
        let folded = entries.fold();
        let stamp_of: BTreeMap<EntryId, Stamp> = entries.entries().map(|e| (e.id(), e.stamp())).collect();
        let sheet = self.sheets.get(&chart).ok_or(Refusal::NoSuchChart)?;
        let reckoned = self.reckon(sheet, month, at);
        let closed = self.closed(month);
        let is_late = |entry: &EntryId| {
            let written = stamp_of.get(entry).copied();
            closed
                .as_ref()
                .is_some_and(|closed| closed.is_late(chart, *entry, written))
        };
        let counted = reckoned
            .counted
            .iter()
            .map(|c| (c.entry, c.day, c.seconds, c.activity, c.by, None))
            .collect::<Vec<_>>();
        let lost = reckoned
            .not_counted
            .iter()
            .map(|n| (n.entry, n.day, n.seconds, n.activity, n.by, Some(n.why.words())));
        let lines = counted
            .into_iter()
            .chain(lost)
            .map(|(entry, day, seconds, activity, by, why)| MonthLineView {
                day,
                seconds,
                activity: self.activity(sheet, activity),
                by: self.office.name(by),
                lacks: lacks(sheet, entry, why.is_none()),
                not_counted: why,
                late: is_late(&entry),
                time: mendable(&folded, entry),
                entry,
            });
        let mut lines: Vec<MonthLineView> = lines.collect();
        lines.sort_by(|a, b| (a.day, &a.activity, &a.by).cmp(&(b.day, &b.activity, &b.by)));
        let words = |seconds: &Seconds| seconds.0 / 60;
        Ok(MonthDetailView {
            by_activity: reckoned
                .by_activity
                .iter()
                .map(|(a, s)| (self.activity(sheet, *a), words(s)))
                .collect(),
            by_person: reckoned
                .by_person
                .iter()
                .map(|(p, s)| (self.office.name(*p), words(s)))
                .collect(),
            lines,
            gates: reckoned
                .gates
                .iter()
                .map(|gate| MonthGateView {
                    name: gate.kind.words().to_owned(),
                    standing: match gate.state {
                        GateState::Met => GateStanding::Met,
                        GateState::Warning => GateStanding::ToCheck,
                        GateState::Missing => GateStanding::Missing,
                    },
                    sentence: gate.why(),
                    mend: mend(gate),
                })
                .collect(),
            uncapped: uncapped(&reckoned),
            reach: self.reach(&reckoned, at, closed.is_some()),
            late: closed.as_ref().and_then(|closed| late(closed, &reckoned)),
        })
    }

    /// Whether the next code can still be reached.
    fn reach(&self, month: &ServiceMonth, at: DateTime<FixedOffset>, closed: bool) -> Option<String> {
        let next = month.supported.next?;
        let more = month.supported.minutes_to_next()?;
        let today = self.zone().day(at);
        let last = month.month.last();
        let code = next.code.as_str();
        let minutes = if more == 1 { "minute" } else { "minutes" };
        Some(if closed {
            format!("{code} was {more} {minutes} away when you look at it now; the month is closed.")
        } else if today > last {
            format!("{code} was not reached: {more} {minutes} were missing, and the month is over.")
        } else {
            let days = last.since(today) + 1;
            let days_words = if days == 1 { "day is" } else { "days are" };
            format!("{code} can still be reached: {more} {minutes} more, and {days} {days_words} left in the month.")
        })
    }
}

/// The entries of a month, counted or not.
fn entries_of(month: &ServiceMonth) -> BTreeSet<EntryId> {
    let counted = month.counted.iter().map(|c| c.entry);
    counted.chain(month.not_counted.iter().map(|n| n.entry)).collect()
}

/// What an audit asks for and a counted entry doesn't say.
fn lacks(sheet: &Flowsheet, entry: EntryId, counts: bool) -> Vec<Lack> {
    let line = sheet.times.iter().find(|line| line.entry == entry && counts);
    line.map(|line| line.lacks.clone()).unwrap_or_default()
}

/// The entry's content, to be written again with what it lacks.
fn mendable(folded: &Folded, entry: EntryId) -> Option<Time> {
    let live = folded.live().iter().find(|live| live.id == entry)?;
    match &live.fact {
        Fact::Time(time) => Some(time.clone()),
        _ => None,
    }
}

/// Codes ready to be billed, by their text.
pub(super) fn ready(month: &ServiceMonth) -> BTreeMap<String, u32> {
    by_text(if month.is_unsettled() { &[] } else { month.billable() })
}

fn by_text(codes: &[CodeUnits]) -> BTreeMap<String, u32> {
    let text = |code: &CodeUnits| (code.code.as_str().to_owned(), code.units);
    codes.iter().map(text).collect()
}

/// How a month stands, as its lock keeps it.
fn stood(month: &ServiceMonth) -> MonthStood {
    MonthStood {
        kind: month_kind(month).to_owned(),
        supports: by_text(&month.supported.codes),
        missing: month.missing().map(|gate| gate.words().to_owned()).collect(),
        unsettled: month.is_unsettled(),
    }
}

/// Puts what a closed month came to then in the place of what it would come to now: its minutes, codes and profile, and
/// whatever was missing. `line` holds what is so now, and keeps its words where that is what was so then.
pub(super) fn as_closed(closed: &Closed<'_>, now: &ServiceMonth, line: &mut MonthRowView) {
    // Nothing more is reached in a month that is closed.
    line.next = None;
    line.late = late(closed, now);
    let Some(then) = closed.row(now.chart) else {
        *line = MonthRowView {
            chart: line.chart,
            name: std::mem::take(&mut line.name),
            mrn: line.mrn.take(),
            kind: std::mem::take(&mut line.kind),
            profile: std::mem::take(&mut line.profile),
            late: line.late.take(),
            as_closed: true,
            why: "No time was on record for this month when it was closed.".to_owned(),
            ..MonthRowView::default()
        };
        return;
    };
    if line.late.is_none() && then.profile == line.profile && then.stood.as_ref() == Some(&stood(now)) {
        return;
    }
    line.as_closed = true;
    let stood = then.stood.as_ref();
    let codes = |codes: &BTreeMap<String, u32>| if codes.is_empty() { String::new() } else { coded(codes) };
    line.minutes = then.seconds.0 / 60;
    line.profile.clone_from(&then.profile);
    line.codes = codes(&then.codes);
    line.units = then.codes.clone().into_iter().collect();
    line.supports = stood.map_or_else(|| line.codes.clone(), |stood| codes(&stood.supports));
    line.is_unsettled = stood.is_some_and(|stood| stood.unsettled);
    line.missing = stood
        .iter()
        .flat_map(|stood| &stood.missing)
        .map(|gate| lacked(gate))
        .collect();
    line.warnings.clear();
    line.not_counted.clear();
    if let Some(stood) = stood {
        line.kind.clone_from(&stood.kind);
    }
    let supported = if line.supports.is_empty() {
        "no code"
    } else {
        line.supports.as_str()
    };
    line.why = format!(
        "As it was closed: {} minutes counted, which supported {supported}.",
        line.minutes
    );
}

/// What was missing when a month was closed.
fn lacked(gate: &str) -> String {
    format!("When the month was closed this was missing: {gate}.")
}

/// What changed in a patient's month since it was closed; `None` when nothing did, or nothing is known of it.
pub(super) fn late(closed: &Closed<'_>, now: &ServiceMonth) -> Option<String> {
    closed.snapshot?;
    let then = closed.row(now.chart);
    let (seconds, entries) = then.map_or((0, 0), |row| (row.seconds.0, row.entries));
    let then_codes = then.map(|row| row.codes.clone()).unwrap_or_default();
    let (now_codes, now_entries) = (ready(now), entries_of(now));
    let count = super::open::count(now_entries.len());
    let same_entries = closed.took_up(now.chart, &now_entries);
    if same_entries && (seconds, entries, &then_codes) == (now.seconds.0, count, &now_codes) {
        return None;
    }
    let (before, after) = (seconds / 60, now.seconds.0 / 60);
    let effect = if then_codes == now_codes {
        "The codes stay the same".to_owned()
    } else {
        format!(
            "The codes would be {} instead of {}",
            coded(&now_codes),
            coded(&then_codes)
        )
    };
    Some(format!(
        "Changed after the month was closed: {after} minutes count now, {before} did then. {effect}; reopen the month to \
         take this up."
    ))
}

/// Codes with their units, for example `99493 + 99494 x2`.
pub(super) fn coded(codes: &BTreeMap<String, u32>) -> String {
    let word = |(code, units): (&String, &u32)| match units {
        1 => code.clone(),
        units => format!("{code} x{units}"),
    };
    match codes.is_empty() {
        true => "none".to_owned(),
        false => codes.iter().map(word).collect::<Vec<_>>().join(" + "),
    }
}

/// Units of the add-on beyond what the profile allows.
fn uncapped(month: &ServiceMonth) -> Option<String> {
    let allowed = month.supported.codes.iter().find(|code| code.code.as_str() == "99494");
    let reached = month.supported.uncapped_add_ons;
    let allowed = allowed.map_or(0, |code| code.units);
    (reached > allowed).then(|| {
        format!(
            "Without this payer profile\u{2019}s limit the minutes reach {reached} units of 99494; with it, {allowed}."
        )
    })
}

/// Where a gate is mended.
fn mend(gate: &Gate) -> Option<Mend> {
    Some(match gate.kind {
        GateKind::Consent if matches!(gate.found, Found::ConsentUnexplained { .. }) => Mend::Explained,
        GateKind::Consent => Mend::Consent,
        GateKind::Diagnosis => Mend::Diagnosis,
        GateKind::InitiatingVisit => Mend::Visit,
        GateKind::Practitioner => Mend::Clinician,
        GateKind::Npi => Mend::Npi,
        GateKind::Scale => Mend::Scale,
        GateKind::Review => Mend::Review,
        GateKind::Plan => Mend::Plan,
        GateKind::ApcmBase | GateKind::Documentation => return None,
    })
}

/// The sheet of a closed month's line that has no time any more.
pub(super) fn is_in_snapshot(closed: Option<&Closed<'_>>, sheet: &Flowsheet) -> bool {
    closed.is_some_and(|closed| closed.row(sheet.chart).is_some())
}
