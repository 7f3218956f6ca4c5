//! From the seconds of a month to codes and units.

use serde::Serialize;
use serde_json::json;
use thiserror::Error;

use crate::journal::Seconds;

use super::profile::{Profile, ProfileError};
use super::values::Key;

/// A billing code. Descriptors are the AMA's and aren't here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// General behavioral health integration, one a month.
    C99484,
    /// First 30 minutes of collaborative care in a month.
    G2214,
    /// Collaborative care, initial month.
    C99492,
    /// Collaborative care, later month.
    C99493,
    /// Each further 30 minutes, with 99492 or 99493 only.
    C99494,
}

impl Code {
    /// The code as a claim has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::C99484 => "99484",
            Self::G2214 => "G2214",
            Self::C99492 => "99492",
            Self::C99493 => "99493",
            Self::C99494 => "99494",
        }
    }
    /// What it is, in our own words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::C99484 => "general behavioral health integration, the month",
            Self::G2214 => "collaborative care, a short month",
            Self::C99492 => "collaborative care, the initial month",
            Self::C99493 => "collaborative care, a later month",
            Self::C99494 => "collaborative care, each further half hour",
        }
    }
}

impl Code {
    /// What it stands for and when it is reached, in a sentence of our own; the minutes are those of the default
    /// profile (section 3 of the sources named in `values.rs`).
    pub fn about(self) -> &'static str {
        match self {
            Self::C99484 => {
                "General behavioral health integration: a month of at least 20 minutes, without a registry or a \
                 psychiatric consultant. Not together with the others."
            }
            Self::G2214 => {
                "Collaborative care in a short month, first or later, in which the minutes don't reach 99492 or 99493. \
                 Not every payer covers it, and sources differ on whether it takes 16 or 30 minutes."
            }
            Self::C99492 => {
                "Collaborative care, the first calendar month: 70 minutes, from 36 on by the midpoint rule."
            }
            Self::C99493 => "Collaborative care, any later month: 60 minutes, from 31 on by the midpoint rule.",
            Self::C99494 => {
                "Each further half hour of a month of 99492 or 99493, from 16 minutes past its full time on."
            }
        }
    }
    /// All codes, the base codes first.
    pub const ALL: [Self; 5] = [Self::C99492, Self::C99493, Self::C99494, Self::G2214, Self::C99484];
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

/// What kind of month it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthKind {
    /// The first calendar month of collaborative care.
    Initial,
    /// A later month of collaborative care.
    Subsequent,
    /// General behavioral health integration.
    GeneralBhi,
}

impl MonthKind {
    /// For a sentence: "initial month".
    pub fn words(self) -> &'static str {
        match self {
            Self::Initial => "initial month",
            Self::Subsequent => "later month",
            Self::GeneralBhi => "month of general behavioral health integration",
        }
    }
}

/// A code with its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CodeUnits {
    /// Which code.
    pub code: Code,
    /// How many units.
    pub units: u32,
}

/// The next code that more minutes reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Next {
    /// Which code.
    pub code: Code,
    /// At how many whole minutes of the month.
    pub at_minutes: u32,
}

/// What has to be known about a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The result depends on the least time for G2214, on which sources disagree and the clinic hasn't chosen.
    Unsettled {
        /// The reading used, in minutes.
        used: u32,
        /// The other reading, in minutes.
        other: u32,
    },
    /// More add-on units than published rate models hold; Medicare's limit is unverified.
    ManyAddOns {
        /// Units suggested.
        units: u32,
        /// Units above which this shows.
        above: u32,
    },
    /// The minutes reach more add-on units than the payer allows.
    Capped {
        /// Units that the minutes reach.
        reached: u32,
        /// Units allowed.
        cap: u32,
    },
}

impl Warning {
    /// A word for files: `unsettled`, `many-add-ons`, `capped`.
    pub fn token(&self) -> &'static str {
        match self {
            Self::Unsettled { .. } => "unsettled",
            Self::ManyAddOns { .. } => "many-add-ons",
            Self::Capped { .. } => "capped",
        }
    }
    /// A sentence for a page.
    pub fn sentence(&self) -> String {
        match self {
            Self::Unsettled { used, other } => format!(
                "Sources disagree whether G2214 starts at {used} or {other} minutes; choose a reading for this payer in Settings."
            ),
            Self::ManyAddOns { units, above } => format!(
                "{units} units of 99494 are more than {above}: check the payer's limit on units before you send this."
            ),
            Self::Capped { reached, cap } => {
                format!("The minutes reach {reached} units of 99494; this payer profile allows {cap}.")
            }
        }
    }
}

