//! The law of this room: a positive answer stays on the list until somebody who had it in front of them closed its
//! concern, whatever two copies do in whatever order, with clocks that are days apart.

use std::collections::BTreeMap;

use caseload::care::Kind;
use caseload::instruments::positive_safety_answer;
use proptest::prelude::*;

use super::*;

#[derive(Clone, Copy, Debug)]
enum Deed {
    /// A PHQ-9 with this item 9, or an ASQ with a first question of yes (4) or acute (5).
    Take(u8),
    /// Everything done, every open concern closed.
    Close,
    /// What the other copy has comes in.
    Merge,
    /// The newest form of this copy was a mistake.
    Void,
    /// The newest form gets another item 9.
    Correct(u8),
}

fn deed() -> impl Strategy<Value = (bool, u32, Deed)> {
    let deed = prop_oneof![
        4 => (0u8..6).prop_map(Deed::Take),
        3 => Just(Deed::Close),
        2 => Just(Deed::Merge),
        1 => Just(Deed::Void),
        1 => (1u8..4).prop_map(Deed::Correct),
    ];
    (any::<bool>(), 0u32..12, deed)
}

fn close_all(copy: &mut Copy) {
    let open: Vec<ThingId> = copy.sheet().open_concerns().map(|c| c.concern).collect();
    for concern in open {
        let at = copy.now;
        let step = |step| {
            Fact::from(ConcernStep {
                concern,
                at,
                step,
                note: None,
            })
        };
        copy.record(vec![
            step(Step::SecondStep {
                assessment: None,
                outcome: "safe".to_owned(),
            }),
            step(Step::Told {
                who: Audience::Clinician,
                how: "phone".to_owned(),
                name: None,
            }),
            step(Step::NextContact { on: day("2026-12-24") }),
        ]);
        copy.carry_out(&Intent::CloseConcern {
            chart: chart(),
            concern,
            action: "plan made".to_owned(),
            reason: "no thoughts of it for a week".to_owned(),
            at,
        });
    }
}

/// Forms that stand and are positive, with the answer.
fn positives(copy: &Copy) -> BTreeMap<EntryId, u8> {
    let folded = copy.entries.fold();
    let positive = folded.live().iter().filter_map(|l| match &l.fact {
        Fact::Assessment(a) => Some((l.id, positive_safety_answer(a)?)),
        _ => None,
    });
    positive.collect()
}

/// What a person who closes a concern has in front of them: positive answers, and those that were taken back.
fn seen(copy: &Copy) -> BTreeMap<EntryId, u8> {
    let written = copy.entries.entries().filter_map(|e| match e.fact() {
        Fact::Assessment(a) => Some((e.id(), positive_safety_answer(a)?)),
        _ => None,
    });
    let mut seen: BTreeMap<EntryId, u8> = written.collect();
    seen.extend(positives(copy));
    seen
}

fn newest_form(copy: &Copy) -> Option<EntryId> {
    let folded = copy.entries.fold();
    folded
        .live()
        .iter()
        .rev()
        .find(|l| matches!(l.fact, Fact::Assessment(_)))
        .map(|l| l.id)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_positive_answer_is_on_the_list_until_somebody_who_knew_of_it_closed_its_concern(
        deeds in prop::collection::vec(deed(), 1..14),
    ) {
        let first = Copy::new(1).at("2026-11-10T10:00:00-05:00");
        let mut copies = [first.clone(), first.elsewhere(2)];
        // The highest answer of each form that a closing had in front of it.
        let mut seen_to: BTreeMap<EntryId, u8> = BTreeMap::new();
        for (second, ahead, deed) in deeds {
            let [a, b] = &mut copies;
            let (copy, other) = if second { (b, a) } else { (a, b) };
            copy.now = When::Day(day("2026-11-10").plus(ahead.into()));
            let now = copy.now.to_string();
            match deed {
                Deed::Take(item9 @ 0..4) => { copy.take(phq9(&now, item9)); }
                Deed::Take(more) => { copy.take(asq(&now, [1, 0, 0, 0, u8::from(more == 5)])); }
                Deed::Close => {
                    for (entry, value) in seen(copy) {
                        let known = seen_to.entry(entry).or_default();
                        *known = value.max(*known);
                    }
                    close_all(copy);
                }
                Deed::Merge => copy.merge(other),
                Deed::Void => if let Some(entry) = newest_form(copy) {
                    let reason = "mistake".to_owned();
                    copy.carry_out(&Intent::Void { chart: chart(), entries: vec![entry], reason });
                }
                Deed::Correct(item9) => if let Some(entry) = newest_form(copy) {
                    let fact = Box::new(phq9(&now, item9).into());
                    copy.carry_out(&Intent::Correct { chart: chart(), entry, fact, reason: None });
                },
            }
        }
        let [mut a, b] = copies;
        a.merge(&b);
        a.now = When::Day(day("2026-11-24"));
        let mut standing = positives(&a);
        standing.retain(|entry, value| seen_to.get(entry).is_none_or(|known| known < value));
        if !standing.is_empty() {
            let kind = a.item().map(|item| item.kind());
            prop_assert_eq!(kind, Some(Kind::Safety), "concerns {:?}", a.sheet().concerns);
        }
    }
}
