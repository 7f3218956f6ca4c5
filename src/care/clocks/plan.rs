//! The plan: consent, diagnosis, the plan of care, relapse-prevention plan, safety plan, an episode to open or to close. Consent and
//! diagnosis are read as parts of care; nothing here looks at payers, minutes or visits.

use crate::flowsheet::{StatusLine, Unexplained};
use crate::journal::Day;
use crate::journal::facts::{CloseReason, Programme};

use super::Clock;
use crate::care::case::{Case, Phase};
use crate::care::protocol::Number;
use crate::care::reason::{Clears, Kind, Reason, Rule};

/// What is missing in care.
pub(super) fn plan(case: &Case<'_>, out: &mut Vec<Clock>) {
    if let Some((_, Some(review))) = case.sheet.safety_plan {
        out.push(routine(
            case,
            Rule::SafetyPlan,
            review,
            Reason::SafetyPlan,
            Clears::SafetyPlan,
        ));
    }
    let (Some(since), true) = (case.enrolled(), case.phase.is_in_care()) else {
        return;
    };
    let (from, reason, clears) = match consent(case) {
        Err(withdrawn) => {
            let reason = Reason::Consent { since, withdrawn };
            (withdrawn.unwrap_or(since), Some(reason), Clears::Consent)
        }
        Ok((day, lacks)) => {
            let reason = lacks.map(|lacks| Reason::Unexplained { day, lacks });
            (day.max(since), reason, Clears::Explained)
        }
    };
    if let Some(reason) = reason {
        let due = from.plus(case.days(Number::Consent));
        out.push(routine(case, Rule::Consent, due, reason, clears));
    }
    let today = case.at.today;
    let diagnosed = case
        .sheet
        .gates
        .diagnoses
        .iter()
        .any(|(_, from, until)| *from <= today && until.is_none_or(|until| today <= until));
    if !diagnosed {
        let due = since.plus(case.days(Number::Diagnosis));
        out.push(routine(
            case,
            Rule::Diagnosis,
            due,
            Reason::Diagnosis { since },
            Clears::Diagnosis,
        ));
    }
    if let Some((reviewed, Some(next))) = case.sheet.plan_review.filter(|(day, _)| case.counts(*day)) {
        let reason = Reason::CarePlan { reviewed };
        out.push(routine(case, Rule::CarePlan, next, reason, Clears::CarePlan));
    }
    let started = case.since().filter(|_| case.phase == Phase::RelapsePrevention);
    if let Some(since) = started
        && !case.sheet.relapse_plan.is_some_and(|day| case.counts(day))
    {
        let due = since.plus(case.days(Number::RelapsePlan));
        let reason = Reason::RelapsePlan { since };
        out.push(routine(case, Rule::RelapsePlan, due, reason, Clears::RelapsePlan));
    }
}

/// Somebody died and the episode is open: no other clock runs.
pub(super) fn death(case: &Case<'_>, day: Day, out: &mut Vec<Clock>) {
    out.push(routine(case, Rule::Death, day, Reason::Death { day }, Clears::Closing));
}

/// The day on which the episode was closed because the patient died.
pub(super) fn closed_by_death(case: &Case<'_>) -> Option<Day> {
    let status = case.episode?.status_on(case.at.today)?;
    case.since().filter(|_| status == StatusLine::Closed(CloseReason::Died))
}

/// A chart without an episode would otherwise have no clock at all.
pub(super) fn no_episode(case: &Case<'_>, out: &mut Vec<Clock>) {
    out.push(routine(
        case,
        Rule::NoEpisode,
        case.at.today,
        Reason::NoEpisode,
        Clears::Episode,
    ));
}

fn routine(case: &Case<'_>, rule: Rule, due: Day, reason: Reason, clears: Clears) -> Clock {
    Clock::new(case, rule, due, reason, clears).from(due, Kind::Routine)
}

/// Since when the latest word on consent to collaborative care, or to integrated care in general, is yes, and what isn't
/// ticked as explained in it; otherwise the day on which it was withdrawn, if it ever was given.
fn consent(case: &Case<'_>) -> Result<(Day, Option<Unexplained>), Option<Day>> {
    let mut withdrawn = None;
    for programme in [Programme::Cocm, Programme::GeneralBhi] {
        let of_it = case.sheet.gates.consents.iter();
        let until_today = of_it.filter(|(day, of, _)| *of == programme && *day <= case.at.today);
        match until_today.max_by_key(|(day, ..)| *day) {
            Some((day, _, Some(_))) => {
                let mut unexplained = case.sheet.gates.unexplained.iter();
                let found = unexplained.find(|(of_day, of, _)| of_day == day && *of == programme);
                return Ok((*day, found.map(|(.., lacks)| *lacks)));
            }
            Some((day, _, None)) => withdrawn = withdrawn.max(Some(*day)),
            None => {}
        }
    }
    Err(withdrawn)
}
