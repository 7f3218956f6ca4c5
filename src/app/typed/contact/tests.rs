//! What a contact form says.

use super::*;
use crate::app::typed::measure::Way;
use crate::journal::facts::{AdvocacyWith, Covered};

fn around(timed: Option<u32>) -> Around {
    let chart = ChartId::from_random([1; 16]);
    Around {
        chart,
        zone: "America/New_York".parse().unwrap(),
        today: "2026-11-20".parse().unwrap(),
        timed: timed.map(|seconds| Timed {
            chart,
            // 20 November 2026, 13:43 in New York.
            started: 1_795_200_180_000,
            seconds: Seconds(seconds),
            spans: vec![(1_795_200_180_000, 1_795_200_180_000 + u64::from(seconds) * 1000)],
        }),
        instruments: Vec::new(),
        office: Office {
            zone: "America/New_York".parse().unwrap(),
            working_days: crate::care::WorkingDays::MONDAY_TO_FRIDAY,
        },
        again: None,
        under_age: UnderAge::default(),
    }
}

fn today() -> ContactTyped {
    ContactTyped {
        day: "2026-11-20".to_owned(),
        time: "14:05".to_owned(),
        ..ContactTyped::default()
    }
}

#[test]
fn a_call_today_is_read_as_it_stands() {
    let form = today().read(&around(None)).unwrap();
    assert_eq!(form.at.to_string(), "2026-11-20T14:05:00-05:00");
    assert_eq!(form.time, None);
    assert_eq!(form.note, None);
    assert_eq!(form.next, Next::Protocol);
    assert!(form.measures.is_empty());
}

#[test]
fn answers_that_were_typed_are_not_dropped_when_nobody_was_reached() {
    let mut form = ContactTyped {
        reached: Some(ReachedTyped::No),
        outcome: Some(AttemptOutcome::NoAnswer),
        ..today()
    };
    assert!(form.read(&around(None)).unwrap().measures.is_empty());
    asked(&mut form).way = Way::Questions;
    asked(&mut form).answers.insert("phq9_9".to_owned(), 2);
    let wrong = form.read(&around(None)).unwrap_err();
    assert_eq!(wrong[0].field, "reached");
    asked(&mut form).way = Way::NotNow;
    assert!(form.read(&around(None)).is_ok());
}

#[test]
fn typed_minutes_stand_and_an_empty_field_takes_the_timer() {
    let spent = today().read(&around(Some(1361))).unwrap().time.unwrap();
    assert_eq!((spent.seconds, spent.clocked), (Seconds(1361), Clocked::Timer));
    assert_eq!(spent.activity, Activity::FollowUp);
    assert!(spent.start.is_some());
    let typed = ContactTyped {
        minutes: "22".to_owned(),
        ..today()
    };
    let spent = typed.read(&around(Some(1361))).unwrap().time.unwrap();
    assert_eq!((spent.seconds, spent.clocked), (Seconds(1320), Clocked::Typed));
    assert_eq!(spent.start, None);
    let none = ContactTyped {
        minutes: "0".to_owned(),
        ..today()
    };
    assert_eq!(none.read(&around(None)).unwrap().time, None);
}

#[test]
fn a_timer_that_was_forgotten_is_not_taken() {
    let wrong = today().read(&around(Some(90_000))).unwrap_err();
    assert_eq!(wrong[0].field, "minutes");
}

#[test]
fn an_attempt_takes_no_measures_and_counts_as_outreach() {
    let mut attempt = today();
    attempt.reached = Some(ReachedTyped::No);
    attempt.minutes = "4".to_owned();
    let wrong = attempt.read(&around(None)).unwrap_err();
    assert_eq!(wrong[0].field, "outcome");
    attempt.outcome = Some(AttemptOutcome::Voicemail);
    let form = attempt.read(&around(None)).unwrap();
    assert!(form.measures.is_empty());
    assert_eq!(form.time.unwrap().activity, Activity::Outreach);
}

