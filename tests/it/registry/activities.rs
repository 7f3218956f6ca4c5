//! Activities of the clinic's own: defined, renamed, retired; what entries keep of them, and what counts.

use caseload::journal::facts::{ActivityGroup, OwnActivity, PayerProfileChange};
use caseload::journal::{PersonId, ThingId};
use caseload::registry::{ClaimsAsk, ClaimsView, PaperFor};

use super::months::{month, ready, spent};
use super::*;

fn own(number: u8, name: &str, counts: bool) -> OwnActivity {
    OwnActivity {
        activity: ThingId::from_random([number; 16]),
        name: name.to_owned(),
        group: ActivityGroup::CareCoordination,
        counts,
        retired: false,
    }
}

fn define(desk: &mut Desk, activity: OwnActivity) -> Result<Saved, Failure> {
    desk.save(Intent::Office(vec![Fact::OwnActivity(activity)]))
}

fn on(activity: &OwnActivity, at: &str, minutes: u32) -> Fact {
    match spent(at, minutes) {
        Fact::Time(time) => Fact::Time(Time {
            activity: Activity::Own(activity.activity),
            ..time
        }),
        other => other,
    }
}

fn log(desk: &mut Desk) -> String {
    let ask = ClaimsAsk::Log("2026-10".parse().unwrap());
    assert!(matches!(
        desk.ask(Request::Claims(Box::new(ask))),
        Ok(Response::File { .. })
    ));
    String::from_utf8(desk.file.take().unwrap()).unwrap()
}

