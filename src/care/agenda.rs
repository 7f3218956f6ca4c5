//! The agenda of the weekly case review: safety; new; not improving; side effects and questions; overdue; routine.
//! Who was left out of the last meeting comes before all of them but safety, which nothing outranks.
//!
//! The order is that of published practice (AIMS, <https://aims.uw.edu/audience/psychiatric-consultant/>: patients
//! who are new and patients who are not improving as expected come first).

use std::cmp::Reverse;

use crate::flowsheet::Flowsheet;
use crate::journal::{ChartId, Day};

use super::case::{Case, Phase};
use super::clocks::{Clock, clocks};
use super::office::AsOf;
use super::protocol::Number;
use super::reason::Kind;
use super::review::{ReviewCause, ReviewDue, review};
use super::safety::is_unsafe;

/// Why a patient is on the agenda, in the order of discussion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// A safety concern.
    Safety,
    /// New to the caseload: in active care for no longer than the first review and one more interval may take, and never reviewed in
    /// this episode. Who waits longer is overdue.
    New,
    /// Not improving.
    NotImproving,
    /// A severe side effect, or a question.
    SideEffectOrQuestion,
    /// The last review is over a month ago (two in relapse prevention).
    Overdue,
    /// The next review comes up within a week.
    Routine,
}

impl Group {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::New => "new",
            Self::NotImproving => "not improving",
            Self::SideEffectOrQuestion => "side effects and questions",
            Self::Overdue => "overdue",
            Self::Routine => "routine",
        }
    }
}

/// A patient to discuss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// Whose chart.
    pub chart: ChartId,
    /// Why, in the order of discussion.
    pub group: Group,
    /// What calls for the review; empty for a patient who is only new, overdue or routine.
    pub causes: Vec<ReviewCause>,
    /// The day of the last review in this episode.
    pub last_review: Option<Day>,
    /// The day by which it should be held.
    pub by: Day,
    /// The day of the last meeting that left the patient out, while none was held since.
    pub skipped: Option<Day>,
}

impl AgendaItem {
    /// Whether the patient was left out of an earlier meeting than today's, and comes first now.
    pub fn is_carried_over(&self, today: Day) -> bool {
        self.skipped.is_some_and(|day| day < today)
    }

    /// The causes in words; for a patient without one, the group's.
    pub fn sentence(&self, today: Day) -> String {
        if self.causes.is_empty() {
            return match (self.group, self.last_review) {
                (Group::Safety, _) => "a safety concern is open".to_string(),
                (Group::New, _) => "new to the caseload, not reviewed yet".to_string(),
                (_, Some(day)) => {
                    format!("last reviewed {}", super::sentence::day_words(day, today))
                }
                (_, None) => "not reviewed yet".to_string(),
            };
        }
        let causes: Vec<String> = self.causes.iter().map(|cause| cause.words(today)).collect();
        causes.join("; ")
    }
}

/// Days ahead that the agenda looks for routine reviews: until the next weekly meeting.
const WEEK: i64 = 7;

/// The agenda, in the order of discussion: by group, then by what weighs more (a safety concern as on Today, the rise of a score), then
/// by the day by which the review should be held, then by name and chart.
pub fn agenda<'a>(sheets: impl Iterator<Item = &'a Flowsheet>, at: &AsOf<'_>) -> Vec<AgendaItem> {
    let mut found: Vec<(&Flowsheet, AgendaItem, Reverse<[i64; 6]>)> = sheets
        .filter_map(|sheet| {
            let item = agenda_item(sheet, at)?;
            let weight = Reverse(weight(sheet, &item, at));
            Some((sheet, item, weight))
        })
        .collect();
    found.sort_by(|(a_sheet, a, a_weight), (b_sheet, b, b_weight)| {
        let name = |sheet: &'a Flowsheet| (&sheet.who.family, &sheet.who.given, sheet.chart);
        let place = |item: &AgendaItem| (item.group != Group::Safety, !item.is_carried_over(at.today), item.group);
        (place(a), a_weight, a.by, name(a_sheet)).cmp(&(place(b), b_weight, b.by, name(b_sheet)))
    });
    found.into_iter().map(|(_, item, _)| item).collect()
}

