//! Initial month or later month.
//!
//! The initial month is the first calendar month with countable collaborative care. Only six full calendar
//! months without any start it anew; closing an episode and referring again doesn't (NC Medicaid bulletin of
//! 2025-09-17, giving the AMA definition). A first month too short to bill stays the initial month.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::flowsheet::Flowsheet;
use crate::journal::facts::Programme;
use crate::journal::{Day, Month, Zone};

use super::attribution::Rules;
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
    let last = *rules.service_months(as_of.month()).keys().next_back()?;
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

impl Rules<'_> {
    /// The course that a month belongs to.
    pub fn course(&self, month: Month) -> Course {
        let gap = i32::try_from(self.profile.number(Key::ResetAfterMonths)).unwrap_or(i32::MAX);
        let months = self.service_months(month);
        let mut course = Course {
            initial: true,
            before: None,
            first_day: None,
            initial_this_year: None,
        };
        for (served, first_day) in months {
            let anew = course.before.is_none_or(|before| is_anew(before, served, gap));
            if anew {
                course.first_day = Some(first_day);
                if served < month && served.first().date().year() == month.first().date().year() {
                    course.initial_this_year = Some(served);
                }
            }
            course.initial = anew;
            if served < month {
                course.before = Some(served);
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

    /// The months up to one with countable time, each with its first such day.
    fn service_months(&self, until: Month) -> BTreeMap<Month, Day> {
        let mut months: BTreeMap<Month, Day> = BTreeMap::new();
        for line in self.sheet.times.iter().filter(|line| line.day <= until.last().plus(1)) {
            self.counted_days(line, |day| {
                if day.month() <= until {
                    let first = months.entry(day.month()).or_insert(day);
                    *first = (*first).min(day);
                }
            });
        }
        months
    }
}

/// The first contact with the patient in the months that would make this one a later month, had they minutes.
pub(super) fn earlier_contact(sheet: &Flowsheet, month: Month, empty_months: u32) -> Option<Day> {
    let mut from = month;
    for _ in 0..empty_months {
        from = from.previous();
    }
    let within = |day: Day| day >= from.first() && day < month.first();
    sheet
        .contacts
        .iter()
        .find(|c| c.with_patient && within(c.day))
        .map(|c| c.day)
}

fn is_anew(before: Month, month: Month, gap: i32) -> bool {
    month.since(before) > gap
}
