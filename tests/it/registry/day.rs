//! The day: what a second step found, what is put off, whom a row is about, two versions to settle.

use super::handoffs::{export, join, receive};
use super::*;

fn asq(at: When, answers: [u8; 5]) -> Assessment {
    let items = (1..=5).map(|i| (format!("asq_{i}"), answers[i - 1]));
    Assessment {
        instrument: "asq".to_owned(),
        version: "1".to_owned(),
        at,
        taken: Taken::Remotely,
        answers: Answered::Items(items.collect()),
        scale: None,
        respondent: None,
    }
}

#[test]
fn an_acute_second_step_stands_first_on_today_in_the_box_and_on_the_timeline() {
    let mut desk = Desk::new(40);
    desk.create(Kind::Real);
    let high = desk.save(Intent::Register(newcomer("Pia", "Abel"))).unwrap().chart;
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let when = at("2026-11-20T08:30:00-05:00");
    for (chart, item9) in [(high, 3), (chart, 1)] {
        let answers = [0, 0, 0, 0, 0, 0, 0, 0, item9];
        desk.save(Intent::Contact(call(chart, when, vec![phq9(when, answers)])))
            .unwrap();
    }
    assert_eq!(desk.today().items[0].chart, high);

    let taken = at("2026-11-20T08:40:00-05:00");
    let saved = desk
        .save(record(chart, vec![Fact::Assessment(asq(taken, [1; 5]))]))
        .unwrap();
    let step = Fact::ConcernStep(ConcernStep {
        concern: saved.concerns[0],
        at: taken,
        step: Step::SecondStep {
            assessment: Some(saved.entries[0]),
            outcome: "ASQ: acute positive".to_owned(),
        },
        note: None,
    });
    desk.save(record(chart, vec![step])).unwrap();

    let first = &desk.today().items[0];
    assert_eq!(first.chart, chart, "acute comes before item 9 = 3");
    assert!(
        first.reason.starts_with("ASQ acute positive today 08:40; "),
        "{}",
        first.reason
    );
    let view = desk.patient(chart);
    let concern = concern_of(&view);
    assert_eq!(concern.found.as_deref(), Some("ASQ acute positive today 08:40"));
    assert_eq!(concern.acute, Some(day("2026-11-20")));
    assert!(concern.second_step.is_some() && concern.due.second_step.is_none());
    assert!(
        concern.due.clinician.is_some(),
        "an acute answer starts the steps again"
    );
    assert!(view.timeline.iter().any(|row| row.line == "ASQ: acute positive"));

    // The day that a contact form proposes, two weeks ahead, is not taken for the concern's without a question.
    let later = at("2026-11-20T08:50:00-05:00");
    desk.save(Intent::Contact(call(chart, later, Vec::new()))).unwrap();
    assert_eq!(concern_of(&desk.patient(chart)).next_contact, None);
}

#[test]
fn what_is_put_off_is_listed_though_its_patient_is_and_is_shown_again_on_request() {
    let mut desk = Desk::new(41);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let first = desk.today().items[0].clone();
    assert_eq!(
        (first.clock, first.snooze_to),
        (ClockKind::FirstContact, Some(day("2026-11-23")))
    );
    let task = Fact::Task(Task {
        task: caseload::journal::ThingId::from_random([3; 16]),
        text: "send the letter".to_owned(),
        due: day("2026-11-18"),
        owner: None,
        repeat: None,
        done: None,
        dropped: None,
        why: None,
        every: None,
        handed: None,
    });
    desk.save(record(chart, vec![task])).unwrap();
    desk.save(Intent::Snooze {
        chart,
        clock: ClockKind::FirstContact,
        until: day("2026-11-23"),
        reason: "away until Monday".to_owned(),
    })
    .unwrap();

    let today = desk.today();
    let listed: Vec<ClockKind> = today.items.iter().map(|item| item.clock).collect();
    assert_eq!(listed, [ClockKind::Task], "listed for its other reason");
    assert!(
        today.items[0]
            .others
            .iter()
            .all(|words| !words.contains("since referral"))
    );
    let [put_off] = today.put_off.as_slice() else {
        panic!("{:?}", today.put_off);
    };
    assert_eq!(
        (put_off.item.chart, put_off.item.clock),
        (chart, ClockKind::FirstContact)
    );
    assert_eq!(
        (put_off.until, put_off.why.as_str()),
        (day("2026-11-23"), "away until Monday")
    );

    let again = Intent::Void {
        chart,
        entries: put_off.snoozes.clone(),
        reason: "Shown again".to_owned(),
    };
    desk.save(again).unwrap();
    let today = desk.today();
    assert!(today.put_off.is_empty());
    assert_eq!(today.items[0].clock, ClockKind::FirstContact);
}

