//! How a definition file says what is computed: steps, cut-offs, decision tables, named changes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::definition::{Band, Direction};
use super::ids::ItemId;
use super::rules::Rule;

/// One result and how it is computed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The result's name.
    pub key: String,
    /// Its name for people, where they are shown it beside the score.
    #[serde(default)]
    pub label: Option<String>,
    /// How it is computed.
    pub by: Measure,
    /// Which way is worse, where this result differs from its instrument (BAM: protective factors).
    #[serde(default)]
    pub direction: Option<Direction>,
}

/// How a result is computed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The sum of items, times a factor; of all scored items where none are named.
    Sum {
        /// The items; empty for all scored ones.
        #[serde(default)]
        items: Vec<ItemId>,
        /// The factor (WHO-5: 4).
        #[serde(default = "one")]
        times: i32,
    },
    /// How many items lie in the tallies' ranges.
    Count(Vec<Tally>),
    /// The band of another result.
    Band {
        /// The other result.
        of: String,
        /// Its bands; the definition's own where none are given.
        #[serde(default)]
        bands: Vec<Band>,
    },
    /// Whether another result reaches a limit, which may depend on the context.
    Cutoff(Cutoff),
    /// Whether a rule holds.
    When(Rule),
    /// The first row whose rule holds; nothing when none does.
    Choose(Vec<Row>),
}

fn one() -> i32 {
    1
}

/// A cut-off: at least, or at most, a limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    /// The result that is compared.
    pub of: String,
    /// Positive from here up.
    #[serde(default)]
    pub at_least: Option<Limit>,
    /// Positive from here down.
    #[serde(default)]
    pub at_most: Option<Limit>,
}

/// A limit: one number, or one for each value of a context.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Limit {
    /// The same for everybody.
    Points(i32),
    /// One for each value of a context; unknown when the context is.
    By {
        /// The name of the context, such as `sex`.
        by: String,
        /// The limit for each of its values.
        values: BTreeMap<String, i32>,
    },
}

/// Items, and the range of raw answers that counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// The items.
    pub items: Vec<ItemId>,
    /// The lowest answer that counts.
    #[serde(default)]
    pub at_least: Option<i32>,
    /// The highest answer that counts.
    #[serde(default)]
    pub at_most: Option<i32>,
}

/// One row of a decision table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// When it is chosen.
    pub when: Rule,
    /// The result.
    pub is: String,
}

/// A named change between a baseline and a later score.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRule {
    /// Its name in results.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// It holds when any of these does.
    pub any: Vec<ChangeTest>,
    /// Where it comes from.
    pub source: String,
}

/// One test on a baseline and a later score. "Better" follows the definition's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeTest {
    /// Better by at least so many points.
    BetterByPoints(i32),
    /// Better by at least so many percent of the baseline; exactly that much counts.
    BetterByPercent(i32),
    /// The later score is below this.
    LatestBelow(i32),
    /// The baseline is at least this.
    BaselineAtLeast(i32),
}
