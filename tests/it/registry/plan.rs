//! The plan of care, its worksheets, medicines and treatment changes, through the queue as the window uses it.

use caseload::journal::{FactProblem, Problem, ThingId};

use super::*;

mod begun;
mod medicines;

fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}

impl Desk {
    fn plan(&mut self, chart: ChartId) -> CarePlanView {
        match self.ask(Request::CarePlan(chart)) {
            Ok(Response::CarePlan(view)) => *view,
            other => panic!("no plan: {other:?}"),
        }
    }
    fn medicines(&mut self, chart: ChartId) -> MedicinesView {
        match self.ask(Request::Medicines(chart)) {
            Ok(Response::Medicines(view)) => *view,
            other => panic!("no medicines: {other:?}"),
        }
    }
    /// A patient in care since 1 September, and whose chart it is.
    fn in_care(&mut self) -> ChartId {
        self.create(Kind::Real);
        let patient = NewPatient {
            referred: at("2026-09-01T10:00:00-04:00"),
            ..newcomer("Jun", "Ito")
        };
        let chart = self.save(Intent::Register(patient)).unwrap().chart;
        let episode = self.patient(chart).episode.unwrap();
        let from = day("2026-09-01");
        let status = StatusChange {
            episode,
            status: Status::Active,
            from,
            why: None,
        };
        self.save(record(chart, vec![Fact::StatusChange(status)])).unwrap();
        chart
    }
    fn write(&mut self, chart: ChartId, fact: impl Into<Fact>) {
        self.save(record(chart, vec![fact.into()])).unwrap();
    }
    fn scored(&mut self, chart: ChartId, total: u16, on: &str) {
        let taken = Assessment {
            instrument: "phq9".to_owned(),
            version: "1".to_owned(),
            at: When::Day(day(on)),
            taken: Taken::Remotely,
            answers: Answered::Total {
                total,
                known: BTreeMap::new(),
            },
            scale: None,
            respondent: None,
        };
        self.write(chart, taken);
    }
}

fn goal(state: GoalState, by: Option<&str>) -> Goal {
    Goal {
        goal: thing(1),
        text: "Take the bus to my mother\u{2019}s again".to_owned(),
        by: by.map(day),
        state,
        measured_by: Some("goes there every Sunday".to_owned()),
        from: Some(day("2026-10-01")),
        settled: None,
    }
}

fn step(about: ThingId, on: &str, what: &str) -> PlanStep {
    PlanStep {
        about,
        day: day(on),
        what: what.to_owned(),
        begun: None,
    }
}

fn activity(state: ActivityState, on: Option<&str>) -> PlannedActivity {
    PlannedActivity {
        activity: thing(2),
        what: "Walk to the park".to_owned(),
        agreed: day("2026-11-10"),
        on: on.map(day),
        time: Some("after breakfast".to_owned()),
        state,
    }
}

fn medicine(dose: &str) -> Medication {
    Medication {
        dose: Some(dose.to_owned()),
        from: Some(day("2026-09-10")),
        how_often: Some(Frequency::OnceDaily),
        used_for: Some(MedicineUse::MentalHealth),
        ..Medication::named(thing(3), "sertraline".to_owned())
    }
}

#[test]
fn a_goal_keeps_its_progress_and_is_late_only_while_it_is_worked_on() {
    let mut desk = Desk::new(70);
    let chart = desk.in_care();
    desk.write(chart, goal(GoalState::Open, Some("2026-11-19")));
    desk.write(chart, step(thing(1), "2026-11-02", "Went once, with her sister"));
    desk.write(chart, step(thing(1), "2026-10-20", "Looked up the bus"));
    let view = desk.plan(chart);
    assert!(view.goals[0].late);
    let steps: Vec<&str> = view.goals[0].steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(steps, ["Went once, with her sister", "Looked up the bus"]);
    desk.write(chart, goal(GoalState::Met, Some("2026-11-19")));
    let view = desk.plan(chart);
    assert!(!view.goals[0].late);
    assert_eq!((view.goals.len(), view.goals[0].steps.len()), (1, 2));
    let lines: Vec<String> = desk.patient(chart).timeline.into_iter().map(|row| row.line).collect();
    assert!(lines.contains(&"Goal reached".to_owned()));
    assert_eq!(lines.iter().filter(|line| *line == "Done about the plan").count(), 2);
}

