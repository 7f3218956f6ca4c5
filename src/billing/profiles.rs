//! Which profile holds for whom.

use std::collections::{BTreeMap, BTreeSet};

use super::profile::{Profile, ProfileError};
use crate::flowsheet::Flowsheet;
use crate::journal::Day;
use crate::journal::facts::{OwnActivity, PayerChoice, PayerProfileChange};

/// The profile of each patient: the payer's where one is named, the clinic's otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    clinic: Profile,
    by_name: BTreeMap<String, Profile>,
    /// Minutes from which a payer takes G2214, by the payer's key.
    choices: BTreeMap<String, u32>,
    /// Profiles with each reading chosen, by name and minutes.
    settled: BTreeMap<(String, u32), Profile>,
}

impl Profiles {
    /// The shipped profiles, those that the clinic changed, and the one that the clinic uses by default.
    pub fn new(clinic: &str, changes: &[PayerProfileChange]) -> Result<Self, ProfileError> {
        let shipped = Profile::names().map(Profile::shipped);
        let own = changes.iter().map(Profile::changed);
        let all: Result<Vec<_>, _> = shipped.chain(own).collect();
        let by_name: BTreeMap<_, _> = all?.into_iter().map(|p| (p.name().to_owned(), p)).collect();
        let clinic = by_name
            .get(clinic)
            .cloned()
            .ok_or_else(|| ProfileError::Unknown(clinic.to_owned()))?;
        Ok(Self {
            clinic,
            by_name,
            choices: BTreeMap::new(),
            settled: BTreeMap::new(),
        })
    }
    /// One profile for everybody, whatever the charts name.
    pub fn only(profile: Profile) -> Self {
        Self {
            clinic: profile,
            by_name: BTreeMap::new(),
            choices: BTreeMap::new(),
            settled: BTreeMap::new(),
        }
    }
    /// The same where the clinic has these activities of its own.
    pub fn with_own_activities(mut self, own: &[OwnActivity]) -> Self {
        let add = |profile: Profile| profile.with_own_activities(own);
        self.clinic = add(self.clinic);
        self.by_name = self.by_name.into_iter().map(|(name, one)| (name, add(one))).collect();
        self.settled = self.settled.into_iter().map(|(name, one)| (name, add(one))).collect();
        self
    }
    /// The same with the clinic's choices about G2214, by payer. A choice holds for the profile that the payer names, or
    /// the clinic's; where that profile has settled it by itself, the choice says nothing.
    pub fn with_choices<'c>(mut self, choices: impl IntoIterator<Item = &'c PayerChoice>) -> Self {
        for choice in choices {
            self.choices
                .insert(PayerChoice::key(&choice.payer), choice.g2214_minutes);
        }
        let wanted: BTreeSet<u32> = self.choices.values().copied().collect();
        for profile in std::iter::once(&self.clinic).chain(self.by_name.values()) {
            for minutes in &wanted {
                if let Some(settled) = profile.with_g2214_from(*minutes) {
                    self.settled.insert((profile.name().to_owned(), *minutes), settled);
                }
            }
        }
        self
    }
    /// The choice about G2214 for a payer, in minutes.
    pub fn choice(&self, payer: &str) -> Option<u32> {
        self.choices.get(&PayerChoice::key(payer)).copied()
    }
    /// The clinic's own default.
    pub fn clinic(&self) -> &Profile {
        &self.clinic
    }
    /// The same with its choice about G2214 where no payer is named.
    pub fn clinic_chosen(&self) -> &Profile {
        self.chosen(&self.clinic, "")
    }
    fn chosen<'p>(&'p self, profile: &'p Profile, payer: &str) -> &'p Profile {
        let chosen = self.choice(payer);
        let settled = chosen.and_then(|minutes| self.settled.get(&(profile.name().to_owned(), minutes)));
        settled.unwrap_or(profile)
    }
    /// All, the shipped ones in their order, then the clinic's own.
    pub fn all(&self) -> impl Iterator<Item = &Profile> {
        let shipped = Profile::names().filter_map(|name| self.by_name.get(name));
        let own = self
            .by_name
            .values()
            .filter(|p| Profile::names().all(|name| name != p.name()));
        shipped.chain(own)
    }
    /// A profile by name.
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.by_name.get(name)
    }
    /// A patient's profile on a day: the one that the payer of that day names, where it is known here.
    pub fn of(&self, sheet: &Flowsheet, day: Day) -> &Profile {
        let payer = sheet.gates.payers.iter().rev().find(|(from, ..)| *from <= day);
        let named = payer.and_then(|(_, _, profile)| profile.as_deref());
        let profile = named.and_then(|name| self.by_name.get(name)).unwrap_or(&self.clinic);
        if self.choices.is_empty() {
            return profile;
        }
        self.chosen(profile, payer.map_or("", |(_, payer, _)| payer.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
