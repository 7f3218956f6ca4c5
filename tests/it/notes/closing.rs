//! What a closing kept of scores that are held back leaves neither by a note nor by a file.

use std::collections::BTreeSet;

use caseload::care::privacy::{held_items, that_go};
use caseload::journal::facts::*;
use caseload::journal::{Chart, EntryId, Fact};
use serde_json::json;

use super::story::*;
use super::told::tells;

fn closed(reason: &str) -> Fact {
    let outcomes = json!([
        {"instrument": "phq9", "baseline": 17, "baseline_day": "2026-09-24", "latest": 19, "latest_day": "2026-11-20",
            "holds": {"remission": false}},
        {"instrument": "gad7", "baseline": 12, "baseline_day": "2026-09-24", "latest": 4, "latest_day": "2026-11-20",
            "holds": {"remission": true}},
    ]);
    let status = json!({"closed": {"reason": reason, "note": "To the day hospital.",
        "closure": {"outcomes": outcomes, "followed_by": "Dr Okafor"}}});
    fact(
        "status",
        json!({"episode": episode(), "status": status, "from": "2026-11-20"}),
    )
}

fn mark_first_score(story: &mut Story) {
    let entry = story.read(|source| source.sheet.scores[0].entry);
    let state = MarkState::Set { note: None };
    story.save(
        "2026-11-20 15:55",
        [Mark {
            entry,
            why: Protection::Part2,
            state,
        }
        .into()],
    );
}

/// What goes into a file of this patient, as text, and as the recipient folds it.
fn file(story: &Story) -> (String, Chart) {
    let folded = story.chart.fold();
    let stay: BTreeSet<EntryId> = held_items(&story.chart, &folded)
        .into_iter()
        .flat_map(|item| item.entries)
        .collect();
    let go = that_go(&story.chart, &stay, zone());
    let text = go.iter().map(|entry| entry.text()).collect::<Vec<_>>().join("\n");
    let mut chart = Chart::default();
    for entry in go {
        chart.insert(entry.into_owned());
    }
    (text, chart)
}

#[test]
fn a_closing_goes_out_without_the_totals_of_a_held_measure_and_is_a_closing_all_the_same() {
    let mut story = jun();
    november(&mut story);
    let [closing] = story.save("2026-11-20 15:30", [closed("referred_on")]);
    let (text, _) = file(&story);
    assert!(text.contains("\"baseline\":17") && text.contains(&closing.to_string()));
    assert!(story.note(NoteKind::Closing).contains("PHQ-9 17 (24 Sep 2026) to 19"));
    mark_first_score(&mut story);
    let (text, chart) = file(&story);
    tells(
        &text,
        &["referred_on", "Dr Okafor", "\"gad7\""],
        &["\"baseline\":17", "\"latest\":19"],
    );
    assert_eq!(file(&story).0, text, "the same each time");
    let folded = chart.fold();
    let heads = folded.heads(&caseload::journal::Slot::Status(episode()));
    assert_eq!(heads.len(), 1);
    assert!(matches!(&heads[0].fact, Fact::StatusChange(change) if matches!(change.status, Status::Closed { .. })));
    tells(
        &story.note(NoteKind::Closing),
        &["PHQ-9: held back"],
        &["(24 Sep 2026) to", "(17)", "baseline 17"],
    );
}

#[test]
fn a_correction_of_a_closing_and_a_closing_that_was_reopened_tell_no_held_total_either() {
    let mut story = jun();
    november(&mut story);
    let [closing] = story.save("2026-11-20 15:30", [closed("referred_on")]);
    let corrected = Corrected {
        entry: closing,
        kind: "status".to_owned(),
        fact: serde_json::from_str(&closed("declined").to_json().unwrap()).unwrap(),
        reason: None,
    };
    story.save("2026-11-20 15:35", [corrected.into()]);
    mark_first_score(&mut story);
    let (text, _) = file(&story);
    tells(&text, &["declined", "\"gad7\""], &["\"baseline\":17", "referred_on"]);
    let again = StatusChange {
        episode: episode(),
        status: Status::Active,
        from: day("2026-11-20"),
        why: None,
    };
    story.save("2026-11-20 15:58", [again.into()]);
    let (text, chart) = file(&story);
    tells(&text, &["active"], &["\"baseline\":17", "referred_on", "declined"]);
    // The closing that stays behind took the place of the first status, so the recipient has both: two versions to settle,
    // which keeps the patient on the worklist. Better would be one.
    let folded = chart.fold();
    assert_eq!(folded.heads(&caseload::journal::Slot::Status(episode())).len(), 2);
}
