//! What must not be told, what must never be lost, and whose note it is in.

use std::collections::BTreeSet;

use caseload::billing::{Profile, Team, service_month};
use caseload::exchange::note::{self, Letter, Paper, Recipient, Source};
use caseload::flowsheet::{EhrItem, EhrState};
use caseload::journal::facts::*;
use caseload::journal::{EntryId, Fact, Slot};
use serde_json::json;

use super::story::*;
use super::told::{by, latest, log, tells};

fn protect(story: &mut Story, entry: EntryId) {
    let mark = Mark {
        entry,
        why: Protection::Part2,
        state: MarkState::Set { note: None },
    };
    story.save("2026-11-20 15:55", [mark.into()]);
}

#[test]
fn nothing_that_is_held_back_is_told_through_something_else() {
    let letter = |story: &Story| story.letter(Letter::Clinician, "") + &story.letter(Letter::Consultant, "");
    let scores = |story: &Story| -> Vec<EntryId> {
        let (_, sheet) = story.folded();
        sheet.scores.iter().map(|score| score.entry).collect()
    };
    let mut story = jun();
    november(&mut story);
    tells(
        &letter(&story),
        &["PHQ-9 19", "+2 since 24 Sep 2026 (17)", "baseline 17"],
        &["held back"],
    );
    let both = scores(&story);
    protect(&mut story, both[0]);
    tells(
        &letter(&story),
        &["PHQ-9 19", "1 entry is held back here."],
        &["(17)", "baseline 17"],
    );
    protect(&mut story, both[1]);
    tells(
        &letter(&story),
        &[
            "PHQ-9: held back",
            "Safety item: the latest answer is held back",
            "Concern about suicide",
        ],
        &["PHQ-9 19", "(17)", "not asked", "item 9"],
    );

    let mut booked = jun();
    let visit = json!({"appointment": thing(55), "at": "2026-11-25", "mode": "phone", "state": "booked"});
    let [visit] = booked.save("2026-11-18 09:00", [fact("appointment", visit)]);
    tells(&letter(&booked), &["Wed 25 Nov 2026"], &["held back"]);
    protect(&mut booked, visit);
    tells(
        &letter(&booked),
        &["care manager: held back"],
        &["25 Nov", "not agreed"],
    );
    tells(
        &booked.letter(Letter::Patient, ""),
        &["Please call me"],
        &["25 Nov", "Our next contact"],
    );

    let mut answered = jun();
    reviewed(&mut answered);
    let answer = Answer {
        recommendation: thing(40),
        day: day("2026-11-20"),
        answer: AnswerKind::Declined,
        note: None,
        how: None,
        again: None,
    };
    let [answer] = answered.save("2026-11-20 08:00", [answer.into()]);
    tells(&letter(&answered), &["none is open"], &["held back"]);
    protect(&mut answered, answer);
    tells(
        &letter(&answered),
        &["2 weeks. (19 Nov 2026, Mara Lind, MD; the answer is held back)"],
        &["none is open"],
    );
}

#[test]
fn several_versions_of_one_thing_are_one_entry_that_is_held_back() {
    let mut story = jun();
    let version = |dose: &str| {
        fact(
            "medication",
            json!({"medication": thing(51), "name": "Sertraline", "dose": dose}),
        )
    };
    story.save("2026-11-02 09:00", [version("50 mg")]);
    let [second] = story.save("2026-11-03 09:00", [version("100 mg")]);
    protect(&mut story, second);
    tells(
        &story.letter(Letter::Clinician, ""),
        &["1 entry is held back here."],
        &["Sertraline"],
    );
    let confirmed = [second].into_iter().collect();
    let to = Recipient {
        letter: Letter::Clinician,
        name: "",
    };
    let text = story.read(|source| note::letter(source, to, &confirmed, Paper::Letter(Letter::Clinician).ours()));
    tells(&text, &["Sertraline 100 mg", "42 CFR part 2"], &["held back"]);
}

