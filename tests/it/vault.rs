//! The vault as its callers see it: a registry's keys from making to recovery, altered files, and vectors frozen for ever.
//!
//! The vectors in `tests/data/vault` are read, not made, by every later version: what was sealed once must open for ever. They were
//! checked against an independent implementation when they were frozen.

use caseload::vault::{
    Aead, AeadError, ChangeError, Created, EntropyError, Epoch, Identity, KdfParams, KdfRecipe, KeyFile, KeyFileError, Label, NewLock,
    NewPerson, OpenError, Part, PassphraseKey, Place, Role, Salt, SealError, Secret32, UnlockError, Unlocked, change_passphrase,
    create_registry, derive_key, open_identity, renew_sheet, reset_with_sheet, sheet::parse_sheet, unlock_with_passphrase_key,
    unlock_with_sheet,
};
use pollster::block_on;
use serde_json::Value;
use uuid::Uuid;

#[path = "../../src/vault/testing.rs"]
mod testing;

use testing::{NativeAes, counting};

const REGISTRY: Uuid = Uuid::from_u128(0x0a0b_0c0d_0e0f_4a1b_8c2d_3e4f_5061_7283);
const PERSON: Uuid = Uuid::from_u128(0x1111_2222_3333_4444_8555_6666_7777_8888);
const RECORD: Place<'static> = Place { store: "segments", record: b"record-1", generation: 7 };

/// A derived key without the half second of deriving it.
fn passphrase_key(byte: u8) -> PassphraseKey {
    PassphraseKey(Secret32::new([byte; 32]))
}

fn recipe(byte: u8) -> KdfRecipe {
    KdfRecipe { params: KdfParams::STANDARD, salt: Salt::new([byte; 16]) }
}

fn lock(key: &PassphraseKey, salt: u8) -> NewLock<'_> {
    NewLock { kdf: recipe(salt), key }
}

fn create_seeded(seed: u8) -> Created<NativeAes> {
    let key = passphrase_key(0x70);
    let new = NewPerson { person: PERSON, label: Label::parse("MK").unwrap(), lock: lock(&key, 0x51) };
    block_on(create_registry(&NativeAes, REGISTRY, new, &mut counting(seed))).unwrap()
}

fn create() -> Created<NativeAes> {
    create_seeded(1)
}

fn unlock(file: &KeyFile, key: u8) -> Result<Unlocked<NativeAes>, UnlockError> {
    block_on(unlock_with_passphrase_key(&NativeAes, file, file.slots()[0].id(), &passphrase_key(key)))
}

#[track_caller]
fn opens_record(unlocked: &Unlocked<NativeAes>, envelope: &[u8]) {
    assert_eq!(block_on(unlocked.vault.open(RECORD, envelope)).unwrap(), b"a record");
}

fn seal_record(unlocked: &Unlocked<NativeAes>) -> Vec<u8> {
    block_on(unlocked.vault.seal(RECORD, b"a record", &mut counting(99))).unwrap()
}

#[test]
fn passphrase_and_sheet_open_the_same_registry() {
    let created = create();
    let envelope = seal_record(&created.unlocked);
    let file = KeyFile::from_json(&created.file.to_json()).unwrap();
    assert_eq!(file, created.file);
    assert_eq!((file.registry(), file.epoch(), file.generation()), (REGISTRY, Epoch::FIRST, 1));
    assert_eq!(file.slots()[0].label().as_str(), "MK");

    let by_passphrase = unlock(&file, 0x70).unwrap();
    opens_record(&by_passphrase, &envelope);
    assert_eq!(by_passphrase.opened_by.role, Role::Person { person: PERSON });

    let typed = parse_sheet(&created.sheet.sheet_text().to_lowercase()).unwrap();
    let by_sheet = block_on(unlock_with_sheet(&NativeAes, &file, &typed)).unwrap();
    opens_record(&by_sheet, &envelope);
    assert_eq!(by_sheet.opened_by.role, Role::Sheet);
    assert_eq!(by_sheet.recipients, by_passphrase.recipients);
    assert_eq!(by_sheet.recipients.len(), 2);
}

