//! Making, locking, unlocking, saving.

use super::*;

#[test]
fn a_new_registry_opens_again_with_its_passphrase_and_with_its_sheet_and_with_nothing_else() {
    let mut desk = Desk::new(1);
    let opened = desk.create(Kind::Real);
    let sheet = opened.sheet.expect("a recovery sheet");
    let saved = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap();
    desk.ask(Request::Lock).unwrap();
    assert!(matches!(
        desk.ask(Request::Today(TodayQuery::default())),
        Err(Failure::Locked)
    ));

    let wrong = desk.unlock(opened.registry, &"41".repeat(32));
    assert!(matches!(wrong, Err(Failure::WrongKey { .. })), "{wrong:?}");
    let again = desk.unlock(opened.registry, KEY).unwrap();
    assert_eq!((again.patients, again.me, again.kind), (1, opened.me, Kind::Real));
    assert_eq!(again.sheet, None, "the sheet is shown once");
    assert_eq!(desk.patient(saved.chart).registration.family, "Ito");

    desk.ask(Request::Lock).unwrap();
    let by_sheet = Request::UnlockWithSheet {
        registry: opened.registry,
        sheet: Secret(sheet),
    };
    assert!(matches!(desk.ask(by_sheet), Ok(Response::Opened(_))));
}

#[test]
fn a_positive_item_nine_is_saved_with_its_concern_open_and_ranks_first_whatever_the_total() {
    let mut desk = Desk::new(2);
    desk.create(Kind::Real);
    let other = desk.save(Intent::Register(newcomer("Pia", "Abel"))).unwrap().chart;
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let form = call(
        chart,
        at("2026-11-20T08:30:00-05:00"),
        vec![phq9(at("2026-11-20T08:30:00-05:00"), [0, 0, 0, 0, 0, 0, 0, 0, 1])],
    );
    let saved = desk.save(Intent::Contact(form)).unwrap();
    assert_eq!(saved.concerns.len(), 1);

    let today = desk.today();
    let first = &today.items[0];
    assert_eq!((first.chart, first.kind), (chart, ItemKind::Safety));
    assert_eq!(first.snooze_until, None, "safety is never put off");
    assert!(
        today
            .items
            .iter()
            .any(|i| i.chart == other && i.kind == ItemKind::Referred)
    );
    let view = desk.patient(chart);
    assert_eq!(view.measures[0].cells.last, Some(1));
    assert_eq!(view.measures[0].cells.safety, SafetyMark::Positive(1));
    assert!(concern_of(&view).open);
    // Two weeks are late for safety: the concern still asks for its next contact.
    assert_eq!(concern_of(&view).next_contact, None);
    // A day in time that is agreed in a form is the concern's next contact too: it isn't asked twice.
    let mut sooner = call(chart, at("2026-11-20T08:40:00-05:00"), Vec::new());
    sooner.next = Next::On(day("2026-11-23"));
    desk.save(Intent::Contact(sooner)).unwrap();
    assert_eq!(concern_of(&desk.patient(chart)).next_contact, Some(day("2026-11-23")));
}

#[test]
fn a_concern_closes_only_when_every_step_is_recorded_and_a_later_zero_never_closes_it() {
    let mut desk = Desk::new(3);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let when = at("2026-11-20T08:30:00-05:00");
    let form = call(chart, when, vec![phq9(when, [2, 2, 2, 2, 2, 2, 2, 1, 2])]);
    let concern = desk.save(Intent::Contact(form)).unwrap().concerns[0];
    let close = Intent::CloseConcern {
        chart,
        concern,
        action: "Spoke with the patient and Dr. Okafor".to_owned(),
        reason: "No plan, seen on Monday".to_owned(),
        at: when,
    };
    match refused(desk.save(close.clone())) {
        Refusal::ConcernNotReady { missing } => assert!(missing.contains("second step"), "{missing}"),
        other => panic!("{other:?}"),
    }
    let later = at("2026-11-20T08:45:00-05:00");
    desk.save(record(chart, vec![Fact::Assessment(phq9(later, [0; 9]))]))
        .unwrap();
    assert!(
        concern_of(&desk.patient(chart)).open,
        "a later 0 never closes a concern"
    );
    let step = |step| {
        Fact::ConcernStep(ConcernStep {
            concern,
            at: later,
            step,
            note: None,
        })
    };
    let second = Step::SecondStep {
        assessment: None,
        outcome: "No plan, no intent".to_owned(),
    };
    let told = Step::Told {
        who: Audience::Clinician,
        how: "by telephone".to_owned(),
        name: None,
    };
    let next = Step::NextContact { on: day("2026-11-23") };
    desk.save(record(chart, vec![step(second), step(told), step(next)]))
        .unwrap();
    desk.save(close).unwrap();
    assert!(!concern_of(&desk.patient(chart)).open);
}

