//! What the end of an episode waits for: what is open and not handed to a named person, and the treating clinician's
//! agreement where an unreachable patient was last known to be at risk.

use std::collections::BTreeMap;

use crate::flowsheet::{EpisodeLine, Flowsheet, SafetyItem, TaskLine};
use crate::instruments::{Context, score_assessment};
use crate::journal::facts::{
    Assessment, CloseReason, Closure, ConcernKind, HandedThing, KeptTask, ReferralState, ScoresThen,
};
use crate::journal::{Day, EntryId, Fact, Folded, Slot, ThingId, Zone};

use super::coordination::is_under_way;
use super::outcome::{Definition, outcomes};
use super::scale::{Point, Scale};
use super::scores::{Progress, primary, progress};

/// PHQ-9 from which closing an unreachable patient needs the treating clinician: its severe band
/// (<https://camcops.readthedocs.io/en/latest/tasks/phq9.html>); that it does is this project's choice.
pub const SEVERE_PHQ9: u16 = 20;

/// Something that is open when an episode is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LooseEnd {
    /// Which concern, recommendation or referral.
    pub about: ThingId,
    /// What it is, and how far it has come.
    pub what: Loose,
    /// The clinic's day on which it began.
    pub day: Day,
    /// The day on which it was handed to a named person.
    pub handed: Option<Day>,
}

impl LooseEnd {
    /// What it is and of which day, in words.
    pub fn words(&self) -> String {
        format!("{} of {}", self.what.words(), self.day.date().format("%-d %b %Y"))
    }
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loose {
    /// A safety concern.
    Concern(ConcernKind),
    /// A recommendation that the clinician has not answered, or put off.
    Recommendation,
    /// A referral to another service without a result.
    Referral(ReferralState),
}

impl Loose {
    /// What it is, as a hand-over names it.
    pub fn thing(self) -> HandedThing {
        match self {
            Self::Concern(_) => HandedThing::Concern,
            Self::Recommendation => HandedThing::Recommendation,
            Self::Referral(_) => HandedThing::Referral,
        }
    }
    /// In words, without a name.
    pub fn words(self) -> String {
        match self {
            Self::Concern(kind) => format!("the safety concern about {}", super::concern_words(kind)),
            Self::Recommendation => "a recommendation without an answer".to_owned(),
            Self::Referral(state) => format!("a referral out ({})", referral_words(state)),
        }
    }
}

/// How far a referral has come, in words.
pub fn referral_words(state: ReferralState) -> &'static str {
    match state {
        ReferralState::Made => "made, not sent",
        ReferralState::Sent => "sent, no appointment yet",
        ReferralState::Booked => "appointment booked",
        ReferralState::Attended => "attended, no result yet",
        ReferralState::Result => "result back",
        ReferralState::Ended => "ended",
    }
}

/// Everything that is open: concerns, recommendations without an answer (one that was put off has none), referrals
/// without a result. Each with the day on which it was handed over, if it still is. A concern whose steps were started
/// again after that day is not, nor is one about which anything was answered since.
pub fn loose_ends(sheet: &Flowsheet, zone: Zone) -> Vec<LooseEnd> {
    let handed = |about: ThingId, since: Day| {
        let of_it = sheet.handed_over.iter().filter(|(id, _)| *id == about);
        of_it.map(|(_, day)| *day).filter(|day| since <= *day).max()
    };
    let mut ends = Vec::new();
    for concern in sheet.open_concerns() {
        let again = concern.restarted.map(|at| at.day(zone));
        ends.push(LooseEnd {
            about: concern.concern,
            what: Loose::Concern(concern.kind),
            day: concern.day,
            handed: handed(concern.concern, again.unwrap_or(concern.day)),
        });
    }
    for line in &sheet.recommendations {
        if line.waits() {
            ends.push(LooseEnd {
                about: line.recommendation,
                what: Loose::Recommendation,
                day: line.day,
                handed: handed(line.recommendation, line.day),
            });
        }
    }
    for (about, state, day) in &sheet.referrals_out {
        if is_under_way(*state) {
            let first = Day::from(chrono::NaiveDate::MIN);
            ends.push(LooseEnd {
                about: *about,
                what: Loose::Referral(*state),
                day: *day,
                handed: handed(*about, first),
            });
        }
    }
    ends
}

/// Tasks that are neither done nor dropped: the end of an episode says of each what becomes of it.
pub fn open_tasks(sheet: &Flowsheet) -> impl Iterator<Item = &TaskLine> {
    sheet.tasks.iter().filter(|task| task.done.is_none())
}

/// Why the treating clinician has to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtRisk {
    /// The last answer to a suicide item was positive.
    SafetyItem {
        /// The answer; none where the score itself reached its alarm line.
        value: Option<u8>,
        /// Its day.
        day: Day,
    },
    /// The last PHQ-9 was in the severe band.
    Severe {
        /// The total.
        total: u16,
        /// Its day.
        day: Day,
    },
}

impl AtRisk {
    /// In words.
    pub fn words(self) -> String {
        let on = |day: Day| day.date().format("%-d %b %Y").to_string();
        match self {
            Self::SafetyItem {
                value: Some(value),
                day,
            } => {
                format!("the last safety item, of {}, was answered {value}", on(day))
            }
            Self::SafetyItem { value: None, day } => format!("the last score, of {}, reached its alarm line", on(day)),
            Self::Severe { total, day } => format!("the last PHQ-9, of {}, was {total}", on(day)),
        }
    }
}

