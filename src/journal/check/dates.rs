//! The days of a fact besides the one on which it happened: those that can only lie in the past, and those that may lie
//! ahead.

use crate::journal::facts::Status;
use crate::journal::{Day, Fact, Zone};

/// Days, other than [`Fact::happened`]'s, on which something was done: neither ahead nor before the patient was born.
pub(super) fn past(fact: &Fact) -> Vec<(&'static str, Day)> {
    some(match fact {
        Fact::Goal(g) => vec![("Date met or dropped", g.settled)],
        Fact::Barrier(b) => vec![("Date overcome", b.overcome)],
        Fact::ProblemSheet(s) => {
            let steps = s
                .steps
                .iter()
                .map(|step| ("Date of a step", step.done.or(step.dropped)));
            steps.chain([("Date finished", s.finished)]).collect()
        }
        Fact::TreatmentChange(t) => vec![("Day proposed", t.proposed_on), ("Day decided", t.decided_on)],
        Fact::Task(t) => vec![("Date done", t.done), ("Date dropped", t.dropped)],
        Fact::CareTeamMember(m) => vec![("Last day on the team", m.until)],
        Fact::DirectoryEntry(d) => vec![("Date checked", d.checked)],
        Fact::StatusChange(s) => match &s.status {
            Status::Closed {
                closure: Some(closure), ..
            } => vec![("Date of the agreement", closure.agreement.as_ref().map(|a| a.day))],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    })
}

/// Days that may lie ahead, but not before the patient was born.
pub(super) fn planned(fact: &Fact, zone: Zone) -> Vec<(&'static str, Day)> {
    some(match fact {
        Fact::Goal(g) => vec![("Goal", g.from), ("Goal", g.by)],
        Fact::Barrier(b) => vec![("Barrier", b.from)],
        Fact::PlannedIntervention(p) => vec![("Intervention", Some(p.from)), ("Intervention", p.until)],
        Fact::PlanReview(r) => vec![("Next review", r.next)],
        Fact::PlannedActivity(a) => vec![("Activity", Some(a.agreed)), ("Activity", a.on)],
        Fact::ProblemSheet(s) => s.steps.iter().map(|step| ("Step", step.by)).collect(),
        Fact::Medication(m) => vec![("Medication", m.from), ("Medication", m.until), ("Dose", m.dose_from)],
        Fact::Task(t) => vec![("Task", Some(t.due))],
        Fact::OutgoingReferral(r) => vec![("Appointment", r.at.map(|at| at.day(zone)))],
        _ => Vec::new(),
    })
}

fn some(days: Vec<(&'static str, Option<Day>)>) -> Vec<(&'static str, Day)> {
    let some = |(field, day): (&'static str, Option<Day>)| Some((field, day?));
    days.into_iter().filter_map(some).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::check::Problem::{self, BeforeBirth, InFuture};
    use crate::journal::facts::*;
    use crate::journal::{EpisodeId, ThingId, When};

    const YESTERDAY: &str = "2026-11-19";
    const TODAY: &str = "2026-11-20";
    const TOMORROW: &str = "2026-11-21";
    const BORN: &str = "2010-05-01";
    const UNBORN: &str = "2010-04-30";

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn id() -> ThingId {
        ThingId::from_random([1; 16])
    }
    fn words() -> String {
        "x".to_owned()
    }

    fn goal(by: &str, settled: Option<&str>) -> Fact {
        Fact::from(Goal {
            goal: id(),
            text: words(),
            by: Some(day(by)),
            state: GoalState::Met,
            measured_by: None,
            from: None,
            settled: settled.map(day),
        })
    }
    fn barrier(overcome: &str) -> Fact {
        Fact::from(Barrier {
            barrier: id(),
            kind: BarrierKind::Cost,
            text: words(),
            overcome: Some(day(overcome)),
            from: None,
        })
    }
    fn sheet(by: &str, done: Option<&str>, finished: Option<&str>) -> Fact {
        Fact::from(ProblemSheet {
            sheet: id(),
            day: day(TODAY),
            problem: words(),
            goal: None,
            options: Vec::new(),
            chosen: None,
            steps: vec![SolutionStep {
                what: words(),
                by: Some(day(by)),
                done: done.map(day),
                dropped: None,
                was: Vec::new(),
            }],
            outcome: None,
            finished: finished.map(day),
        })
    }
    fn change(proposed_on: &str, decided_on: &str) -> Fact {
        Fact::from(TreatmentChange {
            day: day(TODAY),
            kind: ChangeKind::DoseChanged,
            what: words(),
            why: None,
            proposed_by: None,
            decided_by: None,
            recommendation: None,
            change: None,
            state: None,
            medication: None,
            proposed_on: Some(day(proposed_on)),
            decided_on: Some(day(decided_on)),
            decision_note: None,
            because: Vec::new(),
            decided_with: None,
        })
    }
    fn task(due: &str, done: Option<&str>, dropped: Option<&str>) -> Fact {
        Fact::from(Task {
            task: id(),
            text: words(),
            due: day(due),
            owner: None,
            repeat: None,
            done: done.map(day),
            dropped: dropped.map(day),
            why: None,
            every: None,
            handed: None,
        })
    }
    fn member(until: &str) -> Fact {
        Fact::from(CareTeamMember {
            member: id(),
            role: TeamRole::Therapist,
            name: words(),
            person: None,
            of: None,
            phone: None,
            fax: None,
            email: None,
            reach: None,
            until: Some(day(until)),
        })
    }
    fn resource(checked: &str) -> Fact {
        Fact::from(DirectoryEntry {
            resource: id(),
            name: words(),
            what: String::new(),
            phone: None,
            notes: None,
            kind: None,
            area: None,
            languages: None,
            cost: None,
            wait: None,
            checked: Some(day(checked)),
            retired: None,
        })
    }
    fn agreed(on: &str) -> Fact {
        let agreement = Some(Agreement {
            who: words(),
            day: day(on),
            how: words(),
        });
        Fact::from(StatusChange {
            episode: EpisodeId::from_random([1; 16]),
            status: Status::Closed {
                reason: CloseReason::Declined,
                note: None,
                closure: Some(Box::new(Closure {
                    agreement,
                    ..Closure::default()
                })),
            },
            from: day(TODAY),
            why: None,
        })
    }
    fn referral(at: &str) -> Fact {
        Fact::from(OutgoingReferral {
            referral: id(),
            to: words(),
            what: words(),
            state: ReferralState::Booked,
            day: day(TODAY),
            kind: None,
            resource: None,
            by: None,
            at: Some(When::Day(day(at))),
            note: None,
            ended: None,
        })
    }
    fn activity(agreed: &str, state: ActivityState) -> Fact {
        Fact::from(PlannedActivity {
            activity: id(),
            what: words(),
            agreed: day(agreed),
            on: None,
            time: None,
            state,
        })
    }
    fn done(on: &str) -> ActivityState {
        ActivityState::Done {
            on: day(on),
            before: None,
            after: None,
            note: None,
        }
    }
    fn dropped(on: &str) -> ActivityState {
        ActivityState::Dropped { on: day(on), why: None }
    }

    #[test]
    fn what_was_done_lies_in_the_past_what_is_planned_may_lie_ahead_and_nothing_lies_before_the_birth() {
        let cases: Vec<(Fact, &[(&str, Problem)])> = vec![
            (goal(TOMORROW, Some(TODAY)), &[]),
            (goal(TODAY, Some(TOMORROW)), &[("Date met or dropped", InFuture)]),
            (goal(UNBORN, None), &[("Goal", BeforeBirth)]),
            (barrier(TODAY), &[]),
            (barrier(TOMORROW), &[("Date overcome", InFuture)]),
            (barrier(UNBORN), &[("Date overcome", BeforeBirth)]),
            (sheet(TOMORROW, Some(TODAY), Some(TODAY)), &[]),
            // Changed today, finished yesterday.
            (sheet(TODAY, Some(YESTERDAY), Some(YESTERDAY)), &[]),
            (sheet(UNBORN, None, None), &[("Step", BeforeBirth)]),
            (sheet(TODAY, Some(TOMORROW), None), &[("Date of a step", InFuture)]),
            (sheet(TODAY, None, Some(TOMORROW)), &[("Date finished", InFuture)]),
            (sheet(TODAY, None, Some(UNBORN)), &[("Date finished", BeforeBirth)]),
            (change(YESTERDAY, TODAY), &[]),
            (change(TODAY, TOMORROW), &[("Day decided", InFuture)]),
            (
                change(TOMORROW, TOMORROW),
                &[("Day proposed", InFuture), ("Day decided", InFuture)],
            ),
            (change(UNBORN, TODAY), &[("Day proposed", BeforeBirth)]),
            (task(TOMORROW, None, None), &[]),
            (task(TOMORROW, Some(TODAY), None), &[]),
            (task(UNBORN, None, None), &[("Task", BeforeBirth)]),
            (task(BORN, Some(TOMORROW), None), &[("Date done", InFuture)]),
            (task(BORN, None, Some(TOMORROW)), &[("Date dropped", InFuture)]),
            (task(BORN, Some(UNBORN), None), &[("Date done", BeforeBirth)]),
            (member(TODAY), &[]),
            (member(TOMORROW), &[("Last day on the team", InFuture)]),
            (member(UNBORN), &[("Last day on the team", BeforeBirth)]),
            (resource(TODAY), &[]),
            (resource(TOMORROW), &[("Date checked", InFuture)]),
            (agreed(TODAY), &[]),
            (agreed(TOMORROW), &[("Date of the agreement", InFuture)]),
            (agreed(UNBORN), &[("Date of the agreement", BeforeBirth)]),
            (referral(TOMORROW), &[]),
            (referral(UNBORN), &[("Appointment", BeforeBirth)]),
            (activity(TODAY, done(TODAY)), &[]),
            // Charted on Monday: what was agreed on Friday was done on Saturday.
            (activity(TODAY, done(YESTERDAY)), &[]),
            (activity(TODAY, dropped(YESTERDAY)), &[]),
            (activity(YESTERDAY, dropped(TODAY)), &[]),
        ];
        for (fact, expected) in cases {
            let found = fact.timing(day(TODAY), Some(day(BORN)), Zone::UTC);
            let found: Vec<_> = found.into_iter().map(|p| (p.field, p.problem)).collect();
            assert_eq!(found, expected, "{fact:?}");
            // What is on record with such a day stays on record.
            assert!(fact.problems().is_empty(), "{fact:?}");
        }
    }
}
