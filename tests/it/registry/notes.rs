//! Notes and letters as the window asks for them: the queue of all patients, one patient's notes, templates, releases.

use caseload::exchange::note::{Letter, Paper};
use caseload::flowsheet::EhrState;
use caseload::journal::ThingId;

use super::*;

fn queue(desk: &mut Desk) -> EhrView {
    let query = EhrQuery {
        most: 100,
        ..EhrQuery::default()
    };
    match desk.ask(Request::Ehr(query)) {
        Ok(Response::Ehr(view)) => *view,
        other => panic!("no queue: {other:?}"),
    }
}

fn text(desk: &mut Desk, chart: ChartId, ask: TextAsk) -> TextView {
    match desk.ask(Request::Text(chart, ask)) {
        Ok(Response::Text(view)) => *view,
        other => panic!("no text: {other:?}"),
    }
}

fn notes(desk: &mut Desk, chart: ChartId) -> NotesView {
    match desk.ask(Request::Notes(chart)) {
        Ok(Response::Notes(view)) => *view,
        other => panic!("no notes: {other:?}"),
    }
}

fn letter(letter: Letter) -> TextAsk {
    TextAsk::Letter {
        letter,
        name: String::new(),
        confirmed: Vec::new(),
        release: None,
    }
}

/// A patient who was called an hour ago, and one who was called today.
fn two_patients(desk: &mut Desk) -> [ChartId; 2] {
    desk.create(Kind::Real);
    [
        ("Ana", "2026-11-19T15:00:00-05:00"),
        ("Hugo", "2026-11-20T08:00:00-05:00"),
    ]
    .map(|(given, when)| {
        let chart = desk.save(Intent::Register(newcomer(given, "Silva"))).unwrap().chart;
        let form = call(chart, at(when), vec![phq9(at(when), [2, 2, 2, 2, 2, 2, 2, 1, 0])]);
        desk.save(Intent::Contact(form)).unwrap();
        chart
    })
}

#[test]
fn a_saved_contact_waits_oldest_first_until_it_is_marked_and_is_counted() {
    let mut desk = Desk::new(70);
    let [ana, hugo] = two_patients(&mut desk);
    let view = queue(&mut desk);
    let charts: Vec<ChartId> = view.rows.iter().map(|row| row.chart).collect();
    assert_eq!((charts, view.total, view.older), (vec![ana, hugo], 2, 0));
    let row = &view.rows[0];
    assert_eq!((row.label.as_str(), row.state), ("Contact", EhrState::New));

    let made = text(&mut desk, ana, TextAsk::Note(row.anchor));
    for told in [
        "Ana Silva",
        "PHQ-9 15",
        "Minutes: 22",
        "Talked about walking again.",
        "R. Okoye, LCSW",
    ] {
        assert!(made.text.contains(told), "{told}: {}", made.text);
    }
    let copy = EhrCopy {
        of: made.of,
        kind: made.kind.unwrap(),
        text: "As edited".to_owned(),
        at: at("2026-11-20T09:00:00-05:00"),
        held: Vec::new(),
    };
    desk.save(record(ana, vec![copy.into()])).unwrap();
    let left: Vec<ChartId> = queue(&mut desk).rows.iter().map(|row| row.chart).collect();
    assert_eq!(left, [hugo]);
    let kept = notes(&mut desk, ana);
    assert_eq!(
        (
            kept.rows.len(),
            kept.copies[0].text.as_str(),
            kept.copies[0].by.as_str()
        ),
        (0, "As edited", "R. Okoye")
    );
    assert!(
        desk.patient(ana)
            .timeline
            .iter()
            .any(|row| row.line == "In the EHR: contact")
    );
}

