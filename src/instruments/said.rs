//! What an answer says, for a reader: Yes and No where the form has those, the number elsewhere.

use std::collections::BTreeMap;

use super::{Definition, Item, brief, definition_of};

/// An answer to a question of a form: `Yes` or `No` where those are its two answers, otherwise the number.
pub fn answer_words(instrument: &str, item: &str, value: u8) -> String {
    yes_or_no(instrument, item, value).map_or_else(|| value.to_string(), str::to_owned)
}

/// `Yes` or `No`; `None` for a question with other answers, and for a form that this version doesn't know.
pub fn yes_or_no(instrument: &str, item: &str, value: u8) -> Option<&'static str> {
    brief(instrument)?.said(item, value)
}

/// A rule of a form in words: what it looks for, without its id.
pub fn rule_words(rule: &str) -> String {
    let known = match rule {
        "phq9_item9_positive" | "phq9m_item9_positive" => "item 9 is 1 or more",
        "phq9_item9_high" => "item 9 is 2 or more",
        "phq9_total_20" | "phq8_total_20" => "the total is 20 or more",
        "phq9m_past_month_thoughts" => "Yes to serious thoughts in the past month",
        "phq9m_ever_attempted" => "Yes to an attempt at any time",
        "asq_positive" => "any Yes in questions 1 to 4",
        "asq_acute" => "Yes to thoughts right now",
        "cssrs_screen_high" => "Yes to 4, to 5, or to 6 in the past 3 months",
        "cssrs_screen_moderate" => "Yes to 3, or to 6 longer ago",
        "cssrs_screen_low" => "Yes to 1 or 2",
        "epds_item10_positive" => "item 10 is 1 or more",
        "pcl5_item16" => "item 16, risky or harmful behavior, is 2 or more",
        "taps2_opioid_or_sedative" => "use of opioids or sedatives",
        _ => "",
    };
    match known.is_empty() {
        true => rule.replace('_', " "),
        false => known.to_owned(),
    }
}

/// The item of a form that keeps the tenths of its total, where its total can have them (a PROMIS T-score).
pub fn tenths_item(definition: &Definition) -> Option<&Item> {
    definition
        .extra_items
        .iter()
        .find(|item| item.id.as_str().ends_with("_tenths"))
}

/// A total as it was reported: `62.4` where its tenths are known with it.
pub fn total_words(instrument: &str, total: i32, known: &BTreeMap<String, u8>) -> String {
    let item = definition_of(instrument).ok().and_then(tenths_item);
    match item.and_then(|item| known.get(item.id.as_str())) {
        Some(tenths) => format!("{total}.{tenths}"),
        None => total.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::catalog;

    #[test]
    fn tenths_are_said_where_they_are_known() {
        let known = BTreeMap::from([("promis_depression_t_tenths".to_owned(), 4)]);
        let table = [
            ("promis_depression_t", &known, "62.4"),
            ("promis_depression_t", &BTreeMap::new(), "62"),
            ("phq9", &known, "62"),
        ];
        for (instrument, known, expected) in table {
            assert_eq!(total_words(instrument, 62, known), expected, "{instrument}");
        }
    }

    #[test]
    fn a_yes_is_said_as_yes_and_a_number_stays_a_number() {
        let table = [
            ("asq", "asq_1", 1, "Yes"),
            ("asq", "asq_1", 0, "No"),
            ("cssrs_screen", "cssrs_screen_4", 1, "Yes"),
            ("phq9", "phq9_9", 1, "1"),
            ("phq9", "phq9_9", 0, "0"),
            ("somebody_elses", "x_1", 1, "1"),
            ("asq", "asq_77", 1, "1"),
        ];
        for (instrument, item, value, expected) in table {
            assert_eq!(answer_words(instrument, item, value), expected, "{item} {value}");
        }
    }

    #[test]
    fn no_rule_of_a_form_that_ships_is_shown_by_its_id() {
        for definition in catalog().iter() {
            for flag in &definition.red_flags {
                assert!(!rule_words(&flag.rule).contains('_'), "{}", flag.rule);
            }
        }
    }
}
