//! What lists and settings show, from resident flowsheets.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::because::because_words;
use super::books::Books;
use super::timeline::close_word;
use super::views::*;
use crate::care::{self, AsOf, Clock, Item, Number, Protocol};
use crate::flowsheet::{Cause, ConcernLine, Flowsheet, SafetyItem, StatusLine};
use crate::journal::facts::{AppointmentState, ClockKind, Level};
use crate::journal::{Day, PersonId, When, Zone};
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
        let listed: Vec<&Item> = care::filter(&list.items, query.care_manager).collect();
        let most = query.most.map_or(listed.len(), |most| most as usize);
        let shown = listed.iter().take(most);
        let items = shown.filter_map(|item| self.today_item(item, &moment)).collect();
        let first = listed
            .iter()
            .filter(|item| kind_of(&item.first) <= ItemKind::Referred)
            .count();
        let put_off = self.put_off(&list, query, &moment);
        TodayView {
            today: moment.today,
            active: super::open::count(self.sheets.values().filter(|s| is_in_care(s, moment.today)).count()),
            first: super::open::count(first),
            listed: super::open::count(listed.len()),
            to_settle: self.to_settle(),
            items,
            put_off,
            appointments: self.appointments(moment.today),
            erased_elsewhere: super::open::count(self.sheets.values().filter(|s| s.erasure_waits).count()),
        }
    }

    fn today_item(&self, item: &Item, at: &AsOf<'_>) -> Option<TodayItem> {
        let sheet = self.sheets.get(&item.chart)?;
        let mut view = self.clock_item(sheet, &item.first, at);
        let others = item.others.iter().filter(|clock| clock.snoozed.is_none());
        view.others = others.clone().map(Clock::sentence).collect();
        view.reopens = view.reopens || others.clone().any(|clock| clock.rule == care::Rule::Relapse);
        view.calls = view.calls || others.map(Clock::clock).any(is_a_call);
        let whose = item.covered_by.or(item.care_manager);
        view.care_manager = match whose {
            Some(person) if person == self.me => None,
            Some(person) => Some(self.office.name(person)),
            None => Some("nobody yet".to_owned()),
        };
        view.care_manager = self.coverage_mark(sheet, at.today).or(view.care_manager);
        Some(view)
    }

    /// What is put off, a reason each: of patients who are on the list for another reason first, in the list's order.
    fn put_off(&self, list: &care::Worklist, query: &TodayQuery, at: &AsOf<'_>) -> Vec<PutOffItem> {
        let of_patient = |item: &Item| -> Vec<PutOffItem> {
            let Some(sheet) = self.sheets.get(&item.chart) else {
                return Vec::new();
            };
            let clocks = std::iter::once(&item.first).chain(&item.others);
            clocks
                .filter_map(|clock| {
                    let by: Vec<_> = care::put_off_by(sheet, clock, at).collect();
                    let (longest, until) = by.iter().max_by_key(|(snooze, until)| (*until, snooze.stamp))?;
                    Some(PutOffItem {
                        item: self.clock_item(sheet, clock, at),
                        until: *until,
                        why: longest.reason.clone(),
                        snoozes: by.iter().map(|(snooze, _)| snooze.entry).collect(),
                    })
                })
                .collect()
        };
        let items =
            care::filter(&list.items, query.care_manager).chain(care::filter(&list.put_off, query.care_manager));
        items.flat_map(of_patient).collect()
    }

    /// Patients with two versions of something to settle.
    pub(super) fn to_settle(&self) -> u32 {
        super::open::count(self.sheets.values().filter(|s| has_forks(s)).count())
    }

    /// One clock of a patient as an item.
    pub(super) fn clock_item(&self, sheet: &Flowsheet, clock: &Clock, at: &AsOf<'_>) -> TodayItem {
        let kind = clock.clock();
        let longest = care::longest_snooze(kind, at.today, at.protocol, at.office);
        let longest = longest.filter(|_| clock.kind != Some(care::Kind::Safety));
        TodayItem {
            chart: sheet.chart,
            name: sheet.list_name(),
            about: [Some(about(sheet, at.today)), open_safety_item(sheet, at.today)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" \u{b7} "),
            phone: sheet.who.phone.clone(),
            calls: is_a_call(kind),
            prefers: prefers(sheet),
            kind: kind_of(clock),
            clock: kind,
            concern: clock.concern(),
            reason: clock.sentence(),
            clears: clock.clears_sentence(),
            rule: format!("{}, {}", clock.rule.name(), at.protocol.label()),
            decided: decided_on(sheet, clock, at),
            others: Vec::new(),
            snooze_until: longest,
            snooze_to: longest.map(|longest| longest.min(at.office.working_days_after(at.today, 1))),
            snoozed_until: clock.snoozed,
            care_manager: None,
            reopens: clock.rule == care::Rule::Relapse,
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

    /// Imported concerns that nobody has decided on, the highest answer first, and how many were decided on today.
    pub fn triage(&self, at: DateTime<FixedOffset>) -> TriageView {
        let today = self.zone().day(at);
        let sheets = || self.sheets.values().filter(|s| !s.erased);
        let decided_today = |c: &&ConcernLine| c.triaged.is_some_and(|when| when.day(self.zone()) == today);
        let decided = sheets().flat_map(|s| &s.concerns).filter(decided_today).count();
        let rows = sheets().flat_map(|sheet| {
            sheet.open_concerns().filter(|c| c.untriaged).map(move |concern| {
                (
                    urgency(concern),
                    sheet.list_name(),
                    TriageRow {
                        chart: sheet.chart,
                        name: sheet.list_name(),
                        about: about(sheet, today),
                        day: concern.day,
                        phone: sheet.who.phone.clone(),
                        status: status_words(sheet.status_on(today)),
                        concern: concern.concern,
                        because: because_words(sheet, concern, today),
                        last_contact: sheet.last_contact(today).map(|c| c.day),
                    },
                )
            })
        });
        let mut rows: Vec<(_, String, TriageRow)> = rows.collect();
        rows.sort_by(|a, b| (a.0, a.2.day, &a.1, a.2.chart).cmp(&(b.0, b.2.day, &b.1, b.2.chart)));
        TriageView {
            rows: rows.into_iter().map(|(_, _, row)| row).collect(),
            decided: super::open::count(decided),
        }
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
        let profiles = self.office.profiles.all().map(|profile| {
            (
                profile.name().to_owned(),
                profile.about().to_owned(),
                unsettled(profile),
            )
        });
        SettingsView {
            clinic: self.office.clinic.clone(),
            people: self.office.people.values().cloned().collect(),
            patients_of: patients.into_iter().collect(),
            protocol: self.office.protocol.label().to_string(),
            numbers: numbers.collect(),
            profiles: profiles.collect(),
            same_day_review: self.office.same_day_review.clone(),
            minimum_doses: self.office.minimum_doses(),
            own_profiles: self.office.own_profiles(),
            own_activities: self.office.own_activities(),
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

/// What the protocol says of the next contact about a concern, of watching a closed one, and of putting items off.
pub(super) fn limits(protocol: &Protocol, office: &care::Office, today: Day) -> crate::care::decide::Limits {
    let until = |clock| care::longest_snooze(clock, today, protocol, office).unwrap_or(today);
    crate::care::decide::Limits {
        watch_days: protocol.get(Number::SafetyWatch),
        safety_contact_days: protocol.get(Number::SafetyContact),
        short_snooze: until(ClockKind::Worsening),
        long_snooze: until(ClockKind::Contact),
        tries: care::quick::TryMinutes::of(protocol),
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

fn kind_of(clock: &Clock) -> ItemKind {
    clock.kind.map_or(ItemKind::Routine, item_kind)
}

/// How urgent an imported concern is: the higher level, then the higher answer first; a flag without one last.
fn urgency(concern: &ConcernLine) -> std::cmp::Reverse<(Level, Option<u8>)> {
    let value = match concern.cause {
        Cause::Answer { value, .. } => Some(value),
        Cause::Imported { value, .. } => value,
        Cause::ByHand | Cause::Assessed | Cause::Crisis => None,
    };
    std::cmp::Reverse((concern.level, value))
}

/// Whether a clock asks for a call: what it waits for is the patient's voice.
fn is_a_call(clock: ClockKind) -> bool {
    match clock {
        ClockKind::Safety
        | ClockKind::Worsening
        | ClockKind::Missed
        | ClockKind::FirstContact
        | ClockKind::Contact
        | ClockKind::Measure => true,
        ClockKind::Review
        | ClockKind::Plan
        | ClockKind::Answer
        | ClockKind::Task
        | ClockKind::Referral
        | ClockKind::Coverage
        | ClockKind::Feedback => false,
    }
}

/// Whether two versions of something wait for a person to choose.
pub(super) fn has_forks(sheet: &Flowsheet) -> bool {
    !sheet.erased && !sheet.forks.is_empty()
}

/// What tells two patients of one name apart: age, and MRN; without one the date of birth.
pub(super) fn about(sheet: &Flowsheet, today: Day) -> String {
    let who = &sheet.who;
    let age = who.birth.and_then(|birth| today.years_since(birth));
    let other = match (&who.mrn, who.birth) {
        (Some(mrn), _) => Some(format!("MRN {mrn}")),
        (None, Some(birth)) => Some(format!("born {}", birth.date().format("%-d %b %Y"))),
        (None, None) => None,
    };
    let parts: Vec<String> = [age.map(|age| age.to_string()), other].into_iter().flatten().collect();
    match parts.is_empty() {
        true => "no date of birth, no MRN".to_owned(),
        false => parts.join(", "),
    }
}

/// The latest score whose safety item is not known, with its question mark: never a blank.
fn open_safety_item(sheet: &Flowsheet, today: Day) -> Option<String> {
    let latest = care::latest_with_safety_item(sheet, today)?;
    let title = super::timeline::title(&latest.instrument);
    (latest.safety == SafetyItem::NotKnown).then(|| match latest.total {
        Some(total) => format!("{title} {total} ? safety item not known"),
        None => format!("{title} ? safety item not known"),
    })
}

/// What was decided on an open concern when it was brought in: `decided today 09:02: call this morning`.
pub(super) fn decision_words(concern: &ConcernLine, at: &AsOf<'_>) -> Option<String> {
    let (text, when) = concern.decided.as_ref().zip(concern.triaged)?;
    let text = text.strip_prefix(care::decide::ACT_TODAY).unwrap_or(text);
    let time = match when {
        When::At(instant) => at.office.zone.local(instant).format(" %H:%M").to_string(),
        When::Day(_) => String::new(),
    };
    let day = care::near_words(when.day(at.office.zone), at.today);
    Some(format!("Decided {day}{time}: {text}"))
}

fn decided_on(sheet: &Flowsheet, clock: &Clock, at: &AsOf<'_>) -> Option<String> {
    let id = clock.concern()?;
    let concern = sheet.concerns.iter().find(|c| c.concern == id)?;
    decision_words(concern, at)
}

pub(super) fn prefers(sheet: &Flowsheet) -> Option<String> {
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

/// The kind of a page's item, as rules know it.
pub(super) fn kind_of_care(kind: ItemKind) -> care::Kind {
    match kind {
        ItemKind::Safety => care::Kind::Safety,
        ItemKind::Worse => care::Kind::Worsening,
        ItemKind::Missed => care::Kind::Missed,
        ItemKind::Referred => care::Kind::Referred,
        ItemKind::Overdue => care::Kind::Overdue,
        ItemKind::Answer => care::Kind::Answer,
        ItemKind::Due => care::Kind::Due,
        ItemKind::Routine => care::Kind::Routine,
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
