//! The end of a day: what must not be left unseen, and what of the day is not written down.

use crate::flowsheet::{ConcernLine, Flowsheet};
use crate::journal::{Day, Fact, Folded, PersonId, Stamp, When, Zone};

use super::reason::Kind;

/// Whether an item of the worklist must not be left unseen in the evening: what comes first on Today, which is safety,
/// worsening, a missed appointment and a new referral.
pub fn is_urgent(kind: Kind) -> bool {
    kind <= Kind::Referred
}

/// Whether somebody has seen an urgent item today: its patient's record was opened (`opened`), or something was done about
/// the patient, and what makes it urgent is no newer than that. In
/// milliseconds since 1970, `now` too.
pub fn is_seen(sheet: &Flowsheet, kind: Kind, opened: Option<u64>, now: u64, today: Day, zone: Zone) -> bool {
    let since = urgent_since(sheet, kind, now, today, zone);
    opened.max(acted(sheet, today, zone)).is_some_and(|at| since <= at)
}

/// Whether somebody said by name that they have seen an urgent item, and what makes it urgent is no newer than that.
pub fn is_acknowledged(
    sheet: &Flowsheet,
    kind: Kind,
    acknowledged: Option<u64>,
    now: u64,
    today: Day,
    zone: Zone,
) -> bool {
    acknowledged.is_some_and(|at| urgent_since(sheet, kind, now, today, zone) <= at)
}

/// Since when an item is urgent, today.
fn urgent_since(sheet: &Flowsheet, kind: Kind, now: u64, today: Day, zone: Zone) -> u64 {
    // A stamp of a clock that ran ahead says nothing of when it was written: whoever looked today has seen it.
    let written = |stamp: Stamp| Some(stamp.millis()).filter(|at| *at <= now);
    let concern = sheet.concern_raised.and_then(written).unwrap_or_default();
    let scores = sheet.scores.iter().filter_map(|score| written(score.stamp));
    let scored = scores.max().unwrap_or_default();
    let start = millis(When::Day(today), zone);
    match kind {
        // A concern stands before worsening in the same item: a newer score is looked at for both.
        Kind::Safety => start.max(concern).max(scored),
        Kind::Worsening => start.max(scored),
        _ => start,
    }
}

/// When something was last done today about a patient: a contact, a try, a message, a decision that closed an imported
/// concern, or something put off.
fn acted(sheet: &Flowsheet, today: Day, zone: Zone) -> Option<u64> {
    // Who decides to act today has a plan and has done nothing yet: the concern stays open.
    let triaged = |concern: &ConcernLine| {
        let decided = concern.triaged.filter(|at| at.day(zone) == today);
        decided.filter(|_| !concern.is_open())
    };
    let contacts = sheet
        .contacts
        .iter()
        .filter(|c| c.day == today)
        .map(|c| c.stamp.millis());
    let tries = sheet
        .attempts
        .iter()
        .filter(|a| a.day == today)
        .map(|a| millis(a.at, zone));
    let messages = sheet
        .messages
        .iter()
        .filter(|m| m.day == today)
        .map(|m| millis(m.at, zone));
    let put_off = sheet
        .snoozes
        .iter()
        .filter(|s| s.day == today)
        .map(|s| s.stamp.millis());
    let decided = sheet.concerns.iter().filter_map(triaged).map(|at| millis(at, zone));
    contacts
        .chain(tries)
        .chain(messages)
        .chain(put_off)
        .chain(decided)
        .max()
}

fn millis(at: When, zone: Zone) -> u64 {
    u64::try_from(at.instant(zone).timestamp_millis()).unwrap_or(0)
}

/// What is missing of a patient who was touched today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// A contact took place, and neither it nor anything else of today has a note.
    Note,
    /// Something was done, and no minutes of today are written down.
    Minutes,
}

/// What somebody did about a patient today, and has not written down. Whoever tried and reached nobody owes no note: the
/// try says what came of it.
pub fn unwritten(folded: &Folded, me: PersonId, today: Day, zone: Zone) -> Vec<Unwritten> {
    let (mut met, mut touched, mut noted, mut timed) = (false, false, false, false);
    for live in folded.live().iter().filter(|live| live.author == me) {
        let is_today = |at: &When| at.day(zone) == today;
        match &live.fact {
            Fact::Contact(contact) if is_today(&contact.at) => {
                touched = true;
                met = true;
                noted |= contact.note.is_some();
            }
            Fact::Attempt(attempt) if is_today(&attempt.at) => touched = true,
            Fact::Communication(message) if is_today(&message.at) => touched = true,
            Fact::Note(note) if is_today(&note.at) => noted = true,
            Fact::Assessment(taken) if is_today(&taken.at) => touched = true,
            Fact::CaseReview(review) if is_today(&review.at) => touched = true,
            Fact::Time(time) if is_today(&time.start) => timed = true,
            _ => {}
        }
    }
    let note = (met && !noted).then_some(Unwritten::Note);
    let minutes = (touched && !timed).then_some(Unwritten::Minutes);
    note.into_iter().chain(minutes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urgent_is_what_comes_first_on_today() {
        use Kind::*;
        let urgent = [Safety, Worsening, Missed, Referred];
        let other = [Overdue, Answer, Due, Routine];
        assert!(urgent.into_iter().all(is_urgent));
        assert!(!other.into_iter().any(is_urgent));
    }
}
