//! The clocks: contact late, score late, review late, plan late and the others, each on its own. For every one:
//! the rule, its state, its numbers and dates, what clears it, and when the next one would fire.
//!
//! Every status has a clock but Closed, after which only the tasks and the word to whoever referred run on; a pause has only
//! its review day and that word. Safety runs
//! whatever the status.

mod contact;
mod effect;
mod feedback;
mod measure;
mod plan;
mod safety;
mod team;

pub use feedback::reason_of_feedback;
pub use measure::planned;

use crate::flowsheet::Flowsheet;
use crate::journal::facts::{ClockKind, Level};
use crate::journal::{Day, ThingId};

use super::case::{Case, Phase};
use super::office::AsOf;
use super::reason::{Clears, Kind, Reason, Rule};
use super::relapse::Relapsed;
use super::severity::Severity;

/// One lateness rule of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The rule.
    pub rule: Rule,
    /// The kind of worklist item that it makes; `None` while its day lies ahead.
    pub kind: Option<Kind>,
    /// The first day on which it is on the list.
    pub since: Day,
    /// The day on which what it asks for is due.
    pub due: Day,
    /// The numbers and dates.
    pub reason: Reason,
    /// What clears it.
    pub clears: Clears,
    /// When it would be on the list again if it were cleared today, where that is known.
    pub again: Option<Day>,
    /// Put off until this day, that day included.
    pub snoozed: Option<Day>,
    /// How ill its patient is by the latest scores: what is late for somebody who is well waits behind it.
    pub severity: Severity,
    /// The day as of which all this holds.
    pub as_of: Day,
}

/// Whether a clock is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Due on this day, which is today or lies ahead.
    DueOn(Day),
    /// Late by so many days.
    LateBy(u32),
}

impl Clock {
    fn new(case: &Case<'_>, rule: Rule, due: Day, reason: Reason, clears: Clears) -> Self {
        Self {
            rule,
            kind: None,
            since: due,
            due,
            reason,
            clears,
            again: None,
            snoozed: None,
            severity: Severity::NOT_KNOWN,
            as_of: case.at.today,
        }
    }
    /// On the list from its due day on: `due` on that day, `overdue` after it.
    fn overdue_after(mut self) -> Self {
        self.kind = match self.as_of.since(self.due) {
            ..0 => None,
            0 => Some(Kind::Due),
            1.. => Some(Kind::Overdue),
        };
        self
    }
    /// On the list as this kind from a day on.
    fn from(mut self, since: Day, kind: Kind) -> Self {
        self.since = since;
        self.kind = (since <= self.as_of).then_some(kind);
        self
    }
    /// When the next one would come, were this one cleared today.
    fn again_in(mut self, days: i64) -> Self {
        self.again = Some(self.as_of.plus(days));
        self
    }

