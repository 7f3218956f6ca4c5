//! One thing that was written down, kept byte for byte.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::{ChartId, CompactError, Digest, EntryId, Fact, Kinds, PersonId, Stamp, compact};

/// The largest entry that is read, in bytes of compact JSON.
pub const MAX_BYTES: usize = 256 * 1024;

/// Why an entry could not be read or written.
#[derive(Debug, Error)]
pub enum EntryError {
    /// It is not JSON.
    #[error(transparent)]
    NotJson(#[from] CompactError),
    /// It is JSON, but a header field is missing or is not what it should be.
    #[error("not an entry: {0}")]
    NotAnEntry(#[source] serde_json::Error),
    /// It is larger than any entry may be.
    #[error("an entry of more than {MAX_BYTES} bytes")]
    TooLarge,
}

/// What is to be written: an entry without its id and stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose chart.
    pub chart: ChartId,
    /// Entries of the same slot that this one replaces.
    pub replaces: Vec<EntryId>,
    /// The content.
    pub fact: Fact,
}

impl Draft {
    /// A draft that replaces nothing.
    pub fn new(chart: ChartId, fact: impl Into<Fact>) -> Self {
        Self {
            chart,
            replaces: Vec::new(),
            fact: fact.into(),
        }
    }
}

/// One thing that was written down: who, when, about whom, and what.
#[derive(Clone)]
pub struct Entry {
    id: EntryId,
    chart: ChartId,
    stamp: Stamp,
    author: PersonId,
    replaces: Vec<EntryId>,
    fact: Fact,
    text: Box<str>,
    digest: Digest,
}

#[derive(Serialize, Deserialize)]
struct Raw<'a> {
    id: EntryId,
    chart: ChartId,
    stamp: Stamp,
    author: PersonId,
    #[serde(default)]
    replaces: Vec<EntryId>,
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    fact: &'a RawValue,
}

impl Entry {
    /// Writes a draft down.
    pub fn write(draft: Draft, id: EntryId, stamp: Stamp, author: PersonId) -> Result<Self, EntryError> {
        let Draft { chart, replaces, fact } = draft;
        let json = fact.to_json().map_err(EntryError::NotAnEntry)?;
        let raw: &RawValue = serde_json::from_str(&json).map_err(EntryError::NotAnEntry)?;
        let header = Raw {
            id,
            chart,
            stamp,
            author,
            replaces: replaces.clone(),
            kind: fact.kind().into(),
            fact: raw,
        };
        let text = serde_json::to_string(&header).map_err(EntryError::NotAnEntry)?;
        if text.len() > MAX_BYTES {
            return Err(EntryError::TooLarge);
        }
        let digest = Digest::of(text.as_bytes());
        Ok(Self {
            id,
            chart,
            stamp,
            author,
            replaces,
            fact,
            text: text.into(),
            digest,
        })
    }

    /// Reads an entry's JSON, laid out in any way.
    pub fn read(json: &str) -> Result<Self, EntryError> {
        if json.len() > 4 * MAX_BYTES {
            return Err(EntryError::TooLarge);
        }
        Self::read_compact(compact(json)?)
    }

    /// Reads JSON that is compact already, as this app stores it.
    pub fn read_compact(text: String) -> Result<Self, EntryError> {
        Self::read_kinds(text, Kinds::all())
    }

    /// The same; a fact of a kind that the reading doesn't know is unknown.
    ///
    /// # Errors
    /// When it is too large, or not an entry.
    pub fn read_kinds(text: String, kinds: Kinds) -> Result<Self, EntryError> {
        if text.len() > MAX_BYTES {
            return Err(EntryError::TooLarge);
        }
        let raw: Raw<'_> = serde_json::from_str(&text).map_err(EntryError::NotAnEntry)?;
        let fact = kinds.read(&raw.kind, raw.fact.get());
        let Raw {
            id,
            chart,
            stamp,
            author,
            replaces,
            ..
        } = raw;
        let digest = Digest::of(text.as_bytes());
        Ok(Self {
            id,
            chart,
            stamp,
            author,
            replaces,
            fact,
            digest,
            text: text.into(),
        })
    }

    /// The entry's id.
    pub fn id(&self) -> EntryId {
        self.id
    }
    /// Whose chart it is in.
    pub fn chart(&self) -> ChartId {
        self.chart
    }
    /// When it was written.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }
    /// Who wrote it.
    pub fn author(&self) -> PersonId {
        self.author
    }
    /// The entries of its slot that it replaces.
    pub fn replaces(&self) -> &[EntryId] {
        &self.replaces
    }
    /// Its content.
    pub fn fact(&self) -> &Fact {
        &self.fact
    }
    /// Its compact JSON, as stored and hashed.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// SHA-256 of its bytes.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Eq for Entry {}

/// Only header and kind: the content may be what a patient said.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({}, {:?})", self.id, self.fact)
    }
}

impl Digest {
    /// SHA-256 of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_bytes(Sha256::digest(bytes).into())
    }
}
