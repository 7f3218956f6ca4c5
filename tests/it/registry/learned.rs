//! What is learned and what may be told, as the pages have it: saved over several calls, held back from a file.

use caseload::care::privacy::WhyNot;
use caseload::journal::ThingId;

use super::*;

pub(super) fn learned(desk: &mut Desk, chart: ChartId) -> LearnedView {
    match desk.ask(Request::Learned(chart)) {
        Ok(Response::Learned(view)) => *view,
        other => panic!("nothing learned: {other:?}"),
    }
}

fn area(area: Area, replies: &[(Question, Said)]) -> Fact {
    Fact::AreaAnswers(AreaAnswers {
        area,
        day: day("2026-11-20"),
        replies: replies.iter().cloned().collect(),
        treatments: Vec::new(),
    })
}

#[test]
fn an_assessment_grows_from_call_to_call_and_its_gaps_stand_on_the_patients_page() {
    let mut desk = Desk::new(80);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let before = desk.patient(chart).assessed;
    assert_eq!((before.latest, before.gaps.len()), (None, 14));
    assert!(before.mania.unwrap().starts_with("Mania screen: not asked yet."));
    assert_eq!(learned(&mut desk, chart).allergies, "not asked");
    desk.save(record(
        chart,
        vec![
            area(Area::Medical, &[(Question::Allergies, Said::No)]),
            area(Area::Strengths, &[(Question::Strengths, Said::RatherNot)]),
        ],
    ))
    .unwrap();
    let now = learned(&mut desk, chart);
    assert_eq!(now.allergies, "no known allergies");
    assert_eq!(now.areas.len(), 2);
    assert!(now.saved[0].contains("R. Okoye"), "{:?}", now.saved);
    assert_eq!(desk.patient(chart).assessed.gaps.len(), 13);
    let view = desk.patient(chart);
    let row = view
        .timeline
        .iter()
        .find(|row| row.line.starts_with("Initial assessment: Medical"))
        .unwrap();
    assert_eq!(row.more.as_deref(), Some("allergies: no"));
}

#[test]
fn an_acute_event_asks_for_a_contact_in_two_working_days_and_for_a_review_in_one_save() {
    // Tuesday, Thursday, Friday, Saturday, Sunday; today is Friday 20 November, and the clinic is closed at weekends.
    let cases = [
        ("2026-11-17", "1 day late"),
        ("2026-11-19", "due Mon 23 Nov"),
        ("2026-11-20", "due Tue 24 Nov"),
        ("2026-11-14", "3 days late"),
        ("2026-11-15", "3 days late"),
    ];
    for (on, due) in cases {
        let mut desk = Desk::new(81);
        desk.create(Kind::Real);
        let chart = desk
            .save(Intent::Register(NewPatient {
                referred: at("2026-11-01T10:00:00-05:00"),
                ..newcomer("Jun", "Ito")
            }))
            .unwrap()
            .chart;
        let when: When = at(on);
        let kind = AcuteKind::EmergencyDepartment;
        let saved = desk
            .save(record(
                chart,
                vec![
                    AcuteEvent {
                        kind,
                        at: when,
                        note: None,
                    }
                    .into(),
                ],
            ))
            .unwrap();
        assert_eq!(saved.entries.len(), 2, "{on}: the event and the request for a review");
        let view = desk.patient(chart);
        let acute = view.reasons.iter().find(|reason| reason.rule.contains("cute")).unwrap();
        assert!(acute.reason.contains(due), "{on}: {}", acute.reason);
        assert!(
            view.reasons.iter().any(|reason| reason.reason.contains("review")),
            "{on}: {:?}",
            view.reasons
        );
        assert!(desk.today().items.iter().any(|item| item.chart == chart), "{on}");
        desk.save(Intent::Contact(call(
            chart,
            at("2026-11-20T08:59:00-05:00"),
            Vec::new(),
        )))
        .unwrap();
        let left = desk.patient(chart).reasons;
        let still = left.iter().any(|reason| reason.rule.contains("cute"));
        // A contact on the day of an event whose time nobody wrote down is not known to be after it.
        assert_eq!(still, on == "2026-11-20", "{on}: {left:?}");
    }
}

#[test]
fn a_death_asks_for_neither() {
    let mut desk = Desk::new(82);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let death = AcuteEvent {
        kind: AcuteKind::Death,
        at: at("2026-11-20"),
        note: None,
    };
    assert_eq!(desk.save(record(chart, vec![death.into()])).unwrap().entries.len(), 1);
}

fn release(part2: bool) -> Release {
    Release {
        release: ThingId::from_random([1; 16]),
        to: "Harbor Counseling".to_owned(),
        scope: String::new(),
        from: day("2026-11-01"),
        until: None,
        part2,
        revoked: None,
        covers: vec![Covers::Progress],
        minor: false,
        kind: None,
        contact: None,
    }
}

