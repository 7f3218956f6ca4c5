//! What is said of a record that is out, and when it is late, by table.

use caseload::care::coverage::{Standing, due_until, mark, safety, standing};
use caseload::care::{Kind, Rule, item_of};
use caseload::flowsheet::{OutLine, StatusLine};
use caseload::journal::ThingId;

use super::build::*;

fn line() -> OutLine {
    OutLine {
        coverage: ThingId::from_random([7; 16]),
        by: person(2),
        of: Some(person(1)),
        from: day("11-24"),
        until: day("12-05"),
        back: None,
    }
}

fn out(patient: Patient) -> Patient {
    patient.with(|sheet| sheet.out.push(line()))
}

fn marks(sheet: &Patient, moment: &str) -> [Option<String>; 2] {
    let today = at(moment, |at| at.today);
    let name = |who| {
        if who == person(1) {
            "A. Lind".to_owned()
        } else {
            "B. Sato".to_owned()
        }
    };
    [1, 2].map(|me| mark(&sheet.sheet, person(me), today, name))
}

#[test]
fn both_copies_say_where_the_record_is_on_the_first_day_the_last_day_and_the_day_after() {
    let sheet = out(Patient::active(1, "09-01"));
    let with = "with B. Sato since Tue 24 Nov, not merged back";
    for (moment, home, covering) in [
        // A minute before midnight in the clinic's zone it is the day before, whatever the day in another zone.
        (
            "11-23 23:59",
            "goes to B. Sato on Tue 24 Nov",
            "you cover for A. Lind from Tue 24 Nov until Sat 5 Dec",
        ),
        ("11-24 00:00", with, "covering for A. Lind until Sat 5 Dec"),
        ("12-05 23:59", with, "covering for A. Lind until Sat 5 Dec"),
        (
            "12-06 00:00",
            with,
            "covered for A. Lind until Sat 5 Dec, not handed back",
        ),
    ] {
        assert_eq!(
            marks(&sheet, moment),
            [Some(home.to_owned()), Some(covering.to_owned())],
            "{moment}"
        );
    }
    let back = sheet.with(|sheet| sheet.out[0].back = Some(day("12-06")));
    assert_eq!(marks(&back, "12-06"), [None, None]);
}

#[test]
fn a_record_that_is_not_back_is_late_from_the_day_after_the_last_one_whatever_its_status() {
    let closed = Patient::active(2, "06-01").status(
        "10-01",
        StatusLine::Closed(caseload::journal::facts::CloseReason::GoalsMet),
    );
    for sheet in [out(Patient::active(1, "09-01")), out(closed), out(Patient::new(3))] {
        check(&sheet, Rule::NotMergedBack, "11-24", "quiet until 12-06");
        check(&sheet, Rule::NotMergedBack, "12-05 23:59", "quiet until 12-06");
        let found = clock(&sheet, Rule::NotMergedBack, "12-06 00:00").unwrap();
        assert_eq!((found.kind, found.late_days()), (Some(Kind::Overdue), 1));
        assert_eq!(found.sentence(), "coverage ended Sat 5 Dec, not merged back");
        assert_eq!(
            found.clears_sentence(),
            "the file handed back is merged, or you say under Send how else the record came back"
        );
        let back = sheet.with(|sheet| sheet.out[0].back = Some(day("12-06")));
        check(&back, Rule::NotMergedBack, "12-20", "not running");
    }
}

#[test]
fn an_open_concern_comes_before_a_record_that_is_late() {
    let sheet = out(Patient::active(1, "09-01").concern("11-20", 2));
    let item = at("12-10", |at| item_of(&sheet.sheet, at)).unwrap();
    assert_eq!(item.kind(), Kind::Safety);
    assert!(item.others.iter().any(|clock| clock.rule == Rule::NotMergedBack));
}

#[test]
fn the_first_and_the_last_day_are_days_of_the_coverage() {
    for (on, expected) in [
        ("11-23", Standing::Ahead),
        ("11-24", Standing::Out),
        ("12-05", Standing::Out),
        ("12-06", Standing::Late),
    ] {
        assert_eq!(standing(&line(), day(on)), expected, "{on}");
    }
}

#[test]
fn the_cover_sheet_lists_what_falls_due_by_the_last_day_and_every_safety_item_apart() {
    let sheet = Patient::active(1, "09-01").task("12-05", None).concern("11-19", 2);
    let due = |until| at("11-20", |at| due_until(&sheet.sheet, day(until), at));
    let tasks = |until| {
        due(until)
            .into_iter()
            .filter(|(_, words)| words.contains("task"))
            .count()
    };
    assert_eq!((tasks("12-04"), tasks("12-05")), (0, 1));
    let items = at("11-20", |at| safety(&sheet.sheet, at));
    assert_eq!(items.len(), 1, "{items:?}");
    assert!(due("12-05").iter().all(|(_, words)| *words != items[0]));
}
