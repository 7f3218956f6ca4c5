//! What the words of a treatment change say of a medicine. Whatever they don't say for certain is not taken from them.

use crate::journal::facts::{ChangeKind, Frequency, Medication, TreatmentChange};

use super::super::dose::{Amount, amounts_in};
use super::super::medicine::{FREQUENCIES, frequency_word};
use super::later::starts_later;
use super::words_of;

/// What the list is to say of a medicine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The name of a medicine that is begun.
    pub name: String,
    /// The dose.
    pub dose: Option<String>,
    /// How often.
    pub how_often: Option<Frequency>,
    /// Who prescribes it; whoever does so now when absent.
    pub prescriber: Option<crate::journal::PersonId>,
}

impl Listing {
    /// Whether the words of a change say enough for the list: the dose, and the name of a medicine that is begun.
    pub fn is_certain(&self, kind: ChangeKind) -> bool {
        match kind {
            ChangeKind::MedicationStopped => true,
            ChangeKind::DoseChanged => self.dose.is_some(),
            ChangeKind::MedicationStarted | ChangeKind::MedicationSwitched => {
                self.dose.is_some() && !self.name.is_empty()
            }
            _ => false,
        }
    }
}

/// What the words of a change say of the medicine: a name only for one that is begun, a dose only where there is just one
/// other than today's, how often only where it says so in one way. Nothing is guessed.
pub fn said_of(change: &TreatmentChange, known: Option<&Medication>) -> Listing {
    let what = change.what.as_str();
    // "100 mg in two weeks" is not what is taken now.
    let dose = new_dose(change.kind, what, known).filter(|_| starts_later(what).is_none());
    let dose = dose.map(str::to_owned);
    let lower = what.to_lowercase();
    let mut often =
        (FREQUENCIES.iter()).filter(|often| frequency_word(**often).is_some_and(|word| lower.contains(word)));
    let how_often = match (often.next(), often.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    };
    let name = match (change.kind, known) {
        (ChangeKind::MedicationStarted, Some(known)) => known.name.clone(),
        (ChangeKind::MedicationStarted, None) => name_in(what, &[]),
        (ChangeKind::MedicationSwitched, _) => {
            let from = known.map(|m| words_of(&m.name)).unwrap_or_default();
            name_of_switch(what, &from)
        }
        _ => known.map(|m| m.name.clone()).unwrap_or_default(),
    };
    Listing {
        name,
        dose,
        how_often,
        prescriber: known.and_then(|m| m.prescriber),
    }
}

/// Whether a dose that is typed is the one that a change says, so that it carries the change out. A change that names no
/// dose as the new one (`increase`, `by 25 mg`) says nothing against any.
pub fn is_dose_of(change: &TreatmentChange, known: Option<&Medication>, typed: &str) -> bool {
    let one = |text: &str| {
        amounts_in(text)
            .filter(|all| all.len() == 1)?
            .first()
            .map(|(amount, _)| *amount)
    };
    let typed = typed.trim();
    if typed.is_empty() {
        return true;
    }
    match new_dose(change.kind, &change.what, known) {
        Some(said) => match (one(said), one(typed)) {
            (Some(said), Some(typed)) => said == typed,
            _ => said.eq_ignore_ascii_case(typed),
        },
        // Where the only dose that it names is today's, another one is another change.
        None => one(&change.what).is_none_or(|said| today_of(known) != Some(said) || one(typed) == Some(said)),
    }
}

/// Today's dose, where it can be read.
fn today_of(known: Option<&Medication>) -> Option<Amount> {
    let dose = known.and_then(|m| m.dose.as_deref())?;
    amounts_in(dose)?.first().map(|(amount, _)| *amount)
}

