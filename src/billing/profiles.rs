//! Which profile holds for whom.

use std::collections::BTreeMap;

use super::profile::{Profile, ProfileError};
use crate::flowsheet::Flowsheet;
use crate::journal::Day;
use crate::journal::facts::PayerProfileChange;

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
        let by_name: BTreeMap<_, _> = all?.into_iter().map(|p| (p.name().to_owned(), p)).collect();
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
        named.and_then(|name| self.by_name.get(name)).unwrap_or(&self.clinic)
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
