//! The vault as its callers see it: a registry's keys from making to recovery, altered files, and vectors frozen for ever.

use caseload::vault::{
    Aead, AeadError, ChangeError, Created, EntropyError, Epoch, KdfParams, KdfRecipe, KeyFile, Label, NewLock,
    NewPerson, OpenError, Part, PassphraseKey, Place, Role, Salt, SealError, Secret32, UnlockError, Unlocked,
    change_passphrase, create_registry, derive_key, open_identity, renew_sheet, reset_with_sheet, sheet::parse_sheet,
    unlock_with_passphrase_key, unlock_with_sheet,
};
use pollster::block_on;
use uuid::Uuid;

mod altered;
mod frozen;
mod inbox;
#[path = "../../src/vault/testing.rs"]
pub mod testing;

use testing::{NativeAes, counting};

const REGISTRY: Uuid = Uuid::from_u128(0x0a0b_0c0d_0e0f_4a1b_8c2d_3e4f_5061_7283);
const PERSON: Uuid = Uuid::from_u128(0x1111_2222_3333_4444_8555_6666_7777_8888);
const RECORD: Place<'static> = Place {
    store: "segments",
    record: b"record-1",
    generation: 7,
};

/// A derived key without the half second of deriving it.
fn passphrase_key(byte: u8) -> PassphraseKey {
    PassphraseKey(Secret32::new([byte; 32]))
}

fn recipe(byte: u8) -> KdfRecipe {
    KdfRecipe {
        params: KdfParams::STANDARD,
        salt: Salt::new([byte; 16]),
    }
}

fn lock(key: &PassphraseKey, salt: u8) -> NewLock<'_> {
    NewLock { kdf: recipe(salt), key }
}

fn create_seeded(seed: u8) -> Created<NativeAes> {
    let key = passphrase_key(0x70);
    let new = NewPerson {
        person: PERSON,
        label: Label::parse("MK").unwrap(),
        lock: lock(&key, 0x51),
    };
    block_on(create_registry(&NativeAes, REGISTRY, new, &mut counting(seed))).unwrap()
}

fn create() -> Created<NativeAes> {
    create_seeded(1)
}

fn unlock(file: &KeyFile, key: u8) -> Result<Unlocked<NativeAes>, UnlockError> {
    block_on(unlock_with_passphrase_key(
        &NativeAes,
        file,
        file.slots()[0].id(),
        &passphrase_key(key),
    ))
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
    assert_eq!(
        (file.registry(), file.epoch(), file.generation()),
        (REGISTRY, Epoch::FIRST, 1)
    );
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
    let new = NewPerson {
        person: PERSON,
        label: Label::parse("MK").unwrap(),
        lock: NewLock { kdf, key: &key },
    };
    let created = block_on(create_registry(&NativeAes, REGISTRY, new, &mut entropy)).unwrap();

    let file = KeyFile::from_json(&created.file.to_json()).unwrap();
    let slot = &file.slots()[0];
    let again = derive_key(
        "violin walnut pretzel hickory sandal",
        &slot.kdf().salt,
        &slot.kdf().params,
    )
    .unwrap();
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
    let refused = block_on(unlock_with_passphrase_key(
        &NativeAes,
        &created.file,
        foreign_slot,
        &passphrase_key(0x70),
    ));
    assert_eq!(refused.unwrap_err(), UnlockError::NoSuchSlot);
}

#[test]
fn a_copy_of_a_registry_has_keys_of_its_own() {
    let (one, joined) = (create(), create_seeded(77));
    assert_eq!(one.file.registry(), joined.file.registry());
    assert_ne!(one.file.registry_key(), joined.file.registry_key());
    assert_ne!(one.sheet.public(), joined.sheet.public());
    let envelope = seal_record(&one.unlocked);
    assert_eq!(
        block_on(joined.unlocked.vault.open(RECORD, &envelope)),
        Err(OpenError::Tampered)
    );
}

#[test]
fn changing_the_passphrase_keeps_the_data_and_the_sheet() {
    let created = create();
    let envelope = seal_record(&created.unlocked);
    let slot = created.file.slots()[0].id();
    let change = |old: u8| {
        let (old, new) = (passphrase_key(old), passphrase_key(0x72));
        block_on(change_passphrase(
            &NativeAes,
            &created.file,
            slot,
            &old,
            lock(&new, 0x52),
            &mut counting(120),
        ))
    };
    assert_eq!(
        change(0x71).unwrap_err(),
        ChangeError::Unlock(UnlockError::WrongPassphrase)
    );

    let changed = KeyFile::from_json(&change(0x70).unwrap().to_json()).unwrap();
    assert_eq!(changed.generation(), 2);
    assert_eq!(changed.slots()[0].id(), slot);
    assert_eq!(unlock(&changed, 0x70).unwrap_err(), UnlockError::WrongPassphrase);
    opens_record(&unlock(&changed, 0x72).unwrap(), &envelope);
    opens_record(
        &block_on(unlock_with_sheet(&NativeAes, &changed, &created.sheet)).unwrap(),
        &envelope,
    );

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
    let reset = reset_with_sheet(
        &NativeAes,
        &created.file,
        &created.sheet,
        slot,
        lock(&new, 0x53),
        &mut entropy,
    );
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
    opens_record(
        &block_on(unlock_with_sheet(&NativeAes, &file, &sheet)).unwrap(),
        &envelope,
    );
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
    let identity = block_on(open_identity(
        &NativeAes,
        &created.file,
        created.file.slots()[0].id(),
        &passphrase_key(0x70),
    ))
    .unwrap();
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
    for secret in [
        identity.to_age().to_lowercase(),
        created.sheet.age_text().to_lowercase(),
    ] {
        assert!(!shown.contains(&secret));
    }
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
        let new = NewPerson {
            person: PERSON,
            label: Label::parse("MK").unwrap(),
            lock: lock(&key, 1),
        };
        let made = block_on(create_registry(&NativeAes, REGISTRY, new, &mut failing));
        assert_eq!(
            made.unwrap_err(),
            SealError::Entropy(EntropyError),
            "{working_calls} calls"
        );
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
