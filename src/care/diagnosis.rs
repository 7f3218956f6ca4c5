//! Diagnoses to choose from: ICD-10-CM codes of behavioral health and of social circumstances, described in our own words.
//!
//! The codes are those of the ICD-10-CM of fiscal year 2025 (CDC and CMS, https://www.cms.gov/medicare/coding-billing/icd-10-codes);
//! the descriptions are not the official ones, and the list is no coding book: any other code can be typed.

use std::sync::OnceLock;

use super::search::fold;

/// One code a line: the code, what it is, and other words by which it is found; tabs between.
const LIST: &str = include_str!("diagnosis/codes.tsv");

/// A diagnosis of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// ICD-10-CM code, with its dot.
    pub code: &'static str,
    /// What it is, in our own words.
    pub words: &'static str,
    /// Other words by which people look for it.
    pub also: &'static str,
}

/// The list, in the order of its codes.
pub fn diagnoses() -> &'static [Diagnosis] {
    static READ: OnceLock<Vec<Diagnosis>> = OnceLock::new();
    READ.get_or_init(|| LIST.lines().filter_map(line).collect())
}

fn line(line: &'static str) -> Option<Diagnosis> {
    let mut parts = line.split('\t');
    Some(Diagnosis {
        code: parts.next().filter(|code| !code.is_empty())?,
        words: parts.next()?,
        also: parts.next().unwrap_or_default(),
    })
}

/// The diagnosis of a code, when the list has it; case and a missing dot don't matter.
pub fn diagnosis_of(code: &str) -> Option<&'static Diagnosis> {
    let wanted = fold(code);
    diagnoses().iter().find(|d| fold(d.code) == wanted)
}

/// Categories that collaborative care meets most, the most frequent first (this project's choice): what is typed in few letters
/// means these.
const USUAL: [&str; 14] = [
    "F32", "F33", "F41", "F43", "F34", "F51", "G47", "F40", "F42", "F31", "F90", "Z59", "F10", "F11",
];

/// Diagnoses that fit what somebody typed: the beginning of a code, or the beginnings of words. Codes come first; of what is
/// found by words, what is called so itself before what is only described with the words, and the usual before the rest.
pub fn find_diagnoses(typed: &str, most: usize) -> Vec<&'static Diagnosis> {
    let whole = fold(typed);
    if whole.is_empty() {
        return Vec::new();
    }
    let wanted: Vec<String> = typed.split_whitespace().map(fold).filter(|w| !w.is_empty()).collect();
    let by_code = diagnoses().iter().filter(|d| fold(d.code).starts_with(&whole));
    let by_words = diagnoses().iter().filter(|d| {
        let has = |want: &String| words(d).any(|word| word.starts_with(want.as_str()));
        !fold(d.code).starts_with(&whole) && wanted.iter().all(has)
    });
    let mut by_words: Vec<_> = by_words.collect();
    by_words.sort_by_key(|d| {
        let own: Vec<String> = parts(d.words).collect();
        let is_called = wanted
            .iter()
            .all(|want| own.iter().any(|word| word.starts_with(want.as_str())));
        let place = USUAL.iter().position(|category| d.code.starts_with(category));
        (place.unwrap_or(USUAL.len()), !is_called)
    });
    by_code.chain(by_words).take(most).collect()
}

fn words(diagnosis: &'static Diagnosis) -> impl Iterator<Item = String> {
    let texts = [diagnosis.words, diagnosis.also, diagnosis.code];
    texts.into_iter().flat_map(parts)
}

fn parts(text: &str) -> impl Iterator<Item = String> {
    text.split([' ', ',', '-', '(', ')', '/']).map(fold)
}

/// A code as it is kept: upper case, its dot where it belongs. `None` for what is not shaped as ICD-10-CM has codes: a
/// letter, a digit, a digit or letter, and up to four more after a dot.
pub fn read_code(typed: &str) -> Option<String> {
    let letters: Vec<char> = typed.trim().to_uppercase().chars().collect();
    let (category, rest) = match letters.iter().position(|c| *c == '.') {
        Some(3) if letters.len() > 4 => (letters.get(..3)?, letters.get(4..)?),
        Some(_) => return None,
        None => (letters.get(..3)?, letters.get(3..)?),
    };
    let shaped = match category {
        [letter, digit, third] => {
            letter.is_ascii_uppercase() && digit.is_ascii_digit() && third.is_ascii_alphanumeric()
        }
        _ => false,
    };
    if !shaped || rest.len() > 4 || !rest.iter().all(char::is_ascii_alphanumeric) {
        return None;
    }
    let category: String = category.iter().collect();
    let rest: String = rest.iter().collect();
    Some(if rest.is_empty() {
        category
    } else {
        format!("{category}.{rest}")
    })
}

/// What a code is called: in the list's words, else in those that were typed with it.
pub fn diagnosis_words(code: &str, typed: Option<&str>) -> Option<String> {
    typed
        .map(str::to_owned)
        .or_else(|| diagnosis_of(code).map(|d| d.words.to_owned()))
}

