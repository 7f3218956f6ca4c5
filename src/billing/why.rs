//! The month in plain sentences, without names.

use std::collections::BTreeMap;

use super::attribution::Reason;
use super::code::CodeUnits;
use super::codes::Warning;
use super::gate::{Gate, GateState};
use super::month::{Note, ServiceMonth};
use crate::journal::Day;

impl ServiceMonth {
    /// The month explained: what counts, what it supports and by which profile, what is missing, what more
    /// minutes would reach, and what doesn't count. No names.
    pub fn why(&self) -> String {
        let mut said = vec![self.says_supported()];
        said.extend(self.says_missing());
        said.extend(self.says_next());
        said.extend(self.says_not_counted());
        said.extend(
            self.supported
                .warnings
                .iter()
                .filter(|w| self.matters(w))
                .map(Warning::sentence),
        );
        said.extend(self.notes.iter().map(Note::sentence));
        said.join(" ")
    }

    /// What the minutes come to: the first sentence of [`Self::why`], without the name of the profile, for a page that
    /// lists the rest by itself.
    pub fn reckoning(&self) -> String {
        let profile = format!(" ({})", self.profile);
        self.says_supported().replacen(&profile, "", 1)
    }

    fn says_supported(&self) -> String {
        let (kind, minutes) = (self.kind.words(), minutes(self.minutes()));
        let verb = if self.minutes() == 1 { "counts" } else { "count" };
        if self.supported.codes.is_empty() {
            return format!(
                "As {} {kind}: {minutes} {verb}, which support no code ({}).",
                article(kind),
                self.profile
            );
        }
        let list = written(&self.supported.codes);
        let supports = match self.missing().next() {
            Some(_) => "would support",
            None => "support",
        };
        format!(
            "As {} {kind}: {minutes} {verb}, which {supports} {list} ({}).",
            article(kind),
            self.profile
        )
    }

    fn says_missing(&self) -> Option<String> {
        let unmet: Vec<String> = self
            .gates
            .iter()
            .filter(|g| g.state == GateState::Missing)
            .map(Gate::why)
            .collect();
        let held = !unmet.is_empty() && !self.supported.codes.is_empty();
        let lead = if held { "Not ready to bill. " } else { "" };
        (!unmet.is_empty()).then(|| format!("{lead}{}", unmet.join(" ")))
    }

    /// What more minutes would reach.
    pub fn says_next(&self) -> Option<String> {
        let next = self.supported.next?;
        let more = self.supported.minutes_to_next()?;
        Some(format!(
            "{} more reach {} at {}.",
            minutes(more),
            next.code.as_str(),
            next.at_minutes
        ))
    }

    fn says_not_counted(&self) -> Option<String> {
        let mut sums: BTreeMap<Reason, u32> = BTreeMap::new();
        for line in &self.not_counted {
            *sums.entry(without_detail(line.why)).or_default() += line.seconds.0;
        }
        let parts: Vec<String> = sums
            .iter()
            .map(|(why, seconds)| format!("{} {}", minutes(seconds.div_ceil(60)), why.words()))
            .collect();
        (!parts.is_empty()).then(|| format!("Not counted: {}.", parts.join("; ")))
    }

    /// A disputed threshold is said where it changes the codes of this month.
    fn matters(&self, warning: &Warning) -> bool {
        !matches!(warning, Warning::Unsettled { .. }) || self.is_unsettled()
    }
}

/// Activities are told one by one in the list, together in the sentence.
fn without_detail(why: Reason) -> Reason {
    match why {
        Reason::Activity(_) => Reason::Activity(crate::journal::facts::Activity::Scheduling),
        other => other,
    }
}

/// "99493 and 2 units of 99494".
fn written(list: &[CodeUnits]) -> String {
    let one = |c: &CodeUnits| match c.units {
        1 => c.code.as_str().to_owned(),
        units => format!("{units} units of {}", c.code.as_str()),
    };
    list.iter().map(one).collect::<Vec<_>>().join(" and ")
}

fn minutes(count: u32) -> String {
    if count == 1 {
        "1 minute".to_owned()
    } else {
        format!("{count} minutes")
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
/// A day as sentences have it, the same as in lists: `4 Mar 2026`.
pub(super) fn day_words(day: Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}
