//! What holds for every instrument and all answers.

use caseload::instruments::{
    Answers, Context, Definition, FlagLevel, ItemId, Measure, MissingRule, ResultValue, SafetyAnswer, catalog,
    red_flags, score, score_total,
};
use proptest::prelude::*;

/// Whether the total is a sum that this item is part of (a Vanderbilt score leaves the performance items out).
fn counts_in_total(definition: &Definition, item: &ItemId) -> bool {
    let total = definition
        .results
        .iter()
        .find(|step| definition.total.as_ref() == Some(&step.key));
    match total.map(|step| &step.by) {
        Some(Measure::Sum { items, .. }) => items.is_empty() || items.contains(item),
        _ => true,
    }
}

/// An instrument and, for each of its questions that takes a number, an answer.
fn filled() -> impl Strategy<Value = (&'static Definition, Vec<(ItemId, i32)>)> {
    let has_answers = |it: &&Definition| it.all_items().next().is_some();
    let all: Vec<&'static Definition> = catalog().iter().filter(has_answers).collect();
    prop::sample::select(all).prop_flat_map(|definition| {
        let items: Vec<_> = definition
            .all_items()
            .filter_map(|item| {
                let (low, high) = definition.item_range(item)?;
                let values: Vec<i32> = (low..=high)
                    .filter(|value| {
                        let answer = Answers::from_iter([(item.id.clone(), *value)]);
                        answer.check(definition).is_ok()
                    })
                    .collect();
                Some((Just(item.id.clone()), prop::sample::select(values)))
            })
            .collect();
        (Just(definition), items)
    })
}

proptest! {
    #[test]
    fn the_order_in_which_answers_come_is_irrelevant(
        (definition, answers) in filled(),
        turn in 0_usize..20,
    ) {
        let mut turned = answers.clone();
        turned.rotate_left(turn % answers.len());
        turned.reverse();
        let [a, b] = [answers, turned].map(|answers| {
            score(definition, &Answers::from_iter(answers), &Context::new()).unwrap()
        });
        prop_assert_eq!(a, b);
    }

    #[test]
    fn a_total_stays_in_its_range((definition, answers) in filled()) {
        let scored = score(definition, &Answers::from_iter(answers), &Context::new()).unwrap();
        if let (Some(total), Some((low, high))) = (scored.total, definition.score_range) {
            prop_assert!(low <= total.points() && total.points() <= high);
            prop_assert_eq!(scored.band.is_some(), !definition.bands.is_empty());
        }
    }

    #[test]
    fn a_worse_answer_never_lowers_the_total(
        (definition, answers) in filled(),
        at in any::<prop::sample::Index>(),
    ) {
        let place = at.index(answers.len());
        let item = definition.item(&answers[place].0).unwrap();
        let (low, high) = definition.item_range(item).unwrap();
        let at_value = |value| {
            let mut answers = answers.clone();
            answers[place].1 = value;
            score(definition, &Answers::from_iter(answers), &Context::new()).unwrap().total
        };
        let (least, most) = if item.reversed { (high, low) } else { (low, high) };
        prop_assert!(at_value(least) <= at_value(answers[place].1));
        prop_assert!(at_value(answers[place].1) <= at_value(most));
    }

    #[test]
    fn an_unanswered_item_is_never_a_zero(
        (definition, answers) in filled(),
        at in any::<prop::sample::Index>(),
    ) {
        let mut answers = Answers::from_iter(answers);
        let before = score(definition, &answers, &Context::new()).unwrap();
        prop_assume!(definition.has_questions());
        let item = &definition.items[at.index(definition.items.len())];
        answers.clear(&item.id);
        let after = score(definition, &answers, &Context::new()).unwrap();
        prop_assume!(before.missing != after.missing);
        prop_assert!(!after.complete && after.missing.contains(&item.id));
        if counts_in_total(definition, &item.id) && !matches!(definition.missing, MissingRule::BlanksAllowed { .. }) {
            prop_assert_eq!(after.total, None);
            prop_assert_eq!(after.band, None);
        }
        let count = i32::try_from(after.missing.len()).unwrap();
        prop_assert_eq!(&after.results["n_missing"], &ResultValue::Number(count));
    }

    #[test]
    fn a_positive_safety_answer_is_raised_whatever_else_is_answered(
        (definition, answers) in filled(),
        keep in any::<u32>(),
    ) {
        let whole = Answers::from_iter(answers.clone());
        for safety in &definition.safety_items {
            let kept = answers.iter().enumerate().filter(|(place, (item, _))| {
                item == &safety.item || keep >> (place % 32) & 1 == 1
            });
            let part = Answers::from_iter(kept.map(|(_, answer)| answer.clone()));
            let positive = safety.positive_at <= whole.get(&safety.item).unwrap();
            let raised = red_flags(definition, &part, &Context::new())
                .iter()
                .any(|flag| FlagLevel::Positive <= flag.level);
            prop_assert!(!positive || raised);
            let scored = score(definition, &part, &Context::new()).unwrap();
            let answer = scored.safety[&safety.item];
            prop_assert_eq!(matches!(answer, SafetyAnswer::Positive(_)), positive);
        }
    }
}

proptest! {
    #[test]
    fn a_flag_on_an_answer_does_not_depend_on_the_total(
        (definition, answers) in filled(),
        others in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let before = red_flags(definition, &Answers::from_iter(answers.clone()), &Context::new());
        // Any answers that no safety rule reads are raised to their highest: the flags stay what they are.
        let read: Vec<String> = definition.red_flags.iter().map(|flag| format!("{:?}", flag.when)).collect();
        let mut raised = answers.clone();
        for index in others {
            let (item, value) = &mut raised[index.index(answers.len())];
            let named = format!("{:?}", item);
            if !read.iter().any(|rule| rule.contains(&named)) {
                *value = *definition.item_range(definition.item(item).unwrap()).map(|(_, high)| high).as_ref().unwrap();
            }
        }
        let raised = Answers::from_iter(raised);
        prop_assume!(raised.check(definition).is_ok());
        prop_assert_eq!(before, red_flags(definition, &raised, &Context::new()));
    }

    #[test]
    fn a_total_alone_gives_the_band_that_the_same_answers_give((definition, answers) in filled()) {
        let answers = Answers::from_iter(answers);
        let whole = score(definition, &answers, &Context::new()).unwrap();
        prop_assume!(definition.takes_total());
        let Some(total) = whole.total else { return Ok(()); };
        let alone = score_total(definition, total, &Answers::new(), &Context::new()).unwrap();
        prop_assert_eq!(&alone.band, &whole.band);
        prop_assert_eq!(alone.total, whole.total);
        for answer in alone.safety.values() {
            prop_assert!(matches!(answer, SafetyAnswer::NotAnswered | SafetyAnswer::NotAsked));
        }
    }
}
