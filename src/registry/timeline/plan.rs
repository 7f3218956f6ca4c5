//! Lines of the plan of care, its worksheets, medicines and treatment changes.

use super::around::with_word;
use super::{Line, adherence_word, change_word, intervention_word, part_word};
use crate::care::medicine_words;
use crate::journal::facts::*;
use crate::journal::{Day, Fact, Live};
use crate::registry::office::Office;
use crate::registry::views::{TimelineKind, TimelineRow, day_words};

/// A line of these facts; `None` for any other.
pub(super) fn describe(live: &Live, office: &Office) -> Line {
    use TimelineKind::{Contact, Record, Treatment};
    let again = !live.replaces.is_empty();
    let (kind, line, more) = match &live.fact {
        Fact::Goal(g) => (Record, goal_line(g, again), Some(goal_words(g))),
        Fact::Barrier(b) => (Record, barrier_line(b), Some(b.text.clone())),
        Fact::PlanSection(p) => {
            let line = format!("Plan: {}", part_word(p.part));
            (Record, line, Some(p.text.clone()))
        }
        Fact::PlanStep(s) => (Record, "Done about the plan".to_owned(), Some(s.what.clone())),
        Fact::PlannedIntervention(p) => (Record, intervention_line(p, office), p.detail.clone()),
        Fact::PlanReview(r) => {
            let next = r.next.map(|day| format!("; next {}", day_words(day)));
            let line = format!("Care plan gone through{}", next.unwrap_or_default());
            (Record, line, r.note.clone())
        }
        Fact::Education(e) => {
            let how = education_words(e).map(|how| format!("; {how}"));
            let line = format!("Education: {}, {}{}", e.topic, to_words(&e.to), how.unwrap_or_default());
            (Contact, line, None)
        }
        Fact::PlannedActivity(a) => activity(a, again),
        Fact::ProblemSheet(s) => {
            let done = match (s.finished, again) {
                (Some(_), _) => "Problem solving, finished",
                (None, true) => "Problem solving, gone on with",
                (None, false) => "Problem solving",
            };
            (Contact, format!("{done}: {}", s.problem), s.outcome.clone())
        }
        Fact::ReadinessRuler(r) => {
            let line = format!(
                "Readiness, {}: importance {}, confidence {} of 10",
                r.about, r.importance, r.confidence
            );
            (Contact, line, joined(&[&r.why_not_lower, &r.what_higher]))
        }
        Fact::Medication(m) => (Treatment, medication_line(m), m.stopped_because.clone()),
        Fact::MedicationCheck(m) => (Treatment, check_line(m), m.note.clone()),
        Fact::TreatmentChange(t) => (Treatment, change_line(t), why(t)),
        _ => return None,
    };
    Some((kind, line, more))
}

/// The day of these facts, where they say one that [`Fact::happened`] doesn't.
pub(super) fn day(fact: &Fact) -> Option<Day> {
    match fact {
        Fact::Goal(f) => f.settled.or(f.from),
        Fact::Barrier(f) => f.overcome.or(f.from),
        Fact::PlanSection(f) => Some(f.day),
        Fact::PlannedIntervention(f) => Some(f.until.unwrap_or(f.from)),
        Fact::Medication(f) => f.until.or(f.dose_from),
        _ => None,
    }
}

/// The timeline with the effect seen beside every treatment change that has one.
pub(in crate::registry) fn with_effects(
    mut rows: Vec<TimelineRow>,
    effect: impl Fn(crate::journal::EntryId) -> Option<String>,
) -> Vec<TimelineRow> {
    for row in &mut rows {
        if matches!(row.fact, Fact::TreatmentChange(_))
            && let Some(words) = effect(row.entry)
        {
            row.line.push_str(&format!(". Effect: {words}"));
        }
    }
    rows
}

fn goal_line(goal: &Goal, again: bool) -> String {
    match (goal.state, again) {
        (GoalState::Met, _) => "Goal reached",
        (GoalState::Dropped, _) => "Goal given up or replaced",
        (GoalState::Open, true) => "Goal changed",
        (GoalState::Open, false) => "Goal",
    }
    .to_owned()
}

