//! What holds for every caseload.

use caseload::care::{Kind, Worklist};
use caseload::flowsheet::{SafetyItem, StatusLine};
use caseload::journal::facts::{AppointmentState, ClockKind, CloseReason};
use proptest::prelude::*;

use super::build::*;
use super::list::list;

#[derive(Clone, Debug)]
struct Drawn {
    status: StatusLine,
    contact: u32,
    scores: Vec<(u16, u8, u32)>,
    concern: bool,
    missed: bool,
}

const MONTH: i64 = 50;

fn on(days_ago: u32) -> String {
    day(TODAY).plus(-i64::from(days_ago)).to_string()
}

fn patient(n: u8, drawn: &Drawn) -> Patient {
    let start = day(TODAY).plus(-MONTH).to_string();
    let mut patient = Patient::new(n)
        .episode(&start)
        .status(&start, drawn.status)
        .contact(&on(drawn.contact));
    for (total, item9, ago) in &drawn.scores {
        patient = patient.phq9_item9(*total, *item9, &on(*ago));
        if drawn.concern && 0 < *item9 {
            patient = patient.concern(&on(*ago), *item9);
        }
    }
    if drawn.missed {
        patient = patient.appointment(&on(1), AppointmentState::NoShow);
    }
    patient
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let status = prop_oneof![
        Just(StatusLine::Referred),
        Just(StatusLine::Enrolled),
        Just(StatusLine::Active),
        Just(StatusLine::RelapsePrevention),
        Just(StatusLine::OnHold { review: day("11-19") }),
        Just(StatusLine::Closed(CloseReason::GoalsMet)),
    ];
    let item9 = prop_oneof![4 => Just(0u8), 1 => 1u8..=3];
    let scores = prop::collection::vec((0u16..=27, item9, 0u32..45), 0..4);
    (status, 0u32..40, scores, any::<bool>(), any::<bool>()).prop_map(|(status, contact, scores, concern, missed)| {
        Drawn {
            status,
            contact,
            scores,
            concern,
            missed,
        }
    })
}

fn place(list: &Worklist, n: u8) -> usize {
    list.items
        .iter()
        .position(|item| item.chart.bytes()[0] == n)
        .unwrap_or(usize::MAX)
}

proptest! {
    #[test]
    fn raising_item_nine_never_lowers_a_place(
        caseload in prop::collection::vec(drawn(), 1..8),
        pick in any::<prop::sample::Index>(),
        which in any::<prop::sample::Index>(),
        by in 1u8..=3,
    ) {
        let build = |caseload: &[Drawn]| -> Vec<Patient> {
            (1..).zip(caseload).map(|(n, drawn)| patient(n, drawn)).collect()
        };
        let mut raised = caseload.clone();
        let chosen = pick.index(caseload.len());
        let scores = &mut raised[chosen].scores;
        prop_assume!(!scores.is_empty());
        let score = which.index(scores.len());
        scores[score].1 = (scores[score].1 + by).min(3);
        let n = u8::try_from(chosen).unwrap() + 1;
        let (before, after) = (list(&build(&caseload), TODAY), list(&build(&raised), TODAY));
        prop_assert!(place(&after, n) <= place(&before, n));
    }

    #[test]
    fn a_latest_positive_item_nine_is_on_top_whatever_the_total_and_the_status(
        drawn in drawn(), item9 in 1u8..=3, total in 0u16..=27,
    ) {
        let patient = patient(1, &drawn).phq9_item9(total, item9, TODAY);
        let found = list(&[patient, self::patient(2, &Drawn { scores: vec![], ..drawn })], TODAY);
        prop_assert_eq!(found.items[0].kind(), Kind::Safety);
        prop_assert_eq!(found.items[0].chart.bytes()[0], 1);
    }

    #[test]
    fn putting_off_never_hides_safety_and_never_loses_a_patient(
        caseload in prop::collection::vec(drawn(), 1..8),
        snoozes in prop::collection::vec((0usize..8, 0usize..10, 0u32..400), 0..12),
    ) {
        use ClockKind::*;
        let kinds = [Safety, Worsening, Missed, FirstContact, Contact, Measure, Review, Plan, Answer, Task];
        let build = || -> Vec<Patient> { (1..).zip(&caseload).map(|(n, d)| patient(n, d)).collect() };
        let mut off = build();
        for (who, clock, until) in &snoozes {
            let until = day(TODAY).plus(i64::from(*until)).to_string();
            let who = who % off.len();
            let patient = off.remove(who).snooze(kinds[*clock], TODAY, &until);
            off.insert(who, patient);
        }
        let (before, after) = (list(&build(), TODAY), list(&off, TODAY));
        for item in &before.items {
            let shown = after.items.iter().any(|i| i.chart == item.chart);
            let counted = after.put_off.iter().any(|i| i.chart == item.chart);
            prop_assert!(shown != counted, "each patient is in one of the two");
            prop_assert!(shown || item.kind() != Kind::Safety);
        }
        prop_assert_eq!(after.items.len() + after.put_off.len(), before.items.len());
        prop_assert!(after.put_off.len() <= after.snoozed);
    }

    #[test]
    fn the_order_is_the_kinds_and_does_not_depend_on_the_order_of_charts(
        caseload in prop::collection::vec(drawn(), 1..10),
    ) {
        let mut patients: Vec<Patient> = (1..).zip(&caseload).map(|(n, d)| patient(n, d)).collect();
        let found = list(&patients, TODAY);
        prop_assert!(found.items.is_sorted_by_key(|item| item.kind()));
        patients.reverse();
        prop_assert_eq!(list(&patients, TODAY), found);
    }

    #[test]
    fn a_chart_of_any_kind_says_something_and_never_panics(drawn in drawn(), known in any::<bool>()) {
        let item = if known { SafetyItem::Answered(0) } else { SafetyItem::NotKnown };
        let patient = patient(1, &drawn).form("phq9", None, TODAY, item, false);
        at(TODAY, |at| {
            for clock in caseload::care::clocks(&patient.sheet, at) {
                assert!(!clock.sentence().is_empty() && !clock.clears_sentence().is_empty());
                assert!(!clock.sentence().contains("Family"), "no name in a sentence");
            }
        });
    }
}
