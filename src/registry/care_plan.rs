//! One patient's plan of care, with its worksheets.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::measures::baseline_words;
use super::office::Office;
use super::timeline::{education_words, title, to_words};
use super::views::*;
use crate::care::{self, AsOf, Number, Reason, Rule, Scale, privacy};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::*;
use crate::journal::{ChartId, Day, EntryId, Fact, Folded, Live, Slot, Stamp, ThingId};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// The plan of care of one patient.
    pub async fn care_plan(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<CarePlanView, Failure> {
        self.sheet(id)?;
        let folded = self.read_again(id).await?.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let read = Read {
            folded: &folded,
            office: &self.office,
            today: moment.today,
            held: privacy::held_back(&folded).into_keys().collect(),
        };
        Ok(CarePlanView {
            today: moment.today,
            sections: read.sections(),
            goals: read.goals(),
            barriers: read.barriers(),
            interventions: read.interventions(sheet),
            education: read.education(),
            target: target(sheet, &moment),
            review: read.review(),
            activities: read.activities(),
            sheets: read.sheets(),
            rulers: read.rulers(),
        })
    }
}

/// A chart that is read for its plan.
struct Read<'a> {
    folded: &'a Folded,
    office: &'a Office,
    today: Day,
    held: BTreeSet<EntryId>,
}

impl<'a> Read<'a> {
    /// The current entries of all slots, in the slots' order.
    fn heads(&self) -> impl Iterator<Item = &'a Live> {
        self.folded.slots().filter_map(|slot| self.folded.head(slot))
    }

    fn sections(&self) -> Vec<PlanSectionView> {
        let sections = self.heads().filter_map(|live| match &live.fact {
            Fact::PlanSection(section) if !section.text.trim().is_empty() => Some(PlanSectionView {
                section: section.clone(),
                by: self.office.name(live.author),
                held: self.held.contains(&live.id),
            }),
            _ => None,
        });
        sections.collect()
    }

    /// What was done, by the goal or the barrier that it is about, the latest first.
    fn steps(&self) -> BTreeMap<ThingId, Vec<PlanStepView>> {
        let mut steps: BTreeMap<ThingId, Vec<(Stamp, PlanStepView)>> = BTreeMap::new();
        for live in self.folded.live() {
            let Fact::PlanStep(step) = &live.fact else { continue };
            let view = PlanStepView {
                entry: live.id,
                day: step.day,
                what: step.what.clone(),
                by: self.office.name(live.author),
            };
            steps.entry(step.about).or_default().push((live.stamp, view));
        }
        let in_order = |mut steps: Vec<(Stamp, PlanStepView)>| {
            steps.sort_by_key(|(stamp, step)| Reverse((step.day, *stamp)));
            steps.into_iter().map(|(_, step)| step).collect()
        };
        steps
            .into_iter()
            .map(|(about, steps)| (about, in_order(steps)))
            .collect()
    }

    fn goals(&self) -> Vec<GoalView> {
        let mut steps = self.steps();
        let goals = self.heads().filter_map(|live| match &live.fact {
            Fact::Goal(goal) => Some(GoalView {
                goal: goal.clone(),
                steps: steps.remove(&goal.goal).unwrap_or_default(),
                late: goal.state == GoalState::Open && goal.by.is_some_and(|by| by < self.today),
                held: self.held.contains(&live.id),
            }),
            _ => None,
        });
        let mut goals: Vec<GoalView> = goals.collect();
        goals.sort_by_key(|view| {
            let goal = &view.goal;
            let is_open = goal.state == GoalState::Open;
            (
                !is_open,
                goal.by.filter(|_| is_open).is_none(),
                goal.by,
                Reverse(goal.settled),
            )
        });
        goals
    }

    fn barriers(&self) -> Vec<BarrierView> {
        let mut steps = self.steps();
        let barriers = self.heads().filter_map(|live| match &live.fact {
            Fact::Barrier(barrier) => Some(BarrierView {
                barrier: barrier.clone(),
                steps: steps.remove(&barrier.barrier).unwrap_or_default(),
                held: self.held.contains(&live.id),
            }),
            _ => None,
        });
        let mut barriers: Vec<BarrierView> = barriers.collect();
        barriers.sort_by_key(|view| {
            let barrier = &view.barrier;
            (
                barrier.overcome.is_some(),
                Reverse(barrier.overcome),
                barrier.from,
                barrier.kind,
            )
        });
        barriers
    }

    fn interventions(&self, sheet: &Flowsheet) -> Vec<InterventionView> {
        let manager = sheet.care_manager_on(self.today);
        let planned = self.heads().filter_map(|live| match &live.fact {
            Fact::PlannedIntervention(planned) => Some(InterventionView {
                planned: planned.clone(),
                by: match planned.by.or(manager) {
                    Some(person) => self.office.name(person),
                    None => "the care manager".to_owned(),
                },
            }),
            _ => None,
        });
        let mut planned: Vec<InterventionView> = planned.collect();
        planned.sort_by_key(|view| {
            let planned = &view.planned;
            (
                planned.until.is_some(),
                Reverse(planned.until),
                planned.from,
                planned.kind,
            )
        });
        planned
    }

    fn education(&self) -> Vec<EducationView> {
        let zone = self.office.clinic.zone;
        let given = self.folded.live().iter().filter_map(|live| match &live.fact {
            Fact::Education(given) => Some(EducationView {
                entry: live.id,
                at: given.at,
                topic: given.topic.clone(),
                to: to_words(&given.to),
                how: education_words(given),
                again: matches!(given.understood, Some(Understood::InPart | Understood::NotYet)),
                to_patient: given.to.contains(&With::Patient),
                by: self.office.name(live.author),
                held: self.held.contains(&live.id),
            }),
            _ => None,
        });
        let mut given: Vec<EducationView> = given.collect();
        given.sort_by_key(|view| Reverse((view.at.day(zone), view.at.instant(zone))));
        given
    }

    fn review(&self) -> Option<PlanReviewView> {
        let live = self.folded.head(&Slot::PlanReview)?;
        let Fact::PlanReview(review) = &live.fact else {
            return None;
        };
        Some(PlanReviewView {
            review: review.clone(),
            by: self.office.name(live.author),
            is_due: review.next.is_some_and(|next| next <= self.today),
            held: self.held.contains(&live.id),
        })
    }

    fn activities(&self) -> Vec<ActivityView> {
        let activities = self.heads().filter_map(|live| match &live.fact {
            Fact::PlannedActivity(activity) => Some(self.activity(live, activity)),
            _ => None,
        });
        let mut activities: Vec<ActivityView> = activities.collect();
        activities.sort_by_key(|view| {
            let activity = &view.activity;
            let settled = match activity.state {
                ActivityState::Planned => None,
                ActivityState::Done { on, .. } | ActivityState::Dropped { on, .. } => Some(on),
            };
            let day = activity.on.filter(|_| settled.is_none());
            (
                settled.is_some(),
                !view.has_passed,
                Reverse(settled),
                day.is_none(),
                day,
                activity.time.clone(),
            )
        });
        activities
    }

    fn activity(&self, live: &Live, activity: &PlannedActivity) -> ActivityView {
        let versions = self.folded.live().iter().filter_map(|live| match &live.fact {
            Fact::PlannedActivity(version) if version.activity == activity.activity => Some(version),
            _ => None,
        });
        let planned = versions.filter(|version| version.state == ActivityState::Planned);
        let mut days: Vec<Option<Day>> = planned.map(|version| version.on).collect();
        days.dedup();
        let waits = activity.state == ActivityState::Planned;
        ActivityView {
            carried: super::open::count(days.len().saturating_sub(1)),
            first: days
                .first()
                .copied()
                .flatten()
                .filter(|first| Some(*first) != activity.on),
            // One without a day was for the time until the next contact.
            has_passed: waits && activity.on.unwrap_or(activity.agreed) < self.today,
            activity: activity.clone(),
            held: self.held.contains(&live.id),
        }
    }

    fn sheets(&self) -> Vec<ProblemSheetView> {
        let of_sheet = |sheet: ThingId| {
            let versions = self.folded.live().iter();
            let versions = versions.filter(|l| matches!(&l.fact, Fact::ProblemSheet(s) if s.sheet == sheet));
            super::open::count(versions.count())
        };
        let sheets = self.heads().filter_map(|live| match &live.fact {
            Fact::ProblemSheet(sheet) => Some(ProblemSheetView {
                sheet: sheet.clone(),
                versions: of_sheet(sheet.sheet),
                held: self.held.contains(&live.id),
            }),
            _ => None,
        });
        let mut sheets: Vec<ProblemSheetView> = sheets.collect();
        sheets.sort_by_key(|view| (view.sheet.finished.is_some(), Reverse(view.sheet.day)));
        sheets
    }

    fn rulers(&self) -> Vec<RulerView> {
        let mut rulers: BTreeMap<ThingId, Vec<(Stamp, &ReadinessRuler)>> = BTreeMap::new();
        for live in self.folded.live() {
            if let Fact::ReadinessRuler(answer) = &live.fact {
                rulers.entry(answer.ruler).or_default().push((live.stamp, answer));
            }
        }
        let view = |(ruler, mut answers): (ThingId, Vec<(Stamp, &ReadinessRuler)>)| {
            answers.sort_by_key(|(stamp, answer)| Reverse((answer.day, *stamp)));
            RulerView {
                ruler,
                about: answers
                    .first()
                    .map(|(_, answer)| answer.about.clone())
                    .unwrap_or_default(),
                answers: answers.into_iter().map(|(_, answer)| answer.clone()).collect(),
            }
        };
        let mut rulers: Vec<RulerView> = rulers.into_iter().map(view).collect();
        rulers.sort_by_key(|view| Reverse(view.answers.first().map(|answer| answer.day)));
        rulers
    }
}

