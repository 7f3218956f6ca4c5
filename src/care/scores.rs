//! Which score is the baseline, which is the latest, and whether it is worse.
//!
//! The latest is by clinical date: by day, then by time, then by stamp, which is how a flowsheet's lists lie. A
//! score of a former episode is never looked at. A score without a total (an incomplete form) is no score.

use crate::flowsheet::{EpisodeLine, Flowsheet, SafetyItem, ScoreLine};
use crate::journal::Day;
use crate::journal::facts::ConcernKind;

use super::protocol::{Number, Protocol};
use super::scale::{Point, Scale};

/// The score that later ones are compared with.
#[derive(Clone, Copy, Debug)]
pub struct Baseline<'a> {
    /// The administration.
    pub score: &'a ScoreLine,
    /// Its total and day.
    pub point: Point,
    /// How it came to be the baseline.
    pub rule: BaselineRule,
}

/// How a baseline was chosen. It never changes silently: a person chooses, or the first in the episode holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaselineRule {
    /// A person chose it.
    ChosenByPerson,
    /// The first complete one on or after the day on which the episode opened.
    FirstInEpisode,
}

impl BaselineRule {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::ChosenByPerson => "chosen by a person",
            Self::FirstInEpisode => "first in episode",
        }
    }
}

/// What the scores of one instrument in one episode come to.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// There is none.
    NoScore,
    /// There is one, so there is nothing to compare: no change, and not 0 % either.
    OneScore(&'a ScoreLine, Point),
    /// There is a baseline and a later one.
    Compared {
        /// The baseline.
        baseline: Baseline<'a>,
        /// The latest.
        latest: &'a ScoreLine,
        /// Its total and day.
        point: Point,
    },
}

/// How a score is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worse {
    /// It rose.
    Rise {
        /// The latest.
        latest: Point,
        /// What it is compared with: of the two below, the one with the larger rise.
        from: Point,
        /// Which that is.
        against: Against,
        /// Points that count as a rise.
        limit: u32,
    },
    /// It newly reached the severe band.
    Severe {
        /// The latest.
        latest: Point,
        /// The one before.
        before: Point,
        /// Where the band begins.
        limit: u32,
    },
}

/// What a latest score is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// The lowest of the last so many days.
    Lowest {
        /// The days.
        days: u32,
    },
    /// The baseline.
    Baseline,
}

impl Worse {
    /// Points risen.
    pub fn points(&self) -> u16 {
        let (latest, from) = self.points_compared();
        latest.total.saturating_sub(from.total)
    }
    /// The latest, and what it is compared with.
    pub fn points_compared(&self) -> (Point, Point) {
        match self {
            Self::Rise { latest, from, .. } => (*latest, *from),
            Self::Severe { latest, before, .. } => (*latest, *before),
        }
    }
}

/// Scores with a total of one instrument that may be compared in an episode, up to a day, in clinical order: none
/// from before it opened when there was a former episode; otherwise earlier ones too, such as the screening that led
/// to it.
pub fn comparable<'a>(
    sheet: &'a Flowsheet,
    episode: Option<&EpisodeLine>,
    scale: &'a Scale,
    until: Day,
) -> impl DoubleEndedIterator<Item = (&'a ScoreLine, Point)> + Clone {
    let lines = up_to(&sheet.scores, until);
    let former = episode.and_then(|e| first_day_of_scores(sheet, e));
    let start = former.map_or(0, |first| lines.partition_point(|s| s.day < first));
    let id = scale.id();
    let of_episode = lines.get(start..).unwrap_or_default().iter();
    of_episode
        .filter(move |s| s.instrument == id)
        .filter_map(|s| s.total.map(|total| (s, Point { total, day: s.day })))
}

/// The part of a flowsheet's scores up to a day: they lie in clinical order.
fn up_to(scores: &[ScoreLine], until: Day) -> &[ScoreLine] {
    let end = scores.partition_point(|s| s.day <= until);
    scores.get(..end).unwrap_or_default()
}

/// The day before which scores belong to a former episode; `None` when there is no former one.
fn first_day_of_scores(sheet: &Flowsheet, episode: &EpisodeLine) -> Option<Day> {
    let former = sheet.episodes.iter().any(|e| e.opened < episode.opened);
    former.then_some(episode.opened)
}

/// The latest score with a total, by clinical date.
pub fn latest<'a>(
    sheet: &'a Flowsheet,
    episode: Option<&EpisodeLine>,
    scale: &'a Scale,
    until: Day,
) -> Option<(&'a ScoreLine, Point)> {
    comparable(sheet, episode, scale, until).next_back()
}

/// The latest administration of an instrument, complete or not.
pub fn latest_form<'a>(sheet: &'a Flowsheet, scale: &Scale, until: Day) -> Option<&'a ScoreLine> {
    let mut lines = up_to(&sheet.scores, until).iter();
    lines.rfind(|s| s.instrument == scale.id())
}