/// What weighs more within a group: the concern as Today orders it, the points of a rise.
fn weight(sheet: &Flowsheet, item: &AgendaItem, at: &AsOf<'_>) -> [i64; 6] {
    let none = [0; 6];
    match item.group {
        Group::Safety => {
            let clocks = clocks(sheet, at);
            let safety = clocks.iter().filter(|clock| clock.kind == Some(Kind::Safety));
            safety.map(Clock::weight).max().unwrap_or(none)
        }
        Group::NotImproving => {
            let rises = item.causes.iter().filter_map(|cause| match cause {
                ReviewCause::Worse(_, worse) => Some(i64::from(worse.points())),
                _ => None,
            });
            rises.max().map_or(none, |points| [points, 0, 0, 0, 0, 0])
        }
        _ => none,
    }
}

fn agenda_item(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<AgendaItem> {
    if sheet.erased {
        return None;
    }
    let case = Case::of(sheet, at);
    let due = review(&case).filter(|due| due.since <= at.today);
    let last_review = case.last_review();
    let by_cause = due
        .as_ref()
        .and_then(|due| due.causes.iter().map(|cause| group(cause, &case)).min());
    let by_calendar = periodic(&case, last_review);
    // A concern that was reviewed is still looked at in every meeting until it is closed, and so is one of a closed episode;
    // in the meeting of today it was.
    let was_today = last_review.is_some_and(|last| last >= at.today);
    let open = (is_unsafe(&case) && case.died().is_none() && !was_today).then_some((Group::Safety, at.today));
    let skipped = sheet.review_skipped.map(|at_meeting| at_meeting.day(at.office.zone));
    let skipped = skipped.filter(|day| is_discussed(case.phase) && *day <= at.today && case.died().is_none());
    let reasons = [by_cause.zip(due.as_ref().map(|due| due.by)), by_calendar, open];
    let mut reasons: Vec<(Group, Day)> = reasons.into_iter().flatten().collect();
    // Who was left out and has no other reason any more is discussed all the same.
    if reasons.is_empty() {
        reasons.extend(skipped.map(|day| (Group::Routine, day.plus(WEEK))));
    }
    let group = reasons.iter().map(|(group, _)| *group).min()?;
    let by = reasons.iter().map(|(_, by)| *by).min()?;
    Some(AgendaItem {
        chart: sheet.chart,
        group,
        last_review,
        by,
        causes: due.map_or_else(Vec::new, |ReviewDue { causes, .. }| causes),
        skipped,
    })
}

fn is_discussed(phase: Phase) -> bool {
    phase.is_in_care() || phase == Phase::Referred
}

fn group(cause: &ReviewCause, case: &Case<'_>) -> Group {
    match cause {
        ReviewCause::Concern { .. } => Group::Safety,
        ReviewCause::Worse(..) | ReviewCause::NotImproved { .. } | ReviewCause::NoEffect { .. } => Group::NotImproving,
        ReviewCause::SevereSideEffect { .. } | ReviewCause::Asked { .. } => Group::SideEffectOrQuestion,
        ReviewCause::NoneYet { enrolled, .. } => never_reviewed(case, *enrolled),
    }
}

/// New, or overdue after so long, or in a phase in which nobody is new.
fn never_reviewed(case: &Case<'_>, enrolled: Day) -> Group {
    let new_until = enrolled.plus(case.days(Number::ReviewFirst) + case.days(Number::ReviewRepeat));
    if case.phase != Phase::RelapsePrevention && case.at.today <= new_until {
        Group::New
    } else {
        Group::Overdue
    }
}

/// New, overdue and routine patients, by the calendar alone.
fn periodic(case: &Case<'_>, last_review: Option<Day>) -> Option<(Group, Day)> {
    let enrolled = case
        .enrolled()
        .filter(|_| case.phase.is_in_care() && case.died().is_none())?;
    let Some(last) = last_review else {
        return Some((
            never_reviewed(case, enrolled),
            enrolled.plus(case.days(Number::ReviewFirst)),
        ));
    };
    let every = match case.phase {
        Phase::RelapsePrevention => Number::ReviewRelapsePrevention,
        _ => Number::ReviewRepeat,
    };
    let next = last.plus(case.days(every));
    match next.since(case.at.today) {
        ..=-1 => Some((Group::Overdue, next)),
        0..=WEEK => Some((Group::Routine, next)),
        _ => None,
    }
}
