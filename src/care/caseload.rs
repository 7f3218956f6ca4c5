//! The caseload table: one row a patient, with first and last score, change, age, target, contacts and the reason.

use crate::flowsheet::{Flowsheet, SafetyItem, StatusLine};
use crate::instruments::{Band, Direction, InstrumentId, definition};
use crate::journal::{ChartId, Day, PersonId};

use super::case::{Case, Phase};
use super::clocks::{Clock, clocks_into};
use super::office::AsOf;
use super::outcome::percent;
use super::protocol::Number;
use super::reason::{Kind, Reason, Rule};
use super::review::ReviewCause;
use super::safety::{is_unsafe, watched};
use super::scale::{Point, Scale};
use super::scores::{Baseline, BaselineRule, Progress, comparable, latest_form, primary, progress};
use super::target::at_target_score;
use super::worklist::{covered_by, is_shown_to, item_from};

/// One patient of the caseload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseloadRow {
    /// Whose chart.
    pub chart: ChartId,
    /// Who manages the care today.
    pub care_manager: Option<PersonId>,
    /// Who stands in today.
    pub covered_by: Option<PersonId>,
    /// Kind of the strongest reason to act, if any (put off or not).
    pub flag: Option<Kind>,
    /// Where the episode stands; `None` without an episode or a status.
    pub status: Option<StatusLine>,
    /// Completed weeks since the earlier of enrolment and treatment start.
    pub weeks: Option<u32>,
    /// PHQ-9.
    pub phq9: Scores,
    /// GAD-7.
    pub gad7: Scores,
    /// The instrument that the episode is judged by ([`primary`]) and its last totals.
    pub course: (Scale, Trend),
    /// Days since the last contact with the patient in this episode.
    pub contact_days: Option<i64>,
    /// The day on which the next contact, first or other, is due.
    pub next_contact: Option<Day>,
    /// Days that it is late; 0 when it isn't.
    pub contact_late: i64,
    /// Days that the latest of the measures due is late; 0 when none is.
    pub measure_late: i64,
    /// Day of the last case review of this episode.
    pub last_review: Option<Day>,
    /// Whether the rules say that the patient is not improving: worse, no improvement by week 8, or no effect of a
    /// treatment change.
    pub not_improving: bool,
    /// The strongest reason to act.
    pub why: Option<Clock>,
    /// The last day of the watch over a closed concern, while it runs.
    pub watched: Option<Day>,
}

impl CaseloadRow {
    /// Whether a list that is filtered by care manager shows it, by the rule of the worklist: that manager's own
    /// patients; and always safety, unassigned patients, and patients for whom somebody stands in today.
    pub fn is_for(&self, care_manager: PersonId) -> bool {
        is_shown_to(care_manager, self.flag, self.care_manager, self.covered_by)
    }
}

/// First and last score of an instrument in the episode. A score of 0 is a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// The baseline and how it was chosen. With one score only it is that score.
    pub first: Option<(Point, BaselineRule)>,
    /// The latest by clinical date.
    pub last: Option<Point>,
    /// Latest minus baseline; `None` with one score only.
    pub change: Option<i32>,
    /// The same in percent; `None` for a baseline of 0 too.
    pub percent: Option<i32>,
    /// Age of the latest, in days.
    pub age_days: Option<i64>,
    /// Whether it is too old to be coloured: past 30 days, 60 in relapse prevention.
    pub stale: bool,
    /// The band of the latest; 0 is the least.
    pub band: Option<ScoreBand>,
    /// Under 5, or under 10 with a fall of half; never with an open concern.
    pub at_target: bool,
    /// Questions that the latest leaves open: its total is then prorated, or counts blanks as its form's own rule says.
    pub open_questions: u8,
    /// The safety item of the latest form.
    pub safety: SafetyMark,
    /// Totals in clinical order.
    pub trend: Trend,
}

/// Severity of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreBand {
    /// Its name.
    pub label: &'static str,
    /// Its place; 0 is the least severe.
    pub place: u8,
    /// How many there are.
    pub of: u8,
}

/// What a list shows of a safety item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SafetyMark {
    /// The instrument has none, or there is no form.
    None,
    /// Answered "not at all".
    No,
    /// Positive, with the answer.
    Positive(u8),
    /// Left out, or only a total is known: never read as "no".
    NotKnown,
}

/// The last totals in clinical order, up to sixteen: enough for a line of a word's size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    values: [u16; Self::MOST],
    len: u8,
}

impl Trend {
    /// The most values kept.
    pub const MOST: usize = 16;

    /// The totals, oldest first.
    pub fn values(&self) -> &[u16] {
        self.values.get(..usize::from(self.len)).unwrap_or_default()
    }
    fn push(&mut self, total: u16) {
        if usize::from(self.len) == Self::MOST {
            self.values.rotate_left(1);
            self.len -= 1;
        }
        if let Some(place) = self.values.get_mut(usize::from(self.len)) {
            *place = total;
            self.len += 1;
        }
    }
}

