//! Contacts: after an acute event, after a missed appointment, the first one, the next one; and the review of a pause.

use crate::flowsheet::{AppointmentLine, ConcernLine};
use crate::journal::facts::{AcuteKind, AppointmentState};
use crate::journal::{Day, Days, When};

use super::Clock;
use super::safety::contact_due;
use crate::care::case::{Case, Phase};
use crate::care::office::Moment;
use crate::care::outreach::climbed;
use crate::care::protocol::Number;
use crate::care::reason::{Clears, Interval, Kind, Reason, Rule};

/// The latest emergency visit, admission or discharge without a contact since.
pub(super) fn acute(case: &Case<'_>, out: &mut Vec<Clock>) {
    let mut events = case
        .sheet
        .acute
        .iter()
        .filter(|(at, kind)| !matches!(kind, AcuteKind::Overdose | AcuteKind::Death) && case.at.has_happened(*at));
    let Some((at, kind)) = events.next_back().copied() else {
        return;
    };
    let moment = case.at.moment(at);
    let day = moment.day;
    if !case.counts(day) || case.contact_after(moment) {
        return;
    }
    let reason = Reason::Acute { kind, day };
    let clears = Clears::ContactAfter(day);
    let clock = Clock::new(case, Rule::AcuteEvent, contact_due(case, day), reason, clears);
    out.push(clock.from(day, Kind::Worsening));
}

/// A pause is looked at again on its review day, and by nothing else.
pub(super) fn hold(case: &Case<'_>, review: Day, out: &mut Vec<Clock>) {
    let clock = Clock::new(case, Rule::HoldReview, review, Reason::Hold, Clears::HoldDecision);
    out.push(clock.overdue_after());
}

/// Missed appointments without a contact since, and past ones whose outcome nobody wrote down.
pub(super) fn appointments(case: &Case<'_>, out: &mut Vec<Clock>) {
    let of_episode = |a: &&AppointmentLine| case.counts(a.day);
    let past = || case.sheet.appointments.iter().filter(of_episode);
    let moment = |a: &AppointmentLine| Moment { at: a.at, day: a.day };
    let kept_after = |missed: Moment| past().any(|a| a.state == AppointmentState::Kept && moment(a).is_after(missed));
    let missed = past()
        .filter(|a| a.state == AppointmentState::NoShow && !case.contact_after(moment(a)) && !kept_after(moment(a)));
    let (in_a_row, latest) = missed.fold((0, None), |(n, last): (u32, Option<Day>), a| {
        (n + 1, last.max(Some(a.day)))
    });
    if let Some(day) = latest
        && booked(case).is_none()
    {
        let reason = Reason::NoShow { day, in_a_row };
        let clears = Clears::ContactOrAppointment(day);
        out.push(Clock::new(case, Rule::MissedAppointment, day, reason, clears).from(day, Kind::Missed));
    }
    let open = past().filter(|a| a.state == AppointmentState::Booked && a.day < case.at.today);
    if let Some(day) = open.map(|a| a.day).max()
        && !case.contact_since(day)
    {
        let clock = Clock::new(case, Rule::NoOutcome, day, Reason::NoOutcome { day }, Clears::Outcome);
        out.push(clock.from(day, Kind::Due));
    }
}

/// The next appointment that is booked, today or later.
fn booked(case: &Case<'_>) -> Option<Day> {
    let ahead = case.sheet.appointments.iter().filter(|a| case.at.today <= a.day);
    ahead
        .filter(|a| a.state == AppointmentState::Booked)
        .map(|a| a.day)
        .min()
}

