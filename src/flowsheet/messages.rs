//! Messages that were sent: when, to whom, by which channel; never their text.

use serde::{Deserialize, Serialize};

use super::project::Projection;
use crate::journal::facts::{Audience, Channel};
use crate::journal::{Day, EntryId, Fact, ThingId, When};

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageLine {
    /// The entry.
    pub entry: EntryId,
    /// When.
    pub at: When,
    /// The clinic's day.
    pub day: Day,
    /// To whom.
    pub to: Audience,
    /// By which channel.
    pub by: Channel,
    /// The recommendation, concern or referral that it is about.
    pub about: Option<ThingId>,
}

impl Projection<'_> {
    /// Every message of the chart, by day.
    pub(super) fn messages(&self) -> Vec<MessageLine> {
        let sent = self.sound.iter().filter_map(|live| match &live.fact {
            Fact::Communication(m) => Some(MessageLine {
                entry: live.id,
                at: m.at,
                day: m.at.day(self.zone),
                to: m.to,
                by: m.by,
                about: m.about,
            }),
            _ => None,
        });
        let mut messages: Vec<MessageLine> = sent.collect();
        messages.sort_by_key(|m| (m.day, m.at.instant(self.zone), m.entry));
        messages
    }
}
