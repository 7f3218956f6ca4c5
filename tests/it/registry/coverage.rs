//! Two weeks of coverage: out to a second copy, worked on there and here, and back.

use super::handoffs::{export, join, receive};
use super::*;
use caseload::care::intent::TeamChange;
use caseload::journal::PersonId;

fn covering() -> PersonId {
    PersonId::from_random([0x5b; 16])
}

fn person(id: PersonId, name: &str) -> Fact {
    Person {
        person: id,
        name: name.to_owned(),
        role: Role::CareManager,
        credential: None,
        npi: None,
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    }
    .into()
}

fn view(desk: &mut Desk) -> CoverageView {
    let query = CoverageQuery {
        from: None,
        until: None,
        chosen: Vec::new(),
    };
    match desk.ask(Request::Coverage(query)) {
        Ok(Response::Coverage(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn team(charts: &[ChartId], change: TeamChange) -> Intent {
    Intent::Team {
        charts: charts.to_vec(),
        change,
    }
}

fn file_of(desk: &mut Desk, scope: Scope) -> Vec<u8> {
    assert!(matches!(desk.ask(Request::Export(scope)), Ok(Response::File { .. })));
    desk.file.take().unwrap()
}

fn join_as(desk: &mut Desk, person: PersonId, file: Vec<u8>) -> Opened {
    let new = NewRegistry {
        person: Some(person),
        name: "B. Sato".to_owned(),
        ..new_registry(Kind::Real)
    };
    match desk.ask_with(Request::Join(new), vec![file]) {
        Ok(Response::Opened(opened)) => *opened,
        other => panic!("not joined: {other:?}"),
    }
}

fn send_out(until: &str) -> TeamChange {
    TeamChange::SendOut {
        by: covering(),
        from: day("2026-11-20"),
        until: day(until),
    }
}

/// Three patients of somebody at home, sent out to a second copy that began from the file.
fn two_copies(seed: u64) -> (Desk, Desk, [ChartId; 3]) {
    let mut home = Desk::new(seed);
    let opened = home.create(Kind::Real);
    home.save(Intent::Office(vec![person(covering(), "B. Sato")])).unwrap();
    let charts = [("Jun", "Ito"), ("Ana", "Abel"), ("Lee", "Moss")].map(|(given, family)| {
        let mut patient = newcomer(given, family);
        patient.care_manager = Some(opened.me);
        home.save(Intent::Register(patient)).unwrap().chart
    });
    home.save(team(&charts[..2], send_out("2026-12-04"))).unwrap();
    let out = view(&mut home).out;
    assert_eq!((out.len(), out[0].patients.len(), out[0].mine), (1, 2, false));
    let file = file_of(&mut home, Scope::Coverage(out[0].coverage));
    let mut away = Desk::new(seed + 1);
    let joined = join_as(&mut away, covering(), file);
    assert_eq!(
        (joined.registry, joined.me, joined.patients),
        (opened.registry, covering(), 2)
    );
    (home, away, charts)
}

fn hand_back(away: &mut Desk) -> Vec<u8> {
    let out = view(away).out;
    assert!(out[0].mine);
    let charts: Vec<ChartId> = out[0].patients.iter().map(|(chart, _)| *chart).collect();
    let coverage = out[0].coverage;
    away.save(team(&charts, TeamChange::HandBack { coverage })).unwrap();
    file_of(away, Scope::Return(coverage))
}

fn item_of(desk: &mut Desk, chart: ChartId) -> TodayItem {
    let today = desk.today();
    today
        .items
        .into_iter()
        .find(|item| item.chart == chart)
        .expect("an item")
}

fn minutes(desk: &mut Desk, chart: ChartId) -> u32 {
    match desk.ask(Request::Month("2026-11".parse().unwrap())) {
        Ok(Response::Month(view)) => view
            .rows
            .iter()
            .find(|row| row.chart == Some(chart))
            .map_or(0, |row| row.minutes),
        other => panic!("{other:?}"),
    }
}

fn steps(concern: caseload::journal::ThingId, when: When) -> Vec<Fact> {
    let step = |step| {
        Fact::ConcernStep(ConcernStep {
            concern,
            at: when,
            step,
            note: None,
        })
    };
    vec![
        step(Step::SecondStep {
            assessment: None,
            outcome: "No plan, no intent".to_owned(),
        }),
        step(Step::Told {
            who: Audience::Clinician,
            how: "by telephone".to_owned(),
            name: None,
        }),
        step(Step::NextContact { on: day("2026-11-23") }),
    ]
}

#[test]
fn what_was_written_on_both_copies_is_merged_once_and_the_marks_go() {
    let (mut home, mut away, [ito, abel, moss]) = two_copies(700);
    let mark = "with B. Sato since Fri 20 Nov, not merged back";
    assert_eq!(item_of(&mut home, ito).care_manager.as_deref(), Some(mark));
    assert_eq!(item_of(&mut home, moss).care_manager, None);
    assert_eq!(home.patient(ito).care_manager, Some(format!("R. Okoye, {mark}")));
    // So do the sheet for the huddle and the evening, which are printed or read without Today beside them.
    let Response::Huddle(huddle) = home.ask(Request::Huddle).unwrap() else {
        panic!("no huddle")
    };
    let row = huddle
        .groups
        .iter()
        .flat_map(|group| &group.rows)
        .find(|row| row.chart == ito);
    assert!(row.unwrap().about.ends_with(mark), "{row:?}");
    let Response::Evening(evening) = home.ask(Request::Evening(EveningQuery::default())).unwrap() else {
        panic!("no evening")
    };
    let row = evening.open.iter().find(|row| row.item.chart == ito);
    assert!(row.unwrap().item.about.ends_with(mark), "{row:?}");
    let theirs = item_of(&mut away, ito).care_manager;
    assert_eq!(theirs.as_deref(), Some("covering for R. Okoye until Fri 4 Dec"));

    let when = at("2026-11-20T08:30:00-05:00");
    away.save(Intent::Contact(call(ito, when, vec![phq9(when, [1; 9])])))
        .unwrap();
    home.save(Intent::Contact(call(ito, at("2026-11-20T08:00:00-05:00"), Vec::new())))
        .unwrap();
    let episode = home.patient(abel).episode.unwrap();
    let status = |status| {
        Fact::StatusChange(StatusChange {
            episode,
            status,
            from: day("2026-11-20"),
            why: None,
        })
    };
    home.save(record(abel, vec![status(Status::Active)])).unwrap();
    away.save(record(
        abel,
        vec![status(Status::OnHold {
            review: day("2026-12-01"),
        })],
    ))
    .unwrap();

    let file = hand_back(&mut away);
    assert!(
        view(&mut away).out.is_empty(),
        "what was handed back is out no more on this copy"
    );
    let preview = receive(&mut home, file.clone());
    let change = preview
        .changes
        .iter()
        .find(|change| change.chart == Some(abel))
        .unwrap();
    assert_eq!(change.forks, ["the status"]);
    assert_eq!(preview.changes.len(), 2, "only the patients of the coverage");
    assert_eq!(home.patient(ito).care_manager.as_deref(), Some("R. Okoye"));
    assert!(view(&mut home).out.is_empty());
    assert_eq!(minutes(&mut home, ito), 44, "the minutes of both, each once");
    let lines: Vec<String> = home.patient(ito).timeline.into_iter().map(|row| row.line).collect();
    assert!(
        lines.contains(&"Coverage by B. Sato for R. Okoye handed back on Fri 20 Nov".to_owned()),
        "{lines:?}"
    );
    match home.ask_with(Request::OpenHandoff, vec![file]).unwrap() {
        Response::Preview(again) => assert_eq!((again.new_entries, again.refused.is_some()), (0, true)),
        other => panic!("{other:?}"),
    }
    let fork = home.patient(abel).forks.remove(0);
    let keep = fork
        .versions
        .iter()
        .find(|version| version.says.starts_with("Status: on hold"))
        .unwrap()
        .entry;
    home.save(Intent::Settle { chart: abel, keep }).unwrap();
    assert!(home.patient(abel).forks.is_empty());
}

#[test]
fn a_concern_that_one_copy_closed_and_the_other_touched_stays_open() {
    let mut home = Desk::new(710);
    let opened = home.create(Kind::Real);
    home.save(Intent::Office(vec![person(covering(), "B. Sato")])).unwrap();
    let mut patient = newcomer("Jun", "Ito");
    patient.care_manager = Some(opened.me);
    let chart = home.save(Intent::Register(patient)).unwrap().chart;
    let when = at("2026-11-20T08:30:00-05:00");
    let form = call(chart, when, vec![phq9(when, [2, 2, 2, 2, 2, 2, 2, 1, 2])]);
    let concern = home.save(Intent::Contact(form)).unwrap().concerns[0];
    home.save(team(&[chart], send_out("2026-12-04"))).unwrap();
    let out = view(&mut home);
    assert_eq!(
        out.patients[0].line.safety.len(),
        1,
        "every safety item is on the cover sheet"
    );
    let mut away = Desk::new(711);
    let file = file_of(&mut home, Scope::Coverage(out.out[0].coverage));
    join_as(&mut away, covering(), file);

    let close = Intent::CloseConcern {
        chart,
        concern,
        action: "Spoke with the patient and Dr. Okafor".to_owned(),
        reason: "No plan, seen on Monday".to_owned(),
        at: at("2026-11-20T08:45:00-05:00"),
    };
    away.save(record(chart, steps(concern, at("2026-11-20T08:40:00-05:00"))))
        .unwrap();
    away.save(close).unwrap();
    assert!(!concern_of(&away.patient(chart)).open);
    // At home the same concern is answered again, positively.
    let later = at("2026-11-20T08:50:00-05:00");
    home.save(record(chart, vec![Fact::Assessment(phq9(later, [2; 9]))]))
        .unwrap();
    let file = hand_back(&mut away);
    receive(&mut home, file);
    assert!(concern_of(&home.patient(chart)).open);
    assert_eq!(item_of(&mut home, chart).kind, ItemKind::Safety);
}

#[test]
fn after_the_last_day_it_is_late_until_somebody_says_how_it_came_back() {
    let (mut home, _, [ito, ..]) = two_copies(720);
    let days = |n: u64| n * 86_400_000;
    // Friday 4 December, 23:30 in New York: the last day.
    home.now = NOW + days(14) + 14 * 3_600_000 + 1_800_000;
    let is_late = |desk: &mut Desk| {
        let item = item_of(desk, ito);
        let sentence = "coverage ended Fri 4 Dec, not merged back".to_owned();
        item.reason == sentence || item.others.contains(&sentence)
    };
    assert!(!is_late(&mut home));
    home.now += 3_600_000;
    assert!(is_late(&mut home));
    assert!(view(&mut home).out[0].late);
    let coverage = view(&mut home).out[0].coverage;
    let otherwise = |reason: &str| {
        let reason = reason.to_owned();
        team(&[ito], TeamChange::BackOtherwise { coverage, reason })
    };
    refused(home.save(otherwise("  ")));
    home.save(otherwise("B. never opened the file")).unwrap();
    assert!(!is_late(&mut home));
    assert_eq!(
        view(&mut home).out[0].patients.len(),
        1,
        "the other patient is out still"
    );
}

#[test]
fn the_caseload_marks_a_record_that_is_out_and_says_when_it_is_late() {
    let (mut home, _away, charts) = two_copies(540);
    let mark = |desk: &mut Desk, chart: ChartId| {
        let rows = [CaseloadTab::Referred, CaseloadTab::Active].map(|tab| desk.caseload(tab).rows);
        let row = rows.into_iter().flatten().find(|row| row.chart == chart);
        row.expect("the row").out.map(|out| (out.words, out.late))
    };
    let words = "with B. Sato since Fri 20 Nov, not merged back".to_owned();
    assert_eq!(mark(&mut home, charts[0]), Some((words.clone(), false)));
    assert_eq!(mark(&mut home, charts[2]), None);
    home.now += 16 * 24 * 60 * 60 * 1000;
    let late = mark(&mut home, charts[0]).expect("it is still out");
    assert!(late.1 && late.0.starts_with("with B. Sato since"), "{late:?}");
}

#[test]
fn a_coverage_and_an_assignment_are_taken_back_by_one_stroke_in_every_record() {
    let mut desk = Desk::new(542);
    let opened = desk.create(Kind::Real);
    desk.save(Intent::Office(vec![person(covering(), "B. Sato")])).unwrap();
    let charts = [("Jun", "Ito"), ("Ana", "Abel")].map(|(given, family)| {
        let mut patient = newcomer(given, family);
        patient.care_manager = Some(opened.me);
        desk.save(Intent::Register(patient)).unwrap().chart
    });
    let manager = |desk: &mut Desk, chart: ChartId| {
        let rows = [CaseloadTab::Referred, CaseloadTab::Active].map(|tab| desk.caseload(tab).rows);
        rows.into_iter()
            .flatten()
            .find(|row| row.chart == chart)
            .unwrap()
            .care_manager
    };
    let before = charts.map(|chart| manager(&mut desk, chart));
    let assign = TeamChange::Assign {
        to: Some(covering()),
        from: day("2026-11-20"),
        reason: "A new caseload".to_owned(),
    };
    let saved = desk.save(team(&charts, assign)).unwrap();
    assert_eq!(
        charts.map(|chart| manager(&mut desk, chart)),
        [0; 2].map(|_| Some("B. Sato".to_owned()))
    );
    let undone = desk.save(saved.undo().expect("a way back")).unwrap();
    assert_eq!(charts.map(|chart| manager(&mut desk, chart)), before);
    assert_eq!(undone.undo(), None, "an undo isn't undone");

    let saved = desk.save(team(&charts, send_out("2026-12-04"))).unwrap();
    assert_eq!(view(&mut desk).out.len(), 1);
    let undone = desk.save(saved.undo().expect("a way back")).unwrap();
    assert!(view(&mut desk).out.is_empty());
    assert!(
        undone.notes.iter().any(|note| note.contains("delete the file")),
        "{:?}",
        undone.notes
    );
    // Once more, and then nothing is left to take back.
    let why = refused(desk.save(saved.undo().unwrap())).to_string();
    assert!(why.contains("undone any more"), "{why}");
    // It can go out anew, and what several records hold of anything else has no undo of one stroke.
    desk.save(team(&charts, send_out("2026-12-04"))).unwrap();
}

#[test]
fn what_can_not_go_out_is_refused_and_nothing_is_written() {
    let (mut home, _, [ito, _, moss]) = two_copies(730);
    let me = home.patient(moss).care_manager.unwrap();
    assert_eq!(me, "R. Okoye");
    let sentence = |result| refused(result).to_string();
    let twice = sentence(home.save(team(&[ito, moss], send_out("2026-12-04"))));
    assert!(twice.starts_with("1 of these patients are out already"), "{twice}");
    let past = sentence(home.save(team(&[moss], send_out("2026-11-19"))));
    assert!(past.contains("past"), "{past}");
    let coverage = view(&mut home).out[0].coverage;
    let nobody = TeamChange::SendOut {
        by: PersonId::from_random([9; 16]),
        from: day("2026-11-20"),
        until: day("2026-12-04"),
    };
    assert!(sentence(home.save(team(&[moss], nobody))).contains("person of the clinic"));
    assert_eq!(
        refused(home.save(team(&[moss], TeamChange::HandBack { coverage }))),
        Refusal::Nothing
    );
}

#[test]
fn a_file_of_somebody_who_was_never_given_coverage_is_a_plain_handoff() {
    let mut home = Desk::new(740);
    home.create(Kind::Real);
    let chart = home.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let mut other = Desk::new(741);
    let file = export(&mut home);
    join(&mut other, file);
    let when = at("2026-11-20T08:30:00-05:00");
    other.save(Intent::Contact(call(chart, when, Vec::new()))).unwrap();
    let file = export(&mut other);
    let preview = receive(&mut home, file);
    assert!(preview.cover.is_none());
    assert_eq!(minutes(&mut home, chart), 22);
    assert!(view(&mut home).out.is_empty());
}

#[test]
fn a_copy_that_has_its_own_protocol_chooses_before_it_merges() {
    let protocol = |n| {
        Fact::ProtocolChange(ProtocolChange {
            name: format!("Version {n}"),
            numbers: [("contact_active_days".to_owned(), n)].into_iter().collect(),
        })
    };
    for theirs in [true, false] {
        let (mut home, mut away, charts) = two_copies(750 + 2 * u64::from(theirs));
        home.save(Intent::Office(vec![protocol(21)])).unwrap();
        // Written later, so without a choice this version would hold.
        away.now += 60_000;
        away.save(Intent::Office(vec![protocol(10)])).unwrap();
        let coverage = view(&mut home).out[0].coverage;
        let file = file_of(&mut home, Scope::Coverage(coverage));
        let preview = match away.ask_with(Request::OpenHandoff, vec![file]).unwrap() {
            Response::Preview(view) => *view,
            other => panic!("{other:?}"),
        };
        let said: Vec<(OfficePart, Option<&str>, &str)> = preview
            .differences
            .iter()
            .map(|d| (d.part, d.here.as_deref(), d.there.as_str()))
            .collect();
        let expected = (
            OfficePart::Protocol,
            Some("Version 10: contact_active_days 10"),
            "Version 21: contact_active_days 21",
        );
        assert_eq!(said, [expected]);
        let (heading, sheet) = preview.cover.unwrap();
        assert_eq!(heading, "B. Sato covers from Fri 20 Nov until Fri 4 Dec");
        assert_eq!(sheet.len(), charts.len() - 1);
        let choice = OfficeChoice {
            part: OfficePart::Protocol,
            theirs,
        };
        let merged = away.ask(Request::PublishChosen(vec![choice]));
        assert_eq!(
            merged.is_ok(),
            theirs,
            "with the protocol kept there is nothing to merge: {merged:?}"
        );
        let rule = item_of(&mut away, charts[0]).rule;
        let holds = if theirs { "Version 21" } else { "Version 10" };
        assert!(rule.contains(holds), "{rule}");
    }
}

#[test]
fn patients_change_hands_together_with_a_reason_and_the_unassigned_come_first() {
    let (mut home, _, [ito, abel, moss]) = two_copies(760);
    let shares = |desk: &mut Desk| match desk.ask(Request::Shares) {
        Ok(Response::Shares(view)) => view.shares,
        other => panic!("{other:?}"),
    };
    let counts = |desk: &mut Desk| -> Vec<(String, usize)> {
        let shares = shares(desk);
        shares
            .into_iter()
            .map(|share| (share.name, share.patients.len()))
            .collect()
    };
    let named = |numbers: [usize; 3]| -> Vec<(String, usize)> {
        ["Nobody", "B. Sato", "R. Okoye"]
            .map(str::to_owned)
            .into_iter()
            .zip(numbers)
            .collect()
    };
    assert_eq!(counts(&mut home), named([0, 0, 3]));
    let assign = |charts: &[ChartId], to, reason: &str| {
        let from = day("2026-11-20");
        let reason = reason.to_owned();
        team(charts, TeamChange::Assign { to, from, reason })
    };
    refused(home.save(assign(&[ito], Some(covering()), " ")));
    home.save(assign(&[ito, abel], Some(covering()), "Okoye goes on leave"))
        .unwrap();
    home.save(assign(&[moss], None, "Moved to another clinic")).unwrap();
    assert_eq!(counts(&mut home), named([1, 2, 0]));
    let row = home
        .patient(ito)
        .timeline
        .into_iter()
        .find(|row| row.line == "Care manager: B. Sato")
        .unwrap();
    assert_eq!(row.more.as_deref(), Some("Okoye goes on leave"));
}
