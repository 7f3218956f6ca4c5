//! Published and derived scoring vectors, and the laws that every instrument keeps.

use std::collections::BTreeMap;

use caseload::instruments::{
    Answers, Basis, ChangeTest, Context, Definition, FlagLevel, InstrumentId, ItemId, LicenceTier, MissingPolicy,
    SafetyAnswer, Score, ScoreError, Trend, catalog, change, definition, derive_from_answers, derive_from_totals,
    inspect_score, red_flags, score, score_total,
};
use serde_json::Value;

mod deck;
mod laws;
mod own;
mod scores;
mod wording;

fn known(id: &str) -> &'static Definition {
    definition(&InstrumentId::from(id)).unwrap()
}

#[test]
fn a_minimal_total_with_item_nine_is_an_alert_before_it_is_a_total() {
    let phq9 = known("phq9");
    let mut answers = Answers::new();
    answers.set(ItemId::from("phq9_9"), 1);
    let early = red_flags(phq9, &answers, &Context::new());
    assert_eq!(early.len(), 1);
    assert_eq!(early[0].rule, "phq9_item9_positive");
    assert_eq!(early[0].level, FlagLevel::Positive);

    let whole = Answers::parse_positions(phq9, "0,0,0,0,0,0,0,0,2").unwrap();
    let scored = score(phq9, &whole, &Context::new()).unwrap();
    assert_eq!(scored.total, Some(Score::new(2)));
    assert_eq!(scored.band.as_ref().unwrap().name, "minimal");
    assert_eq!(scored.flags[0].level, FlagLevel::High);
    assert_eq!(scored.safety_answer(), SafetyAnswer::Positive(2));
}

#[test]
fn an_empty_form_has_no_score_and_a_form_of_zeros_has_zero() {
    for definition in catalog().iter().filter(|it| it.total.is_some()) {
        let empty = score(definition, &Answers::new(), &Context::new()).unwrap();
        assert_eq!(empty.total, None, "{}", definition.id);
        assert_eq!(empty.prorated, None, "{}", definition.id);
        assert!(!empty.complete, "{}", definition.id);
        let key = definition.total.as_ref().unwrap();
        assert_eq!(empty.results[key].number(), None, "{}", definition.id);
    }
    let zeros = Answers::parse_positions(known("gad7"), "0,0,0,0,0,0,0").unwrap();
    let scored = score(known("gad7"), &zeros, &Context::new()).unwrap();
    assert_eq!(scored.total, Some(Score::new(0)));
    assert_eq!(scored.band.unwrap().name, "minimal");
}

#[test]
fn a_safety_item_without_an_answer_is_asked_again() {
    let phq9 = known("phq9");
    let answers = Answers::parse_positions(phq9, "3,3,3,3,3,3,3,3,-").unwrap();
    let scored = score(phq9, &answers, &Context::new()).unwrap();
    assert_eq!(scored.safety_answer(), SafetyAnswer::NotAnswered);
    assert_eq!(scored.flags[0].rule, "phq9_9_not_answered");
    assert_eq!(scored.flags[0].level, FlagLevel::Prompt);
    let gad7 = Answers::parse_positions(known("gad7"), "0,0,0,0,0,0,0").unwrap();
    let scored = score(known("gad7"), &gad7, &Context::new()).unwrap();
    assert_eq!(scored.safety_answer(), SafetyAnswer::NotAsked);
}

#[test]
fn prorating_is_shown_but_taken_only_where_the_clinic_chose_it() {
    let phq9 = known("phq9");
    let answers = Answers::parse_positions(phq9, "1,2,3,0,1,-,2,3,0").unwrap();
    let shown = score(phq9, &answers, &Context::new()).unwrap();
    assert_eq!((shown.total, shown.band), (None, None));
    assert_eq!(shown.results["severity"].text(), None);
    assert_eq!(shown.prorated.unwrap().rounded, Score::new(14));

    let chosen = Context::new().with_missing(MissingPolicy::Prorate);
    let taken = score(phq9, &answers, &chosen).unwrap();
    assert_eq!(taken.basis, Basis::Prorated);
    assert_eq!(taken.total, Some(Score::new(14)));
    assert_eq!(taken.band.unwrap().name, "moderate");
    assert!(!taken.complete);

    // Three unanswered are too many, whatever the clinic chose.
    let sparse = Answers::parse_positions(phq9, "1,2,3,0,1,-,-,-,0").unwrap();
    let scored = score(phq9, &sparse, &chosen).unwrap();
    assert_eq!((scored.total, scored.prorated), (None, None));
    assert_eq!(scored.results["total"].number(), None);
}

