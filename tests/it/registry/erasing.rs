//! Erasing a record for good: what goes, what stays, what other copies see, and that no older file brings it back.

use caseload::store::{Area, Key, Store};

use super::handoffs::{export, join, receive};
use super::*;

pub(super) fn ledger(desk: &mut Desk, ask: LedgerAsk) -> Result<LedgerView, Failure> {
    match desk.ask(Request::Ledger(Box::new(ask)))? {
        Response::Ledger(view) => Ok(*view),
        other => panic!("{other:?}"),
    }
}

fn erasing(desk: &mut Desk, chart: ChartId) -> ErasingView {
    match ledger(desk, LedgerAsk::Erasing(chart)).unwrap() {
        LedgerView::Erasing(view) => view,
        other => panic!("{other:?}"),
    }
}

fn erased(desk: &mut Desk) -> ErasedView {
    match ledger(desk, LedgerAsk::Erased).unwrap() {
        LedgerView::Erased(view) => view,
        other => panic!("{other:?}"),
    }
}

pub(super) fn ask(chart: ChartId) -> EraseAsk {
    EraseAsk {
        chart,
        linked: Vec::new(),
        typed: "Ito".to_owned(),
        word: "ERASE".to_owned(),
        reason: "Asked for in writing on a legal ground".to_owned(),
        basis: Some("State privacy act, section 5".to_owned()),
        asked_by: ErasureAsker::Patient,
    }
}

fn keep(chart: ChartId) -> KeepAsk {
    KeepAsk {
        chart,
        typed: "M-Jun-Ito".to_owned(),
        word: "KEEP".to_owned(),
        reason: "We have to keep it for seven years".to_owned(),
    }
}

/// A registry with two patients; one has a contact with a positive safety answer, and a form that was begun.
fn clinic(seed: u64) -> (Desk, Opened, ChartId, ChartId) {
    let mut desk = Desk::new(seed);
    let opened = desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let other = desk.save(Intent::Register(newcomer("Ana", "Silva"))).unwrap().chart;
    let when = at("2026-11-20T08:30:00-05:00");
    let measures = vec![phq9(when, [3, 3, 3, 3, 3, 3, 3, 3, 3])];
    desk.save(Intent::Contact(call(chart, when, measures))).unwrap();
    let key = format!("contact/{chart}");
    let json = "{}".to_owned();
    desk.ask(Request::PutDraft { key, json }).unwrap();
    (desk, opened, chart, other)
}

/// All that is stored, but for the head and the index, which every save writes anew.
fn stored(desk: &Desk, registry: RegistryId) -> BTreeMap<(Area, Key), Vec<u8>> {
    let store = desk.twin.stores.borrow()[&registry].clone();
    let areas = [Area::Segments, Area::Pages, Area::Drafts, Area::Inbox, Area::Batches];
    let of_area = |area| {
        block_on(store.all(area))
            .unwrap()
            .into_iter()
            .map(move |(key, bytes)| ((area, key), bytes))
    };
    areas.into_iter().flat_map(of_area).collect()
}

fn is_nowhere(desk: &mut Desk, chart: ChartId) {
    assert!(desk.today().items.iter().all(|item| item.chart != chart));
    assert!(
        desk.caseload(CaseloadTab::Referred)
            .rows
            .iter()
            .all(|row| row.chart != chart)
    );
    assert!(matches!(
        desk.ask(Request::Patient(chart)),
        Err(Failure::Refused(Refusal::NoSuchChart))
    ));
    match desk.ask(Request::Find("Ito".to_owned())).unwrap() {
        Response::Found(found) => assert!(found.is_empty()),
        other => panic!("{other:?}"),
    }
    let written = record(
        chart,
        vec![Fact::Note(Note {
            at: at("2026-11-20"),
            text: "still here".to_owned(),
            discuss: false,
        })],
    );
    assert_eq!(refused(desk.save(written)), Refusal::NoSuchChart);
}

