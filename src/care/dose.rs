//! A dose against the clinic's own minimum. There is no list of doses here: without a number that the clinic typed nothing
//! is called adequate or not, and a dose that can't be read with certainty is never guessed at.

use std::fmt;

use crate::journal::facts::{DoseUnit, Frequency, Medication, MinimumDose};

/// An amount of a medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// In thousandths of the unit.
    pub thousandths: u64,
    /// The unit.
    pub unit: DoseUnit,
}

/// A dose against the clinic's own minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoseCheck {
    /// The clinic has no minimum for this medicine.
    NoMinimum,
    /// The amount a day is the minimum or more.
    Reached {
        /// The amount a day.
        daily: Amount,
        /// The minimum.
        least: Amount,
    },
    /// The amount a day is under the minimum.
    Under {
        /// The amount a day.
        daily: Amount,
        /// The minimum.
        least: Amount,
    },
    /// It can't be told.
    CantCompare(CantCompare),
}

/// Why a dose can't be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CantCompare {
    /// No dose is on record.
    NoDose,
    /// The dose is not an amount with a unit, alone or with how often.
    NotRead,
    /// How often it is taken is not on record, or not as a number a day.
    NotDaily,
    /// What is chosen for how often is not what the dose says.
    Contradiction,
    /// The clinic's minimum has another kind of unit.
    OtherUnit,
}

/// Words that may follow an amount and say that it is taken once a day.
const ONCE_A_DAY: [&str; 14] = [
    "daily",
    "once daily",
    "once a day",
    "a day",
    "per day",
    "each day",
    "every day",
    "every morning",
    "in the morning",
    "every evening",
    "every night",
    "at night",
    "at bedtime",
    "nightly",
];

/// The amount of a dose as it was written, and whether the words after it say that it is taken once a day. `None` when it
/// is anything else than one amount with its unit and, perhaps, those words: `25-50 mg`, `1 tablet`, `50 mg and 25 mg`.
pub fn read_dose(text: &str) -> Option<(Amount, bool)> {
    let text = text.trim().to_lowercase();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    let thousandths = thousandths(number)?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at_checked(end)?;
    let amount = Amount {
        thousandths,
        unit: unit_of(unit)?,
    };
    let rest = rest.trim().trim_start_matches(',').trim();
    match rest {
        "" => Some((amount, false)),
        words if ONCE_A_DAY.contains(&words) => Some((amount, true)),
        _ => None,
    }
}

/// Every amount with its unit in a text, and where it stands: from which byte to which. `None` for a text with something
/// that only looks like one: `25-50 mg`, `1,000 mg`.
pub(super) fn amounts_in(text: &str) -> Option<Vec<(Amount, (usize, usize))>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(start) = rest.find(|c: char| c.is_ascii_digit()) else {
            break;
        };
        let (before, number) = rest.split_at_checked(start)?;
        let end = number
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(number.len());
        let (number, after) = number.split_at_checked(end)?;
        let blank = after.len() - after.trim_start_matches(' ').len();
        let word = after.trim_start_matches(' ');
        let unit = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        let word = word.get(..unit)?;
        let from = at + start;
        at = from + end;
        let Some(unit) = unit_of(&word.to_lowercase()) else {
            continue;
        };
        if before.ends_with(['-', '\u{2013}', ',', '.', '/']) {
            return None;
        }
        let amount = Amount {
            thousandths: thousandths(number)?,
            unit,
        };
        found.push((amount, (from, at + blank + word.len())));
        at += blank + word.len();
    }
    Some(found)
}

/// `12.5` as 12,500. At most three places after the point; never a comma, which means two things.
fn thousandths(number: &str) -> Option<u64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let dotted = number.contains('.');
    if whole.is_empty() || 6 < whole.len() || 3 < part.len() || (dotted && part.is_empty()) || part.contains('.') {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = if part.is_empty() {
        0
    } else {
        format!("{part:0<3}").parse().ok()?
    };
    let sum = whole * 1000 + part;
    (0 < sum).then_some(sum)
}

fn unit_of(word: &str) -> Option<DoseUnit> {
    Some(match word {
        "mg" => DoseUnit::Mg,
        "mcg" | "\u{b5}g" | "\u{3bc}g" | "ug" => DoseUnit::Mcg,
        "g" => DoseUnit::G,
        "ml" => DoseUnit::Ml,
        "unit" | "units" | "iu" => DoseUnit::Units,
        _ => return None,
    })
}

/// The clinic's minimum for a medicine: names are compared as they are spelled, capitals and blanks aside.
pub fn minimum_of<'a>(name: &str, minimums: &'a [MinimumDose]) -> Option<&'a MinimumDose> {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(name);
    minimums.iter().find(|minimum| plain(&minimum.medicine) == wanted)
}

