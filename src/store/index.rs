//! The index: which segments hold which chart, kept in sealed head pages under one sealed head.
//!
//! A chart gets a number when it is first saved. Head page `n / 128` has its line, flowsheet page `n / 32` its flowsheet, so a
//! save rewrites one head page and the head. The head names each head page's generation: a page is sealed once for a
//! generation and the generation is authenticated with it, so naming the generation names the bytes.
//!
//! Counts and digests are of entries as stored: an entry that was saved twice counts twice. Callers save only what is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::raw::Key;
use super::segment::Share;
use crate::journal::{ChartId, Digest};

/// Charts in one head page.
const CHARTS_A_HEAD_PAGE: u32 = 128;
/// Flowsheets in one flowsheet page.
pub const FLOWSHEETS_A_PAGE: u32 = 32;
const ROOT_VERSION: u8 = 1;
const HEAD_PAGE_VERSION: u8 = 1;

/// Counts the transactions that published something; the head's version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Generation(pub u64);

/// A chart's place in head pages and flowsheet pages. Another copy of the registry numbers its charts otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChartNumber(u32);

impl ChartNumber {
    /// The flowsheet page that has this chart.
    pub fn page(self) -> PageNumber {
        PageNumber(self.0 / FLOWSHEETS_A_PAGE)
    }
    fn head_page(self) -> u32 {
        self.0 / CHARTS_A_HEAD_PAGE
    }
}

/// A flowsheet page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageNumber(pub u32);

/// What an import wrote, as one: published, hidden or published again as a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(u64);

impl BatchId {
    /// An id from random bytes. The highest bit tells a batch from a save.
    pub(super) fn from_random(bytes: [u8; 8]) -> Self {
        Self(u64::from_be_bytes(bytes) | 1 << 63)
    }
    /// The key of its record in [`Area::Batches`](super::Area::Batches).
    pub(super) fn key(self) -> Key {
        Key::number(self.0)
    }
    pub(super) fn from_key(key: &Key) -> Option<Self> {
        u64::from_str_radix(key.as_str(), 16)
            .ok()
            .filter(|id| id >> 63 == 1)
            .map(Self)
    }
}
impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
impl fmt::Debug for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BatchId({self})")
    }
}

/// A segment: the generation that saved it, or the batch that it belongs to; and its part of that. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SegmentId {
    series: u64,
    part: u32,
}

impl SegmentId {
    pub(super) fn of_save(generation: Generation, part: u32) -> Self {
        Self {
            series: generation.0,
            part,
        }
    }
    pub(super) fn of_batch(batch: BatchId, part: u32) -> Self {
        Self { series: batch.0, part }
    }
    /// The batch that it belongs to, unless a save wrote it.
    pub fn batch(self) -> Option<BatchId> {
        (self.series >> 63 == 1).then_some(BatchId(self.series))
    }
    /// Its number among the parts of the same save or batch.
    pub(super) fn part(self) -> u32 {
        self.part
    }
    /// Its key in [`Area::Segments`](super::Area::Segments).
    pub fn key(self) -> Key {
        Key::new(format!("{:016x}-{:08x}", self.series, self.part))
    }
    pub(super) fn from_key(key: &Key) -> Option<Self> {
        let (series, part) = key.as_str().split_once('-')?;
        Some(Self {
            series: u64::from_str_radix(series, 16).ok()?,
            part: u32::from_str_radix(part, 16).ok()?,
        })
    }
}

/// What kind of registry a database holds. Fixed when it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Real patients.
    Real,
    /// Invented patients.
    Training,
    /// What a consultant was sent.
    Packet,
}

/// One chart's part of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    pub chart: ChartId,
    pub entries: u32,
    pub digest: Digest,
    /// The segments that hold it, and how many of its entries each holds.
    pub segments: Vec<(SegmentId, u32)>,
}

impl Line {
    pub fn new(chart: ChartId) -> Self {
        Self {
            chart,
            entries: 0,
            digest: Digest::ZERO,
            segments: Vec::new(),
        }
    }
    pub fn add(&mut self, segment: SegmentId, share: &Share) {
        self.entries += share.entries;
        self.digest = self.digest.plus(share.digest);
        self.segments.push((segment, share.entries));
    }
    pub fn holds(&self, segment: SegmentId) -> bool {
        self.segments.iter().any(|(id, _)| *id == segment)
    }
}