#[test]
fn an_answer_that_was_committed_early_belongs_to_the_contact_that_went_on_with_it() {
    let mut story = jun();
    let attempt = |at: &str| -> Fact {
        fact(
            "attempt",
            json!({"at": serde_json::to_value(when(at)).unwrap(), "by": "phone", "outcome": "no_answer"}),
        )
    };
    let talk = |at: &str| -> Fact { contact(at, ContactKind::FollowUp, "Well.").into() };
    let whose = |story: &Story, measure: EntryId| -> EhrItem {
        let mut items = story.items();
        items.retain(|item| item.told.contains(&measure));
        assert_eq!(items.len(), 1, "{items:?}");
        items.remove(0)
    };
    story.save("2026-11-20 09:00", [attempt("2026-11-20 09:00")]);
    let [alone] = story.save("2026-11-20 09:30", [phq9("2026-11-20 09:30", [1; 9])]);
    assert_eq!(whose(&story, alone).kind, NoteKind::Measures);
    let [morning] = story.save("2026-11-20 10:00", [talk("2026-11-20 10:00")]);
    assert_eq!(whose(&story, alone).anchor, morning);
    let [early] = story.save("2026-11-20 14:01", [phq9("2026-11-20 14:00", [2; 9])]);
    let went_on = Corrected {
        entry: early,
        kind: "assessment".to_owned(),
        fact: serde_json::from_str(&phq9("2026-11-20 14:00", [3; 9]).to_json().unwrap()).unwrap(),
        reason: Some("The form went on".to_owned()),
    };
    let [afternoon, _] = story.save("2026-11-20 14:05", [talk("2026-11-20 14:00"), went_on.into()]);
    assert_eq!(whose(&story, early).anchor, afternoon);
    // A later correction doesn't take it away.
    let again = Corrected {
        entry: early,
        kind: "assessment".to_owned(),
        fact: serde_json::from_str(&phq9("2026-11-20 14:00", [2; 9]).to_json().unwrap()).unwrap(),
        reason: Some("Misheard".to_owned()),
    };
    story.save("2026-11-20 15:00", [again.into()]);
    assert_eq!(whose(&story, early).anchor, afternoon);
}

#[test]
fn what_a_template_does_not_name_is_told_under_also() {
    let mut story = jun();
    let attempt = fact(
        "attempt",
        json!({"at": "2026-11-20", "by": "phone", "outcome": "no_answer", "note": "Rang twice."}),
    );
    let medicine = fact(
        "medication",
        json!({"medication": thing(51), "name": "Sertraline", "from": "2026-11-20"}),
    );
    story.save("2026-11-20 09:00", [attempt, medicine]);
    tells(
        &latest(&story, NoteKind::Attempt),
        &["Changes: Medication: Sertraline, from 20 Nov 2026"],
        &["Scores"],
    );
    let text = by(&story, NoteKind::Attempt, "Tried {when}.");
    tells(
        &text,
        &[
            "Also recorded:",
            "Note: Rang twice.",
            "Changes: Medication: Sertraline",
            "Outcome: no answer",
        ],
        &["not recorded"],
    );
    november(&mut story);
    let text = by(&story, NoteKind::Contact, "Seen { when }. { safety } {note}");
    tells(
        &text,
        &[
            "Interventions: behavioral activation",
            "Minutes: 22",
            "Scores: PHQ-9 19",
        ],
        &["Note: Sleeps"],
    );
    assert_eq!(text.matches("item 9: 2, POSITIVE").count(), 1, "{text}");
}

