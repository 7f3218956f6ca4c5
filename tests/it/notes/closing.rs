//! What a closing kept of scores that are held back leaves neither by a note nor by a file.

use std::collections::BTreeSet;

use caseload::care::{self, privacy::held_items};
use caseload::journal::facts::*;
use caseload::journal::{Chart, EntryId, Fact, Slot};
use serde_json::json;

use super::story::*;
use super::told::{log, tells};

fn closed(story: &Story, reason: &str) -> Fact {
    let scores = story.read(|source| care::scores_on(source.sheet, &source.sheet.episodes[0], day("2026-11-20")));
    let status = json!({"closed": {"reason": reason, "note": "To the day hospital.",
        "closure": {"scores": scores, "followed_by": "Dr Okafor"}}});
    fact(
        "status",
        json!({"episode": episode(), "status": status, "from": "2026-11-20"}),
    )
}

fn mark(story: &mut Story, entry: EntryId) {
    let state = MarkState::Set { note: None };
    let why = Protection::Part2;
    story.save("2026-11-20 15:55", [Mark { entry, why, state }.into()]);
}

fn mark_first_score(story: &mut Story) {
    let entry = story.read(|source| source.sheet.scores[0].entry);
    mark(story, entry);
}

/// What goes into a file of this patient, as text, and as the recipient has it.
fn file(story: &Story) -> (String, Chart) {
    let folded = story.chart.fold();
    let stay: BTreeSet<EntryId> = held_items(&story.chart, &folded)
        .into_iter()
        .flat_map(|item| item.entries)
        .collect();
    let go: Vec<_> = story.chart.entries().filter(|e| !stay.contains(&e.id())).collect();
    let text = go.iter().map(|entry| entry.text()).collect::<Vec<_>>().join("\n");
    let mut chart = Chart::default();
    for entry in go {
        chart.insert(entry.clone());
    }
    (text, chart)
}

/// What the closing of a chart came to.
fn outcomes(chart: &Chart) -> Vec<(String, u16, u16)> {
    let folded = chart.fold();
    let head = folded.head(&Slot::Status(episode())).unwrap();
    let Fact::StatusChange(change) = &head.fact else {
        panic!("a status")
    };
    let Status::Closed { closure, .. } = &change.status else {
        panic!("a closing")
    };
    let then = care::outcomes_then(&folded, closure.as_deref().unwrap(), zone()).into_iter();
    then.map(|o| (o.instrument, o.baseline, o.latest)).collect()
}

#[test]
fn a_closing_goes_out_as_it_is_and_tells_no_total_of_a_held_measure() {
    let mut story = jun();
    november(&mut story);
    let change = closed(&story, "referred_on");
    let [closing] = story.save("2026-11-20 15:30", [change]);
    let all = outcomes(&story.chart);
    assert!(all.contains(&("phq9".to_owned(), 17, 19)), "{all:?}");
    assert_eq!(outcomes(&file(&story).1), all);
    assert!(story.note(NoteKind::Closing).contains("PHQ-9 17 (24 Sep 2026) to 19"));
    mark_first_score(&mut story);
    let (text, chart) = file(&story);
    tells(&text, &["referred_on", "Dr Okafor", &closing.to_string()], &[]);
    assert_eq!(file(&story).0, text, "the same each time");
    let left: Vec<_> = all
        .into_iter()
        .filter(|(instrument, ..)| instrument != "phq9")
        .collect();
    assert_eq!(outcomes(&chart), left);
    let heads = |chart: &Chart| chart.fold().heads(&Slot::Status(episode())).len();
    assert_eq!(heads(&chart), 1);
    // And back again: one closing, under one id with one content, here and at a recipient who had it before the mark.
    let mut both = story.chart.clone();
    for entry in chart.entries() {
        assert!(!both.insert(entry.clone()), "nothing new comes back");
    }
    assert_eq!(heads(&both), 1);
    tells(
        &story.note(NoteKind::Closing),
        &["PHQ-9: held back"],
        &["(24 Sep 2026) to", "(17)", "baseline 17"],
    );
}

