//! What holds for all texts: the queue, templates, releases, what is never left out.

use std::collections::BTreeSet;

use caseload::exchange::note::{self, Paper, check_template, releases, vocabulary};
use caseload::flowsheet::{EhrItem, EhrState};
use caseload::journal::facts::*;
use caseload::journal::{Draft, Entry, EntryId, Fact, ThingId};

use super::story::*;

#[test]
fn a_note_waits_until_it_is_copied_and_comes_back_when_it_changes() {
    let mut story = jun();
    november(&mut story);
    let state = |story: &Story| story.item(NoteKind::Contact).state;
    assert_eq!(state(&story), EhrState::New);
    let item = story.item(NoteKind::Contact);
    story.copy("2026-11-20 15:00", &item, "as copied");
    assert_eq!(state(&story), EhrState::Copied);
    assert!(story.folded().1.ehr.iter().all(|line| line.anchor != item.anchor));

    let mut right = contact("2026-11-20 14:05", ContactKind::FollowUp, "Slept well.");
    right.mode = Mode::Video;
    let corrected = Corrected {
        entry: item.anchor,
        kind: "contact".to_owned(),
        fact: serde_json::to_value(&right).unwrap(),
        reason: None,
    };
    story.save("2026-11-20 15:10", [corrected.into()]);
    assert_eq!(state(&story), EhrState::Changed);
    let text = story.note(NoteKind::Contact);
    assert!(
        text.contains("video") && text.contains("corrected since it was first written"),
        "{text}"
    );
    assert!(text.contains("this replaces the note that was copied before"));

    let again = story.item(NoteKind::Contact);
    story.copy("2026-11-20 15:20", &again, "as copied again");
    assert_eq!(state(&story), EhrState::Copied);

    let error = EnteredInError {
        entry: item.anchor,
        reason: "Wrong patient".to_owned(),
        moved_to: None,
    };
    story.save("2026-11-20 15:30", [error.into()]);
    let gone: Vec<EhrItem> = story
        .items()
        .into_iter()
        .filter(|i| i.state == EhrState::Withdrawn)
        .collect();
    assert_eq!(gone.len(), 1);
    let text = story.read(|source| note::note(source, &gone[0], Paper::Note(NoteKind::Contact).ours()));
    assert!(
        text.contains("Why: Wrong patient") && text.contains("as copied again"),
        "{text}"
    );
    story.copy("2026-11-20 15:40", &gone[0], "retracted");
    assert!(story.items().iter().all(|item| item.state != EhrState::Withdrawn));
}

#[test]
fn what_a_spreadsheet_brought_in_does_not_wait() {
    let mut story = Story::new();
    let draft = Draft::new(id_of_chart(), contact("2026-03-02", ContactKind::FollowUp, "Imported"));
    let stamp = story.clock.tick(1);
    let entry = Entry::write(draft, EntryId::derived([3; 16]), stamp, person(MANAGER)).unwrap();
    story.chart.insert(entry);
    assert_eq!(story.items(), []);
}

#[test]
fn every_template_of_ours_names_only_fields_that_there_are() {
    for paper in Paper::all() {
        assert_eq!(check_template(paper, paper.ours()), Ok(()), "{paper:?}");
        let fields: Vec<&str> = vocabulary(paper).iter().map(|field| field.name).collect();
        match paper {
            // A script lies on a desk: it can name nothing of a patient.
            Paper::Script(_) => assert_eq!(fields, ["me", "clinic", "crisis line"], "{paper:?}"),
            _ => assert!(fields.len() > 10, "{paper:?}"),
        }
    }
    let ids: BTreeSet<ThingId> = Paper::all().map(Paper::template_id).collect();
    assert_eq!(ids.len(), Paper::all().count());
}

#[test]
fn an_unknown_field_is_refused_with_the_list() {
    let paper = Paper::Note(NoteKind::Contact);
    for (text, wrong) in [
        (
            "Seen {when} by {doctor}",
            "There is no field {doctor} here. You can use: {patient}",
        ),
        ("Seen {when", "A field is not closed"),
        ("{advice}", "There is no field {advice}"),
        ("{}", "There is no field {}"),
    ] {
        let why = check_template(paper, text).unwrap_err().to_string();
        assert!(why.starts_with(wrong), "{why}");
    }
    assert!(check_template(paper, &"x".repeat(10_001)).is_err());
    assert_eq!(check_template(paper, "<b>{when}</b> } is no field"), Ok(()));
}

