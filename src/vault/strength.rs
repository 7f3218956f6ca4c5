//! How hard a passphrase is to guess, honestly.
//!
//! NIST SP 800-63B-4, 3.1.1: a single factor has at least 15 characters; no rules of composition; common and expected values are
//! refused. The estimate is what someone needs who guesses words, keyboard runs, repeats and years before letters. It can't know
//! a quotation, a song or a name of yours: it says "at most".

use std::collections::BTreeSet;

use super::words::words;

/// The fewest characters (Unicode code points) of a passphrase: NIST SP 800-63B-4, 3.1.1.2.
pub const LEAST_CHARACTERS: usize = 15;
/// Below this many bits a passphrase is refused. At 64 MiB and 3 passes a large machine tries some ten thousand a second: half of
/// 2^40 takes it two years.
pub const LEAST_BITS: u32 = 40;
/// From this many bits on a passphrase is strong: as much as five words drawn from our list.
pub const STRONG_BITS: u32 = 55;
/// Characters that are looked at; more add nothing.
const MOST_CHARACTERS: usize = 128;

/// Words that are tried first. Lower case.
const COMMON: [&str; 48] = [
    "password",
    "passwort",
    "passphrase",
    "passw0rd",
    "p4ssword",
    "p@ssword",
    "p@ssw0rd",
    "letmein",
    "welcome",
    "iloveyou",
    "trustno1",
    "admin",
    "administrator",
    "changeme",
    "default",
    "login",
    "master",
    "secret",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "starwars",
    "whatever",
    "monkey",
    "dragon",
    "shadow",
    "michael",
    "jennifer",
    "jordan",
    "hunter2",
    "caseload",
    "registry",
    "clinic",
    "hospital",
    "doctor",
    "nurse",
    "patient",
    "behavioral",
    "collaborative",
    "psychiatry",
    "health",
    "medical",
    "correcthorsebatterystaple",
    "correct horse battery staple",
    "correct-horse-battery-staple",
];
/// Runs that fingers find. Read in both directions.
const RUNS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
];

// Costs in tenths of a bit, so that the sum is exact.
const COMMON_COST: u32 = 60;
const RUN_COST: u32 = 80;
const REPEAT_COST: u32 = 60;
const YEAR_COST: u32 = 70;
/// A word that is not on our list, out of some 130,000.
const UNKNOWN_WORD_COST: u32 = 170;
/// One long word, up to 22 letters: 1.5 bits a letter (NIST SP 800-63, 2004, appendix A, for the ninth to twentieth character).
const LONG_WORD_LETTER_COST: u32 = 15;
/// Longer letters in a row are several words: about two bits each (Shannon 1951).
const TEXT_LETTER_COST: u32 = 20;
const SHORT_WORD_COST: u32 = 80;

/// A passphrase's estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Characters, as Unicode code points.
    pub characters: usize,
    /// At most this many bits: 2 to this power guesses.
    pub bits: u32,
    /// What makes it easier to guess.
    pub patterns: BTreeSet<Pattern>,
    /// What follows from that.
    pub verdict: Verdict,
}

impl Strength {
    /// May it be used?
    pub fn is_accepted(&self) -> bool {
        matches!(self.verdict, Verdict::Fair | Verdict::Strong)
    }
}

/// What makes a passphrase easier to guess than its length suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// A password that everybody tries, or a word of this app's trade.
    Common,
    /// A word from the page it is typed on: the label, the clinic's name.
    Context,
    /// Keys or letters in a row.
    Run,
    /// A character or a part that comes again.
    Repeat,
    /// A year.
    Year,
}

/// May a passphrase be used?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No: under 15 characters.
    TooShort,
    /// No: under 40 bits.
    Guessable,
    /// Yes: under 55 bits.
    Fair,
    /// Yes.
    Strong,
}

