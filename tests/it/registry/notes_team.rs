//! Messages to somebody of the care team as the window asks for them and the core lets them go.

use caseload::exchange::note::Letter;
use caseload::journal::{EntryId, ThingId};

use super::*;

fn thing(n: u8) -> ThingId {
    ThingId::from_random([n; 16])
}

fn notes(desk: &mut Desk, chart: ChartId) -> NotesView {
    match desk.ask(Request::Notes(chart)) {
        Ok(Response::Notes(view)) => *view,
        other => panic!("no notes: {other:?}"),
    }
}

fn text(desk: &mut Desk, chart: ChartId, member: ThingId, confirmed: &[EntryId]) -> String {
    let confirmed = confirmed.to_vec();
    match desk.ask(Request::Text(chart, TextAsk::Member { member, confirmed })) {
        Ok(Response::Text(view)) => view.text,
        other => panic!("no text: {other:?}"),
    }
}

fn member(n: u8, role: TeamRole, name: &str) -> CareTeamMember {
    CareTeamMember {
        member: thing(n),
        role,
        name: name.to_owned(),
        person: None,
        of: None,
        phone: Some("555-0177".to_owned()),
        fax: None,
        email: None,
        reach: None,
        until: None,
    }
}

fn release(to: &str, covers: Vec<Covers>) -> Release {
    Release {
        release: thing(9),
        to: to.to_owned(),
        scope: String::new(),
        from: day("2026-11-01"),
        until: None,
        part2: false,
        revoked: None,
        covers,
        minor: false,
        kind: None,
        contact: None,
    }
}

fn message(member: ThingId, release: Option<ThingId>, held: Vec<EntryId>) -> Fact {
    Fact::Communication(Communication {
        at: at("2026-11-20T09:00:00-05:00"),
        to: Audience::CareTeam,
        person: None,
        by: Channel::Letter,
        about: None,
        text: "Dear Kim Lee".to_owned(),
        release,
        name: Some("Kim Lee".to_owned()),
        held,
        member: Some(member),
        closing: None,
        feedback: None,
        also: Vec::new(),
    })
}

#[test]
fn everybody_of_the_care_team_is_offered_by_name_with_contact_and_what_stands_against_it() {
    let mut desk = Desk::new(78);
    desk.create(Kind::Real);
    let ana = desk.save(Intent::Register(newcomer("Ana", "Silva"))).unwrap().chart;
    let gone = CareTeamMember {
        until: Some(day("2026-11-18")),
        ..member(3, TeamRole::Therapist, "Old One")
    };
    let team = [
        member(2, TeamRole::CaseManager, "Zoe Park"),
        member(1, TeamRole::Therapist, "Kim Lee"),
        gone,
    ];
    desk.save(record(ana, team.map(Fact::from).to_vec())).unwrap();
    let offered = notes(&mut desk, ana).team;
    let lines: Vec<_> = offered
        .iter()
        .map(|line| (line.words.as_str(), line.contact.clone(), line.not.as_deref()))
        .collect();
    let phone = || vec!["555-0177".to_owned()];
    assert_eq!(
        lines,
        [
            ("Kim Lee, therapist", phone(), None),
            ("Zoe Park, case manager", phone(), Some("there is no such release")),
        ]
    );
    // Without a release the text says so and asks, and tells nothing.
    let made = text(&mut desk, ana, thing(2), &[]);
    assert!(made.starts_with("Nothing may be told to Zoe Park") && made.contains("Ask the patient for a release"));
    assert!(!made.contains("Ana"), "{made}");
    // Nor does another way ask for it.
    let ask = TextAsk::Letter {
        letter: Letter::Member,
        name: String::new(),
        confirmed: Vec::new(),
        release: None,
    };
    assert!(desk.ask(Request::Text(ana, ask)).is_err());
    desk.save(record(ana, vec![release("Zoe Park", vec![Covers::Plan]).into()]))
        .unwrap();
    let offered = notes(&mut desk, ana).team;
    assert_eq!((offered[1].release, offered[1].not.as_deref()), (Some(thing(9)), None));
    assert!(text(&mut desk, ana, thing(2), &[]).contains("Ana Silva"));
}

