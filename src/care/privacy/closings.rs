//! A closing keeps what scores came to, and always goes along; the totals of measures that stay behind don't.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::items::inner;
use crate::journal::facts::{OutcomeThen, Status, StatusChange};
use crate::journal::{Chart, Day, Draft, Entry, EntryId, Fact, Folded, Zone};

/// Measures by instrument and day.
type Taken = BTreeSet<(String, Day)>;

/// The entries of a chart that go out: all but those that stay behind. A closing that keeps totals of theirs is written
/// anew without them, as it stands now, where it is the last word; where a later status has taken its place it stays
/// behind as well.
pub fn that_go<'c>(chart: &'c Chart, stay: &BTreeSet<EntryId>, zone: Zone) -> Vec<Cow<'c, Entry>> {
    let goes = |entry: &&Entry| !stay.contains(&entry.id());
    if stay.is_empty() {
        return chart.entries().map(Cow::Borrowed).collect();
    }
    let behind = chart.entries().filter(|entry| !goes(entry));
    let facts: Vec<Cow<'_, Fact>> = behind.map(|entry| content(entry.fact())).collect();
    let untold = taken(facts.iter().map(AsRef::as_ref), zone);
    let telling: BTreeSet<EntryId> = chart
        .entries()
        .filter(|entry| tells_untold(&content(entry.fact()), &untold))
        .map(|entry| match entry.fact() {
            Fact::Corrected(corrected) => corrected.entry,
            _ => entry.id(),
        })
        .collect();
    let is_of_one = |entry: &&Entry| match entry.fact() {
        Fact::Corrected(corrected) => telling.contains(&corrected.entry),
        Fact::EnteredInError(error) => telling.contains(&error.entry),
        _ => telling.contains(&entry.id()),
    };
    let folded = (!telling.is_empty()).then(|| chart.fold());
    let anew = folded.iter().flat_map(|folded| {
        let of_one = chart.entries().filter(|entry| telling.contains(&entry.id()));
        of_one
            .filter_map(|entry| retold(folded, entry, &untold))
            .map(Cow::Owned)
    });
    let anew: Vec<Cow<'_, Entry>> = anew.collect();
    let as_written = chart.entries().filter(goes).filter(|entry| !is_of_one(entry));
    as_written.map(Cow::Borrowed).chain(anew).collect()
}

/// A closing as it stands, without totals that stay behind, under an id that is the same each time.
fn retold(folded: &Folded, entry: &Entry, untold: &Taken) -> Option<Entry> {
    let live = folded.live().iter().find(|live| live.id == entry.id())?;
    let heads = folded.heads(&live.fact.slot()?);
    let Fact::StatusChange(change) = &live.fact else {
        return None;
    };
    if !heads.iter().any(|head| head.id == live.id) {
        return None;
    }
    let mut change: StatusChange = change.clone();
    if let Status::Closed {
        closure: Some(closure), ..
    } = &mut change.status
    {
        closure.outcomes.retain(|outcome| !tells(outcome, untold));
    }
    let mut bytes = [0; 16];
    let hash = Sha256::new_with_prefix(b"caseload-retold-closing").chain_update(entry.id().bytes());
    bytes.copy_from_slice(hash.finalize().get(..16)?);
    let draft = Draft {
        chart: entry.chart(),
        replaces: entry.replaces().to_vec(),
        fact: change.into(),
    };
    // Nothing in a status can fail to be written; else it stays behind.
    Entry::write(draft, EntryId::derived(bytes), entry.stamp(), entry.author()).ok()
}

/// What an entry says, also where it says it of another.
fn content(fact: &Fact) -> Cow<'_, Fact> {
    match fact {
        Fact::Corrected(corrected) => Cow::Owned(Fact::read(&corrected.kind, &corrected.fact.to_string())),
        fact => inner(fact),
    }
}

fn taken<'f>(facts: impl Iterator<Item = &'f Fact>, zone: Zone) -> Taken {
    let measures = facts.filter_map(|fact| match fact {
        Fact::Assessment(taken) => Some((taken.instrument.clone(), taken.at.day(zone))),
        _ => None,
    });
    measures.collect()
}

fn tells_untold(fact: &Fact, untold: &Taken) -> bool {
    let Fact::StatusChange(change) = fact else { return false };
    match &change.status {
        Status::Closed {
            closure: Some(closure), ..
        } => closure.outcomes.iter().any(|outcome| tells(outcome, untold)),
        _ => false,
    }
}

/// Whether a total that was kept is one of some measures.
fn tells(outcome: &OutcomeThen, untold: &Taken) -> bool {
    let of = |day| untold.contains(&(outcome.instrument.clone(), day));
    of(outcome.baseline_day) || of(outcome.latest_day)
}
