//! What is held back, from the save that marks it to the file and the texts that leave it out.

use caseload::journal::{EntryId, ThingId};

use super::*;

pub(super) fn mark(desk: &mut Desk, chart: ChartId, entry: EntryId) {
    let mark = Mark {
        entry,
        why: Protection::Part2,
        state: MarkState::Set {
            note: Some("from the program".to_owned()),
        },
    };
    desk.save(record(chart, vec![mark.into()])).unwrap();
}

fn write(desk: &mut Desk, chart: ChartId, fact: impl Into<Fact>) -> EntryId {
    desk.save(record(chart, vec![fact.into()])).unwrap().entries[0]
}

fn file_of(desk: &mut Desk, chart: ChartId) -> String {
    desk.ask(Request::Export(Scope::Charts(vec![chart], Vec::new())))
        .unwrap();
    String::from_utf8(desk.file.take().unwrap()).unwrap()
}

fn medicine(name: &str, dose: &str) -> Medication {
    Medication {
        dose: Some(dose.to_owned()),
        from: Some(day("2026-11-01")),
        ..Medication::named(ThingId::from_random([3; 16]), name.to_owned())
    }
}

fn marks_of(desk: &mut Desk, chart: ChartId, line: &str) -> Vec<Protection> {
    let rows = desk.patient(chart).timeline;
    let says = |row: &TimelineRow| row.line.contains(line) || row.more.as_ref().is_some_and(|more| more.contains(line));
    let row = rows.into_iter().find(says);
    row.unwrap_or_else(|| panic!("no line with {line}")).marks
}

#[test]
fn what_remains_of_a_held_medicine_stays_held_back_when_the_marked_version_was_made_in_error() {
    let mut desk = Desk::new(90);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    write(&mut desk, chart, medicine("buprenorphine", "4 mg"));
    let second = write(&mut desk, chart, medicine("buprenorphine", "8 mg"));
    mark(&mut desk, chart, second);
    let void = |entries| Intent::Void {
        chart,
        entries,
        reason: "wrong dose".to_owned(),
    };
    desk.save(void(vec![second])).unwrap();
    assert_eq!(marks_of(&mut desk, chart, "buprenorphine"), [Protection::Part2]);
    assert!(!file_of(&mut desk, chart).contains("buprenorphine"));
    // A save that wrote version and mark is undone as a whole: nothing new is held back.
    let other = desk.save(Intent::Register(newcomer("Ana", "Reyes"))).unwrap().chart;
    write(&mut desk, other, medicine("sertraline", "50 mg"));
    let third = write(&mut desk, other, medicine("sertraline", "100 mg"));
    let set = Mark {
        entry: third,
        why: Protection::Part2,
        state: MarkState::Set { note: None },
    };
    let set = write(&mut desk, other, set);
    desk.save(Intent::Void {
        chart: other,
        entries: vec![third, set],
        reason: "undone".to_owned(),
    })
    .unwrap();
    assert!(marks_of(&mut desk, other, "sertraline").is_empty());
}

#[test]
fn an_entry_that_moves_to_the_right_patient_takes_its_marks_along() {
    let mut desk = Desk::new(91);
    desk.create(Kind::Real);
    let from = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let to = desk.save(Intent::Register(newcomer("Ana", "Reyes"))).unwrap().chart;
    let entry = write(
        &mut desk,
        from,
        Note {
            at: at("2026-11-20"),
            text: "methadone clinic since May".to_owned(),
            discuss: false,
        },
    );
    mark(&mut desk, from, entry);
    desk.save(Intent::Move { from, to, entry }).unwrap();
    assert_eq!(marks_of(&mut desk, to, "methadone"), [Protection::Part2]);
    for chart in [from, to] {
        assert!(!file_of(&mut desk, chart).contains("methadone"));
    }
    let whole = match desk.ask(Request::Export(Scope::All)) {
        Ok(_) => String::from_utf8(desk.file.take().unwrap()).unwrap(),
        Err(why) => panic!("{why}"),
    };
    assert_eq!(whole.matches("from the program").count(), 2, "its note goes along");
}

#[test]
fn neither_the_end_nor_the_plan_is_filled_in_with_what_is_held_back() {
    let mut desk = Desk::new(92);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let kept = write(&mut desk, chart, medicine("buprenorphine", "4 mg"));
    let free = Medication::named(ThingId::from_random([4; 16]), "sertraline".to_owned());
    write(&mut desk, chart, free);
    let filled_in = |desk: &mut Desk| match desk.ask(Request::Closing(chart)) {
        Ok(Response::Closing(view)) => (view.medicines, view.known.medications),
        other => panic!("{other:?}"),
    };
    let (goes_on, plan) = filled_in(&mut desk);
    assert_eq!(goes_on, ["buprenorphine 4 mg", "sertraline"]);
    assert_eq!(plan, "buprenorphine 4 mg\nsertraline");
    mark(&mut desk, chart, kept);
    let (goes_on, plan) = filled_in(&mut desk);
    assert_eq!(
        (goes_on, plan),
        (vec!["sertraline".to_owned()], "sertraline".to_owned())
    );
}
