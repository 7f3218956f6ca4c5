//! Letters to the patient: what happened, and in which language it is written.

use std::collections::BTreeSet;

use caseload::exchange::note::{self, Letter, Paper, Recipient, Source};
use caseload::journal::Fact;
use caseload::journal::facts::*;
use serde_json::json;

use super::story::*;
use super::told::tells;

fn attempt(at: &str) -> Fact {
    let at = serde_json::to_value(when(at)).unwrap();
    fact("attempt", json!({"at": at, "by": "phone", "outcome": "no_answer"}))
}

/// Referred, and nothing else.
fn referred() -> Story {
    let mut story = Story::new();
    let who = Registration::named("Jun".to_owned(), "Ito".to_owned());
    let opened = Episode {
        episode: episode(),
        opened: day("2026-11-10"),
        target: None,
    };
    story.save("2026-11-10 09:00", [who.into(), opened.into()]);
    story
}

/// A name, what happened and when, words of the letter, and words that aren't in it.
type Case = (
    &'static str,
    Vec<(&'static str, Fact)>,
    &'static str,
    &'static [&'static str],
);

#[test]
fn a_letter_to_the_patient_follows_what_happened() {
    const NOT_REACHED: &str = "I tried to reach you";
    const SUMMARY: &str = "This is a summary for you.";
    let talk = |at: &str| Fact::from(contact(at, ContactKind::FollowUp, "Well."));
    let cases: [Case; 6] = [
        (
            "nothing yet",
            vec![],
            "I would like to hear how you are.",
            &[NOT_REACHED, SUMMARY],
        ),
        (
            "tried",
            vec![("2026-11-12 09:00", attempt("2026-11-12 09:00"))],
            NOT_REACHED,
            &[SUMMARY],
        ),
        (
            "spoken",
            vec![("2026-11-12 09:00", talk("2026-11-12 09:00"))],
            "Thank you for talking with me on 12 Nov 2026. This is a summary for you.",
            &[NOT_REACHED],
        ),
        (
            "spoken after a try, on one day",
            vec![
                ("2026-11-12 09:00", attempt("2026-11-12 09:00")),
                ("2026-11-12 10:00", talk("2026-11-12 10:00")),
            ],
            SUMMARY,
            &[NOT_REACHED],
        ),
        (
            "tried since",
            vec![
                ("2026-11-12 09:00", talk("2026-11-12 09:00")),
                ("2026-11-19 09:00", attempt("2026-11-19 09:00")),
            ],
            NOT_REACHED,
            &[SUMMARY],
        ),
        (
            "spoken in an earlier episode",
            vec![("2026-11-12 09:00", talk("2026-03-12 09:00"))],
            "I would like to hear how you are.",
            &[NOT_REACHED, SUMMARY],
        ),
    ];
    for (case, saves, said, unsaid) in cases {
        let mut story = referred();
        for (at, fact) in saves {
            story.save(at, [fact]);
        }
        let text = story.letter(Letter::Patient, "");
        assert!(text.contains(said), "{case}: {text}");
        tells(&text, &[], unsaid);
    }
}

#[test]
fn what_the_patient_reads_says_that_it_is_in_english_where_they_speak_another_language() {
    let cases = [
        (
            Some("Somali"),
            Some("Written in English; Somali is this patient's language."),
        ),
        (
            Some(" Spanish "),
            Some("Written in English; Spanish is this patient's language."),
        ),
        (
            Some("Spanish; interpreter"),
            Some("Written in English; Spanish is this patient's language."),
        ),
        (Some("English"), None),
        (Some("English (US)"), None),
        (Some("en-US"), None),
        (Some(" "), None),
        (None, None),
    ];
    for (language, said) in cases {
        let mut story = jun();
        let mut who = Registration::named("Jun".to_owned(), "Ito".to_owned());
        who.language = language.map(str::to_owned);
        story.save("2026-11-10 09:00", [who.into()]);
        let letter = story.letter(Letter::Patient, "");
        assert_eq!(
            letter.lines().last(),
            said.or(letter.lines().last().filter(|line| line.starts_with("Lena Brandt"))),
            "{letter}"
        );
        let page = story.read(note::summary);
        assert_eq!(page.language.as_deref(), said);
        assert!(!story.letter(Letter::Clinician, "").contains("Written in English"));
    }
}

#[test]
fn a_letter_thanks_for_talking_with_us_where_the_contact_was_somebody_elses() {
    let mut story = referred();
    let talk = contact("2026-11-12 09:00", ContactKind::FollowUp, "Well.");
    story.save("2026-11-12 09:00", [talk.into()]);
    let to = Recipient {
        letter: Letter::Patient,
        name: "",
    };
    let text = story.read(|source| {
        let source = Source {
            me: person(99),
            ..*source
        };
        note::letter(&source, to, &BTreeSet::new(), Paper::Letter(Letter::Patient).ours())
    });
    assert!(text.contains("Thank you for talking with us on 12 Nov 2026."), "{text}");
}
