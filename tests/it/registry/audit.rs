//! Who wrote what, when, and what it replaced: of a record and of a day.

use super::erasing::{ask as erase, ledger};
use super::handoffs::{export, join, receive};
use super::*;
use caseload::exchange::csv_out::safe_cell;

fn of(of: AuditOf) -> AuditAsk {
    AuditAsk {
        of,
        by: None,
        kind: None,
        patients_only: false,
        order: AuditOrder::Written,
        most: 500,
    }
}

fn audit(desk: &mut Desk, ask: AuditAsk) -> AuditView {
    match ledger(desk, LedgerAsk::Audit(ask)).unwrap() {
        LedgerView::Audit(view) => view,
        other => panic!("{other:?}"),
    }
}

fn note(text: &str) -> Fact {
    Fact::Note(Note {
        at: at("2026-11-19T15:00:00-05:00"),
        text: text.to_owned(),
        discuss: false,
    })
}

fn lines(view: &AuditView) -> Vec<&str> {
    view.rows.iter().map(|row| row.line.as_str()).collect()
}

#[test]
fn every_entry_of_a_record_is_there_with_what_became_of_it_and_what_it_replaced() {
    let mut desk = Desk::new(400);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let first = desk.save(record(chart, vec![note("walks every day")])).unwrap().entries[0];
    let wrong = desk
        .save(record(chart, vec![note("another patient\u{2019}s")]))
        .unwrap()
        .entries[0];
    let fact = note("walks every other day");
    let reason = Some("misheard".to_owned());
    desk.save(Intent::Correct {
        chart,
        entry: first,
        fact: Box::new(fact),
        reason,
    })
    .unwrap();
    let entries = vec![wrong];
    desk.save(Intent::Void {
        chart,
        entries,
        reason: "wrong patient".to_owned(),
    })
    .unwrap();

    let view = audit(&mut desk, of(AuditOf::Chart(chart)));
    assert_eq!(view.name.as_deref(), Some("Ito, Jun"));
    assert_eq!(
        (view.all as usize, view.listed as usize),
        (view.rows.len(), view.rows.len())
    );
    assert!(
        view.rows
            .iter()
            .all(|row| row.by == "R. Okoye" && row.chart == Some(chart))
    );
    assert!(lines(&view).contains(&"Registration"), "{:?}", lines(&view));
    let of_entry = |entry| view.rows.iter().find(|row| row.entry == entry).unwrap();
    let old = of_entry(first);
    assert_eq!(
        (old.line.as_str(), old.more.as_deref()),
        ("Note", Some("walks every day")),
        "as it was written"
    );
    assert!(
        old.marks[0].starts_with("corrected Fri 20 Nov") && old.marks[0].ends_with("by R. Okoye"),
        "{:?}",
        old.marks
    );
    assert!(of_entry(wrong).marks[0].starts_with("entered in error"));
    let [.., correction, error] = view.rows.as_slice() else {
        panic!()
    };
    assert_eq!(correction.line, "Corrected to: Note");
    assert_eq!(correction.more.as_deref(), Some("Why: misheard\nwalks every other day"));
    assert!(
        correction.before[0].ends_with("by R. Okoye: Note\nwalks every day"),
        "{:?}",
        correction.before
    );
    assert_eq!(
        (error.line.as_str(), error.more.as_deref()),
        ("Entered in error: Note", Some("wrong patient"))
    );

    let clinical = AuditAsk {
        order: AuditOrder::Clinical,
        ..of(AuditOf::Chart(chart))
    };
    let days: Vec<String> = audit(&mut desk, clinical)
        .rows
        .into_iter()
        .map(|row| row.about)
        .collect();
    assert!(days.iter().any(|day| day == "Thu 19 Nov"), "{days:?}");
    let first_of_20 = days.iter().position(|day| day == "Fri 20 Nov").unwrap();
    assert!(days[first_of_20..].iter().all(|day| day == "Fri 20 Nov"), "{days:?}");
}

