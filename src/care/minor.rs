//! Who is under age, by the day that is asked about: a form about an earlier day is about who the patient was then.

use crate::journal::Day;

/// The age at which a person is of age, where the clinic set no other: 18 in all but three states.
pub const OF_AGE: u32 = 18;

/// When somebody is under age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnderAge {
    /// The date of birth; nobody is taken for a minor without one.
    pub birth: Option<Day>,
    /// The age at which the clinic takes a person for of age, in years; [`OF_AGE`] where it says nothing.
    pub of_age: Option<u8>,
}

impl UnderAge {
    /// The age of somebody who is under age on a day.
    pub fn age_on(self, day: Day) -> Option<u32> {
        let age = day.years_since(self.birth?)?;
        (age < self.of_age.map_or(OF_AGE, u32::from)).then_some(age)
    }
    /// Whether they are.
    pub fn is_on(self, day: Day) -> bool {
        self.age_on(day).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_under_age_until_the_day_before_the_birthday() {
        for (birth, of_age, day, age) in [
            (Some("2008-11-20"), None, "2026-11-19", Some(17)),
            (Some("2008-11-20"), None, "2026-11-20", None),
            (Some("2008-02-29"), None, "2026-02-28", Some(17)),
            (Some("2008-02-29"), None, "2026-03-01", None),
            (Some("2008-11-20"), Some(19), "2026-11-20", Some(18)),
            (Some("2008-11-20"), Some(16), "2026-11-19", None),
            (Some("2026-11-21"), None, "2026-11-20", None),
            (None, None, "2026-11-20", None),
        ] {
            let birth = birth.map(|birth| birth.parse().unwrap());
            let found = UnderAge { birth, of_age }.age_on(day.parse().unwrap());
            assert_eq!(found, age, "{birth:?} {of_age:?} {day}");
        }
    }
}
