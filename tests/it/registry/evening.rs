//! The evening: what is open, what nobody has seen, what is not written down, and what comes next.

use super::*;
use caseload::care::quick::QuickTry;
use caseload::journal::ThingId;

const LATE: u64 = NOW + 8 * 3_600_000;

fn evening(desk: &mut Desk, opened: &[(ChartId, u64)]) -> EveningView {
    evening_with(desk, opened, &[])
}

fn evening_with(desk: &mut Desk, opened: &[(ChartId, u64)], acknowledged: &[(ChartId, u64)]) -> EveningView {
    let query = EveningQuery {
        care_manager: None,
        opened: opened.iter().copied().collect(),
        acknowledged: acknowledged.iter().copied().collect(),
        named: opened.iter().map(|(chart, _)| *chart).collect(),
    };
    match desk.ask(Request::Evening(query)).unwrap() {
        Response::Evening(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn seen(view: &EveningView, chart: ChartId) -> (bool, bool) {
    let item = view
        .open
        .iter()
        .find(|row| row.item.chart == chart)
        .expect("on the list");
    (item.urgent, item.seen)
}

fn registered(desk: &mut Desk, given: &str, family: &str) -> ChartId {
    desk.save(Intent::Register(newcomer(given, family))).unwrap().chart
}

fn task(text: &str, due: &str, number: u8) -> Fact {
    Fact::Task(Task {
        task: ThingId::from_random([number; 16]),
        text: text.to_owned(),
        due: day(due),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    })
}

#[test]
fn an_urgent_item_is_seen_once_its_record_was_opened_or_something_was_done_today() {
    let mut desk = Desk::new(71);
    desk.create(Kind::Real);
    let opened = registered(&mut desk, "Jun", "Ito");
    let tried = registered(&mut desk, "Grace", "Dube");
    let neither = registered(&mut desk, "Ana", "Ruiz");
    desk.save(Intent::Try {
        chart: tried,
        what: QuickTry::Voicemail,
        at: at("2026-11-20T09:00:00-05:00"),
    })
    .unwrap();
    desk.now = LATE;
    let view = evening(&mut desk, &[(opened, NOW)]);
    for (chart, expected) in [(opened, true), (tried, true), (neither, false)] {
        assert_eq!(seen(&view, chart), (true, expected));
    }
    // What was opened yesterday is not seen today.
    let yesterday = NOW - 86_400_000;
    assert_eq!(seen(&evening(&mut desk, &[(opened, yesterday)]), opened), (true, false));
    assert_eq!(view.names.get(&opened).map(String::as_str), Some("Ito, Jun"));
}

/// A step of the patient's concern, done today.
fn step(desk: &mut Desk, chart: ChartId, step: Step) {
    let concern = desk.patient(chart).concerns[0].concern;
    let at = at("2026-11-20T10:00:00-05:00");
    let step = ConcernStep {
        concern,
        at,
        note: None,
        step,
    };
    desk.save(record(chart, vec![Fact::ConcernStep(step)])).unwrap();
}

/// All that is due on the day of a concern.
fn all_steps(desk: &mut Desk, chart: ChartId) {
    let outcome = "No plan, no means".to_owned();
    step(
        desk,
        chart,
        Step::SecondStep {
            assessment: None,
            outcome,
        },
    );
    let told = Step::Told {
        who: Audience::Clinician,
        how: "by telephone".to_owned(),
        name: None,
    };
    step(desk, chart, told);
    step(desk, chart, Step::NextContact { on: day("2026-11-22") });
}

#[test]
fn a_concern_that_was_opened_after_the_record_was_seen_is_unseen_again() {
    let mut desk = Desk::new(72);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito");
    let before = desk.now;
    desk.now = NOW + 3_600_000;
    let positive = phq9(at("2026-11-20T10:00:00-05:00"), [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    desk.save(record(chart, vec![Fact::Assessment(positive)])).unwrap();
    all_steps(&mut desk, chart);
    let after = desk.now;
    desk.now = LATE;
    let view = evening(&mut desk, &[(chart, before)]);
    assert_eq!(view.open[0].item.kind, ItemKind::Safety);
    assert_eq!(seen(&view, chart), (true, false));
    assert_eq!(
        seen(&evening(&mut desk, &[(chart, after + 1_000)]), chart),
        (true, true)
    );
}

#[test]
fn a_concern_whose_steps_are_due_today_is_left_only_once_they_are_done_or_somebody_says_so_by_name() {
    let mut desk = Desk::new(75);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito");
    let when = at("2026-11-20T10:00:00-05:00");
    desk.now = NOW + 3_600_000;
    let positive = phq9(when, [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    desk.save(record(chart, vec![Fact::Assessment(positive)])).unwrap();
    desk.now += 600_000;
    let held = call(chart, at("2026-11-20T10:10:00-05:00"), Vec::new());
    desk.save(Intent::Contact(held)).unwrap();
    desk.now = LATE;
    // A call and a look at the record are not the second step, and tell nobody.
    let view = evening(&mut desk, &[(chart, LATE)]);
    assert_eq!(seen(&view, chart), (true, false));
    let said = evening_with(&mut desk, &[], &[(chart, LATE)]);
    assert_eq!(seen(&said, chart), (true, true), "somebody knows, by name");
    let too_early = evening_with(&mut desk, &[], &[(chart, NOW)]);
    assert_eq!(seen(&too_early, chart), (true, false), "before the answer was given");
    all_steps(&mut desk, chart);
    let done = evening(&mut desk, &[]);
    assert_eq!(seen(&done, chart), (true, true), "the call was the look");
}

#[test]
fn the_plan_of_the_next_day_has_every_open_concern_whatever_day_its_steps_were_due_on() {
    let mut desk = Desk::new(76);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito");
    let positive = phq9(at("2026-11-20T09:00:00-05:00"), [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    desk.save(record(chart, vec![Fact::Assessment(positive)])).unwrap();
    desk.now = LATE;
    let concerns = |desk: &mut Desk| {
        let view = evening(desk, &[]);
        let of_safety = view.plan.into_iter().filter(|row| row.kind == DiaryKind::Safety);
        of_safety.map(|row| (row.chart, row.words)).collect::<Vec<_>>()
    };
    let overdue = concerns(&mut desk);
    assert_eq!(
        (overdue.len(), overdue[0].0),
        (1, chart),
        "what is due today is not done"
    );
    all_steps(&mut desk, chart);
    let planned = concerns(&mut desk);
    assert_eq!((planned.len(), planned[0].0), (1, chart), "and once: {planned:?}");
}

#[test]
fn what_was_done_without_a_note_or_minutes_is_listed_and_a_try_owes_no_note() {
    let mut desk = Desk::new(73);
    desk.create(Kind::Real);
    let when = at("2026-11-20T09:00:00-05:00");
    let spent = call(registered(&mut desk, "Jun", "Ito"), when, Vec::new());
    // The given name, the form, whether a note and whether minutes are missing.
    let table = [
        ("Whole", spent.clone(), None),
        (
            "NoNote",
            ContactForm {
                note: None,
                ..spent.clone()
            },
            Some((true, false)),
        ),
        (
            "NoMinutes",
            ContactForm {
                time: None,
                ..spent.clone()
            },
            Some((false, true)),
        ),
        (
            "Neither",
            ContactForm {
                note: None,
                time: None,
                ..spent.clone()
            },
            Some((true, true)),
        ),
        (
            "Tried",
            ContactForm {
                note: None,
                time: None,
                next: Next::Protocol,
                reached: Reached::No {
                    by: Channel::Phone,
                    outcome: AttemptOutcome::NoAnswer,
                    left: None,
                    next: None,
                },
                ..spent.clone()
            },
            Some((false, true)),
        ),
        (
            "Yesterday",
            ContactForm {
                note: None,
                time: None,
                at: at("2026-11-19T09:00:00-05:00"),
                ..spent.clone()
            },
            None,
        ),
    ];
    for (given, form, missing) in table {
        let chart = registered(&mut desk, given, "Okoye");
        desk.save(Intent::Contact(ContactForm { chart, ..form })).unwrap();
        let view = evening(&mut desk, &[]);
        let found = view.unwritten.iter().find(|row| row.chart == chart);
        assert_eq!(found.map(|row| (row.note, row.minutes)), missing, "{given}");
    }
}

#[test]
fn unfinished_forms_are_listed_by_name_and_what_is_no_form_is_not() {
    let mut desk = Desk::new(74);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito");
    for key in [
        format!("contact/{chart}"),
        format!("letter/{chart}/patient"),
        "crisis/00ff".to_owned(),
        // No imported concern waits: nothing is left in it.
        "triage".to_owned(),
        "fresh".to_owned(),
        "seen".to_owned(),
    ] {
        let json = "{}".to_owned();
        desk.ask(Request::PutDraft { key, json }).unwrap();
    }
    let view = evening(&mut desk, &[]);
    let rows: Vec<_> = view
        .drafts
        .iter()
        .map(|row| (row.form.as_str(), row.whose.as_ref().map(|(_, name)| name.as_str())))
        .collect();
    assert_eq!(
        rows,
        [
            ("crisis", None),
            ("contact", Some("Ito, Jun")),
            ("letter", Some("Ito, Jun"))
        ]
    );
}

#[test]
fn tomorrow_is_the_next_working_day_by_time_and_then_by_what_is_due() {
    let mut desk = Desk::new(75);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito");
    let booked = |time: &str, state| {
        Fact::Appointment(Appointment {
            appointment: ThingId::from_random([time.as_bytes()[12]; 16]),
            at: at(time),
            mode: Mode::Phone,
            purpose: None,
            state,
        })
    };
    let facts = vec![
        task("send the letter", "2026-11-23", 3),
        task("much later", "2026-12-23", 4),
        booked("2026-11-23T14:00:00-05:00", AppointmentState::Booked),
        booked("2026-11-23T09:30:00-05:00", AppointmentState::Booked),
        booked("2026-11-23T15:00:00-05:00", AppointmentState::Cancelled),
        booked("2026-11-20T16:00:00-05:00", AppointmentState::Booked),
    ];
    desk.save(record(chart, facts)).unwrap();
    let view = evening(&mut desk, &[]);
    // It is a Friday.
    assert_eq!(view.next, day("2026-11-23"));
    let plan: Vec<&str> = view.plan.iter().map(|row| row.words.as_str()).collect();
    assert_eq!(plan[..2], ["Appointment, phone, booked", "Appointment, phone, booked"]);
    assert!(
        view.plan[0].at.instant("America/New_York".parse().unwrap())
            < view.plan[1].at.instant("America/New_York".parse().unwrap())
    );
    assert!(plan.contains(&"Task: send the letter"), "{plan:?}");
    assert!(!plan.iter().any(|words| words.contains("much later")), "{plan:?}");
    assert_eq!(view.booked.len(), 1, "neither kept nor missed");
}

#[test]
fn a_week_has_what_took_place_and_what_lies_ahead() {
    let mut desk = Desk::new(76);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito");
    desk.save(Intent::Contact(call(
        chart,
        at("2026-11-20T08:30:00-05:00"),
        Vec::new(),
    )))
    .unwrap();
    desk.save(record(chart, vec![task("ask for the form", "2026-11-21", 5)]))
        .unwrap();
    let query = DiaryQuery {
        from: day("2026-11-16"),
        to: day("2026-11-22"),
        care_manager: None,
    };
    let Response::Diary(view) = desk.ask(Request::Diary(query)).unwrap() else {
        panic!("no diary")
    };
    let rows: Vec<_> = view.rows.iter().map(|row| (row.day, row.kind, row.ahead)).collect();
    assert!(
        rows.contains(&(day("2026-11-20"), DiaryKind::Contact, false)),
        "{rows:?}"
    );
    assert!(rows.contains(&(day("2026-11-21"), DiaryKind::Task, true)), "{rows:?}");
    assert!(rows.is_sorted_by_key(|row| row.0));
}

#[test]
fn patients_of_one_name_are_told_apart_in_every_row_and_others_keep_their_plain_name() {
    let mut desk = Desk::new(78);
    desk.create(Kind::Real);
    let mut two = Vec::new();
    for (mrn, birth) in [("4711", "1980-02-03"), ("4712", "1991-05-06")] {
        let mut patient = newcomer("Ana", "Silva");
        patient.registration.mrn = Some(mrn.to_owned());
        patient.registration.birth = Some(day(birth));
        two.push(desk.save(Intent::Register(patient)).unwrap().chart);
    }
    let other = registered(&mut desk, "Jun", "Ito");
    for (chart, number) in two.iter().chain([&other]).zip(1..) {
        desk.save(record(*chart, vec![task("Ring the pharmacy", "2026-11-23", number)]))
            .unwrap();
        let spoken = ContactForm {
            note: None,
            ..call(*chart, at("2026-11-20T09:00:00-05:00"), Vec::new())
        };
        desk.save(Intent::Contact(spoken)).unwrap();
    }
    let opened: Vec<(ChartId, u64)> = two.iter().chain([&other]).map(|chart| (*chart, NOW)).collect();
    let view = evening(&mut desk, &opened);
    let told = ["Silva, Ana (46, MRN 4711)", "Silva, Ana (35, MRN 4712)", "Ito, Jun"];
    for ((chart, _), told) in opened.iter().zip(told) {
        assert_eq!(view.names.get(chart).map(String::as_str), Some(told));
        let planned = view
            .plan
            .iter()
            .find(|row| row.chart == *chart && row.kind == DiaryKind::Task);
        assert_eq!(planned.map(|row| row.name.as_str()), Some(told));
        let touched = view.unwritten.iter().find(|row| row.chart == *chart);
        assert_eq!(touched.map(|row| row.name.as_str()), Some(told));
    }
}
