//! The letter to whoever referred: when it is due, on what ground it goes out, and what settles it.

use caseload::journal::{EpisodeId, PersonId, ThingId};

use super::*;
use caseload::care::intent::Referrer;

fn pcp() -> PersonId {
    PersonId::from_random([44; 16])
}

fn person(role: Role, name: &str, id: PersonId) -> Fact {
    Fact::from(Person {
        person: id,
        name: name.to_owned(),
        role,
        credential: None,
        npi: None,
        supervisor: None,
        phone: Some("555-0191".to_owned()),
        left: false,
        same_as: None,
    })
}

fn due(desk: &mut Desk, chart: ChartId) -> Option<FeedbackDue> {
    match desk.ask(Request::News(Box::new(NewsAsk::Feedback(chart)))) {
        Ok(Response::News(view)) => match *view {
            NewsView::Feedback(due) => due.map(|due| *due),
            other => panic!("no letter: {other:?}"),
        },
        other => panic!("no letter: {other:?}"),
    }
}

fn waits(desk: &mut Desk, chart: ChartId) -> bool {
    let reasons = desk.patient(chart).reasons;
    reasons.iter().any(|item| item.clock == ClockKind::Feedback)
}

fn status(episode: EpisodeId, status: Status, from: &str) -> Fact {
    Fact::from(StatusChange {
        episode,
        status,
        from: day(from),
        why: None,
    })
}

fn kept(due: &FeedbackDue, at: When) -> Fact {
    Fact::from(Communication {
        at,
        ..due.message.clone()
    })
}

/// A patient who was referred on 2 November by `referrer` and enrolled on the 4th.
fn enrolled(desk: &mut Desk, referrer: Referrer) -> (ChartId, EpisodeId) {
    desk.create(Kind::Real);
    let people = vec![person(Role::Clinician, "Dr. Kim Lee", pcp())];
    desk.save(Intent::Office(people)).unwrap();
    let mut patient = newcomer("Ana", "Silva");
    patient.registration.clinician = Some(pcp());
    patient.referrer = Some(referrer);
    patient.referred = at("2026-11-02T10:00:00-05:00");
    let ana = desk.save(Intent::Register(patient)).unwrap().chart;
    let episode = desk.patient(ana).episode.unwrap();
    desk.save(record(ana, vec![status(episode, Status::Enrolled, "2026-11-04")]))
        .unwrap();
    (ana, episode)
}

#[test]
fn a_pcp_who_referred_is_told_of_the_enrollment_and_of_the_closing_each_once() {
    let mut desk = Desk::new(180);
    let (ana, episode) = enrolled(&mut desk, Referrer::Known(pcp()));
    // Enrolled on the 4th, due on the 11th; today is the 20th.
    assert!(waits(&mut desk, ana));
    let letter = due(&mut desk, ana).unwrap();
    assert_eq!((letter.after, letter.not.as_deref()), (FeedbackAfter::Enrolled, None));
    assert_eq!(
        (letter.to.as_str(), letter.contact.as_slice()),
        ("Dr. Kim Lee", &["555-0191".to_owned()][..])
    );
    let text = &letter.message.text;
    assert!(
        text.contains("Thank you for referring Ana Silva on 2 Nov 2026."),
        "{text}"
    );
    assert!(
        text.contains("was enrolled in the collaborative care program"),
        "{text}"
    );
    assert_eq!(
        (letter.message.to, letter.message.person),
        (Audience::Clinician, Some(pcp()))
    );
    let sent = desk
        .save(record(ana, vec![kept(&letter, at("2026-11-20T09:00:00-05:00"))]))
        .unwrap();
    assert!(!waits(&mut desk, ana));
    assert_eq!(due(&mut desk, ana), None);
    // Taken back, it waits again.
    let undone = Intent::Void {
        chart: ana,
        entries: sent.entries.clone(),
        reason: "Undone".to_owned(),
    };
    desk.save(undone).unwrap();
    assert!(waits(&mut desk, ana));
    let again = due(&mut desk, ana).unwrap();
    desk.save(record(ana, vec![kept(&again, at("2026-11-20T09:05:00-05:00"))]))
        .unwrap();
    // Closed: the other letter. It is due a week later, and can be made at once.
    let closing = Status::Closed {
        reason: CloseReason::Moved,
        note: None,
        closure: None,
    };
    desk.save(record(ana, vec![status(episode, closing, "2026-11-20")]))
        .unwrap();
    let letter = due(&mut desk, ana).unwrap();
    assert_eq!(letter.after, FeedbackAfter::Closed);
    let text = &letter.message.text;
    assert!(
        text.contains("It ended because of this: the patient moved away."),
        "{text}"
    );
    assert!(!text.contains("Next contact"), "{text}");
    assert!(!waits(&mut desk, ana), "not before its day");
    desk.now += 8 * 24 * 3_600_000;
    assert!(waits(&mut desk, ana));
    let letter = due(&mut desk, ana).unwrap();
    desk.save(record(ana, vec![kept(&letter, at("2026-11-28T09:05:00-05:00"))]))
        .unwrap();
    assert!(!waits(&mut desk, ana));
}

#[test]
fn a_letter_about_the_closing_that_the_pcp_got_is_the_feedback_of_a_pcp_who_referred() {
    let mut desk = Desk::new(181);
    let (ana, episode) = enrolled(&mut desk, Referrer::Known(pcp()));
    let closing = Status::Closed {
        reason: CloseReason::Moved,
        note: None,
        closure: None,
    };
    let closed = desk
        .save(record(ana, vec![status(episode, closing, "2026-11-20")]))
        .unwrap()
        .entries[0];
    let letter = due(&mut desk, ana).unwrap();
    let told = Communication {
        closing: Some(closed),
        feedback: None,
        ..letter.message
    };
    desk.save(record(ana, vec![told.into()])).unwrap();
    assert_eq!(due(&mut desk, ana), None);
}

