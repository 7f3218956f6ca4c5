//! Who the people of the registry are, as far as counting needs it.

use std::collections::{BTreeMap, BTreeSet};

use crate::journal::PersonId;
use crate::journal::facts::{Person, Role};

/// The people's roles, from the registry's own chart. Somebody who isn't in it counts as a care manager:
/// an imported sheet may name a care manager whom nobody has entered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    roles: BTreeMap<PersonId, Role>,
    npis: BTreeMap<PersonId, String>,
    therapists: BTreeSet<PersonId>,
}

/// Whose minutes a payer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhoseTime {
    /// The care manager's clock, and a clinician who does the care manager's work in person.
    CareManager,
    /// Everyone on the care team; time that two share counts once.
    WholeTeam,
}

impl Team {
    /// The roles of these people; the last one named for a person holds.
    pub fn new(roles: impl IntoIterator<Item = (PersonId, Role)>) -> Self {
        Self {
            roles: roles.into_iter().collect(),
            npis: BTreeMap::new(),
            therapists: BTreeSet::new(),
        }
    }
    /// The same people, one of them with an NPI as it was written down.
    pub fn with_npi(mut self, person: PersonId, npi: &str) -> Self {
        self.npis.insert(person, npi.to_owned());
        self
    }
    /// The roles of the people of a registry.
    pub fn of<'a>(people: impl IntoIterator<Item = &'a Person>) -> Self {
        let mut team = Self::default();
        for person in people {
            team.roles.insert(person.person, person.role);
            team.npis
                .extend(person.npi.iter().map(|npi| (person.person, npi.clone())));
            if person.credential.as_deref().is_some_and(is_a_therapists) {
                team.therapists.insert(person.person);
            }
        }
        team
    }
    /// A person's NPI, as it was written down.
    pub(super) fn npi(&self, person: PersonId) -> Option<&str> {
        self.npis.get(&person).map(String::as_str)
    }
    /// Whether general integration under this person's NPI is G0323, by the credential.
    pub(super) fn is_therapist(&self, person: PersonId) -> bool {
        self.therapists.contains(&person)
    }
    /// Whether time of this person counts, on a conversation within the care team or on anything else.
    ///
    /// The consultant's own time is inside the payment of the codes (AAP News; BCBS Michigan Record, May 2022); a
    /// clinician's time counts when it is the care manager's work done in person (NC Tracks, 2019), not when
    /// it is the clinician's side of a conversation with the care manager.
    pub(super) fn counts(&self, whose: WhoseTime, by: PersonId, is_in_the_team: bool) -> bool {
        let role = self.role(by);
        match whose {
            WhoseTime::WholeTeam => role != Role::Biller,
            WhoseTime::CareManager => match role {
                Role::CareManager | Role::Trainee | Role::Supervisor | Role::Import => true,
                Role::Clinician => !is_in_the_team,
                Role::Consultant | Role::Biller => false,
            },
        }
    }
    /// Whether somebody is a trainee.
    pub(super) fn is_trainee(&self, by: PersonId) -> bool {
        self.role(by) == Role::Trainee
    }
    /// Order in which shared time is credited when two began at the same moment: the care manager first.
    pub(super) fn rank(&self, by: PersonId) -> u8 {
        match self.role(by) {
            Role::CareManager => 0,
            Role::Trainee | Role::Supervisor | Role::Import => 1,
            Role::Clinician => 2,
            Role::Consultant => 3,
            Role::Biller => 4,
        }
    }
    fn role(&self, by: PersonId) -> Role {
        self.roles.get(&by).copied().unwrap_or(Role::CareManager)
    }
}

/// Whether a credential is one of the clinicians whose own time is G0323 (HCPCS text: clinical psychologist, clinical
/// social worker, mental health counselor, marriage and family therapist), and none that reports 99484.
fn is_a_therapists(credential: &str) -> bool {
    const THEIRS: [&str; 14] = [
        "LCSW", "LICSW", "LISW", "LCSWR", "CSW", "PSYD", "LP", "LMFT", "MFT", "LPC", "LPCC", "LCPC", "LMHC", "LCMHC",
    ];
    const PHYSICIANS: [&str; 10] = ["MD", "DO", "NP", "FNP", "PMHNP", "DNP", "PA", "PAC", "CNM", "CNS"];
    let words: Vec<String> = credential
        .split([',', ' ', '/'])
        .map(|word| {
            word.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_uppercase()
        })
        .collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&THEIRS) && !has(&PHYSICIANS)
}
