//! What a measure that is being asked comes to.

use super::*;
use crate::instruments::{InstrumentId, definition};

fn phq9() -> &'static Definition {
    definition(&InstrumentId::new("phq9")).unwrap()
}

fn typed(digits: &[u8]) -> MeasureTyped {
    let answers = phq9()
        .items
        .iter()
        .zip(digits)
        .map(|(item, value)| (item.id.as_str().to_owned(), *value));
    MeasureTyped {
        way: Way::Questions,
        answers: answers.collect(),
        ..MeasureTyped::default()
    }
}

fn at() -> When {
    "2026-11-20".parse().unwrap()
}

#[test]
fn the_total_runs_and_the_band_waits_for_the_last_answer() {
    let context = Context::new();
    let half = typed(&[2, 3, 2]).running(phq9(), &context);
    assert_eq!((half.answered, half.asked, half.sum), (3, 9, Some(7)));
    assert_eq!(half.band, None);
    assert_eq!(half.safety, SafetyAnswer::NotAnswered);
    assert_eq!(half.digits, "2 3 2 \u{b7} \u{b7} \u{b7} \u{b7} \u{b7} \u{b7}");

    // 2+3+2+3+1+2+2+1+1 = 17
    let whole = typed(&[2, 3, 2, 3, 1, 2, 2, 1, 1]).running(phq9(), &context);
    assert_eq!(whole.sum, Some(17));
    assert_eq!(whole.band.as_deref(), Some("Moderately severe"));
    assert!(whole.is_complete());
    assert_eq!(
        whole.alarm().map(|flag| flag.rule.as_str()),
        Some("phq9_item9_positive")
    );
}

#[test]
fn a_form_with_open_questions_asks_before_it_is_saved_without_a_total() {
    let asq = definition(&InstrumentId::new("asq")).unwrap();
    let mut of_asq = MeasureTyped::asked(asq);
    of_asq.answers.insert("asq_1".to_owned(), 0);
    let total = MeasureTyped {
        way: Way::TotalOnly,
        total: "9".to_owned(),
        ..MeasureTyped::default()
    };
    let table = [
        (
            "seven of nine",
            typed(&[1; 7]),
            phq9(),
            Some("PHQ-9: 2 of 9 are not answered: save without a total?"),
        ),
        (
            "eight of nine",
            typed(&[1; 8]),
            phq9(),
            Some("PHQ-9: 1 of 9 is not answered: save without a total?"),
        ),
        ("all", typed(&[1; 9]), phq9(), None),
        ("none, which is refused elsewhere", typed(&[]), phq9(), None),
        ("a total alone", total, phq9(), None),
        ("a form that has no total", of_asq, asq, None),
    ];
    for (case, typed, definition, expected) in table {
        assert_eq!(
            typed.left_open(definition, &Context::new()).as_deref(),
            expected,
            "{case}"
        );
    }
}

#[test]
fn a_form_of_zeros_is_a_score_of_zero() {
    let zeros = typed(&[0; 9]).running(phq9(), &Context::new());
    assert_eq!(zeros.sum, Some(0));
    assert!(zeros.is_complete());
    assert_eq!(zeros.safety, SafetyAnswer::Negative);
    assert_eq!(zeros.alarm(), None);
}

#[test]
fn a_positive_safety_answer_is_seen_before_the_form_is_complete() {
    let mut alone = MeasureTyped::default();
    alone.answers.insert("phq9_9".to_owned(), 2);
    let running = alone.running(phq9(), &Context::new());
    assert_eq!(running.safety, SafetyAnswer::Positive(2));
    assert_eq!(running.alarm().map(|flag| flag.level), Some(FlagLevel::High));
}

#[test]
fn a_total_needs_to_say_what_the_safety_item_was() {
    let mut total = MeasureTyped {
        way: Way::TotalOnly,
        total: "17".to_owned(),
        ..MeasureTyped::default()
    };
    let wrong = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap_err();
    assert_eq!(wrong[0].field, "phq9-safety-phq9_9");
    total.known.insert("phq9_9".to_owned(), SafetyTyped::NotKnown);
    let read = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap().unwrap();
    assert_eq!(
        read.answers,
        Answered::Total {
            total: 17,
            known: BTreeMap::new()
        }
    );
    total.known.insert("phq9_9".to_owned(), SafetyTyped::Answer(1));
    let read = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap().unwrap();
    let known = BTreeMap::from([("phq9_9".to_owned(), 1)]);
    assert_eq!(read.answers, Answered::Total { total: 17, known });
}

