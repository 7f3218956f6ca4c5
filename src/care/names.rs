//! Names that are alike, so that nobody records on the wrong patient and nobody is registered twice.

use serde::{Deserialize, Serialize};

use super::search::{fold, telephone_key};
use crate::flowsheet::{Flowsheet, Who};
use crate::journal::{ChartId, Day};

/// What is alike about two patients, the surest sign of one person first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Alike {
    /// Same MRN: one number belongs to one person.
    Mrn,
    /// Same name and date of birth.
    NameAndBirth,
    /// Same name and telephone number.
    NameAndPhone,
    /// Same name.
    Name,
    /// Same family name and date of birth.
    Birth,
    /// Same family name, and a given name that is spelt nearly the same, or a short form.
    SimilarName,
    /// Same telephone number, which families share.
    Phone,
}

impl Alike {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mrn => "same MRN",
            Self::NameAndBirth => "same name and date of birth",
            Self::NameAndPhone => "same name and telephone number",
            Self::Name => "same name",
            Self::Birth => "same family name and date of birth",
            Self::SimilarName => "similar name",
            Self::Phone => "same telephone number",
        }
    }
    /// Whether it has to be said that this is somebody else before a second record is made.
    pub fn is_likely_one_person(self) -> bool {
        matches!(self, Self::Mrn | Self::NameAndBirth)
    }
}

/// What is known of somebody who may be on file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Somebody {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Name that they go by.
    pub preferred: Option<String>,
    /// Date of birth.
    pub birth: Option<Day>,
    /// Medical record number.
    pub mrn: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// Patients on file who are like somebody, the most alike first. `own` is left out.
pub fn alike<'a>(
    somebody: &Somebody,
    own: Option<ChartId>,
    sheets: impl Iterator<Item = &'a Flowsheet>,
) -> Vec<(ChartId, Alike)> {
    let wanted = Folded::of(somebody);
    let mut found: Vec<(ChartId, Alike)> = sheets
        .filter(|sheet| Some(sheet.chart) != own && !sheet.erased)
        .filter_map(|sheet| Some((sheet.chart, wanted.alike(&sheet.who)?)))
        .collect();
    found.sort_by_key(|(chart, alike)| (*alike, *chart));
    found
}

/// By what two MRNs are compared; `None` for an empty one.
pub fn mrn_key(mrn: &str) -> Option<String> {
    Some(fold(mrn)).filter(|key| !key.is_empty())
}

/// By what two names with a date of birth are compared; `None` without a name or a date.
pub fn birth_key(given: &str, family: &str, birth: Option<Day>) -> Option<(String, Day)> {
    let key = format!("{} {}", fold(family), fold(given));
    birth.filter(|_| key.trim().len() > 1).map(|birth| (key, birth))
}

struct Folded {
    family: String,
    given: String,
    preferred: Option<String>,
    birth: Option<Day>,
    mrn: Option<String>,
    phone: Option<String>,
}

impl Folded {
    fn of(somebody: &Somebody) -> Self {
        Self {
            family: fold(&somebody.family),
            given: fold(&somebody.given),
            preferred: somebody.preferred.as_deref().map(fold),
            birth: somebody.birth,
            mrn: somebody.mrn.as_deref().and_then(mrn_key),
            phone: somebody.phone.as_deref().and_then(telephone_key),
        }
    }

    fn alike(&self, other: &Who) -> Option<Alike> {
        if self.mrn.is_some() && self.mrn == other.mrn.as_deref().and_then(mrn_key) {
            return Some(Alike::Mrn);
        }
        let same_phone = self.phone.is_some() && self.phone == other.phone.as_deref().and_then(telephone_key);
        let by_phone = same_phone.then_some(Alike::Phone);
        if self.family.is_empty() || self.family != fold(&other.family) {
            return by_phone;
        }
        let given = fold(&other.given);
        let preferred = other.preferred.as_deref().map(fold);
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
            (true, false) if same_phone => Some(Alike::NameAndPhone),
            (true, false) => Some(Alike::Name),
            (false, true) => Some(Alike::Birth),
            (false, false) => pairs()
                .any(|(a, b)| similar(a, b))
                .then_some(Alike::SimilarName)
                .or(by_phone),
        }
    }
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

    fn ana() -> Somebody {
        Somebody {
            given: "Ana".to_owned(),
            family: "Silva".to_owned(),
            birth: Some("1980-02-03".parse().unwrap()),
            ..Somebody::default()
        }
    }

    #[test]
    fn one_mrn_is_one_person_whatever_the_name_and_a_telephone_number_is_shared() {
        let who = Somebody {
            mrn: Some(" mr-100200".to_owned()),
            phone: Some("+1 (555) 676-8976".to_owned()),
            ..ana()
        };
        for (given, family, mrn, phone, expected) in [
            ("Hugo", "Ellis", Some("MR 100200"), None, Some(Alike::Mrn)),
            ("Ana", "Silva", Some("MR-100200"), None, Some(Alike::Mrn)),
            ("Hugo", "Ellis", Some("100200"), None, None),
            ("Hugo", "Ellis", None, Some("555.676.8976"), Some(Alike::Phone)),
            ("Ana", "Silva", None, Some("5556768976"), Some(Alike::NameAndPhone)),
            ("Anna", "Silva", None, Some("5556768976"), Some(Alike::SimilarName)),
            ("Rosa", "Silva", None, Some("5556768976"), Some(Alike::Phone)),
            ("Rosa", "Silva", None, Some("76"), None),
        ] {
            let mut other = sheet(1, given, family, None);
            other.who.mrn = mrn.map(str::to_owned);
            other.who.phone = phone.map(str::to_owned);
            let found = alike(&who, None, [other].iter());
            assert_eq!(
                found.first().map(|(_, alike)| *alike),
                expected,
                "{given} {family} {mrn:?} {phone:?}"
            );
        }
        let without = Somebody {
            mrn: Some(" ".to_owned()),
            ..ana()
        };
        let mut blank = sheet(2, "Hugo", "Ellis", None);
        blank.who.mrn = Some(String::new());
        assert_eq!(alike(&without, None, [blank].iter()), []);
    }

    #[test]
    fn only_a_number_or_a_name_with_its_birth_date_asks_for_a_word() {
        let asks: Vec<Alike> = [
            Alike::Mrn,
            Alike::NameAndBirth,
            Alike::NameAndPhone,
            Alike::Name,
            Alike::Birth,
            Alike::SimilarName,
            Alike::Phone,
        ]
        .into_iter()
        .filter(|alike| alike.is_likely_one_person())
        .collect();
        assert_eq!(asks, [Alike::Mrn, Alike::NameAndBirth]);
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
            let found = alike(&ana(), None, other.iter());
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
        let who = Somebody { birth: None, ..ana() };
        let found = alike(&who, Some(own), sheets.iter());
        let charts: Vec<ChartId> = found.iter().map(|(chart, _)| *chart).collect();
        assert_eq!(charts, [sheets[2].chart, sheets[1].chart]);
    }
}
