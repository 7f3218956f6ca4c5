//! The supervisor's page: what waits, the agenda, the hours, an audit.

use super::*;

fn supervision(desk: &mut Desk) -> SupervisionView {
    match desk.ask(Request::Supervision) {
        Ok(Response::Supervision(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn text_of(desk: &mut Desk, request: Request) -> String {
    assert!(matches!(desk.ask(request), Ok(Response::File { .. })));
    String::from_utf8(desk.file.take().unwrap()).unwrap()
}

#[test]
fn the_supervisors_page_shows_what_waits_and_the_trainees_what_came_back() {
    let (mut senior, mut trainee, chart) = pair(640);
    assert!(supervision(&mut senior).supervises && !supervision(&mut senior).is_trainee);
    let when = at("2026-11-20T08:30:00-05:00");
    let positive = phq9(when, [1, 1, 1, 1, 1, 1, 1, 1, 2]);
    let contact = trainee
        .save(Intent::Contact(call(chart, when, vec![positive])))
        .unwrap();
    let point = SupervisionPoint {
        point: ThingId::from_random([3; 16]),
        by: trainee_id(),
        text: "How to ask about means".to_owned(),
        day: day("2026-11-20"),
        discussed: None,
    };
    trainee.save(record(chart, vec![point.clone().into()])).unwrap();
    let general = SupervisionPoint {
        point: ThingId::from_random([4; 16]),
        text: "Ending calls on time".to_owned(),
        ..point.clone()
    };
    trainee.save(Intent::Office(vec![general.into()])).unwrap();
    send(&mut trainee, &mut senior);

    let view = supervision(&mut senior);
    let line = &view.trainees[0];
    assert_eq!(
        (line.name.as_str(), line.may_sign, line.supervisor.as_deref()),
        ("B. Ito", true, Some("R. Okoye"))
    );
    assert_eq!(line.patients.len(), 1);
    let waiting: Vec<EntryId> = line.patients[0].entries.iter().flat_map(|e| e.names.clone()).collect();
    assert!(
        contact.entries.iter().all(|entry| waiting.contains(entry)),
        "{waiting:?}"
    );
    let open: usize = view.managers.iter().map(|manager| manager.concerns.len()).sum();
    assert_eq!(open, 1);
    let points: Vec<_> = view
        .agenda
        .iter()
        .map(|p| (p.text.as_str(), p.patient.is_some(), p.who.as_str()))
        .collect();
    assert_eq!(points.len(), 2);
    assert!(
        points.contains(&("How to ask about means", true, "B. Ito")),
        "{points:?}"
    );
    assert!(
        points.contains(&("Ending calls on time", false, "B. Ito")),
        "{points:?}"
    );

    // All of this patient at once; then nothing of the patient waits, and the point is off the list when it was discussed.
    senior.save(sign(chart, waiting)).unwrap();
    let discussed = SupervisionPoint {
        discussed: Some(day("2026-11-20")),
        ..point
    };
    senior.save(record(chart, vec![discussed.into()])).unwrap();
    let view = supervision(&mut senior);
    assert!(view.trainees[0].patients.is_empty());
    assert_eq!(view.agenda.len(), 1);

    // What goes back is on the trainee's own list, with what was said.
    let second = trainee
        .save(record(chart, vec![note("A call with the sister").into()]))
        .unwrap();
    send(&mut trainee, &mut senior);
    senior
        .save(Intent::CoSign {
            chart,
            entries: second.entries.clone(),
            verdict: Verdict::Returned {
                comment: "Whose sister?".to_owned(),
            },
        })
        .unwrap();
    send(&mut senior, &mut trainee);
    let view = supervision(&mut trainee);
    assert!(view.is_trainee && !view.supervises && !view.trainees[0].may_sign);
    assert_eq!(
        view.trainees[0].returned[0].entries[0].comment.as_deref(),
        Some("Whose sister?")
    );
}

#[test]
fn hours_of_supervision_are_logged_corrected_and_never_part_of_a_month() {
    let (mut senior, _, chart) = pair(650);
    let me = supervision(&mut senior)
        .people
        .iter()
        .find(|p| p.name == "R. Okoye")
        .unwrap()
        .person;
    let when = at("2026-11-20T08:30:00-05:00");
    senior.save(Intent::Contact(call(chart, when, Vec::new()))).unwrap();
    let month = |desk: &mut Desk| match desk.ask(Request::Month("2026-11".parse().unwrap())) {
        Ok(Response::Month(view)) => view.rows.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let before = month(&mut senior);
    let individual = SupervisionSession {
        session: ThingId::from_random([1; 16]),
        day: day("2026-11-18"),
        seconds: Seconds(50 * 60),
        kind: SupervisionKind::Individual,
        other: None,
        supervisor: me,
        with: vec![trainee_id()],
        topics: "Safety questions by phone".to_owned(),
    };
    let own = SupervisionSession {
        session: ThingId::from_random([2; 16]),
        day: day("2026-11-19"),
        seconds: Seconds(30 * 60),
        kind: SupervisionKind::Other,
        other: Some("Journal club".to_owned()),
        ..individual.clone()
    };
    senior
        .save(Intent::Office(vec![individual.clone().into(), own.clone().into()]))
        .unwrap();
    let right = SupervisionSession {
        seconds: Seconds(60 * 60),
        ..individual.clone()
    };
    senior.save(Intent::Office(vec![right.into()])).unwrap();
    assert_eq!(month(&mut senior), before);

    let view = supervision(&mut senior);
    let (kinds, all) = hours_by_kind(&view.sessions);
    let wanted = [
        ("Individual".to_owned(), Seconds(3600)),
        ("Journal club".to_owned(), Seconds(1800)),
    ];
    assert_eq!((kinds.as_slice(), all), (wanted.as_slice(), Seconds(5400)));
    assert_eq!(view.kinds, ["Journal club"]);
    let query = HoursQuery {
        who: Some(trainee_id()),
        from: Some(day("2026-11-19")),
        until: None,
    };
    let csv = text_of(&mut senior, Request::SupervisionCsv(query));
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [
            "Date,Kind,Minutes,Supervisor,Supervisees,Topics",
            "2026-11-19,Journal club,30,R. Okoye,B. Ito,Safety questions by phone",
            "Total,Journal club,30,,,",
            "Total,All,30,,,",
        ]
    );
    // One that was never held is taken back.
    let entry = view
        .sessions
        .iter()
        .find(|line| line.kind == "Journal club")
        .unwrap()
        .entry;
    let (office, reason) = (view.office, "Never held".to_owned());
    senior
        .save(Intent::Void {
            chart: office,
            entries: vec![entry],
            reason,
        })
        .unwrap();
    assert_eq!(supervision(&mut senior).sessions.len(), 1);

    let cases = [
        (
            "nobody",
            SupervisionSession {
                with: Vec::new(),
                ..individual.clone()
            },
            "Who was supervised",
        ),
        (
            "oneself",
            SupervisionSession {
                with: vec![me],
                ..individual.clone()
            },
            "Who was supervised",
        ),
        (
            "no name",
            SupervisionSession {
                kind: SupervisionKind::Other,
                ..individual.clone()
            },
            "Kind of supervision",
        ),
        (
            "no time",
            SupervisionSession {
                seconds: Seconds(0),
                ..individual.clone()
            },
            "Length of supervision",
        ),
        (
            "not yet",
            SupervisionSession {
                day: day("2026-11-21"),
                ..individual
            },
            "in the future",
        ),
    ];
    for (name, session, wanted) in cases {
        let refusal = refused(senior.save(Intent::Office(vec![session.into()]))).to_string();
        assert!(refusal.contains(wanted), "{name}: {refusal}");
    }
}

#[test]
fn an_audit_is_drawn_by_its_seed_kept_and_compared() {
    let (mut senior, _, _) = pair(660);
    for n in 0..14 {
        senior
            .save(Intent::Register(newcomer("Ana", &format!("Reyes {n}"))))
            .unwrap();
    }
    let draw = |desk: &mut Desk, seed| match desk.ask(Request::Draw(DrawQuery {
        seed,
        count: 10,
        period: None,
    })) {
        Ok(Response::Draw(view)) => *view,
        other => panic!("{other:?}"),
    };
    let drawn = draw(&mut senior, 11);
    assert_eq!((drawn.pool, drawn.records.len(), drawn.items.len()), (15, 10, 9));
    assert_eq!(draw(&mut senior, 11), drawn);
    assert_ne!(draw(&mut senior, 12).records, drawn.records);
    let records = drawn.records.iter().map(|record| AuditedRecord {
        chart: record.chart,
        items: record
            .found
            .iter()
            .map(|(item, answer, shown)| {
                let finding = AuditFinding {
                    answer: answer.unwrap_or(AuditAnswer::NotApplicable),
                    shown: Some(shown.clone()),
                    note: None,
                };
                (item.clone(), finding)
            })
            .collect(),
    });
    let audit = RecordAudit {
        audit: ThingId::from_random([6; 16]),
        day: day("2026-11-20"),
        seed: 11,
        period: None,
        pool: drawn.pool,
        checklist: drawn.checklist.clone(),
        records: records.collect(),
    };
    senior.save(Intent::Office(vec![audit.clone().into()])).unwrap();
    let saved = &supervision(&mut senior).audits[0];
    assert_eq!((&saved.audit, saved.by.as_str()), (&audit, "R. Okoye"));
    // It can be read again: every record by its name, in the order in which it was drawn.
    let names: Vec<&str> = saved.names.iter().map(|(name, _)| name.as_str()).collect();
    let drawn: Vec<&str> = drawn.records.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, drawn);
    // Nobody consented yet: ten times no, with its reason.
    assert_eq!(saved.totals[0], ("consent".to_owned(), 0, 10, 0));
}
