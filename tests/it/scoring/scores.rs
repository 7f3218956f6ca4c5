//! Instruments that are entered by their score, and what is entered beside it.

use std::collections::BTreeMap;

use caseload::instruments::{
    Answers, AssessmentError, Basis, Catalog, Context, Definition, Entry, FlagLevel, InstrumentId, ItemId,
    SafetyAnswer, Score, ScoreError, catalog, definition_taken, inspect_score, positive_safety_answer, score,
    score_assessment, score_total,
};
use caseload::journal::facts::{Answered, Assessment, Taken};
use serde_json::Value;

use super::known;

fn answers(known: &[(&str, i32)]) -> Answers {
    known
        .iter()
        .map(|(item, value)| (ItemId::from(*item), *value))
        .collect()
}

fn results(instrument: &str, typed: &str, context: &[(&str, &str)]) -> Value {
    let context = context.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    inspect_score(instrument, typed, &context.collect()).unwrap()
}

#[test]
fn item_ten_of_the_epds_alarms_whatever_the_total() {
    let epds = known("epds");
    let scored = score_total(epds, Score::new(3), &answers(&[("epds_10", 1)]), &Context::new()).unwrap();
    assert_eq!(scored.flags[0].rule, "epds_item10_positive");
    assert_eq!(scored.flags[0].level, FlagLevel::Positive);
    assert_eq!(scored.safety_answer(), SafetyAnswer::Positive(1));
    assert_eq!(scored.results["possible"].truth(), Some(false));
    let open = score_total(epds, Score::new(14), &Answers::new(), &Context::new()).unwrap();
    assert_eq!(open.safety_answer(), SafetyAnswer::NotAnswered);
    assert_eq!(open.results["likely"].truth(), Some(true));
    // On the command line: the total, and the item by its short name.
    let typed = results("epds", "12", &[("item10", "0")]);
    assert_eq!(
        (&typed["results"]["total"], &typed["flags"]),
        (&12.into(), &serde_json::json!([]))
    );
    assert_eq!(typed["basis"], "total_only");
    assert_eq!(typed["results"]["possible"], true);
    let none = results("epds", "-", &[("item10", "2")]);
    assert_eq!(
        (&none["results"]["total"], &none["flags"][0]["level"]),
        (&Value::Null, &"positive".into())
    );
    let refused = inspect_score("epds", "many", &BTreeMap::new()).unwrap_err();
    assert_eq!(refused.to_string(), "EPDS goes from 0 to 30");
    assert_eq!(typed["results"]["likely"], false);
}

#[test]
fn subscales_can_be_entered_beside_a_total() {
    let scared = known("scared_parent");
    let beside = answers(&[("panic_somatic", 7), ("school", 2)]);
    let scored = score_total(scared, Score::new(30), &beside, &Context::new()).unwrap();
    assert_eq!(scored.basis, Basis::TotalOnly);
    assert_eq!(scored.results["total_positive"].truth(), Some(true));
    assert_eq!(scored.results["panic_positive"].truth(), Some(true));
    assert_eq!(scored.results["school_positive"].truth(), Some(false));
    // A subscale that isn't known is not 0.
    assert_eq!(scored.results["social"].number(), None);
    assert_eq!(scored.results["social_positive"].truth(), None);
    let refused = score_total(scared, Score::new(30), &answers(&[("school", 9)]), &Context::new()).unwrap_err();
    assert!(matches!(refused, ScoreError::NotAnAnswer { .. }), "{refused}");
    let odd = score_total(
        scared,
        Score::new(30),
        &answers(&[("panic_positive", 1)]),
        &Context::new(),
    )
    .unwrap_err();
    assert!(matches!(odd, ScoreError::UnknownItem { .. }), "{odd}");
}

#[test]
fn a_form_by_a_parent_is_not_the_form_by_a_child() {
    for (id, improved_at) in [("smfq_child", 8), ("smfq_parent", 6)] {
        let form = known(id);
        assert_eq!((form.items.len(), form.score_range), (13, Some((0, 26))), "{id}");
        let to = |points| caseload::instruments::change(form, Score::new(16), Some(Score::new(points))).unwrap();
        assert_eq!(to(16 - improved_at).holds("nys_improved"), Some(true), "{id}");
        assert_eq!(to(17 - improved_at).holds("nys_improved"), Some(false), "{id}");
    }
    for (child, parent) in [("smfq_child", "smfq_parent"), ("scared_child", "scared_parent")] {
        assert_ne!(known(child).short_title, known(parent).short_title);
        assert_ne!(known(child).respondent, known(parent).respondent);
    }
}