/// Estimates a passphrase. `context` holds words that someone who knows the page would try, such as the slot's label.
pub fn estimate_strength(passphrase: &str, context: &[&str]) -> Strength {
    let characters = passphrase.chars().count();
    let text: Vec<char> = passphrase.chars().take(MOST_CHARACTERS).collect();
    let (tenths, patterns) = cheapest_guess(&text, context);
    let bits = tenths / 10;
    let verdict = match () {
        () if characters < LEAST_CHARACTERS => Verdict::TooShort,
        () if bits < LEAST_BITS => Verdict::Guessable,
        () if bits < STRONG_BITS => Verdict::Fair,
        () => Verdict::Strong,
    };
    Strength {
        characters,
        bits,
        patterns,
        verdict,
    }
}

/// A stretch of the passphrase that is guessed as one.
struct Guess {
    start: usize,
    end: usize,
    cost: u32,
    pattern: Option<Pattern>,
}

/// The cheapest way to put the text together from guesses: `best[n]` is the cheapest for the first n characters.
fn cheapest_guess(text: &[char], context: &[&str]) -> (u32, BTreeSet<Pattern>) {
    let lower: Vec<char> = text
        .iter()
        .map(|letter| letter.to_lowercase().next().unwrap_or(*letter))
        .collect();
    let mut guesses: Vec<Guess> = (0..text.len()).map(|at| single(text, at)).collect();
    add_words(text, &lower, context, &mut guesses);
    add_letter_runs(text, &lower, &mut guesses);
    add_patterns(&lower, &mut guesses);
    guesses.sort_by_key(|guess| guess.end);

    let mut best: Vec<(u32, BTreeSet<Pattern>)> = vec![(0, BTreeSet::new())];
    let mut rest = guesses.as_slice();
    for end in 1..=text.len() {
        let here = rest.partition_point(|guess| guess.end <= end);
        let (ending, later) = rest.split_at(here);
        rest = later;
        let cheapest = ending
            .iter()
            .min_by_key(|guess| best.get(guess.start).map_or(u32::MAX, |(cost, _)| cost + guess.cost));
        let next = cheapest.and_then(|guess| {
            let (cost, patterns) = best.get(guess.start)?;
            let mut patterns = patterns.clone();
            patterns.extend(guess.pattern);
            Some((cost + guess.cost, patterns))
        });
        best.push(next.unwrap_or_default());
    }
    best.pop().unwrap_or_default()
}

fn single(text: &[char], at: usize) -> Guess {
    let cost = match text.get(at) {
        // Between words these say nothing.
        Some(' ' | '-' | '_' | '.' | ',')
            if at > 0 && text.get(at - 1).is_some_and(|before| before.is_alphanumeric()) =>
        {
            0
        }
        Some(character) if character.is_ascii_digit() => 33,
        Some(character) if character.is_ascii_alphabetic() => 47,
        Some(character) if character.is_ascii() => 50,
        _ => 60,
    };
    Guess {
        start: at,
        end: at + 1,
        cost,
        pattern: None,
    }
}

/// What capital letters add: little for the first or all, one bit each otherwise.
fn case_cost(text: &[char]) -> u32 {
    let capitals = text.iter().filter(|letter| letter.is_uppercase()).count();
    match capitals {
        0 => 0,
        1 if text.first().is_some_and(|letter| letter.is_uppercase()) => 10,
        all if all == text.len() => 10,
        some => 10 * some as u32,
    }
}

