//! Safety: open concerns, positive answers without one, overdoses. Whatever the status.

use crate::flowsheet::ContactLine;
use crate::journal::facts::AcuteKind;
use crate::journal::{Day, EpisodeId, Stamp, When};

use super::Clock;
use crate::care::case::Case;
use crate::care::protocol::Number;
use crate::care::reason::{Clears, Kind, Needed, Reason, Rule};
use crate::care::safety::{is_open, state, unanswered_positive, watched};
use crate::care::scale::Scale;

pub(super) fn clocks(case: &Case<'_>, out: &mut Vec<Clock>) {
    for concern in case.sheet.concerns.iter().filter(|c| is_open(c, case.at)) {
        let state = state(case, concern);
        let clears = match state.triage {
            Needed::By(_) => Clears::Triage,
            Needed::Done | Needed::NotNeeded => Clears::ConcernClosed,
        };
        let (due, since) = (state.deadline(), state.day.min(case.at.today));
        let clock = Clock::new(case, Rule::OpenConcern, due, Reason::Concern(state), clears);
        out.push(clock.from(since, Kind::Safety));
    }
    if let Some((score, value)) = unanswered_positive(case) {
        let scale = Scale::of(&score.instrument);
        let reason = Reason::Positive {
            scale,
            value,
            day: score.day,
        };
        let since = score.day.min(case.at.today);
        let clock = Clock::new(case, Rule::PositiveAnswer, since, reason, Clears::ConcernOpened);
        out.push(clock.from(since, Kind::Safety));
    }
    overdose(case, out);
    watch(case, out);
}

/// A closed concern is watched for a while: somebody looks at the patient each day until it ends.
fn watch(case: &Case<'_>, out: &mut Vec<Clock>) {
    if let Some(watch) = watched(case.sheet, case.at) {
        let clears = Clears::WatchOver(watch.until);
        let clock = Clock::new(case, Rule::Watch, watch.until, Reason::Watch(watch), clears);
        out.push(clock.from(watch.closed, Kind::Due));
    }
}

/// An overdose is a safety matter until there was a contact since, or a concern that was opened for it.
fn overdose(case: &Case<'_>, out: &mut Vec<Clock>) {
    let overdoses = case.sheet.acute.iter().filter(|(_, kind)| *kind == AcuteKind::Overdose);
    let Some(at) = overdoses.map(|(at, _)| *at).rfind(|at| case.at.has_happened(*at)) else {
        return;
    };
    let moment = case.at.moment(at);
    let day = moment.day;
    let concern = case
        .sheet
        .concerns
        .iter()
        .any(|c| day <= c.day && c.day <= case.at.today);
    if concern || case.contact_after(moment) || case.died().is_some() {
        return;
    }
    let due = contact_due(case, day);
    let reason = Reason::Acute {
        kind: AcuteKind::Overdose,
        day,
    };
    let clock = Clock::new(case, Rule::Overdose, due, reason, Clears::ContactAfter(day));
    out.push(clock.from(day, Kind::Safety));
}

/// Whether anything of safety came after an episode was closed because the patient died, by its day or by when it was
/// written, or the patient was spoken with: it is about somebody else, or the closing was wrong. It is never hidden.
pub(super) fn goes_on_after(case: &Case<'_>, closed: Day) -> bool {
    let sheet = case.sheet;
    let is_it = |episode: EpisodeId| case.episode.is_some_and(|e| e.episode == episode);
    let closing = sheet.closings.iter().find(|(episode, _)| is_it(*episode));
    let written = closing.map(|(_, stamp)| *stamp);
    let is_later = |day: Day, stamp: Stamp| closed < day || written.is_some_and(|written| written < stamp);
    let answered = sheet
        .scores
        .iter()
        .any(|s| s.concern().is_some() && is_later(s.day, s.stamp));
    let spoken = |c: &ContactLine| match (c.at, written) {
        (When::At(at), Some(written)) => i64::try_from(written.millis()).is_ok_and(|ms| ms < at.timestamp_millis()),
        _ => false,
    };
    answered
        || sheet.concerns.iter().any(|c| closed < c.day)
        || written.is_some_and(|written| sheet.concern_written.is_some_and(|last| written < last))
        || case.contacts().any(|c| closed < c.day || spoken(c))
}

/// The last working day for a contact after an acute event.
pub(super) fn contact_due(case: &Case<'_>, event: Day) -> Day {
    let within = case.at.protocol.get(Number::AcuteContact);
    case.at.office.working_days_after(event, within)
}