#[test]
fn a_real_passphrase_goes_all_the_way() {
    let mut entropy = counting(1);
    let kdf = KdfRecipe::make(&mut entropy).unwrap();
    assert_eq!(kdf.params, KdfParams::STANDARD);
    let key = kdf.derive("violin walnut pretzel hickory sandal").unwrap();
    let new = NewPerson { person: PERSON, label: Label::parse("MK").unwrap(), lock: NewLock { kdf, key: &key } };
    let created = block_on(create_registry(&NativeAes, REGISTRY, new, &mut entropy)).unwrap();

    let file = KeyFile::from_json(&created.file.to_json()).unwrap();
    let slot = &file.slots()[0];
    let again = derive_key("violin walnut pretzel hickory sandal", &slot.kdf().salt, &slot.kdf().params).unwrap();
    let wrong = slot.kdf().derive("violin walnut pretzel hickory Sandal").unwrap();
    assert!(block_on(unlock_with_passphrase_key(&NativeAes, &file, slot.id(), &again)).is_ok());
    let refused = block_on(unlock_with_passphrase_key(&NativeAes, &file, slot.id(), &wrong));
    assert_eq!(refused.unwrap_err(), UnlockError::WrongPassphrase);
}

#[test]
fn wrong_passphrases_sheets_and_slots_are_told_apart() {
    let created = create();
    assert_eq!(unlock(&created.file, 0x71).unwrap_err(), UnlockError::WrongPassphrase);
    let other = create_seeded(77);
    let refused = block_on(unlock_with_sheet(&NativeAes, &created.file, &other.sheet));
    assert_eq!(refused.unwrap_err(), UnlockError::WrongSheet);
    let foreign_slot = other.file.slots()[0].id();
    let refused = block_on(unlock_with_passphrase_key(&NativeAes, &created.file, foreign_slot, &passphrase_key(0x70)));
    assert_eq!(refused.unwrap_err(), UnlockError::NoSuchSlot);
}

#[test]
fn a_copy_of_a_registry_has_keys_of_its_own() {
    let (one, joined) = (create(), create_seeded(77));
    assert_eq!(one.file.registry(), joined.file.registry());
    assert_ne!(one.file.registry_key(), joined.file.registry_key());
    assert_ne!(one.sheet.public(), joined.sheet.public());
    let envelope = seal_record(&one.unlocked);
    assert_eq!(block_on(joined.unlocked.vault.open(RECORD, &envelope)), Err(OpenError::Tampered));
}

#[test]
fn changing_the_passphrase_keeps_the_data_and_the_sheet() {
    let created = create();
    let envelope = seal_record(&created.unlocked);
    let slot = created.file.slots()[0].id();
    let change = |old: u8| {
        let (old, new) = (passphrase_key(old), passphrase_key(0x72));
        block_on(change_passphrase(&NativeAes, &created.file, slot, &old, lock(&new, 0x52), &mut counting(120)))
    };
    assert_eq!(change(0x71).unwrap_err(), ChangeError::Unlock(UnlockError::WrongPassphrase));

    let changed = KeyFile::from_json(&change(0x70).unwrap().to_json()).unwrap();
    assert_eq!(changed.generation(), 2);
    assert_eq!(changed.slots()[0].id(), slot);
    assert_eq!(unlock(&changed, 0x70).unwrap_err(), UnlockError::WrongPassphrase);
    opens_record(&unlock(&changed, 0x72).unwrap(), &envelope);
    opens_record(&block_on(unlock_with_sheet(&NativeAes, &changed, &created.sheet)).unwrap(), &envelope);

    let before = block_on(open_identity(&NativeAes, &created.file, slot, &passphrase_key(0x70))).unwrap();
    let after = block_on(open_identity(&NativeAes, &changed, slot, &passphrase_key(0x72))).unwrap();
    assert_eq!(before.public(), after.public());
}

