//! What a treatment change came to: the score before it, and the score in the weeks in which its effect shows.
//!
//! Four to six weeks after an adequate dose is when a PHQ-9 tells whether a treatment works
//! (<https://docsbay.net/using-phq-9-diagnosis-and-score-for-initial-treatment-selection>); both numbers, and the fall
//! that counts, are the protocol's. Nothing is said of a cause: a score fell, or it didn't.

use crate::flowsheet::{EpisodeLine, Flowsheet, TreatmentLine};
use crate::journal::Day;

use super::case::starts_or_changes;
use super::office::AsOf;
use super::protocol::Number;
use super::scale::{Point, Scale};
use super::scores::{comparable, primary};

/// The effect of one treatment change, as far as it was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The instrument that the episode is judged by.
    pub scale: Scale,
    /// The day of the change.
    pub changed: Day,
    /// The last score on or before that day; where there is none, the first one before the weeks begin.
    pub before: Option<Point>,
    /// The first day of the weeks in which an effect shows.
    pub from: Day,
    /// The last day of them.
    pub until: Day,
    /// What was measured in them.
    pub seen: Seen,
    /// The first day after the change, up to the end of those weeks, on which a treatment was changed again: the score
    /// then speaks of both.
    pub changed_again: Option<Day>,
}

/// What was measured in the weeks in which an effect shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// They lie ahead.
    Ahead,
    /// They have begun, and nothing was measured in them yet.
    Open,
    /// The last score within them.
    Measured {
        /// The score.
        at: Point,
        /// It minus the score before; `None` without one.
        change: Option<i32>,
        /// The change against the protocol's number; `None` for an instrument that has no number.
        judged: Option<Judged>,
    },
    /// They have passed without a score.
    Missed {
        /// The first score after them.
        later: Option<Point>,
    },
}

/// A change of a score against the fall that the protocol asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It fell by so many points or more.
    Fell {
        /// The number.
        by: u32,
    },
    /// It fell by less, or stayed.
    TooLittle {
        /// The number.
        by: u32,
    },
    /// It rose.
    Rose,
}

/// The effect of a treatment change of a flowsheet; `None` for a change of which none is expected (a medicine stopped, a
/// referral), for one that lies ahead, and outside of every episode.
pub fn effect_of(sheet: &Flowsheet, line: &TreatmentLine, at: &AsOf<'_>) -> Option<Effect> {
    if !starts_or_changes(line.kind) || at.today < line.day {
        return None;
    }
    seen_of(sheet, sheet.episode_on(line.day), line.day, at)
}

/// The same for a day of an episode.
pub(super) fn seen_of(sheet: &Flowsheet, episode: Option<&EpisodeLine>, changed: Day, at: &AsOf<'_>) -> Option<Effect> {
    let episode = episode?;
    let scale = primary(sheet, episode, at.today);
    let from = changed.plus(at.protocol.days(Number::TreatmentFromWeeks));
    let until = changed.plus(at.protocol.days(Number::TreatmentUntilWeeks));
    // Scores of a later episode say nothing of a change in this one.
    let later = sheet.episodes.iter().filter(|e| episode.opened < e.opened);
    let last_day = later.map(|e| e.opened.plus(-1)).min();
    let known_until = last_day.map_or(at.today, |last| last.min(at.today));
    let points: Vec<Point> = comparable(sheet, Some(episode), &scale, known_until)
        .map(|(_, point)| point)
        .collect();
    let at_change = points.iter().rfind(|p| p.day <= changed);
    let before = at_change.or_else(|| points.iter().find(|p| p.day < from)).copied();
    let within = points.iter().rfind(|p| from <= p.day && p.day <= until).copied();
    let seen = match within {
        Some(point) => measured(&scale, before, point, at),
        None if at.today < from => Seen::Ahead,
        None if at.today <= until => Seen::Open,
        None => Seen::Missed {
            later: points.iter().find(|p| until < p.day).copied(),
        },
    };
    let again = sheet.treatments.iter().filter(|t| starts_or_changes(t.kind));
    let again = again.map(|t| t.day).filter(|day| changed < *day && *day <= until).min();
    Some(Effect {
        scale,
        changed,
        before,
        from,
        until,
        seen,
        changed_again: again.filter(|day| *day <= at.today),
    })
}

fn measured(scale: &Scale, before: Option<Point>, at: Point, as_of: &AsOf<'_>) -> Seen {
    let change = before.map(|before| i32::from(at.total) - i32::from(before.total));
    let judged = scale
        .expected_fall(as_of.protocol)
        .zip(change)
        .map(|(by, change)| match change {
            1.. => Judged::Rose,
            fell if by <= fell.unsigned_abs() => Judged::Fell { by },
            _ => Judged::TooLittle { by },
        });
    Seen::Measured { at, change, judged }
}

impl Effect {
    /// In words, as of `today`: `PHQ-9 18 on Tue 1 Sep, 11 on Sat 3 Oct (−7, a fall of 5 or more)`.
    pub fn words(&self, today: Day) -> String {
        let on = |day: Day| super::day_words(day, today);
        let scale = &self.scale;
        let before = match self.before {
            Some(before) if before.day <= self.changed => format!("{} on {}", before.total, on(before.day)),
            Some(before) => format!("{} on {}, after the change", before.total, on(before.day)),
            None => "no score before it".to_owned(),
        };
        let (from, until) = (on(self.from), on(self.until));
        let mut words = match self.seen {
            Seen::Ahead => format!("{scale} {before}; not measured yet: due {from} to {until}"),
            Seen::Open => format!("{scale} {before}; not measured yet: due by {until}"),
            Seen::Missed { later: None } => {
                format!("{scale} {before}; not measured from {from} to {until}, and not since")
            }
            Seen::Missed { later: Some(later) } => {
                let (total, day) = (later.total, on(later.day));
                format!("{scale} {before}; not measured from {from} to {until}; later {total} on {day}")
            }
            Seen::Measured { at, change, judged } => {
                let told = change.map(|change| match judged {
                    Some(Judged::Fell { by }) => format!(" ({}, a fall of {by} or more)", signed(change)),
                    Some(Judged::TooLittle { by }) => format!(" ({}, a fall under {by})", signed(change)),
                    Some(Judged::Rose) => format!(" ({}, higher than before)", signed(change)),
                    None => format!(" ({})", signed(change)),
                });
                format!(
                    "{scale} {before}, then {} on {}{}",
                    at.total,
                    on(at.day),
                    told.unwrap_or_default()
                )
            }
        };
        if let Some(again) = self.changed_again {
            words.push_str(&format!("; changed again {}", on(again)));
        }
        words
    }
}

/// What the worklist says while nothing was measured.
pub(super) fn wanted(scale: &Scale, changed: Day, before: Option<Point>, until: Day, today: Day) -> String {
    let on = |day: Day| super::day_words(day, today);
    let by = match until < today {
        true => format!("was due by {}", on(until)),
        false => format!("measure by {}", super::near_words(until, today)),
    };
    let before = before.map_or_else(String::new, |before| {
        format!("; before it {} on {}", before.total, on(before.day))
    });
    format!(
        "no {scale} yet to see the effect of the change of {}; {by}{before}",
        on(changed)
    )
}

fn signed(change: i32) -> String {
    match change {
        0 => "0".to_owned(),
        1.. => format!("+{change}"),
        _ => format!("\u{2212}{}", change.unsigned_abs()),
    }
}
