//! What is new since somebody looked last, and what several tabs know of what was seen.

use super::handoffs::{export, join, receive};
use super::*;
use caseload::journal::PersonId;

const DAY: u64 = 86_400_000;

fn news(desk: &mut Desk, ask: NewsAsk) -> NewsView {
    match desk.ask(Request::News(Box::new(ask))).unwrap() {
        Response::News(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn list(desk: &mut Desk) -> Vec<NewsRow> {
    match news(desk, NewsAsk::List) {
        NewsView::List(rows) => rows,
        other => panic!("{other:?}"),
    }
}

fn of(desk: &mut Desk, chart: ChartId) -> ChartNews {
    match news(desk, NewsAsk::Of(chart)) {
        NewsView::Of(news) => news,
        other => panic!("{other:?}"),
    }
}

fn seen(desk: &mut Desk, chart: ChartId) {
    let through = of(desk, chart).through;
    assert_eq!(news(desk, NewsAsk::Seen { chart, through }), NewsView::Done);
}

fn today(desk: &mut Desk, opened: &[(ChartId, u64)], said: &[(ChartId, u64, &str)]) -> SeenToday {
    let mine = SeenToday {
        day: Some(day("2026-11-20")),
        opened: opened.to_vec(),
        acknowledged: said.iter().map(|(c, at, who)| (*c, *at, (*who).to_owned())).collect(),
    };
    match news(desk, NewsAsk::Today(mine)) {
        NewsView::Today(all) => all,
        other => panic!("{other:?}"),
    }
}

fn note(desk: &mut Desk, chart: ChartId, text: &str) {
    let note = Note {
        at: desk.at(),
        text: text.to_owned(),
        discuss: false,
    };
    let facts = vec![note.into()];
    desk.save(Intent::Record { chart, facts }).unwrap();
}

/// One's own registry with two patients, and a colleague's copy of it. Both have looked at everything there is.
fn two_copies(seed: u64) -> (Desk, Desk, ChartId, ChartId) {
    let mut here = Desk::new(seed);
    here.create(Kind::Real);
    let one = here.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let two = here.save(Intent::Register(newcomer("Ana", "Abel"))).unwrap().chart;
    assert_eq!(list(&mut here), []);
    let file = export(&mut here);
    let mut there = Desk::new(seed + 1);
    join(&mut there, file);
    there.now = here.now;
    (here, there, one, two)
}

#[test]
fn what_a_colleague_wrote_is_news_once_it_is_merged_and_until_it_was_seen() {
    let (mut here, mut there, one, two) = two_copies(600);
    // Written there before this was looked at here, and merged after it: what counts is when it came.
    note(&mut there, one, "Moved to a shelter.");
    here.now = there.now + 3 * DAY;
    let looked = of(&mut here, one);
    assert_eq!((looked.count, looked.words.as_str()), (0, ""));
    here.now += DAY;
    receive(&mut here, export(&mut there));
    let rows = list(&mut here);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].chart, rows[0].count), (one, 1));
    assert_eq!(rows[0].words, "1 new since Monday, by R. Okoye");
    assert!(rows[0].newest.contains("Moved to a shelter"), "{}", rows[0].newest);
    let news = of(&mut here, one);
    let row = here
        .patient(one)
        .timeline
        .into_iter()
        .find(|row| news.entries.contains(&row.entry));
    assert!(row.unwrap().more.unwrap().contains("Moved to a shelter"));
    // Looking alone is not seeing to the end.
    assert_eq!(list(&mut here).len(), 1);
    seen(&mut here, one);
    assert_eq!(list(&mut here), []);
    assert_eq!(of(&mut here, two).count, 0);
}

#[test]
fn ones_own_entries_minutes_and_an_imported_sheet_are_no_news() {
    let (mut here, mut there, one, _) = two_copies(610);
    note(&mut here, one, "My own.");
    assert_eq!(list(&mut here), []);
    there.now = here.now;
    let minutes = Time {
        start: there.at(),
        seconds: Seconds(240),
        activity: Activity::Outreach,
        bucket: Bucket::Cocm,
        by: PersonId::from_random([9; 16]),
        of: None,
        clocked: Clocked::Typed,
        mode: None,
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    };
    there
        .save(Intent::Record {
            chart: one,
            facts: vec![minutes.into()],
        })
        .unwrap();
    receive(&mut here, export(&mut there));
    assert_eq!(list(&mut here), []);
}