/// Why closing for this reason needs the treating clinician's recorded agreement; `None` when it doesn't. A patient who
/// can't be reached, and whose last answer to a suicide item was positive or whose last PHQ-9 was 20 or more, isn't let
/// go of by one person. A form on which the item was left out doesn't take back an earlier answer.
pub fn needs_agreement(sheet: &Flowsheet, reason: CloseReason) -> Option<AtRisk> {
    if reason != CloseReason::Unreachable {
        return None;
    }
    let answered = sheet.scores.iter().rev().find_map(|s| match s.safety {
        SafetyItem::Answered(value) => Some((Some(value), 0 < value, s.day)),
        SafetyItem::Line {
            about: ConcernKind::Suicide,
            reached,
        } => Some((None, reached, s.day)),
        _ => None,
    });
    if let Some((value, true, day)) = answered {
        return Some(AtRisk::SafetyItem { value, day });
    }
    let phq9 = sheet.scores.iter().rev().filter(|s| s.instrument == Scale::Phq9.id());
    let last = phq9.filter_map(|s| Some((s.total?, s.day))).next();
    let (total, day) = last.filter(|(total, _)| SEVERE_PHQ9 <= *total)?;
    Some(AtRisk::Severe { total, day })
}

/// What the first and the last score of one instrument in an episode come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeThen {
    /// Instrument id.
    pub instrument: String,
    /// The first score.
    pub baseline: u16,
    /// Its day.
    pub baseline_day: Day,
    /// The last score.
    pub latest: u16,
    /// Its day.
    pub latest_day: Day,
    /// Which definitions held and which did not; one that says nothing here is absent.
    pub holds: BTreeMap<Definition, bool>,
}

/// What the scores of an episode come to by each definition on a day: of the instrument that it is judged by, and of
/// PHQ-9 and GAD-7. An instrument without a follow-up score has no outcome, and is absent.
pub fn outcomes_on(sheet: &Flowsheet, episode: &EpisodeLine, day: Day) -> Vec<OutcomeThen> {
    let of = |scale: &Scale| match progress(sheet, episode, scale, day) {
        Progress::Compared { baseline, point, .. } => Some(outcome(scale, baseline.point, point)),
        _ => None,
    };
    scales_on(sheet, episode, day).iter().filter_map(of).collect()
}

/// The scores that those outcomes come from, as a closing names them.
pub fn scores_on(sheet: &Flowsheet, episode: &EpisodeLine, day: Day) -> Vec<ScoresThen> {
    let of = |scale: &Scale| match progress(sheet, episode, scale, day) {
        Progress::Compared { baseline, latest, .. } => Some(ScoresThen {
            baseline: baseline.score.entry,
            latest: latest.entry,
        }),
        _ => None,
    };
    scales_on(sheet, episode, day).iter().filter_map(of).collect()
}

/// What the scores that a closing names come to, as they stand in this chart. One that isn't in it, because it was held
/// back from a file or made in error, has no outcome.
pub fn outcomes_then(folded: &Folded, closure: &Closure, zone: Zone) -> Vec<OutcomeThen> {
    let taken = |entry: EntryId| {
        let live = folded.live().iter().find(|live| live.id == entry)?;
        let Fact::Assessment(taken) = &live.fact else {
            return None;
        };
        Some((taken.instrument.as_str(), point(taken, zone)?))
    };
    let of = |then: &ScoresThen| {
        let ((first, baseline), (last, latest)) = (taken(then.baseline)?, taken(then.latest)?);
        (first == last).then(|| outcome(&Scale::of(first), baseline, latest))
    };
    closure.scores.iter().filter_map(of).collect()
}

fn point(taken: &Assessment, zone: Zone) -> Option<Point> {
    let total = score_assessment(taken, &Context::new()).ok()?.total?;
    Some(Point {
        total: u16::try_from(total.points()).ok()?,
        day: taken.at.day(zone),
    })
}

fn scales_on(sheet: &Flowsheet, episode: &EpisodeLine, day: Day) -> Vec<Scale> {
    let first = primary(sheet, episode, day);
    let others = Scale::NAMED.into_iter().filter(|scale| *scale != first);
    std::iter::once(first.clone()).chain(others).collect()
}

fn outcome(scale: &Scale, first: Point, last: Point) -> OutcomeThen {
    let found = outcomes(first.total, last.total, scale, last.day.since(first.day));
    let holds = Definition::ALL
        .into_iter()
        .filter_map(|definition| Some((definition, found.holds(definition)?)));
    OutcomeThen {
        instrument: scale.id().to_owned(),
        baseline: first.total,
        baseline_day: first.day,
        latest: last.total,
        latest_day: last.day,
        holds: holds.collect(),
    }
}

/// Why a task stays open after the end of an episode: the task says it, in older closings the closing does. `None` where
/// neither is in this chart.
pub fn kept_why<'a>(folded: &'a Folded, kept: &'a KeptTask) -> Option<&'a str> {
    let of_task = match folded.head(&Slot::Task(kept.task)).map(|live| &live.fact) {
        Some(Fact::Task(task)) => task.why.as_deref(),
        _ => None,
    };
    let own = Some(kept.why.as_str()).filter(|why| !why.trim().is_empty());
    own.or(of_task).filter(|why| !why.trim().is_empty())
}
