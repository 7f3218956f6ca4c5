//! Whether a patient is ready for relapse prevention: what is met and what is missing, with the numbers and dates.
//! Advice to a person, never a deed: nothing moves a patient but a status that somebody sets.
//!
//! That care ends when the target is reached and held is common ground (AIMS: "complete treatment and relapse
//! prevention", SCOPE: contact at least every two months after response); no source gives a rule to the point, so each
//! test below says where it comes from, and its numbers are the protocol's.

use crate::flowsheet::{Flowsheet, SafetyItem};
use crate::journal::Day;
use crate::journal::facts::ChangeKind;

use super::case::{Case, Phase, starts_or_changes};
use super::office::AsOf;
use super::outcome::{Definition, outcomes};
use super::protocol::Number;
use super::safety::{is_open, unanswered_positive, watched};
use super::scale::{Point, Scale};
use super::scores::{baseline, comparable, latest_with_safety_item, primary};
use super::sentence::day_words;
use super::target::at_target_score;

/// What "at target" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// As lists show it: the protocol's numbers.
    Protocol,
    /// By one of the six named definitions.
    By(Definition),
}

impl Target {
    /// All, the protocol's own first.
    pub const ALL: [Self; 7] = [
        Self::Protocol,
        Self::By(Definition::Remission),
        Self::By(Definition::Response),
        Self::By(Definition::Improved),
        Self::By(Definition::TreatmentResponse),
        Self::By(Definition::AtTarget),
        Self::By(Definition::ReliableChange),
    ];
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Protocol => "at target (your protocol)",
            Self::By(definition) => definition.name(),
        }
    }
    /// Its rule and where that comes from.
    pub fn source(self) -> &'static str {
        match self {
            Self::Protocol => {
                "under 5, or under 10 with a fall of half, unless your protocol says otherwise; HEDIS DRR-E and the SCOPE \
                 workflow, https://github.com/uwscope/scope-web"
            }
            Self::By(definition) => definition.source(),
        }
    }
}

/// What readiness is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadyTest {
    /// At target on so many measures in a row, over so many weeks.
    Held,
    /// The latest score is not old.
    Recent,
    /// No open concern, and the last safety item was asked and is negative.
    Safe,
    /// No watch runs over a closed concern.
    Watched,
    /// No treatment was started or changed so lately that its effect is not known, and it was measured since.
    Settled,
    /// No recommendation waits.
    Answered,
}

impl ReadyTest {
    /// Where it comes from.
    pub fn source(self) -> &'static str {
        match self {
            Self::Held => {
                "target reached and held before care is spaced out: AIMS, complete treatment and relapse prevention; how many \
                 measures and weeks is this project's choice, and your protocol's"
            }
            Self::Recent => "AIMS patient tracking spreadsheet: a score older than 30 days is old",
            Self::Safe => "an open safety concern outranks any score; population-health toolkit, key activity 9B",
            Self::Watched => "this project's choice",
            Self::Settled => {
                "the effect of a change is judged by a score from week 4 on; this project's choice for this phase"
            }
            Self::Answered => "this project's choice",
        }
    }
}

/// One test with what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyLine {
    /// Which test.
    pub test: ReadyTest,
    /// Whether it is met.
    pub met: bool,
    /// The numbers and dates.
    pub words: String,
}

/// What was found of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// The instrument that the episode is judged by.
    pub scale: Scale,
    /// What "at target" meant.
    pub target: Target,
    /// Each test.
    pub lines: Vec<ReadyLine>,
}

impl Readiness {
    /// Whether every test is met.
    pub fn is_ready(&self) -> bool {
        self.lines.iter().all(|line| line.met)
    }
    /// One of its tests.
    pub fn line(&self, test: ReadyTest) -> Option<&ReadyLine> {
        self.lines.iter().find(|line| line.test == test)
    }
}

