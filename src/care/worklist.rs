//! The worklist: whom to call today and why, one item a patient, in an order that anyone can check.
//!
//! Safety, worsening, missed, new referral, overdue, answer waiting, due, routine. Within a kind the most severe,
//! then the longest late come first (safety has an order of its own, see `Clock::weight`), then family name, given name and chart.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use crate::flowsheet::{Flowsheet, SnoozeLine};
use crate::journal::facts::ClockKind;
use crate::journal::{ChartId, Day, PersonId};

use super::clocks::{Clock, clocks_into};
use super::office::{AsOf, Office};
use super::protocol::{Number, Protocol};
use super::reason::Kind;

/// Reasons to act today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worklist {
    /// The clinic's day.
    pub as_of: Day,
    /// Name and version of the protocol whose numbers were used.
    pub protocol: String,
    /// One item a patient, in order.
    pub items: Vec<Item>,
    /// Patients all of whose reasons are put off, in the same order.
    pub put_off: Vec<Item>,
    /// Patients with at least one reason put off.
    pub snoozed: usize,
}

/// A patient with a reason to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whose chart.
    pub chart: ChartId,
    /// Charts that are the same person.
    pub same_person: Vec<ChartId>,
    /// Who manages the care today.
    pub care_manager: Option<PersonId>,
    /// Who stands in today.
    pub covered_by: Option<PersonId>,
    /// The strongest reason: it gives the item its kind and place.
    pub first: Clock,
    /// The patient's other reasons, the strongest first; those put off come last.
    pub others: Vec<Clock>,
}

impl Item {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.first.kind.unwrap_or(Kind::Routine)
    }
    /// Whether a list that is filtered by care manager shows it: that manager's own patients; and always safety,
    /// unassigned patients, and patients for whom somebody stands in today.
    pub fn is_for(&self, care_manager: PersonId) -> bool {
        is_shown_to(care_manager, Some(self.kind()), self.care_manager, self.covered_by)
    }
}

/// Whether somebody's list shows a patient: the own ones; and always safety, unassigned and covered patients.
pub(super) fn is_shown_to(
    who: PersonId,
    kind: Option<Kind>,
    care_manager: Option<PersonId>,
    covered_by: Option<PersonId>,
) -> bool {
    kind == Some(Kind::Safety) || covered_by.is_some() || care_manager.is_none_or(|own| own == who)
}

/// Items of one care manager's list, in their order; see [`Item::is_for`].
pub fn filter(items: &[Item], care_manager: Option<PersonId>) -> impl Iterator<Item = &Item> {
    items
        .iter()
        .filter(move |item| care_manager.is_none_or(|who| item.is_for(who)))
}

/// Whom to call today and why.
pub fn worklist<'a>(
    sheets: impl Iterator<Item = &'a Flowsheet>,
    protocol: &Protocol,
    office: &Office,
    now: DateTime<FixedOffset>,
) -> Worklist {
    worklist_as_of(sheets, &AsOf::now(protocol, office, now))
}

/// The same at any moment.
pub fn worklist_as_of<'a>(sheets: impl Iterator<Item = &'a Flowsheet>, at: &AsOf<'_>) -> Worklist {
    let mut same = BTreeMap::new();
    let mut buffer = Vec::new();
    let mut places = Vec::new();
    let mut found = Vec::new();
    for sheet in sheets {
        link(&mut same, sheet);
        if let Some(item) = item(sheet, at, &mut buffer) {
            let name = (sheet.who.family.as_str(), sheet.who.given.as_str(), sheet.chart);
            places.push((clock_place(&item.first), name, found.len()));
            found.push(Some(item));
        }
    }
    places.sort_unstable();
    let in_order = places
        .iter()
        .filter_map(|(_, _, n)| found.get_mut(*n).and_then(Option::take));
    let items = one_a_person(in_order, &same);
    let put_off_clock = |clock: &Clock| clock.snoozed.is_some();
    let any_put_off = |item: &&Item| put_off_clock(&item.first) || item.others.iter().any(put_off_clock);
    let snoozed = items.iter().filter(any_put_off).count();
    let (put_off, items) = items.into_iter().partition(|item| item.first.snoozed.is_some());
    Worklist {
        as_of: at.today,
        protocol: at.protocol.label().to_string(),
        items,
        put_off,
        snoozed,
    }
}

