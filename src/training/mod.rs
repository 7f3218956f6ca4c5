//! The invented clinic: a seeded generator of a caseload with every kind of reason to call.
//!
//! The same recipe always makes the same entries, byte for byte. Nobody in it exists; telephone numbers are from
//! the range that is kept for fiction. It fills the first-run training registry and the bench registry.

mod arc;
mod arcs;
mod lists;
mod people;
mod prng;
mod story;

use crate::journal::{ChartId, Day, Entry, EntryError, PersonId, RegistryId, Zone};

pub use people::{Staff, staff};

use arc::Arc;
use prng::Prng;

/// Patients in the training registry that a first run offers: enough for every kind of worklist item.
pub const FIRST_RUN_PATIENTS: u32 = 40;
/// Months of history in it.
pub const FIRST_RUN_MONTHS: u32 = 8;

/// What to invent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// The registry that the patients are in.
    pub registry: RegistryId,
    /// The same seed makes the same caseload.
    pub seed: u64,
    /// How many patients.
    pub patients: u32,
    /// Over how many months they were referred. A patient has about 20 entries with 2 months, 30 with 8, 38 with 12.
    pub months: u32,
    /// The day on which the caseload is looked at. Nothing in it happened on that day or later.
    pub as_of: Day,
    /// The clinic's zone.
    pub zone: Zone,
}

impl Recipe {
    /// A recipe for a registry whose id follows from the seed.
    pub fn new(seed: u64, patients: u32, months: u32, as_of: Day, zone: Zone) -> Self {
        let registry = RegistryId::from_random(Prng::new(seed).bytes());
        Self {
            registry,
            seed,
            patients,
            months,
            as_of,
            zone,
        }
    }
}

/// All entries of an invented caseload: the registry's own chart first, then patient by patient.
pub fn generate(recipe: &Recipe) -> Result<Vec<Entry>, EntryError> {
    let mut entries = people::entries(recipe)?;
    for number in 0..recipe.patients {
        entries.extend(patient(recipe, number)?);
    }
    Ok(entries)
}

/// The entries of one patient, so that a large caseload can be made piece by piece.
pub fn patient(recipe: &Recipe, number: u32) -> Result<Vec<Entry>, EntryError> {
    let mut rng = Prng::new(recipe.seed).fork(u64::from(number) + 1);
    let arc = Arc::of(number, &mut rng);
    arcs::tell(recipe, number, arc, rng)
}

/// The chart of a patient of the recipe.
pub fn chart_of(recipe: &Recipe, number: u32) -> ChartId {
    let mut rng = Prng::new(recipe.seed).fork(u64::from(number) + 1).fork(0);
    ChartId::from_random(rng.bytes())
}

/// Who authors the entries that are nobody's in particular: the first care manager.
pub fn author(recipe: &Recipe) -> PersonId {
    staff(recipe)
        .care_managers
        .first()
        .copied()
        .unwrap_or_else(|| PersonId::derived([0; 16]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::journal::facts::Role;
    use crate::journal::{Fact, Journal, Slot};

    fn recipe(patients: u32, months: u32) -> Recipe {
        Recipe::new(
            7,
            patients,
            months,
            Day::new(2026, 11, 20).unwrap(),
            "America/New_York".parse().unwrap(),
        )
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes_and_another_seed_others() {
        let texts = |seed| {
            let recipe = Recipe { seed, ..recipe(30, 6) };
            generate(&recipe)
                .unwrap()
                .iter()
                .map(|e| e.text().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(1), texts(1));
        assert_ne!(texts(1), texts(2));
    }

    #[test]
    fn nothing_is_wrong_with_what_is_invented() {
        let recipe = recipe(300, 9);
        let journal = Journal::of(generate(&recipe).unwrap());
        assert_eq!(journal.charts().count(), 301);
        for (id, chart) in journal.charts() {
            assert!(chart.damaged().is_empty());
            let folded = chart.fold();
            assert_eq!(
                folded.forks().count(),
                0,
                "{id}: {:?}",
                folded.forks().collect::<Vec<_>>()
            );
            let birth = match folded.head(&Slot::Registration).map(|l| &l.fact) {
                Some(Fact::Registration(r)) => r.birth,
                _ => None,
            };
            for entry in chart.entries() {
                let yesterday = recipe.as_of.plus(-1);
                assert_eq!(entry.fact().problems(), vec![], "{:?}", entry.fact());
                assert_eq!(
                    entry.fact().timing(yesterday, birth, recipe.zone),
                    vec![],
                    "{}",
                    entry.text()
                );
                let stamped = i64::try_from(entry.stamp().millis()).unwrap();
                assert!(
                    stamped < recipe.zone.start_of(recipe.as_of).timestamp_millis(),
                    "{}",
                    entry.text()
                );
            }
        }
    }

    #[test]
    fn a_patient_has_about_twenty_entries_in_two_months() {
        let entries = generate(&recipe(1_000, 2)).unwrap().len();
        assert!((19_000..=21_000).contains(&entries), "{entries}");
    }

    #[test]
    fn the_first_run_caseload_has_every_arc_and_many_kinds_of_fact() {
        let recipe = recipe(FIRST_RUN_PATIENTS, FIRST_RUN_MONTHS);
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in generate(&recipe).unwrap() {
            *kinds.entry(entry.fact().kind()).or_default() += 1;
        }
        for kind in [
            "registration",
            "referral",
            "episode",
            "status",
            "assignment",
            "consent",
            "payer",
            "diagnosis",
            "contact",
            "attempt",
            "assessment",
            "time",
            "medication",
            "treatment_change",
            "case_review",
            "recommendation",
            "answer",
            "communication",
            "task",
            "concern",
            "concern_step",
            "concern_closed",
            "appointment",
            "relapse_plan",
            "safety_plan",
            "outgoing_referral",
            "medication_check",
            "coverage",
            "declined",
            "review_request",
            "note",
            "person",
            "clinic",
            "goal",
            "initiating_visit",
            "acute_event",
        ] {
            assert!(kinds.contains_key(kind), "no {kind}");
        }
        assert!(Arc::ALL.len() <= usize::try_from(FIRST_RUN_PATIENTS).unwrap());
    }

    #[test]
    fn charts_and_people_are_where_the_recipe_says() {
        let recipe = recipe(12, 3);
        let journal = Journal::of(generate(&recipe).unwrap());
        for number in 0..12 {
            assert!(journal.chart(chart_of(&recipe, number)).is_some());
        }
        let own = journal.chart(recipe.registry.own_chart()).unwrap().fold();
        for person in staff(&recipe).care_managers {
            let Some(Fact::Person(found)) = own.head(&Slot::Person(person)).map(|l| &l.fact) else {
                panic!()
            };
            assert_eq!(found.role, Role::CareManager);
        }
    }
}