/// What the minutes of a month support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Whole minutes, floored once from the sum of seconds.
    pub minutes: u32,
    /// Codes with units, as far as the profile allows.
    pub codes: Vec<CodeUnits>,
    /// Units of 99494 that the minutes reach, without the profile's limit.
    pub uncapped_add_ons: u32,
    /// The next code that more minutes reach; `None` when nothing more can be reached.
    pub next: Option<Next>,
    /// What has to be known.
    pub warnings: Vec<Warning>,
}

impl Suggestion {
    /// Whether the result depends on a choice that the clinic hasn't made: such a month stays out of totals.
    pub fn is_unsettled(&self) -> bool {
        self.warnings.iter().any(|w| matches!(w, Warning::Unsettled { .. }))
            && self.codes.iter().any(|c| c.code == Code::G2214)
    }
    /// Minutes that are still missing for the next code.
    pub fn minutes_to_next(&self) -> Option<u32> {
        self.next.map(|next| next.at_minutes.saturating_sub(self.minutes))
    }
}

/// What a month's countable seconds support under a profile. Gates aren't looked at here.
///
/// Thresholds are compared in seconds, which for thresholds in whole minutes is the same as flooring the sum
/// once; for a strict threshold (more than 70 minutes) a single second counts, as in the registry that it is from.
pub fn codes(profile: &Profile, kind: MonthKind, seconds: Seconds) -> Suggestion {
    match kind {
        MonthKind::Initial => collaborative(profile, &INITIAL, seconds),
        MonthKind::Subsequent => collaborative(profile, &SUBSEQUENT, seconds),
        MonthKind::GeneralBhi => general_bhi(profile, seconds),
    }
}

/// The thresholds of one kind of month.
struct Ladder {
    code: Code,
    from: Key,
    add_on_from: Key,
}

const INITIAL: Ladder = Ladder {
    code: Code::C99492,
    from: Key::InitialFrom,
    add_on_from: Key::InitialAddOnFrom,
};
const SUBSEQUENT: Ladder = Ladder {
    code: Code::C99493,
    from: Key::SubsequentFrom,
    add_on_from: Key::SubsequentAddOnFrom,
};

fn collaborative(profile: &Profile, ladder: &Ladder, seconds: Seconds) -> Suggestion {
    let from = profile.number(ladder.from);
    let first_add_on = profile.number(ladder.add_on_from);
    let every = profile.number(Key::AddOnEvery).max(1);
    let short = profile.time(Key::G2214From).filter(|short| short.0 < from);

    let reached = seconds.0.checked_sub(first_add_on).map_or(0, |past| past / every + 1);
    let cap = Some(profile.number(Key::AddOnCap)).filter(|cap| *cap > 0);
    let units = cap.map_or(reached, |cap| reached.min(cap));

    let mut codes = Vec::new();
    if seconds.0 >= from {
        codes.push(CodeUnits {
            code: ladder.code,
            units: 1,
        });
        if units > 0 {
            codes.push(CodeUnits {
                code: Code::C99494,
                units,
            });
        }
    } else if short.is_some_and(|short| seconds >= short) {
        codes.push(CodeUnits {
            code: Code::G2214,
            units: 1,
        });
    }

    let next = if seconds.0 >= from {
        let another = cap.is_none_or(|cap| units < cap);
        another.then(|| next(Code::C99494, first_add_on + every * reached))
    } else {
        match short.filter(|short| seconds < *short) {
            Some(short) => Some(next(Code::G2214, short.0)),
            None => Some(next(ladder.code, from)),
        }
    };

    let mut warnings = Vec::new();
    if let (Some(short), Some(other)) = (short, profile.time(Key::G2214OtherReading)) {
        let (used, other) = (whole_minutes_of(short.0), whole_minutes_of(other.0));
        if seconds.0 < from && seconds.whole_minutes() < used.max(other) {
            warnings.push(Warning::Unsettled { used, other });
        }
    }
    let above = profile.number(Key::AddOnWarnAbove);
    if units > above {
        warnings.push(Warning::ManyAddOns { units, above });
    }
    if let Some(cap) = cap.filter(|cap| reached > *cap) {
        warnings.push(Warning::Capped { reached, cap });
    }
    Suggestion {
        minutes: seconds.whole_minutes(),
        codes,
        uncapped_add_ons: reached,
        next,
        warnings,
    }
}

