//! The effect of a treatment change: a score is wanted in the weeks in which it shows.

use super::Clock;
use crate::care::case::{Case, starts_or_changes};
use crate::care::effect::{Seen, seen_of};
use crate::care::reason::{Clears, Kind, Reason, Rule};

/// The latest change of the episode, from the first day of those weeks until something was measured. When they have
/// passed the clock goes on: a later score still says more than none.
pub(super) fn effect(case: &Case<'_>, out: &mut Vec<Clock>) {
    if !case.phase.is_in_care() {
        return;
    }
    let changes = case.sheet.treatments.iter().filter(|t| starts_or_changes(t.kind));
    let Some(changed) = changes.map(|t| t.day).filter(|day| case.counts(*day)).max() else {
        return;
    };
    let Some(effect) = seen_of(case.sheet, case.episode, changed, case.at) else {
        return;
    };
    match effect.seen {
        Seen::Ahead | Seen::Open | Seen::Missed { later: None } => {}
        Seen::Measured { .. } | Seen::Missed { later: Some(_) } => return,
    }
    let kind = if effect.until < case.at.today {
        Kind::Overdue
    } else {
        Kind::Due
    };
    let clears = Clears::ScoreFrom(effect.scale.clone(), effect.from);
    let reason = Reason::ChangeEffect {
        scale: effect.scale,
        changed,
        before: effect.before,
        until: effect.until,
    };
    out.push(Clock::new(case, Rule::ChangeEffect, effect.until, reason, clears).from(effect.from, kind));
}