/// One patient's item; `None` when nothing is on the list for them, put off or not.
pub fn item_of(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<Item> {
    item(sheet, at, &mut Vec::new())
}

fn item(sheet: &Flowsheet, at: &AsOf<'_>, buffer: &mut Vec<Clock>) -> Option<Item> {
    buffer.clear();
    clocks_into(sheet, at, buffer);
    item_from(sheet, at, buffer)
}

/// The same from a patient's clocks, which are used up.
pub(super) fn item_from(sheet: &Flowsheet, at: &AsOf<'_>, buffer: &mut Vec<Clock>) -> Option<Item> {
    buffer.retain(Clock::fires);
    for clock in buffer.iter_mut().filter(|clock| clock.kind != Some(Kind::Safety)) {
        clock.snoozed = snoozed_until(sheet, clock, at);
    }
    buffer.sort_by_key(clock_place);
    let mut clocks = buffer.drain(..);
    let first = clocks.next()?;
    Some(Item {
        chart: sheet.chart,
        same_person: Vec::new(),
        care_manager: sheet.care_manager_on(at.today),
        covered_by: covered_by(sheet, at.today),
        first,
        others: clocks.collect(),
    })
}

/// Who stands in for the care manager on a day.
pub fn covered_by(sheet: &Flowsheet, day: Day) -> Option<PersonId> {
    let mut standing_in = sheet.coverage.iter().rev();
    let now = standing_in.find(|c| c.from <= day && day <= c.until).map(|c| c.by);
    // Who stood in still has the record until it is merged back.
    let still_has = || super::coverage::still_out(sheet).filter(|out| out.until < day).last();
    now.or_else(|| still_has().map(|out| out.by))
}

/// Place of a clock among a patient's clocks, and of its patient among all; a name and the chart decide the rest.
type ClockPlace = (bool, Option<Kind>, Reverse<[i64; 6]>);

fn clock_place(clock: &Clock) -> ClockPlace {
    (clock.snoozed.is_some(), clock.kind, Reverse(clock.weight()))
}

/// The last day to which something can be put off from `today`: never for safety, at most two working days for
/// worsening and first contact, the protocol's for the rest.
pub fn longest_snooze(clock: ClockKind, today: Day, protocol: &Protocol, office: &Office) -> Option<Day> {
    match clock {
        ClockKind::Safety => None,
        ClockKind::Worsening | ClockKind::FirstContact => {
            Some(office.working_days_after(today, protocol.get(Number::SnoozeUrgent)))
        }
        _ => Some(today.plus(protocol.days(Number::SnoozeOther))),
    }
}

/// The day until which a reason is put off, if it is.
fn snoozed_until(sheet: &Flowsheet, clock: &Clock, at: &AsOf<'_>) -> Option<Day> {
    put_off_by(sheet, clock, at).map(|(_, until)| until).max()
}

/// What puts a reason off, and until when: each snooze of its clock that has not run out, made when the reason was on
/// the list already, with no score or contact written down since. A snooze that is longer than it may be counts as
/// long as it may.
pub fn put_off_by<'a>(
    sheet: &'a Flowsheet,
    clock: &Clock,
    at: &AsOf<'_>,
) -> impl Iterator<Item = (&'a SnoozeLine, Day)> {
    let (kind, newest) = (clock.clock(), clock.newest());
    let until = move |snooze: &'a SnoozeLine| {
        let longest = longest_snooze(kind, snooze.day, at.protocol, at.office)?;
        let until = snooze.until.min(longest);
        let made_for_this = newest <= snooze.day && snooze.day <= at.today;
        (made_for_this && at.today <= until && !ended(sheet, snooze)).then_some((snooze, until))
    };
    sheet
        .snoozes
        .iter()
        .filter(move |snooze| snooze.clock == kind)
        .filter_map(until)
}

/// Whether a score or a contact was written down after the snooze.
fn ended(sheet: &Flowsheet, snooze: &SnoozeLine) -> bool {
    sheet.scores.iter().any(|s| snooze.stamp < s.stamp) || sheet.contacts.iter().any(|c| snooze.stamp < c.stamp)
}

/// Notes which charts are one person, each under the smallest id among them.
fn link(same: &mut BTreeMap<ChartId, ChartId>, sheet: &Flowsheet) {
    for other in &sheet.same_person {
        let (a, b) = (person(same, sheet.chart), person(same, *other));
        if a != b {
            same.insert(a.max(b), a.min(b));
        }
    }
}

/// The chart under which a person is counted.
fn person(same: &BTreeMap<ChartId, ChartId>, chart: ChartId) -> ChartId {
    let mut chart = chart;
    while let Some(smaller) = same.get(&chart) {
        chart = *smaller;
    }
    chart
}

/// Charts that are one person make one item, at the place of the strongest.
fn one_a_person(items: impl Iterator<Item = Item>, same: &BTreeMap<ChartId, ChartId>) -> Vec<Item> {
    if same.is_empty() {
        return items.collect();
    }
    let mut kept: Vec<Item> = Vec::new();
    let mut seen: BTreeMap<ChartId, usize> = BTreeMap::new();
    for item in items {
        let who = person(same, item.chart);
        let linked = who != item.chart || same.values().any(|smaller| *smaller == who);
        match seen.get(&who).and_then(|place| kept.get_mut(*place)) {
            Some(first) => {
                first.same_person.push(item.chart);
                first.covered_by = first.covered_by.or(item.covered_by);
                first.others.push(item.first);
                first.others.extend(item.others);
                first.others.sort_by_key(clock_place);
            }
            None => {
                if linked {
                    seen.insert(who, kept.len());
                }
                kept.push(item);
            }
        }
    }
    kept
}