fn add_words(text: &[char], lower: &[char], context: &[&str], guesses: &mut Vec<Guess>) {
    let listed_cost = 10 * words().len().max(1).ilog2();
    let context: Vec<Vec<char>> = context
        .iter()
        .map(|word| word.to_lowercase().chars().collect())
        .collect();
    for start in 0..lower.len() {
        let (from, rest) = (&text[start..], &lower[start..]);
        let mut add = |length: usize, cost: u32, pattern| {
            let cost = cost + case_cost(&from[..length.min(from.len())]);
            guesses.push(Guess {
                start,
                end: start + length,
                cost,
                pattern,
            });
        };
        for length in 3..=rest.len().min(8) {
            let word: String = rest[..length].iter().collect();
            if words().binary_search(&word.as_str()).is_ok() {
                add(length, listed_cost, None);
            }
        }
        for word in COMMON.iter().filter(|word| starts_with(rest, word.chars())) {
            add(word.chars().count(), COMMON_COST, Some(Pattern::Common));
        }
        for word in context
            .iter()
            .filter(|word| word.len() >= 2 && starts_with(rest, word.iter().copied()))
        {
            add(word.len(), COMMON_COST, Some(Pattern::Context));
        }
    }
}

fn starts_with(text: &[char], word: impl Iterator<Item = char>) -> bool {
    let mut text = text.iter();
    word.into_iter().all(|letter| text.next() == Some(&letter))
}

/// Letters that read like a word are guessed as a word, even one that is not on the list.
fn add_letter_runs(text: &[char], lower: &[char], guesses: &mut Vec<Guess>) {
    let mut start = 0;
    for run in lower.chunk_by(|one, next| one.is_alphabetic() == next.is_alphabetic()) {
        let length = run.len();
        if run.first().is_some_and(|first| first.is_alphabetic()) && reads_like_a_word(run) {
            let cost = match length {
                1..=3 => SHORT_WORD_COST.min(47 * length as u32),
                4..=12 => UNKNOWN_WORD_COST,
                13..=22 => LONG_WORD_LETTER_COST * length as u32,
                _ => TEXT_LETTER_COST * length as u32,
            };
            let cost = cost + case_cost(&text[start..start + length]);
            guesses.push(Guess {
                start,
                end: start + length,
                cost,
                pattern: None,
            });
        }
        start += length;
    }
}

/// Has a vowel, and nowhere more than four consonants in a row.
fn reads_like_a_word(run: &[char]) -> bool {
    let is_vowel = |letter: &char| "aeiouyäöüéèáíóúàâêîôûå".contains(*letter);
    let longest = run.split(is_vowel).map(<[char]>::len).max().unwrap_or(0);
    run.iter().any(is_vowel) && longest <= 4
}

fn add_patterns(lower: &[char], guesses: &mut Vec<Guess>) {
    for start in 0..lower.len() {
        let rest = &lower[start..];
        let mut add = |length: usize, cost, pattern| {
            if length >= 3 {
                guesses.push(Guess {
                    start,
                    end: start + length,
                    cost,
                    pattern: Some(pattern),
                });
            }
        };
        // Every prefix of a pattern is one too: the cheapest way may need a shorter one.
        for length in 3..=run_length(rest) {
            add(length, RUN_COST, Pattern::Run);
        }
        let same = rest.iter().take_while(|letter| Some(*letter) == rest.first()).count();
        for length in 3..=same {
            add(length, REPEAT_COST, Pattern::Repeat);
        }
        let seen = (0..start)
            .map(|before| common_prefix(&lower[before..], rest))
            .max()
            .unwrap_or(0);
        for length in 3..=seen {
            add(length, REPEAT_COST, Pattern::Repeat);
        }
        if let [first, second, third, fourth, ..] = rest {
            let digits = third.is_ascii_digit() && fourth.is_ascii_digit();
            if digits && matches!((first, second), ('1', '9') | ('2', '0')) {
                add(4, YEAR_COST, Pattern::Year);
            }
        }
    }
}

/// How far the text goes along a run, forwards or backwards.
fn run_length(text: &[char]) -> usize {
    let along = |run: Vec<char>| {
        let starts = (0..run.len()).map(|from| common_prefix(&run[from..], text));
        starts.max().unwrap_or(0)
    };
    RUNS.iter()
        .flat_map(|run| [along(run.chars().collect()), along(run.chars().rev().collect())])
        .max()
        .unwrap_or(0)
}

