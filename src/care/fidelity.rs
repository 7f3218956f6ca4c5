//! An audit of records against a checklist of fidelity to collaborative care: which records are drawn, and what each can tell
//! by itself. The rest is answered by whoever reads them.
//!
//! The items say in our own words what the AIMS Center's model asks for (population-based, measured, treated to target, with
//! the consultant's review of those who don't improve); the intervals are those of the clinic's rules or, where we chose
//! one, said to be ours.

use crate::care::safety::was_typed_in_error;
use crate::care::{AsOf, missing_to_close, primary};
use crate::flowsheet::{ConcernLine, EpisodeLine, Flowsheet, ScoreLine, StatusLine};
use crate::journal::facts::{AuditAnswer, CloseReason, Programme};
use crate::journal::{ChartId, Day};

/// The checklist's name with its version.
pub const CHECKLIST: &str = "Caseload fidelity checklist 1";

/// One item of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name, as saved.
    pub name: &'static str,
    /// What is asked.
    pub question: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// The checklist, in its order.
pub const ITEMS: [Item; 9] = [
    Item {
        name: "consent",
        question: "Consent to collaborative care is on file",
        source: "CMS-1654-F (CY2017 physician fee schedule), page 278: consent in advance, documented",
    },
    Item {
        name: "baseline",
        question: "The target measure was taken within 14 days of enrolment",
        source: "AIMS Center: measurement-based treatment to target begins with a baseline; the 14 days are ours",
    },
    Item {
        name: "recent_measure",
        question: "In active treatment: the target measure was taken in the last 4 weeks",
        source: "AIMS Center: the measure is repeated at least monthly in active treatment",
    },
    Item {
        name: "contacts",
        question: "In active treatment: at least two contacts with the patient in the last 30 days",
        source: "AIMS Center: contact about twice a month in active treatment",
    },
    Item {
        name: "review",
        question: "Not improved by week 8: the consultant reviewed the case by then",
        source: "AIMS Center: patients who don\u{2019}t improve are reviewed; our rule for improved: the target score fell by half",
    },
    Item {
        name: "treatment_change",
        question: "Not improved by week 10: treatment was changed by then",
        source: "NYS Collaborative Care Medicaid Program: treatment change by week 10 where not improved",
    },
    Item {
        name: "safety",
        question: "Every closed safety concern has its first step, the clinician told, and a next contact",
        source: "This program\u{2019}s rule for closing a concern (docs/decisions/0023)",
    },
    Item {
        name: "goals",
        question: "The care plan has goals in the patient\u{2019}s words, each with how it is measured",
        source: "AIMS Center: patient-centred care plan; read in the record",
    },
    Item {
        name: "relapse_plan",
        question: "A relapse-prevention plan was made before the episode was closed with its goals met",
        source: "AIMS Center: relapse-prevention plan before the end of an episode",
    },
];

/// Days after enrolment, or before it, in which a measure is the one taken at enrolment.
const BASELINE_WITHIN: i64 = 14;

/// Whether a record may be drawn: open today, or at any time in a period.
pub fn is_in(sheet: &Flowsheet, period: Option<(Day, Day)>, today: Day) -> bool {
    if sheet.erased {
        return false;
    }
    match period {
        None => sheet.status_on(today).is_some_and(StatusLine::is_open),
        Some((from, until)) => sheet.episodes.iter().any(|episode| {
            let ended = episode.closed();
            episode.opened <= until && ended.is_none_or(|ended| from <= ended)
        }),
    }
}

/// Draws so many records of a list, none twice: the first steps of a shuffle (Fisher and Yates), by numbers of SplitMix64
/// (<https://prng.di.unimi.it/splitmix64.c>) from a seed. The same seed draws the same records of the same list.
pub fn draw(pool: &[ChartId], seed: u32, count: usize) -> Vec<ChartId> {
    let mut left: Vec<ChartId> = pool.to_vec();
    left.sort();
    let mut state = u64::from(seed);
    let mut drawn = Vec::new();
    while drawn.len() < count && !left.is_empty() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let number = z ^ (z >> 31);
        let here = u64::try_from(left.len()).unwrap_or(u64::MAX);
        let place = usize::try_from(number % here).unwrap_or(0);
        drawn.push(left.swap_remove(place));
    }
    drawn
}

