//! A contact form that is sent again, by itself or by another that its draft was opened in, is saved once.

use super::patient_mode::faults::{Flaky, KINDS, ask, machine, unlock};
use super::*;
use caseload::journal::EntryId;
use caseload::store::{Fault, Repeat};

const AT: &str = "2026-11-20T08:30:00-05:00";

/// A call under the id that its form made when it was opened, a minute before it is saved.
fn sent(chart: ChartId) -> ContactForm {
    ContactForm {
        entry: Some(EntryId::from_time(NOW - 60_000, [7; 10])),
        declined: vec![Declined {
            instrument: "gad7".to_owned(),
            at: at(AT),
            reason: DeclineReason::NoTime,
        }],
        education: vec![("Sleep".to_owned(), vec![With::Patient])],
        ..call(chart, at(AT), vec![phq9(at(AT), [1, 0, 0, 0, 0, 0, 0, 0, 1])])
    }
}

fn kinds(view: &PatientView) -> Vec<String> {
    let mut kinds: Vec<String> = view.timeline.iter().map(|row| row.fact.kind().to_owned()).collect();
    kinds.sort();
    kinds
}

fn send(core: &mut Core<Flaky>, form: &ContactForm) -> Result<Response, Failure> {
    ask(core, Request::Do(Intent::Contact(form.clone()).into()))
}

#[test]
fn a_form_that_failed_is_saved_once_by_itself_or_by_the_one_that_was_opened_again() {
    let mut desk = Desk::new(40);
    let registry = desk.create(Kind::Real).registry;
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let form = sent(chart);
    let prepared = desk.twin.stores.borrow()[&registry].copy();
    desk.save(Intent::Contact(form.clone())).unwrap();
    let once = kinds(&desk.patient(chart));

    let (mut failed, mut first_time) = (0, 0);
    for kind in KINDS {
        for repeat in [Repeat::Once, Repeat::Forever] {
            for at in 0..8 {
                let machine = machine(&prepared);
                let core = &mut Core::new(machine.clone());
                unlock(core, registry).unwrap();
                machine.store.set(Some(Fault { at, kind, repeat }));
                match send(core, &form) {
                    Ok(_) => first_time += 1,
                    Err(_) => failed += 1,
                }
                machine.store.set(None);
                // The form that was opened again from the draft, and then "Try again" of the first one.
                for _ in 0..2 {
                    let again = send(core, &form);
                    let is_known = matches!(
                        again,
                        Ok(Response::Saved(_)) | Err(Failure::Refused(Refusal::SavedBefore { .. }))
                    );
                    assert!(is_known, "{kind:?} {repeat:?} at {at}: {again:?}");
                }
                let core = &mut Core::new(super::patient_mode::faults::machine(machine.store.inner()));
                unlock(core, registry).unwrap();
                let Ok(Response::Patient(view)) = ask(core, Request::Patient(chart)) else {
                    panic!("no patient after {kind:?} {repeat:?} at {at}");
                };
                assert_eq!(kinds(&view), once, "{kind:?} {repeat:?} at {at}");
            }
        }
    }
    assert!(0 < failed && 0 < first_time, "{failed} failed, {first_time} did not");
}

#[test]
fn a_form_that_is_sent_again_leads_to_the_open_concern_that_its_first_save_opened() {
    let mut desk = Desk::new(45);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let form = sent(chart);
    let opened = desk.save(Intent::Contact(form.clone())).unwrap().concerns;
    assert_eq!(opened.len(), 1);
    let Err(Failure::Refused(Refusal::SavedBefore { concerns, timed })) = desk.save(Intent::Contact(form)) else {
        panic!("it is saved");
    };
    assert_eq!(concerns, opened);
    assert!(timed.is_some(), "the minutes were written with it");

    let none = ContactForm {
        entry: Some(EntryId::from_time(NOW - 30_000, [8; 10])),
        measures: Vec::new(),
        time: None,
        ..sent(chart)
    };
    desk.save(Intent::Contact(none.clone())).unwrap();
    let again = desk.save(Intent::Contact(none));
    let expected = Refusal::SavedBefore {
        concerns: Vec::new(),
        timed: None,
    };
    assert!(matches!(again, Err(Failure::Refused(refusal)) if refusal == expected));
}