/// One patient's row.
pub fn caseload_row(sheet: &Flowsheet, at: &AsOf<'_>) -> CaseloadRow {
    let case = Case::of(sheet, at);
    let unsafe_now = is_unsafe(&case);
    let status = case.episode.and_then(|e| e.status_on(at.today));
    let mut clocks = Vec::new();
    clocks_into(sheet, at, &mut clocks);
    let is_contact = |c: &&Clock| matches!(c.rule, Rule::Contact | Rule::FirstContact | Rule::HoldReview);
    let contact = clocks
        .iter()
        .find(is_contact)
        .map(|clock| (clock.due, clock.late_days()));
    // An open concern has a contact ahead too; the list shows the sooner of the two.
    let for_safety = clocks.iter().filter_map(|clock| match &clock.reason {
        Reason::Concern(state) => Some(state.next_contact),
        _ => None,
    });
    let next_contact = for_safety.chain(contact.map(|(due, _)| due)).min();
    let measures = clocks.iter().filter(|c| c.rule == Rule::Measure);
    let measure_late = measures.map(Clock::late_days).max().unwrap_or(0);
    let not_improving = clocks.iter().any(is_not_improving);
    let why = item_from(sheet, at, &mut clocks).map(|item| item.first);
    let judged_by = case.episode.map_or(Scale::Phq9, |e| primary(sheet, e, at.today));
    let course = trend(&case, &judged_by);
    CaseloadRow {
        chart: sheet.chart,
        care_manager: sheet.care_manager_on(at.today),
        covered_by: covered_by(sheet, at.today),
        flag: why.as_ref().and_then(|clock| clock.kind),
        status,
        weeks: case.weeks(),
        phq9: scores(&case, &Scale::Phq9, unsafe_now),
        gad7: scores(&case, &Scale::Gad7, unsafe_now),
        course: (judged_by, course),
        contact_days: case.last_contact().map(|day| at.today.since(day)),
        next_contact,
        contact_late: contact.map_or(0, |(_, late)| late),
        measure_late,
        last_review: case.last_review(),
        not_improving,
        why,
        watched: watched(sheet, at).map(|watch| watch.until),
    }
}

fn trend(case: &Case<'_>, scale: &Scale) -> Trend {
    let mut trend = Trend::default();
    for (_, point) in comparable(case.sheet, case.episode, scale, case.at.today) {
        trend.push(point.total);
    }
    trend
}

/// Whether a clock is a case review that is due because the patient is not getting better.
fn is_not_improving(clock: &Clock) -> bool {
    let Reason::Review(due) = &clock.reason else {
        return false;
    };
    clock.fires()
        && due.causes.iter().any(|cause| {
            matches!(
                cause,
                ReviewCause::Worse(..) | ReviewCause::NotImproved { .. } | ReviewCause::NoEffect { .. }
            )
        })
}

/// First and last score of any instrument in the patient's episode.
pub fn scores_of(sheet: &Flowsheet, scale: &Scale, at: &AsOf<'_>) -> Scores {
    let case = Case::of(sheet, at);
    let unsafe_now = is_unsafe(&case);
    scores(&case, scale, unsafe_now)
}

fn scores(case: &Case<'_>, scale: &Scale, unsafe_now: bool) -> Scores {
    let today = case.at.today;
    let found = match case.episode {
        Some(episode) => progress(case.sheet, episode, scale, today),
        None => match super::scores::latest(case.sheet, None, scale, today) {
            Some((score, point)) => Progress::OneScore(score, point),
            None => Progress::NoScore,
        },
    };
    let (first, last, compared, open_questions) = match found {
        Progress::NoScore => (None, None, false, 0),
        Progress::OneScore(line, point) => {
            let first = Some((point, BaselineRule::FirstInEpisode));
            (first, Some(point), false, line.missing)
        }
        Progress::Compared {
            baseline: Baseline { point: first, rule, .. },
            latest,
            point,
        } => (Some((first, rule)), Some(point), true, latest.missing),
    };
    let pair = first
        .zip(last)
        .filter(|_| compared)
        .map(|((first, _), last)| (first.total, last.total));
    let stale_after = match case.phase {
        Phase::RelapsePrevention => Number::StaleRelapsePrevention,
        _ => Number::Stale,
    };
    let age_days = last.map(|last| today.since(last.day));
    let safety = safety_mark(case, scale, today);
    let is_positive = matches!(safety, SafetyMark::Positive(_));
    Scores {
        first,
        last,
        change: pair.map(|(first, last)| i32::from(last) - i32::from(first)),
        percent: pair.and_then(|(first, last)| percent(first, last)),
        age_days,
        stale: age_days.is_some_and(|age| case.days(stale_after) < age),
        band: last.and_then(|last| band(scale, last.total)),
        at_target: !unsafe_now && !is_positive && last.is_some_and(|last| at_target_score(case, scale, last)),
        open_questions,
        safety,
        trend: trend(case, scale),
    }
}

/// The band of a total, from the instrument's definition.
pub fn band(scale: &Scale, total: u16) -> Option<ScoreBand> {
    let definition = definition(&InstrumentId::new(scale.id()))?;
    let bands: &'static [Band] = &definition.bands;
    let place = bands.iter().rposition(|band| band.from <= i32::from(total))?;
    let severity = match definition.direction {
        Direction::HigherIsWorse => place,
        Direction::HigherIsBetter => bands.len() - 1 - place,
    };
    Some(ScoreBand {
        label: &bands.get(place)?.label,
        place: u8::try_from(severity).ok()?,
        of: u8::try_from(bands.len()).ok()?,
    })
}

fn safety_mark(case: &Case<'_>, scale: &Scale, today: Day) -> SafetyMark {
    match latest_form(case.sheet, scale, today).map(|score| score.safety) {
        // A score on its own alarm line has no answer to show: its concern is listed with it.
        None | Some(SafetyItem::None | SafetyItem::Line { .. }) => SafetyMark::None,
        Some(SafetyItem::Answered(0)) => SafetyMark::No,
        Some(SafetyItem::Answered(value)) => SafetyMark::Positive(value),
        Some(SafetyItem::NotKnown) => SafetyMark::NotKnown,
    }
}