/// What the episode is judged by: baseline, latest, target.
fn target(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<PlanTargetView> {
    let episode = sheet.episode_on(at.today)?;
    let scale = care::primary(sheet, episode, at.today);
    let last = care::latest(sheet, Some(episode), &scale, at.today);
    let clocks = care::clocks(sheet, at);
    let due = clocks.iter().find(|clock| match (&clock.rule, &clock.reason) {
        (Rule::Measure, Reason::Measure { scale: of, .. }) => *of == scale,
        _ => false,
    });
    let number = |number| at.protocol.get(number);
    let rule = || {
        let (under, or_under) = (number(Number::TargetUnder), number(Number::TargetResponseUnder));
        let (fall, label) = (number(Number::TargetFall), at.protocol.label());
        format!("under {under}, or under {or_under} with a fall of {fall} % ({label})")
    };
    Some(PlanTargetView {
        title: title(scale.id()),
        first: care::baseline(sheet, episode, &scale, at.today).map(|baseline| baseline_words(&baseline)),
        last: last.map(|(_, point)| format!("{} ({})", point.total, day_words(point.day))),
        at_target: care::scores_of(sheet, &scale, at).at_target,
        rule: (!matches!(scale, Scale::Other(_))).then(rule),
        due: due.map(care::Clock::sentence),
    })
}
