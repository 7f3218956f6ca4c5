//! The consultant's packet and the reply: what goes out, what may be written into it, what comes back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::api::{Failure, Scope};
use super::books::Books;
use crate::care::intent::{Intent, Refusal};
use crate::exchange::handoff::{self, Handoff, RegistryKind};
use crate::journal::{Chart, ChartId, Day, Entry, EntryId, Fact, PersonId};
use crate::store::Store;
use crate::vault::Aead;

/// Under which key the newest packet is kept, sealed, beside the drafts: ids and a time.
const NEWEST: &str = "packet-agenda";

/// Whom the newest packet was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Newest {
    /// When it was made, in milliseconds since 1970.
    made: i64,
    /// Its day, in the clinic's zone.
    pub day: Day,
    /// Its patients.
    pub charts: Vec<ChartId>,
}

/// Which entries of a chart a file takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All.
    Whole,
    /// A patient's whole record, and of the registry's own chart what records are read by.
    Packet,
    /// What a consultant wrote.
    Reply,
}

impl Part {
    /// What a scope takes.
    pub(super) fn of(scope: &Scope) -> Self {
        match scope {
            Scope::All | Scope::Charts(..) | Scope::Coverage(_) | Scope::Return(_) => Self::Whole,
            Scope::Packet(..) => Self::Packet,
            Scope::Reply => Self::Reply,
        }
    }
    /// The entries of a chart that it takes; of the registry's own chart or of a patient's.
    pub(super) fn of_chart(self, chart: &Chart, is_own: bool, me: PersonId) -> Vec<&Entry> {
        let mine = |entry: &&Entry| entry.author() == me;
        let written = |entry: &&Entry| mine(entry) && is_of_reply(entry.fact());
        let of_reply: BTreeSet<EntryId> = chart.entries().filter(written).map(Entry::id).collect();
        let takes = |entry: &&Entry| match (self, is_own) {
            (Self::Whole, _) | (Self::Packet, false) => true,
            (Self::Packet, true) => reads_records(entry.fact()),
            (Self::Reply, true) => mine(entry) && matches!(entry.fact(), Fact::Person(_)),
            (Self::Reply, false) => match entry.fact() {
                // A mistake of their own; what others wrote is not theirs to take back.
                Fact::EnteredInError(error) => mine(entry) && of_reply.contains(&error.entry),
                _ => of_reply.contains(&entry.id()),
            },
        };
        chart.entries().filter(takes).collect()
    }
}

/// What a record is read by: names, days, numbers, measures. No settings of money, texts or devices.
fn reads_records(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Clinic(_)
            | Fact::Person(_)
            | Fact::ProtocolChange(_)
            | Fact::OwnInstrument(_)
            | Fact::MeasureSettings(_)
            | Fact::MinimumDoses(_)
    )
}

/// What a consultant writes.
fn is_of_reply(fact: &Fact) -> bool {
    matches!(fact, Fact::CaseReview(_) | Fact::Recommendation(_))
}

impl<S: Store, A: Aead> Books<S, A> {
    /// What kind of registry a file is of.
    ///
    /// # Errors
    /// No packet is made of invented patients, and a reply is only written into a packet.
    pub(super) fn kind_of_file(&self, scope: &Scope) -> Result<RegistryKind, Failure> {
        let no = |words: &str| Err(Failure::File(words.to_owned()));
        match (scope, self.kind()) {
            (Scope::Packet(..), RegistryKind::Training) => no(
                "A packet is made of real patients: a training registry can\u{2019}t take its reply back. No file was made.",
            ),
            (Scope::Packet(..), RegistryKind::Packet) => no("A packet is not handed on. No file was made."),
            (Scope::Packet(..), RegistryKind::Real) => Ok(RegistryKind::Packet),
            (Scope::Reply, RegistryKind::Real | RegistryKind::Training) => {
                no("A reply is written into a packet. No file was made.")
            }
            (Scope::Reply, RegistryKind::Packet) => Ok(RegistryKind::Packet),
            (Scope::All | Scope::Charts(..) | Scope::Coverage(_) | Scope::Return(_), kind) => Ok(kind),
        }
    }

    /// Refuses what is not a consultant's to write, where this is a packet.
    ///
    /// # Errors
    /// In one sentence.
    pub(super) fn check_packet(&self, intent: &Intent) -> Result<(), Refusal> {
        let is_reply = match intent {
            Intent::Record { facts, .. } => facts.iter().all(is_of_reply),
            Intent::Void { .. } => true,
            _ => false,
        };
        match self.kind() == RegistryKind::Packet && !is_reply {
            true => Err(Refusal::Field(
                "A packet takes reviews and recommendations; everything else is the care manager\u{2019}s to record"
                    .to_owned(),
            )),
            false => Ok(()),
        }
    }

    /// Keeps whom a packet is about, where this is a consultant's browser and no newer packet came before. One's own reply
    /// is none.
    pub(super) async fn note_packet(&mut self, packet: &Handoff) -> Result<(), Failure> {
        let header = &packet.header;
        let handoff::Scope::Patients(charts) = &header.scope else {
            return Ok(());
        };
        let is_ours = header.registry == self.registry() && header.author != self.me;
        if self.kind() != RegistryKind::Packet || header.kind != RegistryKind::Packet || !is_ours {
            return Ok(());
        }
        let newest = Newest {
            made: header.created.timestamp_millis(),
            day: self.zone().day(header.created),
            charts: charts.clone(),
        };
        let before = self.newest_packet().await?;
        if before.is_none_or(|before| before.made <= newest.made)
            && let Ok(json) = serde_json::to_string(&newest)
        {
            self.put_draft(NEWEST, &json).await?;
        }
        Ok(())
    }

    /// Whom the newest packet is about; `None` outside a consultant's browser, and in one whose packet came before this was
    /// kept: then everybody is of this week.
    pub(super) async fn newest_packet(&self) -> Result<Option<Newest>, Failure> {
        if self.kind() != RegistryKind::Packet {
            return Ok(None);
        }
        let json = self.draft(NEWEST).await?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }
}
