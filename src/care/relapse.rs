//! The relapse-prevention plan's completeness, part by part, and what a relapse looks like in its phase.

use crate::flowsheet::{Flowsheet, SafetyItem};
use crate::journal::Day;
use crate::journal::facts::{ConcernKind, RelapsePlan};

use super::case::{Case, Phase};
use super::office::AsOf;
use super::protocol::Number;
use super::scale::{Point, Scale};
use super::scores::{comparable, latest};
use super::sentence::day_words;

/// A part of the relapse-prevention plan: the union of what the SCOPE Self-Care Plan
/// (<https://github.com/uwscope/scope-web>) and the COMPASS maintenance plan ask for; headings of this project's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelapsePart {
    /// Medicines to go on with, and until when.
    Medications,
    /// What helps.
    Helps,
    /// The patient's own warning signs.
    WarningSigns,
    /// Keeping stress down.
    Stress,
    /// Whom to call.
    WhomToCall,
    /// Next appointments.
    Appointments,
}

impl RelapsePart {
    /// All, in the order of the plan.
    pub const ALL: [Self; 6] = [
        Self::Medications,
        Self::Helps,
        Self::WarningSigns,
        Self::Stress,
        Self::WhomToCall,
        Self::Appointments,
    ];
    /// Its heading on the form.
    pub fn title(self) -> &'static str {
        match self {
            Self::Medications => "Medications to continue, and until when",
            Self::Helps => "What helps",
            Self::WarningSigns => "Own warning signs",
            Self::Stress => "Keeping stress down",
            Self::WhomToCall => "Whom to call",
            Self::Appointments => "Next appointments",
        }
    }
    /// Its heading on the patient's sheet.
    pub fn plain(self) -> &'static str {
        match self {
            Self::Medications => "Medicines I keep taking",
            Self::Helps => "What helps me stay well",
            Self::WarningSigns => "Signs that it may be coming back",
            Self::Stress => "How I keep stress down",
            Self::WhomToCall => "Whom I call, and when",
            Self::Appointments => "My next appointments",
        }
    }
    /// Its text in a plan.
    pub fn text(self, plan: &RelapsePlan) -> &str {
        match self {
            Self::Medications => &plan.medications,
            Self::Helps => &plan.helps,
            Self::WarningSigns => &plan.warning_signs,
            Self::Stress => &plan.stress,
            Self::WhomToCall => &plan.whom_to_call,
            Self::Appointments => &plan.appointments,
        }
    }
}

/// The parts of a plan that say nothing.
pub fn missing_parts(plan: &RelapsePlan) -> Vec<RelapsePart> {
    let parts = RelapsePart::ALL.into_iter();
    parts.filter(|part| part.text(plan).trim().is_empty()).collect()
}

/// Why active treatment should be reopened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relapsed {
    /// A score above the line.
    Above {
        /// The instrument.
        scale: Scale,
        /// The latest.
        latest: Point,
        /// The line.
        above: u32,
    },
    /// A score that rose since the phase began.
    Rise {
        /// The instrument.
        scale: Scale,
        /// The latest.
        latest: Point,
        /// The score at the start of the phase.
        start: Point,
        /// Points that count.
        by: u32,
    },
    /// The last answer to a suicide item in this phase is positive.
    Safety {
        /// The instrument.
        scale: Scale,
        /// The day.
        day: Day,
    },
}

impl Relapsed {
    /// The day of it.
    pub fn day(&self) -> Day {
        match self {
            Self::Above { latest, .. } | Self::Rise { latest, .. } => latest.day,
            Self::Safety { day, .. } => *day,
        }
    }
    /// The numbers and dates.
    pub fn words(&self, today: Day) -> String {
        let on = |day: Day| day_words(day, today);
        match self {
            Self::Above { scale, latest, above } => {
                format!(
                    "{scale} {} on {} in relapse prevention (above {above})",
                    latest.total,
                    on(latest.day)
                )
            }
            Self::Rise {
                scale,
                latest,
                start,
                by,
            } => format!(
                "{scale} {} on {}, up from {} on {} when relapse prevention began (rise of {by} or more)",
                latest.total,
                on(latest.day),
                start.total,
                on(start.day)
            ),
            Self::Safety { scale, day } => {
                format!("{scale} safety item positive on {} in relapse prevention", on(*day))
            }
        }
    }
}

/// What calls for reopening active treatment: nothing outside of relapse prevention. Of one instrument the line comes
/// before the rise. A later score under both, or a later safety answer of 0, takes it back.
pub fn relapsed(sheet: &Flowsheet, at: &AsOf<'_>) -> Vec<Relapsed> {
    found(&Case::of(sheet, at))
}

pub(super) fn found(case: &Case<'_>) -> Vec<Relapsed> {
    let (Some(since), Phase::RelapsePrevention) = (case.since(), case.phase) else {
        return Vec::new();
    };
    let mut found: Vec<Relapsed> = Vec::new();
    found.extend(safety(case, since));
    found.extend(
        Scale::NAMED
            .into_iter()
            .filter_map(|scale| by_score(case, scale, since)),
    );
    found
}

fn by_score(case: &Case<'_>, scale: Scale, since: Day) -> Option<Relapsed> {
    let above = case.at.protocol.get(Number::RelapseAbove);
    let (_, last) = latest(case.sheet, case.episode, &scale, case.at.today)?;
    if above < u32::from(last.total) {
        let latest = last;
        return Some(Relapsed::Above { scale, latest, above });
    }
    let by = scale.worse_by(case.at.protocol)?;
    let start = start_of(case, &scale, since)?;
    let rose = start.day < last.day && u32::from(start.total) + by <= u32::from(last.total);
    rose.then_some(Relapsed::Rise {
        scale,
        latest: last,
        start,
        by,
    })
}

/// The score at the start of the phase: the last one up to its first day, otherwise the first one in it.
fn start_of(case: &Case<'_>, scale: &Scale, since: Day) -> Option<Point> {
    let mut points = comparable(case.sheet, case.episode, scale, case.at.today).map(|(_, point)| point);
    let before = points.clone().rfind(|point| point.day <= since);
    before.or_else(|| points.next())
}

fn safety(case: &Case<'_>, since: Day) -> Option<Relapsed> {
    let scores = case.sheet.scores.iter().rev();
    let mut in_phase = scores.filter(|s| since <= s.day && s.day <= case.at.today);
    let last = in_phase.find(|s| match s.safety {
        SafetyItem::Answered(_) => true,
        SafetyItem::Line { about, .. } => about == ConcernKind::Suicide,
        SafetyItem::None | SafetyItem::NotKnown => false,
    })?;
    (last.concern() == Some(ConcernKind::Suicide)).then(|| Relapsed::Safety {
        scale: Scale::of(&last.instrument),
        day: last.day,
    })
}
