//! Payer profiles: named sets of numbers. A clinic takes a shipped one or changes it; none is a payer's own word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::Datelike;
use serde::Deserialize;
use thiserror::Error;

use crate::journal::facts::{Activity, OwnActivity, PayerProfileChange};
use crate::journal::{Month, Seconds};

use super::own::OwnActivities;
use super::team::WhoseTime;
use super::values::{Key, Paid, Standing};

/// The profile used where none was chosen.
pub const DEFAULT_PROFILE: &str = "midpoint-g2214-16";

/// A named set of numbers: thresholds, limits, gates, and which activities count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    name: String,
    about: String,
    /// By key, in the order of [`Key::ALL`].
    numbers: Vec<u32>,
    /// Where the numbers come from that are not the default's.
    sources: BTreeMap<Key, (Standing, String)>,
    /// Whether the others were not read for the payer that this is about.
    rest_unread: bool,
    activities: BTreeSet<Activity>,
    own: OwnActivities,
}

/// One number of a profile, for a page that shows where each comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Which.
    pub key: Key,
    /// Its name in a saved profile.
    pub name: String,
    /// The number; times are seconds.
    pub number: u32,
    /// How well it is known. A number that the clinic changed is unverified.
    pub standing: Standing,
    /// Where it comes from.
    pub source: String,
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

/// The shipped profiles as data: what each is, and the values in which it differs, with their sources.
static SHIPPED: LazyLock<Vec<Shipped>> =
    LazyLock::new(|| serde_json::from_str(include_str!("data/profiles.json")).unwrap_or_default());

/// The last month of what has no known end, as year and month.
const NO_END: u32 = 999_912;

/// A shipped profile.
#[derive(Deserialize)]
struct Shipped {
    name: String,
    about: String,
    /// Whether it is about one payer: then what the file doesn't say was not read for that payer.
    #[serde(default)]
    payer: bool,
    /// By name: the number, how well it is known, and the source.
    values: BTreeMap<String, (u32, Standing, String)>,
}

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
        Self {
            name: DEFAULT_PROFILE.to_owned(),
            about: "CPT midpoint; G2214 from 16 minutes, which is disputed".to_owned(),
            numbers: Key::ALL.iter().map(|key| key.default_value()).collect(),
            sources: BTreeMap::new(),
            rest_unread: false,
            activities: COUNTED.iter().copied().collect(),
            own: OwnActivities::default(),
        }
    }
}