#[test]
fn what_is_typed_and_said_must_fit_and_otherwise_nothing_is_changed() {
    let (mut desk, opened, chart, other) = clinic(300);
    let view = erasing(&mut desk, chart);
    assert_eq!(view.type_this.as_deref(), Some("M-Jun-Ito or Ito"));
    assert_eq!((view.drafts, view.open_concerns), (1, 1));
    assert!(view.entries > 3, "{view:?}");
    let before = stored(&desk, opened.registry);
    let wrong: [EraseAsk; 6] = [
        EraseAsk {
            typed: "Silva".to_owned(),
            ..ask(chart)
        },
        EraseAsk {
            word: "erase".to_owned(),
            ..ask(chart)
        },
        EraseAsk {
            reason: "asked".to_owned(),
            ..ask(chart)
        },
        EraseAsk {
            reason: "Jun asked for it in writing".to_owned(),
            ..ask(chart)
        },
        EraseAsk {
            reason: "The PHQ-9 was another person's".to_owned(),
            ..ask(chart)
        },
        EraseAsk {
            linked: vec![other],
            ..ask(chart)
        },
    ];
    for ask in wrong {
        let failure = ledger(&mut desk, LedgerAsk::Erase(ask.clone())).unwrap_err();
        assert!(
            matches!(failure, Failure::Refused(Refusal::Field(_))),
            "{ask:?}: {failure:?}"
        );
    }
    assert_eq!(stored(&desk, opened.registry), before);
    assert_eq!(desk.patient(chart).concerns.len(), 1);
}

#[test]
fn an_erased_record_is_nowhere_and_nothing_stored_of_it_is_left() {
    let (mut desk, opened, chart, other) = clinic(301);
    let before = stored(&desk, opened.registry);
    ledger(&mut desk, LedgerAsk::Erase(ask(chart))).unwrap();
    is_nowhere(&mut desk, chart);
    let after = stored(&desk, opened.registry);
    assert!(after.keys().all(|(area, _)| *area != Area::Drafts));
    // Three segments held something of the chart: the registration, the contact, and none of the other's own.
    let left = before.iter().filter(|(at, bytes)| after.get(*at) == Some(*bytes));
    let left: Vec<_> = left.map(|((area, key), _)| (*area, key.as_str().to_owned())).collect();
    assert!(left.iter().all(|(area, _)| *area == Area::Segments), "{left:?}");
    assert_eq!(desk.patient(other).registration.family, "Silva");

    let file = String::from_utf8(export(&mut desk)).unwrap();
    let of_chart = file.lines().find(|line| line.contains(&chart.to_string())).unwrap();
    assert!(of_chart.contains("\"kind\":\"erased\""));
    assert_eq!(of_chart.matches("\"kind\":").count(), 1, "{of_chart}");
    assert!(!file.contains("M-Jun-Ito"));

    let said = erased(&mut desk);
    assert!(said.waiting.is_empty());
    assert_eq!(said.gone.len(), 1);
    assert_eq!(said.gone[0].by, "R. Okoye");
    assert_eq!(
        said.gone[0].why,
        "Asked for in writing on a legal ground; legal basis: State privacy act, section 5; asked for by the patient"
    );
    // A form that is still open somewhere leaves nothing behind either.
    let (key, json) = (format!("contact/{chart}"), "{}".to_owned());
    desk.ask(Request::PutDraft { key: key.clone(), json }).unwrap();
    assert!(matches!(desk.ask(Request::Draft(key)), Ok(Response::Draft(None))));
    // The same after the registry was opened anew.
    desk.ask(Request::Lock).unwrap();
    desk.unlock(opened.registry, KEY).unwrap();
    is_nowhere(&mut desk, chart);
    assert!(matches!(
        ledger(&mut desk, LedgerAsk::Erase(ask(chart))),
        Err(Failure::Refused(Refusal::NoSuchChart))
    ));
}

#[test]
fn an_older_file_does_not_bring_it_back_here_nor_in_a_copy_that_joins_later() {
    let (mut desk, _, chart, _) = clinic(302);
    let older = export(&mut desk);
    ledger(&mut desk, LedgerAsk::Erase(ask(chart))).unwrap();
    match desk.ask_with(Request::OpenHandoff, vec![older.clone()]).unwrap() {
        Response::Preview(view) => assert!(view.refused.is_some(), "{view:?}"),
        other => panic!("{other:?}"),
    }
    assert!(desk.ask(Request::PublishHandoff).is_err());
    is_nowhere(&mut desk, chart);

    let mut later = Desk::new(303);
    join(&mut later, export(&mut desk));
    later.ask_with(Request::OpenHandoff, vec![older]).unwrap();
    later.ask(Request::PublishHandoff).ok();
    is_nowhere(&mut later, chart);
    assert!(erased(&mut later).waiting.is_empty());
}

