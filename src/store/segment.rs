//! Segments: compressed runs of entries, one run a chart.
//!
//! | part | what |
//! |---|---|
//! | byte 0 | version of the segment, 1 |
//! | rest | deflate of: the runs (postcard: chart, entries, bytes), then each run's entries |
//!
//! An entry is its length (4 bytes, least significant first) and its compact JSON. The runs stand first, so one chart is read
//! without parsing the others. A segment is written once and sealed whole.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::journal::{ChartId, Digest, Entry, EntryError, Kinds};

/// The segment's version that this code writes and reads.
pub const SEGMENT_VERSION: u8 = 1;
/// A segment is full at this many bytes of JSON.
pub const FULL_BYTES: usize = 1024 * 1024;
/// The most that a segment may grow to when it is opened: a full one and one entry more stay far below.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// The fastest level: twice as fast as the usual one for a tenth more bytes.
const LEVEL: u32 = 1;

/// Why a segment could not be written or read.
#[derive(Debug, Error)]
pub enum SegmentError {
    /// Written by a newer Caseload.
    #[error("the segment has version {found}; this version reads {SEGMENT_VERSION}")]
    Newer {
        /// Version found.
        found: u8,
    },
    /// Not what was written: cut off, too large, or malformed.
    #[error("the segment is damaged")]
    Malformed,
    /// An entry in it is not an entry, or belongs to another chart.
    #[error("an entry in the segment is damaged")]
    Entry(#[from] EntryError),
}

/// What a segment holds of one chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The chart.
    pub chart: ChartId,
    /// How many entries.
    pub entries: u32,
    /// The sum of their digests.
    pub digest: Digest,
}

/// A segment that is ready to be sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it holds, by chart.
    pub shares: Vec<Share>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Run {
    chart: ChartId,
    entries: u32,
    bytes: u32,
}

/// Packs entries into as few segments as their size allows. Entries of one chart stay together and in order.
pub fn pack<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Result<Vec<Packed>, SegmentError> {
    let mut entries: Vec<&Entry> = entries.into_iter().collect();
    entries.sort_by_key(|entry| entry.chart());
    let mut packed = Vec::new();
    let mut rest = entries.as_slice();
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        packed.push(pack_one(now)?);
        rest = later;
    }
    Ok(packed)
}

/// All entries of a segment.
pub fn unpack(segment: &[u8]) -> Result<Vec<Entry>, SegmentError> {
    unpack_where(segment, Kinds::all(), |_chart| true)
}

/// One chart's entries of a segment; the other charts' are not parsed.
pub fn unpack_chart(segment: &[u8], chart: ChartId, kinds: Kinds) -> Result<Vec<Entry>, SegmentError> {
    unpack_where(segment, kinds, |found| found == chart)
}

/// How many entries fit into one segment: at least one.
fn fitting(entries: &[&Entry]) -> usize {
    let mut bytes = 0;
    let full = entries.iter().position(|entry| {
        bytes += entry.text().len();
        FULL_BYTES <= bytes
    });
    full.map_or(entries.len(), |last| last + 1)
}

fn pack_one(entries: &[&Entry]) -> Result<Packed, SegmentError> {
    let groups: Vec<&[&Entry]> = entries.chunk_by(|a, b| a.chart() == b.chart()).collect();
    let shares: Vec<Share> = groups.iter().filter_map(|group| share(group)).collect();
    let run = |(group, share): (&&[&Entry], &Share)| Run {
        chart: share.chart,
        entries: share.entries,
        bytes: group.iter().map(|entry| length(entry) + 4).sum(),
    };
    let runs: Vec<Run> = groups.iter().zip(&shares).map(run).collect();
    let mut plain = postcard::to_stdvec(&runs).map_err(|_full: postcard::Error| SegmentError::Malformed)?;
    for entry in entries {
        plain.extend_from_slice(&length(entry).to_le_bytes());
        plain.extend_from_slice(entry.text().as_bytes());
    }
    Ok(Packed {
        bytes: deflate(SEGMENT_VERSION, &plain)?,
        shares,
    })
}