impl Profile {
    /// A shipped profile by name.
    pub fn shipped(name: &str) -> Result<Self, ProfileError> {
        let shipped = SHIPPED.iter().find(|shipped| shipped.name == name);
        let shipped = shipped.ok_or_else(|| ProfileError::Unknown(name.to_owned()))?;
        let mut profile = Self {
            name: shipped.name.clone(),
            about: shipped.about.clone(),
            rest_unread: shipped.payer,
            ..Self::default()
        };
        for (name, (number, standing, source)) in &shipped.values {
            let key = Key::named(name).ok_or_else(|| ProfileError::UnknownValue(name.clone()))?;
            profile.put(key, *number);
            profile.sources.insert(key, (*standing, source.clone()));
        }
        Ok(profile)
    }
    /// The names of the shipped profiles, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|shipped| shipped.name.as_str())
    }
    /// A clinic's own profile: a shipped one with changed values. Besides the names in [`Key`], a value
    /// `count_` and an activity's name, 0 or 1, says whether that activity counts (`count_documentation`;
    /// `count_own:` and an id for one of the clinic's own). Naming the least time for G2214 settles it.
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
    /// The same with the clinic's choice about G2214 for a payer, in minutes; `None` where nothing is open about it, or
    /// the choice is neither of the two readings.
    pub fn with_g2214_from(&self, minutes: u32) -> Option<Self> {
        let (used, other) = self.g2214_readings()?;
        if ![used, other].contains(&minutes) {
            return None;
        }
        let mut settled = self.clone();
        settled.put(Key::G2214From, minutes * 60);
        settled.put(Key::G2214OtherReading, 0);
        let source = "chosen by the clinic for this payer: check it with the payer".to_owned();
        settled.sources.insert(Key::G2214From, (Standing::Unverified, source));
        settled.about = format!("{}; G2214 from {minutes} minutes, as chosen for this payer", self.name);
        Some(settled)
    }
    /// The two readings of the least time for G2214, in minutes, while the clinic hasn't chosen.
    pub fn g2214_readings(&self) -> Option<(u32, u32)> {
        let used = self.time(Key::G2214From)?;
        let other = self.time(Key::G2214OtherReading)?;
        Some((used.whole_minutes(), other.whole_minutes()))
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
    /// Whether time on an activity counts; one of the clinic's own: as this says of it, otherwise as it is defined.
    pub fn counts(&self, activity: Activity) -> bool {
        match activity {
            Activity::Own(id) => self.own.counts(id),
            _ => self.activities.contains(&activity),
        }
    }
    /// The same profile where the clinic has these activities of its own.
    pub fn with_own_activities<'o>(mut self, own: impl IntoIterator<Item = &'o OwnActivity>) -> Self {
        self.own.define(own);
        self
    }
    /// Whether an activity is a conversation within the care team.
    pub(super) fn is_in_the_team(&self, activity: Activity) -> bool {
        self.own.is_in_the_team(activity)
    }
    /// How collaborative care is paid.
    pub(super) fn paid(&self) -> Paid {
        match self.number(Key::PaidAs) {
            0 => Paid::Separately,
            1 => Paid::CaseRate,
            2 => Paid::Not,
            _ => Paid::GeneralOnly,
        }
    }
    /// Whether G0512 is reported in a month instead of the codes by minutes. Without a month: whether no end is known.
    pub(super) fn is_health_center_month(&self, month: Option<Month>) -> bool {
        let month = month.map_or(NO_END, |month| {
            let first = month.first().date();
            u32::try_from(first.year()).unwrap_or_default() * 100 + first.month()
        });
        let from = self.number(Key::G0512From);
        from > 0 && (from..=self.number(Key::G0512Until)).contains(&month)
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
            let (standing, source) = match self.sources.get(key) {
                Some((standing, source)) => (*standing, source.clone()),
                None if self.rest_unread => (
                    Standing::Unverified,
                    format!("not read for this payer; the default has it from: {}", key.source()),
                ),
                None => (key.standing(), key.source().to_owned()),
            };
            Value {
                key: *key,
                name: key.name().to_owned(),
                number,
                standing,
                source,
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
        if let Some(activity) = name.strip_prefix("count_").and_then(Activity::of_code) {
            match (activity, number) {
                (Activity::Own(id), 0 | 1) => self.own.say(id, number == 1),
                (_, 0) => drop(self.activities.remove(&activity)),
                (_, 1) => drop(self.activities.insert(activity)),
                _ => return Err(out("it is 0 or 1")),
            }
            return Ok(());
        }
        let unknown = || ProfileError::UnknownValue(name.to_owned());
        let key = Key::named(name).ok_or_else(unknown)?;
        let (most, why) = most(key);
        if number > most {
            return Err(out(why));
        }
        if number != self.number(key) {
            let source = "changed by the clinic: check it with the payer".to_owned();
            self.sources.insert(key, (Standing::Unverified, source));
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
            (n(G0512From) <= n(G0512Until), "G0512 ends before it starts"),
            (
                [G0512From, G0512Until].iter().all(|key| is_month(n(*key))),
                "a month of G0512 is not a year and a month from 01 to 12",
            ),
            (
                n(G0512InitialFrom) > 0 && n(G0512SubsequentFrom) > 0,
                "G0512 would be given for no time",
            ),
            (
                n(Apcm) == 1 || n(ApcmMinutes) == 0,
                "minutes are asked of add-ons that it doesn't have",
            ),
            (
                n(Apcm) == 0 || n(PaidAs) == 0,
                "it has add-ons for collaborative care that it doesn't pay by month",
            ),
        ];
        match ordered.iter().find(|(holds, _)| !holds) {
            Some((_, why)) => Err(ProfileError::Contradiction(why)),
            None => Ok(()),
        }
    }
}

/// Whether a number is a year and a month, or 0 for none.
fn is_month(number: u32) -> bool {
    number == 0 || (1..=12).contains(&(number % 100))
}

/// The greatest value that makes sense, and what to say above it.
fn most(key: Key) -> (u32, &'static str) {
    match key {
        Key::GateConsent
        | Key::GateDiagnosis
        | Key::GateVisit
        | Key::GateScale
        | Key::GateReview
        | Key::GatePlan
        | Key::GateNpi
        | Key::GateDocumentation
        | Key::GatePractitioner => (2, "it is 0 (not asked), 1 (warn) or 2 (block)"),
        Key::TeamTime
        | Key::TraineeTime
        | Key::InpatientTime
        | Key::InitialOncePerYear
        | Key::Apcm
        | Key::ApcmMinutes => (1, "it is 0 or 1"),
        Key::PaidAs => (
            3,
            "it is 0 (by minutes), 1 (case rate), 2 (not separately) or 3 (general BHI only)",
        ),
        Key::G0512From | Key::G0512Until => (999_912, "it is a year and a month, such as 202512"),
        Key::AddOnCap | Key::AddOnWarnAbove => (99, "it is 99 units at most"),
        Key::ResetAfterMonths | Key::ConsentEvery => (120, "it is 120 months at most"),
        Key::VisitWithinDays => (3660, "it is 3660 days at most"),
        _ => (24 * 3600, "it is 24 hours at most"),
    }
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
    fn the_first_seven_names_are_those_of_the_manual() {
        let names: Vec<_> = Profile::names().collect();
        assert_eq!(
            names[..7],
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
}
