//! Positive answers that no concern of the record stands for, such as those of an imported history, are named with
//! their values and days wherever a text speaks of safety.

use std::collections::BTreeSet;

use caseload::exchange::note::{self, Letter, Paper, Recipient};
use caseload::journal::facts::*;
use caseload::journal::{EntryId, Fact};
use serde_json::json;

use super::story::*;
use super::told::tells;

/// Jun's record as an import leaves it before its scores.
fn brought_in() -> Story {
    let mut story = Story::new();
    let who = Registration::named("Jun".to_owned(), "Ito".to_owned());
    let opened = Episode {
        episode: episode(),
        opened: day("2025-03-01"),
        target: None,
    };
    let active = StatusChange {
        episode: episode(),
        status: Status::Active,
        from: day("2025-03-01"),
        why: None,
    };
    story.save("2025-03-01 09:00", [who.into(), opened.into(), active.into()]);
    story
}

/// What a row of a sheet becomes: a total, and item 9 where the row has it.
fn imported(on: &str, total: u16, item9: Option<u8>) -> Fact {
    let known = item9.map(|value| ("phq9_9".to_owned(), value)).into_iter().collect();
    Assessment {
        instrument: "phq9".to_owned(),
        version: "1".to_owned(),
        at: when(on),
        taken: Taken::Imported,
        answers: Answered::Total { total, known },
        scale: None,
        respondent: None,
    }
    .into()
}

fn close(story: &mut Story) {
    let status = json!({"closed": {"reason": "goals_met"}});
    let closed = json!({"episode": episode(), "status": status, "from": "2026-11-20"});
    story.save("2026-11-20 15:30", [fact("status", closed)]);
}

fn letter(story: &Story, to: Letter) -> String {
    story.read(|source| {
        let recipient = Recipient { letter: to, name: "" };
        note::letter(source, recipient, &BTreeSet::new(), Paper::Letter(to).ours())
    })
}

fn concern(because: Because, on: &str) -> Fact {
    Concern {
        concern: thing(33),
        kind: ConcernKind::Suicide,
        because,
        level: Level::Positive,
        at: when(on),
    }
    .into()
}

#[test]
fn a_closing_names_older_positive_answers_and_does_not_count_concerns_as_if_nothing_had_been() {
    let mut story = brought_in();
    story.write(imported("2025-03-03", 14, Some(2)));
    story.write(imported("2026-06-03", 12, Some(1)));
    story.write(imported("2026-11-10", 9, Some(0)));
    close(&mut story);
    tells(
        &story.note(NoteKind::Closing),
        &[
            "PHQ-9 item 9: 0, negative",
            "Earlier: PHQ-9 safety item 2, POSITIVE, on 3 Mar 2025; 1, POSITIVE, on 3 Jun 2026",
            "No concern was opened in this record for these answers",
        ],
        &["0 concerns", "0 open"],
    );
}

#[test]
fn a_closing_without_any_positive_answer_says_that_no_concern_was_opened() {
    let mut story = brought_in();
    close(&mut story);
    tells(
        &story.note(NoteKind::Closing),
        &["No concern was opened in this record\n"],
        &["0 concerns", "Earlier:"],
    );
}

#[test]
fn a_total_that_proves_a_positive_item_9_is_named_among_the_earlier_answers() {
    let mut story = brought_in();
    story.write(imported("2025-03-03", 26, None));
    story.write(imported("2026-11-10", 9, Some(0)));
    close(&mut story);
    let said = "Earlier: PHQ-9 safety item at least 2, POSITIVE, on 3 Mar 2025 (by its total of 26)";
    tells(&story.note(NoteKind::Closing), &[said], &[]);
}

#[test]
fn an_earlier_answer_is_named_beside_a_positive_one_unless_a_concern_stood_for_it() {
    const EARLIER: &str = "Earlier: PHQ-9 safety item 3, POSITIVE, on 3 Mar 2025";
    let mut story = brought_in();
    story.write(imported("2025-03-03", 14, Some(3)));
    story.write(imported("2026-11-10", 9, Some(1)));
    let because = Because::Imported {
        value: Some(1),
        flag: None,
    };
    story.write(concern(because, "2026-11-10"));
    for to in [Letter::Clinician, Letter::Consultant] {
        tells(&letter(&story, to), &["PHQ-9 item 9: 1, POSITIVE", EARLIER], &[]);
    }
    tells(&letter(&story, Letter::Patient), &[], &["Earlier:"]);
}

#[test]
fn a_safety_note_of_a_day_with_a_new_answer_names_the_earlier_ones_too() {
    let mut story = brought_in();
    story.write(imported("2025-03-03", 14, Some(2)));
    let because = Because::ByHand {
        note: "said so at the door".to_owned(),
    };
    story.save(
        "2026-11-20 14:00",
        [
            phq9("2026-11-20 14:00", [1, 1, 1, 1, 1, 1, 1, 1, 0]),
            concern(because, "2026-11-20 14:05"),
        ],
    );
    tells(
        &story.note(NoteKind::Safety),
        &[
            "PHQ-9 item 9: 0, negative",
            "Earlier: PHQ-9 safety item 2, POSITIVE, on 3 Mar 2025",
        ],
        &[],
    );
}

#[test]
fn of_many_earlier_answers_the_highest_and_the_most_recent_are_named_and_the_others_counted() {
    let mut story = brought_in();
    for (month, item9) in (1..).zip([1, 3, 1, 1, 2, 1, 2, 1, 1]) {
        story.write(imported(&format!("2026-0{month}-03"), 14, Some(item9)));
    }
    story.write(imported("2026-11-10", 9, Some(0)));
    close(&mut story);
    let said = "Earlier: PHQ-9 safety item 3, POSITIVE, on 3 Feb 2026; 1, POSITIVE, on 3 Sep 2026; 1, POSITIVE, on 3 Aug 2026; \
                2, POSITIVE, on 3 Jul 2026; 1, POSITIVE, on 3 Jun 2026; and 4 more since 3 Jan 2026";
    tells(&story.note(NoteKind::Closing), &[said], &[]);
}

#[test]
fn an_earlier_answer_that_is_held_back_is_told_by_nothing() {
    let mut story = brought_in();
    let entry: EntryId = story.write(imported("2025-03-03", 14, Some(2)));
    story.write(imported("2026-11-10", 9, Some(0)));
    close(&mut story);
    let mark = Mark {
        entry,
        why: Protection::Part2,
        state: MarkState::Set { note: None },
    };
    story.save("2026-11-20 15:55", [mark.into()]);
    tells(
        &story.note(NoteKind::Closing),
        &["No concern was opened in this record\n"],
        &["Earlier:", "these answers"],
    );
}
