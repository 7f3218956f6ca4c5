//! A positive answer while a concern is open: lower, the same, higher. Only answers of one instrument are on one scale.

use super::*;

/// Opens a concern by the first form, takes the second, and tells how it compares.
fn compared(first: Assessment, second: Assessment) -> Option<Compared> {
    let mut copy = Copy::new(1).at("2026-11-20T15:00:00-05:00");
    copy.take(first);
    copy.take(second);
    assert_eq!(copy.sheet().concerns.len(), 1, "one concern");
    copy.compared()
}

const EARLIER: &str = "2026-11-16T10:00:00-05:00";
const LATER: &str = "2026-11-20T10:00:00-05:00";

#[test]
fn answers_are_compared_within_an_instrument_and_a_positive_one_of_another_is_never_lower() {
    use Compared::*;
    let cssrs = |at, answers: &[(&str, u8)]| items("cssrs_screen", at, answers);
    // Questions 1 and 2 yes, 3 as given; nothing else.
    let ideas = |at, method| {
        cssrs(
            at,
            &[
                ("cssrs_screen_1", 1),
                ("cssrs_screen_2", 1),
                ("cssrs_screen_3", method),
                ("cssrs_screen_4", 0),
                ("cssrs_screen_5", 0),
                ("cssrs_screen_6", 0),
            ],
        )
    };
    let intent = cssrs(
        LATER,
        &[
            ("cssrs_screen_1", 1),
            ("cssrs_screen_2", 1),
            ("cssrs_screen_3", 1),
            ("cssrs_screen_4", 1),
            ("cssrs_screen_5", 0),
            ("cssrs_screen_6", 0),
        ],
    );
    let table = [
        ("item 9: 2, then 1", phq9(EARLIER, 2), phq9(LATER, 1), Lower),
        ("item 9: 2, then 2", phq9(EARLIER, 2), phq9(LATER, 2), Same),
        ("item 9: 1, then 3", phq9(EARLIER, 1), phq9(LATER, 3), Higher),
        // A Yes is 1, which is not less than an item 9 of 2: they are answers to other questions.
        (
            "item 9 of 2, then ASQ yes",
            phq9(EARLIER, 2),
            asq(LATER, [1, 0, 0, 0, 0]),
            Same,
        ),
        (
            "item 9 of 3, then ASQ acute",
            phq9(EARLIER, 3),
            asq(LATER, [1, 0, 1, 0, 1]),
            Higher,
        ),
        (
            "item 9 of 1, then C-SSRS with intent",
            phq9(EARLIER, 1),
            intent.clone(),
            Higher,
        ),
        ("item 9 of 3, then C-SSRS with intent", phq9(EARLIER, 3), intent, Higher),
        // Item 9 of 2 or 3 is high (SPiER), a Yes without acuity is not.
        (
            "ASQ yes, then item 9 of 2",
            asq(EARLIER, [1, 0, 0, 0, 0]),
            phq9(LATER, 2),
            Higher,
        ),
        (
            "ASQ yes, then item 9 of 1",
            asq(EARLIER, [1, 0, 0, 0, 0]),
            phq9(LATER, 1),
            Same,
        ),
        // Both have an answer of 1 at most; what was answered yes is what counts.
        (
            "ASQ yes, then acute",
            asq(EARLIER, [1, 0, 0, 0, 0]),
            asq(LATER, [1, 0, 0, 0, 1]),
            Higher,
        ),
        (
            "ASQ one yes, then another",
            asq(EARLIER, [1, 0, 0, 0, 0]),
            asq(LATER, [0, 0, 1, 0, 0]),
            Higher,
        ),
        (
            "ASQ three yes, then one of them",
            asq(EARLIER, [1, 1, 1, 0, 0]),
            asq(LATER, [1, 0, 0, 0, 0]),
            Lower,
        ),
        // Any plan or intent restarts the full step, also when it was there before.
        (
            "ASQ acute, then acute",
            asq(EARLIER, [1, 0, 0, 0, 1]),
            asq(LATER, [1, 0, 0, 0, 1]),
            Higher,
        ),
        (
            "C-SSRS thoughts, then a method",
            ideas(EARLIER, 0),
            ideas(LATER, 1),
            Higher,
        ),
    ];
    for (what, first, second, expected) in table {
        assert_eq!(compared(first, second), Some(expected), "{what}");
    }
}

