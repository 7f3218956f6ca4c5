//! Nobody is on file twice by mistake, and everybody on file is found.

use super::*;
use caseload::care::{Alike, Somebody};
use caseload::journal::PersonId;

fn found(desk: &mut Desk, request: Request) -> Vec<FoundPatient> {
    match desk.ask(request).unwrap() {
        Response::Found(found) => found,
        other => panic!("{other:?}"),
    }
}

fn names(desk: &mut Desk, typed: &str) -> Vec<String> {
    found(desk, Request::Find(typed.to_owned()))
        .into_iter()
        .map(|patient| patient.name)
        .collect()
}

fn numbered(given: &str, family: &str, mrn: &str, birth: &str) -> NewPatient {
    let mut patient = newcomer(given, family);
    patient.registration.mrn = Some(mrn.to_owned());
    patient.registration.birth = Some(day(birth));
    patient
}

#[test]
fn a_second_record_with_an_mrn_on_file_waits_for_the_word_that_it_is_somebody_else() {
    let mut desk = Desk::new(31);
    desk.create(Kind::Real);
    let ellis = numbered("Hugo", "Ellis", "100200", "1956-01-02");
    let chart = desk.save(Intent::Register(ellis)).unwrap().chart;
    let second = numbered("Wen", "Castillo", " 100200 ", "1965-02-18");
    let refusal = refused(desk.save(Intent::Register(second.clone())));
    let sentence = refusal.to_string();
    assert!(
        sentence.starts_with("MRN 100200 is on file: Ellis, Hugo, born 2 Jan 1956. Open that record"),
        "{sentence}"
    );
    assert!(sentence.ends_with("Nothing was saved; what you typed is still here."));
    assert_eq!(names(&mut desk, "castillo"), Vec::<String>::new());

    let said = NewPatient {
        not_these: vec![chart],
        ..second
    };
    desk.save(Intent::Register(said)).unwrap();
    assert_eq!(names(&mut desk, "castillo"), ["Castillo, Wen"]);
}

#[test]
fn the_same_name_and_birth_date_waits_too_and_a_like_name_only_warns() {
    let mut desk = Desk::new(32);
    desk.create(Kind::Real);
    desk.save(Intent::Register(numbered("José", "Gómez", "1", "1956-01-02")))
        .unwrap();
    let twice = refused(desk.save(Intent::Register(numbered("Jose", "GOMEZ", "2", "1956-01-02"))));
    assert_eq!(
        twice,
        Refusal::OnFile("Gómez, José, born 2 Jan 1956, is on file with MRN 1".to_owned())
    );
    desk.save(Intent::Register(numbered("Josef", "Gomez", "3", "1970-01-02")))
        .unwrap();
    let like = Somebody {
        given: "Jose".to_owned(),
        family: "Gomez".to_owned(),
        mrn: Some("3".to_owned()),
        ..Somebody::default()
    };
    let alike: Vec<_> = found(&mut desk, Request::Alike(like))
        .into_iter()
        .map(|patient| (patient.name, patient.alike))
        .collect();
    assert_eq!(
        alike,
        [
            ("Gomez, Josef".to_owned(), Some(Alike::Mrn)),
            ("Gómez, José".to_owned(), Some(Alike::Name))
        ]
    );
}

