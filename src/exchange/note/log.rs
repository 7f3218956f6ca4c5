//! All that was said and tried in a period, by date.

use crate::journal::facts::Step;
use crate::journal::{Day, Fact, Live, When};

use super::clinical;
use super::lines::line;
use super::source::{Source, date};
use super::template::Fields;

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, from: Day, until: Day) {
    fields.set("period", format!("{} to {}", date(from), date(until)));
    for closed in super::safety::closed_before(source, from, until.min(source.at.today)) {
        fields.add("safety", closed);
    }
    let zone = source.at.office.zone;
    let mut said: Vec<(When, &Live)> = source
        .live()
        .filter(|live| is_told(source, live))
        .filter_map(|live| Some((at(&live.fact)?, live)))
        .collect();
    said.retain(|(at, _)| from <= at.day(zone) && at.day(zone) <= until);
    said.sort_by_key(|(at, live)| (at.day(zone), at.instant(zone), live.stamp));
    let lines = said.into_iter().filter_map(|(at, live)| {
        let what = line(source, &live.fact)?;
        Some(format!("{}: {what} [{}]", source.when(at), source.name(live.author)))
    });
    let lines: Vec<String> = lines.collect();
    match lines.is_empty() {
        true if source.held.is_empty() => fields.set("log", "No contact, try, message or review in this period."),
        true => fields.set(
            "log",
            "No contact, try, message or review in this period but what is held back.",
        ),
        false => fields.all("log", lines),
    }
}

/// An appointment is told as it stands; of anything else each step was said on its own day.
fn is_told(source: &Source<'_>, live: &Live) -> bool {
    !matches!(live.fact, Fact::Appointment(_)) || clinical::stands(source, live)
}

/// When something was said or tried; `None` for what is no communication.
fn at(fact: &Fact) -> Option<When> {
    match fact {
        Fact::Contact(x) => Some(x.at),
        Fact::Attempt(x) => Some(x.at),
        Fact::Communication(x) => Some(x.at),
        Fact::Education(x) => Some(x.at),
        Fact::CaseReview(x) => Some(x.at),
        Fact::Recommendation(x) => Some(When::Day(x.day)),
        Fact::Answer(x) => Some(When::Day(x.day)),
        Fact::OutgoingReferral(x) => Some(When::Day(x.day)),
        Fact::Appointment(x) => Some(x.at),
        Fact::Referral(x) => Some(x.at),
        Fact::ConcernStep(x) => matches!(x.step, Step::Told { .. } | Step::Reported { .. }).then_some(x.at),
        _ => None,
    }
}
