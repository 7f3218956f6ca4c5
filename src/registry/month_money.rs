//! What a month comes to, by payer and by care manager, and time that was given and isn't paid.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::books::Books;
use super::month_close::coded;
use super::months::csv_time;
use super::open::count;
use crate::billing::{AMOUNT_NOTE, Fees, Price};
use crate::exchange::csv_out::CsvOut;
use crate::flowsheet::Flowsheet;
use crate::graphs::month_bars;
use crate::journal::{Fact, Month};
use crate::registry::timeline::mode_word;
use crate::store::Store;
use crate::vault::Aead;

/// Months of the plot.
const MONTHS: usize = 12;

/// What a month comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyView {
    /// The month.
    pub month: Month,
    /// Amounts that can be chosen.
    pub fees: Vec<FeesView>,
    /// Those that were, with what has to be said beside each figure.
    pub chosen: Option<(FeesView, String)>,
    /// By payer.
    pub payers: Vec<SumView>,
    /// By care manager.
    pub managers: Vec<SumView>,
    /// Time that reached a code and time that didn't, by month, the latest last.
    pub short: Vec<ShortView>,
    /// The same, drawn.
    pub plot: String,
    /// Months that wait for a choice, which are in none of the sums.
    pub unsettled: u32,
}

/// A fee schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeesView {
    /// By which it is chosen.
    pub name: String,
    /// Year and place.
    pub label: String,
    /// Where the amounts come from.
    pub source: String,
    /// Code and amount of one unit.
    pub amounts: Vec<(String, String)>,
}

/// What the months of one payer's or one care manager's patients come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumView {
    /// The payer or the care manager.
    pub name: String,
    /// Patients with countable time.
    pub patients: u32,
    /// Whole countable minutes.
    pub minutes: u32,
    /// Codes ready to be billed, with their units.
    pub codes: String,
    /// What they come to, where amounts were chosen.
    pub amount: Option<String>,
    /// Codes without an amount.
    pub unpriced: Vec<String>,
    /// Minutes of months that reach no code.
    pub short: u32,
}

/// Time of one month with codes that are ready, with codes that wait, and below every code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortView {
    /// The month.
    pub month: Month,
    /// Minutes of months with codes that are ready.
    pub reached: u32,
    /// Minutes of months whose codes wait: for something that is missing, or for the clinic's choice.
    pub waiting: u32,
    /// Minutes of months below every code.
    pub short: u32,
    /// Patients of the latter.
    pub patients: u32,
}

impl From<&Fees> for FeesView {
    fn from(fees: &Fees) -> Self {
        let amount = |(code, cents): (&String, &u32)| (code.clone(), crate::billing::Cents((*cents).into()).text());
        Self {
            name: fees.name.clone(),
            label: fees.label(),
            source: fees.source.clone(),
            amounts: fees.cents.iter().map(amount).collect(),
        }
    }
}

#[derive(Default)]
struct Sum {
    patients: usize,
    minutes: u32,
    codes: BTreeMap<String, u32>,
    short: u32,
}

impl<S: Store, A: Aead> Books<S, A> {
    /// The shipped fee schedules and the clinic's own. One without amounts isn't used any more.
    fn fees(&self) -> Vec<Fees> {
        let heads = self
            .office
            .folded
            .slots()
            .filter_map(|slot| self.office.folded.head(slot));
        let own = heads.filter_map(|live| match &live.fact {
            Fact::FeeSchedule(own) if !own.cents.is_empty() => Some(Fees::own(own)),
            _ => None,
        });
        own.chain(Fees::shipped().iter().cloned()).collect()
    }

    /// What a month comes to.
    pub(super) fn money(&self, month: Month, fees: Option<&str>, at: DateTime<FixedOffset>) -> MoneyView {
        let all = self.fees();
        let chosen = fees.and_then(|name| all.iter().find(|fees| fees.name == name));
        let (mut payers, mut managers) = (BTreeMap::new(), BTreeMap::new());
        let view = self.month(month, at);
        for row in &view.rows {
            let sheet = row.chart.and_then(|chart| self.sheets.get(&chart));
            let manager = sheet.and_then(|sheet| sheet.care_manager_on(month.last()));
            let manager = manager.map_or_else(|| "Nobody assigned".to_owned(), |person| self.office.name(person));
            let payer = row.payer.clone().unwrap_or_else(|| "No payer on record".to_owned());
            if row.minutes == 0 && row.units.is_empty() {
                continue;
            }
            for (sums, name) in [(&mut payers, payer), (&mut managers, manager)] {
                let sum: &mut Sum = BTreeMap::entry(sums, name).or_default();
                sum.patients += 1;
                sum.minutes += row.minutes;
                if row.supports.is_empty() {
                    sum.short += row.minutes;
                }
                for (code, units) in &row.units {
                    *sum.codes.entry(code.clone()).or_default() += units;
                }
            }
        }
        let short = self.short(month, at);
        let bars: Vec<(Month, u32, u32)> = short
            .iter()
            .map(|s| (s.month, s.reached, s.waiting + s.short))
            .collect();
        let words =
            |sums: BTreeMap<String, Sum>| sums.into_iter().map(|(name, sum)| said(name, &sum, chosen)).collect();
        MoneyView {
            month,
            fees: all.iter().map(FeesView::from).collect(),
            chosen: chosen.map(|fees| (FeesView::from(fees), AMOUNT_NOTE.to_owned())),
            payers: words(payers),
            managers: words(managers),
            plot: month_bars(&bars),
            short,
            unsettled: count(view.rows.iter().filter(|row| row.is_unsettled).count()),
        }
    }