#[test]
fn somebody_outside_is_told_under_a_release_that_names_them_or_not_at_all() {
    let mut desk = Desk::new(182);
    let (ana, _) = enrolled(&mut desk, Referrer::Typed("Harbor House".to_owned()));
    let letter = due(&mut desk, ana).unwrap();
    assert!(letter.not.is_some() && letter.message.text.is_empty(), "{letter:?}");
    // What the page doesn't offer the core refuses.
    let forged = Communication {
        text: "Dear Harbor House".to_owned(),
        ..letter.message.clone()
    };
    assert!(desk.save(record(ana, vec![forged.into()])).is_err());
    let release = Release {
        release: ThingId::from_random([9; 16]),
        to: "Harbor House".to_owned(),
        scope: String::new(),
        from: day("2026-11-01"),
        until: None,
        part2: false,
        revoked: None,
        covers: vec![Covers::Course],
        minor: false,
        kind: None,
        contact: Some("555-0188".to_owned()),
    };
    desk.save(record(ana, vec![release.into()])).unwrap();
    let letter = due(&mut desk, ana).unwrap();
    assert_eq!(
        (letter.not.as_deref(), letter.contact.as_slice()),
        (None, &["555-0188".to_owned()][..])
    );
    let text = &letter.message.text;
    assert!(
        text.contains("was enrolled") && text.contains("Sent under the patient's release"),
        "{text}"
    );
    assert!(!text.contains("Diagnoses") && !text.contains("Treatment"), "{text}");
    assert_eq!(letter.message.to, Audience::Agency);
    desk.save(record(ana, vec![kept(&letter, at("2026-11-20T09:00:00-05:00"))]))
        .unwrap();
    assert_eq!(due(&mut desk, ana), None);
}

#[test]
fn what_is_left_out_says_why_and_only_for_that_letter() {
    let mut desk = Desk::new(183);
    let (ana, episode) = enrolled(&mut desk, Referrer::Known(pcp()));
    let letter = due(&mut desk, ana).unwrap();
    let left = |why: &str| {
        let left_out = vec![FeedbackLeftOut {
            after: FeedbackAfter::Enrolled,
            on: day("2026-11-20"),
            why: why.to_owned(),
        }];
        Fact::from(Referral {
            feedback: Some(Feedback { left_out }),
            ..letter.referral.clone()
        })
    };
    assert!(desk.save(record(ana, vec![left(" ")])).is_err(), "without a reason");
    desk.save(record(ana, vec![left("Told another way")])).unwrap();
    assert!(!waits(&mut desk, ana));
    let timeline = desk.patient(ana).timeline;
    assert!(
        timeline
            .iter()
            .any(|row| row.line.contains("no letter after enrollment: Told another way")),
        "{:?}",
        timeline.iter().map(|row| &row.line).collect::<Vec<_>>()
    );
    let closing = Status::Closed {
        reason: CloseReason::Unreachable,
        note: None,
        closure: None,
    };
    desk.save(record(ana, vec![status(episode, closing, "2026-11-20")]))
        .unwrap();
    assert_eq!(due(&mut desk, ana).map(|due| due.after), Some(FeedbackAfter::Closed));
}

#[test]
fn a_patient_who_came_alone_and_a_referral_from_before_ask_for_nothing() {
    for (seed, from) in [(184, "Self-referred"), (185, "the patient")] {
        let mut desk = Desk::new(seed);
        let (ana, _) = enrolled(&mut desk, Referrer::Typed(from.to_owned()));
        assert!(!waits(&mut desk, ana), "{from}");
    }
    let mut desk = Desk::new(186);
    let (ana, _) = enrolled(&mut desk, Referrer::Known(pcp()));
    let letter = due(&mut desk, ana).unwrap();
    let before = Referral {
        feedback: None,
        ..letter.referral
    };
    desk.save(record(ana, vec![before.into()])).unwrap();
    assert!(!waits(&mut desk, ana));
}

#[test]
fn what_waits_about_several_patients_is_one_request_and_one_who_is_gone_leaves_the_others_theirs() {
    let mut desk = Desk::new(187);
    let (ana, _) = enrolled(&mut desk, Referrer::Known(pcp()));
    let ben = desk.save(Intent::Register(newcomer("Ben", "Able"))).unwrap().chart;
    let gone = ChartId::from_random([77; 16]);
    let advice = |n: u8, text: &str| {
        Fact::from(Recommendation {
            recommendation: ThingId::from_random([n; 16]),
            day: day("2026-11-20"),
            text: text.to_owned(),
            by: None,
            kind: None,
            medicine: None,
            dose: None,
            urgency: None,
        })
    };
    desk.save(record(ana, vec![advice(1, "Raise the dose")])).unwrap();
    desk.save(record(ben, vec![advice(2, "Begin")])).unwrap();
    let asked = Request::News(Box::new(NewsAsk::Waiting(vec![ben, gone, ana])));
    let Ok(Response::News(view)) = desk.ask(asked) else {
        panic!("no answer")
    };
    let NewsView::Waiting(waiting) = *view else {
        panic!("another answer")
    };
    let texts: Vec<(ChartId, Vec<&str>)> = waiting
        .iter()
        .map(|(chart, lines)| (*chart, lines.iter().map(|line| line.text.as_str()).collect()))
        .collect();
    assert_eq!(texts, [(ben, vec!["Begin"]), (ana, vec!["Raise the dose"])]);
}
