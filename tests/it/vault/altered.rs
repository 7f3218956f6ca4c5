//! Key files that someone altered, mixed or cut: always noticed.

use caseload::vault::{KeyFile, KeyFileError, Part, UnlockError, change_passphrase, unlock_with_sheet};
use pollster::block_on;
use serde_json::Value;

use super::testing::{NativeAes, counting};
use super::{create, create_seeded, lock, passphrase_key, unlock};

/// Every value in the file is altered in turn, in its type. Whatever still parses as a key file must not open.
#[test]
fn altering_any_value_of_a_key_file_is_noticed() {
    let created = create();
    let good: Value = serde_json::from_slice(&created.file.to_json()).unwrap();
    let mut places = Vec::new();
    collect_places(&good, &mut String::new(), &mut places);
    assert!(places.len() >= 20, "{places:?}");
    for place in places {
        for bad in alterations(good.pointer(&place).unwrap()) {
            let mut file = good.clone();
            *file.pointer_mut(&place).unwrap() = bad.clone();
            let json = serde_json::to_vec(&file).unwrap();
            let Ok(file) = KeyFile::from_json(&json) else {
                continue;
            };
            let refused = unlock(&file, 0x70).is_err();
            assert!(refused, "{place} became {bad} and still opened with the passphrase");
            let refused = block_on(unlock_with_sheet(&NativeAes, &file, &created.sheet)).is_err();
            assert!(refused, "{place} became {bad} and still opened with the sheet");
        }
    }
}

fn collect_places(value: &Value, at: &mut String, places: &mut Vec<String>) {
    let length = at.len();
    let mut enter = |step: String, inner: &Value| {
        at.push('/');
        at.push_str(&step);
        collect_places(inner, at, places);
        at.truncate(length);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| enter(name.clone(), inner)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, inner)| enter(index.to_string(), inner)),
        _ => places.push(at.clone()),
    }
}

/// Every character changed in turn, first cut off, last doubled; a number one up and one down.
fn alterations(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_u64().unwrap();
            vec![Value::from(number + 1), Value::from(number.saturating_sub(1))]
        }
        Value::String(text) => {
            let changed = (0..text.len()).map(|at| {
                let mut bytes = text.clone().into_bytes();
                bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
                Value::from(String::from_utf8(bytes).unwrap())
            });
            changed
                .chain([
                    Value::from(&text[1..]),
                    Value::from(format!("{text}{}", &text[text.len() - 1..])),
                ])
                .collect()
        }
        other => panic!("a key file has only texts and numbers, not {other}"),
    }
}

#[test]
fn recipients_and_slots_of_another_file_are_refused() {
    let (one, other) = (create(), create_seeded(77));
    let parse = |file: &KeyFile| serde_json::from_slice::<Value>(&file.to_json()).unwrap();
    let (mine, theirs) = (parse(&one.file), parse(&other.file));
    let swapped = |places: &[&str]| {
        let mut file = mine.clone();
        for place in places {
            *file.pointer_mut(place).unwrap() = theirs.pointer(place).unwrap().clone();
        }
        unlock(&KeyFile::from_json(&serde_json::to_vec(&file).unwrap()).unwrap(), 0x70).unwrap_err()
    };
    assert_eq!(swapped(&["/sealed_recipients"]), UnlockError::Damaged(Part::Recipients));
    assert_eq!(swapped(&["/keys/wrapped/0"]), UnlockError::Damaged(Part::WrappedKey));
    assert_eq!(swapped(&["/keys/wrapped/1"]), UnlockError::Damaged(Part::Clear));
    assert_eq!(swapped(&["/keys/registry_key"]), UnlockError::Damaged(Part::Clear));
    assert_eq!(swapped(&["/keys/slots/0"]), UnlockError::Damaged(Part::WrappedKey));
    // With slot and wrapped key of the other file the other data key comes out, and this file's list doesn't open with it.
    assert_eq!(
        swapped(&["/keys/slots/0", "/keys/wrapped/0"]),
        UnlockError::Damaged(Part::Recipients)
    );
}

#[test]
fn an_older_sealed_list_in_a_newer_file_is_refused() {
    let created = create();
    let slot = created.file.slots()[0].id();
    let (old, new) = (passphrase_key(0x70), passphrase_key(0x72));
    let mut entropy = counting(120);
    let change = change_passphrase(&NativeAes, &created.file, slot, &old, lock(&new, 0x52), &mut entropy);
    let changed = block_on(change).unwrap();
    let mut file: Value = serde_json::from_slice(&changed.to_json()).unwrap();
    let older: Value = serde_json::from_slice(&created.file.to_json()).unwrap();
    file["sealed_recipients"] = older["sealed_recipients"].clone();
    let file = KeyFile::from_json(&serde_json::to_vec(&file).unwrap()).unwrap();
    assert_eq!(unlock(&file, 0x72).unwrap_err(), UnlockError::Damaged(Part::Recipients));
}

#[test]
fn what_is_not_our_key_file_is_named() {
    let good = create().file.to_json();
    let edited = |edit: &dyn Fn(&mut Value)| {
        let mut file: Value = serde_json::from_slice(&good).unwrap();
        edit(&mut file);
        KeyFile::from_json(&serde_json::to_vec(&file).unwrap()).unwrap_err()
    };
    assert_eq!(KeyFile::from_json(b"").unwrap_err(), KeyFileError::NotAKeyFile);
    assert_eq!(KeyFile::from_json(b"{}").unwrap_err(), KeyFileError::NotAKeyFile);
    assert_eq!(
        KeyFile::from_json(&good[..good.len() - 1]).unwrap_err(),
        KeyFileError::NotAKeyFile
    );
    assert_eq!(
        edited(&|file| file["format"] = "caseload-handoff".into()),
        KeyFileError::NotAKeyFile
    );
    assert_eq!(
        edited(&|file| file["version"] = 2.into()),
        KeyFileError::UnknownVersion { found: 2, supported: 1 }
    );
    assert_eq!(edited(&|file| file["more"] = 1.into()), KeyFileError::Malformed);
    assert_eq!(
        edited(&|file| file["keys"]["slots"] = 1.into()),
        KeyFileError::Malformed
    );
    let kdf = |file: &mut Value, name: &str, value: u32| file["keys"]["slots"][0]["kdf"]["params"][name] = value.into();
    assert!(matches!(
        edited(&|file| kdf(file, "memory_kib", 8192)),
        KeyFileError::Kdf(_)
    ));
    assert!(matches!(edited(&|file| kdf(file, "passes", 0)), KeyFileError::Kdf(_)));
    assert!(matches!(
        edited(&|file| kdf(file, "memory_kib", 1024 * 1024 + 1)),
        KeyFileError::Kdf(_)
    ));
}