/// Words that make an amount after them, or right behind them, a step or a part and no dose: "increase 25 mg" is as often
/// a step as a dose, "two tablets of 50 mg" is neither.
const STEPS: [&str; 37] = [
    "by",
    "add",
    "added",
    "adding",
    "additional",
    "additionally",
    "another",
    "extra",
    "further",
    "less",
    "more",
    "plus",
    "+",
    "x",
    "\u{d7}",
    "increase",
    "increased",
    "raise",
    "raised",
    "reduce",
    "reduced",
    "decrease",
    "decreased",
    "lower",
    "lowered",
    "higher",
    "max",
    "maximum",
    "two",
    "tablet",
    "tablets",
    "tab",
    "tabs",
    "capsule",
    "capsules",
    "cap",
    "caps",
];
/// Words between two doses of which the one takes the place of the other.
const BETWEEN: [&str; 5] = ["to", "from", "instead", "\u{2192}", "->"];

/// The only dose that can be the new one.
fn new_dose<'a>(kind: ChangeKind, what: &'a str, known: Option<&Medication>) -> Option<&'a str> {
    let now = today_of(known);
    let amounts = amounts_in(what)?;
    let mut others = amounts
        .iter()
        .enumerate()
        .filter(|(_, (amount, _))| now != Some(*amount));
    let (at, (amount, (from, until))) = others.next().filter(|_| others.next().is_none())?;
    let end_of = |at: usize| amounts.get(at).map(|(_, (_, until))| *until);
    let since = at.checked_sub(1).and_then(end_of).unwrap_or_default();
    let next = amounts.get(at + 1).map_or(what.len(), |(_, (from, _))| *from);
    let (before, after) = (tokens(what.get(since..*from)?), tokens(what.get(*until..next)?));
    let is_step = |word: &String| STEPS.contains(&word.as_str());
    let last = before.last().map(String::as_str);
    // "Add" begins the name of a medicine that is begun.
    let steps = match kind {
        ChangeKind::MedicationStarted | ChangeKind::MedicationSwitched => last.is_some_and(|w| STEPS.contains(&w)),
        _ => before.iter().any(is_step) && last != Some("to"),
    };
    if steps || after.first().is_some_and(is_step) {
        return None;
    }
    // Two doses, of which one is today's: "50 mg in the morning and 100 mg at night" is no change from the one to the other.
    if amounts.len() > 1 {
        let between = if at == 0 { &after } else { &before };
        let is_between = between.iter().any(|word| BETWEEN.contains(&word.as_str()));
        // The first of "50 mg to 100 mg" is never the new dose.
        if !is_between || (at == 0 && after.iter().any(|word| word == "to")) {
            return None;
        }
    }
    let lower = what.to_lowercase();
    let as_needed = lower.contains("as needed") || tokens(&lower).iter().any(|word| word == "prn");
    if let [.., lower, between] = before.as_slice() {
        let thousandths = amounts_in(&format!("{lower} mg")).and_then(|all| Some(all.first()?.0.thousandths));
        let is_number = lower.starts_with(|c: char| c.is_ascii_digit());
        let is_today = now.is_some_and(|now| now.unit == amount.unit && Some(now.thousandths) == thousandths);
        let is_from_today = between == "to" && is_today && !as_needed;
        // "Up to" is the most that is taken.
        if (is_number && !is_from_today) || (lower == "up" && between == "to") {
            return None;
        }
    }
    what.get(*from..*until)
}

