//! Who has how many patients.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::books::Books;
use super::queries::{about, status_words};
use super::views::*;
use crate::care;
use crate::flowsheet::StatusLine;
use crate::journal::PersonId;
use crate::journal::facts::Role;
use crate::store::Store;
use crate::vault::Aead;

/// What is said of the size of a full-time care manager's caseload. The sources differ widely: context, and no alarm.
const SIZES: [(&str, &str); 5] = [
    (
        "90 to 120 patients: behavioral health only, low complexity",
        "AIMS Center caseload size guidance, mirror https://info.5y1.org/va-medical-center-complexity-level_1_7e22c4.html",
    ),
    (
        "50 to 75 patients: behavioral and medical, Medicaid or uninsured, high complexity",
        "the same guidance",
    ),
    (
        "100 to 150 patients: IMPACT sites",
        "https://impact-uw.net/implementation/buildingteam.html",
    ),
    (
        "about 100 patients: MetroHealth",
        "https://midusforhiv.org/implementation/plan-for-clinical-practice-change/caseload-recommendations/",
    ),
    (
        "37 to 56 patients enrolled per full-time care manager, as observed in New York from 2015 to 2017",
        "https://implementationscience.biomedcentral.com/articles/10.1186/s13012-018-0818-6/tables/2",
    ),
];

impl<S: Store, A: Aead> Books<S, A> {
    /// Patients by care manager, without the closed ones; the unassigned first.
    pub fn shares(&self, at: DateTime<FixedOffset>) -> SharesView {
        let today = self.zone().day(at);
        let moment = self.as_of(at);
        let mut shares: BTreeMap<(bool, String, Option<PersonId>), ShareView> = BTreeMap::new();
        let managers = self
            .office
            .people
            .values()
            .filter(|p| p.same_as.is_none() && p.role == Role::CareManager);
        let known: Vec<Option<PersonId>> = std::iter::once(None).chain(managers.map(|p| Some(p.person))).collect();
        let key = |person: Option<PersonId>| {
            let name = person.map_or_else(|| "Nobody".to_owned(), |p| self.office.name(p));
            (person.is_some(), name, person)
        };
        for person in known {
            shares.insert(key(person), empty(person, key(person).1));
        }
        for sheet in self.sheets.values().filter(|sheet| !sheet.erased) {
            let status = sheet.status_on(today);
            let has_concern = sheet.open_concerns().next().is_some();
            if matches!(status, Some(StatusLine::Closed(_))) && !has_concern {
                continue;
            }
            let person = sheet.care_manager_on(today);
            let share = shares
                .entry(key(person))
                .or_insert_with(|| empty(person, key(person).1));
            match status {
                Some(StatusLine::Enrolled | StatusLine::Active) => share.active += 1,
                Some(StatusLine::RelapsePrevention) => share.relapse_prevention += 1,
                _ => share.other += 1,
            }
            share.concerns += u32::from(has_concern);
            let late = care::clocks(sheet, &moment)
                .iter()
                .any(|clock| clock.fires() && 0 < clock.late_days());
            share.late += u32::from(late);
            let status = format!("{}, {}", about(sheet, today), status_words(status));
            share.patients.push((sheet.chart, sheet.list_name(), status));
        }
        let mut people: Vec<(PersonId, String)> = self
            .office
            .people
            .values()
            .filter(|p| !p.left && p.same_as.is_none() && p.role == Role::CareManager)
            .map(|p| (p.person, p.name.clone()))
            .collect();
        people.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        let mut shares: Vec<ShareView> = shares.into_values().collect();
        for share in &mut shares {
            share.patients.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        }
        SharesView {
            today,
            shares,
            sizes: SIZES
                .iter()
                .map(|(words, source)| ((*words).to_owned(), (*source).to_owned()))
                .collect(),
            people,
        }
    }
}

fn empty(person: Option<PersonId>, name: String) -> ShareView {
    ShareView {
        person,
        name,
        active: 0,
        relapse_prevention: 0,
        other: 0,
        concerns: 0,
        late: 0,
        patients: Vec::new(),
    }
}