#[test]
fn both_published_performance_rules_are_shown_beside_each_other() {
    // Six of the first nine at 2, and one performance item at 4: enough by one rule, too few by the other.
    let mut typed = vec!["0"; 47];
    typed[..6].fill("2");
    let mut performance = vec!["3"; 8];
    performance[0] = "4";
    typed.extend(performance);
    let found = results("vanderbilt_parent", &typed.join(","), &[]);
    assert_eq!(found["results"]["inattentive_type"], false);
    assert_eq!(found["results"]["inattentive_type_any"], true);
    assert_eq!(found["results"]["symptom_score"], 12);

    let mut teacher = vec!["0"; 35];
    teacher[9..15].fill("3");
    teacher.extend(["1", "1", "5", "1", "1", "1", "1", "1"]);
    let found = results("vanderbilt_teacher", &teacher.join(","), &[]);
    assert_eq!(found["results"]["hyperactive_type"], true);
    assert_eq!(found["results"]["inattentive_type"], false);
    assert_eq!(found["results"]["n_hyperactive"], 6);
}

#[test]
fn a_substance_that_was_not_asked_about_has_no_result() {
    let found = results("taps2", "0,2,-,-,-,1,-,-", &[]);
    assert_eq!(found["results"]["tobacco"], "no_use_past_3_months");
    assert_eq!(found["results"]["alcohol"], "higher_risk");
    assert_eq!(found["results"]["marijuana"], Value::Null);
    assert_eq!(found["results"]["opioids"], "problem_use");
    assert_eq!(found["complete"], true);
    let risky = results("taps2", "-,-,-,-,-,2,-,-", &[]);
    assert_eq!(risky["flags"][0]["level"], "review");
}

#[test]
fn ratings_and_t_scores_are_scored_by_their_own_lines() {
    assert_eq!(results("sds", "4,4,4", &[])["results"]["significant"], false);
    assert_eq!(results("sds", "0,5,0", &[])["results"]["significant"], true);
    assert_eq!(results("promis_depression_t", "59", &[])["results"]["positive"], false);
    assert_eq!(results("promis_depression_t", "60", &[])["results"]["positive"], true);
    assert_eq!(known("promis_depression_t").loinc.total.as_deref(), Some("71965-8"));
}

#[test]
fn when_the_last_question_of_the_screener_was_is_asked_only_after_a_yes() {
    let pack = &catalog().pack(&InstrumentId::from("cssrs_screen")).unwrap().definition;
    let taken = |known: &[(&str, i32)]| score(pack, &answers(known), &Context::new()).unwrap();
    let no = [("cssrs_screen_1", 0), ("cssrs_screen_2", 0)];
    let ever = |recent: &[(&str, i32)]| {
        let all = [&no[..], &[("cssrs_screen_6", 3)], recent].concat();
        taken(&all)
    };
    let never = taken(&[&no[..], &[("cssrs_screen_6", 0)]].concat());
    assert_eq!((never.results["risk"].text(), never.complete), (Some("none"), true));
    let open = ever(&[]);
    assert_eq!(open.missing, [ItemId::from("cssrs_screen_6b")]);
    assert_eq!(open.results["risk"].text(), None);
    assert_eq!(open.safety_answer(), SafetyAnswer::Positive(3));
    assert_eq!(ever(&[("cssrs_screen_6b", 0)]).results["risk"].text(), Some("moderate"));
    assert_eq!(ever(&[("cssrs_screen_6b", 1)]).results["risk"].text(), Some("high"));
    // Without the words the same form is scored the same.
    let numbers = score(
        known("cssrs_screen"),
        &answers(&[("cssrs_screen_6", 3), ("cssrs_screen_6b", 1)]),
        &Context::new(),
    );
    assert_eq!(numbers.unwrap().flags[0].rule, "cssrs_screen_high");
}