#[test]
fn the_sheet_gives_a_forgotten_passphrase_a_successor() {
    let created = create();
    let envelope = seal_record(&created.unlocked);
    let slot = created.file.slots()[0].id();
    let new = passphrase_key(0x73);
    let mut entropy = counting(140);
    let reset = reset_with_sheet(&NativeAes, &created.file, &created.sheet, slot, lock(&new, 0x53), &mut entropy);
    let (file, unlocked) = block_on(reset).unwrap();
    opens_record(&unlocked, &envelope);
    assert_eq!(unlocked.opened_by.role, Role::Person { person: PERSON });

    let opened = unlock(&file, 0x73).unwrap();
    opens_record(&opened, &envelope);
    assert_eq!(opened.opened_by, unlocked.opened_by);
    assert_ne!(opened.opened_by.key, created.unlocked.opened_by.key);
    assert_eq!(unlock(&file, 0x70).unwrap_err(), UnlockError::WrongPassphrase);
    assert!(block_on(unlock_with_sheet(&NativeAes, &file, &created.sheet)).is_ok());
}

#[test]
fn a_new_sheet_replaces_the_old_one() {
    let created = create();
    let envelope = seal_record(&created.unlocked);
    let slot = created.file.slots()[0].id();
    let (key, mut entropy) = (passphrase_key(0x70), counting(160));
    let (file, sheet) = block_on(renew_sheet(&NativeAes, &created.file, slot, &key, &mut entropy)).unwrap();
    opens_record(&block_on(unlock_with_sheet(&NativeAes, &file, &sheet)).unwrap(), &envelope);
    opens_record(&unlock(&file, 0x70).unwrap(), &envelope);
    let refused = block_on(unlock_with_sheet(&NativeAes, &file, &created.sheet));
    assert_eq!(refused.unwrap_err(), UnlockError::WrongSheet);
}

#[test]
fn the_registrys_own_key_pair_opens_with_the_vault() {
    let created = create();
    let identity = block_on(created.unlocked.vault.open_registry_identity(&created.file)).unwrap();
    assert_eq!(identity.public(), created.file.registry_key());
    let joined = create_seeded(77);
    let refused = block_on(joined.unlocked.vault.open_registry_identity(&created.file));
    assert_eq!(refused.unwrap_err(), UnlockError::Damaged(Part::RegistryKey));
}

#[test]
fn a_key_file_holds_no_secret_and_no_person() {
    let created = create();
    let json = String::from_utf8(created.file.to_json()).unwrap();
    let identity = block_on(open_identity(&NativeAes, &created.file, created.file.slots()[0].id(), &passphrase_key(0x70))).unwrap();
    for secret in [
        PERSON.to_string(),
        identity.to_age().to_string(),
        identity.public().to_string(),
        created.sheet.age_text().to_string(),
        created.sheet.public().to_string(),
        "70".repeat(32),
    ] {
        assert!(!json.to_lowercase().contains(&secret.to_lowercase()), "{secret}");
    }
    let shown = format!("{created:?}").to_lowercase();
    for secret in [identity.to_age().to_lowercase(), created.sheet.age_text().to_lowercase()] {
        assert!(!shown.contains(&secret));
    }
}

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
            let Ok(file) = KeyFile::from_json(&json) else { continue };
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
        Value::Array(items) => items.iter().enumerate().for_each(|(index, inner)| enter(index.to_string(), inner)),
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
            changed.chain([Value::from(&text[1..]), Value::from(format!("{text}{}", &text[text.len() - 1..]))]).collect()
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
    assert_eq!(swapped(&["/keys/slots/0", "/keys/wrapped/0"]), UnlockError::Damaged(Part::Recipients));
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
    assert_eq!(KeyFile::from_json(&good[..good.len() - 1]).unwrap_err(), KeyFileError::NotAKeyFile);
    assert_eq!(edited(&|file| file["format"] = "caseload-handoff".into()), KeyFileError::NotAKeyFile);
    assert_eq!(edited(&|file| file["version"] = 2.into()), KeyFileError::UnknownVersion { found: 2, supported: 1 });
    assert_eq!(edited(&|file| file["more"] = 1.into()), KeyFileError::Malformed);
    assert_eq!(edited(&|file| file["keys"]["slots"] = 1.into()), KeyFileError::Malformed);
    let kdf = |file: &mut Value, name: &str, value: u32| file["keys"]["slots"][0]["kdf"]["params"][name] = value.into();
    assert!(matches!(edited(&|file| kdf(file, "memory_kib", 8192)), KeyFileError::Kdf(_)));
    assert!(matches!(edited(&|file| kdf(file, "passes", 0)), KeyFileError::Kdf(_)));
    assert!(matches!(edited(&|file| kdf(file, "memory_kib", 1024 * 1024 + 1)), KeyFileError::Kdf(_)));
}

