//! Whether an interpreter is needed, as headers say it.

/// Said beside a yes: the words don't tell.
const UNTOLD: [&str; 20] = [
    "asked",
    "recorded",
    "known",
    "unknown",
    "declined",
    "refused",
    "offered",
    "file",
    "documented",
    "specified",
    "assessed",
    "answered",
    "answer",
    "applicable",
    "available",
    "entered",
    "stated",
    "listed",
    "information",
    "data",
];
const YES: [&str; 9] = [
    "yes",
    "y",
    "need",
    "needed",
    "needs",
    "required",
    "requires",
    "necessary",
    "with",
];
const NO: [&str; 8] = ["no", "n", "not", "without", "doesn", "isn", "don", "none"];
/// Words between a language and `interpreter` that are said of the latter.
const BEFORE: [&str; 12] = [
    "no",
    "not",
    "needs",
    "need",
    "requires",
    "require",
    "with",
    "without",
    "an",
    "a",
    "doesn\u{2019}t",
    "doesn't",
];
/// More words on their own are a sentence about something else.
const MOST_WORDS: usize = 5;

/// `needed` or `not_needed`, as [`crate::journal::facts::InterpreterNeed`] is written; `None` where the words say neither,
/// or both.
pub(super) fn need(value: &str) -> Option<&'static str> {
    let lower = value.trim().to_lowercase();
    if ["n/a", "na"].contains(&lower.as_str()) {
        return None;
    }
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .collect();
    let has = |some: &[&str]| words.iter().any(|word| some.contains(word));
    match (has(&UNTOLD), has(&NO), has(&YES)) {
        (true, ..) => None,
        (false, true, _) if has(&["yes", "y"]) => None,
        (false, true, _) => Some("not_needed"),
        (false, false, true) => Some("needed"),
        (false, false, false) => None,
    }
}

/// The same of words under no label: `Interpreter needed`, `no interpreter`.
pub(super) fn on_its_own(words: &str) -> Option<&'static str> {
    let is_short = words.split_whitespace().count() <= MOST_WORDS;
    let is_it = is_short && words.to_lowercase().contains("interpreter");
    is_it.then(|| need(words)).flatten()
}

/// A language without what is said of an interpreter beside it, and the need. `Spanish (interpreter needed)`,
/// `Spanish, no interpreter`. Where the need isn't told, the words stay together.
pub(super) fn beside(value: &str) -> (&str, Option<&'static str>) {
    let Some(at) = value.to_ascii_lowercase().find("interpreter") else {
        return (value, None);
    };
    let apart: &[char] = &[' ', '(', '[', ',', ';', '-', '/', ':', '\t', '\u{2013}', '\u{2014}'];
    let mut language = value.get(..at).unwrap_or_default().trim_end_matches(apart);
    while let Some(word) = BEFORE.iter().find(|word| ends_in(language, word)) {
        let end = language.len() - word.len();
        language = language.get(..end).unwrap_or_default().trim_end_matches(apart);
    }
    let said = value.get(language.len()..).unwrap_or_default();
    match need(said) {
        Some(need) => (language, Some(need)),
        None => (value, None),
    }
}

fn ends_in(words: &str, word: &str) -> bool {
    let last = words.rsplit([' ', '(', ',']).next();
    last.is_some_and(|last| last.eq_ignore_ascii_case(word))
}
