//! The words of every form, against a copy of its sources: a changed character is a changed instrument.

use std::collections::{BTreeMap, BTreeSet};

use caseload::instruments::{AnswerKind, Definition, Entry, InstrumentId, LicenceTier, catalog};
use serde_json::{Value, json};

const COPY: &str = include_str!("../../data/instrument-wording.json");

fn copy() -> BTreeMap<String, Value> {
    let file: Value = serde_json::from_str(COPY).unwrap();
    serde_json::from_value(file["forms"].clone()).unwrap()
}

/// A definition as the copy holds it: what a person reads, and the codes.
fn as_copied(definition: &Definition) -> Value {
    let items: BTreeMap<&str, Value> = definition
        .all_items()
        .filter(|item| item.on_form)
        .map(|item| {
            let options = match item.answer {
                AnswerKind::FreeText => Value::Null,
                _ => definition
                    .options(item)
                    .iter()
                    .map(|option| json!([option.value, option.label]))
                    .collect(),
            };
            let mut words = json!({
                "text": item.text, "options": options, "reversed": item.reversed, "loinc": item.loinc,
            });
            for (name, value) in [("stem", &item.stem), ("help", &item.help)] {
                if let Some(value) = value {
                    words[name] = json!(value);
                }
            }
            (item.id.as_str(), words)
        })
        .collect();
    let mut words = json!({
        "title": definition.title, "short_title": definition.short_title, "respondent": definition.respondent,
        "recall": definition.recall, "instruction": definition.instruction, "notice": definition.notice,
        "items": items, "loinc_panel": definition.loinc.panel, "loinc_total": definition.loinc.total,
    });
    for (name, value) in [
        ("instruction_paper", &definition.instruction_paper),
        ("closing", &definition.closing),
    ] {
        if let Some(value) = value {
            words[name] = json!(value);
        }
    }
    words
}

/// Every form that ships with its text: in its own language, in others, and in the words of a pack.
fn shipped() -> Vec<&'static Definition> {
    let own = catalog()
        .iter()
        .filter(|it| it.items.iter().any(|item| !item.text.is_empty()));
    // The PHQ-ADS has no form: it is computed from two others.
    let own = own.filter(|it| it.respondent != "computed");
    let others = catalog().iter().flat_map(|it| {
        let languages = it.languages().into_iter().filter(|language| *language != it.language);
        languages
            .filter_map(|language| it.in_language(language))
            .collect::<Vec<_>>()
    });
    let packs = catalog().packs().map(|pack| &pack.definition);
    own.chain(others).chain(packs).collect()
}

#[test]
fn no_character_of_a_form_differs_from_its_source() {
    let mut copy = copy();
    for definition in shipped() {
        let name = format!("{}.{}", definition.id, definition.language);
        let source = copy
            .remove(&name)
            .unwrap_or_else(|| panic!("{name} is not in the copy"));
        let ours = as_copied(definition);
        for (part, words) in source.as_object().unwrap() {
            if part != "items" {
                assert_eq!(&ours[part], words, "{name} {part}");
            }
        }
        for (item, words) in source["items"].as_object().unwrap() {
            assert_eq!(&ours["items"][item], words, "{name} {item}");
        }
        let count = |words: &Value| words["items"].as_object().unwrap().len();
        assert_eq!(count(&ours), count(&source), "{name}");
        let parts = |words: &Value| words.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(parts(&ours), parts(&source), "{name}");
    }
    assert_eq!(
        copy.keys().collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "in the copy and not shipped"
    );
}

#[test]
fn a_spanish_form_is_scored_as_the_english_one() {
    for id in ["phq9", "phq8", "phq2", "gad7", "gad2"] {
        let english = super::known(id);
        assert_eq!(english.languages(), ["en", "es"], "{id}");
        let spanish = english.in_language("es").unwrap();
        assert_eq!((&spanish.id, &spanish.version), (&english.id, &english.version));
        assert_eq!(
            (&spanish.results, &spanish.red_flags),
            (&english.results, &english.red_flags),
            "{id}"
        );
        let ids = |definition: &Definition| definition.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(spanish), ids(english), "{id}");
        assert_eq!(spanish.safety_items, english.safety_items, "{id}");
    }
    assert_eq!(super::known("pcl5").languages(), ["en"]);
    assert!(super::known("phq9").in_language("fr").is_none());
    // The Spanish difficulty question of the GAD-7 was not seen, so it isn't asked in Spanish.
    let gad7 = super::known("gad7").in_language("es").unwrap();
    assert_eq!(gad7.extra_items.len(), 0);
}

