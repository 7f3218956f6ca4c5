//! What becomes of an intent whose time overlaps other time of the same person: it is shortened, the other is shortened,
//! or both stay and the reason is written down. Nothing is lost on the way: a correction keeps its original.

use super::intent::{ContactForm, Intent, TimeSpent};
use super::overlap::{Proposed, Stretch};
use crate::journal::facts::Time;
use crate::journal::{ChartId, EntryId, Fact, PersonId, Seconds, When, Zone};

/// The time that an intent writes down with a clock of its own, each with whose it is. A crisis contact has none: nothing
/// ever stands between it and its save.
pub fn times_of(intent: &Intent, me: PersonId) -> Vec<Proposed> {
    let proposed = |by, start, seconds, corrects| Proposed {
        by: vec![by],
        start,
        seconds,
        corrects,
    };
    match intent {
        Intent::Contact(form) => {
            let of_each = |spent: &TimeSpent| {
                let who = [Some(me), spent.colleague].into_iter().flatten();
                let parts: Vec<(When, Seconds)> = parts_of(form, spent).collect();
                let of = |by| {
                    parts
                        .iter()
                        .map(move |(start, seconds)| proposed(by, *start, *seconds, None))
                };
                who.flat_map(of).collect::<Vec<Proposed>>()
            };
            form.time.iter().flat_map(of_each).collect()
        }
        Intent::Finish { form, .. } => times_of(form, me),
        Intent::Record { facts, .. } => facts
            .iter()
            .filter_map(as_time)
            .map(|time| proposed(time.by, time.start, time.seconds, None))
            .collect(),
        Intent::Correct { entry, fact, .. } => as_time(fact)
            .map(|time| proposed(time.by, time.start, time.seconds, Some(*entry)))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The intent with its time cut down to what these stretches leave of it; a part that is left over is an entry of its own.
/// `None` where nothing would be left to save.
pub fn shortened(intent: &Intent, taken: &[Stretch], zone: Zone) -> Option<Intent> {
    match intent {
        Intent::Contact(form) => {
            let time = form.time.as_ref().and_then(|spent| {
                let parts = parts_of(form, spent).flat_map(|(start, seconds)| left(start, seconds, taken, zone));
                let mut parts: Vec<(When, Seconds)> = parts.collect();
                (!parts.is_empty()).then(|| {
                    let (start, seconds) = parts.remove(0);
                    TimeSpent {
                        start: Some(start),
                        seconds,
                        rest: parts,
                        ..spent.clone()
                    }
                })
            });
            Some(Intent::Contact(ContactForm { time, ..form.clone() }))
        }
        Intent::Finish { form, begun } => Some(Intent::Finish {
            form: Box::new(shortened(form, taken, zone)?),
            begun: begun.clone(),
        }),
        Intent::Record { chart, facts } => {
            let facts: Vec<Fact> = facts.iter().flat_map(|fact| fact_left(fact, taken, zone)).collect();
            let chart = *chart;
            (!facts.is_empty()).then_some(Intent::Record { chart, facts })
        }
        Intent::Correct {
            chart,
            entry,
            fact,
            reason,
        } => {
            let first = fact_left(fact, taken, zone).into_iter().next()?;
            Some(Intent::Correct {
                chart: *chart,
                entry: *entry,
                fact: Box::new(first),
                reason: reason.clone(),
            })
        }
        other => Some(other.clone()),
    }
}

/// The intent with the reason for which its time stays beside the other.
pub fn kept(intent: &Intent, reason: &str) -> Intent {
    let with_reason = |fact: &Fact| match fact {
        Fact::Time(time) => Fact::Time(Time {
            beside: Some(reason.to_owned()),
            ..time.clone()
        }),
        other => other.clone(),
    };
    let mut intent = intent.clone();
    match &mut intent {
        Intent::Contact(form) => {
            if let Some(spent) = &mut form.time {
                spent.beside = Some(reason.to_owned());
            }
        }
        Intent::Finish { form, .. } => **form = kept(form, reason),
        Intent::Record { facts, .. } => facts.iter_mut().for_each(|fact| *fact = with_reason(fact)),
        Intent::Correct { fact, .. } => **fact = with_reason(fact),
        _ => {}
    }
    intent
}

/// What cuts an entry on record down to what these stretches leave of it: a correction, which keeps the original; entries
/// of its own for parts that are left over; or, where nothing is left, a mark that it was entered in error.
pub fn cut_down(chart: ChartId, entry: EntryId, time: &Time, taken: &[Stretch], zone: Zone) -> Vec<Intent> {
    const WHY: &str = "The same minutes are in another entry";
    let mut parts = left(time.start, time.seconds, taken, zone).into_iter();
    let of_part = |(start, seconds): (When, Seconds)| {
        Fact::Time(Time {
            start,
            seconds,
            ..time.clone()
        })
    };
    let Some(first) = parts.next() else {
        return vec![Intent::Void {
            chart,
            entries: vec![entry],
            reason: WHY.to_owned(),
        }];
    };
    let mut intents = vec![Intent::Correct {
        chart,
        entry,
        fact: Box::new(of_part(first)),
        reason: Some(WHY.to_owned()),
    }];
    let rest: Vec<Fact> = parts.map(of_part).collect();
    if !rest.is_empty() {
        intents.push(Intent::Record { chart, facts: rest });
    }
    intents
}

/// The parts of a contact's time: when each began, how long.
fn parts_of(form: &ContactForm, spent: &TimeSpent) -> impl Iterator<Item = (When, Seconds)> + use<> {
    let first = (spent.start.unwrap_or(form.at), spent.seconds);
    [first].into_iter().chain(spent.rest.clone())
}

fn as_time(fact: &Fact) -> Option<&Time> {
    match fact {
        Fact::Time(time) => Some(time),
        _ => None,
    }
}

fn fact_left(fact: &Fact, taken: &[Stretch], zone: Zone) -> Vec<Fact> {
    let Some(time) = as_time(fact) else {
        return vec![fact.clone()];
    };
    let parts = left(time.start, time.seconds, taken, zone);
    let of_part = |(start, seconds)| {
        Fact::Time(Time {
            start,
            seconds,
            ..time.clone()
        })
    };
    parts.into_iter().map(of_part).collect()
}

/// What stretches of the clock leave of some time. What has no clock of its own stays whole.
pub(super) fn left(start: When, seconds: Seconds, taken: &[Stretch], zone: Zone) -> Vec<(When, Seconds)> {
    let Some(whole) = Stretch::of(start, seconds) else {
        return vec![(start, seconds)];
    };
    let parts = whole.without(taken);
    if parts == [whole] {
        return vec![(start, seconds)];
    }
    let part = |part: Stretch| Some((When::At(part.begins(zone)?), part.seconds()));
    parts.into_iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::facts::{Activity, Bucket, Clocked, Note};

    fn me() -> PersonId {
        PersonId::from_random([1; 16])
    }
    fn chart() -> ChartId {
        ChartId::from_random([2; 16])
    }
    fn entry() -> EntryId {
        EntryId::from_time(1, [3; 10])
    }
    fn time(start: &str, minutes: u32) -> Time {
        Time {
            start: start.parse().unwrap(),
            seconds: Seconds(minutes * 60),
            activity: Activity::FollowUp,
            bucket: Bucket::Cocm,
            by: me(),
            mode: None,
            clocked: Clocked::Typed,
            of: None,
            note: None,
            with: Vec::new(),
            beside: None,
            own: None,
        }
    }
    fn zone() -> Zone {
        "America/New_York".parse().unwrap()
    }
    fn stretch(start: &str, minutes: u32) -> Stretch {
        Stretch::of(start.parse().unwrap(), Seconds(minutes * 60)).unwrap()
    }
    fn told(intent: &Intent) -> Vec<(String, u32)> {
        let times = times_of(intent, me()).into_iter();
        times.map(|p| (p.start.to_string(), p.seconds.0 / 60)).collect()
    }
    fn record(facts: Vec<Fact>) -> Intent {
        Intent::Record { chart: chart(), facts }
    }

    #[test]
    fn time_that_gives_way_keeps_its_parts_before_and_after() {
        let intent = record(vec![Fact::Time(time("2026-11-20T10:00:00-05:00", 60))]);
        let cut = shortened(&intent, &[stretch("2026-11-20T10:20:00-05:00", 10)], zone()).unwrap();
        assert_eq!(
            told(&cut),
            [
                ("2026-11-20T10:00:00-05:00".to_owned(), 20),
                ("2026-11-20T10:30:00-05:00".to_owned(), 30)
            ]
        );
    }

    #[test]
    fn a_form_whose_minutes_are_all_in_another_entry_still_saves_the_rest_of_it() {
        let note = Note {
            at: "2026-11-20".parse().unwrap(),
            text: "spoke with the clinic".to_owned(),
            discuss: false,
        };
        let taken = [stretch("2026-11-20T09:00:00-05:00", 120)];
        let own = Fact::Time(time("2026-11-20T10:00:00-05:00", 5));
        let both = record(vec![Fact::Note(note.clone()), own.clone()]);
        assert_eq!(shortened(&both, &taken, zone()), Some(record(vec![Fact::Note(note)])));
        assert_eq!(shortened(&record(vec![own]), &taken, zone()), None);
    }

    #[test]
    fn the_other_entry_gives_way_by_a_correction_and_nothing_of_it_is_lost() {
        let other = time("2026-11-20T10:00:00-05:00", 60);
        // What is taken, the minutes that are left of the other, whether it is entered in error.
        let table = [
            (stretch("2026-11-20T10:50:00-05:00", 30), vec![50], false),
            (stretch("2026-11-20T10:10:00-05:00", 20), vec![10, 30], false),
            (stretch("2026-11-20T09:00:00-05:00", 200), vec![], true),
        ];
        for (taken, minutes, void) in table {
            let intents = cut_down(chart(), entry(), &other, &[taken], zone());
            let left: Vec<u32> = intents.iter().flat_map(told).map(|(_, minutes)| minutes).collect();
            assert_eq!(left, minutes);
            let first = intents.first().unwrap();
            assert_eq!(matches!(first, Intent::Void { .. }), void);
            assert_eq!(matches!(first, Intent::Correct { .. }), !void);
        }
    }

    #[test]
    fn both_stay_with_the_reason_in_the_entry() {
        let intent = record(vec![Fact::Time(time("2026-11-20T10:00:00-05:00", 5))]);
        let Intent::Record { facts, .. } = kept(&intent, "one call about two sisters") else {
            unreachable!()
        };
        let reason = facts.iter().find_map(as_time).and_then(|time| time.beside.as_deref());
        assert_eq!(reason, Some("one call about two sisters"));
    }
}