#[test]
fn what_a_score_comes_to_is_told_in_words_with_what_is_unknown() {
    let told = |id: &str, typed: &str, context: &Context| -> BTreeMap<String, String> {
        let definition = known(id);
        let scored = score(
            definition,
            &Answers::parse_positions(definition, typed).unwrap(),
            context,
        )
        .unwrap();
        let lines = definition.lines(&scored).into_iter();
        lines.map(|line| (line.label, line.words)).collect()
    };
    let unknown = told("auditc", "1,1,1", &Context::new());
    assert!(
        unknown["Positive (men 4, women 3)"].starts_with("unknown: the patient\u{2019}s sex"),
        "{unknown:?}"
    );
    let known_sex = told("auditc", "1,1,1", &Context::new().with("sex", "female"));
    assert_eq!(known_sex["Positive (men 4, women 3)"], "yes");
    // The two results of the PCL-5 can disagree: 74 points, and too few of cluster C.
    let pcl5 = told("pcl5", "4,4,4,4,4,1,1,4,4,4,4,4,4,4,4,4,4,4,4,4", &Context::new());
    assert_eq!(pcl5["Cut-off 33"], "yes");
    assert_eq!(pcl5["Provisional PTSD by symptom count"], "no");
    // What lacks an answer isn't told at all.
    assert!(!told("pcl5", "4,4,4,4,4,-,1,4,4,4,4,4,4,4,4,4,4,4,4,4", &Context::new()).contains_key("Cut-off 33"));
}

fn phq9(version: &str, item9: u8) -> Assessment {
    let items = (1..=9).map(|n| (format!("phq9_{n}"), if n == 9 { item9 } else { 1 }));
    Assessment {
        instrument: "phq9".to_owned(),
        version: version.to_owned(),
        at: "2026-11-20".parse().unwrap(),
        taken: Taken::Paper,
        answers: Answered::Items(items.collect()),
        scale: None,
        respondent: None,
    }
}

#[test]
fn an_assessment_is_scored_by_the_version_that_it_carries_and_by_no_other() {
    let known = score_assessment(&phq9("1", 0), &Context::new()).unwrap();
    assert_eq!((known.total, known.version.as_str()), (Some(Score::new(8)), "1"));
    let refused = score_assessment(&phq9("7", 0), &Context::new()).unwrap_err();
    assert_eq!(
        refused,
        AssessmentError::UnknownVersion {
            version: "7".to_owned()
        }
    );
    assert!(refused.to_string().contains("version 7"));
    // A positive safety answer in it is read all the same.
    assert_eq!(positive_safety_answer(&phq9("7", 2)), Some(2));
    let mut unknown = phq9("1", 0);
    unknown.instrument = "phq10".to_owned();
    assert_eq!(
        definition_taken(&unknown).unwrap_err(),
        AssessmentError::UnknownInstrument
    );
}

#[test]
fn a_later_version_leaves_the_one_before_it_in_place() {
    let json = |version: &str, cut: i32| {
        serde_json::json!({
            "id": "two", "version": version, "title": "Two", "short_title": "Two", "respondent": "patient",
            "recall": "now", "instruction": "", "direction": "higher_is_worse",
            "items": [{ "id": "two_1", "answer": { "range": [0, 3] } }],
            "total": "total", "score_range": [0, 3],
            "results": [
                { "key": "total", "by": { "sum": {} } },
                { "key": "positive", "by": { "cutoff": { "of": "total", "at_least": cut } } },
            ],
            "notice": "None.", "licence_tier": "A", "verified": "no", "rule": "Sum.", "source": "Made for this test.",
        })
        .to_string()
    };
    let parsed = [("1", 1), ("2", 2)].map(|(version, cut)| Definition::parse(&json(version, cut)).unwrap());
    let catalog = Catalog::of(parsed);
    let id = InstrumentId::from("two");
    let positive = |version: &str| {
        let definition = catalog.version(&id, version).unwrap();
        let scored = score(definition, &answers(&[("two_1", 1)]), &Context::new()).unwrap();
        assert_eq!(scored.version, version);
        scored.results["positive"].truth()
    };
    assert_eq!((positive("1"), positive("2")), (Some(true), Some(false)));
    assert_eq!(catalog.get(&id).unwrap().version, "2");
    assert!(catalog.version(&id, "3").is_none());
    assert_eq!(catalog.iter().count(), 1);
}

#[test]
fn what_is_known_and_not_offered_has_its_forms() {
    let not_offered: Vec<&str> = catalog()
        .iter()
        .filter(|it| it.entry == Entry::NotOffered)
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(not_offered, ["scared", "smfq", "taps2_substance"]);
}
