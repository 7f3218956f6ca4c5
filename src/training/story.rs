//! Gathers what happened to one chart and writes it down in the order in which it happened.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::Recipe;
use super::prng::Prng;
use crate::journal::facts::{Answered, Assessment, Taken};
use crate::journal::{ChartId, Clock, Day, Draft, Entry, EntryError, EntryId, Fact, PersonId, ThingId, When, Zone};

/// A moment on the clinic's wall clock.
pub(super) type Moment = DateTime<FixedOffset>;

/// One chart's history in the making.
#[derive(Debug)]
pub(super) struct Story {
    pub rng: Prng,
    pub zone: Zone,
    pub as_of: Day,
    chart: ChartId,
    author: PersonId,
    told: Vec<(i64, EntryId, Draft)>,
}

impl Story {
    pub fn new(recipe: &Recipe, chart: ChartId, author: PersonId, rng: Prng) -> Self {
        Self {
            rng,
            zone: recipe.zone,
            as_of: recipe.as_of,
            chart,
            author,
            told: Vec::new(),
        }
    }
    /// Something that happened at a moment, written down then.
    pub fn say(&mut self, at: Moment, fact: impl Into<Fact>) -> EntryId {
        self.again(at, &[], fact)
    }
    /// Something that sets anew what earlier entries set.
    pub fn again(&mut self, at: Moment, replaces: &[EntryId], fact: impl Into<Fact>) -> EntryId {
        let millis = at.timestamp_millis();
        let id = EntryId::from_time(u64::try_from(millis).unwrap_or_default(), self.rng.bytes());
        let draft = Draft {
            chart: self.chart,
            replaces: replaces.to_vec(),
            fact: fact.into(),
        };
        self.told.push((millis, id, draft));
        id
    }
    /// A measure whose answers add up to a total. `last` is the last item's answer, where it matters.
    pub fn measure(&mut self, at: Moment, instrument: Instrument, total: u16, last: u8) -> EntryId {
        let answers = self.answers(instrument, total, last);
        let taken = Taken::Remotely;
        self.say(
            at,
            Assessment {
                instrument: instrument.id.into(),
                version: "1".into(),
                at: When::At(at),
                taken,
                answers,
                scale: None,
                respondent: None,
            },
        )
    }
    /// An id for something that will be set again.
    pub fn thing(&mut self) -> ThingId {
        ThingId::from_random(self.rng.bytes())
    }
    /// A moment in working hours on a day, or on the Friday before when that is a weekend.
    pub fn moment(&mut self, day: Day) -> Moment {
        let (hour, minute) = (self.rng.between(8, 15), self.rng.below(12) * 5);
        self.zone.at(workday(day), u32::try_from(hour).unwrap_or(9), minute)
    }
    /// The entries, stamped in the order in which things happened.
    pub fn finish(mut self) -> Result<Vec<Entry>, EntryError> {
        // A stable sort: what was told first of two things at one moment came first.
        self.told.sort_by_key(|(millis, ..)| *millis);
        let mut clock = Clock::new(self.rng.next());
        let author = self.author;
        let write =
            |(millis, id, draft)| Entry::write(draft, id, clock.tick(u64::try_from(millis).unwrap_or(0)), author);
        self.told.into_iter().map(write).collect()
    }

    fn answers(&mut self, instrument: Instrument, total: u16, last: u8) -> Answered {
        let last = last.min(3);
        let mut items = vec![0_u8; instrument.items];
        let mut left = total
            .saturating_sub(last.into())
            .min(3 * (u16::try_from(instrument.items).unwrap_or(1) - 1));
        while left > 0 {
            let item = self.rng.below(u32::try_from(instrument.items - 1).unwrap_or(1)) as usize;
            if let Some(answer) = items.get_mut(item).filter(|a| **a < 3) {
                *answer += 1;
                left -= 1;
            }
        }
        if let Some(answer) = items.last_mut() {
            *answer = last;
        }
        let named = items
            .into_iter()
            .enumerate()
            .map(|(i, a)| (format!("{}_{}", instrument.id, i + 1), a));
        Answered::Items(named.collect())
    }
}

/// A measure that the invented clinic takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instrument {
    pub id: &'static str,
    pub items: usize,
}
/// Nine items; the last is the safety item.
pub(super) const PHQ9: Instrument = Instrument { id: "phq9", items: 9 };
/// Seven items.
pub(super) const GAD7: Instrument = Instrument { id: "gad7", items: 7 };

/// The day, or the Friday before it when it is on a weekend.
pub(super) fn workday(day: Day) -> Day {
    match day.weekday() {
        chrono::Weekday::Sat => day.plus(-1),
        chrono::Weekday::Sun => day.plus(-2),
        _ => day,
    }
}

/// A moment some minutes later.
pub(super) fn later(at: Moment, minutes: i64) -> Moment {
    at + TimeDelta::minutes(minutes)
}
