//! Relapse prevention and the end of an episode, as the timeline says it.

use super::super::views::TimelineKind;
use super::{Line, status_word, title};
use crate::care::{OutcomeThen, kept_why, missing_parts, outcomes_then};
use crate::journal::facts::{Closure, HandedOver, HandedThing, KeptTask, RelapsePlan, Status, StatusChange};
use crate::journal::{Fact, Folded, Slot, Zone};
use crate::registry::views::day_words;

/// A status, with why it was set and how the episode ended.
pub(super) fn status(change: &StatusChange, folded: &Folded, zone: Zone) -> Line {
    let mut more: Vec<String> = change.why.iter().cloned().collect();
    if let Status::Closed { note, closure, .. } = &change.status {
        more.extend(note.clone());
        more.extend(closure.iter().flat_map(|closure| closure_words(closure, folded, zone)));
    }
    let line = format!("Status: {}", status_word(&change.status));
    Some((TimelineKind::Record, line, (!more.is_empty()).then(|| more.join(". "))))
}

fn closure_words(closure: &Closure, folded: &Folded, zone: Zone) -> Vec<String> {
    let agreed = closure
        .agreement
        .as_ref()
        .map(|a| format!("{} agreed {}: {}", a.who, day_words(a.day), a.how));
    let mut words: Vec<String> = agreed.into_iter().collect();
    words.extend(closure.followed_by.as_ref().map(|who| format!("Followed by {who}")));
    words.extend(closure.goes_on.as_ref().map(|what| format!("Goes on: {what}")));
    words.extend(closure.tasks.iter().map(|kept| kept_words(kept, folded)));
    words.extend(outcomes_then(folded, closure, zone).iter().map(outcome_words));
    words
}

/// A task that stays open; what it says, where it is in this chart.
pub(in crate::registry) fn kept_words(kept: &KeptTask, folded: &Folded) -> String {
    let why = kept_why(folded, kept).map_or_else(String::new, |why| format!(" ({why})"));
    match folded.head(&Slot::Task(kept.task)).map(|live| &live.fact) {
        Some(Fact::Task(task)) => format!("Task that stays open: {}{why}", task.text),
        _ => format!("A task stays open{why}"),
    }
}

/// `PHQ-9 20 to 9: response, reliable change; not remission`.
pub(in crate::registry) fn outcome_words(outcome: &OutcomeThen) -> String {
    let names = |held: bool| -> Vec<&str> {
        let of = outcome.holds.iter().filter(|(_, holds)| **holds == held);
        of.map(|(name, _)| name.name()).collect()
    };
    let (holds, fails) = (names(true), names(false));
    let (title, first, last) = (title(&outcome.instrument), outcome.baseline, outcome.latest);
    let mut words = format!("{title} {first} to {last}");
    if !holds.is_empty() {
        words.push_str(&format!(": {}", holds.join(", ")));
    }
    if !fails.is_empty() {
        words.push_str(&format!("; not {}", fails.join(", ")));
    }
    words
}

/// Something open that a named person looks after now.
pub(super) fn handed_over(handed: &HandedOver) -> Line {
    let (kind, what) = match handed.what {
        HandedThing::Concern => (TimelineKind::Safety, "Safety concern"),
        HandedThing::Recommendation => (TimelineKind::Team, "Recommendation"),
        HandedThing::Referral => (TimelineKind::Team, "Referral"),
    };
    Some((
        kind,
        format!("{what} handed to {}", handed.to),
        Some(handed.how.clone()),
    ))
}

/// The plan, and what is missing of it.
pub(super) fn relapse_plan(plan: &RelapsePlan) -> Line {
    let missing: Vec<String> = missing_parts(plan)
        .into_iter()
        .map(|part| part.title().to_lowercase())
        .collect();
    let more = (!missing.is_empty()).then(|| format!("Not filled in: {}", missing.join(", ")));
    Some((TimelineKind::Record, "Relapse-prevention plan".to_owned(), more))
}
