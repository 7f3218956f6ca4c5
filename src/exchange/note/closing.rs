//! An episode that was closed: why, how long it went, what came of it by each definition.

use crate::care::{self, Definition, Progress};
use crate::exchange::letter::because;
use crate::flowsheet::EhrItem;
use crate::journal::facts::{Agreement, Closure, Status};
use crate::journal::{Fact, Slot};

use super::lines::line;
use super::source::{Source, date};
use super::template::Fields;
use super::words::count;
use super::{Told, clinical, safety};

pub(super) fn fields(fields: &mut Fields, source: &Source<'_>, item: &EhrItem, told: &Told<'_>) {
    for live in &told.entries {
        match &live.fact {
            Fact::StatusChange(change) => {
                fields.set("when", date(change.from));
                if let Status::Closed { reason, note, closure } = &change.status {
                    fields.set("reason", because(*reason));
                    fields.maybe("note", note.clone());
                    if let Some(closure) = closure {
                        fields.lines("also").extend(ending(source, closure));
                    }
                }
            }
            other => fields.lines("also").extend(line(source, other)),
        }
    }
    fields.all("course", course(source, item));
    fields.all("outcome", outcome(source, item));
    let since = safety::of_episode(source, item.day);
    for closed in safety::closed_before(source, since, item.day) {
        fields.add("safety", closed);
    }
    fields.add("safety", safety::tally(source, item.day));
}

/// Who follows the patient, what goes on, and who agreed.
fn ending(source: &Source<'_>, closure: &Closure) -> Vec<String> {
    let agreed = |a: &Agreement| format!("Agreed by {} on {}: {}", a.who, date(a.day), a.how);
    // Why a task stays can tell what it is about: it is told where the task is.
    let kept = closure
        .tasks
        .iter()
        .map(|kept| match source.head(&Slot::Task(kept.task)) {
            Some(Fact::Task(task)) => {
                let why = (!kept.why.is_empty()).then_some(&kept.why).or(task.why.as_ref());
                let why = why.map_or_else(String::new, |why| format!(" ({why})"));
                format!("Task that stays open: {}{why}", task.text)
            }
            _ => format!("Task that stays open: {}", clinical::HELD_BACK),
        });
    let parts = [
        closure
            .followed_by
            .as_ref()
            .map(|who| format!("Followed from now on by {who}")),
        closure.goes_on.as_ref().map(|what| format!("Goes on: {what}")),
        closure.agreement.as_ref().map(agreed),
    ];
    parts.into_iter().flatten().chain(kept).collect()
}

fn course(source: &Source<'_>, item: &EhrItem) -> Vec<String> {
    let Some(episode) = source.episode(item.day) else {
        return Vec::new();
    };
    let within = |day: crate::journal::Day| episode.opened <= day && day <= item.day;
    let number = |n: usize| i64::try_from(n).unwrap_or(0);
    let contacts = source
        .sheet
        .contacts
        .iter()
        .filter(|c| c.with_patient && within(c.day))
        .count();
    let attempts = source.sheet.attempts.iter().filter(|a| within(a.day)).count();
    let reviews = source.sheet.reviews.iter().filter(|r| within(r.day)).count();
    let changes = source.sheet.treatments.iter().filter(|t| within(t.day)).count();
    let weeks = item.day.since(episode.opened) / 7;
    vec![
        format!(
            "opened {}, closed {} ({})",
            date(episode.opened),
            date(item.day),
            count(weeks, "week", "weeks")
        ),
        format!(
            "{}, {}, {}, {}",
            count(
                number(contacts),
                "contact with the patient",
                "contacts with the patient"
            ),
            count(number(attempts), "try without contact", "tries without contact"),
            count(number(reviews), "case review", "case reviews"),
            count(number(changes), "treatment change", "treatment changes")
        ),
    ]
}

/// Each named definition, for they disagree; without two scores there is nothing to compare.
fn outcome(source: &Source<'_>, item: &EhrItem) -> Vec<String> {
    let Some(episode) = source.episode(item.day) else {
        return Vec::new();
    };
    let scale = care::primary(source.sheet, episode, item.day);
    let Progress::Compared {
        baseline,
        latest,
        point,
    } = care::progress(source.sheet, episode, &scale, item.day)
    else {
        return vec![format!(
            "{scale}: fewer than two scores in this episode, nothing to compare"
        )];
    };
    if [baseline.score.entry, latest.entry]
        .iter()
        .any(|entry| source.held.contains(entry))
    {
        return vec![format!("{scale}: {}", clinical::HELD_BACK)];
    }
    let days = point.day.since(baseline.point.day);
    let found = care::outcomes(baseline.point.total, point.total, &scale, days);
    let mut lines = vec![format!(
        "{scale} {} ({}) to {} ({})",
        baseline.point.total,
        date(baseline.point.day),
        point.total,
        date(point.day)
    )];
    for definition in Definition::ALL {
        if let Some(holds) = found.holds(definition) {
            lines.push(format!("{}: {}", definition.name(), if holds { "yes" } else { "no" }));
        }
    }
    lines
}
