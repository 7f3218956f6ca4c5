//! Flowsheets for tests, with one line for each thing that matters.

use caseload::flowsheet::{Flowsheet, TimeLine};
use caseload::journal::facts::{Activity, Bucket, Clocked, ConsentHow, Programme, Role};
use caseload::journal::{ChartId, Day, EntryId, PersonId, Seconds, When, Zone};

use caseload::billing::{DEFAULT_PROFILE, Profile, ServiceMonth, Team, service_month};

pub const NEW_YORK: &str = "America/New_York";

pub fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The person with this number.
pub fn person(number: u8) -> PersonId {
    PersonId::from_random([number; 16])
}

/// Person 1 manages care, 2 is the consultant, 3 the clinician, 4 a trainee.
pub fn team() -> Team {
    Team::new([
        (person(1), Role::CareManager),
        (person(2), Role::Consultant),
        (person(3), Role::Clinician),
        (person(4), Role::Trainee),
    ])
    .with_npi(person(3), "1234567893")
}

/// A patient with consent, diagnosis, clinician and visit since the start of 2026.
pub fn ready() -> Flowsheet {
    let mut sheet = Flowsheet::empty(ChartId::from_random([9; 16]));
    sheet
        .gates
        .consents
        .push((day("2026-01-01"), Programme::Cocm, Some(ConsentHow::Verbal)));
    sheet.gates.diagnoses.push(("F33.1".into(), day("2026-01-01"), None));
    sheet.gates.initiating_visits.push(day("2025-12-15"));
    sheet.who.clinician = Some(person(3));
    sheet
}

/// Follow-up time of the care manager; more lines differ by changing the fields.
pub fn time(zone: Zone, start: &str, seconds: u32) -> TimeLine {
    let start: When = start.parse().unwrap();
    let mut id = [0u8; 16];
    let text = format!("{start}{seconds}");
    for (i, byte) in text.bytes().enumerate() {
        id[i % 16] = id[i % 16].wrapping_mul(31) ^ byte;
    }
    TimeLine {
        entry: EntryId::from_random(id),
        start,
        day: start.day(zone),
        seconds: Seconds(seconds),
        activity: Activity::FollowUp,
        bucket: Bucket::Cocm,
        by: person(1),
        clocked: Clocked::Typed,
        mode: None,
        lacks: Vec::new(),
        own: None,
    }
}

/// The sheet with these lines.
pub fn with(mut sheet: Flowsheet, lines: impl IntoIterator<Item = TimeLine>) -> Flowsheet {
    sheet.times.extend(lines);
    sheet
}

/// The month under the default profile, with all that is known a year later.
pub fn month_of(sheet: &Flowsheet, month: &str) -> ServiceMonth {
    let profile = Profile::shipped(DEFAULT_PROFILE).unwrap();
    month_by(sheet, month, &profile)
}

pub fn month_by(sheet: &Flowsheet, month: &str, profile: &Profile) -> ServiceMonth {
    service_month(
        sheet,
        month.parse().unwrap(),
        profile,
        &team(),
        zone(NEW_YORK),
        day("2027-12-31"),
    )
}
