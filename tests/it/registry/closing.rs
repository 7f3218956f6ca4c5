//! Relapse prevention and closing as the page gets them, and as the timeline says them afterwards.

use super::*;

mod head;

fn phq9(total: u16, item9: u8, on: &str) -> Fact {
    Fact::Assessment(Assessment {
        instrument: "phq9".to_owned(),
        version: "1".to_owned(),
        at: When::Day(day(on)),
        taken: Taken::Paper,
        answers: Answered::Total {
            total,
            known: BTreeMap::from([("phq9_9".to_owned(), item9)]),
        },
        scale: None,
        respondent: None,
    })
}

fn status(episode: caseload::journal::EpisodeId, status: Status, from: &str) -> Fact {
    Fact::StatusChange(StatusChange {
        episode,
        status,
        from: day(from),
        why: None,
    })
}

fn closing(desk: &mut Desk, chart: ChartId) -> ClosingView {
    match desk.ask(Request::Closing(chart)) {
        Ok(Response::Closing(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn treated(desk: &mut Desk) -> (ChartId, caseload::journal::EpisodeId) {
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let episode = desk.patient(chart).episode.unwrap();
    let medicine = Fact::Medication(Medication {
        dose: Some("100 mg".to_owned()),
        from: Some(day("2026-04-01")),
        ..Medication::named(
            caseload::journal::ThingId::from_random([3; 16]),
            "sertraline".to_owned(),
        )
    });
    let facts = vec![
        status(episode, Status::Active, "2026-03-02"),
        phq9(18, 0, "2026-03-03"),
        phq9(9, 0, "2026-10-01"),
        phq9(9, 0, "2026-11-12"),
        medicine,
    ];
    desk.save(record(chart, facts)).unwrap();
    (chart, episode)
}

#[test]
fn the_page_gets_readiness_by_each_meaning_and_what_is_known_for_the_plan() {
    let mut desk = Desk::new(60);
    let (chart, _) = treated(&mut desk);
    let view = closing(&mut desk, chart);
    assert_eq!(view.stage, ClosingStage::Treatment);
    let ready: Vec<(&str, bool)> = view.readiness.iter().map(|r| (r.name.as_str(), r.ready)).collect();
    assert_eq!(
        ready,
        [
            ("at target (your protocol)", true),
            ("remission", false),
            ("response", true),
            ("improved (Bao, NYS)", true),
            ("treatment response (SCOPE)", true),
            ("at target (AIMS)", true),
            ("reliable change", true),
        ]
    );
    assert_eq!(view.known.medications, "sertraline 100 mg");
    assert!(view.known.whom_to_call.contains("988"));
    assert_eq!((view.intervals.contact, view.intervals.measure), (60, 60));
    assert_eq!(view.outcomes[0].first, (18, day("2026-03-03")));
    assert!(view.outcomes[0].holds.contains(&"response".to_owned()));
    assert!(view.loose.is_empty() && view.at_risk.is_none() && view.ended.is_none());
}

#[test]
fn a_relapse_reopens_treatment_with_its_reason_in_the_record() {
    let mut desk = Desk::new(61);
    let (chart, episode) = treated(&mut desk);
    desk.save(record(
        chart,
        vec![status(episode, Status::RelapsePrevention, "2026-11-13")],
    ))
    .unwrap();
    desk.save(record(chart, vec![phq9(12, 0, "2026-11-19")])).unwrap();
    let view = closing(&mut desk, chart);
    assert_eq!(view.stage, ClosingStage::Prevention);
    assert_eq!(
        view.relapsed,
        ["PHQ-9 12 on Thu 19 Nov in relapse prevention (above 9)"]
    );
    let Ok(Response::Today(today)) = desk.ask(Request::Today(TodayQuery::default())) else {
        panic!("today");
    };
    assert!(today.items[0].reopens, "{:?}", today.items[0].reason);
    let back = Fact::StatusChange(StatusChange {
        episode,
        status: Status::Active,
        from: day("2026-11-20"),
        why: Some(view.relapsed[0].clone()),
    });
    desk.save(record(chart, vec![back])).unwrap();
    assert!(closing(&mut desk, chart).relapsed.is_empty());
    let said = desk.patient(chart).timeline.into_iter();
    let mut said = said
        .filter(|row| row.line == "Status: active")
        .filter_map(|row| row.more);
    assert!(said.any(|more| more.contains("PHQ-9 12")));
}

#[test]
fn an_end_is_shown_with_what_was_handed_over_and_what_stays_watched() {
    let mut desk = Desk::new(62);
    let (chart, episode) = treated(&mut desk);
    desk.save(record(chart, vec![phq9(10, 1, "2026-11-18")])).unwrap();
    let open = closing(&mut desk, chart);
    assert_eq!(open.loose.len(), 1);
    assert_eq!(
        open.at_risk.as_deref(),
        Some("the last safety item, of 18 Nov 2026, was answered 1")
    );
    let end = || {
        let closed = Status::Closed {
            reason: CloseReason::ReferredOn,
            note: Some("specialty care".to_owned()),
            closure: Some(Box::new(Closure {
                followed_by: Some("Harbor Therapy".to_owned()),
                ..Closure::default()
            })),
        };
        status(episode, closed, "2026-11-20")
    };
    let refused = desk.save(record(chart, vec![end()])).unwrap_err();
    assert!(
        matches!(refused, Failure::Refused(Refusal::EpisodeNotReady { .. })),
        "{refused}"
    );
    let handed = Fact::HandedOver(HandedOver {
        about: open.loose[0].about,
        what: HandedThing::Concern,
        to: "Rosa Diaz".to_owned(),
        how: "by phone".to_owned(),
        at: When::Day(day("2026-11-20")),
    });
    desk.save(record(chart, vec![handed, end()])).unwrap();
    let view = closing(&mut desk, chart);
    assert_eq!(view.stage, ClosingStage::Closed);
    let ended = view.ended.unwrap();
    assert_eq!(
        (ended.words.as_str(), ended.followed_by.as_deref()),
        ("referred on", Some("Harbor Therapy"))
    );
    assert_eq!((ended.outcomes[0].first.0, ended.outcomes[0].last.0), (18, 10));
    assert_eq!(
        view.loose[0].handed.as_ref().map(|(to, _)| to.as_str()),
        Some("Rosa Diaz")
    );
    assert!(view.watched[0].contains("stays open, and on Today"));
    let lines: Vec<String> = desk
        .patient(chart)
        .timeline
        .iter()
        .map(|row| row.line.clone())
        .collect();
    assert!(
        lines.iter().any(|line| line == "Safety concern handed to Rosa Diaz"),
        "{lines:?}"
    );
    let Ok(Response::Today(today)) = desk.ask(Request::Today(TodayQuery::default())) else {
        panic!("today");
    };
    assert_eq!(today.items.len(), 1, "the open concern stays on the list");
}

#[test]
fn a_closing_letter_leaves_out_what_is_held_back_until_it_is_confirmed() {
    let mut desk = Desk::new(66);
    let (chart, episode) = treated(&mut desk);
    let plan = RelapsePlan {
        day: day("2026-11-19"),
        medications: String::new(),
        helps: String::new(),
        warning_signs: "drinking again".to_owned(),
        stress: String::new(),
        whom_to_call: "sponsor".to_owned(),
        appointments: String::new(),
    };
    let plan = desk.save(record(chart, vec![plan.into()])).unwrap().entries[0];
    let closed = Status::Closed {
        reason: CloseReason::GoalsMet,
        note: None,
        closure: None,
    };
    desk.save(record(chart, vec![status(episode, closed, "2026-11-20")]))
        .unwrap();
    let letter = |desk: &mut Desk, to, confirmed: &[caseload::journal::EntryId]| {
        let confirmed = confirmed.to_vec();
        match desk.ask(Request::Text(chart, TextAsk::Ending { to, confirmed })) {
            Ok(Response::Text(view)) => view.text,
            other => panic!("no letter: {other:?}"),
        }
    };
    let both = [EndingLetter::Clinician, EndingLetter::Patient];
    assert!(letter(&mut desk, EndingLetter::Patient, &[]).contains("drinking again"));
    let whole = letter(&mut desk, EndingLetter::Clinician, &[]);
    assert!(whole.contains("PHQ-9: 18"), "{whole}");
    assert!(whole.contains("- PHQ-9 9, mild (November 12, 2026)"), "{whole}");
    let score = desk
        .patient(chart)
        .timeline
        .iter()
        .find(|row| row.line.starts_with("PHQ-9 18"))
        .unwrap()
        .entry;
    for entry in [plan, score] {
        let mark = Mark {
            entry,
            why: Protection::Part2,
            state: MarkState::Set { note: None },
        };
        desk.save(record(chart, vec![mark.into()])).unwrap();
    }
    assert_eq!(closing(&mut desk, chart).held.len(), 2);
    for to in both {
        let text = letter(&mut desk, to, &[]);
        assert!(text.starts_with("Elm Street"), "{text}");
        for held in ["drinking again", "sponsor", "PHQ-9: 18"] {
            assert!(!text.contains(held), "{to:?}: {held} in {text}");
        }
    }
    assert!(letter(&mut desk, EndingLetter::Clinician, &[]).ends_with("2 entries are held back here."));
    let told = letter(&mut desk, EndingLetter::Patient, &[plan]);
    assert!(
        told.contains("drinking again") && told.contains("42 CFR part 2"),
        "{told}"
    );
    // To the clinician under a release only (42 CFR 2.33).
    let told = letter(&mut desk, EndingLetter::Clinician, &[score]);
    assert!(!told.contains("PHQ-9: 18"), "{told}");
    super::notes_clinician::consents(&mut desk, chart, Covers::Measures);
    let told = letter(&mut desk, EndingLetter::Clinician, &[score]);
    assert!(
        told.contains("PHQ-9: 18") && told.contains("1 entry is held back here."),
        "{told}"
    );
}

#[test]
fn the_clinician_reads_the_only_score_there_is_unless_it_is_held_back() {
    let mut desk = Desk::new(67);
    let (chart, episode) = treated(&mut desk);
    let gad7 = Fact::Assessment(Assessment {
        instrument: "gad7".to_owned(),
        version: "1".to_owned(),
        at: When::Day(day("2026-11-10")),
        taken: Taken::Paper,
        answers: Answered::Total {
            total: 12,
            known: BTreeMap::new(),
        },
        scale: None,
        respondent: None,
    });
    let gad7 = desk.save(record(chart, vec![gad7])).unwrap().entries[0];
    let closed = Status::Closed {
        reason: CloseReason::Unreachable,
        note: None,
        closure: None,
    };
    desk.save(record(chart, vec![status(episode, closed, "2026-11-20")]))
        .unwrap();
    let letter = |desk: &mut Desk| {
        let to = EndingLetter::Clinician;
        let confirmed = Vec::new();
        match desk.ask(Request::Text(chart, TextAsk::Ending { to, confirmed })) {
            Ok(Response::Text(view)) => view.text,
            other => panic!("no letter: {other:?}"),
        }
    };
    let told = "- GAD-7 12, moderate (November 10, 2026)";
    let text = letter(&mut desk);
    assert!(text.contains(told), "{text}");
    let mark = Mark {
        entry: gad7,
        why: Protection::Part2,
        state: MarkState::Set { note: None },
    };
    desk.save(record(chart, vec![mark.into()])).unwrap();
    let text = letter(&mut desk);
    assert!(
        !text.contains("GAD-7 12") && text.contains("1 entry is held back"),
        "{text}"
    );
}

fn team(chart: ChartId, desk: &mut Desk) {
    let member = |n: u8, role: TeamRole, name: &str, phone: &str| {
        Fact::CareTeamMember(CareTeamMember {
            member: caseload::journal::ThingId::from_random([n; 16]),
            role,
            name: name.to_owned(),
            person: None,
            of: None,
            phone: Some(phone.to_owned()),
            fax: None,
            email: None,
            reach: None,
            until: None,
        })
    };
    let referral = OutgoingReferral {
        referral: caseload::journal::ThingId::from_random([41; 16]),
        to: "Harbor Therapy".to_owned(),
        what: "weekly therapy".to_owned(),
        state: ReferralState::Booked,
        day: day("2026-11-18"),
        kind: None,
        resource: None,
        by: None,
        at: Some(When::Day(day("2026-11-30"))),
        note: None,
        ended: None,
    };
    let booked = |n: u8, at: &str| Appointment {
        appointment: caseload::journal::ThingId::from_random([n; 16]),
        at: at.parse().unwrap(),
        mode: Mode::Phone,
        purpose: None,
        state: AppointmentState::Booked,
    };
    let allowed = Permissions {
        day: day("2026-11-02"),
        ways: BTreeMap::new(),
        speak_with: vec![
            SpeakWith {
                name: "Aiko Ito".to_owned(),
                relation: Some("sister".to_owned()),
                about: None,
            },
            SpeakWith {
                name: "Bo Ito".to_owned(),
                relation: Some("landlord".to_owned()),
                about: Some("appointments only".to_owned()),
            },
        ],
    };
    let facts = vec![
        member(31, TeamRole::Therapist, "Rosa Diaz", "555-0131"),
        member(32, TeamRole::Family, "Aiko Ito", "555-0132"),
        member(33, TeamRole::Family, "Ken Ito", "555-0133"),
        referral.into(),
        booked(42, "2026-11-24T10:00:00-05:00").into(),
        booked(43, "2026-11-10T10:00:00-05:00").into(),
        allowed.into(),
    ];
    desk.save(record(chart, facts)).unwrap();
}

#[test]
fn the_plan_begins_with_what_is_known_and_says_where_from_and_nothing_is_written() {
    let mut desk = Desk::new(66);
    let (chart, _) = treated(&mut desk);
    team(chart, &mut desk);
    let view = closing(&mut desk, chart);
    let known = &view.known;
    assert!(
        known.whom_to_call.contains("Rosa Diaz, therapist: 555-0131"),
        "{}",
        known.whom_to_call
    );
    assert!(!known.whom_to_call.contains("Aiko"), "family is no professional");
    let ahead: Vec<&str> = known.appointments.lines().collect();
    assert_eq!(ahead.len(), 2, "{ahead:?}");
    assert!(ahead[0].starts_with("Tue 24 Nov 10:00"), "{ahead:?}");
    assert!(!ahead[0].contains(", with "), "with whom isn't known: {ahead:?}");
    assert_eq!(ahead[1], "Mon 30 Nov, Harbor Therapy: weekly therapy");
    assert_eq!(
        view.known_from,
        [
            "the list of medicines",
            "",
            "",
            "",
            "the care team, the crisis lines",
            "booked appointments, here and elsewhere",
        ]
    );
    assert!(view.plans.is_empty());
}

#[test]
fn a_safety_plan_begins_with_the_care_team_and_with_those_of_the_family_whom_the_patient_allows() {
    let mut desk = Desk::new(67);
    let (chart, _) = treated(&mut desk);
    team(chart, &mut desk);
    let Ok(Response::SafetyKnown(known)) = desk.ask(Request::SafetyKnown(chart)) else {
        panic!("what is known");
    };
    let text = |part: SafetyPlanPart| {
        let mut parts = known.plan.iter().filter(|known| known.part == part);
        parts.next().map(|known| known.text.clone()).unwrap_or_default()
    };
    let from: Vec<&str> = known.plan.iter().map(|known| known.from.as_str()).collect();
    assert_eq!(
        from,
        [
            "those with whom we may speak",
            "the care team and the clinic\u{2019}s crisis line"
        ]
    );
    assert_eq!(text(SafetyPlanPart::PeopleToAsk), "Aiko Ito, sister: 555-0132");
    assert!(text(SafetyPlanPart::Professionals).contains("Rosa Diaz, therapist: 555-0131"));
    assert!(!text(SafetyPlanPart::Professionals).contains("Ken Ito"));
}

#[test]
fn open_tasks_are_listed_for_the_closing_and_what_is_kept_is_said_afterwards() {
    let mut desk = Desk::new(68);
    let (chart, episode) = treated(&mut desk);
    let task = Task {
        task: caseload::journal::ThingId::from_random([51; 16]),
        text: "Ask for the disability form".to_owned(),
        due: day("2026-11-24"),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: Some(Every::Months { count: 1, day: 24 }),
        handed: None,
    };
    desk.save(record(chart, vec![task.clone().into()])).unwrap();
    let view = closing(&mut desk, chart);
    assert_eq!(view.tasks.len(), 1);
    let closed = |tasks: Vec<KeptTask>| {
        let closure = Closure {
            tasks,
            ..Closure::default()
        };
        let closed = Status::Closed {
            reason: CloseReason::GoalsMet,
            note: None,
            closure: Some(Box::new(closure)),
        };
        record(chart, vec![status(episode, closed, "2026-11-20")])
    };
    assert!(desk.save(closed(Vec::new())).is_err());
    let kept = KeptTask {
        task: task.task,
        why: "the form is still due".to_owned(),
    };
    desk.save(closed(vec![kept])).unwrap();
    // Why is said with the task, so that it is held back when the task is: the closing goes along to others.
    let facts: Vec<Fact> = desk.patient(chart).timeline.into_iter().map(|row| row.fact).collect();
    let written = facts.iter().find_map(|fact| match fact {
        Fact::StatusChange(change) => Some(serde_json::to_string(change).unwrap()),
        _ => None,
    });
    let written = written.filter(|closing| closing.contains("goals_met")).unwrap();
    assert!(!written.contains("still due"), "{written}");
    assert!(
        facts
            .iter()
            .any(|fact| matches!(fact, Fact::Task(task) if task.why.as_deref() == Some("the form is still due")))
    );
    let ended = closing(&mut desk, chart).ended.unwrap();
    let words = "Task that stays open: Ask for the disability form (the form is still due)";
    assert_eq!(ended.tasks, [words]);
    let said = desk.patient(chart).timeline.into_iter().filter_map(|row| row.more);
    assert!(said.into_iter().any(|more| more.contains(words)));
    // It comes up on its day all the same.
    desk.now += 4 * 24 * 60 * 60 * 1000;
    let Ok(Response::Today(today)) = desk.ask(Request::Today(TodayQuery::default())) else {
        panic!("today");
    };
    let item = today.items.iter().find(|item| item.chart == chart).unwrap();
    assert!(format!("{item:?}").contains("Task"), "{item:?}");
}
