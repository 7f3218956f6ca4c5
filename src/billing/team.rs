//! Who the people of the registry are, as far as counting needs it.

use std::collections::BTreeMap;

use crate::journal::PersonId;
use crate::journal::facts::{Activity, Person, Role};

/// The people's roles, from the registry's own chart. Somebody who isn't in it counts as a care manager:
/// an imported sheet may name a care manager whom nobody has entered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    roles: BTreeMap<PersonId, Role>,
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
        }
    }
    /// The roles of the people of a registry.
    pub fn of<'a>(people: impl IntoIterator<Item = &'a Person>) -> Self {
        Self::new(people.into_iter().map(|p| (p.person, p.role)))
    }
    /// Whether time of this person on this activity counts.
    ///
    /// The consultant's own time is inside the payment of the codes (AAP News; BCBS Michigan Record, May 2022); a
    /// clinician's time counts when it is the care manager's work done in person (NC Tracks, 2019), not when
    /// it is the clinician's side of a conversation with the care manager.
    pub(super) fn counts(&self, whose: WhoseTime, by: PersonId, activity: Activity) -> bool {
        let role = self.role(by);
        match whose {
            WhoseTime::WholeTeam => role != Role::Biller,
            WhoseTime::CareManager => match role {
                Role::CareManager | Role::Trainee | Role::Supervisor | Role::Import => true,
                Role::Clinician => !is_conversation_in_the_team(activity),
                Role::Consultant | Role::Biller => false,
            },
        }
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

fn is_conversation_in_the_team(activity: Activity) -> bool {
    matches!(
        activity,
        Activity::CaseloadReview | Activity::PsychiatricConsult | Activity::ClinicianCollaboration
    )
}
