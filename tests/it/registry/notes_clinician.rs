//! What is held back goes to the treating clinician under a release that names them, is in force and covers it.

use caseload::exchange::note::Letter;
use caseload::journal::{EntryId, ThingId};

use super::*;

fn release(to: &str, covers: &[Covers], part2: bool) -> Release {
    Release {
        release: ThingId::from_random([9; 16]),
        to: to.to_owned(),
        scope: String::new(),
        from: day("2026-11-01"),
        until: None,
        part2,
        revoked: None,
        covers: covers.to_vec(),
        minor: false,
        kind: None,
        contact: None,
    }
}

/// Gives the patient a clinician on record, and that one a release.
pub fn consents(desk: &mut Desk, chart: ChartId, covers: Covers) {
    let pcp = caseload::journal::PersonId::from_random([44; 16]);
    let person = Person {
        person: pcp,
        name: "Dr. Kim Lee".to_owned(),
        role: Role::Clinician,
        credential: None,
        npi: None,
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    };
    desk.save(Intent::Office(vec![person.into()])).unwrap();
    let registration = Registration {
        clinician: Some(pcp),
        ..desk.patient(chart).registration
    };
    let consent = release("Kim Lee, MD", &[covers], true);
    desk.save(record(chart, vec![registration.into(), consent.into()]))
        .unwrap();
}

fn letter(desk: &mut Desk, chart: ChartId, held: EntryId) -> TextView {
    let ask = TextAsk::Letter {
        letter: Letter::Clinician,
        name: "Dr. Kim Lee".to_owned(),
        confirmed: vec![held],
        release: None,
    };
    match desk.ask(Request::Text(chart, ask)) {
        Ok(Response::Text(view)) => *view,
        other => panic!("no text: {other:?}"),
    }
}

#[test]
fn a_part_2_medicine_goes_to_the_pcp_under_a_release_that_covers_it_or_the_tick_says_what_is_missing() {
    let until = |day: Day, release: Release| Release {
        until: Some(day),
        ..release
    };
    let revoked = |on: Day, release: Release| Release {
        revoked: Some(on),
        ..release
    };
    let full = || release("Kim Lee, MD", &[Covers::Medicines], true);
    let table = [
        (None, Some("No release to Dr. Kim Lee is on file")),
        (Some(full()), None),
        (
            Some(release("Ana Roe, MD", &[Covers::Medicines], true)),
            Some("No release to Dr. Kim Lee is on file"),
        ),
        (
            Some(release("Kim Lee, MD", &[Covers::Medicines], false)),
            Some(
                "The release to Dr. Kim Lee doesn\u{2019}t permit it: this release doesn\u{2019}t cover records under 42 CFR Part 2",
            ),
        ),
        (
            Some(release("Kim Lee, MD", &[Covers::Measures], true)),
            Some("The release to Dr. Kim Lee doesn\u{2019}t permit it: this release doesn\u{2019}t cover medications"),
        ),
        (
            Some(until(day("2026-11-19"), full())),
            Some("The release to Dr. Kim Lee doesn\u{2019}t permit it: this release expired after 19 Nov 2026"),
        ),
        (Some(until(day("2026-11-20"), full())), None),
        (
            Some(revoked(day("2026-11-18"), full())),
            Some("The release to Dr. Kim Lee doesn\u{2019}t permit it: this release was revoked on 18 Nov 2026"),
        ),
    ];
    for (number, (release, missing)) in (180..).zip(table) {
        let mut desk = Desk::new(number);
        desk.create(Kind::Real);
        let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
        let medicine = Medication::named(ThingId::from_random([3; 16]), "buprenorphine".to_owned());
        let held = desk.save(record(chart, vec![medicine.into()])).unwrap().entries[0];
        let mark = Mark {
            entry: held,
            why: Protection::Part2,
            state: MarkState::Set { note: None },
        };
        desk.save(record(chart, vec![mark.into()])).unwrap();
        if let Some(release) = release {
            desk.save(record(chart, vec![release.into()])).unwrap();
        }
        let text = letter(&mut desk, chart, held);
        assert_eq!(
            text.text.contains("buprenorphine"),
            missing.is_none(),
            "{missing:?}: {}",
            text.text
        );
        assert_eq!(
            text.text.contains("42 CFR part 2"),
            missing.is_none(),
            "the notice goes along"
        );
        let said: Vec<&str> = text.refused.iter().map(|(_, why)| why.as_str()).collect();
        match missing {
            None => assert_eq!(said, Vec::<&str>::new()),
            Some(missing) => assert!(said.len() == 1 && said[0].starts_with(missing), "{said:?}"),
        }
    }
}

#[test]
fn the_patients_pages_leave_a_marked_medicine_out_and_the_screen_is_told_why_and_which_line_it_would_be() {
    let mut desk = Desk::new(190);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let named = |n: u8, name: &str, until: Option<Day>| Medication {
        until,
        dose: Some("8 mg".to_owned()),
        ..Medication::named(ThingId::from_random([n; 16]), name.to_owned())
    };
    let medicines = [
        named(3, "buprenorphine", None),
        named(4, "methadone", Some(day("2026-11-01"))),
        named(5, "sertraline", None),
    ];
    let entries = medicines.map(|medicine| desk.save(record(chart, vec![medicine.into()])).unwrap().entries[0]);
    for entry in &entries[..2] {
        let mark = Mark {
            entry: *entry,
            why: Protection::Part2,
            state: MarkState::Set { note: None },
        };
        desk.save(record(chart, vec![mark.into()])).unwrap();
    }
    let Ok(Response::Notes(notes)) = desk.ask(Request::Notes(chart)) else {
        panic!("no notes")
    };
    let paper: Vec<String> = notes
        .summary
        .parts
        .iter()
        .flat_map(|(_, lines)| lines.clone())
        .collect();
    let paper = paper.join("\n");
    assert!(
        paper.contains("sertraline") && !paper.contains("buprenorphine"),
        "{paper}"
    );
    assert!(
        !paper.contains("left out") && !paper.contains("held back"),
        "never on the paper: {paper}"
    );
    let Ok(Response::Closing(closing)) = desk.ask(Request::Closing(chart)) else {
        panic!("no closing page")
    };
    assert!(!closing.known.medications.contains("buprenorphine"));
    for left_out in [&notes.summary.left_out, &closing.left_out] {
        let said: Vec<_> = left_out
            .iter()
            .map(|one| (one.entry, one.why.as_str(), one.line.as_str()))
            .collect();
        assert_eq!(said, [(entries[0], "protected by 42 CFR Part 2", "buprenorphine 8 mg")]);
    }
}
