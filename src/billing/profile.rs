//! Payer profiles: named sets of numbers. A clinic takes a shipped one or changes it; none is a payer's own word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::Datelike;
use serde::Deserialize;
use thiserror::Error;

use crate::journal::facts::{Activity, OwnActivity, PayerProfileChange};
use crate::journal::{Month, Seconds};

use super::labels::{Kind, minutes_text};
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
    #[error("\u{201c}{label}\u{201d} can\u{2019}t be {number}: {why}", label = label_of(name), number = written(name, *number))]
    OutOfRange {
        /// Which value, by its name in a saved profile.
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
        profile.about = format!("{} ({}, changed by the clinic)", change.name, change.base);
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
        // The reading that is not taken is not named.
        let disputed = format!("; G2214 from {used} minutes, which is disputed");
        let about = self.about.replace(&disputed, "");
        settled.about = format!("{about}; G2214 from {minutes} minutes, as the clinic chose");
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
            (n(ResetAfterMonths) > 0, "every month would be an initial month"),
            (n(VisitWithinDays) > 0, "no day would be left for the initiating visit"),
            (
                n(G2214OtherReading) == 0 || n(G2214From) > 0,
                "G2214 has another reading, but no time from which it is given",
            ),
            (
                n(G2214OtherReading) == 0 || n(G2214OtherReading) > n(G2214From),
                "the other reading of G2214 has to be the longer one; 0 where nothing is open",
            ),
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

/// What a page calls a value.
fn label_of(name: &str) -> &str {
    Key::named(name).map_or(name, |key| key.label().0)
}

/// A number as it is typed: lengths of time in minutes.
fn written(name: &str, number: u32) -> String {
    match Key::named(name).map(|key| key.label().1) {
        Some(Kind::Time) => minutes_text(number),
        _ => number.to_string(),
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
mod tests;
