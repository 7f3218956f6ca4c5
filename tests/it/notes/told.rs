//! What is told of a fact: where it stands, and all that was written of it.

use caseload::exchange::note::{self, Paper};
use caseload::journal::Fact;
use caseload::journal::facts::*;
use serde_json::{Value, json};

use super::story::*;

/// The latest note of a kind, by our template.
pub fn latest(story: &Story, kind: NoteKind) -> String {
    by(story, kind, Paper::Note(kind).ours())
}

/// The latest note of a kind, by a template.
pub fn by(story: &Story, kind: NoteKind, template: &str) -> String {
    let item = story.items().into_iter().rfind(|item| item.kind == kind).unwrap();
    story.read(|source| note::note(source, &item, template))
}

pub fn log(story: &Story) -> String {
    story.read(|source| {
        note::log_note(
            source,
            day("2026-11-01"),
            day("2026-12-31"),
            Paper::Note(NoteKind::Log).ours(),
        )
    })
}

#[track_caller]
pub fn tells(text: &str, said: &[&str], unsaid: &[&str]) {
    for one in said {
        assert!(text.contains(one), "lacks {one}\n{text}");
    }
    for one in unsaid {
        assert!(!text.contains(one), "tells {one}\n{text}");
    }
}

/// A change of a dose, with more about it.
fn dose(day: &str, what: &str, more: Value) -> Fact {
    let mut json = json!({"day": day, "kind": "dose_changed", "what": what});
    let members = json.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    fact("treatment_change", json)
}

#[test]
fn a_change_that_was_not_made_is_told_as_what_it_is() {
    let because =
        json!([{"rule": "not improved", "says": "PHQ-9 17 to 19 in 8 weeks", "on": "2026-11-20", "protocol": "P1"}]);
    let cases = [
        (
            json!({}),
            "- Dose changed, 20 Nov 2026: 50 to 100 mg",
            vec!["PROPOSED", "DECLINED"],
        ),
        (
            json!({"state": "made"}),
            "- Dose changed, 20 Nov 2026: 50 to 100 mg",
            vec!["PROPOSED", "DECLINED"],
        ),
        (
            json!({"state": "proposed"}),
            "- PROPOSED, not made: Dose changed, 20 Nov 2026: 50 to 100 mg",
            vec![],
        ),
        (
            json!({"state": "declined", "decision_note": "wants to wait"}),
            "- DECLINED, not made: Dose changed, 20 Nov 2026: 50 to 100 mg. Why it was declined: wants to wait",
            vec!["PROPOSED"],
        ),
        (
            json!({"because": because}),
            "Rule, not improved: PHQ-9 17 to 19 in 8 weeks (20 Nov 2026, P1)",
            vec![],
        ),
    ];
    for (more, said, unsaid) in cases {
        let mut story = jun();
        // Beside a goal, so that it stands in a list.
        let goal = fact("goal", json!({"goal": thing(50), "text": "Walk", "state": "open"}));
        story.save("2026-11-20 15:00", [goal, dose("2026-11-20", "50 to 100 mg", more)]);
        tells(&latest(&story, NoteKind::Plan), &[said], &unsaid);
    }
}

#[test]
fn the_last_treatment_change_is_the_latest_that_was_made() {
    let mut story = jun();
    story.save(
        "2026-11-19 09:00",
        [
            dose("2026-11-01", "second", json!({"change": thing(61)})),
            dose("2026-11-10", "undone", json!({"change": thing(62)})),
            dose("2026-11-12", "declined", json!({"state": "declined"})),
            dose("2026-11-13", "proposed", json!({"state": "proposed"})),
            dose(
                "2026-11-10",
                "undone",
                json!({"change": thing(62), "state": "declined"}),
            ),
            dose("2026-10-01", "change one", json!({})),
        ],
    );
    november(&mut story);
    tells(
        &latest(&story, NoteKind::Contact),
        &["Last treatment change 1 Nov 2026: second"],
        &["change one", "undone", "declined", "proposed"],
    );
}