#[test]
fn what_is_left_of_a_copied_note_that_is_to_be_retracted_waits_again() {
    let mut story = jun();
    november(&mut story);
    let copied = story.item(NoteKind::Contact);
    story.copy("2026-11-20 15:00", &copied, "as copied");
    let error = EnteredInError {
        entry: copied.anchor,
        reason: "Wrong patient".to_owned(),
        moved_to: None,
    };
    story.save("2026-11-20 15:30", [error.into()]);
    let left = story.item(NoteKind::Measures);
    assert_eq!(left.state, EhrState::Changed);
    // Once it was copied by itself it is there, whatever becomes of the note that is retracted.
    story.copy("2026-11-20 15:40", &left, "the measure");
    assert_eq!(story.item(NoteKind::Measures).state, EhrState::Copied);
    assert_eq!(story.item(NoteKind::Contact).state, EhrState::Withdrawn);
}

#[test]
fn a_note_about_something_protected_says_so_and_any_other_leaves_it_out() {
    type IsIt = fn(&Fact) -> bool;
    const WARNING: &str = "marked as protected";
    const LEFT_OUT: &str = "1 entry is held back here.";
    let plan_item = || EhrItem {
        kind: NoteKind::Plan,
        anchor: EntryId::derived([0; 16]),
        told: Vec::new(),
        at: when("2026-11-20 16:00"),
        day: day("2026-11-20"),
        by: person(MANAGER),
        state: EhrState::New,
    };
    let plan =
        |story: &Story| story.read(|source| note::note(source, &plan_item(), Paper::Note(NoteKind::Plan).ours()));
    let month = |story: &Story| {
        story.read(|source| {
            let people = people();
            let (team, profile) = (Team::of(people.values()), Profile::default());
            let month = "2026-11".parse().unwrap();
            let reckoned = service_month(source.sheet, month, &profile, &team, zone(), day("2026-11-20"));
            note::month_note(source, &reckoned, Paper::Note(NoteKind::Month).ours())
        })
    };
    let entry = |story: &Story, is_it: IsIt| {
        let (folded, _) = story.folded();
        let found = folded.live().iter().rfind(|live| is_it(&live.fact));
        found.unwrap().id
    };
    // What is marked; whether the note of the contact is about it; what would tell it.
    let cases: [(IsIt, bool, &[&str]); 3] = [
        (|fact| matches!(fact, Fact::Diagnosis(_)), false, &["F33.1"]),
        (
            |fact| matches!(fact, Fact::Contact(_)),
            true,
            &["contact, phone; 22 min", "Contact, follow-up"],
        ),
        (|fact| matches!(fact, Fact::Assessment(_)), true, &["PHQ-9 19"]),
    ];
    for (is_it, warned, telling) in cases {
        let mut story = jun();
        november(&mut story);
        let of_contact = |story: &Story| latest(story, NoteKind::Contact);
        let texts = |story: &Story| [plan(story), month(story), log(story), of_contact(story)];
        for text in texts(&story) {
            tells(&text, &[], &[WARNING, LEFT_OUT]);
        }
        for told in telling {
            assert!(texts(&story).concat().contains(told), "{told}: {:?}", texts(&story));
        }
        let marked = entry(&story, is_it);
        let plan_told = telling.iter().any(|told| texts(&story)[0].contains(told));
        protect(&mut story, marked);
        let [plan, month, log, of_contact] = texts(&story);
        assert_eq!(of_contact.contains(WARNING), warned, "{of_contact}");
        // The note of a contact names no diagnosis, the plan no contact: what leaves nothing out doesn't hint at what is held elsewhere.
        tells(&of_contact, &[], &[LEFT_OUT]);
        assert_eq!(plan.contains(LEFT_OUT), plan_told, "{plan}");
        for text in [month, log] {
            tells(&text, &[LEFT_OUT], telling);
            tells(&text, &[], &[WARNING]);
        }
        tells(&plan, &[], telling);
        tells(&plan, &[], &[WARNING]);
        // Confirmed, it is told, with the notice.
        let confirmed = BTreeSet::from([marked]);
        let told = story.read(|source| {
            let source = Source {
                confirmed: &confirmed,
                ..*source
            };
            let ours = |kind| Paper::Note(kind).ours();
            let log = note::log_note(&source, day("2026-11-01"), day("2026-11-20"), ours(NoteKind::Log));
            [log, note::note(&source, &plan_item(), ours(NoteKind::Plan))]
        });
        for text in &told {
            tells(text, &["42 CFR part 2"], &[LEFT_OUT, WARNING]);
        }
    }
}

