//! What whoever referred a patient is told: thanks, and what came of the referral.

use std::collections::BTreeSet;

use crate::exchange::letter::because;
use crate::flowsheet::StatusLine;
use crate::journal::facts::{Covers, FeedbackAfter};
use crate::journal::{Day, Slot};
use crate::journal::{EpisodeId, Fact};

use super::source::{Source, date};
use super::team::{Addressee, written};

/// The letter about an episode, by a template, on the ground on which whoever referred may be told. What is held back is
/// not told.
pub fn feedback_letter(
    source: &Source<'_>,
    to: Addressee<'_>,
    episode: EpisodeId,
    after: FeedbackAfter,
    template: &str,
) -> String {
    written(source, to, &BTreeSet::new(), template, |source, fields| {
        fields.set("feedback", feedback(source, to, episode, after));
        if after == FeedbackAfter::Closed {
            fields.all("next contact", Vec::new());
        }
    })
}

fn feedback(source: &Source<'_>, to: Addressee<'_>, id: EpisodeId, after: FeedbackAfter) -> String {
    let who = &source.sheet.who;
    let name = format!("{} {}", who.given, who.family).trim().to_owned();
    let referred = match source.folded.head(&Slot::Referral(id)).map(|live| &live.fact) {
        Some(Fact::Referral(referral)) => Some(referral.at.day(source.at.office.zone)),
        _ => None,
    };
    let on = referred.map(|day| format!(" on {}", date(day))).unwrap_or_default();
    let thanks = format!("Thank you for referring {name}{on}.");
    let episode = source.sheet.episodes.iter().find(|line| line.episode == id);
    let Some(episode) = episode.filter(|_| to.may_learn(Covers::Course)) else {
        return thanks;
    };
    let clinic = &source.clinic.name;
    let enrolled = episode.enrolled().filter(|day| *day <= source.at.today);
    let came = match (after, closed(episode.statuses.as_slice(), source.at.today), enrolled) {
        (FeedbackAfter::Closed, Some((on, why)), Some(enrolled)) => format!(
            "{name} was in the collaborative care program at {clinic} from {} to {}. It ended because of this: {why}.",
            date(enrolled),
            date(on)
        ),
        (FeedbackAfter::Closed, Some((on, why)), None) => format!(
            "{name} was not enrolled in the collaborative care program at {clinic}. The referral was closed on {}: {why}.",
            date(on)
        ),
        (_, _, Some(enrolled)) => format!(
            "{name} was enrolled in the collaborative care program at {clinic} on {}.",
            date(enrolled)
        ),
        _ => return thanks,
    };
    format!("{thanks} {came}")
}

fn closed(statuses: &[(Day, StatusLine)], today: Day) -> Option<(Day, &'static str)> {
    let last = statuses.iter().rev().find(|(from, _)| *from <= today)?;
    match last {
        (on, StatusLine::Closed(reason)) => Some((*on, because(*reason))),
        _ => None,
    }
}
