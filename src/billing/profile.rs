//! Payer profiles: named sets of numbers. A clinic takes a shipped one or changes it; none is a payer's own word.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::flowsheet::Flowsheet;
use crate::journal::facts::{Activity, PayerProfileChange};
use crate::journal::{Day, Seconds};

use super::team::WhoseTime;
use super::values::{Key, Standing};

/// The profile used where none was chosen.
pub const DEFAULT_PROFILE: &str = "midpoint-g2214-16";

/// A named set of numbers: thresholds, limits, gates, and which activities count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    name: String,
    about: String,
    /// By key, in the order of [`Key::ALL`].
    numbers: Vec<u32>,
    activities: BTreeSet<Activity>,
}

/// One number of a profile, for a page that shows where each comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name in a saved profile.
    pub name: String,
    /// The number; times are seconds.
    pub number: u32,
    /// How well it is known. A number that the clinic changed is unverified.
    pub standing: Standing,
    /// Where it comes from.
    pub source: &'static str,
}

/// What a profile does when a gate isn't met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateRule {
    /// It isn't asked for.
    Off,
    /// It is shown; the codes stay.
    Warn,
    /// No code is suggested for billing until it is met.
    Block,
}

/// Why a profile can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// No shipped profile has this name.
    #[error("there is no payer profile named {0:?}; the names are {names}", names = Profile::names().collect::<Vec<_>>().join(", "))]
    Unknown(String),
    /// No value has this name.
    #[error("a payer profile has no value named {0:?}")]
    UnknownValue(String),
    /// A value lies outside what it can be.
    #[error("the payer profile's value {name} can't be {number}: {why}")]
    OutOfRange {
        /// Which value.
        name: String,
        /// What it was to be.
        number: u32,
        /// What it can be.
        why: &'static str,
    },
    /// Two values contradict each other.
    #[error("the payer profile contradicts itself: {0}")]
    Contradiction(&'static str),
}

