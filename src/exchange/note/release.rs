//! What may be told to whom: releases that hold, and entries that are held back.

use std::collections::BTreeSet;

use crate::care::privacy;
use crate::journal::facts::Release;
use crate::journal::{Day, EntryId, Fact, Folded, ThingId, When};

use super::paper::Letter;
use super::source::date;

/// A release, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseLine {
    /// Which.
    pub release: ThingId,
    /// To whom.
    pub to: String,
    /// What it covers, until when.
    pub words: String,
    /// Why it doesn't hold; `None` when it does.
    pub ended: Option<String>,
}

/// An entry that is not told until a person confirms it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub entry: EntryId,
    /// What it is, without its content.
    pub words: String,
}

/// Every release of a chart, those that hold first.
pub fn releases(folded: &Folded, today: Day) -> Vec<ReleaseLine> {
    let released = folded.slots().filter_map(|slot| folded.head(slot));
    let mut lines: Vec<ReleaseLine> = released
        .filter_map(|live| match &live.fact {
            Fact::Release(release) => Some(ReleaseLine {
                release: release.release,
                to: release.to.clone(),
                words: words(release),
                ended: ended(release, today),
            }),
            _ => None,
        })
        .collect();
    lines.sort_by(|a, b| (a.ended.is_some(), &a.to).cmp(&(b.ended.is_some(), &b.to)));
    lines
}

/// Whether a letter of a kind may go out: to the treating team and the patient it may; to anybody else under a release
/// that holds. Otherwise the sentence that says why not.
///
/// # Errors
/// Why it may not.
pub fn may_tell(folded: &Folded, letter: Letter, release: Option<ThingId>, today: Day) -> Result<(), String> {
    if !letter.needs_release() {
        return Ok(());
    }
    let named = release.and_then(|id| releases(folded, today).into_iter().find(|line| line.release == id));
    match named {
        None => Err("Choose the release under which this goes out. Without one it can't be sent.".to_owned()),
        Some(ReleaseLine { ended: Some(why), .. }) => Err(format!("This release does not hold: {why}.")),
        Some(_) => Ok(()),
    }
}

/// Entries that are marked as confidential and not told in letters until a person confirms each.
pub fn held_back(folded: &Folded) -> Vec<Held> {
    let held = privacy::held_back(folded);
    let lines = folded.live().iter().filter_map(|live| {
        let why = held.get(&live.id)?;
        let about = why.first().map_or("", |why| privacy::covers_words(why.about));
        let day = live.fact.happened().map(|(_, at)| match at {
            When::Day(day) => format!(" of {}", date(day)),
            When::At(at) => format!(" of {}", at.format("%-d %b %Y")),
        });
        let why: Vec<&str> = why.iter().map(|why| privacy::protection_words(why.protection)).collect();
        Some(Held {
            entry: live.id,
            words: format!("{}{}: {}", about, day.unwrap_or_default(), why.join(", ")),
        })
    });
    lines.collect()
}

/// The entries that stay untold: those held back and not confirmed.
pub(super) fn untold(folded: &Folded, confirmed: &BTreeSet<EntryId>) -> BTreeSet<EntryId> {
    let held = held_back(folded).into_iter().map(|held| held.entry);
    held.filter(|entry| !confirmed.contains(entry)).collect()
}

fn words(release: &Release) -> String {
    let until = release.until.map(|until| format!(", until {}", date(until)));
    let part2 = if release.part2 {
        ", covers 42 CFR Part 2 records"
    } else {
        ""
    };
    let covers = release.covers.iter().map(|covers| privacy::covers_words(*covers));
    let scope = Some(release.scope.trim()).filter(|scope| !scope.is_empty());
    let covers: Vec<&str> = covers.chain(scope).collect();
    format!("{}{}{part2}", covers.join(", "), until.unwrap_or_default())
}

fn ended(release: &Release, today: Day) -> Option<String> {
    if let Some(revoked) = release.revoked.filter(|revoked| *revoked <= today) {
        return Some(format!("it was revoked on {}", date(revoked)));
    }
    if today < release.from {
        return Some(format!("it begins on {}", date(release.from)));
    }
    let past = release.until.filter(|until| *until < today)?;
    Some(format!("it ended on {}", date(past)))
}