#[test]
fn the_core_sends_to_somebody_of_the_care_team_only_on_a_ground() {
    let mut desk = Desk::new(79);
    desk.create(Kind::Real);
    let ana = desk.save(Intent::Register(newcomer("Ana", "Silva"))).unwrap().chart;
    let write = |desk: &mut Desk, fact: Fact| desk.save(record(ana, vec![fact])).unwrap().entries[0];
    let note = Note {
        at: at("2026-11-18"),
        text: "in a methadone programme".to_owned(),
        discuss: false,
    };
    let held = write(&mut desk, note.into());
    let mark = Mark {
        entry: held,
        why: Protection::Part2,
        state: MarkState::Set { note: None },
    };
    write(&mut desk, mark.into());
    write(&mut desk, member(1, TeamRole::Therapist, "Kim Lee").into());
    write(&mut desk, member(2, TeamRole::CaseManager, "Kim Lee").into());
    let why = |desk: &mut Desk, fact: Fact| refused(desk.save(record(ana, vec![fact]))).to_string();
    assert!(why(&mut desk, message(thing(7), None, Vec::new())).starts_with("Choose who of the care team"));
    assert!(why(&mut desk, message(thing(2), None, Vec::new())).starts_with("No release names them"));
    assert!(why(&mut desk, message(thing(1), None, vec![held])).starts_with("What is held back goes to them only"));
    write(&mut desk, message(thing(1), None, Vec::new()));
    assert_eq!(notes(&mut desk, ana).sent[0].to, "Kim Lee (therapist)");

    write(&mut desk, release("Harbor Housing", vec![Covers::Progress]).into());
    let somebody_else = message(thing(2), Some(thing(9)), Vec::new());
    assert!(why(&mut desk, somebody_else).contains("names somebody else"));
    write(&mut desk, release("Kim Lee", vec![Covers::Progress]).into());
    write(&mut desk, message(thing(2), Some(thing(9)), Vec::new()));
    let telling = || message(thing(2), Some(thing(9)), vec![held]);
    assert!(why(&mut desk, telling()).contains("doesn\u{2019}t cover records under 42 CFR Part 2"));
    let part2 = Release {
        part2: true,
        ..release("Kim Lee", vec![Covers::Progress])
    };
    write(&mut desk, part2.clone().into());
    write(&mut desk, telling());
    let revoked = Release {
        revoked: Some(day("2026-11-20")),
        ..part2
    };
    write(&mut desk, revoked.into());
    for who in [1, 2] {
        assert!(why(&mut desk, message(thing(who), None, Vec::new())).contains("was revoked"));
    }
}

#[test]
fn months_are_offered_from_the_first_referral_or_contact_on_and_no_more_than_thirteen() {
    let mut desk = Desk::new(77);
    desk.create(Kind::Real);
    let ana = desk.save(Intent::Register(newcomer("Ana", "Silva"))).unwrap().chart;
    let months = |desk: &mut Desk| -> Vec<String> { notes(desk, ana).months.iter().map(ToString::to_string).collect() };
    assert_eq!(months(&mut desk), ["2026-11"]);
    let tried = |on: &str| {
        let json = format!(r#"{{"at": "{on}", "by": "phone", "outcome": "no_answer"}}"#);
        Fact::read("attempt", &json)
    };
    desk.save(record(ana, vec![tried("2026-09-30")])).unwrap();
    assert_eq!(months(&mut desk), ["2026-11", "2026-10", "2026-09"]);
    desk.save(record(ana, vec![tried("2024-01-10")])).unwrap();
    let all = months(&mut desk);
    assert_eq!((all.len(), all.last().map(String::as_str)), (13, Some("2025-11")));
}