/// The latest administration of any instrument that has a safety item, or an alarm line about suicide. A line about
/// something else says nothing of it.
pub fn latest_with_safety_item(sheet: &Flowsheet, until: Day) -> Option<&ScoreLine> {
    let mut lines = up_to(&sheet.scores, until).iter();
    lines.rfind(|s| match s.safety {
        SafetyItem::None => false,
        SafetyItem::Answered(_) | SafetyItem::NotKnown => true,
        SafetyItem::Line { about, .. } => about == ConcernKind::Suicide,
    })
}

/// The score that later ones are compared with: the one that a person chose, or the first in the episode. Never
/// one of a former episode, whoever chose it.
pub fn baseline<'a>(sheet: &'a Flowsheet, episode: &EpisodeLine, scale: &'a Scale, until: Day) -> Option<Baseline<'a>> {
    let mut points = comparable(sheet, Some(episode), scale, until);
    let chosen = episode.measure_plan(scale.id()).and_then(|plan| plan.baseline);
    if let Some((score, point)) = points.find(|(s, _)| Some(s.entry) == chosen) {
        let rule = BaselineRule::ChosenByPerson;
        return Some(Baseline { score, point, rule });
    }
    baseline_by_rule(sheet, episode, scale, until)
}

/// The baseline that the rule alone gives, whatever a person chose: the first complete one in the episode. It is shown
/// beside a chosen one.
pub fn baseline_by_rule<'a>(
    sheet: &'a Flowsheet,
    episode: &EpisodeLine,
    scale: &'a Scale,
    until: Day,
) -> Option<Baseline<'a>> {
    let mut points = comparable(sheet, Some(episode), scale, until);
    let (score, point) = points.find(|(score, _)| episode.opened <= score.day)?;
    let rule = BaselineRule::FirstInEpisode;
    Some(Baseline { score, point, rule })
}

/// Baseline and latest of an instrument in an episode.
pub fn progress<'a>(sheet: &'a Flowsheet, episode: &EpisodeLine, scale: &'a Scale, until: Day) -> Progress<'a> {
    let Some((score, point)) = latest(sheet, Some(episode), scale, until) else {
        return Progress::NoScore;
    };
    match baseline(sheet, episode, scale, until) {
        Some(baseline) if baseline.score.entry != score.entry => Progress::Compared {
            baseline,
            latest: score,
            point,
        },
        _ => Progress::OneScore(score, point),
    }
}

/// The instrument that an episode is judged by: its target; where none was chosen, PHQ-9 unless only GAD-7 was
/// ever taken.
pub fn primary(sheet: &Flowsheet, episode: &EpisodeLine, until: Day) -> Scale {
    if let Some(target) = &episode.target {
        return Scale::of(target);
    }
    let taken = |scale: &Scale| comparable(sheet, Some(episode), scale, until).next().is_some();
    if !taken(&Scale::Phq9) && taken(&Scale::Gad7) {
        Scale::Gad7
    } else {
        Scale::Phq9
    }
}

/// Whether the latest score is worse: it minus the lowest of the last 90 days, or minus baseline, is 5 or more
/// (PHQ-9) or 4 or more (GAD-7), or a PHQ-9 is newly 20 or more. All these numbers are the protocol's. The days
/// are counted back from the latest score, so 10, 13, 16 is worse at 16 though no step was of 5.
pub fn worse(
    sheet: &Flowsheet,
    episode: &EpisodeLine,
    scale: &Scale,
    protocol: &Protocol,
    until: Day,
) -> Option<Worse> {
    let limit = scale.worse_by(protocol)?;
    let mut earlier = comparable(sheet, Some(episode), scale, until);
    let (score, now) = earlier.next_back()?;
    let days = protocol.get(Number::WorseWindow);
    let since = now.day.plus(-i64::from(days));
    let lately = earlier.clone().rev().take_while(|(_, point)| since <= point.day);
    let lowest = lately
        .min_by_key(|(_, point)| point.total)
        .map(|(_, point)| (point, Against::Lowest { days }));
    let first = baseline(sheet, episode, scale, until)
        .filter(|b| b.score.entry != score.entry)
        .map(|b| (b.point, Against::Baseline));
    let lower = match (lowest, first) {
        (Some(lowest), Some(first)) if first.0.total < lowest.0.total => Some(first),
        (None, first) => first,
        (lowest, _) => lowest,
    };
    if let Some((from, against)) = lower
        && u32::from(from.total) + limit <= u32::from(now.total)
    {
        return Some(Worse::Rise {
            latest: now,
            from,
            against,
            limit,
        });
    }
    let severe = protocol.get(Number::SeverePhq9);
    let (_, before) = earlier.next_back()?;
    let newly = u32::from(before.total) < severe && severe <= u32::from(now.total);
    (*scale == Scale::Phq9 && newly).then_some(Worse::Severe {
        latest: now,
        before,
        limit: severe,
    })
}
