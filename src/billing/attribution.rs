//! Which seconds of a month count, for whom, and why the others don't.
//!
//! Time that began at an instant is cut at the clinic's midnights, so that it falls into its own days and
//! months, also when the clocks change. Where two such intervals of one person overlap, a second counts once:
//! what is billed elsewhere takes its time first (NC Tracks 2019: subtracted before the thresholds apply), then
//! the earliest start gets the credit (Mirah's counting rules, https://support.mirah.com/article/663-collaborative-care-minute-targets).
//! Where two people share a conversation about one patient, the clock counts once (BCBS Michigan Record,
//! November 2020). Entries that touch and are of one kind are read as one run, so that splitting an entry
//! never changes a month. Time on a day without a clock time can't overlap.

use std::cmp::Reverse;

use chrono::Datelike;

use crate::flowsheet::{Flowsheet, TimeLine, Unexplained};
use crate::journal::facts::{Activity, AcuteKind, Bucket, ConsentHow, Programme};
use crate::journal::{Day, EntryId, Month, PersonId, Seconds, When, Zone};

use super::profile::Profile;
use super::team::Team;
use super::values::Key;
use super::why::day_words;

/// Time that counts: a line of the month's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The time entry.
    pub entry: EntryId,
    /// The clinic's day. An entry that crosses midnight has a line for each day.
    pub day: Day,
    /// How much of it counts.
    pub seconds: Seconds,
    /// On what.
    pub activity: Activity,
    /// Who.
    pub by: PersonId,
}

/// Time that doesn't count, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCounted {
    /// The time entry.
    pub entry: EntryId,
    /// The clinic's day.
    pub day: Day,
    /// How much of it doesn't count.
    pub seconds: Seconds,
    /// On what.
    pub activity: Activity,
    /// Who.
    pub by: PersonId,
    /// Why.
    pub why: Reason,
}

/// Why time doesn't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It was logged for another programme.
    OtherBucket(Bucket),
    /// The profile doesn't count this activity.
    Activity(Activity),
    /// The profile doesn't count this person's time on it.
    Person,
    /// It was before consent, which was first given on this day.
    BeforeConsent(Day),
    /// Consent had been refused or withdrawn on this day.
    NoConsent(Day),
    /// The patient was an inpatient, since this day, and the profile leaves such time out.
    Inpatient(Day),
    /// The same minutes are counted in another entry, or were spent on something billed elsewhere.
    CountedOnce,
}

impl Reason {
    /// The end of a sentence that starts with the time.
    pub fn words(&self) -> String {
        match self {
            Self::OtherBucket(Bucket::Psychotherapy) => "was billed as psychotherapy".into(),
            Self::OtherBucket(Bucket::GeneralBhi) => "was logged for general behavioral health integration".into(),
            Self::OtherBucket(Bucket::Cocm) => "was logged for collaborative care".into(),
            Self::OtherBucket(Bucket::OtherProgramme) => "was logged for another program".into(),
            Self::OtherBucket(Bucket::None) => "was logged for no program".into(),
            Self::Activity(_) => "was spent on an activity that this payer profile doesn't count".into(),
            Self::Person => "was spent by somebody whose time this payer profile doesn't count".into(),
            Self::BeforeConsent(day) => format!("was before consent, given on {}", day_words(*day)),
            Self::NoConsent(day) => format!("was after consent was refused or withdrawn on {}", day_words(*day)),
            Self::Inpatient(day) => format!(
                "was while the patient was admitted, from {} on, which this payer profile leaves out",
                day_words(*day)
            ),
            Self::CountedOnce => "overlaps time that already counts".into(),
        }
    }
}

/// Everything that decides whether time counts.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub sheet: &'a Flowsheet,
    pub profile: &'a Profile,
    pub team: &'a Team,
    pub zone: Zone,
    pub as_of: Day,
    pub programme: Programme,
}

/// The time of a month, told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attribution {
    pub counted: Vec<Counted>,
    pub not_counted: Vec<NotCounted>,
}

impl Attribution {
    pub fn seconds(&self) -> Seconds {
        Seconds(self.counted.iter().map(|c| c.seconds.0).fold(0, u32::saturating_add))
    }
}

/// The part of a time entry that falls on one day of the clinic.
struct Piece<'a> {
    line: &'a TimeLine,
    day: Day,
    seconds: u32,
    span: Option<Span>,
    refused: Option<Reason>,
}

/// Seconds of an ordinary day.
const DAY: u32 = 86_400;

