//! Months: closed with what they came to, late entries, reopened; one thing set for many; a payer profile of the clinic's.

use caseload::care::intent::SetForMany;
use caseload::journal::{Month, PersonId, ThingId};

use super::learned::learned;
use super::*;

pub(super) fn month(desk: &mut Desk, of: &str) -> MonthView {
    match desk.ask(Request::Month(of.parse().unwrap())).unwrap() {
        Response::Month(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn detail(desk: &mut Desk, chart: ChartId, of: &str) -> MonthDetailView {
    match desk.ask(Request::MonthDetail(chart, of.parse().unwrap())).unwrap() {
        Response::MonthDetail(view) => *view,
        other => panic!("{other:?}"),
    }
}

pub(super) fn october() -> Month {
    "2026-10".parse().unwrap()
}

pub(super) fn consent(on: &str, answer: ConsentAnswer) -> Consent {
    Consent {
        programme: Programme::Cocm,
        answer,
        day: day(on),
        taken_by: None,
    }
}

fn explained(points: &[Explained]) -> ConsentAnswer {
    ConsentAnswer::Given {
        how: ConsentHow::Verbal,
        explained: None,
        points: points.to_vec(),
    }
}

fn given() -> ConsentAnswer {
    explained(&[Explained::Consultant, Explained::CostSharing])
}

pub(super) fn spent(on: &str, minutes: u32) -> Fact {
    Fact::Time(Time {
        start: at(on),
        seconds: Seconds(minutes * 60),
        activity: Activity::FollowUp,
        bucket: Bucket::Cocm,
        by: PersonId::from_random([8; 16]),
        mode: None,
        clocked: Clocked::Typed,
        of: None,
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    })
}

pub(super) fn clinician(npi: Option<&str>) -> Person {
    Person {
        person: PersonId::from_random([77; 16]),
        name: "M. Castellanos".into(),
        role: Role::Clinician,
        credential: Some("MD".into()),
        npi: npi.map(str::to_owned),
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    }
}

/// A registry with a patient whose October holds 40 minutes and everything that it needs.
pub(super) fn ready(desk: &mut Desk) -> ChartId {
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Grace", "Dube"))).unwrap().chart;
    let diagnosis = Diagnosis {
        diagnosis: ThingId::from_random([5; 16]),
        code: "F33.1".into(),
        label: None,
        from: day("2026-09-01"),
        until: None,
        provisional: false,
    };
    let visit = InitiatingVisit {
        day: day("2026-09-15"),
        practitioner: None,
        code: Some("99214".into()),
    };
    let facts = vec![
        Fact::Consent(consent("2026-09-20", given())),
        Fact::Diagnosis(diagnosis),
        Fact::InitiatingVisit(visit),
        spent("2026-10-05", 40),
    ];
    desk.save(record(chart, facts)).unwrap();
    desk.save(Intent::Office(vec![Fact::Person(clinician(Some("1234567893")))]))
        .unwrap();
    let what = SetForMany::Clinician(PersonId::from_random([77; 16]));
    desk.save(Intent::SetForMany {
        charts: vec![chart],
        what,
    })
    .unwrap();
    chart
}

#[test]
fn a_closed_month_keeps_what_it_came_to_and_shows_late_entries_with_their_effect() {
    let mut desk = Desk::new(91);
    let chart = ready(&mut desk);
    let running = desk.save(Intent::CloseMonth("2026-11".parse().unwrap()));
    assert!(refused(running).to_string().contains("isn't over"));
    let open = month(&mut desk, "2026-10");
    assert_eq!(
        (open.rows[0].codes.as_str(), open.closed, open.over),
        ("99492", false, true)
    );

    desk.save(Intent::CloseMonth(october())).unwrap();
    assert!(
        refused(desk.save(Intent::CloseMonth(october())))
            .to_string()
            .contains("closed already")
    );
    let closed = month(&mut desk, "2026-10");
    assert_eq!((closed.closed, closed.rows[0].late.clone()), (true, None));
    assert!(closed.closed_with.unwrap().contains("1 time entries of 1 patients"));

    desk.save(record(chart, vec![spent("2026-10-06", 60)])).unwrap();
    let late = month(&mut desk, "2026-10");
    assert_eq!(
        (late.rows[0].codes.as_str(), &late.totals[..]),
        ("99492", &[("99492".to_owned(), 1)][..])
    );
    assert_eq!((late.rows[0].minutes, late.rows[0].supports.as_str()), (40, "99492"));
    let sentence = late.rows[0].late.clone().unwrap();
    assert!(
        sentence.contains("100 minutes count now, 40 did then") && sentence.contains("99492 + 99494 instead of 99492"),
        "{sentence}"
    );
    let lines: Vec<(u32, bool)> = detail(&mut desk, chart, "2026-10")
        .lines
        .iter()
        .map(|line| (line.seconds.0 / 60, line.late))
        .collect();
    assert_eq!(lines, [(40, false), (60, true)]);

    let reopened = MonthLock {
        month: october(),
        closed: false,
        reason: Some("Minutes of 6 October were written down late".into()),
        snapshot: None,
    };
    desk.save(Intent::Office(vec![Fact::MonthLock(reopened)])).unwrap();
    let open = month(&mut desk, "2026-10");
    assert_eq!(
        (open.rows[0].codes.as_str(), open.rows[0].late.clone()),
        ("99492 + 99494", None)
    );
}

#[test]
fn a_month_is_held_until_the_clinicians_npi_passes_its_check_digit_and_says_where_to_mend_it() {
    let mut desk = Desk::new(92);
    let chart = ready(&mut desk);
    for (npi, standing) in [(None, "has no NPI"), (Some("1234567890"), "isn't one")] {
        desk.save(Intent::Office(vec![Fact::Person(clinician(npi))])).unwrap();
        let view = month(&mut desk, "2026-10");
        assert_eq!(
            (view.rows[0].codes.as_str(), view.rows[0].supports.as_str()),
            ("", "99492")
        );
        assert!(
            view.rows[0].missing.iter().any(|sentence| sentence.contains(standing)),
            "{:?}",
            view.rows[0]
        );
    }
    let gates = detail(&mut desk, chart, "2026-10").gates;
    let npi = gates.iter().find(|gate| gate.name == "NPI").unwrap();
    assert!(matches!(
        (npi.standing, npi.mend),
        (GateStanding::Missing, Some(Mend::Npi))
    ));
}

#[test]
fn the_detail_of_a_month_says_who_spent_what_and_that_a_code_can_still_be_reached() {
    let mut desk = Desk::new(93);
    let chart = ready(&mut desk);
    let past = detail(&mut desk, chart, "2026-10");
    assert_eq!(past.by_activity.iter().map(|(_, minutes)| *minutes).sum::<u32>(), 40);
    assert_eq!(past.by_person.len(), 1);
    assert!(
        past.reach
            .unwrap()
            .contains("46 minutes were missing, and the month is over")
    );
    desk.save(record(chart, vec![spent("2026-11-03", 25)])).unwrap();
    let now = detail(&mut desk, chart, "2026-11");
    let reach = now.reach.unwrap();
    assert!(
        reach.starts_with("99493 can still be reached: 6 minutes more"),
        "{reach}"
    );
}

#[test]
fn consent_set_for_many_never_overwrites_an_answer() {
    let mut desk = Desk::new(94);
    desk.create(Kind::Real);
    let mut charts: Vec<ChartId> = Vec::new();
    for name in ["Abel", "Ito", "Dube"] {
        charts.push(desk.save(Intent::Register(newcomer("Jun", name))).unwrap().chart);
    }
    let refusal = consent("2026-11-02", ConsentAnswer::Refused);
    desk.save(record(charts[0], vec![Fact::Consent(refusal)])).unwrap();
    for chart in &charts {
        desk.save(record(*chart, vec![spent("2026-11-06", 5)])).unwrap();
    }
    let many = |charts: &[ChartId]| Intent::SetForMany {
        charts: charts.to_vec(),
        what: SetForMany::Consent(consent("2026-11-05", given())),
    };
    desk.save(many(&charts)).unwrap();
    let rows = month(&mut desk, "2026-11").rows;
    let lacks = |chart: ChartId| {
        let row = rows.iter().find(|row| row.chart == Some(chart)).unwrap();
        row.missing
            .iter()
            .any(|sentence| sentence.to_lowercase().contains("consent"))
    };
    assert_eq!(
        charts.iter().map(|chart| lacks(*chart)).collect::<Vec<_>>(),
        [true, false, false]
    );
    assert!(
        refused(desk.save(many(&charts)))
            .to_string()
            .contains("on record already")
    );
    let future = Intent::SetForMany {
        charts,
        what: SetForMany::Payer(Payer {
            name: String::new(),
            profile: None,
            member: None,
            from: day("2026-11-01"),
        }),
    };
    assert!(
        matches!(refused(desk.save(future)), Refusal::Field(_)),
        "a payer has a name"
    );
}

#[test]
fn a_payer_profile_that_contradicts_itself_is_refused_and_a_sound_one_is_offered() {
    let mut desk = Desk::new(95);
    desk.create(Kind::Real);
    let ours = |value: u32| {
        Intent::Office(vec![Fact::PayerProfileChange(PayerProfileChange {
            name: "Lakeside plan".into(),
            base: "midpoint-g2214-30".into(),
            values: BTreeMap::from([("initial_from_seconds".to_owned(), value)]),
        })])
    };
    let refusal = refused(desk.save(ours(6_000))).to_string();
    assert!(
        refusal.contains("the initial month's add-on starts before its code"),
        "{refusal}"
    );
    desk.save(ours(2_400)).unwrap();
    let offered = match desk.ask(Request::Settings).unwrap() {
        Response::Settings(view) => view,
        other => panic!("{other:?}"),
    };
    assert!(offered.profiles.iter().any(|(name, ..)| name == "Lakeside plan"));
    assert_eq!(offered.own_profiles.len(), 1);
}

#[test]
fn a_consent_with_nothing_ticked_as_explained_warns_until_its_entry_is_completed() {
    let mut desk = Desk::new(97);
    let chart = ready(&mut desk);
    let bare = consent("2026-09-20", explained(&[Explained::RightToStop]));
    desk.save(record(chart, vec![Fact::Consent(bare.clone())])).unwrap();
    let row = month(&mut desk, "2026-10").rows[0].clone();
    assert_eq!(row.codes, "99492", "a warning withholds nothing");
    let lacks =
        "Not ticked as explained in the consent of 20 Sep 2026: that a psychiatric consultant advises, and that cost";
    assert!(row.warnings.iter().any(|said| said.starts_with(lacks)), "{row:?}");
    let gate = detail(&mut desk, chart, "2026-10").gates[0].clone();
    assert_eq!(
        (gate.standing, gate.mend),
        (GateStanding::ToCheck, Some(Mend::Explained))
    );

    let mut complete = |points: &[Explained]| {
        let incomplete = learned(&mut desk, chart).incomplete.remove(0);
        assert_eq!(incomplete.consent.day, day("2026-09-20"));
        let fact = consent("2026-09-20", explained(points));
        desk.save(Intent::Correct {
            chart,
            entry: incomplete.entry,
            fact: Box::new(Fact::Consent(fact)),
            reason: Some("What was explained, completed".to_owned()),
        })
        .unwrap();
        let gate = detail(&mut desk, chart, "2026-10").gates[0].clone();
        (gate.sentence, gate.mend)
    };
    let (said, mend) = complete(&[Explained::RightToStop, Explained::Consultant]);
    assert!(said.contains("2026: that cost sharing may apply"), "{said}");
    assert_eq!(mend, Some(Mend::Explained));
    let (said, _) = complete(&[Explained::Consultant, Explained::CostSharing]);
    assert_eq!(said, "Spoken consent on record since 20 Sep 2026.");
    assert!(learned(&mut desk, chart).incomplete.is_empty());
}

#[test]
fn months_are_offered_from_the_first_with_time_or_an_episode_to_the_one_that_runs() {
    let mut desk = Desk::new(98);
    desk.create(Kind::Real);
    let offered = |desk: &mut Desk, of: &str| -> Vec<String> {
        let months = month(desk, of).offered;
        months.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        offered(&mut desk, "2026-11"),
        ["2026-11"],
        "an empty registry has its own month"
    );
    let chart = desk.save(Intent::Register(newcomer("Grace", "Dube"))).unwrap().chart;
    assert_eq!(offered(&mut desk, "2026-11"), ["2026-11"], "referred in November");
    desk.save(record(chart, vec![spent("2026-09-30", 12)])).unwrap();
    assert_eq!(offered(&mut desk, "2026-11"), ["2026-11", "2026-10", "2026-09"]);
    // An address can name any other.
    assert_eq!(
        offered(&mut desk, "2026-07"),
        ["2026-11", "2026-10", "2026-09", "2026-07"]
    );
}

#[test]
fn consent_that_was_given_and_taken_back_is_told_apart_from_one_that_was_never_given() {
    let mut desk = Desk::new(99);
    let chart = ready(&mut desk);
    assert_eq!(desk.patient(chart).consent, "given Sun 20 Sep, verbal");
    let withdrawn = consent("2026-11-02", ConsentAnswer::Withdrawn);
    desk.save(record(chart, vec![Fact::Consent(withdrawn)])).unwrap();
    assert_eq!(
        desk.patient(chart).consent,
        "withdrawn Mon 2 Nov: minutes from then on don\u{2019}t count"
    );
    let other = desk.save(Intent::Register(newcomer("Ana", "Ruiz"))).unwrap().chart;
    let refused = consent("2026-11-02", ConsentAnswer::Refused);
    desk.save(record(other, vec![Fact::Consent(refused)])).unwrap();
    assert_eq!(desk.patient(other).consent, "refused Mon 2 Nov");
}
