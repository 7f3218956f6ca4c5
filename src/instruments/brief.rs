//! What rules and lists ask of a shipped instrument at any time: its title, which way is worse, when a change counts.
//!
//! The same stands in the definitions, with all words of the forms. A start needs a few of them for a hundred lines of a
//! list, and neither their files nor their reader (docs/decisions/0024). A test holds this table to the definitions.

use super::change::{Trend, moved};
use super::definition::Direction;
use super::ids::Score;
use super::measure::ChangeTest;
use ChangeTest::{BaselineAtLeast, BetterByPercent, BetterByPoints, LatestBelow};

/// A shipped instrument, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// The id that assessments carry.
    pub id: &'static str,
    /// What a list or a graph calls it, such as `PHQ-9`.
    pub short_title: &'static str,
    /// Whether a higher score is worse or better.
    pub direction: Direction,
    /// Its questions that are answered by yes or no: what follows the id of the instrument in theirs.
    yes_or_no: &'static [&'static str],
    /// The number that yes counts for in them; no counts for 0.
    yes: u8,
    /// Its first safety item, named in the same way.
    safety: Option<&'static str>,
    /// When its named changes hold: any of these is enough for one of them.
    changes: &'static [ChangeTest],
}

impl Brief {
    const fn of(id: &'static str, short_title: &'static str) -> Self {
        Self {
            id,
            short_title,
            direction: Direction::HigherIsWorse,
            yes_or_no: &[],
            yes: 1,
            safety: None,
            changes: &[],
        }
    }
    const fn more_is_better(self) -> Self {
        Self {
            direction: Direction::HigherIsBetter,
            ..self
        }
    }
    const fn yes_or_no(self, yes_or_no: &'static [&'static str]) -> Self {
        Self { yes_or_no, ..self }
    }
    const fn yes_is(self, yes: u8) -> Self {
        Self { yes, ..self }
    }
    const fn safety(self, item: &'static str) -> Self {
        Self {
            safety: Some(item),
            ..self
        }
    }
    const fn changes(self, changes: &'static [ChangeTest]) -> Self {
        Self { changes, ..self }
    }

    /// An answer to a question as `Yes` or `No`, where those are its answers.
    pub fn said(&self, item: &str, value: u8) -> Option<&'static str> {
        self.said_of(item.strip_prefix(self.id)?.strip_prefix('_')?, value)
    }

    /// The same of its first safety item.
    pub fn safety_said(&self, value: u8) -> Option<&'static str> {
        self.said_of(self.safety?, value)
    }

    fn said_of(&self, item: &str, value: u8) -> Option<&'static str> {
        match value {
            _ if !self.yes_or_no.contains(&item) => None,
            0 => Some("No"),
            yes if yes == self.yes => Some("Yes"),
            _ => None,
        }
    }

    /// Whether the latest score is better than the first by half, in whole percent, or by one of the named changes.
    pub fn has_improved(&self, first: Score, latest: Score) -> bool {
        let moved = moved(self.direction, first, latest);
        let half = moved.percent.is_some_and(|percent| 50 <= percent.abs());
        moved.trend == Trend::Better && (half || self.changes.iter().any(|test| moved.holds(*test)))
    }
}

/// A shipped instrument, in short; none when this version doesn't know it.
pub fn brief(id: &str) -> Option<&'static Brief> {
    let place = BRIEFS.binary_search_by_key(&id, |brief| brief.id).ok()?;
    BRIEFS.get(place)
}

