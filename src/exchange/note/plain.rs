//! Entries that no field of a note tells, in a plain sentence each.

use crate::care::area_info;
use crate::care::decide::FORM_WENT_ON;
use crate::instruments::title_of;
use crate::journal::Fact;
use crate::journal::facts::*;

use super::any::{any_line, with_others};
use super::contact::minutes;
use super::initial::area_line;
use super::source::{Source, date};
use super::words::{capital, words};

/// What was said in an area of the initial assessment.
pub(super) fn area(answers: &AreaAnswers) -> String {
    match area_info(answers.area) {
        Some(info) => area_line(info, answers),
        None => any_line(&answers.clone().into()),
    }
}

/// That something was corrected, and why. What the form itself wrote while it was filled in is no correction.
pub(super) fn correction(source: &Source<'_>, corrected: &Corrected) -> Option<String> {
    if corrected.reason.as_deref() == Some(FORM_WENT_ON) {
        return None;
    }
    let entry = source.folded.live().iter().find(|live| live.id == corrected.entry);
    let what = match entry.map(|live| &live.fact) {
        Some(Fact::Assessment(taken)) => title_of(&taken.instrument).into_owned(),
        _ => capital(&corrected.kind.replace('_', " ")),
    };
    let why = corrected.reason.as_deref().map(str::trim).filter(|why| !why.is_empty());
    let why = why.map(|why| format!(". Why: {why}")).unwrap_or_default();
    Some(format!(
        "{what}: corrected since it was first written; the original is kept{why}"
    ))
}

/// `Planned: behavioral activation, at each call, from 20 Nov 2026: a walk after breakfast`.
pub(super) fn intervention(source: &Source<'_>, planned: &PlannedIntervention) -> String {
    let parts = [
        Some(words(planned.kind)),
        planned.how_often.clone(),
        planned.by.map(|who| format!("by {}", source.name(who))),
        Some(format!("from {}", date(planned.from))),
        planned.until.map(|day| format!("ended {}", date(day))),
    ];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let detail = planned.detail.as_ref().map(|detail| format!(": {detail}"));
    with_others(
        format!("Planned: {said}{}", detail.unwrap_or_default()),
        planned,
        &["intervention", "kind", "detail", "how_often", "by", "from", "until"],
    )
}

/// `Activity planned: walk to the park, for 22 Nov 2026 after breakfast (agreed 20 Nov 2026)`.
pub(super) fn activity(activity: &PlannedActivity) -> String {
    let agreed = format!(" (agreed {})", date(activity.agreed));
    let (became, on, more) = match &activity.state {
        ActivityState::Planned => ("planned", None, Vec::new()),
        ActivityState::Done {
            on,
            before,
            after,
            note,
        } => {
            let mood = |when: &str, mood: &Option<u8>| mood.map(|mood| format!("Mood {when} {mood} of 10"));
            let more = [mood("before", before), mood("after", after), note.clone()];
            ("done", Some(*on), more.into_iter().flatten().collect())
        }
        ActivityState::Dropped { on, why } => ("dropped", Some(*on), why.iter().cloned().collect()),
    };
    let due = [
        activity
            .on
            .filter(|day| Some(*day) != on)
            .map(|day| format!("for {}", date(day))),
        activity.time.clone(),
    ];
    let due = due.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let due = if due.is_empty() { due } else { format!(", {due}") };
    let on = on.map(|day| format!(" {}", date(day))).unwrap_or_default();
    let said = format!("Activity {became}{on}: {}{due}{agreed}", activity.what);
    let said: Vec<String> = [said].into_iter().chain(more).collect();
    with_others(
        said.join(". "),
        activity,
        &["activity", "what", "agreed", "on", "time", "state"],
    )
}

/// `Minutes: 22 (follow-up)`.
pub(super) fn time(time: &Time) -> String {
    format!("Minutes: {}", minutes(time))
}

/// `Allergy: penicillin, since 1 Feb 2020. Rash`.
pub(super) fn condition(condition: &Condition) -> String {
    let what = match condition.what {
        Some(ConditionKind::Allergy) => "Allergy",
        Some(ConditionKind::Illness) | None => "Condition",
    };
    let from = condition.from.map(|day| format!(", since {}", date(day)));
    let until = condition.until.map(|day| format!(", until {}", date(day)));
    let note = condition.note.as_ref().map(|note| format!(". {note}"));
    let more = [from, until, note].into_iter().flatten().collect::<String>();
    with_others(
        format!("{what}: {}{more}", condition.label),
        condition,
        &["condition", "label", "from", "until", "what", "note"],
    )
}

/// What was done about a goal or a barrier.
pub(super) fn step(step: &PlanStep) -> String {
    with_others(
        format!("Done about the plan on {}: {}", date(step.day), step.what),
        step,
        &["about", "day", "what"],
    )
}

/// The plan was gone through.
pub(super) fn plan_review(review: &PlanReview) -> String {
    let next = review.next.map(|day| format!("; next {}", date(day)));
    let note = review.note.as_ref().map(|note| format!(": {note}"));
    with_others(
        format!(
            "Care plan gone through on {}{}{}",
            date(review.day),
            next.unwrap_or_default(),
            note.unwrap_or_default()
        ),
        review,
        &["day", "next", "note"],
    )
}