#[test]
fn a_template_can_not_leave_out_safety_and_what_it_holds_is_never_a_template_again() {
    let mut story = jun();
    november(&mut story);
    let item = story.item(NoteKind::Contact);
    let text = story.read(|source| note::note(source, &item, "Seen {when}.\n{also}"));
    assert!(text.contains("item 9: 2, POSITIVE"), "{text}");
    let mut braces = jun();
    braces.save(
        "2026-11-20 09:00",
        [contact(
            "2026-11-20 09:00",
            ContactKind::FollowUp,
            "{mrn} <script>alert(1)</script> {x",
        )
        .into()],
    );
    let note = braces.note(NoteKind::Contact);
    assert!(note.contains("{mrn} <script>alert(1)</script> {x"), "{note}");
}

#[test]
fn ten_thousand_characters_are_told_whole() {
    let mut story = jun();
    let long = "\u{e9}".repeat(10_000);
    story.save(
        "2026-11-20 09:00",
        [contact("2026-11-20 09:00", ContactKind::FollowUp, &long).into()],
    );
    assert!(story.note(NoteKind::Contact).contains(&long));
}

#[test]
fn nothing_that_was_written_is_left_out_of_the_queue_for_want_of_a_kind() {
    let mut story = jun();
    let condition = serde_json::json!({"condition": thing(60), "label": "Hypothyroidism"});
    story.save("2026-11-20 11:00", [fact("condition", condition)]);
    let item = story
        .items()
        .into_iter()
        .rfind(|item| item.kind == NoteKind::Plan)
        .unwrap();
    let text = story.read(|source| note::note(source, &item, Paper::Note(NoteKind::Plan).ours()));
    assert!(text.contains("Hypothyroidism"), "{text}");
    // A kind that this version can't read is said in the note of the contact that it was saved with.
    november(&mut story);
    let stamp = serde_json::to_value(story.clock.tick(story.saved)).unwrap();
    let saved = u64::try_from(when("2026-11-20 14:05").instant(zone()).timestamp_millis()).unwrap();
    let raw = serde_json::json!({
        "id": EntryId::from_time(saved, [200; 10]), "chart": id_of_chart(), "stamp": stamp,
        "author": person(MANAGER), "replaces": [], "kind": "from_later", "fact": {"x": 1},
    });
    story.chart.insert(Entry::read(&raw.to_string()).unwrap());
    let text = story.note(NoteKind::Contact);
    assert!(text.contains("1 entry was written by a newer version"), "{text}");
}

#[test]
fn a_release_holds_from_its_first_day_to_its_last_unless_it_was_revoked() {
    let release = |from: &str, until: Option<&str>, revoked: Option<&str>| Release {
        release: thing(70),
        to: "Harbor Housing".to_owned(),
        scope: "that she is in care".to_owned(),
        from: day(from),
        until: until.map(day),
        part2: false,
        revoked: revoked.map(day),
        covers: Vec::new(),
        minor: false,
        kind: None,
        contact: None,
    };
    let today = day("2026-11-20");
    for (release, holds) in [
        (release("2026-11-20", None, None), true),
        (release("2026-11-21", None, None), false),
        (release("2026-01-01", Some("2026-11-20"), None), true),
        (release("2026-01-01", Some("2026-11-19"), None), false),
        (release("2026-01-01", None, Some("2026-11-20")), false),
        (release("2026-01-01", None, Some("2026-11-21")), true),
    ] {
        let mut story = jun();
        story.save("2026-11-01 09:00", [release.clone().into()]);
        let (folded, _) = story.folded();
        assert_eq!(releases(&folded, today)[0].ended.is_none(), holds, "{release:?}");
    }
}

#[test]
fn a_fact_of_the_ehr_is_checked_for_its_length_and_its_day() {
    let copy = |text: &str| {
        Fact::EhrCopy(EhrCopy {
            of: Vec::new(),
            kind: NoteKind::Log,
            text: text.to_owned(),
            at: when("2026-11-20 14:00"),
            held: Vec::new(),
        })
    };
    assert_eq!(copy("x").problems(), vec![]);
    assert_eq!(copy("").problems().len(), 1);
    assert_eq!(copy(&"x".repeat(60_001)).problems().len(), 1);
    assert_eq!(copy("x").timing(day("2026-11-19"), None, zone()).len(), 1);
}
