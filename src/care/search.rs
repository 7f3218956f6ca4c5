//! Finding a patient by what somebody types: without case and accents, in any order of the words, a telephone number by
//! its digits alone. What is looked in is folded once, so that a key press only compares.

use crate::flowsheet::Flowsheet;

/// A patient's names and numbers, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searchable {
    /// Each name and the MRN, as one word and as its words, apart by a blank.
    text: String,
    /// The digits of the telephone number.
    phone: String,
}

/// What somebody looks for, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    /// All digits, when enough of a number and nothing else was typed.
    number: Option<String>,
}

/// Digits from which on a row of digits and marks is looked for as one telephone number, however it is spaced.
const NUMBER_FROM: usize = 7;

impl Searchable {
    /// Of a patient.
    pub fn of(sheet: &Flowsheet) -> Self {
        let who = &sheet.who;
        let mut text = String::new();
        let names = [Some(&who.family), Some(&who.given), who.preferred.as_ref()];
        for part in names.into_iter().flatten().chain(&who.mrn) {
            text.push(' ');
            text.push_str(&fold(part));
            let words: Vec<String> = part.split(|c: char| !c.is_alphanumeric()).map(fold).collect();
            if words.iter().filter(|word| !word.is_empty()).count() > 1 {
                for word in words {
                    text.push(' ');
                    text.push_str(&word);
                }
            }
        }
        Self {
            text,
            phone: who.phone.as_deref().map(digits).unwrap_or_default(),
        }
    }

    /// Whether a name of the patient begins with the first word that is looked for.
    pub fn begins_with(&self, wanted: &Wanted) -> bool {
        let first = wanted.words.first();
        first.is_some_and(|first| self.text.split(' ').any(|word| word.starts_with(first.as_str())))
    }
}

impl Wanted {
    /// Of what was typed: `Zhang, Tariq`, `gomez`, `100200`, `(555) 869-3469`.
    pub fn of(typed: &str) -> Self {
        let mut words: Vec<String> = typed
            .split(|c: char| c.is_whitespace() || [',', ';', '·'].contains(&c))
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect();
        // Lists print "MRN 100200": what stands there can be typed.
        if words.len() > 1 {
            words.retain(|word| word != "mrn");
        }
        let is_number = typed.chars().all(|c| !c.is_alphabetic());
        let number = telephone_key(typed).filter(|_| is_number);
        Self { words, number }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a patient has every word in a name, in the MRN or among the digits of the telephone number.
    pub fn finds(&self, patient: &Searchable) -> bool {
        let by_number = || {
            let number = self.number.as_ref();
            number.is_some_and(|number| patient.phone.contains(number.as_str()))
        };
        let has = |word: &String| {
            let is_digits = word.bytes().all(|b| b.is_ascii_digit());
            patient.text.contains(word.as_str()) || is_digits && patient.phone.contains(word.as_str())
        };
        self.words.iter().all(has) || by_number()
    }
}

/// The digits by which two telephone numbers are compared: without the country's 1; `None` for too few of them.
pub fn telephone_key(phone: &str) -> Option<String> {
    let all = digits(phone);
    let short = match all.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_owned(),
        _ => all,
    };
    (short.len() >= NUMBER_FROM).then_some(short)
}

/// Letters and digits without case and accents, blanks and marks dropped: `O'Neil` and `Gómez` as `oneil` and `gomez`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii() {
            if letter.is_ascii_alphanumeric() {
                folded.push(letter);
            }
        } else {
            push_base(&mut folded, letter);
        }
    }
    folded
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The letter without its accent, for the Latin letters that names in clinics are written with.
fn push_base(folded: &mut String, letter: char) {
    let base = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' | 'ỉ'..='ị' => 'i',
        'ķ' => 'k',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => 'u',
        'ý' | 'ÿ' | 'ỳ'..='ỹ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ß' => return folded.push_str("ss"),
        'æ' => return folded.push_str("ae"),
        'œ' => return folded.push_str("oe"),
        'þ' => return folded.push_str("th"),
        other => other,
    };
    if base.is_alphanumeric() {
        folded.push(base);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ChartId;

    fn sheet(given: &str, family: &str, preferred: &str, mrn: &str, phone: &str) -> Searchable {
        let mut sheet = Flowsheet::empty(ChartId::from_random([1; 16]));
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        sheet.who.given = given.to_owned();
        sheet.who.family = family.to_owned();
        sheet.who.preferred = some(preferred);
        sheet.who.mrn = some(mrn);
        sheet.who.phone = some(phone);
        Searchable::of(&sheet)
    }

    #[test]
    fn every_word_is_found_in_any_name_or_number_whatever_its_case_accents_and_order() {
        let gomez = sheet("Tariq José", "Gómez-O'Neil", "Taz", "MR-100249", "(555) 869-3469");
        for (typed, expected) in [
            ("gomez", true),
            ("GÓMEZ", true),
            ("Go\u{301}mez", true),
            ("Gómez-O'Neil, Tariq José", true),
            ("tariq gomez", true),
            ("jose", true),
            ("taz", true),
            ("oneil", true),
            ("o'neil", true),
            ("neil", true),
            ("100249", true),
            ("mr100249", true),
            ("MRN MR-100249", true),
            ("5558693469", true),
            ("555-869-3469", true),
            ("+1 (555) 869 3469", true),
            ("8693", true),
            ("gomez 869", true),
            ("gomez 870", false),
            ("gomez, wen", false),
            ("gomezz", false),
            ("555-869-3460", false),
        ] {
            assert_eq!(Wanted::of(typed).finds(&gomez), expected, "{typed}");
        }
    }

    #[test]
    fn a_name_as_the_app_prints_it_finds_its_patient() {
        let zhang = sheet("Tariq", "Zhang", "", "100312", "555-863-4693");
        assert!(Wanted::of("Zhang, Tariq").finds(&zhang));
        assert!(Wanted::of("MRN 100312").finds(&zhang));
        assert!(Wanted::of("nguyen").finds(&sheet("Thu", "Nguyễn", "", "", "")));
        assert!(Wanted::of("strasse").finds(&sheet("Ida", "Straße", "", "", "")));
        assert!(Wanted::of("王").finds(&sheet("伟", "王", "", "", "")));
    }

    #[test]
    fn marks_alone_look_for_nothing() {
        for typed in ["", "  ", ",", "-", "·"] {
            assert!(Wanted::of(typed).is_empty(), "{typed:?}");
        }
    }

    #[test]
    fn telephone_numbers_are_compared_by_their_digits() {
        assert_eq!(telephone_key("+1 555-869-3469"), telephone_key("(555) 869.3469"));
        assert_eq!(telephone_key("ext. 12"), None);
    }

    #[test]
    fn a_name_that_begins_with_what_was_typed_is_told_from_one_that_holds_it() {
        let wanted = Wanted::of("ana");
        assert!(sheet("Ana", "Silva", "", "", "").begins_with(&wanted));
        assert!(!sheet("Joana", "Silva", "", "", "").begins_with(&wanted));
    }
}
