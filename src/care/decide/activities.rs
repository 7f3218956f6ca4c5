//! Activities of the clinic's own: their names, and what a time entry keeps of them.

use super::Desk;
use crate::care::intent::Refusal;
use crate::journal::facts::{Activity, OwnActivity, OwnWords, Time};
use crate::journal::{Fact, Folded, Slot};

/// Two activities of one name can't be told apart in a list. One that is taken out of the list, or keeps its name, may.
pub(super) fn is_new_name(desk: &Desk<'_, '_, '_>, own: &OwnActivity) -> Result<(), Refusal> {
    let office = desk.view.office.1;
    let keeps_it = defined(office, Activity::Own(own.activity)).is_some_and(|before| {
        // What was retired comes back among the others: its name may have been given to another one since.
        key(&before.name) == key(&own.name) && !before.retired
    });
    if own.retired || keeps_it {
        return Ok(());
    }
    let others = all(office).filter(|other| other.activity != own.activity && key(&other.name) == key(&own.name));
    let saved = desk.entries.iter().filter_map(|planned| match &planned.draft.fact {
        Fact::OwnActivity(other) if other.activity != own.activity => Some(other),
        _ => None,
    });
    let mut same = others.chain(saved.filter(|other| key(&other.name) == key(&own.name)));
    match same.next() {
        Some(other) if other.retired => Err(Refusal::Field(
            "There is a retired activity of this name: bring it back, or take another name".to_owned(),
        )),
        Some(_) => Err(Refusal::Field(
            "There is an activity of this name already: take another one".to_owned(),
        )),
        None => Ok(()),
    }
}

/// A time entry with the words of its activity, as the clinic has them now. Where the definition isn't here, the words that
/// it came with stay.
pub(super) fn with_words(desk: &Desk<'_, '_, '_>, fact: Fact) -> Fact {
    let Fact::Time(time) = fact else { return fact };
    let own = match time.activity {
        Activity::Own(_) => defined(desk.view.office.1, time.activity)
            .map(|own| OwnWords {
                name: own.name.clone(),
                group: own.group,
            })
            .or(time.own),
        _ => None,
    };
    Fact::Time(Time { own, ..time })
}

/// The definition of an activity of the clinic's own.
fn defined(office: &Folded, activity: Activity) -> Option<&OwnActivity> {
    let Activity::Own(id) = activity else { return None };
    match &office.head(&Slot::OwnActivity(id))?.fact {
        Fact::OwnActivity(own) => Some(own),
        _ => None,
    }
}

fn all(office: &Folded) -> impl Iterator<Item = &OwnActivity> {
    let heads = office.slots().filter_map(|slot| office.head(slot));
    heads.filter_map(|live| match &live.fact {
        Fact::OwnActivity(own) => Some(own),
        _ => None,
    })
}

/// A name as it is compared: capitals and blanks say nothing.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
