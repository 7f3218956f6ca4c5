//! A try to reach the patient.

use crate::flowsheet::EhrItem;
use crate::journal::Fact;

use super::source::{Source, date};
use super::template::Fields;
use super::words::{count, words};
use super::{Told, contact};

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, item: &EhrItem, told: &Told<'_>) {
    contact::fields(fields, source, item, told);
    // Nobody was spoken with, so nothing could be asked.
    if told
        .entries
        .iter()
        .all(|live| !matches!(live.fact, Fact::Assessment(_)))
    {
        fields.all("scores", Vec::new());
    }
    for live in &told.entries {
        if let Fact::Attempt(attempt) = &live.fact {
            fields.set("when", source.when(attempt.at));
            fields.set("mode", words(attempt.by));
            fields.set("outcome", words(attempt.outcome));
        }
    }
    let zone = source.at.office.zone;
    let until = item.at.instant(zone);
    let contacts = source.sheet.contacts.iter().filter(|c| c.with_patient);
    let last = contacts
        .filter(|c| c.at.instant(zone) < until)
        .max_by_key(|c| c.at.instant(zone));
    let since = last.map(|contact| contact.day);
    let after = last.map(|contact| contact.at.instant(zone));
    let tries = source.sheet.attempts.iter().map(|attempt| attempt.at.instant(zone));
    let tries = tries
        .filter(|at| *at <= until && after.is_none_or(|after| after < *at))
        .count();
    let tries = count(i64::try_from(tries).unwrap_or(0), "try", "tries");
    fields.set(
        "tries",
        match since {
            Some(since) => format!("{tries} since the last contact with the patient on {}", date(since)),
            None => format!("{tries}, no contact with the patient yet"),
        },
    );
}
