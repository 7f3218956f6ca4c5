//! The vault in a real browser: WebCrypto opens what the native cipher sealed when the vectors were frozen, and seals the same bytes.

use caseload::platform::WebCrypto;
use caseload::vault::{
    Aead, AeadError, EntropyError, KeyFile, OpenError, Place, Unlocked, parse_sheet, unlock_with_passphrase_key,
    unlock_with_sheet,
};
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

const FROZEN: &str = include_str!("../data/vault/registry-v1.json");

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap()
}

fn bytes(vector: &Value, name: &str) -> Vec<u8> {
    let text = text(vector, name);
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}

fn frozen() -> (Value, KeyFile) {
    let frozen: Value = serde_json::from_str(FROZEN).unwrap();
    let file = KeyFile::from_json(&serde_json::to_vec(&frozen["key_file"]).unwrap()).unwrap();
    (frozen, file)
}

async fn unlocked() -> (Value, Unlocked<WebCrypto>) {
    let (frozen, file) = frozen();
    let sheet = parse_sheet(text(&frozen, "sheet")).unwrap();
    let unlocked = unlock_with_sheet(&WebCrypto, &file, &sheet).await.unwrap();
    (frozen, unlocked)
}

/// The bytes that the vectors were sealed with.
fn counting(first: u8) -> impl FnMut(&mut [u8]) -> Result<(), EntropyError> {
    let mut next = first;
    move |bytes| {
        for byte in bytes {
            *byte = next;
            next = next.wrapping_add(1);
        }
        Ok(())
    }
}

#[wasm_bindgen_test]
async fn the_browser_opens_what_was_sealed_natively_and_seals_alike() {
    let (frozen, unlocked) = unlocked().await;
    let records = frozen["records"].as_array().unwrap();
    assert_eq!(records.len(), 3);
    for record in records {
        let key = bytes(record, "record_hex");
        let generation = record["generation"].as_u64().unwrap();
        let place = Place {
            store: text(record, "store"),
            record: &key,
            generation,
        };
        let (envelope, plain) = (bytes(record, "envelope_hex"), bytes(record, "plain_hex"));
        assert_eq!(unlocked.vault.open(place, &envelope).await, Ok(plain.clone()));
        assert_eq!(
            unlocked.vault.seal(place, &plain, &mut counting(0x61)).await,
            Ok(envelope.clone())
        );
        let elsewhere = Place {
            generation: generation + 1,
            ..place
        };
        assert_eq!(
            unlocked.vault.open(elsewhere, &envelope).await,
            Err(OpenError::Tampered)
        );
        for at in [5, 17, envelope.len() - 1] {
            let mut altered = envelope.clone();
            altered[at] ^= 1;
            assert_eq!(unlocked.vault.open(place, &altered).await, Err(OpenError::Tampered));
        }
    }
}

#[wasm_bindgen_test]
async fn a_passphrase_opens_the_frozen_registry_in_the_browser() {
    let (frozen, file) = frozen();
    let slot = &file.slots()[0];
    let key = slot.kdf().derive(text(&frozen, "passphrase")).unwrap();
    let unlocked = unlock_with_passphrase_key(&WebCrypto, &file, slot.id(), &key)
        .await
        .unwrap();
    assert_eq!(
        unlocked.vault.registry().to_string(),
        "0a0b0c0d-0e0f-4a1b-8c2d-3e4f50617283"
    );
}

#[wasm_bindgen_test]
async fn a_key_in_the_browser_gives_its_bytes_to_nobody() {
    let key = WebCrypto.import(&[7; 32]).await.unwrap();
    assert!(!key.extractable());
    assert_eq!(
        WebCrypto.open(&key, &[0; 12], b"", &[0; 15]).await,
        Err(AeadError::Refused)
    );
}
