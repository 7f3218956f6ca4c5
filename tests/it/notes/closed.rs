//! Concerns that were closed on an earlier day of the episode are told with what opened and closed them.

use std::collections::BTreeSet;

use caseload::exchange::note::{self, Letter, Paper, Recipient};
use caseload::journal::EntryId;
use caseload::journal::facts::*;

use super::story::*;
use super::told::{latest, log, tells};

/// The concern that an item 9 of 1 opens.
fn concern(number: u8, assessment: EntryId, at: &str) -> Concern {
    Concern {
        concern: thing(number),
        kind: ConcernKind::Suicide,
        because: Because::Answer {
            assessment,
            instrument: "phq9".to_owned(),
            item: "phq9_9".to_owned(),
            value: 1,
        },
        level: Level::Positive,
        at: when(at),
    }
}

/// Jun in November: a concern that was closed on 10 November, and today's call.
fn closed_before(story: &mut Story) {
    let measure = story.write(phq9("2026-10-20 10:00", [1, 1, 1, 1, 1, 1, 1, 1, 1]));
    story.write(concern(31, measure, "2026-10-20 10:00").into());
    let closed = ConcernClosed {
        concern: thing(31),
        at: when("2026-11-10 09:00"),
        action: "Second step asked, safety plan made.".to_owned(),
        reason: Some("no intent, no plan".to_owned()),
        watch_until: None,
        saw: None,
    };
    story.save("2026-11-10 09:00", [closed.into()]);
}

fn letter(story: &Story, to: Letter) -> String {
    story.read(|source| {
        let recipient = Recipient { letter: to, name: "" };
        note::letter(source, recipient, &BTreeSet::new(), Paper::Letter(to).ours())
    })
}

const CLOSED: &str =
    "Concern about suicide or self-harm, opened Tue 20 Oct 2026 10:00; closed Tue 10 Nov 2026 09:00 by";
const OPENED_BY: &str = "opened by: PHQ-9 item 9 answered 1";
const DONE: &str = "done: Second step asked, safety plan made, because no intent, no plan";

#[test]
fn a_concern_closed_on_an_earlier_day_is_told_to_the_pcp_and_the_consultant_and_to_nobody_else() {
    let mut story = jun();
    closed_before(&mut story);
    november(&mut story);
    for to in [Letter::Clinician, Letter::Consultant] {
        tells(&letter(&story, to), &[CLOSED, OPENED_BY, DONE], &[]);
    }
    for to in [
        Letter::Patient,
        Letter::Family,
        Letter::Employer,
        Letter::Insurer,
        Letter::School,
    ] {
        tells(&letter(&story, to), &[], &["Concern about", OPENED_BY]);
    }
}

#[test]
fn an_answer_that_is_held_back_opens_a_closed_concern_without_being_told() {
    let mut story = jun();
    closed_before(&mut story);
    november(&mut story);
    let entry = story.read(|source| {
        source
            .sheet
            .scores
            .iter()
            .find(|s| s.day == day("2026-10-20"))
            .unwrap()
            .entry
    });
    let mark = Mark {
        entry,
        why: Protection::Part2,
        state: MarkState::Set { note: None },
    };
    story.save("2026-11-20 15:55", [mark.into()]);
    tells(
        &letter(&story, Letter::Clinician),
        &[CLOSED, "opened by: an answer that is held back here"],
        &[OPENED_BY],
    );
}

#[test]
fn the_log_and_the_notes_of_an_end_name_what_was_closed_in_their_period() {
    let mut story = jun();
    closed_before(&mut story);
    november(&mut story);
    let plan = fact(
        "relapse_plan",
        serde_json::json!({"day": "2026-11-20", "medications": "", "helps": "", "warning_signs": "sleeping badly",
            "stress": "", "whom_to_call": "", "appointments": ""}),
    );
    story.save("2026-11-20 16:00", [plan]);
    tells(&latest(&story, NoteKind::RelapsePlan), &[CLOSED, OPENED_BY, DONE], &[]);
    tells(&log(&story), &[CLOSED, DONE], &[]);
    let later = story.read(|source| {
        note::log_note(
            source,
            day("2026-11-11"),
            day("2026-12-31"),
            Paper::Note(NoteKind::Log).ours(),
        )
    });
    tells(&later, &[], &[CLOSED, DONE]);
}

#[test]
fn the_message_that_tells_the_pcp_of_a_concern_is_the_telling() {
    const TELLING: &str = "telling the clinician";
    let mut story = jun();
    let measure = story.write(phq9("2026-11-19 10:00", [1, 1, 1, 1, 1, 1, 1, 1, 1]));
    story.write(concern(32, measure, "2026-11-19 10:00").into());
    story.write(concern(32, measure, "2026-11-19 10:05").into());
    let to_pcp = letter(&story, Letter::Clinician);
    tells(
        &to_pcp,
        &["OPEN", "still to do: the second step, the next contact", OPENED_BY],
        &[TELLING, "PCP told"],
    );
    assert_eq!(to_pcp.matches(OPENED_BY).count(), 1, "{to_pcp}");
    tells(&letter(&story, Letter::Consultant), &[TELLING], &[]);

    let sent = fact(
        "communication",
        serde_json::json!({"at": "2026-11-19T11:00:00-05:00", "to": "clinician", "by": "phone", "text": to_pcp,
            "about": thing(41), "also": [thing(32)]}),
    );
    story.save("2026-11-19 11:00", [sent]);
    tells(
        &letter(&story, Letter::Consultant),
        &["PCP told Thu 19 Nov 2026 11:00"],
        &[TELLING],
    );
}

#[test]
fn a_positive_answer_that_a_later_no_follows_is_named_with_its_day() {
    const EARLIER: &str = "Earlier: PHQ-9 safety item 2, POSITIVE, on 20 Oct 2026";
    let mut story = jun();
    story.write(phq9("2026-10-20 10:00", [1, 1, 1, 1, 1, 1, 1, 1, 2]));
    story.write(phq9("2026-10-27 10:00", [1, 1, 1, 1, 1, 1, 1, 1, 1]));
    for to in [Letter::Clinician, Letter::Consultant] {
        tells(&letter(&story, to), &[], &["Earlier:"]);
    }
    story.write(phq9("2026-11-10 10:00", [1, 1, 1, 1, 1, 1, 1, 1, 0]));
    for to in [Letter::Clinician, Letter::Consultant] {
        tells(&letter(&story, to), &[EARLIER], &[]);
    }
    tells(&letter(&story, Letter::Patient), &[], &["Earlier:"]);
}
