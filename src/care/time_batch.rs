//! Several time entries saved together: those of a day, or the shares of one meeting.
//!
//! What overlaps is settled row by row before anything is saved, and what gives way on record is corrected by the same save.

use serde::{Deserialize, Serialize};

use super::overlap::Stretch;
use super::settle::left;
use crate::journal::facts::Time;
use crate::journal::{ChartId, EntryId, Zone};

/// Time entries of several patients, saved together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeBatch {
    /// New entries, each in its patient's chart.
    pub new: Vec<(ChartId, Time)>,
    /// Entries on record that give way, each with what is left of it.
    pub cut: Vec<(ChartId, EntryId, Vec<Time>)>,
}

impl TimeBatch {
    /// Whose charts it writes to, each once.
    pub fn charts(&self) -> Vec<ChartId> {
        let new = self.new.iter().map(|(chart, _)| *chart);
        let mut charts: Vec<ChartId> = new.chain(self.cut.iter().map(|(chart, ..)| *chart)).collect();
        charts.sort();
        charts.dedup();
        charts
    }
}

/// What is to be done about a row whose time overlaps other time of the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// The row gives way.
    ShortenThis,
    /// The other gives way: an earlier row, or an entry on record, by a correction that keeps the original.
    ShortenOther,
    /// Both stay, for this reason.
    KeepBoth(String),
}

/// A row as it would be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whose.
    pub chart: ChartId,
    /// What.
    pub time: Time,
    /// Entries of the same person on record that it overlaps.
    pub known: Vec<Known>,
    /// What was said about overlaps.
    pub how: Option<How>,
}

/// An entry on record that a row overlaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whose.
    pub chart: ChartId,
    /// Which.
    pub entry: EntryId,
    /// What it says.
    pub time: Time,
}

/// Why rows can't be saved together yet, by their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// They overlap, and what to do about it was not said.
    pub open: Vec<usize>,
    /// Nothing is left of them where they give way.
    pub nothing_left: Vec<usize>,
}

/// The earlier rows that a row shares seconds with, and which those are.
pub fn among(rows: &[Row], at: usize) -> Vec<(usize, Stretch)> {
    let own = rows.get(at).and_then(stretch_of);
    let shared = |(place, row): (usize, &Row)| Some((place, own?.shared(stretch_of(row)?)?));
    rows.iter().enumerate().take(at).filter_map(shared).collect()
}

/// What is saved of the rows, once every overlap is settled.
///
/// # Errors
/// The rows about which nothing was said, and those of which nothing would be left.
pub fn settle(rows: &[Row], zone: Zone) -> Result<TimeBatch, Unsettled> {
    let mut unsettled = Unsettled::default();
    let mut placed: Vec<(ChartId, Vec<Time>)> = Vec::new();
    let mut cuts: Vec<(&Known, Vec<Stretch>)> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let own = stretch_of(row);
        let shares = |time: &Time| {
            let other = Stretch::of(time.start, time.seconds);
            own.zip(other).and_then(|(own, other)| own.shared(other)).is_some()
        };
        let collides = !row.known.is_empty() || placed.iter().flat_map(|(_, parts)| parts).any(shares);
        let kept = match &row.how {
            _ if !collides => vec![row.time.clone()],
            None => {
                unsettled.open.push(place);
                vec![row.time.clone()]
            }
            Some(How::KeepBoth(reason)) => vec![Time {
                beside: Some(reason.clone()),
                ..row.time.clone()
            }],
            Some(How::ShortenThis) => {
                let known = row.known.iter().map(|known| &known.time);
                let others = known.chain(placed.iter().flat_map(|(_, parts)| parts));
                let taken: Vec<Stretch> = others
                    .filter_map(|time| Stretch::of(time.start, time.seconds))
                    .collect();
                without(&row.time, &taken, zone)
            }
            Some(How::ShortenOther) => {
                let taken: Vec<Stretch> = own.into_iter().collect();
                for (_, parts) in &mut placed {
                    *parts = parts.iter().flat_map(|part| without(part, &taken, zone)).collect();
                }
                for known in &row.known {
                    match cuts
                        .iter_mut()
                        .find(|(cut, _)| (cut.chart, cut.entry) == (known.chart, known.entry))
                    {
                        Some((_, stretches)) => stretches.extend(&taken),
                        None => cuts.push((known, taken.clone())),
                    }
                }
                vec![row.time.clone()]
            }
        };
        placed.push((row.chart, kept));
    }
    let emptied = placed.iter().enumerate().filter(|(_, (_, parts))| parts.is_empty());
    unsettled.nothing_left = emptied.map(|(place, _)| place).collect();
    if unsettled != Unsettled::default() {
        return Err(unsettled);
    }
    let of_chart = |(chart, parts): (ChartId, Vec<Time>)| parts.into_iter().map(move |part| (chart, part));
    let cut = |(known, taken): (&Known, Vec<Stretch>)| (known.chart, known.entry, without(&known.time, &taken, zone));
    Ok(TimeBatch {
        new: placed.into_iter().flat_map(of_chart).collect(),
        cut: cuts.into_iter().map(cut).collect(),
    })
}

fn stretch_of(row: &Row) -> Option<Stretch> {
    Stretch::of(row.time.start, row.time.seconds)
}

/// What stretches of the clock leave of an entry, part by part.
fn without(time: &Time, taken: &[Stretch], zone: Zone) -> Vec<Time> {
    let parts = left(time.start, time.seconds, taken, zone).into_iter();
    let part = |(start, seconds)| Time {
        start,
        seconds,
        ..time.clone()
    };
    parts.map(part).collect()
}

#[cfg(test)]
#[path = "time_batch_tests.rs"]
mod tests;
