//! Handoff files: written, read in any layout and in pieces, damaged in every way, merged.

use std::collections::BTreeSet;

use caseload::exchange::handoff::{
    HandoffError, Header, Joining, LARGEST_FILE, Likeness, NamedPerson, Reader, Refusal, RegistryKind, Scope, Shelf,
    entries_to_take, preview, read, read_from, to_text, write_to,
};
use caseload::journal::facts::{Consent, ConsentAnswer, Erased, Note, Programme, Registration, Role};
use caseload::journal::{ChartId, Day, Draft, Entry, EntryId, Fact, Journal, PersonId, RegistryId, Slot, Stamp, When};
use proptest::prelude::*;

fn registry() -> RegistryId {
    RegistryId::from_random([1; 16])
}
fn person() -> PersonId {
    PersonId::from_random([9; 16])
}
fn chart(n: u8) -> ChartId {
    ChartId::from_random([n; 16])
}
fn header(kind: RegistryKind) -> Header {
    Header {
        registry: registry(),
        kind,
        created: "2026-11-20T14:05:00-05:00".parse().unwrap(),
        author: person(),
        scope: Scope::All,
        people: vec![NamedPerson {
            person: person(),
            name: "R. Okoye".into(),
            role: Role::CareManager,
        }],
        cover: None,
    }
}
fn entry(chart: ChartId, n: u8, fact: impl Into<Fact>) -> Entry {
    let stamp = Stamp::new(1_763_000_000_000 + u64::from(n), 0, 7);
    Entry::write(Draft::new(chart, fact), EntryId::from_random([n; 16]), stamp, person()).unwrap()
}
fn note(text: &str) -> Note {
    Note {
        at: When::Day(Day::new(2026, 11, 3).unwrap()),
        text: text.into(),
        discuss: false,
    }
}
fn patient(family: &str, given: &str, mrn: &str) -> Registration {
    serde_json::from_value(serde_json::json!({
        "given": given, "family": family, "mrn": mrn, "birth": "1956-01-02"
    }))
    .unwrap()
}
fn unknown(chart: ChartId) -> Entry {
    let text = format!(
        "{{\"id\":\"{}\",\"chart\":\"{chart}\",\"stamp\":\"1763000000000-0000-0000000000000007\",\"author\":\"{}\",\
         \"replaces\":[],\"kind\":\"from_tomorrow\",\"fact\":{{\"n\":1.50,\"s\":\"\\u00e9 é\"}}}}",
        EntryId::from_random([77; 16]),
        person()
    );
    Entry::read(&text).unwrap()
}
fn journal() -> Journal {
    Journal::of([
        entry(chart(3), 1, patient("Ellis", "Hugo", "100200")),
        entry(chart(3), 2, note("a quote \", a bracket ], a brace } and\na line")),
        entry(chart(4), 3, patient("O’Neil", "Zoë", "100606")),
        unknown(chart(4)),
    ])
}
fn text() -> String {
    to_text(&header(RegistryKind::Real), &journal()).unwrap()
}
fn refused(text: &str) -> HandoffError {
    read(text.as_bytes()).unwrap_err()
}

#[test]
fn what_was_written_reads_back_byte_for_byte() {
    let handoff = read(text().as_bytes()).unwrap();
    assert_eq!(handoff.header, header(RegistryKind::Real));
    assert_eq!(handoff.journal(), journal());
    assert_eq!(to_text(&handoff.header, &handoff.journal()).unwrap(), text());
    assert!(text().contains("\"fact\":{\"n\":1.50,\"s\":\"\\u00e9 é\"}"));
}

#[test]
fn header_keys_come_first_one_chart_a_line_and_the_digest_last() {
    let text = text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("{\"format\":\"caseload-handoff\",\"version\":1,\"registry\":"));
    assert!(lines[0].ends_with("\"charts\":["));
    assert!(lines[1].starts_with("{\"chart\":") && lines[2].starts_with("{\"chart\":"));
    assert!(lines[3].starts_with("],\"digest\":{\"charts\":2,\"entries\":4,\"sum\":\""));
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_stream_gets_the_same_bytes() {
    let journal = journal();
    let mut out = Vec::new();
    let charts = journal.charts().map(|(id, chart)| (id, chart.entries()));
    write_to(&mut out, &header(RegistryKind::Real), charts).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), text());
}

#[test]
fn any_layout_of_the_same_json_is_read() {
    let value: serde_json::Value = serde_json::from_str(&text()).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    // Value sorts keys, so `charts` comes before `format` here; 1.50 became 1.5, which changes one entry's bytes.
    assert!(matches!(
        refused(&pretty),
        HandoffError::DigestMismatch { expected: 4, found: 4 }
    ));

    let spread = text()
        .replace("},{", "} ,\r\n\t{")
        .replace("\"charts\":[", " \"charts\" : [ ");
    assert_eq!(read(spread.as_bytes()).unwrap().journal(), journal());
    let marked = format!("\u{feff}\n  {}", text());
    assert_eq!(read(marked.as_bytes()).unwrap().journal(), journal());
}