#[test]
fn a_total_alone_leaves_the_safety_item_open_unless_it_is_given() {
    let phq9 = known("phq9");
    let none = Answers::new();
    let scored = score_total(phq9, Score::new(5), &none, &Context::new()).unwrap();
    assert_eq!(scored.basis, Basis::TotalOnly);
    assert_eq!(scored.results["severity"].text(), Some("mild"));
    assert_eq!(scored.results["item9_positive"].truth(), None);
    assert_eq!(scored.safety_answer(), SafetyAnswer::NotAnswered);
    assert_eq!(scored.flags[0].level, FlagLevel::Prompt);

    let item_9 = |value| Answers::from_iter([(ItemId::from("phq9_9"), value)]);
    let scored = score_total(phq9, Score::new(5), &item_9(2), &Context::new()).unwrap();
    assert_eq!(scored.safety_answer(), SafetyAnswer::Positive(2));
    let scored = score_total(phq9, Score::new(5), &item_9(0), &Context::new()).unwrap();
    assert_eq!(scored.safety_answer(), SafetyAnswer::Negative);
    assert!(scored.flags.is_empty());

    let refused = |total, items: &Answers| score_total(phq9, Score::new(total), items, &Context::new()).unwrap_err();
    assert!(matches!(
        refused(28, &none),
        ScoreError::TotalOutOfRange { low: 0, high: 27, .. }
    ));
    assert!(matches!(refused(-1, &none), ScoreError::TotalOutOfRange { .. }));
    assert!(matches!(
        refused(1, &item_9(2)),
        ScoreError::TotalContradictsItems { .. }
    ));
    assert!(matches!(
        refused(27, &item_9(2)),
        ScoreError::TotalContradictsItems { .. }
    ));
}

#[test]
fn a_refusal_names_the_item_and_never_the_answer() {
    let none = BTreeMap::new();
    let refusals = [
        ("phq9", "7,0,0,0,0,0,0,0,0", "PHQ-9: phq9_1 takes one of 0, 1, 2, 3"),
        ("phq9", "1,1,1,1,1,1,1,1", "PHQ-9 has 9 answers, 8 were given"),
        ("gad7", "0,0,0,0,0,0,sometimes", "GAD-7: gad7_7 takes one of 0, 1, 2, 3"),
        ("gad7", "0,0,0,0,0,0,", "GAD-7: gad7_7 takes one of 0, 1, 2, 3"),
    ];
    for (id, answers, sentence) in refusals {
        assert_eq!(inspect_score(id, answers, &none).unwrap_err().to_string(), sentence);
    }
    let unknown = inspect_score("phq10", "0", &none).unwrap_err().to_string();
    assert!(unknown.starts_with("no instrument phq10; known are "), "{unknown}");
    let odd = BTreeMap::from([("mood".to_owned(), "1".to_owned())]);
    let refused = inspect_score("phq2", "0,0", &odd).unwrap_err().to_string();
    assert_eq!(refused, "PHQ-2 takes no mood; it takes sex, age, missing");
}

#[test]
fn an_answer_may_be_given_by_its_label() {
    let none = BTreeMap::new();
    let words = "Nearly every day,several days,0";
    assert!(inspect_score("phq2", words, &none).is_err());
    let found = inspect_score("phq2", "Nearly every day, several days", &none).unwrap();
    assert_eq!(found["results"]["total"], 4);
    assert_eq!(found["complete"], true);
    assert_eq!(found["missing"], serde_json::json!([]));
}

#[test]
fn a_phq2_and_a_gad2_lie_in_the_longer_forms() {
    let table = [
        ("phq2", "phq9", "3,1,0,0,0,0,0,0,1", 4),
        ("gad2", "gad7", "2,2,3,3,3,3,3", 4),
    ];
    for (short, long, answers, total) in table {
        let answers = Answers::parse_positions(known(long), answers).unwrap();
        let derived = derive_from_answers(known(short), &InstrumentId::from(long), &answers);
        let scored = score(known(short), &derived.unwrap(), &Context::new()).unwrap();
        assert_eq!(scored.total, Some(Score::new(total)), "{short}");
        let other = derive_from_answers(known(short), &InstrumentId::from("phq15"), &answers);
        assert_eq!(other, None);
    }
    let partial = Answers::parse_positions(known("phq9"), "3,-,0,0,0,0,0,0,1").unwrap();
    let derived = derive_from_answers(known("phq2"), &InstrumentId::from("phq9"), &partial);
    let scored = score(known("phq2"), &derived.unwrap(), &Context::new()).unwrap();
    assert_eq!(scored.total, None);
}