/// Seconds since 1970, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    start: i64,
    end: i64,
}

impl<'a> Rules<'a> {
    /// The time of one month.
    pub fn attribute(&self, month: Month) -> Attribution {
        let mut pieces: Vec<Piece<'a>> = Vec::new();
        for line in lines_near(self.sheet, month) {
            pieces.extend(self.pieces(line).into_iter().filter(|p| p.day.month() == month));
        }
        let credited = self.credit(&pieces);
        let mut told = Attribution::default();
        for (piece, credited) in pieces.iter().zip(credited) {
            self.tell(piece, credited, &mut told);
        }
        told.counted.sort_by_key(|c| (c.day, c.entry));
        told.not_counted.sort_by_key(|c| (c.day, c.entry));
        told
    }

    /// For each month into which an entry reaches, its first day on which some time of it counts, overlaps aside.
    pub fn counted_days(&self, line: &'a TimeLine, mut found: impl FnMut(Day)) {
        if line.seconds.0 == 0 || line.day > self.as_of || self.refuses(line).is_some() {
            return;
        }
        // Most entries end in the month in which they began: their first day says all, without cutting them.
        let within_month = line.seconds.0 < DAY && line.day.date().day() < 28;
        if within_month && self.day_refuses(line.day).is_none() {
            return found(line.day);
        }
        self.pieces(line)
            .iter()
            .filter(|p| p.seconds > 0 && p.refused.is_none())
            .for_each(|p| found(p.day));
    }

