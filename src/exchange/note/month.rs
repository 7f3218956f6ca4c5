//! The summary of a service month: minutes by activity, dates, codes, and every gate with its reason.

use std::collections::BTreeMap;

use crate::billing::{GateState, MonthKind, ServiceMonth};
use crate::journal::facts::Activity;
use crate::journal::{Day, EntryId};

use super::source::{Source, date};
use super::template::Fields;
use super::words::words;

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, month: &ServiceMonth) {
    let first = month.month.first().date().format("%B %Y");
    let kind = match month.kind {
        MonthKind::Initial => "first month of collaborative care",
        MonthKind::Subsequent => "later month of collaborative care",
        MonthKind::GeneralBhi => "general behavioral health integration",
        MonthKind::TherapistBhi => "general behavioral health integration under a therapist's NPI",
    };
    fields.set("month", format!("{first}, {kind}"));
    let mut minutes = vec![format!(
        "{} in all, counted to the second and cut once",
        month.minutes()
    )];
    let by_activity = month.by_activity.iter();
    minutes.extend(by_activity.map(|(activity, time)| format!("{}: {}", called(source, *activity), spent(time.0))));
    let by_person = month.by_person.iter();
    minutes.extend(by_person.map(|(person, time)| format!("by {}: {}", source.name(*person), spent(time.0))));
    for lost in &month.not_counted {
        minutes.push(format!(
            "NOT counted, {}: {} ({})",
            date(lost.day),
            spent(lost.seconds.0),
            lost.why.words()
        ));
    }
    fields.all("minutes", minutes);
    fields.all("dates", dates(source, month));
    let mut codes = vec![month.reckoning()];
    codes.extend(month.supported.warnings.iter().map(crate::billing::Warning::sentence));
    codes.extend(month.notes.iter().map(crate::billing::Note::sentence));
    fields.all("codes", codes);
    let gates = month.gates.iter().map(|gate| {
        let state = match gate.state {
            GateState::Met => "met",
            GateState::Warning => "to check",
            GateState::Missing => "MISSING",
        };
        format!("{}, {state}: {}", gate.kind.words(), gate.why())
    });
    fields.all("gates", gates.collect());
    let last = month.month.last().min(source.at.today);
    for closed in super::safety::closed_before(source, month.month.first(), last) {
        fields.add("safety", closed);
    }
}

/// An activity in words: one of the clinic's own by the name that the latest entry has.
fn called(source: &Source<'_>, activity: Activity) -> String {
    let mut lines = source.sheet.times.iter().rev();
    let own = lines.find_map(|line| line.own.clone().filter(|_| line.activity == activity));
    own.unwrap_or_else(|| words(activity))
}

/// `12 min`, `12 min 30 s`.
fn spent(seconds: u32) -> String {
    match seconds % 60 {
        0 => format!("{} min", seconds / 60),
        rest => format!("{} min {rest} s", seconds / 60),
    }
}

/// Contacts, tries and reviews by day, with the minutes counted on it.
fn dates(source: &Source<'_>, month: &ServiceMonth) -> Vec<String> {
    let within = |day: Day| month.month.first() <= day && day <= month.month.last();
    let is_told = |entry: EntryId| !source.held.contains(&entry);
    let mut days: BTreeMap<Day, Vec<String>> = BTreeMap::new();
    for contact in source
        .sheet
        .contacts
        .iter()
        .filter(|c| within(c.day) && is_told(c.entry))
    {
        let without = if contact.with_patient {
            ""
        } else {
            " without the patient"
        };
        let said = format!("contact{without}, {}", words(contact.mode));
        days.entry(contact.day).or_default().push(said);
    }
    for attempt in source
        .sheet
        .attempts
        .iter()
        .filter(|a| within(a.day) && is_told(a.entry))
    {
        let said = format!("attempt by {}, {}", words(attempt.by), words(attempt.outcome));
        days.entry(attempt.day).or_default().push(said);
    }
    for review in source
        .sheet
        .reviews
        .iter()
        .filter(|r| within(r.day) && is_told(r.entry))
    {
        days.entry(review.day).or_default().push("case review".to_owned());
    }
    let mut counted: BTreeMap<Day, u32> = BTreeMap::new();
    for line in &month.counted {
        *counted.entry(line.day).or_default() += line.seconds.0;
        days.entry(line.day).or_default();
    }
    let line = |(day, mut said): (Day, Vec<String>)| {
        said.extend(counted.get(&day).map(|seconds| spent(*seconds)));
        format!("{}: {}", date(day), said.join("; "))
    };
    let lines: Vec<String> = days.into_iter().map(line).collect();
    match lines.is_empty() {
        true => vec!["none".to_owned()],
        false => lines,
    }
}