#[test]
fn a_form_that_breaks_a_rule_is_refused_in_a_sentence_and_nothing_is_written() {
    let mut desk = Desk::new(4);
    let before = desk.create(Kind::Real).generation;
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let when = at("2026-11-20T08:30:00-05:00");
    let future = at("2027-11-20T08:30:00-05:00");
    let mut out_of_range = phq9(when, [0; 9]);
    out_of_range.answers = Answered::Total {
        total: 31,
        known: BTreeMap::new(),
    };
    let mut long = newcomer("Ana", "Abel");
    long.registration.family = "x".repeat(10_000);
    let mut endless = call(chart, when, Vec::new());
    endless.time = endless.time.map(|t| TimeSpent {
        seconds: Seconds(25 * 3600),
        ..t
    });
    for (intent, word) in [
        (Intent::Contact(call(chart, future, Vec::new())), "future"),
        (Intent::Contact(call(chart, at("1980-01-01"), Vec::new())), "born"),
        (Intent::Contact(call(chart, when, vec![out_of_range])), "27"),
        (Intent::Contact(endless), "86400"),
        (Intent::Register(long), "200 characters"),
    ] {
        let sentence = refused(desk.save(intent)).to_string();
        assert!(sentence.contains(word), "{sentence}");
    }
    assert_eq!(
        desk.patient(chart)
            .timeline
            .iter()
            .filter(|r| r.kind == TimelineKind::Contact)
            .count(),
        0
    );
    assert_eq!(
        desk.save(Intent::Register(newcomer("Ana", "Diaz"))).unwrap().generation,
        before + 2
    );
}

#[test]
fn one_saved_contact_makes_score_minutes_and_next_contact_and_undo_takes_all_of_it_back() {
    let mut desk = Desk::new(5);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let when = at("2026-11-20T08:30:00-05:00");
    let saved = desk
        .save(Intent::Contact(call(
            chart,
            when,
            vec![phq9(when, [1, 1, 1, 1, 1, 1, 1, 1, 0])],
        )))
        .unwrap();
    let view = desk.patient(chart);
    assert_eq!(view.measures[0].cells.last, Some(8));
    assert_eq!(
        (view.month.minutes, view.month.codes.as_str()),
        (22, ""),
        "minutes are kept; nothing is billed without consent"
    );
    assert!(
        view.month.missing.iter().any(|m| m.to_lowercase().contains("consent")),
        "{:?}",
        view.month.missing
    );
    assert!(view.timeline.iter().any(|r| r.line.starts_with("22 min")));

    desk.save(Intent::Void {
        chart,
        entries: saved.entries,
        reason: "Undone".to_owned(),
    })
    .unwrap();
    let view = desk.patient(chart);
    assert!(view.measures.is_empty());
    assert!(!view.timeline.iter().any(|r| r.line.starts_with("22 min")));
}

#[test]
fn a_database_that_was_emptied_or_put_back_is_never_opened_as_if_nothing_had_happened() {
    let mut desk = Desk::new(6);
    let opened = desk.create(Kind::Real);
    let early = desk.twin.stores.borrow()[&opened.registry].copy();
    desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap();
    desk.ask(Request::Lock).unwrap();

    desk.twin.stores.borrow_mut().insert(opened.registry, early);
    let rolled_back = desk.unlock(opened.registry, KEY);
    assert!(matches!(rolled_back, Err(Failure::Damage(_))), "{rolled_back:?}");
    desk.twin
        .stores
        .borrow_mut()
        .insert(opened.registry, MemoryStore::new());
    {
        let state = MemoryStore::new();
        desk.twin.stores.borrow_mut().insert(opened.registry, state);
        match desk.ask(Request::Registries).unwrap() {
            Response::Registries(list) => assert!(matches!(list[0].state, RegistryState::ShouldBeHere(_))),
            other => panic!("{other:?}"),
        }
    }
    desk.twin.stores.borrow_mut().clear();
    match desk.ask(Request::Registries).unwrap() {
        Response::Registries(list) => assert!(matches!(list[0].state, RegistryState::ShouldBeHere(_))),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_training_registry_opens_with_every_kind_of_reason_to_call() {
    let mut desk = Desk::new(7);
    let opened = desk.create(Kind::Training);
    assert_eq!(opened.patients, caseload::training::FIRST_RUN_PATIENTS);
    let today = desk.today();
    for kind in [
        ItemKind::Safety,
        ItemKind::Worse,
        ItemKind::Missed,
        ItemKind::Referred,
        ItemKind::Overdue,
        ItemKind::Answer,
        ItemKind::Due,
    ] {
        assert!(today.items.iter().any(|i| i.kind == kind), "{kind:?}");
    }
    let kinds: Vec<ItemKind> = today
        .items
        .iter()
        .filter(|i| i.snoozed_until.is_none())
        .map(|i| i.kind)
        .collect();
    assert!(kinds.is_sorted(), "the worklist is in its order");
    let view = desk.caseload(CaseloadTab::Active);
    assert_eq!(view.total as usize, view.rows.len());
    assert!(view.rows.iter().any(|r| r.phq9.change.is_some()));
    for row in &view.rows {
        let patient = desk.patient(row.chart);
        assert_eq!(
            patient
                .measures
                .iter()
                .find(|m| m.instrument == "phq9")
                .and_then(|m| m.cells.last),
            row.phq9.last
        );
    }
}

#[test]
fn a_long_worklist_comes_in_parts_and_says_how_long_it_is() {
    let mut desk = Desk::new(70);
    desk.create(Kind::Training);
    let mut ask = |most| match desk.ask(Request::Today(TodayQuery {
        most,
        ..TodayQuery::default()
    })) {
        Ok(Response::Today(view)) => *view,
        other => panic!("{other:?}"),
    };
    let (all, part) = (ask(None), ask(Some(3)));
    assert!(all.items.len() > 3);
    assert_eq!(part.items, all.items[..3]);
    assert_eq!((part.listed, part.first), (all.listed, all.first));
    assert_eq!(all.listed as usize, all.items.len());
}
