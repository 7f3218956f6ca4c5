//! The month of a caseload.

use caseload::billing::{GateKind, Profile, Profiles, close_month};
use caseload::flowsheet::Flowsheet;
use caseload::journal::{ChartId, Seconds};

use super::sample::{NEW_YORK, day, ready, team, time, with, zone};

fn numbered(number: u8, sheet: Flowsheet) -> Flowsheet {
    Flowsheet {
        chart: ChartId::from_random([number; 16]),
        ..sheet
    }
}

#[test]
fn a_row_has_what_a_biller_needs_and_patients_without_time_have_none() {
    let zone = zone(NEW_YORK);
    let mut unready = with(ready(), [time(zone, "2026-03-05", 40 * 60)]);
    unready.gates.diagnoses.clear();
    let mut erased = with(ready(), [time(zone, "2026-03-05", 40 * 60)]);
    erased.erased = true;
    let mut four = with(
        ready(),
        [time(zone, "2026-02-01", 600), time(zone, "2026-03-05", 206 * 60)],
    );
    four.gates
        .payers
        .push((day("2026-01-01"), "Medicaid".into(), Some("midpoint-cap4".into())));
    let sheets = [
        numbered(1, with(ready(), [time(zone, "2026-02-27", 3600)])),
        numbered(2, unready),
        numbered(3, erased),
        numbered(4, four),
        numbered(5, with(ready(), [time(zone, "2026-03-05", 20 * 60)])),
    ];
    let profiles = Profiles::new("midpoint-g2214-16", &[]).unwrap();
    let rows = close_month(
        &sheets,
        "2026-03".parse().unwrap(),
        &profiles,
        &team(),
        zone,
        day("2026-04-02"),
    );
    let brief: Vec<_> = rows
        .iter()
        .map(|r| (r.chart, r.minutes, r.is_ready(), r.unsettled))
        .collect();
    let chart = |n: usize| sheets[n].chart;
    assert_eq!(
        brief,
        [
            (chart(1), 40, false, false),
            (chart(3), 206, true, false),
            (chart(4), 20, false, true)
        ]
    );
    assert_eq!(
        (rows[0].supported.len(), rows[0].codes.len(), &rows[0].missing[..]),
        (1, 0, &[GateKind::Diagnosis][..])
    );
    assert_eq!(
        (rows[1].profile.as_str(), rows[1].codes[1].units, rows[1].next),
        ("midpoint-cap4", 4, None)
    );
}

#[test]
fn time_that_crosses_into_the_month_brings_its_patient_onto_the_list() {
    let zone = zone(NEW_YORK);
    let sheets = [with(ready(), [time(zone, "2026-02-28T23:50:00-05:00", 1800)])];
    let profiles = Profiles::only(Profile::shipped("midpoint-g2214-30").unwrap());
    let rows = close_month(
        &sheets,
        "2026-03".parse().unwrap(),
        &profiles,
        &team(),
        zone,
        day("2026-04-02"),
    );
    assert_eq!((rows.len(), rows[0].seconds), (1, Seconds(1200)));
}
