//! What goes on around a patient: tasks that repeat, referrals out and their steps, when to try again; and the words for
//! them and for what a contact covered, in the order in which forms offer them.

use chrono::{Datelike, Timelike};

use crate::journal::facts::{
    AdvocacyWith, BarrierKind, Channel, Covered, DayPart, Every, FeedbackAfter, Planning, ReferralEnd, ReferralState,
    ResourceKind, Task,
};
use crate::journal::{Day, Days, Fact, ThingId, When, Zone};

use super::office::Office;
use super::sentence::{day_words, lateness};

/// Whether a contact was planned.
pub const PLANNING: &[(Planning, &str)] = &[(Planning::Planned, "Planned"), (Planning::Unplanned, "Unplanned")];

/// What a contact covered.
pub const COVERED: &[(Covered, &str)] = &[
    (Covered::Symptoms, "Symptoms"),
    (Covered::SafetyAsked, "Safety asked"),
    (Covered::Medication, "Medication"),
    (Covered::SideEffects, "Side effects"),
    (Covered::ActivityPlan, "Activity plan"),
    (Covered::Goals, "Goals"),
    (Covered::Barriers, "Barriers"),
    (Covered::Education, "Education"),
    (Covered::NextSteps, "Next steps"),
];

/// With whom somebody spoke on the patient's behalf.
pub const ADVOCACY_WITH: &[(AdvocacyWith, &str)] = &[
    (AdvocacyWith::Insurer, "Insurer"),
    (AdvocacyWith::Employer, "Employer"),
    (AdvocacyWith::School, "School"),
    (AdvocacyWith::Housing, "Landlord or housing office"),
    (AdvocacyWith::Other, "Somebody else"),
];

/// Parts of a day.
pub const DAY_PARTS: &[(DayPart, &str)] = &[
    (DayPart::Morning, "Morning"),
    (DayPart::Midday, "Midday"),
    (DayPart::Afternoon, "Afternoon"),
    (DayPart::Evening, "Evening"),
];

/// What kind of help a resource gives.
pub const RESOURCE_KINDS: &[(ResourceKind, &str)] = &[
    (ResourceKind::Therapy, "Therapy"),
    (ResourceKind::Housing, "Housing"),
    (ResourceKind::Vocational, "Vocational"),
    (ResourceKind::SubstanceUse, "Substance use"),
    (ResourceKind::Specialty, "Specialty care"),
    (ResourceKind::Food, "Food"),
    (ResourceKind::Transport, "Transport"),
    (ResourceKind::Legal, "Benefits, money, legal"),
    (ResourceKind::Support, "Support groups"),
    (ResourceKind::Other, "Other"),
];

/// What stands between a patient and care.
pub const BARRIER_KINDS: &[(BarrierKind, &str)] = &[
    (BarrierKind::Transport, "Transport"),
    (BarrierKind::Cost, "Cost"),
    (BarrierKind::Housing, "Housing"),
    (BarrierKind::Food, "Food"),
    (BarrierKind::Language, "Language"),
    (BarrierKind::Safety, "Safety at home"),
    (BarrierKind::Time, "Work or caring duties"),
    (BarrierKind::Technology, "Phone or internet"),
    (BarrierKind::Other, "Something else"),
];

/// The kind of help that a barrier calls for; `None` where no service of the directory is for it.
pub fn help_for(barrier: BarrierKind) -> Option<ResourceKind> {
    match barrier {
        BarrierKind::Transport => Some(ResourceKind::Transport),
        BarrierKind::Cost => Some(ResourceKind::Legal),
        BarrierKind::Housing => Some(ResourceKind::Housing),
        BarrierKind::Food => Some(ResourceKind::Food),
        BarrierKind::Time => Some(ResourceKind::Support),
        BarrierKind::Language | BarrierKind::Safety | BarrierKind::Technology | BarrierKind::Other => None,
    }
}

/// What stands under a barrier once something was begun about it: a task, or a referral out.
pub fn begun_words(begun: &Fact, today: Day) -> Option<String> {
    match begun {
        Fact::Task(task) => Some(format!("Task, due {}: {}", day_words(task.due, today), task.text)),
        Fact::OutgoingReferral(referral) => Some(format!("Referred to {}: {}", referral.to, referral.what)),
        _ => None,
    }
}

/// How far a referral out has come.
pub const REFERRAL_STATES: &[(ReferralState, &str)] = &[
    (ReferralState::Made, "Made"),
    (ReferralState::Sent, "Sent"),
    (ReferralState::Booked, "Appointment"),
    (ReferralState::Attended, "Attended"),
    (ReferralState::Result, "Result"),
    (ReferralState::Ended, "Lost or ended"),
];

