//! A month of a large clinic: closed, carried to another copy and back, with what came late. `make test-long` takes ten
//! thousand patients, `make test` as many as don't fit one entry.

use caseload::journal::Month;
use caseload::journal::facts::MonthPart;

use super::handoffs::{export, join, receive};
use super::imports::{planning, publish};
use super::months::{month, spent};
use super::*;

fn patients() -> usize {
    match std::env::var_os("CASELOAD_LONG") {
        Some(_) => 10_000,
        None => 800,
    }
}

fn october() -> Month {
    "2026-10".parse().unwrap()
}

/// A caseload with two contacts with minutes for each patient.
fn clinic(seed: u64) -> Desk {
    let mut caseload = "MRN,Last Name,First Name,DOB,Status,Enrolled\n".to_owned();
    let mut contacts = "MRN,Date,Contact Type,Minutes\n".to_owned();
    for n in 0..patients() {
        let mrn = 300_000 + n;
        caseload.push_str(&format!("{mrn},Aspen{n},Wren,1980-02-03,Active,2026-09-01\n"));
        contacts.push_str(&format!("{mrn},2026-10-05,Phone follow-up,{}\n", 20 + n % 60));
        contacts.push_str(&format!("{mrn},2026-10-19,Phone follow-up,25\n"));
    }
    let mut desk = Desk::new(seed);
    desk.create(Kind::Real);
    let files = vec![caseload.into_bytes(), contacts.into_bytes()];
    desk.ask_with(planning(2), files).unwrap();
    publish(&mut desk);
    desk
}

fn late(desk: &mut Desk) -> Vec<(ChartId, String)> {
    let view = month(desk, "2026-10");
    let rows = view.rows.into_iter();
    rows.filter_map(|row| row.chart.zip(row.late)).collect()
}

#[test]
fn a_month_of_more_patients_than_fit_one_entry_is_closed_read_back_after_a_merge_and_knows_what_came_late() {
    let mut one = clinic(151);
    let mut two = Desk::new(152);
    join(&mut two, export(&mut one));

    let before = month(&mut one, "2026-10");
    one.save(Intent::CloseMonth(october())).unwrap();
    let closed = month(&mut one, "2026-10");
    assert!(closed.closed_with.as_ref().unwrap().contains(&format!(
        "{} time entries of {} patients",
        2 * patients(),
        patients()
    )));
    let told = |view: &MonthView| {
        let rows = view.rows.iter().map(|row| (row.chart, row.minutes, row.units.clone()));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(told(&closed), told(&before));
    assert_eq!(late(&mut one), []);

    // The other copy didn't know of the closing: what it wrote before the merge is late all the same.
    let chart = before.rows[17].chart.unwrap();
    two.save(record(chart, vec![spent("2026-10-07", 30)])).unwrap();
    let file = export(&mut two);
    let from_one = export(&mut one);
    let header = String::from_utf8(from_one.clone()).unwrap();
    let largest = header
        .split("\"kind\":\"month_part\"")
        .skip(1)
        .map(|part| part.find("\"}}").unwrap());
    let sizes: Vec<usize> = largest.collect();
    assert!(
        sizes.len() == patients().div_ceil(4_000) && sizes.iter().all(|size| *size < 256 * 1024),
        "{sizes:?}"
    );
    receive(&mut two, from_one);
    receive(&mut one, file);
    for desk in [&mut one, &mut two] {
        let late = late(desk);
        assert_eq!(late.len(), 1);
        assert_eq!(late[0].0, chart);
        let minutes = before.rows[17].minutes;
        let says = format!("{} minutes count now, {minutes} did then", minutes + 30);
        assert!(late[0].1.contains(&says), "{}", late[0].1);
        let detail = match desk.ask(Request::MonthDetail(chart, october())).unwrap() {
            Response::MonthDetail(view) => *view,
            other => panic!("{other:?}"),
        };
        let marks: Vec<bool> = detail.lines.iter().map(|line| line.late).collect();
        assert_eq!(marks, [false, true, false]);
    }
}

#[test]
fn a_closing_of_which_a_part_is_not_here_tells_nothing_of_what_the_month_came_to() {
    let mut desk = Desk::new(153);
    let chart = super::months::ready(&mut desk);
    let snapshot = MonthSnapshot {
        as_of: day("2026-11-02"),
        rules: "1".into(),
        profile: "midpoint-g2214-30".into(),
        entries: 9,
        rows: Vec::new(),
        parts: vec![caseload::journal::ThingId::from_random([6; 16])],
    };
    let lock = MonthLock {
        month: october(),
        closed: true,
        reason: None,
        snapshot: Some(snapshot.clone()),
    };
    desk.save(Intent::Office(vec![Fact::MonthLock(lock)])).unwrap();
    let view = month(&mut desk, "2026-10");
    assert_eq!(
        (view.closed, view.closed_with, view.rows[0].late.clone()),
        (true, None, None)
    );
    assert_eq!(view.rows[0].minutes, 40, "as it stands now");
    // The part comes with a later merge.
    let row = format!("{chart}\t2400\t1\t99492\t00000000\t\n");
    let part = MonthPart {
        part: snapshot.parts[0],
        month: october(),
        rows: row,
    };
    desk.save(Intent::Office(vec![Fact::MonthPart(part.clone())])).unwrap();
    let view = month(&mut desk, "2026-10");
    assert!(view.closed_with.unwrap().contains("of 1 patients"));
    assert!(
        view.rows[0].late.is_some(),
        "the entry of then is not the one that is here"
    );
    let broken = MonthPart {
        rows: "no row".into(),
        ..part
    };
    assert!(
        refused(desk.save(Intent::Office(vec![Fact::MonthPart(broken)])))
            .to_string()
            .contains("can't be read")
    );
}