fn share(group: &[&Entry]) -> Option<Share> {
    let chart = group.first()?.chart();
    let digest = group.iter().fold(Digest::ZERO, |sum, entry| sum.plus(entry.digest()));
    Some(Share {
        chart,
        entries: u32::try_from(group.len()).unwrap_or(u32::MAX),
        digest,
    })
}

/// An entry is 256 KiB at most.
fn length(entry: &Entry) -> u32 {
    u32::try_from(entry.text().len()).unwrap_or(u32::MAX)
}

/// The entries of the charts that are wanted; the others' are not parsed.
pub(super) fn unpack_where(
    segment: &[u8],
    kinds: Kinds,
    wanted: impl Fn(ChartId) -> bool,
) -> Result<Vec<Entry>, SegmentError> {
    let plain = inflate(SEGMENT_VERSION, segment)?;
    let (runs, mut rest): (Vec<Run>, &[u8]) =
        postcard::take_from_bytes(&plain).map_err(|_cut: postcard::Error| SegmentError::Malformed)?;
    let mut entries = Vec::new();
    for run in runs {
        let (bytes, later) = rest
            .split_at_checked(run.bytes as usize)
            .ok_or(SegmentError::Malformed)?;
        if wanted(run.chart) {
            unpack_run(run, bytes, kinds, &mut entries)?;
        }
        rest = later;
    }
    if rest.is_empty() {
        Ok(entries)
    } else {
        Err(SegmentError::Malformed)
    }
}

fn unpack_run(run: Run, mut bytes: &[u8], kinds: Kinds, entries: &mut Vec<Entry>) -> Result<(), SegmentError> {
    for _ in 0..run.entries {
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or(SegmentError::Malformed)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (text, rest) = rest.split_at_checked(length).ok_or(SegmentError::Malformed)?;
        let text = std::str::from_utf8(text).map_err(|_not_text| SegmentError::Malformed)?;
        let entry = Entry::read_kinds(text.to_owned(), kinds)?;
        if entry.chart() != run.chart {
            return Err(SegmentError::Malformed);
        }
        entries.push(entry);
        bytes = rest;
    }
    if bytes.is_empty() {
        Ok(())
    } else {
        Err(SegmentError::Malformed)
    }
}

/// A version byte, then the compressed bytes.
pub(super) fn deflate(version: u8, plain: &[u8]) -> Result<Vec<u8>, SegmentError> {
    let mut encoder = DeflateEncoder::new(vec![version], Compression::new(LEVEL));
    // Writing to a vector can't fail; an error here would be the encoder's own.
    encoder
        .write_all(plain)
        .map_err(|_io: std::io::Error| SegmentError::Malformed)?;
    encoder.finish().map_err(|_io: std::io::Error| SegmentError::Malformed)
}