#[test]
fn a_total_out_of_range_is_named_with_its_range() {
    for bad in ["28", "-1", "", "ten"] {
        let total = MeasureTyped {
            way: Way::TotalOnly,
            total: bad.to_owned(),
            known: BTreeMap::from([("phq9_9".to_owned(), SafetyTyped::NotKnown)]),
            ..MeasureTyped::default()
        };
        let wrong = total.read(phq9(), "phq9", at(), Taken::Remotely).unwrap_err();
        assert_eq!(wrong, [Wrong::new("phq9-total", "Enter the PHQ-9 total, from 0 to 27")]);
    }
}

#[test]
fn a_question_that_follows_from_another_is_asked_only_then() {
    let asq = definition(&InstrumentId::new("asq")).unwrap();
    let last = asq.items.last().unwrap();
    let mut typed = MeasureTyped::default();
    let before = typed.running(asq, &Context::new());
    assert!(!MeasureTyped::is_asked(last, &before, false), "nothing is answered yet");
    for (item, answer) in [("asq_1", 0), ("asq_2", 0), ("asq_3", 0), ("asq_4", 0)] {
        typed.answers.insert(item.to_owned(), answer);
    }
    let none = typed.running(asq, &Context::new());
    assert!(!MeasureTyped::is_asked(last, &none, false));
    typed.answers.insert("asq_3".to_owned(), 1);
    let some = typed.running(asq, &Context::new());
    assert!(MeasureTyped::is_asked(last, &some, false));
    typed.answers.insert(last.id.as_str().to_owned(), 1);
    let outcome = typed.outcome(asq, &Context::new());
    assert_eq!(outcome.as_deref(), Some("acute positive"));
}

#[test]
fn every_safety_item_is_asked_apart_beside_a_total() {
    let phq9m = definition(&InstrumentId::new("phq9m")).unwrap();
    let total = MeasureTyped {
        way: Way::TotalOnly,
        total: "17".to_owned(),
        known: BTreeMap::from([("phq9m_9".to_owned(), SafetyTyped::Answer(0))]),
        ..MeasureTyped::default()
    };
    let wrong = total.read(phq9m, "phq9m", at(), Taken::Paper).unwrap_err();
    let fields: Vec<&str> = wrong.iter().map(|w| w.field.as_str()).collect();
    assert_eq!(
        fields,
        ["phq9m-safety-phq9m_si_month", "phq9m-safety-phq9m_attempt_ever"]
    );
}

#[test]
fn a_draft_of_an_earlier_version_keeps_its_safety_item() {
    let draft = r#"{"way":"total_only","total":"17","safety":{"answer":2}}"#;
    let typed: MeasureTyped = serde_json::from_str(draft).unwrap();
    let read = typed.read(phq9(), "phq9", at(), Taken::Remotely).unwrap().unwrap();
    let known = BTreeMap::from([("phq9_9".to_owned(), 2)]);
    assert_eq!(read.answers, Answered::Total { total: 17, known });
}

#[test]
fn a_measure_that_was_not_taken_says_why() {
    let mut typed = MeasureTyped {
        way: Way::Declined,
        ..MeasureTyped::default()
    };
    let wrong = typed.read_declined(phq9(), "phq9", at()).unwrap_err();
    assert_eq!(wrong.field, "phq9-declined");
    typed.declined = Some(DeclineReason::NoTime);
    let declined = typed.read_declined(phq9(), "phq9", at()).unwrap().unwrap();
    assert_eq!(
        (declined.instrument.as_str(), declined.reason),
        ("phq9", DeclineReason::NoTime)
    );
    assert_eq!(typed.read(phq9(), "phq9", at(), Taken::Remotely), Ok(None));
}

#[test]
fn an_instrument_is_entered_by_what_it_has() {
    let ways_of = |id: &str| ways(definition(&InstrumentId::new(id)).unwrap());
    use Way::{Declined, NotNow, Questions, TotalOnly};
    assert_eq!(ways_of("phq9"), [NotNow, Questions, TotalOnly, Declined]);
    assert_eq!(ways_of("asq"), [NotNow, Questions, Declined]);
    assert_eq!(ways_of("epds"), [NotNow, TotalOnly, Declined]);
}

#[test]
fn numbers_of_one_digit_are_buttons_and_longer_ones_are_typed() {
    let of = |id: &str| {
        let definition = definition(&InstrumentId::new(id)).unwrap();
        choices(definition, &definition.items[0]).len()
    };
    assert_eq!((of("isi"), of("phqads"), of("phq9")), (5, 0, 4));
}
