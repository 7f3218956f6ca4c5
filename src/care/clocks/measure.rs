//! Measures: worse, relapsed, due, and a safety item that was left out.

use crate::flowsheet::{EpisodeLine, SafetyItem};
use crate::journal::{Day, Days};

use super::Clock;
use crate::care::case::{Case, Phase};
use crate::care::outcome::fell_by_percent;
use crate::care::protocol::Number;
use crate::care::reason::{Clears, Kind, Reason, Rule};
use crate::care::review::worsening_now;
use crate::care::scale::Scale;
use crate::care::scores::{Progress, latest, latest_with_safety_item, progress};

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
        relapse(case, scale, out);
    }
}

fn relapse(case: &Case<'_>, scale: &Scale, out: &mut Vec<Clock>) {
    let above = case.at.protocol.get(Number::RelapseAbove);
    if case.phase != Phase::RelapsePrevention {
        return;
    }
    let Some((_, last)) = latest(case.sheet, case.episode, scale, case.at.today) else {
        return;
    };
    if above < u32::from(last.total) {
        let reason = Reason::Relapse {
            scale: scale.clone(),
            latest: last,
            above,
        };
        let clock = Clock::new(case, Rule::Relapse, last.day, reason, Clears::ActiveOrScore(above));
        out.push(clock.from(last.day, Kind::Worsening));
    }
}

/// Measures due in care: those of the plan, otherwise the episode's target, otherwise PHQ-9.
pub(super) fn measures(case: &Case<'_>, out: &mut Vec<Clock>) {
    safety_item(case, out);
    let Some(episode) = case.episode else { return };
    if !case.phase.is_in_care() {
        return;
    }
    for (instrument, _, every) in &episode.measures {
        measure(case, episode, &Scale::of(instrument), *every, out);
    }
    let planned = |id: &str| episode.measures.iter().any(|(instrument, ..)| instrument == id);
    match &episode.target {
        Some(target) if planned(target) => {}
        Some(target) => measure(case, episode, &Scale::of(target), None, out),
        None if episode.measures.is_empty() => measure(case, episode, &Scale::Phq9, None, out),
        None => {}
    }
}

fn measure(case: &Case<'_>, episode: &EpisodeLine, scale: &Scale, planned: Option<Days>, out: &mut Vec<Clock>) {
    let number = |number| Days(case.at.protocol.get(number));
    let found = progress(case.sheet, episode, scale, case.at.today);
    let (last, responded) = match found {
        Progress::NoScore => (None, false),
        Progress::OneScore(_, point) => (Some(point), false),
        Progress::Compared { baseline, point, .. } => {
            let half = fell_by_percent(baseline.point.total, point.total, 50);
            (Some(point), half == Some(true))
        }
    };
    let responded = responded && case.phase != Phase::RelapsePrevention && planned.is_none();
    let every = planned.unwrap_or_else(|| match case.phase {
        Phase::RelapsePrevention => number(Number::MeasureRelapsePrevention),
        _ if responded => number(Number::MeasureResponded),
        _ => number(Number::MeasureActive),
    });
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
