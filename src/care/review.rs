//! When a case review is due, and why.

use crate::flowsheet::Flowsheet;
use crate::instruments::{Score, brief};
use crate::journal::Day;
use crate::journal::facts::Severity;

use super::case::{Case, Phase, starts_or_changes};
use super::effect::{Seen, seen_of};
use super::office::{AsOf, Moment};
use super::outcome::outcomes;
use super::protocol::Number;
use super::safety::{is_open, known_since};
use super::scale::{Point, Scale};
use super::scores::{Progress, Worse, latest, primary, progress, worse};
use super::target::at_target_score;

/// A case review that is due: every cause, the one that sets the day first, among those of one day the most urgent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDue {
    /// Why. Never empty.
    pub causes: Vec<ReviewCause>,
    /// Since when the first cause holds.
    pub since: Day,
    /// By when the review should be held.
    pub by: Day,
}

impl ReviewDue {
    /// The day of the newest event, up to `today`, that calls for it; `None` when only the calendar does.
    pub(super) fn newest(&self, today: Day) -> Option<Day> {
        let days = self.causes.iter().filter_map(|cause| match cause {
            ReviewCause::Concern { day } | ReviewCause::SevereSideEffect { day } | ReviewCause::Asked { day } => {
                Some(*day)
            }
            ReviewCause::Worse(_, worse) => Some(worse.points_compared().0.day),
            ReviewCause::NotImproved { .. } | ReviewCause::NoEffect { .. } | ReviewCause::NoneYet { .. } => None,
        });
        days.filter(|day| *day <= today).max()
    }
}

/// What calls for a case review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewCause {
    /// A safety concern, open or still watched, and no review since.
    Concern {
        /// The day of it.
        day: Day,
    },
    /// A worse score and no review since.
    Worse(Scale, Worse),
    /// A severe side effect and no review since.
    SevereSideEffect {
        /// The day of it.
        day: Day,
    },
    /// No improvement by week 8 (Bao 2015: consultation between weeks 8 and 12), and no review since week 8, or
    /// none in the last month.
    NotImproved {
        /// The instrument that the episode is judged by.
        scale: Scale,
        /// Completed weeks.
        week: u32,
        /// The week from which it counts.
        from_week: u32,
        /// The week until which the review should be held.
        until_week: u32,
        /// Baseline and latest; `None` without a follow-up score: improvement was not shown.
        scores: Option<(Point, Point)>,
    },
    /// A fall under 5 points 4 to 6 weeks after a treatment started or changed, or no score in those weeks, and no review
    /// since. A score before them says nothing of the effect.
    NoEffect {
        /// The instrument.
        scale: Scale,
        /// The day of the change.
        changed: Day,
        /// Points that would have shown an effect.
        fall: u32,
        /// The score at the change and the latest; `None` when there is nothing to judge by.
        scores: Option<(Point, Point)>,
    },
    /// None by day 30 after enrolment.
    NoneYet {
        /// The day of enrolment.
        enrolled: Day,
        /// The number of days.
        days: u32,
    },
    /// Somebody asked for one.
    Asked {
        /// The day of it.
        day: Day,
    },
}

/// A cause with the day from which it calls and the day by which the review should be held.
struct Call {
    cause: ReviewCause,
    from: Day,
    by: Day,
}

