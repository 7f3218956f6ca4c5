//! Two tabs of one registry: two cores over the same stores.

use super::*;

/// A registry with one patient, open in two tabs: the first writes, the second reads.
fn two_tabs(seed: u64) -> (Desk, Desk, ChartId) {
    let mut first = Desk::new(seed);
    let opened = first.create(Kind::Real);
    stand(&mut first, Standing::Writing);
    let chart = register(&mut first, "Ana").unwrap().chart;
    let mut second = first.beside(seed + 100);
    second.unlock(opened.registry, KEY).unwrap();
    stand(&mut second, Standing::Following);
    (first, second, chart)
}

impl Desk {
    /// Another tab of the same browser: its own core over the same stores and the same local storage.
    pub(super) fn beside(&self, seed: u64) -> Desk {
        let twin = Twin {
            stores: Rc::clone(&self.twin.stores),
            next: Rc::new(RefCell::new(seed << 32)),
            ..Twin::default()
        };
        Desk {
            core: Core::new(twin.clone()),
            twin,
            now: self.now,
            canaries: self.canaries.clone(),
            file: None,
            asked: 0,
        }
    }
    fn opened(&mut self, request: Request) -> Opened {
        match self.ask(request) {
            Ok(Response::Opened(opened)) => *opened,
            other => panic!("not opened: {other:?}"),
        }
    }
    fn put_draft(&mut self, json: &str) {
        let (key, json) = ("contact/1".to_owned(), json.to_owned());
        self.ask(Request::PutDraft { key, json }).unwrap();
    }
    fn draft(&mut self) -> Option<String> {
        match self.ask(Request::Draft("contact/1".to_owned())) {
            Ok(Response::Draft(draft)) => draft,
            other => panic!("no draft: {other:?}"),
        }
    }
    fn drop_draft(&mut self) {
        self.ask(Request::DropDraft("contact/1".to_owned())).unwrap();
    }
}

fn stand(desk: &mut Desk, standing: Standing) -> Opened {
    desk.opened(Request::Stand(standing))
}

fn register(desk: &mut Desk, given: &str) -> Result<Saved, Failure> {
    desk.save(Intent::Register(newcomer(given, "Tab")))
}

fn note(chart: ChartId) -> Intent {
    Intent::Contact(call(chart, at("2026-11-20T08:30:00-05:00"), Vec::new()))
}

#[test]
fn a_tab_that_follows_refuses_every_request_that_writes_and_answers_the_rest() {
    let (_first, mut second, chart) = two_tabs(70);
    let writes = [
        Request::Do(note(chart).into()),
        Request::PublishImport,
        Request::PublishHandoff,
        Request::UndoImport,
        Request::RenewSheet {
            slot: String::new(),
            key: Secret(KEY.to_owned()),
        },
    ];
    for request in writes {
        let name = format!("{request:?}");
        assert!(matches!(second.ask(request), Err(Failure::ReadOnly)), "{name}");
    }
    assert_eq!(second.caseload(CaseloadTab::Referred).rows.len(), 1);
    assert_eq!(second.patient(chart).chart, chart);
    assert!(second.ask(Request::Export(Scope::All)).is_ok());
}

#[test]
fn a_refresh_brings_what_the_other_tab_saved() {
    let (mut first, mut second, chart) = two_tabs(71);
    let saved = first.save(note(chart)).unwrap();
    register(&mut first, "Ben").unwrap();
    let opened = second.opened(Request::Refresh);
    assert_eq!((opened.patients, opened.generation), (2, saved.generation + 1));
    assert_eq!(second.caseload(CaseloadTab::Referred).rows.len(), 2);
    assert_eq!(second.patient(chart).chart, chart);
}

#[test]
fn a_record_is_read_as_it_is_now_also_before_the_tab_was_told() {
    let (mut first, mut second, chart) = two_tabs(72);
    let before = second.patient(chart).timeline.len();
    first.save(note(chart)).unwrap();
    assert!(second.patient(chart).timeline.len() > before);
}

#[test]
fn a_tab_that_takes_over_writes_on_top_of_what_the_other_wrote() {
    let (mut first, mut second, chart) = two_tabs(73);
    let saved = first.save(note(chart)).unwrap();
    let opened = stand(&mut second, Standing::TookOver);
    assert_eq!(opened.generation, saved.generation);
    stand(&mut first, Standing::Following);
    assert_eq!(register(&mut second, "Cem").unwrap().generation, saved.generation + 1);
    assert!(matches!(register(&mut first, "Dan"), Err(Failure::ReadOnly)));
}

#[test]
fn without_locks_both_tabs_write_and_the_head_keeps_both() {
    let (mut first, mut second, _) = two_tabs(74);
    stand(&mut first, Standing::Unguarded);
    stand(&mut second, Standing::Unguarded);
    register(&mut first, "Eva").unwrap();
    register(&mut second, "Fay").unwrap();
    first.opened(Request::Refresh);
    assert_eq!(first.caseload(CaseloadTab::Referred).rows.len(), 3);
}

#[test]
fn a_following_tab_keeps_its_drafts_beside_those_of_the_writing_tab() {
    let (mut first, mut second, _) = two_tabs(75);
    first.put_draft("first");
    assert_eq!(second.draft().as_deref(), Some("first"), "it reads everything");
    second.put_draft("second");
    assert_eq!(first.draft().as_deref(), Some("first"));
    assert_eq!(second.draft().as_deref(), Some("second"));

    // It stays there when the tab becomes the one that writes, and dropping it leaves the other alone.
    stand(&mut second, Standing::TookOver);
    second.put_draft("second, more");
    second.drop_draft();
    assert_eq!(first.draft().as_deref(), Some("first"));
}

#[test]
fn a_draft_of_a_following_tab_is_found_by_the_next_unlock() {
    let (first, mut second, _) = two_tabs(76);
    second.put_draft("kept");
    let registry = second.opened(Request::Refresh).registry;
    second.ask(Request::Lock).unwrap();
    drop(first);
    second.unlock(registry, KEY).unwrap();
    stand(&mut second, Standing::Writing);
    assert_eq!(second.draft().as_deref(), Some("kept"));
    second.drop_draft();
    assert_eq!(second.draft(), None);
}

#[test]
fn a_following_tab_leaves_local_storage_as_the_writing_tab_has_it() {
    let (mut first, mut second, _) = two_tabs(77);
    register(&mut first, "Gus").unwrap();
    let written = first.canaries.clone();
    second.canaries = written.clone();
    // Asked before it has read on, and after.
    second.today();
    assert_eq!(second.canaries, written);
    second.opened(Request::Refresh);
    stand(&mut second, Standing::Following);
    assert_eq!(second.canaries, written);
}

#[test]
fn a_backup_that_one_tab_saved_is_known_to_the_other_and_outlives_its_saves() {
    let (mut first, mut second, _) = two_tabs(78);
    second.ask(Request::Export(Scope::All)).unwrap();
    second.ask(Request::BackedUp).unwrap();
    first.canaries = second.canaries.clone();
    register(&mut first, "Hal").unwrap();
    match first.ask(Request::Storage) {
        Ok(Response::Storage(view)) => assert_eq!((view.last_backup, view.unsaved), (Some(day("2026-11-20")), 1)),
        other => panic!("{other:?}"),
    }
}