#[test]
fn what_was_done_about_a_barrier_is_a_list_with_days_and_nothing_is_written_over() {
    let mut desk = Desk::new(71);
    let chart = desk.in_care();
    let barrier = Barrier {
        barrier: thing(4),
        kind: BarrierKind::Transport,
        text: "No bus on Sundays".to_owned(),
        overcome: None,
        from: Some(day("2026-10-01")),
    };
    desk.write(chart, barrier.clone());
    desk.write(chart, step(thing(4), "2026-10-05", "Applied for a ride program"));
    desk.write(chart, step(thing(4), "2026-10-20", "Ride program begins 1 November"));
    let overcome = Barrier {
        overcome: Some(day("2026-11-01")),
        ..barrier
    };
    desk.write(chart, overcome);
    let view = desk.plan(chart);
    assert_eq!(view.barriers.len(), 1);
    assert_eq!(view.barriers[0].barrier.overcome, Some(day("2026-11-01")));
    assert_eq!(view.barriers[0].steps.len(), 2);
    let rows = desk.patient(chart).timeline;
    assert!(rows.iter().any(|row| row.line == "Barrier overcome: transport"));
}

#[test]
fn an_activity_that_was_not_done_is_here_again_at_the_next_contact_until_it_is_done_or_dropped() {
    let mut desk = Desk::new(72);
    let chart = desk.in_care();
    desk.write(chart, activity(ActivityState::Planned, Some("2026-11-12")));
    let waits = desk.plan(chart).activities.remove(0);
    assert!(waits.has_passed);
    assert_eq!((waits.carried, waits.first), (0, None));
    desk.write(chart, activity(ActivityState::Planned, Some("2026-11-22")));
    let carried = desk.plan(chart).activities.remove(0);
    assert!(!carried.has_passed);
    assert_eq!((carried.carried, carried.first), (1, Some(day("2026-11-12"))));
    let done = ActivityState::Done {
        on: day("2026-11-20"),
        before: Some(0),
        after: Some(6),
        note: None,
    };
    desk.write(chart, activity(done.clone(), Some("2026-11-22")));
    let view = desk.plan(chart);
    assert_eq!(view.activities.len(), 1);
    assert_eq!(view.activities[0].activity.state, done);
    let lines: Vec<String> = desk.patient(chart).timeline.into_iter().map(|row| row.line).collect();
    for line in [
        "Activity done: Walk to the park, mood 0 to 6",
        "Activity carried over: Walk to the park, Sun 22 Nov after breakfast",
        "Activity planned: Walk to the park, Thu 12 Nov after breakfast",
    ] {
        assert!(lines.contains(&line.to_owned()), "{line} in {lines:?}");
    }
}

#[test]
fn rulers_are_a_history_and_a_problem_sheet_is_one_thing_with_versions() {
    let mut desk = Desk::new(73);
    let chart = desk.in_care();
    for (on, importance, confidence) in [("2026-11-01", 7, 2), ("2026-11-15", 8, 5), ("2026-10-01", 4, 0)] {
        let ruler = ReadinessRuler {
            ruler: thing(5),
            about: "Drink less on weekdays".to_owned(),
            day: day(on),
            importance,
            confidence,
            why_not_lower: None,
            what_higher: Some("Not being alone at night".to_owned()),
        };
        desk.write(chart, ruler);
    }
    let sheet = ProblemSheet {
        sheet: thing(6),
        day: day("2026-11-15"),
        problem: "Behind with the rent".to_owned(),
        goal: None,
        options: vec![Solution {
            what: "Call the landlord".to_owned(),
            pros: None,
            cons: Some("hard to do".to_owned()),
            was: Vec::new(),
        }],
        chosen: Some(0),
        steps: Vec::new(),
        outcome: None,
        finished: None,
    };
    desk.write(chart, sheet.clone());
    let finished = ProblemSheet {
        outcome: Some("A plan for three months".to_owned()),
        finished: Some(day("2026-11-20")),
        ..sheet
    };
    desk.write(chart, finished.clone());
    let view = desk.plan(chart);
    let marks: Vec<(u8, u8)> = view.rulers[0]
        .answers
        .iter()
        .map(|a| (a.importance, a.confidence))
        .collect();
    assert_eq!(marks, [(8, 5), (7, 2), (4, 0)]);
    assert_eq!((view.sheets.len(), view.sheets[0].versions), (1, 2));
    assert_eq!(view.sheets[0].sheet, finished);
    // Answers of a ruler are no versions of one thing: nothing to settle.
    assert!(desk.patient(chart).forks.is_empty());
}