/// The case review that is due for a patient, if one is.
pub fn review_due(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<ReviewDue> {
    review(&Case::of(sheet, at)).filter(|review| review.since <= at.today)
}

/// The review that is due; otherwise the next one by a date that is known already (`since` lies ahead then).
pub(super) fn review(case: &Case<'_>) -> Option<ReviewDue> {
    let mut calls = Vec::new();
    let episode = case.episode?;
    if matches!(case.phase, Phase::OnHold(_) | Phase::Closed | Phase::NoEpisode) || case.died().is_some() {
        return None;
    }
    concerns(case, &mut calls);
    for scale in &Scale::NAMED {
        worsening(case, scale, &mut calls);
    }
    side_effects(case, &mut calls);
    if case.phase.is_in_care() {
        let scale = primary(case.sheet, episode, case.at.today);
        not_improved(case, &scale, &mut calls);
        no_effect(case, &scale, &mut calls);
        none_yet(case, &mut calls);
    }
    asked(case, &mut calls);
    let first = calls.iter().map(|call| call.from).min()?;
    calls.retain(|call| call.from <= case.at.today.max(first));
    // What is late is told with its own rule: "101 days late" must not stand before a concern of this week.
    calls.sort_by_key(|call| call.by);
    let by = calls.first()?.by;
    let causes = calls.into_iter().map(|call| call.cause).collect();
    Some(ReviewDue {
        causes,
        since: first,
        by,
    })
}

fn concerns(case: &Case<'_>, calls: &mut Vec<Call>) {
    let at = case.at;
    for concern in case.sheet.concerns.iter().filter(|c| c.day <= at.today) {
        let watched = concern.watch_until.is_some_and(|until| at.today <= until);
        if (is_open(concern, at) || watched)
            && !case.reviewed_after(Moment {
                at: concern.opened,
                day: concern.day,
            })
        {
            let known = known_since(concern, at);
            let by = known.plus(case.days(Number::ReviewUrgent));
            calls.push(Call {
                cause: ReviewCause::Concern { day: concern.day },
                from: known,
                by,
            });
        }
    }
}

fn worsening(case: &Case<'_>, scale: &Scale, calls: &mut Vec<Call>) {
    let Some((score, found)) = worsening_now(case, scale) else {
        return;
    };
    if !case.reviewed_after(score) {
        let day = found.points_compared().0.day;
        let by = day.plus(case.days(Number::ReviewUrgent));
        calls.push(Call {
            cause: ReviewCause::Worse(scale.clone(), found),
            from: day,
            by,
        });
    }
}

/// The worsening of one instrument, with the moment of the score that shows it.
pub(super) fn worsening_now(case: &Case<'_>, scale: &Scale) -> Option<(Moment, Worse)> {
    let episode = case.episode?;
    let found = worse(case.sheet, episode, scale, case.at.protocol, case.at.today)?;
    let (score, _) = latest(case.sheet, Some(episode), scale, case.at.today)?;
    Some((
        Moment {
            at: score.at,
            day: score.day,
        },
        found,
    ))
}

fn side_effects(case: &Case<'_>, calls: &mut Vec<Call>) {
    let severe = case
        .sheet
        .side_effects
        .iter()
        .filter(|(_, how)| *how == Severity::Severe);
    let days = severe.map(|(day, _)| *day).filter(|day| case.counts(*day));
    if let Some(day) = days.max()
        && !case.reviewed_after(Moment::on(day))
    {
        let by = day.plus(case.days(Number::ReviewUrgent));
        calls.push(Call {
            cause: ReviewCause::SevereSideEffect { day },
            from: day,
            by,
        });
    }
}

fn not_improved(case: &Case<'_>, scale: &Scale, calls: &mut Vec<Call>) {
    if case.phase == Phase::RelapsePrevention || is_improved(case, scale) {
        return;
    }
    let (Some(since), Some(week)) = (case.treated_since(), case.weeks()) else {
        return;
    };
    let compared = match case.episode.map(|e| progress(case.sheet, e, scale, case.at.today)) {
        Some(Progress::Compared { baseline, point, .. }) => Some((baseline.point, point)),
        _ => None,
    };
    // A low score that stayed low had nowhere to fall.
    if compared.is_some_and(|(_, last)| at_target_score(case, scale, last)) {
        return;
    }
    let week_8 = since.plus(case.days(Number::NotImprovedFromWeeks));
    let week_12 = since.plus(case.days(Number::NotImprovedUntilWeeks));
    let held = case.last_review().filter(|day| week_8 <= *day);
    let (from, by) = match held {
        Some(held) => {
            let again = held.plus(case.days(Number::ReviewRepeat));
            (again, again)
        }
        None => (week_8, week_12),
    };
    let cause = ReviewCause::NotImproved {
        scale: scale.clone(),
        week,
        from_week: case.at.protocol.get(Number::NotImprovedFromWeeks),
        until_week: case.at.protocol.get(Number::NotImprovedUntilWeeks),
        scores: compared,
    };
    calls.push(Call { cause, from, by });
}

/// Whether the latest score shows improvement over the baseline (Bao 2015). Without a follow-up score it was not
/// shown. Another instrument improves by its own named changes, or by half.
fn is_improved(case: &Case<'_>, scale: &Scale) -> bool {
    let Some(episode) = case.episode else {
        return false;
    };
    let Progress::Compared { baseline, point, .. } = progress(case.sheet, episode, scale, case.at.today) else {
        return false;
    };
    let (first, last) = (baseline.point.total, point.total);
    let days = point.day.since(baseline.point.day);
    let named = outcomes(first, last, scale, days).improved_bao;
    named.unwrap_or_else(|| {
        let (first, last) = (Score::new(first.into()), Score::new(last.into()));
        brief(scale.id()).is_some_and(|known| known.has_improved(first, last))
    })
}

fn no_effect(case: &Case<'_>, scale: &Scale, calls: &mut Vec<Call>) {
    let Some(fall) = scale.expected_fall(case.at.protocol) else {
        return;
    };
    let changes = case.sheet.treatments.iter().filter(|t| starts_or_changes(t.kind));
    let Some(changed) = changes.map(|t| t.day).filter(|day| case.counts(*day)).max() else {
        return;
    };
    let Some(effect) = seen_of(case.sheet, case.episode, changed, case.at) else {
        return;
    };
    // The weeks passed without a score: the latest one says more than none.
    let to = match effect.seen {
        Seen::Measured { at, .. } => Some(at),
        Seen::Missed { later: Some(later) } => Some(latest_point(case, scale).unwrap_or(later)),
        Seen::Ahead | Seen::Open | Seen::Missed { later: None } => None,
    };
    let scores = effect.before.zip(to);
    if let Some((from, to)) = scores {
        let fell = u32::from(to.total) + fall <= u32::from(from.total);
        let now = latest_point(case, scale).unwrap_or(to);
        if fell || at_target_score(case, scale, now) {
            return;
        }
    }
    let from = match (scores, effect.seen) {
        (Some(_), Seen::Measured { .. }) => effect.from,
        _ => effect.until,
    };
    if case.last_review().is_none_or(|held| held < from) {
        let cause = ReviewCause::NoEffect {
            scale: scale.clone(),
            changed,
            fall,
            scores,
        };
        calls.push(Call {
            cause,
            from,
            by: effect.until,
        });
    }
}

fn latest_point(case: &Case<'_>, scale: &Scale) -> Option<Point> {
    latest(case.sheet, case.episode, scale, case.at.today).map(|(_, point)| point)
}

fn none_yet(case: &Case<'_>, calls: &mut Vec<Call>) {
    if let (Some(enrolled), None) = (case.enrolled(), case.last_review()) {
        let days = case.at.protocol.get(Number::ReviewFirst);
        let from = enrolled.plus(i64::from(days));
        calls.push(Call {
            cause: ReviewCause::NoneYet { enrolled, days },
            from,
            by: from,
        });
    }
}

fn asked(case: &Case<'_>, calls: &mut Vec<Call>) {
    let requests = case.sheet.review_requests.iter();
    let open = requests
        .map(|at| case.at.moment(*at))
        .filter(|moment| !case.reviewed_after(*moment))
        .map(|moment| moment.day);
    if let Some(day) = open.filter(|day| *day <= case.at.today).min() {
        let by = day.plus(case.days(Number::ReviewUrgent));
        calls.push(Call {
            cause: ReviewCause::Asked { day },
            from: day,
            by,
        });
    }
}
