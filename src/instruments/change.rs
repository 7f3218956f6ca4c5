//! From a baseline to a later score: points, percent, and the named changes of the instrument.

use super::definition::{Definition, Direction};
use super::ids::Score;
use super::measure::ChangeTest;

/// What changed between two scores of one instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The first score.
    pub baseline: Score,
    /// The later score.
    pub latest: Score,
    /// Latest minus baseline.
    pub points: i64,
    /// The same in whole percent of the baseline, rounded, a half away from zero; for showing, never for a rule.
    /// None when the baseline is 0: not defined.
    pub percent: Option<i64>,
    /// Better or worse by the instrument's direction.
    pub trend: Trend,
    /// The instrument's named changes, each with its answer.
    pub named: Vec<NamedChange>,
}

impl Change {
    /// Whether a named change holds; none when the instrument doesn't have it.
    pub fn holds(&self, key: &str) -> Option<bool> {
        let named = self.named.iter().find(|named| named.key == key)?;
        Some(named.holds)
    }
}

/// Which way a score moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Better.
    Better,
    /// The same.
    Same,
    /// Worse.
    Worse,
}

/// A named change and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedChange {
    /// Its name in results, such as `meaningful_change_5`.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// Whether it holds.
    pub holds: bool,
    /// Where it comes from.
    pub source: String,
}

/// How far a score moved, before anything is said about it.
#[derive(Clone, Copy)]
pub(super) struct Moved {
    from: i64,
    to: i64,
    better_by: i64,
    /// As [`Change::percent`].
    pub percent: Option<i64>,
    /// As [`Change::trend`].
    pub trend: Trend,
}

impl Moved {
    /// Whether a test on the two scores holds.
    pub fn holds(&self, test: ChangeTest) -> bool {
        match test {
            ChangeTest::BetterByPoints(least) => i64::from(least) <= self.better_by,
            ChangeTest::BetterByPercent(least) => 0 < self.from && i64::from(least) * self.from <= 100 * self.better_by,
            ChangeTest::LatestBelow(limit) => self.to < i64::from(limit),
            ChangeTest::BaselineAtLeast(limit) => i64::from(limit) <= self.from,
        }
    }
}

/// How far a score of an instrument moved of which more is worse, or better.
pub(super) fn moved(direction: Direction, baseline: Score, latest: Score) -> Moved {
    // Stored scores may come from anywhere: 64 bits hold every difference and every percentage of two scores.
    let (from, to) = (i64::from(baseline.points()), i64::from(latest.points()));
    let better_by = match direction {
        Direction::HigherIsWorse => from - to,
        Direction::HigherIsBetter => to - from,
    };
    let trend = match better_by {
        1.. => Trend::Better,
        0 => Trend::Same,
        _ => Trend::Worse,
    };
    Moved {
        from,
        to,
        better_by,
        percent: percent(to - from, from),
        trend,
    }
}

/// The change from a baseline to the latest score. With one score only there is none.
pub fn change(definition: &Definition, baseline: Score, latest: Option<Score>) -> Option<Change> {
    let latest = latest?;
    let moved = moved(definition.direction, baseline, latest);
    let named = definition.change.iter().map(|rule| NamedChange {
        key: rule.key.clone(),
        label: rule.label.clone(),
        holds: rule.any.iter().any(|test| moved.holds(*test)),
        source: rule.source.clone(),
    });
    Some(Change {
        baseline,
        latest,
        points: moved.to - moved.from,
        percent: moved.percent,
        trend: moved.trend,
        named: named.collect(),
    })
}

fn percent(points: i64, baseline: i64) -> Option<i64> {
    if baseline <= 0 {
        return None;
    }
    let magnitude = (200 * points.abs() + baseline) / (2 * baseline);
    Some(points.signum() * magnitude)
}