#[test]
fn a_log_leaves_out_a_message_that_tells_of_something_protected() {
    const LEFT_OUT: &str = "1 entry is held back here.";
    let mut story = jun();
    let diagnosis = story.folded().0.head(&Slot::Diagnosis(thing(20))).unwrap().id;
    let sent = |text: &str, at: &str, held: &[EntryId]| {
        fact(
            "communication",
            json!({"at": at, "to": "agency", "by": "letter", "text": text, "held": held}),
        )
    };
    story.save(
        "2026-11-20 11:00",
        [
            sent("She comes each week.", "2026-11-10", &[]),
            sent("She has F33.1.", "2026-11-12", &[diagnosis]),
        ],
    );
    let log = |story: &Story, from: &str, until: &str| {
        let ours = Paper::Note(NoteKind::Log).ours();
        story.read(|source| note::log_note(source, day(from), day(until), ours))
    };
    let cases = [
        ("2026-11-01", "2026-11-20", "She has F33.1.", true),
        ("2026-11-12", "2026-11-12", "She has F33.1.", true),
        ("2026-11-01", "2026-11-11", "She comes each week.", false),
    ];
    for (from, until, told, _) in cases {
        tells(&log(&story, from, until), &[told], &[LEFT_OUT]);
    }
    protect(&mut story, diagnosis);
    for (from, until, told, is_left_out) in cases {
        let text = log(&story, from, until);
        tells(&text, &[LEFT_OUT], &[]);
        assert_eq!(text.contains(told), !is_left_out, "{text}");
    }
}

