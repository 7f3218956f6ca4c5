//! Long work shows how far it is, and can be given up with nothing half done.

use std::cell::{Cell, OnceCell};

use caseload::store::{Area, Key, Store};

use super::handoffs::export;
use super::imports::{planning, publish, sheets};
use super::*;

/// What is done while work pauses: it is looked at, and given up at the pause of this number.
#[derive(Default)]
struct Watch {
    progress: OnceCell<Progress>,
    cancel_at: Cell<Option<usize>>,
    seen: RefCell<Vec<Work>>,
}

impl Watch {
    fn pause(&self) {
        let progress = self.progress.get().unwrap();
        let work = match progress.answer(u32::MAX - 1, &Request::Progress) {
            Some(Response::Progress(work)) => work.unwrap(),
            other => panic!("{other:?}"),
        };
        self.seen.borrow_mut().push(work);
        if self.cancel_at.get() == Some(self.seen.borrow().len() - 1) {
            progress.answer(u32::MAX, &Request::Cancel);
        }
    }
    /// Watches anew; work is given up at the pause of this number.
    fn begin(&self, cancel_at: Option<usize>) {
        self.cancel_at.set(cancel_at);
        self.seen.borrow_mut().clear();
        // Whatever was cancelled before: a cancellation names the requests before its own.
        self.progress.get().unwrap().answer(0, &Request::Cancel);
    }
}

fn watched(seed: u64) -> (Desk, Rc<Watch>) {
    let watch = Rc::new(Watch::default());
    let looking = Rc::clone(&watch);
    let progress = Progress::new(move || {
        looking.pause();
        Box::pin(std::future::ready(()))
    });
    watch.progress.set(progress.clone()).ok().unwrap();
    let mut desk = Desk::new(seed);
    desk.twin.progress = progress;
    desk.core = Core::new(desk.twin.clone());
    (desk, watch)
}

type Records = Vec<(Key, Vec<u8>)>;

/// Everything that is stored of the only registry.
fn stored(desk: &Desk) -> Vec<(Area, Records)> {
    let stores = desk.twin.stores.borrow();
    let store = stores.values().next().unwrap();
    let of = |area| (area, block_on(store.all(area)).unwrap());
    Area::ALL.into_iter().map(of).collect()
}

/// A file of a caseload of some hundred patients, made by importing a sheet elsewhere.
fn large_file(patients: usize) -> Vec<u8> {
    let mut desk = Desk::new(90);
    desk.create(Kind::Real);
    desk.ask_with(planning(1), vec![large_sheet(patients)]).unwrap();
    publish(&mut desk);
    export(&mut desk)
}

fn large_sheet(patients: usize) -> Vec<u8> {
    let mut sheet = "MRN,Last Name,First Name,DOB,Status,Enrolled,Last PHQ9,PHQ9 Date\n".to_owned();
    for n in 0..patients {
        sheet.push_str(&format!(
            "{},Aspen{n},Wren,1980-02-03,Active,2026-09-01,12,2026-11-02\n",
            300_000 + n
        ));
    }
    sheet.into_bytes()
}

#[test]
fn a_merge_that_is_cancelled_anywhere_leaves_everything_as_it_was_and_can_be_done_again() {
    let file = large_file(300);
    let (mut desk, watch) = watched(30);
    desk.create(Kind::Real);
    desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap();
    let before = stored(&desk);
    let open = |desk: &mut Desk| desk.ask_with(Request::OpenHandoff, vec![file.clone()]);

    watch.begin(None);
    open(&mut desk).unwrap();
    let to_read = watch.seen.borrow().len();
    assert!(to_read > 4, "reading and comparing pause: {to_read}");
    for at in 0..to_read {
        watch.begin(Some(at));
        assert_eq!(open(&mut desk).unwrap_err(), Failure::Cancelled, "at pause {at}");
        assert_eq!(desk.ask(Request::PublishHandoff).unwrap_err(), Failure::Nothing);
        assert_eq!(stored(&desk), before);
    }
    for at in 0..4 {
        watch.begin(None);
        open(&mut desk).unwrap();
        watch.begin(Some(at));
        let merged = desk.ask(Request::PublishHandoff);
        assert_eq!(merged.unwrap_err(), Failure::Cancelled, "at pause {at}");
        assert_eq!(stored(&desk), before, "at pause {at}");
    }
    watch.begin(None);
    open(&mut desk).unwrap();
    watch.begin(None);
    let Response::Published(published) = desk.ask(Request::PublishHandoff).unwrap() else {
        panic!("not published");
    };
    assert_eq!(published.new_patients, 300);
    let seen = watch.seen.borrow();
    assert_eq!((seen[0].stage, seen[0].done, seen[0].total), (Stage::Writing, 0, 300));
    assert!(seen.windows(2).all(|two| two[0].done < two[1].done), "{seen:?}");
    assert_eq!(seen.last().unwrap().done, 300);
}

