//! Tasks, referrals out, the directory, and what one saved contact makes, through the queue as the window uses it.

use caseload::app::typed::contact::proposed;
use caseload::journal::{Days, ThingId};

use super::*;

fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}

fn together(desk: &mut Desk, chart: ChartId) -> TogetherView {
    match desk.ask(Request::Together(chart)) {
        Ok(Response::Together(view)) => *view,
        other => panic!("nothing together: {other:?}"),
    }
}

fn directory(desk: &mut Desk) -> DirectoryView {
    match desk.ask(Request::Directory) {
        Ok(Response::Directory(view)) => *view,
        other => panic!("no directory: {other:?}"),
    }
}

fn lines(view: &PatientView) -> Vec<&str> {
    view.timeline.iter().map(|row| row.line.as_str()).collect()
}

fn begin() -> (Desk, ChartId) {
    let mut desk = Desk::new(60);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    (desk, chart)
}

fn task(n: u8, text: &str, due: &str) -> Task {
    Task {
        task: thing(n),
        text: text.to_owned(),
        due: day(due),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    }
}

fn referral(state: ReferralState, on: &str) -> OutgoingReferral {
    OutgoingReferral {
        referral: thing(9),
        to: "County Housing Office".to_owned(),
        what: "Help with rent arrears".to_owned(),
        state,
        day: day(on),
        kind: Some(ResourceKind::Housing),
        resource: None,
        by: None,
        at: None,
        note: None,
        ended: None,
    }
}

fn resource(n: u8, name: &str) -> DirectoryEntry {
    DirectoryEntry {
        resource: thing(n),
        name: name.to_owned(),
        what: String::new(),
        phone: None,
        notes: None,
        kind: None,
        area: None,
        languages: None,
        cost: None,
        wait: None,
        checked: None,
        retired: None,
    }
}

#[test]
fn a_task_that_is_done_or_dropped_is_not_done_again_and_makes_no_second_next_one() {
    // A double click recorded "done" twice, and with it two tasks that came next.
    let open = Task {
        repeat: Some(Days(14)),
        ..task(1, "Send the form", "2026-11-18")
    };
    let done = Task {
        done: Some(day("2026-11-20")),
        ..open.clone()
    };
    let dropped = Task {
        dropped: Some(day("2026-11-20")),
        why: Some("Not needed".to_owned()),
        ..open.clone()
    };
    let next = task(2, "Send the form", "2026-12-02");
    let table = [
        (&done, vec![done.clone(), next.clone()], "done"),
        (&done, vec![open.clone()], "done"),
        (&dropped, vec![done.clone(), next.clone()], "dropped"),
    ];
    for (first, second, was) in table {
        let (mut desk, chart) = begin();
        desk.save(record(chart, vec![open.clone().into()])).unwrap();
        let saved = desk.save(record(chart, vec![first.clone().into()])).unwrap();
        let second: Vec<Fact> = second.into_iter().map(Into::into).collect();
        let refused = desk.save(record(chart, second.clone())).unwrap_err().to_string();
        assert!(refused.contains(&format!("was {was} already")), "{refused}");
        assert_eq!(together(&mut desk, chart).tasks.len(), 1);
        // Once it was undone it is open again.
        let undo = Intent::Void {
            chart,
            entries: saved.entries,
            reason: "Undone".to_owned(),
        };
        desk.save(undo).unwrap();
        desk.save(record(chart, second)).unwrap();
    }
}