#[test]
fn what_was_changed_in_the_form_since_is_neither_saved_twice_nor_lost_in_silence() {
    let mut desk = Desk::new(41);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let form = sent(chart);
    desk.save(Intent::Contact(form.clone())).unwrap();
    let once = kinds(&desk.patient(chart));
    let changes: [(&str, ContactForm); 5] = [
        (
            "the note",
            ContactForm {
                note: Some("More.".to_owned()),
                ..form.clone()
            },
        ),
        (
            "an answer",
            ContactForm {
                measures: vec![phq9(at(AT), [2; 9])],
                ..form.clone()
            },
        ),
        (
            "the day agreed",
            ContactForm {
                next: Next::On(day("2026-12-11")),
                ..form.clone()
            },
        ),
        (
            "education",
            ContactForm {
                education: vec![("Food".to_owned(), vec![With::Patient])],
                ..form.clone()
            },
        ),
        (
            "the minutes",
            ContactForm {
                time: form.time.clone().map(|time| TimeSpent {
                    seconds: Seconds(60),
                    ..time
                }),
                ..form.clone()
            },
        ),
    ];
    for (what, changed) in changes {
        let refused = desk.save(Intent::Contact(changed));
        assert!(
            matches!(refused, Err(Failure::Refused(Refusal::SavedOtherwise))),
            "{what}: {refused:?}"
        );
        assert_eq!(kinds(&desk.patient(chart)), once, "{what}");
    }
    // The timer that the first save stopped is no change.
    let untimed = ContactForm {
        time: None,
        ..form.clone()
    };
    assert!(matches!(
        desk.save(Intent::Contact(untimed)),
        Err(Failure::Refused(Refusal::SavedBefore { .. }))
    ));
}

#[test]
fn what_one_form_saves_stays_one_row_of_the_timeline_however_long_it_was_open() {
    let mut desk = Desk::new(42);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    desk.save(Intent::Contact(sent(chart))).unwrap();
    let view = desk.patient(chart);
    let saves = by_save(&view.timeline, "America/New_York".parse().unwrap());
    let call = saves
        .iter()
        .find(|save| matches!(save[0].fact, Fact::Contact(_)))
        .expect("the call");
    let has = |kind: &str| call.iter().any(|row| row.fact.kind() == kind);
    assert!(has("assessment") && has("time") && has("concern"), "{call:?}");
}

#[test]
fn a_form_whose_save_was_undone_is_saved_again_and_that_once() {
    let mut desk = Desk::new(43);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let form = ContactForm {
        measures: Vec::new(),
        ..sent(chart)
    };
    let contacts = |desk: &mut Desk| {
        let view = desk.patient(chart);
        view.timeline
            .iter()
            .filter(|row| matches!(row.fact, Fact::Contact(_)))
            .count()
    };
    let saved = desk.save(Intent::Contact(form.clone())).unwrap();
    let undo = Intent::Void {
        chart,
        entries: saved.entries,
        reason: "Undone".to_owned(),
    };
    desk.save(undo).unwrap();
    assert_eq!(contacts(&mut desk), 0);
    desk.save(Intent::Contact(form.clone())).unwrap();
    assert!(matches!(
        desk.save(Intent::Contact(form)),
        Err(Failure::Refused(Refusal::SavedBefore { .. }))
    ));
    assert_eq!(contacts(&mut desk), 1);
}

