//! The relapse-prevention plan, with what is missing.

use crate::flowsheet::EhrItem;
use crate::journal::Fact;
use crate::journal::facts::RelapsePlan;

use super::any::others;
use super::lines::line;
use super::source::{Source, date};
use super::template::Fields;
use super::{Told, safety};

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, item: &EhrItem, told: &Told<'_>) {
    for closed in safety::closed_before(source, safety::of_episode(source, item.day), item.day) {
        fields.add("safety", closed);
    }
    for live in &told.entries {
        match &live.fact {
            Fact::RelapsePlan(plan) => {
                fields.set("when", date(plan.day));
                fields.all("parts", parts(plan));
                rest(fields, plan);
            }
            other => fields.lines("also").extend(line(source, other)),
        }
    }
}

/// Its sections in their order; an empty one is said so.
pub(super) fn parts(plan: &RelapsePlan) -> Vec<String> {
    let sections = [
        ("Medications to go on with", &plan.medications),
        ("What helps", &plan.helps),
        ("Own warning signs", &plan.warning_signs),
        ("Keeping stress down", &plan.stress),
        ("Whom to call", &plan.whom_to_call),
        ("Next appointments", &plan.appointments),
    ];
    let line = |(title, text): (&str, &String)| {
        let text = if text.trim().is_empty() { "not filled in" } else { text };
        format!("{title}: {text}")
    };
    sections.into_iter().map(line).collect()
}

/// What else a plan holds is told by its own names.
fn rest(fields: &mut Fields, plan: &RelapsePlan) {
    const TOLD: [&str; 7] = [
        "day",
        "medications",
        "helps",
        "warning_signs",
        "stress",
        "whom_to_call",
        "appointments",
    ];
    fields.lines("parts").extend(others(plan, &TOLD));
}