/// Lines that change, by number; `None` removes one.
pub(super) type Change = BTreeMap<ChartNumber, Option<Line>>;

/// A head page's number and content.
pub(super) type HeadPage = (u32, Vec<u8>);

/// The head's content. Its generation stands beside it in the clear and is authenticated with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Root {
    pub kind: Kind,
    /// The data key's epoch.
    pub epoch: u32,
    /// The generation of the key file, so that an older one that was put back is noticed.
    pub keys_generation: u64,
    pub charts: u32,
    pub entries: u64,
    /// The sum of all lines' digests.
    pub digest: Digest,
    /// The generation of each head page.
    pub pages: Vec<Generation>,
}

impl Root {
    pub fn encode(&self) -> Option<Vec<u8>> {
        encode(ROOT_VERSION, self)
    }
    pub fn decode(plain: &[u8]) -> Result<Self, Undecoded> {
        decode(ROOT_VERSION, plain)
    }
}

/// Why a payload isn't read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undecoded {
    Newer { found: u8 },
    Malformed,
}

pub(super) fn encode(version: u8, value: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_extend(value, vec![version]).ok()
}

pub(super) fn decode<'a, T: Deserialize<'a>>(version: u8, plain: &'a [u8]) -> Result<T, Undecoded> {
    let (&found, plain) = plain.split_first().ok_or(Undecoded::Malformed)?;
    if found != version {
        return Err(Undecoded::Newer { found });
    }
    let (value, rest) = postcard::take_from_bytes(plain).map_err(|_cut: postcard::Error| Undecoded::Malformed)?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(Undecoded::Malformed)
    }
}

/// The open index of a registry.
#[derive(Clone, Debug)]
pub(super) struct Index {
    pub generation: Generation,
    pub root: Root,
    lines: Vec<Option<Line>>,
    numbers: BTreeMap<ChartId, ChartNumber>,
    vacant: BTreeSet<u32>,
}

impl Index {
    pub fn new(generation: Generation, root: Root, lines: BTreeMap<ChartNumber, Line>) -> Self {
        let length = lines.last_key_value().map_or(0, |(number, _)| number.0 + 1);
        let numbers = lines.iter().map(|(number, line)| (line.chart, *number)).collect();
        let vacant = (0..length).filter(|n| !lines.contains_key(&ChartNumber(*n))).collect();
        let mut dense: Vec<Option<Line>> = Vec::new();
        dense.resize(length as usize, None);
        for (number, line) in lines {
            if let Some(place) = dense.get_mut(number.0 as usize) {
                *place = Some(line);
            }
        }
        Self {
            generation,
            root,
            lines: dense,
            numbers,
            vacant,
        }
    }

    pub fn empty(root: Root) -> Self {
        Self::new(Generation(0), root, BTreeMap::new())
    }