#[test]
fn a_closing_that_was_corrected_and_reopened_leaves_one_version_of_the_status() {
    let mut story = jun();
    november(&mut story);
    let change = closed(&story, "referred_on");
    let [closing] = story.save("2026-11-20 15:30", [change]);
    let corrected = Corrected {
        entry: closing,
        kind: "status".to_owned(),
        fact: serde_json::from_str(&closed(&story, "declined").to_json().unwrap()).unwrap(),
        reason: None,
    };
    story.save("2026-11-20 15:35", [corrected.into()]);
    mark_first_score(&mut story);
    let (text, chart) = file(&story);
    tells(&text, &["declined"], &["\"baseline\":17"]);
    assert!(outcomes(&chart).iter().all(|(instrument, ..)| instrument != "phq9"));
    let again = StatusChange {
        episode: episode(),
        status: Status::Active,
        from: day("2026-11-20"),
        why: None,
    };
    story.save("2026-11-20 15:58", [again.into()]);
    let (text, chart) = file(&story);
    tells(&text, &["active"], &["\"baseline\":17"]);
    assert_eq!(chart.fold().heads(&Slot::Status(episode())).len(), 1);
}

#[test]
fn a_note_and_a_letter_of_a_closing_stay_behind_with_a_score_that_is_marked_later() {
    let mut story = jun();
    november(&mut story);
    let change = closed(&story, "referred_on");
    let [closing] = story.save("2026-11-20 15:30", [change]);
    let item = story.item(NoteKind::Closing);
    let text = story.note(NoteKind::Closing);
    assert!(text.contains("PHQ-9 17 (24 Sep 2026) to 19"));
    story.copy("2026-11-20 15:40", &item, &text);
    let letter = |closing: Option<EntryId>, text: &str| {
        let closing = closing.map(|closing| json!({"closing": closing}));
        let mut message = json!({"at": "2026-11-20", "to": "clinician", "by": "letter", "text": text});
        message
            .as_object_mut()
            .unwrap()
            .extend(closing.and_then(|c| c.as_object().cloned()).unwrap_or_default());
        fact("communication", message)
    };
    let of_it = letter(Some(closing), "PHQ-9 from 17 to 19 in eight weeks");
    story.save("2026-11-20 15:45", [of_it, letter(None, "Thank you for sending him")]);
    tells(
        &file(&story).0,
        &["17 (24 Sep 2026) to 19", "from 17 to 19", "Thank you"],
        &[],
    );
    mark_first_score(&mut story);
    let told = ["17 (24 Sep 2026) to 19", "from 17 to 19"];
    tells(&file(&story).0, &["Thank you", "referred_on"], &told);
    tells(&log(&story), &["Thank you"], &["from 17 to 19"]);
}

#[test]
fn what_a_held_task_says_leaves_neither_by_the_closing_nor_by_its_note() {
    let mut story = jun();
    november(&mut story);
    let task = |n: u8, text: &str| fact("task", json!({"task": thing(n), "text": text, "due": "2026-12-04"}));
    let tasks = [task(51, "Call the methadone clinic"), task(52, "Ask for the form")];
    let [held, _] = story.save("2026-11-20 15:20", tasks);
    let kept = |n: u8, why: &str| json!({"task": thing(n), "why": why});
    let closure = json!({"tasks": [kept(51, "dosing goes on"), kept(52, "still due")]});
    let status = json!({"closed": {"reason": "referred_on", "closure": closure}});
    let change = json!({"episode": episode(), "status": status, "from": "2026-11-20"});
    story.save("2026-11-20 15:30", [fact("status", change)]);
    let words = [
        "Task that stays open: Call the methadone clinic (dosing goes on)",
        "Task that stays open: Ask for the form (still due)",
    ];
    tells(&story.note(NoteKind::Closing), &words, &[]);
    mark(&mut story, held);
    tells(&file(&story).0, &["Ask for the form", "referred_on"], &["methadone"]);
    let note = story.note(NoteKind::Closing);
    tells(
        &note,
        &["Task that stays open: held back", words[1]],
        &["methadone", "dosing"],
    );
}
