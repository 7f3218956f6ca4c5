//! A PHQ-9 total and an item 9 that can't both be true.

use super::*;
use caseload::journal::facts::Concern;

const PATIENT: &str = "1,Abara,Iris,1970-01-02,Lee,Active,,7/15/2026,10,,,\n";

fn concern(plan: &ImportPlan) -> Option<Concern> {
    facts(plan, "1").into_iter().find_map(|fact| match fact {
        Fact::Concern(concern) => Some(concern),
        _ => None,
    })
}
fn known(plan: &ImportPlan) -> Vec<usize> {
    let scores = facts(plan, "1").into_iter().filter_map(|fact| match fact {
        Fact::Assessment(a) => match a.answers {
            Answered::Total { known, .. } => Some(known.len()),
            Answered::Items(_) => None,
        },
        _ => None,
    });
    scores.collect()
}

#[test]
fn a_total_that_proves_a_positive_item_9_is_kept_named_and_opens_the_concern() {
    for (total, item9, level) in [
        (25, "0", Level::Positive),
        (26, "0", Level::High),
        (27, "0", Level::High),
        (27, "2", Level::High),
        (26, "", Level::High),
    ] {
        let plan = small(PATIENT, &format!("1,10/1/2026,Follow Up,Phone,30,{total},{item9},,\n"));
        assert_eq!(
            totals(&plan, "1", "phq9").last().unwrap(),
            &("2026-10-01".to_owned(), total)
        );
        assert!(known(&plan).iter().all(|known| *known == 0), "{total} {item9}");
        let named = plan
            .problems
            .iter()
            .find(|p| matches!(p.reason, Reason::Item9BelowTotal { .. }));
        assert_eq!(named.is_some(), !item9.is_empty(), "{total} {item9}");
        if let Some(named) = named {
            assert_eq!((named.row, named.column.as_str()), (2, "PHQ9 item 9"));
            assert!(
                named
                    .reason
                    .to_string()
                    .contains(&format!("A total of {total} can't be"))
            );
        }
        let concern = concern(&plan).unwrap();
        assert_eq!((concern.level, concern.at), (level, When::Day(day("2026-10-01"))));
        let Because::Imported {
            value: None,
            flag: Some(flag),
        } = concern.because
        else {
            panic!("an imported concern without an answer")
        };
        assert_eq!(
            flag,
            format!("the total of {total} on 2026-10-01 can't be without a positive item 9")
        );
        assert_eq!(plan.triage.len(), 1);
    }
}

#[test]
fn a_later_item_9_of_0_makes_what_a_total_proved_history_as_it_does_with_answers() {
    let rows = "1,10/1/2026,Follow Up,Phone,30,26,0,,\n1,10/8/2026,Follow Up,Phone,30,9,0,,\n";
    assert_eq!(concern(&small(PATIENT, rows)), None);
    let rows = "1,10/1/2026,Follow Up,Phone,30,9,0,,\n1,10/8/2026,Follow Up,Phone,30,26,0,,\n";
    assert!(concern(&small(PATIENT, rows)).is_some());
}

#[test]
fn a_total_below_item_9_is_kept_without_it_and_the_answer_opens_the_concern() {
    let plan = small(PATIENT, "1,10/1/2026,Follow Up,Phone,30,1,3,,\n");
    assert_eq!(
        totals(&plan, "1", "phq9").last().unwrap(),
        &("2026-10-01".to_owned(), 1)
    );
    assert!(known(&plan).iter().all(|known| *known == 0));
    assert!(plan.problems.iter().any(|p| p.reason == Reason::Item9AboveTotal));
    let concern = concern(&plan).unwrap();
    assert_eq!(
        concern.because,
        Because::Imported {
            value: Some(3),
            flag: None
        }
    );
}