    /// An entry cut at the clinic's midnights, up to the day as of which is asked.
    fn pieces(&self, line: &'a TimeLine) -> Vec<Piece<'a>> {
        let When::At(at) = line.start else {
            return self.piece(line, line.day, line.seconds.0, None).into_iter().collect();
        };
        let (mut from, mut day) = (at.timestamp(), self.zone.day(at));
        let end = from.saturating_add(line.seconds.0.into());
        let mut pieces = Vec::new();
        while from < end {
            let midnight = self.zone.start_of(day.plus(1)).timestamp();
            let until = if midnight > from { end.min(midnight) } else { end };
            let span = Span {
                start: from,
                end: until,
            };
            pieces.extend(self.piece(line, day, span.seconds(), Some(span)));
            (from, day) = (until, day.plus(1));
        }
        pieces
    }

    fn piece(&self, line: &'a TimeLine, day: Day, seconds: u32, span: Option<Span>) -> Option<Piece<'a>> {
        if day > self.as_of {
            return None;
        }
        let refused = self.refuses(line).or_else(|| self.day_refuses(day));
        Some(Piece {
            line,
            day,
            seconds,
            span,
            refused,
        })
    }

    /// Why an entry doesn't count on any day.
    fn refuses(&self, line: &TimeLine) -> Option<Reason> {
        let bucket = match self.programme {
            Programme::Cocm => Bucket::Cocm,
            Programme::GeneralBhi => Bucket::GeneralBhi,
            Programme::Other => Bucket::OtherProgramme,
        };
        if line.bucket != bucket {
            return Some(Reason::OtherBucket(line.bucket));
        }
        if !self.profile.counts(line.activity) {
            return Some(Reason::Activity(line.activity));
        }
        let is_left_out = self.profile.number(Key::TraineeTime) == 0 && self.team.is_trainee(line.by);
        let in_team = self.profile.is_in_the_team(line.activity);
        let counts = !is_left_out && self.team.counts(self.profile.whose_time(), line.by, in_team);
        (!counts).then_some(Reason::Person)
    }

    /// Why time of a day doesn't count, whatever it was spent on.
    fn day_refuses(&self, day: Day) -> Option<Reason> {
        let inpatient = || self.admitted_on(day).map(Reason::Inpatient);
        self.consent_refuses(day).or_else(inpatient)
    }

    /// Since when the patient was an inpatient on a day, where the profile leaves such time out. The day of discharge
    /// counts; without a discharge on record the admission goes on.
    fn admitted_on(&self, day: Day) -> Option<Day> {
        if self.profile.number(Key::InpatientTime) == 1 {
            return None;
        }
        let events = || self.sheet.acute.iter().map(|(at, kind)| (at.day(self.zone), *kind));
        let of = |wanted| move |(at, kind): (Day, AcuteKind)| (kind == wanted).then_some(at);
        let admitted = events()
            .filter_map(of(AcuteKind::Admission))
            .filter(|at| *at <= day)
            .max()?;
        // A discharge on the day of an admission ends the stay before it, where there was one.
        let discharges = || events().filter_map(of(AcuteKind::Discharge));
        let before = events()
            .filter_map(of(AcuteKind::Admission))
            .filter(|at| *at < admitted)
            .max();
        let was_in = before.is_some_and(|before| !discharges().any(|at| before <= at && at < admitted));
        let left = discharges()
            .filter(|at| *at > admitted || *at == admitted && !was_in)
            .min();
        left.is_none_or(|left| day < left || day == admitted)
            .then_some(admitted)
    }

    /// Why time of a day doesn't count for want of consent. Where nothing was ever recorded, it counts and
    /// the consent gate is shown as missing: the consent may well have been given.
    fn consent_refuses(&self, day: Day) -> Option<Reason> {
        match self.consent_on(day) {
            Consented::Given { .. } | Consented::NothingRecorded => None,
            Consented::NotYet { first } => Some(Reason::BeforeConsent(first)),
            Consented::Not { since } => Some(Reason::NoConsent(since)),
        }
    }

    /// Where consent to the programme stood on a day. Its day counts as consented: no hour is known.
    pub fn consent_on(&self, day: Day) -> Consented {
        let known = || {
            let mine = self
                .sheet
                .gates
                .consents
                .iter()
                .filter(|(_, programme, _)| *programme == self.programme);
            mine.filter(|(from, ..)| *from <= self.as_of)
        };
        if let Some((since, _, how)) = known().filter(|(from, ..)| *from <= day).max_by_key(|(from, ..)| *from) {
            return match how {
                Some(how) => Consented::Given {
                    since: *since,
                    how: *how,
                },
                None => Consented::Not { since: *since },
            };
        }
        let given = known().filter(|(.., how)| how.is_some()).map(|(from, ..)| *from).min();
        match (given, known().map(|(from, ..)| *from).min()) {
            (Some(first), _) => Consented::NotYet { first },
            (None, Some(since)) => Consented::Not { since },
            (None, None) => Consented::NothingRecorded,
        }
    }

    /// What isn't ticked as explained in the consent of a day.
    pub fn unexplained(&self, since: Day) -> Option<Unexplained> {
        let mut all = self.sheet.gates.unexplained.iter();
        let found = all.find(|(day, programme, _)| *day == since && *programme == self.programme);
        found.map(|(.., lacks)| *lacks)
    }

    /// Seconds of each piece that count, overlaps counted once.
    fn credit(&self, pieces: &[Piece<'_>]) -> Vec<u32> {
        let mut credited: Vec<u32> = pieces.iter().map(Piece::without_a_clock).collect();
        for (index, span) in self.one_clock(pieces, self.own_time(pieces)) {
            if let Some(seconds) = credited.get_mut(index) {
                *seconds += span.seconds();
            }
        }
        credited
    }

    /// Each person's intervals without overlap.
    fn own_time(&self, pieces: &[Piece<'_>]) -> Vec<(usize, Span)> {
        let spans: Vec<(usize, &Piece<'_>, Span)> = pieces
            .iter()
            .enumerate()
            .filter_map(|(i, p)| Some((i, p, p.span?)))
            .collect();
        let kind = |p: &Piece<'_>| (p.line.by, p.refused.is_none(), p.line.activity, p.line.bucket);
        let starts = run_starts(spans.iter().map(|(_, p, span)| (kind(p), *span)).collect());
        let mut ordered: Vec<_> = spans.into_iter().zip(starts).collect();
        ordered.sort_by_key(|((_, p, span), start)| {
            let elsewhere = Reverse(is_billed_elsewhere(p.line));
            (
                p.line.by,
                elsewhere,
                *start,
                p.refused.is_some(),
                p.line.activity,
                p.line.bucket,
                *span,
                p.line.entry,
            )
        });
        let mut own = Vec::new();
        let mut taken: Vec<Span> = Vec::new();
        let mut whose = None;
        for ((index, piece, span), _) in ordered {
            if whose.replace(piece.line.by) != Some(piece.line.by) {
                taken.clear();
            }
            own.extend(claim(&mut taken, span).into_iter().map(|part| (index, part)));
        }
        own
    }

    /// The intervals that count, without those in which two people share one clock.
    fn one_clock(&self, pieces: &[Piece<'_>], own: Vec<(usize, Span)>) -> Vec<(usize, Span)> {
        let counted: Vec<(usize, &TimeLine, Span)> = own
            .into_iter()
            .filter_map(|(i, span)| Some((i, pieces.get(i).filter(|p| p.refused.is_none())?.line, span)))
            .collect();
        let starts = run_starts(
            counted
                .iter()
                .map(|(_, line, span)| ((line.by, line.activity), *span))
                .collect(),
        );
        let mut ordered: Vec<_> = counted.into_iter().zip(starts).collect();
        ordered.sort_by_key(|((_, line, span), start)| {
            (
                *start,
                self.team.rank(line.by),
                line.activity,
                line.by,
                *span,
                line.entry,
            )
        });
        let mut taken = Vec::new();
        let mut shared = Vec::new();
        for ((index, _, span), _) in ordered {
            shared.extend(claim(&mut taken, span).into_iter().map(|part| (index, part)));
        }
        shared
    }

    fn tell(&self, piece: &Piece<'_>, credited: u32, told: &mut Attribution) {
        let (entry, day, activity, by) = (piece.line.entry, piece.day, piece.line.activity, piece.line.by);
        let lost = piece.seconds.saturating_sub(credited);
        if credited > 0 {
            told.counted.push(Counted {
                entry,
                day,
                seconds: Seconds(credited),
                activity,
                by,
            });
        }
        if lost > 0 {
            let why = piece.refused.unwrap_or(Reason::CountedOnce);
            told.not_counted.push(NotCounted {
                entry,
                day,
                seconds: Seconds(lost),
                activity,
                by,
                why,
            });
        }
    }
}

/// Where consent to a programme stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consented {
    Given { since: Day, how: ConsentHow },
    Not { since: Day },
    NotYet { first: Day },
    NothingRecorded,
}

impl Piece<'_> {
    fn without_a_clock(&self) -> u32 {
        if self.span.is_none() && self.refused.is_none() {
            self.seconds
        } else {
            0
        }
    }
}

impl Span {
    fn seconds(self) -> u32 {
        u32::try_from(self.end - self.start).unwrap_or_default()
    }
    /// What is left of it beside another.
    fn minus(self, other: Span) -> impl Iterator<Item = Span> {
        let before = Span {
            start: self.start,
            end: self.end.min(other.start),
        };
        let after = Span {
            start: self.start.max(other.end),
            end: self.end,
        };
        let whole = other.start >= self.end || other.end <= self.start;
        let parts = if whole {
            [Some(self), None]
        } else {
            [Some(before), Some(after)]
        };
        parts.into_iter().flatten().filter(|part| part.start < part.end)
    }
}

/// Takes what is still free of an interval.
fn claim(taken: &mut Vec<Span>, span: Span) -> Vec<Span> {
    let mut free = vec![span];
    for other in taken.iter() {
        free = free.into_iter().flat_map(|part| part.minus(*other)).collect();
    }
    taken.extend(free.iter().copied());
    free
}

/// For each interval the start of its run: intervals of one kind that touch or overlap are one run.
fn run_starts<K: Ord>(items: Vec<(K, Span)>) -> Vec<i64> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| items.get(*a).cmp(&items.get(*b)));
    let mut starts: Vec<i64> = items.iter().map(|(_, span)| span.start).collect();
    let mut run: Option<(&K, Span)> = None;
    for index in order {
        let Some((kind, span)) = items.get(index) else { continue };
        let grown = match run {
            Some((same, so_far)) if same == kind && span.start <= so_far.end => Span {
                start: so_far.start,
                end: so_far.end.max(span.end),
            },
            _ => *span,
        };
        run = Some((kind, grown));
        if let Some(start) = starts.get_mut(index) {
            *start = grown.start;
        }
    }
    starts
}

/// Whether the time is part of a service that is billed on its own.
fn is_billed_elsewhere(line: &TimeLine) -> bool {
    matches!(line.bucket, Bucket::Psychotherapy | Bucket::OtherProgramme)
        || matches!(line.activity, Activity::Psychotherapy | Activity::OtherProgramme)
}

/// The entries that can reach into a month; days of margin on either side cover their own zones.
pub(super) fn lines_near(sheet: &Flowsheet, month: Month) -> impl Iterator<Item = &TimeLine> {
    let (from, until) = (month.first().plus(-2), month.last().plus(1));
    let reaches = move |line: &&TimeLine| {
        let days = line.seconds.0 / DAY;
        line.day <= until && (line.day >= from || (days > 0 && line.day.plus(days.into()) >= from))
    };
    sheet.times.iter().filter(reaches)
}
