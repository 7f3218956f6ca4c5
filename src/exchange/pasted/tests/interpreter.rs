//! Whether an interpreter is needed.

use super::*;

#[test]
fn the_need_of_an_interpreter_is_read_beside_the_language_and_on_its_own() {
    let spanish = |need: &'static str| vec![(Language, "Spanish"), (Interpreter, need)];
    let (yes, no) = ("needed", "not_needed");
    let table: Vec<(&str, Vec<(PastedField, &str)>)> = vec![
        ("Language: Spanish (interpreter needed)", spanish(yes)),
        ("Language: Spanish, interpreter required", spanish(yes)),
        ("Language: Spanish - needs an interpreter", spanish(yes)),
        ("Language: Spanish (needs interpreter)", spanish(yes)),
        ("Language: Spanish with interpreter", spanish(yes)),
        ("Language: Spanish, no interpreter needed", spanish(no)),
        ("Language: Spanish (doesn't need an interpreter)", spanish(no)),
        ("Preferred language: Spanish   Interpreter: Yes", spanish(yes)),
        ("Language: Spanish | Interpreter needed: Y", spanish(yes)),
        ("Language: Spanish\nInterpreter: No", spanish(no)),
        ("Preferred Language\tSpanish\tInterpreter Needed\tNo", spanish(no)),
        ("Language\nSpanish\nInterpreter needed\nYes", spanish(yes)),
        ("Interpreter: Yes", vec![(Interpreter, yes)]),
        ("Interpreter: not needed", vec![(Interpreter, no)]),
        (
            "MRN: 4410 | Interpreter needed",
            vec![(Mrn, "4410"), (Interpreter, yes)],
        ),
        // What doesn't tell is left out, or left as it stands.
        ("Interpreter: not asked", vec![]),
        ("Interpreter: declined", vec![]),
        ("Interpreter needed: N/A", vec![]),
        ("Interpreter: Not on file", vec![]),
        ("Interpreter: not documented", vec![]),
        ("Interpreter: unknown", vec![]),
        ("Interpreter: yes / no", vec![]),
        (
            "Language: Spanish (interpreter)",
            vec![(Language, "Spanish (interpreter)")],
        ),
        ("Language: English", vec![(Language, "English")]),
    ];
    for (text, expected) in table {
        check(text, &expected);
    }
}