/// A letter by a template of one line.
fn line_of(story: &Story, letter: Letter, template: &str) -> String {
    let to = Recipient { letter, name: "" };
    let text = story.read(|source| note::letter(source, to, &BTreeSet::new(), template));
    text.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_day_of_a_held_appointment_is_not_told_by_what_was_agreed_with_it() {
    // The day that is booked, the one that was agreed with the contact, whether a concern is open with the 23rd as its
    // next contact; and what is told once the appointment is held back.
    let cases = [
        ("2026-11-25", Some("2026-11-25"), false, "held back"),
        ("2026-11-25", Some("2026-11-27"), false, "Fri 27 Nov 2026"),
        ("2026-11-25", None, false, "held back"),
        ("2026-11-23", None, true, "held back"),
        ("2026-11-23", Some("2026-11-23"), true, "held back"),
        ("2026-11-25", Some("2026-11-25"), true, "Mon 23 Nov 2026"),
    ];
    for (booked, agreed, has_concern, said) in cases {
        let mut story = jun();
        if has_concern {
            november(&mut story);
        }
        let plan = agreed.map(|next| fact("contact_plan", json!({"episode": episode(), "next": next})));
        let visit = json!({"appointment": thing(55), "at": booked, "mode": "phone", "state": "booked"});
        let [visit] = story.save("2026-11-20 15:00", [fact("appointment", visit)]);
        if let Some(plan) = plan {
            story.write(plan);
        }
        let next = |story: &Story| line_of(story, Letter::Consultant, "{next contact}");
        assert!(next(&story).ends_with(", phone"), "{}", next(&story));
        protect(&mut story, visit);
        assert_eq!(next(&story), said, "{booked} {agreed:?}");
    }
}

#[test]
fn no_medication_is_said_to_be_recorded_only_when_none_is() {
    let named = |n: u8, name: &str, more: serde_json::Value| {
        let mut json = json!({"medication": thing(n), "name": name});
        json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        fact("medication", json)
    };
    let (free, ended) = (json!({}), json!({"until": "2026-11-01"}));
    // What is held back, what is free, and what a letter says.
    let cases = [
        (None, None, "none recorded"),
        (Some(&free), None, "held back"),
        (Some(&ended), None, "none recorded"),
        (None, Some(&ended), "none recorded"),
        (Some(&free), Some(&free), "Sertraline, start not known"),
        (Some(&free), Some(&ended), "held back"),
    ];
    for (held, told, said) in cases {
        let mut story = jun();
        story.save("2026-11-02 09:00", []);
        if let Some(more) = told {
            story.write(named(51, "Sertraline", more.clone()));
        }
        if let Some(more) = held {
            let entry = story.write(named(52, "Buprenorphine", more.clone()));
            protect(&mut story, entry);
        }
        assert_eq!(line_of(&story, Letter::Clinician, "{medications}"), said);
    }
}

#[test]
fn a_medication_that_begins_later_is_told_with_its_day_from_the_day_on_which_it_was_written() {
    // When it was written, from when it is taken; what the note of 24 September says, and a letter of 20 November.
    let cases = [
        (
            "2026-09-24",
            "2026-12-01",
            "Sertraline, from 1 Dec 2026",
            "Sertraline, from 1 Dec 2026",
        ),
        (
            "2026-09-24",
            "2026-09-25",
            "Sertraline, from 25 Sep 2026",
            "Sertraline, since 25 Sep 2026 (8 weeks)",
        ),
        (
            "2026-11-02",
            "2026-11-02",
            "none recorded",
            "Sertraline, since 2 Nov 2026 (2 weeks)",
        ),
        (
            "2026-11-02",
            "2026-12-01",
            "none recorded",
            "Sertraline, from 1 Dec 2026",
        ),
        // A late entry stands where it belongs.
        (
            "2026-11-02",
            "2026-09-10",
            "Sertraline, since 10 Sep 2026 (2 weeks)",
            "Sertraline, since 10 Sep 2026 (10 weeks)",
        ),
    ];
    for (written, from, then, now) in cases {
        let mut story = jun();
        let medicine = json!({"medication": thing(51), "name": "Sertraline", "from": from});
        story.save(&format!("{written} 15:00"), [fact("medication", medicine)]);
        let text = by(&story, NoteKind::InitialAssessment, "{medications}");
        assert_eq!(text.lines().next(), Some(then), "{written} {from}");
        assert_eq!(
            line_of(&story, Letter::Clinician, "{medications}"),
            now,
            "{written} {from}"
        );
    }
}

#[test]
fn closing_a_concern_does_not_call_off_the_contact_that_was_agreed_in_it() {
    const AGREED: &str = "Next contact: Mon 23 Nov 2026";
    let mut story = jun();
    november(&mut story);
    tells(&latest(&story, NoteKind::Contact), &[AGREED], &[]);
    let closed = ConcernClosed {
        concern: thing(30),
        at: when("2026-11-20 15:30"),
        action: "second step asked, the PCP sees her today".to_owned(),
        reason: Some("no intent, no plan".to_owned()),
        watch_until: None,
        saw: None,
    };
    story.save("2026-11-20 15:30", [closed.into()]);
    tells(&latest(&story, NoteKind::Contact), &[AGREED], &[]);
}

#[test]
fn a_contact_agreed_for_safety_is_not_hidden_by_a_later_appointment() {
    let mut story = jun();
    november(&mut story);
    let booked = Appointment {
        appointment: thing(77),
        at: when("2026-12-01 10:00"),
        mode: Mode::Phone,
        state: AppointmentState::Booked,
        purpose: None,
    };
    story.save("2026-11-20 15:40", [booked.into()]);
    let said = "Next contact: Mon 23 Nov 2026, agreed for safety; booked Tue 1 Dec 2026 10:00, phone";
    tells(&latest(&story, NoteKind::Contact), &[said], &[]);
}
