//! Initial month or later month.
//!
//! The initial month is the first calendar month with countable collaborative care. Only six full calendar
//! months without any start it anew; closing an episode and referring again doesn't (NC Medicaid bulletin of
//! 2025-09-17, giving the AMA definition). A first month too short to bill stays the initial month.
//!
//! A month in which nobody but outreach reached for a patient who was not taken up yet is no month of care: it
//! neither uses up the initial month nor keeps a course going, unless it was reported. That is this project's
//! reading; two public programs fix the initial month to that of the initial assessment (akello, MedStar Health).

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::flowsheet::{Flowsheet, StatusLine, TimeLine};
use crate::journal::facts::{Activity, ClaimState, Programme};
use crate::journal::{Day, Month, Zone};

use super::attribution::{Consented, Rules};
use super::code::Code;
use super::profile::Profile;
use super::team::Team;
use super::values::Key;

/// Where a month lies in a course of collaborative care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// Whether the month is the first of the course.
    pub initial: bool,
    /// The last month before it with countable time, in this course or an earlier one.
    pub before: Option<Month>,
    /// The first day with countable time of the course, when it has any up to the end of the month.
    pub first_day: Option<Day>,
    /// Whether the month's countable time is outreach before the patient was taken up, and nothing else.
    pub only_outreach: bool,
    /// The last month before an initial one in which there was only such outreach.
    pub outreach_before: Option<Month>,
    /// An earlier initial month of the same calendar year.
    pub initial_this_year: Option<Month>,
}

/// Where the rule of the empty months comes from, and how it is read here.
pub const GAP_SOURCE: &str = "NC Medicaid bulletin of 2025-09-17, giving the AMA definition; read as full calendar months, \
     which is this project's choice where the text leaves it open";

/// When a new initial month can come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceGap {
    /// The last month with countable collaborative care.
    pub last: Month,
    /// Full months without any that are needed.
    pub empty_months: u32,
    /// The first month that would be an initial one, when nothing is counted until then.
    pub anew_from: Month,
}

/// When a new initial month of collaborative care can come, as of a day; `None` when none was counted yet, so that the
/// first counted month is one.
pub fn service_gap(sheet: &Flowsheet, profile: &Profile, team: &Team, zone: Zone, as_of: Day) -> Option<ServiceGap> {
    let rules = Rules {
        sheet,
        profile,
        team,
        zone,
        as_of,
        programme: Programme::Cocm,
    };
    let served = rules.counted_months(as_of.month());
    let last = *served.iter().rfind(|(_, month)| month.is_service)?.0;
    let empty_months = profile.number(Key::ResetAfterMonths);
    let mut anew_from = last.next();
    for _ in 0..empty_months {
        anew_from = anew_from.next();
    }
    Some(ServiceGap {
        last,
        empty_months,
        anew_from,
    })
}

/// What a month with countable time is to the course.
#[derive(Clone, Copy)]
struct CountedMonth {
    /// The first day with countable time.
    first_day: Day,
    /// Whether it is a month of care, and not of outreach alone before the patient was taken up.
    is_service: bool,
}

impl Rules<'_> {
    /// The course that a month belongs to.
    pub fn course(&self, month: Month) -> Course {
        let gap = i32::try_from(self.profile.number(Key::ResetAfterMonths)).unwrap_or(i32::MAX);
        let months = self.counted_months(month);
        let mut course = Course {
            initial: true,
            before: None,
            first_day: None,
            only_outreach: false,
            outreach_before: None,
            initial_this_year: None,
        };
        for (served, counted) in months {
            if !counted.is_service {
                if served < month {
                    course.outreach_before = Some(served);
                    continue;
                }
                course.only_outreach = true;
            }
            let anew = course.before.is_none_or(|before| is_anew(before, served, gap));
            if anew {
                course.first_day = Some(counted.first_day);
                if served < month && served.first().date().year() == month.first().date().year() {
                    course.initial_this_year = Some(served);
                }
            }
            course.initial = anew;
            if served < month {
                course.before = Some(served);
                course.outreach_before = None;
            } else {
                return course;
            }
        }
        course.initial = course.before.is_none_or(|before| is_anew(before, month, gap));
        if course.initial {
            course.first_day = None;
        }
        course
    }

    /// The months up to one with countable time.
    fn counted_months(&self, until: Month) -> BTreeMap<Month, CountedMonth> {
        let mut months: BTreeMap<Month, CountedMonth> = BTreeMap::new();
        for line in self.sheet.times.iter().filter(|line| line.day <= until.last().plus(1)) {
            self.counted_days(line, |day| {
                let month = day.month();
                if month > until {
                    return;
                }
                let is_known = months.get(&month).is_some_and(|known| known.is_service);
                let is_service = is_known || self.is_service(line, day) || self.was_reported(month);
                let counted = months.entry(month).or_insert(CountedMonth {
                    first_day: day,
                    is_service,
                });
                counted.first_day = counted.first_day.min(day);
                counted.is_service = is_service;
            });
        }
        months
    }

    /// Whether time of a day is care, or outreach to a patient who was taken up.
    fn is_service(&self, line: &TimeLine, day: Day) -> bool {
        line.activity != Activity::Outreach || self.is_taken_up(day)
    }

    /// Whether the patient had been enrolled by a day in the episode of that day; where no status says so, whether
    /// consent held.
    fn is_taken_up(&self, day: Day) -> bool {
        let statuses = self.sheet.episode_on(day).map_or(&[][..], |episode| &episode.statuses);
        if statuses.is_empty() {
            return matches!(self.consent_on(day), Consented::Given { .. });
        }
        let mut so_far = statuses.iter().filter(|(from, _)| *from <= day);
        let is_over = |(from, status): &(Day, StatusLine)| matches!(status, StatusLine::Closed(_)) && *from < day;
        let ended = so_far.clone().next_back().is_some_and(is_over);
        !ended && so_far.any(|(_, status)| status.is_in_care())
    }

    /// Whether a code of the programme went to the payer for a month, and was not denied.
    fn was_reported(&self, month: Month) -> bool {
        let standing = super::sent::standing(self.sheet, month);
        let went = standing
            .values()
            .filter(|claim| claim.state != ClaimState::Denied && claim.day <= self.as_of);
        let mut codes = went.filter_map(|claim| Code::named(&claim.code));
        codes.any(|code| code.programme() == Some(self.programme))
    }
}

impl Rules<'_> {
    /// The first contact with the patient in the months that would make this one a later month, had they minutes.
    pub fn earlier_contact(&self, month: Month) -> Option<Day> {
        let mut from = month;
        for _ in 0..self.profile.number(Key::ResetAfterMonths) {
            from = from.previous();
        }
        let counted = self.counted_months(month);
        let within = |day: Day| day >= from.first() && day < month.first() && !counted.contains_key(&day.month());
        let mut contacts = self.sheet.contacts.iter().filter(|contact| contact.with_patient);
        contacts.find(|contact| within(contact.day)).map(|contact| contact.day)
    }
}

fn is_anew(before: Month, month: Month, gap: i32) -> bool {
    month.since(before) > gap
}