/// Reverses [`deflate`], with a cap on what comes out.
pub(super) fn inflate(version: u8, packed: &[u8]) -> Result<Vec<u8>, SegmentError> {
    let (&found, packed) = packed.split_first().ok_or(SegmentError::Malformed)?;
    if found != version {
        return Err(SegmentError::Newer { found });
    }
    let mut plain = Vec::new();
    let mut decoder = DeflateDecoder::new(packed).take(MOST_BYTES + 1);
    decoder
        .read_to_end(&mut plain)
        .map_err(|_io: std::io::Error| SegmentError::Malformed)?;
    if MOST_BYTES < plain.len() as u64 {
        Err(SegmentError::Malformed)
    } else {
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Draft, EntryId, Fact, PersonId, Stamp};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn chart(n: u8) -> ChartId {
        ChartId::from_random([n; 16])
    }

    /// An entry of a chart whose unknown fact holds `text`.
    fn entry(n: u8, number: u64, text: &str) -> Entry {
        let stamp = Stamp::new(number, 0, 1);
        let json = format!(
            r#"{{"id":"{}","chart":"{}","stamp":"{stamp}","author":"{}","replaces":[],"kind":"later","fact":{}}}"#,
            EntryId::from_time(number, [n; 10]),
            chart(n),
            Uuid::from_u128(9),
            serde_json::to_string(text).unwrap(),
        );
        Entry::read(&json).unwrap()
    }

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(charts in prop::collection::vec((0..5u8, ".{0,40}"), 0..40)) {
            let entries: Vec<Entry> =
                charts.iter().zip(0..).map(|((n, text), number)| entry(*n, number, text)).collect();
            let packed = pack(&entries).unwrap();
            let mut back: Vec<Entry> =
                packed.iter().flat_map(|segment| unpack(&segment.bytes).unwrap()).collect();
            back.sort_by_key(Entry::stamp);
            prop_assert_eq!(back, entries);
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack(&bytes);
            if let Ok(packed) = deflate(SEGMENT_VERSION, &bytes) {
                let _ = unpack(&packed);
            }
        }
    }

    #[test]
    fn one_charts_entries_are_found_among_others() {
        let entries = [entry(2, 1, "a"), entry(1, 2, "b"), entry(2, 3, "c")];
        let [packed] = pack(&entries).unwrap().try_into().unwrap();
        assert_eq!(
            unpack_chart(&packed.bytes, chart(2), Kinds::all()).unwrap(),
            [entries[0].clone(), entries[2].clone()]
        );
        assert_eq!(unpack_chart(&packed.bytes, chart(3), Kinds::all()).unwrap(), []);
        let counts: Vec<(ChartId, u32)> = packed.shares.iter().map(|s| (s.chart, s.entries)).collect();
        assert_eq!(counts, [(chart(1), 1), (chart(2), 2)]);
        assert_eq!(packed.shares[1].digest, entries[0].digest().plus(entries[2].digest()));
    }

    #[test]
    fn large_amounts_are_split_at_a_megabyte() {
        let text = "x".repeat(200_000);
        let entries: Vec<Entry> = (0..12).map(|number| entry(1, number, &text)).collect();
        let packed = pack(&entries).unwrap();
        // 12 entries of 0.2 MB: full after the sixth.
        assert_eq!(packed.iter().map(|s| s.shares[0].entries).collect::<Vec<_>>(), [6, 6]);
    }

    #[test]
    fn a_cut_off_segment_is_refused() {
        let [packed] = pack(&[entry(1, 1, "some words")]).unwrap().try_into().unwrap();
        for length in 0..packed.bytes.len() {
            assert!(unpack(&packed.bytes[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn a_later_version_is_named() {
        let [mut packed] = pack(&[entry(1, 1, "x")]).unwrap().try_into().unwrap();
        packed.bytes[0] = 2;
        assert!(matches!(unpack(&packed.bytes), Err(SegmentError::Newer { found: 2 })));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = deflate(SEGMENT_VERSION, &vec![0; 9 * 1024 * 1024]).unwrap();
        assert!(bomb.len() < 100_000);
        assert!(matches!(unpack(&bomb), Err(SegmentError::Malformed)));
    }

    #[test]
    fn a_run_that_holds_another_charts_entry_is_refused() {
        let one = entry(1, 1, "x");
        let bytes = u32::try_from(one.text().len()).unwrap() + 4;
        let mut plain = postcard::to_stdvec(&vec![Run {
            chart: chart(2),
            entries: 1,
            bytes,
        }])
        .unwrap();
        plain.extend_from_slice(&(bytes - 4).to_le_bytes());
        plain.extend_from_slice(one.text().as_bytes());
        let segment = deflate(SEGMENT_VERSION, &plain).unwrap();
        assert!(matches!(unpack(&segment), Err(SegmentError::Malformed)));
    }

    #[test]
    fn facts_that_this_version_knows_come_back_alike() {
        let fact = Fact::read("later", "{\"a\":1}");
        let draft = Draft {
            chart: chart(1),
            replaces: vec![],
            fact,
        };
        let one = Entry::write(
            draft,
            EntryId::from_time(1, [0; 10]),
            Stamp::new(1, 0, 1),
            PersonId::new(Uuid::from_u128(9)),
        )
        .unwrap();
        let [packed] = pack([&one]).unwrap().try_into().unwrap();
        assert_eq!(unpack(&packed.bytes).unwrap()[0].text(), one.text());
    }
}
