//! From the seconds of a month to codes and units.

use serde::Serialize;
use serde_json::json;
use thiserror::Error;

use crate::journal::{Month, Seconds};

use super::code::{Code, CodeUnits};
use super::profile::{Profile, ProfileError};
use super::values::{Key, Paid};

/// What kind of month it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthKind {
    /// The first calendar month of collaborative care.
    Initial,
    /// A later month of collaborative care.
    Subsequent,
    /// General behavioral health integration, under a physician's, nurse practitioner's or physician assistant's NPI.
    GeneralBhi,
    /// General integration under the NPI of a psychologist, clinical social worker, counselor or family therapist.
    TherapistBhi,
}

impl MonthKind {
    /// For a sentence: "initial month".
    pub fn words(self) -> &'static str {
        match self {
            Self::Initial => "initial month",
            Self::Subsequent => "later month",
            Self::GeneralBhi => "month of general behavioral health integration",
            Self::TherapistBhi => "month of general behavioral health integration under a therapist's NPI",
        }
    }
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
    /// An add-on to advanced primary care management takes the place of the code by minutes; no rule of CMS says so.
    ApcmUnsettled,
    /// The payer pays a case rate.
    CaseRate,
    /// The payer doesn't pay for it separately.
    NotPaid,
    /// The profile is for general integration only.
    GeneralOnly,
}

