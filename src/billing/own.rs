//! What the clinic's own activities mean for counting.

use std::collections::BTreeMap;

use crate::journal::ThingId;
use crate::journal::facts::{Activity, ActivityGroup, OwnActivity};

/// The clinic's own activities as a profile has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnActivities {
    /// As they are defined: whether they count, and what kind of work they are.
    defined: BTreeMap<ThingId, (bool, ActivityGroup)>,
    /// What the profile itself says of them: the last word.
    said: BTreeMap<ThingId, bool>,
}

impl OwnActivities {
    /// Takes up definitions; a later one of the same activity holds.
    pub fn define<'o>(&mut self, own: impl IntoIterator<Item = &'o OwnActivity>) {
        let defined = own.into_iter().map(|own| (own.activity, (own.counts, own.group)));
        self.defined.extend(defined);
    }
    /// The profile's own word.
    pub fn say(&mut self, activity: ThingId, counts: bool) {
        self.said.insert(activity, counts);
    }
    /// Whether time on it counts. One whose definition isn't here doesn't, unless the profile says so.
    pub fn counts(&self, activity: ThingId) -> bool {
        let defined = self.defined.get(&activity).is_some_and(|(counts, _)| *counts);
        self.said.get(&activity).copied().unwrap_or(defined)
    }
    /// Whether an activity is a conversation within the care team, one of the app's or of the clinic's own.
    pub fn is_in_the_team(&self, activity: Activity) -> bool {
        match activity {
            Activity::Own(id) => {
                let group = self.defined.get(&id).map(|(_, group)| *group);
                group == Some(ActivityGroup::TeamCollaboration)
            }
            Activity::CaseloadReview | Activity::PsychiatricConsult | Activity::ClinicianCollaboration => true,
            _ => false,
        }
    }
}
