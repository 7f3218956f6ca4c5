//! What lists and settings show, from resident flowsheets.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::timeline::{close_word, concern_word};
use super::views::*;
use crate::care::{self, AsOf, Clock, Item, Number, Protocol};
use crate::flowsheet::{Cause, ConcernLine, Flowsheet, StatusLine};
use crate::journal::facts::{AppointmentState, ClockKind};
use crate::journal::{Day, PersonId, Zone};
use crate::store::{Key, Store};
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// The moment that rules look from.
    pub(super) fn as_of(&self, at: DateTime<FixedOffset>) -> AsOf<'_> {
        AsOf::now(&self.office.protocol, &self.office.hours, at)
    }

    /// The worklist and the day.
    pub fn today(&self, query: &TodayQuery, at: DateTime<FixedOffset>) -> TodayView {
        let moment = self.as_of(at);
        let list = care::worklist_as_of(self.sheets.values().filter(|s| !s.erased), &moment);
        let shown = |items: &[Item]| -> Vec<TodayItem> {
            care::filter(items, query.care_manager)
                .filter_map(|item| self.today_item(item, &moment))
                .collect()
        };
        let mut items = shown(&list.items);
        let first = items.iter().filter(|i| i.kind <= ItemKind::Referred).count();
        items.extend(shown(&list.put_off));
        TodayView {
            today: moment.today,
            active: super::open::count(self.sheets.values().filter(|s| is_in_care(s, moment.today)).count()),
            first: super::open::count(first),
            snoozed: super::open::count(list.snoozed),
            items,
            appointments: self.appointments(moment.today),
        }
    }

    fn today_item(&self, item: &Item, at: &AsOf<'_>) -> Option<TodayItem> {
        let sheet = self.sheets.get(&item.chart)?;
        let mut view = self.clock_item(sheet, &item.first, at);
        view.others = item.others.iter().map(Clock::sentence).collect();
        let whose = item.covered_by.or(item.care_manager);
        view.care_manager = match whose {
            Some(person) if person == self.me => None,
            Some(person) => Some(self.office.name(person)),
            None => Some("nobody yet".to_owned()),
        };
        Some(view)
    }

    /// One clock of a patient as an item.
    pub(super) fn clock_item(&self, sheet: &Flowsheet, clock: &Clock, at: &AsOf<'_>) -> TodayItem {
        let kind = clock.clock();
        TodayItem {
            chart: sheet.chart,
            name: sheet.list_name(),
            phone: sheet.who.phone.clone(),
            prefers: prefers(sheet),
            kind: clock.kind.map_or(ItemKind::Routine, item_kind),
            clock: kind,
            concern: clock.concern(),
            reason: clock.sentence(),
            clears: clock.clears_sentence(),
            rule: format!("{}, {}", clock.rule.name(), at.protocol.label()),
            others: Vec::new(),
            snooze_until: care::longest_snooze(kind, at.today, at.protocol, at.office),
            snoozed_until: clock.snoozed,
            care_manager: None,
        }
    }

    fn appointments(&self, today: Day) -> Vec<AppointmentRow> {
        let zone = self.zone();
        let booked = self.sheets.values().flat_map(|sheet| {
            let today = sheet.appointments.iter().filter(move |a| a.day == today);
            today.map(move |a| AppointmentRow {
                chart: sheet.chart,
                name: sheet.list_name(),
                appointment: a.appointment,
                at: a.at,
                mode: a.mode,
                state: a.state,
            })
        });
        let mut rows: Vec<AppointmentRow> = booked.filter(|a| a.state != AppointmentState::Cancelled).collect();
        rows.sort_by_key(|r| (r.at.instant(zone), r.appointment));
        rows
    }

    /// Imported concerns that nobody has decided on.
    pub fn triage(&self, at: DateTime<FixedOffset>) -> Vec<TriageRow> {
        let today = self.zone().day(at);
        let rows = self.sheets.values().filter(|s| !s.erased).flat_map(|sheet| {
            sheet
                .open_concerns()
                .filter(|c| c.untriaged)
                .map(move |concern| TriageRow {
                    chart: sheet.chart,
                    name: sheet.list_name(),
                    phone: sheet.who.phone.clone(),
                    status: status_words(sheet.status_on(today)),
                    concern: concern.concern,
                    because: because_words(concern),
                    last_contact: sheet.last_contact(today).map(|c| c.day),
                })
        });
        let mut rows: Vec<TriageRow> = rows.collect();
        rows.sort_by(|a, b| (&a.name, a.chart).cmp(&(&b.name, b.chart)));
        rows
    }

    /// What settings hold.
    pub fn settings(&self, today: Day) -> SettingsView {
        let mut patients: BTreeMap<PersonId, u32> = BTreeMap::new();
        for sheet in self.sheets.values().filter(|sheet| !sheet.erased) {
            if let Some(person) = sheet.care_manager_on(today) {
                *patients.entry(person).or_default() += 1;
            }
        }
        let numbers = self.office.protocol.numbers().map(|(info, value)| ProtocolNumber {
            name: info.name.to_owned(),
            label: format!("{} ({})", info.label, info.unit.word()),
            value,
            default: info.default,
            source: info.source.to_owned(),
        });
        let profiles = crate::billing::Profile::names().filter_map(|name| {
            let profile = crate::billing::Profile::shipped(name).ok()?;
            let unsettled = unsettled(&profile);
            Some((name.to_owned(), profile.about().to_owned(), unsettled))
        });
        SettingsView {
            clinic: self.office.clinic.clone(),
            people: self.office.people.values().cloned().collect(),
            patients_of: patients.into_iter().collect(),
            protocol: self.office.protocol.label().to_string(),
            numbers: numbers.collect(),
            profiles: profiles.collect(),
        }
    }

    /// What is known of storage.
    pub fn storage(&self, persistent: Option<bool>, used: Option<u64>, quota: Option<u64>, zone: Zone) -> StorageView {
        let totals = self.store.totals();
        let canary = self.canary.as_ref();
        let day = |millis: u64| zone.from_millis(i64::try_from(millis).ok()?).map(|at| zone.day(at));
        let backed_up = canary.and_then(|c| c.backed_up).map_or(0, |g| g.0);
        StorageView {
            persistent,
            used,
            quota,
            entries: totals.entries,
            last_backup: canary.and_then(|c| c.last_backup).and_then(day),
            unsaved: totals.generation.0.saturating_sub(backed_up),
            unsaved_since: canary.and_then(|c| c.unsaved_since),
        }
    }

    /// A form that was begun, or `None`.
    pub async fn draft(&self, key: &str) -> Result<Option<String>, Failure> {
        let bytes = self.store.get_draft(&Key::new(key)).await?;
        Ok(bytes.and_then(|b| String::from_utf8(b).ok()))
    }

    /// Drops a draft.
    pub async fn drop_draft(&mut self, key: &str) -> Result<(), Failure> {
        Ok(self.store.delete_draft(&Key::new(key)).await?)
    }
}