#[test]
fn a_day_has_the_entries_of_all_records_and_of_the_registry_itself() {
    let mut desk = Desk::new(401);
    desk.create(Kind::Real);
    let jun = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let ana = desk.save(Intent::Register(newcomer("Ana", "Silva"))).unwrap().chart;
    let today = audit(&mut desk, of(AuditOf::Day(day("2026-11-20"))));
    assert!(today.rows.iter().any(|row| row.patient == "The registry itself"));
    assert_eq!(today.people.len(), 1);
    assert_eq!(today.people[0].2, today.all);
    let before = audit(&mut desk, of(AuditOf::Day(day("2026-11-19"))));
    assert_eq!((before.all, before.rows.len()), (0, 0));

    desk.now += 24 * 3_600_000;
    desk.save(record(ana, vec![note("=HYPERLINK(1)")])).unwrap();
    let next = audit(&mut desk, of(AuditOf::Day(day("2026-11-21"))));
    assert_eq!(lines(&next), ["Note"]);
    assert_eq!(next.rows[0].chart, Some(ana));
    assert_eq!(
        audit(&mut desk, of(AuditOf::Day(day("2026-11-20")))).all,
        today.all,
        "yesterday is as it was"
    );

    let filtered = AuditAsk {
        patients_only: true,
        kind: Some(TimelineKind::Record),
        ..of(AuditOf::Day(day("2026-11-20")))
    };
    let filtered = audit(&mut desk, filtered);
    assert!(filtered.listed < today.all && 0 < filtered.listed);
    assert!(
        filtered
            .rows
            .iter()
            .all(|row| row.chart == Some(jun) || row.chart == Some(ana))
    );
    let one = AuditAsk {
        most: 1,
        ..of(AuditOf::Day(day("2026-11-20")))
    };
    let one = audit(&mut desk, one);
    assert_eq!((one.rows.len(), one.listed), (1, today.all));

    let csv = LedgerAsk::AuditCsv(of(AuditOf::Day(day("2026-11-21"))));
    assert!(matches!(
        desk.ask(Request::Ledger(Box::new(csv))),
        Ok(Response::File { .. })
    ));
    let csv = String::from_utf8(desk.file.take().unwrap()).unwrap();
    assert!(
        csv.contains(&safe_cell("=HYPERLINK(1)")) && !csv.contains(",=HYPERLINK"),
        "{csv}"
    );
}

#[test]
fn what_came_by_a_file_says_that_its_author_is_claimed_and_the_day_says_which_file() {
    let mut one = Desk::new(402);
    one.create(Kind::Real);
    let chart = one.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let mut two = Desk::new(403);
    join(&mut two, export(&mut one));
    let theirs = two
        .save(record(chart, vec![note("seen in the other copy")]))
        .unwrap()
        .entries[0];
    receive(&mut one, export(&mut two));
    let own = one.save(record(chart, vec![note("seen here")])).unwrap().entries[0];
    let view = audit(&mut one, of(AuditOf::Chart(chart)));
    let marks = |entry| &view.rows.iter().find(|row| row.entry == entry).unwrap().marks;
    assert!(
        marks(theirs).iter().any(|mark| mark.contains("its author is claimed")),
        "{:?}",
        marks(theirs)
    );
    assert!(marks(own).is_empty(), "{:?}", marks(own));
    let today = audit(&mut one, of(AuditOf::Day(day("2026-11-20"))));
    assert!(
        today.files.iter().any(|file| file.contains("was merged")),
        "{:?}",
        today.files
    );
}

#[test]
fn an_erased_record_leaves_who_when_and_why_without_the_name() {
    let mut desk = Desk::new(404);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    ledger(&mut desk, LedgerAsk::Erase(erase(chart))).unwrap();
    let today = audit(&mut desk, of(AuditOf::Day(day("2026-11-20"))));
    let row = today
        .rows
        .iter()
        .find(|row| row.line == "Record erased for good")
        .unwrap();
    assert_eq!((row.patient.as_str(), row.chart), ("A record that was erased", None));
    assert!(row.more.as_deref().unwrap().starts_with("Asked for in writing"));
    assert!(!format!("{today:?}").contains("Ito"));
    assert!(ledger(&mut desk, LedgerAsk::Audit(of(AuditOf::Chart(chart)))).is_err());
}
