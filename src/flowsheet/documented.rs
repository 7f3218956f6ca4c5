//! What a time entry says for an audit, and what became of months that were sent.

use serde::{Deserialize, Serialize};

use crate::journal::facts::{
    Activity, ActivityGroup, Channel, Claim, ClaimState, Consent, ConsentAnswer, ConsentHow, Explained, Mode,
    Programme, Time,
};
use crate::journal::{Day, EntryId, Fact, Folded, Month};

/// What a time entry doesn't say, though an audit asks for it (MiCMT, general behavioral health integration,
/// <https://micmt-cares.org/general-behavioral-health>: date, duration and modality of each contact; name and
/// relationship of anyone else contacted). Date, length, activity and person are in every entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lack {
    /// How the contact was made.
    Mode,
    /// Who else was contacted.
    Whom,
}

impl Lack {
    /// For the end of a sentence: "how it was done".
    pub fn words(self) -> &'static str {
        match self {
            Self::Mode => "how it was done",
            Self::Whom => "who else was contacted",
        }
    }
}

/// What consent has to cover and its entry doesn't have ticked as explained: that specialists are consulted, a psychiatric
/// consultant among them, and that cost sharing applies to what is done in person and otherwise (CMS-1654-F, p. 278).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unexplained {
    /// That a psychiatric consultant is asked.
    Consultant,
    /// That cost sharing may apply.
    CostSharing,
    /// Neither.
    Both,
}

impl Unexplained {
    /// For a list in a sentence: "that cost sharing may apply".
    pub fn words(self) -> &'static str {
        match self {
            Self::Consultant => "that a psychiatric consultant advises",
            Self::CostSharing => "that cost sharing may apply, also without a visit",
            Self::Both => {
                "that a psychiatric consultant advises, and that cost sharing may apply, also without a visit"
            }
        }
    }
    /// What these points leave out.
    pub fn of(points: &[Explained]) -> Option<Self> {
        match [Explained::Consultant, Explained::CostSharing].map(|point| points.contains(&point)) {
            [true, true] => None,
            [false, true] => Some(Self::Consultant),
            [true, false] => Some(Self::CostSharing),
            [false, false] => Some(Self::Both),
        }
    }
}

/// What a consent to integrated care leaves out, with its day; of one that a list says is on file nothing is known.
pub(super) fn unexplained(consent: &Consent) -> Option<(Day, Programme, Unexplained)> {
    let points = match &consent.answer {
        ConsentAnswer::Given { how, points, .. } if *how != ConsentHow::OnFile => points,
        _ => return None,
    };
    let lacks = Unexplained::of(points).filter(|_| consent.programme != Programme::Other)?;
    Some((consent.day, consent.programme, lacks))
}

/// What became of a code of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimLine {
    /// The entry.
    pub entry: EntryId,
    /// The service month.
    pub month: Month,
    /// The code.
    pub code: String,
    /// How many units.
    pub units: u32,
    /// What became of it.
    pub state: ClaimState,
    /// When.
    pub day: Day,
    /// Why.
    pub reason: Option<String>,
}

/// A claim's line.
pub(super) fn claim(entry: EntryId, claim: &Claim) -> ClaimLine {
    ClaimLine {
        entry,
        month: claim.month,
        code: claim.code.clone(),
        units: claim.units.unwrap_or(1),
        state: claim.state,
        day: claim.day,
        reason: claim.reason.clone(),
    }
}

/// How the time was spent: as the entry says, or the contact or try that it belongs to.
pub(super) fn mode(time: &Time, folded: &Folded) -> Option<Mode> {
    time.mode.or_else(|| match of(time, folded)? {
        Fact::Contact(contact) => Some(contact.mode),
        Fact::Attempt(attempt) => mode_of(attempt.by),
        _ => None,
    })
}

/// What the entry doesn't say. What it belongs to says it as well: a contact has its mode and who took part.
pub(super) fn lacks(time: &Time, folded: &Folded) -> Vec<Lack> {
    if of(time, folded).is_some() {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    if is_contact(time) && time.mode.is_none() {
        lacks.push(Lack::Mode);
    }
    if is_with_another(time.activity) && time.note.as_deref().is_none_or(|note| note.trim().is_empty()) {
        lacks.push(Lack::Whom);
    }
    lacks
}

fn of<'f>(time: &Time, folded: &'f Folded) -> Option<&'f Fact> {
    let entry = time.of?;
    let live = folded.live().iter().find(|live| live.id == entry)?;
    Some(&live.fact)
}

fn mode_of(channel: Channel) -> Option<Mode> {
    match channel {
        Channel::Phone => Some(Mode::Phone),
        Channel::Video => Some(Mode::Video),
        Channel::InPerson => Some(Mode::InPerson),
        Channel::Portal => Some(Mode::Portal),
        Channel::Text | Channel::Letter | Channel::Email => None,
    }
}

/// Activities that are contacts with the patient or the family.
fn is_contact(time: &Time) -> bool {
    let own = time.own.as_ref().filter(|_| matches!(time.activity, Activity::Own(_)));
    if let Some(own) = own {
        return own.group == ActivityGroup::DirectCare;
    }
    matches!(
        time.activity,
        Activity::Outreach
            | Activity::WarmHandoff
            | Activity::Assessment
            | Activity::FollowUp
            | Activity::Intervention
            | Activity::Group
            | Activity::Family
            | Activity::MedicationSupport
            | Activity::Crisis
    )
}

/// Activities in which somebody else is contacted.
fn is_with_another(activity: Activity) -> bool {
    matches!(activity, Activity::Family | Activity::Coordination)
}