/// A medicine's dose against the clinic's own minimum for it.
pub fn check_dose(medicine: &Medication, minimums: &[MinimumDose]) -> DoseCheck {
    let Some(minimum) = minimum_of(&medicine.name, minimums) else {
        return DoseCheck::NoMinimum;
    };
    let least = Amount {
        thousandths: minimum.thousandths.into(),
        unit: minimum.unit,
    };
    match daily(medicine) {
        Err(why) => DoseCheck::CantCompare(why),
        Ok(daily) => match (daily.in_micrograms(), least.in_micrograms()) {
            (Some(have), Some(need)) if have < need => DoseCheck::Under { daily, least },
            (Some(_), Some(_)) => DoseCheck::Reached { daily, least },
            _ if daily.unit != least.unit => DoseCheck::CantCompare(CantCompare::OtherUnit),
            _ if daily.thousandths < least.thousandths => DoseCheck::Under { daily, least },
            _ => DoseCheck::Reached { daily, least },
        },
    }
}

/// The amount a day.
fn daily(medicine: &Medication) -> Result<Amount, CantCompare> {
    let dose = medicine.dose.as_deref().ok_or(CantCompare::NoDose)?;
    let (amount, once) = read_dose(dose).ok_or(CantCompare::NotRead)?;
    let times = match (medicine.how_often, once) {
        (None, true) | (Some(Frequency::OnceDaily), _) => 1,
        (None, false) => return Err(CantCompare::NotDaily),
        (Some(_), true) => return Err(CantCompare::Contradiction),
        (Some(Frequency::TwiceDaily), false) => 2,
        (Some(Frequency::ThreeTimesDaily), false) => 3,
        (Some(Frequency::FourTimesDaily), false) => 4,
        (Some(Frequency::Weekly | Frequency::AsNeeded | Frequency::Other), false) => {
            return Err(CantCompare::NotDaily);
        }
    };
    Ok(Amount {
        thousandths: amount.thousandths * times,
        ..amount
    })
}

impl Amount {
    /// Thousandths of a microgram, for the units of mass.
    fn in_micrograms(self) -> Option<u64> {
        match self.unit {
            DoseUnit::Mcg => Some(self.thousandths),
            DoseUnit::Mg => Some(self.thousandths * 1_000),
            DoseUnit::G => Some(self.thousandths * 1_000_000),
            DoseUnit::Ml | DoseUnit::Units => None,
        }
    }
}

/// `50 mg`, `12.5 mg`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.thousandths / 1000, self.thousandths % 1000);
        let unit = match self.unit {
            DoseUnit::Mcg => "mcg",
            DoseUnit::Mg => "mg",
            DoseUnit::G => "g",
            DoseUnit::Ml => "mL",
            DoseUnit::Units => "units",
        };
        if part == 0 {
            return write!(f, "{whole} {unit}");
        }
        write!(f, "{whole}.{} {unit}", format!("{part:03}").trim_end_matches('0'))
    }
}

impl DoseCheck {
    /// In words; `None` where the clinic has no minimum, for then nothing can be said.
    pub fn words(self) -> Option<String> {
        let clinic = "the clinic\u{2019}s minimum";
        Some(match self {
            Self::NoMinimum => return None,
            Self::Reached { daily, least } => format!("{daily} a day reaches {clinic} of {least}"),
            Self::Under { daily, least } => format!("{daily} a day is under {clinic} of {least}"),
            Self::CantCompare(why) => format!("can\u{2019}t be compared with {clinic}: {}", why.words()),
        })
    }
}