/// A shipped profile: name, what it is, and the values in which it differs from the default.
type Shipped = (&'static str, &'static str, &'static [(Key, u32)]);

const SHIPPED: &[Shipped] = &[
    (
        DEFAULT_PROFILE,
        "CPT midpoint; G2214 from 16 minutes, which is disputed",
        &[],
    ),
    (
        "midpoint-g2214-30",
        "CPT midpoint; G2214 from 30 minutes",
        &[(Key::G2214From, 1800), (Key::G2214OtherReading, 0)],
    ),
    (
        "midpoint-no-g2214",
        "CPT midpoint; G2214 not covered, as WI Medicaid (NEH-Psychiatry/MedSync8) and Virginia Medicaid's list of codes have it",
        &[(Key::G2214From, 0), (Key::G2214OtherReading, 0)],
    ),
    (
        "midpoint-cap2",
        "CPT midpoint; two 99494 a month at most, as rate models have it; Medicare's own limit is unverified",
        &[(Key::AddOnCap, 2)],
    ),
    (
        "midpoint-cap4",
        "CPT midpoint; four 99494 a month at most, as NC Medicaid has it since 2024-07-01",
        &[(Key::AddOnCap, 4)],
    ),
    (
        "full-time-strict",
        "more than 70 or 60 minutes, a 99494 for each whole 30 beyond, no G2214: akello-io/akello, services/reports.py",
        &[
            (Key::InitialFrom, 70 * 60 + 1),
            (Key::InitialAddOnFrom, 100 * 60),
            (Key::SubsequentFrom, 60 * 60 + 1),
            (Key::SubsequentAddOnFrom, 90 * 60),
            (Key::G2214From, 0),
            (Key::G2214OtherReading, 0),
        ],
    ),
    (
        "full-time-inclusive",
        "70 or 60 minutes and more, otherwise as full-time-strict: https://d3rx.com/medicare/99493-collaborative-care-subsequent, https://medpayiq.com/cpt/99492",
        &[
            (Key::InitialFrom, 70 * 60),
            (Key::InitialAddOnFrom, 100 * 60),
            (Key::SubsequentFrom, 60 * 60),
            (Key::SubsequentAddOnFrom, 90 * 60),
            (Key::G2214From, 0),
            (Key::G2214OtherReading, 0),
        ],
    ),
];

/// Activities that count unless a profile says otherwise. Elements of the CPT codes, the AIMS Center's
/// workbook and MedStar Health's billable orders (CCL-Team/B41_Version); charting and chart review are
/// counted by MedStar and called administrative by AIMS.
const COUNTED: &[Activity] = &[
    Activity::Outreach,
    Activity::WarmHandoff,
    Activity::Assessment,
    Activity::Scales,
    Activity::FollowUp,
    Activity::Intervention,
    Activity::Group,
    Activity::Family,
    Activity::MedicationSupport,
    Activity::CaseloadReview,
    Activity::PsychiatricConsult,
    Activity::ClinicianCollaboration,
    Activity::Coordination,
    Activity::Registry,
    Activity::PlanRevision,
    Activity::Crisis,
    Activity::RelapsePlanning,
    Activity::ChartReview,
    Activity::Documentation,
];

/// The shipped default, the first in the list.
impl Default for Profile {
    fn default() -> Self {
        let (name, about, differs) = SHIPPED[0];
        Self::of(name, about, differs)
    }
}

impl Profile {
    /// A shipped profile by name.
    pub fn shipped(name: &str) -> Result<Self, ProfileError> {
        let (name, about, differs) = SHIPPED
            .iter()
            .find(|(shipped, ..)| *shipped == name)
            .ok_or_else(|| ProfileError::Unknown(name.to_owned()))?;
        Ok(Self::of(name, about, differs))
    }
    fn of(name: &str, about: &str, differs: &[(Key, u32)]) -> Self {
        let differing: BTreeMap<Key, u32> = differs.iter().copied().collect();
        let number = |key: &Key| differing.get(key).copied().unwrap_or_else(|| key.default_value());
        Self {
            name: name.to_owned(),
            about: about.to_owned(),
            numbers: Key::ALL.iter().map(number).collect(),
            activities: COUNTED.iter().copied().collect(),
        }
    }
    /// The names of the shipped profiles, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, ..)| *name)
    }
    /// A clinic's own profile: a shipped one with changed values. Besides the names in [`Key`], a value
    /// `count_` and an activity's name, 0 or 1, says whether that activity counts (`count_documentation`).
    /// Naming the least time for G2214 settles it.
    pub fn changed(change: &PayerProfileChange) -> Result<Self, ProfileError> {
        let mut profile = Self::shipped(&change.base)?;
        profile.name.clone_from(&change.name);
        profile.about = format!("{}, changed by the clinic", change.base);
        if change.values.contains_key(Key::G2214From.name()) {
            profile.put(Key::G2214OtherReading, 0);
        }
        for (name, number) in &change.values {
            profile.set(name, *number)?;
        }
        profile.check()?;
        Ok(profile)
    }
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// What it is, in a line.
    pub fn about(&self) -> &str {
        &self.about
    }
    /// A number.
    pub fn number(&self, key: Key) -> u32 {
        self.numbers
            .get(key as usize)
            .copied()
            .unwrap_or_else(|| key.default_value())
    }
    /// A length of time; `None` for a 0 that stands for "not at all".
    pub fn time(&self, key: Key) -> Option<Seconds> {
        Some(Seconds(self.number(key))).filter(|s| s.0 > 0)
    }
    /// What it does when a gate isn't met.
    pub fn gate(&self, key: Key) -> GateRule {
        match self.number(key) {
            0 => GateRule::Off,
            1 => GateRule::Warn,
            _ => GateRule::Block,
        }
    }
    /// Whether time on an activity counts.
    pub fn counts(&self, activity: Activity) -> bool {
        self.activities.contains(&activity)
    }
    pub(super) fn whose_time(&self) -> WhoseTime {
        if self.number(Key::TeamTime) == 0 {
            WhoseTime::CareManager
        } else {
            WhoseTime::WholeTeam
        }
    }
    /// Every number with its source.
    pub fn values(&self) -> Vec<Value> {
        let value = |key: &Key| {
            let number = self.number(*key);
            let standing = if number == key.default_value() {
                key.standing()
            } else {
                Standing::Unverified
            };
            Value {
                name: key.name().to_owned(),
                number,
                standing,
                source: key.source(),
            }
        };
        Key::ALL.iter().map(value).collect()
    }
    fn set(&mut self, name: &str, number: u32) -> Result<(), ProfileError> {
        let out = |why| ProfileError::OutOfRange {
            name: name.to_owned(),
            number,
            why,
        };
        if let Some(activity) = name.strip_prefix("count_").and_then(activity_named) {
            match number {
                0 => self.activities.remove(&activity),
                1 => self.activities.insert(activity),
                _ => return Err(out("it is 0 or 1")),
            };
            return Ok(());
        }
        let unknown = || ProfileError::UnknownValue(name.to_owned());
        let key = Key::ALL
            .iter()
            .copied()
            .find(|k| k.name() == name)
            .ok_or_else(unknown)?;
        let (most, why) = most(key);
        if number > most {
            return Err(out(why));
        }
        self.put(key, number);
        Ok(())
    }
    fn put(&mut self, key: Key, number: u32) {
        if let Some(slot) = self.numbers.get_mut(key as usize) {
            *slot = number;
        }
    }
    fn check(&self) -> Result<(), ProfileError> {
        use Key::*;
        let n = |key| self.number(key);
        let ordered = [
            (n(AddOnEvery) > 0, "the time from one add-on unit to the next is 0"),
            (
                n(InitialFrom) > 0 && n(SubsequentFrom) > 0 && n(BhiFrom) > 0,
                "a code would be given for no time",
            ),
            (
                n(InitialFrom) < n(InitialAddOnFrom),
                "the initial month's add-on starts before its code",
            ),
            (
                n(SubsequentFrom) < n(SubsequentAddOnFrom),
                "a later month's add-on starts before its code",
            ),
            (
                n(G2214From) <= n(InitialFrom).min(n(SubsequentFrom)),
                "G2214 starts after the codes that it is less than",
            ),
        ];
        match ordered.iter().find(|(holds, _)| !holds) {
            Some((_, why)) => Err(ProfileError::Contradiction(why)),
            None => Ok(()),
        }
    }
}