/// Whether a patient who is enrolled or in treatment is ready for relapse prevention; `None` for anybody else.
pub fn readiness(sheet: &Flowsheet, at: &AsOf<'_>, target: Target) -> Option<Readiness> {
    let case = Case::of(sheet, at);
    if !matches!(case.phase, Phase::Enrolled | Phase::Active) {
        return None;
    }
    let scale = primary(sheet, case.episode?, at.today);
    let line = |test, (met, words): (bool, String)| ReadyLine { test, met, words };
    let lines = vec![
        line(ReadyTest::Held, held(&case, &scale, target)),
        line(ReadyTest::Recent, recent(&case, &scale)),
        line(ReadyTest::Safe, safe(&case)),
        line(ReadyTest::Watched, unwatched(&case)),
        line(ReadyTest::Settled, settled(&case, &scale)),
        line(ReadyTest::Answered, answered(&case)),
    ];
    Some(Readiness { scale, target, lines })
}

/// What speaks against goals that are said to be met: the latest score of the instrument that the episode is judged by, where
/// it is not at target by the protocol, and goals that are open. Asked once before such a closing is saved; `None` when
/// nothing does.
pub fn goals_doubted(sheet: &Flowsheet, at: &AsOf<'_>, open_goals: usize) -> Option<String> {
    let case = Case::of(sheet, at);
    let scale = primary(sheet, case.episode?, at.today);
    let latest = comparable(sheet, case.episode, &scale, at.today).next_back();
    let score = latest
        .filter(|(_, point)| !matches!(scale, Scale::Other(_)) && !is_at(&case, &scale, *point, Target::Protocol))
        .map(|(_, point)| format!("the latest {scale} is {}", point.total));
    let goals = match open_goals {
        0 => None,
        1 => Some("a goal is open".to_owned()),
        many => Some(format!("{many} goals are open")),
    };
    let doubts: Vec<String> = score.into_iter().chain(goals).collect();
    (!doubts.is_empty()).then(|| doubts.join(" and "))
}

/// Whether a score is at target. A score that is itself the baseline fell by nothing.
fn is_at(case: &Case<'_>, scale: &Scale, point: Point, target: Target) -> bool {
    let Target::By(definition) = target else {
        return at_target_score(case, scale, point);
    };
    let Some(first) = case.episode.and_then(|e| baseline(case.sheet, e, scale, case.at.today)) else {
        return false;
    };
    let days = point.day.since(first.point.day);
    outcomes(first.point.total, point.total, scale, days).holds(definition) == Some(true)
}

/// The scores at target in a row up to the latest, oldest first; and the one that broke the row.
fn row_of(case: &Case<'_>, scale: &Scale, target: Target) -> (Vec<Point>, Option<Point>) {
    let mut row = Vec::new();
    let mut broke = None;
    for (_, point) in comparable(case.sheet, case.episode, scale, case.at.today).rev() {
        if !is_at(case, scale, point, target) {
            broke = Some(point);
            break;
        }
        row.push(point);
    }
    row.reverse();
    (row, broke)
}

fn held(case: &Case<'_>, scale: &Scale, target: Target) -> (bool, String) {
    let today = case.at.today;
    let on = |day: Day| day_words(day, today);
    let (need, weeks) = (
        case.at.protocol.get(Number::ReadyMeasures),
        case.at.protocol.get(Number::ReadyWeeks),
    );
    let (row, broke) = row_of(case, scale, target);
    let (Some(first), Some(last)) = (row.first(), row.last()) else {
        let words = match broke {
            Some(point) => format!("{scale} {} on {} is not at target", point.total, on(point.day)),
            None => format!("no {scale} in this episode"),
        };
        return (false, words);
    };
    let listed: Vec<String> = row.iter().map(|p| format!("{} on {}", p.total, on(p.day))).collect();
    let found = format!("{scale} at target: {}", listed.join(", "));
    let many = u32::try_from(row.len()).unwrap_or(u32::MAX);
    let enough_from = first.day.plus(i64::from(weeks) * 7);
    if many < need {
        let again = first.day.plus(i64::from(weeks) * 7).max(today);
        let left = need - many;
        return (
            false,
            format!(
                "{found}; {left} more needed, {weeks} weeks after the first at the earliest ({})",
                on(again)
            ),
        );
    }
    if last.day < enough_from {
        return (
            false,
            format!(
                "{found}; held for under {weeks} weeks: a measure on {} or later shows it",
                on(enough_from)
            ),
        );
    }
    (
        true,
        format!("{found}; {many} in a row over {} weeks", last.day.since(first.day) / 7),
    )
}

