//! The fields that every text has.

use crate::journal::{Day, PersonId, When};

use super::source::{Source, date};
use super::template::Fields;
use super::{clinical, scores};

/// Fields as they stood on a day; `by` wrote, at a time.
pub(super) fn fields(source: &Source<'_>, day: Day, by: PersonId, at: When) -> Fields {
    let mut fields = Fields::default();
    let who = &source.sheet.who;
    let name = format!("{} {}", who.given, who.family).trim().to_owned();
    let called = who.preferred.as_ref().filter(|preferred| **preferred != who.given);
    let called = called.map(|preferred| format!("goes by {preferred}"));
    let age = who.birth.and_then(|birth| source.at.today.years_since(birth));
    let born = who.birth.map(date);
    let about = [
        Some(name.clone()),
        called,
        match (&born, age) {
            (Some(born), Some(age)) => Some(format!("born {born} ({age})")),
            (Some(born), None) => Some(format!("born {born}")),
            (None, _) => Some("date of birth not recorded".to_owned()),
        },
        who.mrn.as_ref().map(|mrn| format!("MRN {mrn}")),
    ];
    fields.set("patient", about.into_iter().flatten().collect::<Vec<_>>().join(", "));
    fields.set("name", name);
    fields.maybe("born", born);
    fields.maybe("mrn", who.mrn.clone());
    fields.set("clinic", source.clinic.name.clone());
    fields.set(
        "pcp",
        who.clinician
            .map_or_else(|| "no PCP named".to_owned(), |pcp| source.name(pcp)),
    );
    fields.maybe(
        "care manager",
        source.sheet.care_manager_on(day).map(|p| source.name(p)),
    );
    fields.set("today", date(source.at.today));
    fields.set("author", source.name(by));
    fields.set("when", source.when(at));
    fields.set("status", clinical::status(source, day));
    fields.all("diagnoses", clinical::diagnoses(source, day));
    fields.all("medications", clinical::medications(source, day));
    fields.all("scores", scores::latest(source, day));
    fields.all("goals", clinical::goals(source));
    fields.all("plan", clinical::plan(source, day));
    fields.set("next contact", clinical::next_contact(source, day));
    fields.all("safety", super::safety::lines(source, day));
    fields
}
