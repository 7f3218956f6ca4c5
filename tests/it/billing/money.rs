//! Amounts against published rows, what may go to a payer, choices by payer, documentation, and a large caseload's month.

use std::collections::BTreeMap;

use caseload::billing::{
    Cents, Fees, GateKind, GateState, MonthKind, Profile, Profiles, close_month, codes, conflicts_in_month, standing,
    to_send,
};
use caseload::flowsheet::{ClaimLine, Flowsheet, Lack};
use caseload::journal::facts::{ClaimState, PayerChoice};
use caseload::journal::{ChartId, EntryId, Month, Seconds};

use super::sample::{NEW_YORK, day, month_by, ready, team, time, with, zone};

fn fees(name: &str) -> &'static Fees {
    Fees::shipped().iter().find(|fees| fees.name == name).unwrap()
}

fn march() -> Month {
    "2026-03".parse().unwrap()
}

#[test]
fn published_prices_come_out_to_the_cent_under_their_named_schedule() {
    let file = std::fs::read_to_string("tests/data/billing/prices.csv").unwrap();
    let mut rows = 0;
    for line in file.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [case, profile, kind, minutes, schedule, expected] = cells[..] else {
            panic!("{line}")
        };
        let fees = fees(schedule);
        let one = |code: &str| fees.price(&BTreeMap::from([(code.to_owned(), 1)])).sum;
        let price = if let ("difference", Some((more, less))) = (kind, minutes.split_once('-')) {
            Some(Cents(one(more).0 - one(less).0))
        } else {
            let kind = match kind {
                "initial" => MonthKind::Initial,
                _ => MonthKind::Subsequent,
            };
            let seconds = Seconds(minutes.parse::<u32>().unwrap() * 60);
            let suggested = codes(&Profile::shipped(profile).unwrap(), kind, seconds).codes;
            let units: BTreeMap<String, u32> = suggested
                .iter()
                .map(|c| (c.code.as_str().to_owned(), c.units))
                .collect();
            let price = fees.price(&units);
            assert_eq!(price.unpriced, Vec::<String>::new(), "{case}");
            (!units.is_empty()).then_some(price.sum)
        };
        let said = price.map_or_else(|| "no price".to_owned(), |price| price.text().replace('$', ""));
        assert_eq!(said, expected, "{case}");
        rows += 1;
    }
    assert_eq!(rows, 7);
}

#[test]
fn a_code_without_an_amount_is_named_and_not_counted_as_free() {
    let units = BTreeMap::from([("99493".to_owned(), 1), ("G2214".to_owned(), 1)]);
    let price = fees("2026-national").price(&units);
    assert_eq!((price.sum, price.unpriced), (Cents(14496), vec!["G2214".to_owned()]));
}

fn claim(code: &str, units: u32, state: ClaimState, on: &str) -> ClaimLine {
    ClaimLine {
        entry: EntryId::from_random([9; 16]),
        month: march(),
        code: code.into(),
        units,
        state,
        day: day(on),
        reason: None,
    }
}

fn claimed(lines: impl IntoIterator<Item = ClaimLine>) -> Flowsheet {
    let mut sheet = ready();
    sheet.gates.claims.extend(lines);
    sheet
}

#[test]
fn a_month_that_went_does_not_go_twice_and_what_was_denied_goes_again() {
    use ClaimState::{Claimed, Denied, Sent};
    let both = BTreeMap::from([("99493".to_owned(), 1), ("99494".to_owned(), 2)]);
    let going = |lines: Vec<ClaimLine>| {
        let sheet = claimed(lines);
        let may = to_send(&both, &standing(&sheet, march()));
        (may.codes.into_keys().collect::<Vec<_>>().join(" "), may.left_out.len())
    };
    assert_eq!(going(Vec::new()), ("99493 99494".to_owned(), 0));
    let sent = |code| claim(code, 1, Sent, "2026-04-03");
    assert_eq!(going(vec![sent("99493"), sent("99494")]), (String::new(), 2));
    // What was never sent with the month doesn't go by itself afterwards.
    assert_eq!(going(vec![sent("99493")]), (String::new(), 2));
    let denied = |code| claim(code, 1, Denied, "2026-04-20");
    assert_eq!(
        going(vec![sent("99493"), sent("99494"), denied("99494")]),
        ("99494".to_owned(), 1)
    );
    let all = vec![sent("99493"), sent("99494"), denied("99493"), denied("99494")];
    assert_eq!(going(all.clone()), ("99493 99494".to_owned(), 0));
    // Sent anew after the denial, and taken.
    let again = all
        .into_iter()
        .chain([claim("99493", 1, Claimed, "2026-05-02")])
        .collect();
    assert_eq!(going(again), ("99494".to_owned(), 1));
    // Another month's claim, and a code of another service, say nothing.
    let mut other = sent("99493");
    other.month = "2026-02".parse().unwrap();
    assert_eq!(going(vec![other, sent("99490")]).0, "99493 99494");
}