#[test]
fn a_medication_is_told_with_the_weeks_on_its_dose_once_it_was_begun() {
    let begun = json!({"medication": thing(51), "name": "Sertraline", "dose": "50 mg", "from": "2026-09-24"});
    let changed = json!({
        "medication": thing(51), "name": "Sertraline", "dose": "100 mg", "from": "2026-09-24", "dose_from": "2026-10-30",
    });
    let written = json!({"medication": thing(51), "name": "Sertraline", "dose": "100 mg", "from": "2026-09-24"});
    let ahead = json!({"medication": thing(51), "name": "Sertraline", "from": "2026-12-01"});
    let check = |at: &str, adherence: &str| {
        fact(
            "medication_check",
            json!({"medication": thing(51), "at": at, "adherence": adherence}),
        )
    };
    let cases = [
        (vec![begun.clone()], "Sertraline 50 mg, since 24 Sep 2026 (8 weeks);"),
        (
            vec![begun.clone(), changed],
            "Sertraline 100 mg, since 24 Sep 2026, at this dose since 30 Oct 2026 (3 weeks);",
        ),
        (
            vec![begun, written],
            "Sertraline 100 mg, since 24 Sep 2026, change of dose written down 2 Nov 2026 (2 weeks);",
        ),
        (vec![ahead], "Sertraline, from 1 Dec 2026;"),
    ];
    for (versions, said) in cases {
        let mut story = jun();
        for version in versions {
            story.save("2026-11-02 09:00", [fact("medication", version)]);
        }
        // The check that was made last, not the one that was written last; none of a later day.
        story.save("2026-11-18 09:00", [check("2026-11-18", "good")]);
        story.save(
            "2026-11-19 09:00",
            [check("2026-11-03", "poor"), check("2026-12-24", "stopped")],
        );
        let [_] = story.save(
            "2026-11-20 14:05",
            [contact("2026-11-20 14:05", ContactKind::FollowUp, "Well.").into()],
        );
        let text = by(&story, NoteKind::Contact, "Medications: {medications}{changes}{note}");
        let medications = text.lines().next().unwrap();
        assert!(medications.contains(said), "{said}\n{medications}");
        let is_told = medications.contains("Sertraline");
        assert_eq!(
            medications.contains("adherence good on 18 Nov 2026"),
            is_told,
            "{medications}"
        );
    }
}