#[test]
fn a_search_finds_a_patient_as_typed_as_printed_and_by_any_spelling_of_the_number() {
    let mut desk = Desk::new(33);
    desk.create(Kind::Real);
    for (given, family, phone) in [("Tariq", "Zhang", "555-863-4693"), ("José", "Gómez", "(555) 873 4693")] {
        let mut patient = newcomer(given, family);
        patient.registration.phones = vec![phone.to_owned()];
        patient.registration.birth = None;
        desk.save(Intent::Register(patient)).unwrap();
    }
    for (typed, expected) in [
        ("gomez", vec!["Gómez, José"]),
        ("Zhang, Tariq", vec!["Zhang, Tariq"]),
        ("tariq z", vec!["Zhang, Tariq"]),
        ("5558734693", vec!["Gómez, José"]),
        ("555 863-4693", vec!["Zhang, Tariq"]),
        ("M-Tariq-Zhang", vec!["Zhang, Tariq"]),
        ("4693", vec!["Gómez, José", "Zhang, Tariq"]),
        ("nobody", vec![]),
        (" , ", vec![]),
    ] {
        assert_eq!(names(&mut desk, typed), expected, "{typed}");
        let query = CaseloadQuery {
            tab: CaseloadTab::Referred,
            search: typed.to_owned(),
            ..everybody()
        };
        if typed.trim() != "," {
            match desk.ask(Request::Caseload(query)).unwrap() {
                Response::Caseload(view) => {
                    let listed: Vec<&str> = view.rows.iter().map(|row| row.name.as_str()).collect();
                    assert_eq!(listed, expected, "{typed}, in the caseload");
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn a_changed_name_is_found_at_once_and_the_old_one_no_more() {
    let mut desk = Desk::new(34);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    assert_eq!(names(&mut desk, "ito"), ["Ito, Jun"]);
    let registration = newcomer("Jun", "Kowalski").registration;
    let facts = vec![Fact::Registration(registration)];
    desk.save(Intent::Record { chart, facts }).unwrap();
    assert_eq!(names(&mut desk, "kowal"), ["Kowalski, Jun"]);
    assert_eq!(names(&mut desk, "ito"), Vec::<String>::new());
}

fn caseload_of(names: &[&str]) -> Vec<u8> {
    let rows = names.iter().enumerate().map(|(i, name)| {
        let mrn = 8000 + i;
        format!("{mrn},Family{mrn},Given,4/2/1980,{name},Active\n")
    });
    format!(
        "MRN,Last Name,First Name,DOB,Care Mgr,Tx Status\n{}",
        rows.collect::<String>()
    )
    .into_bytes()
}

fn plan_with(desk: &mut Desk, names: &[&str], people: BTreeMap<String, Option<PersonId>>) -> PlanView {
    let request = Request::PlanImport {
        sheets: vec![Some(Sheet::Caseload)],
        names: vec!["list.csv".to_owned()],
        mappings: vec![None],
        people,
    };
    match desk.ask_with(request, vec![caseload_of(names)]).unwrap() {
        Response::Plan(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn mine(desk: &mut Desk, care_manager: PersonId) -> usize {
    let query = CaseloadQuery {
        care_manager: Some(care_manager),
        ..everybody()
    };
    match desk.ask(Request::Caseload(query)).unwrap() {
        Response::Caseload(view) => view.rows.len(),
        other => panic!("{other:?}"),
    }
}

fn settings(desk: &mut Desk) -> SettingsView {
    match desk.ask(Request::Settings).unwrap() {
        Response::Settings(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn create_as(desk: &mut Desk, name: &str) -> Opened {
    let new = NewRegistry {
        name: name.to_owned(),
        ..new_registry(Kind::Real)
    };
    match desk.ask(Request::Create(new)).unwrap() {
        Response::Opened(opened) => *opened,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sheets_spelling_of_my_name_is_guessed_as_me_and_remembered() {
    let mut desk = Desk::new(35);
    let me = create_as(&mut desk, "Rosa Okoye").me;
    let names = ["R. Okoye", "T. Bright", "R. Okoye"];
    let plan = plan_with(&mut desk, &names, BTreeMap::new());
    let said: Vec<_> = plan
        .people
        .iter()
        .map(|p| (p.name.as_str(), p.rows, p.is, p.is_on_file))
        .collect();
    assert_eq!(said, [("R. Okoye", 2, Some(me), false), ("T. Bright", 1, None, false)]);
    assert_eq!(plan.team, [(me, "Rosa Okoye".to_owned())]);
    desk.ask(Request::PublishImport).unwrap();
    assert_eq!(mine(&mut desk, me), 2);

    let again = plan_with(&mut desk, &names, BTreeMap::new());
    assert_eq!(again.new, 0, "{:?}", again.rows);
    assert!(again.people.iter().all(|p| p.is_on_file));
    assert_eq!(again.people[0].is, Some(me));
    assert!(
        again.problems.iter().all(|p| p.kind == "No date of enrolment"),
        "nothing is kept in another's place: {:?}",
        again.problems
    );
}

#[test]
fn who_a_name_is_can_be_chosen_against_the_guess() {
    let mut desk = Desk::new(36);
    let me = create_as(&mut desk, "Rosa Okoye").me;
    let chosen = BTreeMap::from([("R. Okoye".to_owned(), None), ("T. Bright".to_owned(), Some(me))]);
    let plan = plan_with(&mut desk, &["R. Okoye", "T. Bright", "T. Bright"], chosen);
    let is: Vec<_> = plan.people.iter().map(|p| p.is).collect();
    assert_eq!(is, [None, Some(me)]);
    desk.ask(Request::PublishImport).unwrap();
    assert_eq!(mine(&mut desk, me), 2);
}

#[test]
fn two_people_who_are_one_become_one_in_one_save_and_the_patients_go_along() {
    let mut desk = Desk::new(37);
    let me = create_as(&mut desk, "Rosa Okoye").me;
    let names = ["R. Okoye", "R. Okoye", "T. Bright"];
    let apart = BTreeMap::from([("R. Okoye".to_owned(), None)]);
    plan_with(&mut desk, &names, apart);
    desk.ask(Request::PublishImport).unwrap();
    assert_eq!(mine(&mut desk, me), 0);
    let view = settings(&mut desk);
    let second = view.people.iter().find(|p| p.name == "R. Okoye").unwrap().person;
    let of = |view: &SettingsView, person| view.patients_of.iter().find(|(p, _)| *p == person).map(|(_, n)| *n);
    assert_eq!(of(&view, second), Some(2));

    let intent = Intent::SamePerson {
        person: second,
        same_as: me,
    };
    let saved = desk.save(intent.clone()).unwrap();
    assert_eq!(saved.entries, [], "what spans several records has no undo");
    assert_eq!(mine(&mut desk, me), 2);
    let view = settings(&mut desk);
    assert_eq!((of(&view, second), of(&view, me)), (None, Some(2)));
    assert_eq!(
        view.people.iter().find(|p| p.person == second).unwrap().same_as,
        Some(me)
    );
    let again = plan_with(&mut desk, &names, BTreeMap::new());
    assert_eq!(again.new, 0, "{:?}", again.rows);

    for (person, same_as) in [(me, me), (me, second)] {
        assert!(matches!(
            refused(desk.save(Intent::SamePerson { person, same_as })),
            Refusal::Field(_)
        ));
    }
}

#[test]
fn somebody_of_the_file_joins_as_themselves_and_is_not_written_down_twice() {
    let mut one = Desk::new(38);
    create_as(&mut one, "Rosa Okoye");
    plan_with(&mut one, &["T. Bright", "R. Okoye"], BTreeMap::new());
    one.ask(Request::PublishImport).unwrap();
    one.ask(Request::Export(Scope::All)).unwrap();
    let file = one.file.clone().unwrap();
    let bright = settings(&mut one)
        .people
        .into_iter()
        .find(|p| p.name == "T. Bright")
        .unwrap()
        .person;
    let mut two = Desk::new(39);
    let new = NewRegistry {
        person: Some(bright),
        name: "T. Bright".to_owned(),
        ..new_registry(Kind::Real)
    };
    let opened = match two.ask_with(Request::Join(new), vec![file]).unwrap() {
        Response::Opened(opened) => *opened,
        other => panic!("{other:?}"),
    };
    assert_eq!((opened.me, opened.name.as_str()), (bright, "T. Bright"));
    assert_eq!(mine(&mut two, bright), 1);
    let named = settings(&mut two).people.into_iter().filter(|p| p.name == "T. Bright");
    assert_eq!(named.count(), 1);
}

#[test]
fn whom_to_call_names_the_care_manager_once_and_as_one_whom_the_safety_plan_does_not_name_yet() {
    // What the safety plan says, and how often the care manager's line stands beside it.
    let table = [
        (None, 1),
        (Some("R. Okoye: 555-0177"), 0),
        (Some("Mr. Okoye of the shop, his sister R. Okoyelle"), 1),
    ];
    for (said, times) in table {
        let mut desk = Desk::new(47);
        let me = desk.create(Kind::Real).me;
        let patient = NewPatient {
            care_manager: Some(me),
            ..newcomer("Jun", "Ito")
        };
        let chart = desk.save(Intent::Register(patient)).unwrap().chart;
        if let Some(said) = said {
            let plan = SafetyPlan {
                day: day("2026-11-20"),
                parts: BTreeMap::from([(SafetyPlanPart::Professionals, said.to_owned())]),
                review: None,
            };
            let facts = vec![plan.into()];
            desk.save(Intent::Record { chart, facts }).unwrap();
        }
        let Ok(Response::Closing(view)) = desk.ask(Request::Closing(chart)) else {
            panic!("the closing page");
        };
        let text = &view.known.whom_to_call;
        assert_eq!(text.matches("R. Okoye, care manager").count(), times, "{text}");
    }
}
