//! Positive answers to item 9 that the sheets have besides their latest word: they open no concern, and are named.

use std::collections::BTreeSet;
use std::fmt;

use super::contacts::ContactRow;
use super::item9::{Known9, Said9, said};
use super::scribe::stamp;
use crate::journal::{ChartId, Day, Stamp};

/// A positive answer that isn't the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EarlierAnswer {
    /// Its day.
    pub day: Day,
    /// What was answered.
    pub said: EarlierSaid,
}

/// What was answered to item 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EarlierSaid {
    /// Yes, in words.
    Yes,
    /// Not known, but at least this by its total.
    AtLeast {
        /// The least.
        value: u8,
        /// The total.
        total: u16,
    },
    /// A number.
    Value(u8),
}

impl fmt::Display for EarlierAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.day.date().format("%-d %b %Y");
        match self.said {
            EarlierSaid::Yes => write!(f, "yes on {day}"),
            EarlierSaid::AtLeast { value, total } => write!(f, "at least {value} on {day} (by the total of {total})"),
            EarlierSaid::Value(value) => write!(f, "{value} on {day}"),
        }
    }
}

/// A patient whose item 9 was positive and is 0 since: nobody has to decide, and nobody should have to find out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastPositive {
    /// The patient's chart.
    pub chart: ChartId,
    /// The patient's MRN.
    pub mrn: String,
    /// The patient's name, family name first.
    pub name: String,
    /// The positive answers, the oldest first.
    pub earlier: Vec<EarlierAnswer>,
    /// The day of the latest answer, which is 0.
    pub since: Day,
}

impl PastPositive {
    /// `2 on 3 Mar 2025, 1 on 3 Sep 2025; 0 on 10 Nov 2026`.
    pub fn words(&self) -> String {
        let earlier: Vec<String> = self.earlier.iter().map(EarlierAnswer::to_string).collect();
        format!("{}; 0 on {}", earlier.join(", "), self.since.date().format("%-d %b %Y"))
    }

    /// Whether any of the answers comes with these rows of these days: those that are here already were named before.
    pub(super) fn is_among(&self, new: &BTreeSet<(ChartId, Stamp)>) -> bool {
        let mut days = self.earlier.iter().map(|one| stamp(one.day, 0));
        days.any(|stamp| new.contains(&(self.chart, stamp)))
    }
}

/// The positive answers of a patient's rows and of the summary, but for what opened the concern: the latest word where that is
/// positive, and the yes of a day.
pub(super) fn earlier_answers(
    contacts: &[&ContactRow],
    summary: Option<Said9>,
    latest: Option<Said9>,
    yes: Option<Day>,
) -> Vec<EarlierAnswer> {
    let numbers = contacts
        .iter()
        .filter_map(|c| said(c.phq9, c.item9, c.day))
        .chain(summary);
    let numbers = numbers
        .filter(|it| it.value > 0 && Some(*it) != latest)
        .map(|it| EarlierAnswer {
            day: it.day,
            said: match it.known {
                Known9::Answered => EarlierSaid::Value(it.value),
                Known9::Proven(total) => EarlierSaid::AtLeast { value: it.value, total },
            },
        });
    let yeses = contacts.iter().filter(|c| c.says_yes && Some(c.day) != yes);
    let yeses = yeses.map(|c| EarlierAnswer {
        day: c.day,
        said: EarlierSaid::Yes,
    });
    let mut all: Vec<EarlierAnswer> = numbers.chain(yeses).collect();
    all.sort();
    all.dedup();
    all
}
