//! A closed month stays as it was closed, on the page, in the biller's file and on paper.

use caseload::registry::PaperFor;

use super::claims::{file_of, money, paper};
use super::months::{clinician, consent, month, october, ready, spent};
use super::*;

fn file(desk: &mut Desk) -> String {
    String::from_utf8(file_of(desk, Request::MonthCsv(october()))).unwrap()
}

#[test]
fn a_closed_month_and_its_file_stay_as_they_were_when_the_clinics_profile_consent_or_npi_change() {
    let mut desk = Desk::new(191);
    let chart = ready(&mut desk);
    desk.save(Intent::CloseMonth(october())).unwrap();
    let (before, csv) = (month(&mut desk, "2026-10"), file(&mut desk));
    assert!(csv.contains("99492") && !before.rows[0].as_closed, "{csv}");

    // A stricter profile, under which 40 minutes support nothing.
    let strict = PayerProfileChange {
        name: "Lakeside plan".into(),
        base: "midpoint-g2214-30".into(),
        values: BTreeMap::from([("initial_from_seconds".to_owned(), 2_700)]),
    };
    desk.save(Intent::Office(vec![Fact::PayerProfileChange(strict)]))
        .unwrap();
    let Response::Settings(settings) = desk.ask(Request::Settings).unwrap() else {
        panic!("no settings")
    };
    let mut clinic = settings.clinic.clone();
    clinic.payer_profile = "Lakeside plan".to_owned();
    desk.save(Intent::Office(vec![
        Fact::Clinic(clinic),
        Fact::Person(clinician(None)),
    ]))
    .unwrap();
    let refusal = consent("2026-10-02", ConsentAnswer::Refused);
    desk.save(record(chart, vec![Fact::Consent(refusal)])).unwrap();

    let (after, csv) = (month(&mut desk, "2026-10"), file(&mut desk));
    let (was, is) = (&before.rows[0], &after.rows[0]);
    assert_eq!(
        (is.minutes, &is.codes, &is.supports, &is.kind, &is.profile, &is.to_send),
        (
            was.minutes,
            &was.codes,
            &was.supports,
            &was.kind,
            &was.profile,
            &was.to_send
        )
    );
    assert_eq!((&after.totals, after.closed_with), (&before.totals, before.closed_with));
    assert_eq!((is.next.clone(), is.is_unsettled, is.missing.len()), (None, false, 0));
    assert!(
        is.as_closed && is.late.is_some(),
        "and what would be otherwise now is told: {is:?}"
    );
    assert!(csv.contains(&was.profile) && !csv.contains("Lakeside plan"), "{csv}");
    assert_eq!(
        month(&mut desk, "2026-11").profile,
        "Lakeside plan (midpoint-g2214-30, changed by the clinic)"
    );
}

#[test]
fn what_was_missing_when_a_month_was_closed_stays_missing_in_it() {
    let mut desk = Desk::new(192);
    let chart = ready(&mut desk);
    desk.save(Intent::Office(vec![Fact::Person(clinician(None))])).unwrap();
    desk.save(Intent::CloseMonth(october())).unwrap();
    assert!(month(&mut desk, "2026-10").rows[0].missing[0].contains("has no NPI"));
    desk.save(Intent::Office(vec![Fact::Person(clinician(Some("1234567893")))]))
        .unwrap();
    let row = month(&mut desk, "2026-10").rows[0].clone();
    assert_eq!((row.codes.as_str(), row.supports.as_str()), ("", "99492"));
    assert_eq!(row.missing, ["When the month was closed this was missing: NPI."]);
    assert!(row.late.unwrap().contains("The codes would be 99492 instead of none"));
    let audit = paper(&mut desk, chart, PaperFor::Audit);
    assert!(
        audit.notes.iter().any(|note| note.contains("missing: NPI")),
        "{audit:?}"
    );
    assert!(
        !audit.notes.iter().any(|note| note.starts_with("Met, NPI")),
        "{audit:?}"
    );
}

#[test]
fn papers_of_a_closed_month_have_its_minutes_and_mark_or_leave_out_what_was_written_later() {
    let mut desk = Desk::new(193);
    let chart = ready(&mut desk);
    desk.save(Intent::CloseMonth(october())).unwrap();
    desk.save(record(chart, vec![spent("2026-10-06", 60)])).unwrap();
    let audit = paper(&mut desk, chart, PaperFor::Audit);
    let fact = |name: &str| audit.facts.iter().find(|(n, _)| n == name).unwrap().1.clone();
    assert_eq!(
        (fact("Minutes that count"), fact("Codes")),
        ("40".into(), "99492".into())
    );
    let last: Vec<&str> = audit.rows.iter().map(|row| row.last().unwrap().as_str()).collect();
    assert_eq!(
        last,
        [
            "Counts",
            "Counts. Written after the month was closed: in none of its minutes and codes"
        ]
    );
    assert!(
        !audit.notes.iter().any(|note| note.contains("which support 99492 and")),
        "{audit:?}"
    );
    let own = paper(&mut desk, chart, PaperFor::Patient);
    assert!(own.lead[0].contains("40 minutes on your care, on 1 day."), "{own:?}");
    assert_eq!(own.rows.len(), 1);
    assert!(
        own.notes
            .iter()
            .any(|note| note.contains("changed after the month was closed")),
        "{own:?}"
    );
}

#[test]
fn minutes_without_a_code_that_is_ready_are_told_apart_and_stand_as_they_were_closed() {
    let mut desk = Desk::new(194);
    let chart = ready(&mut desk);
    let sums = |desk: &mut Desk| {
        let short = money(desk, None).short.last().unwrap().clone();
        (short.reached, short.waiting, short.short)
    };
    assert_eq!(sums(&mut desk), (40, 0, 0));
    desk.save(Intent::Office(vec![Fact::Person(clinician(None))])).unwrap();
    assert_eq!(sums(&mut desk), (0, 40, 0), "something is missing");
    desk.save(Intent::CloseMonth(october())).unwrap();
    desk.save(record(chart, vec![spent("2026-10-06", 60)])).unwrap();
    assert_eq!(sums(&mut desk), (0, 40, 0), "as it was closed");
}

#[test]
fn a_month_that_is_over_names_no_next_code() {
    let mut desk = Desk::new(195);
    let chart = ready(&mut desk);
    desk.save(record(chart, vec![spent("2026-11-03", 25)])).unwrap();
    let over = month(&mut desk, "2026-10").rows[0].clone();
    assert!(over.next.is_none() && !over.why.contains("more reach"), "{over:?}");
    let runs = month(&mut desk, "2026-11").rows[0].clone();
    assert!(
        runs.next.is_some() && runs.why.contains("6 minutes more reach 99493"),
        "{runs:?}"
    );
}
