//! What was written by one save, together: a call with its measures, its concern and its minutes is one thing that
//! happened, though it is several entries.

use super::views::TimelineRow;
use crate::journal::{Day, Fact, Zone};

/// The rows of a timeline, save by save, in the timeline's order. Of one save the contact comes first, then the rest as
/// it was written; what one save wrote about several days stays apart, so that each day shows what happened on it.
pub fn by_save(rows: &[TimelineRow], zone: Zone) -> Vec<Vec<TimelineRow>> {
    let mut saves: Vec<(Key, Vec<TimelineRow>)> = Vec::new();
    for row in rows {
        let key = Key::of(minutes_of(row, rows).unwrap_or(row), zone);
        match saves.iter_mut().rfind(|(other, _)| *other == key) {
            Some((_, save)) => save.push(row.clone()),
            None => saves.push((key, vec![row.clone()])),
        }
    }
    saves
        .into_iter()
        .flat_map(|(_, save)| contact_by_contact(save))
        .collect()
}

/// The contact that minutes belong to, where they say so and it is here: an import writes them by saves of their own.
fn minutes_of<'a>(row: &TimelineRow, rows: &'a [TimelineRow]) -> Option<&'a TimelineRow> {
    let Fact::Time(time) = &row.fact else { return None };
    let of = time.of?;
    rows.iter().find(|other| other.entry == of)
}

/// When and by whom something was saved, and about which day.
#[derive(PartialEq)]
struct Key {
    millis: u64,
    by: String,
    day: Day,
}

impl Key {
    fn of(row: &TimelineRow, zone: Zone) -> Self {
        Self {
            millis: row.entry.saved_at().unwrap_or_else(|| row.stamp.millis()),
            by: row.by.clone(),
            day: row.at.day(zone),
        }
    }
}

/// A form holds one contact or attempt: a second one is another save, however close. The newer comes first.
fn contact_by_contact(mut save: Vec<TimelineRow>) -> Vec<Vec<TimelineRow>> {
    save.sort_by_key(|row| row.stamp);
    let mut parts: Vec<Vec<TimelineRow>> = Vec::new();
    for row in save {
        let begins = matches!(row.fact, Fact::Contact(_) | Fact::Attempt(_));
        match parts.last_mut() {
            Some(part) if !begins => part.push(row),
            _ => parts.push(vec![row]),
        }
    }
    parts.reverse();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::facts::{Activity, Bucket, Channel, Clocked, Note, Time};
    use crate::journal::facts::{Attempt, AttemptOutcome};
    use crate::journal::{EntryId, PersonId, Seconds, Stamp, When};
    use crate::registry::TimelineKind;

    fn row(fact: impl Into<Fact>, saved: u64, counter: u16) -> TimelineRow {
        let fact: Fact = fact.into();
        let mut tail = [0; 10];
        tail[9] = u8::try_from(counter).unwrap();
        TimelineRow {
            entry: EntryId::from_time(saved, tail),
            at: fact
                .happened()
                .map_or(When::Day("2026-11-20".parse().unwrap()), |(_, at)| at),
            kind: TimelineKind::Record,
            line: fact.kind().to_owned(),
            more: None,
            by: "Lena Brandt".to_owned(),
            // A clock that ran ahead elsewhere holds the stamps of all saves at one millisecond.
            stamp: Stamp::new(1_800_000_000_000, counter, 1),
            corrected: false,
            fact,
            marks: Vec::new(),
            before: None,
            signature: None,
        }
    }

    fn attempt(at: &str) -> Attempt {
        Attempt {
            at: at.parse().unwrap(),
            by: Channel::Phone,
            outcome: AttemptOutcome::NoAnswer,
            note: None,
            left: None,
            next: None,
        }
    }

    fn time(at: &str) -> Time {
        Time {
            start: at.parse().unwrap(),
            seconds: Seconds(240),
            activity: Activity::Outreach,
            bucket: Bucket::Cocm,
            by: PersonId::from_random([1; 16]),
            mode: None,
            clocked: Clocked::Typed,
            of: None,
            note: None,
            with: Vec::new(),
            beside: None,
            own: None,
        }
    }

    fn note(at: &str) -> Note {
        Note {
            at: at.parse().unwrap(),
            text: "spoke with the clinic".to_owned(),
            discuss: false,
        }
    }

    #[test]
    fn what_one_save_wrote_is_one_row_with_the_contact_first() {
        let at = "2026-11-20";
        // The timeline is newest first.
        let rows = [
            row(note(at), 2_000, 2),
            row(time(at), 1_000, 1),
            row(attempt(at), 1_000, 0),
        ];
        let saves = by_save(&rows, Zone::UTC);
        let kinds: Vec<Vec<&str>> = saves
            .iter()
            .map(|save| save.iter().map(|row| row.line.as_str()).collect())
            .collect();
        assert_eq!(kinds, [vec!["note"], vec!["attempt", "time"]]);
    }

    #[test]
    fn minutes_stand_with_the_contact_that_they_name_whenever_they_were_saved() {
        let tried = row(attempt("2026-11-20"), 1_000, 0);
        let mut minutes = time("2026-11-20");
        minutes.of = Some(tried.entry);
        let counts = |rows: &[TimelineRow]| -> Vec<usize> { by_save(rows, Zone::UTC).iter().map(Vec::len).collect() };
        let minutes = row(minutes, 9_000, 1);
        assert_eq!(counts(&[minutes.clone(), tried]), [2]);
        assert_eq!(
            counts(&[minutes]),
            [1],
            "with the contact filtered out they stand alone"
        );
    }

    #[test]
    fn two_tries_and_two_days_are_never_one_row() {
        let rows = [
            row(attempt("2026-11-20"), 1_000, 2),
            row(attempt("2026-11-20"), 1_000, 1),
            row(attempt("2026-11-19"), 1_000, 0),
        ];
        let counts: Vec<usize> = by_save(&rows, Zone::UTC).iter().map(Vec::len).collect();
        assert_eq!(counts, [1, 1, 1]);
    }
}
