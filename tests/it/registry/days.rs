//! The calendar file, the huddle sheet, and whom to try now.

use super::*;
use caseload::care::quick::QuickTry;
use caseload::journal::{PersonId, ThingId};

fn booked(number: u8, time: &str) -> Fact {
    Fact::Appointment(Appointment {
        appointment: ThingId::from_random([number; 16]),
        at: at(time),
        mode: Mode::Phone,
        purpose: None,
        state: AppointmentState::Booked,
    })
}

fn registered(desk: &mut Desk, given: &str, family: &str, clinician: Option<PersonId>) -> ChartId {
    let mut patient = newcomer(given, family);
    patient.registration.clinician = clinician;
    desk.save(Intent::Register(patient)).unwrap().chart
}

fn calendar(desk: &mut Desk, names: CalendarNames) -> String {
    let query = DiaryQuery {
        from: day("2026-11-20"),
        to: day("2026-11-27"),
        care_manager: None,
    };
    let response = desk.ask(Request::Calendar(query, names)).unwrap();
    let Response::File { name, media } = response else {
        panic!("no file: {response:?}")
    };
    assert_eq!(
        (name.as_str(), media.as_str()),
        ("caseload-days-2026-11-20.ics", "text/calendar;charset=utf-8")
    );
    String::from_utf8(desk.file.take().unwrap()).unwrap()
}

fn uids(file: &str) -> Vec<&str> {
    file.lines().filter(|line| line.starts_with("UID:")).collect()
}

#[test]
fn a_calendar_file_tells_no_name_and_no_reason_unless_that_was_chosen() {
    let mut desk = Desk::new(81);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito", None);
    let task = Fact::Task(Task {
        task: ThingId::from_random([3; 16]),
        text: "ask about the lithium level".to_owned(),
        due: day("2026-11-24"),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    });
    let facts = vec![booked(1, "2026-11-23T09:30:00-05:00"), task];
    desk.save(record(chart, facts)).unwrap();

    let without = calendar(&mut desk, CalendarNames::LeftOut);
    for told in ["Ito", "Jun", "lithium", "M-Jun", &chart.to_string()] {
        assert!(!without.contains(told), "{told} in {without}");
    }
    assert!(without.contains("DTSTART:20261123T143000Z\r\n"), "{without}");
    assert!(without.contains("SUMMARY:Appointment\r\n"), "{without}");
    assert!(without.contains("DTSTART;VALUE=DATE:20261124\r\n"), "{without}");
    assert!(without.contains("SUMMARY:Task due\r\n"), "{without}");

    let with = calendar(&mut desk, CalendarNames::Shown);
    assert!(
        with.contains("SUMMARY:Ito\\, Jun: Task: ask about the lithium level"),
        "{with}"
    );
    // A calendar that took the one keeps no second event of the other.
    assert_eq!(uids(&with), uids(&without));
    let mut distinct = uids(&with);
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), uids(&with).len());
}

#[test]
fn an_appointment_that_was_moved_keeps_its_event() {
    let mut desk = Desk::new(82);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito", None);
    desk.save(record(chart, vec![booked(1, "2026-11-23T09:30:00-05:00")]))
        .unwrap();
    let before = calendar(&mut desk, CalendarNames::LeftOut);
    desk.save(record(chart, vec![booked(1, "2026-11-25T11:00:00-05:00")]))
        .unwrap();
    let after = calendar(&mut desk, CalendarNames::LeftOut);
    let of_appointment = |file: &str| {
        let events: Vec<&str> = file.split("BEGIN:VEVENT").collect();
        let event = events
            .iter()
            .find(|event| event.contains("SUMMARY:Appointment"))
            .unwrap();
        uids(event).first().map(|uid| (*uid).to_owned())
    };
    assert_eq!(of_appointment(&before), of_appointment(&after));
    assert!(after.contains("DTSTART:20261125T160000Z"), "{after}");
}