/// By id, in order.
const BRIEFS: &[Brief] = &[
    Brief::of("asq", "ASQ")
        .yes_or_no(&["1", "2", "3", "4", "5"])
        .safety("1"),
    Brief::of("asrs6", "ASRS v1.1"),
    Brief::of("audit", "AUDIT"),
    Brief::of("auditc", "AUDIT-C"),
    Brief::of("bam", "BAM").yes_or_no(&["14"]).yes_is(4),
    Brief::of("cage", "CAGE").yes_or_no(&["1", "2", "3", "4"]),
    Brief::of("cage_aid", "CAGE-AID").yes_or_no(&["1", "2", "3", "4"]),
    Brief::of("cssrs_screen", "C-SSRS screener")
        .yes_or_no(&["1", "2", "3", "4", "5", "6b"])
        .safety("1"),
    Brief::of("dast10", "DAST-10").yes_or_no(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
    Brief::of("epds", "EPDS").safety("10"),
    Brief::of("gad2", "GAD-2"),
    Brief::of("gad7", "GAD-7").changes(&[
        BetterByPoints(4),
        BetterByPoints(6),
        BetterByPercent(50),
        LatestBelow(5),
        LatestBelow(10),
        BaselineAtLeast(10),
    ]),
    Brief::of("gds15", "GDS-15").yes_or_no(&[
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15",
    ]),
    Brief::of("isi", "ISI").changes(&[BetterByPoints(6), BetterByPoints(9), LatestBelow(8)]),
    Brief::of("mdq", "MDQ").yes_or_no(&[
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "13",
        "same_time",
    ]),
    Brief::of("minicog", "Mini-Cog").more_is_better(),
    Brief::of("pcl5", "PCL-5").changes(&[
        BetterByPoints(12),
        BetterByPoints(5),
        BetterByPoints(10),
        BetterByPoints(15),
        BetterByPoints(18),
        LatestBelow(29),
        BaselineAtLeast(33),
        LatestBelow(33),
    ]),
    Brief::of("pcptsd5", "PC-PTSD-5").yes_or_no(&["1", "2", "3", "4", "5", "gate"]),
    Brief::of("phq15", "PHQ-15"),
    Brief::of("phq2", "PHQ-2"),
    Brief::of("phq4", "PHQ-4"),
    Brief::of("phq8", "PHQ-8"),
    Brief::of("phq9", "PHQ-9").safety("9").changes(&[
        BetterByPoints(5),
        BetterByPercent(50),
        LatestBelow(5),
        LatestBelow(10),
        BaselineAtLeast(10),
    ]),
    Brief::of("phq9m", "PHQ-A / PHQ-9M")
        .yes_or_no(&["year", "si_month", "attempt_ever"])
        .safety("9")
        .changes(&[
            BetterByPoints(5),
            BetterByPercent(50),
            LatestBelow(5),
            LatestBelow(10),
            BaselineAtLeast(10),
        ]),
    Brief::of("phqads", "PHQ-ADS"),
    Brief::of("promis_depression_t", "PROMIS Depression T"),
    Brief::of("psc17", "PSC-17").changes(&[BetterByPercent(50), BaselineAtLeast(15), LatestBelow(15)]),
    Brief::of("scared", "SCARED").changes(&[BetterByPercent(50), BaselineAtLeast(25), LatestBelow(25)]),
    Brief::of("scared_child", "SCARED, child").changes(&[BetterByPercent(50), BaselineAtLeast(25), LatestBelow(25)]),
    Brief::of("scared_parent", "SCARED, parent").changes(&[BetterByPercent(50), BaselineAtLeast(25), LatestBelow(25)]),
    Brief::of("sds", "SDS"),
    Brief::of("smfq", "SMFQ"),
    Brief::of("smfq_child", "SMFQ, child").changes(&[BetterByPoints(8), BaselineAtLeast(12), LatestBelow(8)]),
    Brief::of("smfq_parent", "SMFQ, parent").changes(&[BetterByPoints(6)]),
    Brief::of("taps1", "TAPS-1"),
    Brief::of("taps2", "TAPS-2"),
    Brief::of("taps2_substance", "TAPS-2, one substance"),
    Brief::of("vanderbilt_parent", "Vanderbilt, parent").changes(&[BetterByPercent(50)]),
    Brief::of("vanderbilt_teacher", "Vanderbilt, teacher").changes(&[BetterByPercent(50)]),
    Brief::of("who5", "WHO-5")
        .more_is_better()
        .changes(&[BetterByPoints(10)]),
    Brief::of("wsas_total", "WSAS"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::{Definition, Item, catalog, change};

    /// The label of an answer, where a question has two answers and they are yes and no.
    fn said_by<'d>(definition: &'d Definition, item: &Item, value: u8) -> Option<&'d str> {
        let options = definition.options(item);
        let is_word = |label: &str| label.eq_ignore_ascii_case("yes") || label.eq_ignore_ascii_case("no");
        let two_words = options.len() == 2 && options.iter().all(|option| is_word(&option.label));
        let said = options.iter().find(|option| option.value == i32::from(value))?;
        two_words.then_some(said.label.as_str())
    }

    #[test]
    fn what_is_said_in_short_is_what_the_definitions_say() {
        let known: Vec<&str> = catalog().iter().map(|definition| definition.id.as_str()).collect();
        assert_eq!(BRIEFS.iter().map(|brief| brief.id).collect::<Vec<_>>(), known);
        for definition in catalog().iter() {
            let id = definition.id.as_str();
            let brief = brief(id).unwrap();
            assert_eq!(brief.short_title, definition.short_title, "{id}");
            assert_eq!(brief.direction, definition.direction, "{id}");
            for value in 0..=u8::MAX {
                for item in definition.all_items() {
                    let said = said_by(definition, item, value);
                    assert_eq!(brief.said(item.id.as_str(), value), said, "{} {value}", item.id);
                }
                let safety = definition.safety_items.first();
                let item = safety.and_then(|safety| definition.item(&safety.item));
                let said = item.and_then(|item| said_by(definition, item, value));
                assert_eq!(brief.safety_said(value), said, "{id} {value}");
            }
            assert_eq!(brief.said("phq99_1", 1), None, "{id}");
        }
        assert_eq!(brief("own:Sleep"), None);
        assert_eq!(brief("of_a_newer_version"), None);
    }

    #[test]
    fn an_improvement_in_short_is_the_one_that_the_definitions_named_changes_make() {
        for definition in catalog().iter() {
            let brief = brief(definition.id.as_str()).unwrap();
            let (low, high) = definition.score_range.unwrap_or((0, 30));
            for first in low..=high {
                for latest in low..=high {
                    let (first, latest) = (Score::new(first), Score::new(latest));
                    let whole = change(definition, first, Some(latest)).unwrap();
                    let half = whole.percent.is_some_and(|percent| 50 <= percent.abs());
                    let improved =
                        whole.trend == Trend::Better && (half || whole.named.iter().any(|named| named.holds));
                    assert_eq!(
                        brief.has_improved(first, latest),
                        improved,
                        "{} {first} {latest}",
                        brief.id
                    );
                }
            }
        }
    }
}
