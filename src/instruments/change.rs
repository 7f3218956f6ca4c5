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

/// The change from a baseline to the latest score. With one score only there is none.
pub fn change(definition: &Definition, baseline: Score, latest: Option<Score>) -> Option<Change> {
    let latest = latest?;
    // Stored scores may come from anywhere: 64 bits hold every difference and every percentage of two scores.
    let (from, to) = (i64::from(baseline.points()), i64::from(latest.points()));
    let points = to - from;
    let better_by = match definition.direction {
        Direction::HigherIsWorse => -points,
        Direction::HigherIsBetter => points,
    };
    let holds = |test: &ChangeTest| match test {
        ChangeTest::BetterByPoints(least) => i64::from(*least) <= better_by,
        ChangeTest::BetterByPercent(least) => 0 < from && i64::from(*least) * from <= 100 * better_by,
        ChangeTest::LatestBelow(limit) => to < i64::from(*limit),
        ChangeTest::BaselineAtLeast(limit) => i64::from(*limit) <= from,
    };
    let named = definition.change.iter().map(|rule| NamedChange {
        key: rule.key.clone(),
        label: rule.label.clone(),
        holds: rule.any.iter().any(holds),
        source: rule.source.clone(),
    });
    Some(Change {
        baseline,
        latest,
        points,
        percent: percent(points, from),
        trend: match better_by {
            1.. => Trend::Better,
            0 => Trend::Same,
            _ => Trend::Worse,
        },
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
