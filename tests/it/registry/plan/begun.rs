//! What was planned comes up again and is not written over; what is begun about a barrier; education.

use super::*;

#[test]
fn what_was_planned_without_a_day_comes_up_at_the_next_contact_and_passed_days_come_first() {
    let mut desk = Desk::new(200);
    let chart = desk.in_care();
    let planned = |n: u8, agreed: &str, on: Option<&str>| PlannedActivity {
        activity: thing(n),
        agreed: day(agreed),
        ..activity(ActivityState::Planned, on)
    };
    desk.write(chart, planned(30, "2026-11-20", Some("2026-11-22")));
    desk.write(chart, planned(31, "2026-11-20", None));
    desk.write(chart, planned(32, "2026-11-10", None));
    desk.write(chart, planned(33, "2026-11-10", Some("2026-11-19")));
    let found: Vec<(ThingId, bool)> = desk
        .plan(chart)
        .activities
        .iter()
        .map(|view| (view.activity.activity, view.has_passed))
        .collect();
    let expected = [(33, true), (32, true), (30, false), (31, false)].map(|(n, passed)| (thing(n), passed));
    assert_eq!(found, expected);
}

#[test]
fn a_form_that_was_opened_before_an_activity_was_done_or_dropped_does_not_write_over_it() {
    let over = [
        ActivityState::Done {
            on: day("2026-11-19"),
            before: None,
            after: Some(6),
            note: None,
        },
        ActivityState::Dropped {
            on: day("2026-11-19"),
            why: None,
        },
    ];
    for state in over {
        let mut desk = Desk::new(201);
        let chart = desk.in_care();
        desk.write(chart, activity(ActivityState::Planned, Some("2026-11-12")));
        let saved = desk
            .save(record(chart, vec![activity(state.clone(), Some("2026-11-12")).into()]))
            .unwrap();
        let late = activity(ActivityState::Planned, Some("2026-11-25"));
        let refusal = refused(desk.save(record(chart, vec![late.clone().into()])));
        assert!(
            matches!(&refusal, Refusal::Field(words) if words.contains("already")),
            "{refusal:?}"
        );
        assert_eq!(desk.plan(chart).activities[0].activity.state, state);
        // Once that was undone it is planned again.
        desk.save(Intent::Void {
            chart,
            entries: saved.entries,
            reason: "Undone".to_owned(),
        })
        .unwrap();
        desk.write(chart, late);
    }
}

#[test]
fn what_is_begun_about_a_barrier_stands_under_it_with_its_day() {
    use caseload::care::coordination::{begun_words, help_for};
    let mut desk = Desk::new(202);
    let chart = desk.in_care();
    let barrier = |n: u8, kind, overcome: Option<&str>| Barrier {
        barrier: thing(n),
        kind,
        text: "No bus on Sundays".to_owned(),
        overcome: overcome.map(day),
        from: Some(day("2026-10-01")),
    };
    desk.write(chart, barrier(40, BarrierKind::Housing, Some("2026-11-01")));
    desk.write(chart, barrier(41, BarrierKind::Transport, None));
    let referral = Fact::OutgoingReferral(OutgoingReferral {
        referral: thing(42),
        to: "Ride program".to_owned(),
        what: "Transport: No bus on Sundays".to_owned(),
        state: ReferralState::Made,
        day: day("2026-11-18"),
        kind: help_for(BarrierKind::Transport),
        resource: None,
        by: None,
        at: None,
        note: None,
        ended: None,
    });
    let what = begun_words(&referral, day("2026-11-18")).unwrap();
    let step = step(thing(41), "2026-11-18", &what);
    desk.save(record(chart, vec![referral, step.into()])).unwrap();
    let view = desk.plan(chart);
    assert_eq!(view.barriers[0].barrier.barrier, thing(41));
    assert_eq!(
        (view.barriers[0].steps[0].day, view.barriers[0].steps[0].what.as_str()),
        (
            day("2026-11-18"),
            "Referred to Ride program: Transport: No bus on Sundays"
        )
    );
    let task = Fact::Task(Task {
        task: thing(43),
        text: "Ask for a bus pass".to_owned(),
        due: day("2026-11-27"),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    });
    assert_eq!(
        begun_words(&task, day("2026-11-20")).as_deref(),
        Some("Task, due Fri 27 Nov: Ask for a bus pass")
    );
    assert_eq!(
        begun_words(&barrier(41, BarrierKind::Food, None).into(), day("2026-11-20")),
        None
    );
    for (kind, help) in [
        (BarrierKind::Transport, Some(ResourceKind::Transport)),
        (BarrierKind::Housing, Some(ResourceKind::Housing)),
        (BarrierKind::Food, Some(ResourceKind::Food)),
        (BarrierKind::Cost, Some(ResourceKind::Legal)),
        (BarrierKind::Language, None),
        (BarrierKind::Safety, None),
    ] {
        assert_eq!(help_for(kind), help, "{kind:?}");
    }
}

