//! Two versions to settle: what each says, side by side, in what they differ.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::books::Books;
use super::changes::slot_words;
use super::timeline::timeline;
use super::views::{ForkVersion, ForkView, UntilSettled, day_words};
use crate::journal::{Day, Folded, Live, PersonId, Slot};
use crate::store::Store;
use crate::vault::Aead;

/// What stands where a version has no value.
const NOTHING: &str = "\u{2014}";

/// The names of fields, where their own are not how people say it. The rest are their own names, with spaces.
const NAMES: [(&str, &str); 15] = [
    ("given", "given name"),
    ("family", "family name"),
    ("preferred", "preferred name"),
    ("birth", "date of birth"),
    ("mrn", "MRN"),
    ("phones", "telephone"),
    ("email", "e-mail"),
    ("emergency", "emergency contact"),
    ("prefers", "prefers to be reached by"),
    ("hours", "best hours"),
    ("messages_by", "messages may go by"),
    ("clinician", "treating clinician"),
    ("care_manager", "care manager"),
    ("icd10", "ICD-10"),
    ("at", "when"),
];

impl<S: Store, A: Aead> Books<S, A> {
    /// The forks of a chart, each with its versions.
    pub(super) fn forks(&self, folded: &Folded) -> Vec<ForkView> {
        let rows = timeline(folded, &self.office);
        let says = |live: &Live| {
            let row = rows.iter().find(|row| row.entry == live.id);
            row.map_or_else(|| live.fact.kind().to_owned(), |row| row.line.clone())
        };
        let view = |(slot, heads): (&Slot, Vec<&Live>)| {
            let values: Vec<BTreeMap<String, String>> = heads.iter().map(|live| self.values(live)).collect();
            let differing = differing(&values);
            let versions = heads.iter().zip(&values).map(|(live, values)| ForkVersion {
                entry: live.id,
                says: says(live),
                who: self.who_wrote(live),
                fields: differing
                    .iter()
                    .map(|name| {
                        (
                            name.clone(),
                            values.get(name).cloned().unwrap_or_else(|| NOTHING.to_owned()),
                        )
                    })
                    .collect(),
            });
            ForkView {
                what: slot_words(slot).to_owned(),
                until_settled: until_settled(slot),
                versions: versions.collect(),
            }
        };
        folded.forks().map(view).collect()
    }

    fn who_wrote(&self, live: &Live) -> String {
        let millis = i64::try_from(live.stamp.millis()).unwrap_or(i64::MAX);
        let at = self.zone().from_millis(millis).unwrap_or_default();
        let (name, day) = (self.office.name(live.author), day_words(self.zone().day(at)));
        format!("{name}, {day} {}", at.format("%H:%M"))
    }

    /// Every value of an entry under its name, in words.
    fn values(&self, live: &Live) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        // A fact that this version can't write out has only its line.
        let json = live
            .fact
            .to_json()
            .ok()
            .and_then(|json| serde_json::from_str::<Value>(&json).ok());
        if let Some(json) = json {
            self.flatten(String::new(), &json, &mut values);
        }
        values
    }

    fn flatten(&self, name: String, value: &Value, into: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    let key = NAMES
                        .iter()
                        .find(|(own, _)| own == key)
                        .map_or(key.as_str(), |(_, said)| said);
                    let key = key.replace('_', " ");
                    let name = if name.is_empty() { key } else { format!("{name}, {key}") };
                    self.flatten(name, value, into);
                }
            }
            Value::Array(values) if values.iter().all(|value| !value.is_object()) => {
                let words: Vec<String> = values.iter().filter_map(|value| self.word(value)).collect();
                if !words.is_empty() {
                    into.insert(name, words.join(", "));
                }
            }
            Value::Array(values) => {
                for (place, value) in values.iter().enumerate() {
                    self.flatten(format!("{name} {}", place + 1), value, into);
                }
            }
            other => {
                if let Some(word) = self.word(other) {
                    into.insert(name, word);
                }
            }
        }
    }

    /// A single value in words: a person's name instead of an id, a day as pages show it, a code with spaces.
    fn word(&self, value: &Value) -> Option<String> {
        match value {
            Value::Null => None,
            Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(self.text_words(text)),
            other => Some(other.to_string()),
        }
    }

    fn text_words(&self, text: &str) -> String {
        if let Ok(person) = text.parse::<PersonId>()
            && self.office.people.contains_key(&person)
        {
            return self.office.name(person);
        }
        if let Ok(day) = text.parse::<Day>() {
            return day.date().format("%-d %b %Y").to_string();
        }
        let is_code = text.contains('_') && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if is_code {
            text.replace('_', " ")
        } else {
            text.to_owned()
        }
    }
}

/// The names whose values are not the same in every version.
fn differing(values: &[BTreeMap<String, String>]) -> BTreeSet<String> {
    let names = values.iter().flat_map(BTreeMap::keys);
    let differs = |name: &&String| {
        values
            .iter()
            .any(|other| other.get(*name) != values.first().and_then(|v| v.get(*name)))
    };
    names.filter(differs).cloned().collect()
}

/// A forked concern shows as open, and a forked status as the one that keeps the patient on the list; of everything
/// else the newer shows.
fn until_settled(slot: &Slot) -> UntilSettled {
    match slot {
        Slot::Concern(_) | Slot::Status(_) => UntilSettled::Safer,
        _ => UntilSettled::Newer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_and_a_value_that_one_lacks_counts() {
        let version = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
        };
        let versions = [
            version(&[("family name", "Ito"), ("telephone", "555-0101")]),
            version(&[("family name", "Ito"), ("telephone", "555-0199"), ("MRN", "100312")]),
        ];
        let names: Vec<String> = differing(&versions).into_iter().collect();
        assert_eq!(names, ["MRN", "telephone"]);
    }
}