#[test]
fn a_marked_note_stays_out_of_a_file_of_chosen_patients_until_a_release_permits_it() {
    let mut desk = Desk::new(83);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let note = |text: &str| {
        Fact::Note(Note {
            at: at("2026-11-20"),
            text: text.to_owned(),
            discuss: false,
        })
    };
    let kept = desk
        .save(record(chart, vec![note("methadone clinic since May")]))
        .unwrap()
        .entries[0];
    desk.save(record(chart, vec![note("prefers mornings")])).unwrap();
    let mark = |state| {
        vec![Fact::Mark(Mark {
            entry: kept,
            why: Protection::Part2,
            state,
        })]
    };
    desk.save(record(chart, mark(MarkState::Set { note: None }))).unwrap();
    desk.save(record(chart, vec![release(false).into()])).unwrap();
    let export = |desk: &mut Desk, scope| -> Result<String, Failure> {
        desk.ask(Request::Export(scope))?;
        Ok(String::from_utf8(desk.file.take().unwrap()).unwrap())
    };
    let row = desk
        .patient(chart)
        .timeline
        .into_iter()
        .find(|row| row.entry == kept)
        .unwrap();
    assert_eq!(row.marks, [Protection::Part2]);
    let held = match desk.ask(Request::HeldBack(vec![chart])) {
        Ok(Response::HeldBack(held)) => held,
        other => panic!("{other:?}"),
    };
    assert_eq!((held.len(), held[0].entry, held[0].by.len()), (1, kept, 0));
    assert_eq!(held[0].not_by, [format!("Harbor Counseling: {}", WhyNot::Part2)]);

    let file = export(&mut desk, Scope::Charts(vec![chart], Vec::new())).unwrap();
    assert!(!file.contains("methadone") && file.contains("prefers mornings"));
    assert!(!file.contains("\"kind\":\"mark\""), "a mark would tell of it");
    let with = || {
        let included = Included {
            entry: kept,
            release: ThingId::from_random([1; 16]),
        };
        Scope::Charts(vec![chart], vec![included])
    };
    let refused = export(&mut desk, with()).unwrap_err().to_string();
    assert!(
        refused.contains("42 CFR Part 2") && refused.contains("No file was made"),
        "{refused}"
    );

    desk.save(record(chart, vec![release(true).into()])).unwrap();
    let file = export(&mut desk, with()).unwrap();
    assert!(file.contains("methadone") && file.contains("\"kind\":\"mark\""));
    assert!(
        export(&mut desk, Scope::All).unwrap().contains("methadone"),
        "a backup holds everything"
    );

    let reason = "not from the program".to_owned();
    desk.save(record(chart, mark(MarkState::Removed { reason }))).unwrap();
    assert!(
        export(&mut desk, Scope::Charts(vec![chart], Vec::new()))
            .unwrap()
            .contains("methadone")
    );
}

#[test]
fn a_caller_sees_what_may_be_done_and_that_the_patient_is_a_minor() {
    let mut desk = Desk::new(84);
    desk.create(Kind::Real);
    let mut young = newcomer("Jun", "Ito");
    young.registration.birth = Some(day("2010-11-21"));
    let chart = desk.save(Intent::Register(young)).unwrap().chart;
    let minor = desk.patient(chart).may.minor.unwrap();
    assert!(
        minor.starts_with("A minor, 15 years old; the age from which a minor consents alone is not set"),
        "{minor}"
    );
    let permissions = Permissions {
        day: day("2026-11-20"),
        ways: [
            (MessageWay::Voicemail, Permission::No),
            (MessageWay::Text, Permission::Yes),
        ]
        .into(),
        speak_with: vec![SpeakWith {
            name: "Mei Ito".to_owned(),
            relation: Some("mother".to_owned()),
            about: Some("appointments".to_owned()),
        }],
    };
    let care = MinorCare {
        day: day("2026-11-20"),
        guardian: Some("Mei Ito, mother".to_owned()),
        consented: MinorConsent::Guardian,
        confidential: None,
    };
    desk.save(record(chart, vec![permissions.into(), care.into()])).unwrap();
    let may = desk.patient(chart).may;
    assert_eq!(
        may.lines,
        [
            "may use text",
            "must not use voicemail",
            "not asked: post, e-mail",
            "may speak with Mei Ito (mother) about appointments"
        ]
    );
    assert!(
        may.minor
            .unwrap()
            .ends_with("Minor: guardian Mei Ito, mother; the guardian consented")
    );
    let grown = desk.save(Intent::Register(newcomer("Ana", "Reyes"))).unwrap().chart;
    assert_eq!(desk.patient(grown).may.minor, None);
}