/// The next contact with the patient: the first one after a referral, then at the interval of the status.
pub(super) fn contact(case: &Case<'_>, out: &mut Vec<Clock>) {
    let Some(episode) = case.episode else { return };
    let number = match case.phase {
        Phase::Active => Number::ContactActive,
        Phase::RelapsePrevention => Number::ContactRelapsePrevention,
        _ => Number::ContactEnrolled,
    };
    let referred = episode.referred.filter(|at| case.at.has_happened(*at));
    let referred = referred.unwrap_or(When::Day(episode.opened));
    let last = case.last_contact();
    if case.phase == Phase::Referred && last.is_none_or(|last| last < case.at.day_of(referred)) {
        first_contact(case, referred, out);
        return;
    }
    let protocol = Days(case.at.protocol.get(number));
    let every = episode.contact_every.unwrap_or(protocol);
    let from = last.or(case.enrolled()).or(case.since()).unwrap_or(episode.opened);
    let agreed = agreed(case, episode.next_contact, last);
    let (due, interval) = match agreed {
        // A day that was agreed holds instead of any interval, until a contact on it or later.
        Some(day) => (day, Interval::AgreedDay),
        None => {
            let (every, interval) = interval(case, episode.contact_every, every);
            (from.plus(i64::from(every.0)), interval)
        }
    };
    let outreach = climbed(case, last.unwrap_or(from));
    let reason = Reason::Contact {
        last,
        interval,
        booked: booked(case),
        outreach: Some(outreach).filter(|outreach| outreach.tries > 0),
    };
    let clock = Clock::new(case, Rule::Contact, due, reason, Clears::Contact);
    out.push(clock.overdue_after().again_in(i64::from(every.0)));
}

/// The day that was agreed for the next contact, in a contact or in a safety step, and that no contact has come to yet.
/// What was agreed in a concern goes on when it is closed, but not beyond the days that the protocol allows to the next
/// contact after one (`Number::SafetyContact`); a day of the plan that passed gives way to it, and a later one doesn't
/// hide that it passed.
fn agreed(case: &Case<'_>, of_plan: Option<Day>, last: Option<Day>) -> Option<Day> {
    let within = case.days(Number::SafetyContact);
    let still_waits = |day: &Day| last.is_none_or(|last| last < *day);
    let of_concern = |line: &ConcernLine| {
        let closed = line.closed.map(|(at, _)| case.at.day_of(at));
        let latest = closed.filter(|day| *day <= case.at.today).map(|day| day.plus(within));
        line.next_contact.map(|on| latest.map_or(on, |latest| on.min(latest)))
    };
    let concerns = case.sheet.concerns.iter().filter(|line| case.counts(line.day));
    let days: Vec<Day> = concerns.filter_map(of_concern).filter(still_waits).collect();
    match (days.into_iter().min(), of_plan.filter(still_waits)) {
        (Some(concern), Some(plan)) if case.at.today <= plan => Some(concern.min(plan)),
        (concern, plan) => concern.or(plan),
    }
}

/// The interval that holds: the one agreed, or the protocol's for the status. "As needed" is no interval, so it is
/// never "never". The first follow-up comes within four weeks of the initial contact (Bao 2015), whatever was set.
fn interval(case: &Case<'_>, agreed: Option<Days>, every: Days) -> (Days, Interval) {
    let within = Days(case.at.protocol.get(Number::FirstFollowUp));
    let starting = matches!(case.phase, Phase::Referred | Phase::Enrolled | Phase::Active);
    if starting && within < every && had_one_contact(case) {
        return (within, Interval::FirstFollowUp(within));
    }
    (every, agreed.map_or(Interval::Protocol(every), Interval::Agreed))
}

/// Whether there was a contact with the patient on one day of the episode only.
fn had_one_contact(case: &Case<'_>) -> bool {
    let mut days = case.contacts().map(|c| c.day).filter(|day| case.counts(*day));
    days.next().is_some_and(|last| days.all(|day| day == last))
}

fn first_contact(case: &Case<'_>, referred: When, out: &mut Vec<Clock>) {
    let (office, protocol) = (case.at.office, case.at.protocol);
    let referred_day = case.at.day_of(referred);
    let deadline = office.after_working_hours(referred, protocol.get(Number::FirstContact));
    let now = When::At(case.at.now);
    let reason = Reason::FirstContact {
        waited_minutes: office.working_minutes(referred, now),
        left_minutes: office.working_minutes(now, When::At(deadline)),
        outreach: climbed(case, referred_day),
    };
    // A deadline at midnight is the end of the day before.
    let due = office.zone.day(deadline - chrono::TimeDelta::minutes(1));
    let clock = Clock::new(case, Rule::FirstContact, due, reason, Clears::FirstContact);
    let then = case.days(Number::ContactEnrolled);
    out.push(clock.from(referred_day, Kind::Referred).again_in(then));
}
