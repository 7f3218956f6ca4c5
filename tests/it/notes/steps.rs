//! What a text says of the second step: what was asked in it and answered with yes.

use caseload::exchange::note::Letter;
use caseload::journal::facts::*;
use serde_json::json;

use super::story::*;
use super::told::{by, latest, log, tells};

const WISHED: &str = "ASQ item 1 (\"In the past few weeks, have you wished you were dead?\"): Yes, POSITIVE";
const NOW: &str = "ASQ item 5 (\"Are you having thoughts of killing yourself right now?\"): Yes, POSITIVE";
const BECAUSE: &str = "ASQ answered Yes to item 1 (\"In the past few weeks, have you wished you were dead?\") and to item 5 \
                       (\"Are you having thoughts of killing yourself right now?\")";

/// Answers to the yes-or-no questions of a form.
fn form(story: &mut Story, at: &str, instrument: &str, answers: &[(&str, u8)]) -> caseload::journal::EntryId {
    let items = answers
        .iter()
        .map(|(item, value)| (format!("{instrument}_{item}"), *value));
    let taken = Assessment {
        instrument: instrument.to_owned(),
        version: "1".to_owned(),
        at: when(at),
        taken: Taken::Remotely,
        answers: Answered::Items(items.collect()),
        scale: None,
        respondent: None,
    };
    let [entry] = story.save(at, [taken.into()]);
    entry
}

/// A concern that an answer opened or joined.
fn opened(story: &mut Story, at: &str, assessment: caseload::journal::EntryId, instrument: &str, item: &str) {
    let because = json!({"answer": {"assessment": assessment, "instrument": instrument,
        "item": format!("{instrument}_{item}"), "value": 1}});
    let concern = json!({"concern": thing(30), "kind": "suicide", "because": because, "level": "high", "at": when(at)});
    story.write(fact("concern", concern));
}

/// An ASQ as the second step of the concern of November: yes to thoughts right now.
fn acute() -> Story {
    let mut story = jun();
    november(&mut story);
    let at = "2026-11-20 14:40";
    let asq = form(
        &mut story,
        at,
        "asq",
        &[("1", 1), ("2", 0), ("3", 0), ("4", 0), ("5", 1)],
    );
    opened(&mut story, at, asq, "asq", "5");
    let step = json!({"concern": thing(30), "at": when(at), "step": {"second_step": {"assessment": asq, "outcome": "ASQ: acute positive"}}});
    story.save("2026-11-20 14:45", [fact("concern_step", step)]);
    story
}

#[test]
fn a_yes_of_the_second_step_is_told_in_the_words_of_its_question() {
    let story = acute();
    for letter in [Letter::Clinician, Letter::Consultant] {
        let text = story.letter(letter, "");
        tells(
            &text,
            &[WISHED, NOW, "ASQ item 2: No, negative", BECAUSE],
            &["item 1: 1", "answered 1", "item 2: 0", "better off"],
        );
        // A line each, for somebody who reads it in a hurry.
        assert!(
            text.contains(&format!("- {WISHED}\n")) && text.contains(&format!("- {NOW}\n")),
            "{text}"
        );
    }
    let safety = latest(&story, NoteKind::Safety);
    tells(&safety, &[WISHED, NOW], &["item 5: 1"]);
    tells(&log(&story), &[WISHED, NOW], &["item 5: 1"]);
    // The patient's own letter tells no answers.
    tells(&story.letter(Letter::Patient, ""), &[], &["ASQ", "killing"]);
}

#[test]
fn a_yes_that_opened_a_concern_is_told_also_when_its_form_was_corrected_since() {
    let mut story = jun();
    let at = "2026-11-20 14:40";
    let asq = form(
        &mut story,
        at,
        "asq",
        &[("1", 1), ("2", 0), ("3", 0), ("4", 0), ("5", 1)],
    );
    opened(&mut story, at, asq, "asq", "5");
    let mended = json!({"instrument": "asq", "version": "1", "at": when(at), "taken": "remotely",
        "answers": {"items": {"asq_1": 1, "asq_2": 0, "asq_3": 0, "asq_4": 0, "asq_5": 0}}});
    story.write(fact(
        "corrected",
        json!({"entry": asq, "kind": "assessment", "fact": mended, "why": "a slip"}),
    ));
    let text = story.letter(Letter::Clinician, "");
    let opened_by = "opened by: ASQ item 5 (\"Are you having thoughts of killing yourself right now?\") answered Yes";
    tells(&text, &[WISHED, "ASQ item 5: No, negative", opened_by], &[NOW]);
}