/// The profile of each patient: the payer's where one is named, the clinic's otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    clinic: Profile,
    by_name: BTreeMap<String, Profile>,
}

impl Profiles {
    /// The shipped profiles, those that the clinic changed, and the one that the clinic uses by default.
    pub fn new(clinic: &str, changes: &[PayerProfileChange]) -> Result<Self, ProfileError> {
        let shipped = Profile::names().map(Profile::shipped);
        let own = changes.iter().map(Profile::changed);
        let all: Result<Vec<_>, _> = shipped.chain(own).collect();
        let by_name: BTreeMap<_, _> = all?.into_iter().map(|p| (p.name.clone(), p)).collect();
        let clinic = by_name
            .get(clinic)
            .cloned()
            .ok_or_else(|| ProfileError::Unknown(clinic.to_owned()))?;
        Ok(Self { clinic, by_name })
    }
    /// One profile for everybody, whatever the charts name.
    pub fn only(profile: Profile) -> Self {
        Self {
            clinic: profile,
            by_name: BTreeMap::new(),
        }
    }
    /// The clinic's own default.
    pub fn clinic(&self) -> &Profile {
        &self.clinic
    }
    /// A profile by name.
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.by_name.get(name)
    }
    /// A patient's profile on a day: the one that the payer of that day names, where it is known here.
    pub fn of(&self, sheet: &Flowsheet, day: Day) -> &Profile {
        let payer = sheet.gates.payers.iter().rev().find(|(from, ..)| *from <= day);
        let named = payer.and_then(|(_, _, profile)| profile.as_deref());
        named.and_then(|name| self.by_name.get(name)).unwrap_or(&self.clinic)
    }
}

/// The greatest value that makes sense, and what to say above it.
fn most(key: Key) -> (u32, &'static str) {
    match key {
        Key::GateConsent
        | Key::GateDiagnosis
        | Key::GateVisit
        | Key::GateScale
        | Key::GateReview
        | Key::GatePractitioner => (2, "it is 0 (not asked), 1 (warn) or 2 (block)"),
        Key::TeamTime => (1, "it is 0 or 1"),
        Key::AddOnCap | Key::AddOnWarnAbove => (99, "it is 99 units at most"),
        Key::ResetAfterMonths => (120, "it is 120 months at most"),
        Key::VisitWithinDays => (3660, "it is 3660 days at most"),
        _ => (24 * 3600, "it is 24 hours at most"),
    }
}