#[test]
fn a_row_tells_two_patients_of_one_name_apart_and_calls_when_any_reason_asks_for_it() {
    let mut desk = Desk::new(42);
    desk.create(Kind::Real);
    let saved = desk.save(Intent::Register(newcomer("Grace", "Dube"))).unwrap();
    assert_eq!(saved.name.as_deref(), Some("Dube, Grace"), "the undo names its patient");
    let mut other = newcomer("Grace", "Dube");
    (other.registration.mrn, other.registration.birth) = (None, Some(day("1971-03-09")));
    desk.save(Intent::Register(other)).unwrap();
    let mut about: Vec<String> = desk.today().items.iter().map(|item| item.about.clone()).collect();
    about.sort();
    assert_eq!(about, ["36, MRN M-Grace-Dube", "55, born 9 Mar 1971"]);
    let month = match desk.ask(Request::Month("2026-11".parse().unwrap())).unwrap() {
        Response::Month(view) => view,
        other => panic!("{other:?}"),
    };
    assert!(month.rows.iter().all(|row| row.name == "Dube, Grace"));
    assert!(desk.today().items.iter().all(|item| item.calls && item.phone.is_some()));
}

#[test]
fn two_versions_show_what_they_differ_in_and_lists_say_how_many_patients_have_them() {
    let mut one = Desk::new(43);
    one.create(Kind::Real);
    let chart = one.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    one.save(Intent::Register(newcomer("Pia", "Abel"))).unwrap();
    let file = export(&mut one);
    let mut two = Desk::new(44);
    join(&mut two, file);
    for (desk, phone) in [(&mut one, "555-0111"), (&mut two, "555-0222")] {
        let mut registration = newcomer("Jun", "Ito").registration;
        registration.phones = vec![phone.to_owned()];
        desk.save(record(chart, vec![Fact::Registration(registration)]))
            .unwrap();
    }
    let back = export(&mut two);
    receive(&mut one, back);

    let view = one.patient(chart);
    let fork = &view.forks[0];
    assert_eq!(fork.until_settled, UntilSettled::Newer);
    let mut fields: Vec<&[(String, String)]> = fork.versions.iter().map(|v| v.fields.as_slice()).collect();
    fields.sort();
    let telephone = |number: &str| vec![("telephone".to_owned(), number.to_owned())];
    assert_eq!(fields, [telephone("555-0111"), telephone("555-0222")]);
    assert!(
        fork.versions.iter().all(|v| v.who.contains("20 Nov")),
        "{:?}",
        fork.versions
    );

    assert_eq!(one.today().to_settle, 1);
    let asked = CaseloadQuery {
        filter: CaseloadFilter::ToSettle,
        ..everybody()
    };
    let caseload = match one.ask(Request::Caseload(asked)).unwrap() {
        Response::Caseload(view) => view,
        other => panic!("{other:?}"),
    };
    assert_eq!((caseload.total, caseload.to_settle), (1, 1));
    assert_eq!(caseload.rows[0].chart, chart, "whatever the tab");
}
