//! What stands under no label in a header: names, dates, sex, age, pronouns, telephone numbers.

use chrono::Datelike;

use crate::journal::Day;

/// A name as a header has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundName {
    pub(super) family: String,
    pub(super) given: String,
    pub(super) preferred: Option<String>,
}

/// What a few words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Birth(Day),
    Sex(&'static str),
    Pronouns(String),
    Email(String),
    /// `interpreter needed`: `needed` or `not_needed`.
    Interpreter(&'static str),
    Phones(Vec<String>),
    Name(FoundName),
    /// A name, and known things after it: `SANDOVAL, Maria, F, 47 y.o.`.
    Headed(FoundName, Vec<String>),
    /// Several known things with single blanks between them: `F she/her`.
    Several(Vec<String>),
    /// Nothing, or an age, which the birth date says better.
    Passed,
    /// Words that are not understood.
    Unknown,
}

/// Words apart by bars, dots, tabs or wide gaps.
pub(super) fn split(words: &str) -> impl Iterator<Item = &str> {
    let apart = words.split(['|', ';', '\u{b7}', '\u{2022}', '\t']);
    apart
        .flat_map(|part| part.split("  "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

pub(super) fn piece(words: &str, today: Day) -> Piece {
    let words = words.trim().trim_matches(',').trim();
    if words.is_empty() || is_age(words) {
        return Piece::Passed;
    }
    if let Some(sex) = sex(words) {
        return Piece::Sex(sex);
    }
    if is_pronouns(words) {
        return Piece::Pronouns(words.trim_matches(['(', ')']).to_ascii_lowercase());
    }
    if words.contains('@') && !words.contains(' ') {
        return Piece::Email(words.to_owned());
    }
    if let Some(need) = super::interpreter::on_its_own(words) {
        return Piece::Interpreter(need);
    }
    // Months before the present one: a date in a header is the birth date only when it is no visit's.
    if let Some((day, "")) = leading_date(words, today)
        && today.since(day) > 366
    {
        return Piece::Birth(day);
    }
    let (numbers, rest) = phones(words);
    if !numbers.is_empty() && rest.is_empty() {
        return Piece::Phones(numbers);
    }
    if let Some(list) = words
        .contains(',')
        .then(|| super::commas::in_commas(words, today))
        .flatten()
    {
        return list;
    }
    if let Some(name) = (words.contains(',') && is_written_as_a_name(words))
        .then(|| name(words, Named::Guessed))
        .flatten()
    {
        return Piece::Name(name);
    }
    let single = without_ages(words);
    let known = |word: &String| sex(word).is_some() || is_pronouns(word);
    match single.iter().all(known) {
        true => Piece::Several(single),
        false => Piece::Unknown,
    }
}

/// The words one by one, without the ages among them: `F` of `F (40 years old)`.
pub(super) fn without_ages(words: &str) -> Vec<String> {
    const LONGEST_AGE: usize = 3;
    let words: Vec<&str> = words.split_whitespace().collect();
    let (mut single, mut at) = (Vec::new(), 0);
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let age = (1..=LONGEST_AGE)
            .rev()
            .find(|n| rest.get(..*n).is_some_and(|some| is_age(&some.join(" "))));
        if age.is_none() {
            single.extend(rest.first().map(|word| (*word).to_owned()));
        }
        at += age.unwrap_or(1);
    }
    single
}

/// One word with a figure in it.
pub(super) fn is_record_number(words: &str) -> bool {
    let words = words.trim();
    let letters = |c: char| c.is_ascii_alphanumeric() || ['-', '#', '/'].contains(&c);
    words.chars().any(|c| c.is_ascii_digit()) && words.chars().all(letters)
}

/// Whether every word of a name is written as one: `Hi Lena, please call` is none.
pub(super) fn is_written_as_a_name(words: &str) -> bool {
    const SALUTATIONS: [&str; 9] = ["hi", "hello", "hey", "dear", "please", "thanks", "thank", "re", "fyi"];
    let mut words = words
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    words.all(|word| {
        let lower = word.to_lowercase();
        let begins_large = word.chars().next().is_some_and(char::is_uppercase);
        !SALUTATIONS.contains(&lower.as_str()) && (begins_large || SMALL.contains(&lower.as_str()))
    })
}

/// Small words before a family name.
const SMALL: [&str; 14] = [
    "de", "la", "las", "los", "del", "van", "von", "da", "dos", "di", "der", "den", "bin", "st.",
];

/// Whether a word stands after a clinician's name as a degree, and is nobody's own; `before` is what stands before it.
pub(super) fn is_degree(before: &str, word: &str) -> bool {
    const DEGREES: [&str; 12] = [
        "md", "np", "pac", "rn", "aprn", "fnp", "fnpc", "phd", "psyd", "lcsw", "msw", "dnp",
    ];
    let word: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    DEGREES.contains(&word.to_lowercase().as_str()) || is_degree_or_name(before, &word)
}

/// `PA` and `DO` are names as well (`Vang, Pa`; `Anh Van Do`): degrees only in capitals, after a comma or after a name that
/// is not in capitals itself.
fn is_degree_or_name(before: &str, word: &str) -> bool {
    let after = before.trim_end().ends_with(',') || before.chars().any(char::is_lowercase);
    ["PA", "DO"].contains(&word) && after
}

pub(super) fn sex(words: &str) -> Option<&'static str> {
    match words
        .trim()
        .trim_matches(['(', ')', '.', ','])
        .to_ascii_lowercase()
        .as_str()
    {
        "f" | "female" | "woman" => Some("female"),
        "m" | "male" | "man" => Some("male"),
        "x" | "nonbinary" | "non-binary" | "intersex" => Some("other"),
        _ => None,
    }
}

fn is_pronouns(words: &str) -> bool {
    let words = words.trim_matches(['(', ')']).to_ascii_lowercase();
    let mut parts = words.split('/');
    let known = [
        "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "ze", "hir", "xe", "xem",
    ];
    words.contains('/') && parts.all(|part| known.contains(&part.trim()))
}

/// `40 yrs`, `(40 y.o.)`, `40yo`.
fn is_age(words: &str) -> bool {
    let words = words.trim_matches(['(', ')', ',']).to_ascii_lowercase();
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - rest.len();
    let unit: String = rest.chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let units = ["y", "yo", "yr", "yrs", "year", "years", "yearold", "yearsold"];
    (1..=3).contains(&digits) && units.contains(&unit.as_str())
}

/// The telephone numbers of some words, as they are written, and the other words: `(555) 010-2234 (cell)`.
pub(super) fn phones(words: &str) -> (Vec<String>, String) {
    let (mut numbers, mut rest) = (Vec::new(), String::new());
    let mut letters = words.chars().peekable();
    while let Some(first) = letters.next() {
        let begins = first.is_ascii_digit() || first == '+' || first == '(';
        if !begins || first == '(' && !letters.peek().is_some_and(char::is_ascii_digit) {
            rest.push(first);
            continue;
        }
        let mut run = String::from(first);
        while let Some(next) = letters.next_if(|c| c.is_ascii_digit() || [' ', '-', '.', '(', ')'].contains(c)) {
            // A bracket that opens after a full number begins something else.
            if next == '(' && digits(&run) >= 10 {
                rest.push(' ');
                rest.push(next);
                break;
            }
            run.push(next);
        }
        match digits(&run) {
            _ if is_like_a_date(&run) => rest.push_str(&run),
            7 | 10 | 11 => numbers.push(run.trim().trim_end_matches(['(', '-', '.']).trim().to_owned()),
            _ => rest.push_str(&run),
        }
    }
    let noise = [
        "h",
        "c",
        "w",
        "m",
        "home",
        "cell",
        "mobile",
        "work",
        "or",
        "and",
        "preferred",
    ];
    let rest: Vec<&str> = rest
        .split([' ', ',', '/'])
        .filter(|word| !noise.contains(&word.trim_matches(['(', ')', ':']).to_ascii_lowercase().as_str()))
        .filter(|word| !word.trim_matches(['(', ')']).is_empty())
        .collect();
    (numbers, rest.join(" "))
}

/// `1-12-2026`, `2026.1.12`: as many digits as a telephone number may have.
fn is_like_a_date(run: &str) -> bool {
    let parts: Vec<&str> = run.trim().split(['-', '.', ' ']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| digits(part)).collect();
    let only_digits = parts.iter().all(|part| part.len() == digits(part));
    only_digits && matches!(*lengths.as_slice(), [1..=2, 1..=2, 4] | [4, 1..=2, 1..=2])
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// A date at the start of some words, and what follows it. Numbers are month first, unless the first can be no month.
/// A year of two digits says too little and is no date.
pub(super) fn leading_date(words: &str, today: Day) -> Option<(Day, &str)> {
    let words = words.trim_start();
    let end = words
        .char_indices()
        .find(|(_, c)| !c.is_ascii_digit() && !['/', '-', '.'].contains(c));
    let end = end.map_or(words.len(), |(at, _)| at);
    let (numbers, rest) = words.split_at(end);
    let parts: Vec<u32> = numbers
        .split(['/', '-', '.'])
        .filter_map(|part| part.parse().ok())
        .collect();
    let year = |year: u32| {
        i32::try_from(year)
            .ok()
            .filter(|y| (1900..=today.date().year()).contains(y))
    };
    let read = match *parts.as_slice() {
        [y, m, d] if y > 1000 => Day::new(year(y)?, m, d),
        [m, d, y] if y > 1000 && m <= 12 => Day::new(year(y)?, m, d),
        [d, m, y] if y > 1000 => Day::new(year(y)?, m, d),
        _ => None,
    };
    if let Some(day) = read {
        return Some((day, rest.trim()));
    }
    named_month(words).and_then(|(y, m, d, rest)| Some((Day::new(year(y)?, m, d)?, rest)))
}

/// `March 4, 1986`, `4 Mar 1986`, `04-MAR-1986`.
fn named_month(words: &str) -> Option<(u32, u32, u32, &str)> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut rest = words;
    let (mut month, mut numbers) = (None, Vec::new());
    for _ in 0..3 {
        rest = rest.trim_start_matches([' ', ',', '-', '.', '/']);
        let end = rest
            .char_indices()
            .find(|(_, c)| !c.is_ascii_alphanumeric())
            .map_or(rest.len(), |(at, _)| at);
        let (word, after) = rest.split_at(end);
        let lower = word.to_ascii_lowercase();
        match word.parse::<u32>() {
            Ok(number) => numbers.push(number),
            Err(_) => {
                let start = lower.get(..3)?;
                month = Some(MONTHS.iter().position(|name| *name == start)? + 1);
            }
        }
        rest = after;
    }
    let [day, year] = *numbers.as_slice() else { return None };
    Some((year, u32::try_from(month?).ok()?, day, rest.trim()))
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// Under the patient's label: what may be a degree or a name is a name.
    Labelled,
    /// Without a label.
    Guessed,
}

/// `SANDOVAL, Maria (Mia)`, `Maria de la Cruz`, `Sandoval, Maria "Mia" E.`; `None` for what has no two names in it.
pub(super) fn name(words: &str, named: Named) -> Option<FoundName> {
    let mut words = words.trim().to_owned();
    let preferred = take_between(&mut words, '"', '"')
        .or_else(|| take_between(&mut words, '\u{201c}', '\u{201d}'))
        .or_else(|| take_between(&mut words, '(', ')'));
    let preferred = preferred.filter(|name| !is_age(name) && sex(name).is_none() && !is_pronouns(name));
    let preferred = preferred.map(|name| plain_case(name.trim_start_matches("goes by ").trim()));
    let letters = |c: char| c.is_alphabetic() || [' ', ',', '\'', '\u{2019}', '-', '.'].contains(&c);
    if !words.chars().all(letters) || is_a_place(&words) {
        return None;
    }
    let (family, given) = match words.split_once(',') {
        Some((family, given)) => match given.split_once(',') {
            // `Ortiz, Jr., Paul`.
            Some((suffix, given)) if is_suffix(suffix) => (format!("{family} {}", suffix.trim()), given.to_owned()),
            _ => (family.to_owned(), given.trim_end_matches(',').to_owned()),
        },
        None => given_first(&words)?,
    };
    let words = words.trim_end().trim_end_matches(',');
    let last = given.split_whitespace().next_back();
    let before = last.and_then(|last| Some((words.trim_end().strip_suffix(last)?, last)));
    let ends_in_degree = match named {
        // Without what stands before it only those that are nobody's name.
        Named::Labelled => last.is_some_and(|last| is_degree("", last)),
        Named::Guessed => {
            last.is_some_and(|last| is_degree("", last)) || before.is_some_and(|(before, last)| is_degree(before, last))
        }
    };
    if ends_in_degree {
        return None;
    }
    let (family, given) = (plain_case(family.trim()), plain_case(given.trim()));
    let is_name = |name: &str| !name.is_empty() && name.split_whitespace().count() <= 5 && !name.contains(',');
    (is_name(&family) && is_name(&given)).then_some(FoundName {
        family,
        given,
        preferred,
    })
}

/// Words that stand in the names of clinics and in addresses, and in nobody's name.
const OF_PLACES: [&str; 26] = [
    "clinic",
    "hospital",
    "center",
    "centre",
    "health",
    "healthcare",
    "medical",
    "medicine",
    "practice",
    "pediatrics",
    "psychiatry",
    "associates",
    "department",
    "dept",
    "university",
    "county",
    "street",
    "avenue",
    "ave",
    "road",
    "suite",
    "drive",
    "llc",
    "inc",
    "summary",
    "report",
];

fn is_a_place(words: &str) -> bool {
    let mut words = words.split(|c: char| !c.is_alphabetic());
    words.any(|word| OF_PLACES.contains(&word.to_lowercase().as_str()))
}

fn take_between(words: &mut String, open: char, close: char) -> Option<String> {
    let from = words.find(open)?;
    let after = from + open.len_utf8();
    let to = after + words.get(after..)?.find(close)?;
    let inside = words.get(after..to)?.trim().to_owned();
    words.replace_range(from..to + close.len_utf8(), " ");
    Some(inside)
}

/// A name without a comma: the last word is the family's, with the small words before it.
fn given_first(words: &str) -> Option<(String, String)> {
    let all: Vec<&str> = words.split_whitespace().collect();
    let mut from = all.len().checked_sub(1)?;
    if all.get(from).is_some_and(|word| is_suffix(word)) {
        from = from.checked_sub(1)?;
    }
    while from > 1
        && all
            .get(from - 1)
            .is_some_and(|word| SMALL.contains(&word.to_lowercase().as_str()))
    {
        from -= 1;
    }
    let (given, family) = all.split_at(from);
    (!given.is_empty()).then(|| (family.join(" "), given.join(" ")))
}

fn is_suffix(word: &str) -> bool {
    ["jr", "sr", "ii", "iii", "iv"].contains(&word.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// A name in capitals throughout as it is usually written; any other as it is.
pub(super) fn plain_case(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = name.chars().filter(|c| c.is_alphabetic()).count() > 1;
    if !long || name.chars().any(char::is_lowercase) {
        return name;
    }
    let mut plain = String::with_capacity(name.len());
    let mut starts = true;
    for letter in name.chars() {
        if starts {
            plain.push(letter);
        } else {
            plain.extend(letter.to_lowercase());
        }
        starts = !letter.is_alphanumeric();
    }
    plain
}