fn results(instrument: &str, answers: &str, context: &[(&str, &str)]) -> Value {
    let context = context.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    inspect_score(instrument, answers, &context.collect()).unwrap()
}

#[test]
fn a_cut_off_that_depends_on_sex_is_unknown_without_it() {
    let table = [
        ("auditc", "1,1,1", "female", serde_json::json!(true)),
        ("auditc", "1,1,1", "male", serde_json::json!(false)),
        ("auditc", "1,1,1", "F", serde_json::json!(true)),
        ("auditc", "1,1,1", "not recorded", serde_json::json!("unknown")),
        ("pcptsd5", "1,1,1,0,0", "female", serde_json::json!(true)),
        ("pcptsd5", "1,1,1,0,0", "male", serde_json::json!(false)),
    ];
    for (instrument, answers, sex, expected) in table {
        let found = results(instrument, answers, &[("sex", sex)]);
        assert_eq!(found["results"]["positive"], expected, "{instrument} {sex}");
    }
    let found = results("auditc", "1,1,1", &[]);
    assert_eq!(found["results"]["positive"], "unknown");
    assert_eq!(found["results"]["total"], 3);
    // Not answered and not known are told apart.
    let found = results("auditc", "1,-,1", &[("sex", "male")]);
    assert_eq!(found["results"]["positive"], Value::Null);
}

#[test]
fn a_question_that_was_not_asked_is_not_missing() {
    let all_but_item_4 = "1,1,1,-,1,1,1,1,1,1,1,1,1,1,1";
    let man = results("phq15", all_but_item_4, &[("sex", "male")]);
    assert_eq!(
        (&man["complete"], &man["results"]["total"]),
        (&Value::Bool(true), &14.into())
    );
    for context in [vec![("sex", "female")], vec![]] {
        let found = results("phq15", all_but_item_4, &context);
        assert_eq!(found["missing"], serde_json::json!(["phq15_4"]));
        assert_eq!(found["results"]["total"], Value::Null);
    }
    // No such event: the screen stops at 0, whatever is on the sheet.
    for answers in ["-,-,-,-,-", "1,1,1,1,1"] {
        let found = results("pcptsd5", answers, &[("exposure", "no")]);
        assert_eq!(found["results"]["total"], 0, "{answers}");
        assert_eq!(found["complete"], true, "{answers}");
    }
    assert_eq!(
        results("pcptsd5", "-,-,-,-,-", &[("exposure", "yes")])["results"]["total"],
        Value::Null
    );
    // The AUDIT's skip rule: never drinks, so only the last two are asked.
    assert_eq!(results("audit", "0,-,-,-,-,-,-,-,2,0", &[])["results"]["total"], 2);
    assert_eq!(results("audit", "1,-,-,-,-,-,-,-,2,0", &[])["complete"], false);
    assert_eq!(results("audit", "3,0,0,-,-,-,-,-,0,0", &[])["results"]["total"], 3);
}

#[test]
fn a_screen_with_an_open_safety_question_has_no_result_and_still_alerts() {
    let open = results("asq", "1,0,0,0,-", &[]);
    assert_eq!(open["results"]["result"], Value::Null);
    assert_eq!(open["results"]["positive"], true);
    assert_eq!(open["flags"][0]["rule"], "asq_positive");
    assert_eq!(open["flags"][1]["rule"], "asq_5_not_answered");
    // All no: item 5 isn't asked, and that is not an open question.
    let negative = results("asq", "0,0,0,0,-", &[]);
    assert_eq!(negative["results"]["result"], "negative");
    assert_eq!(negative["complete"], true);
    assert_eq!(negative["flags"], serde_json::json!([]));
    // Item 5 alone changes nothing in the result; it is never silent.
    let odd = results("asq", "0,0,0,0,1", &[]);
    assert_eq!(odd["results"]["result"], "negative");
    assert_eq!(odd["flags"][0]["rule"], "asq_acute");
    // The triage may be higher than what has been answered so far: no milder result is given.
    let triage = results("cssrs_screen", "1,1,1,-,0,never", &[]);
    assert_eq!(triage["results"]["risk"], Value::Null);
    assert_eq!(triage["flags"][0]["level"], "positive");
}