fn general_bhi(profile: &Profile, seconds: Seconds) -> Suggestion {
    let from = profile.number(Key::BhiFrom);
    let reached = seconds.0 >= from;
    Suggestion {
        minutes: seconds.whole_minutes(),
        codes: if reached {
            vec![CodeUnits {
                code: Code::C99484,
                units: 1,
            }]
        } else {
            Vec::new()
        },
        uncapped_add_ons: 0,
        next: (!reached).then(|| next(Code::C99484, from)),
        warnings: Vec::new(),
    }
}

fn next(code: Code, seconds: u32) -> Next {
    Next {
        code,
        at_minutes: whole_minutes_of(seconds),
    }
}

/// The first whole minute at which a threshold is reached.
fn whole_minutes_of(seconds: u32) -> u32 {
    seconds.div_ceil(60)
}

/// Why the codes of a number of seconds can't be told.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InspectError {
    /// The profile is not there.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The kind of month is not one.
    #[error("the kind of month is initial, subsequent or bhi, not {0:?}")]
    Kind(String),
}

/// The codes of a number of seconds as JSON: `{codes: [{code, units}], next: {code, at_minutes}, warnings: []}`;
/// `next` is null when nothing more can be reached, warnings are words.
pub fn inspect_codes(payer: &str, kind: &str, seconds: u32) -> Result<serde_json::Value, InspectError> {
    let profile = Profile::shipped(payer)?;
    let kind = match kind {
        "initial" => MonthKind::Initial,
        "subsequent" => MonthKind::Subsequent,
        "bhi" => MonthKind::GeneralBhi,
        other => return Err(InspectError::Kind(other.to_owned())),
    };
    let suggestion = codes(&profile, kind, Seconds(seconds));
    let warnings: Vec<&str> = suggestion.warnings.iter().map(Warning::token).collect();
    Ok(json!({ "codes": suggestion.codes, "next": suggestion.next, "warnings": warnings }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(payer: &str, kind: MonthKind, seconds: u32) -> String {
        let profile = Profile::shipped(payer).unwrap();
        let list = codes(&profile, kind, Seconds(seconds)).codes;
        let parts: Vec<String> = list
            .iter()
            .map(|c| format!("{}x{}", c.code.as_str(), c.units))
            .collect();
        parts.join("+")
    }

    #[test]
    fn the_bands_of_each_profile_begin_and_end_where_its_table_says() {
        use MonthKind::{Initial as I, Subsequent as S};
        let cases: &[(&str, MonthKind, u32, &str)] = &[
            ("midpoint-g2214-30", S, 29, ""),
            ("midpoint-g2214-30", S, 30, "G2214x1"),
            ("midpoint-g2214-30", I, 35, "G2214x1"),
            ("midpoint-no-g2214", I, 35, ""),
            ("midpoint-no-g2214", S, 31, "99493x1"),
            ("midpoint-cap2", S, 206, "99493x1+99494x2"),
            ("midpoint-cap4", S, 206, "99493x1+99494x4"),
            ("midpoint-g2214-16", S, 206, "99493x1+99494x5"),
            ("full-time-strict", I, 70, ""),
            ("full-time-strict", I, 71, "99492x1"),
            ("full-time-strict", S, 60, ""),
            ("full-time-strict", S, 90, "99493x1+99494x1"),
            ("full-time-strict", S, 29, ""),
            ("full-time-inclusive", I, 69, ""),
            ("full-time-inclusive", I, 70, "99492x1"),
            ("full-time-inclusive", I, 99, "99492x1"),
            ("full-time-inclusive", I, 100, "99492x1+99494x1"),
            ("full-time-inclusive", S, 60, "99493x1"),
        ];
        for (payer, kind, minutes, expected) in cases {
            assert_eq!(
                written(payer, *kind, minutes * 60),
                *expected,
                "{payer} {kind:?} {minutes}"
            );
        }
    }

    #[test]
    fn more_than_seventy_minutes_is_reached_by_one_second() {
        assert_eq!(written("full-time-strict", MonthKind::Initial, 70 * 60), "");
        assert_eq!(written("full-time-strict", MonthKind::Initial, 70 * 60 + 1), "99492x1");
    }

    #[test]
    fn fifty_nine_seconds_never_reach_a_minute() {
        assert_eq!(
            written("midpoint-g2214-16", MonthKind::Initial, 85 * 60 + 59),
            "99492x1"
        );
        assert_eq!(
            written("midpoint-g2214-16", MonthKind::Subsequent, 30 * 60 + 59),
            "G2214x1"
        );
    }

    #[test]
    fn the_unsettled_months_are_those_that_the_choice_would_change() {
        let profile = Profile::shipped("midpoint-g2214-16").unwrap();
        for (minutes, unsettled) in [(15, false), (16, true), (29, true), (30, false), (36, false)] {
            let suggestion = codes(&profile, MonthKind::Initial, Seconds(minutes * 60));
            assert_eq!(suggestion.is_unsettled(), unsettled, "{minutes}");
        }
        let settled = Profile::shipped("midpoint-g2214-30").unwrap();
        assert_eq!(codes(&settled, MonthKind::Initial, Seconds(20 * 60)).warnings, []);
    }

    #[test]
    fn a_limit_is_said_and_nothing_lies_beyond_it() {
        let profile = Profile::shipped("midpoint-cap4").unwrap();
        let month = codes(&profile, MonthKind::Subsequent, Seconds(300 * 60));
        assert_eq!((month.uncapped_add_ons, month.next), (8, None));
        let words: Vec<_> = month.warnings.iter().map(Warning::token).collect();
        assert_eq!(words, ["many-add-ons", "capped"]);
    }

    #[test]
    fn the_command_line_prints_codes_next_and_warnings() {
        let printed = inspect_codes("midpoint-g2214-16", "subsequent", 116 * 60).unwrap();
        assert_eq!(
            printed,
            json!({"codes": [{"code": "99493", "units": 1}, {"code": "99494", "units": 2}],
                   "next": {"code": "99494", "at_minutes": 136}, "warnings": []})
        );
        let short = inspect_codes("midpoint-g2214-16", "initial", 22 * 60).unwrap();
        assert_eq!(short["warnings"], json!(["unsettled"]));
        assert_eq!(
            inspect_codes("midpoint-cap2", "initial", 60 * 600).unwrap()["next"],
            json!(null)
        );
        assert!(inspect_codes("x", "initial", 1).is_err() && inspect_codes("midpoint-cap2", "x", 1).is_err());
    }

    fn worth(suggestion: &Suggestion) -> (u32, u32) {
        let of = |code| suggestion.codes.iter().find(|c| c.code == code).map_or(0, |c| c.units);
        let base = of(Code::G2214) + 2 * (of(Code::C99492) + of(Code::C99493) + of(Code::C99484));
        (base, of(Code::C99494))
    }

    proptest! {
        #[test]
        fn codes_never_fall_as_time_rises(
            name in prop::sample::select(Profile::names().collect::<Vec<_>>()),
            kind in prop::sample::select(vec![MonthKind::Initial, MonthKind::Subsequent, MonthKind::GeneralBhi]),
            seconds in 0u32..40_000, more in 0u32..4_000,
        ) {
            let profile = Profile::shipped(name).unwrap();
            let (less, more) = (codes(&profile, kind, Seconds(seconds)), codes(&profile, kind, Seconds(seconds + more)));
            prop_assert!(worth(&less) <= worth(&more));
        }

        #[test]
        fn the_next_code_is_reached_at_its_minute_and_not_a_minute_before(
            name in prop::sample::select(Profile::names().collect::<Vec<_>>()),
            kind in prop::sample::select(vec![MonthKind::Initial, MonthKind::Subsequent, MonthKind::GeneralBhi]),
            minutes in 0u32..400,
        ) {
            let profile = Profile::shipped(name).unwrap();
            let at = |m: u32| codes(&profile, kind, Seconds(m * 60));
            if let Some(next) = at(minutes).next {
                prop_assert!(next.at_minutes > minutes);
                prop_assert!(worth(&at(next.at_minutes)) > worth(&at(minutes)));
                prop_assert_eq!(worth(&at(next.at_minutes - 1)), worth(&at(minutes)));
            } else {
                prop_assert_eq!(worth(&at(minutes + 1000)), worth(&at(minutes)));
            }
        }

        #[test]
        fn the_add_on_never_stands_alone_nor_beside_the_short_month(
            name in prop::sample::select(Profile::names().collect::<Vec<_>>()), seconds in 0u32..40_000,
        ) {
            let profile = Profile::shipped(name).unwrap();
            let list = codes(&profile, MonthKind::Initial, Seconds(seconds)).codes;
            let has = |code| list.iter().any(|c| c.code == code);
            prop_assert!(!has(Code::C99494) || has(Code::C99492));
            prop_assert!(!(has(Code::G2214) && list.len() > 1));
        }
    }
}