    /// Time with a code that is ready, with one that waits, and below every code, in the year up to a month. Months that are
    /// closed stand as they were closed.
    fn short(&self, month: Month, at: DateTime<FixedOffset>) -> Vec<ShortView> {
        let months = std::iter::successors(Some(month), |month| Some(month.previous())).take(MONTHS);
        let mut views: Vec<ShortView> = months
            .map(|month| {
                let (mut reached, mut waiting, mut short, mut patients) = (0, 0, 0, 0_usize);
                let closed = self.closed(month);
                // A month's time begins in it, or a day before it at most.
                let (from, until) = (month.first().plus(-1), month.last());
                let sheets = self.sheets.values().filter(|sheet| !sheet.erased);
                let has_time = |sheet: &&Flowsheet| {
                    let was_closed = super::month_close::is_in_snapshot(closed.as_ref(), sheet);
                    was_closed || sheet.times.iter().any(|line| line.day >= from && line.day <= until)
                };
                for sheet in sheets.filter(has_time) {
                    let line = self.month_line(sheet, &self.reckon(sheet, month, at), closed.as_ref(), at);
                    match (line.supports.is_empty(), line.codes.is_empty()) {
                        (false, false) => reached += line.minutes,
                        (false, true) => waiting += line.minutes,
                        (true, _) if line.minutes > 0 => {
                            short += line.minutes;
                            patients += 1;
                        }
                        (true, _) => {}
                    }
                }
                ShortView {
                    month,
                    reached,
                    waiting,
                    short,
                    patients: count(patients),
                }
            })
            .collect();
        views.reverse();
        views
    }

    /// Every entry of a month, counted or not. Notes stay out: they belong to the record.
    pub(super) fn log(&self, month: Month, at: DateTime<FixedOffset>) -> String {
        let mut csv = CsvOut::with_header([
            "Month",
            "Name",
            "MRN",
            "Date",
            "Start",
            "Seconds",
            "Activity",
            "Mode",
            "Who",
            "Credential",
            "Counted",
            "Why not",
            "Not documented",
            "Length from",
            "Entry",
        ]);
        let mut sheets: Vec<_> = self.sheets.values().filter(|sheet| !sheet.erased).collect();
        sheets.sort_by_cached_key(|sheet| (sheet.list_name(), sheet.chart));
        for sheet in sheets {
            let reckoned = self.reckon(sheet, month, at);
            let counted = reckoned
                .counted
                .iter()
                .map(|c| (c.entry, c.day, c.seconds, c.activity, c.by, None));
            let lost = reckoned
                .not_counted
                .iter()
                .map(|n| (n.entry, n.day, n.seconds, n.activity, n.by, Some(n.why.words())));
            let mut lines: Vec<_> = counted.chain(lost).collect();
            lines.sort_by_key(|(entry, day, ..)| (*day, *entry));
            for (entry, day, seconds, activity, by, why) in lines {
                let line = sheet.times.iter().find(|line| line.entry == entry);
                let lacks: Vec<&str> = line
                    .iter()
                    .flat_map(|line| &line.lacks)
                    .map(|lack| lack.words())
                    .collect();
                let person = self.office.people.get(&self.office.stands_for(by));
                csv.row([
                    month.to_string(),
                    sheet.list_name(),
                    sheet.who.mrn.clone().unwrap_or_default(),
                    day.to_string(),
                    line.map(|line| csv_time(line.start)).unwrap_or_default(),
                    seconds.0.to_string(),
                    self.activity(sheet, activity),
                    line.and_then(|line| line.mode)
                        .map(mode_word)
                        .unwrap_or_default()
                        .to_owned(),
                    self.office.name(by),
                    person.and_then(|person| person.credential.clone()).unwrap_or_default(),
                    if why.is_none() { "yes" } else { "no" }.to_owned(),
                    why.unwrap_or_default(),
                    if lacks.is_empty() {
                        String::new()
                    } else {
                        lacks.join(", ")
                    },
                    line.map(|line| clocked_word(line.clocked))
                        .unwrap_or_default()
                        .to_owned(),
                    entry.to_string(),
                ]);
            }
        }
        csv.into_text()
    }
}

/// Where a length comes from.
fn clocked_word(clocked: crate::journal::facts::Clocked) -> &'static str {
    use crate::journal::facts::Clocked;
    match clocked {
        Clocked::Timer => "timer",
        Clocked::Typed => "typed",
        Clocked::Imported => "imported",
    }
}

fn said(name: String, sum: &Sum, fees: Option<&Fees>) -> SumView {
    let price: Option<Price> = fees.map(|fees| fees.price(&sum.codes));
    SumView {
        name,
        patients: count(sum.patients),
        minutes: sum.minutes,
        codes: if sum.codes.is_empty() {
            String::new()
        } else {
            coded(&sum.codes)
        },
        amount: price.as_ref().map(|price| price.sum.text()),
        unpriced: price.map(|price| price.unpriced).unwrap_or_default(),
        short: sum.short,
    }
}