impl CantCompare {
    fn words(self) -> &'static str {
        match self {
            Self::NoDose => "no dose is on record",
            Self::NotRead => "the dose is not one amount with a unit",
            Self::NotDaily => "how often it is taken is not on record as a number of times a day",
            Self::Contradiction => "the dose and how often say different things",
            Self::OtherUnit => "it has another unit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ThingId;

    fn medicine(dose: Option<&str>, how_often: Option<Frequency>) -> Medication {
        Medication {
            dose: dose.map(str::to_owned),
            how_often,
            ..Medication::named(ThingId::from_random([1; 16]), "Sertraline".to_owned())
        }
    }

    fn least(thousandths: u32, unit: DoseUnit) -> Vec<MinimumDose> {
        let medicine = " sertraline ".to_owned();
        vec![MinimumDose {
            medicine,
            thousandths,
            unit,
        }]
    }

    #[test]
    fn a_dose_is_read_only_where_it_is_one_amount_with_its_unit() {
        let table = [
            ("50 mg", Some((50_000, DoseUnit::Mg, false))),
            ("50mg", Some((50_000, DoseUnit::Mg, false))),
            ("12.5 MG daily", Some((12_500, DoseUnit::Mg, true))),
            ("0.125 mg, at bedtime", Some((125, DoseUnit::Mg, true))),
            ("25 mcg", Some((25_000, DoseUnit::Mcg, false))),
            ("2 g", Some((2_000, DoseUnit::G, false))),
            ("5 mL", Some((5_000, DoseUnit::Ml, false))),
            ("10 units at night", Some((10_000, DoseUnit::Units, true))),
            ("", None),
            ("50", None),
            ("mg", None),
            ("0 mg", None),
            ("1,000 mg", None),
            ("12,5 mg", None),
            ("25-50 mg", None),
            ("50 mg and 25 mg", None),
            ("50 mg twice daily", None),
            ("50 mg every other day", None),
            ("1 tablet", None),
            ("one half", None),
            ("50. mg", None),
            ("1.2345 mg", None),
            ("9999999 mg", None),
            ("<b>50</b> mg", None),
            ("\u{bd} mg", None),
        ];
        for (text, expected) in table {
            let read = read_dose(text).map(|(amount, once)| (amount.thousandths, amount.unit, once));
            assert_eq!(read, expected, "{text}");
        }
        assert_eq!(read_dose(&"9".repeat(10_000)), None);
    }

    #[test]
    fn nothing_is_said_of_a_dose_without_the_clinics_own_number() {
        let taken = medicine(Some("200 mg"), Some(Frequency::OnceDaily));
        assert_eq!(check_dose(&taken, &[]), DoseCheck::NoMinimum);
        assert_eq!(check_dose(&taken, &[]).words(), None);
        let other = vec![MinimumDose {
            medicine: "sertraline XR".to_owned(),
            thousandths: 1,
            unit: DoseUnit::Mg,
        }];
        assert_eq!(check_dose(&taken, &other), DoseCheck::NoMinimum);
    }

    #[test]
    fn the_amount_a_day_is_compared_to_the_thousandth() {
        use Frequency::{FourTimesDaily, OnceDaily, ThreeTimesDaily, TwiceDaily};
        let table = [
            (
                "50 mg",
                Some(OnceDaily),
                "50 mg a day reaches the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "49.999 mg",
                Some(OnceDaily),
                "49.999 mg a day is under the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "25 mg",
                Some(TwiceDaily),
                "50 mg a day reaches the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "12.5 mg",
                Some(ThreeTimesDaily),
                "37.5 mg a day is under the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "12.5 mg",
                Some(FourTimesDaily),
                "50 mg a day reaches the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "50 mg daily",
                None,
                "50 mg a day reaches the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "50 mg at night",
                Some(OnceDaily),
                "50 mg a day reaches the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "0.05 g",
                Some(OnceDaily),
                "0.05 g a day reaches the clinic\u{2019}s minimum of 50 mg",
            ),
            (
                "900 mcg",
                Some(OnceDaily),
                "900 mcg a day is under the clinic\u{2019}s minimum of 50 mg",
            ),
        ];
        for (dose, often, expected) in table {
            let found = check_dose(&medicine(Some(dose), often), &least(50_000, DoseUnit::Mg));
            assert_eq!(found.words().as_deref(), Some(expected), "{dose}");
        }
    }

    #[test]
    fn what_can_not_be_compared_is_said_and_never_guessed() {
        use CantCompare::{Contradiction, NoDose, NotDaily, NotRead, OtherUnit};
        let table = [
            (None, Some(Frequency::OnceDaily), NoDose),
            (Some("1 tablet"), Some(Frequency::OnceDaily), NotRead),
            (Some("50 mg"), None, NotDaily),
            (Some("50 mg"), Some(Frequency::AsNeeded), NotDaily),
            (Some("50 mg"), Some(Frequency::Weekly), NotDaily),
            (Some("50 mg"), Some(Frequency::Other), NotDaily),
            (Some("50 mg daily"), Some(Frequency::TwiceDaily), Contradiction),
            (Some("5 mL"), Some(Frequency::OnceDaily), OtherUnit),
        ];
        for (dose, often, why) in table {
            let found = check_dose(&medicine(dose, often), &least(50_000, DoseUnit::Mg));
            assert_eq!(found, DoseCheck::CantCompare(why), "{dose:?}");
        }
        let units = check_dose(
            &medicine(Some("5 mL"), Some(Frequency::TwiceDaily)),
            &least(10_000, DoseUnit::Ml),
        );
        assert!(matches!(units, DoseCheck::Reached { .. }));
    }
}