/// What a record tells by itself about an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The answer; `None` where a person has to read the record.
    pub answer: Option<AuditAnswer>,
    /// The numbers and dates.
    pub shown: String,
}

fn yes(shown: String) -> Found {
    let answer = Some(AuditAnswer::Yes);
    Found { answer, shown }
}

fn no(shown: impl Into<String>) -> Found {
    let (answer, shown) = (Some(AuditAnswer::No), shown.into());
    Found { answer, shown }
}

fn not_applicable(shown: impl Into<String>) -> Found {
    let (answer, shown) = (Some(AuditAnswer::NotApplicable), shown.into());
    Found { answer, shown }
}

fn unknown(shown: impl Into<String>) -> Found {
    let (answer, shown) = (None, shown.into());
    Found { answer, shown }
}

fn on(day: Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}

/// What a record tells by itself about an item, as of a day.
pub fn found(sheet: &Flowsheet, item: &str, at: &AsOf<'_>) -> Found {
    let Some(episode) = sheet.episode_on(at.today) else {
        return unknown("no episode");
    };
    match item {
        "consent" => consent(sheet, at.today),
        "baseline" => baseline(sheet, episode, at),
        "recent_measure" => recent_measure(sheet, episode, at),
        "contacts" => contacts(sheet, episode, at.today),
        "review" => unless_improved(sheet, episode, at, 8, |until| {
            let review = sheet.reviews.iter().find(|r| episode.opened <= r.day && r.day <= until);
            review.map(|review| format!("reviewed {}", on(review.day)))
        }),
        "treatment_change" => unless_improved(sheet, episode, at, 10, |until| {
            let mut changes = sheet.treatments.iter();
            let change = changes.find(|change| episode.opened < change.day && change.day <= until);
            change.map(|change| format!("changed {}", on(change.day)))
        }),
        "safety" => safety(sheet),
        "relapse_plan" => relapse_plan(sheet, episode),
        _ => match sheet.plan_review {
            Some((day, _)) => unknown(format!("plan gone through {}", on(day))),
            None => unknown("read the plan"),
        },
    }
}

fn consent(sheet: &Flowsheet, today: Day) -> Found {
    let consents = sheet.gates.consents.iter().rev();
    let mut of_program = consents.filter(|(day, programme, _)| *programme == Programme::Cocm && *day <= today);
    match of_program.next() {
        Some((day, _, Some(_))) => yes(format!("given {}", on(*day))),
        Some((day, _, None)) => no(format!("withdrawn or declined {}", on(*day))),
        None => no("none recorded"),
    }
}

fn enrolled(episode: &EpisodeLine) -> Day {
    let mut statuses = episode.statuses.iter();
    let first = statuses.find(|(_, status)| matches!(status, StatusLine::Enrolled | StatusLine::Active));
    first.map_or(episode.opened, |(day, _)| *day)
}

/// Scores of the measure by which the episode is judged, that have a total.
fn target_scores<'a>(sheet: &'a Flowsheet, episode: &EpisodeLine, at: &AsOf<'_>) -> (String, Vec<&'a ScoreLine>) {
    let target = primary(sheet, episode, at.today);
    let instrument = target.id();
    let scores = sheet.scores.iter().filter(|s| s.instrument == instrument);
    let with_total = scores.filter(|s| s.total.is_some() && s.day <= at.today).collect();
    (crate::instruments::title_of(instrument).into_owned(), with_total)
}

fn score_words(title: &str, score: &ScoreLine) -> String {
    format!("{title} {} on {}", score.total.unwrap_or_default(), on(score.day))
}

fn baseline(sheet: &Flowsheet, episode: &EpisodeLine, at: &AsOf<'_>) -> Found {
    let start = enrolled(episode);
    let (title, scores) = target_scores(sheet, episode, at);
    let near = scores.iter().find(|s| s.day.since(start).abs() <= BASELINE_WITHIN);
    match near {
        Some(score) => yes(format!("{}; enrolled {}", score_words(&title, score), on(start))),
        None => no(format!("no {title} within 14 days of {}", on(start))),
    }
}

