//! Records that are out with whoever stands in: which, what is said of them, and what of them falls due meanwhile.

use super::clocks::{Clock, clocks};
use super::office::AsOf;
use super::reason::{Kind, Rule};
use super::sentence::day_words;
use crate::flowsheet::{Flowsheet, OutLine};
use crate::journal::facts::Coverage;
use crate::journal::{Day, Fact, Folded, PersonId};

/// What takes a record that is out off the list.
pub(super) const MERGED_BACK: &str =
    "the file handed back is merged, or you say under Send how else the record came back";

/// Where a record that is out stands. The first and the last day are days of the coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It goes out on a day that lies ahead.
    Ahead,
    /// It is out.
    Out,
    /// The last day is past, and it is not back.
    Late,
}

/// Where a record that is out stands on a day of the clinic.
pub fn standing(line: &OutLine, today: Day) -> Standing {
    if today < line.from {
        Standing::Ahead
    } else if today <= line.until {
        Standing::Out
    } else {
        Standing::Late
    }
}

/// Where a record is out and not back, the earliest first.
pub fn still_out(sheet: &Flowsheet) -> impl Iterator<Item = &OutLine> {
    sheet.out.iter().filter(|line| line.back.is_none())
}

/// What lists, the record and prints say of a record that is out, as whoever works here sees it; `None` when it isn't out.
pub fn mark(sheet: &Flowsheet, me: PersonId, today: Day, name: impl Fn(PersonId) -> String) -> Option<String> {
    let words: Vec<String> = still_out(sheet).map(|line| words(line, me, today, &name)).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// Whether the last day of a coverage is past and the record isn't back.
pub fn is_late(sheet: &Flowsheet, today: Day) -> bool {
    still_out(sheet).any(|line| standing(line, today) == Standing::Late)
}

/// The same of one coverage.
pub fn words(line: &OutLine, me: PersonId, today: Day, name: impl Fn(PersonId) -> String) -> String {
    let (from, until) = (day_words(line.from, today), day_words(line.until, today));
    let of = || line.of.map_or_else(|| "a colleague".to_owned(), &name);
    match (line.by == me, standing(line, today)) {
        (true, Standing::Ahead) => format!("you cover for {} from {from} until {until}", of()),
        (true, Standing::Out) => format!("covering for {} until {until}", of()),
        (true, Standing::Late) => format!("covered for {} until {until}, not handed back", of()),
        (false, Standing::Ahead) => format!("goes to {} on {from}", name(line.by)),
        (false, Standing::Out | Standing::Late) => {
            format!("with {} since {from}, not merged back", name(line.by))
        }
    }
}

/// What of a patient falls due while somebody stands in, by day: what is late already, what is on the list, and what comes up
/// until the last day. Safety is listed apart ([`safety`]).
pub fn due_until<'a>(sheet: &Flowsheet, until: Day, at: &AsOf<'a>) -> Vec<(Day, String)> {
    let of_it = |clock: &Clock| !is_safety(clock) && clock.rule != Rule::NotMergedBack && clock.since <= until;
    let found = clocks(sheet, at).into_iter().filter(of_it);
    let mut due: Vec<(Day, String)> = found.map(|clock| (clock.due, clock.sentence())).collect();
    let booked = sheet
        .appointments
        .iter()
        .filter(|a| a.state == crate::journal::facts::AppointmentState::Booked && at.today <= a.day && a.day <= until);
    due.extend(booked.map(|a| (a.day, "appointment".to_owned())));
    due.sort();
    due.dedup();
    due
}

/// Every safety item of a patient: open concerns, positive answers without one, and watches over closed ones.
pub fn safety(sheet: &Flowsheet, at: &AsOf<'_>) -> Vec<String> {
    clocks(sheet, at)
        .iter()
        .filter(|clock| is_safety(clock))
        .map(Clock::sentence)
        .collect()
}

fn is_safety(clock: &Clock) -> bool {
    clock.kind == Some(Kind::Safety) || clock.clock() == crate::journal::facts::ClockKind::Safety
}

/// The coverages of a chart that say that it is out, and that nothing says are back.
pub fn open_in(folded: &Folded) -> Vec<Coverage> {
    let all = || {
        folded.live().iter().filter_map(|live| match &live.fact {
            Fact::Coverage(coverage) => Some(coverage),
            _ => None,
        })
    };
    let is_back = |sent: &Coverage| all().any(|other| other.coverage == sent.coverage && other.back.is_some());
    let mut open: Vec<Coverage> = all()
        .filter(|sent| sent.coverage.is_some() && sent.back.is_none() && !is_back(sent))
        .cloned()
        .collect();
    open.sort_by_key(|sent| (sent.from, sent.coverage));
    open.dedup_by_key(|sent| sent.coverage);
    open
}