fn goal_words(goal: &Goal) -> String {
    let measured = goal.measured_by.as_ref().map(|how| format!("measured by: {how}"));
    let by = goal.by.map(|day| format!("by {}", day_words(day)));
    let parts = [Some(goal.text.clone()), measured, by];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn barrier_line(barrier: &Barrier) -> String {
    let kind = barrier_word(barrier.kind);
    match barrier.overcome {
        Some(_) => format!("Barrier overcome: {kind}"),
        None => format!("Barrier: {kind}"),
    }
}

fn intervention_line(planned: &PlannedIntervention, office: &Office) -> String {
    let often = planned.how_often.as_ref().map(|often| format!(", {often}"));
    let by = planned.by.map(|person| format!(", {}", office.name(person)));
    let ended = if planned.until.is_some() { "Plan, ended" } else { "Plan" };
    let (often, by) = (often.unwrap_or_default(), by.unwrap_or_default());
    format!("{ended}: {}{often}{by}", intervention_word(planned.kind))
}

fn activity(activity: &PlannedActivity, again: bool) -> (TimelineKind, String, Option<String>) {
    let what = &activity.what;
    let (line, more) = match &activity.state {
        ActivityState::Planned => {
            let planned = if again {
                "Activity carried over"
            } else {
                "Activity planned"
            };
            let when = [activity.on.map(day_words), activity.time.clone()];
            let when: Vec<String> = when.into_iter().flatten().collect();
            let when = if when.is_empty() {
                String::new()
            } else {
                format!(", {}", when.join(" "))
            };
            (format!("{planned}: {what}{when}"), None)
        }
        ActivityState::Done {
            before, after, note, ..
        } => {
            let mood = match (before, after) {
                (Some(before), Some(after)) => format!(", mood {before} to {after}"),
                (Some(before), None) => format!(", mood before {before}"),
                (None, Some(after)) => format!(", mood after {after}"),
                (None, None) => String::new(),
            };
            (format!("Activity done: {what}{mood}"), note.clone())
        }
        ActivityState::Dropped { why, .. } => (format!("Activity dropped: {what}"), why.clone()),
    };
    (TimelineKind::Contact, line, more)
}

fn medication_line(medicine: &Medication) -> String {
    let name = medicine_words(medicine);
    match medicine.until {
        Some(_) => format!("Stopped: {name}"),
        None => format!("Medication: {name}"),
    }
}

/// What was said about taking a medicine, in words.
pub(in crate::registry) fn check_line(check: &MedicationCheck) -> String {
    let mut line = format!("Adherence {}", adherence_word(check.adherence));
    match check.missed_doses {
        Some(1) => line.push_str(", 1 dose missed in 7 days"),
        Some(missed) => line.push_str(&format!(", {missed} doses missed in 7 days")),
        None => {}
    }
    for effect in &check.side_effects {
        line.push_str(&format!("; {} ({})", effect.text, severity_word(effect.severity)));
    }
    line
}

fn change_line(change: &TreatmentChange) -> String {
    let kind = change_word(change.kind);
    match change.stands() {
        ChangeState::Made => format!("{kind}: {}", change.what),
        ChangeState::Proposed => format!("Proposed, not decided: {}", change.what),
        ChangeState::Declined => format!("Declined: {}", change.what),
    }
}

fn why(change: &TreatmentChange) -> Option<String> {
    let rules = change.because.iter().map(|fired| format!("Rule: {}", fired.says));
    let said = [change.why.clone(), change.decision_note.clone()];
    let all: Vec<String> = said.into_iter().flatten().chain(rules).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

fn joined(parts: &[&Option<String>]) -> Option<String> {
    let said: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// To whom, in words: `to the patient and family`.
pub(in crate::registry) fn to_words(to: &[With]) -> String {
    let who: Vec<&str> = to.iter().map(|with| with_word(*with)).collect();
    if who.is_empty() {
        return "to nobody named".to_owned();
    }
    format!("to {}", who.join(" and "))
}

/// How education was given, what was handed out and whether it was understood: `in talking, hand-out (Sleeping better);
/// said back in their own words`.
pub(in crate::registry) fn education_words(given: &Education) -> Option<String> {
    let how = given.how.iter().map(|how| match (how, &given.handout) {
        (EducationHow::Talk, _) => "in talking".to_owned(),
        (EducationHow::Handout, Some(title)) => format!("hand-out ({title})"),
        (EducationHow::Handout, None) => "hand-out".to_owned(),
        (EducationHow::Video, _) => "video or recording".to_owned(),
        (EducationHow::Link, _) => "web page or app".to_owned(),
        (EducationHow::Practice, _) => "shown and tried".to_owned(),
    });
    let how = how.collect::<Vec<_>>().join(", ");
    let understood = given.understood.map(|understood| match understood {
        Understood::SaidBack => "said back in their own words",
        Understood::InPart => "understood only in part",
        Understood::NotYet => "not understood yet",
    });
    let parts = [Some(how.as_str()).filter(|how| !how.is_empty()), understood];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
    (!said.is_empty()).then_some(said)
}

/// A barrier in words.
fn barrier_word(kind: BarrierKind) -> &'static str {
    match kind {
        BarrierKind::Transport => "transport",
        BarrierKind::Cost => "cost",
        BarrierKind::Housing => "housing",
        BarrierKind::Food => "food",
        BarrierKind::Language => "language",
        BarrierKind::Safety => "safety at home",
        BarrierKind::Time => "work or caring duties",
        BarrierKind::Technology => "phone or internet",
        BarrierKind::Other => "something else",
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Mild => "mild",
        Severity::Moderate => "moderate",
        Severity::Severe => "severe",
    }
}

/// Who answered a measure of somebody under age.
pub(in crate::registry) fn answered_by(who: Respondent) -> String {
    let who = match who {
        Respondent::Patient => "the patient",
        Respondent::Parent => "a parent or guardian",
        Respondent::Teacher => "a teacher",
    };
    format!("Answered by {who}")
}

/// How an answer came, and when to ask again.
pub(super) fn answer_came(answer: &Answer) -> String {
    let how = answer.how.map(|how| match how {
        AnswerWay::Spoken => ", spoken",
        AnswerWay::Written => ", written",
        AnswerWay::Ehr => ", from the EHR",
    });
    let again = answer
        .again
        .map(|day| format!("; to be asked again {}", day_words(day)));
    format!("{}{}", how.unwrap_or_default(), again.unwrap_or_default())
}