#[test]
fn another_copy_hides_it_until_a_person_there_decides() {
    let (mut one, _, chart, other) = clinic(304);
    let older = export(&mut one);
    ledger(&mut one, LedgerAsk::Erase(ask(chart))).unwrap();
    let newer = export(&mut one);
    let mut two = Desk::new(305);
    join(&mut two, older.clone());
    assert_eq!(two.today().items[0].chart, chart, "its concern is open there");

    let preview = receive(&mut two, newer.clone());
    assert!(
        preview.warnings.iter().any(|w| w.contains("erased in the other copy")),
        "{:?}",
        preview.warnings
    );
    is_nowhere(&mut two, chart);
    assert_eq!(
        two.today().erased_elsewhere,
        1,
        "Today says that a decision is waited for"
    );
    let waiting = erased(&mut two).waiting;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].name.as_str(), waiting[0].open_concerns), ("Ito, Jun", 1));
    assert_eq!(waiting[0].said[0].by, "R. Okoye");

    let wrong = KeepAsk {
        word: "ERASE".to_owned(),
        ..keep(chart)
    };
    assert!(ledger(&mut two, LedgerAsk::KeepErased(wrong)).is_err());
    ledger(&mut two, LedgerAsk::KeepErased(keep(chart))).unwrap();
    assert_eq!(two.today().erased_elsewhere, 0);
    let view = two.patient(chart);
    assert_eq!(view.concerns.len(), 1, "nothing of it was lost");
    assert!(
        view.timeline
            .iter()
            .any(|row| row.more.as_deref().is_some_and(|more| more.contains("kept here")))
    );

    // The copy that erased it doesn't take it back from the one that kept it.
    receive_if_new(&mut one, export(&mut two));
    is_nowhere(&mut one, chart);
    // The file that erases it asks again, and this time it is confirmed.
    receive(&mut two, newer);
    is_nowhere(&mut two, chart);
    let confirm = EraseAsk {
        reason: String::new(),
        basis: None,
        ..ask(chart)
    };
    ledger(&mut two, LedgerAsk::Erase(confirm)).unwrap();
    receive_if_new(&mut two, older);
    is_nowhere(&mut two, chart);
    let said = erased(&mut two);
    assert_eq!((said.waiting.len(), said.gone.len()), (0, 2), "both say so: {said:?}");
    assert_eq!(two.patient(other).registration.family, "Silva");
}

fn receive_if_new(desk: &mut Desk, file: Vec<u8>) {
    desk.ask_with(Request::OpenHandoff, vec![file]).unwrap();
    desk.ask(Request::PublishHandoff).ok();
}

#[test]
fn whatever_order_files_come_in_no_entry_of_it_is_left_once_it_was_confirmed() {
    let (mut one, _, chart, _) = clinic(306);
    let older = export(&mut one);
    let mut worked = Desk::new(307);
    join(&mut worked, older.clone());
    let when = at("2026-11-20T08:50:00-05:00");
    worked.save(Intent::Contact(call(chart, when, Vec::new()))).unwrap();
    let beside = export(&mut worked);
    ledger(&mut one, LedgerAsk::Erase(ask(chart))).unwrap();
    let erasing = export(&mut one);
    let orders: [[&Vec<u8>; 3]; 6] = [
        [&older, &beside, &erasing],
        [&older, &erasing, &beside],
        [&beside, &older, &erasing],
        [&beside, &erasing, &older],
        [&erasing, &older, &beside],
        [&erasing, &beside, &older],
    ];
    for (nth, order) in (0..).zip(orders) {
        let mut copy = Desk::new(310 + nth);
        join(&mut copy, order[0].clone());
        for file in &order[1..] {
            receive_if_new(&mut copy, (*file).clone());
            if !erased(&mut copy).waiting.is_empty() {
                ledger(&mut copy, LedgerAsk::Erase(ask(chart))).unwrap();
            }
        }
        is_nowhere(&mut copy, chart);
        let file = String::from_utf8(export(&mut copy)).unwrap();
        let of_chart = file
            .lines()
            .filter(|line| line.contains(&format!("\"chart\":\"{chart}\"")));
        let kinds: Vec<&str> = of_chart
            .flat_map(|line| line.split("\"kind\":\"").skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(
            !kinds.is_empty() && kinds.iter().all(|kind| *kind == "erased"),
            "{nth}: {kinds:?}"
        );
    }
}

#[test]
fn the_other_record_of_the_same_person_stays_unless_it_is_chosen() {
    let (mut desk, _, chart, other) = clinic(320);
    let same = Fact::SamePerson(SamePerson { other, same: true });
    desk.save(record(chart, vec![same])).unwrap();
    let view = erasing(&mut desk, chart);
    assert_eq!(view.linked.len(), 1, "{view:?}");
    assert!(view.linked[0].1.starts_with("Silva, Ana"), "{view:?}");
    let both = EraseAsk {
        linked: vec![other],
        ..ask(chart)
    };
    ledger(&mut desk, LedgerAsk::Erase(both)).unwrap();
    is_nowhere(&mut desk, chart);
    assert!(matches!(
        desk.ask(Request::Patient(other)),
        Err(Failure::Refused(Refusal::NoSuchChart))
    ));
    assert_eq!(erased(&mut desk).gone.len(), 2);
}