fn recent(case: &Case<'_>, scale: &Scale) -> (bool, String) {
    let today = case.at.today;
    let stale = case.days(Number::Stale);
    match comparable(case.sheet, case.episode, scale, today).next_back() {
        None => (false, format!("no {scale} in this episode")),
        Some((_, point)) => {
            let age = today.since(point.day);
            let words = format!(
                "the latest {scale} is of {}, {age} days old",
                day_words(point.day, today)
            );
            match age <= stale {
                true => (true, words),
                false => (false, format!("{words}; older than {stale} days")),
            }
        }
    }
}

fn safe(case: &Case<'_>) -> (bool, String) {
    let today = case.at.today;
    if let Some(open) = case.sheet.concerns.iter().find(|c| is_open(c, case.at)) {
        let what = super::concern_words(open.kind);
        return (
            false,
            format!("open concern about {what} since {}", day_words(open.day, today)),
        );
    }
    if let Some((score, _)) = unanswered_positive(case) {
        return (
            false,
            format!("positive answer of {} without a concern", day_words(score.day, today)),
        );
    }
    let last = latest_with_safety_item(case.sheet, today).filter(|s| case.counts(s.day));
    let Some(score) = last else {
        return (
            true,
            "no open concern; no measure with a safety item in this episode".to_owned(),
        );
    };
    let (on, scale) = (day_words(score.day, today), Scale::of(&score.instrument));
    match score.safety {
        SafetyItem::Answered(0) | SafetyItem::Line { reached: false, .. } => (
            true,
            format!("no open concern; the safety item of {scale} of {on} is 0"),
        ),
        SafetyItem::NotKnown => (false, format!("the safety item of {scale} of {on} is not known")),
        _ => (false, format!("the last safety answer, {scale} of {on}, is positive")),
    }
}

fn unwatched(case: &Case<'_>) -> (bool, String) {
    match watched(case.sheet, case.at) {
        None => (true, "no closed concern is being watched".to_owned()),
        Some(watch) => (
            false,
            format!(
                "a closed concern is watched until {}",
                day_words(watch.until, case.at.today)
            ),
        ),
    }
}

fn settled(case: &Case<'_>, scale: &Scale) -> (bool, String) {
    let today = case.at.today;
    let counts = |kind: ChangeKind| starts_or_changes(kind) || kind == ChangeKind::MedicationStopped;
    let changes = case
        .sheet
        .treatments
        .iter()
        .filter(|t| counts(t.kind) && case.counts(t.day));
    let Some(changed) = changes.map(|t| t.day).max() else {
        return (true, "no treatment change on record in this episode".to_owned());
    };
    let known_from = changed.plus(case.days(Number::TreatmentFromWeeks));
    let on = day_words(changed, today);
    if today < known_from {
        let from = day_words(known_from, today);
        return (
            false,
            format!("treatment was changed {on}; its effect is judged from {from} on"),
        );
    }
    let shows = comparable(case.sheet, case.episode, scale, today).rfind(|(_, point)| known_from <= point.day);
    match shows {
        Some(_) => (true, format!("the last treatment change was {on}")),
        None => (
            false,
            format!(
                "treatment was changed {on}; no {scale} since {} shows its effect",
                day_words(known_from, today)
            ),
        ),
    }
}

fn answered(case: &Case<'_>) -> (bool, String) {
    let open = case.sheet.recommendations.iter().filter(|r| r.waits());
    match open.map(|r| r.day).min() {
        None => (true, "no recommendation waits for an answer".to_owned()),
        Some(day) => (
            false,
            format!(
                "the recommendation of {} waits for an answer",
                day_words(day, case.at.today)
            ),
        ),
    }
}