#[test]
fn every_part_of_a_fact_is_told() {
    // Each with what must stand in the line; the words are made up so that each is found once.
    let plan = [
        (
            "outgoing_referral",
            json!({
                "referral": thing(1), "to": "Tovil", "what": "Wanoz", "state": "result", "day": "2026-11-20",
                "kind": "vocational", "by": "letter", "at": "2026-11-24", "note": "Nimul", "ended": "not_needed",
            }),
            vec![
                "Tovil",
                "Wanoz",
                "result",
                "20 Nov 2026",
                "vocational",
                "letter",
                "24 Nov 2026",
                "Nimul",
                "Not needed",
            ],
        ),
        (
            "medication_check",
            json!({
                "medication": thing(2), "at": "2026-11-20", "adherence": "partial", "missed_doses": 3, "note": "Nimul",
                "side_effects": [{"text": "Sifan", "severity": "mild"}],
            }),
            vec!["partial", "20 Nov 2026", "Sifan (mild)", "missed", "3", "Nimul"],
        ),
        (
            "medication",
            json!({
                "medication": thing(3), "name": "Medok", "dose": "7 mg", "from": "2026-09-01", "dose_from": "2026-10-02",
                "until": "2026-11-03", "prescriber": person(PCP), "prescriber_name": "Prenu", "how_often": "twice_daily",
                "timing": "Tivor", "reason": "Reson", "used_for": "mental_health", "stopped_because": "Stobec",
            }),
            vec![
                "stopped",
                "Medok",
                "7 mg",
                "1 Sep 2026",
                "2 Oct 2026",
                "3 Nov 2026",
                "Chidi Okafor",
                "Prenu",
                "twice a day",
                "Tivor",
                "Reson",
                "mental health",
                "Stobec",
            ],
        ),
        (
            "consent",
            json!({
                "programme": "cocm", "day": "2026-11-20", "taken_by": person(CONSULTANT),
                "answer": {"given": {"how": "verbal", "explained": "Explat", "points": ["cost_sharing", "right_to_stop"]}},
            }),
            vec![
                "given 20 Nov 2026",
                "verbal",
                "Explat",
                "cost sharing",
                "right to stop",
                "Mara Lind",
            ],
        ),
        (
            "goal",
            json!({
                "goal": thing(4), "text": "Goltex", "by": "2026-12-18", "state": "met", "measured_by": "Mesby",
                "from": "2026-10-01", "settled": "2026-11-19",
            }),
            vec![
                "Goal, met",
                "Goltex",
                "18 Dec 2026",
                "Mesby",
                "1 Oct 2026",
                "19 Nov 2026",
            ],
        ),
        (
            "barrier",
            json!({"barrier": thing(5), "kind": "transport", "text": "Bartex", "overcome": "2026-11-19", "from": "2026-10-01"}),
            vec!["transport", "Bartex", "19 Nov 2026", "1 Oct 2026"],
        ),
        (
            "treatment_change",
            json!({
                "day": "2026-11-20", "kind": "dose_changed", "what": "Wanoz", "why": "Whyno", "proposed_by": person(CONSULTANT),
                "decided_by": person(PCP), "state": "made", "proposed_on": "2026-11-17", "decided_on": "2026-11-18",
                "decision_note": "Decnot",
                "because": [{"rule": "Rulena", "says": "Sayso", "on": "2026-11-16", "protocol": "Protol"}],
            }),
            vec![
                "Wanoz",
                "Whyno",
                "Mara Lind",
                "Chidi Okafor",
                "17 Nov 2026",
                "18 Nov 2026",
                "Decnot",
                "Rulena",
                "Sayso",
                "16 Nov 2026",
                "Protol",
            ],
        ),
        (
            "initiating_visit",
            json!({"day": "2026-11-20", "practitioner": person(PCP), "code": "99214"}),
            vec!["20 Nov 2026", "Chidi Okafor", "99214"],
        ),
        (
            "education",
            json!({"at": "2026-11-20", "topic": "Toptex", "to": ["patient"]}),
            vec!["the patient", "Toptex"],
        ),
    ];
    for (kind, json, said) in plan {
        let mut story = jun();
        story.save("2026-11-20 11:00", [fact(kind, json)]);
        let text = latest(&story, NoteKind::Plan);
        let changed = text.lines().find(|line| line.starts_with("Changed: ")).unwrap();
        tells(changed, &said, &[]);
    }
    let logged = [
        (
            "communication",
            json!({
                "at": "2026-11-20", "to": "agency", "by": "letter", "text": "Textel", "name": "Nambo",
            }),
            vec!["another agency", "letter", "Textel", "Nambo"],
        ),
        (
            "contact",
            json!({
                "at": "2026-11-20", "mode": "video", "kind": "follow_up", "with": ["patient"], "inbound": true,
                "did": ["medication_check"], "language": "Langu", "note": "Nimul",
                "talk": {"covered_else": "Covels", "who": "Whotal", "offered": "Offed", "chosen": "Chosed"},
            }),
            vec![
                "video",
                "follow-up",
                "the patient reached out",
                "medication check",
                "Langu",
                "Nimul",
                "Covels",
                "Whotal",
                "Offed",
                "Chosed",
            ],
        ),
        (
            "attempt",
            json!({"at": "2026-11-20", "by": "phone", "outcome": "voicemail", "note": "Nimul", "left": "Leftal", "next": "evening"}),
            vec!["phone", "voicemail", "Nimul", "Leftal", "evening"],
        ),
        (
            "appointment",
            json!({"appointment": thing(6), "at": "2026-11-21", "mode": "phone", "purpose": "Purpo", "state": "no_show"}),
            vec!["Sat 21 Nov 2026", "phone", "Purpo", "did not come"],
        ),
        (
            "referral",
            json!({"episode": episode(), "at": "2026-11-20", "reason": "Resota", "warm": true, "from": "Frotex"}),
            vec!["Frotex", "Resota", "introduced in person"],
        ),
        (
            "referral",
            json!({"episode": episode(), "at": "2026-11-20", "by": person(PCP), "warm": false}),
            vec!["Referred by Chidi Okafor"],
        ),
        (
            "concern_step",
            json!({
                "concern": thing(30), "at": "2026-11-20", "note": "Nimul",
                "step": {"told": {"who": "clinician", "how": "Howtel", "name": "Nambo"}},
            }),
            vec!["the treating clinician", "Howtel", "Nambo", "Nimul"],
        ),
        (
            "answer",
            json!({"recommendation": thing(40), "day": "2026-11-20", "answer": "later", "note": "Nimul"}),
            vec!["later", "Nimul"],
        ),
        (
            "recommendation",
            json!({"recommendation": thing(40), "day": "2026-11-20", "text": "Textel", "by": person(CONSULTANT)}),
            vec!["Textel", "Mara Lind"],
        ),
    ];
    for (kind, json, said) in logged {
        let mut story = jun();
        story.save("2026-11-20 11:00", [fact(kind, json)]);
        let text = log(&story);
        let line = text
            .lines()
            .find(|line| line.contains("Nov 2026: ") || line.contains("Nov 2026:"))
            .unwrap();
        tells(line, &said, &[]);
    }
}

