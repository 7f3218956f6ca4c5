//! The registry's own chart of the invented clinic: its settings and its people.

use super::Recipe;
use super::lists::{CARE_MANAGERS, CLINICIANS};
use super::prng::Prng;
use super::story::Story;
use crate::journal::facts::{Clinic, Person, Role, Weekday};
use crate::journal::{Entry, EntryError, PersonId};

/// Patients to a care manager, at most; AIMS Center guidance is 50 to 80 for a full-time one.
const PATIENTS_TO_A_CARE_MANAGER: u32 = 80;

/// Who works at the invented clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Care managers, at least two: somebody has to be able to stand in.
    pub care_managers: Vec<PersonId>,
    /// Treating clinicians.
    pub clinicians: Vec<PersonId>,
    /// The psychiatric consultant.
    pub consultant: PersonId,
    /// The supervisor.
    pub supervisor: PersonId,
    /// The biller.
    pub biller: PersonId,
}

/// The people of a recipe's clinic.
pub fn staff(recipe: &Recipe) -> Staff {
    let mut rng = Prng::new(recipe.seed).fork(u64::MAX);
    let count = recipe.patients.div_ceil(PATIENTS_TO_A_CARE_MANAGER).max(2);
    let (consultant, supervisor, biller) = (id(&mut rng), id(&mut rng), id(&mut rng));
    let clinicians = CLINICIANS.iter().map(|_| id(&mut rng)).collect();
    let care_managers = (0..count).map(|_| id(&mut rng)).collect();
    Staff {
        care_managers,
        clinicians,
        consultant,
        supervisor,
        biller,
    }
}

fn id(rng: &mut Prng) -> PersonId {
    PersonId::from_random(rng.bytes())
}

/// The entries of the registry's own chart.
pub(super) fn entries(recipe: &Recipe) -> Result<Vec<Entry>, EntryError> {
    let staff = staff(recipe);
    let rng = Prng::new(recipe.seed).fork(u64::MAX - 1);
    let mut story = Story::new(recipe, recipe.registry.own_chart(), staff.supervisor, rng);
    let opened = recipe.as_of.plus(-31 * i64::from(recipe.months.max(1)) - 30);
    let at = recipe.zone.at(opened, 9, 0);
    story.say(
        at,
        Clinic {
            name: "Riverbend Family Medicine (invented)".into(),
            zone: recipe.zone,
            crisis_line: Some("988".into()),
            working_days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            payer_profile: "midpoint-g2214-16".into(),
            of_age: None,
            consents_from: None,
        },
    );
    story.say(
        at,
        person(staff.supervisor, "Noa Winter", Role::Supervisor, Some("LCSW")),
    );
    story.say(
        at,
        person(staff.consultant, "Dr. S. Ravel", Role::Consultant, Some("MD")),
    );
    story.say(at, person(staff.biller, "Pat Quill", Role::Biller, None));
    for (id, (name, credential)) in staff.clinicians.iter().zip(CLINICIANS) {
        story.say(at, person(*id, name, Role::Clinician, Some(credential)));
    }
    for (i, (id, (name, credential))) in staff.care_managers.iter().zip(CARE_MANAGERS.iter().cycle()).enumerate() {
        let round = i / CARE_MANAGERS.len();
        let name = if round == 0 {
            (*name).to_owned()
        } else {
            format!("{name} {}", round + 1)
        };
        let supervised = Person {
            supervisor: Some(staff.supervisor),
            ..person(*id, &name, Role::CareManager, Some(credential))
        };
        story.say(at, supervised);
    }
    story.finish()
}

/// The number that CMS publishes as an example of an NPI: nobody's.
const EXAMPLE_NPI: &str = "1234567893";

fn person(person: PersonId, name: &str, role: Role, credential: Option<&str>) -> Person {
    let credential = credential.map(str::to_owned);
    Person {
        person,
        name: name.into(),
        role,
        credential,
        npi: (role == Role::Clinician).then(|| EXAMPLE_NPI.to_owned()),
        supervisor: None,
        phone: None,
        left: false,
        same_as: None,
    }
}
