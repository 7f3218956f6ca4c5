//! Merge is set union by id and bytes, then dropping the entries of a chart that was erased.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::chart::Charts;
use super::{Chart, ChartId, Entry, EntryId};

/// A SHA-256 digest, or a sum of digests that stands for a set of entries. Text: 64 hexadecimal digits.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of an empty set.
    pub const ZERO: Digest = Digest([0; 32]);

    /// A digest from its bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// The set with one more: lanes of 64 bits are added, so order makes no difference and a set's digest
    /// grows entry by entry. It notices loss and damage; forgery is the sealed envelope's to notice.
    pub fn plus(self, other: Digest) -> Digest {
        let mut sum = [0; 32];
        for (lane, out) in sum.chunks_exact_mut(8).enumerate() {
            out.copy_from_slice(&self.lane(lane).wrapping_add(other.lane(lane)).to_le_bytes());
        }
        Digest(sum)
    }
    /// The set with one less: reverses [`Digest::plus`].
    pub fn minus(self, other: Digest) -> Digest {
        let mut rest = [0; 32];
        for (lane, out) in rest.chunks_exact_mut(8).enumerate() {
            out.copy_from_slice(&self.lane(lane).wrapping_sub(other.lane(lane)).to_le_bytes());
        }
        Digest(rest)
    }
    fn lane(&self, lane: usize) -> u64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[lane * 8..lane * 8 + 8]);
        u64::from_le_bytes(bytes)
    }
}
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}
impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Digest {
    type Err = &'static str;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "not 64 hexadecimal digits";
        if s.len() != 64 || !s.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(SHAPE);
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            let pair = s.get(2 * i..2 * i + 2).ok_or(SHAPE)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_error: std::num::ParseIntError| SHAPE)?;
        }
        Ok(Self(bytes))
    }
}
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            self.0.serialize(s)
        }
    }
}
impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            String::deserialize(d)?.parse().map_err(de::Error::custom)
        } else {
            <[u8; 32]>::deserialize(d).map(Self)
        }
    }
}

/// All charts of a registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    charts: Charts,
}

/// What a merge did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Entries that were not here.
    pub new: usize,
    /// Entries that were here already.
    pub known: usize,
    /// Ids that are here with two contents.
    pub damaged: Vec<EntryId>,
    /// Charts that the merge erased.
    pub erased: Vec<ChartId>,
}

impl Journal {
    /// A journal of entries in any order.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut journal = Self::default();
        journal.add(entries);
        journal
    }
    /// Adds entries in any order.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) -> Merged {
        let mut merged = Merged::default();
        let erased_before: Vec<ChartId> = self.erased().collect();
        for entry in entries {
            let chart = self.charts.entry(entry.chart()).or_default();
            if chart.insert(entry) {
                merged.new += 1
            } else {
                merged.known += 1
            }
        }
        self.charts.values_mut().for_each(Chart::drop_erased);
        merged.damaged = self.charts.values().flat_map(Chart::damaged).collect();
        merged.erased = self.erased().filter(|id| !erased_before.contains(id)).collect();
        merged
    }
    /// Merges another journal into this one.
    pub fn merge(&mut self, other: Journal) -> Merged {
        self.add(
            other
                .charts
                .into_values()
                .flat_map(|c| c.entries().cloned().collect::<Vec<_>>()),
        )
    }
    /// The charts, by id.
    pub fn charts(&self) -> impl Iterator<Item = (ChartId, &Chart)> {
        self.charts.iter().map(|(id, chart)| (*id, chart))
    }
    /// One chart.
    pub fn chart(&self, id: ChartId) -> Option<&Chart> {
        self.charts.get(&id)
    }
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.charts.values().map(Chart::len).sum()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    fn erased(&self) -> impl Iterator<Item = ChartId> {
        self.charts.iter().filter(|(_, c)| c.is_erased()).map(|(id, _)| *id)
    }
}
