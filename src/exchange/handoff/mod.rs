//! A handoff: one JSON document that carries entries from one registry to another.
//!
//! Header keys come first, then `charts`, one chart a line, and `digest` last, so that it can be written and read
//! piece by piece: a file of hundreds of megabytes never has to be held whole. Any other layout of the same JSON is
//! read too. Entries travel byte for byte, also those of kinds that this version doesn't know. The format is
//! described in docs/format.md; its JSON Schema is public/schema/handoff.schema.json.

mod alike;
mod cover;
mod error;
mod news;
mod preview;
mod reader;
mod scan;
#[cfg(test)]
mod schema;
mod writer;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::journal::facts::Role;
use crate::journal::{ChartId, Digest, Entry, Journal, PersonId, RegistryId};

pub use alike::{Likeness, SamePersonHint};
pub use cover::{Cover, CoverLine};
pub use error::HandoffError;
pub use news::{News, Tally};
pub use preview::{
    ChartPreview, EntryProblem, ForkPreview, Joining, Local, LocalPatient, Preview, Previewing, Refusal, Shelf,
    entries_to_take, preview,
};
pub use reader::{Reader, read, read_from};
pub use writer::{Writer, to_text, write_to};

/// What `format` says.
pub const FORMAT: &str = "caseload-handoff";
/// The version that is written, and the newest that is read.
pub const VERSION: u64 = 1;
/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 512 << 20;
/// The largest chart that is read, in bytes.
pub const LARGEST_CHART: usize = 64 << 20;
/// The deepest nesting that is read. The deepest fact of this version has 6 levels inside an entry's 5.
pub const DEEPEST: u32 = 64;

/// What comes before the charts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Which registry the entries come from.
    pub registry: RegistryId,
    /// What kind of registry that is.
    pub kind: RegistryKind,
    /// When the file was written.
    pub created: DateTime<FixedOffset>,
    /// Who wrote it. In a plain file this is claimed, not proven.
    pub author: PersonId,
    /// What it holds.
    pub scope: Scope,
    /// The people whom its entries name, so that another registry can show their names.
    pub people: Vec<NamedPerson>,
    /// What whoever stands in has to know, as it was when the file was made; `None` but in a file for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<Cover>,
}

/// What a registry is for. Entries never go from one kind to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegistryKind {
    /// Patients.
    Real,
    /// Invented patients.
    Training,
    /// What a consultant was handed.
    Packet,
}

/// What a handoff holds of its registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All charts and the registry's own.
    All,
    /// Chosen patients' charts.
    Patients(Vec<ChartId>),
    /// Chosen patients' charts and the registry's own, for whoever stands in: an empty browser can begin from it.
    Coverage(Vec<ChartId>),
}

/// Somebody whom the entries name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NamedPerson {
    /// Which person.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// What they do.
    pub role: Role,
}

/// What comes after the charts: how many there are, how many entries, and the digest of the set of all entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndMark {
    /// Number of charts.
    pub charts: u64,
    /// Number of entries.
    pub entries: u64,
    /// The SHA-256 digests of all entries' compact JSON, added in four lanes of 64 bits, little-endian.
    #[cfg_attr(test, schemars(with = "String"))]
    pub sum: Digest,
}

impl EndMark {
    fn count(&mut self, entry: &Entry) {
        self.entries += 1;
        self.sum = self.sum.plus(entry.digest());
    }
}

/// A handoff that was read whole, and whose digest fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// What came before the charts.
    pub header: Header,
    /// The charts, in the file's order: those that were not taken from the reader before its end.
    pub charts: Vec<(ChartId, Vec<Entry>)>,
    /// What came after them.
    pub end: EndMark,
}

impl Handoff {
    /// All entries, in the file's order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.charts.iter().flat_map(|(_, entries)| entries)
    }
    /// Its entries as a journal of their own.
    pub fn journal(&self) -> Journal {
        Journal::of(self.entries().cloned())
    }
}
