//! A closed month as it was closed: read from its lock and, of a large clinic, from the parts of its rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::journal::facts::{MonthPart, MonthSnapshot, MonthStood, SnapshotRow, mark};
use crate::journal::{ChartId, EntryId, Fact, Folded, Month, Seconds, Slot, Stamp, ThingId};

/// The most time entries whose ids stand in the lock itself, and the most patients: an entry of the journal holds 256 KB.
const MOST_IDS: usize = 3_500;
const MOST_ROWS: usize = 700;

/// How a closed month stands beside what is known now.
pub(super) struct Closed<'a> {
    /// When it was closed.
    pub stamp: Stamp,
    /// What it came to then; absent in months that were closed without it, and where a part of it isn't here.
    pub snapshot: Option<&'a MonthSnapshot>,
    rows: BTreeMap<ChartId, Row>,
    knows_entries: bool,
}

/// A patient's line when the month was closed.
pub(super) struct Row {
    /// Countable time.
    pub seconds: Seconds,
    /// Time entries looked at, counted or not.
    pub entries: u32,
    /// Codes ready to be billed, with their units.
    pub codes: BTreeMap<String, u32>,
    /// The payer profile that it was reckoned with.
    pub profile: String,
    /// How it stood.
    pub stood: Option<MonthStood>,
    /// Marks of those entries.
    marks: BTreeSet<u32>,
}

impl Closed<'_> {
    /// A patient's line when it was closed.
    pub fn row(&self, chart: ChartId) -> Option<&Row> {
        self.rows.get(&chart)
    }
    /// How many patients had time.
    pub fn patients(&self) -> usize {
        self.rows.len()
    }
    /// Whether an entry was written, or came here, after the closing. What a merge brings may be older than the closing:
    /// only the entries of then tell.
    pub fn is_late(&self, chart: ChartId, entry: EntryId, written: Option<Stamp>) -> bool {
        let after = written.is_some_and(|written| written > self.stamp);
        match self.knows_entries {
            true => !self.row(chart).is_some_and(|row| row.marks.contains(&mark(entry))),
            false => after,
        }
    }
    /// Whether these are the entries that were looked at; also where it was closed without them.
    pub fn took_up(&self, chart: ChartId, entries: &BTreeSet<EntryId>) -> bool {
        let now: BTreeSet<u32> = entries.iter().map(|id| mark(*id)).collect();
        let then = self.row(chart).map(|row| &row.marks);
        !self.knows_entries || then.map_or(now.is_empty(), |then| *then == now)
    }
}

/// How a month was closed, while it is.
pub(super) fn closed(office: &Folded, month: Month) -> Option<Closed<'_>> {
    let live = office.head(&Slot::MonthLock(month))?;
    let Fact::MonthLock(lock) = &live.fact else { return None };
    let rows = lock.snapshot.as_ref().and_then(|snapshot| rows_of(office, snapshot));
    lock.closed.then(|| Closed {
        stamp: live.stamp,
        snapshot: lock.snapshot.as_ref().filter(|_| rows.is_some()),
        knows_entries: rows.iter().flatten().any(|(_, row)| !row.marks.is_empty()),
        rows: rows.unwrap_or_default(),
    })
}

/// All rows; `None` where a part of them isn't here or can't be read.
fn rows_of(office: &Folded, snapshot: &MonthSnapshot) -> Option<BTreeMap<ChartId, Row>> {
    let whole = snapshot.rows.iter().map(|row| {
        let read = Row {
            seconds: row.seconds,
            entries: row.entries,
            codes: row.codes.clone(),
            profile: row.profile.clone(),
            stood: row.stood.clone(),
            marks: row.ids.iter().map(|id| mark(*id)).collect(),
        };
        (row.chart, read)
    });
    let mut rows: BTreeMap<ChartId, Row> = whole.collect();
    for part in &snapshot.parts {
        let Fact::MonthPart(part) = &office.head(&Slot::MonthPart(*part))?.fact else {
            return None;
        };
        rows.extend(part.read()?.into_iter().map(|row| {
            let read = Row {
                seconds: row.seconds,
                entries: row.entries,
                codes: row.codes,
                profile: row.profile.unwrap_or_else(|| snapshot.profile.clone()),
                stood: row.stood,
                marks: row.marks.into_iter().collect(),
            };
            (row.chart, read)
        }));
    }
    Some(rows)
}

/// Whether rows fit into the lock itself.
pub(super) fn fits(rows: &[SnapshotRow]) -> bool {
    rows.len() <= MOST_ROWS && rows.iter().map(|row| row.ids.len()).sum::<usize>() <= MOST_IDS
}

/// The rows in parts that each fit an entry.
pub(super) fn parts(
    rows: &[SnapshotRow],
    month: Month,
    profile: &str,
    mut random: impl FnMut() -> [u8; 16],
) -> Vec<MonthPart> {
    let mut parts: Vec<MonthPart> = Vec::new();
    let mut held = 0;
    for row in rows {
        let line = MonthPart::line(row, profile);
        let length = line.len() + line.bytes().filter(|byte| b"\t\n\"\\".contains(byte)).count();
        match parts.last_mut() {
            Some(part) if held + length <= MonthPart::MOST_BYTES => {
                part.rows.push_str(&line);
                held += length;
            }
            _ => {
                parts.push(MonthPart {
                    part: ThingId::from_random(random()),
                    month,
                    rows: line,
                });
                held = length;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_ten_thousand_patients_stand_in_parts_that_each_fit_an_entry_and_read_back() {
        let row = |n: u32| {
            let mut id = [7; 16];
            id[..4].copy_from_slice(&n.to_be_bytes());
            SnapshotRow {
                chart: ChartId::from_random(id),
                // Quotes are the longest in JSON.
                profile: "\"\"\"\"".repeat(50),
                seconds: Seconds(6_000),
                entries: 8,
                codes: [("99493".to_owned(), 1), ("99494".to_owned(), 2)].into(),
                ids: (0..8).map(|of| EntryId::from_time(u64::from(n), [of; 10])).collect(),
                stood: Some(MonthStood {
                    kind: "Outreach before enrollment".to_owned(),
                    supports: [("99493".to_owned(), 1), ("99494".to_owned(), 2)].into(),
                    missing: ["consent", "diagnosis", "initiating visit", "NPI"]
                        .map(str::to_owned)
                        .to_vec(),
                    unsettled: true,
                }),
            }
        };
        let rows: Vec<SnapshotRow> = (0..10_000).map(row).collect();
        assert!(!fits(&rows) && fits(&rows[..400]));
        let parts = parts(&rows, "2026-10".parse().unwrap(), "ours", || [1; 16]);
        let mut read = 0;
        for part in &parts {
            let fact = Fact::from(part.clone());
            assert!(fact.problems().is_empty());
            assert!(fact.to_json().unwrap().len() < 240 * 1024);
            read += part.read().unwrap().len();
        }
        assert_eq!(read, 10_000);
    }
}