#[test]
fn a_task_that_was_dropped_is_not_to_be_done() {
    let mut story = jun();
    let task = |n: u8, text: &str, more: Value| {
        let mut json = json!({"task": thing(n), "text": text, "due": "2026-11-27"});
        json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        fact("task", json)
    };
    story.save(
        "2026-11-19 09:00",
        [
            task(1, "Call the pharmacy", json!({})),
            task(
                2,
                "Send the form",
                json!({"dropped": "2026-11-19", "why": "not needed"}),
            ),
            task(3, "Book the visit", json!({"done": "2026-11-19"})),
        ],
    );
    november(&mut story);
    tells(
        &latest(&story, NoteKind::Contact),
        &["To do by 27 Nov 2026: Call the pharmacy"],
        &["Send the form", "Book the visit"],
    );
}

#[test]
fn tries_are_counted_from_the_contact_before_them_to_the_minute() {
    let cases = [
        (
            "2026-11-20 09:00",
            "1 try since the last contact with the patient on 24 Sep 2026",
        ),
        (
            "2026-11-20 15:00",
            "1 try since the last contact with the patient on 20 Nov 2026",
        ),
        (
            "2026-11-20 15:30",
            "2 tries since the last contact with the patient on 20 Nov 2026",
        ),
        ("2026-09-24 08:00", "1 try, no contact with the patient yet"),
    ];
    let mut story = jun();
    november(&mut story);
    for (at, _) in cases {
        let at = when(at);
        let attempt = json!({"at": serde_json::to_value(at).unwrap(), "by": "phone", "outcome": "no_answer"});
        story.save("2026-11-20 15:50", [fact("attempt", attempt)]);
    }
    for (at, said) in cases {
        let mut items = story.items().into_iter();
        let item = items
            .find(|item| item.kind == NoteKind::Attempt && item.at == when(at))
            .unwrap();
        let text = story.read(|source| note::note(source, &item, Paper::Note(NoteKind::Attempt).ours()));
        tells(&text, &[&format!("Tries: {said}")], &[]);
    }
}

#[test]
fn a_log_tells_an_appointment_as_it_stands() {
    let mut story = jun();
    let visit = |state: &str| {
        let at = serde_json::to_value(when("2026-11-12 10:00")).unwrap();
        fact(
            "appointment",
            json!({"appointment": thing(55), "at": at, "mode": "video", "state": state}),
        )
    };
    story.save("2026-11-10 09:00", [visit("booked")]);
    story.save("2026-11-12 11:00", [visit("no_show")]);
    tells(
        &log(&story),
        &["Thu 12 Nov 2026 10:00, video: did not come"],
        &["booked"],
    );
}
