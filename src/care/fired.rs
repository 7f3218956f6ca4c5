//! The rules that call for a treatment change, as they stand now: data that is kept with the change.

use std::collections::BTreeMap;

use crate::flowsheet::Flowsheet;
use crate::journal::Day;
use crate::journal::facts::FiredRule;

use super::case::Case;
use super::clocks::{Clock, clocks};
use super::office::AsOf;
use super::reason::Reason;
use super::relapse::Relapsed;
use super::review::{ReviewCause, review_due};
use super::safety::is_open;
use super::scale::Point;
use super::scores::Worse;

/// A rule that holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Its name.
    pub rule: &'static str,
    /// Its sentence.
    pub says: String,
    /// Its numbers by name.
    pub numbers: BTreeMap<&'static str, i64>,
}

impl Fired {
    /// As it is kept with a treatment change.
    pub fn kept(self, on: Day, protocol: &str) -> FiredRule {
        let numbers = self.numbers.into_iter();
        FiredRule {
            rule: self.rule.to_owned(),
            says: self.says,
            numbers: numbers.map(|(name, value)| (name.to_owned(), value)).collect(),
            on,
            protocol: protocol.to_owned(),
        }
    }
}

/// The rules about scores, side effects and concerns that hold now. A case review takes its causes off the worklist, but
/// the change that it led to is made because of them: so the causes are read as if there had been no review.
pub fn fired(sheet: &Flowsheet, at: &AsOf<'_>) -> Vec<Fired> {
    let mut unreviewed = sheet.clone();
    unreviewed.reviews.clear();
    let causes = review_due(&unreviewed, at).map_or_else(Vec::new, |due| due.causes);
    // A concern that was closed calls for no change any more, also while it is watched.
    let stands = |cause: &&ReviewCause| match cause {
        ReviewCause::Concern { day } => sheet.concerns.iter().any(|line| line.day == *day && is_open(line, at)),
        _ => true,
    };
    let causes = causes.iter().filter(stands);
    let mut found: Vec<Fired> = causes.filter_map(|cause| of_cause(cause, at.today)).collect();
    let case = Case::of(sheet, at);
    if case.phase.is_in_care() {
        found.extend(
            clocks(sheet, at)
                .iter()
                .filter(|clock| clock.fires())
                .filter_map(of_clock),
        );
    }
    found
}

fn of_cause(cause: &ReviewCause, today: Day) -> Option<Fired> {
    let mut numbers = BTreeMap::new();
    let mut pair = |(first, last): (Point, Point)| {
        numbers.insert("first", i64::from(first.total));
        numbers.insert("latest", i64::from(last.total));
    };
    let rule = match cause {
        ReviewCause::Concern { .. } => "open concern",
        ReviewCause::Worse(_, worse) => {
            let (latest, from) = worse.points_compared();
            pair((from, latest));
            let limit = match worse {
                Worse::Rise { limit, .. } | Worse::Severe { limit, .. } => *limit,
            };
            numbers.insert("limit", i64::from(limit));
            "worsening"
        }
        ReviewCause::SevereSideEffect { .. } => "severe side effect",
        ReviewCause::NotImproved {
            week,
            from_week,
            scores,
            ..
        } => {
            if let Some(scores) = scores {
                pair(*scores);
            }
            numbers.insert("week", i64::from(*week));
            numbers.insert("from_week", i64::from(*from_week));
            "not improved"
        }
        ReviewCause::NoEffect { fall, scores, .. } => {
            if let Some(scores) = scores {
                pair(*scores);
            }
            numbers.insert("fall", i64::from(*fall));
            "no effect of the last change"
        }
        ReviewCause::Asked { .. } => "asked for",
        // Only the calendar: no reason to change a treatment.
        ReviewCause::NoneYet { .. } => return None,
    };
    let says = cause.words(today);
    Some(Fired { rule, says, numbers })
}

fn of_clock(clock: &Clock) -> Option<Fired> {
    let Reason::Relapse(relapsed) = &clock.reason else {
        return None;
    };
    let number = |point: &Point| i64::from(point.total);
    let numbers = match relapsed {
        Relapsed::Above { latest, above, .. } => {
            BTreeMap::from([("latest", number(latest)), ("above", i64::from(*above))])
        }
        Relapsed::Rise { latest, start, by, .. } => BTreeMap::from([
            ("latest", number(latest)),
            ("start", number(start)),
            ("by", i64::from(*by)),
        ]),
        Relapsed::Safety { .. } => BTreeMap::new(),
    };
    Some(Fired {
        rule: clock.rule.name(),
        says: clock.sentence(),
        numbers,
    })
}
