//! Worksheets, dated values, the care team, what was handed over and education, in a sentence each.

use crate::journal::facts::*;

use super::any::with_others;
use super::source::{Source, date};
use super::words::{capital, count, list, words};

/// `Readiness, 20 Nov 2026: drink less on weekdays. Importance 8 of 10, confidence 3 of 10`.
pub(super) fn ruler(ruler: &ReadinessRuler) -> String {
    let marks = format!(
        "Importance {} of 10, confidence {} of 10",
        ruler.importance, ruler.confidence
    );
    let said = format!("Readiness, {}: {}", date(ruler.day), ruler.about);
    let why = ruler.why_not_lower.as_ref().map(|why| format!("Why not lower: {why}"));
    let higher = ruler.what_higher.as_ref();
    let higher = higher.map(|what| format!("What would make it higher: {what}"));
    with_others(
        joined(said, [Some(marks), why, higher]),
        ruler,
        &[
            "ruler",
            "about",
            "day",
            "importance",
            "confidence",
            "why_not_lower",
            "what_higher",
        ],
    )
}

/// A problem-solving sheet: the problem, the goal, the option chosen among how many, each step, how it went.
pub(super) fn problem(sheet: &ProblemSheet) -> String {
    const TOLD: [&str; 9] = [
        "sheet", "day", "problem", "goal", "options", "chosen", "steps", "outcome", "finished",
    ];
    let finished = sheet.finished.map(|day| format!(", finished {}", date(day)));
    let said = format!(
        "Problem solving, {}{}: {}",
        date(sheet.day),
        finished.unwrap_or_default(),
        sheet.problem
    );
    let options = i64::try_from(sheet.options.len()).unwrap_or_default();
    let options = (0 < options).then(|| count(options, "option", "options"));
    let chosen = sheet.chosen.and_then(|at| sheet.options.get(usize::from(at)));
    let chosen = match (chosen, options) {
        (Some(chosen), Some(of)) => Some(format!("Chosen of {of}: {}{}", chosen.what, weighed(chosen))),
        (_, Some(of)) => Some(format!("{}, none chosen yet: {}", capital(&of), all_options(sheet))),
        (_, None) => None,
    };
    let steps: Vec<String> = sheet.steps.iter().map(step).collect();
    let steps = (!steps.is_empty()).then(|| format!("Steps: {}", steps.join("; ")));
    let goal = sheet.goal.as_ref().map(|goal| format!("Goal: {goal}"));
    let went = sheet.outcome.as_ref().map(|outcome| format!("How it went: {outcome}"));
    with_others(joined(said, [goal, chosen, steps, went]), sheet, &TOLD)
}

fn weighed(option: &Solution) -> String {
    let pros = option.pros.as_ref().map(|pros| format!("for it: {pros}"));
    let cons = option.cons.as_ref().map(|cons| format!("against it: {cons}"));
    let both: Vec<String> = [pros, cons].into_iter().flatten().collect();
    match both.is_empty() {
        true => String::new(),
        false => format!(" ({})", both.join("; ")),
    }
}

fn all_options(sheet: &ProblemSheet) -> String {
    let all = sheet
        .options
        .iter()
        .map(|option| format!("{}{}", option.what, weighed(option)));
    all.collect::<Vec<_>>().join("; ")
}

fn step(step: &SolutionStep) -> String {
    let stands = match (step.done, step.dropped, step.by) {
        (Some(done), _, _) => format!("done {}", date(done)),
        (None, Some(dropped), _) => format!("given up {}", date(dropped)),
        (None, None, Some(by)) => format!("to do by {}", date(by)),
        (None, None, None) => "to do".to_owned(),
    };
    format!("{} ({stands})", step.what)
}

/// `Blood pressure 128/82 mmHg on 20 Nov 2026, target below 130/80, not at target`.
pub(super) fn value(source: &Source<'_>, value: &DatedValue) -> String {
    let unit = value.unit.as_ref().map(|unit| format!(" {unit}"));
    let target = value.target.as_ref().map(|target| {
        let line = match target {
            ValueTarget::Below { value } => format!("below {value}"),
            ValueTarget::Above { value } => format!("above {value}"),
            ValueTarget::Between { low, high } => format!("{low} to {high}"),
        };
        let at = match crate::journal::is_at_target(value) {
            Some(true) => ", at target",
            Some(false) => ", not at target",
            None => "",
        };
        format!(", target {line}{at}")
    });
    let said = format!(
        "{} {}{} on {}{}",
        value.name,
        value.value,
        unit.unwrap_or_default(),
        date(source.day(value.at)),
        target.unwrap_or_default()
    );
    with_others(said, value, &["name", "value", "unit", "at", "what", "target"])
}

/// `Care team: Rosa Diaz, therapist, Harbor Therapy. Phone 555-0100`.
pub(super) fn member(member: &CareTeamMember) -> String {
    const TOLD: [&str; 10] = [
        "member", "role", "name", "person", "of", "phone", "fax", "email", "reach", "until",
    ];
    let role = match member.role {
        TeamRole::TreatingClinician => "treating clinician".to_owned(),
        TeamRole::Other => "other".to_owned(),
        role => words(role),
    };
    let of = member.of.as_ref().map(|of| format!(", {of}"));
    let until = member.until.map(|day| format!(", until {}", date(day)));
    let said = format!(
        "Care team: {}, {role}{}{}",
        member.name,
        of.unwrap_or_default(),
        until.unwrap_or_default()
    );
    let named = |what: &str, value: &Option<String>| value.as_ref().map(|value| format!("{what} {value}"));
    let ways = [
        named("Phone", &member.phone),
        named("Fax", &member.fax),
        named("E-mail", &member.email),
        named("Best reached:", &member.reach),
    ];
    with_others(joined(said, ways), member, &TOLD)
}

/// `A referral handed over to Rosa Diaz, Harbor Therapy on Fri 20 Nov 2026. How it was confirmed: by phone`.
pub(super) fn handed_over(source: &Source<'_>, handed: &HandedOver) -> String {
    let what = match handed.what {
        HandedThing::Concern => "Safety concern",
        HandedThing::Recommendation => "Recommendation",
        HandedThing::Referral => "Referral out",
    };
    let said = format!("{what} handed over to {} on {}", handed.to, source.when(handed.at));
    let how = (!handed.how.trim().is_empty()).then(|| format!("How it was confirmed: {}", handed.how));
    with_others(joined(said, [how]), handed, &["about", "what", "to", "how", "at"])
}

/// `Education for the patient, family or caregiver: sleep. How: hand-out (Sleeping better). Understood: said it back`.
pub(super) fn education(given: &Education) -> String {
    const TOLD: [&str; 6] = ["at", "topic", "to", "how", "handout", "understood"];
    let handout = given.handout.as_ref().map(|title| format!("Handed out: {title}"));
    let how = (!given.how.is_empty()).then(|| format!("How: {}", list(&given.how)));
    let understood = given.understood.map(|it| format!("Understood: {}", words(it)));
    let said = format!("Education for {}: {}", list(&given.to), given.topic);
    with_others(joined(said, [how, handout, understood]), given, &TOLD)
}

/// Sentences, one behind the other.
fn joined<const N: usize>(said: String, more: [Option<String>; N]) -> String {
    let all = more.into_iter().flatten();
    all.fold(said, |said, one| format!("{}. {one}", said.trim_end_matches('.')))
}
