//! Subscales beside a total, as they are typed.

use std::collections::BTreeMap;

use super::Wrong;
use super::measure::{MeasureTyped, Way};
use crate::instruments::{Definition, tenths_item};

impl MeasureTyped {
    /// How it is entered: where an instrument has no questions by its total, where it has no total by its questions.
    pub fn way_in(&self, definition: &Definition) -> Way {
        match self.way {
            Way::Questions if !definition.has_questions() => Way::TotalOnly,
            Way::TotalOnly if !definition.takes_total() => Way::Questions,
            way => way,
        }
    }
}

/// The id of the field of a subscale; `id` starts the ids of the measure's fields.
pub fn part_field(id: &str, key: &str) -> String {
    format!("{id}-part-{key}")
}

/// A total as it was typed, within its range; with the item and number of its tenths where it can have them: 62.4.
pub fn read_points(definition: &Definition, typed: &str) -> Option<(u16, Option<(String, u8)>)> {
    let (low, high) = definition.score_range?;
    let typed = typed.trim().replace(',', ".");
    let (whole, decimal) = match typed.split_once('.') {
        None => (typed.as_str(), None),
        Some((whole, decimal)) => (whole, Some(decimal)),
    };
    let tenths = match decimal {
        None => None,
        Some(decimal) => {
            let item = tenths_item(definition)?;
            let tenths = decimal
                .parse::<u8>()
                .ok()
                .filter(|tenths| *tenths <= 9 && decimal.len() == 1)?;
            Some((item.id.as_str().to_owned(), tenths))
        }
    };
    let total = whole.parse::<u16>().ok()?;
    let beyond = i32::from(total) == high && tenths.as_ref().is_some_and(|(_, tenths)| 0 < *tenths);
    let fits = (low..=high).contains(&i32::from(total)) && !beyond;
    fits.then_some((total, tenths))
}

/// The subscales that were typed, by the keys of their results. An empty field is a subscale that isn't known.
pub fn read_parts(
    definition: &Definition,
    id: &str,
    typed: &BTreeMap<String, String>,
    wrong: &mut Vec<Wrong>,
) -> BTreeMap<String, u8> {
    let mut known = BTreeMap::new();
    for key in &definition.parts {
        let text = typed.get(key).map_or("", |text| text.trim());
        if text.is_empty() {
            continue;
        }
        let (low, high) = definition.part_range(key).unwrap_or_default();
        let value = text.parse::<u8>().ok();
        match value.filter(|value| (low..=high).contains(&i32::from(*value))) {
            Some(value) => {
                known.insert(key.clone(), value);
            }
            None => {
                let label = definition.label_of(key).unwrap_or(key);
                let text = format!("Enter {label} from {low} to {high}, or leave it empty");
                wrong.push(Wrong::new(part_field(id, key), text));
            }
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::{InstrumentId, definition};

    #[test]
    fn a_t_score_takes_one_decimal_and_any_other_total_none() {
        let of = |instrument: &str| definition(&InstrumentId::new(instrument)).unwrap();
        let tenths = |n: u8| Some(("promis_depression_t_tenths".to_owned(), n));
        let table = [
            ("promis_depression_t", "62", Some((62, None))),
            ("promis_depression_t", "62.4", Some((62, tenths(4)))),
            ("promis_depression_t", " 62,0 ", Some((62, tenths(0)))),
            ("promis_depression_t", "59.9", Some((59, tenths(9)))),
            ("promis_depression_t", "62.45", None),
            ("promis_depression_t", "62.", None),
            ("promis_depression_t", "9.9", None),
            ("promis_depression_t", "100.1", None),
            ("promis_depression_t", "-3", None),
            ("phq9", "12.5", None),
            ("phq9", "12", Some((12, None))),
        ];
        for (instrument, typed, expected) in table {
            assert_eq!(read_points(of(instrument), typed), expected, "{instrument} {typed}");
        }
    }

    #[test]
    fn an_empty_subscale_is_not_known_and_never_zero() {
        let scared = definition(&InstrumentId::new("scared_child")).unwrap();
        let typed = [("school", " 3 "), ("social", ""), ("separation", "17")];
        let typed = typed.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let mut wrong = Vec::new();
        let known = read_parts(scared, "scared", &typed, &mut wrong);
        assert_eq!(known, BTreeMap::from([("school".to_owned(), 3)]));
        assert_eq!(wrong.len(), 1);
        assert_eq!(wrong[0].field, "scared-part-separation");
        assert_eq!(
            wrong[0].text,
            "Enter Separation anxiety from 0 to 16, or leave it empty"
        );
    }

    #[test]
    fn an_instrument_without_questions_is_entered_by_its_total() {
        let known = |id: &str| definition(&InstrumentId::new(id)).unwrap();
        let table = [
            ("phq9", Way::Questions, Way::Questions),
            ("phq9", Way::TotalOnly, Way::TotalOnly),
            ("epds", Way::Questions, Way::TotalOnly),
            ("asq", Way::TotalOnly, Way::Questions),
            ("epds", Way::NotNow, Way::NotNow),
        ];
        for (id, way, becomes) in table {
            let typed = MeasureTyped {
                way,
                ..MeasureTyped::default()
            };
            assert_eq!(typed.way_in(known(id)), becomes, "{id} {way:?}");
        }
    }
}