/// The activity of a name such as `chart_review`.
fn activity_named(name: &str) -> Option<Activity> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(base: &str, values: &[(&str, u32)]) -> PayerProfileChange {
        let values = values.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
        PayerProfileChange {
            name: "ours".into(),
            base: base.into(),
            values,
        }
    }

    #[test]
    fn every_shipped_profile_is_free_of_contradictions_and_names_a_source_for_each_number() {
        for name in Profile::names() {
            let profile = Profile::shipped(name).unwrap();
            profile.check().unwrap();
            assert!(profile.values().iter().all(|v| !v.source.is_empty()), "{name}");
        }
        let default = Profile::shipped(DEFAULT_PROFILE).unwrap();
        let disputed: Vec<_> = default
            .values()
            .into_iter()
            .filter(|v| v.standing == Standing::Disputed)
            .collect();
        assert_eq!(disputed[0].name, "g2214_from_seconds");
    }

    #[test]
    fn the_seven_names_are_those_of_the_manual() {
        let names: Vec<_> = Profile::names().collect();
        assert_eq!(
            names,
            [
                "midpoint-g2214-16",
                "midpoint-g2214-30",
                "midpoint-no-g2214",
                "midpoint-cap2",
                "midpoint-cap4",
                "full-time-strict",
                "full-time-inclusive",
            ]
        );
    }

    #[test]
    fn a_clinic_changes_single_values_and_switches_activities() {
        let ours = Profile::changed(&change(
            DEFAULT_PROFILE,
            &[("count_documentation", 0), ("add_on_cap", 3)],
        ))
        .unwrap();
        assert!(!ours.counts(Activity::Documentation));
        assert!(ours.counts(Activity::ChartReview));
        assert_eq!((ours.name(), ours.number(Key::AddOnCap)), ("ours", 3));
        assert_eq!(ours.number(Key::G2214OtherReading), 1800, "still unsettled");
    }

    #[test]
    fn naming_the_least_time_for_g2214_settles_it() {
        let ours = Profile::changed(&change(DEFAULT_PROFILE, &[("g2214_from_seconds", 960)])).unwrap();
        assert_eq!(
            (ours.number(Key::G2214From), ours.time(Key::G2214OtherReading)),
            (960, None)
        );
    }

    #[test]
    fn a_profile_with_holes_or_contradictions_is_refused_in_one_sentence() {
        type Case = (&'static str, &'static [(&'static str, u32)], &'static str);
        let cases: &[Case] = &[
            ("nobody", &[], "there is no payer profile named"),
            (DEFAULT_PROFILE, &[("no_such", 1)], "has no value named"),
            (
                DEFAULT_PROFILE,
                &[("gate_consent", 3)],
                "0 (not asked), 1 (warn) or 2 (block)",
            ),
            (DEFAULT_PROFILE, &[("count_travel", 2)], "0 or 1"),
            (DEFAULT_PROFILE, &[("add_on_every_seconds", 0)], "contradicts itself"),
            (
                DEFAULT_PROFILE,
                &[("initial_from_seconds", 6000)],
                "starts before its code",
            ),
            (DEFAULT_PROFILE, &[("g2214_from_seconds", 2000)], "G2214 starts after"),
        ];
        for (base, values, says) in cases {
            let error = Profile::changed(&change(base, values)).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn the_payer_of_the_day_names_the_profile_and_an_unknown_name_falls_back_to_the_clinic() {
        let mut sheet = Flowsheet::empty(crate::journal::ChartId::from_random([1; 16]));
        let day = |d| Day::new(2026, 3, d).unwrap();
        sheet.gates.payers = vec![
            (day(1), "A".into(), Some("midpoint-cap4".into())),
            (day(10), "B".into(), Some("somebody's".into())),
            (day(20), "C".into(), None),
        ];
        let profiles = Profiles::new("midpoint-g2214-30", &[]).unwrap();
        for (d, name) in [
            (5, "midpoint-cap4"),
            (15, "midpoint-g2214-30"),
            (25, "midpoint-g2214-30"),
        ] {
            assert_eq!(profiles.of(&sheet, day(d)).name(), name);
        }
        assert!(Profiles::new("nobody", &[]).is_err());
    }
}