#[test]
fn what_went_for_the_month_blocks_or_warns_against_what_would_go() {
    let profile = Profile::default();
    let ready = BTreeMap::from([("99493".to_owned(), 1)]);
    let found = |code: &str, state| {
        let sheet = claimed([claim(code, 1, state, "2026-04-03")]);
        let conflicts = conflicts_in_month(&profile, &ready, &standing(&sheet, march()), march());
        conflicts.iter().map(|conflict| conflict.blocks).collect::<Vec<_>>()
    };
    assert_eq!(found("99484", ClaimState::Sent), [true]);
    assert_eq!(found("99484", ClaimState::Denied), Vec::<bool>::new());
    assert_eq!(
        found("G0557", ClaimState::Claimed),
        [false],
        "advanced primary care: sources disagree"
    );
    assert_eq!(found("99490", ClaimState::Sent), Vec::<bool>::new());
}

/// GT08: a second practitioner had reported the month already, as the clinic learned from the payer.
#[test]
fn a_month_that_another_practitioner_reported_does_not_go_and_says_so() {
    let zone = zone(NEW_YORK);
    let sheet = with(
        claimed([claim("99492", 1, ClaimState::Claimed, "2026-04-03")]),
        [time(zone, "2026-03-05", 50 * 60)],
    );
    let month = month_by(&sheet, "2026-03", &Profile::default());
    let ready: BTreeMap<String, u32> = month
        .billable()
        .iter()
        .map(|one| (one.code.as_str().to_owned(), one.units))
        .collect();
    assert_eq!(ready.keys().collect::<Vec<_>>(), ["99492"]);
    let may = to_send(&ready, &standing(&sheet, march()));
    assert!(may.codes.is_empty());
    assert!(format!("{:?}", may.left_out).contains("99492"), "{:?}", may.left_out);
}

#[test]
fn a_choice_for_a_payer_settles_its_months_and_no_other_payers() {
    let zone = zone(NEW_YORK);
    let of = |number: u8, payer: Option<&str>| {
        let mut sheet = with(
            ready(),
            [time(zone, "2026-02-01", 600), time(zone, "2026-03-05", 20 * 60)],
        );
        sheet.chart = ChartId::from_random([number; 16]);
        if let Some(payer) = payer {
            sheet.gates.payers.push((day("2026-01-01"), payer.into(), None));
        }
        sheet
    };
    let sheets = [of(1, Some("Medicare")), of(2, Some("Lakeside")), of(3, None)];
    let choice = |payer: &str, minutes| PayerChoice {
        payer: payer.into(),
        g2214_minutes: minutes,
        day: day("2026-04-01"),
        source: None,
    };
    let told = |choices: &[PayerChoice]| {
        let profiles = Profiles::new("midpoint-g2214-16", &[]).unwrap().with_choices(choices);
        let rows = close_month(&sheets, march(), &profiles, &team(), zone, day("2026-04-02"));
        rows.iter()
            .map(|row| (row.supported.len(), row.unsettled))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&[]), [(1, true); 3]);
    assert_eq!(told(&[choice(" medicare ", 16)]), [(1, false), (1, true), (1, true)]);
    assert_eq!(
        told(&[choice("Medicare", 30), choice("", 16)]),
        [(0, false), (1, true), (1, false)]
    );
    let profile = Profile::default();
    assert!(profile.with_g2214_from(20).is_none(), "neither of the two readings");
    let chosen = profile.with_g2214_from(30).unwrap();
    let value = chosen
        .values()
        .into_iter()
        .find(|value| value.name == "g2214_from_seconds")
        .unwrap();
    assert_eq!((value.number, value.standing.word()), (1800, "unverified"));
}

#[test]
fn counted_entries_that_lack_what_an_audit_asks_for_are_a_gate_and_others_are_not() {
    let zone = zone(NEW_YORK);
    let state = |lacks: Vec<Lack>, count: &str| {
        let mut line = time(zone, count, 40 * 60);
        line.lacks = lacks;
        let month = month_by(&with(ready(), [line]), "2026-03", &Profile::default());
        let gate = month.gates.iter().find(|gate| gate.kind == GateKind::Documentation);
        gate.map(|gate| (gate.state, month.billable().len()))
    };
    assert_eq!(state(vec![], "2026-03-05"), Some((GateState::Met, 1)));
    assert_eq!(state(vec![Lack::Mode], "2026-03-05"), Some((GateState::Warning, 1)));
    // Nothing counts in this month, so there is nothing to document for it.
    assert_eq!(state(vec![Lack::Mode], "2026-02-05"), None);
}

#[test]
fn a_month_of_ten_thousand_patients_has_a_row_for_each() {
    let zone = zone(NEW_YORK);
    let entries: Vec<_> = (1..=8)
        .map(|n| time(zone, &format!("2026-03-{:02}T10:00:00-05:00", n * 2), 600))
        .collect();
    let sheets: Vec<Flowsheet> = (0_u32..10_000)
        .map(|number| {
            let mut sheet = with(ready(), entries.iter().cloned());
            let mut id = [3; 16];
            id[..4].copy_from_slice(&number.to_be_bytes());
            sheet.chart = ChartId::from_random(id);
            sheet
        })
        .collect();
    let profiles = Profiles::new("midpoint-g2214-16", &[]).unwrap();
    let rows = close_month(&sheets, march(), &profiles, &team(), zone, day("2026-04-02"));
    assert_eq!((rows.len(), rows[0].minutes), (10_000, 80));
}