#[test]
fn the_next_contact_counts_from_the_day_of_this_one() {
    let typed = ContactTyped {
        day: "2026-11-18".to_owned(),
        next: Some(NextTyped::In(14)),
        ..today()
    };
    let form = typed.read(&around(None)).unwrap();
    assert_eq!(form.next, Next::On("2026-12-02".parse().unwrap()));
    let typed = ContactTyped {
        next: Some(NextTyped::On),
        next_day: "2026-11-01".to_owned(),
        ..today()
    };
    assert_eq!(typed.read(&around(None)).unwrap_err()[0].field, "next-day");
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let typed = ContactTyped {
        day: "2026-11-21".to_owned(),
        minutes: "twenty".to_owned(),
        kind: None,
        ..today()
    };
    let fields: Vec<String> = typed
        .read(&around(None))
        .unwrap_err()
        .into_iter()
        .map(|wrong| wrong.field)
        .collect();
    assert_eq!(fields, ["day", "kind", "minutes"]);
}

#[test]
fn a_draft_reads_back_as_it_was_typed() {
    let mut typed = today();
    asked(&mut typed).way = Way::Questions;
    asked(&mut typed).answers.insert("phq9_9".to_owned(), 1);
    typed.next = Some(NextTyped::In(7));
    let json = serde_json::to_string(&typed).unwrap();
    assert_eq!(ContactTyped::read_draft(&json).unwrap(), typed);
}

fn asked(form: &mut ContactTyped) -> &mut MeasureTyped {
    form.measure_mut("phq9").unwrap()
}

#[test]
fn a_draft_of_an_earlier_version_keeps_its_measures() {
    let draft = r#"{"day":"2026-11-20","phq9":{"way":"questions","answers":{"phq9_9":1}},"gad7":{"way":"not_now"}}"#;
    let typed = ContactTyped::read_draft(draft).unwrap();
    let phq9 = typed.measure("phq9").unwrap();
    assert_eq!((phq9.way, phq9.answers.len()), (Way::Questions, 1));
}

#[test]
fn any_instrument_can_be_added_and_declined() {
    let mut form = today();
    let taps = MeasureTyped {
        way: Way::Declined,
        ..MeasureTyped::default()
    };
    form.measures.push(("auditc".to_owned(), taps));
    let wrong = form.read(&around(None)).unwrap_err();
    assert_eq!(wrong[0].field, "auditc-declined");
    form.measure_mut("auditc").unwrap().declined = Some(crate::journal::facts::DeclineReason::Refused);
    let read = form.read(&around(None)).unwrap();
    assert_eq!((read.measures.len(), read.declined.len()), (0, 1));
}

#[test]
fn a_safety_item_that_was_left_open_is_asked_apart_unless_its_form_is_asked_whole() {
    let mut form = today();
    let answers = [("phq9_9".to_owned(), 0)].into();
    let apart = MeasureTyped {
        way: Way::Questions,
        answers,
        ..MeasureTyped::default()
    };
    form.apart.push(("phq9".to_owned(), apart));
    let read = form.read(&around(None)).unwrap();
    let expected = Answered::Items([("phq9_9".to_owned(), 0)].into());
    assert_eq!(read.measures[0].answers, expected);
    asked(&mut form).way = Way::Questions;
    asked(&mut form).answers.insert("phq9_9".to_owned(), 0);
    assert_eq!(form.read(&around(None)).unwrap().measures.len(), 1);
}

#[test]
fn an_item_apart_and_the_whole_of_its_form_that_share_an_id_are_finished_once() {
    let mut form = today();
    let begun = Some(EntryId::from_time(1, [7; 10]));
    let apart = MeasureTyped {
        way: Way::Questions,
        answers: [("phq9_9".to_owned(), 2)].into(),
        begun,
        ..MeasureTyped::default()
    };
    form.apart.push(("phq9".to_owned(), apart));
    let whole = asked(&mut form);
    whole.way = Way::Questions;
    whole.answers.insert("phq9_9".to_owned(), 2);
    whole.begun = begun;
    assert_eq!(form.begun(), begun.into_iter().collect::<Vec<_>>());
    assert_eq!(form.read(&around(None)).unwrap().measures.len(), 1);
}