#[test]
fn keys_that_this_version_does_not_know_are_passed_over() {
    let text = text().replace("\"scope\"", "\"note\":{\"a\":[1,2,{}]},\"scope\"");
    assert_eq!(read(text.as_bytes()).unwrap().journal(), journal());
}

proptest! {
    #[test]
    fn pieces_of_any_size_make_no_difference(sizes in prop::collection::vec(1_usize..90, 1..200)) {
        let text = text();
        let mut reader = Reader::new();
        let mut rest = text.as_bytes();
        for size in sizes.iter().cycle() {
            let (piece, left) = rest.split_at((*size).min(rest.len()));
            reader.push(piece).unwrap();
            rest = left;
            if rest.is_empty() { break }
        }
        prop_assert_eq!(reader.finish().unwrap().journal(), journal());
    }

    #[test]
    fn a_file_cut_anywhere_is_refused(cut in 0_usize..100_000) {
        let text = text();
        let cut = cut % (text.trim_end().len());
        let error = read(&text.as_bytes()[..cut]).unwrap_err();
        prop_assert!(matches!(error, HandoffError::Empty | HandoffError::Truncated { .. }), "{:?}", error);
    }

    #[test]
    fn a_flipped_byte_is_never_taken_for_the_same_file(place in 0_usize..100_000, bit in 0_u8..8) {
        let mut bytes = text().into_bytes();
        let place = place % bytes.len();
        bytes[place] ^= 1 << bit;
        if let Ok(handoff) = read(&bytes) {
            // Header values and white space are outside the digest: a plain file proves nothing about its author.
            prop_assert_eq!(handoff.journal(), journal());
        }
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
    }
}

#[test]
fn each_way_of_being_no_handoff_has_its_own_sentence() {
    let newer = text().replace("\"version\":1,", "\"version\":7,");
    let lost = text().replacen("\"entries\":4", "\"entries\":5", 1);
    let elsewhere = text().replacen(
        &format!("{{\"chart\":\"{}\"", chart(3)),
        &format!("{{\"chart\":\"{}\"", chart(5)),
        1,
    );
    let unreadable = text().replacen("\"stamp\":\"", "\"stamp\":\"x", 1);
    let no_entries = text().replacen("\"entries\":[", "\"other\":[", 1);
    let bomb = text().replacen("\"fact\":{", &format!("\"fact\":{}", "[".repeat(100_000)), 1);
    let bare_bomb = "[".repeat(1_000_000);
    let two = text().replace("\"scope\"", "\"author\":\"x\",\"scope\"");
    let comma = text().replacen("},\n{", "},\n,{", 1);
    let cases: [(&str, &str); 18] = [
        ("", "This file is empty."),
        (
            "MRN,Name\n1,Ellis\n",
            "This file is not a handoff: at line 1, column 1 it is not JSON.",
        ),
        (
            "{\n  \"format\": caseload\n}",
            "This file is not a handoff: at line 2, column 13 it is not JSON.",
        ),
        ("[1,2]", "This file is JSON, but not a Caseload handoff."),
        ("{}", "This file is JSON, but not a Caseload handoff."),
        (
            "{\"resourceType\":\"Bundle\"}",
            "This file is JSON, but not a Caseload handoff.",
        ),
        (
            "{\"format\":\"something-else\"}",
            "This file is JSON, but not a Caseload handoff.",
        ),
        (
            "{\"format\":\"caseload-handoff\",\"version\":1}",
            "This file is not a whole handoff: its “registry” is missing, is there twice, or can't be read.",
        ),
        (
            "age-encryption.org/v1\n-> scrypt",
            "This file is encrypted: it has to be decrypted first.",
        ),
        (
            &newer,
            "This handoff was written by a newer Caseload (format 7); this one reads formats up to 1. Update, then open it again.",
        ),
        (
            &lost,
            "This handoff is damaged: it names 5 entries and holds 4, or one of them was changed. Ask for it again.",
        ),
        (
            &elsewhere,
            "This handoff is damaged: entry 1 of chart 1, at line 2, can't be read. Ask for it again.",
        ),
        (
            &unreadable,
            "This handoff is damaged: entry 1 of chart 1, at line 2, can't be read. Ask for it again.",
        ),
        (
            &no_entries,
            "This handoff is damaged: chart 1, at line 2, can't be read. Ask for it again.",
        ),
        (&bomb, "This file is not a handoff: at line 2 it is nested too deep."),
        (&bare_bomb, "This file is JSON, but not a Caseload handoff."),
        (
            &two,
            "This file is not a whole handoff: its “author” is missing, is there twice, or can't be read.",
        ),
        (
            &comma,
            "This file is not a handoff: at line 3, column 1 it is not JSON.",
        ),
    ];
    for (text, sentence) in cases {
        assert_eq!(refused(text).to_string(), sentence);
    }
}