#[test]
fn what_is_older_than_the_first_day_of_the_queue_is_counted_and_not_hidden() {
    let mut desk = Desk::new(71);
    let [ana, hugo] = two_patients(&mut desk);
    let start = |since: &str| Intent::Office(vec![EhrStart { since: day(since) }.into()]);
    desk.save(start("2026-11-20")).unwrap();
    let view = queue(&mut desk);
    assert_eq!(
        (view.rows.len(), view.rows[0].chart, view.older, view.is_chosen),
        (1, hugo, 1, true)
    );
    let query = EhrQuery {
        most: 100,
        with_older: true,
        care_manager: None,
    };
    match desk.ask(Request::Ehr(query)) {
        Ok(Response::Ehr(view)) => assert_eq!(view.rows.iter().map(|r| r.chart).collect::<Vec<_>>(), [ana, hugo]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_template_with_an_unknown_field_is_refused_and_an_own_one_writes_the_note() {
    let mut desk = Desk::new(72);
    let [ana, _] = two_patients(&mut desk);
    let paper = Paper::Note(NoteKind::Contact);
    let template = |text: &str| {
        let own = Template {
            template: paper.template_id(),
            name: "Contact".to_owned(),
            text: text.to_owned(),
        };
        Intent::Office(vec![own.into()])
    };
    let why = refused(desk.save(template("Seen by {doctor}"))).to_string();
    assert!(
        why.starts_with("There is no field {doctor} here. You can use: {patient}"),
        "{why}"
    );
    desk.save(template("Seen {when}. {minutes}")).unwrap();
    let anchor = queue(&mut desk).rows[0].anchor;
    let made = text(&mut desk, ana, TextAsk::Note(anchor)).text;
    assert!(made.starts_with("Seen Thu 19 Nov 2026 15:00. 22 (follow-up)"), "{made}");
    // Safety is told all the same, and an empty template is ours again.
    assert!(made.contains("\nSafety: "), "{made}");
    desk.save(template("")).unwrap();
    assert!(
        text(&mut desk, ana, TextAsk::Note(anchor))
            .text
            .starts_with("COLLABORATIVE CARE: CONTACT")
    );
}

#[test]
fn every_template_of_ours_can_be_tried_on_an_invented_patient() {
    let mut desk = Desk::new(73);
    desk.create(Kind::Real);
    let Ok(Response::Templates(all)) = desk.ask(Request::Templates) else {
        panic!("no templates")
    };
    for view in all {
        assert!(!view.is_own);
        match desk.ask(Request::TryTemplate(view.paper, view.text.clone())) {
            Ok(Response::Text(made)) => assert!(made.text.len() > 40, "{}: {}", view.label, made.text),
            other => panic!("{}: {other:?}", view.label),
        }
    }
}

#[test]
fn a_letter_outside_the_team_goes_out_under_a_release_that_holds() {
    let mut desk = Desk::new(74);
    let [ana, _] = two_patients(&mut desk);
    let release = ThingId::from_random([5; 16]);
    let message = |release| Communication {
        at: at("2026-11-20T09:00:00-05:00"),
        to: Audience::Agency,
        person: None,
        by: Channel::Letter,
        about: None,
        text: "To whom it may concern".to_owned(),
        release: Some(release),
        name: Some("Harbor Housing".to_owned()),
        held: Vec::new(),
        member: None,
        closing: None,
        feedback: None,
        also: Vec::new(),
    };
    let why = refused(desk.save(record(ana, vec![message(release).into()]))).to_string();
    assert!(why.starts_with("Choose the release"), "{why}");
    let held = Release {
        release,
        to: "Harbor Housing".to_owned(),
        scope: "that she is in care".to_owned(),
        from: day("2026-11-01"),
        until: Some(day("2026-11-19")),
        part2: false,
        revoked: None,
        covers: Vec::new(),
        minor: false,
        kind: None,
        contact: None,
    };
    desk.save(record(ana, vec![held.clone().into()])).unwrap();
    let why = refused(desk.save(record(ana, vec![message(release).into()]))).to_string();
    assert!(why.contains("this release expired after"), "{why}");
    let longer = Release { until: None, ..held };
    desk.save(record(ana, vec![longer.into()])).unwrap();
    let other = Communication {
        name: Some("City Shelter".to_owned()),
        ..message(release)
    };
    let why = refused(desk.save(record(ana, vec![other.into()]))).to_string();
    assert!(
        why.starts_with("This release is to Harbor Housing, and this goes to City Shelter"),
        "{why}"
    );
    desk.save(record(ana, vec![message(release).into()])).unwrap();
    let view = notes(&mut desk, ana);
    assert_eq!(view.sent[0].to, "Harbor Housing (another agency)");
    assert_eq!(view.sent[0].release.as_deref(), Some("Harbor Housing"));
    let made = text(&mut desk, ana, letter(Letter::Housing)).text;
    assert!(made.contains("Ana Silva") && !made.contains("PHQ-9"), "{made}");
}

#[test]
fn the_core_sends_nothing_outside_the_team_without_a_release_that_covers_it() {
    let mut desk = Desk::new(76);
    let [ana, _] = two_patients(&mut desk);
    let write = |desk: &mut Desk, fact: Fact| desk.save(record(ana, vec![fact])).unwrap().entries[0];
    let held = write(
        &mut desk,
        Note {
            at: at("2026-11-18"),
            text: "in a methadone programme".to_owned(),
            discuss: false,
        }
        .into(),
    );
    write(
        &mut desk,
        Mark {
            entry: held,
            why: Protection::Part2,
            state: MarkState::Set { note: None },
        }
        .into(),
    );
    let message = |to, release, held| Communication {
        at: at("2026-11-20T09:00:00-05:00"),
        to,
        person: None,
        by: Channel::Letter,
        about: None,
        text: "To whom it may concern".to_owned(),
        release,
        name: None,
        held,
        member: None,
        closing: None,
        feedback: None,
        also: Vec::new(),
    };
    for to in [Audience::Family, Audience::Agency] {
        let why = refused(desk.save(record(ana, vec![message(to, None, Vec::new()).into()]))).to_string();
        assert!(why.starts_with("Choose the release"), "{to:?}: {why}");
    }
    for to in [Audience::Patient, Audience::Consultant] {
        desk.save(record(ana, vec![message(to, None, vec![held]).into()]))
            .unwrap();
    }
    // Part 2 asks for written consent for treatment too (42 CFR 2.33).
    let to_clinician = |held: Vec<caseload::journal::EntryId>| Communication {
        name: Some("Dr. Kim Lee".to_owned()),
        ..message(Audience::Clinician, None, held)
    };
    desk.save(record(ana, vec![to_clinician(Vec::new()).into()])).unwrap();
    let why = refused(desk.save(record(ana, vec![to_clinician(vec![held]).into()]))).to_string();
    assert!(why.starts_with("No release to Dr. Kim Lee is on file"), "{why}");
    let release = ThingId::from_random([5; 16]);
    let narrow = Release {
        release,
        to: "sister".to_owned(),
        scope: "contacts".to_owned(),
        from: day("2026-11-01"),
        until: None,
        part2: false,
        revoked: None,
        covers: vec![Covers::Progress],
        minor: false,
        kind: None,
        contact: None,
    };
    write(&mut desk, narrow.clone().into());
    let free = message(Audience::Family, Some(release), Vec::new());
    let entry = desk.save(record(ana, vec![free.into()])).unwrap().entries[0];
    let telling = message(Audience::Family, Some(release), vec![held]);
    let why = refused(desk.save(record(ana, vec![telling.clone().into()]))).to_string();
    assert!(
        why.contains("doesn\u{2019}t cover records under 42 CFR Part 2"),
        "{why}"
    );
    let why = refused(desk.save(Intent::Correct {
        chart: ana,
        entry,
        fact: Box::new(telling.clone().into()),
        reason: None,
    }));
    assert!(why.to_string().contains("Part 2"), "a correction neither: {why}");
    write(&mut desk, Release { part2: true, ..narrow }.into());
    desk.save(record(ana, vec![telling.into()])).unwrap();
}

#[test]
fn a_month_a_period_and_the_plan_can_be_written_at_any_time() {
    let mut desk = Desk::new(75);
    let [ana, _] = two_patients(&mut desk);
    for (ask, begins) in [
        (
            TextAsk::Month {
                month: "2026-11".parse().unwrap(),
                confirmed: Vec::new(),
            },
            "COLLABORATIVE CARE: MONTH SUMMARY",
        ),
        (
            TextAsk::Plan { confirmed: Vec::new() },
            "COLLABORATIVE CARE: TREATMENT PLAN",
        ),
        (
            TextAsk::Log {
                from: day("2026-11-01"),
                until: day("2026-11-20"),
                confirmed: Vec::new(),
            },
            "COLLABORATIVE CARE: COMMUNICATION LOG",
        ),
        (letter(Letter::Patient), "Elm Street Family Practice"),
    ] {
        let made = text(&mut desk, ana, ask.clone()).text;
        assert!(made.starts_with(begins), "{ask:?}: {made}");
    }
    let missing = desk.ask(Request::Text(
        ana,
        TextAsk::Note(caseload::journal::EntryId::derived([1; 16])),
    ));
    assert!(matches!(missing, Err(Failure::Refused(Refusal::NoSuchEntry))));
}
