//! The words of codes, as a clinician reads them.
//!
//! A code's own name is its words (`no_answer`, "no answer"), so a code that is new here is told all the same; only those
//! that are spelt or said otherwise stand in the table.

use serde::Serialize;
use serde_json::Value;

/// Names that are no words, or not the usual ones.
const SAID: [(&str, &str); 39] = [
    ("behavioural_activation", "behavioral activation"),
    ("mindfulness", "mindfulness and relaxation"),
    ("supportive", "supportive listening"),
    ("resources", "resources and referrals"),
    ("coordination", "care coordination"),
    ("relapse_planning", "relapse-prevention planning"),
    ("relapse_prevention", "relapse prevention"),
    ("follow_up", "follow-up"),
    ("home", "home visit"),
    ("in_person", "in person"),
    ("clinic", "PCP or clinic staff"),
    ("other", "other"),
    ("sent", "sent"),
    ("suicide", "suicide or self-harm"),
    ("overdose", "overdose or withdrawal"),
    ("side_effect", "severe side effect"),
    ("lifeline", "handed over to 988"),
    ("stays_with_plan", "stays with the safety plan and somebody beside them"),
    ("emergency_department", "emergency department"),
    ("not_recorded", "not recorded"),
    ("medication_switched", "medication switched"),
    ("psychosocial_changed", "psychosocial treatment started or changed"),
    ("clinician", "the treating clinician"),
    ("consultant", "the psychiatric consultant"),
    ("patient", "the patient"),
    ("family", "family or caregiver"),
    ("agency", "another agency"),
    ("child_protection", "child protective services"),
    ("adult_protection", "adult protective services"),
    ("clinician_collaboration", "communication with the treating clinician"),
    ("assessment", "initial assessment and plan"),
    ("scales", "giving and scoring scales"),
    ("cocm", "collaborative care"),
    ("done", "accepted and carried out"),
    ("handout", "hand-out"),
    ("talk", "in talking"),
    ("link", "web page or app"),
    ("said_back", "said it back in their own words"),
    ("in_part", "only in part"),
];

/// A code in words.
pub(super) fn words(code: impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(Value::String(name)) => said(&name),
        // A code with data: its name is the key.
        Ok(Value::Object(members)) => members.keys().next().map_or_else(String::new, |name| said(name)),
        Ok(_) | Err(_) => String::new(),
    }
}

/// Several codes in words: `a, b`.
pub(super) fn list<T: Serialize>(codes: &[T]) -> String {
    codes.iter().map(words).collect::<Vec<_>>().join(", ")
}

fn said(name: &str) -> String {
    let known = SAID.iter().find(|(code, _)| *code == name);
    known.map_or_else(|| name.replace('_', " "), |(_, words)| (*words).to_owned())
}

/// With a capital letter in front.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

/// `1 day`, `9 days`.
pub(super) fn count(n: i64, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// A change with its sign, in ASCII: `+5`, `-9`, `0`.
pub(super) fn signed(n: i32) -> String {
    if n > 0 { format!("+{n}") } else { n.to_string() }
}