    /// Whether it is on the list (it may be put off).
    pub fn fires(&self) -> bool {
        self.kind.is_some()
    }
    /// Due or late. A clock that isn't in the list of clocks is not running.
    pub fn state(&self) -> State {
        match u32::try_from(self.as_of.since(self.due)) {
            Ok(late) if 0 < late => State::LateBy(late),
            _ => State::DueOn(self.due),
        }
    }
    /// Whether its place within its kind goes by how ill its patient is.
    fn goes_by_severity(&self) -> bool {
        matches!(
            self.kind,
            Some(Kind::Overdue | Kind::Answer | Kind::Due | Kind::Routine)
        )
    }
    /// Days late; 0 when it isn't.
    pub fn late_days(&self) -> i64 {
        self.as_of.since(self.due).max(0)
    }
    /// The day of the newest thing behind it: putting it off before that day was about something else.
    pub(super) fn newest(&self) -> Day {
        match &self.reason {
            Reason::Review(due) => due.newest(self.as_of).map_or(self.since, |day| day.max(self.since)),
            _ => self.since,
        }
    }
    /// Which clock a snooze of it names.
    pub fn clock(&self) -> ClockKind {
        self.rule.clock()
    }
    /// The concern that it is about, for an open concern.
    pub fn concern(&self) -> Option<ThingId> {
        match &self.reason {
            Reason::Concern(state) => Some(state.concern),
            _ => None,
        }
    }
    /// The day on which it fires next: the day ahead while it is quiet; otherwise when it would come again were it
    /// cleared today, where that is known.
    pub fn next_fires(&self) -> Option<Day> {
        if self.fires() { self.again } else { Some(self.since) }
    }
    /// The reason with its numbers and dates, in words.
    pub fn sentence(&self) -> String {
        self.reason.words(self.due, self.as_of)
    }
    /// What clears it, in words that follow "clears when:".
    pub fn clears_sentence(&self) -> String {
        self.clears.words(self.as_of)
    }
    /// How much it weighs within its kind: the most severe, then the longest late first. Never anything of billing.
    ///
    /// For safety: thoughts right now, a plan or an intent; then all but what is only a flag of an imported sheet; then
    /// a missed deadline; then the level and the answer; then the oldest.
    pub(super) fn weight(&self) -> [i64; 6] {
        let late = self.late_days();
        let level = |level: Level| i64::from(level as u8);
        let safety = |acute: bool, known: bool, level_of: Level, value: u8| {
            let missed = i64::from(0 < late);
            let age = self.as_of.since(self.since);
            [acute.into(), known.into(), missed, level(level_of), value.into(), age]
        };
        let other = |[a, b, c]: [i64; 3]| [a, b, c, 0, 0, 0];
        match &self.reason {
            Reason::Concern(state) => safety(state.is_acute(), !state.is_bare_flag(), state.level, state.highest),
            Reason::Positive { value, .. } => {
                let value = value.unwrap_or_default();
                let high = if 2 <= value { Level::High } else { Level::Positive };
                safety(false, true, high, value)
            }
            Reason::Acute { .. } | Reason::AskClinician { .. } if self.kind == Some(Kind::Safety) => {
                safety(false, true, Level::High, 0)
            }
            Reason::Acute { .. } => other([i64::MAX, late, 0]),
            Reason::Worse(_, worse) => other([worse.points().into(), worse.points_compared().0.total.into(), late]),
            Reason::Relapse(Relapsed::Above { latest, above, .. }) => {
                other([i64::from(latest.total) - i64::from(*above), latest.total.into(), late])
            }
            Reason::Relapse(Relapsed::Rise { latest, start, .. }) => other([
                i64::from(latest.total) - i64::from(start.total),
                latest.total.into(),
                late,
            ]),
            Reason::Relapse(Relapsed::Safety { .. }) => other([i64::MAX, late, 0]),
            Reason::NoShow { in_a_row, .. } => other([(*in_a_row).into(), late, 0]),
            Reason::FirstContact {
                left_minutes, outreach, ..
            } => other([(outreach.on <= self.as_of).into(), -left_minutes, 0]),
            _ => other([self.severity.0.into(), late, 0]),
        }
    }
}

/// All clocks that run for a patient, those on the list and those whose day lies ahead. A rule whose clock isn't
/// among them is not running.
pub fn clocks(sheet: &Flowsheet, at: &AsOf<'_>) -> Vec<Clock> {
    let mut out = Vec::new();
    clocks_into(sheet, at, &mut out);
    out
}

/// The same, added to a list that is used again for the next patient.
pub(super) fn clocks_into(sheet: &Flowsheet, at: &AsOf<'_>, out: &mut Vec<Clock>) {
    if sheet.erased {
        return;
    }
    let case = Case::of(sheet, at);
    let before = out.len();
    running(&case, out);
    let added = out.get_mut(before..).unwrap_or_default();
    if added.iter().any(Clock::goes_by_severity) {
        let severity = Severity::of(&case);
        added.iter_mut().for_each(|clock| clock.severity = severity);
    }
}

fn running(case: &Case<'_>, out: &mut Vec<Clock>) {
    let before = out.len();
    safety::clocks(case, out);
    if let Some(closed) = plan::closed_by_death(case) {
        // Nothing is due for somebody who died.
        if !safety::goes_on_after(case, closed) {
            out.truncate(before);
        }
        return;
    }
    team::not_merged_back(case, out);
    if case.phase == Phase::NoEpisode {
        plan::no_episode(case, out);
        return;
    }
    if case.phase == Phase::Closed {
        // A task that a closing keeps is still somebody's.
        if case.died().is_none() {
            team::tasks(case, out);
            feedback::feedback(case, out);
        }
        return;
    }
    if let Some(day) = case.died() {
        plan::death(case, day, out);
        return;
    }
    contact::acute(case, out);
    if let Phase::OnHold(review) = case.phase {
        contact::hold(case, review, out);
        feedback::feedback(case, out);
        return;
    }
    measure::worsening(case, out);
    contact::appointments(case, out);
    contact::contact(case, out);
    measure::measures(case, out);
    team::review(case, out);
    plan::plan(case, out);
    effect::effect(case, out);
    team::answers(case, out);
    team::tasks(case, out);
    team::referrals(case, out);
    feedback::feedback(case, out);
}
