//! Who referred and is to be told what came of it, and what they were told; never a name.

use serde::{Deserialize, Serialize};

use super::project::Projection;
use crate::journal::facts::{Audience, FeedbackAfter, Referral};
use crate::journal::{Day, Fact, PersonId, Slot};

/// Whoever referred, and what of the feedback is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackLine {
    /// Who; `None` where the registry doesn't know them.
    pub to: Option<PersonId>,
    /// After what they were told, or needn't be, and on which day; the earliest first.
    pub settled: Vec<(FeedbackAfter, Day)>,
}

/// Words for the patient where a form asks who referred: nobody is written to about their own referral.
const THE_PATIENT: [&str; 8] = [
    "self",
    "patient",
    "the patient",
    "self-referral",
    "self referral",
    "self-referred",
    "self referred",
    "themselves",
];

impl Projection<'_> {
    /// Whom a referral asks to be told. A letter to the PCP about the closing tells a PCP who referred.
    pub(super) fn feedback(&self, referral: &Referral) -> Option<FeedbackLine> {
        let wanted = referral.feedback.as_ref()?;
        let from = referral.from.as_deref().map(str::trim);
        if referral.by.is_none() && from.is_none_or(|from| from.is_empty() || is_the_patient(from)) {
            return None;
        }
        let pcp = match self.fact(&Slot::Registration) {
            Some(Fact::Registration(who)) => who.clinician,
            _ => None,
        };
        let is_pcp = referral.by.is_some() && referral.by == pcp;
        let left_out = wanted.left_out.iter().map(|left| (left.after, left.on));
        let told = self.sound.iter().filter_map(|live| {
            let Fact::Communication(message) = &live.fact else {
                return None;
            };
            let day = message.at.day(self.zone);
            match (&message.feedback, message.closing) {
                (Some(told), _) => (told.episode == referral.episode).then_some((told.after, day)),
                (None, Some(_)) if is_pcp && message.to == Audience::Clinician => Some((FeedbackAfter::Closed, day)),
                _ => None,
            }
        });
        let mut settled: Vec<(FeedbackAfter, Day)> = left_out.chain(told).collect();
        settled.sort_by_key(|(after, day)| (*day, *after));
        Some(FeedbackLine {
            to: referral.by,
            settled,
        })
    }
}

fn is_the_patient(from: &str) -> bool {
    THE_PATIENT.contains(&from.to_lowercase().as_str())
}