#[test]
fn the_plans_review_comes_up_on_its_day_and_goes_when_the_plan_was_gone_through() {
    let mut desk = Desk::new(74);
    let chart = desk.in_care();
    let review = |on: &str, next: Option<&str>| PlanReview {
        day: day(on),
        next: next.map(day),
        note: None,
    };
    desk.write(chart, review("2026-10-01", Some("2026-11-20")));
    assert!(desk.plan(chart).review.unwrap().is_due);
    let due = |desk: &mut Desk| {
        let reasons = desk.patient(chart).reasons;
        reasons
            .iter()
            .any(|item| item.reason.starts_with("care plan review due today"))
    };
    assert!(due(&mut desk));
    desk.write(chart, review("2026-11-20", Some("2027-01-15")));
    assert!(!due(&mut desk));
    assert!(!desk.plan(chart).review.unwrap().is_due);
}

#[test]
fn weeks_at_a_dose_come_from_the_versions_and_adequate_only_from_the_clinics_own_number() {
    let mut desk = Desk::new(75);
    let chart = desk.in_care();
    desk.write(chart, medicine("50 mg"));
    let view = desk.medicines(chart);
    assert_eq!(view.current[0].dose_since, "same dose since Thu 10 Sep (10 weeks)");
    assert_eq!(view.current[0].minimum, None);
    let raised = Medication {
        dose_from: Some(day("2026-10-30")),
        ..medicine("100 mg")
    };
    desk.write(chart, raised.clone());
    // Somebody puts the reason right; the dose is still of 30 October.
    let reason = Some("depression".to_owned());
    desk.write(
        chart,
        Medication {
            reason,
            ..raised.clone()
        },
    );
    let view = desk.medicines(chart);
    assert_eq!(view.current[0].dose_since, "dose last changed Fri 30 Oct (3 weeks)");
    assert_eq!(view.current[0].versions.len(), 3);
    let doses = vec![MinimumDose {
        medicine: "Sertraline".to_owned(),
        thousandths: 150_000,
        unit: DoseUnit::Mg,
    }];
    desk.save(Intent::Office(vec![Fact::MinimumDoses(MinimumDoses { doses })]))
        .unwrap();
    let view = desk.medicines(chart);
    assert_eq!(
        view.current[0].minimum.as_deref(),
        Some("100 mg a day is under the clinic\u{2019}s minimum of 150 mg")
    );
    let stopped = Medication {
        until: Some(day("2026-11-20")),
        ..raised
    };
    desk.write(chart, stopped);
    let view = desk.medicines(chart);
    assert_eq!((view.current.len(), view.stopped.len()), (0, 1));
}

#[test]
fn a_change_counts_once_it_is_made_and_tells_what_came_of_it() {
    let mut desk = Desk::new(77);
    let chart = desk.in_care();
    desk.scored(chart, 18, "2026-09-28");
    let made = TreatmentChange::made(
        day("2026-10-01"),
        ChangeKind::DoseChanged,
        "sertraline 100 mg".to_owned(),
    );
    let change = |state| TreatmentChange {
        change: Some(thing(7)),
        state: Some(state),
        ..made.clone()
    };
    desk.write(chart, change(ChangeState::Proposed));
    let view = desk.medicines(chart);
    assert_eq!(view.changes[0].decided.as_deref(), Some("not decided yet"));
    assert_eq!(view.changes[0].effect, None);
    assert!(
        desk.patient(chart)
            .history
            .marks
            .iter()
            .all(|mark| mark.label != "sertraline 100 mg")
    );
    desk.write(chart, change(ChangeState::Declined));
    assert_eq!(desk.medicines(chart).changes[0].effect, None);
    desk.write(chart, change(ChangeState::Made));
    let view = desk.medicines(chart);
    assert_eq!(view.changes.len(), 1);
    assert_eq!(
        view.changes[0].effect.as_deref(),
        Some("PHQ-9 18 on Mon 28 Sep; not measured from Thu 29 Oct to Thu 12 Nov, and not since")
    );
    let asked = desk.patient(chart).reasons;
    assert!(
        asked
            .iter()
            .any(|item| item.reason.starts_with("no PHQ-9 yet to see the effect"))
    );
    desk.scored(chart, 11, "2026-11-10");
    let rows = desk.patient(chart).timeline;
    let told = "Dose changed: sertraline 100 mg. Effect: PHQ-9 18 on Mon 28 Sep, then 11 on Tue 10 Nov (\u{2212}7, a fall of 5 or more)";
    assert!(rows.iter().any(|row| row.line == told));
    // One version of the three is what holds.
    assert_eq!(desk.patient(chart).treatments.len(), 1);
}