#[test]
fn neither_the_months_nor_the_caseloads_table_tells_a_held_score_or_text() {
    let mut desk = Desk::new(87);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let when = at("2026-11-20T09:00:00-05:00");
    let episode = desk.patient(chart).episode.unwrap();
    let facts = vec![
        Fact::StatusChange(StatusChange {
            episode,
            status: Status::Active,
            from: day("2026-11-19"),
            why: None,
        }),
        phq9(when, [2, 2, 3, 3, 2, 2, 2, 1, 0]).into(),
        Fact::Note(Note {
            at: when,
            text: "in a methadone programme".to_owned(),
            discuss: false,
        }),
        Fact::AcuteEvent(AcuteEvent {
            kind: AcuteKind::Overdose,
            at: when,
            note: Some("heroin".to_owned()),
        }),
    ];
    let saved = desk.save(record(chart, facts)).unwrap();
    let tables = |desk: &mut Desk| -> Vec<String> {
        let query = everybody();
        let asks = [
            Request::CaseloadCsv(query),
            Request::MonthCsv("2026-11".parse().unwrap()),
        ];
        let file = |ask| {
            assert!(matches!(desk.ask(ask), Ok(Response::File { .. })));
            String::from_utf8(desk.file.take().unwrap()).unwrap()
        };
        asks.map(file).into()
    };
    let open = tables(&mut desk);
    assert!(open[0].contains(",17,"), "{}", open[0]);
    for entry in &saved.entries[1..] {
        let mark = Mark {
            entry: *entry,
            why: Protection::Part2,
            state: MarkState::Set { note: None },
        };
        desk.save(record(chart, vec![mark.into()])).unwrap();
    }
    assert_eq!(
        learned(&mut desk, chart).held.len(),
        4,
        "score, note, event, the review that it asks for"
    );
    for table in tables(&mut desk) {
        assert!(table.contains("Ito"), "{table}");
        for told in [",17,", "methadone", "heroin", "verdose", "PHQ-9 17"] {
            assert!(!table.contains(told), "{told} in {table}");
        }
    }
}

#[test]
fn who_answered_for_a_minor_is_written_down_and_shown() {
    let mut desk = Desk::new(88);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let taken = Assessment {
        respondent: Some(Respondent::Parent),
        ..phq9(at("2026-11-20T09:00:00-05:00"), [1, 1, 1, 0, 0, 0, 0, 0, 0])
    };
    desk.save(record(chart, vec![taken.into()])).unwrap();
    let view = desk.patient(chart);
    let row = view.timeline.iter().find(|row| row.line.starts_with("PHQ-9")).unwrap();
    assert_eq!(row.more.as_deref(), Some("Answered by a parent or guardian"));
}

#[test]
fn the_guardian_of_the_registration_is_known_where_the_care_of_a_minor_is_written_down() {
    let mut desk = Desk::new(89);
    desk.create(Kind::Real);
    let mut patient = newcomer("Jun", "Ito");
    patient.registration.birth = Some(day("2012-04-02"));
    patient.registration.guardian = Some("Mei Ito, mother, 555-0199".to_owned());
    let chart = desk.save(Intent::Register(patient)).unwrap().chart;
    let known = learned(&mut desk, chart);
    assert_eq!(known.minor_care, None);
    assert!(known.minor.is_some());
    assert_eq!(known.guardian.as_deref(), Some("Mei Ito, mother, 555-0199"));
}

#[test]
fn a_release_that_a_minor_gave_still_permits_and_says_so_when_the_patient_is_of_age() {
    let mut desk = Desk::new(99);
    desk.create(Kind::Real);
    let mut patient = newcomer("Jun", "Ito");
    // Of age since 10 November 2026.
    patient.registration.birth = Some(day("2008-11-10"));
    let chart = desk.save(Intent::Register(patient)).unwrap().chart;
    let note = Fact::Note(Note {
        at: at("2026-05-04"),
        text: "came alone".to_owned(),
        discuss: false,
    });
    let note = desk.save(record(chart, vec![note])).unwrap().entries[0];
    let mark = Mark {
        entry: note,
        why: Protection::MinorConsented,
        state: MarkState::Set { note: None },
    };
    let given = Release {
        from: day("2026-05-04"),
        minor: true,
        ..release(false)
    };
    desk.save(record(chart, vec![mark.into(), given.into()])).unwrap();
    let known = match desk.ask(Request::Learned(chart)) {
        Ok(Response::Learned(known)) => *known,
        other => panic!("{other:?}"),
    };
    assert_eq!(known.minor, None, "of age");
    let standing = &known.releases[0];
    assert!(standing.release.minor && standing.not.is_none());
    assert!(
        standing
            .covers
            .ends_with("for care that they alone consented to as a minor"),
        "{}",
        standing.covers
    );
    assert_eq!(
        known.held[0].by.len(),
        1,
        "it permits what the minor alone consented to"
    );
}
