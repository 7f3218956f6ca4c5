//! Measures: worse, relapsed, due, and a safety item that was left out.

use crate::flowsheet::{EpisodeLine, MeasurePlanLine, SafetyItem};
use crate::journal::{Day, Days};

use super::Clock;
use crate::care::case::{Case, Phase};
use crate::care::outcome::has_responded;
use crate::care::protocol::Number;
use crate::care::reason::{Clears, Kind, Reason, Rule};
use crate::care::relapse::Relapsed;
use crate::care::review::worsening_now;
use crate::care::scale::Scale;
use crate::care::scores::{Progress, latest_with_safety_item, progress};

/// Worse until there was a contact since or a later lower score; above the relapse line until active care is
/// reopened.
pub(super) fn worsening(case: &Case<'_>, out: &mut Vec<Clock>) {
    for scale in &Scale::NAMED {
        if let Some((score, worse)) = worsening_now(case, scale)
            && !case.contact_after(score)
        {
            let day = worse.points_compared().0.day;
            let reason = Reason::Worse(scale.clone(), worse);
            let clock = Clock::new(case, Rule::Worsening, day, reason, Clears::ContactOrScore(day));
            out.push(clock.from(day, Kind::Worsening));
        }
    }
    relapse(case, out);
}

fn relapse(case: &Case<'_>, out: &mut Vec<Clock>) {
    for relapsed in crate::care::relapse::found(case) {
        let clears = match &relapsed {
            Relapsed::Above { above, .. } => Clears::ActiveOrScore(*above),
            Relapsed::Rise { .. } => Clears::ActiveOrLower,
            Relapsed::Safety { .. } => Clears::ActiveOrNegative,
        };
        let day = relapsed.day();
        let clock = Clock::new(case, Rule::Relapse, day, Reason::Relapse(relapsed), clears);
        out.push(clock.from(day, Kind::Worsening));
    }
}

/// Measures due in care: those of the plan, otherwise the episode's target, otherwise PHQ-9.
pub(super) fn measures(case: &Case<'_>, out: &mut Vec<Clock>) {
    safety_item(case, out);
    let Some(episode) = case.episode else { return };
    if !case.phase.is_in_care() {
        return;
    }
    for plan in planned(episode, case.at.today) {
        measure(case, episode, &plan, out);
    }
}

/// What an episode is measured by on a day: the plans that run, and the target where no plan names it. Where no target
/// was chosen PHQ-9 is it: a plan for another instrument adds to it and never takes it silently away.
pub fn planned(episode: &EpisodeLine, day: Day) -> Vec<MeasurePlanLine> {
    let mut plans: Vec<MeasurePlanLine> = episode.measures.iter().filter(|p| p.runs_on(day)).cloned().collect();
    let target = episode.target.as_deref().unwrap_or(Scale::Phq9.id());
    if episode.measure_plan(target).is_none() {
        plans.push(MeasurePlanLine::plain(target));
    }
    plans
}

/// Days between two administrations: the plan's own, or the protocol's; the second is whether it is the one that holds
/// from response on.
///
/// A plan's interval from response on holds in relapse prevention too: the protocol's own is for those without a plan.
fn interval(case: &Case<'_>, plan: &MeasurePlanLine, responded: bool) -> (Days, bool) {
    let number = |number| Days(case.at.protocol.get(number));
    let prevents = case.phase == Phase::RelapsePrevention;
    match (plan.every, plan.after_response) {
        (_, Some(after)) if responded || prevents => (after, true),
        (Some(every), _) => (every, false),
        (None, _) if prevents => (number(Number::MeasureRelapsePrevention), false),
        (None, _) if responded => (number(Number::MeasureResponded), true),
        (None, _) => (number(Number::MeasureActive), false),
    }
}

fn measure(case: &Case<'_>, episode: &EpisodeLine, plan: &MeasurePlanLine, out: &mut Vec<Clock>) {
    let scale = &Scale::of(&plan.instrument);
    let (last, responded) = match progress(case.sheet, episode, scale, case.at.today) {
        Progress::NoScore => (None, false),
        Progress::OneScore(_, point) => (Some(point), false),
        Progress::Compared { baseline, point, .. } => {
            let responded = has_responded(scale, baseline.point.total, point.total);
            (Some(point), responded)
        }
    };
    let (every, responded) = interval(case, plan, responded);
    let by_interval = match last {
        Some(last) => last.day.plus(i64::from(every.0)),
        None => {
            let start = case.enrolled().or(case.since()).unwrap_or(episode.opened);
            start.plus(case.days(Number::MeasureFirst))
        }
    };
    let offered_again = |day: Day| day.plus(case.days(Number::MeasureDeclined));
    let declined = declined(case, scale)
        .filter(|day| last.is_none_or(|last| last.day <= *day) && by_interval < offered_again(*day));
    let due = declined.map_or(by_interval, offered_again);
    let reason = Reason::Measure {
        scale: scale.clone(),
        last,
        every,
        responded,
        declined,
    };
    let clock = Clock::new(case, Rule::Measure, due, reason, Clears::Score(scale.clone()));
    out.push(clock.overdue_after().again_in(i64::from(every.0)));
}

/// The day on which an instrument was last declined.
fn declined(case: &Case<'_>, scale: &Scale) -> Option<Day> {
    let of_scale = case
        .sheet
        .declined
        .iter()
        .filter(|(_, instrument)| instrument == scale.id());
    of_scale.map(|(day, _)| *day).filter(|day| case.counts(*day)).max()
}

/// A form whose safety item was left out: never read as "no". A total without a form is marked in lists instead,
/// for an imported sheet has little else.
fn safety_item(case: &Case<'_>, out: &mut Vec<Clock>) {
    let latest = latest_with_safety_item(case.sheet, case.at.today);
    let Some(score) = latest.filter(|s| case.counts(s.day)) else {
        return;
    };
    if score.safety == SafetyItem::NotKnown && !score.total_only {
        let scale = Scale::of(&score.instrument);
        let reason = Reason::SafetyItem {
            scale: scale.clone(),
            day: score.day,
        };
        let clock = Clock::new(case, Rule::SafetyItem, score.day, reason, Clears::SafetyItem(scale));
        out.push(clock.from(score.day, Kind::Due));
    }
}