#[test]
fn a_patient_who_came_new_with_a_file_is_news_and_the_newest_comes_first() {
    let (mut here, mut there, one, two) = two_copies(620);
    note(&mut there, two, "Called back.");
    let file = export(&mut there);
    here.now = there.now;
    receive(&mut here, file);
    here.now += DAY;
    there.now = here.now;
    let added = there.save(Intent::Register(newcomer("Lee", "Moss"))).unwrap().chart;
    receive(&mut here, export(&mut there));
    let charts: Vec<ChartId> = list(&mut here).iter().map(|row| row.chart).collect();
    assert_eq!(charts, [added, two]);
    assert!(!charts.contains(&one));
}

#[test]
fn a_correction_and_an_entry_taken_back_by_another_are_news_of_the_line_that_they_change() {
    let (mut here, mut there, one, _) = two_copies(630);
    note(&mut here, one, "Sleeps well.");
    receive(&mut there, export(&mut here));
    there.now = here.now;
    let row = there
        .patient(one)
        .timeline
        .into_iter()
        .find(|row| matches!(row.fact, Fact::Note(_)));
    let entry = row.unwrap().entry;
    there
        .save(Intent::Void {
            chart: one,
            entries: vec![entry],
            reason: "Another patient's".to_owned(),
        })
        .unwrap();
    here.now = there.now;
    receive(&mut here, export(&mut there));
    let news = of(&mut here, one);
    assert_eq!(news.count, 1);
    assert!(news.lines[0].line.starts_with("Entered in error"), "{:?}", news.lines);
}

#[test]
fn what_was_looked_at_is_kept_over_a_lock_and_goes_into_no_file() {
    let (mut here, mut there, one, _) = two_copies(640);
    note(&mut there, one, "News.");
    here.now = there.now;
    receive(&mut here, export(&mut there));
    seen(&mut here, one);
    let file = String::from_utf8(export(&mut here)).unwrap();
    assert!(!file.contains("looks"));
    let registry = match here.ask(Request::Refresh).unwrap() {
        Response::Opened(opened) => opened.registry,
        other => panic!("{other:?}"),
    };
    here.ask(Request::Lock).unwrap();
    here.unlock(registry, KEY).unwrap();
    assert_eq!(list(&mut here), []);
}

#[test]
fn two_tabs_keep_what_each_of_them_saw() {
    let (mut first, mut there, one, two) = two_copies(650);
    note(&mut there, one, "About Jun.");
    note(&mut there, two, "About Ana.");
    first.now = there.now;
    receive(&mut first, export(&mut there));
    assert_eq!(list(&mut first).len(), 2);
    let registry = match first.ask(Request::Refresh).unwrap() {
        Response::Opened(opened) => opened.registry,
        other => panic!("{other:?}"),
    };
    let mut second = first.beside(750);
    second.unlock(registry, KEY).unwrap();
    second.ask(Request::Stand(Standing::Following)).unwrap();
    assert_eq!(list(&mut second).len(), 2);
    // Each sees another one, and neither takes the other's back.
    seen(&mut first, one);
    seen(&mut second, two);
    assert_eq!(list(&mut first), []);
    assert_eq!(list(&mut second), []);

    assert_eq!(today(&mut first, &[(one, 10)], &[]).opened, [(one, 10)]);
    let both = today(&mut second, &[(two, 20)], &[(one, 30, "R. Okoye")]);
    assert_eq!((both.opened.len(), both.acknowledged.len()), (2, 1));
    let both = today(&mut first, &[(one, 40)], &[]);
    assert!(
        both.opened.contains(&(one, 40)) && both.opened.contains(&(two, 20)),
        "{both:?}"
    );
    assert_eq!(both.acknowledged, [(one, 30, "R. Okoye".to_owned())]);
    // Also after both were closed.
    let mut third = first.beside(760);
    third.unlock(registry, KEY).unwrap();
    assert_eq!(today(&mut third, &[], &[]).opened.len(), 2);
    // A new day begins with nothing.
    third.now += DAY;
    let tomorrow = SeenToday {
        day: Some(day("2026-11-21")),
        ..SeenToday::default()
    };
    match news(&mut third, NewsAsk::Today(tomorrow)) {
        NewsView::Today(all) => assert_eq!((all.opened, all.acknowledged), (Vec::new(), Vec::new())),
        other => panic!("{other:?}"),
    }
}