/// How a referral out ended without a result.
pub const REFERRAL_ENDS: &[(ReferralEnd, &str)] = &[
    (ReferralEnd::Lost, "Lost: nobody knows"),
    (ReferralEnd::Declined, "The patient declined"),
    (ReferralEnd::Refused, "The service declined"),
    (ReferralEnd::NotNeeded, "Not needed any more"),
];

/// The words of one value.
pub fn word_of<T: Copy + PartialEq>(pairs: &[(T, &'static str)], value: T) -> &'static str {
    pairs.iter().find(|(v, _)| *v == value).map_or("", |(_, word)| word)
}

/// Whether something is still waited for: neither a result came nor was the referral given up.
pub fn is_under_way(state: ReferralState) -> bool {
    !matches!(state, ReferralState::Result | ReferralState::Ended)
}

/// How far a referral out has come, and when its next step is due.
pub(super) fn referral_sentence(state: ReferralState, since: Day, due: Day, today: Day) -> String {
    let came = match state {
        ReferralState::Made => "made, not sent",
        ReferralState::Sent => "sent",
        ReferralState::Booked => "booked for",
        ReferralState::Attended => "attended",
        ReferralState::Result => "with a result",
        ReferralState::Ended => "ended",
    };
    let next = match state {
        ReferralState::Made => "sending it",
        ReferralState::Booked => "whether the patient went",
        ReferralState::Attended => "its result",
        _ => "next step",
    };
    format!(
        "referral {came} {}; {next} {}",
        day_words(since, today),
        lateness(due, today)
    )
}

/// What whoever referred is to be told, and when.
pub(super) fn feedback_sentence(after: FeedbackAfter, on: Day, due: Day, today: Day) -> String {
    let of = match after {
        FeedbackAfter::Enrolled => "the enrollment",
        FeedbackAfter::Closed => "the closing",
    };
    format!(
        "letter to whoever referred about {of} of {}, {}",
        day_words(on, today),
        lateness(due, today)
    )
}

/// What can come after a step of a referral out. Steps may be passed over: a service may call the patient by itself, and
/// a result may come without word of the visit. One that has ended can be made again.
pub fn steps_after(state: ReferralState) -> &'static [ReferralState] {
    use ReferralState::{Attended, Booked, Ended, Made, Result, Sent};
    match state {
        Made => &[Sent, Booked, Attended, Ended],
        Sent => &[Booked, Attended, Result, Sent, Ended],
        Booked => &[Attended, Booked, Result, Ended],
        Attended => &[Result, Booked, Ended],
        Result | Ended => &[Made],
    }
}

/// The next one of a task that repeats, once it was done: at its own interval, but never in the past, and on a day on
/// which the clinic is open. `None` for one that doesn't repeat.
pub fn next_task(task: &Task, done: Day, id: ThingId, office: &Office) -> Option<Task> {
    Some(Task {
        task: id,
        due: next_due(task.due, task.repeat, task.every, done, office)?,
        done: None,
        dropped: None,
        why: None,
        handed: None,
        ..task.clone()
    })
}

/// The day on which a task that repeats comes again, once it was done on a day. `None` for one that doesn't repeat.
pub fn next_due(due: Day, repeat: Option<Days>, every: Option<Every>, done: Day, office: &Office) -> Option<Day> {
    let every = match (every, repeat) {
        (Some(Every::Months { count, day }), _) => return next_month(due, (count.max(1), day), done, office),
        (Some(Every::Weeks { count }), _) => i64::from(count) * 7,
        (None, Some(days)) => days.0.into(),
        (None, None) => return None,
    };
    let every = every.max(1);
    // As many intervals as it takes to come after the day on which it was done.
    let passed = done.since(due).max(0) / every + 1;
    Some(office.open_day(due.plus(passed * every)))
}

/// The first day after both that is a whole number of intervals of months away. A month that has no such day gives its
/// last; a later month has it again.
fn next_month(due: Day, (count, on): (u32, u32), done: Day, office: &Office) -> Option<Day> {
    let month = i64::from(due.date().year()) * 12 + i64::from(due.date().month0());
    // It may have been put off from the end of the month before, as the clinic was closed on that day.
    let was_put_off = day_of_month(month - 1, on).is_some_and(|day| office.open_day(day) == due);
    let first = if was_put_off { month - 1 } else { month };
    let mut days = (1..).map_while(|times: i64| day_of_month(first + times * i64::from(count), on));
    let next = days.find(|day| done < *day && due < *day)?;
    Some(office.open_day(next))
}

/// A day of a month counted from the year 0; the last of a month that is shorter.
fn day_of_month(month: i64, on: u32) -> Option<Day> {
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    let number = u32::try_from(month.rem_euclid(12)).ok()? + 1;
    (1..=on.clamp(1, 31)).rev().find_map(|day| Day::new(year, number, day))
}

/// How often a task comes again, in words: `every 2 weeks`. `None` for one that doesn't repeat.
pub fn repeat_words(task: &Task) -> Option<String> {
    let often = |count: u32, one: &str, many: &str| match count {
        1 => format!("every {one}"),
        _ => format!("every {count} {many}"),
    };
    match (task.every, task.repeat) {
        (Some(Every::Weeks { count }), _) => Some(often(count, "week", "weeks")),
        (Some(Every::Months { count, day }), _) => {
            let months = often(count, "month", "months");
            let last = format!("{months} on day {day}, or the month\u{2019}s last");
            Some(if 28 < day { last } else { months })
        }
        (None, Some(days)) => Some(often(days.0, "day", "days")),
        (None, None) => None,
    }
}

/// The part of a day that an hour lies in.
pub fn day_part(hour: u32) -> DayPart {
    match hour {
        ..11 => DayPart::Morning,
        11..14 => DayPart::Midday,
        14..17 => DayPart::Afternoon,
        17.. => DayPart::Evening,
    }
}

/// The part of the day in which a time lies; `None` for a day without a time.
pub fn part_of(at: When, zone: Zone) -> Option<DayPart> {
    match at {
        When::At(at) => Some(day_part(zone.local(at).hour())),
        When::Day(_) => None,
    }
}

/// Whether a try speaks to somebody, or would have: only those tell at which time of day nobody answers.
pub fn is_call(by: Channel) -> bool {
    matches!(by, Channel::Phone | Channel::Video | Channel::InPerson)
}

/// When to try next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextTry {
    /// The day: one on which the clinic is open.
    pub day: Day,
    /// The part of the day that was tried least.
    pub part: DayPart,
}

/// The part of the day for another call: the one in which it was tried least; of two, the one that comes sooner after the
/// last call. `calls` are the parts of the days of all calls. Only `within` these parts, which the patient prefers; any
/// where none is named.
pub fn next_part(calls: &[DayPart], within: &[DayPart]) -> DayPart {
    let parts = DAY_PARTS.iter().map(|(part, _)| *part);
    let parts = parts.filter(|part| within.is_empty() || within.contains(part));
    let last = calls.last().map_or(0, |last| *last as usize + 1);
    let place = |part: DayPart| (part as usize + DAY_PARTS.len() - last % DAY_PARTS.len()) % DAY_PARTS.len();
    let count = |part: DayPart| calls.iter().filter(|tried| **tried == part).count();
    let part = parts.min_by_key(|part| (count(*part), place(*part)));
    part.unwrap_or(DayPart::Morning)
}

/// The next try after one on `tried`, so many working days later, in the part of the day that [`next_part`] says.
pub fn next_try(calls: &[DayPart], within: &[DayPart], tried: Day, working_days: u32, office: &Office) -> NextTry {
    NextTry {
        day: office.working_days_after(tried, working_days.max(1)),
        part: next_part(calls, within),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::WorkingDays;
    use crate::journal::Fact;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn office() -> Office {
        Office {
            zone: "America/New_York".parse().unwrap(),
            working_days: WorkingDays::MONDAY_TO_FRIDAY,
        }
    }

    #[test]
    fn a_task_that_repeats_comes_again_at_its_interval_after_it_was_done_and_on_a_working_day() {
        let id = ThingId::from_random([2; 16]);
        for (due, every, done, next) in [
            // Done on its day, early, late within the interval, and long after.
            ("2026-11-02", Some(14), "2026-11-02", Some("2026-11-16")),
            ("2026-11-02", Some(14), "2026-10-30", Some("2026-11-16")),
            ("2026-11-02", Some(14), "2026-11-10", Some("2026-11-16")),
            ("2026-11-02", Some(14), "2026-11-16", Some("2026-11-30")),
            ("2026-11-02", Some(14), "2026-12-01", Some("2026-12-14")),
            // Every 5 days from a Monday is a Saturday: Monday it is.
            ("2026-11-02", Some(5), "2026-11-02", Some("2026-11-09")),
            ("2026-11-02", None, "2026-11-02", None),
        ] {
            let task = Task {
                task: ThingId::from_random([1; 16]),
                text: "Ask for the disability form".to_owned(),
                due: day(due),
                owner: None,
                repeat: every.map(Days),
                done: Some(day(done)),
                dropped: None,
                why: None,
                every: None,
                handed: None,
            };
            let found = next_task(&task, day(done), id, &office());
            assert_eq!(found.as_ref().map(|t| t.due), next.map(day), "due {due}, done {done}");
            if let Some(found) = found {
                assert_eq!((found.task, found.done, found.repeat), (id, None, task.repeat));
            }
        }
    }

    #[test]
    fn a_task_comes_again_by_weeks_and_by_months_and_the_31st_is_the_last_day_of_a_shorter_month() {
        let (weeks, months) = (
            |count| Some(Every::Weeks { count }),
            |count, day| Some(Every::Months { count, day }),
        );
        for (due, every, done, next) in [
            ("2026-11-02", weeks(2), "2026-11-02", "2026-11-16"),
            ("2026-11-02", weeks(1), "2026-11-25", "2026-11-30"),
            ("2026-11-16", months(1, 16), "2026-11-16", "2026-12-16"),
            // Done early, and after the next one was due.
            ("2026-11-16", months(1, 16), "2026-11-10", "2026-12-16"),
            ("2026-11-16", months(1, 16), "2026-12-17", "2027-01-18"),
            // 16 January is a Saturday: it was put off to Monday, and February is counted from the 16th.
            ("2027-01-18", months(1, 16), "2027-01-18", "2027-02-16"),
            // 31 December, 31 January is a Sunday (Monday it is), 28 February is a Sunday, 31 March.
            ("2026-12-31", months(1, 31), "2026-12-31", "2027-02-01"),
            ("2027-02-01", months(1, 31), "2027-02-01", "2027-03-01"),
            ("2027-03-01", months(1, 31), "2027-03-01", "2027-03-31"),
            ("2027-03-31", months(1, 31), "2027-03-31", "2027-04-30"),
            ("2026-08-31", months(3, 31), "2026-08-31", "2026-11-30"),
            // A leap year.
            ("2028-01-31", months(1, 31), "2028-01-31", "2028-02-29"),
        ] {
            let found = next_due(day(due), None, every, day(done), &office());
            assert_eq!(found, Some(day(next)), "due {due}, done {done}");
        }
    }

    #[test]
    fn a_task_of_an_earlier_version_repeats_in_days() {
        let written = r#"{"task":"01010101-0101-4101-8101-010101010101","text":"x","due":"2026-11-02","repeat":14}"#;
        let Fact::Task(task) = Fact::read("task", written) else {
            panic!("a task");
        };
        assert_eq!(task.repeat, Some(Days(14)));
        assert_eq!(repeat_words(&task).as_deref(), Some("every 14 days"));
        assert_eq!(Fact::from(task).to_json().unwrap(), written);
    }

    #[test]
    fn another_try_falls_in_the_part_of_the_day_that_was_tried_least() {
        use DayPart::{Afternoon, Evening, Midday, Morning};
        for (tries, part) in [
            (&[][..], Morning),
            (&[Morning], Midday),
            (&[Evening], Morning),
            (&[Morning, Morning], Midday),
            (&[Morning, Afternoon], Evening),
            (&[Morning, Midday, Afternoon, Evening], Morning),
            (&[Morning, Midday, Afternoon, Evening, Morning], Midday),
        ] {
            let found = next_try(tries, &[], day("2026-11-20"), 2, &office());
            assert_eq!(found.part, part, "{tries:?}");
            // Friday: two working days later is Tuesday.
            assert_eq!(found.day, day("2026-11-24"));
        }
    }

    #[test]
    fn hours_lie_in_the_part_of_the_day_that_people_call_so() {
        for (hour, part) in [
            (0, DayPart::Morning),
            (10, DayPart::Morning),
            (11, DayPart::Midday),
            (13, DayPart::Midday),
            (14, DayPart::Afternoon),
            (16, DayPart::Afternoon),
            (17, DayPart::Evening),
            (23, DayPart::Evening),
        ] {
            assert_eq!(day_part(hour), part, "{hour}");
        }
    }

    #[test]
    fn every_step_leads_on_until_a_result_or_an_end_and_every_state_has_its_word() {
        for (state, word) in REFERRAL_STATES {
            assert!(!word.is_empty());
            let after = steps_after(*state);
            assert_eq!(is_under_way(*state), after.contains(&ReferralState::Ended), "{word}");
        }
    }
}