#[test]
fn a_span_is_minutes_with_their_start() {
    let typed = ContactTyped {
        minutes: "9:10-9:32".to_owned(),
        ..today()
    };
    let spent = typed.read(&around(None)).unwrap().time.unwrap();
    assert_eq!((spent.seconds, spent.clocked), (Seconds(1320), Clocked::Typed));
    assert_eq!(spent.start.unwrap().to_string(), "2026-11-20T09:10:00-05:00");
    let wrong = ContactTyped {
        minutes: "9:32-9:10".to_owned(),
        ..today()
    };
    assert_eq!(wrong.read(&around(None)).unwrap_err()[0].field, "minutes");
}

#[test]
fn a_next_contact_that_is_proposed_never_falls_on_a_day_on_which_the_clinic_is_closed() {
    // Friday 20 November 2026.
    for (days, expected) in [
        (1, "2026-11-23"),
        (2, "2026-11-23"),
        (7, "2026-11-27"),
        (15, "2026-12-07"),
    ] {
        let typed = ContactTyped {
            next: Some(NextTyped::In(days)),
            ..today()
        };
        let next = typed.read(&around(None)).unwrap().next;
        assert_eq!(next, Next::On(expected.parse().unwrap()), "in {days} days");
    }
}

#[test]
fn a_try_says_what_was_left_and_when_it_is_tried_again() {
    let typed = ContactTyped {
        reached: Some(ReachedTyped::No),
        outcome: Some(AttemptOutcome::Voicemail),
        left: "Call me back, Lena, clinic".to_owned(),
        next: Some(NextTyped::Again),
        ..today()
    };
    let again = crate::care::coordination::NextTry {
        day: "2026-11-24".parse().unwrap(),
        part: DayPart::Evening,
    };
    let around = Around {
        again: Some(again),
        ..around(None)
    };
    let form = typed.read(&around).unwrap();
    assert_eq!(form.next, Next::On(again.day));
    assert!(matches!(
        form.reached,
        Reached::No {
            next: Some(DayPart::Evening),
            left: Some(_),
            ..
        }
    ));
    let chosen = ContactTyped {
        part: Some(DayPart::Midday),
        ..typed.clone()
    };
    let form = chosen.read(&around).unwrap();
    assert!(matches!(
        form.reached,
        Reached::No {
            next: Some(DayPart::Midday),
            ..
        }
    ));
    let by_protocol = ContactTyped {
        next: Some(NextTyped::Protocol),
        ..typed
    };
    let form = by_protocol.read(&around).unwrap();
    assert_eq!(form.next, Next::Protocol);
    assert!(matches!(form.reached, Reached::No { next: None, .. }));
}

#[test]
fn what_a_contact_was_about_is_read_and_half_an_advocacy_is_named() {
    let more = MoreTyped {
        covered: vec![Covered::Symptoms, Covered::SafetyAsked],
        direction: Some(Direction::In),
        language: "Spanish".to_owned(),
        interpreter: "4417".to_owned(),
        offered: "Therapy, medication, both".to_owned(),
        chosen: "Therapy first".to_owned(),
        topic: "How antidepressants work".to_owned(),
        ..MoreTyped::default()
    };
    let typed = ContactTyped {
        more: more.clone(),
        ..today()
    };
    let form = typed.read(&around(None)).unwrap();
    let Reached::Yes {
        inbound,
        language,
        talk,
        ..
    } = form.reached
    else {
        panic!("nobody was reached");
    };
    assert!(inbound);
    assert_eq!(language.as_deref(), Some("Spanish"));
    assert_eq!(talk.covered, [Covered::Symptoms, Covered::SafetyAsked]);
    assert_eq!(talk.interpreter.unwrap().name.as_deref(), Some("4417"));
    assert_eq!(
        form.education,
        [("How antidepressants work".to_owned(), vec![With::Patient])]
    );

    let half = |change: fn(&mut MoreTyped)| {
        let mut typed = ContactTyped {
            more: more.clone(),
            ..today()
        };
        change(&mut typed.more);
        typed.read(&around(None)).unwrap_err()[0].field.clone()
    };
    assert_eq!(half(|more| more.advocacy = Some(AdvocacyWith::School)), "asked");
    assert_eq!(half(|more| more.asked = "An aide in class".to_owned()), "advocacy");
    assert_eq!(half(|more| more.advocacy_name = "Ms. Hale".to_owned()), "advocacy");
    assert_eq!(
        half(|more| (more.topic, more.taught) = (String::new(), vec![With::Family])),
        "topic"
    );
}