    /// Whether the lines add up to what the head says.
    pub fn adds_up(&self) -> bool {
        let charts = self.lines().count();
        let entries: u64 = self.lines().map(|line| u64::from(line.entries)).sum();
        let digest = self.lines().fold(Digest::ZERO, |sum, line| sum.plus(line.digest));
        (charts, entries, digest) == (self.root.charts as usize, self.root.entries, self.root.digest)
    }

    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().flatten()
    }
    pub fn line(&self, chart: ChartId) -> Option<&Line> {
        self.line_at(*self.numbers.get(&chart)?)
    }
    fn line_at(&self, number: ChartNumber) -> Option<&Line> {
        self.lines.get(number.0 as usize)?.as_ref()
    }

    /// The lines of all head pages but these.
    pub fn lines_outside(&self, pages: &[u32]) -> BTreeMap<ChartNumber, Line> {
        let numbered = (0..).map(ChartNumber).zip(&self.lines);
        numbered
            .filter(|(number, _)| !pages.contains(&number.head_page()))
            .filter_map(|(number, line)| Some((number, line.clone()?)))
            .collect()
    }

    /// The charts whose entries are others than in an earlier index.
    pub fn differing(&self, earlier: &Self) -> BTreeSet<ChartId> {
        let digest = |index: &Self, chart| index.line(chart).map(|line| (line.entries, line.digest));
        let charts = self.lines().chain(earlier.lines()).map(|line| line.chart);
        charts
            .filter(|chart| digest(self, *chart) != digest(earlier, *chart))
            .collect()
    }

    /// The chart's number; a chart without one gets the lowest that is free and keeps it while the registry is open.
    pub fn number(&mut self, chart: ChartId) -> ChartNumber {
        if let Some(number) = self.numbers.get(&chart) {
            return *number;
        }
        let number = self.vacant.pop_first().unwrap_or_else(|| {
            self.lines.push(None);
            u32::try_from(self.lines.len() - 1).unwrap_or(u32::MAX)
        });
        self.numbers.insert(chart, ChartNumber(number));
        ChartNumber(number)
    }

    /// The change that adds these shares of new segments.
    pub fn adding(&mut self, shares: impl IntoIterator<Item = (SegmentId, Share)>) -> Change {
        let mut change = Change::new();
        for (segment, share) in shares {
            let number = self.number(share.chart);
            let old = self.lines.get(number.0 as usize).cloned().flatten();
            let line = change
                .entry(number)
                .or_insert_with(|| old.or_else(|| Some(Line::new(share.chart))));
            if let Some(line) = line {
                line.add(segment, &share);
            }
        }
        change
    }

    /// The next head after a change, its totals brought along, and the head pages to write with it.
    pub fn next(&self, change: &Change) -> Option<(Root, Vec<HeadPage>)> {
        let generation = Generation(self.generation.0 + 1);
        let mut root = self.root.clone();
        for (number, new) in change {
            if let Some(old) = self.line_at(*number) {
                root.charts -= 1;
                root.entries -= u64::from(old.entries);
                root.digest = root.digest.minus(old.digest);
            }
            if let Some(new) = new {
                root.charts += 1;
                root.entries += u64::from(new.entries);
                root.digest = root.digest.plus(new.digest);
            }
        }
        let touched: BTreeSet<u32> = change.keys().map(|number| number.head_page()).collect();
        let mut pages = Vec::new();
        for page in touched {
            if root.pages.len() <= page as usize {
                root.pages.resize(page as usize + 1, Generation(0));
            }
            if let Some(place) = root.pages.get_mut(page as usize) {
                *place = generation;
            }
            pages.push((page, self.encode_page(page, change)?));
        }
        Some((root, pages))
    }

    /// Takes over what was committed.
    pub fn adopt(&mut self, root: Root, change: Change) {
        self.generation = Generation(self.generation.0 + 1);
        self.root = root;
        for (number, line) in change {
            let at = number.0 as usize;
            if self.lines.len() <= at {
                self.lines.resize(at + 1, None);
            }
            let Some(place) = self.lines.get_mut(at) else { continue };
            if let Some(old) = place.take() {
                self.numbers.remove(&old.chart);
            }
            match line {
                Some(line) => {
                    self.numbers.insert(line.chart, number);
                    *place = Some(line);
                }
                None => {
                    self.vacant.insert(number.0);
                }
            }
        }
    }

    fn encode_page(&self, page: u32, change: &Change) -> Option<Vec<u8>> {
        let first = page * CHARTS_A_HEAD_PAGE;
        let lines: Vec<(u32, &Line)> = (first..first + CHARTS_A_HEAD_PAGE)
            .filter_map(|n| {
                let changed = change.get(&ChartNumber(n));
                let line = changed.map_or_else(|| self.line_at(ChartNumber(n)), Option::as_ref);
                Some((n - first, line?))
            })
            .collect();
        encode(HEAD_PAGE_VERSION, &lines)
    }
}

/// Reads a head page: its lines by number.
pub(super) fn decode_page(page: u32, plain: &[u8]) -> Result<Vec<(ChartNumber, Line)>, Undecoded> {
    let lines: Vec<(u32, Line)> = decode(HEAD_PAGE_VERSION, plain)?;
    if lines.iter().any(|(slot, _)| CHARTS_A_HEAD_PAGE <= *slot) {
        return Err(Undecoded::Malformed);
    }
    let first = page * CHARTS_A_HEAD_PAGE;
    Ok(lines
        .into_iter()
        .map(|(slot, line)| (ChartNumber(first + slot), line))
        .collect())
}

/// A head page's key.
pub(super) fn head_page_key(page: u32) -> Key {
    Key::number(u64::from(page))
}
