//! The team: case reviews, recommendations and answers, tasks.

use crate::flowsheet::RecommendationLine;
use crate::journal::Day;
use crate::journal::facts::{AdviceKind, AnswerKind, Urgency};

use super::Clock;
use crate::care::case::Case;
use crate::care::coordination::is_under_way;
use crate::care::coverage;
use crate::care::protocol::Number;
use crate::care::reason::{Clears, Kind, Reason, Rule};
use crate::care::review;

/// The case review that is due, or the next one by a date that is known already.
pub(super) fn review(case: &Case<'_>, out: &mut Vec<Clock>) {
    let Some(review) = review::review(case) else {
        return;
    };
    let (since, by) = (review.since, review.by);
    let kind = if by < case.at.today { Kind::Overdue } else { Kind::Due };
    let clock = Clock::new(case, Rule::CaseReview, by, Reason::Review(review), Clears::Review);
    out.push(clock.from(since, kind).again_in(case.days(Number::ReviewRepeat)));
}

/// Within what "this week" is answered, in days.
const WEEK: i64 = 7;

/// Recommendations: not sent, without an answer, to be asked again, accepted and not carried out.
pub(super) fn answers(case: &Case<'_>, out: &mut Vec<Clock>) {
    let today = case.at.today;
    for line in case.sheet.recommendations.iter().filter(|r| r.day <= today) {
        let asked = line.asked.map(|at| case.at.day_of(at)).filter(|day| *day <= today);
        let answer = line.answer.filter(|(day, _)| *day <= today);
        let (rule, due, reason, clears) = match (answer, asked) {
            (None, None) => {
                let is_today = line.urgency == Some(Urgency::Today);
                let reason = Reason::AskClinician {
                    day: line.day,
                    is_today,
                };
                let clock = Clock::new(case, Rule::AskClinician, line.day, reason, Clears::MessageToClinician);
                // What the consultant wants done the same day is a matter of safety until the clinician has it.
                let kind = if is_today { Kind::Safety } else { Kind::Answer };
                out.push(clock.from(line.day, kind));
                continue;
            }
            (None, Some(asked)) => {
                let wait = case.days(Number::AnswerWait);
                let due = asked.plus(match line.urgency {
                    Some(Urgency::Today) => 0,
                    Some(Urgency::ThisWeek) => wait.min(WEEK),
                    Some(Urgency::Routine) | None => wait,
                });
                (Rule::AwaitAnswer, due, Reason::AwaitAnswer { asked }, Clears::Answer)
            }
            (Some((answered, AnswerKind::Later)), _) => {
                // The day that was agreed counts; without one the protocol's.
                let due = line
                    .again
                    .unwrap_or_else(|| answered.plus(case.days(Number::AnswerLater)));
                (Rule::AskAgain, due, Reason::AskAgain { answered }, Clears::Answer)
            }
            (Some((answered, AnswerKind::Accepted)), _) if !carried_out(case, line) => {
                let due = answered.plus(case.days(Number::AnswerDone));
                (Rule::CarryOut, due, Reason::CarryOut { answered }, Clears::CarriedOut)
            }
            (Some((_, AnswerKind::Accepted | AnswerKind::Declined | AnswerKind::Done)), _) => {
                continue;
            }
        };
        out.push(Clock::new(case, rule, due, reason, clears).from(due, Kind::Answer));
    }
}

/// Whether a treatment change says that a recommendation was carried out: one that names it; or one of the day of the
/// answer or later that names none, where no other advice waits that it could be for. A change of treatment never carries
/// out advice about something else, such as a test: that is marked as done.
fn carried_out(case: &Case<'_>, line: &RecommendationLine) -> bool {
    let made = || case.sheet.treatments.iter().filter(|t| t.day <= case.at.today);
    let names = |of: &RecommendationLine| made().any(|t| t.recommendation == Some(of.recommendation));
    if names(line) {
        return true;
    }
    let waits = |of: &RecommendationLine| {
        let accepted = |(day, answer): (Day, AnswerKind)| answer == AnswerKind::Accepted && day <= case.at.today;
        of.answer.is_some_and(accepted) && may_be_a_change(of) && !names(of)
    };
    let others = case.sheet.recommendations.iter();
    let others = others.filter(|of| of.recommendation != line.recommendation && waits(of));
    let since = line.answer.map_or(line.day, |(day, _)| day);
    let unnamed = made().any(|t| t.recommendation.is_none() && since <= t.day);
    may_be_a_change(line) && unnamed && others.count() == 0
}

/// Whether advice can be carried out by a change of treatment. Of what nobody said what it is about it may.
fn may_be_a_change(line: &RecommendationLine) -> bool {
    match line.kind {
        None => true,
        Some(
            AdviceKind::StartMedicine
            | AdviceKind::ChangeDose
            | AdviceKind::SwitchMedicine
            | AdviceKind::StopMedicine
            | AdviceKind::Therapy
            | AdviceKind::Referral,
        ) => true,
        Some(AdviceKind::GoOn | AdviceKind::Test | AdviceKind::Diagnosis | AdviceKind::Safety | AdviceKind::Other) => {
            false
        }
    }
}

/// Tasks that are not done.
pub(super) fn tasks(case: &Case<'_>, out: &mut Vec<Clock>) {
    for task in &case.sheet.tasks {
        if task.done.is_some_and(|done| done <= case.at.today) {
            continue;
        }
        let reason = Reason::Task { task: task.task };
        out.push(Clock::new(case, Rule::Task, task.due, reason, Clears::TaskDone).overdue_after());
    }
}

/// Referrals out whose next step is waited for.
pub(super) fn referrals(case: &Case<'_>, out: &mut Vec<Clock>) {
    for (referral, state, since) in case.sheet.referrals_out.iter().copied() {
        if !is_under_way(state) {
            continue;
        }
        let due = since.plus(case.days(Number::ReferralStep));
        let reason = Reason::Referral { referral, state, since };
        let clock = Clock::new(case, Rule::Referral, due, reason, Clears::ReferralStep);
        out.push(clock.overdue_after().again_in(case.days(Number::ReferralStep)));
    }
}

/// Records that are out with whoever stood in, from the day after the last one on: what was written there is not here.
/// Whatever the status, as a closed record can be out too.
pub(super) fn not_merged_back(case: &Case<'_>, out: &mut Vec<Clock>) {
    for line in coverage::still_out(case.sheet) {
        let reason = Reason::NotMergedBack { until: line.until };
        let clock = Clock::new(case, Rule::NotMergedBack, line.until, reason, Clears::MergedBack);
        out.push(clock.from(line.until.plus(1), Kind::Overdue));
    }
}
