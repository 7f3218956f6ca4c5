//! Safety alerts as the pages have them: a crisis contact travels to the core, the history of all patients, the watch.

use caseload::care::intent::{CrisisForm, Told};

use super::*;

fn crisis(chart: ChartId, when: When) -> CrisisForm {
    let words = |text: &str| Some(text.to_owned());
    CrisisForm {
        chart,
        at: when,
        mode: Mode::Phone,
        with: vec![With::Patient],
        kind: ConcernKind::Suicide,
        place: words("at work, third floor"),
        call_back: None,
        company: None,
        means: None,
        second_step: None,
        showed: words("no plan"),
        led_to: Some((Disposition::StaysWithPlan, None)),
        told: vec![Told {
            who: Audience::Clinician,
            name: words("Dr. Okafor"),
            how: "by phone".to_owned(),
            at: when,
        }],
        next: Some(day("2026-11-21")),
        note: None,
        spent: Some(Seconds(600)),
        clocked: Clocked::Timer,
        bucket: Bucket::Cocm,
    }
}

fn alerts(desk: &mut Desk, filter: AlertFilter) -> AlertsView {
    let query = AlertsQuery {
        filter,
        ..AlertsQuery::default()
    };
    match desk.ask(Request::Alerts(query)) {
        Ok(Response::Alerts(view)) => *view,
        other => panic!("no alerts: {other:?}"),
    }
}

#[test]
fn a_crisis_contact_is_listed_while_open_and_with_how_long_it_stood_open_and_is_watched_when_closed() {
    let mut desk = Desk::new(60);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let when = at("2026-11-20T08:30:00-05:00");
    let saved = desk.save(Intent::Crisis(Box::new(crisis(chart, when)))).unwrap();
    let view = desk.patient(chart);
    assert_eq!(
        view.status,
        Some(Status::Outreach),
        "it is a try to reach a referred patient"
    );
    let concern = concern_of(&view);
    assert_eq!(saved.concerns, [concern.concern]);
    assert_eq!(concern.contact_by, day("2026-11-23"));
    for line in [
        "Crisis contact, phone",
        "Told Dr. Okafor (the treating clinician): by phone",
        "Led to: stays with the safety plan and somebody beside them",
        "10 min, crisis response",
    ] {
        assert!(
            view.timeline.iter().any(|row| row.line == line),
            "{line}: {:?}",
            lines(&view)
        );
    }
    let open = alerts(&mut desk, AlertFilter::Open);
    assert_eq!((open.all, open.open, open.missed, open.rows.len()), (1, 1, 0, 1));
    assert_eq!(open.rows[0].stood, "30 min");

    let close = Intent::CloseConcern {
        chart,
        concern: concern.concern,
        action: "Sees Dr. Okafor today".to_owned(),
        reason: "No plan, the sister stays with her".to_owned(),
        at: at("2026-11-20T08:50:00-05:00"),
    };
    desk.save(close).unwrap();
    let watched = alerts(&mut desk, AlertFilter::Watched);
    assert_eq!((watched.open, watched.watched, watched.rows.len()), (0, 1, 1));
    assert_eq!(watched.rows[0].stood, "20 min");
    assert_eq!(watched.rows[0].closed.as_deref(), Some("Fri 20 Nov by R. Okoye"));
    assert_eq!(watched.rows[0].watch, Some(day("2026-11-27")));
    assert!(alerts(&mut desk, AlertFilter::Open).rows.is_empty());

    let row = &desk.caseload(CaseloadTab::Referred).rows[0];
    assert_eq!(row.watched, Some(day("2026-11-27")));
    let today = desk.today();
    let reasons = today
        .items
        .iter()
        .flat_map(|item| std::iter::once(&item.reason).chain(&item.others));
    assert!(
        reasons
            .clone()
            .any(|reason| reason.starts_with("watched until Fri 27 Nov"))
    );
    assert!(
        today.items.iter().all(|item| item.kind != ItemKind::Safety),
        "a watch is looked at, not an alarm"
    );
}

fn lines(view: &PatientView) -> Vec<&str> {
    view.timeline.iter().map(|row| row.line.as_str()).collect()
}