#[test]
fn the_huddle_sheet_is_by_clinician_with_safety_first_and_then_by_time() {
    let mut desk = Desk::new(83);
    desk.create(Kind::Real);
    let clinician = PersonId::from_random([9; 16]);
    desk.save(Intent::Office(vec![Fact::Person(Person {
        person: clinician,
        name: "Dr. Amal Haddad".to_owned(),
        role: Role::Clinician,
        credential: None,
        npi: None,
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    })]))
    .unwrap();
    let late = registered(&mut desk, "Late", "Alder", Some(clinician));
    let early = registered(&mut desk, "Early", "Birch", Some(clinician));
    let unsafe_one = registered(&mut desk, "Safe", "Cedar", Some(clinician));
    let nobodys = registered(&mut desk, "No", "Doctor", None);
    desk.save(record(late, vec![booked(1, "2026-11-20T15:00:00-05:00")]))
        .unwrap();
    desk.save(record(early, vec![booked(2, "2026-11-20T10:00:00-05:00")]))
        .unwrap();
    let positive = phq9(at("2026-11-20T08:00:00-05:00"), [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    desk.save(record(unsafe_one, vec![Fact::Assessment(positive)])).unwrap();
    let Response::Huddle(view) = desk.ask(Request::Huddle).unwrap() else {
        panic!("no sheet")
    };
    let groups: Vec<(&str, Vec<ChartId>)> = view
        .groups
        .iter()
        .map(|group| {
            (
                group.clinician.as_str(),
                group.rows.iter().map(|row| row.chart).collect(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [("Dr. Amal Haddad", vec![unsafe_one, early, late]), ("", vec![nobodys])]
    );
    let first = &view.groups[0].rows[0];
    assert_eq!(first.kind, Some(ItemKind::Safety));
    assert!(!first.needs.is_empty() && first.visits.is_empty());
    assert_eq!(view.groups[0].rows[1].visits.len(), 1);
}

#[test]
fn whom_to_try_now_is_by_the_hours_of_the_patient_and_counts_tries_by_channel() {
    let mut desk = Desk::new(84);
    desk.create(Kind::Real);
    let mut with_hours = |given: &str, hours: Option<&str>| {
        let mut patient = newcomer(given, "Okoye");
        patient.registration.hours = hours.map(str::to_owned);
        desk.save(Intent::Register(patient)).unwrap().chart
    };
    let evenings = with_hours("Evenings", Some("evenings"));
    let any = with_hours("Any", None);
    let mornings = with_hours("Mornings", Some("mornings only"));
    let tried = with_hours("Tried", None);
    for (what, time) in [
        (QuickTry::Voicemail, "2026-11-20T08:00:00-05:00"),
        (QuickTry::NoAnswer, "2026-11-20T08:10:00-05:00"),
        (QuickTry::Text, "2026-11-20T08:20:00-05:00"),
    ] {
        desk.save(Intent::Try {
            chart: tried,
            what,
            at: at(time),
        })
        .unwrap();
    }
    let mut rows = || match desk.ask(Request::TryNow(TodayQuery::default())).unwrap() {
        Response::TryNow(view) => view.rows,
        other => panic!("{other:?}"),
    };
    // It is nine in the morning.
    let now: Vec<(ChartId, Option<bool>)> = rows().iter().map(|row| (row.chart, row.suits)).collect();
    assert_eq!(now, [(mornings, Some(true)), (any, None), (evenings, Some(false))]);
    desk.now += 5 * 86_400_000;
    let rows = match desk.ask(Request::TryNow(TodayQuery::default())).unwrap() {
        Response::TryNow(view) => view.rows,
        other => panic!("{other:?}"),
    };
    let again = rows.iter().find(|row| row.chart == tried).expect("the next try is due");
    assert_eq!(again.tries, "2 by phone, 1 by text");
}

#[test]
fn of_a_record_in_which_something_is_held_back_neither_the_sheet_nor_the_file_tells_a_reason() {
    let mut desk = Desk::new(85);
    desk.create(Kind::Real);
    let chart = registered(&mut desk, "Jun", "Ito", None);
    let positive = phq9(at("2026-11-20T08:00:00-05:00"), [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    let saved = desk.save(record(chart, vec![Fact::Assessment(positive)])).unwrap();
    let before = calendar(&mut desk, CalendarNames::Shown);
    assert!(before.contains("PHQ-9"), "{before}");
    super::held::mark(&mut desk, chart, saved.entries[0]);
    let after = calendar(&mut desk, CalendarNames::Shown);
    assert!(after.contains("Ito") && !after.contains("PHQ-9"), "{after}");
    let Response::Huddle(view) = desk.ask(Request::Huddle).unwrap() else {
        panic!("no sheet")
    };
    let row = &view.groups[0].rows[0];
    assert_eq!(row.kind, Some(ItemKind::Safety), "that something is the matter is told");
    assert_eq!(row.needs.len(), 1);
    assert!(row.needs[0].contains("held back"), "{:?}", row.needs);
}