impl Warning {
    /// A word for files, such as `unsettled` or `capped`.
    pub fn token(&self) -> &'static str {
        match self {
            Self::Unsettled { .. } => "unsettled",
            Self::ManyAddOns { .. } => "many-add-ons",
            Self::Capped { .. } => "capped",
            Self::ApcmUnsettled => "apcm-unsettled",
            Self::CaseRate => "case-rate",
            Self::NotPaid => "not-paid",
            Self::GeneralOnly => "general-only",
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
            Self::ApcmUnsettled => {
                "This add-on takes the place of the code by minutes, and needs G0556, G0557 or G0558 by the \
                 same practitioner in the same month. CMS printed no rule for the two together: ask your biller."
                    .to_owned()
            }
            Self::CaseRate => {
                "This payer profile pays a case rate for the month, not codes by minutes: bill it as the payer \
                 says."
                    .to_owned()
            }
            Self::NotPaid => {
                "This payer profile doesn't pay for this separately, and the member may not be billed for it."
                    .to_owned()
            }
            Self::GeneralOnly => {
                "This payer profile is for general behavioral health integration only: time of collaborative \
                 care supports no code under it."
                    .to_owned()
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
    /// The codes by minutes that an add-on to advanced primary care management takes the place of.
    pub instead_of: Vec<CodeUnits>,
}

impl Suggestion {
    fn empty(seconds: Seconds) -> Self {
        Self {
            minutes: seconds.whole_minutes(),
            codes: Vec::new(),
            uncapped_add_ons: 0,
            next: None,
            warnings: Vec::new(),
            instead_of: Vec::new(),
        }
    }
    fn nothing(seconds: Seconds, warning: Warning) -> Self {
        Self {
            warnings: vec![warning],
            ..Self::empty(seconds)
        }
    }
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

/// What a month's countable seconds support under a profile, as it is now. Gates aren't looked at here.
///
/// Thresholds are compared in seconds, which for thresholds in whole minutes is the same as flooring the sum
/// once; for a strict threshold (more than 70 minutes) a single second counts, as in the registry that it is from.
pub fn codes(profile: &Profile, kind: MonthKind, seconds: Seconds) -> Suggestion {
    codes_in(profile, kind, seconds, None)
}

/// As [`codes`], for a calendar month: what has an end, such as G0512, depends on it. Without one it is read as of a
/// month in which nothing that has an end is left.
pub fn codes_in(profile: &Profile, kind: MonthKind, seconds: Seconds, month: Option<Month>) -> Suggestion {
    let is_general = matches!(kind, MonthKind::GeneralBhi | MonthKind::TherapistBhi);
    match profile.paid() {
        Paid::Separately if is_general => return of_general(profile, kind, seconds),
        Paid::GeneralOnly if is_general => return of_general(profile, kind, seconds),
        Paid::Separately => {}
        Paid::CaseRate if is_general => return of_general(profile, kind, seconds),
        Paid::CaseRate => return Suggestion::nothing(seconds, Warning::CaseRate),
        Paid::Not => return Suggestion::nothing(seconds, Warning::NotPaid),
        Paid::GeneralOnly => return Suggestion::nothing(seconds, Warning::GeneralOnly),
    }
    let (ladder, add_on, center) = match kind {
        MonthKind::Initial => (&INITIAL, Code::G0568, Key::G0512InitialFrom),
        _ => (&SUBSEQUENT, Code::G0569, Key::G0512SubsequentFrom),
    };
    if profile.is_health_center_month(month) {
        return single(profile.number(center), Code::G0512, seconds);
    }
    let by_minutes = collaborative(profile, ladder, seconds);
    if profile.number(Key::Apcm) == 0 {
        return by_minutes;
    }
    with_apcm(profile, by_minutes, add_on, ladder.code, seconds)
}

/// One code from a number of seconds on, once a month.
fn single(from: u32, code: Code, seconds: Seconds) -> Suggestion {
    let reached = seconds.0 >= from.max(1);
    Suggestion {
        codes: if reached {
            vec![CodeUnits::one(code)]
        } else {
            Vec::new()
        },
        next: (!reached).then(|| next(code, from.max(1))),
        ..Suggestion::empty(seconds)
    }
}

fn of_general(profile: &Profile, kind: MonthKind, seconds: Seconds) -> Suggestion {
    let from = profile.number(Key::BhiFrom);
    if kind == MonthKind::TherapistBhi {
        return single(from, Code::G0323, seconds);
    }
    let by_minutes = single(from, Code::C99484, seconds);
    if profile.number(Key::Apcm) == 0 {
        return by_minutes;
    }
    with_apcm(profile, by_minutes, Code::G0570, Code::C99484, seconds)
}

/// The add-on in place of the code that it mirrors: either one or the other (FairPath; NEH-Psychiatry/MedSync8). CMS
/// printed no sentence on the two together, so it is said, and the codes by minutes stay beside it.
fn with_apcm(profile: &Profile, by_minutes: Suggestion, add_on: Code, mirror: Code, seconds: Seconds) -> Suggestion {
    let needs_minutes = profile.number(Key::ApcmMinutes) == 1;
    let reached = match needs_minutes {
        true => by_minutes.codes.iter().any(|code| code.code == mirror),
        false => seconds.whole_minutes() > 0,
    };
    if !reached {
        let next = match (needs_minutes, by_minutes.next) {
            (true, Some(next)) if next.code == mirror => Some(Next { code: add_on, ..next }),
            (true, other) => other,
            (false, _) => Some(next(add_on, 60)),
        };
        return Suggestion { next, ..by_minutes };
    }
    Suggestion {
        codes: vec![CodeUnits::one(add_on)],
        next: None,
        warnings: vec![Warning::ApcmUnsettled],
        uncapped_add_ons: 0,
        instead_of: by_minutes.codes,
        ..Suggestion::empty(seconds)
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
        codes.push(CodeUnits::one(ladder.code));
        if units > 0 {
            codes.push(CodeUnits {
                code: Code::C99494,
                units,
            });
        }
    } else if short.is_some_and(|short| seconds >= short) {
        codes.push(CodeUnits::one(Code::G2214));
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
        codes,
        uncapped_add_ons: if seconds.0 >= from { reached } else { 0 },
        next,
        warnings,
        ..Suggestion::empty(seconds)
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
    #[error("the kind of month is initial, subsequent or bhi (bhi-therapist under a therapist's own NPI), not {0:?}")]
    Kind(String),
}

/// The codes of a number of seconds as JSON: `{codes: [{code, units}], next: {code, at_minutes}, warnings: []}`;
/// `next` is null when nothing more can be reached, warnings are words.
pub fn inspect_codes(payer: &str, kind: &str, seconds: u32) -> Result<serde_json::Value, InspectError> {
    inspect_codes_in(payer, kind, seconds, None)
}

/// As [`inspect_codes`], for a calendar month.
pub fn inspect_codes_in(
    payer: &str,
    kind: &str,
    seconds: u32,
    month: Option<Month>,
) -> Result<serde_json::Value, InspectError> {
    let profile = Profile::shipped(payer)?;
    let kind = match kind {
        "initial" => MonthKind::Initial,
        "subsequent" => MonthKind::Subsequent,
        "bhi" => MonthKind::GeneralBhi,
        "bhi-therapist" => MonthKind::TherapistBhi,
        other => return Err(InspectError::Kind(other.to_owned())),
    };
    let suggestion = codes_in(&profile, kind, Seconds(seconds), month);
    let warnings: Vec<&str> = suggestion.warnings.iter().map(Warning::token).collect();
    let mut said = json!({ "codes": suggestion.codes, "next": suggestion.next, "warnings": warnings });
    if let (Some(said), false) = (said.as_object_mut(), suggestion.instead_of.is_empty()) {
        said.insert("instead_of".into(), json!(suggestion.instead_of));
    }
    Ok(said)
}

#[cfg(test)]
mod tests;