#[test]
fn a_change_of_an_earlier_version_of_the_app_stays_a_change() {
    let json = r#"{"day":"2026-10-01","kind":"dose_changed","what":"sertraline 100 mg"}"#;
    let Fact::TreatmentChange(change) = Fact::read("treatment_change", json) else {
        panic!("not read");
    };
    assert_eq!(change.stands(), ChangeState::Made);
    assert_eq!(Fact::TreatmentChange(change).slot(), None);
    let old = r#"{"medication":"01010101-0101-4101-8101-010101010101","name":"sertraline","dose":"50 mg daily"}"#;
    assert!(matches!(Fact::read("medication", old), Fact::Medication(_)));
}

/// What is refused, by table: dates, marks, lengths, markup.
#[test]
fn bad_input_is_refused_with_its_field_and_markup_is_kept_as_text() {
    let mut desk = Desk::new(78);
    let chart = desk.in_care();
    let long = "x".repeat(10_000);
    let too_long = "y".repeat(20_001);
    let stop_before_start = Medication {
        until: Some(day("2026-09-09")),
        ..medicine("50 mg")
    };
    let before_birth = Medication {
        from: Some(day("1990-04-01")),
        ..medicine("50 mg")
    };
    let dose_before_start = Medication {
        dose_from: Some(day("2026-09-09")),
        ..medicine("50 mg")
    };
    let mark = |before| {
        let state = ActivityState::Done {
            on: day("2026-11-20"),
            before: Some(before),
            after: None,
            note: None,
        };
        activity(state, None)
    };
    let tomorrow = ActivityState::Done {
        on: day("2026-11-21"),
        before: None,
        after: None,
        note: None,
    };
    let ruler = |importance| ReadinessRuler {
        ruler: thing(5),
        about: "Sleep".to_owned(),
        day: day("2026-11-20"),
        importance,
        confidence: 0,
        why_not_lower: None,
        what_higher: None,
    };
    let table: Vec<(Fact, &str)> = vec![
        (stop_before_start.into(), "Medication ends before it starts"),
        (before_birth.into(), "Medication lies before the patient was born"),
        (dose_before_start.into(), "Dose ends before it starts"),
        (
            Medication::named(thing(3), long.clone()).into(),
            "Medication is longer than 200 characters",
        ),
        (
            Medication::named(thing(3), "  ".to_owned()).into(),
            "Medication is empty",
        ),
        (mark(11).into(), "Mood before is not between 0 and 10"),
        (activity(tomorrow, None).into(), "Date done lies in the future"),
        (
            activity(ActivityState::Planned, Some("2026-11-09")).into(),
            "Activity ends before it starts",
        ),
        (ruler(11).into(), "Importance is not between 0 and 10"),
        (
            step(thing(1), "1990-04-01", "x").into(),
            "Date lies before the patient was born",
        ),
        (step(thing(1), "2026-11-21", "x").into(), "Date lies in the future"),
        (
            step(thing(1), "2026-11-20", &too_long).into(),
            "What was done is longer than 20000 characters",
        ),
        (
            goal(GoalState::Open, Some("2026-09-30")).into(),
            "Goal ends before it starts",
        ),
        (
            goal(GoalState::Open, Some("1989-01-01")).into(),
            "Goal ends before it starts",
        ),
    ];
    for (fact, expected) in table {
        let sentence = refused(desk.save(record(chart, vec![fact]))).to_string();
        assert!(sentence.starts_with(expected), "{sentence}");
    }
    // Within the limits everything is kept as it was typed.
    let markup = "<script>alert(1)</script>";
    desk.write(chart, step(thing(1), "2026-11-20", &format!("{markup}{long}")));
    desk.write(
        chart,
        Goal {
            text: markup.to_owned(),
            ..goal(GoalState::Open, None)
        },
    );
    let view = desk.plan(chart);
    assert_eq!(view.goals[0].goal.text, markup);
    assert!(view.goals[0].steps[0].what.starts_with(markup));
}

#[test]
fn a_sheet_names_an_option_that_it_has() {
    let sheet = |chosen| {
        Fact::ProblemSheet(ProblemSheet {
            sheet: thing(6),
            day: day("2026-11-15"),
            problem: "Rent".to_owned(),
            goal: None,
            options: vec![Solution {
                what: "Call".to_owned(),
                pros: None,
                cons: None,
                was: Vec::new(),
            }],
            chosen,
            steps: Vec::new(),
            outcome: None,
            finished: None,
        })
    };
    assert!(sheet(Some(0)).problems().is_empty());
    let problem = Problem::OutOfRange { min: 0, max: 0 };
    let field = "Chosen option";
    assert_eq!(sheet(Some(1)).problems(), [FactProblem { field, problem }]);
}