#[test]
fn a_phq_ads_is_the_two_totals_and_needs_both() {
    let phqads = known("phqads");
    let mut totals = BTreeMap::from([(InstrumentId::from("phq9"), Score::new(15))]);
    assert_eq!(derive_from_totals(phqads, &totals), None);
    totals.insert(InstrumentId::from("gad7"), Score::new(14));
    let answers = derive_from_totals(phqads, &totals).unwrap();
    let scored = score(phqads, &answers, &Context::new()).unwrap();
    assert_eq!(scored.total, Some(Score::new(29)));
    assert_eq!(scored.band.unwrap().name, "moderate");
}

#[test]
fn where_higher_is_better_a_rise_is_better() {
    let who5 = known("who5");
    let rise = change(who5, Score::new(40), Some(Score::new(52))).unwrap();
    assert_eq!(rise.trend, Trend::Better);
    assert_eq!(rise.holds("meaningful_10"), Some(true));
    let fall = change(who5, Score::new(52), Some(Score::new(40))).unwrap();
    assert_eq!(fall.trend, Trend::Worse);
    assert_eq!(fall.holds("meaningful_10"), Some(false));
}

#[test]
fn text_that_may_not_be_shipped_is_not_here() {
    for definition in catalog().iter() {
        let worded = definition.items.iter().any(|item| !item.text.is_empty());
        let may = matches!(definition.licence_tier, LicenceTier::A | LicenceTier::AConditions);
        assert_eq!(worded, may, "{}", definition.id);
    }
}

#[test]
fn change_is_in_points_and_percent_and_says_when_it_is_not_defined() {
    let phq9 = known("phq9");
    let table = [
        // baseline, latest, points, percent, trend
        (16, 0, -16, Some(-100), Trend::Better),
        (0, 6, 6, None, Trend::Worse),
        (10, 16, 6, Some(60), Trend::Worse),
        (20, 10, -10, Some(-50), Trend::Better),
        (24, 14, -10, Some(-42), Trend::Better),
        (18, 8, -10, Some(-56), Trend::Better),
        (8, 7, -1, Some(-13), Trend::Better),
        (9, 9, 0, Some(0), Trend::Same),
    ];
    for (baseline, latest, points, percent, trend) in table {
        let found = change(phq9, Score::new(baseline), Some(Score::new(latest))).unwrap();
        assert_eq!(
            (found.points, found.percent, found.trend),
            (points, percent, trend),
            "{baseline} then {latest}"
        );
    }
    assert_eq!(change(phq9, Score::new(12), None), None);
    // Exactly half counts, one point less doesn't; worse is never an improvement in points or percent.
    let holds = |a, b, key| change(phq9, Score::new(a), Some(Score::new(b))).unwrap().holds(key);
    assert_eq!(holds(20, 10, "response_50"), Some(true));
    assert_eq!(holds(21, 11, "response_50"), Some(false));
    assert_eq!(holds(10, 16, "meaningful_change_5"), Some(false));
    assert_eq!(holds(10, 16, "cocm_improved"), Some(false));
    assert_eq!(holds(10, 16, "improved_by_magic"), None);
}

#[test]
fn the_wording_is_the_forms_own() {
    let phq9 = known("phq9");
    let text = |id: &str| phq9.item(&ItemId::from(id)).unwrap().text.as_str();
    assert_eq!(
        text("phq9_9"),
        "Thoughts that you would be better off dead or of hurting yourself in some way"
    );
    assert_eq!(phq9.items.len(), 9);
    // The codes of the difficulty answers are not in numeric order.
    let difficulty: Vec<_> = phq9.option_sets["difficulty"]
        .iter()
        .map(|option| (option.value, option.loinc.as_deref().unwrap()))
        .collect();
    let codes = ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"];
    assert_eq!(difficulty, [0, 1, 2, 3].into_iter().zip(codes).collect::<Vec<_>>());
    // A widely copied variant of the GAD-7 prints "Not at all sure".
    assert_eq!(known("gad7").option_sets["freq"][0].label, "Not at all");
    for definition in catalog().iter() {
        assert!(!definition.notice.is_empty(), "{}", definition.id);
        assert!(!definition.source.is_empty(), "{}", definition.id);
    }
}

#[test]
fn no_named_change_rests_on_a_line_that_every_score_passes() {
    for definition in catalog().iter() {
        for rule in &definition.change {
            assert!(!rule.any.is_empty(), "{}", rule.key);
            for test in &rule.any {
                let (ChangeTest::BetterByPoints(line)
                | ChangeTest::BetterByPercent(line)
                | ChangeTest::LatestBelow(line)
                | ChangeTest::BaselineAtLeast(line)) = test;
                assert!(*line > 0, "{} {}", definition.id, rule.key);
            }
        }
    }
}
