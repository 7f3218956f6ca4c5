//! What may be told to whom: releases that hold, and entries that are held back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::care::medicine_words;
use crate::care::privacy::{self, PART2_NOTICE, WhyHeld};
use crate::journal::facts::{CareTeamMember, Protection, Release};
use crate::journal::{Day, EntryId, Fact, Folded, Live, ThingId};

use super::paper::Letter;
use super::source::date;
use super::words::capital;

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
    /// What it is and why it is held back, without its content.
    pub words: String,
    /// Whether it is protected by 42 CFR Part 2, so that the notice goes with it.
    pub is_part2: bool,
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
                ended: privacy::in_force(folded, release.release, today)
                    .err()
                    .map(|why| why.to_string()),
            }),
            _ => None,
        })
        .collect();
    lines.sort_by(|a, b| (a.ended.is_some(), &a.to).cmp(&(b.ended.is_some(), &b.to)));
    lines
}

/// Entries that are held back from letters until a person confirms each.
pub fn held_back(folded: &Folded) -> Vec<Held> {
    let held = privacy::held_back(folded).into_iter();
    let line = |(entry, why): (EntryId, Vec<WhyHeld>)| {
        let about = why.first().map_or("an entry", |why| privacy::covers_words(why.about));
        let marks: Vec<&str> = why
            .iter()
            .map(|why| privacy::protection_words(why.protection))
            .collect();
        let day = folded.live().iter().find(|live| live.id == entry).and_then(day_of);
        let day = day.map(|day| format!(" of {}", date(day))).unwrap_or_default();
        Held {
            entry,
            words: format!("{}{day}: {}", capital(about), marks.join(", ")),
            is_part2: why.iter().any(|why| why.protection == Protection::Part2),
        }
    };
    held.map(line).collect()
}

fn day_of(live: &Live) -> Option<Day> {
    let (_, at) = live.fact.happened()?;
    match at {
        crate::journal::When::Day(day) => Some(day),
        crate::journal::When::At(at) => Some(Day::from(at.date_naive())),
    }
}

/// Whether a held entry may be told in a letter once it is confirmed: to the patient and the consultant it may; to the
/// treating clinician (`clinician`) under a release that names them; to anybody else where the release covers it.
///
/// # Errors
/// What is missing.
pub fn may_tell_held(
    folded: &Folded,
    letter: Letter,
    release: Option<ThingId>,
    clinician: &CareTeamMember,
    entry: EntryId,
    today: Day,
) -> Result<(), String> {
    let why = || privacy::held_back(folded).remove(&entry).unwrap_or_default();
    if letter == Letter::Clinician {
        let told = privacy::to_clinician(folded, clinician, today, &why());
        return told.map(|_| ()).map_err(|why| why.to_string());
    }
    if !letter.needs_release() {
        return Ok(());
    }
    let release = release.ok_or("Choose the release first")?;
    privacy::may_tell(folded, release, today, &why()).map_err(|why| capital(&why.to_string()))
}

/// A medicine that a page for the patient leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The entry that holds.
    pub entry: EntryId,
    /// Why, in words that follow "it is".
    pub why: String,
    /// The line that the page would have.
    pub line: String,
}

/// The medicines that are taken on a day and left out of a page for the patient, because they are marked; by name.
pub fn left_out(folded: &Folded, today: Day) -> Vec<LeftOut> {
    let held = privacy::held_back(folded);
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let mut out: Vec<LeftOut> = heads
        .filter_map(|live| match &live.fact {
            Fact::Medication(m) if m.until.is_none_or(|until| today < until) => {
                let why = held.get(&live.id)?.iter();
                let marks: Vec<&str> = why.map(|why| privacy::protection_words(why.protection)).collect();
                Some(LeftOut {
                    entry: live.id,
                    why: marks.join(", "),
                    line: medicine_words(m),
                })
            }
            _ => None,
        })
        .collect();
    out.sort_by(|a, b| a.line.cmp(&b.line));
    out
}

/// The entries that stay untold: those held back and not confirmed.
pub fn untold(folded: &Folded, confirmed: &BTreeSet<EntryId>) -> BTreeSet<EntryId> {
    let held = held_back(folded).into_iter().map(|held| held.entry);
    held.filter(|entry| !confirmed.contains(entry)).collect()
}

/// A line on what stays untold, each thing counted once, whatever its versions; `None` where nothing does.
pub fn held_words(folded: &Folded, untold: &BTreeSet<EntryId>) -> Option<String> {
    let is_current = |live: &&Live| {
        let slot = live.fact.slot();
        slot.is_none_or(|slot| folded.head(&slot).is_some_and(|head| head.id == live.id))
    };
    let all = folded.live().iter().filter(|live| untold.contains(&live.id));
    match all.filter(is_current).count() {
        0 => None,
        1 => Some("1 entry is held back here.".to_owned()),
        count => Some(format!("{count} entries are held back here.")),
    }
}

/// The notice that goes with a text that may tell of records under Part 2: all that is marked but what stays untold.
pub fn part2_notice(folded: &Folded, untold: &BTreeSet<EntryId>) -> Option<&'static str> {
    let mut marked = held_back(folded).into_iter();
    marked
        .any(|held| held.is_part2 && !untold.contains(&held.entry))
        .then_some(PART2_NOTICE)
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