/// What stands between blanks, in small letters, without the marks around it.
fn tokens(text: &str) -> Vec<String> {
    let marks: &[char] = &[',', ';', ':', '.', '(', ')'];
    let all = text.split_whitespace().map(|word| word.trim_matches(marks));
    all.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Words that stand before the name of a medicine that is begun.
const VERBS: [&str; 19] = [
    "start",
    "started",
    "begin",
    "began",
    "begun",
    "add",
    "added",
    "initiate",
    "initiated",
    "resume",
    "resumed",
    "restart",
    "restarted",
    "switched to",
    "switch to",
    "change to",
    "changed to",
    "a trial of",
    "trial of",
];
/// Longer texts are no name.
const LONGEST_NAME: usize = 60;
/// More words are no name either, but a sentence.
const MOST_WORDS: usize = 3;

/// The name in a text: what follows a known verb, or the one word before the dose; nothing otherwise, and never a name of
/// `not`.
fn name_in(what: &str, not: &[String]) -> String {
    // Up to the dose, or whatever begins with a digit, or the first mark.
    let until = what.find([',', ';', ':', '(', '\n']).unwrap_or(what.len());
    let whole = what.get(..until).unwrap_or_default();
    let words: Vec<&str> = whole
        .split_whitespace()
        .take_while(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    let name = words.join(" ");
    let mut name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let mut is_after_verb = false;
    for verb in VERBS {
        let rest = name.get(..verb.len()).filter(|start| start.eq_ignore_ascii_case(verb));
        let Some(rest) = rest.and_then(|_| name.get(verb.len()..)) else {
            continue;
        };
        if rest.is_empty() || rest.starts_with(' ') {
            name = rest.trim();
            is_after_verb = true;
        }
    }
    let most = if is_after_verb { MOST_WORDS } else { 1 };
    if LONGEST_NAME < name.len() || most < name.split(' ').count() || words_of(name) == not {
        return String::new();
    }
    name.to_owned()
}

/// The name of the medicine that takes the place of another.
fn name_of_switch(what: &str, from: &[String]) -> String {
    match what.rsplit_once(" to ") {
        Some((_, after)) => name_in(&format!("switch to {after}"), from),
        None => name_in(what, from),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{change, taken};
    use super::*;

    #[test]
    fn only_what_the_words_say_in_one_way_is_taken_over() {
        use ChangeKind::{DoseChanged, MedicationStarted, MedicationSwitched};
        let table = [
            (
                MedicationStarted,
                "Start samplepram 10 mg once a day",
                None,
                "samplepram",
                Some("10 mg"),
            ),
            (MedicationStarted, "Samplepram", None, "Samplepram", None),
            (MedicationStarted, "samplepram 10 mg or 20 mg", None, "samplepram", None),
            (
                DoseChanged,
                "Testazepine from 50 mg to 100 mg",
                Some("50 mg"),
                "Testazepine",
                Some("100 mg"),
            ),
            (DoseChanged, "to 100mg", Some("50 mg"), "Testazepine", Some("100mg")),
            (
                DoseChanged,
                "50 to 100 mg",
                Some("50 mg"),
                "Testazepine",
                Some("100 mg"),
            ),
            (DoseChanged, "75-100 mg", Some("50 mg"), "Testazepine", None),
            (DoseChanged, "Reduce by 25 mg", Some("100 mg"), "Testazepine", None),
            (DoseChanged, "increase by 25 mg", Some("100 mg"), "Testazepine", None),
            (DoseChanged, "add 50 mg at night", Some("100 mg"), "Testazepine", None),
            (DoseChanged, "add another 50 mg", Some("100 mg"), "Testazepine", None),
            (DoseChanged, "25 mg more", Some("100 mg"), "Testazepine", None),
            (DoseChanged, "2 x 50 mg", Some("25 mg"), "Testazepine", None),
            (DoseChanged, "two tablets of 50 mg", Some("25 mg"), "Testazepine", None),
            (DoseChanged, "Increase 25 mg", Some("100 mg"), "Testazepine", None),
            (DoseChanged, "increase, max 200 mg", Some("100 mg"), "Testazepine", None),
            (
                DoseChanged,
                "Increase to 125 mg",
                Some("100 mg"),
                "Testazepine",
                Some("125 mg"),
            ),
            (
                DoseChanged,
                "12.5 to 25 mg",
                Some("12.5 mg"),
                "Testazepine",
                Some("25 mg"),
            ),
            (DoseChanged, "by 25 mg to 125 mg", Some("100 mg"), "Testazepine", None),
            (
                DoseChanged,
                "by half to 150 mg",
                Some("100 mg"),
                "Testazepine",
                Some("150 mg"),
            ),
            (
                DoseChanged,
                "take 50 to 100 mg as needed",
                Some("25 mg"),
                "Testazepine",
                None,
            ),
            (
                DoseChanged,
                "take 50 to 100 mg as needed",
                Some("50 mg"),
                "Testazepine",
                None,
            ),
            (DoseChanged, "50 to 100 mg", Some("25 mg"), "Testazepine", None),
            (DoseChanged, "50 or 100 mg", Some("50 mg"), "Testazepine", None),
            (DoseChanged, "50 mg to 100 mg", Some("100 mg"), "Testazepine", None),
            (
                DoseChanged,
                "100 mg instead of 50 mg",
                Some("50 mg"),
                "Testazepine",
                Some("100 mg"),
            ),
            (
                DoseChanged,
                "50 mg in the morning and 100 mg at night",
                Some("50 mg"),
                "Testazepine",
                None,
            ),
            (DoseChanged, "up to 100 mg a day", Some("50 mg"), "Testazepine", None),
            (
                MedicationStarted,
                "Initiate samplepram 50 mg",
                None,
                "samplepram",
                Some("50 mg"),
            ),
            (
                MedicationStarted,
                "Start a trial of samplepram 50 mg",
                None,
                "samplepram",
                Some("50 mg"),
            ),
            (
                MedicationStarted,
                "Add samplepram XR 50 mg",
                None,
                "samplepram XR",
                Some("50 mg"),
            ),
            (
                MedicationStarted,
                "Patient wants samplepram 50 mg",
                None,
                "",
                Some("50 mg"),
            ),
            (MedicationStarted, "Start 50 mg", None, "", Some("50 mg")),
            (MedicationStarted, "Start samplepram 1,000 mg", None, "samplepram", None),
            (DoseChanged, "up to 1,000 mg", Some("500 mg"), "Testazepine", None),
            (DoseChanged, "75 mg, then 100 mg", Some("50 mg"), "Testazepine", None),
            (DoseChanged, "increase", Some("50 mg"), "Testazepine", None),
            (DoseChanged, "", None, "", None),
            (
                MedicationSwitched,
                "Switch from Testazepine 50 mg to samplepram 20 mg",
                Some("50 mg"),
                "samplepram",
                Some("20 mg"),
            ),
        ];
        for (kind, what, now, name, dose) in table {
            let known = now.map(taken);
            let said = said_of(&change(kind, what), known.as_ref());
            assert_eq!((said.name.as_str(), said.dose.as_deref()), (name, dose), "{what}");
        }
        let said = said_of(&change(DoseChanged, "100 mg twice a day"), Some(&taken("50 mg")));
        assert_eq!(said.how_often, Some(Frequency::TwiceDaily));
        let long = "x".repeat(10_000);
        assert_eq!(said_of(&change(MedicationStarted, &long), None).name, "");
    }

    #[test]
    fn a_dose_is_that_of_a_change_where_the_change_says_no_other() {
        let table = [
            ("to 100 mg", "50 mg", "100mg", true),
            ("to 100 mg", "50 mg", "150 mg", false),
            ("to 100 mg", "50 mg", "", true),
            ("increase", "50 mg", "75 mg", true),
            ("increase by 25 mg", "50 mg", "75 mg", true),
            ("to 100 mg", "100 mg", "150 mg", false),
            ("to 100 mg", "100 mg", "100 mg", true),
        ];
        for (what, now, typed, is_it) in table {
            let change = change(ChangeKind::DoseChanged, what);
            assert_eq!(is_dose_of(&change, Some(&taken(now)), typed), is_it, "{what} {typed}");
        }
    }

    #[test]
    fn the_list_is_offered_ready_only_where_the_words_say_the_dose() {
        use ChangeKind::{DoseChanged, MedicationStarted, MedicationStopped, Other};
        for (kind, what, is_certain) in [
            (DoseChanged, "to 100 mg", true),
            (DoseChanged, "by 25 mg", false),
            (MedicationStopped, "x", true),
            (Other, "100 mg", false),
        ] {
            let said = said_of(&change(kind, what), Some(&taken("50 mg")));
            assert_eq!(said.is_certain(kind), is_certain, "{what}");
        }
        for (what, is_certain) in [
            ("Start samplepram 10 mg", true),
            ("Start samplepram", false),
            ("10 mg", false),
        ] {
            let said = said_of(&change(MedicationStarted, what), None);
            assert_eq!(said.is_certain(MedicationStarted), is_certain, "{what}");
        }
    }
}