#[test]
fn no_random_bytes_no_registry() {
    let key = passphrase_key(0x70);
    for working_calls in 0..12 {
        let mut source = counting(1);
        let mut left = working_calls;
        let mut failing = |bytes: &mut [u8]| {
            if left == 0 {
                return Err(EntropyError);
            }
            left -= 1;
            source(bytes)
        };
        let new = NewPerson { person: PERSON, label: Label::parse("MK").unwrap(), lock: lock(&key, 1) };
        let made = block_on(create_registry(&NativeAes, REGISTRY, new, &mut failing));
        assert_eq!(made.unwrap_err(), SealError::Entropy(EntropyError), "{working_calls} calls");
    }
}

/// A cipher that isn't there, as WebCrypto on a page without a secure context.
#[derive(Debug, Clone)]
struct NoCipher;

impl Aead for NoCipher {
    type Key = ();

    async fn import(&self, _raw: &[u8; 32]) -> Result<(), AeadError> {
        Err(AeadError::Unavailable)
    }

    async fn seal(&self, _key: &(), _nonce: &[u8; 12], _aad: &[u8], _plain: &[u8]) -> Result<Vec<u8>, AeadError> {
        Err(AeadError::Unavailable)
    }

    async fn open(&self, _key: &(), _nonce: &[u8; 12], _aad: &[u8], _sealed: &[u8]) -> Result<Vec<u8>, AeadError> {
        Err(AeadError::Unavailable)
    }
}

#[test]
fn a_missing_cipher_is_not_a_wrong_passphrase() {
    let file = create().file;
    let key = passphrase_key(0x70);
    let tried = unlock_with_passphrase_key(&NoCipher, &file, file.slots()[0].id(), &key);
    assert_eq!(block_on(tried).unwrap_err(), UnlockError::Unavailable);
}

fn vector(name: &str) -> Value {
    let path = format!("{}/tests/data/vault/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))).unwrap()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap()
}

fn bytes(vector: &Value, name: &str) -> Vec<u8> {
    let text = text(vector, name);
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn frozen_registry_opens_for_ever() {
    let frozen = vector("registry-v1");
    let file = KeyFile::from_json(&serde_json::to_vec(&frozen["key_file"]).unwrap()).unwrap();
    let key = file.slots()[0].kdf().derive(text(&frozen, "passphrase")).unwrap();
    let unlocked = block_on(unlock_with_passphrase_key(&NativeAes, &file, file.slots()[0].id(), &key)).unwrap();
    let sheet = parse_sheet(text(&frozen, "sheet")).unwrap();
    let by_sheet = block_on(unlock_with_sheet(&NativeAes, &file, &sheet)).unwrap();
    assert_eq!(unlocked.opened_by.role, Role::Person { person: text(&frozen, "person").parse().unwrap() });

    let records = frozen["records"].as_array().unwrap();
    assert_eq!(records.len(), 3);
    for record in records {
        let place = Place {
            store: text(record, "store"),
            record: &bytes(record, "record_hex"),
            generation: record["generation"].as_u64().unwrap(),
        };
        let envelope = bytes(record, "envelope_hex");
        assert_eq!(hex(&block_on(unlocked.vault.open(place, &envelope)).unwrap()), text(record, "plain_hex"));
        assert_eq!(hex(&block_on(by_sheet.vault.open(place, &envelope)).unwrap()), text(record, "plain_hex"));
        // The same bytes are made of it today, under the same nonce.
        let again = block_on(unlocked.vault.seal(place, &bytes(record, "plain_hex"), &mut counting(0x61))).unwrap();
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