#[test]
fn an_answer_that_came_again_is_told_with_what_it_was() {
    let mut story = acute();
    let [first] = story.save(
        "2026-11-20 14:50",
        [phq9("2026-11-20 14:50", [1, 1, 1, 1, 1, 1, 1, 1, 1])],
    );
    let asq = story
        .folded()
        .1
        .scores
        .iter()
        .find(|line| line.instrument == "asq")
        .unwrap()
        .entry;
    let again = |of, value: u8| {
        let step = json!({"reassessed": {"assessment": of, "value": value, "compared": "higher"}});
        fact(
            "concern_step",
            json!({"concern": thing(30), "at": when("2026-11-20 14:50"), "step": step}),
        )
    };
    for step in [again(asq, 1), again(first, 1)] {
        story.write(step);
    }
    let text = latest(&story, NoteKind::Safety);
    tells(
        &text,
        &[
            "answered again: Yes to item 1 (\"In the past few weeks",
            "answered again: 1, HIGHER than before",
        ],
        &[],
    );
}

#[test]
fn an_earlier_yes_is_told_in_the_words_of_its_question_after_a_later_no() {
    let mut story = acute();
    form(
        &mut story,
        "2026-11-20 15:30",
        "asq",
        &[("1", 0), ("2", 0), ("3", 0), ("4", 0)],
    );
    let earlier = "Earlier: ASQ, POSITIVE, on 20 Nov 2026: Yes to item 1 (\"In the past few weeks, have you wished you were dead?\") and \
                   to item 5 (\"Are you having thoughts of killing yourself right now?\")";
    let text = story.letter(Letter::Clinician, "");
    tells(&text, &["ASQ item 1: No, negative", BECAUSE], &[WISHED, NOW]);
    // PHQ-9 item 9 of that day was 2, which is higher than a yes.
    tells(&text, &["Earlier: PHQ-9 safety item 2, POSITIVE, on 20 Nov 2026"], &[]);
    let mut alone = jun();
    form(
        &mut alone,
        "2026-11-20 14:40",
        "asq",
        &[("1", 1), ("2", 0), ("3", 0), ("4", 0), ("5", 1)],
    );
    form(
        &mut alone,
        "2026-11-20 15:30",
        "asq",
        &[("1", 0), ("2", 0), ("3", 0), ("4", 0)],
    );
    tells(&alone.letter(Letter::Clinician, ""), &[earlier], &[]);
}

/// A form, its answers, what a letter says of them, and what it doesn't.
type Told<'a> = (&'a str, &'a [(&'a str, u8)], &'a [&'a str], &'a [&'a str]);

#[test]
fn a_yes_is_told_by_what_its_form_has() {
    // Words that ship with the form; the number alone where they do not; the number of an answer that is no yes.
    let table: [Told<'_>; 3] = [
        (
            "cssrs_screen",
            &[("1", 1), ("2", 1), ("3", 0), ("4", 1), ("5", 0), ("6", 0)],
            &[
                "C-SSRS screener item 1: Yes, POSITIVE",
                "C-SSRS screener item 4: Yes, POSITIVE",
                "item 3: No, negative",
            ],
            &["item 4: 1", "item 4 (\""],
        ),
        (
            "phq9m",
            &[
                ("1", 0),
                ("2", 0),
                ("3", 0),
                ("4", 0),
                ("5", 0),
                ("6", 0),
                ("7", 0),
                ("8", 0),
                ("9", 2),
                ("si_month", 1),
                ("attempt_ever", 0),
            ],
            &[
                "item 9: 2, POSITIVE",
                "(\"Has there been a time in the past month when you have had serious thoughts about ending your life?\"): Yes, POSITIVE",
            ],
            &["whole life"],
        ),
        (
            "asq",
            &[("1", 1), ("2", 0), ("3", 0), ("4", 0)],
            &[WISHED, "item 5: not answered or not known; not a no"],
            &[],
        ),
    ];
    for (instrument, answers, said, unsaid) in table {
        let mut story = jun();
        form(&mut story, "2026-11-20 14:40", instrument, answers);
        tells(&story.letter(Letter::Clinician, ""), said, unsaid);
        tells(&by(&story, NoteKind::Measures, "Safety: {safety}"), said, unsaid);
    }
}
