//! Time entries of several patients in one save, with corrections of what gives way to them.

use super::many::registration;
use super::record::json;
use super::{Desk, Planned, check};
use crate::care::intent::Refusal;
use crate::care::time_batch::TimeBatch;
use crate::journal::facts::{Corrected, EnteredInError, Time};
use crate::journal::{ChartId, Draft, EntryId, Fact, Folded, Live};

/// Why an entry on record was cut down.
const WHY: &str = "The same minutes are in another entry";

/// Writes all of it, or nothing.
pub(super) fn save(desk: &mut Desk<'_, '_, '_>, batch: &TimeBatch) -> Result<(), Refusal> {
    for (chart, time) in &batch.new {
        let told = super::activities::with_words(desk, Fact::Time(time.clone()));
        add(desk, *chart, told)?;
    }
    for (chart, entry, left) in &batch.cut {
        cut(desk, *chart, *entry, left)?;
    }
    Ok(())
}

/// Marks entries as made in error: time only, and only by whoever wrote it.
pub(super) fn take_back(desk: &mut Desk<'_, '_, '_>, entries: &[(ChartId, EntryId)]) -> Result<(), Refusal> {
    let me = desk.hand.me;
    for (chart, entry) in entries {
        let live = live(folded(desk, *chart)?, *entry);
        if live.is_none_or(|live| live.author != me || live.corrected_by.is_some()) {
            return Err(Refusal::Field(
                "It can\u{2019}t be undone any more: something of it was changed since. Correct the entries one by one"
                    .to_owned(),
            ));
        }
        let void = EnteredInError {
            entry: *entry,
            reason: "Undone".to_owned(),
            moved_to: None,
        };
        add(desk, *chart, void)?;
    }
    Ok(())
}

/// What is left of an entry on record: a correction, with entries of their own for further parts; or a mark that it was
/// entered in error, where nothing is left.
fn cut(desk: &mut Desk<'_, '_, '_>, chart: ChartId, entry: EntryId, left: &[Time]) -> Result<(), Refusal> {
    live(folded(desk, chart)?, entry).ok_or(Refusal::NoSuchEntry)?;
    let Some((first, rest)) = left.split_first() else {
        let void = EnteredInError {
            entry,
            reason: WHY.to_owned(),
            moved_to: None,
        };
        return add(desk, chart, void);
    };
    let fact = Fact::Time(first.clone());
    let correction = Corrected {
        entry,
        kind: fact.kind().to_owned(),
        fact: json(&fact)?,
        reason: Some(WHY.to_owned()),
    };
    add(desk, chart, correction)?;
    for part in rest {
        add(desk, chart, part.clone())?;
    }
    Ok(())
}

fn add(desk: &mut Desk<'_, '_, '_>, chart: ChartId, fact: impl Into<Fact>) -> Result<(), Refusal> {
    let fact = fact.into();
    let birth = registration(folded(desk, chart)?).and_then(|registered| registered.birth);
    check(&fact, desk.hand.today(), birth, desk.hand.zone)?;
    let id = desk.entry();
    desk.entries.push(Planned {
        id,
        draft: Draft::new(chart, fact),
    });
    Ok(())
}

fn folded<'v>(desk: &Desk<'v, '_, '_>, chart: ChartId) -> Result<&'v Folded, Refusal> {
    let mut named = desk.view.assigned.iter();
    let found = named.find(|(id, _)| *id == chart).map(|(_, folded)| *folded);
    found.ok_or(Refusal::NoSuchChart)
}

/// The time entry of this id, as it stands.
fn live(folded: &Folded, entry: EntryId) -> Option<&Live> {
    let mut live = folded.live().iter();
    live.find(|live| live.id == entry && matches!(live.fact, Fact::Time(_)))
}
