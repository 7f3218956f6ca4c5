//! The clinic's directory: finding a resource, which of two are one, and when an entry is old.

use super::coordination::{RESOURCE_KINDS, word_of};
use super::search::{fold, telephone_key};
use crate::journal::Day;
use crate::journal::facts::{DirectoryEntry, ResourceKind};

/// Days after which an entry that nobody has checked is marked as old: this project's choice, a year.
pub const OLD_AFTER_DAYS: i64 = 365;

/// Whether nobody has made sure within a year that an entry holds.
pub fn is_old(entry: &DirectoryEntry, today: Day) -> bool {
    entry
        .checked
        .is_none_or(|checked| OLD_AFTER_DAYS <= today.since(checked))
}

/// What makes two entries one: the name, whatever its capitals, blanks and marks, and the digits of the telephone number.
pub fn key(entry: &DirectoryEntry) -> (String, String) {
    (words_of(&entry.name), number_of(entry))
}

/// Entries that are offered, by name.
pub fn offered(all: &[DirectoryEntry]) -> impl Iterator<Item = &DirectoryEntry> {
    all.iter().filter(|entry| entry.retired.is_none())
}

/// Whether an entry is of a kind and holds every word that was typed, in any of its fields; digits are looked for in the
/// telephone number too.
pub fn matches(entry: &DirectoryEntry, typed: &str, kind: Option<ResourceKind>) -> bool {
    if kind.is_some() && entry.kind != kind {
        return false;
    }
    if typed.trim().is_empty() {
        return true;
    }
    let kind = entry.kind.map_or("", |kind| word_of(RESOURCE_KINDS, kind));
    let parts = [
        &entry.area,
        &entry.languages,
        &entry.cost,
        &entry.wait,
        &entry.notes,
        &entry.phone,
    ];
    let rest = parts.into_iter().flatten().map(String::as_str);
    let text: Vec<&str> = [entry.name.as_str(), entry.what.as_str(), kind]
        .into_iter()
        .chain(rest)
        .collect();
    let text = words_of(&text.join(" "));
    let phone = number_of(entry);
    typed.split_whitespace().all(|word| {
        let folded = fold(word);
        let is_number = word.chars().all(|c| c.is_ascii_digit() || "-.()+".contains(c));
        text.contains(&folded) || (is_number && phone.contains(&folded))
    })
}

/// Words without case, accents and marks, a blank between each.
fn words_of(text: &str) -> String {
    let words = text.split_whitespace().map(fold).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The digits of an entry's telephone number.
fn number_of(entry: &DirectoryEntry) -> String {
    let phone = entry.phone.as_deref().unwrap_or_default();
    telephone_key(phone).unwrap_or_else(|| phone.chars().filter(char::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::ThingId;

    fn entry(name: &str, phone: Option<&str>) -> DirectoryEntry {
        DirectoryEntry {
            resource: ThingId::from_random([1; 16]),
            name: name.to_owned(),
            what: "Rent help".to_owned(),
            phone: phone.map(str::to_owned),
            notes: None,
            kind: Some(ResourceKind::Housing),
            area: Some("12 Elm St, Utica".to_owned()),
            languages: Some("English, Espa\u{f1}ol".to_owned()),
            cost: None,
            wait: Some("3 weeks".to_owned()),
            checked: None,
            retired: None,
        }
    }

    #[test]
    fn words_are_found_in_any_field_whatever_their_accents_and_digits_in_the_number() {
        let office = entry("County Housing Office", Some("(315) 555-0142"));
        for (typed, kind, found) in [
            ("", None, true),
            ("housing", None, true),
            ("utica rent", None, true),
            ("espanol", None, true),
            ("555-0142", None, true),
            ("5550142", None, true),
            ("3 weeks", None, true),
            ("utica food", None, false),
            ("", Some(ResourceKind::Food), false),
            ("county", Some(ResourceKind::Housing), true),
            ("5559999", None, false),
        ] {
            assert_eq!(matches(&office, typed, kind), found, "{typed:?}");
        }
    }

    #[test]
    fn an_entry_is_old_a_year_after_it_was_checked_and_one_never_checked_always_is() {
        let today: Day = "2026-11-20".parse().unwrap();
        for (checked, old) in [
            (None, true),
            (Some("2025-11-20"), true),
            (Some("2025-11-21"), false),
            (Some("2026-11-20"), false),
        ] {
            let entry = DirectoryEntry {
                checked: checked.map(|day| day.parse().unwrap()),
                ..entry("A", None)
            };
            assert_eq!(is_old(&entry, today), old, "{checked:?}");
        }
    }

    #[test]
    fn two_entries_are_one_by_name_and_number_however_they_are_spelled() {
        let same = |a: (&str, Option<&str>), b: (&str, Option<&str>)| key(&entry(a.0, a.1)) == key(&entry(b.0, b.1));
        assert!(same(
            ("County  Housing Office", Some("(315) 555-0142")),
            ("county housing office.", Some("315.555.0142"))
        ));
        assert!(same(("Caf\u{e9} Hope", None), ("Cafe Hope", None)));
        assert!(!same(
            ("County Housing Office", Some("315 555 0142")),
            ("County Housing Office", Some("315 555 0143"))
        ));
        assert!(!same(
            ("County Housing Office", Some("315 555 0142")),
            ("County Housing", Some("315 555 0142"))
        ));
    }
}