#[test]
fn the_words_of_a_pack_are_not_in_the_definition_that_everybody_has() {
    let pack = catalog().pack(&InstrumentId::from("cssrs_screen")).unwrap();
    let everybody = super::known("cssrs_screen");
    assert!(
        everybody
            .all_items()
            .all(|item| item.text.is_empty() && item.help.is_none())
    );
    assert!(pack.definition.all_items().all(|item| !item.text.is_empty()));
    assert_eq!(pack.definition.results, everybody.results);
    assert!(pack.terms.len() > 2 && pack.link.starts_with("https://cssrs.columbia.edu/"));
    for (name, _) in [("phq9", ()), ("asq", ())] {
        assert!(catalog().pack(&InstrumentId::from(name)).is_none(), "{name}");
    }
}

#[test]
fn every_definition_says_what_a_reader_must_know() {
    for definition in catalog().iter() {
        let id = &definition.id;
        for said in [
            &definition.version,
            &definition.recall,
            &definition.notice,
            &definition.rule,
            &definition.source,
        ] {
            assert!(!said.trim().is_empty(), "{id}");
        }
        let worded = definition.items.iter().any(|item| !item.text.is_empty());
        // Without its text a form is entered by numbers; the reader of the number has the form in hand.
        if !worded {
            assert!(
                definition.notice.contains("not shipped") || *id == InstrumentId::from("cssrs_screen"),
                "{id}"
            );
            assert!(!matches!(definition.licence_tier, LicenceTier::A), "{id}");
        }
        if definition.entry == Entry::Score {
            assert!(definition.items.is_empty() && !definition.has_questions(), "{id}");
            assert!(definition.takes_total(), "{id}");
        }
        for flag in &definition.red_flags {
            assert!(!flag.source.is_empty() && !flag.text.is_empty(), "{id}");
        }
        for change in &definition.change {
            assert!(
                !change.source.is_empty() && !change.label.is_empty(),
                "{id} {}",
                change.key
            );
        }
    }
}

#[test]
fn every_instrument_of_the_programme_is_here_and_can_be_entered() {
    let named = [
        "phq9",
        "phq2",
        "phq8",
        "phq4",
        "phq9m",
        "phq15",
        "gad7",
        "gad2",
        "phqads",
        "auditc",
        "pcptsd5",
        "pcl5",
        "gds15",
        "psc17",
        "asq",
        "bam",
        "taps1",
        "cage",
        "cssrs_screen",
        "epds",
        "isi",
        "wsas_total",
        "sds",
        "mdq",
        "scared_child",
        "scared_parent",
        "smfq_child",
        "smfq_parent",
        "vanderbilt_parent",
        "vanderbilt_teacher",
        "promis_depression_t",
        "audit",
        "dast10",
        "who5",
        "asrs6",
        "taps2",
        "cage_aid",
        "minicog",
    ];
    for id in named {
        let definition = super::known(id);
        assert_ne!(definition.entry, Entry::NotOffered, "{id}");
        assert!(definition.has_questions() || definition.takes_total(), "{id}");
        let answerable = definition
            .items
            .iter()
            .filter(|item| item.on_form)
            .all(|item| !definition.options(item).is_empty() || definition.item_range(item).is_some());
        assert!(answerable, "{id}");
    }
    let offered = catalog().iter().filter(|it| it.entry != Entry::NotOffered).count();
    assert_eq!(offered, named.len());
}

#[test]
fn every_notice_is_credited_once_and_the_one_of_loinc_is_its_owners() {
    let notices = catalog().notices();
    let texts: BTreeSet<&str> = notices.iter().map(|(notice, _)| *notice).collect();
    assert_eq!(texts.len(), notices.len());
    for definition in shipped() {
        assert!(texts.contains(definition.notice.as_str()), "{}", definition.id);
    }
    let spitzer = notices.iter().find(|(notice, _)| notice.contains("Spitzer"));
    assert!(spitzer.unwrap().1.len() > 5);
    let file: Value = serde_json::from_str(COPY).unwrap();
    let loinc = include_str!("../../../src/app/pages/credits.rs")
        .replace("\\\n     ", "")
        .replace("\\u{a9}", "\u{a9}");
    assert!(loinc.contains(file["loinc_notice"].as_str().unwrap()));
}