#[test]
fn open_alerts_come_first_the_longest_open_on_top_and_missed_deadlines_are_told() {
    let mut desk = Desk::new(61);
    desk.create(Kind::Real);
    let when = |text: &str| at(text);
    let days = [
        "2026-11-16T08:30:00-05:00",
        "2026-11-19T08:30:00-05:00",
        "2026-11-20T08:30:00-05:00",
    ];
    for (place, opened) in days.iter().enumerate().rev() {
        let family = format!("Ito{place}");
        let mut patient = newcomer("Jun", &family);
        patient.referred = when("2026-11-13T08:30:00-05:00");
        patient.not_these = Vec::new();
        patient.registration.mrn = Some(format!("70{place}"));
        let chart = desk.save(Intent::Register(patient)).unwrap().chart;
        let answers = [0, 0, 0, 0, 0, 0, 0, 0, 1];
        let opened = when(opened);
        desk.save(Intent::Contact(call(chart, opened, vec![phq9(opened, answers)])))
            .unwrap();
        if place == 0 {
            let step = ConcernStep {
                concern: desk.patient(chart).concerns[0].concern,
                at: opened,
                step: Step::NextContact { on: day("2026-12-04") },
                note: Some("Away until then, the clinician agreed".to_owned()),
            };
            desk.save(Intent::Record {
                chart,
                facts: vec![step.into()],
            })
            .unwrap();
        }
    }
    let all = alerts(&mut desk, AlertFilter::All);
    let names: Vec<&str> = all.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Ito0, Jun", "Ito1, Jun", "Ito2, Jun"]);
    assert_eq!((all.all, all.open, all.missed), (3, 3, 2));
    assert_eq!(
        all.rows[1].missed,
        [
            "Second step due Thu 19 Nov, not done",
            "Clinician told due Thu 19 Nov, not done"
        ]
    );
    assert_eq!(
        all.rows[0].missed.len(),
        2,
        "the next contact was agreed for a day that lies ahead"
    );
    assert_eq!(alerts(&mut desk, AlertFilter::Missed).listed, 2);
}

#[test]
fn what_was_done_in_september_and_typed_in_november_stands_as_septembers_and_says_when_it_was_written() {
    let mut desk = Desk::new(62);
    desk.create(Kind::Real);
    let mut patient = newcomer("Jun", "Ito");
    patient.referred = at("2026-09-01T08:00:00-04:00");
    let chart = desk.save(Intent::Register(patient)).unwrap().chart;
    let opened = at("2026-09-01T09:00:00-04:00");
    let answers = [0, 0, 0, 0, 0, 0, 0, 0, 1];
    desk.save(Intent::Contact(call(chart, opened, vec![phq9(opened, answers)])))
        .unwrap();
    let concern = desk.patient(chart).concerns[0].concern;
    let row = |desk: &mut Desk| alerts(desk, AlertFilter::All).rows.remove(0);
    assert!(row(&mut desk).written_later.is_empty());
    let done = |desk: &mut Desk, when: &str, step: Step| {
        let step = ConcernStep {
            concern,
            at: at(when),
            step,
            note: None,
        };
        desk.save(Intent::Record {
            chart,
            facts: vec![step.into()],
        })
        .unwrap();
    };
    let second = Step::SecondStep {
        assessment: None,
        outcome: "no plan".to_owned(),
    };
    let told = Step::Told {
        who: Audience::Clinician,
        how: "by phone".to_owned(),
        name: None,
    };
    done(&mut desk, "2026-09-01T10:00:00-04:00", second);
    // A day late then, and typed weeks later all the same.
    done(&mut desk, "2026-09-02T10:00:00-04:00", told);
    let shown = row(&mut desk);
    assert_eq!(shown.written_later, ["Second step Tue 1 Sep, written Fri 20 Nov"]);
    assert!(
        shown
            .missed
            .contains(&"Clinician told due Tue 1 Sep, done Wed 2 Sep, written Fri 20 Nov".to_owned()),
        "{:?}",
        shown.missed
    );
    assert!(
        shown.missed.iter().all(|missed| !missed.starts_with("Second step")),
        "{:?}",
        shown.missed
    );

    done(&mut desk, "2026-09-02", Step::NextContact { on: day("2026-09-03") });
    let close = Intent::CloseConcern {
        chart,
        concern,
        action: "Seen by Dr. Okafor".to_owned(),
        reason: "No plan, the sister stays with her".to_owned(),
        at: at("2026-09-04T10:00:00-04:00"),
    };
    desk.save(close).unwrap();
    let shown = row(&mut desk);
    assert_eq!(
        shown.closed.as_deref(),
        Some("Fri 4 Sep by R. Okoye, written Fri 20 Nov")
    );
    // One that was done and written on the same day says no second day.
    assert_eq!(
        shown.written_later,
        [
            "Second step Tue 1 Sep, written Fri 20 Nov",
            "Next contact agreed Wed 2 Sep, written Fri 20 Nov"
        ]
    );
}