/// Which instrument an episode for this diagnosis is usually judged by, to be confirmed by a person: the id of an
/// instrument of the catalog. This project's choice, after what each instrument is made for.
pub fn target_for(code: &str) -> Option<&'static str> {
    const TARGETS: [(&str, &str); 22] = [
        ("F0631", "phq9"),
        ("F0632", "phq9"),
        ("F064", "gad7"),
        ("F10", "auditc"),
        ("F17", ""),
        ("F1", "dast10"),
        ("F30", ""),
        ("F31", "phq9"),
        ("F3281", "phq9"),
        ("F32", "phq9"),
        ("F33", "phq9"),
        ("F341", "phq9"),
        ("F39", "phq9"),
        ("F40", "gad7"),
        ("F41", "gad7"),
        ("F431", "pcl5"),
        ("F4321", "phq9"),
        ("F4322", "gad7"),
        ("F4323", "phq9"),
        ("F530", "phq9"),
        ("F51", "isi"),
        ("F90", "asrs6"),
    ];
    let code = fold(code).to_uppercase();
    if code.starts_with("G470") {
        return Some("isi");
    }
    let fits = TARGETS.iter().filter(|(start, _)| code.starts_with(start));
    fits.max_by_key(|(start, _)| start.len())
        .map(|(_, id)| *id)
        .filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::{InstrumentId, definition};

    #[test]
    fn every_line_is_a_shaped_code_once_in_order_with_words_of_its_own() {
        let list = diagnoses();
        assert!(list.len() > 350, "{}", list.len());
        for pair in list.windows(2) {
            assert!(
                fold(pair[0].code) < fold(pair[1].code),
                "{} {}",
                pair[0].code,
                pair[1].code
            );
        }
        for d in list {
            assert_eq!(read_code(d.code).as_deref(), Some(d.code));
            assert!(!d.words.is_empty() && d.words.len() < 90, "{}", d.code);
            assert!(d.words == d.words.trim() && !d.words.ends_with('.'), "{}", d.code);
        }
        assert_eq!(LIST.lines().count(), list.len());
    }

    #[test]
    fn a_code_is_found_by_its_beginning_and_by_words_in_any_order() {
        let codes = |typed: &str| -> Vec<&str> { find_diagnoses(typed, 8).iter().map(|d| d.code).collect() };
        for (typed, first) in [
            ("f33.1", "F33.1"),
            ("F331", "F33.1"),
            ("moderate recurrent depr", "F33.1"),
            ("ptsd chronic", "F43.12"),
            ("panic", "F41.0"),
            ("pmdd", "F32.81"),
            ("gad", "F41.1"),
            ("homeless", "Z59.00"),
            ("anxiety", "F41.1"),
            ("depression", "F32.0"),
            ("insomnia", "F51.01"),
        ] {
            assert_eq!(codes(typed).first(), Some(&first), "{typed}: {:?}", codes(typed));
        }
        assert_eq!(codes("  "), Vec::<&str>::new());
        assert_eq!(codes("xyzzy"), Vec::<&str>::new());
        assert_eq!(find_diagnoses("f", 5).len(), 5);
    }

    #[test]
    fn a_typed_code_is_kept_in_its_shape_or_not_at_all() {
        for (typed, kept) in [
            ("f33.1", Some("F33.1")),
            (" F331 ", Some("F33.1")),
            ("F99", Some("F99")),
            ("z59.811", Some("Z59.811")),
            ("F0150", Some("F01.50")),
            ("F78.A1", Some("F78.A1")),
            ("F33.", None),
            ("F3.31", None),
            ("33.1", None),
            ("FF3.1", None),
            ("F33.12345", None),
            ("F33.1 depression", None),
            ("<b>", None),
            ("", None),
            ("é33", None),
        ] {
            assert_eq!(read_code(typed).as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn a_target_is_proposed_only_where_an_instrument_is_made_for_it() {
        for (code, target) in [
            ("F33.1", Some("phq9")),
            ("f411", Some("gad7")),
            ("F43.12", Some("pcl5")),
            ("F43.20", None),
            ("F43.22", Some("gad7")),
            ("F10.20", Some("auditc")),
            ("F11.20", Some("dast10")),
            ("F17.210", None),
            ("G47.00", Some("isi")),
            ("F20.9", None),
            ("Z59.00", None),
        ] {
            assert_eq!(target_for(code), target, "{code}");
            if let Some(id) = target {
                assert!(definition(&InstrumentId::new(id)).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn words_of_a_code_are_the_lists_unless_others_were_typed() {
        assert_eq!(
            diagnosis_words("F43.23", Some("After the move")).as_deref(),
            Some("After the move")
        );
        assert!(
            diagnosis_words("f43.23", None).is_some_and(|words| words.contains("adjust") || words.contains("Adjust"))
        );
        assert_eq!(diagnosis_words("Q99.9", None), None);
    }
}