fn common_prefix(one: &[char], other: &[char]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vault::testing::counting;
    use crate::vault::words::make_passphrase;

    #[track_caller]
    fn check(passphrase: &str, verdict: Verdict, patterns: &[Pattern]) {
        let strength = estimate_strength(passphrase, &["mk", "Harbor Clinic"]);
        assert_eq!(
            (strength.verdict, &strength.patterns),
            (verdict, &patterns.iter().copied().collect()),
            "{passphrase}: {strength:?}"
        );
    }

    #[test]
    fn fifteen_characters_are_the_least_and_characters_are_not_bytes() {
        check("Xq7!vR2#kM9$wT", Verdict::TooShort, &[]);
        check("Xq7!vR2#kM9$wTz", Verdict::Strong, &[]);
        check("éééééééé", Verdict::TooShort, &[Pattern::Repeat]);
        check("", Verdict::TooShort, &[]);
    }

    #[test]
    fn length_alone_is_not_strength() {
        check("aaaaaaaaaaaaaaaaaaaaaaaa", Verdict::Guessable, &[Pattern::Repeat]);
        check("passwordpassword", Verdict::Guessable, &[Pattern::Common]);
        check(
            "12345678901234567890",
            Verdict::Guessable,
            &[Pattern::Repeat, Pattern::Run],
        );
        check("qwertyuiopasdfghjkl", Verdict::Guessable, &[Pattern::Run]);
        check(
            "abcabcabcabcabcabc",
            Verdict::Guessable,
            &[Pattern::Repeat, Pattern::Run],
        );
        check(
            "Password2024!!!!",
            Verdict::Guessable,
            &[Pattern::Common, Pattern::Repeat, Pattern::Year],
        );
        check("Harbor Clinic mk mk", Verdict::Guessable, &[Pattern::Context]);
        check("correct horse battery staple", Verdict::Guessable, &[Pattern::Common]);
        check("collaborativecare", Verdict::Guessable, &[Pattern::Common]);
        check("internationalization", Verdict::Guessable, &[]);
    }

    #[test]
    fn words_count_as_words_not_as_letters() {
        // 11 bits a listed word, 17 an unlisted one, nothing for the blanks between.
        assert_eq!(estimate_strength("violin walnut pretzel", &[]).bits, 33);
        assert_eq!(estimate_strength("violin walnut pretzel quixotic", &[]).bits, 50);
        check("violin walnut pretzel", Verdict::Guessable, &[]);
        check("violin walnut pretzel quixotic", Verdict::Fair, &[]);
        check("violinwalnutpretzelhickory", Verdict::Fair, &[]);
        check("violin walnut pretzel hickory sandal", Verdict::Strong, &[]);
    }

    #[test]
    fn capitals_in_the_usual_places_add_little() {
        assert_eq!(estimate_strength("Violin WALNUT pretzel", &[]).bits, 35);
    }

    #[test]
    fn a_generated_passphrase_is_strong_and_has_the_bits_it_claims() {
        for first in 0..=255 {
            let made = make_passphrase(&mut counting(first)).unwrap();
            let strength = estimate_strength(&made.text, &[]);
            // Drawn words may hold repeats and runs by chance; the counting source makes them likelier than chance does.
            assert!(strength.bits <= made.bits, "{strength:?}");
        }
        let made = make_passphrase(&mut counting(1)).unwrap();
        assert_eq!(estimate_strength(&made.text, &[]).bits, made.bits, "{}", *made.text);
    }

    proptest! {
        #[test]
        fn no_text_costs_more_than_its_letters_and_none_panics(text in "\\PC{0,140}") {
            let strength = estimate_strength(&text, &["ab", ""]);
            prop_assert!(strength.bits <= 6 * strength.characters.min(MOST_CHARACTERS) as u32);
            prop_assert_eq!(strength.is_accepted(), strength.characters >= LEAST_CHARACTERS && strength.bits >= LEAST_BITS);
        }
    }
}