fn is_active(episode: &EpisodeLine, today: Day) -> bool {
    episode.status_on(today) == Some(StatusLine::Active)
}

fn recent_measure(sheet: &Flowsheet, episode: &EpisodeLine, at: &AsOf<'_>) -> Found {
    if !is_active(episode, at.today) {
        return not_applicable("not in active treatment");
    }
    let (title, scores) = target_scores(sheet, episode, at);
    match scores.last() {
        Some(score) if at.today.since(score.day) <= 28 => yes(score_words(&title, score)),
        Some(score) => no(format!("last {}", score_words(&title, score))),
        None => no(format!("no {title}")),
    }
}

fn contacts(sheet: &Flowsheet, episode: &EpisodeLine, today: Day) -> Found {
    if !is_active(episode, today) {
        return not_applicable("not in active treatment");
    }
    let recent = |day: Day| day <= today && today.since(day) <= 30;
    let days: Vec<String> = sheet
        .contacts
        .iter()
        .filter(|contact| contact.with_patient && recent(contact.day))
        .map(|contact| on(contact.day))
        .collect();
    let shown = match days.len() {
        0 => "none in 30 days".to_owned(),
        number => format!(
            "{number} in 30 days, the last {}",
            days.last().cloned().unwrap_or_default()
        ),
    };
    match 2 <= days.len() {
        true => yes(shown),
        false => no(shown),
    }
}

/// What must have been done by a week unless the score had fallen by half by then.
fn unless_improved(
    sheet: &Flowsheet,
    episode: &EpisodeLine,
    at: &AsOf<'_>,
    week: i64,
    done: impl Fn(Day) -> Option<String>,
) -> Found {
    let until = episode.opened.plus(week * 7);
    let end = episode.closed().unwrap_or(at.today);
    if end < until {
        return not_applicable(format!("week {week} was not reached"));
    }
    let (title, scores) = target_scores(sheet, episode, at);
    let mut in_time = scores.iter().filter(|s| episode.opened <= s.day && s.day <= until);
    let ends = in_time.clone().next().zip(in_time.next_back());
    let Some((first, last)) = ends.filter(|(first, last)| first.entry != last.entry) else {
        return match done(until) {
            Some(shown) => yes(shown),
            None => unknown(format!("no two {title} scores by week {week}")),
        };
    };
    let (before, after) = (first.total.unwrap_or_default(), last.total.unwrap_or_default());
    let scored = format!("{title} {before} to {after} by week {week}");
    if 0 < before && u32::from(after) * 2 <= u32::from(before) {
        return not_applicable(format!("{scored}: improved"));
    }
    match done(until) {
        Some(shown) => yes(format!("{scored}; {shown}")),
        None => no(format!("{scored}; none by {}", on(until))),
    }
}

fn safety(sheet: &Flowsheet) -> Found {
    // An answer that was a slip of the hand is closed without steps, and none are owed.
    let owed = |line: &&ConcernLine| !line.is_open() && !was_typed_in_error(sheet, line);
    let closed: Vec<_> = sheet.concerns.iter().filter(owed).collect();
    if closed.is_empty() {
        return not_applicable("no closed concern");
    }
    let whole = closed.iter().filter(|line| missing_to_close(line).is_empty()).count();
    let shown = format!("{whole} of {} closed concerns with all steps", closed.len());
    match whole == closed.len() {
        true => yes(shown),
        false => no(shown),
    }
}

fn relapse_plan(sheet: &Flowsheet, episode: &EpisodeLine) -> Found {
    let met = episode.statuses.iter().rev().find_map(|(day, status)| match status {
        StatusLine::Closed(CloseReason::GoalsMet) => Some(*day),
        _ => None,
    });
    match (met, sheet.relapse_plan) {
        (None, _) => not_applicable("not closed with its goals met"),
        (Some(closed), Some(plan)) if plan <= closed => yes(format!("plan of {}, closed {}", on(plan), on(closed))),
        (Some(closed), _) => no(format!("no plan by {}", on(closed))),
    }
}

#[cfg(test)]
mod tests;
