//! How the episode is measured: instruments, baselines, how often, when next.

use super::measures::baseline_words;
use super::views::*;
use crate::care::{self, AsOf, BaselineRule, Number, Reason, Rule, Scale};
use crate::flowsheet::{EpisodeLine, Flowsheet, MeasurePlanLine};
use crate::journal::facts::MeasurePlan;
use crate::journal::{Fact, Folded, Slot};

/// The plan of the episode: what was agreed, and what the protocol says where nothing was.
pub(super) fn plan(sheet: &Flowsheet, folded: &Folded, at: &AsOf<'_>) -> Option<MeasurePlanView> {
    let episode = sheet.episode_on(at.today)?;
    let stopped = episode.measures.iter().filter(|p| !p.runs_on(at.today)).cloned();
    let plans = care::planned(episode, at.today).into_iter().chain(stopped);
    let clocks = care::clocks(sheet, at);
    let line = |plan: MeasurePlanLine| {
        let due = clocks.iter().find(|clock| match (&clock.rule, &clock.reason) {
            (Rule::Measure, Reason::Measure { scale, .. }) => scale.id() == plan.instrument,
            _ => false,
        });
        let due = due.map(|clock| (clock.sentence(), clock.clears_sentence()));
        line(sheet, folded, episode, &plan, due, at)
    };
    let number = |number| at.protocol.get(number);
    Some(MeasurePlanView {
        opened: episode.opened,
        target: episode.target.clone(),
        judged_by: care::primary(sheet, episode, at.today).id().to_owned(),
        lines: plans.map(line).collect(),
        protocol: [
            number(Number::MeasureActive),
            number(Number::MeasureResponded),
            number(Number::MeasureRelapsePrevention),
        ],
        protocol_name: at.protocol.label().to_owned(),
    })
}

fn line(
    sheet: &Flowsheet,
    folded: &Folded,
    episode: &EpisodeLine,
    plan: &MeasurePlanLine,
    due: Option<(String, String)>,
    at: &AsOf<'_>,
) -> PlanLine {
    let scale = Scale::of(&plan.instrument);
    let view = |b: care::Baseline<'_>| BaselineView {
        entry: b.score.entry,
        words: baseline_words(&b),
    };
    let baseline = care::baseline(sheet, episode, &scale, at.today);
    let chosen = baseline.filter(|b| b.rule == BaselineRule::ChosenByPerson);
    let by_rule = chosen.and_then(|_| care::baseline_by_rule(sheet, episode, &scale, at.today));
    let slot = Slot::MeasurePlan(episode.episode, plan.instrument.clone());
    let reason = match folded.head(&slot).map(|live| &live.fact) {
        Some(Fact::MeasurePlan(fact)) => fact.baseline_reason.clone(),
        _ => None,
    };
    PlanLine {
        instrument: plan.instrument.clone(),
        title: super::timeline::title(&plan.instrument),
        every: plan.every.map(|days| days.0),
        after_response: plan.after_response.map(|days| days.0),
        stopped: plan.stopped.filter(|day| *day <= at.today),
        cadence: cadence(plan, at),
        due,
        baseline: baseline.map(view),
        by_rule: by_rule.map(view),
        reason: reason.filter(|_| chosen.is_some()),
    }
}

/// "every 14 days until response, then every 28 (default protocol v1)".
fn cadence(plan: &MeasurePlanLine, at: &AsOf<'_>) -> String {
    let number = |number| at.protocol.get(number);
    let every = |days: u32| {
        if days == 1 {
            "every day".to_owned()
        } else {
            format!("every {days} days")
        }
    };
    match (plan.every.map(|d| d.0), plan.after_response.map(|d| d.0)) {
        (None, None) => format!(
            "{} until response, then {}, in relapse prevention {} ({})",
            every(number(Number::MeasureActive)),
            every(number(Number::MeasureResponded)),
            every(number(Number::MeasureRelapsePrevention)),
            at.protocol.label(),
        ),
        (Some(days), None) => format!("{} (this plan)", every(days)),
        (days, Some(after)) => format!(
            "{} until response, then {} (this plan)",
            every(days.unwrap_or(number(Number::MeasureActive))),
            every(after),
        ),
    }
}

/// A plan as the timeline says it.
pub(super) fn plan_line(p: &MeasurePlan) -> String {
    let mut line = format!("Measure plan: {}", super::timeline::title(&p.instrument));
    if let Some(day) = p.stopped {
        return format!("{line}, not taken any more from {}", day_words(day));
    }
    if let Some(days) = p.every {
        line.push_str(&format!(", every {} days", days.0));
    }
    if let Some(days) = p.after_response {
        line.push_str(&format!(", after response every {} days", days.0));
    }
    if p.baseline.is_some() {
        line.push_str(", baseline chosen");
    }
    line
}