#[test]
fn reading_and_planning_sheets_count_their_rows_and_can_be_cancelled() {
    let (mut desk, watch) = watched(31);
    desk.create(Kind::Real);
    let before = stored(&desk);
    watch.begin(None);
    desk.ask_with(planning(1), vec![large_sheet(500)]).unwrap();
    let seen = watch.seen.borrow().clone();
    let rows: Vec<u64> = seen
        .iter()
        .filter(|w| w.stage == Stage::Planning)
        .map(|w| w.done)
        .collect();
    assert!(rows.len() > 4 && rows.is_sorted(), "{rows:?}");
    for at in 0..seen.len() {
        watch.begin(Some(at));
        let planned = desk.ask_with(planning(1), vec![large_sheet(500)]);
        assert_eq!(planned.unwrap_err(), Failure::Cancelled);
        assert_eq!(stored(&desk), before);
    }
    watch.begin(None);
    desk.ask_with(planning(2), sheets()).unwrap();
    assert!(publish(&mut desk).new_patients > 0);
}

#[test]
fn joining_that_is_cancelled_leaves_no_registry() {
    let file = large_file(300);
    let (mut desk, watch) = watched(32);
    let mut cancelled = 0;
    for at in 0.. {
        watch.begin(Some(at));
        match desk.ask_with(Request::Join(new_registry(Kind::Real)), vec![file.clone()]) {
            Err(failure) => assert_eq!(failure, Failure::Cancelled),
            Ok(_) => break,
        }
        cancelled += 1;
        assert!(desk.twin.stores.borrow().is_empty(), "at pause {at}");
        assert!(matches!(desk.ask(Request::Settings), Err(Failure::Locked)));
    }
    assert!(cancelled > 4);
    assert_eq!(desk.caseload(CaseloadTab::Active).rows.len(), 300);
}

#[test]
fn a_cancellation_ends_what_was_asked_before_it_and_nothing_later() {
    let (mut desk, watch) = watched(33);
    desk.create(Kind::Real);
    let progress = watch.progress.get().unwrap().clone();
    assert!(matches!(
        progress.answer(desk.asked + 1, &Request::Cancel),
        Some(Response::Progress(None))
    ));
    desk.ask_with(planning(2), sheets()).unwrap();
    // The next request was sent before this cancellation, and waits for its turn.
    progress.answer(desk.asked + 2, &Request::Cancel);
    assert_eq!(desk.ask(Request::PublishImport).unwrap_err(), Failure::Cancelled);
    assert!(progress.answer(1, &Request::Settings).is_none());
    assert_eq!(progress.work(), None);
}

#[test]
fn cancelling_says_that_nothing_was_changed() {
    assert_eq!(Failure::Cancelled.to_string(), "Cancelled. Nothing was changed.");
    for stage in [
        Stage::Reading,
        Stage::Planning,
        Stage::Comparing,
        Stage::Writing,
        Stage::Checking,
    ] {
        assert!(stage.can_be_cancelled());
    }
    assert!(!Stage::Publishing.can_be_cancelled() && !Stage::Folding.can_be_cancelled());
}