/// A file that never ends, made as it is read.
struct Endless<'a> {
    begin: &'a [u8],
    body: &'a [u8],
    given: u64,
}

impl std::io::Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let source = if self.given == 0 { self.begin } else { self.body };
        let count = source.len().min(out.len());
        out[..count].copy_from_slice(&source[..count]);
        self.given += count as u64;
        Ok(count)
    }
}

#[test]
fn a_file_of_a_gigabyte_is_refused_without_being_held() {
    assert_eq!(Reader::check_size(1 << 30), Err(HandoffError::TooLarge));
    assert_eq!(Reader::check_size(LARGEST_FILE), Ok(()));
    // Something else than a handoff is refused as soon as one of its values is larger than any header.
    let body = vec![b'x'; 1 << 16];
    let mut endless = Endless {
        begin: b"{\"data\":\"",
        body: &body,
        given: 0,
    };
    assert_eq!(read_from(&mut endless).unwrap(), Err(HandoffError::NotAHandoff));
    assert!(endless.given < 5 << 20, "{}", endless.given);
    // A chart without end is refused at the largest size of one.
    let mut endless = Endless {
        begin: b"{\"charts\":[{\"",
        body: &body,
        given: 0,
    };
    assert_eq!(read_from(&mut endless).unwrap(), Err(HandoffError::TooLarge));
    assert!(endless.given < 66 << 20, "{}", endless.given);
}

#[test]
fn charts_can_be_taken_while_the_file_is_being_read() {
    let text = text();
    let (first, second) = text.split_at(text.find("},\n{").unwrap() + 2);
    let mut reader = Reader::new();
    reader.push(first.as_bytes()).unwrap();
    assert_eq!(reader.header().unwrap(), header(RegistryKind::Real));
    assert_eq!(reader.entries_so_far(), 2);
    assert_eq!(reader.take_charts().len(), 1);
    reader.push(second.as_bytes()).unwrap();
    let handoff = reader.finish().unwrap();
    assert_eq!((handoff.charts.len(), handoff.end.entries), (1, 4));
}

fn here(journal: &Journal) -> Shelf<'_> {
    Shelf {
        identity: Some((registry(), RegistryKind::Real)),
        journal,
    }
}

#[test]
fn an_empty_copy_joins_and_a_known_handoff_brings_nothing() {
    let handoff = read(text().as_bytes()).unwrap();
    let empty = Journal::default();
    let joined = preview(
        &handoff,
        &Shelf {
            identity: None,
            journal: &empty,
        },
    )
    .unwrap();
    assert_eq!(
        (joined.joining, joined.new_entries, joined.new_charts),
        (Joining::Joins, 4, 2)
    );
    assert_eq!(joined.unknown_kinds, 1);

    let again = preview(&handoff, &here(&journal())).unwrap();
    assert_eq!(
        (again.joining, again.new_entries, again.known_entries),
        (Joining::SameRegistry, 0, 4)
    );
    assert_eq!((again.known_charts, again.charts.len()), (2, 0));
    assert_eq!(entries_to_take(&handoff, &here(&journal())).unwrap(), vec![]);
}

#[test]
fn from_another_registry_only_patients_charts_are_taken() {
    let own = entry(registry().own_chart(), 60, note("not a patient's"));
    let mut both = journal();
    both.add([own]);
    let handoff = read(to_text(&header(RegistryKind::Real), &both).unwrap().as_bytes()).unwrap();
    let empty = Journal::default();
    let other = Shelf {
        identity: Some((RegistryId::from_random([2; 16]), RegistryKind::Real)),
        journal: &empty,
    };
    let brought = preview(&handoff, &other).unwrap();
    assert_eq!(
        (brought.joining, brought.new_entries, brought.left_out),
        (Joining::OtherRegistry, 4, 1)
    );
    assert_eq!(entries_to_take(&handoff, &other).unwrap().len(), 4);
    assert_eq!(entries_to_take(&handoff, &here(&empty)).unwrap().len(), 5);
}