/// What the protocol says of watching a closed concern, and of putting items off.
pub(super) fn limits(protocol: &Protocol, office: &care::Office, today: Day) -> crate::care::decide::Limits {
    let until = |clock| care::longest_snooze(clock, today, protocol, office).unwrap_or(today);
    crate::care::decide::Limits {
        watch_days: protocol.get(Number::SafetyWatch),
        short_snooze: until(ClockKind::Worsening),
        long_snooze: until(ClockKind::Contact),
    }
}

/// What is unsettled about a payer profile, in a sentence.
pub(super) fn unsettled(profile: &crate::billing::Profile) -> Option<String> {
    use crate::billing::{MonthKind, codes};
    let sixteen = codes(profile, MonthKind::Subsequent, crate::journal::Seconds(16 * 60));
    sixteen.is_unsettled().then(|| {
        "Months of 16 to 29 minutes are not settled: sources differ on whether G2214 takes 16 or 30 minutes. They stay \
         out of totals and files until you choose a profile."
            .to_owned()
    })
}

pub(super) fn is_in_care(sheet: &Flowsheet, today: Day) -> bool {
    !sheet.erased && sheet.status_on(today).is_some_and(StatusLine::is_in_care)
}

fn prefers(sheet: &Flowsheet) -> Option<String> {
    let by = sheet.who.prefers.map(channel_word);
    match (by, &sheet.who.hours) {
        (Some(by), Some(hours)) => Some(format!("{by}, {hours}")),
        (Some(by), None) => Some(by.to_owned()),
        (None, Some(hours)) => Some(hours.clone()),
        (None, None) => None,
    }
}

/// The kind of a care item, as pages know it.
pub(super) fn item_kind(kind: care::Kind) -> ItemKind {
    match kind {
        care::Kind::Safety => ItemKind::Safety,
        care::Kind::Worsening => ItemKind::Worse,
        care::Kind::Missed => ItemKind::Missed,
        care::Kind::Referred => ItemKind::Referred,
        care::Kind::Overdue => ItemKind::Overdue,
        care::Kind::Answer => ItemKind::Answer,
        care::Kind::Due => ItemKind::Due,
        care::Kind::Routine => ItemKind::Routine,
    }
}

/// A status in words.
pub(super) fn status_words(status: Option<StatusLine>) -> String {
    match status {
        None => "no episode".to_owned(),
        Some(StatusLine::Referred) => "referred".to_owned(),
        Some(StatusLine::Outreach) => "outreach".to_owned(),
        Some(StatusLine::Enrolled) => "enrolled".to_owned(),
        Some(StatusLine::Active) => "active".to_owned(),
        Some(StatusLine::RelapsePrevention) => "relapse prevention".to_owned(),
        Some(StatusLine::OnHold { review }) => format!("on hold until {}", day_words(review)),
        Some(StatusLine::Closed(reason)) => format!("closed, {}", close_word(reason)),
    }
}

/// What opened a concern, with its rule.
pub(super) fn because_words(concern: &ConcernLine) -> String {
    let day = day_words(concern.day);
    match &concern.cause {
        Cause::Answer {
            instrument,
            item,
            value,
            ..
        } => {
            let title = super::timeline::title(instrument);
            let number = item.rsplit('_').next().unwrap_or(item);
            format!("{title} item {number} answered {value} on {day}; any answer above 0 needs same-day follow-up")
        }
        Cause::ByHand => format!("Opened by hand on {day}: {}", concern_word(concern.kind)),
        Cause::Imported {
            value: Some(value),
            flagged: true,
        } => {
            format!("The sheet flags this patient, and its latest item 9, of {day}, is {value}")
        }
        Cause::Imported {
            value: Some(value),
            flagged: false,
        } => {
            format!("The latest item 9 in the sheet, of {day}, is {value}")
        }
        Cause::Imported { value: None, .. } => "The sheet flags this patient for safety".to_owned(),
    }
}
