//! From when a change holds, where its words say that it isn't from the day on which it was decided: "100 mg in two weeks".

/// Counts that stand before days, weeks and months.
const COUNTS: [&str; 17] = [
    "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "another",
    "few", "couple", "some",
];
const SPANS: [&str; 8] = ["day", "days", "week", "weeks", "wk", "wks", "month", "months"];
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const OCCASIONS: [&str; 8] = [
    "week",
    "month",
    "visit",
    "appointment",
    "refill",
    "contact",
    "call",
    "review",
];

/// The words of a change that say that it holds from a later day on, as they are written: `in two weeks`. `None` where it
/// says nothing of it, and then it holds from its own day.
pub fn starts_later(what: &str) -> Option<&str> {
    let words = words(what);
    let word = |at: usize| words.get(at).map_or("", |(word, ..)| word.as_str());
    // Where a count of days, weeks or months that begins at a word ends.
    let span = |at: usize| -> Option<usize> {
        let is_count = |at: usize| COUNTS.contains(&word(at)) || word(at).starts_with(|c: char| c.is_ascii_digit());
        let first = (at..at + 5).find(|at| !(is_count(*at) || matches!(word(*at), "about" | "of" | "to" | "or")))?;
        (is_count(at) || word(at) == "about")
            .then_some(first)
            .filter(|end| at < *end && SPANS.contains(&word(*end)))
    };
    let date = |at: usize| -> Option<usize> {
        let is_month = |at: usize| word(at).get(..3).is_some_and(|start| MONTHS.contains(&start));
        let is_number = |at: usize| word(at).starts_with(|c: char| c.is_ascii_digit());
        let is_written = |at: usize| is_number(at) && word(at).chars().filter(|c| matches!(c, '/' | '-')).count() > 0;
        match at {
            at if DAYS.contains(&word(at)) => Some(at),
            at if is_number(at) && is_month(at + 1) => Some(at + 1),
            at if is_month(at) && is_number(at + 1) => Some(at + 1),
            at if is_written(at) && !matches!(word(at + 1), "mg" | "mcg" | "g" | "ml" | "units") => Some(at),
            _ => None,
        }
    };
    let ends = |at: usize| -> Option<usize> {
        match word(at) {
            "in" | "after" | "within" => span(at + 1),
            "tomorrow" | "later" => Some(at),
            "next" if OCCASIONS.contains(&word(at + 1)) || DAYS.contains(&word(at + 1)) => Some(at + 1),
            "from" | "on" | "starting" | "beginning" | "effective" | "since" => date(at + 1),
            "as" if word(at + 1) == "of" => date(at + 2),
            _ => span(at)
                .filter(|end| matches!(word(end + 1), "later" | "from"))
                .map(|end| end + 1),
        }
    };
    let (first, last) = (0..words.len()).find_map(|at| Some((at, ends(at)?)))?;
    what.get(words.get(first)?.1..words.get(last)?.2)
}

/// Words in small letters without the marks around them, and where each stands.
fn words(text: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split(|c: char| c.is_whitespace()) {
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let from = at + (piece.len() - piece.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
        if !bare.is_empty() {
            found.push((bare.to_lowercase(), from, from + bare.len()));
        }
        at += piece.len()
            + text
                .get(at + piece.len()..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::{change, taken};
    use super::*;
    use crate::care::said_of;
    use crate::journal::facts::ChangeKind;

    #[test]
    fn a_change_says_from_when_it_holds_only_where_its_words_do() {
        let table = [
            ("100 mg in two weeks", Some("in two weeks")),
            ("Increase to 100 mg after 2 weeks, if tolerated", Some("after 2 weeks")),
            ("to 100 mg In 1-2 Weeks.", Some("In 1-2 Weeks")),
            ("to 100 mg in about a week", Some("in about a week")),
            ("two weeks later 100 mg", Some("two weeks later")),
            ("100 mg (next week)", Some("next week")),
            ("100 mg tomorrow", Some("tomorrow")),
            ("100 mg from 1 December", Some("from 1 December")),
            ("100 mg starting Monday", Some("starting Monday")),
            ("100 mg as of Dec 1", Some("as of Dec 1")),
            ("100 mg on 12/1", Some("on 12/1")),
            ("Testazepine from 50 mg to 100 mg", None),
            ("100 mg in the morning", None),
            ("100 mg for two weeks", None),
            ("from 50-75 mg to 100 mg", None),
            ("100 mg", None),
            ("", None),
            ("\u{e9}\u{2003}in two weeks", Some("in two weeks")),
        ];
        for (what, expected) in table {
            assert_eq!(starts_later(what), expected, "{what}");
        }
        assert_eq!(starts_later(&"in ".repeat(3_000)), None);
    }

    #[test]
    fn a_dose_that_holds_from_a_later_day_on_is_not_filled_in_as_that_of_today() {
        let later = change(ChangeKind::DoseChanged, "Increase to 100 mg in two weeks");
        assert_eq!(said_of(&later, Some(&taken("50 mg"))).dose, None);
        let begun = change(ChangeKind::MedicationStarted, "Start samplepram 10 mg next week");
        let said = said_of(&begun, None);
        assert_eq!((said.name.as_str(), said.dose), ("samplepram", None));
        assert!(!said_of(&begun, None).is_certain(ChangeKind::MedicationStarted));
        let now = change(ChangeKind::DoseChanged, "Increase to 100 mg");
        assert_eq!(said_of(&now, Some(&taken("50 mg"))).dose.as_deref(), Some("100 mg"));
    }
}