#[test]
fn tasks_are_listed_open_ones_first_and_a_dropped_one_is_quiet_and_says_why() {
    let (mut desk, chart) = begin();
    let late = task(1, "Send the form", "2026-11-18");
    let later = Task {
        repeat: Some(Days(14)),
        ..task(2, "Ask for the lab result", "2026-12-01")
    };
    let given_up = task(3, "Call the school", "2026-11-10");
    desk.save(record(
        chart,
        vec![late.clone().into(), later.into(), given_up.clone().into()],
    ))
    .unwrap();
    let on_list = |desk: &mut Desk| {
        let clocks: Vec<ClockKind> = desk.patient(chart).reasons.iter().map(|r| r.clock).collect();
        clocks.iter().filter(|clock| **clock == ClockKind::Task).count()
    };
    assert_eq!(on_list(&mut desk), 2);
    let dropped = Task {
        dropped: Some(day("2026-11-20")),
        why: Some("The school is closed".to_owned()),
        ..given_up
    };
    desk.save(record(chart, vec![dropped.into()])).unwrap();
    assert_eq!(on_list(&mut desk), 1);
    let view = together(&mut desk, chart);
    let rows: Vec<(&str, bool, bool)> = view
        .tasks
        .iter()
        .map(|row| (row.task.text.as_str(), row.open, row.late))
        .collect();
    assert_eq!(
        rows,
        [
            ("Send the form", true, true),
            ("Ask for the lab result", true, false),
            ("Call the school", false, false),
        ]
    );
    assert_eq!(view.tasks[2].ended.as_deref(), Some("dropped Fri 20 Nov by R. Okoye"));
    let patient = desk.patient(chart);
    let line = patient
        .timeline
        .iter()
        .find(|row| row.line.starts_with("Task dropped"))
        .unwrap();
    assert_eq!(line.more.as_deref(), Some("The school is closed"));
    assert!(view.people.iter().any(|(_, name)| name == "R. Okoye"));
}

#[test]
fn a_referral_out_is_on_the_list_when_its_next_step_is_late_and_every_step_is_kept() {
    let (mut desk, chart) = begin();
    let mut made = referral(ReferralState::Made, "2026-11-19");
    made.day = day("2026-11-02");
    let sent = OutgoingReferral {
        by: Some(Channel::Letter),
        ..referral(ReferralState::Sent, "2026-11-03")
    };
    desk.save(record(chart, vec![made.into()])).unwrap();
    desk.save(record(chart, vec![sent.into()])).unwrap();
    let reasons = |desk: &mut Desk| {
        let view = desk.patient(chart);
        let of_it = view.reasons.into_iter().filter(|r| r.clock == ClockKind::Referral);
        of_it.map(|r| r.reason).collect::<Vec<_>>()
    };
    // 14 days after 3 November is the 17th.
    assert_eq!(reasons(&mut desk), ["referral sent Tue 3 Nov; next step 3 days late"]);
    let view = together(&mut desk, chart);
    assert!(view.referrals[0].late);
    assert_eq!(view.referrals[0].release, None);

    // Booked for a day ahead: nothing is late until the appointment has passed for so many days.
    let booked = OutgoingReferral {
        at: Some(at("2026-11-24T10:00:00-05:00")),
        ..referral(ReferralState::Booked, "2026-11-20")
    };
    desk.save(record(chart, vec![booked.into()])).unwrap();
    assert_eq!(reasons(&mut desk), [""; 0]);
    let release = Release {
        release: thing(7),
        to: "county housing office".to_owned(),
        scope: "Name, need".to_owned(),
        from: day("2026-11-01"),
        until: Some(day("2027-02-01")),
        part2: false,
        revoked: None,
        covers: Vec::new(),
        minor: false,
        kind: None,
        contact: None,
    };
    let result = OutgoingReferral {
        note: Some("Payment plan agreed".to_owned()),
        ..referral(ReferralState::Result, "2026-11-20")
    };
    desk.save(record(chart, vec![release.into(), result.into()])).unwrap();
    let row = &together(&mut desk, chart).referrals[0];
    let steps: Vec<&str> = row.steps.iter().map(|step| step.words.as_str()).collect();
    assert_eq!(
        steps,
        [
            "made",
            "sent by letter",
            "appointment Tue 24 Nov 10:00",
            "result came back"
        ]
    );
    assert_eq!(row.waits, None);
    assert_eq!(
        row.release.as_deref(),
        Some("Name, need; without 42 CFR Part 2 records (until Mon 1 Feb)")
    );
    let back = refused(desk.save(record(
        chart,
        vec![referral(ReferralState::Attended, "2026-11-01").into()],
    )));
    assert!(matches!(back, Refusal::Field(words) if words.contains("before the one that it follows")));
    let ahead = refused(desk.save(record(
        chart,
        vec![referral(ReferralState::Attended, "2026-12-24").into()],
    )));
    assert!(matches!(ahead, Refusal::Field(words) if words.contains("future")));
}