fn timeline(desk: &mut Desk, chart: ChartId) -> Vec<String> {
    match desk.ask(Request::Patient(chart)).unwrap() {
        Response::Patient(view) => view.timeline.iter().map(|row| row.line.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

fn settings(desk: &mut Desk) -> Vec<OwnActivity> {
    match desk.ask(Request::Settings).unwrap() {
        Response::Settings(view) => view.own_activities,
        other => panic!("{other:?}"),
    }
}

#[test]
fn time_on_an_activity_of_the_clinics_own_counts_as_defined_and_the_profile_has_the_last_word() {
    let mut desk = Desk::new(141);
    let chart = ready(&mut desk);
    let housing = own(1, "Housing clinic", false);
    define(&mut desk, housing.clone()).unwrap();
    desk.save(record(chart, vec![on(&housing, "2026-10-06", 60)])).unwrap();
    assert_eq!(
        month(&mut desk, "2026-10").rows[0].minutes,
        40,
        "by default it doesn't count"
    );
    assert!(log(&mut desk).contains("Housing clinic,,"), "{}", log(&mut desk));

    define(
        &mut desk,
        OwnActivity {
            counts: true,
            ..housing.clone()
        },
    )
    .unwrap();
    let view = month(&mut desk, "2026-10");
    assert_eq!(
        (view.rows[0].minutes, view.rows[0].codes.as_str()),
        (100, "99492 + 99494")
    );
    assert!(view.activities.contains(&("Housing clinic".to_owned(), 60)));

    // The profile of the clinic's own says no, whatever the definition says.
    let change = PayerProfileChange {
        name: "ours".into(),
        base: "midpoint-g2214-30".into(),
        values: [(format!("count_{}", Activity::Own(housing.activity).code()), 0)].into(),
    };
    let clinic = match desk.ask(Request::Settings).unwrap() {
        Response::Settings(view) => view.clinic,
        other => panic!("{other:?}"),
    };
    let clinic = Clinic {
        payer_profile: "ours".into(),
        ..clinic
    };
    desk.save(Intent::Office(vec![
        Fact::PayerProfileChange(change),
        Fact::Clinic(clinic),
    ]))
    .unwrap();
    assert_eq!(month(&mut desk, "2026-10").rows[0].minutes, 40);
    assert!(log(&mut desk).contains("Housing clinic"));
}

#[test]
fn a_new_name_is_shown_with_old_entries_a_retired_one_keeps_them_and_papers_print_it() {
    let mut desk = Desk::new(142);
    let chart = ready(&mut desk);
    let housing = own(1, "Housing clinic", true);
    define(&mut desk, housing.clone()).unwrap();
    desk.save(record(chart, vec![on(&housing, "2026-10-06", 20)])).unwrap();
    define(
        &mut desk,
        OwnActivity {
            name: "Housing help".into(),
            ..housing.clone()
        },
    )
    .unwrap();
    define(
        &mut desk,
        OwnActivity {
            name: "Housing help".into(),
            retired: true,
            ..housing.clone()
        },
    )
    .unwrap();
    assert!(settings(&mut desk)[0].retired);
    assert!(
        timeline(&mut desk, chart)
            .iter()
            .any(|line| line.contains("20 min, Housing help"))
    );
    assert!(log(&mut desk).contains("Housing help"));
    assert_eq!(
        month(&mut desk, "2026-10").rows[0].minutes,
        60,
        "what is retired still counts"
    );
    for paper in [PaperFor::Patient, PaperFor::Audit] {
        let ask = ClaimsAsk::Paper(chart, "2026-10".parse().unwrap(), paper);
        let view = match desk.ask(Request::Claims(Box::new(ask))).unwrap() {
            Response::Claims(view) => *view,
            other => panic!("{other:?}"),
        };
        let ClaimsView::Paper(view) = view else {
            panic!("{view:?}")
        };
        assert!(
            view.rows.iter().flatten().any(|cell| cell == "Housing help"),
            "{:?}",
            view.rows
        );
    }
}

#[test]
fn a_name_that_is_there_already_is_empty_or_too_long_is_refused_in_a_sentence_and_nothing_is_saved() {
    let mut desk = Desk::new(143);
    desk.create(Kind::Real);
    let housing = own(1, "Housing clinic", false);
    define(&mut desk, housing.clone()).unwrap();
    let long = "n".repeat(10_000);
    for (name, says) in [
        (" housing  CLINIC ", "There is an activity of this name already"),
        ("", "Name of the activity is empty"),
        ("   ", "Name of the activity is empty"),
        (long.as_str(), "Name of the activity is longer than 200 characters"),
    ] {
        let error = refused(define(&mut desk, own(2, name, false))).to_string();
        assert!(error.contains(says), "{error}");
    }
    let both = vec![
        Fact::OwnActivity(own(3, "Twice", false)),
        Fact::OwnActivity(own(4, "twice", false)),
    ];
    assert!(refused(desk.save(Intent::Office(both))).to_string().contains("already"));
    assert_eq!(settings(&mut desk), vec![housing.clone()]);

    // Markup is a name like any other; pages write it as text.
    define(&mut desk, own(5, "<b>Ö & \u{202e}co</b>", false)).unwrap();
    // Of a retired one's name a second can't be made, and it comes back only while no other has it.
    define(
        &mut desk,
        OwnActivity {
            retired: true,
            ..housing.clone()
        },
    )
    .unwrap();
    let error = refused(define(&mut desk, own(6, "Housing clinic", false))).to_string();
    assert!(error.contains("retired activity"), "{error}");
    define(&mut desk, housing.clone()).unwrap();
}

#[test]
fn an_entry_keeps_its_words_where_the_definition_is_not_known() {
    let mut desk = Desk::new(144);
    let chart = ready(&mut desk);
    let unknown = own(9, "From another clinic", true);
    let bare = desk.save(record(chart, vec![on(&unknown, "2026-10-06", 20)]));
    assert!(refused(bare).to_string().contains("Name of the activity is empty"));
    let Fact::Time(time) = on(&unknown, "2026-10-06", 20) else {
        panic!()
    };
    let words = caseload::journal::facts::OwnWords {
        name: unknown.name.clone(),
        group: ActivityGroup::DirectCare,
    };
    let kept = Time {
        own: Some(words),
        by: PersonId::from_random([8; 16]),
        ..time
    };
    desk.save(record(chart, vec![Fact::Time(kept)])).unwrap();
    assert!(
        timeline(&mut desk, chart)
            .iter()
            .any(|line| line.contains("20 min, From another clinic"))
    );
    assert!(log(&mut desk).contains("From another clinic"));
    assert_eq!(month(&mut desk, "2026-10").rows[0].minutes, 40, "and it doesn't count");
    // What is direct care is a contact: an audit asks how it was done.
    assert!(log(&mut desk).contains("how it was done"), "{}", log(&mut desk));
}

#[test]
fn time_written_before_there_were_such_activities_reads_as_it_did() {
    let written = r#"{"start":"2026-10-05","seconds":60,"activity":"chart_review","bucket":"cocm",
        "by":"08080808-0808-4808-8808-080808080808","clocked":"typed"}"#;
    let Fact::Time(time) = Fact::read("time", written) else {
        panic!()
    };
    assert_eq!((time.activity, time.own), (Activity::ChartReview, None));
    let activity = Activity::Own(ThingId::from_random([7; 16]));
    assert_eq!(Activity::of_code(&activity.code()), Some(activity));
    assert_eq!(Activity::of_code("chart_review"), Some(Activity::ChartReview));
    assert_eq!(Activity::of_code("own:nobody"), None);
}

#[test]
fn a_contact_of_two_people_has_both_names_and_one_clock_counted_as_the_profile_says() {
    let mut desk = Desk::new(145);
    let chart = ready(&mut desk);
    let consultant = Person {
        person: PersonId::from_random([66; 16]),
        name: "P. Consult".into(),
        role: Role::Consultant,
        ..super::months::clinician(None)
    };
    desk.save(Intent::Office(vec![Fact::Person(consultant.clone())]))
        .unwrap();
    let mut form = call(chart, at("2026-10-12T10:00:00-04:00"), Vec::new());
    let shared = |form: &mut ContactForm, colleague| {
        if let Some(time) = &mut form.time {
            time.colleague = colleague;
        }
    };
    form.next = Next::Protocol;
    shared(&mut form, Some(consultant.person));
    desk.save(Intent::Contact(form.clone())).unwrap();
    let log_of_october = log(&mut desk);
    let theirs: Vec<&str> = log_of_october.lines().filter(|line| line.contains(",1320,")).collect();
    assert_eq!(theirs.len(), 2, "{log_of_october}");
    assert!(
        theirs
            .iter()
            .any(|line| line.contains("P. Consult") && line.contains(",no,")),
        "{theirs:?}"
    );
    assert_eq!(
        month(&mut desk, "2026-10").rows[0].minutes,
        62,
        "the consultant's clock doesn't count"
    );

    // A payer that counts the whole team counts the shared clock once too.
    let change = PayerProfileChange {
        name: "team".into(),
        base: "midpoint-g2214-30".into(),
        values: [("team_time".to_owned(), 1)].into(),
    };
    let clinic = match desk.ask(Request::Settings).unwrap() {
        Response::Settings(view) => view.clinic,
        other => panic!("{other:?}"),
    };
    let clinic = Clinic {
        payer_profile: "team".into(),
        ..clinic
    };
    desk.save(Intent::Office(vec![
        Fact::PayerProfileChange(change),
        Fact::Clinic(clinic),
    ]))
    .unwrap();
    assert_eq!(month(&mut desk, "2026-10").rows[0].minutes, 62);

    // The colleague's own minutes at that time are asked about, as one's own are.
    let again = Intent::Contact(ContactForm {
        at: at("2026-10-12T10:10:00-04:00"),
        ..form.clone()
    });
    match desk.ask(Request::Overlaps(again.into())).unwrap() {
        Response::Overlaps(found) => {
            let whose: Vec<bool> = found.iter().map(|one| one.by.is_some()).collect();
            assert_eq!(whose, [false, true]);
        }
        other => panic!("{other:?}"),
    }
}