#[test]
fn education_says_how_what_was_handed_out_and_whether_it_was_understood() {
    let mut desk = Desk::new(203);
    let chart = desk.in_care();
    let given = Education {
        how: vec![EducationHow::Talk, EducationHow::Handout],
        handout: Some("Sleeping better".to_owned()),
        understood: Some(Understood::InPart),
        ..Education::about(
            When::Day(day("2026-11-18")),
            "Sleep".to_owned(),
            vec![With::Patient, With::Family],
        )
    };
    desk.write(chart, given);
    desk.write(
        chart,
        Education::about(
            When::Day(day("2026-11-10")),
            "Depression".to_owned(),
            vec![With::Family],
        ),
    );
    let view = desk.plan(chart);
    let how = "in talking, hand-out (Sleeping better); understood only in part";
    assert_eq!(view.education[0].how.as_deref(), Some(how));
    assert!(view.education[0].again && view.education[0].to_patient);
    assert_eq!(view.education[1].how, None);
    assert!(!view.education[1].again && !view.education[1].to_patient);
    let lines: Vec<String> = desk.patient(chart).timeline.into_iter().map(|row| row.line).collect();
    let told = format!("Education: Sleep, to the patient and family; {how}");
    assert!(lines.contains(&told), "{lines:?}");
}

#[test]
fn what_is_held_back_of_the_plan_is_known_so_that_the_patients_sheet_leaves_it_out_and_nothing_is_copied_from_it() {
    let mut desk = Desk::new(204);
    let chart = desk.in_care();
    let barrier = Barrier {
        barrier: thing(41),
        kind: BarrierKind::Housing,
        text: "Sleeps at the program".to_owned(),
        overcome: None,
        from: None,
    };
    let facts: Vec<Fact> = vec![
        goal(GoalState::Open, Some("2026-12-20")).into(),
        barrier.into(),
        Education::about(
            When::Day(day("2026-11-18")),
            "Methadone".to_owned(),
            vec![With::Patient],
        )
        .into(),
        activity(ActivityState::Planned, Some("2026-11-22")).into(),
    ];
    let held = |desk: &mut Desk| {
        let view = desk.plan(chart);
        (
            view.goals[0].held,
            view.barriers[0].held,
            view.education[0].held,
            view.activities[0].held,
        )
    };
    let saved = desk.save(record(chart, facts)).unwrap();
    assert_eq!(held(&mut desk), (false, false, false, false));
    for entry in saved.entries {
        crate::registry::held::mark(&mut desk, chart, entry);
    }
    assert_eq!(held(&mut desk), (true, true, true, true));
}

#[test]
fn a_task_and_a_referral_say_when_the_barrier_that_they_were_made_from_is_settled() {
    let mut desk = Desk::new(205);
    let chart = desk.in_care();
    let barrier = |overcome: Option<&str>| Barrier {
        barrier: thing(41),
        kind: BarrierKind::Transport,
        text: "No bus on Sundays".to_owned(),
        overcome: overcome.map(day),
        from: Some(day("2026-10-01")),
    };
    let task = |n: u8| Task {
        task: thing(n),
        text: "Ask for a bus pass".to_owned(),
        due: day("2026-11-27"),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    };
    let referral = OutgoingReferral {
        referral: thing(42),
        to: "Ride program".to_owned(),
        what: "Transport".to_owned(),
        state: ReferralState::Made,
        day: day("2026-11-18"),
        kind: None,
        resource: None,
        by: None,
        at: None,
        note: None,
        ended: None,
    };
    let begun = |n: u8| PlanStep {
        begun: Some(thing(n)),
        ..step(thing(41), "2026-11-18", "Begun")
    };
    desk.write(chart, barrier(None));
    desk.save(record(chart, vec![referral.into(), begun(42).into()]))
        .unwrap();
    desk.save(record(chart, vec![task(43).into(), begun(43).into()]))
        .unwrap();
    desk.write(chart, task(44));
    let settled = |desk: &mut Desk| match desk.ask(Request::Together(chart)) {
        Ok(Response::Together(view)) => {
            let task = |n: u8| view.tasks.iter().find(|row| row.task.task == thing(n)).unwrap();
            [
                task(43).settled.clone(),
                task(44).settled.clone(),
                view.referrals[0].settled.clone(),
            ]
        }
        other => panic!("no tasks: {other:?}"),
    };
    assert_eq!(settled(&mut desk), [None, None, None]);
    desk.write(chart, barrier(Some("2026-11-19")));
    let words = Some("Transport, settled Thu 19 Nov".to_owned());
    // A task that was made from nothing is not settled with it.
    assert_eq!(settled(&mut desk), [words.clone(), None, words]);
    desk.write(chart, barrier(None));
    assert_eq!(settled(&mut desk), [None, None, None], "it is in the way again");
}