#[test]
fn invented_and_real_patients_never_meet() {
    use RegistryKind::{Packet, Real, Training};
    let same = registry();
    let other = RegistryId::from_random([2; 16]);
    let empty = Journal::default();
    for (file, here, id, expected) in [
        (Training, Real, other, Err(Refusal::TrainingIntoReal)),
        (Training, Real, same, Err(Refusal::TrainingIntoReal)),
        (Real, Training, other, Err(Refusal::RealIntoTraining)),
        (Packet, Training, same, Err(Refusal::RealIntoTraining)),
        (Packet, Real, other, Err(Refusal::ForeignPacket)),
        (Real, Packet, same, Err(Refusal::ForeignPacket)),
        (Packet, Real, same, Ok(Joining::SameRegistry)),
        (Training, Training, other, Ok(Joining::OtherRegistry)),
        (Real, Real, same, Ok(Joining::SameRegistry)),
    ] {
        let handoff = read(to_text(&header(file), &journal()).unwrap().as_bytes()).unwrap();
        let shelf = Shelf {
            identity: Some((id, here)),
            journal: &empty,
        };
        assert_eq!(
            preview(&handoff, &shelf).map(|p| p.joining),
            expected,
            "{file:?} into {here:?}"
        );
        assert_eq!(entries_to_take(&handoff, &shelf).is_ok(), expected.is_ok());
    }
}

#[test]
fn chosen_patients_do_not_make_a_registry() {
    let part = Header {
        scope: Scope::Patients(vec![chart(3)]),
        ..header(RegistryKind::Real)
    };
    let handoff = read(to_text(&part, &journal()).unwrap().as_bytes()).unwrap();
    let empty = Journal::default();
    let nothing = Shelf {
        identity: None,
        journal: &empty,
    };
    assert_eq!(preview(&handoff, &nothing).unwrap_err(), Refusal::PartOfARegistry);
}

#[test]
fn what_two_copies_set_differently_is_a_fork_and_only_a_new_one_is_named() {
    let consent = |n: u8, day: u32| {
        let day = Day::new(2026, 11, day).unwrap();
        entry(
            chart(3),
            n,
            Consent {
                programme: Programme::Cocm,
                answer: ConsentAnswer::Refused,
                day,
                taken_by: None,
            },
        )
    };
    let mut ours = journal();
    ours.add([consent(20, 1)]);
    let mut theirs = journal();
    theirs.add([consent(21, 2)]);
    let handoff = read(to_text(&header(RegistryKind::Real), &theirs).unwrap().as_bytes()).unwrap();
    let brought = preview(&handoff, &here(&ours)).unwrap();
    assert_eq!(brought.charts.len(), 1);
    assert_eq!(brought.charts[0].forks.len(), 1);
    assert_eq!(brought.charts[0].forks[0].slot, Slot::Consent(Programme::Cocm));
    assert_eq!(brought.charts[0].forks[0].heads.len(), 2);
    ours.merge(theirs);
    assert!(preview(&handoff, &here(&ours)).unwrap().charts.is_empty());
}

#[test]
fn like_patients_are_named_and_those_already_linked_are_not() {
    let ours = Journal::of([
        entry(chart(8), 30, patient("ÉLLIS", "hugo", "other")),
        entry(chart(9), 31, patient("Somebody", "Else", " 100606 ")),
    ]);
    let handoff = read(text().as_bytes()).unwrap();
    let hints = preview(&handoff, &here(&ours)).unwrap().same_person;
    let found: BTreeSet<_> = hints.iter().map(|h| (h.theirs, h.ours, h.because)).collect();
    assert_eq!(
        found,
        BTreeSet::from([
            (chart(3), chart(8), Likeness::NameAndBirth),
            (chart(4), chart(9), Likeness::Mrn)
        ])
    );

    let mut linked = ours.clone();
    linked.add([entry(
        chart(8),
        32,
        caseload::journal::facts::SamePerson {
            other: chart(3),
            same: true,
        },
    )]);
    assert_eq!(preview(&handoff, &here(&linked)).unwrap().same_person.len(), 1);
}

#[test]
fn damage_erasures_and_broken_content_are_named() {
    let mut theirs = journal();
    theirs.add([
        entry(chart(3), 2, note("the same id, other content")),
        entry(
            chart(4),
            40,
            Erased {
                reason: "asked for".into(),
                basis: None,
                asked_by: None,
            },
        ),
        entry(chart(5), 41, note("")),
    ]);
    // A journal drops what an erased chart held, so the file is written from the entries themselves.
    let handoff = read(to_text(&header(RegistryKind::Real), &theirs).unwrap().as_bytes()).unwrap();
    let brought = preview(&handoff, &here(&journal())).unwrap();
    assert_eq!(brought.damaged, vec![(chart(3), EntryId::from_random([2; 16]))]);
    assert_eq!(brought.erasures, vec![chart(4)]);
    assert_eq!(brought.problems.len(), 1);
    assert_eq!(brought.problems[0].problems[0].to_string(), "Note is empty");
}