#[test]
fn more_is_open_when_something_is_in_it_and_ticks_stand_outside() {
    let ticked = MoreTyped {
        covered: vec![Covered::Goals],
        ..MoreTyped::default()
    };
    assert!(ticked.is_empty());
    let spoken = MoreTyped {
        language: "Spanish".to_owned(),
        ..MoreTyped::default()
    };
    assert!(!spoken.is_empty());
}

#[test]
fn a_draft_of_an_earlier_version_reads_without_what_came_later() {
    let json = serde_json::to_value(today()).unwrap();
    let serde_json::Value::Object(mut fields) = json else {
        panic!("not an object");
    };
    for later in ["more", "left", "part"] {
        assert!(fields.remove(later).is_some(), "{later}");
    }
    let earlier = serde_json::Value::Object(fields).to_string();
    assert_eq!(ContactTyped::read_draft(&earlier), Some(today()));
}

#[test]
fn a_contact_reads_back_into_the_form_that_corrects_it() {
    let more = MoreTyped {
        covered: vec![Covered::Goals],
        covered_else: "the move".to_owned(),
        planned: Some(crate::journal::facts::Planning::Unplanned),
        direction: Some(Direction::In),
        who: "Ana, sister".to_owned(),
        language: "Spanish".to_owned(),
        interpreter: "4417".to_owned(),
        service: "LanguageLine".to_owned(),
        advocacy: Some(AdvocacyWith::School),
        advocacy_name: "Ms. Hale".to_owned(),
        asked: "An aide in class".to_owned(),
        offered: "A or B".to_owned(),
        chosen: "B".to_owned(),
        ..MoreTyped::default()
    };
    let contact = crate::journal::facts::Contact {
        at: When::Day("2026-11-20".parse().unwrap()),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with: vec![With::Patient],
        inbound: true,
        did: Vec::new(),
        language: Some("Spanish".to_owned()),
        note: None,
        talk: more.talk(&mut Vec::new()),
    };
    assert_eq!(MoreTyped::of(&contact), more);
}

#[test]
fn who_answered_is_saved_of_every_measure_of_somebody_who_is_under_age_on_the_day_of_the_contact() {
    use crate::journal::facts::Respondent::{Parent, Patient};
    let taken = |form: &ContactTyped, birth: &str| {
        let under_age = UnderAge {
            birth: Some(birth.parse().unwrap()),
            of_age: None,
        };
        let around = Around {
            under_age,
            ..around(None)
        };
        let read = form.read(&around).unwrap();
        read.measures.iter().map(|taken| taken.respondent).collect::<Vec<_>>()
    };
    let mut form = ContactTyped {
        day: "2026-11-18".to_owned(),
        ..today()
    };
    let answered = |respondent| MeasureTyped {
        way: Way::Questions,
        answers: [("phq9_9".to_owned(), 0)].into(),
        respondent,
        ..MeasureTyped::default()
    };
    form.apart.push(("phq9".to_owned(), answered(Some(Parent))));
    form.measures = vec![(
        "gad7".to_owned(),
        MeasureTyped {
            answers: [("gad7_1".to_owned(), 1)].into(),
            ..answered(Some(Patient))
        },
    )];
    assert_eq!(taken(&form, "2010-01-01"), [Some(Patient), Some(Parent)]);
    // They turn 18 between the contact and today, and on the day of the contact.
    assert_eq!(taken(&form, "2008-11-19"), [Some(Patient), Some(Parent)]);
    assert_eq!(taken(&form, "2008-11-18"), [None, None]);
}
