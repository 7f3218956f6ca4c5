//! Vectors frozen for ever: every later version reads them, none makes them anew. What was sealed once must open for ever.
//!
//! When they were frozen, an independent implementation (pyca/cryptography, HPKE written out from RFC 9180) opened them too.

use caseload::vault::{Identity, KeyFile, Place, Role, parse_sheet, unlock_with_passphrase_key, unlock_with_sheet};
use pollster::block_on;
use serde_json::Value;

use super::testing::{NativeAes, counting};

fn vector(name: &str) -> Value {
    let path = format!("{}/tests/data/vault/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))).unwrap()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap()
}

fn bytes(vector: &Value, name: &str) -> Vec<u8> {
    let text = text(vector, name);
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn frozen_registry_opens_for_ever() {
    let frozen = vector("registry-v1");
    let file = KeyFile::from_json(&serde_json::to_vec(&frozen["key_file"]).unwrap()).unwrap();
    let key = file.slots()[0].kdf().derive(text(&frozen, "passphrase")).unwrap();
    let unlocked = block_on(unlock_with_passphrase_key(
        &NativeAes,
        &file,
        file.slots()[0].id(),
        &key,
    ))
    .unwrap();
    let sheet = parse_sheet(text(&frozen, "sheet")).unwrap();
    let by_sheet = block_on(unlock_with_sheet(&NativeAes, &file, &sheet)).unwrap();
    assert_eq!(
        unlocked.opened_by.role,
        Role::Person {
            person: text(&frozen, "person").parse().unwrap()
        }
    );

    let records = frozen["records"].as_array().unwrap();
    assert_eq!(records.len(), 3);
    for record in records {
        let place = Place {
            store: text(record, "store"),
            record: &bytes(record, "record_hex"),
            generation: record["generation"].as_u64().unwrap(),
        };
        let envelope = bytes(record, "envelope_hex");
        assert_eq!(
            hex(&block_on(unlocked.vault.open(place, &envelope)).unwrap()),
            text(record, "plain_hex")
        );
        assert_eq!(
            hex(&block_on(by_sheet.vault.open(place, &envelope)).unwrap()),
            text(record, "plain_hex")
        );
        // The same bytes are made of it today, under the same nonce.
        let again = block_on(
            unlocked
                .vault
                .seal(place, &bytes(record, "plain_hex"), &mut counting(0x61)),
        )
        .unwrap();
        assert_eq!(hex(&again), hex(&envelope));
    }
}

#[test]
fn frozen_identities_keep_their_encoding() {
    for pair in vector("identities-v1").as_array().unwrap() {
        let identity = Identity::parse_age(text(pair, "secret")).unwrap();
        assert_eq!(identity.public().to_string(), text(pair, "public"));
        assert_eq!(*identity.to_age(), text(pair, "secret"));
    }
}

#[test]
fn a_frozen_item_of_the_inbox_opens_for_ever() {
    let frozen = vector("registry-v1");
    let file = KeyFile::from_json(&serde_json::to_vec(&frozen["key_file"]).unwrap()).unwrap();
    let sheet = parse_sheet(text(&frozen, "sheet")).unwrap();
    let unlocked = block_on(unlock_with_sheet(&NativeAes, &file, &sheet)).unwrap();
    let identity = block_on(unlocked.vault.open_registry_identity(&file)).unwrap();
    let item = vector("inbox-v1");
    let (place, plain) = (bytes(&item, "place_hex"), bytes(&item, "plain_hex"));
    // The same bytes are made of it today, by the same random bytes.
    let again = file.seal_for_inbox(&place, &plain, &mut counting(0x21)).unwrap();
    assert_eq!(hex(&again), text(&item, "item_hex"));
    let opened = file
        .open_from_inbox(&identity, &place, &bytes(&item, "item_hex"))
        .unwrap();
    assert_eq!(hex(&opened), hex(&plain));
}
