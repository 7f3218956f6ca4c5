//! Whoever referred is told what came of it: after enrollment, and when the episode is closed.

use super::Clock;
use crate::care::case::{Case, Phase};
use crate::care::office::AsOf;
use crate::care::protocol::Number;
use crate::care::reason::{Clears, Kind, Reason, Rule};
use crate::flowsheet::Flowsheet;
use crate::journal::Day;
use crate::journal::facts::FeedbackAfter;

/// The feedback that is due, or will be. Once the episode is closed only the closing is told: it says that there was an
/// enrollment. Nobody writes to themselves.
pub(super) fn feedback(case: &Case<'_>, out: &mut Vec<Clock>) {
    let Some((after, on)) = wanted(case) else { return };
    let number = match after {
        FeedbackAfter::Enrolled => Number::FeedbackEnrolled,
        FeedbackAfter::Closed => Number::FeedbackClosed,
    };
    let due = on.plus(case.days(number));
    let reason = Reason::Feedback { after, on };
    out.push(Clock::new(case, Rule::Feedback, due, reason, Clears::Feedback).from(due, Kind::Routine));
}

/// After what whoever referred is to be told, and the day of that; `None` while nothing is to be told, and once it was.
fn wanted(case: &Case<'_>) -> Option<(FeedbackAfter, Day)> {
    let today = case.at.today;
    let line = case.episode?.feedback.as_ref()?;
    if line.to.is_some() && line.to == case.sheet.care_manager_on(today) {
        return None;
    }
    let settled = |after: FeedbackAfter, since: Day| {
        let mut settled = line.settled.iter();
        settled.any(|(of, day)| *of == after && since <= *day && *day <= today)
    };
    match case.phase {
        Phase::Closed => {
            // Reopened and closed again, it is another closing.
            let closed = case.since()?;
            (!settled(FeedbackAfter::Closed, closed)).then_some((FeedbackAfter::Closed, closed))
        }
        _ => {
            let enrolled = case.enrolled()?;
            let first = case.episode?.opened;
            (!settled(FeedbackAfter::Enrolled, first)).then_some((FeedbackAfter::Enrolled, enrolled))
        }
    }
}

/// After what whoever referred is to be told something, due already or not.
pub fn reason_of_feedback(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<FeedbackAfter> {
    let clocks = super::clocks(sheet, at);
    clocks.iter().find_map(|clock| match clock.reason {
        Reason::Feedback { after, .. } => Some(after),
        _ => None,
    })
}
