//! What is drawn, and what the record tells by itself.

use super::*;
use crate::care::{Office, Protocol};
use crate::flowsheet::{ContactLine, Gates};
use crate::journal::facts::{ConsentHow, ContactKind, Mode};
use crate::journal::{EntryId, EpisodeId, Stamp, When, Zone};

fn charts(count: u8) -> Vec<ChartId> {
    (1..=count).map(|n| ChartId::from_random([n; 16])).collect()
}

#[test]
fn a_draw_can_be_repeated_holds_nobody_twice_and_takes_no_more_than_there_are() {
    let pool = charts(40);
    let first = draw(&pool, 7, 10);
    assert_eq!(first, draw(&pool, 7, 10));
    let backwards: Vec<ChartId> = pool.iter().rev().copied().collect();
    assert_eq!(
        first,
        draw(&backwards, 7, 10),
        "the list\u{2019}s order makes no difference"
    );
    assert_ne!(first, draw(&pool, 8, 10));
    let mut once = first.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 10);
    assert_eq!(draw(&charts(3), 7, 10).len(), 3);
    assert!(draw(&[], 7, 10).is_empty());
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn score(n: u8, on: &str, total: u16) -> ScoreLine {
    ScoreLine {
        entry: EntryId::from_time(1, [n; 10]),
        instrument: "phq9".to_owned(),
        at: When::Day(day(on)),
        day: day(on),
        total: Some(total),
        missing: 0,
        total_only: true,
        safety: crate::flowsheet::SafetyItem::NotKnown,
        acuity: None,
        stamp: Stamp::new(u64::from(n), 0, 0),
    }
}

fn contact(on: &str) -> ContactLine {
    ContactLine {
        entry: EntryId::from_time(2, [1; 10]),
        at: When::Day(day(on)),
        day: day(on),
        mode: Mode::Phone,
        kind: ContactKind::FollowUp,
        with_patient: true,
        stamp: Stamp::new(1, 0, 0),
    }
}

/// A patient enrolled on 1 September, in active treatment.
fn active() -> Flowsheet {
    let mut sheet = Flowsheet::empty(ChartId::from_random([1; 16]));
    sheet.episodes.push(EpisodeLine {
        episode: EpisodeId::from_random([1; 16]),
        opened: day("2026-09-01"),
        referred: None,
        target: Some("phq9".to_owned()),
        statuses: vec![(day("2026-09-01"), StatusLine::Active)],
        next_contact: None,
        contact_every: None,
        measures: Vec::new(),
        feedback: None,
    });
    sheet
}

#[test]
fn each_item_that_the_record_can_tell_is_answered_with_its_numbers() {
    use AuditAnswer::{No, NotApplicable, Yes};
    let protocol = Protocol::default_v1();
    let office = Office::of(&crate::journal::facts::Clinic {
        name: "Elm Street".to_owned(),
        zone: Zone::UTC,
        crisis_line: None,
        working_days: vec![crate::journal::facts::Weekday::Mon],
        payer_profile: "midpoint-g2214-16".to_owned(),
        of_age: None,
        consents_from: None,
    });
    let now = "2026-11-20T09:00:00+00:00".parse().unwrap();
    let at = AsOf::now(&protocol, &office, now);
    let bare = active();
    let mut kept = active();
    kept.gates = Gates {
        consents: vec![(day("2026-09-01"), Programme::Cocm, Some(ConsentHow::Verbal))],
        ..Gates::default()
    };
    kept.scores = vec![
        score(1, "2026-09-03", 18),
        score(2, "2026-10-20", 8),
        score(3, "2026-11-10", 6),
    ];
    kept.contacts = vec![contact("2026-11-02"), contact("2026-11-18")];
    let mut stuck = active();
    stuck.scores = vec![score(1, "2026-09-03", 18), score(2, "2026-10-20", 17)];
    stuck.treatments.push(crate::flowsheet::TreatmentLine {
        entry: EntryId::from_time(3, [1; 10]),
        day: day("2026-11-05"),
        kind: crate::journal::facts::ChangeKind::DoseChanged,
        recommendation: None,
    });
    let cases = [
        (&bare, "consent", Some(No), "none recorded"),
        (&kept, "consent", Some(Yes), "given 1 Sep 2026"),
        (&bare, "baseline", Some(No), "no PHQ-9 within 14 days of 1 Sep 2026"),
        (
            &kept,
            "baseline",
            Some(Yes),
            "PHQ-9 18 on 3 Sep 2026; enrolled 1 Sep 2026",
        ),
        (&kept, "recent_measure", Some(Yes), "PHQ-9 6 on 10 Nov 2026"),
        (&stuck, "recent_measure", Some(No), "last PHQ-9 17 on 20 Oct 2026"),
        (&kept, "contacts", Some(Yes), "2 in 30 days, the last 18 Nov 2026"),
        (&bare, "contacts", Some(No), "none in 30 days"),
        (
            &kept,
            "review",
            Some(NotApplicable),
            "PHQ-9 18 to 8 by week 8: improved",
        ),
        (
            &stuck,
            "review",
            Some(No),
            "PHQ-9 18 to 17 by week 8; none by 27 Oct 2026",
        ),
        (
            &stuck,
            "treatment_change",
            Some(Yes),
            "PHQ-9 18 to 17 by week 10; changed 5 Nov 2026",
        ),
        (&bare, "review", None, "no two PHQ-9 scores by week 8"),
        (&bare, "safety", Some(NotApplicable), "no closed concern"),
        (&bare, "goals", None, "read the plan"),
        (
            &bare,
            "relapse_plan",
            Some(NotApplicable),
            "not closed with its goals met",
        ),
    ];
    for (sheet, item, answer, shown) in cases {
        let got = found(sheet, item, &at);
        assert_eq!((got.answer, got.shown.as_str()), (answer, shown), "{item}");
    }
    let period = |from: &str, until: &str| Some((day(from), day(until)));
    let cases = [
        (None, true),
        (period("2026-08-01", "2026-08-31"), false),
        (period("2026-08-01", "2026-09-01"), true),
    ];
    for (period, wanted) in cases {
        assert_eq!(is_in(&bare, period, at.today), wanted, "{period:?}");
    }
}
