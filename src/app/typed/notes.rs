//! What is typed for notes and letters: the days of a log, and under what a letter was written.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Wrong, read_day};
use crate::journal::{Day, EntryId};

/// Reads the days from which and until which a log is told.
///
/// # Errors
/// What to do about each field, in words.
pub fn read_period(from: (&str, &str), until: (&str, &str)) -> Result<(Day, Day), Vec<Wrong>> {
    let first = read_day(from.0, "the first day", from.1, None);
    let last = read_day(until.0, "the last day", until.1, None);
    match (first, last) {
        (Ok(first), Ok(last)) if last < first => {
            let text = format!("The last day lies before the first: enter {first} or later");
            Err(vec![Wrong::new(until.0, text)])
        }
        (Ok(first), Ok(last)) => Ok((first, last)),
        (first, last) => Err([first.err(), last.err()].into_iter().flatten().collect()),
    }
}

/// What a letter may tell of what is held back, and by which release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayTell {
    /// The entries that were ticked.
    pub confirmed: BTreeSet<EntryId>,
    /// The release as it was chosen; empty when none is.
    pub release: String,
}

impl MayTell {
    /// What a text may hold that was written under `self` and changed by hand under `now`: both.
    pub fn and(&self, now: &Self) -> Self {
        let is_bound = !self.confirmed.is_empty() && !self.release.is_empty();
        let release = if is_bound { &self.release } else { &now.release };
        Self {
            confirmed: self.confirmed.union(&now.confirmed).copied().collect(),
            release: release.clone(),
        }
    }
    /// Whether a text that holds as much as `self` may go out under what is ticked and chosen now.
    pub fn is_within(&self, now: &Self) -> bool {
        self.confirmed.is_empty() || (self.confirmed.is_subset(&now.confirmed) && self.release == now.release)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_needs_both_days_and_ends_no_sooner_than_it_begins() {
        let cases = [
            ("2026-11-01", "2026-11-20", Ok(("2026-11-01", "2026-11-20"))),
            ("2026-11-20", "2026-11-20", Ok(("2026-11-20", "2026-11-20"))),
            ("", "2026-11-20", Err(vec![("from", "Enter the first day")])),
            (
                "",
                " ",
                Err(vec![("from", "Enter the first day"), ("until", "Enter the last day")]),
            ),
            (
                "2026-11-20",
                "2026-11-19",
                Err(vec![(
                    "until",
                    "The last day lies before the first: enter 2026-11-20 or later",
                )]),
            ),
        ];
        for (from, until, expected) in cases {
            let read = read_period(("from", from), ("until", until));
            let read = read.map_err(|wrong| wrong.into_iter().map(|w| (w.field, w.text)).collect::<Vec<_>>());
            let expected = expected
                .map(|(from, until): (&str, &str)| (from.parse().unwrap(), until.parse().unwrap()))
                .map_err(|wrong| wrong.iter().map(|(f, t)| ((*f).to_owned(), (*t).to_owned())).collect());
            assert_eq!(read, expected, "{from} {until}");
        }
    }

    #[test]
    fn a_text_goes_out_only_while_all_that_it_may_tell_is_ticked_under_the_same_release() {
        let may = |ticked: &[u8], release: &str| MayTell {
            confirmed: ticked.iter().map(|n| EntryId::derived([*n; 16])).collect(),
            release: release.to_owned(),
        };
        let cases = [
            // Written under, changed by hand under, sent under.
            (may(&[], ""), vec![], may(&[], ""), true),
            (may(&[], "a"), vec![], may(&[], "b"), true),
            (may(&[1], ""), vec![], may(&[1], ""), true),
            (may(&[1], ""), vec![], may(&[1, 2], ""), true),
            (may(&[1], ""), vec![], may(&[], ""), false),
            (may(&[1, 2], "a"), vec![], may(&[1], "a"), false),
            (may(&[1], "a"), vec![], may(&[1], "b"), false),
            (may(&[1], "a"), vec![], may(&[1], ""), false),
            // What was ticked while somebody wrote may have been written down by hand.
            (may(&[], ""), vec![may(&[1], "")], may(&[], ""), false),
            (may(&[], ""), vec![may(&[1], "")], may(&[1], ""), true),
            // Before a release was chosen nothing was told under it.
            (may(&[1], ""), vec![may(&[1], "a")], may(&[1], "a"), true),
            (may(&[1], "a"), vec![may(&[1], "b")], may(&[1], "b"), false),
        ];
        for (written, changed, sent, goes) in cases {
            let holds = changed.iter().fold(written.clone(), |holds, now| holds.and(now));
            assert_eq!(holds.is_within(&sent), goes, "{written:?} {changed:?} {sent:?}");
        }
    }
}
