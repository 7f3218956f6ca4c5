//! What the core does while nobody asks for anything.

use std::cell::Cell;

use caseload::store::{Area, Store};

use super::*;

fn rest(desk: &mut Desk) -> usize {
    let mut steps = 0;
    while block_on(desk.core.rest(&|| true)) == Rest::More {
        steps += 1;
        assert!(steps < 1_000, "it never ends");
    }
    steps
}

fn parts(desk: &Desk, area: Area) -> usize {
    let stores = desk.twin.stores.borrow();
    block_on(stores.values().next().unwrap().keys(area)).unwrap().len()
}

fn notes(desk: &mut Desk, chart: ChartId, count: u32) {
    for n in 0..count {
        let note = Fact::Note(Note {
            at: at("2026-11-20T08:30:00-05:00"),
            text: format!("Note {n}"),
            discuss: false,
        });
        desk.save(record(chart, vec![note])).unwrap();
    }
}

#[test]
fn many_saves_become_few_stored_parts_while_idle_and_nothing_shown_changes() {
    let mut desk = Desk::new(40);
    let opened = desk.create(Kind::Real);
    assert_eq!(rest(&mut desk), 0, "a new registry has nothing to tidy");
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    notes(&mut desk, chart, 70);
    let (shown, before) = (desk.patient(chart).timeline.len(), parts(&desk, Area::Segments));
    assert!(before > 64);
    assert!(rest(&mut desk) > 0);
    assert!(parts(&desk, Area::Segments) < 10);
    assert_eq!(desk.patient(chart).timeline.len(), shown);

    // The head has moved on; the next answer told the window, so that a restart raises no alarm.
    desk.core = Core::new(desk.twin.clone());
    desk.unlock(opened.registry, KEY).unwrap();
    assert_eq!(desk.patient(chart).timeline.len(), shown);
    assert_eq!(rest(&mut desk), 0);
}

#[test]
fn a_request_that_waits_ends_it_with_nothing_half_done() {
    let mut desk = Desk::new(41);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    notes(&mut desk, chart, 70);
    let before = parts(&desk, Area::Segments);
    for patience in 0..60_u32 {
        let left = Cell::new(patience);
        let go_on = || left.replace(left.get().saturating_sub(1)) > 0;
        assert_eq!(block_on(desk.core.rest(&go_on)), Rest::Done);
        assert_eq!(parts(&desk, Area::Segments), before);
    }
    notes(&mut desk, chart, 1);
    assert!(rest(&mut desk) > 0);
}

#[test]
fn flowsheets_that_were_folded_anew_are_kept_for_the_next_start() {
    let mut desk = Desk::new(42);
    let opened = desk.create(Kind::Training);
    let zone = |zone: &str| {
        let clinic = Clinic {
            zone: zone.parse().unwrap(),
            ..new_registry(Kind::Training).clinic
        };
        Intent::Office(vec![Fact::Clinic(clinic)])
    };
    desk.save(zone("America/Los_Angeles")).unwrap();
    assert!(rest(&mut desk) > 0, "another zone makes every page anew");
    let before = desk.today();
    desk.core = Core::new(desk.twin.clone());
    desk.unlock(opened.registry, KEY).unwrap();
    assert_eq!(desk.today().items, before.items);
    assert_eq!(rest(&mut desk), 0, "all pages were read as they are");
}

fn findings(desk: &mut Desk, request: Request) -> FindingsView {
    match desk.ask(request).unwrap() {
        Response::Findings(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cant_be_read_is_named_with_its_patients_kept_and_saved_as_a_file() {
    let mut desk = Desk::new(43);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    desk.save(Intent::Register(newcomer("Ada", "Fern"))).unwrap();
    notes(&mut desk, chart, 3);
    assert_eq!(findings(&mut desk, Request::CheckAll).rows, []);

    let store = desk.twin.stores.borrow().values().next().unwrap().clone();
    let (key, good) = block_on(store.all(Area::Segments)).unwrap().pop().unwrap();
    let bad = good[..good.len() / 2].to_vec();
    let put = caseload::store::Transaction::new(caseload::store::Expect::Anything);
    block_on(store.commit(&put.put(Area::Segments, key.clone(), bad.clone()))).unwrap();
    assert_eq!(
        findings(&mut desk, Request::Findings).rows,
        [],
        "a look at keys doesn't read it"
    );
    let checked = findings(&mut desk, Request::CheckAll);
    assert_eq!(checked.checked, 3, "two patients and the clinic");
    let [row] = checked.rows.as_slice() else {
        panic!("{:?}", checked.rows)
    };
    assert_eq!((row.key.as_str(), row.size), (key.as_str(), Some(bad.len() as u64)));
    assert_eq!(row.patients, ["Ito, Jun"]);
    assert_eq!(findings(&mut desk, Request::Findings).rows.len(), 1, "it stays named");

    assert!(matches!(desk.ask(Request::Unreadable), Ok(Response::File { .. })));
    let file = String::from_utf8(desk.file.take().unwrap()).unwrap();
    let hex: String = bad.iter().map(|b| format!("{b:02x}")).collect();
    assert!(file.contains(&hex) && file.contains(key.as_str()) && !file.contains("Ito"));
    assert_eq!(
        block_on(store.get(Area::Segments, &key)).unwrap(),
        Some(bad),
        "it is kept as it is"
    );
    assert_eq!(desk.patient(chart).registration.family, "Ito", "the rest is shown");
}

#[test]
fn what_a_backup_holds_it_still_holds_after_compaction() {
    let mut desk = Desk::new(44);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    notes(&mut desk, chart, 70);
    super::handoffs::export(&mut desk);
    desk.ask(Request::BackedUp).unwrap();
    assert_eq!(desk.storage().unsaved, 0);
    assert!(rest(&mut desk) > 0);
    let after = desk.storage();
    assert_eq!((after.unsaved, after.unsaved_since), (0, None));
    let generation = desk.twin.stores.borrow().values().next().unwrap().clone();
    let generation = block_on(caseload::store::peek_generation(&generation))
        .unwrap()
        .unwrap();
    let told = format!("\"generation\":{}", generation.0);
    assert!(
        desk.canaries.iter().any(|(_, text)| text.contains(&told)),
        "the window was told of the new head"
    );
}