#[test]
fn it_is_the_latest_answer_of_the_instrument_that_counts_by_clinical_date() {
    let mut copy = Copy::new(1).at("2026-11-20T15:00:00-05:00");
    copy.take(phq9("2026-11-02T10:00:00-05:00", 2));
    copy.take(phq9("2026-11-16T10:00:00-05:00", 0));
    assert!(copy.concern().is_open(), "a later 0 never closes it");
    copy.take(asq("2026-11-17T10:00:00-05:00", [1, 0, 0, 0, 0]));
    assert_eq!(copy.compared(), Some(Compared::Same), "across instruments");
    // 2, then 0, then 1: it came back.
    copy.take(phq9("2026-11-19T10:00:00-05:00", 1));
    assert_eq!(copy.compared(), Some(Compared::Higher));
    // Entered late, of a day before that 0: the answer before it was 2.
    copy.take(phq9("2026-11-09T10:00:00-05:00", 1));
    assert_eq!(copy.compared(), Some(Compared::Lower));
}

#[test]
fn an_answer_that_was_entered_in_error_is_compared_with_nothing() {
    let mut copy = Copy::new(1).at("2026-11-20T15:00:00-05:00");
    let mistaken = copy.take(phq9(EARLIER, 3));
    copy.carry_out(&Intent::Void {
        chart: chart(),
        entries: vec![mistaken],
        reason: "another patient's form".to_owned(),
    });
    assert!(copy.concern().is_open(), "it stays open until a named person closes it");
    copy.take(phq9(LATER, 2));
    assert_eq!(
        copy.compared(),
        Some(Compared::Higher),
        "not lower than an answer that nobody gave"
    );
}

#[test]
fn a_higher_answer_starts_the_steps_again_and_raises_the_level() {
    let mut copy = Copy::new(1).at("2026-11-16T15:00:00-05:00");
    copy.take(phq9(EARLIER, 1));
    copy.see_to();
    assert_eq!(copy.concern().level, Level::Positive);
    let mut copy = copy.at("2026-11-20T15:00:00-05:00");
    copy.take(phq9(LATER, 3));
    let line = copy.concern();
    assert_eq!(
        (line.second_step, line.clinician_told, line.next_contact),
        (None, None, None)
    );
    assert_eq!(line.level, Level::High);
    assert_eq!(line.day, day("2026-11-16"), "it is the same concern");
    let sentence = copy.item().unwrap().first.sentence();
    assert!(sentence.contains("PHQ-9 item 9 = 1"), "{sentence}");
    assert!(sentence.contains("; higher answer today, up to 3;"), "{sentence}");
    assert!(matches!(copy.close(), Err(Refusal::ConcernNotReady { .. })));
    copy.see_to();
    copy.close().unwrap();
    assert!(!copy.concern().is_open());
}

#[test]
fn an_answer_that_is_lower_or_the_same_keeps_the_steps_that_were_done() {
    for second in [1, 2] {
        let mut copy = Copy::new(1).at("2026-11-16T15:00:00-05:00");
        copy.take(phq9(EARLIER, 2));
        copy.see_to();
        let mut copy = copy.at("2026-11-20T15:00:00-05:00");
        copy.take(phq9(LATER, second));
        copy.close().unwrap();
        assert!(!copy.concern().is_open());
    }
}

#[test]
fn correcting_a_date_or_another_answer_is_not_a_new_positive_answer() {
    let mut copy = Copy::new(1).at("2026-11-20T15:00:00-05:00");
    copy.take(phq9("2026-11-02T10:00:00-05:00", 1));
    let entry = copy.take(phq9(EARLIER, 2));
    copy.see_to();
    let correct = |fact: Assessment| Intent::Correct {
        chart: chart(),
        entry,
        fact: Box::new(fact.into()),
        reason: None,
    };
    copy.carry_out(&correct(phq9("2026-11-17T10:00:00-05:00", 2)));
    assert!(copy.concern().second_step.is_some(), "the steps stand");
    copy.carry_out(&correct(phq9("2026-11-17T10:00:00-05:00", 3)));
    assert_eq!(
        copy.concern().second_step,
        None,
        "a higher right answer starts them again"
    );
    copy.carry_out(&correct(phq9("2026-11-17T10:00:00-05:00", 0)));
    assert!(copy.concern().is_open(), "a corrected answer never closes a concern");
}