#[test]
fn the_directory_is_by_name_keeps_what_is_retired_and_offers_it_to_no_referral() {
    let (mut desk, chart) = begin();
    let gone = DirectoryEntry {
        retired: Some(day("2026-11-01")),
        ..resource(2, "Alder House")
    };
    let facts = vec![
        resource(1, "Second Chance").into(),
        gone.into(),
        resource(3, "County Housing").into(),
    ];
    desk.save(Intent::Office(facts)).unwrap();
    let names = |entries: &[DirectoryEntry]| entries.iter().map(|e| e.name.clone()).collect::<Vec<_>>();
    let view = directory(&mut desk);
    assert_eq!(names(&view.entries), ["Alder House", "County Housing", "Second Chance"]);
    let offered = together(&mut desk, chart).resources;
    assert_eq!(names(&offered), ["County Housing", "Second Chance"]);
    let checked = DirectoryEntry {
        checked: Some(day("2026-11-20")),
        ..resource(3, "County Housing")
    };
    desk.save(Intent::Office(vec![checked.into()])).unwrap();
    let view = directory(&mut desk);
    assert_eq!(view.entries.len(), 3, "a new version is no new entry");
    assert_eq!(view.entries[1].checked, Some(day("2026-11-20")));
    let too_long = DirectoryEntry {
        area: Some("x".repeat(20_001)),
        ..resource(4, "Long Lane")
    };
    assert!(matches!(
        refused(desk.save(Intent::Office(vec![too_long.into()]))),
        Refusal::Field(_)
    ));
}

#[test]
fn a_check_of_a_resource_is_undone_like_any_other_save() {
    let (mut desk, _) = begin();
    desk.save(Intent::Office(vec![resource(1, "Second Chance").into()]))
        .unwrap();
    let checked = DirectoryEntry {
        checked: Some(day("2026-11-20")),
        ..resource(1, "Second Chance")
    };
    let saved = desk.save(Intent::Office(vec![checked.into()])).unwrap();
    let undo = Intent::Void {
        chart: saved.chart,
        entries: saved.entries,
        reason: "Undone".to_owned(),
    };
    desk.save(undo).unwrap();
    let entries = directory(&mut desk).entries;
    assert_eq!((entries.len(), entries[0].checked), (1, None));
}

#[test]
fn five_hundred_resources_are_one_save() {
    let (mut desk, _) = begin();
    let entry = |n: u16| {
        let [high, low] = n.to_be_bytes();
        let mut id = [1; 16];
        (id[0], id[1]) = (high, low);
        let entry = DirectoryEntry {
            resource: ThingId::from_random(id),
            ..resource(0, &format!("Office {n}"))
        };
        Fact::from(entry)
    };
    desk.save(Intent::Office((0..500).map(entry).collect())).unwrap();
    assert_eq!(directory(&mut desk).entries.len(), 500);
}

