//! A clinic's sheets, from the files to the worklist.

use super::*;
use caseload::care::intent::TriageDecision;

pub(super) fn sheets() -> Vec<Vec<u8>> {
    ["caseload.csv", "contacts.csv"]
        .iter()
        .map(|name| std::fs::read(format!("{}/tests/data/e2e/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap())
        .collect()
}

/// Plans so many files: a caseload, and its contacts.
pub(super) fn planning(files: usize) -> Request {
    let names = ["caseload.csv", "contacts.csv"];
    Request::PlanImport {
        sheets: vec![None; files],
        names: names[..files].iter().map(|name| (*name).to_owned()).collect(),
        mappings: vec![None; files],
        people: BTreeMap::new(),
    }
}

fn plan(desk: &mut Desk) -> PlanView {
    match desk.ask_with(planning(2), sheets()).unwrap() {
        Response::Plan(view) => *view,
        other => panic!("{other:?}"),
    }
}

pub(super) fn publish(desk: &mut Desk) -> Published {
    match desk.ask(Request::PublishImport).unwrap() {
        Response::Published(published) => published,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_messy_spreadsheet_comes_in_by_one_transaction_and_again_changes_nothing() {
    let mut desk = Desk::new(8);
    desk.create(Kind::Real);
    let view = plan(&mut desk);
    assert!(view.missing.is_none(), "{:?}", view.missing);
    assert!(!view.rejected.is_empty() && !view.problems.is_empty());
    let published = publish(&mut desk);
    assert!(published.new_patients > 0 && published.untriaged > 0);
    let before = desk.today();

    let again = plan(&mut desk);
    assert_eq!(again.new, 0, "importing again finds everything here");
    assert!(again.known > 0);
    assert!(matches!(desk.ask(Request::PublishImport), Err(Failure::Nothing)));
    assert_eq!(desk.today().items, before.items);
}

#[test]
fn an_import_can_be_undone_and_comes_in_again() {
    let mut desk = Desk::new(9);
    desk.create(Kind::Real);
    plan(&mut desk);
    let first = publish(&mut desk);
    desk.ask(Request::UndoImport).unwrap();
    assert!(desk.today().items.is_empty());
    plan(&mut desk);
    let second = publish(&mut desk);
    assert_eq!(first.entries, second.entries);
}

/// Brings in two sheets of a few rows.
fn bring_in(n: u64, caseload: &str, contacts: &str) -> (Desk, PlanView) {
    let mut desk = Desk::new(n);
    desk.create(Kind::Real);
    let head = "MRN,Last Name,First Name,DOB,Tx Status,Flag,Date enrolled,Most recent contact,Item 9\n";
    let contacts_head = "MRN,Date,Contact type,Mode,Minutes,PHQ9,PHQ9 item 9\n";
    let files = [format!("{head}{caseload}"), format!("{contacts_head}{contacts}")];
    let plan = match desk
        .ask_with(planning(2), files.map(String::into_bytes).to_vec())
        .unwrap()
    {
        Response::Plan(view) => *view,
        other => panic!("{other:?}"),
    };
    publish(&mut desk);
    (desk, plan)
}

fn to_decide(desk: &mut Desk) -> Vec<TriageRow> {
    match desk.ask(Request::Triage).unwrap() {
        Response::Triage(view) => view.rows,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_decision_names_each_earlier_positive_answer_with_its_day_and_the_latest() {
    let (mut desk, _) = bring_in(
        12,
        "1,Abara,Iris,1970-01-02,Active,SAFETY,2/3/2025,11/10/2026,\n\
         2,Bell,Tom,1971-01-02,Active,SAFETY,2/3/2025,11/10/2026,\n\
         3,Cole,Ann,1972-01-02,Active,,2/3/2025,11/10/2026,\n\
         4,Dorn,Max,1973-01-02,Active,SAFETY,2/3/2025,11/10/2026,\n",
        "1,3/3/2025,Follow Up,Phone,30,14,2\n1,9/3/2026,Follow Up,Phone,30,12,1\n1,11/10/2026,Follow Up,Phone,30,9,0\n\
         2,3/3/2025,Follow Up,Phone,30,14,2\n2,11/10/2026,Follow Up,Phone,30,9,0\n\
         3,3/3/2025,Follow Up,Phone,30,26,\n3,9/3/2026,Follow Up,Phone,30,14,3\n3,11/10/2026,Follow Up,Phone,30,9,1\n\
         4,11/10/2026,Follow Up,Phone,30,9,0\n",
    );
    let rows = to_decide(&mut desk);
    let because = |name: &str| &rows.iter().find(|row| row.name.starts_with(name)).unwrap().because;
    for (name, beginning, end) in [
        (
            "Abara",
            "The sheet flags this patient for safety",
            "; earlier answers: item 9 of 2 on Mon 3 Mar 2025, item 9 of 1 on Thu 3 Sep; the latest is 0, on Tue 10 Nov",
        ),
        (
            "Bell",
            "The sheet flags this patient for safety",
            "; an earlier item 9 of 2 on Mon 3 Mar 2025; the latest is 0, on Tue 10 Nov",
        ),
        (
            "Cole",
            "The latest item 9 in the sheet, of Tue 10 Nov, is 1",
            "; earlier answers: item 9 of 3 on Thu 3 Sep, item 9 of at least 2 on Mon 3 Mar 2025 (by its total of 26)",
        ),
    ] {
        let because = because(name);
        assert!(because.starts_with(beginning) && because.ends_with(end), "{because}");
    }
    assert!(!because("Dorn").contains("earlier"), "{}", because("Dorn"));
    // Whoever opens the record reads the same.
    let chart = rows.iter().find(|row| row.name.starts_with("Bell")).unwrap().chart;
    let view = desk.patient(chart);
    assert_eq!(&view.concerns[0].because, because("Bell"));
}

#[test]
fn of_many_earlier_answers_a_decision_names_the_highest_and_the_most_recent() {
    let row = |month: u8, item9: u8| format!("1,{month}/3/2026,Follow Up,Phone,30,14,{item9}\n");
    let answers = [1, 3, 1, 1, 2, 1, 2, 1, 0];
    let contacts: String = (1..).zip(answers).map(|(month, item9)| row(month, item9)).collect();
    let (mut desk, _) = bring_in(14, "1,Abara,Iris,,Active,SAFETY,1/3/2026,9/3/2026,\n", &contacts);
    let because = &to_decide(&mut desk)[0].because;
    let end = "; earlier answers: item 9 of 3 on Tue 3 Feb, item 9 of 1 on Mon 3 Aug, item 9 of 2 on Fri 3 Jul, \
               item 9 of 1 on Wed 3 Jun, and 4 more since Sat 3 Jan; the latest is 0, on Thu 3 Sep";
    assert!(because.ends_with(end), "{because}");
}

#[test]
fn a_dry_run_names_whose_positive_answer_a_later_0_follows() {
    let caseload = "1,Abara,Iris,1970-01-02,Active,,2/3/2025,11/10/2026,\n\
                    2,Bell,Tom,1971-01-02,Active,SAFETY,2/3/2025,11/10/2026,\n\
                    3,Cole,Ann,1972-01-02,Active,,2/3/2025,11/10/2026,\n";
    let contacts = "1,3/3/2025,Follow Up,Phone,30,14,2\n1,11/10/2026,Follow Up,Phone,30,9,0\n\
                    2,3/3/2025,Follow Up,Phone,30,14,2\n2,11/10/2026,Follow Up,Phone,30,9,0\n\
                    3,11/10/2026,Follow Up,Phone,30,9,0\n";
    let (mut desk, plan) = bring_in(15, caseload, contacts);
    assert_eq!(plan.concerns, 1);
    assert_eq!(plan.concerns_with_earlier, 1);
    let named: Vec<_> = plan
        .earlier
        .iter()
        .map(|one| (one.name.as_str(), one.mrn.as_str(), one.said.as_str()))
        .collect();
    assert_eq!(named, [("Abara, Iris", "1", "2 on 3 Mar 2025; 0 on 10 Nov 2026")]);
    assert_eq!(to_decide(&mut desk).len(), 1, "it opens no concern");
}

#[test]
fn every_imported_concern_waits_for_a_named_decision() {
    let mut desk = Desk::new(10);
    desk.create(Kind::Real);
    plan(&mut desk);
    let published = publish(&mut desk);
    let rows = match desk.ask(Request::Triage).unwrap() {
        Response::Triage(view) => view.rows,
        other => panic!("{other:?}"),
    };
    assert_eq!(rows.len(), published.untriaged as usize);
    assert!(
        rows.iter().any(|r| r.status.starts_with("closed")),
        "a closed patient's positive answer is not forgotten"
    );
    let row = &rows[0];
    let decision = TriageDecision::DealtWith {
        note: String::new(),
        on: day("2026-11-20"),
    };
    let empty = Intent::Triage {
        chart: row.chart,
        concern: row.concern,
        decision,
        at: at("2026-11-20"),
    };
    assert!(matches!(refused(desk.save(empty)), Refusal::Field(_)));
    let note = "Seen by Dr. Okafor on Tuesday, safety plan made".to_owned();
    let decision = TriageDecision::DealtWith {
        note,
        on: day("2026-11-20"),
    };
    desk.save(Intent::Triage {
        chart: row.chart,
        concern: row.concern,
        decision,
        at: at("2026-11-20"),
    })
    .unwrap();
    match desk.ask(Request::Triage).unwrap() {
        Response::Triage(left) => assert_eq!((left.rows.len() + 1, left.decided), (rows.len(), 1)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_imported_concern_is_not_closed_by_a_word_nor_by_a_day_before_its_answer() {
    let mut desk = Desk::new(12);
    desk.create(Kind::Real);
    plan(&mut desk);
    publish(&mut desk);
    let rows = match desk.ask(Request::Triage).unwrap() {
        Response::Triage(view) => view.rows,
        other => panic!("{other:?}"),
    };
    let row = rows.iter().find(|row| row.day < day("2026-11-20")).unwrap();
    let mut decide = |decision| {
        desk.save(Intent::Triage {
            chart: row.chart,
            concern: row.concern,
            decision,
            at: at("2026-11-20"),
        })
    };
    let seen = || "Seen by the PCP, safety plan made".to_owned();
    for (note, on, word) in [
        ("x".to_owned(), row.day, "at least 10 characters"),
        (seen(), day("1890-01-01"), "before that day"),
        (seen(), row.day.plus(-1), "before that day"),
        (seen(), day("2026-11-21"), "future"),
    ] {
        let sentence = refused(decide(TriageDecision::DealtWith { note, on })).to_string();
        assert!(sentence.contains(word), "{sentence}");
    }
    let elsewhere = TriageDecision::CaredForElsewhere { by: "Dr. O".to_owned() };
    assert!(matches!(refused(decide(elsewhere)), Refusal::Field(_)));
    let on = row.day;
    decide(TriageDecision::DealtWith { note: seen(), on }).unwrap();
}

#[test]
fn imported_concerns_wait_in_the_order_of_their_answers_and_what_was_promised_is_on_today() {
    let mut desk = Desk::new(13);
    desk.create(Kind::Real);
    plan(&mut desk);
    publish(&mut desk);
    let rows = match desk.ask(Request::Triage).unwrap() {
        Response::Triage(view) => view.rows,
        other => panic!("{other:?}"),
    };
    let answers: Vec<bool> = rows.iter().map(|row| row.because.contains("item 9")).collect();
    assert!(
        answers.is_sorted_by(|a, b| a >= b),
        "answers before bare flags: {answers:?}"
    );
    assert!(rows.iter().all(|row| !row.about.is_empty()));
    let row = &rows[0];
    let decision = TriageDecision::ActToday {
        note: "call this morning".to_owned(),
    };
    desk.save(Intent::Triage {
        chart: row.chart,
        concern: row.concern,
        decision,
        at: at("2026-11-20T09:02:00-05:00"),
    })
    .unwrap();
    let promised = Some("Decided today 09:02: call this morning".to_owned());
    let today = desk.today();
    let item = today.items.iter().find(|item| item.chart == row.chart).unwrap();
    assert_eq!(item.decided, promised);
    assert_eq!(concern_of(&desk.patient(row.chart)).decided, promised);
}

#[test]
fn a_file_that_is_no_sheet_is_refused_in_one_sentence() {
    let mut desk = Desk::new(11);
    desk.create(Kind::Real);
    for bytes in [
        b"PK\x03\x04binary".to_vec(),
        vec![0, 1, 2, 3],
        Vec::new(),
        b"no columns here".to_vec(),
    ] {
        let request = Request::PlanImport {
            sheets: vec![None],
            names: vec!["list.csv".to_owned()],
            mappings: vec![None],
            people: BTreeMap::new(),
        };
        match desk.ask_with(request, vec![bytes]) {
            Err(Failure::File(sentence)) => assert!(sentence.contains("Nothing was changed"), "{sentence}"),
            other => panic!("{other:?}"),
        }
    }
}

fn last(desk: &mut Desk) -> Option<ImportView> {
    match desk.ask(Request::LastImport).unwrap() {
        Response::LastImport(last) => last,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_import_is_named_and_undone_after_a_lock_and_a_reload_and_comes_in_again() {
    let mut desk = Desk::new(12);
    let opened = desk.create(Kind::Real);
    assert_eq!(last(&mut desk), None);
    assert_eq!(desk.ask(Request::UndoImport).unwrap_err(), Failure::NothingToUndo);
    plan(&mut desk);
    let published = publish(&mut desk);

    desk.ask(Request::Lock).unwrap();
    desk.core = Core::new(desk.twin.clone());
    desk.unlock(opened.registry, KEY).unwrap();
    let view = last(&mut desk).unwrap();
    assert_eq!(
        (view.what.as_str(), view.day, view.settled),
        ("Import of 2 sheets", day("2026-11-20"), None)
    );
    assert_eq!(
        (view.new_patients, view.entries),
        (published.new_patients, published.entries)
    );

    desk.ask(Request::UndoImport).unwrap();
    assert_eq!(last(&mut desk), None);
    assert!(desk.today().items.is_empty());
    assert_eq!(
        plan(&mut desk).new,
        published.entries,
        "what was undone counts as absent"
    );
    assert_eq!(publish(&mut desk).entries, published.entries);
    assert!(last(&mut desk).is_some());
}

#[test]
fn an_import_that_somebody_has_written_to_is_not_undone_as_a_whole() {
    let mut desk = Desk::new(13);
    desk.create(Kind::Real);
    plan(&mut desk);
    publish(&mut desk);
    let chart = desk.caseload(CaseloadTab::Active).rows[0].chart;
    let note = Fact::Note(Note {
        at: at("2026-11-20T09:30:00-05:00"),
        text: "Called the clinic".to_owned(),
        discuss: false,
    });
    let saved = desk.save(record(chart, vec![note])).unwrap();
    let view = last(&mut desk).unwrap();
    assert!(view.settled.unwrap().contains("1 of its new patients"));
    let refused = desk.ask(Request::UndoImport).unwrap_err();
    assert_eq!(refused, Failure::WrittenSince { patients: 1 });
    assert!(!desk.patient(chart).timeline.is_empty());
    assert_eq!(saved.chart, chart);
}

#[test]
fn what_a_registry_began_with_is_not_offered_to_be_undone() {
    let mut desk = Desk::new(14);
    desk.create(Kind::Training);
    assert_eq!(last(&mut desk), None);
    assert_eq!(desk.ask(Request::UndoImport).unwrap_err(), Failure::NothingToUndo);
}

#[test]
fn a_workbook_is_taken_apart_into_sheets_that_are_planned_like_files() {
    let mut desk = Desk::new(31);
    desk.create(Kind::Real);
    let path = format!("{}/tests/data/import/caseload.xlsx", env!("CARGO_MANIFEST_DIR"));
    let workbook = std::fs::read(path).unwrap();
    let Response::Worksheets(sheets) = desk.ask_with(Request::Worksheets, vec![workbook.clone()]).unwrap() else {
        panic!("no sheets");
    };
    let texts: Vec<Vec<u8>> = sheets.iter().take(2).map(|s| s.text.clone().into_bytes()).collect();
    let Response::Plan(view) = desk.ask_with(planning(2), texts).unwrap() else {
        panic!("no plan");
    };
    assert_eq!(
        view.sheets.iter().map(|s| s.sheet).collect::<Vec<_>>(),
        [Sheet::Caseload, Sheet::Contacts]
    );
    assert!(view.new > 0 && !view.problems.is_empty());

    let cut = desk.ask_with(Request::Worksheets, vec![workbook[..workbook.len() / 2].to_vec()]);
    let Err(Failure::File(why)) = cut else {
        panic!("{cut:?}")
    };
    assert!(
        why.contains("damaged") && why.ends_with("Nothing was changed."),
        "{why}"
    );
}
