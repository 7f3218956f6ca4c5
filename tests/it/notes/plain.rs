//! What no field of a note tells is said in sentences, and what a form wrote itself is no correction.

use caseload::care::decide::FORM_WENT_ON;
use caseload::journal::facts::*;
use caseload::journal::{EntryId, Fact};
use serde_json::json;

use super::story::*;
use super::told::{latest, tells};

fn corrected(entry: EntryId, fact: &Fact, reason: &str) -> Fact {
    Corrected {
        entry,
        kind: fact.kind().to_owned(),
        fact: serde_json::from_str(&fact.to_json().unwrap()).unwrap(),
        reason: Some(reason.to_owned()),
    }
    .into()
}

#[test]
fn what_a_form_wrote_while_it_was_filled_in_is_no_correction() {
    for (reason, said, unsaid) in [
        (
            FORM_WENT_ON,
            vec![],
            vec!["corrected since", "Corrected:", FORM_WENT_ON],
        ),
        (
            "Misheard",
            vec!["PHQ-9: corrected since it was first written; the original is kept. Why: Misheard"],
            vec!["Corrected:", "phq9 1"],
        ),
    ] {
        let mut story = jun();
        let [early] = story.save("2026-11-20 14:01", [phq9("2026-11-20 14:00", [2; 9])]);
        let whole = corrected(early, &phq9("2026-11-20 14:00", [3; 9]), reason);
        let talk = contact("2026-11-20 14:00", ContactKind::FollowUp, "Well.");
        story.save("2026-11-20 14:05", [talk.into(), whole]);
        let text = latest(&story, NoteKind::Contact);
        assert!(text.contains("PHQ-9 27"), "{text}");
        tells(&text, &said, &unsaid);
    }
}

/// What is planned, done and learned with a contact.
fn with_a_contact(kind: ContactKind) -> Story {
    let mut story = jun();
    let area = AreaAnswers {
        area: Area::PastTreatment,
        day: day("2026-11-20"),
        replies: [(
            Question::PastMedicines,
            Said::Yes {
                words: Some("Sertraline 2015".to_owned()),
            },
        )]
        .into_iter()
        .collect(),
        treatments: Vec::new(),
    };
    let talk = contact("2026-11-20 14:00", kind, "Well.");
    let activity = |n: u8, what: &str, state: serde_json::Value| {
        fact(
            "planned_activity",
            json!({"activity": thing(n), "what": what, "agreed": "2026-11-20", "on": "2026-11-20", "state": state}),
        )
    };
    story.save(
        "2026-11-20 14:05",
        [
            talk.into(),
            area.into(),
            fact(
                "planned_intervention",
                json!({"intervention": thing(80), "kind": "behavioural_activation", "from": "2026-11-20", "how_often": "at each call"}),
            ),
            activity(81, "a walk", json!("planned")),
            activity(
                82,
                "the cello",
                json!({"done": {"on": "2026-11-20", "before": 3, "after": 6}}),
            ),
        ],
    );
    story
}

#[test]
fn what_no_field_tells_is_said_in_sentences() {
    let machine = [
        "area past treatment",
        "kind behavioral",
        "kind behavioural",
        "on 2026-11-20",
    ];
    let sentences = [
        "Planned: behavioral activation, at each call, from 20 Nov 2026",
        "Activity planned: a walk, for 20 Nov 2026 (agreed 20 Nov 2026)",
        "Activity done 20 Nov 2026: the cello (agreed 20 Nov 2026). Mood before 3 of 10. Mood after 6 of 10",
    ];
    let area = "Past treatment (asked 20 Nov 2026): medicines before now: yes, Sertraline 2015";
    for kind in [ContactKind::FollowUp, ContactKind::InitialAssessment] {
        let story = with_a_contact(kind);
        let note = match kind {
            ContactKind::InitialAssessment => NoteKind::InitialAssessment,
            _ => NoteKind::Contact,
        };
        let text = latest(&story, note);
        tells(&text, &sentences, &machine);
        assert_eq!(text.matches(area).count(), 1, "{text}");
    }
}

/// Each with a contact, and what the note of the contact says of it.
#[test]
fn worksheets_values_the_team_and_a_handover_are_told_in_sentences_and_not_by_their_names() {
    let table = [
        (
            "readiness_ruler",
            json!({"ruler": thing(60), "about": "Drink less on weekdays", "day": "2026-11-20", "importance": 8, "confidence": 0, "what_higher": "Not being alone"}),
            "Readiness, 20 Nov 2026: Drink less on weekdays. Importance 8 of 10, confidence 0 of 10. What would make it higher: Not being alone",
        ),
        (
            "problem_sheet",
            json!({"sheet": thing(61), "day": "2026-11-20", "problem": "Behind with the rent", "goal": "Keep the flat",
                "options": [{"what": "Call the landlord", "cons": "hard to do"}, {"what": "Ask a friend"}], "chosen": 0,
                "steps": [{"what": "Find the number", "done": "2026-11-19"}, {"what": "Call", "by": "2026-11-23"}, {"what": "Write", "dropped": "2026-11-20"}, {"what": "Wait"}]}),
            "Problem solving, 20 Nov 2026: Behind with the rent. Goal: Keep the flat. Chosen of 2 options: Call the landlord (against it: hard to do). \
             Steps: Find the number (done 19 Nov 2026); Call (to do by 23 Nov 2026); Write (given up 20 Nov 2026); Wait (to do)",
        ),
        (
            "dated_value",
            json!({"name": "Blood pressure", "value": "128/82", "unit": "mmHg", "at": "2026-11-20", "what": "blood_pressure", "target": {"below": {"value": "140/90"}}}),
            "Blood pressure 128/82 mmHg on 20 Nov 2026, target below 140/90, at target",
        ),
        (
            "care_team_member",
            json!({"member": thing(63), "role": "therapist", "name": "Rosa Diaz", "of": "Harbor Therapy", "phone": "555-0123", "reach": "mornings"}),
            "Care team: Rosa Diaz, therapist, Harbor Therapy. Phone 555-0123. Best reached: mornings",
        ),
        (
            "handed_over",
            json!({"about": thing(64), "what": "referral", "to": "Rosa Diaz, Harbor Therapy", "how": "by phone, she has the file", "at": "2026-11-20"}),
            "Referral out handed over to Rosa Diaz, Harbor Therapy on Fri 20 Nov 2026. How it was confirmed: by phone, she has the file",
        ),
        (
            "education",
            json!({"at": "2026-11-20", "topic": "Sleep", "to": ["patient", "family"], "how": ["talk", "handout"], "handout": "Sleeping better", "understood": "said_back"}),
            "Education for the patient, family or caregiver: Sleep. How: in talking, hand-out. Handed out: Sleeping better. Understood: said it back in their own words",
        ),
    ];
    for (kind, content, sentence) in table {
        let mut story = jun();
        let talk = contact("2026-11-20 14:00", ContactKind::FollowUp, "Well.");
        story.save("2026-11-20 14:05", [talk.into(), fact(kind, content)]);
        let text = latest(&story, NoteKind::Contact);
        tells(
            &text,
            &[sentence],
            &[
                "2026-11-20",
                "Readiness ruler",
                "Problem sheet",
                "Dated value",
                "Handed over:",
            ],
        );
    }
}