#[test]
fn one_saved_contact_makes_contact_education_minutes_and_what_comes_next_and_keeps_its_appointment() {
    let (mut desk, chart) = begin();
    let booked = Appointment {
        appointment: thing(5),
        at: at("2026-11-20T09:10:00-05:00"),
        mode: Mode::Phone,
        purpose: None,
        state: AppointmentState::Booked,
    };
    desk.save(record(chart, vec![booked.into()])).unwrap();
    let mut form = call(chart, at("2026-11-20T08:10:00-05:00"), Vec::new());
    form.education = vec![("How antidepressants work".to_owned(), vec![With::Patient, With::Family])];
    form.reached = Reached::Yes {
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with: vec![With::Patient, With::Family],
        did: vec![Intervention::BehaviouralActivation],
        inbound: true,
        language: Some("Spanish".to_owned()),
        talk: Talk {
            covered: vec![Covered::Symptoms, Covered::SafetyAsked],
            who: Some("Ana Ito, sister".to_owned()),
            offered: Some("Therapy or medication".to_owned()),
            chosen: Some("Therapy first".to_owned()),
            ..Talk::default()
        },
    };
    desk.save(Intent::Contact(form)).unwrap();
    let view = desk.patient(chart);
    let row = |start: &str| {
        let found = view.timeline.iter().find(|row| row.line.starts_with(start));
        found.unwrap_or_else(|| panic!("{start}: {:?}", lines(&view)))
    };
    let contact = row("Follow-up");
    assert_eq!(
        contact.line,
        "Follow-up, phone, planned, they called, with family (Ana Ito, sister). behavioral activation"
    );
    assert_eq!(
        contact.more.as_deref(),
        Some(
            "Covered: symptoms, safety asked\nLanguage: Spanish\nOffered: Therapy or medication\nChosen: Therapy first\n\
             Talked about walking again."
        )
    );
    assert_eq!(
        row("Education").line,
        "Education: How antidepressants work, to the patient and family"
    );
    assert!(row("22 min").line.contains("follow-up"));
    assert!(row("Appointment").line.contains("kept"));
}

#[test]
fn a_try_keeps_what_was_left_and_agrees_on_nothing_with_a_concern() {
    let (mut desk, chart) = begin();
    let mut form = call(chart, at("2026-11-20T08:10:00-05:00"), Vec::new());
    form.reached = Reached::No {
        by: Channel::Phone,
        outcome: AttemptOutcome::Voicemail,
        left: Some("Please call Lena at the clinic".to_owned()),
        next: Some(DayPart::Evening),
    };
    form.note = None;
    desk.save(Intent::Contact(form)).unwrap();
    let view = desk.patient(chart);
    let row = view
        .timeline
        .iter()
        .find(|row| row.line.starts_with("Tried by"))
        .unwrap();
    assert_eq!(
        row.more.as_deref(),
        Some("Left: Please call Lena at the clinic\nTo be tried again: evening")
    );
}

#[test]
fn a_contact_asks_for_the_measures_of_the_plan() {
    let (mut desk, chart) = begin();
    let of = |view: &PatientView| {
        let all = proposed(view).into_iter();
        all.map(|it| (it.instrument, it.asked)).collect::<Vec<_>>()
    };
    let line = |instrument: &str, asked: bool| (instrument.to_owned(), asked);
    assert_eq!(of(&desk.patient(chart)), [line("phq9", true), line("gad7", false)]);
    let episode = desk.patient(chart).episode.unwrap();
    let plan = MeasurePlan {
        episode,
        instrument: "pcl5".to_owned(),
        every: Some(Days(28)),
        after_response: None,
        baseline: None,
        baseline_reason: None,
        stopped: None,
    };
    let now = at("2026-11-20T08:30:00-05:00");
    let scored = phq9(now, [1, 1, 1, 1, 1, 1, 1, 1, 0]);
    desk.save(record(chart, vec![plan.clone().into(), scored.into()]))
        .unwrap();
    assert_eq!(
        of(&desk.patient(chart)),
        [line("phq9", false), line("gad7", false), line("pcl5", true)]
    );
    let stopped = MeasurePlan {
        stopped: Some(day("2026-11-20")),
        ..plan
    };
    desk.save(record(chart, vec![stopped.into()])).unwrap();
    assert_eq!(of(&desk.patient(chart)), [line("phq9", false), line("gad7", false)]);
}