#[test]
fn a_back_dated_call_does_all_at_once_and_a_correction_of_it_keeps_what_was_first_written_in_sight() {
    let mut desk = Desk::new(44);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    // Of yesterday, with an appointment: written down today.
    let yesterday = at("2026-11-19T15:00:00-05:00");
    let form = ContactForm {
        next: Next::Appointment {
            at: at("2026-12-03T10:00:00-05:00"),
            mode: Mode::Video,
        },
        ..call(chart, yesterday, vec![phq9(yesterday, [1; 9])])
    };
    let kind_of_today = |desk: &mut Desk| {
        let today = desk.today();
        today
            .items
            .iter()
            .find(|item| item.chart == chart)
            .map(|item| item.kind)
    };
    assert_eq!(kind_of_today(&mut desk), Some(ItemKind::Referred));
    let saved = desk.save(Intent::Contact(form.clone())).unwrap();
    let view = desk.patient(chart);
    assert_ne!(
        kind_of_today(&mut desk),
        Some(ItemKind::Referred),
        "its clock is cleared"
    );
    assert_eq!(view.month.minutes, 22);
    let holds = |wanted: fn(&Fact) -> bool| view.timeline.iter().any(|row| wanted(&row.fact));
    assert!(holds(
        |fact| matches!(fact, Fact::Appointment(a) if a.state == AppointmentState::Booked)
    ));
    assert!(holds(|fact| matches!(fact, Fact::Time(_))));
    let contact = view
        .timeline
        .iter()
        .find(|row| matches!(row.fact, Fact::Contact(_)))
        .unwrap();
    assert_eq!((contact.at, contact.before.as_deref()), (yesterday, None));
    assert!(contact.more.as_deref().unwrap().contains("Talked about walking again."));

    let Fact::Contact(said) = contact.fact.clone() else {
        panic!()
    };
    let right = Contact {
        at: at("2026-11-18T15:00:00-05:00"),
        note: Some("Talked about the job.".to_owned()),
        ..said
    };
    let correct = Intent::Correct {
        chart,
        entry: saved.entries[0],
        fact: Box::new(right.into()),
        reason: Some("It was Wednesday".to_owned()),
    };
    desk.save(correct).unwrap();
    let view = desk.patient(chart);
    let contact = view
        .timeline
        .iter()
        .find(|row| matches!(row.fact, Fact::Contact(_)))
        .unwrap();
    assert!(contact.corrected && contact.more.as_deref().unwrap().contains("Talked about the job."));
    let before = contact.before.as_deref().unwrap();
    for words in [
        "19 Nov",
        "15:00",
        "Talked about walking again.",
        "Corrected Fri 20 Nov by R. Okoye: It was Wednesday",
    ] {
        assert!(before.contains(words), "{words} in {before}");
    }
}

#[test]
fn a_form_that_was_half_filled_in_is_not_what_an_entry_said_before_and_every_correction_since_is_listed() {
    let mut desk = Desk::new(46);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let entry = EntryId::from_random([66; 16]);
    let taken = |answers: &[(usize, u8)]| {
        let items = answers.iter().map(|(item, value)| (format!("phq9_{item}"), *value));
        Assessment {
            answers: Answered::Items(items.collect()),
            ..phq9(at(AT), [0; 9])
        }
    };
    let begin = Intent::Begin {
        chart,
        entry,
        taken: taken(&[(9, 2)]),
    };
    desk.save(begin).unwrap();
    let whole = Intent::Record {
        chart,
        facts: vec![phq9(at(AT), [1, 1, 1, 1, 1, 1, 1, 1, 2]).into()],
    };
    let finish = Intent::Finish {
        form: Box::new(whole),
        begun: vec![entry],
    };
    desk.save(finish).unwrap();
    let row = |desk: &mut Desk| {
        let view = desk.patient(chart);
        let row = view.timeline.iter().find(|row| row.entry == entry);
        row.cloned().unwrap()
    };
    assert_eq!((row(&mut desk).before, row(&mut desk).corrected), (None, false));
    for (first, reason) in [(2, "Misread"), (3, "Misread again")] {
        let correct = Intent::Correct {
            chart,
            entry,
            fact: Box::new(phq9(at(AT), [first, 1, 1, 1, 1, 1, 1, 1, 2]).into()),
            reason: Some(reason.to_owned()),
        };
        desk.save(correct).unwrap();
    }
    let before = row(&mut desk).before.unwrap();
    let lines: Vec<&str> = before.lines().collect();
    assert_eq!(lines.len(), 4, "{before}");
    assert!(lines[0].contains("PHQ-9 10"), "{before}");
    assert!(
        lines[1].contains("Corrected Fri 20 Nov by R. Okoye: Misread"),
        "{before}"
    );
    assert!(lines[2].contains("PHQ-9 11"), "{before}");
    assert!(lines[3].ends_with("by R. Okoye: Misread again"), "{before}");
}
