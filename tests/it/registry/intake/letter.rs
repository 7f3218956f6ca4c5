//! The letter to a patient who could not be reached.

use super::*;

#[test]
fn a_letter_that_was_sent_is_a_try_and_a_message_and_moves_the_ladder_on() {
    let mut desk = Desk::new(76);
    desk.create(Kind::Real);
    let chart = desk.save(Intent::Register(newcomer("Jun", "Ito"))).unwrap().chart;
    let view = intake(&mut desk, chart);
    assert!(view.letter.starts_with("Dear Jun Ito,"));
    assert!(view.outreach.is_some_and(|o| !o.letter_sent && !o.numbers.is_empty()));
    let when = at("2026-11-20T08:30:00-05:00");
    let facts = vec![
        Fact::Attempt(Attempt {
            at: when,
            by: Channel::Letter,
            outcome: AttemptOutcome::Sent,
            note: None,
            left: None,
            next: None,
        }),
        Fact::Communication(Communication {
            at: when,
            to: Audience::Patient,
            person: None,
            by: Channel::Letter,
            about: None,
            text: view.letter,
            release: None,
            name: None,
            held: Vec::new(),
            member: None,
            closing: None,
            feedback: None,
            also: Vec::new(),
        }),
    ];
    let next = |view: &IntakeView| {
        let rungs = view.outreach.as_ref().unwrap().rungs.iter();
        let due = rungs.filter(|r| r.due.is_some());
        due.map(|r| r.words.clone()).collect::<Vec<String>>()
    };
    desk.save(record(chart, facts)).unwrap();
    let view = intake(&mut desk, chart);
    assert!(view.outreach.as_ref().unwrap().letter_sent);
    assert_eq!(
        next(&view),
        ["call"],
        "who has a number is called, whatever was sent before"
    );
    let called = Fact::Attempt(Attempt {
        at: at("2026-11-20T08:00:00-05:00"),
        by: Channel::Phone,
        outcome: AttemptOutcome::NoAnswer,
        note: None,
        left: None,
        next: None,
    });
    desk.save(record(chart, vec![called])).unwrap();
    let view = intake(&mut desk, chart);
    assert_eq!(next(&view), ["ask the clinician how to reach the patient"]);
    let clock = view.clock.unwrap();
    assert!(
        clock.says.contains("ask the clinician how to reach the patient"),
        "{}",
        clock.says
    );
    assert!(!clock.clears.is_empty() && clock.rule.contains("https://"));
}
