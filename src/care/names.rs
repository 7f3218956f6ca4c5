//! Names that are alike, so that nobody records on the wrong patient and nobody is registered twice.

use crate::flowsheet::{Flowsheet, Who};
use crate::journal::{ChartId, Day};

/// What is alike about two patients with the same family name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alike {
    /// Same given name and date of birth: perhaps one person.
    NameAndBirth,
    /// Same given name.
    Name,
    /// Same date of birth.
    Birth,
    /// A given name that is spelt nearly the same, or a short form.
    SimilarName,
}

impl Alike {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::NameAndBirth => "same name and date of birth",
            Self::Name => "same name",
            Self::Birth => "same family name and date of birth",
            Self::SimilarName => "similar name",
        }
    }
}

/// Patients whose name is like this one's, the most alike first. `own` is left out.
pub fn like_names<'a>(
    given: &str,
    family: &str,
    birth: Option<Day>,
    own: Option<ChartId>,
    sheets: impl Iterator<Item = &'a Flowsheet>,
) -> Vec<(ChartId, Alike)> {
    let wanted = Person {
        family: folded(family),
        given: folded(given),
        preferred: None,
        birth,
    };
    let mut found: Vec<(ChartId, Alike)> = sheets
        .filter(|sheet| Some(sheet.chart) != own && !sheet.erased)
        .filter_map(|sheet| Some((sheet.chart, wanted.alike(&sheet.who)?)))
        .collect();
    found.sort_by_key(|(chart, alike)| (*alike, *chart));
    found
}

struct Person {
    family: String,
    given: String,
    preferred: Option<String>,
    birth: Option<Day>,
}

impl Person {
    fn alike(&self, other: &Who) -> Option<Alike> {
        if self.family.is_empty() || self.family != folded(&other.family) {
            return None;
        }
        let given = folded(&other.given);
        let preferred = other.preferred.as_deref().map(folded);
        let mine = [Some(&self.given), self.preferred.as_ref()];
        let theirs = [Some(&given), preferred.as_ref()];
        let pairs = || {
            let each = mine.into_iter().flatten();
            each.flat_map(|a| theirs.into_iter().flatten().map(move |b| (a, b)))
        };
        let same_name = pairs().any(|(a, b)| a == b && !a.is_empty());
        let same_birth = self.birth.is_some() && self.birth == other.birth;
        match (same_name, same_birth) {
            (true, true) => Some(Alike::NameAndBirth),
            (true, false) => Some(Alike::Name),
            (false, true) => Some(Alike::Birth),
            (false, false) => pairs().any(|(a, b)| similar(a, b)).then_some(Alike::SimilarName),
        }
    }
}

/// A name without case, accents, blanks and punctuation.
fn folded(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(base_letter)
        .collect()
}

/// The letter without its accent, for the Latin letters that names in clinics are written with.
fn base_letter(letter: char) -> Option<char> {
    let base = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    };
    base.is_alphanumeric().then_some(base)
}

/// Whether one is the other with one slip of the pen (from four letters on), or begins with it (from three on).
fn similar(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let begins = 3 <= short.len() && long.starts_with(short);
    begins || 4 <= long.len() && 3 <= short.len() && one_slip(short, long)
}

/// Whether one letter changed, added, dropped, or two neighbours swapped make the one into the other.
fn one_slip(short: &[char], long: &[char]) -> bool {
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (
        short.get(same..).unwrap_or_default(),
        long.get(same..).unwrap_or_default(),
    );
    match (short, long) {
        ([], []) => true,
        (short, [_, rest @ ..]) if short == rest => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a, b, rest_a @ ..], [c, d, rest_b @ ..]) => a == d && b == c && rest_a == rest_b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(n: u8, given: &str, family: &str, birth: Option<&str>) -> Flowsheet {
        let mut sheet = Flowsheet::empty(ChartId::from_random([n; 16]));
        sheet.who.given = given.to_string();
        sheet.who.family = family.to_string();
        sheet.who.birth = birth.map(|day| day.parse().unwrap());
        sheet
    }

    #[test]
    fn the_same_family_name_with_a_like_given_name_or_birth_is_an_alert() {
        let birth = Some("1980-02-03");
        let table = [
            ("Ana", "Silva", birth, Some(Alike::NameAndBirth)),
            ("ANA ", "silva", None, Some(Alike::Name)),
            ("Aná", "Sílva", Some("1999-01-01"), Some(Alike::Name)),
            ("Rosa", "Silva", birth, Some(Alike::Birth)),
            ("Anabel", "Silva", None, Some(Alike::SimilarName)),
            ("Rosa", "Silva", Some("1999-01-01"), None),
            ("Ana", "Souza", birth, None),
            ("Ana", "", birth, None),
        ];
        for (given, family, birth, expected) in table {
            let other = [sheet(1, given, family, birth)];
            let found = like_names("Ana", "Silva", Some("1980-02-03".parse().unwrap()), None, other.iter());
            assert_eq!(found.first().map(|(_, alike)| *alike), expected, "{given} {family}");
        }
    }

    #[test]
    fn one_slip_of_the_pen_is_similar_and_another_name_is_not() {
        for (a, b, expected) in [
            ("jonathan", "jonathon", true),
            ("sara", "sarah", true),
            ("maria", "mraia", true),
            ("sam", "samantha", true),
            ("mina", "nina", true),
            ("jo", "joanna", false),
            ("amy", "ann", false),
            ("peter", "petra", false),
            ("hugo", "omar", false),
        ] {
            assert_eq!(similar(a, b), expected, "{a} {b}");
            assert_eq!(similar(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_own_chart_and_erased_ones_are_left_out_and_the_most_alike_comes_first() {
        let mut erased = sheet(9, "Ana", "Silva", None);
        erased.erased = true;
        let sheets = [
            sheet(1, "Ana", "Silva", None),
            sheet(2, "Anna", "Silva", None),
            sheet(3, "Ana", "Silva", None),
            erased,
        ];
        let own = sheets[0].chart;
        let found = like_names("Ana", "Silva", None, Some(own), sheets.iter());
        let charts: Vec<ChartId> = found.iter().map(|(chart, _)| *chart).collect();
        assert_eq!(charts, [sheets[2].chart, sheets[1].chart]);
    }
}
